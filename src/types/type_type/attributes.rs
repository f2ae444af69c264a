//! The attributes that every class has, and `__dict__` and `__weakref__` of instances.

use crate::object::{Object, Ref, WeakSupport};
use crate::runtime::define::SIGNATURE_END;
use crate::runtime::instances::dict_field;
use crate::runtime::native::NativeAttribute;
use crate::runtime::{DictPlace, Interpreter, Outcome, TypeFlags, TypeObject, Typed};
use crate::types::coding::check_utf8;
use crate::types::support::{reference, text_ref};
use crate::values::text::Text;
use crate::values::tuple::Tuple;

use super::bases::{best_base, in_line_of_bases, layout_refusal, same_layout, set_mro};

/// The computed attributes of `type`.
pub static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__name__", name, "").with_set(set_name),
    NativeAttribute::new("__qualname__", qualified_name, "").with_set(set_qualified_name),
    NativeAttribute::new("__bases__", bases, "").with_set(set_bases),
    NativeAttribute::new("__mro__", mro, "").member(),
    NativeAttribute::new("__module__", module, "").with_set(set_module),
    NativeAttribute::new("__abstractmethods__", abstract_methods, "").with_set(set_abstract_methods),
    NativeAttribute::new("__dict__", namespace, ""),
    NativeAttribute::new("__doc__", documentation, "").with_set(set_documentation),
    NativeAttribute::new("__text_signature__", text_signature, ""),
    NativeAttribute::new("__annotations__", annotations, "").with_set(set_annotations),
    NativeAttribute::new("__base__", base, "").member(),
    NativeAttribute::new(
        "__basicsize__",
        |cx, object| cx.new_int(kind_of(object).basic_size.get().into()),
        "",
    )
    .member(),
    NativeAttribute::new("__itemsize__", |cx, object| cx.new_int(kind_of(object).item_size.get().into()), "")
        .member(),
    NativeAttribute::new("__flags__", flags, "").member(),
    NativeAttribute::new("__weakrefoffset__", weak_offset, "").member(),
    NativeAttribute::new("__dictoffset__", dict_offset, "").member(),
];

/// The type that a descriptor of `type` was read on; the descriptor has checked that it is one.
pub fn kind_of(object: &Object) -> &TypeObject {
    object.as_type().unwrap_or_else(|| object.type_object())
}

fn check_set(cx: &Interpreter, kind: &TypeObject, value: Option<&Object>, name: &str) -> Outcome<()> {
    if kind.has(TypeFlags::IMMUTABLE) {
        let kind = kind.name_text();
        return Err(cx.type_error(format_args!("cannot set '{name}' attribute of immutable type '{kind}'")));
    }
    if value.is_none() {
        let kind = kind.name_text();
        return Err(
            cx.type_error(format_args!("cannot delete '{name}' attribute of immutable type '{kind}'"))
        );
    }
    Ok(())
}

fn name(_: &Interpreter, object: &Object) -> Outcome {
    Ok(kind_of(object).name.get())
}

fn set_name(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let kind = kind_of(object);
    check_set(cx, kind, value, "__name__")?;
    let text = text_for(cx, kind, value, "__name__")?;
    if text.as_slice().iter().any(|point| point == 0) {
        return Err(cx.value_error("type name must not contain null characters"));
    }
    check_utf8(cx, &text)?;
    kind.name.set(text.into_object());
    Ok(())
}

fn text_for(cx: &Interpreter, kind: &TypeObject, value: Option<&Object>, name: &str) -> Outcome<Ref<Text>> {
    value.and_then(text_ref).ok_or_else(|| {
        let (kind, found) = (kind.name_text(), value.map(|value| value.type_name()).unwrap_or_default());
        cx.type_error(format_args!("can only assign string to {kind}.{name}, not '{found}'"))
    })
}

fn qualified_name(_: &Interpreter, object: &Object) -> Outcome {
    Ok(kind_of(object).qualified_name.get())
}

