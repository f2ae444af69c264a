//! Making a class: what the class statement and `type(name, bases, namespace)` do, in CPython's order.

use crate::object::{Lent, Object, ObjectRef, Ref};
use crate::runtime::{Arguments, DictPlace, Interpreter, Outcome, TypeFlags, TypeObject, Typed};
use crate::types::coding::check_utf8;
use crate::types::support::{dict_ref, entries, reference, text_ref};
use crate::values::dict::Dict;
use crate::values::text::Text;
use crate::values::tuple::Tuple;

use super::bases::{best_base, calculate_metaclass, set_mro, tuple_from};
use super::lifecycle::{Plan, add_shared_keys, inherit_lifecycle, new_type};
use super::members::{Additions, add_descriptors, read_slots, shape};

/// Where `type(...)` finds the module it is called in: the loop tells the globals of the running frame.
#[derive(Default)]
pub struct GlobalsHook(pub std::cell::Cell<Option<FindGlobals>>);

/// Finds the globals of the running frame.
pub type FindGlobals = fn(&Interpreter) -> Option<Ref<Dict>>;

/// Calls a metaclass as the class statement does.
pub fn new_class(
    cx: &Interpreter,
    metaclass: &Object,
    name: &Object,
    bases: &Ref<Tuple>,
    namespace: &Object,
    keywords: &[(ObjectRef, ObjectRef)],
) -> Outcome {
    let mut values = vec![Lent::new(name), Lent::new(bases.as_object()), Lent::new(namespace)];
    values.extend(keywords.iter().map(|(_, value)| Lent::new(value)));
    let names = keywords.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let names = tuple_from(cx, names)?;
    cx.call_with(metaclass, Arguments { values: Lent::row(&values), names: Some(&names) })
}

/// The metaclass of a class statement: the one that is named, or that of the first base; then the most derived one,
/// where it is a type at all.
pub fn metaclass_for(cx: &Interpreter, named: Option<&Object>, bases: &Tuple) -> Outcome {
    let metaclass = match (named, bases.items().first()) {
        (Some(named), _) => named.new_ref(),
        (None, Some(first)) => first.type_object().new_ref(),
        (None, None) => cx.types.type_.as_object().clone(),
    };
    match metaclass.as_type() {
        Some(kind) => Ok(calculate_metaclass(cx, kind, bases)?.into_object()),
        None => Ok(metaclass),
    }
}

/// The namespace for a class body: what `__prepare__` gives, or an empty dict.
pub fn prepare_namespace(
    cx: &Interpreter,
    metaclass: &Object,
    name: &Object,
    bases: &Ref<Tuple>,
    keywords: &[(ObjectRef, ObjectRef)],
) -> Outcome {
    let Some(prepare) = cx.find_attribute(metaclass, &cx.names.prepare)? else {
        return Ok(cx.new_dict()?.into_object());
    };
    let mut values = vec![name.new_ref(), bases.as_object().clone()];
    values.extend(keywords.iter().map(|(_, value)| value.clone()));
    let names = tuple_from(cx, keywords.iter().map(|(name, _)| name.clone()).collect())?;
    let namespace = cx.call_with(&prepare, Arguments { values: &values, names: Some(&names) })?;
    if namespace.as_dict().is_some() || namespace.type_object().slots.get_item.get().is_some() {
        return Ok(namespace);
    }
    let metaclass = metaclass.as_type().map_or_else(|| "<metaclass>".to_owned(), TypeObject::name_text);
    let found = namespace.type_name();
    Err(cx.type_error(format_args!("{metaclass}.__prepare__() must return a mapping, not {found}")))
}

