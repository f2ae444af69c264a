//! Weak references: objects that know their referent without counting.
//!
//! All weak references to one object form a list that starts in the object (a field, or a side table for lists and
//! dicts). A reference without a callback of the plain type is shared and stands first, as in CPython.

use std::cell::Cell;
use std::hint::cold_path;
use std::ptr::NonNull;

use super::current::space;
use super::gc_links::GcHead;
use super::header::{Object, TypeHead, layout};
use super::lifecycle::{Lifecycle, Prefix, Visitor, WeakSupport};
use super::reference::{ObjectRef, Ref};
use super::release::{finish_release, release_nested};
use super::space::ObjectSpace;

/// Whether a weak reference stands for all others of its sort, and so where it stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum Sharing {
    /// The plain reference without a callback: first.
    Reference,
    /// The plain proxy without a callback: behind it.
    Proxy,
    /// All others, the newest first.
    Own,
}

/// The layout of `weakref.ref` and of proxies: CPython's 64 bytes behind the gc header.
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
    sharing: Cell<Sharing>,
}

layout!(WeakReference, object, Object);

/// A new weak reference of `size` bytes, linked to its referent and tracked. None where there is no memory.
///
/// # Panics
/// When `kind` is no type of weak references, or `size` too small for them.
pub fn birth(
    kind: &TypeHead,
    size: usize,
    referent: &Object,
    callback: Option<ObjectRef>,
    sharing: Sharing,
) -> Option<Ref<WeakReference>> {
    assert!(kind.lifecycle.referent_died.get().is_some() && kind.lifecycle.prefix.has_gc());
    assert!(size >= size_of::<WeakReference>());
    // SAFETY: the type says that its objects have this layout; all fields are written before the object is used, and
    // what a class adds behind them is valid as zeros.
    unsafe {
        let born = space().birth(kind, size)?;
        let own = size_of::<WeakReference>();
        born.cast::<u8>().add(own).write_bytes(0, size - own);
        born.cast().write(WeakReference {
            object: Object::new(NonNull::from(kind)),
            referent: Cell::new(referent),
            callback: Cell::new(callback),
            hash: Cell::new(-1),
            previous: Cell::new(std::ptr::null()),
            next: Cell::new(std::ptr::null()),
            sharing: Cell::new(sharing),
        });
        link(born.cast().as_ref(), referent);
        space().track(born);
        Some(ObjectRef::from_owned(born).cast_into())
    }
}

/// The reference or proxy that all of its sort share, if there is a live one.
pub fn shared(referent: &Object, sharing: Sharing) -> Option<ObjectRef> {
    if sharing == Sharing::Own {
        return None;
    }
    let mut at = first(referent);
    // SAFETY: the list is made of live weak references.
    while let Some(weak) = unsafe { at.as_ref() }.filter(|weak| weak.sharing.get() <= sharing) {
        if weak.sharing.get() == sharing {
            return (weak.count() > 0).then(|| weak.object.new_ref());
        }
        at = weak.next.get();
    }
    None
}

/// The weak references to an object, without those that are dying, in the order of its list.
pub fn live_references(referent: &Object) -> Vec<ObjectRef> {
    // SAFETY: the list is made of live weak references.
    let all = references(referent).into_iter().map(|weak| unsafe { weak.as_ref() });
    all.filter(|weak| weak.count() > 0).map(|weak| weak.object.new_ref()).collect()
}

/// The lifecycle of weak references: `referent_died` calls the callback it is given.
pub fn lifecycle(referent_died: fn(&WeakReference, &Object)) -> Lifecycle {
    Lifecycle {
        drop_contents: Cell::new(drop_contents),
        visit: Cell::new(visit),
        clear: Cell::new(Some(drop_contents)),
        referent_died: Cell::new(Some(referent_died)),
        ..Lifecycle::bare(dealloc, |_| size_of::<WeakReference>(), Prefix::Gc)
    }
}

