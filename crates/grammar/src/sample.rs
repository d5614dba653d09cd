//! Random sentences of a grammar: to see what it accepts, and to test that what it says it reads.

use crate::automaton::Automaton;
use crate::language::GROUP;
use crate::net::Kind;
use crate::walk::{Position, Silent, Stacks};

/// Longer samples are given up and begun anew; only a chain of skip words gets there.
const MAX_LENGTH: usize = 1_000;

/// Draws random sentences; the same seed draws the same sentences.
#[derive(Clone, Debug)]
pub struct Sampler<'a> {
    automaton: &'a Automaton,
    stacks: Stacks,
    state: u64,
}

impl<'a> Sampler<'a> {
    /// A sampler that starts from `seed`.
    pub fn new(automaton: &'a Automaton, seed: u64) -> Self {
        Self {
            automaton,
            stacks: Stacks::default(),
            state: seed,
        }
    }

    /// A number below `n`, by splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
    /// number generators", 2014).
    fn below(&mut self, n: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % n.max(1) as u64) as usize
    }

    /// Walks the sentence net at random; `None` if it ran into a list without entries, or too far.
    fn attempt(&mut self) -> Option<String> {
        let automaton = self.automaton;
        let mut at: Position = automaton.start();
        let mut text = String::new();
        while text.len() < MAX_LENGTH {
            // `None` stands for the end of the sentence.
            let mut moves: Vec<(Option<Position>, Option<char>)> = Vec::new();
            for arc in automaton.nets[at.net as usize].net.arcs(at.state) {
                let onward = at.onward(arc);
                match arc.symbol.kind() {
                    Kind::Char(c) => moves.push((Some(onward), Some(c))),
                    Kind::Any => moves.push((Some(onward), None)),
                    _ => {}
                }
            }
            if automaton.is_open(at.net) {
                let samples = automaton.language().definition().samples;
                let words = samples.get(self.below(samples.len()))?;
                text.push_str(words);
                moves.clear();
                at.state = automaton.nets[at.net as usize]
                    .net
                    .read(at.state, &words.to_lowercase())?;
            }
            let one_in_ten = self.below(10) == 0;
            automaton.silent_moves(&mut self.stacks, at, |m| match m {
                Silent::Tag(_, p) | Silent::Enter(_, p) | Silent::Exit(p) => {
                    moves.push((Some(p), None))
                }
                Silent::Skip(p) if one_in_ten => moves.push((Some(p), None)),
                Silent::Skip(_) => {}
                Silent::End(_) => moves.push((None, None)),
            });
            if moves.is_empty() {
                return None;
            }
            let (next, c) = moves[self.below(moves.len())];
            // People write a space for it.
            text.extend(c.map(|c| if c == GROUP { ' ' } else { c }));
            match next {
                Some(p) => at = p,
                None => return Some(text.trim_start().to_owned()),
            }
        }
        None
    }
}

impl Iterator for Sampler<'_> {
    type Item = String;

    /// The next sentence; `None` if the grammar seems to have none.
    fn next(&mut self) -> Option<String> {
        (0..1_000).find_map(|_| self.attempt())
    }
}