/// `type.__new__`
pub fn type_new(cx: &Interpreter, metaclass: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let [name, bases, namespace] = arguments.positional_values() else {
        let given = arguments.positional_values().len();
        return Err(cx.type_error(format_args!("type.__new__() takes exactly 3 arguments ({given} given)")));
    };
    let (Some(class_name), Some(given_bases), Some(dict)) =
        (text_ref(name), bases.as_tuple(), dict_ref(namespace))
    else {
        return Err(wrong_argument(cx, name, bases, namespace));
    };
    let bases = bases_or_object(cx, given_bases)?;
    let winner = calculate_metaclass(cx, metaclass, &bases)?;
    if !winner.is(metaclass)
        && let Some(new) = winner.slots.new.get().filter(|new| !is_type_new(*new))
    {
        return new(cx, &winner, arguments);
    }
    let keywords =
        arguments.keywords().map(|(name, value)| (name.clone(), value.clone())).collect::<Vec<_>>();
    let class = build(cx, &winner, &class_name, &bases, &dict)?;
    set_names(cx, &class)?;
    init_subclass(cx, &class, &keywords)?;
    Ok(class.into_object())
}

/// Whether a slot is `type.__new__` itself.
fn is_type_new(new: crate::runtime::slots::New) -> bool {
    std::ptr::fn_addr_eq(new, type_new as crate::runtime::slots::New)
}

#[cold]
fn wrong_argument(
    cx: &Interpreter,
    name: &Object,
    bases: &Object,
    namespace: &Object,
) -> crate::runtime::Raised {
    let (position, expected, found) = match (name.as_text(), bases.as_tuple()) {
        (None, _) => (1, "str", name),
        (_, None) => (2, "tuple", bases),
        _ => (3, "dict", namespace),
    };
    let found = if cx.is_none(found) { "None".to_owned() } else { found.type_name() };
    cx.type_error(format_args!("type.__new__() argument {position} must be {expected}, not {found}"))
}

/// No bases means object. Bases that are no types must have been resolved before.
fn bases_or_object(cx: &Interpreter, bases: &Tuple) -> Outcome<Ref<Tuple>> {
    if bases.is_empty() {
        return tuple_from(cx, vec![cx.types.object.as_object().clone()]);
    }
    for base in bases.items().iter().filter(|base| base.as_type().is_none()) {
        if cx.find_attribute(base, &cx.names.mro_entries)?.is_some() {
            return Err(cx.type_error("type() doesn't support MRO entry resolution; use types.new_class()"));
        }
    }
    Ok(reference(bases))
}

/// The class itself, whole but for the hooks that Python code may run.
fn build(
    cx: &Interpreter,
    metaclass: &TypeObject,
    name: &Ref<Text>,
    bases: &Ref<Tuple>,
    namespace: &Dict,
) -> Outcome<Ref<TypeObject>> {
    let base = best_base(cx, bases.items())?;
    let additions = read_slots(cx, name, namespace, &base, bases.items())?;
    if name.as_slice().iter().any(|point| point == 0) {
        return Err(cx.value_error("type name must not contain null characters"));
    }
    check_utf8(cx, name)?;
    let shape = shape(cx, &base, &additions)?;
    let namespace = namespace.copy(&cx.types.dict)?;
    let qualified_name = take_qualified_name(cx, &namespace, name)?;
    let class = new_type(
        cx,
        metaclass,
        Plan {
            name: name.as_object().clone(),
            qualified_name,
            base: base.clone(),
            prefix: shape.prefix,
            weak: shape.weak,
            basic_size: shape.basic_size,
            dict_place: shape.dict_place,
            flags: TypeFlags::HEAP | TypeFlags::BASE_TYPE | base.flags.get() & TypeFlags::INHERITED,
        },
    )?;
    class.dict.set(Some(namespace));
    class.bases.set(Some(bases.clone()));
    inherit_lifecycle(&class, &base);
    fill_namespace(cx, &class)?;
    set_class_cell(cx, &class)?;
    complete(cx, &class, &additions, shape.first_member)?;
    Ok(class)
}

/// `__qualname__` leaves the namespace for its own field.
fn take_qualified_name(cx: &Interpreter, namespace: &Dict, name: &Ref<Text>) -> Outcome {
    let Some(qualified) = cx.dict_get_text(namespace, &cx.names.qualname)? else {
        return Ok(name.as_object().clone());
    };
    if qualified.as_text().is_none() {
        let found = qualified.type_name();
        return Err(cx.type_error(format_args!("type __qualname__ must be a str, not {found}")));
    }
    cx.dict_remove_text(namespace, &cx.names.qualname)?;
    Ok(qualified)
}

