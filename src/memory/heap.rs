//! The heap as others see it. The two fast paths stand here: a pop from and a push to the free list of a pool,
//! short enough to be inlined where objects are made and die. Out of line, but still short, stand the steps of a pool
//! between used and full: a program that makes one object and drops another takes them all the time. Everything else
//! goes through the store.
//!
//! There is no switch on the fast paths. For every size class `fast_pools` holds the pool to allocate from, or
//! a sentinel whose free list is empty; and `fast_end` is the end of the addresses that are in pools. While
//! somebody watches (observers, debug fill, blocks of the system's allocator), all classes have the sentinel
//! and `fast_end` is zero, so that every call goes the slow way.

use std::cell::{Cell, RefCell};
use std::hint::cold_path;
use std::ptr::{self, NonNull};
use std::rc::Rc;

use super::pool::{
    AfterTaking, CLASSES, PoolHeader, SMALL_LIMIT, UsedPools, class_of, class_size, link_of, pool_of,
    put_block, sentinel, take_block,
};
use super::space::{ReserveError, Space, default_limit};
use super::statistics::Block;
use super::store::{OwnStore, Store, SystemStore};

/// No block can be larger: the difference of two addresses in it must be a number of its own.
const LARGEST_BLOCK: usize = isize::MAX as usize;
const FRESH_BYTE: u8 = 0xCD;
const DEAD_BYTE: u8 = 0xDD;

/// Where a heap takes its blocks from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Pools and large blocks in a reserved range of our own.
    #[default]
    Pools,
    /// The system's allocator, a call for each block, for tools like AddressSanitizer.
    System,
}

/// How a heap is to be.
#[derive(Clone, Copy, Debug, Default)]
pub struct HeapOptions {
    /// Bytes that may be committed; by default three quarters of the machine's memory.
    pub limit: Option<usize>,
    /// Where blocks come from.
    pub source: Source,
    /// Fill new blocks with 0xCD and released ones with 0xDD.
    pub debug_fill: bool,
}

/// Told of every block, after the event but where it says otherwise. It must not take or release blocks of the same heap, nor begin or end
/// observing.
pub trait Observer {
    /// A block for `size` bytes, as requested, was handed out.
    fn allocated(&self, address: usize, size: usize);
    /// A block is about to be released; what stands in it is still there.
    fn releasing(&self, _address: usize) {}
    /// A block was released.
    fn released(&self, address: usize);
    /// A block was reallocated for `size` bytes; both addresses may be the same.
    fn moved(&self, from: usize, to: usize, size: usize);
    /// The usable bytes of a block that was reallocated, before and after.
    fn resized(&self, _from: usize, _to: usize) {}
    /// A block of `size` bytes that was kept by its last owner has a new one.
    fn reused(&self, _address: usize, _size: usize) {}
    /// What stands in a block dies, and its owner may keep the block. Told only while somebody asks the owner to.
    fn dying(&self, _address: usize) {}
}

/// A heap: see the module. Neither `Send` nor `Sync`; every method takes `&self`.
pub struct Heap {
    fast_pools: [Cell<*mut PoolHeader>; CLASSES],
    fast_end: Cell<usize>,
    used_pools: Rc<UsedPools>,
    debug_fill: bool,
    observers: RefCell<Vec<&'static dyn Observer>>,
    is_observed: Cell<bool>,
    pub(super) store: RefCell<Store>,
}

impl Heap {
    /// Reserves the address range (none for blocks of the system).
    pub fn new(options: HeapOptions) -> Result<Heap, ReserveError> {
        let used_pools = Rc::new(UsedPools::new());
        let store = match options.source {
            Source::Pools => {
                let space = Space::reserve(options.limit)?;
                Store::Own(Box::new(OwnStore::new(space, Rc::clone(&used_pools))))
            }
            Source::System => Store::System(SystemStore::new(options.limit.unwrap_or_else(default_limit))),
        };
        let heap = Heap {
            fast_pools: [const { Cell::new(ptr::null_mut()) }; CLASSES],
            fast_end: Cell::new(0),
            used_pools,
            debug_fill: options.debug_fill,
            observers: RefCell::default(),
            is_observed: Cell::new(false),
            store: RefCell::new(store),
        };
        heap.publish_all();
        Ok(heap)
    }

