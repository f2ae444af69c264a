//! `managedbuffer`: what stands between a memoryview and the owner of the bytes. All views that were made from one share
//! it, and it alone holds the owner: for as long as one of them has not been released.

use std::cell::Cell;

use super::super::buffer::Exporter;
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, Visitor, layout};
use crate::runtime::field::Held;
use crate::runtime::{Field, Interpreter, Outcome, TypeFlags, TypeSpec};
use crate::types::containers::this;

/// The owner of the bytes, for as long as it is looked at.
pub struct Export(Field<Option<ObjectRef>>);

impl Export {
    /// Counts one more who looks.
    pub fn new(owner: &Object) -> Self {
        if let Some(exporter) = Exporter::of(owner) {
            exporter.hold();
        }
        Self(Field::new(Some(owner.new_ref())))
    }

    /// The owner, while it is held.
    pub fn owner(&self) -> Option<ObjectRef> {
        self.0.get()
    }

    /// Lets the owner go.
    pub fn release(&self) {
        let Some(owner) = self.0.take() else { return };
        if let Some(exporter) = Exporter::of(&owner) {
            exporter.let_go();
        }
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        self.release();
    }
}

impl Held for Export {
    fn visit_held(&self, visitor: &mut Visitor<'_>) {
        self.0.visit(visitor);
    }
    fn clear_held(&self) {
        self.release();
    }
}

/// A managed buffer.
#[repr(C)]
pub struct ManagedBuffer {
    /// The header.
    pub object: Object,
    /// Views that have not been released.
    views: Cell<usize>,
    owner: Export,
    /// So that sizes are the reference's.
    spare: [usize; 10],
}
layout!(ManagedBuffer, object, Object);
fields_lifecycle!(ManagedBuffer; owner);

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.managed_buffer,
        TypeSpec { flags: TypeFlags::DISALLOW_INSTANTIATION, ..TypeSpec::of::<ManagedBuffer>(lifecycle()) },
    )
}

/// A managed buffer of an owner, without views so far.
pub(super) fn new_buffer(cx: &Interpreter, owner: &Object) -> Outcome {
    let made = cx.birth_tracked(&cx.types.managed_buffer, |object| ManagedBuffer {
        object,
        views: Cell::new(0),
        owner: Export::new(owner),
        spare: [0; 10],
    })?;
    Ok(made.into_object())
}

/// The managed buffer of a view. The view holds it as long as it lives, and uses it until it is released.
pub(super) struct Hold {
    buffer: Field<Option<ObjectRef>>,
    is_released: Cell<bool>,
}

impl Hold {
    /// Holds a managed buffer for one more view.
    pub(super) fn of(buffer: ObjectRef) -> Self {
        let managed = this::<ManagedBuffer>(&buffer);
        managed.views.set(managed.views.get() + 1);
        Self { buffer: Field::new(Some(buffer)), is_released: Cell::new(false) }
    }

    /// The buffer, unless the view is released.
    pub(super) fn buffer(&self) -> Option<ObjectRef> {
        self.buffer.get().filter(|_| !self.is_released.get())
    }

    /// The owner of the bytes, unless the view is released.
    pub(super) fn owner(&self) -> Option<ObjectRef> {
        this::<ManagedBuffer>(&*self.buffer()?).owner.owner()
    }

    /// Whether nothing is looked at any more.
    pub(super) fn is_released(&self) -> bool {
        self.is_released.get() || !self.buffer.is_some()
    }

    /// Looks no more; the last view lets the owner go.
    pub(super) fn release(&self) {
        let Some(buffer) = self.buffer() else { return };
        self.is_released.set(true);
        let buffer = this::<ManagedBuffer>(&buffer);
        buffer.views.set(buffer.views.get() - 1);
        if buffer.views.get() == 0 {
            buffer.owner.release();
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.release();
    }
}

impl Held for Hold {
    fn visit_held(&self, visitor: &mut Visitor<'_>) {
        self.buffer.visit(visitor);
    }
    fn clear_held(&self) {
        self.release();
        drop(self.buffer.take());
    }
}
