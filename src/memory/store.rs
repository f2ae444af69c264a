//! Where blocks come from: the pools and large blocks of our own range, or the system's allocator.

use std::alloc::Layout;
use std::collections::BTreeMap;
use std::ptr;
use std::rc::Rc;

use super::arenas::Arenas;
use super::chunks::{CHUNK_LIMIT, Chunks, HEADER, HUGE, PieceAt};
use super::huge::Huge;
use super::pool::{ALIGNMENT, SMALL_LIMIT, UsedPools, class_of, class_size, live_blocks, pool_of};
use super::space::Space;
use super::statistics::{Block, BlockKind};

/// The source of a heap's blocks.
pub(super) enum Store {
    Own(Box<OwnStore>),
    System(SystemStore),
}

/// Blocks in our own range.
pub(super) struct OwnStore {
    pub(super) space: Space,
    pub(super) arenas: Arenas,
    pub(super) chunks: Chunks,
    pub(super) huge: Huge,
}

/// Every block from the system's allocator, listed here with its size. For tools that watch that allocator.
pub(super) struct SystemStore {
    pub(super) limit: usize,
    pub(super) bytes: usize,
    pub(super) live: BTreeMap<usize, usize>,
}

impl Store {
    pub(super) fn allocate(&mut self, size: usize) -> Option<*mut u8> {
        match self {
            Store::Own(own) => own.allocate(size),
            Store::System(system) => system.allocate(size),
        }
    }

    /// # Safety
    /// `block` is a live block of this store.
    pub(super) unsafe fn release(&mut self, block: *mut u8) {
        // SAFETY: as our caller promises.
        unsafe {
            match self {
                Store::Own(own) => own.release(block),
                Store::System(system) => system.release(block),
            }
        }
    }

    /// Resizes without copying: Some with the address when done, None when a new block must be taken.
    ///
    /// # Safety
    /// `block` is a live block of this store.
    pub(super) unsafe fn resize(&mut self, block: *mut u8, size: usize) -> Option<*mut u8> {
        match self {
            // SAFETY: as our caller promises.
            Store::Own(own) => unsafe { own.resize(block, size) },
            Store::System(system) => (system.live.get(&block.addr()) == Some(&size)).then_some(block),
        }
    }

    /// # Safety
    /// `block` is a live block of this store.
    pub(super) unsafe fn block_size(&self, block: *mut u8) -> usize {
        match self {
            // SAFETY: as our caller promises.
            Store::Own(own) => unsafe { own.block_size(block) },
            Store::System(system) => system.live.get(&block.addr()).copied().unwrap_or(0),
        }
    }

    pub(super) fn owns(&self, address: usize) -> bool {
        match self {
            Store::Own(own) => own.space.contains(address),
            Store::System(system) => system.block_at(address).is_some(),
        }
    }

    /// The usable bytes of the block that begins at this address.
    pub(super) fn size_at(&self, address: usize) -> Option<usize> {
        match self {
            Store::Own(own) if own.space.contains(address) && address < own.space.border() => {
                let pool = own.arenas.pool_at(address, &own.space)?;
                // SAFETY: a touched pool has been cut.
                Some(class_size(unsafe { (*pool).class as usize }))
            }
            _ => self.block_at(address).map(|block| block.size),
        }
    }

    /// Whether a word at this address can be read.
    pub(super) fn holds(&self, address: usize) -> bool {
        match self {
            Store::Own(own) if own.space.contains(address) && address < own.space.border() => {
                own.arenas.pool_at(address, &own.space).is_some()
            }
            _ => self
                .block_at(address)
                .is_some_and(|block| address + size_of::<usize>() <= block.address + block.size),
        }
    }

    pub(super) fn block_at(&self, address: usize) -> Option<Block> {
        match self {
            Store::Own(own) => own.block_at(address),
            Store::System(system) => system.block_at(address),
        }
    }

    pub(super) fn blocks(&self) -> Vec<Block> {
        match self {
            Store::Own(own) => own.blocks(),
            Store::System(system) => system.live.iter().map(large_block).collect(),
        }
    }

    /// Blocks in use and their bytes.
    pub(super) fn usage(&self) -> (usize, usize) {
        match self {
            Store::Own(own) => own.usage(),
            Store::System(system) => (system.live.len(), system.bytes),
        }
    }
}

impl OwnStore {
    pub(super) fn new(space: Space, used_pools: Rc<UsedPools>) -> OwnStore {
        OwnStore { space, arenas: Arenas::new(used_pools), chunks: Chunks::new(), huge: Huge::new() }
    }

    fn allocate(&mut self, size: usize) -> Option<*mut u8> {
        match self.try_allocate(size) {
            None if self.give_back_spares() => self.try_allocate(size),
            outcome => outcome,
        }
    }

    fn try_allocate(&mut self, size: usize) -> Option<*mut u8> {
        if size <= SMALL_LIMIT {
            return self.arenas.take(class_of(size), &mut self.space);
        }
        let payload = if size <= CHUNK_LIMIT {
            self.chunks.take(size, &mut self.space)
        } else {
            self.huge.take(size, &mut self.space)
        };
        payload.map(ptr::with_exposed_provenance_mut)
    }

