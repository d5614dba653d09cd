//! What the decoder remembers between steps.
//!
//! All hypotheses of an utterance form one tree: a node is a token with its
//! keys and values, a hypothesis ("row") is its last node. Duplicating or
//! dropping rows therefore copies nothing, and a prefix that rows share is
//! computed and kept once.

use std::sync::Arc;

use super::attention::KeysValues;

/// Marks the node before the first token.
pub(crate) const ROOT: u32 = u32::MAX;
/// Nodes that may be dead before the tree is swept.
const SWEEP_ABOVE: usize = 512;

/// What cross-attention reads: the encoder's states projected to keys and
/// values once per utterance. Cloning shares it.
#[derive(Debug, Clone)]
pub struct CrossKv {
    pub(crate) layers: Arc<Vec<KeysValues>>,
}

impl CrossKv {
    /// Number of encoder states, of 20 ms each.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers.first().map_or(0, KeysValues::len)
    }

    /// Whether there are none; an encoder never gives none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The decoder's memory of one utterance: a row per hypothesis.
///
/// Made by [`Decoder::state`](super::Decoder::state) with a single empty row.
#[derive(Debug, Clone)]
pub struct DecoderState {
    pub(crate) cross: CrossKv,
    pub(crate) tree: Tree,
    pub(crate) tips: Vec<u32>,
}

impl DecoderState {
    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.tips.len()
    }

    /// Number of tokens that the row has seen; `None` if there is no such row.
    #[must_use]
    pub fn len(&self, row: usize) -> Option<usize> {
        self.tips.get(row).map(|tip| self.tree.depth(*tip))
    }

    /// Whether there are no rows left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tips.is_empty()
    }

    /// Makes row `i` a continuation of what is row `parents[i]` now. Rows may
    /// be repeated, left out and become more or fewer. Nothing is copied.
    /// A parent that does not exist is left out.
    pub fn reorder(&mut self, parents: &[usize]) {
        self.tips = parents
            .iter()
            .filter_map(|row| self.tips.get(*row).copied())
            .collect();
        self.tree.sweep(&mut self.tips);
    }
}

/// Tokens' keys and values, and how they follow each other.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    d: usize,
    parents: Vec<u32>,
    /// Per layer, `[node][d]`.
    pub(crate) keys: Vec<Vec<f32>>,
    pub(crate) values: Vec<Vec<f32>>,
}

impl Tree {
    /// An empty tree for `layers` layers of width `d`.
    pub(crate) fn new(layers: usize, d: usize) -> Self {
        Self {
            d,
            parents: Vec::new(),
            keys: vec![Vec::new(); layers],
            values: vec![Vec::new(); layers],
        }
    }

    /// Number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.parents.len()
    }

    /// Adds nodes after the given parents, without keys and values as yet.
    pub(crate) fn grow(&mut self, parents: impl IntoIterator<Item = u32>) {
        self.parents.extend(parents);
    }

    /// Drops all nodes from `len` on.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.parents.truncate(len);
        for buffer in self.keys.iter_mut().chain(&mut self.values) {
            buffer.truncate(len * self.d);
        }
    }

    /// The node and all before it, the node itself first.
    pub(crate) fn path(&self, node: u32) -> impl Iterator<Item = u32> {
        let exists = |node: &u32| (*node as usize) < self.parents.len();
        std::iter::successors(Some(node).filter(exists), move |node| {
            self.parents.get(*node as usize).copied().filter(exists)
        })
    }

    /// Number of nodes on the path to a node.
    pub(crate) fn depth(&self, node: u32) -> usize {
        self.path(node).count()
    }

    /// Once many nodes lead to no tip any more, drops them and renumbers the rest.
    fn sweep(&mut self, tips: &mut [u32]) {
        if self.len() <= SWEEP_ABOVE {
            return;
        }
        let mut live = vec![false; self.len()];
        for tip in tips.iter() {
            for node in self.path(*tip) {
                // From a node that is marked, all before it are.
                if std::mem::replace(&mut live[node as usize], true) {
                    break;
                }
            }
        }
        let count = live.iter().filter(|live| **live).count();
        if self.len() - count <= SWEEP_ABOVE.max(count) {
            return;
        }
        let mut renumbered = vec![ROOT; self.len()];
        let kept: Vec<usize> = (0..self.len()).filter(|node| live[*node]).collect();
        for (new, old) in kept.iter().enumerate() {
            renumbered[*old] = new as u32;
        }
        let new = |node: u32| renumbered.get(node as usize).copied().unwrap_or(ROOT);
        // A node comes after its parent, so moving each one down in order is safe.
        for (to, from) in kept.iter().enumerate() {
            self.parents[to] = new(self.parents[*from]);
            for buffer in self.keys.iter_mut().chain(&mut self.values) {
                buffer.copy_within(from * self.d..(from + 1) * self.d, to * self.d);
            }
        }
        tips.iter_mut().for_each(|tip| *tip = new(*tip));
        self.truncate(kept.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree of one layer, whose keys and values hold the node's first number.
    fn grown(parents: &[u32]) -> Tree {
        let mut tree = Tree::new(1, 2);
        tree.grow(parents.iter().copied());
        for node in 0..parents.len() {
            tree.keys[0].extend([node as f32, 0.0]);
            tree.values[0].extend([0.0, node as f32]);
        }
        tree
    }

    #[test]
    fn a_path_leads_back_to_the_first_token() {
        let tree = grown(&[ROOT, 0, 0, 1]);
        assert_eq!(tree.path(3).collect::<Vec<_>>(), [3, 1, 0]);
        assert_eq!(tree.depth(2), 2);
        assert_eq!(tree.depth(ROOT), 0);
    }

    #[test]
    fn sweeping_keeps_the_paths_that_rows_still_need() {
        // A stem of three, then a comb of 2000 dead ends, then one more node on the stem.
        let mut parents = vec![ROOT, 0, 1];
        parents.extend([2; 2000]);
        parents.push(1);
        let mut tree = grown(&parents);
        let mut tips = [2, 2003, 2];
        let content = |tree: &Tree, tip| {
            let path = tree.path(tip);
            path.map(|node| {
                (
                    tree.keys[0][node as usize * 2],
                    tree.values[0][node as usize * 2 + 1],
                )
            })
            .collect::<Vec<_>>()
        };
        let before: Vec<_> = tips.iter().map(|tip| content(&tree, *tip)).collect();
        tree.sweep(&mut tips);
        assert_eq!(tree.len(), 4);
        let after: Vec<_> = tips.iter().map(|tip| content(&tree, *tip)).collect();
        assert_eq!(before, after);
    }
}
