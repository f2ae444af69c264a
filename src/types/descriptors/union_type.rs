//! `types.UnionType`: `int | None`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use super::generic_alias::{GenericAlias, shown, substituted, type_variables};
use super::receiver;
use crate::object::{Object, ObjectRef, Ref, layout};
use crate::runtime::native::NativeAttribute;
use crate::runtime::{Comparison, Field, Interpreter, Operator, Outcome, Raised, TypeSpec, Typed};
use crate::types::support::{join_texts, reference};
use crate::values::tuple::Tuple;

/// A union of types.
#[repr(C)]
pub struct Union {
    /// The header.
    pub object: Object,
    /// `__args__`, a tuple
    pub arguments: Field<ObjectRef>,
    /// `__parameters__`, once asked for
    pub parameters: Field<Option<ObjectRef>>,
}
layout!(Union, object, Object);
crate::fields_lifecycle!(Union; arguments, parameters);

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__args__", |_, this| Ok(union(this).arguments.get()), "").member(),
    NativeAttribute::new("__parameters__", parameters, "Type variables in the types.UnionType."),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.union_type,
        TypeSpec {
            flags: crate::runtime::TypeFlags::DISALLOW_INSTANTIATION,
            slots: |slots| {
                slots.repr.set(Some(repr));
                slots.hash.set(Some(hash));
                slots.compare.set(Some(compare));
                slots.bit_or.set(Some(union_of));
                slots.get_item.set(Some(get_item));
            },
            attributes: ATTRIBUTES,
            documentation: "Represent a PEP 604 union type\n\nE.g. for int | str",
            ..TypeSpec::of::<Union>(crate::runtime::define::never_cleared(lifecycle()))
        },
    )
}

fn union(object: &Object) -> &Union {
    receiver!(object, Union)
}

fn arguments_of(cx: &Interpreter, this: &Union) -> Ref<Tuple> {
    this.arguments.get().as_tuple().map_or_else(|| cx.empty_tuple.clone(), reference)
}

/// `left | right` of types, aliases, unions and None.
pub fn union_of(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
    if !may_be_member(cx, left) || !may_be_member(cx, right) {
        return Ok(cx.not_implemented.clone());
    }
    let mut members: Vec<ObjectRef> = Vec::new();
    add_members(cx, &mut members, left)?;
    add_members(cx, &mut members, right)?;
    if let [only] = members.as_slice() {
        return Ok(only.clone());
    }
    let arguments = cx.new_tuple_from(members)?;
    let made = cx.birth_tracked(&cx.types.union_type, |object| Union {
        object,
        arguments: Field::new(arguments),
        parameters: Field::new(None),
    })?;
    Ok(made.into_object())
}

fn may_be_member(cx: &Interpreter, object: &Object) -> bool {
    cx.is_none(object)
        || object.as_type().is_some()
        || object.layout::<GenericAlias>().is_some()
        || object.layout::<Union>().is_some()
}

/// Adds what is not there yet; None counts as its type, a union as its members.
fn add_members(cx: &Interpreter, members: &mut Vec<ObjectRef>, object: &Object) -> Outcome<()> {
    if let Some(union) = object.layout::<Union>() {
        // The members of one union differ already: a long chain of `|` stays bearable by it.
        if members.is_empty() {
            members.extend(arguments_of(cx, union).items().iter().cloned());
            return Ok(());
        }
        for member in arguments_of(cx, union).items() {
            add_member(cx, members, member)?;
        }
        return Ok(());
    }
    if cx.is_none(object) {
        return add_member(cx, members, cx.types.none_type.as_object());
    }
    add_member(cx, members, object)
}

fn add_member(cx: &Interpreter, members: &mut Vec<ObjectRef>, object: &Object) -> Outcome<()> {
    for member in members.iter() {
        let both_aliases =
            member.layout::<GenericAlias>().is_some() && object.layout::<GenericAlias>().is_some();
        if member.is(object) || both_aliases && cx.equal(member, object)? {
            return Ok(());
        }
    }
    members.push(object.new_ref());
    Ok(())
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let mut pieces = Vec::new();
    for member in arguments_of(cx, union(object)).items() {
        let is_none = member.is(&cx.types.none_type);
        pieces.push(if is_none { cx.intern("None")? } else { shown(cx, member)? });
    }
    Ok(join_texts(cx, &pieces, " | ")?.into_object())
}

/// Order does not count, so it is the hash of the set of members.
fn hash(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    let set = cx.call(&cx.types.frozenset, &[union(object).arguments.get()])?;
    cx.hash(&set)
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let (Some(left), Some(right)) = (left.layout::<Union>(), right.layout::<Union>()) else {
        return Ok(cx.not_implemented.clone());
    };
    if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
        return Ok(cx.not_implemented.clone());
    }
    let left = cx.call(&cx.types.frozenset, &[left.arguments.get()])?;
    let right = cx.call(&cx.types.frozenset, &[right.arguments.get()])?;
    cx.compare(&left, &right, comparison)
}

#[cold]
fn wrong_count(cx: &Interpreter, object: &Object, given: usize, expected: usize) -> Outcome<Raised> {
    let shown = cx.repr_text(object)?.to_rust_string_lossy();
    if expected == 0 {
        return Ok(cx.type_error(format_args!("{shown} is not a generic class")));
    }
    let bound = if given > expected { "many" } else { "few" };
    Ok(cx.type_error(format_args!("Too {bound} arguments for {shown}; actual {given}, expected {expected}")))
}

fn parameters(cx: &Interpreter, object: &Object) -> Outcome {
    let this = union(object);
    if let Some(known) = this.parameters.get() {
        return Ok(known);
    }
    let found = type_variables(cx, &arguments_of(cx, this))?;
    this.parameters.set(Some(found.clone()));
    Ok(found)
}

fn get_item(cx: &Interpreter, object: &Object, items: &Object) -> Outcome {
    let variables = parameters(cx, object)?;
    let variables = variables.as_tuple().map_or_else(Vec::new, |tuple| tuple.items().to_vec());
    let items = items.as_tuple().map_or_else(|| vec![items.new_ref()], |tuple| tuple.items().to_vec());
    if variables.is_empty() || variables.len() != items.len() {
        return Err(wrong_count(cx, object, items.len(), variables.len())?);
    }
    let mut result: Option<ObjectRef> = None;
    for member in arguments_of(cx, union(object)).items() {
        let member = substituted(cx, member, &variables, &items)?;
        result = Some(match result {
            None => member,
            Some(left) => cx.binary(&Operator::BIT_OR, &left, &member)?,
        });
    }
    Ok(result.unwrap_or_else(|| cx.none()))
}