    /// Gives up what is kept for speed; false when that is nothing.
    fn give_back_spares(&mut self) -> bool {
        let arena = self.arenas.give_back_spare(&mut self.space);
        let chunks = self.chunks.give_back_spares(&mut self.space);
        let run = self.huge.give_back_spare(&mut self.space);
        arena || chunks || run
    }

    fn is_small(&self, block: *mut u8) -> bool {
        block.addr() < self.space.border()
    }

    unsafe fn release(&mut self, block: *mut u8) {
        if self.is_small(block) {
            // SAFETY: a live block below the border came from a pool.
            unsafe { self.arenas.put(block, &mut self.space) }
        } else if PieceAt::of(block.addr()).has(HUGE) {
            self.huge.put(block.addr(), &mut self.space);
        } else {
            self.chunks.put(block.addr(), &mut self.space);
        }
    }

    unsafe fn resize(&mut self, block: *mut u8, size: usize) -> Option<*mut u8> {
        if self.is_small(block) {
            // SAFETY: as in `release`.
            let class = unsafe { (*pool_of(block)).class as usize };
            return (size <= SMALL_LIMIT && class_of(size) == class).then_some(block);
        }
        if PieceAt::of(block.addr()).has(HUGE) {
            if size <= CHUNK_LIMIT {
                return None;
            }
            let resized = match self.huge.resize(block.addr(), size, &mut self.space) {
                None if self.give_back_spares() => self.huge.resize(block.addr(), size, &mut self.space),
                outcome => outcome,
            };
            return resized.map(ptr::with_exposed_provenance_mut);
        }
        let stays = size > SMALL_LIMIT && size <= CHUNK_LIMIT && self.chunks.resize(block.addr(), size);
        stays.then_some(block)
    }

    unsafe fn block_size(&self, block: *mut u8) -> usize {
        if self.is_small(block) {
            // SAFETY: as in `release`.
            return class_size(unsafe { (*pool_of(block)).class as usize });
        }
        PieceAt::of(block.addr()).size() - HEADER
    }

    fn block_at(&self, address: usize) -> Option<Block> {
        if !self.space.contains(address) {
            return None;
        }
        if address >= self.space.border() {
            let (address, size) = self.huge.block_at(address).or_else(|| self.chunks.block_at(address))?;
            return Some(Block { address, size, kind: BlockKind::Large });
        }
        let pool = self.arenas.pool_at(address, &self.space)?;
        // SAFETY: a touched pool has been cut.
        let (live, class) = unsafe { (live_blocks(pool), (*pool).class as usize) };
        let size = class_size(class);
        let before = live.partition_point(|&start| start <= address);
        let start = live[..before].last().copied().filter(|start| address - start < size)?;
        Some(Block { address: start, size, kind: BlockKind::Small { class } })
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for pool in self.arenas.touched_pools(&self.space) {
            // SAFETY: a touched pool has been cut.
            let (live, class) = unsafe { (live_blocks(pool), (*pool).class as usize) };
            let kind = BlockKind::Small { class };
            blocks.extend(live.into_iter().map(|address| Block { address, size: class_size(class), kind }));
        }
        let large = blocks.len();
        let both = self.chunks.blocks().chain(self.huge.blocks());
        blocks.extend(both.map(|(address, size)| large_block((&address, &size))));
        blocks[large..].sort_unstable_by_key(|block| block.address);
        blocks
    }

    fn usage(&self) -> (usize, usize) {
        let (blocks, bytes) = self.arenas.usage(&self.space);
        (blocks + self.chunks.blocks + self.huge.count(), bytes + self.chunks.bytes + self.huge.bytes)
    }
}

impl SystemStore {
    pub(super) fn new(limit: usize) -> SystemStore {
        SystemStore { limit, bytes: 0, live: BTreeMap::new() }
    }

    fn allocate(&mut self, size: usize) -> Option<*mut u8> {
        let layout = Layout::from_size_align(size, ALIGNMENT).ok()?;
        let total = self.bytes.checked_add(size).filter(|&total| total <= self.limit)?;
        // SAFETY: the size is not zero.
        let block = unsafe { std::alloc::alloc(layout) };
        if block.is_null() {
            return None;
        }
        self.bytes = total;
        self.live.insert(block.expose_provenance(), size);
        Some(block)
    }

    unsafe fn release(&mut self, block: *mut u8) {
        let Some(size) = self.live.remove(&block.addr()) else { return };
        self.bytes -= size;
        // SAFETY: the block was listed with this size, so it was allocated with this layout.
        unsafe { std::alloc::dealloc(block, Layout::from_size_align_unchecked(size, ALIGNMENT)) }
    }

    fn block_at(&self, address: usize) -> Option<Block> {
        let (&start, &size) = self.live.range(..=address).next_back()?;
        (address - start < size).then(|| large_block((&start, &size)))
    }
}

impl Drop for SystemStore {
    fn drop(&mut self) {
        for (&address, &size) in &self.live {
            // SAFETY: as in `release`; dropping a heap ends all its blocks.
            unsafe {
                let layout = Layout::from_size_align_unchecked(size, ALIGNMENT);
                std::alloc::dealloc(ptr::with_exposed_provenance_mut(address), layout);
            }
        }
    }
}

fn large_block((&address, &size): (&usize, &usize)) -> Block {
    Block { address, size, kind: BlockKind::Large }
}
