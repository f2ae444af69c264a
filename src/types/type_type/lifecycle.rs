//! How types live and die, and how the instances of classes are born: the part of this floor that writes lifecycle
//! tables, which are made of unsafe functions.
//!
//! A class holds its bases, its MRO (which holds the class itself), its namespace, the names of its instances' attributes,
//! and unseen by the collector the names of its members and weak references to its subclasses. Its bases know it by an
//! uncounted pointer, which it takes back when it dies.

#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};
use std::mem::offset_of;
use std::ptr::NonNull;

use crate::object::{Lifecycle, Object, ObjectRef, Prefix, Ref, TypeHead, Visitor, WeakSupport};
use crate::runtime::define::container_lifecycle;
use crate::runtime::instances::{clear_instance, dealloc_instance, size_of_instance, visit_instance};
use crate::runtime::subclasses::unregister_subclass;
use crate::runtime::{DictPlace, Field, Interpreter, Outcome, Slots, TypeObject, interpreter};
use crate::values::instance_values::SharedKeys;

/// The lifecycle of types.
pub fn lifecycle() -> Lifecycle {
    let weak = WeakSupport::Field(offset_of!(TypeObject, weak_list) as u32);
    container_lifecycle(visit, Some(clear), drop_contents, size, weak)
}

/// # Safety
/// The object is a type.
unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: as promised; visitors run no Python.
    unsafe {
        let kind = object.as_ref().cast::<TypeObject>();
        visit_reference(kind.dict.borrow(), visitor);
        visit_reference(kind.mro.borrow(), visitor);
        visit_reference(kind.bases.borrow(), visitor);
        visit_reference(kind.base.borrow(), visitor);
        kind.name.visit(visitor);
        kind.qualified_name.visit(visitor);
        if let Some(keys) = kind.shared_keys.get() {
            keys.as_ref().visit(visitor);
        }
    }
}

fn visit_reference<T: crate::object::Layout>(held: &Option<Ref<T>>, visitor: &mut Visitor<'_>) {
    if let Some(held) = held {
        visitor(held.as_object().as_pointer());
    }
}

/// Breaks the cycles that every class is part of: namespace and MRO. Bases stay, since instances that die later still
/// need them.
///
/// # Safety
/// The object is a type.
unsafe fn clear(object: NonNull<Object>) {
    // SAFETY: as promised.
    let kind = unsafe { object.as_ref().cast::<TypeObject>() };
    interpreter::current().type_modified(kind);
    if let Some(dict) = kind.dict.get() {
        dict.clear();
    }
    drop(kind.mro.take());
}

/// # Safety
/// The object is a type that dies.
unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: every field is dropped once and never read again.
    unsafe {
        let kind = object.as_ref().cast::<TypeObject>();
        forget_at_bases(kind);
        drop(kind.dict.take());
        drop(kind.mro.take());
        drop(kind.bases.take());
        drop(kind.base.take());
        if let Some(keys) = kind.shared_keys.take() {
            keys.drop_in_place();
            interpreter::current().space.heap.release(keys.cast());
        }
        let this = object.cast::<TypeObject>().as_ptr();
        std::ptr::drop_in_place(&raw mut (*this).name);
        std::ptr::drop_in_place(&raw mut (*this).qualified_name);
        std::ptr::drop_in_place(&raw mut (*this).slot_names);
        std::ptr::drop_in_place(&raw mut (*this).subclass_references);
        std::ptr::drop_in_place(&raw mut (*this).subclasses);
    }
}

/// Takes a class out of the lists of its bases.
fn forget_at_bases(kind: &TypeObject) {
    use crate::runtime::Typed;
    let Some(bases) = kind.bases.get() else { return };
    let bases: Vec<_> =
        bases.items().iter().filter_map(|base| base.as_type()).map(TypeObject::new_type_ref).collect();
    unregister_subclass(kind, &bases);
}

/// # Safety
/// The object is a type.
unsafe fn size(object: NonNull<Object>) -> usize {
    let _ = object;
    size_of::<TypeObject>()
}

/// What a new class is made with.
pub struct Plan {
    /// `__name__`
    pub name: ObjectRef,
    /// `__qualname__`
    pub qualified_name: ObjectRef,
    /// `__base__`
    pub base: Ref<TypeObject>,
    /// What stands in front of instances.
    pub prefix: Prefix,
    /// Where weak references hang.
    pub weak: WeakSupport,
    /// Bytes of an instance.
    pub basic_size: u32,
    /// Where instances keep their dict.
    pub dict_place: DictPlace,
    /// Bits of the flags.
    pub flags: u32,
}

