//! `set` and `frozenset`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

pub mod iterator;
mod methods;
mod operations;
mod operators;

pub use operations::{difference_update, intersection, symmetric_difference_update};

use super::containers::{extra_of, new_refuses_keywords};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::native::NativeMethod;
use crate::runtime::type_object::{TypeFlags, TypeObject, Typed};
use crate::runtime::{Arguments, Comparison, Interpreter, Outcome, Raised, Slots, TypeSpec};
use crate::types::list::list_from_iterable;
use crate::values::hashing::FrozenSetHasher;
use crate::values::set::{self as layout, Set};
use crate::values::text::TextBuilder;

const DOCUMENTATION: &str = "set() -> new empty set object\nset(iterable) -> new set object\n\nBuild an unordered collection of unique elements.";
const FROZEN_DOCUMENTATION: &str = "frozenset() -> empty frozenset object\n    frozenset(iterable) -> frozenset object\n\nBuild an immutable unordered collection of unique elements.";

/// Completes both types and their iterator.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let set =
        TypeSpec { short_call: Some(make), ..specification(set_slots, methods::METHODS, DOCUMENTATION) };
    cx.define_type(&cx.types.set, set)?;
    let frozen = specification(frozen_slots, methods::FROZEN_METHODS, FROZEN_DOCUMENTATION);
    cx.define_type(&cx.types.frozenset, frozen)?;
    iterator::define(cx)
}

/// What both types have in common.
fn specification(
    slots: fn(&Slots),
    methods: &'static [NativeMethod],
    documentation: &'static str,
) -> TypeSpec {
    TypeSpec {
        flags: TypeFlags::ANY_SET | TypeFlags::BASE_TYPE | TypeFlags::MATCH_SELF,
        slots,
        methods,
        documentation,
        ..TypeSpec::of::<Set>(layout::lifecycle())
    }
}

fn common_slots(slots: &Slots) {
    slots.repr.set(Some(repr));
    slots.compare.set(Some(compare));
    slots.iter.set(Some(iterator::iter));
    slots.length.set(Some(|_, object| Ok(set_of(object).len())));
    slots.contains.set(Some(contains));
    slots.bit_and.set(Some(operators::bit_and));
    slots.bit_or.set(Some(operators::bit_or));
    slots.bit_xor.set(Some(operators::bit_xor));
    slots.subtract.set(Some(operators::subtract));
}

fn set_slots(slots: &Slots) {
    common_slots(slots);
    slots.new.set(Some(new_set));
    slots.init.set(Some(init));
    slots.inplace_bit_and.set(Some(operators::inplace_bit_and));
    slots.inplace_bit_or.set(Some(operators::inplace_bit_or));
    slots.inplace_bit_xor.set(Some(operators::inplace_bit_xor));
    slots.inplace_subtract.set(Some(operators::inplace_subtract));
}

fn frozen_slots(slots: &Slots) {
    common_slots(slots);
    slots.new.set(Some(new_frozen));
    slots.hash.set(Some(hash));
}

/// `self` of a method as a set.
#[inline]
fn set_of(object: &Object) -> &Set {
    object.as_any_set().expect("a method of sets gets sets")
}

fn empty(kind: &TypeObject) -> Outcome<Ref<Set>> {
    Ok(Set::with_extra(kind, extra_of(kind, layout::BASIC_SIZE))?)
}

/// `set()` and `set(iterable)`.
fn make(cx: &Interpreter, values: &[ObjectRef]) -> Option<Outcome> {
    let make_of = |iterable: Option<&ObjectRef>| {
        let set = Set::with_extra(&cx.types.set, 0)?;
        iterable.map_or(Ok(()), |iterable| cx.set_update(&set, iterable))?;
        Ok(set.into_object())
    };
    (values.len() <= 1).then(|| make_of(values.first()))
}

fn new_set(_: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    Ok(empty(kind)?.into_object())
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    cx.no_keywords("set", arguments)?;
    let set = set_of(object);
    let values = arguments.values;
    if values.len() > 1 {
        cx.check_positional(&object.type_name(), values.len(), 0, 1)?;
    }
    set.clear();
    values.first().map_or(Ok(()), |iterable| cx.set_update(set, iterable))
}

