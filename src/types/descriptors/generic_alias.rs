//! `types.GenericAlias`: a class with the types of what it holds, `list[int]`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use std::cell::Cell;
use std::mem::offset_of;

use super::receiver;
use crate::object::{Object, ObjectRef, Ref, WeakSupport, layout};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::{
    Arguments, Comparison, Field, Interpreter, Outcome, TypeFlags, TypeObject, TypeSpec, Typed,
};
use crate::types::support::{dict_ref, join_texts, reference, rust_text, text_ref};
use crate::values::text::Text;
use crate::values::tuple::Tuple;

/// An alias.
#[repr(C)]
pub struct GenericAlias {
    /// The header.
    pub object: Object,
    /// `__origin__`
    pub origin: Field<ObjectRef>,
    /// `__args__`, a tuple
    pub arguments: Field<ObjectRef>,
    /// `__parameters__`, once asked for
    pub parameters: Field<Option<ObjectRef>>,
    /// Weak references.
    pub weak_list: Cell<*const Object>,
    /// `*tuple[int]`
    pub starred: Cell<bool>,
    /// Room of the reference's pointer for calls.
    pub spare: Cell<usize>,
}
layout!(GenericAlias, object, Object);
crate::fields_lifecycle!(
    GenericAlias,
    WeakSupport::Field(offset_of!(GenericAlias, weak_list) as u32);
    origin, arguments, parameters
);

static METHODS: &[NativeMethod] = &[
    NativeMethod::new("__mro_entries__", NativeCode::One(mro_entries), "", ""),
    NativeMethod::new(
        "__instancecheck__",
        NativeCode::One(|cx, _, _| {
            Err(cx.type_error("isinstance() argument 2 cannot be a parameterized generic"))
        }),
        "",
        "",
    ),
    NativeMethod::new(
        "__subclasscheck__",
        NativeCode::One(|cx, _, _| {
            Err(cx.type_error("issubclass() argument 2 cannot be a parameterized generic"))
        }),
        "",
        "",
    ),
    NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce), "", ""),
    NativeMethod::new("__dir__", NativeCode::NoArguments(dir), "", ""),
];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__origin__", |_, this| Ok(alias(this).origin.get()), "").member(),
    NativeAttribute::new("__args__", |_, this| Ok(alias(this).arguments.get()), "").member(),
    NativeAttribute::new("__unpacked__", |cx, this| Ok(cx.new_bool(alias(this).starred.get())), "").member(),
    NativeAttribute::new("__parameters__", parameters, "Type variables in the GenericAlias."),
    NativeAttribute::new("__typing_unpacked_tuple_args__", unpacked_arguments, ""),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(&cx.types.generic_alias, TypeSpec {
        flags: TypeFlags::BASE_TYPE,
        slots: |slots| {
            slots.repr.set(Some(repr));
            slots.hash.set(Some(hash));
            slots.call.set(Some(call));
            slots.get_attribute.set(Some(get_attribute));
            slots.compare.set(Some(compare));
            slots.iter.set(Some(iter));
            slots.bit_or.set(Some(super::union_type::union_of));
            slots.get_item.set(Some(get_item));
            slots.new.set(Some(new));
        },
        methods: METHODS,
        attributes: ATTRIBUTES,
        documentation: "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is \
                        (int,).",
        ..TypeSpec::of::<GenericAlias>(crate::runtime::define::never_cleared(lifecycle()))
    })
}

/// `origin[arguments]`
pub fn new_generic_alias(cx: &Interpreter, origin: &Object, arguments: &Object) -> Outcome {
    make(cx, &cx.types.generic_alias, origin, arguments, false)
}

/// `__class_getitem__` of the built-in containers.
pub fn class_getitem(cx: &Interpreter, class: &Object, arguments: &Object) -> Outcome {
    new_generic_alias(cx, class, arguments)
}

fn make(cx: &Interpreter, kind: &TypeObject, origin: &Object, arguments: &Object, starred: bool) -> Outcome {
    let is_row = arguments.as_tuple().is_some();
    let arguments = match is_row {
        true => arguments.new_ref(),
        false => cx.new_tuple(&[arguments.new_ref()])?,
    };
    let made = cx.birth_tracked(kind, |object| GenericAlias {
        object,
        origin: Field::new(origin.new_ref()),
        arguments: Field::new(arguments),
        parameters: Field::new(None),
        weak_list: Cell::new(std::ptr::null()),
        starred: Cell::new(starred),
        spare: Cell::new(0),
    })?;
    if !is_row {
        cx.track_last(&made.arguments.get());
    }
    Ok(made.into_object())
}

fn alias(object: &Object) -> &GenericAlias {
    receiver!(object, GenericAlias)
}

