//! The space that objects live in: the heap, the generations' lists, and what release and birth keep count of.

use std::cell::{Cell, RefCell};
use std::hint::cold_path;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;

use super::gc_links::{GcHead, GcList};
use super::header::{Object, TypeHead};
use super::lifecycle::Prefix;
use super::recycled::Recycled;
use super::release::DEPTH_LIMIT;
use crate::memory::Heap;

/// One generation of the collector.
#[derive(Default)]
pub struct Generation {
    /// Its objects.
    pub list: GcList,
    /// A collection is due when the count exceeds this; zero means never.
    pub threshold: Cell<i64>,
    /// Generation 0: births less deaths; the others: collections of the next younger one.
    pub count: Cell<i64>,
}

/// Told of the containers that are taken apart, each inside the release of the one before. It must not make or release
/// objects.
pub trait ReleaseFollower {
    /// A container is about to be taken apart.
    fn begins(&self, object: &Object);
    /// A collection is about to clear a container.
    fn clears(&self, object: &Object);
    /// The container that began last is gone, or lives again, or is cleared.
    fn ends(&self);
}

/// Everything that birth, tracking and release of objects touch. It must not move once it is entered.
pub struct ObjectSpace {
    /// The memory manager.
    pub heap: Heap,
    /// The generations, youngest first.
    pub generations: [Generation; 3],
    /// What `gc.freeze` has put aside.
    pub permanent: GcList,
    /// `gc.enable` and `gc.disable`.
    pub collection_enabled: Cell<bool>,
    /// A collection is running.
    pub collecting: Cell<bool>,
    /// The next safe point must collect.
    pub collection_requested: Cell<bool>,
    /// The next safe point has something to do; mirrors every request.
    pub attention: Attention,
    /// With `-X stress-gc` every birth of a container asks for a collection.
    pub stress: Cell<bool>,
    /// Blocks of dead lists.
    pub(super) recycled_lists: Recycled,
    /// How deep releases are nested now.
    pub(super) release_depth: Cell<u32>,
    /// Deeper releases do not just nest. Zero while somebody follows releases, so that each of them is told.
    pub(super) nesting_limit: Cell<u32>,
    /// Who follows releases.
    pub(super) release_follower: Cell<Option<&'static dyn ReleaseFollower>>,
    /// Containers whose release waits, linked through their gc header.
    pub(super) waiting: Cell<*const GcHead>,
    /// First weak reference of lists and dicts.
    pub(super) weak_side_table: RefCell<FxHashMap<usize, NonNull<Object>>>,
}

impl ObjectSpace {
    /// A space over a heap, with CPython's thresholds.
    pub fn new(heap: Heap) -> Self {
        let space = Self {
            recycled_lists: Recycled::new(&heap),
            heap,
            generations: Default::default(),
            permanent: GcList::default(),
            collection_enabled: Cell::new(true),
            collecting: Cell::new(false),
            collection_requested: Cell::new(false),
            attention: Attention::default(),
            stress: Cell::new(false),
            release_depth: Cell::new(0),
            nesting_limit: Cell::new(DEPTH_LIMIT),
            release_follower: Cell::new(None),
            waiting: Cell::new(std::ptr::null()),
            weak_side_table: RefCell::default(),
        };
        for (generation, threshold) in space.generations.iter().zip([700, 10, 10]) {
            generation.threshold.set(threshold);
        }
        space
    }

    /// Ties the lists to their final address. Call once, when the space has its place.
    pub fn settle(&self) {
        self.generations.iter().for_each(|generation| generation.list.reset());
        self.permanent.reset();
    }

    /// Allocates an object of `size` bytes (from its header on) with one reference. The prefix is zero, the header is
    /// written, the fields are not: the caller writes all of them before anything else happens. Not tracked yet.
    ///
    /// # Safety
    /// `size` is at least the header's, and the caller initialises the fields.
    #[inline]
    pub unsafe fn birth(&self, kind: &TypeHead, size: usize) -> Option<NonNull<Object>> {
        let prefix = kind.lifecycle.prefix;
        let block = self.heap.allocate(size.checked_add(prefix.bytes())?)?;
        // SAFETY: the block has room for prefix and object.
        Some(unsafe { self.found_counted(block, kind, prefix) })
    }