fn new_frozen(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let is_exact = kind.is(&cx.types.frozenset);
    if new_refuses_keywords(kind, &cx.types.frozenset) {
        cx.no_keywords("frozenset", arguments)?;
    }
    let values = arguments.positional_values();
    if values.len() > 1 {
        cx.check_positional(&kind.name_text(), values.len(), 0, 1)?;
    }
    let iterable = values.first();
    if let Some(same) = iterable.filter(|iterable| is_exact && iterable.is_exactly(&cx.types.frozenset)) {
        return Ok(same.clone());
    }
    let made = empty(kind)?;
    if let Some(iterable) = iterable {
        cx.set_update(&made, iterable)?;
    }
    Ok(made.into_object())
}

/// The built-in type that results of operations on this set have.
fn base_type<'a>(cx: &'a Interpreter, set: &Object) -> &'a Ref<TypeObject> {
    if set.is_instance(&cx.types.set) { &cx.types.set } else { &cx.types.frozenset }
}

/// A set of the same built-in type with the same elements.
fn copy(cx: &Interpreter, set: &Set) -> Outcome<Ref<Set>> {
    Ok(set.copy(base_type(cx, set))?)
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let name = object.type_name();
    if set_of(object).is_empty() {
        return cx.new_text(&format!("{name}()"));
    }
    cx.repr_once(object, format_args!("{name}(...)"), || repr_elements(cx, object, &name))
}

fn repr_elements(cx: &Interpreter, object: &Object, name: &str) -> Outcome {
    let elements = list_from_iterable(cx, object)?;
    let is_plain = object.is_exactly(&cx.types.set);
    let mut out = TextBuilder::new();
    out.push_str(&if is_plain { "{".to_owned() } else { format!("{name}({{") })?;
    for index in 0.. {
        let Some(element) = elements.get(index) else { break };
        if index > 0 {
            out.push_str(", ")?;
        }
        out.push_text(&*cx.repr_text(&element)?)?;
        cx.poll()?;
    }
    out.push_str(if is_plain { "}" } else { "})" })?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

fn hash(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    let _ = cx;
    let set = set_of(object);
    if set.cached_hash() != -1 {
        return Ok(set.cached_hash());
    }
    let mut hasher = FrozenSetHasher::new();
    for place in 0..set.places_len() {
        if let Some((hash, _)) = set.entry(place) {
            hasher.push(hash);
        }
    }
    let hash = hasher.finish();
    set.set_cached_hash(hash);
    Ok(hash)
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let (set, Some(other)) = (set_of(left), right.as_any_set()) else {
        return Ok(cx.not_implemented.clone());
    };
    let result = match comparison {
        Comparison::Equal => equal(cx, set, other)?,
        Comparison::NotEqual => !equal(cx, set, other)?,
        Comparison::LessEqual => operations::is_subset(cx, set, other)?,
        Comparison::GreaterEqual => operations::is_subset(cx, other, set)?,
        Comparison::Less => set.len() < other.len() && operations::is_subset(cx, set, other)?,
        Comparison::Greater => set.len() > other.len() && operations::is_subset(cx, other, set)?,
    };
    Ok(cx.new_bool(result))
}

fn equal(cx: &Interpreter, left: &Set, right: &Set) -> Outcome<bool> {
    let hashes = (left.cached_hash(), right.cached_hash());
    if left.len() != right.len() || (hashes.0 != -1 && hashes.1 != -1 && hashes.0 != hashes.1) {
        return Ok(false);
    }
    operations::is_subset(cx, left, right)
}

/// `element in set`; a set as the element stands for the frozenset of its elements.
fn contains(cx: &Interpreter, object: &Object, element: &Object) -> Outcome<bool> {
    let set = set_of(object);
    match cx.hash(element) {
        Ok(hash) => operations::has(cx, set, element, hash),
        Err(raised) => {
            let frozen = frozen_stand_in(cx, element, raised)?;
            cx.set_contains(set, &frozen)
        }
    }
}

/// After the hash of an element was refused: a frozenset of it, if it is a set.
fn frozen_stand_in(cx: &Interpreter, element: &Object, raised: Raised) -> Outcome<ObjectRef> {
    let Some(set) = element.as_any_set().filter(|_| element.is_instance(&cx.types.set)) else {
        return Err(raised);
    };
    drop(cx.take_if(&cx.types.type_error).ok_or(raised)?);
    Ok(set.copy(&cx.types.frozenset)?.into_object())
}
