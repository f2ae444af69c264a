//! `object.__reduce_ex__`: how an instance can be made again, for the `copy` module and for pickling.

#![forbid(unsafe_code)]

use crate::object::{Object, ObjectRef, WeakSupport};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::protocol::call::full_name;
use crate::runtime::{Arguments, DictPlace, Interpreter, Outcome, TypeObject, Typed};
use crate::types::support::dict_ref;
use crate::values::integer::Integer;

static NEW_OBJECT: NativeMethod =
    NativeMethod::new("__newobj__", NativeCode::Full(new_object), "(cls, /, *args)", "");
static NEW_OBJECT_EX: NativeMethod =
    NativeMethod::new("__newobj_ex__", NativeCode::Full(new_object_ex), "(cls, args, kwargs)", "");

fn new_object(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let Some(class) = arguments.values.first() else {
        return Err(cx.type_error("__newobj__() missing 1 required positional argument: 'cls'"));
    };
    let new = cx.get_attribute_text(class, &cx.names.new)?;
    cx.call_with(&new, arguments)
}

fn new_object_ex(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [class, args, keywords] = arguments.values else {
        return Err(cx.type_error("__newobj_ex__() takes exactly 3 arguments"));
    };
    let new = cx.get_attribute_text(class, &cx.names.new)?;
    let mut values = vec![class.clone()];
    values.extend(cx.collect(args)?);
    let mut names = Vec::new();
    for (name, value) in dict_ref(keywords).map(|dict| super::support::entries(&dict)).unwrap_or_default() {
        names.push(name);
        values.push(value);
    }
    let names = super::type_type::bases::tuple_from(cx, names)?;
    cx.call_with(&new, Arguments { values: &values, names: Some(&names) })
}

/// A function of `copyreg`: the module's own where it is imported.
fn copyreg(
    cx: &Interpreter,
    name: &str,
    native: Option<&'static NativeMethod>,
) -> Outcome<Option<ObjectRef>> {
    if let Some(module) = cx.dict_get_text(&cx.modules, &cx.names.copyreg)?
        && let Some(found) = cx.find_attribute(&module, &*cx.intern(name)?)?
    {
        return Ok(Some(found));
    }
    let Some(native) = native else { return Ok(None) };
    let module = cx.names.copyreg.clone().into_object();
    Ok(Some(cx.new_builtin_function(native, None, Some(module), None)?.into_object()))
}

/// `object.__reduce_ex__`: what an overridden `__reduce__` says, else by protocol.
pub fn reduce_ex(cx: &Interpreter, object: &Object, protocol: &Object) -> Outcome {
    let protocol = protocol_number(cx, protocol)?;
    let own = cx.type_lookup(object.type_object(), &cx.names.reduce);
    let inherited = cx.type_lookup(&cx.types.object, &cx.names.reduce);
    if let (Some(own), Some(inherited)) = (own, inherited)
        && !own.is(&inherited)
    {
        let method = cx.get_attribute_text(object, &cx.names.reduce)?;
        return cx.call(&method, &[]);
    }
    by_protocol(cx, object, protocol)
}

/// The number of a pickling protocol.
pub fn protocol_number(cx: &Interpreter, protocol: &Object) -> Outcome<i64> {
    let number = cx.index(protocol)?;
    let small = number.as_int().and_then(Integer::to_i64).and_then(|number| i32::try_from(number).ok());
    small.map(i64::from).ok_or_else(|| cx.overflow_error("Python int too large to convert to C int"))
}

/// `object.__reduce__`
pub fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    by_protocol(cx, object, 0)
}

fn by_protocol(cx: &Interpreter, object: &Object, protocol: i64) -> Outcome {
    if protocol >= 2 {
        return new_object_recipe(cx, object);
    }
    import_copyreg(cx)?;
    match copyreg(cx, "_reduce_ex", None)? {
        Some(function) => cx.call(&function, &[object.new_ref(), cx.new_int(protocol)?]),
        None => Err(refuse(cx, &object.type_object().name_text())),
    }
}