/// A class with its lifecycle and layout, without namespace, bases and MRO. It is tracked.
pub fn new_type(cx: &Interpreter, metaclass: &TypeObject, plan: Plan) -> Outcome<Ref<TypeObject>> {
    let Plan { name, qualified_name, base, prefix, weak, basic_size, dict_place, flags } = plan;
    cx.birth_tracked(metaclass, |object| TypeObject {
        head: TypeHead { object, lifecycle: instance_lifecycle(prefix, weak) },
        slots: Slots::default(),
        version: Cell::new(0),
        flags: Cell::new(flags),
        basic_size: Cell::new(basic_size),
        item_size: base.item_size.clone(),
        layout: base.layout.clone(),
        dict_place: Cell::new(dict_place),
        name: Field::new(name),
        qualified_name: Field::new(qualified_name),
        solid_base: base.solid_base.clone(),
        has_members: base.has_members.clone(),
        base: Field::new(Some(base)),
        bases: Field::new(None),
        mro: Field::new(None),
        dict: Field::new(None),
        slot_names: Field::new(None),
        first_member: Cell::new(0),
        shared_keys: Cell::new(None),
        subclasses: RefCell::default(),
        subclass_references: Field::new(None),
        short_call: Cell::new(None),
        weak_list: Cell::new(std::ptr::null()),
        documentation: Cell::new(None),
        module_name: Cell::new(""),
    })
}

/// The lifecycle of instances of classes. Bytes, members and native fields are found through the type.
fn instance_lifecycle(prefix: Prefix, weak: WeakSupport) -> Lifecycle {
    Lifecycle {
        visit: Cell::new(visit_instance),
        clear: Cell::new(Some(clear_instance)),
        weak: Cell::new(weak),
        counts_type: true,
        ..Lifecycle::bare(dealloc_instance, size_of_instance, prefix)
    }
}

/// Hands the facts of the base down that live in its lifecycle, once the class knows its base.
pub fn inherit_lifecycle(kind: &TypeObject, base: &TypeObject) {
    kind.lifecycle.referent_died.set(base.lifecycle.referent_died.get());
    if base.lifecycle.finalize.get().is_some() {
        kind.lifecycle.finalize.set(base.lifecycle.finalize.get());
    }
}

/// Gives a class the table of its instances' attribute names.
pub fn add_shared_keys(kind: &TypeObject) -> Outcome<()> {
    let keys = SharedKeys::new()?;
    let cx = interpreter::current();
    let Some(block) = cx.space.heap.allocate(size_of::<SharedKeys>()) else {
        return Err(cx.raise_memory_error());
    };
    let block = block.cast::<SharedKeys>();
    // SAFETY: the block is new and large enough.
    unsafe { block.write(keys) };
    kind.shared_keys.set(Some(block));
    Ok(())
}

/// An instance without native fields: a header, zeroed members, and tracked where it can be.
pub fn new_plain_instance(cx: &Interpreter, kind: &TypeObject) -> Outcome {
    let object = cx.birth_instance(kind)?;
    // SAFETY: the object is born with one reference; its zeroed members are valid.
    unsafe {
        if kind.lifecycle.prefix.has_gc() {
            cx.space.track(object);
        }
        Ok(ObjectRef::from_owned(object))
    }
}

/// An exception of any exception type: the native fields are written, those that the type adds are empty.
pub fn new_bare_exception(cx: &Interpreter, kind: &TypeObject, arguments: ObjectRef) -> Outcome {
    use crate::runtime::Exception;
    let object = cx.birth_instance(kind)?;
    // SAFETY: the block is zeroed behind the header, which is a valid value of all fields but the arguments.
    unsafe {
        let this = object.cast::<Exception>().as_ptr();
        (&raw mut (*this).arguments).write(Field::new(arguments));
        cx.space.track(object);
        Ok(ObjectRef::from_owned(object))
    }
}

/// Makes `object` an instance of `kind`, which has the same layout; moves the counted references of the types.
pub fn change_type(object: &Object, kind: &TypeObject) {
    let old = object.kind_pointer();
    // SAFETY: both types are alive; a counted type's reference is taken over by the handle that is dropped at the end.
    unsafe {
        if kind.lifecycle.counts_type {
            std::mem::forget(kind.new_ref());
        }
        object.set_kind(kind.head_pointer());
        if old.as_ref().lifecycle.counts_type {
            drop(ObjectRef::from_owned(old.cast()));
        }
    }
}

/// A `__slots__` member of an instance whose type has one at the offset.
///
/// # Panics
/// When the offset does not lie in the instance: a descriptor belongs to a class whose instances have the member.
pub fn member_field(object: &Object, offset: u32) -> &Field<Option<ObjectRef>> {
    use crate::runtime::Typed;
    assert!(offset + 8 <= object.type_object().basic_size.get());
    // SAFETY: the descriptor has checked that the object is an instance of the class that added the member there.
    unsafe { crate::runtime::instances::object_field(object, offset) }
}

/// A weak reference as an object.
pub fn weak_object(weak: NonNull<crate::object::weak::WeakReference>) -> ObjectRef {
    // SAFETY: it was just found in its referent's list, so it lives.
    unsafe { weak.as_ref() }.object.new_ref()
}

/// Bytes of any object from its header on.
pub fn object_bytes(object: &Object) -> usize {
    // SAFETY: the object is alive, and the table is its type's.
    unsafe { (object.kind().lifecycle.size.get())(object.pointer()) }
}