    /// As [`ObjectSpace::found_object`]; counts the birth of what the collector knows.
    ///
    /// # Safety
    /// As for `found_object`.
    #[inline(always)]
    unsafe fn found_counted(&self, block: NonNull<u8>, kind: &TypeHead, prefix: Prefix) -> NonNull<Object> {
        if prefix.has_gc() {
            self.count_birth();
        }
        // SAFETY: as promised.
        unsafe { self.found_object(block, kind, prefix) }
    }

    /// As [`ObjectSpace::birth`], for an object with nothing in front of it and of a type that is not counted, where taking
    /// a block off a free list is all that is to do; else none. Calls nothing, so that whoever asks for the general way
    /// in the end keeps nothing either.
    ///
    /// # Safety
    /// As for `birth`.
    #[inline(always)]
    pub unsafe fn birth_at_once(&self, kind: &TypeHead, size: usize) -> Option<NonNull<Object>> {
        if kind.lifecycle.prefix != Prefix::None || kind.lifecycle.counts_type {
            cold_path();
            return None;
        }
        let object = self.heap.allocate_at_once(size)?.cast::<Object>();
        // SAFETY: the block has room for the object.
        unsafe { object.write(Object::new(NonNull::from(kind))) };
        Some(object)
    }

    /// As [`ObjectSpace::birth`], for what [`ObjectSpace::birth_at_once`] has no block for.
    ///
    /// # Safety
    /// As for `birth`.
    #[inline]
    pub unsafe fn birth_last(&self, kind: &TypeHead, size: usize) -> Option<NonNull<Object>> {
        let prefix = kind.lifecycle.prefix;
        let block = self.heap.allocate_last(size.checked_add(prefix.bytes())?)?;
        // SAFETY: the block has room for prefix and object.
        Some(unsafe { self.found_counted(block, kind, prefix) })
    }

    /// As [`ObjectSpace::birth`], for an instance of a class, where taking a block off a free list is all that is to do;
    /// else none. Calls nothing but what requests a collection.
    ///
    /// # Safety
    /// As for `birth`; the type's objects have at least the collector's links in front.
    #[inline(always)]
    pub unsafe fn birth_instance_at_once(&self, kind: &TypeHead, size: usize) -> Option<NonNull<Object>> {
        let prefix = kind.lifecycle.prefix;
        let block = self.heap.allocate_at_once(size.saturating_add(prefix.bytes()))?;
        // SAFETY: the block has room for prefix and object.
        Some(unsafe { self.found_object(block, kind, prefix) })
    }

    /// As [`ObjectSpace::birth`], for a container that is tracked at once.
    ///
    /// # Safety
    /// As for `birth`; the type's objects have the collector's links in front.
    #[inline]
    pub unsafe fn birth_tracked(&self, kind: &TypeHead, size: usize) -> Option<NonNull<Object>> {
        let lifecycle = &kind.lifecycle;
        // SAFETY: as promised.
        unsafe {
            if lifecycle.prefix != Prefix::Gc || lifecycle.counts_type {
                cold_path();
                return self.birth_tracked_last(kind, size);
            }
            let Some(block) = self.heap.allocate_at_once(size.saturating_add(Prefix::Gc.bytes())) else {
                cold_path();
                return self.birth_tracked_last(kind, size);
            };
            Some(self.counted(self.found_tracked(block, kind)))
        }
    }

    /// The same where more is to do.
    ///
    /// # Safety
    /// As for `birth_tracked`.
    #[inline(never)]
    unsafe fn birth_tracked_last(&self, kind: &TypeHead, size: usize) -> Option<NonNull<Object>> {
        // SAFETY: as promised.
        unsafe {
            let object = self.birth_last(kind, size)?;
            self.track(object);
            Some(object)
        }
    }

