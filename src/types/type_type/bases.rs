//! What a class inherits from: `__mro_entries__`, the metaclass, the one base whose layout counts, and the order of
//! method resolution.

use crate::object::{Object, ObjectRef, Prefix, Ref, WeakSupport};
use crate::runtime::lookup::linearise;
use crate::runtime::protocol::call::full_name;
use crate::runtime::{DictPlace, Interpreter, Outcome, Raised, TypeFlags, TypeObject, Typed};
use crate::types::support::{reference, rust_text};
use crate::values::tuple::Tuple;

/// Replaces bases that are no types by what their `__mro_entries__` say. The same tuple comes back where nothing
/// changes.
pub fn resolve_bases(cx: &Interpreter, bases: &Ref<Tuple>) -> Outcome<Ref<Tuple>> {
    let mut resolved: Option<Vec<ObjectRef>> = None;
    for (index, base) in bases.items().iter().enumerate() {
        let entries = if base.as_type().is_some() { None } else { mro_entries(cx, base, bases)? };
        match (entries, &mut resolved) {
            (Some(entries), Some(list)) => list.extend_from_slice(entries.items()),
            (Some(entries), None) => {
                let mut list = bases.items()[..index].to_vec();
                list.extend_from_slice(entries.items());
                resolved = Some(list);
            }
            (None, Some(list)) => list.push(base.clone()),
            (None, None) => {}
        }
    }
    match resolved {
        None => Ok(bases.clone()),
        Some(list) => tuple_from(cx, list),
    }
}

/// A tuple of these, with its layout.
pub fn tuple_from(cx: &Interpreter, items: Vec<ObjectRef>) -> Outcome<Ref<Tuple>> {
    let made = cx.new_tuple_from(items)?;
    Ok(made.as_tuple().map(reference).unwrap_or_else(|| cx.empty_tuple.clone()))
}

fn mro_entries(cx: &Interpreter, base: &Object, bases: &Ref<Tuple>) -> Outcome<Option<Ref<Tuple>>> {
    let Some(method) = cx.find_attribute(base, &cx.names.mro_entries)? else { return Ok(None) };
    let entries = cx.call(&method, &[bases.as_object().clone()])?;
    match entries.as_tuple() {
        Some(entries) => Ok(Some(reference(entries))),
        None => Err(cx.type_error("__mro_entries__ must return a tuple")),
    }
}

/// The most derived of a metaclass and those of the bases.
pub fn calculate_metaclass(
    cx: &Interpreter,
    metaclass: &TypeObject,
    bases: &Tuple,
) -> Outcome<Ref<TypeObject>> {
    let mut winner = reference(metaclass);
    for base in bases.items() {
        let other = base.type_object();
        if winner.is_subtype(other) {
            continue;
        }
        if !other.is_subtype(&winner) {
            return Err(cx.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the \
                 metaclasses of all its bases",
            ));
        }
        winner = reference(other);
    }
    Ok(winner)
}

/// The base whose layout the class extends.
pub fn best_base(cx: &Interpreter, bases: &[ObjectRef]) -> Outcome<Ref<TypeObject>> {
    let mut best: Option<(&TypeObject, &TypeObject)> = None;
    for base in bases {
        let Some(kind) = base.as_type() else { return Err(cx.type_error("bases must be types")) };
        if !kind.has(TypeFlags::BASE_TYPE) {
            let name = full_name(kind);
            return Err(cx.type_error(format_args!("type '{name}' is not an acceptable base type")));
        }
        let shape = shape_of(kind);
        best = match best {
            None => Some((kind, shape)),
            Some((_, winner)) if winner.is_subtype(shape) => best,
            Some((_, winner)) if shape.is_subtype(winner) => Some((kind, shape)),
            Some(_) => return Err(cx.type_error("multiple bases have instance lay-out conflict")),
        };
    }
    best.map(|(kind, _)| reference(kind)).ok_or_else(|| cx.type_error("bases must be types"))
}