fn arguments_of(cx: &Interpreter, object: &Object) -> Ref<Tuple> {
    alias(object).arguments.get().as_tuple().map_or_else(|| cx.empty_tuple.clone(), reference)
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    cx.no_keywords("GenericAlias", arguments)?;
    cx.check_positional("GenericAlias", arguments.values.len(), 2, 2)?;
    make(cx, kind, &arguments.values[0], &arguments.values[1], false)
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let star = if alias(object).starred.get() { "*" } else { "" };
    let origin = shown(cx, &alias(object).origin.get())?;
    let mut pieces = Vec::new();
    for argument in arguments_of(cx, object).items() {
        pieces.push(shown(cx, argument)?);
    }
    let inside = if pieces.is_empty() { cx.intern("()")? } else { join_texts(cx, &pieces, ", ")? };
    let [open, close] = [cx.intern("[")?, cx.intern("]")?];
    let star = cx.intern(star)?;
    Ok(join_texts(cx, &[star, origin, open, inside, close], "")?.into_object())
}

/// A type by its qualified name, anything else by its repr.
pub(super) fn shown(cx: &Interpreter, item: &Object) -> Outcome<Ref<Text>> {
    if item.is(&cx.ellipsis) {
        return cx.intern("...");
    }
    let is_alias = cx.find_attribute(item, &cx.names.origin)?.is_some()
        && cx.find_attribute(item, &*cx.intern("__args__")?)?.is_some();
    if is_alias {
        return cx.repr_text(item);
    }
    let (Some(name), Some(module)) =
        (cx.find_attribute(item, &cx.names.qualname)?, cx.find_attribute(item, &cx.names.module)?)
    else {
        return cx.repr_text(item);
    };
    if cx.is_none(&module) {
        return cx.repr_text(item);
    }
    match rust_text(&module).as_str() {
        "builtins" => text_ref(&name).map_or_else(|| cx.str_text(&name), Ok),
        _ => join_texts(cx, &[cx.str_text(&module)?, cx.str_text(&name)?], "."),
    }
}

fn hash(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    let this = alias(object);
    let mixed = cx.hash(&this.origin.get())? ^ cx.hash(&this.arguments.get())?;
    Ok(if mixed == -1 { -2 } else { mixed })
}

/// An instance of the origin, which learns what it was made from where it can hold attributes.
fn call(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let made = cx.call_with(&alias(object).origin.get(), arguments)?;
    let name = cx.intern("__orig_class__")?;
    if cx.set_attribute_text(&made, &name, Some(object)).is_err() {
        let ignored = cx.take_if(&cx.types.attribute_error).or_else(|| cx.take_if(&cx.types.type_error));
        if ignored.is_none() {
            return Err(Raised);
        }
    }
    Ok(made)
}

use crate::runtime::Raised;

/// Attributes that are the alias's own; the others are the origin's.
const OWN: &[&str] = &[
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
    "__copy__",
    "__deepcopy__",
];

fn get_attribute(cx: &Interpreter, object: &Object, name: &Object) -> Outcome {
    let name = cx.attribute_name(name)?;
    let is_own = OWN.iter().any(|own| name.equals_str(own));
    if !is_own {
        return cx.get_attribute_text(&alias(object).origin.get(), &name);
    }
    crate::runtime::protocol::attribute::generic_get(cx, object, &name)
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let wanted = match comparison {
        Comparison::Equal => true,
        Comparison::NotEqual => false,
        _ => return Ok(cx.not_implemented.clone()),
    };
    let (Some(left), Some(right)) = (left.layout::<GenericAlias>(), right.layout::<GenericAlias>()) else {
        return Ok(cx.not_implemented.clone());
    };
    let equal = left.starred.get() == right.starred.get()
        && cx.equal(&left.origin.get(), &right.origin.get())?
        && cx.equal(&left.arguments.get(), &right.arguments.get())?;
    Ok(cx.new_bool(equal == wanted))
}

/// `*tuple[int]`: the one item is the starred alias.
fn iter(cx: &Interpreter, object: &Object) -> Outcome {
    let this = alias(object);
    let starred = make(cx, &cx.types.generic_alias, &this.origin.get(), &this.arguments.get(), true)?;
    let items = cx.iter(&*cx.new_tuple(&[starred])?)?;
    crate::types::iterators::plain::new_plain_iterator(cx, &cx.types.generic_alias_iterator, items)
}

/// The type variables among the arguments, each once: what has `__typing_subst__`, and the parameters of aliases.
fn parameters(cx: &Interpreter, object: &Object) -> Outcome {
    let this = alias(object);
    if let Some(known) = this.parameters.get() {
        return Ok(known);
    }
    let found = type_variables(cx, &arguments_of(cx, object))?;
    this.parameters.set(Some(found.clone()));
    Ok(found)
}

/// The type variables among some arguments, as a tuple.
pub(super) fn type_variables(cx: &Interpreter, arguments: &Tuple) -> Outcome {
    let (substitute, parameters) = (cx.intern("__typing_subst__")?, cx.intern("__parameters__")?);
    let mut found: Vec<ObjectRef> = Vec::new();
    let mut add = |item: &ObjectRef| {
        if !found.iter().any(|known| known.is(item)) {
            found.push(item.clone());
        }
    };
    for argument in arguments.items().iter().filter(|argument| argument.as_type().is_none()) {
        if cx.find_attribute(argument, &substitute)?.is_some() {
            add(argument);
        } else if let Some(inner) = cx.find_attribute(argument, &parameters)? {
            inner.as_tuple().iter().flat_map(|inner| inner.items()).for_each(&mut add);
        }
    }
    cx.new_tuple_from(found)
}

