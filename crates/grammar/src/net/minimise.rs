//! Merging equal states.

use rustc_hash::FxHashMap;

use super::{Arc, Net};

/// Merges equal states from the ends backwards and drops those from which no end is reached.
pub(super) fn minimise(states: &[(bool, Vec<Arc>)]) -> Net {
    const NEW: u32 = u32::MAX;
    const DEAD: u32 = u32::MAX - 1;
    let mut merged = vec![NEW; states.len()];
    let mut unique: FxHashMap<(bool, Vec<Arc>), u32> = FxHashMap::default();
    let mut kept: Vec<(bool, Vec<Arc>)> = Vec::new();
    // Depth first without recursion: a state is settled once all its targets are.
    let mut stack = vec![(0u32, 0usize)];
    while let Some((state, next)) = stack.pop() {
        let (is_final, arcs) = &states[state as usize];
        if let Some(arc) = arcs.get(next) {
            stack.push((state, next + 1));
            if merged[arc.target as usize] == NEW {
                stack.push((arc.target, 0));
            }
            continue;
        }
        if merged[state as usize] != NEW {
            continue;
        }
        let arcs: Vec<Arc> = arcs
            .iter()
            .map(|a| Arc {
                symbol: a.symbol,
                target: merged[a.target as usize],
            })
            .filter(|a| a.target != DEAD)
            .collect();
        merged[state as usize] = if arcs.is_empty() && !is_final && state != 0 {
            DEAD
        } else {
            *unique.entry((*is_final, arcs)).or_insert_with_key(|key| {
                kept.push(key.clone());
                kept.len() as u32 - 1
            })
        };
    }
    // The start was settled last: number the states backwards so that it is 0.
    let last = kept.len() as u32 - 1;
    debug_assert_eq!(merged[0], last);
    kept.reverse();
    for (_, arcs) in &mut kept {
        for arc in arcs {
            arc.target = last - arc.target;
        }
    }
    Net::from_states(&kept)
}