/// The nearest type in the line of bases that adds fields to its instances, other than a dict or a weak list.
fn shape_of(kind: &TypeObject) -> &TypeObject {
    let mut at = kind;
    while let Some(base) = base_of(at) {
        if adds_fields(at, base) {
            return at;
        }
        at = base;
    }
    at
}

/// The base, borrowed: it lives as long as the type does, which the caller keeps.
fn base_of(kind: &TypeObject) -> Option<&TypeObject> {
    #[allow(unsafe_code)]
    // SAFETY: `__base__` changes only by assignment to `__bases__`, which no caller does meanwhile.
    unsafe { kind.base.borrow() }.as_deref()
}

fn adds_fields(kind: &TypeObject, base: &TypeObject) -> bool {
    let (mut size, base_size) = (kind.basic_size.get(), base.basic_size.get());
    if kind.item_size.get() != 0 || base.item_size.get() != 0 {
        return size != base_size || kind.item_size.get() != base.item_size.get();
    }
    if let (WeakSupport::Field(offset), WeakSupport::None | WeakSupport::SideTable) =
        (kind.lifecycle.weak.get(), base.lifecycle.weak.get())
        && offset + 8 == size
        && kind.has(TypeFlags::HEAP)
    {
        size -= 8;
    }
    size != base_size
}

/// Whether instances of both types have the same fields (for assignment to `__class__` and `__bases__`).
pub fn same_layout(old: &TypeObject, new: &TypeObject) -> bool {
    let (old, new) = (skip_equal(old), skip_equal(new));
    std::ptr::eq(old, new) || same_added_members(old, new)
}

/// The words for a change between classes of different layouts. Those that the collector follows are freed otherwise.
#[cold]
pub fn layout_refusal(cx: &Interpreter, attribute: &str, new: &TypeObject, old: &TypeObject) -> Raised {
    let is_followed = |kind: &TypeObject| kind.lifecycle.prefix != Prefix::None;
    let what = if is_followed(new) == is_followed(old) { "object layout" } else { "deallocator" };
    let (new, old) = (new.name_text(), old.name_text());
    cx.type_error(format_args!("{attribute} assignment: '{new}' {what} differs from '{old}'"))
}

/// Passes classes that are compatible with their base.
fn skip_equal(kind: &TypeObject) -> &TypeObject {
    let mut at = kind;
    while let Some(base) = base_of(at) {
        if !compatible_with_base(at, base) {
            break;
        }
        at = base;
    }
    at
}

fn compatible_with_base(kind: &TypeObject, base: &TypeObject) -> bool {
    kind.basic_size.get() == base.basic_size.get()
        && kind.item_size.get() == base.item_size.get()
        && kind.dict_place.get() == base.dict_place.get()
        && kind.lifecycle.weak.get() == base.lifecycle.weak.get()
        && kind.lifecycle.prefix == base.lifecycle.prefix
        && kind.has(TypeFlags::HEAP)
}

/// Whether two different classes add the same members to the same base.
fn same_added_members(left: &TypeObject, right: &TypeObject) -> bool {
    let (Some(left_base), Some(right_base)) = (base_of(left), base_of(right)) else { return false };
    let (ours, theirs) = (member_names(left), member_names(right));
    std::ptr::eq(left_base, right_base)
        && left.has(TypeFlags::HEAP)
        && right.has(TypeFlags::HEAP)
        && left.basic_size.get() == right.basic_size.get()
        && left.dict_place.get() == right.dict_place.get()
        && left.dict_place.get() != DictPlace::Tail
        && left.lifecycle.weak.get() == right.lifecycle.weak.get()
        && left.lifecycle.prefix == right.lifecycle.prefix
        && ours == theirs
}

fn member_names(kind: &TypeObject) -> Vec<String> {
    kind.slot_names
        .get()
        .map_or_else(Vec::new, |names| names.items().iter().map(|name| rust_text(name)).collect())
}