/// `alias[items]`: puts types in the place of the type variables.
fn get_item(cx: &Interpreter, object: &Object, items: &Object) -> Outcome {
    let variables = parameters(cx, object)?;
    let variables = variables.as_tuple().map_or_else(Vec::new, |tuple| tuple.items().to_vec());
    if variables.is_empty() {
        let shown = cx.repr_text(object)?.to_rust_string_lossy();
        return Err(cx.type_error(format_args!("{shown} is not a generic class")));
    }
    let items = items.as_tuple().map_or_else(|| vec![items.new_ref()], |tuple| tuple.items().to_vec());
    if items.len() != variables.len() {
        let many = if items.len() > variables.len() { "many" } else { "few" };
        let shown = cx.repr_text(object)?.to_rust_string_lossy();
        let (actual, expected) = (items.len(), variables.len());
        return Err(cx.type_error(format_args!(
            "Too {many} arguments for {shown}; actual {actual}, expected {expected}"
        )));
    }
    let mut arguments = Vec::new();
    for argument in arguments_of(cx, object).items() {
        arguments.push(substituted(cx, argument, &variables, &items)?);
    }
    let this = alias(object);
    make(cx, &cx.types.generic_alias, &this.origin.get(), &*cx.new_tuple_from(arguments)?, this.starred.get())
}

/// An argument with the items for its variables. A variable says itself what an item becomes in its place.
pub(super) fn substituted(
    cx: &Interpreter,
    argument: &ObjectRef,
    variables: &[ObjectRef],
    items: &[ObjectRef],
) -> Outcome {
    let place = |sought: &ObjectRef| variables.iter().position(|variable| variable.is(sought));
    if argument.as_type().is_some() {
        return Ok(argument.clone());
    }
    if let Some(index) = place(argument) {
        return cx.call_method(argument, &*cx.intern("__typing_subst__")?, &[items[index].clone()]);
    }
    let own = cx.find_attribute(argument, &*cx.intern("__parameters__")?)?;
    let own = own.as_ref().and_then(|own| own.as_tuple()).map_or(&[][..], |own| own.items());
    if own.is_empty() {
        return Ok(argument.clone());
    }
    let _level = cx.enter("")?;
    let given = own.iter().map(|one| place(one).map_or_else(|| one.clone(), |index| items[index].clone()));
    cx.get_item(argument, &*cx.new_tuple_from(given.collect::<Vec<_>>())?)
}

fn unpacked_arguments(cx: &Interpreter, object: &Object) -> Outcome {
    let this = alias(object);
    if this.starred.get() && this.origin.get().is(&cx.types.tuple) {
        return Ok(this.arguments.get());
    }
    Ok(cx.none())
}

fn mro_entries(cx: &Interpreter, object: &Object, _: &Object) -> Outcome {
    cx.new_tuple(&[alias(object).origin.get()])
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let this = alias(object);
    if this.starred.get() {
        return reduce_starred(cx, this);
    }
    let arguments = cx.new_tuple_from(vec![this.origin.get(), this.arguments.get()])?;
    cx.new_tuple_from(vec![object.type_object().new_ref(), arguments])
}

/// The one item of the alias without a star.
fn reduce_starred(cx: &Interpreter, this: &GenericAlias) -> Outcome {
    let Some(next) = cx.dict_get_str(&cx.builtins, "next")? else {
        return Err(cx.system_error("no builtin function next"));
    };
    let arguments = cx.new_tuple(&[cx.iter(&*without_star(cx, this)?)?])?;
    cx.new_tuple(&[next, arguments])
}

/// The same alias without a star.
pub fn without_star(cx: &Interpreter, starred: &Object) -> Outcome {
    let this = alias(starred);
    make(cx, &cx.types.generic_alias, &this.origin.get(), &this.arguments.get(), false)
}

/// The names of the origin, and the alias's own.
fn dir(cx: &Interpreter, object: &Object) -> Outcome {
    let origin = alias(object).origin.get();
    let names = cx.new_dict()?;
    if let Some(kind) = origin.as_type() {
        crate::types::type_type::merge_class_names(cx, &names, kind)?;
    } else if let Some(own) = cx.find_attribute(&origin, &cx.names.dict)?.and_then(|own| dict_ref(&own)) {
        for (name, _) in crate::types::support::entries(&own) {
            if let Some(name) = text_ref(&name) {
                cx.dict_set_text(&names, &name, cx.none())?;
            }
        }
    }
    for name in OWN {
        cx.dict_set_str(&names, name, cx.none())?;
    }
    cx.new_list(crate::types::type_type::keys(&names))
}