    /// A block of at least `size` bytes, aligned to 16; of one byte for size 0. None at the limit, and for
    /// sizes that no machine has.
    #[inline(always)]
    pub fn allocate(&self, size: usize) -> Option<NonNull<u8>> {
        self.allocate_at_once(size).or_else(|| self.allocate_last(size))
    }

    /// A block where taking one off a free list is all that is to do, which nobody is told of; else none.
    #[inline(always)]
    pub fn allocate_at_once(&self, size: usize) -> Option<NonNull<u8>> {
        if size.wrapping_sub(1) >= SMALL_LIMIT {
            cold_path();
            return None;
        }
        let pool = self.fast_pools[class_of(size)].get();
        // SAFETY: it is the sentinel, whose free list is empty, or a used pool of ours. The links of its free list
        // are blocks of it. The last free block is left to the slow path.
        unsafe {
            let block = (*pool).free;
            if block.is_null() {
                cold_path();
                return None;
            }
            let next = link_of(block).read();
            if next.is_null() {
                cold_path();
                return None;
            }
            (*pool).free = next;
            (*pool).used += 1;
            Some(NonNull::new_unchecked(block))
        }
    }

    /// Puts a block back.
    ///
    /// # Safety
    /// `block` is a live block of this heap; nothing uses it any more.
    #[inline(always)]
    pub unsafe fn release(&self, block: NonNull<u8>) {
        let block = block.as_ptr();
        // SAFETY: as our caller promises; below `fast_end` every live block is in a pool. A full pool and one that
        // would become free are left to the slow path.
        unsafe {
            if block.addr() >= self.fast_end.get() {
                cold_path();
                return self.release_first(block);
            }
            let pool = pool_of(block);
            let head = (*pool).free;
            let used = (*pool).used - 1;
            if head.is_null() || used == 0 {
                cold_path();
                return self.release_first(block);
            }
            link_of(block).write(head);
            (*pool).free = block;
            (*pool).used = used;
        }
    }

    /// Makes a block larger or smaller, and perhaps moves it. The contents are kept as far as both sizes go. On
    /// None the old block is intact.
    ///
    /// # Safety
    /// `block` is a live block of this heap; when another address comes back, nothing uses the old one.
    pub unsafe fn reallocate(&self, block: NonNull<u8>, new_size: usize) -> Option<NonNull<u8>> {
        let size = new_size.max(1);
        let old = block.as_ptr();
        // SAFETY: as our caller promises; below `fast_end` every live block is in a pool.
        unsafe {
            if old.addr() >= self.fast_end.get() {
                return self.reallocate_slow(old, size);
            }
            let class = (*pool_of(old)).class as usize;
            if size <= SMALL_LIMIT && class_of(size) == class {
                return Some(block);
            }
            let Some(new) = self.allocate(size) else {
                // A smaller block may be refused at the limit, but the larger one serves as well.
                return (size <= class_size(class)).then_some(block);
            };
            ptr::copy_nonoverlapping(old, new.as_ptr(), class_size(class).min(size));
            self.release(block);
            Some(new)
        }
    }

    /// Whether an address is in the range of this heap, be it in a live block or not.
    pub fn owns(&self, address: usize) -> bool {
        self.store.borrow().owns(address)
    }

    /// The word at an address in a pool or in a large block; none where the heap holds no memory.
    pub fn peek(&self, address: usize) -> Option<usize> {
        let is_there = address.is_multiple_of(size_of::<usize>()) && self.store.borrow().holds(address);
        // SAFETY: the heap holds the memory there. A volatile read takes whatever stands in it.
        is_there.then(|| unsafe { std::ptr::with_exposed_provenance::<usize>(address).read_volatile() })
    }

    /// The addresses that are reserved for this heap; none where its blocks come from the system's allocator.
    pub fn range(&self) -> std::ops::Range<usize> {
        match &*self.store.borrow() {
            Store::Own(own) => own.space.base()..own.space.base() + own.space.size(),
            Store::System(_) => 0..0,
        }
    }