fn import_copyreg(cx: &Interpreter) -> Outcome<()> {
    if cx.dict_get_text(&cx.modules, &cx.names.copyreg)?.is_none()
        && let Some(import) = cx.dict_get_str(&cx.builtins, "__import__")?
    {
        cx.call(&import, &[cx.names.copyreg.clone().into_object()])?;
    }
    Ok(())
}

#[cold]
fn refuse(cx: &Interpreter, kind: &str) -> crate::runtime::Raised {
    cx.type_error(format_args!("cannot pickle '{kind}' object"))
}

#[cold]
fn cannot_pickle(cx: &Interpreter, object: &Object) -> crate::runtime::Raised {
    refuse(cx, &object.type_name())
}

fn new_object_recipe(cx: &Interpreter, object: &Object) -> Outcome {
    if has_items(cx, object) {
        return Err(with_items(cx, object));
    }
    if object.type_object().slots.new.get().is_none() {
        return Err(cannot_pickle(cx, object));
    }
    let (args, keywords) = new_arguments(cx, object)?;
    let has_args = args.is_some();
    let class = object.type_object().new_ref();
    let keywords = keywords.filter(|keywords| keywords.as_dict().is_some_and(|dict| !dict.is_empty()));
    let (function, values) = match keywords {
        None => {
            let mut values = vec![class];
            values.extend(args.unwrap_or_default());
            (copyreg(cx, "__newobj__", Some(&NEW_OBJECT))?, values)
        }
        Some(keywords) => {
            let args = cx.new_tuple_from(args.unwrap_or_default())?;
            (copyreg(cx, "__newobj_ex__", Some(&NEW_OBJECT_EX))?, vec![class, args, keywords])
        }
    };
    let values = cx.new_tuple_from(values)?;
    let is_container = object.as_list().is_some() || object.as_dict().is_some();
    let state = state_of(cx, object, !has_args && !is_container)?;
    let items = if object.as_list().is_some() { cx.iter(object)? } else { cx.none() };
    let pairs = match object.as_dict() {
        Some(_) => cx.iter(&*cx.call_method(object, &cx.names.items, &[])?)?,
        None => cx.none(),
    };
    cx.new_tuple_from(vec![function.unwrap_or_else(|| cx.none()), values, state, items, pairs])
}

/// What `__getnewargs_ex__` or `__getnewargs__` say.
fn new_arguments(cx: &Interpreter, object: &Object) -> Outcome<(Option<Vec<ObjectRef>>, Option<ObjectRef>)> {
    if let Some(method) = cx.lookup_special(object, &cx.names.getnewargs_ex) {
        return new_arguments_ex(cx, &*cx.call(&*method?, &[])?);
    }
    let Some(method) = cx.lookup_special(object, &cx.names.getnewargs) else { return Ok((None, None)) };
    let args = cx.call(&*method?, &[])?;
    match args.as_tuple() {
        Some(tuple) => Ok((Some(tuple.items().to_vec()), None)),
        None => {
            let found = args.type_name();
            Err(cx.type_error(format_args!("__getnewargs__ should return a tuple, not '{found}'")))
        }
    }
}

fn new_arguments_ex(
    cx: &Interpreter,
    result: &Object,
) -> Outcome<(Option<Vec<ObjectRef>>, Option<ObjectRef>)> {
    let Some(pair) = result.as_tuple() else {
        let found = result.type_name();
        return Err(cx.type_error(format_args!("__getnewargs_ex__ should return a tuple, not '{found}'")));
    };
    let [args, keywords] = pair.items() else {
        let length = pair.len();
        return Err(
            cx.value_error(format_args!("__getnewargs_ex__ should return a tuple of length 2, not {length}"))
        );
    };
    let Some(tuple) = args.as_tuple() else {
        let found = args.type_name();
        return Err(cx.type_error(format_args!(
            "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{found}'"
        )));
    };
    if keywords.as_dict().is_none() {
        let found = keywords.type_name();
        return Err(cx.type_error(format_args!(
            "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{found}'"
        )));
    }
    Ok((Some(tuple.items().to_vec()), Some(keywords.clone())))
}

