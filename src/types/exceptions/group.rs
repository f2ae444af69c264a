//! `BaseExceptionGroup` and `ExceptionGroup`: several exceptions as one, which can be split.

#![forbid(unsafe_code)]

use rustc_hash::FxHashSet;

use super::base::{self, exception};
use super::fields::get;
use crate::object::{Object, ObjectRef, Ref, Visitor};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::{
    Arguments, AsException, Field, Interpreter, Outcome, Roots, Slots, TypeFlags, TypeObject, Typed,
};
use crate::types::descriptors::generic_alias::class_getitem;
use crate::types::support::{Piece, join, reference};
use crate::types::type_type::bases::tuple_from;
use crate::types::type_type::creation::type_new;
use crate::types::type_type::lifecycle::new_bare_exception;
use crate::values::tuple::Tuple;

const MESSAGE: usize = 0;
const EXCEPTIONS: usize = 1;

pub(super) static METHODS: &[NativeMethod] = &[
    NativeMethod::new("__class_getitem__", NativeCode::One(class_getitem), "", "See PEP 585").class(),
    NativeMethod::new("derive", NativeCode::Positional(derive), "", ""),
    NativeMethod::new(
        "split",
        NativeCode::Positional(|cx, this, given| split(cx, this, only(cx, "split", given)?)),
        "",
        "",
    ),
    NativeMethod::new(
        "subgroup",
        NativeCode::Positional(|cx, this, given| subgroup(cx, this, only(cx, "subgroup", given)?)),
        "",
        "",
    ),
];

pub(super) static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("message", get::<MESSAGE>, "exception message").member(),
    NativeAttribute::new("exceptions", get::<EXCEPTIONS>, "nested exceptions").member(),
];

pub(super) fn slots(slots: &Slots) {
    slots.new.set(Some(new));
    slots.init.set(Some(base::init));
    slots.str.set(Some(str));
}

/// `ExceptionGroup`, which inherits from two built-in types and is therefore made as a class.
pub struct GroupType(Field<Option<Ref<TypeObject>>>);

impl Default for GroupType {
    fn default() -> Self {
        Self(Field::new(None))
    }
}

impl Roots for GroupType {
    fn name(&self) -> &'static str {
        "table of built-in types"
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        if let Some(kind) = self.0.get() {
            visitor(kind.as_object().as_pointer());
        }
    }
}

/// The type `ExceptionGroup`, made on first use.
pub fn exception_group_type(cx: &Interpreter) -> Outcome<Ref<TypeObject>> {
    let kept = cx.rooted_extension::<GroupType>();
    if let Some(kind) = kept.0.get() {
        return Ok(kind);
    }
    let types = &cx.types;
    let bases =
        cx.new_tuple(&[types.base_exception_group.as_object().clone(), types.exception.as_object().clone()])?;
    let namespace = cx.new_dict()?;
    cx.dict_set_text(&namespace, &cx.names.module, cx.intern("builtins")?.into_object())?;
    let arguments = [cx.new_text("ExceptionGroup")?, bases, namespace.into_object()];
    let made = type_new(cx, &types.type_, Arguments::positional(&arguments))?;
    let Some(kind) = made.as_type().map(reference) else {
        return Err(cx.type_error("ExceptionGroup is no type"));
    };
    kept.0.set(Some(kind.clone()));
    Ok(kind)
}

fn is_group(cx: &Interpreter, object: &Object) -> bool {
    object.is_instance(&cx.types.base_exception_group)
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let [message, given] = arguments.positional_values() else {
        let count = arguments.positional_values().len();
        return Err(cx.type_error(format_args!(
            "BaseExceptionGroup.__new__() takes exactly 2 arguments ({count} given)"
        )));
    };
    if message.as_text().is_none() {
        let found = if cx.is_none(message) { "None".to_owned() } else { message.type_name() };
        return Err(
            cx.type_error(format_args!("BaseExceptionGroup.__new__() argument 1 must be str, not {found}"))
        );
    }
    let members = members_from(cx, given)?;
    let all_are_exceptions = members.items().iter().all(|member| member.is_instance(&cx.types.exception));
    let kind = choose_type(cx, kind, all_are_exceptions)?;
    let made = new_bare_exception(cx, &kind, cx.new_tuple(arguments.positional_values())?)?;
    exception(&made).extra(MESSAGE).set(Some(message.clone()));
    exception(&made).extra(EXCEPTIONS).set(Some(members.into_object()));
    Ok(made)
}