    /// The usable bytes of the live block that begins at `address`.
    pub fn size_at(&self, address: usize) -> Option<usize> {
        self.store.borrow().size_at(address)
    }

    /// The live block that holds `address`.
    pub fn block_at(&self, address: usize) -> Option<Block> {
        self.store.borrow().block_at(address)
    }

    /// Every live block by address.
    pub fn blocks(&self) -> Vec<Block> {
        self.store.borrow().blocks()
    }

    /// How many blocks are live. Costs a look at each pool.
    pub fn allocated_blocks(&self) -> usize {
        self.store.borrow().usage().0
    }

    /// The usable bytes of the live blocks. Costs a look at each pool.
    pub fn bytes_in_use(&self) -> usize {
        self.store.borrow().usage().1
    }

    /// From now on the observer is told of every block, with those that are already. While nobody is, the fast
    /// paths know nothing of it.
    pub fn observe(&self, observer: &'static dyn Observer) {
        self.observers.borrow_mut().push(observer);
        self.is_observed.set(true);
        self.publish_all();
    }

    /// The observer is told no more.
    pub fn stop_observing(&self, observer: &'static dyn Observer) {
        let mut observers = self.observers.borrow_mut();
        observers.retain(|other| !ptr::addr_eq(*other, observer));
        self.is_observed.set(!observers.is_empty());
        drop(observers);
        self.publish_all();
    }

    /// Says that a block which was kept instead of released is used again.
    #[inline]
    pub fn tell_reused(&self, block: NonNull<u8>, size: usize) {
        self.tell(|observer| observer.reused(block.addr().get(), size));
    }

    /// Says that what stands in a block dies, and that the block may be kept.
    pub fn tell_dying(&self, block: NonNull<u8>) {
        self.tell(|observer| observer.dying(block.addr().get()));
    }

    /// Whether blocks are filled, or come from the system's allocator, so that misuse shows.
    pub fn looks_for_mistakes(&self) -> bool {
        self.debug_fill || matches!(&*self.store.borrow(), Store::System(_))
    }

    #[inline]
    fn tell(&self, event: impl Fn(&dyn Observer)) {
        if self.is_observed.get() {
            cold_path();
            self.observers.borrow().iter().for_each(|observer| event(*observer));
        }
    }

    /// A block by whatever way there is. This is the one for the last block of a free list: the pool's untouched tail gives
    /// the next one, which is how every block of a growing heap is made, or the pool is full and the next one of its class
    /// takes its place.
    #[inline(never)]
    pub fn allocate_last(&self, size: usize) -> Option<NonNull<u8>> {
        if size.wrapping_sub(1) < SMALL_LIMIT {
            let class = class_of(size);
            let pool = self.fast_pools[class].get();
            // SAFETY: as in `allocate`; with a free block it is not the sentinel, so it is the first of its list.
            unsafe {
                if !(*pool).free.is_null() {
                    let (block, after) = take_block(pool);
                    if after == AfterTaking::Full {
                        self.used_pools.unlink(pool);
                        self.publish_class(class);
                    }
                    return NonNull::new(block);
                }
            }
        }
        self.allocate_slow(size)
    }

    /// The first block that comes back to a full pool: the pool is used again, and the first of its class.
    #[inline(never)]
    unsafe fn release_first(&self, block: *mut u8) {
        if block.addr() < self.fast_end.get() {
            let pool = pool_of(block);
            // SAFETY: as in `release`. A full pool is in no list, and it has more than one block.
            unsafe {
                if (*pool).free.is_null() {
                    put_block(pool, block);
                    self.used_pools.link(pool);
                    self.fast_pools[(*pool).class as usize].set(pool);
                    return;
                }
            }
        }
        // SAFETY: as the caller of `release` promises.
        unsafe { self.release_slow(block) }
    }

    #[inline(never)]
    fn allocate_slow(&self, size: usize) -> Option<NonNull<u8>> {
        let size = size.max(1);
        if size > LARGEST_BLOCK {
            return None;
        }
        let block = {
            let mut store = self.store.borrow_mut();
            let block = store.allocate(size);
            self.publish(&store, size);
            let block = NonNull::new(block?)?;
            if self.debug_fill {
                // SAFETY: the block has just been handed out, with that many bytes.
                unsafe { block.write_bytes(FRESH_BYTE, store.block_size(block.as_ptr())) };
            }
            block
        };
        self.tell(|observer| observer.allocated(block.addr().get(), size));
        Some(block)
    }