    /// Counts a new container and hands it back; requests a collection where one is due.
    #[inline(always)]
    pub fn counted(&self, object: NonNull<Object>) -> NonNull<Object> {
        if self.note_birth() {
            cold_path();
            return self.requested(object);
        }
        object
    }

    /// Requests a collection, and hands the object back.
    #[cold]
    #[inline(never)]
    fn requested(&self, object: NonNull<Object>) -> NonNull<Object> {
        self.request_collection();
        object
    }

    /// Writes links and header into a new block, and tracks the object.
    ///
    /// # Safety
    /// The block has room for both, and the type's objects have nothing else in front.
    #[inline(always)]
    unsafe fn found_tracked(&self, block: NonNull<u8>, kind: &TypeHead) -> NonNull<Object> {
        // SAFETY: as promised.
        unsafe {
            GcList::append_new(&self.generations[0].list, block.cast());
            let object = block.add(Prefix::Gc.bytes()).cast::<Object>();
            object.write(Object::new(NonNull::from(kind)));
            object
        }
    }

    /// As [`ObjectSpace::birth_tracked`], for a list of `size` bytes: perhaps in the block of a dead one. Then neither that
    /// death nor this birth is counted.
    ///
    /// # Safety
    /// As for `birth_tracked`; `size` is the same at each call.
    #[inline(always)]
    pub unsafe fn birth_list(&self, kind: &TypeHead, size: usize) -> Option<NonNull<Object>> {
        let lifecycle = &kind.lifecycle;
        // SAFETY: the block was one of a list without anything in front but the collector's links, as is the new one.
        unsafe {
            if lifecycle.prefix == Prefix::Gc
                && !lifecycle.counts_type
                && let Some(block) = self.recycled_lists.pop()
            {
                self.heap.tell_reused(block, Prefix::Gc.bytes() + size);
                if self.stress.get() {
                    self.request_collection();
                }
                return Some(self.found_tracked(block, kind));
            }
            self.birth_tracked(kind, size)
        }
    }

    /// As [`ObjectSpace::birth_list`], with a block of so many bytes for the items, where a kept block and one of a free
    /// list are all that is needed; else none. A heap that somebody observes has none of these.
    ///
    /// # Safety
    /// As for `birth_list`.
    #[inline(always)]
    pub unsafe fn birth_list_at_once(
        &self,
        kind: &TypeHead,
        bytes: usize,
    ) -> Option<(NonNull<Object>, NonNull<u8>)> {
        let lifecycle = &kind.lifecycle;
        if lifecycle.prefix != Prefix::Gc
            || lifecycle.counts_type
            || self.stress.get()
            || self.recycled_lists.is_empty()
        {
            cold_path();
            return None;
        }
        let items = self.heap.allocate_at_once(bytes)?;
        let block = self.recycled_lists.pop()?;
        // SAFETY: as for `birth_list`.
        Some((unsafe { self.found_tracked(block, kind) }, items))
    }

    /// Tells somebody of each container that is taken apart, or nobody any more.
    pub fn follow_releases(&self, follower: Option<&'static dyn ReleaseFollower>) {
        self.release_follower.set(follower);
        self.nesting_limit.set(if follower.is_some() { 0 } else { DEPTH_LIMIT });
    }

