//! `__slots__`: which members a class adds to its instances, and whether they get a dict and a weak list.
//!
//! ```text
//! | fields of the base | members in the order of their names | weak list |
//! ```
//!
//! Where instances of the base have items behind their fields, no members can be added, and a dict stands behind the items.

use std::cell::Cell;

use super::bases::tuple_from;
use crate::object::{ObjectRef, Prefix, Ref, WeakSupport};
use crate::runtime::native::{AttributeDescriptor, NativeAttribute, SLOT_ATTRIBUTE, SlotDescriptor};
use crate::runtime::{DictPlace, Field, Interpreter, Outcome, TypeFlags, TypeObject, Typed};
use crate::types::support::{rust_text, text_ref};
use crate::values::dict::Dict;
use crate::values::text::Text;

/// What instances get beyond those of the base.
#[derive(Default)]
pub struct Additions {
    /// Names of members, mangled, in order.
    pub members: Vec<ObjectRef>,
    /// A dict.
    pub dict: bool,
    /// A list of weak references.
    pub weak: bool,
}

/// What the base leaves open.
struct Possible {
    dict: bool,
    weak: bool,
}

/// Reads `__slots__` of a namespace.
pub fn read_slots(
    cx: &Interpreter,
    class_name: &Text,
    namespace: &Dict,
    base: &TypeObject,
    bases: &[ObjectRef],
) -> Outcome<Additions> {
    let is_type = base.has(TypeFlags::TYPE);
    let possible = Possible {
        dict: base.dict_place.get() == DictPlace::None && !is_type,
        weak: !matches!(base.lifecycle.weak.get(), WeakSupport::Field(_)) && base.item_size.get() == 0,
    };
    let Some(slots) = cx.dict_get_text(namespace, &cx.names.slots)? else {
        return Ok(Additions { dict: possible.dict, weak: possible.weak, members: Vec::new() });
    };
    let names = if slots.as_text().is_some() { vec![slots] } else { cx.collect(&slots)? };
    if !names.is_empty() && base.item_size.get() != 0 {
        let name = base.name_text();
        return Err(cx.type_error(format_args!("nonempty __slots__ not supported for subtype of '{name}'")));
    }
    let mut additions = Additions::default();
    for name in names {
        add_name(cx, class_name, namespace, &possible, &mut additions, name)?;
    }
    sort_names(&mut additions.members);
    add_from_other_bases(&mut additions, &possible, base, bases);
    Ok(additions)
}

fn add_name(
    cx: &Interpreter,
    class_name: &Text,
    namespace: &Dict,
    possible: &Possible,
    additions: &mut Additions,
    name: ObjectRef,
) -> Outcome<()> {
    let Some(text) = text_ref(&name) else {
        let kind = name.type_name();
        return Err(cx.type_error(format_args!("__slots__ items must be strings, not '{kind}'")));
    };
    if !is_identifier(&text) {
        return Err(cx.type_error("__slots__ must be identifiers"));
    }
    if text.equals_str("__dict__") {
        if !possible.dict || additions.dict {
            return Err(cx.type_error("__dict__ slot disallowed: we already got one"));
        }
        additions.dict = true;
        return Ok(());
    }
    if text.equals_str("__weakref__") {
        if !possible.weak || additions.weak {
            return Err(
                cx.type_error("__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0")
            );
        }
        additions.weak = true;
        return Ok(());
    }
    let mangled = mangle(cx, class_name, &text)?;
    let inserted_by_compiler = mangled.equals_str("__qualname__") || mangled.equals_str("__classcell__");
    if !inserted_by_compiler && cx.dict_get_text(namespace, &mangled)?.is_some() {
        let shown = cx.repr(&mangled)?;
        return Err(
            cx.value_error(format_args!("{} in __slots__ conflicts with class variable", rust_text(&shown)))
        );
    }
    additions.members.push(mangled.into_object());
    Ok(())
}

fn is_identifier(text: &Text) -> bool {
    let mut points = text.as_slice().iter().map(char::from_u32);
    let starts =
        matches!(points.next(), Some(Some(first)) if first == '_' || unicode_ident::is_xid_start(first));
    starts && points.all(|point| point.is_some_and(unicode_ident::is_xid_continue))
}

/// `__x` becomes `_Class__x`, interned.
fn mangle(cx: &Interpreter, class_name: &Text, name: &Ref<Text>) -> Outcome<Ref<Text>> {
    let (plain, class) = (name.to_rust_string_lossy(), class_name.to_rust_string_lossy());
    let stripped = class.trim_start_matches('_');
    if !plain.starts_with("__") || plain.ends_with("__") || stripped.is_empty() {
        return Ok(cx.intern_text(name));
    }
    cx.intern(&format!("_{stripped}{plain}"))
}