    #[cold]
    #[inline(never)]
    unsafe fn release_slow(&self, block: *mut u8) {
        self.tell(|observer| observer.releasing(block.addr()));
        // SAFETY: as the caller of `release` promises.
        unsafe {
            let mut store = self.store.borrow_mut();
            let size = store.block_size(block);
            if self.debug_fill {
                block.write_bytes(DEAD_BYTE, size);
            }
            store.release(block);
            self.publish(&store, size);
        }
        self.tell(|observer| observer.released(block.addr()));
    }

    #[cold]
    #[inline(never)]
    unsafe fn reallocate_slow(&self, old: *mut u8, size: usize) -> Option<NonNull<u8>> {
        if size > LARGEST_BLOCK {
            return None;
        }
        // SAFETY: as the caller of `reallocate` promises.
        let (new, old_size, new_size) = unsafe {
            let mut store = self.store.borrow_mut();
            let old_size = store.block_size(old);
            let new = match store.resize(old, size) {
                Some(block) => block,
                None => self.copy_to_new(&mut store, old, old_size, size)?,
            };
            let new = NonNull::new(new)?;
            let new_size = store.block_size(new.as_ptr());
            self.publish(&store, old_size);
            self.publish(&store, new_size);
            if self.debug_fill && new_size > old_size {
                new.add(old_size).write_bytes(FRESH_BYTE, new_size - old_size);
            }
            (new, old_size, new_size)
        };
        self.tell(|observer| observer.resized(old_size, new_size));
        self.tell(|observer| observer.moved(old.addr(), new.addr().get(), size));
        Some(new)
    }

    unsafe fn copy_to_new(
        &self,
        store: &mut Store,
        old: *mut u8,
        old_size: usize,
        size: usize,
    ) -> Option<*mut u8> {
        let Some(new) = store.allocate(size) else {
            // As in `reallocate`: the larger block serves as well.
            return (size <= old_size).then_some(old);
        };
        // SAFETY: both blocks are live and apart.
        unsafe {
            ptr::copy_nonoverlapping(old, new, old_size.min(size));
            if self.debug_fill {
                old.write_bytes(DEAD_BYTE, old_size);
            }
            store.release(old);
        }
        Some(new)
    }

    fn is_watched(&self) -> bool {
        self.debug_fill || self.is_observed.get()
    }

    /// After the slow path has changed the pools of the class of `size`, or moved the border: lets the fast
    /// paths know.
    #[inline]
    fn publish(&self, store: &Store, size: usize) {
        let Store::Own(own) = store else { return };
        if self.is_watched() {
            return;
        }
        self.fast_end.set(own.space.border());
        if size <= SMALL_LIMIT {
            self.publish_class(class_of(size));
        }
    }

    #[inline(always)]
    fn publish_class(&self, class: usize) {
        let pool = self.used_pools.first(class);
        self.fast_pools[class].set(if pool.is_null() { sentinel() } else { pool });
    }

    fn publish_all(&self) {
        self.fast_end.set(0);
        for (class, fast) in self.fast_pools.iter().enumerate() {
            fast.set(sentinel());
            self.publish(&self.store.borrow(), class_size(class));
        }
    }

    /// Whether the fast paths see what the slow ones have left.
    pub(super) fn verify_published(&self, own: &OwnStore) -> Result<(), String> {
        for (class, fast) in self.fast_pools.iter().enumerate() {
            let used = self.used_pools.first(class);
            let expected = if used.is_null() || self.is_watched() { sentinel() } else { used };
            if fast.get() != expected {
                return Err(format!("class {class} allocates from the wrong pool"));
            }
        }
        let end = if self.is_watched() { 0 } else { own.space.border() };
        if self.fast_end.get() == end {
            Ok(())
        } else {
            Err("the border is not where release sees it".into())
        }
    }
}
