//! For the unit tests of the protocols: an interpreter whose types have just enough behaviour.

use std::cell::Cell;

use super::attribute::{generic_get, generic_set, type_get_attribute, type_set_attribute};
use super::call::type_call;
use super::hash::pointer_hash;
use crate::object::{Lifecycle, Object, ObjectRef, Ref};
use crate::runtime::define::{NativeLayout, TypeSpec};
use crate::runtime::exception::{AsException, EXCEPTION_SIZE};
use crate::runtime::native::{BuiltinFunction, MethodDescriptor, NativeMethod, WrapperDescriptor};
use crate::runtime::type_object::{TypeFlags, TypeObject};
use crate::runtime::{Arguments, DictPlace, Interpreter, Options, Outcome, Slots};
use crate::values::{dict, float, integer, list, slice, text, tuple};

/// An interpreter that lives until the process ends.
pub fn interpreter() -> &'static Interpreter {
    let cx: &Interpreter =
        Box::leak(Box::new(Interpreter::new_bare(Options::default()).expect("an interpreter")));
    let kinds = &cx.types;
    for kind in kinds.all() {
        if kind.lifecycle.prefix.has_gc() {
            kind.lifecycle.dealloc.set(crate::object::dealloc_container);
        }
    }
    define(cx, &kinds.object, bare(&kinds.object), 0, 16, object_slots);
    define(cx, &kinds.type_, bare(&kinds.type_), TypeFlags::TYPE, size_of::<TypeObject>(), type_slots);
    define(cx, &kinds.int, integer::lifecycle(), TypeFlags::INT, integer::BASIC_SIZE, int_slots);
    define(cx, &kinds.float, float::lifecycle(), TypeFlags::FLOAT, float::BASIC_SIZE, |_| ());
    define(cx, &kinds.str, text::lifecycle(), TypeFlags::TEXT, size_of::<text::Text>(), text_slots);
    define(cx, &kinds.tuple, tuple::lifecycle(), TypeFlags::TUPLE, tuple::BASIC_SIZE, |_| ());
    define(cx, &kinds.list, list::lifecycle(), TypeFlags::LIST, list::BASIC_SIZE, list_slots);
    define(cx, &kinds.dict, dict::lifecycle(), TypeFlags::DICT, dict::BASIC_SIZE, |_| ());
    define(cx, &kinds.slice, slice::lifecycle(), 0, slice::BASIC_SIZE, |_| ());
    let size = size_of::<MethodDescriptor>();
    define(
        cx,
        &kinds.method_descriptor,
        bare(&kinds.method_descriptor),
        TypeFlags::METHOD_DESCRIPTOR,
        size,
        descriptor_slots,
    );
    kinds.wrapper_descriptor.layout.set(layout_of_wrapper());
    kinds.builtin_function.layout.set(Some(std::any::TypeId::of::<BuiltinFunction>()));
    kinds.method_descriptor.layout.set(Some(std::any::TypeId::of::<MethodDescriptor>()));
    exceptions(cx);
    cx
}

fn layout_of_wrapper() -> Option<std::any::TypeId> {
    Some(std::any::TypeId::of::<WrapperDescriptor>())
}

fn bare(kind: &TypeObject) -> Lifecycle {
    let own = &kind.lifecycle;
    Lifecycle {
        dealloc: own.dealloc.clone(),
        is_leaf: Cell::new(false),
        drop_contents: own.drop_contents.clone(),
        visit: own.visit.clone(),
        fields: own.fields.clone(),
        clear: own.clear.clone(),
        size: own.size.clone(),
        finalize: Cell::new(None),
        referent_died: Cell::new(None),
        prefix: own.prefix,
        weak: own.weak.clone(),
        counts_type: false,
    }
}

fn define(
    cx: &Interpreter,
    kind: &Ref<TypeObject>,
    lifecycle: Lifecycle,
    flags: u32,
    size: usize,
    slots: fn(&Slots),
) {
    let spec = TypeSpec {
        lifecycle,
        layout: NativeLayout::default(),
        basic_size: size,
        item_size: 0,
        flags,
        dict_place: DictPlace::None,
        slots,
        short_call: None,
        methods: &[],
        attributes: &[],
        documentation: "",
    };
    cx.define_type(kind, spec).expect("memory");
}

fn object_slots(slots: &Slots) {
    slots.get_attribute.set(Some(generic_get));
    slots.set_attribute.set(Some(generic_set));
    slots.hash.set(Some(pointer_hash));
    slots.repr.set(Some(|cx, object| cx.new_text(&format!("<{}>", object.kind_name()))));
}

fn type_slots(slots: &Slots) {
    slots.get_attribute.set(Some(type_get_attribute));
    slots.set_attribute.set(Some(type_set_attribute));
    slots.call.set(Some(type_call));
}

