//! A pool is one aligned run of 16 KiB cut into blocks of a single size.
//!
//! ```text
//! | header | block 0 | block 1 | ...            | never handed out yet      |
//!            free list threads through freed blocks; the tail is untouched
//!            memory, so a pool that is half used costs half a pool.
//! ```
//!
//! Since pools are aligned, the pool of a block is found by masking the block's address. A pool is in one of
//! three states, and they follow each other as in CPython's obmalloc:
//!
//! * *used*: some blocks are free. Linked both ways into the list of its size class, its free list is never
//!   empty (the next block of the untouched tail is moved to it when it would be).
//! * *full*: every block is handed out. In no list, and its free list is null: the release that frees its first
//!   block sees so and links it again, at the front.
//! * *free*: no block is handed out. In its arena's list of free pools, open to every size class.

use std::cell::Cell;
use std::hint::cold_path;
use std::ptr;

pub(super) const POOL_SIZE: usize = 16 << 10;
pub(super) const POOL_OVERHEAD: usize = size_of::<PoolHeader>();
/// Sizes of small blocks are multiples of this, and so are their addresses.
pub(super) const ALIGNMENT: usize = 16;
/// The largest size that comes from a pool.
pub(super) const SMALL_LIMIT: usize = 512;
/// How many sizes of small blocks there are: 16, 32, ... 512.
pub(super) const CLASSES: usize = SMALL_LIMIT / ALIGNMENT;

/// The first 48 bytes of a pool, field for field those of CPython.
#[repr(C)]
pub(super) struct PoolHeader {
    /// Blocks handed out.
    pub(super) used: u32,
    _padding: u32,
    /// Head of the free list; each free block begins with the address of the next.
    pub(super) free: *mut u8,
    /// The next pool of the class, or of the arena's free pools.
    pub(super) next: *mut PoolHeader,
    pub(super) previous: *mut PoolHeader,
    pub(super) arena: u32,
    pub(super) class: u32,
    /// Where the untouched tail begins.
    pub(super) next_offset: u32,
    /// The largest offset at which a block still fits.
    pub(super) max_next_offset: u32,
}

const _: () = assert!(POOL_OVERHEAD == 48);

/// A header whose free list is always empty. It stands where a size class has no pool to allocate from, and
/// sends the fast path the slow way.
pub(super) struct Sentinel(PoolHeader);

// SAFETY: nobody writes to it, since its free list is empty.
unsafe impl Sync for Sentinel {}

static SENTINEL: Sentinel = Sentinel(PoolHeader {
    used: 0,
    _padding: 0,
    free: ptr::null_mut(),
    next: ptr::null_mut(),
    previous: ptr::null_mut(),
    arena: 0,
    class: 0,
    next_offset: 0,
    max_next_offset: 0,
});

pub(super) fn sentinel() -> *mut PoolHeader {
    (&raw const SENTINEL.0).cast_mut()
}

pub(super) const fn class_of(size: usize) -> usize {
    (size - 1) / ALIGNMENT
}

pub(super) const fn class_size(class: usize) -> usize {
    (class + 1) * ALIGNMENT
}

/// How many blocks a pool of this class holds.
pub(super) const fn capacity(class: usize) -> usize {
    (POOL_SIZE - POOL_OVERHEAD) / class_size(class)
}

/// The pool around a small block.
#[inline(always)]
pub(super) fn pool_of(block: *mut u8) -> *mut PoolHeader {
    block.map_addr(|address| address & !(POOL_SIZE - 1)).cast()
}

/// The link to the next free block that a free block holds.
#[inline(always)]
pub(super) fn link_of(block: *mut u8) -> *mut *mut u8 {
    block.cast()
}

/// What became of the pool that a block was taken from.
#[derive(PartialEq, Eq)]
pub(super) enum AfterTaking {
    StillUsed,
    Full,
}

/// Makes a pool that was never used, or used by another class, one of `class`.
///
/// # Safety
/// `pool` is the start of a pool without handed-out blocks.
pub(super) unsafe fn cut_pool(pool: *mut PoolHeader, arena: u32, class: usize) {
    let size = class_size(class);
    // SAFETY: the whole pool is ours.
    unsafe {
        let first = pool.cast::<u8>().add(POOL_OVERHEAD);
        link_of(first).write(ptr::null_mut());
        pool.write(PoolHeader {
            used: 0,
            _padding: 0,
            free: first,
            next: ptr::null_mut(),
            previous: ptr::null_mut(),
            arena,
            class: class as u32,
            next_offset: (POOL_OVERHEAD + size) as u32,
            max_next_offset: (POOL_SIZE - size) as u32,
        });
    }
}

