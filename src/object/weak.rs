//! Weak references: objects that know their referent without counting.
//!
//! All weak references to one object form a list that starts in the object (a field, or a side table for lists and
//! dicts). A reference without a callback of the plain type is shared and stands first, as in CPython.

use std::cell::Cell;
use std::ptr::NonNull;

use super::gc_links::GcHead;
use super::header::{Object, layout};
use super::lifecycle::WeakSupport;
use super::reference::ObjectRef;
use super::space::space;

/// The layout of `weakref.ref` and of proxies: 56 bytes behind the gc header.
#[repr(C)]
pub struct WeakReference {
    /// The header.
    pub object: Object,
    /// The referent, or null when it is dead.
    pub referent: Cell<*const Object>,
    /// Called once when the referent dies.
    pub callback: Cell<Option<ObjectRef>>,
    /// The referent's hash once asked for, else -1.
    pub hash: Cell<i64>,
    previous: Cell<*const WeakReference>,
    next: Cell<*const WeakReference>,
}

layout!(WeakReference, object, Object);

impl WeakReference {
    /// Fills the fields of a new weak reference and links it to its referent: first where `shared`, else behind the
    /// shared ones.
    ///
    /// # Safety
    /// `weak` is a block born with this layout whose fields are not written yet; the referent supports weak references.
    pub unsafe fn initialise(weak: NonNull<Object>, referent: &Object, callback: Option<ObjectRef>, shared: bool) {
        // SAFETY: all fields are written before the reference is used.
        unsafe {
            let this = weak.cast::<WeakReference>().as_ptr();
            (&raw mut (*this).referent).write(Cell::new(referent));
            (&raw mut (*this).callback).write(Cell::new(callback));
            (&raw mut (*this).hash).write(Cell::new(-1));
            (&raw mut (*this).previous).write(Cell::new(std::ptr::null()));
            (&raw mut (*this).next).write(Cell::new(std::ptr::null()));
            link(&*this, referent, shared);
        }
    }

    /// The referent, if it lives. One whose count is zero is dying and counts as dead.
    pub fn upgrade(&self) -> Option<ObjectRef> {
        let referent = self.referent.get();
        // SAFETY: a dying referent clears this pointer before its block is freed.
        unsafe { referent.as_ref() }.filter(|object| object.count() > 0).map(Object::new_ref)
    }

    /// Whether this one has a callback.
    pub fn has_callback(&self) -> bool {
        let callback = self.callback.take();
        let present = callback.is_some();
        self.callback.set(callback);
        present
    }

    /// A new reference to the callback.
    pub fn callback_ref(&self) -> Option<ObjectRef> {
        let callback = self.callback.take();
        let copy = callback.clone();
        self.callback.set(callback);
        copy
    }

    /// Takes this one out of its referent's list; afterwards the referent is dead for it.
    pub fn unlink(&self) {
        // SAFETY: the referent is alive or dying, and its list is whole.
        let Some(referent) = (unsafe { self.referent.get().as_ref() }) else { return };
        let (previous, next) = (self.previous.take_null(), self.next.take_null());
        // SAFETY: neighbours in the list are live weak references.
        unsafe {
            match previous.as_ref() {
                Some(neighbour) => neighbour.next.set(next),
                None => set_first(referent, next),
            }
            if let Some(neighbour) = next.as_ref() {
                neighbour.previous.set(previous);
            }
        }
        self.referent.set(std::ptr::null());
    }
}

trait TakeNull<T> {
    fn take_null(&self) -> *const T;
}

impl<T> TakeNull<T> for Cell<*const T> {
    fn take_null(&self) -> *const T {
        self.replace(std::ptr::null())
    }
}

/// The first weak reference to an object.
pub fn first(referent: &Object) -> *const WeakReference {
    match referent.kind().lifecycle.weak.get() {
        WeakSupport::None => std::ptr::null(),
        // SAFETY: the type says that such a field exists.
        WeakSupport::Field(offset) => unsafe { field(referent, offset).get() },
        WeakSupport::SideTable => {
            if !referent.gc_head().is_some_and(|links| links.has(GcHead::WEAK_IN_SIDE_TABLE)) {
                return std::ptr::null();
            }
            let table = space().weak_side_table.borrow();
            table.get(&referent.address()).map_or(std::ptr::null(), |weak| weak.as_ptr() as *const WeakReference)
        }
    }
}

/// # Safety
/// The layout has a weak-list field at the offset.
unsafe fn field(referent: &Object, offset: u32) -> &Cell<*const WeakReference> {
    // SAFETY: as promised.
    unsafe { &*std::ptr::from_ref(referent).byte_add(offset as usize).cast() }
}

fn set_first(referent: &Object, weak: *const WeakReference) {
    match referent.kind().lifecycle.weak.get() {
        WeakSupport::None => {}
        // SAFETY: the type says that such a field exists.
        WeakSupport::Field(offset) => unsafe { field(referent, offset).set(weak) },
        WeakSupport::SideTable => {
            let mut table = space().weak_side_table.borrow_mut();
            match NonNull::new(weak as *mut Object) {
                Some(weak) => table.insert(referent.address(), weak),
                None => table.remove(&referent.address()),
            };
            if let Some(links) = referent.gc_head() {
                links.set(GcHead::WEAK_IN_SIDE_TABLE, !weak.is_null());
            }
        }
    }
}

/// Links behind the shared references, or first where `shared`.
fn link(weak: &WeakReference, referent: &Object, shared: bool) {
    let head = first(referent);
    let mut previous: *const WeakReference = std::ptr::null();
    let mut next = head;
    // SAFETY: the list is made of live weak references.
    unsafe {
        while !shared && !next.is_null() && !(*next).has_callback() {
            previous = next;
            next = (*next).next.get();
        }
        weak.previous.set(previous);
        weak.next.set(next);
        match previous.as_ref() {
            Some(neighbour) => neighbour.next.set(weak),
            None => set_first(referent, weak),
        }
        if let Some(neighbour) = next.as_ref() {
            neighbour.previous.set(weak);
        }
    }
}

/// All weak references to an object in the order of its list.
pub fn references(referent: &Object) -> Vec<NonNull<WeakReference>> {
    let mut found = Vec::new();
    let mut at = first(referent);
    // SAFETY: the list is made of live weak references.
    while let Some(weak) = unsafe { at.as_ref() } {
        found.push(NonNull::from(weak));
        at = weak.next.get();
    }
    found
}

/// Clears all weak references to a dying object, then calls the callbacks of those that still live, first come first.
///
/// # Safety
/// The object is being released; its fields are still whole.
pub unsafe fn clear_all(referent: NonNull<Object>) {
    // SAFETY: as promised.
    let referent = unsafe { referent.as_ref() };
    if first(referent).is_null() {
        return;
    }
    let mut told = Vec::new();
    while let Some(weak) = unsafe { first(referent).as_ref() } {
        weak.unlink();
        if weak.count() > 0 && weak.has_callback() {
            told.push(weak.object.new_ref());
        }
    }
    for weak in told {
        if let Some(referent_died) = weak.kind().lifecycle.referent_died.get() {
            // SAFETY: the handle keeps the weak reference alive.
            unsafe { referent_died(weak.as_pointer()) };
        }
    }
}
