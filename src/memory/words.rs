//! What stands in live blocks, word by word: for those who draw the heap and ask what a block is good for.

use std::marker::PhantomData;

use super::{Block, Heap};

/// The words of a live block, as they stand; those that nobody has written are anything.
pub struct Words<'a> {
    start: *const usize,
    count: usize,
    heap: PhantomData<&'a Heap>,
}

impl Words<'_> {
    /// One word.
    pub fn get(&self, index: usize) -> Option<usize> {
        // SAFETY: the block is live while it is shown, and so long. A volatile read takes whatever stands there.
        (index < self.count).then(|| unsafe { self.start.add(index).read_volatile() })
    }

    /// The first words, at most so many.
    pub fn first(&self, count: usize) -> impl Iterator<Item = usize> + '_ {
        (0..count.min(self.count)).filter_map(|index| self.get(index))
    }
}

impl Heap {
    /// The word at an address in a pool or in a large block; none where the heap holds no memory.
    pub fn peek(&self, address: usize) -> Option<usize> {
        let is_there = address.is_multiple_of(size_of::<usize>()) && self.store.borrow().holds(address);
        // SAFETY: the heap holds the memory there. A volatile read takes whatever stands in it.
        is_there.then(|| unsafe { std::ptr::with_exposed_provenance::<usize>(address).read_volatile() })
    }

    /// Shows each live block by address, with its words. No block may be taken or released meanwhile.
    pub fn show_blocks(&self, each: &mut dyn FnMut(Block, Words<'_>)) {
        for block in self.blocks() {
            let start = std::ptr::with_exposed_provenance(block.address);
            each(block, Words { start, count: block.size / size_of::<usize>(), heap: PhantomData });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::memory::{Heap, HeapOptions};

    #[test]
    fn every_live_block_is_shown_with_what_stands_in_it() {
        let heap = Heap::new(HeapOptions { limit: Some(64 << 20), ..HeapOptions::default() }).unwrap();
        let written = [heap.allocate(24).unwrap(), heap.allocate(3000).unwrap()];
        for (number, block) in written.iter().enumerate() {
            // SAFETY: both blocks have room for two words.
            unsafe { block.cast::<[usize; 2]>().write([number, !number]) };
        }
        let mut seen = Vec::new();
        heap.show_blocks(&mut |block, words| {
            assert_eq!(words.get(block.size / 8), None);
            seen.push((block.address, words.first(2).collect::<Vec<_>>()));
        });
        let expected: Vec<_> = written
            .iter()
            .enumerate()
            .map(|(number, block)| (block.addr().get(), vec![number, !number]))
            .collect();
        assert_eq!(seen, expected);
    }
}