    /// Who is told of each container that is taken apart.
    pub fn release_follower(&self) -> Option<&'static dyn ReleaseFollower> {
        self.release_follower.get()
    }

    /// The blocks of dead lists that are kept for lists to come, the next one to be used first.
    pub fn kept_list_blocks(&self) -> Vec<usize> {
        self.recycled_lists.addresses()
    }

    /// Gives back what is kept for objects to come.
    pub fn release_recycled(&self) {
        self.recycled_lists.release_all(&self.heap);
    }

    /// Writes prefix and header into a new block.
    ///
    /// # Safety
    /// The block has room for both.
    #[inline]
    unsafe fn found_object(&self, block: NonNull<u8>, kind: &TypeHead, prefix: Prefix) -> NonNull<Object> {
        // SAFETY: as promised.
        unsafe {
            let object = block.add(prefix.bytes()).cast::<Object>();
            if prefix.has_gc() {
                block.cast::<u128>().write(0);
                object.cast::<u128>().sub(1).write(0);
            }
            if kind.lifecycle.counts_type {
                kind.object.set_count(kind.object.count() + 1);
            }
            object.write(Object::new(NonNull::from(kind)));
            object
        }
    }

    /// Counts a new container and requests a collection when the youngest generation is full.
    #[inline]
    pub fn count_birth(&self) {
        if self.note_birth() {
            cold_path();
            self.request_collection();
        }
    }

    /// Counts a new container, and says whether a collection is to be requested.
    #[inline(always)]
    fn note_birth(&self) -> bool {
        let youngest = &self.generations[0];
        let count = youngest.count.get() + 1;
        youngest.count.set(count);
        count > youngest.threshold.get() || self.stress.get()
    }

    #[cold]
    #[inline(never)]
    fn request_collection(&self) {
        let due = self.generations[0].threshold.get() != 0 || self.stress.get();
        if due && self.collection_enabled.get() && !self.collecting.get() {
            self.collection_requested.set(true);
            self.attention.set(true);
        }
    }

    /// Starts tracking a container.
    ///
    /// # Safety
    /// The object's type has a gc prefix, the object is not tracked and all its fields are valid.
    #[inline]
    pub unsafe fn track(&self, object: NonNull<Object>) {
        // SAFETY: as promised.
        let links = unsafe { object.as_ref().gc_head_unchecked() };
        debug_assert!(!links.is_linked());
        self.generations[0].list.append(links);
    }

    /// Stops tracking, if it is tracked.
    ///
    /// # Safety
    /// The object's type has a gc prefix.
    #[inline]
    pub unsafe fn untrack(&self, object: NonNull<Object>) {
        // SAFETY: as promised.
        unsafe {
            let links = object.as_ref().gc_head_unchecked();
            if links.is_linked() {
                GcList::unlink(links);
            }
        }
    }

    /// Frees the block of an object whose fields are dropped already.
    ///
    /// # Safety
    /// Nobody refers to the object any more, and it is untracked.
    #[inline]
    pub unsafe fn free_block(&self, object: NonNull<Object>, prefix: Prefix) {
        if prefix.has_gc() {
            self.count_death();
        }
        // SAFETY: the block starts with the prefix.
        unsafe { self.heap.release(object.cast::<u8>().sub(prefix.bytes())) }
    }

    /// As [`ObjectSpace::free_block`], for a list: the block may be kept.
    ///
    /// # Safety
    /// As for `free_block`; the object was born by [`ObjectSpace::birth_list`], with the collector's links in front.
    #[inline]
    pub(super) unsafe fn free_list_block(&self, object: NonNull<Object>) {
        // SAFETY: as promised.
        unsafe {
            if !self.recycled_lists.push(object.cast::<u8>().sub(Prefix::Gc.bytes())) {
                self.free_block(object, Prefix::Gc);
            }
        }
    }

    #[inline]
    fn count_death(&self) {
        let youngest = &self.generations[0].count;
        if youngest.get() > 0 {
            youngest.set(youngest.get() - 1);
        }
    }
}

/// A flag that a signal handler may set too.
#[derive(Debug, Default)]
pub struct Attention(AtomicBool);

impl Attention {
    /// Whether it is set.
    #[inline(always)]
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Sets or clears it.
    #[inline(always)]
    pub fn set(&self, value: bool) {
        self.0.store(value, Ordering::Relaxed);
    }

    /// The flag itself, for those who know no interpreter.
    pub fn flag(&self) -> &AtomicBool {
        &self.0
    }
}
