//! The 16 bytes in front of every value: its reference count and its type.

use std::cell::Cell;
use std::ptr::NonNull;

use super::gc_links::GcHead;
use super::lifecycle::Lifecycle;
use super::reference::ObjectRef;

/// The header of every object. All fields of all objects are interior-mutable: a `&Object` is a borrowed reference.
#[repr(C)]
pub struct Object {
    count: Cell<usize>,
    kind: Cell<NonNull<TypeHead>>,
}

/// The part of a type object that this floor knows: it is an object and brings a lifecycle.
#[repr(C)]
pub struct TypeHead {
    /// A type is an object itself.
    pub object: Object,
    /// How instances are born, visited and released.
    pub lifecycle: Lifecycle,
}

/// A struct that starts with an [`Object`] header.
///
/// # Safety
/// The struct is `#[repr(C)]`, its first field is an `Object` (or another layout), and it lives in a heap block.
pub unsafe trait Layout {}

// SAFETY: it is the header itself.
unsafe impl Layout for Object {}

/// Declares a struct as a [`Layout`] and lets it be used as the object it starts with.
macro_rules! layout {
    ($name:ty, $first:ident, $base:ty) => {
        const _: () = assert!(std::mem::offset_of!($name, $first) == 0);
        // SAFETY: the struct is `repr(C)` and its first field is the base layout.
        #[allow(unsafe_code)]
        unsafe impl $crate::object::Layout for $name {}
        impl std::ops::Deref for $name {
            type Target = $base;
            fn deref(&self) -> &$base {
                &self.$first
            }
        }
    };
}
pub(crate) use layout;

layout!(TypeHead, object, Object);

impl Object {
    /// A header for an object under construction, with one reference.
    pub fn new(kind: NonNull<TypeHead>) -> Self {
        Self { count: Cell::new(1), kind: Cell::new(kind) }
    }

    /// The number of references to this object.
    #[inline]
    pub fn count(&self) -> usize {
        self.count.get()
    }

    /// Writes the count; only birth, release and the hot paths of the loop do.
    #[inline]
    pub fn set_count(&self, count: usize) {
        self.count.set(count);
    }

    /// The type.
    #[inline]
    pub fn kind(&self) -> &TypeHead {
        // SAFETY: a type outlives its instances.
        unsafe { self.kind.get().as_ref() }
    }

    /// The type as a pointer.
    #[inline]
    pub fn kind_pointer(&self) -> NonNull<TypeHead> {
        self.kind.get()
    }

    /// Whether this is exactly of the given type.
    #[inline]
    pub fn is_exactly(&self, kind: &TypeHead) -> bool {
        std::ptr::eq(self.kind.get().as_ptr(), kind)
    }

    /// Changes the type (assignment to `__class__`); the caller moves the type's reference.
    pub fn set_kind(&self, kind: NonNull<TypeHead>) {
        self.kind.set(kind);
    }

    /// The address, which is `id()`.
    #[inline]
    pub fn address(&self) -> usize {
        std::ptr::from_ref(self) as usize
    }

    /// A pointer to this object.
    #[inline]
    pub fn pointer(&self) -> NonNull<Object> {
        NonNull::from(self)
    }

    /// Whether both are the same object.
    #[inline]
    pub fn is(&self, other: &Object) -> bool {
        std::ptr::eq(self, other)
    }

    /// A new counted reference.
    #[inline]
    pub fn new_ref(&self) -> ObjectRef {
        self.count.set(self.count.get() + 1);
        // SAFETY: the reference was counted just now.
        unsafe { ObjectRef::from_owned(NonNull::from(self)) }
    }

    /// Sees the object as one of its layouts.
    ///
    /// # Safety
    /// The object was born with layout `T` (or one that starts with it).
    #[inline]
    pub unsafe fn cast<T: Layout>(&self) -> &T {
        // SAFETY: as promised by the caller; a layout starts with the header.
        unsafe { &*std::ptr::from_ref(self).cast::<T>() }
    }

    /// The collector's links, for objects whose type has them.
    #[inline]
    pub fn gc_head(&self) -> Option<&GcHead> {
        // SAFETY: types with a gc prefix are born with a `GcHead` directly in front of the header.
        self.kind().lifecycle.prefix.has_gc().then(|| unsafe { self.gc_head_unchecked() })
    }

    /// The collector's links.
    ///
    /// # Safety
    /// The type's prefix has a gc header.
    #[inline]
    pub unsafe fn gc_head_unchecked(&self) -> &GcHead {
        // SAFETY: the prefix ends with the `GcHead`.
        unsafe { &*std::ptr::from_ref(self).cast::<GcHead>().sub(1) }
    }

    /// Whether the collector sees this object.
    pub fn is_tracked(&self) -> bool {
        self.gc_head().is_some_and(GcHead::is_linked)
    }
}