/// Takes the first free block.
///
/// # Safety
/// `pool` is a used pool, or a free one that has just been cut.
#[inline(always)]
pub(super) unsafe fn take_block(pool: *mut PoolHeader) -> (*mut u8, AfterTaking) {
    // SAFETY: the free list of such a pool is not empty, and all its blocks are inside the pool.
    unsafe {
        let block = (*pool).free;
        (*pool).used += 1;
        (*pool).free = link_of(block).read();
        if !(*pool).free.is_null() {
            cold_path();
            return (block, AfterTaking::StillUsed);
        }
        let offset = (*pool).next_offset;
        if offset > (*pool).max_next_offset {
            cold_path();
            return (block, AfterTaking::Full);
        }
        let next = pool.cast::<u8>().add(offset as usize);
        link_of(next).write(ptr::null_mut());
        (*pool).free = next;
        (*pool).next_offset = offset + class_size((*pool).class as usize) as u32;
        (block, AfterTaking::StillUsed)
    }
}

/// Puts a block back at the front of its pool's free list; says whether the pool was full.
///
/// # Safety
/// `block` was handed out by `pool`, and nothing uses it any more.
#[inline(always)]
pub(super) unsafe fn put_block(pool: *mut PoolHeader, block: *mut u8) -> bool {
    // SAFETY: the block is the pool's again.
    unsafe {
        let head = (*pool).free;
        link_of(block).write(head);
        (*pool).free = block;
        (*pool).used -= 1;
        head.is_null()
    }
}

/// The used pools of every size class, linked both ways. The first one is allocated from.
pub(super) struct UsedPools([Cell<*mut PoolHeader>; CLASSES]);

impl UsedPools {
    pub(super) fn new() -> UsedPools {
        UsedPools([const { Cell::new(ptr::null_mut()) }; CLASSES])
    }

    /// The pool that a class allocates from, or null.
    #[inline(always)]
    pub(super) fn first(&self, class: usize) -> *mut PoolHeader {
        self.0[class].get()
    }

    /// Links a pool that has free blocks at the front of its class.
    ///
    /// # Safety
    /// The pool has been cut and is in no list.
    #[inline(always)]
    pub(super) unsafe fn link(&self, pool: *mut PoolHeader) {
        // SAFETY: as promised; the pools in the list are all alive.
        unsafe {
            let next = self.0[(*pool).class as usize].replace(pool);
            (*pool).next = next;
            (*pool).previous = ptr::null_mut();
            if !next.is_null() {
                (*next).previous = pool;
            }
        }
    }

    /// Takes a pool out of the list of its class.
    ///
    /// # Safety
    /// The pool is in that list.
    #[inline(always)]
    pub(super) unsafe fn unlink(&self, pool: *mut PoolHeader) {
        // SAFETY: as promised; the pools in the list are all alive.
        unsafe {
            let (next, previous) = ((*pool).next, (*pool).previous);
            if previous.is_null() {
                self.0[(*pool).class as usize].set(next);
            } else {
                (*previous).next = next;
            }
            if !next.is_null() {
                (*next).previous = previous;
            }
        }
    }
}

/// The free list of a pool, first to be handed out first. Stops after more blocks than a pool has, so that a
/// damaged list ends.
///
/// # Safety
/// `pool` has been cut.
pub(super) unsafe fn free_list(pool: *const PoolHeader) -> Vec<usize> {
    let mut list = Vec::new();
    // SAFETY: links are followed only while they point into the pool.
    unsafe {
        let mut block = (*pool).free;
        while !block.is_null() && list.len() <= capacity((*pool).class as usize) {
            list.push(block.addr());
            if pool_of(block).cast_const() != pool {
                break;
            }
            block = link_of(block).read();
        }
    }
    list
}

/// The addresses of the blocks in use, ascending.
///
/// # Safety
/// `pool` has been cut.
pub(super) unsafe fn live_blocks(pool: *const PoolHeader) -> Vec<usize> {
    // SAFETY: as our caller promises.
    let (mut free, size, tail) = unsafe {
        (free_list(pool), class_size((*pool).class as usize), pool.addr() + (*pool).next_offset as usize)
    };
    free.sort_unstable();
    let cut = (pool.addr() + POOL_OVERHEAD..tail).step_by(size);
    cut.filter(|block| free.binary_search(block).is_err()).collect()
}