fn sort_names(names: &mut [ObjectRef]) {
    names.sort_by(|left, right| match (left.as_text(), right.as_text()) {
        (Some(left), Some(right)) => left.compare(right),
        _ => std::cmp::Ordering::Equal,
    });
}

/// A base beside the first may bring a dict or a weak list, which the class must then have as well.
fn add_from_other_bases(
    additions: &mut Additions,
    possible: &Possible,
    base: &TypeObject,
    bases: &[ObjectRef],
) {
    for other in bases.iter().filter_map(|other| other.as_type()).filter(|other| !std::ptr::eq(*other, base))
    {
        additions.dict |= possible.dict && other.dict_place.get() != DictPlace::None;
        additions.weak |= possible.weak && other.lifecycle.weak.get() != WeakSupport::None;
    }
}

/// Sizes and places in an instance of the class to be.
pub struct Shape {
    /// In front of the header.
    pub prefix: Prefix,
    /// Where weak references hang.
    pub weak: WeakSupport,
    /// Bytes from the header on.
    pub basic_size: u32,
    /// Where the dict is.
    pub dict_place: DictPlace,
    /// Where the first member is.
    pub first_member: u32,
}

/// Lays the additions out behind the base.
pub fn shape(cx: &Interpreter, base: &TypeObject, additions: &Additions) -> Outcome<Shape> {
    let first_member = base.basic_size.get();
    let members = u32::try_from(additions.members.len()).ok().and_then(|count| count.checked_mul(8));
    let end = members.and_then(|bytes| bytes.checked_add(first_member)).filter(|end| *end < u32::MAX - 8);
    let Some(end) = end else { return Err(cx.raise_memory_error()) };
    let weak = if additions.weak { WeakSupport::Field(end) } else { base.lifecycle.weak.get() };
    let dict_place = match (additions.dict, base.item_size.get()) {
        (false, _) => base.dict_place.get(),
        (true, 0) => DictPlace::Managed,
        (true, _) => DictPlace::Tail,
    };
    let adds_a_word = additions.weak || additions.dict && dict_place == DictPlace::Tail;
    Ok(Shape {
        prefix: if dict_place == DictPlace::Managed { Prefix::Instance } else { Prefix::Gc },
        weak,
        basic_size: if adds_a_word { end + 8 } else { end },
        dict_place,
        first_member,
    })
}

/// Puts the descriptors of members, dict and weak list into the namespace; what stands there already stays.
pub fn add_descriptors(
    cx: &Interpreter,
    kind: &Ref<TypeObject>,
    additions: &Additions,
    first_member: u32,
) -> Outcome<()> {
    let namespace = kind.namespace();
    if !additions.members.is_empty() {
        kind.first_member.set(first_member);
        kind.slot_names.set(Some(tuple_from(cx, additions.members.clone())?));
        kind.has_members.set(true);
    }
    for (index, name) in additions.members.iter().enumerate() {
        let offset = first_member + 8 * index as u32;
        let Some(text) = text_ref(name) else { continue };
        if cx.dict_get_text(&namespace, &text)?.is_none() {
            let descriptor = new_slot_descriptor(cx, kind, name.clone(), offset)?;
            cx.dict_set_text(&namespace, &text, descriptor)?;
        }
    }
    if additions.dict {
        add_computed(cx, kind, &cx.names.dict, &super::attributes::INSTANCE_DICT)?;
    }
    if additions.weak {
        add_computed(cx, kind, &cx.names.weakref, &super::attributes::INSTANCE_WEAKREF)?;
    }
    Ok(())
}

fn new_slot_descriptor(cx: &Interpreter, kind: &Ref<TypeObject>, name: ObjectRef, offset: u32) -> Outcome {
    let made = cx.birth_tracked(&cx.types.member_descriptor, |object| SlotDescriptor {
        descriptor: AttributeDescriptor {
            object,
            owner: Field::new(kind.as_object().clone()),
            attribute: Cell::new(&SLOT_ATTRIBUTE),
        },
        name: Field::new(Some(name)),
        offset: Cell::new(offset),
    })?;
    Ok(made.into_object())
}

fn add_computed(
    cx: &Interpreter,
    kind: &Ref<TypeObject>,
    name: &Text,
    attribute: &'static NativeAttribute,
) -> Outcome<()> {
    let namespace = kind.namespace();
    if cx.dict_get_text(&namespace, name)?.is_some() {
        return Ok(());
    }
    let made = cx.birth_tracked(&cx.types.getset_descriptor, |object| AttributeDescriptor {
        object,
        owner: Field::new(kind.as_object().clone()),
        attribute: Cell::new(attribute),
    })?;
    cx.dict_set_text(&namespace, name, made.into_object())
}