/// A dying weak reference is out of its referent's list at once, also where its release has to wait.
unsafe fn dealloc(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: only objects of this layout come here, with a count of zero.
    unsafe {
        space.untrack(object);
        object.cast::<WeakReference>().as_ref().unlink();
        release_nested(space, object, |space, object| {
            drop_contents(object);
            finish_release(space, object);
        });
    }
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: only objects of this layout come here; a visitor changes nothing.
    if let Some(callback) = unsafe { &*object.cast::<WeakReference>().as_ref().callback.as_ptr() } {
        visitor(callback.as_pointer());
    }
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: only objects of this layout come here.
    let weak = unsafe { object.cast::<WeakReference>().as_ref() };
    weak.unlink();
    drop(weak.callback.take());
}

impl WeakReference {
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
    #[inline]
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
#[inline]
pub fn first(referent: &Object) -> *const WeakReference {
    match referent.kind().lifecycle.weak.get() {
        WeakSupport::None => std::ptr::null(),
        // SAFETY: the type says that such a field exists.
        WeakSupport::Field(offset) => unsafe { field(referent, offset).get() },
        WeakSupport::SideTable => {
            if referent.gc_head().is_some_and(|links| links.has(GcHead::WEAK_IN_SIDE_TABLE)) {
                cold_path();
                return first_in_side_table(referent);
            }
            std::ptr::null()
        }
    }
}

#[inline(never)]
fn first_in_side_table(referent: &Object) -> *const WeakReference {
    let table = space().weak_side_table.borrow();
    table.get(&referent.address()).map_or(std::ptr::null(), |weak| weak.as_ptr() as *const WeakReference)
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

/// Links behind the shared ones of its referent, or among them where it is one.
fn link(weak: &WeakReference, referent: &Object) {
    let mut previous: *const WeakReference = std::ptr::null();
    let mut next = first(referent);
    // SAFETY: the list is made of live weak references.
    unsafe {
        while next.as_ref().is_some_and(|next| next.sharing.get() < weak.sharing.get()) {
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
#[inline]
pub unsafe fn clear_all(referent: NonNull<Object>) {
    // SAFETY: as promised.
    let referent = unsafe { referent.as_ref() };
    if !first(referent).is_null() {
        cold_path();
        tell_all(referent);
    }
}

/// Tells the only weak reference to an object. As in CPython nothing is counted for it: whoever is told keeps it.
fn tell_only(weak: &WeakReference) {
    weak.unlink();
    if weak.count() > 0
        && let Some(callback) = weak.callback.take()
        && let Some(referent_died) = weak.kind().lifecycle.referent_died.get()
    {
        referent_died(weak, &callback);
    }
}

#[inline(never)]
fn tell_all(referent: &Object) {
    // SAFETY: the first of the list is a live weak reference; `unlink` makes the next one the first.
    unsafe {
        // The shared ones have no callback.
        while let Some(shared) = first(referent).as_ref().filter(|weak| weak.sharing.get() != Sharing::Own) {
            shared.unlink();
        }
        match first(referent).as_ref() {
            Some(only) if only.next.get().is_null() => tell_only(only),
            Some(_) => tell_several(referent),
            None => {}
        }
    }
}

/// Tells several weak references, which are all kept until the last has been told, and then let go, the last first.
fn tell_several(referent: &Object) {
    let mut told = Vec::new();
    // SAFETY: as for `tell_all`.
    while let Some(weak) = unsafe { first(referent).as_ref() } {
        weak.unlink();
        if weak.count() > 0 {
            told.extend(weak.callback.take().map(|callback| (weak.object.new_ref(), callback)));
        }
    }
    for (weak, callback) in &told {
        if let Some(referent_died) = weak.kind().lifecycle.referent_died.get() {
            // SAFETY: types with this entry are laid out so.
            referent_died(unsafe { weak.cast() }, callback);
        }
    }
    while let Some((weak, callback)) = told.pop() {
        drop(callback);
        drop(weak);
    }
}