fn set_qualified_name(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let kind = kind_of(object);
    check_set(cx, kind, value, "__qualname__")?;
    kind.qualified_name.set(text_for(cx, kind, value, "__qualname__")?.into_object());
    Ok(())
}

fn bases(cx: &Interpreter, object: &Object) -> Outcome {
    Ok(kind_of(object).bases.get().unwrap_or_else(|| cx.empty_tuple.clone()).into_object())
}

fn base(cx: &Interpreter, object: &Object) -> Outcome {
    Ok(kind_of(object).base.get().map_or_else(|| cx.none(), Ref::into_object))
}

fn mro(cx: &Interpreter, object: &Object) -> Outcome {
    Ok(kind_of(object).mro.get().map_or_else(|| cx.none(), Ref::into_object))
}

/// Gives a class other bases, where instances keep their layout; the classes that derive from it follow.
fn set_bases(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let kind = kind_of(object);
    check_set(cx, kind, value, "__bases__")?;
    let new = checked_bases(cx, kind, value)?;
    let new_base = best_base(cx, new.items())?;
    let Some(old_base) = kind.base.get() else { return Ok(()) };
    if !same_layout(&new_base, &old_base) {
        return Err(layout_refusal(cx, "__bases__", &new_base, &old_base));
    }
    let old = kind.bases.replace(Some(new.clone()));
    kind.base.set(Some(new_base));
    let mut changes = Vec::new();
    let result = reorder(cx, kind, &mut changes);
    // A metaclass's `mro` may have assigned other bases meanwhile: those stay.
    let is_current = kind.bases.get().is_some_and(|bases| bases.is(&new));
    if result.is_err() {
        changes.into_iter().rev().for_each(|change| change.undo(cx));
        if is_current {
            kind.bases.set(old);
            kind.base.set(Some(old_base));
        }
        return result;
    }
    if is_current {
        exchange_bases(cx, kind, old.as_deref(), &new)?;
        cx.type_modified(kind);
        update_slots_below(cx, kind)?;
    }
    Ok(())
}

/// An MRO that was replaced.
struct Reordered {
    kind: Ref<TypeObject>,
    old: Option<Ref<Tuple>>,
    new: Option<Ref<Tuple>>,
}

impl Reordered {
    /// Puts the old MRO back, unless there is a third one.
    fn undo(self, cx: &Interpreter) {
        let same = match (&self.kind.mro.get(), &self.new) {
            (Some(now), Some(new)) => now.is(new),
            _ => false,
        };
        if same {
            self.kind.mro.set(self.old);
            cx.type_modified(&self.kind);
        }
    }
}

/// The slots of a class and of all that derive from it.
fn update_slots_below(cx: &Interpreter, kind: &TypeObject) -> Outcome<()> {
    let _level = cx.enter("")?;
    cx.update_slots(kind);
    crate::runtime::subclasses::subclasses(kind)
        .iter()
        .try_for_each(|subclass| update_slots_below(cx, subclass))
}