/// `__module__`, and the methods that are static or class methods by their name.
fn fill_namespace(cx: &Interpreter, class: &TypeObject) -> Outcome<()> {
    let namespace = class.namespace();
    if cx.dict_get_text(&namespace, &cx.names.module)?.is_none()
        && let Some(globals) = cx.extension::<GlobalsHook>().0.get().and_then(|hook| hook(cx))
        && let Some(module) = cx.dict_get_text(&globals, &cx.names.name)?
    {
        cx.dict_set_text(&namespace, &cx.names.module, module)?;
    }
    if let Some(new) = python_function(cx, &namespace, &cx.names.new)? {
        cx.dict_set_text(&namespace, &cx.names.new, cx.new_static_method(new)?)?;
    }
    for name in [&cx.names.init_subclass, &cx.names.class_getitem] {
        if let Some(function) = python_function(cx, &namespace, name)? {
            let wrapped = crate::types::descriptors::new_class_method(cx, function)?;
            cx.dict_set_text(&namespace, name, wrapped)?;
        }
    }
    Ok(())
}

fn python_function(cx: &Interpreter, namespace: &Dict, name: &Text) -> Outcome<Option<ObjectRef>> {
    Ok(cx.dict_get_text(namespace, name)?.filter(|found| found.is_exactly(&cx.types.function)))
}

/// The cell that `super()` and `__class__` of the methods see.
fn set_class_cell(cx: &Interpreter, class: &Ref<TypeObject>) -> Outcome<()> {
    let namespace = class.namespace();
    let Some(cell) = cx.dict_get_text(&namespace, &cx.names.class_cell)? else { return Ok(()) };
    let Some(layout) = cell.layout::<crate::values::cell::Cell>() else {
        let shown = cx.repr_text(cell.type_object())?.to_rust_string_lossy();
        return Err(cx.type_error(format_args!("__classcell__ must be a nonlocal cell, not {shown}")));
    };
    drop(layout.set(Some(class.as_object().clone())));
    cx.dict_remove_text(&namespace, &cx.names.class_cell)?;
    Ok(())
}

/// Order of resolution, descriptors, documentation, slots.
fn complete(
    cx: &Interpreter,
    class: &Ref<TypeObject>,
    additions: &Additions,
    first_member: u32,
) -> Outcome<()> {
    set_mro(cx, class)?;
    inherit_flags(class);
    add_descriptors(cx, class, additions, first_member)?;
    let namespace = class.namespace();
    match cx.dict_get_text(&namespace, &cx.names.doc)? {
        Some(documentation) if documentation.as_text().is_some() => check_utf8(cx, &documentation)?,
        Some(_) => {}
        None => cx.dict_set_text(&namespace, &cx.names.doc, cx.none())?,
    }
    let defines_equality = cx.dict_get_text(&namespace, &cx.names.eq)?.is_some();
    if defines_equality && cx.dict_get_text(&namespace, &cx.names.hash)?.is_none() {
        cx.dict_set_text(&namespace, &cx.names.hash, cx.none())?;
    }
    if class.dict_place.get() == DictPlace::Managed && native_base(class).is(&cx.types.object) {
        add_shared_keys(class)?;
    }
    register(cx, class)?;
    fill_slots(cx, class);
    Ok(())
}

/// The nearest base that is built in. Only instances without native fields keep attribute values outside a dict.
fn native_base(class: &TypeObject) -> Ref<TypeObject> {
    let mut at = class.new_type_ref();
    while at.has(TypeFlags::HEAP)
        && let Some(base) = at.base.get()
    {
        at = base;
    }
    at
}