fn members_from(cx: &Interpreter, given: &Object) -> Outcome<Ref<Tuple>> {
    let is_sequence = given.as_list().is_some()
        || given.as_tuple().is_some()
        || (given.type_object().slots.get_item.get().is_some() && given.as_dict().is_none());
    if !is_sequence {
        return Err(cx.type_error("second argument (exceptions) must be a sequence"));
    }
    let members = tuple_from(cx, cx.collect(given)?)?;
    if members.is_empty() {
        return Err(cx.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    match members.items().iter().position(|member| member.as_exception().is_none()) {
        None => Ok(members),
        Some(index) => Err(
            cx.value_error(format_args!("Item {index} of second argument (exceptions) is not an exception"))
        ),
    }
}

/// BaseExceptionGroup becomes ExceptionGroup where it can; what derives from Exception holds only those.
fn choose_type(cx: &Interpreter, kind: &TypeObject, all_are_exceptions: bool) -> Outcome<Ref<TypeObject>> {
    let group = exception_group_type(cx)?;
    if std::ptr::eq(kind, &*cx.types.base_exception_group) {
        return Ok(if all_are_exceptions { group } else { reference(kind) });
    }
    if !all_are_exceptions && group.is(kind) {
        return Err(cx.type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
    }
    if !all_are_exceptions && kind.is_subtype(&cx.types.exception) {
        let name = kind.name_text();
        return Err(cx.type_error(format_args!("Cannot nest BaseExceptions in '{name}'")));
    }
    Ok(reference(kind))
}

/// The exceptions in a group.
pub fn members(cx: &Interpreter, object: &Object) -> Ref<Tuple> {
    let held = exception(object).extra(EXCEPTIONS).get();
    held.as_ref().and_then(|held| held.as_tuple()).map_or_else(|| cx.empty_tuple.clone(), reference)
}

fn str(cx: &Interpreter, object: &Object) -> Outcome {
    let message = exception(object).extra(MESSAGE).get().unwrap_or_else(|| cx.none());
    let message = cx.str_text(&message)?;
    let count = members(cx, object).len();
    let plural = if count == 1 { "" } else { "s" };
    join(cx, &[Piece::Text(&message), Piece::Str(&format!(" ({count} sub-exception{plural})"))])
}

/// The one argument of a method.
fn only<'a>(cx: &Interpreter, name: &str, given: &'a [ObjectRef]) -> Outcome<&'a ObjectRef> {
    cx.check_positional(name, given.len(), 1, 1)?;
    Ok(&given[0])
}

fn derive(cx: &Interpreter, object: &Object, given: &[ObjectRef]) -> Outcome {
    let [given] = given else {
        let count = given.len();
        return Err(cx.type_error(format_args!("function takes exactly 1 argument ({count} given)")));
    };
    let message = exception(object).extra(MESSAGE).get().unwrap_or_else(|| cx.none());
    cx.call(&cx.types.base_exception_group, &[message, given.clone()])
}

/// What decides whether an exception belongs to the one part.
enum Matcher<'a> {
    Types(&'a Object),
    Function(&'a Object),
    /// Single exceptions, by address.
    Leaves(FxHashSet<usize>),
}

impl<'a> Matcher<'a> {
    fn new(cx: &Interpreter, object: &'a Object) -> Outcome<Self> {
        let is_exception_type =
            |object: &Object| object.as_type().is_some_and(|kind| kind.has(TypeFlags::EXCEPTION));
        let all_types =
            object.as_tuple().is_some_and(|tuple| tuple.items().iter().all(|item| is_exception_type(item)));
        if is_exception_type(object) || all_types {
            return Ok(Self::Types(object));
        }
        if object.is_instance(&cx.types.function) {
            return Ok(Self::Function(object));
        }
        Err(cx.type_error("expected a function, exception type or tuple of exception types"))
    }

    fn matches(&self, cx: &Interpreter, exception: &Object) -> Outcome<bool> {
        match self {
            Self::Types(types) => cx.is_instance(exception, types),
            Self::Function(function) => cx.is_true(&*cx.call(function, &[exception.new_ref()])?),
            Self::Leaves(leaves) => Ok(!is_group(cx, exception) && leaves.contains(&exception.address())),
        }
    }
}

/// The matching part and the rest.
type Parts = (Option<ObjectRef>, Option<ObjectRef>);

fn divide(cx: &Interpreter, object: &Object, matcher: &Matcher<'_>) -> Outcome<Parts> {
    let _level = cx.enter(" in exceptiongroup_split_recursive")?;
    if matcher.matches(cx, object)? {
        return Ok((Some(object.new_ref()), None));
    }
    if !is_group(cx, object) {
        return Ok((None, Some(object.new_ref())));
    }
    let (mut matching, mut rest) = (Vec::new(), Vec::new());
    for member in members(cx, object).items() {
        let (left, right) = divide(cx, member, matcher)?;
        matching.extend(left);
        rest.extend(right);
    }
    Ok((subset(cx, object, matching)?, subset(cx, object, rest)?))
}

/// A group like this one with some of its exceptions; none where there are none.
pub fn subset(cx: &Interpreter, object: &Object, members: Vec<ObjectRef>) -> Outcome<Option<ObjectRef>> {
    if members.is_empty() {
        return Ok(None);
    }
    let derive = cx.intern("derive")?;
    let made = cx.call_method(object, &derive, &[cx.new_list(members)?])?;
    if !is_group(cx, &made) {
        return Err(cx.type_error("derive must return an instance of BaseExceptionGroup"));
    }
    let (from, to) = (exception(object), exception(&made));
    to.traceback.set(from.traceback.get());
    to.context.set(from.context.get());
    to.cause.set(from.cause.get());
    to.suppress_context.set(from.suppress_context.get());
    if let Some(notes) = cx.find_attribute(object, &cx.names.notes)?
        && (notes.as_list().is_some() || notes.as_tuple().is_some())
    {
        let copy = cx.new_list(cx.collect(&notes)?)?;
        cx.set_attribute_text(&made, &cx.names.notes, Some(&copy))?;
    }
    Ok(Some(made))
}

/// The part of a group that holds the single exceptions of other groups split from it; none where there are none.
pub fn projection(cx: &Interpreter, object: &Object, parts: &[ObjectRef]) -> Outcome<Option<ObjectRef>> {
    let mut leaves = FxHashSet::default();
    let mut pending = parts.to_vec();
    while let Some(part) = pending.pop() {
        if is_group(cx, &part) {
            pending.extend(members(cx, &part).items().iter().cloned());
        } else {
            leaves.insert(part.address());
        }
    }
    if leaves.is_empty() {
        return Ok(None);
    }
    Ok(divide(cx, object, &Matcher::Leaves(leaves))?.0)
}

/// Exceptions as a group without a message.
pub fn wrapped(cx: &Interpreter, exceptions: ObjectRef) -> Outcome {
    let arguments = [cx.new_text("")?, exceptions];
    cx.call(&cx.types.base_exception_group, &arguments)
}

fn split(cx: &Interpreter, object: &Object, condition: &Object) -> Outcome {
    let matcher = Matcher::new(cx, condition)?;
    let (matching, rest) = divide(cx, object, &matcher)?;
    cx.new_tuple_from(vec![matching.unwrap_or_else(|| cx.none()), rest.unwrap_or_else(|| cx.none())])
}

fn subgroup(cx: &Interpreter, object: &Object, condition: &Object) -> Outcome {
    let matcher = Matcher::new(cx, condition)?;
    let (matching, _) = divide(cx, object, &matcher)?;
    Ok(matching.unwrap_or_else(|| cx.none()))
}