/// Computes and stores the MRO: by the metaclass's own `mro` method where it has one.
///
/// False, and nothing is stored, where that method assigned to `__bases__`, so that there is a newer MRO already.
pub fn set_mro(cx: &Interpreter, kind: &Ref<TypeObject>) -> Outcome<bool> {
    let before = kind.mro.get();
    let own_method = !kind.type_object().is(&cx.types.type_);
    let order = match own_method.then(|| cx.type_lookup(kind.type_object(), &cx.names.mro)).flatten() {
        Some(method) if method.layout::<crate::runtime::native::MethodDescriptor>().is_none() => {
            mro_of_metaclass(cx, kind)?
        }
        _ => default_mro(cx, kind)?,
    };
    let same = match (&before, &kind.mro.get()) {
        (Some(before), Some(now)) => before.is(now),
        (None, None) => true,
        _ => false,
    };
    if same {
        kind.mro.set(Some(tuple_from(cx, order)?));
        cx.type_modified(kind);
    }
    Ok(same)
}

/// Whether a type stands in the line of bases of another, which can be newer than its MRO.
pub fn in_line_of_bases(kind: &TypeObject, searched: &TypeObject) -> bool {
    std::iter::successors(Some(kind), |at| base_of(at)).any(|at| std::ptr::eq(at, searched))
}

/// Asks the metaclass for the MRO and checks what it says.
fn mro_of_metaclass(cx: &Interpreter, kind: &Ref<TypeObject>) -> Outcome<Vec<ObjectRef>> {
    let method = cx.lookup_special(kind, &cx.names.mro).unwrap_or_else(|| Ok(cx.none()))?;
    let order = cx.collect(&*cx.call(&method, &[])?)?;
    if order.is_empty() {
        return Err(cx.type_error("type MRO must not be empty"));
    }
    for class in &order {
        let Some(base) = class.as_type() else {
            let name = class.type_name();
            return Err(cx.type_error(format_args!("mro() returned a non-class ('{name}')")));
        };
        if !shape_of(kind).is_subtype(shape_of(base)) {
            let name = base.name_text();
            return Err(cx.type_error(format_args!("mro() returned base with unsuitable layout ('{name}')")));
        }
    }
    Ok(order)
}

/// The MRO by C3 linearisation. With one base it is the class and then the base's.
pub fn default_mro(cx: &Interpreter, kind: &Ref<TypeObject>) -> Outcome<Vec<ObjectRef>> {
    let bases = kind.bases.get().unwrap_or_else(|| cx.empty_tuple.clone());
    let incomplete = |base: &&TypeObject| base.mro.get().is_none();
    if let Some(base) = bases.items().iter().filter_map(|base| base.as_type()).find(incomplete) {
        let name = base.name_text();
        return Err(cx.type_error(format_args!("Cannot extend an incomplete type '{name}'")));
    }
    if let [only] = bases.items() {
        let inherited = only.as_type().and_then(|base| base.mro.get());
        let mut order = vec![kind.as_object().clone()];
        order.extend(inherited.iter().flat_map(|mro| mro.items()).cloned());
        return Ok(order);
    }
    refuse_duplicates(cx, bases.items())?;
    let types: Vec<_> = bases.items().iter().filter_map(|base| base.as_type()).map(reference).collect();
    linearise(kind, &types).map_err(|heads| {
        let mut names: Vec<String> = Vec::new();
        let mut seen = rustc_hash::FxHashSet::default();
        for head in heads {
            if seen.insert(head.address()) {
                names.push(head.as_type().map(TypeObject::name_text).unwrap_or_default());
            }
        }
        cx.type_error(format_args!(
            "Cannot create a consistent method resolution\norder (MRO) for bases {}",
            names.join(", ")
        ))
    })
}

fn refuse_duplicates(cx: &Interpreter, bases: &[ObjectRef]) -> Outcome<()> {
    let mut seen = rustc_hash::FxHashSet::default();
    match bases.iter().find(|base| !seen.insert(base.address())) {
        None => Ok(()),
        Some(base) => {
            let name = base.as_type().map(TypeObject::name_text).unwrap_or_default();
            Err(cx.type_error(format_args!("duplicate base class {name}")))
        }
    }
}