/// What an overridden `__getstate__` says, else the default state.
fn state_of(cx: &Interpreter, object: &Object, required: bool) -> Outcome {
    let own = cx.type_lookup(object.type_object(), &cx.names.getstate);
    let inherited = cx.type_lookup(&cx.types.object, &cx.names.getstate);
    match (own, inherited) {
        (Some(own), Some(inherited)) if !own.is(&inherited) => {
            cx.call(&*cx.get_attribute_text(object, &cx.names.getstate)?, &[])
        }
        _ => default_state(cx, object, required),
    }
}

/// Objects that end in a row of items in CPython.
fn has_items(cx: &Interpreter, object: &Object) -> bool {
    object.is_exactly(&cx.types.code) || object.is_exactly(&cx.types.memoryview)
}

#[cold]
fn with_items(cx: &Interpreter, object: &Object) -> crate::runtime::Raised {
    cx.type_error(format_args!("cannot pickle {} objects", object.type_name()))
}

/// The attribute dict, or None where it is empty; with the members of `__slots__` a pair of both.
pub fn default_state(cx: &Interpreter, object: &Object, required: bool) -> Outcome {
    let kind = object.type_object();
    if required && (kind.item_size.get() != 0 || has_items(cx, object)) {
        return Err(with_items(cx, object));
    }
    let state = match cx.own_names(object).is_empty() {
        true => cx.none(),
        false => cx.instance_dict(object)?.map_or_else(|| cx.none(), |dict| dict.into_object()),
    };
    let names = member_names(cx, kind)?;
    let names = names.as_list();
    let count = names.map_or(0, |names| names.len());
    if required && kind.basic_size.get() > plain_size(object, count) {
        return Err(cannot_pickle(cx, object));
    }
    if count == 0 {
        return Ok(state);
    }
    let members = cx.new_dict()?;
    // The class keeps the list, so looking may change it.
    for index in 0..count {
        let Some(name) = names.and_then(|names| names.get(index)) else { break };
        if let Some(value) = cx.find_attribute(object, &*cx.attribute_name(&name)?)? {
            cx.dict_set(&members, &name, value)?;
        }
        if names.is_some_and(|names| names.len() != count) {
            return Err(cx.runtime_error("__slotsname__ changed size during iteration"));
        }
    }
    if members.is_empty() { Ok(state) } else { cx.new_tuple_from(vec![state, members.into_object()]) }
}

/// The size of an instance that has nothing native.
fn plain_size(object: &Object, members: usize) -> u32 {
    let kind = object.type_object();
    let dict = u32::from(matches!(kind.dict_place.get(), DictPlace::Field(_)));
    let weak = u32::from(matches!(kind.lifecycle.weak.get(), WeakSupport::Field(_)));
    16 + 8 * (dict + weak + u32::try_from(members).unwrap_or(u32::MAX / 16))
}

/// The names that `__slots__` of a class and its bases give, as `copyreg` keeps them in the class: a list or None.
fn member_names(cx: &Interpreter, kind: &TypeObject) -> Outcome {
    let name = cx.intern("__slotnames__")?;
    let kept = kind.dict.get().map_or(Ok(None), |namespace| cx.dict_get_text(&namespace, &name))?;
    let found = match &kept {
        Some(kept) => kept.clone(),
        None => {
            import_copyreg(cx)?;
            match copyreg(cx, "_slotnames", None)? {
                Some(function) => cx.call(&function, &[kind.new_ref()])?,
                None => cx.none(),
            }
        }
    };
    if cx.is_none(&found) || found.as_list().is_some() {
        return Ok(found);
    }
    Err(match kept {
        Some(kept) => {
            let (class, kept) = (full_name(kind), kept.type_name());
            cx.type_error(format_args!("{class}.__slotnames__ should be a list or None, not {kept}"))
        }
        None => cx.type_error("copyreg._slotnames didn't return a list or None"),
    })
}