fn checked_bases(cx: &Interpreter, kind: &TypeObject, value: Option<&Object>) -> Outcome<Ref<Tuple>> {
    let name = kind.name_text();
    let found = value.map(|value| value.type_name()).unwrap_or_default();
    let Some(tuple) = value.and_then(|value| value.as_tuple()) else {
        return Err(cx.type_error(format_args!("can only assign tuple to {name}.__bases__, not {found}")));
    };
    if tuple.is_empty() {
        return Err(
            cx.type_error(format_args!("can only assign non-empty tuple to {name}.__bases__, not ()"))
        );
    }
    for item in tuple.items() {
        let Some(base) = item.as_type() else {
            let found = item.type_name();
            return Err(
                cx.type_error(format_args!("{name}.__bases__ must be tuple of classes, not '{found}'"))
            );
        };
        if base.is_subtype(kind) || in_line_of_bases(base, kind) {
            return Err(cx.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    Ok(reference(tuple))
}

/// Computes the MRO of a class and of all that derive from it.
fn reorder(cx: &Interpreter, kind: &TypeObject, changes: &mut Vec<Reordered>) -> Outcome<()> {
    let _level = cx.enter("")?;
    let old = kind.mro.get();
    if !set_mro(cx, &reference(kind))? {
        return Ok(());
    }
    changes.push(Reordered { kind: reference(kind), old, new: kind.mro.get() });
    for subclass in crate::runtime::subclasses::subclasses(kind) {
        reorder(cx, &subclass, changes)?;
    }
    Ok(())
}

fn exchange_bases(cx: &Interpreter, kind: &TypeObject, old: Option<&Tuple>, new: &Tuple) -> Outcome<()> {
    let types = |tuple: &Tuple| {
        tuple.items().iter().filter_map(|base| base.as_type()).map(reference).collect::<Vec<_>>()
    };
    if let Some(old) = old {
        crate::runtime::subclasses::unregister_subclass(kind, &types(old));
    }
    types(new).iter().try_for_each(|base| cx.enter_subclass(kind, base))
}

fn module(cx: &Interpreter, object: &Object) -> Outcome {
    let kind = kind_of(object);
    if kind.has(TypeFlags::HEAP) {
        return cx
            .dict_get_text(&kind.namespace(), &cx.names.module)?
            .ok_or_else(|| cx.attribute_error("__module__", object, &cx.names.module));
    }
    Ok(cx.intern(kind.module_name.get())?.into_object())
}

fn set_module(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    write_into_namespace(cx, object, value, "__module__", &cx.names.module)
}

fn write_into_namespace(
    cx: &Interpreter,
    object: &Object,
    value: Option<&Object>,
    shown: &str,
    name: &Text,
) -> Outcome<()> {
    let kind = kind_of(object);
    check_set(cx, kind, value, shown)?;
    cx.type_modified(kind);
    match value {
        Some(value) => cx.dict_set_text(&kind.namespace(), name, value.new_ref()),
        None => Ok(()),
    }
}

fn abstract_methods(cx: &Interpreter, object: &Object) -> Outcome {
    let kind = kind_of(object);
    let found = if object.is(&cx.types.type_) {
        None
    } else {
        cx.dict_get_text(&kind.namespace(), &cx.names.abstract_methods)?
    };
    found.ok_or_else(|| cx.attribute_error("__abstractmethods__", object, &cx.names.abstract_methods))
}

fn set_abstract_methods(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let kind = kind_of(object);
    let (namespace, name) = (kind.namespace(), &cx.names.abstract_methods);
    let is_abstract = match value {
        Some(value) => {
            let is_abstract = cx.is_true(value)?;
            cx.dict_set_text(&namespace, name, value.new_ref())?;
            is_abstract
        }
        None if cx.dict_remove_text(&namespace, name)? => false,
        None => return Err(cx.attribute_error("__abstractmethods__", object, name)),
    };
    cx.type_modified(kind);
    let rest = kind.flags.get() & !TypeFlags::ABSTRACT;
    kind.flags.set(if is_abstract { rest | TypeFlags::ABSTRACT } else { rest });
    Ok(())
}

fn namespace(cx: &Interpreter, object: &Object) -> Outcome {
    crate::types::descriptors::new_mapping_proxy(cx, kind_of(object).namespace().into_object())
}

fn documentation(cx: &Interpreter, object: &Object) -> Outcome {
    let kind = kind_of(object);
    if kind.is(&cx.types.type_) {
        // Its namespace holds this very attribute.
        let text = kind.documentation.get().unwrap_or_default();
        return cx.new_text(text.split_once(SIGNATURE_END).map_or(text, |(_, rest)| rest));
    }
    let Some(found) = cx.dict_get_text(&kind.namespace(), &cx.names.doc)? else { return Ok(cx.none()) };
    match found.type_object().slots.descriptor_get.get() {
        Some(get) => get(cx, &found, None, Some(object)),
        None => Ok(found),
    }
}

fn set_documentation(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    write_into_namespace(cx, object, value, "__doc__", &cx.names.doc)
}

/// `__text_signature__`: what stands before the documentation of a built-in type.
fn text_signature(cx: &Interpreter, object: &Object) -> Outcome {
    let kind = kind_of(object);
    let written = kind.documentation.get().and_then(|text| text.split_once(SIGNATURE_END));
    match written.and_then(|(head, _)| head.find('(').map(|at| &head[at..])) {
        Some(signature) => cx.new_text(signature),
        None => Ok(cx.none()),
    }
}

fn annotations(cx: &Interpreter, object: &Object) -> Outcome {
    let kind = kind_of(object);
    if !kind.has(TypeFlags::HEAP) {
        let name = kind.name_text();
        let message = format!("type object '{name}' has no attribute '__annotations__'");
        return Err(cx.attribute_error(message, object, &cx.names.annotations));
    }
    let namespace = kind.namespace();
    if let Some(found) = cx.dict_get_text(&namespace, &cx.names.annotations)? {
        return match found.type_object().slots.descriptor_get.get() {
            Some(get) => get(cx, &found, None, Some(object)),
            None => Ok(found),
        };
    }
    let made = cx.new_dict()?.into_object();
    cx.dict_set_text(&namespace, &cx.names.annotations, made.clone())?;
    cx.type_modified(kind);
    Ok(made)
}

fn set_annotations(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let kind = kind_of(object);
    if kind.has(TypeFlags::IMMUTABLE) {
        let name = kind.name_text();
        return Err(
            cx.type_error(format_args!("cannot set '__annotations__' attribute of immutable type '{name}'"))
        );
    }
    let name = &cx.names.annotations;
    let done = match value {
        Some(value) => cx.dict_set_text(&kind.namespace(), name, value.new_ref()).map(|()| true)?,
        None => cx.dict_remove_text(&kind.namespace(), name)?,
    };
    cx.type_modified(kind);
    if done { Ok(()) } else { Err(cx.attribute_error("__annotations__", object, name)) }
}

/// The bits of `__flags__` that CPython has for the same facts.
fn flags(cx: &Interpreter, object: &Object) -> Outcome {
    let kind = kind_of(object);
    let facts = [
        (kind.has(TypeFlags::SEQUENCE), 5),
        (kind.has(TypeFlags::MAPPING), 6),
        (kind.has(TypeFlags::DISALLOW_INSTANTIATION), 7),
        (kind.has(TypeFlags::IMMUTABLE), 8),
        (kind.has(TypeFlags::HEAP), 9),
        (kind.has(TypeFlags::BASE_TYPE), 10),
        (true, 12),
        (kind.lifecycle.prefix.has_gc(), 14),
        (kind.has(TypeFlags::METHOD_DESCRIPTOR), 17),
        (kind.has(TypeFlags::ABSTRACT), 20),
        (kind.has(TypeFlags::MATCH_SELF), 22),
        (kind.has(TypeFlags::INT), 24),
        (kind.has(TypeFlags::LIST), 25),
        (kind.has(TypeFlags::TUPLE), 26),
        (kind.has(TypeFlags::BYTES), 27),
        (kind.has(TypeFlags::TEXT), 28),
        (kind.has(TypeFlags::DICT), 29),
        (kind.has(TypeFlags::EXCEPTION), 30),
        (kind.has(TypeFlags::TYPE), 31),
        (kind.dict_place.get() == DictPlace::Managed, 4),
    ];
    cx.new_int(facts.iter().filter(|(holds, _)| *holds).map(|(_, bit)| 1i64 << bit).sum())
}

fn weak_offset(cx: &Interpreter, object: &Object) -> Outcome {
    match kind_of(object).lifecycle.weak.get() {
        WeakSupport::Field(offset) => cx.new_int(offset.into()),
        WeakSupport::None | WeakSupport::SideTable => cx.new_int(0),
    }
}

fn dict_offset(cx: &Interpreter, object: &Object) -> Outcome {
    let kind = kind_of(object);
    match kind.dict_place.get() {
        DictPlace::Field(offset) => cx.new_int(offset.into()),
        DictPlace::Managed => cx.new_int(-i64::from(first_with_dict(kind).basic_size.get()) - 24),
        DictPlace::Tail => cx.new_int(-8),
        DictPlace::None => cx.new_int(0),
    }
}

/// The class that gave the instances of `kind` their dict: what its subclasses add changes nothing about its place.
fn first_with_dict(kind: &TypeObject) -> Ref<TypeObject> {
    let mut at = kind.new_type_ref();
    while let Some(base) = at.base.get().filter(|base| base.dict_place == kind.dict_place) {
        at = base;
    }
    at
}

/// `__dict__` of instances of classes.
pub static INSTANCE_DICT: NativeAttribute =
    NativeAttribute::new("__dict__", dict_of_instance, "dictionary for instance variables (if defined)")
        .with_set(set_dict_of_instance);

/// `__weakref__` of instances of classes.
pub static INSTANCE_WEAKREF: NativeAttribute = NativeAttribute::new(
    "__weakref__",
    instance_weakref,
    "list of weak references to the object (if defined)",
);

/// The `__dict__` that the built-in base of a class describes, as modules and classes have one.
fn dict_of_base(cx: &Interpreter, object: &Object) -> Outcome<Option<crate::object::ObjectRef>> {
    let mut at = Some(object.type_object().new_type_ref());
    while let Some(kind) = at {
        if !kind.has(TypeFlags::HEAP) {
            return cx.dict_get_text(&kind.namespace(), &cx.names.dict);
        }
        at = kind.base.get();
    }
    Ok(None)
}

fn dict_of_instance(cx: &Interpreter, object: &Object) -> Outcome {
    if let Some(described) = dict_of_base(cx, object)?
        && let Some(get) = described.type_object().slots.descriptor_get.get()
    {
        return get(cx, &described, Some(object), Some(object.type_object()));
    }
    instance_dict(cx, object)
}

fn set_dict_of_instance(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    if let Some(described) = dict_of_base(cx, object)?
        && let Some(set) = described.type_object().slots.descriptor_set.get()
    {
        return set(cx, &described, object, value);
    }
    set_instance_dict(cx, object, value)
}

/// The attribute dict of an object.
pub fn instance_dict(cx: &Interpreter, object: &Object) -> Outcome {
    match cx.instance_dict(object)? {
        Some(dict) => Ok(dict.into_object()),
        None => Err(cx.attribute_error("This object has no __dict__", object, &cx.names.dict)),
    }
}

/// Replaces the attribute dict of an instance of a built-in type, which cannot be deleted.
pub fn set_built_in_dict(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    match value {
        Some(_) => set_instance_dict(cx, object, value),
        None => Err(cx.type_error("cannot delete __dict__")),
    }
}

/// Replaces the attribute dict of an object, or empties it.
pub fn set_instance_dict(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    if let Some(value) = value.filter(|value| value.as_dict().is_none()) {
        let found = value.type_name();
        return Err(cx.type_error(format_args!("__dict__ must be set to a dictionary, not a '{found}'")));
    }
    if value.is_none() && object.is_instance(&cx.types.base_exception) {
        return Err(cx.type_error("cannot delete __dict__"));
    }
    // The values must stand in a dict of their own before it can be replaced.
    instance_dict(cx, object)?;
    let new = match value {
        Some(value) => value.new_ref(),
        None => cx.new_dict()?.into_object(),
    };
    if let Some(field) = dict_field(object) {
        field.set(Some(new));
    }
    Ok(())
}

fn instance_weakref(cx: &Interpreter, object: &Object) -> Outcome {
    let references = crate::object::weak::references(object);
    match references.first() {
        Some(first) => Ok(super::lifecycle::weak_object(*first)),
        None => Ok(cx.none()),
    }
}
