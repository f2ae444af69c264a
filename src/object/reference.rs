//! References that count: [`ObjectRef`] to any object, [`Ref`] to one of a known layout.

use std::hint::cold_path;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr::NonNull;

use super::header::{Layout, Object};
use super::release::release;

/// One counted reference. Cloning counts up; dropping counts down and releases the object at zero, which can run
/// Python code (`__del__`, weak callbacks): drop nothing while a guard or a borrowed slice is alive.
#[repr(transparent)]
pub struct ObjectRef(NonNull<Object>);

impl ObjectRef {
    /// Takes over a reference that is counted already.
    ///
    /// # Safety
    /// The caller owns one reference and gives it away.
    #[inline]
    pub unsafe fn from_owned(pointer: NonNull<Object>) -> Self {
        Self(pointer)
    }

    /// Gives the reference away, still counted.
    #[inline]
    pub fn into_raw(self) -> NonNull<Object> {
        ManuallyDrop::new(self).0
    }

    /// The pointer, borrowed.
    #[inline]
    pub fn as_pointer(&self) -> NonNull<Object> {
        self.0
    }

    /// Sees the object as a layout and keeps the reference.
    ///
    /// # Safety
    /// As for [`Object::cast`].
    #[inline]
    pub unsafe fn cast_into<T: Layout>(self) -> Ref<T> {
        Ref { object: self, layout: PhantomData }
    }
}

impl Clone for ObjectRef {
    #[inline]
    fn clone(&self) -> Self {
        self.new_ref()
    }
}

impl Drop for ObjectRef {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: this reference keeps the object alive until here.
        let object = unsafe { self.0.as_ref() };
        let count = object.count() - 1;
        object.set_count(count);
        if count == 0 {
            cold_path();
            // SAFETY: that was the last reference.
            unsafe { release(self.0) };
        }
    }
}

impl Deref for ObjectRef {
    type Target = Object;
    #[inline]
    fn deref(&self) -> &Object {
        // SAFETY: the counted reference keeps the object alive.
        unsafe { self.0.as_ref() }
    }
}

impl std::fmt::Debug for ObjectRef {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ObjectRef({:#x}, count {})", self.address(), self.count())
    }
}

/// A handle that counts no reference of its own, for the arguments of a call: whoever lends the object keeps it alive
/// while the call runs, and what the callee counts is then what a program sees in CPython, where arguments are lent too.
#[repr(transparent)]
pub struct Lent<'a> {
    object: ManuallyDrop<ObjectRef>,
    keeper: PhantomData<&'a Object>,
}

impl<'a> Lent<'a> {
    /// Lends an object.
    #[inline]
    pub fn new(object: &'a Object) -> Self {
        // The reference is never dropped, and nobody else is given it by value.
        Self { object: ManuallyDrop::new(ObjectRef(object.pointer())), keeper: PhantomData }
    }

    /// Lends an object whose reference is given up here. What somebody else counts as well is lent so until it is counted
    /// anew.
    ///
    /// # Safety
    /// Somebody else holds the object until the last use of what is lent.
    #[inline]
    pub unsafe fn let_go(object: ObjectRef) -> Self {
        object.set_count(object.count() - 1);
        Self { object: ManuallyDrop::new(object), keeper: PhantomData }
    }

    /// The object.
    #[inline]
    pub fn object(&self) -> &Object {
        &self.object
    }

    /// A row of arguments.
    #[inline]
    pub fn row<'s>(lent: &'s [Lent<'a>]) -> &'s [ObjectRef] {
        // SAFETY: both are a pointer to an object that lives as long as the borrow.
        unsafe { std::slice::from_raw_parts(lent.as_ptr().cast::<ObjectRef>(), lent.len()) }
    }
}

/// One counted reference to an object of a known layout.
#[repr(transparent)]
pub struct Ref<T: Layout> {
    object: ObjectRef,
    layout: PhantomData<T>,
}

impl<T: Layout> Ref<T> {
    /// Forgets the layout.
    #[inline]
    pub fn into_object(self) -> ObjectRef {
        self.object
    }

    /// The reference without its layout.
    #[inline]
    pub fn as_object(&self) -> &ObjectRef {
        &self.object
    }
}

impl<T: Layout> Clone for Ref<T> {
    #[inline]
    fn clone(&self) -> Self {
        Self { object: self.object.clone(), layout: PhantomData }
    }
}

impl<T: Layout> Deref for Ref<T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: a `Ref` is made only for objects of layout `T`.
        unsafe { self.object.cast() }
    }
}

impl<T: Layout> From<Ref<T>> for ObjectRef {
    #[inline]
    fn from(reference: Ref<T>) -> Self {
        reference.object
    }
}