fn int_slots(slots: &Slots) {
    slots.add.set(Some(|cx, left, right| match (left.small(), right.small()) {
        (Some(left), Some(right)) => cx.new_int(left + right),
        _ => Ok(cx.not_implemented.clone()),
    }));
    slots.compare.set(Some(|cx, left, right, comparison| match (left.small(), right.small()) {
        (Some(left), Some(right)) => Ok(cx.new_bool(comparison.holds(left.cmp(&right)))),
        _ => Ok(cx.not_implemented.clone()),
    }));
    slots.hash.set(Some(|_, object| Ok(object.small().unwrap_or(7))));
    slots.index.set(Some(|_, object| Ok(object.new_ref())));
    slots.negative.set(Some(|cx, object| cx.new_int(-object.small().unwrap_or(0))));
}

fn text_slots(slots: &Slots) {
    slots.repr.set(Some(|cx, object| cx.new_text(&format!("'{}'", cx.display(object)))));
    slots.str.set(Some(|_, object| Ok(object.new_ref())));
}

fn list_slots(slots: &Slots) {
    slots.length.set(Some(|_, object| Ok(object.as_list().map_or(0, |list| list.len()))));
    slots.get_item.set(Some(list_get_item));
    slots.repeat.set(Some(|cx, _, count| cx.new_int(count as i64)));
    slots.concatenate.set(Some(|cx, left, _| cx.new_text(&left.type_name())));
}

fn list_get_item(cx: &Interpreter, object: &Object, key: &Object) -> Outcome {
    let index = key.small().and_then(|index| usize::try_from(index).ok());
    let item = index.and_then(|index| object.as_list()?.get(index));
    item.ok_or_else(|| cx.index_error("list index out of range"))
}

fn descriptor_slots(slots: &Slots) {
    slots.call.set(Some(|cx, object, arguments: Arguments<'_>| {
        let descriptor = object.layout::<MethodDescriptor>().expect("a method");
        let this = arguments.values[0].clone();
        cx.call_native(descriptor.method.get(), &this, arguments.without_first(), || "method".to_owned())
    }));
}

fn exceptions(cx: &Interpreter) {
    for kind in cx.types.all() {
        if kind.is_subtype(&cx.types.base_exception) {
            kind.basic_size.set(EXCEPTION_SIZE + 48);
            kind.flags.set(kind.flags.get() | TypeFlags::EXCEPTION);
        }
    }
}

use crate::runtime::Typed;

/// What the tests ask of an object.
pub trait Look {
    /// The value of an int.
    fn small(&self) -> Option<i64>;
    /// The name of its type.
    fn kind_name(&self) -> String;
}

impl Look for Object {
    fn small(&self) -> Option<i64> {
        self.as_int().and_then(|integer| integer.to_i64())
    }

    fn kind_name(&self) -> String {
        self.type_name()
    }
}

/// The type and message of the exception that an outcome comes with.
pub fn raised<T>(cx: &Interpreter, outcome: Outcome<T>) -> String {
    assert!(outcome.is_err(), "nothing was raised");
    let exception = cx.take_exception();
    let arguments = exception.as_exception().expect("an exception").arguments.get();
    let arguments = arguments.as_tuple().expect("arguments");
    let message = arguments.get(0).map(|message| cx.display(&message)).unwrap_or_default();
    format!("{}: {message}", exception.type_name())
}

/// A class on top of a built-in type, with native methods in its namespace.
pub fn class(cx: &Interpreter, base: &Ref<TypeObject>, methods: &[&'static NativeMethod]) -> Ref<TypeObject> {
    let kind = spare_type(cx, base);
    for method in methods {
        cx.add_method(&kind, method).expect("memory");
    }
    cx.type_modified(&kind);
    cx.update_slots(&kind);
    kind
}

/// One of the built-in types that the tests do not use otherwise, made to look like a class.
fn spare_type(cx: &Interpreter, base: &Ref<TypeObject>) -> Ref<TypeObject> {
    let spare = [&cx.types.zip, &cx.types.map, &cx.types.filter, &cx.types.enumerate, &cx.types.reversed];
    let kind = spare.into_iter().find(|kind| kind.dict.get().is_none()).expect("a spare type").clone();
    kind.base.set(Some(base.clone()));
    define(cx, &kind, bare(&kind), TypeFlags::HEAP, 16, |_| ());
    kind.flags.set(kind.flags.get() & !TypeFlags::IMMUTABLE);
    kind
}

/// An instance without fields.
pub fn instance(cx: &Interpreter, kind: &Ref<TypeObject>) -> ObjectRef {
    cx.birth_with::<Object>(kind, |header| header).expect("memory").into_object()
}