/// Behaviour of instances. A class with one base that is a class too has its slots, but for the special methods that
/// stand in its own namespace: so a long line of classes does not search all of it for each of the many names.
fn fill_slots(cx: &Interpreter, class: &TypeObject) {
    let only = class.bases.get().filter(|bases| bases.len() == 1).and_then(|bases| bases.get(0));
    let length = |kind: &TypeObject| kind.mro.get().map_or(0, |mro| mro.len());
    let follows = |base: &&TypeObject| base.has(TypeFlags::HEAP) && length(base) + 1 == length(class);
    let Some(base) = only.as_ref().and_then(|base| base.as_type()).filter(follows) else {
        cx.update_slots(class);
        return;
    };
    class.slots.inherit_from(&base.slots);
    let names = entries(&class.namespace()).into_iter().filter_map(|(name, _)| text_ref(&name));
    for name in names.filter(|name| name.as_str().is_some_and(|name| name.starts_with("__"))) {
        cx.update_slot_named(class, &name);
    }
}

/// What any base may bring: being a sequence or a mapping for patterns.
fn inherit_flags(class: &TypeObject) {
    const COLLECTIONS: u32 = TypeFlags::SEQUENCE | TypeFlags::MAPPING;
    let Some(order) = class.mro.get() else { return };
    let mut flags =
        order.items().iter().skip(1).filter_map(|base| base.as_type()).map(|base| base.flags.get());
    if class.flags.get() & COLLECTIONS == 0
        && let Some(brought) = flags.find(|flags| flags & COLLECTIONS != 0)
    {
        class.flags.set(class.flags.get() | brought & COLLECTIONS);
    }
}

/// Enters the class into the lists of its bases.
pub fn register(cx: &Interpreter, class: &TypeObject) -> Outcome<()> {
    let Some(bases) = class.bases.get() else { return Ok(()) };
    bases.items().iter().filter_map(|base| base.as_type()).try_for_each(|base| cx.enter_subclass(class, base))
}

/// Tells every attribute that wants to know under which name it stands.
fn set_names(cx: &Interpreter, class: &Ref<TypeObject>) -> Outcome<()> {
    for (name, value) in entries(&class.namespace()) {
        let Some(method) = cx.lookup_special(&value, &cx.names.set_name) else { continue };
        let told = method.and_then(|method| cx.call(&method, &[class.as_object().clone(), name.clone()]));
        if told.is_err() {
            return Err(set_name_failed(cx, class, &name, &value));
        }
    }
    Ok(())
}

#[cold]
fn set_name_failed(
    cx: &Interpreter,
    class: &TypeObject,
    name: &Object,
    value: &Object,
) -> crate::runtime::Raised {
    use crate::runtime::AsException;
    let cause = cx.take_exception();
    let (owner, kind) = (class.name_text(), value.type_name());
    let shown = match cx.repr_text(name) {
        Ok(shown) => shown.to_rust_string_lossy(),
        Err(raised) => return raised,
    };
    let raised = cx
        .runtime_error(format_args!("Error calling __set_name__ on '{kind}' instance {shown} in '{owner}'"));
    let error = cx.take_exception();
    if let Some(exception) = error.as_exception() {
        exception.cause.set(Some(cause.clone()));
        exception.context.set(Some(cause));
        exception.suppress_context.set(true);
    }
    let _ = cx.raise_again(error);
    raised
}

/// Calls the `__init_subclass__` that the class inherits.
fn init_subclass(
    cx: &Interpreter,
    class: &Ref<TypeObject>,
    keywords: &[(ObjectRef, ObjectRef)],
) -> Outcome<()> {
    let parent = crate::types::super_::super_from(cx, class, class)?;
    let method = cx.get_attribute_text(&parent, &cx.names.init_subclass)?;
    let values: Vec<_> = keywords.iter().map(|(_, value)| value.clone()).collect();
    let names = tuple_from(cx, keywords.iter().map(|(name, _)| name.clone()).collect())?;
    cx.call_with(&method, Arguments { values: &values, names: Some(&names) }).map(drop)
}

/// `type.__init__`: only checks how many arguments there are.
pub fn type_init(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let positional = arguments.positional_values().len();
    if positional == 1 && arguments.keyword_count() > 0 {
        return Err(cx.type_error("type.__init__() takes no keyword arguments"));
    }
    if positional != 1 && positional != 3 {
        return Err(cx.type_error("type.__init__() takes 1 or 3 arguments"));
    }
    Ok(())
}
