//! Making module objects.

use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, NativeMethod, Outcome};

/// A module with its functions, each bound to the module.
pub fn new_module(
    cx: &Interpreter,
    name: &str,
    functions: &'static [NativeMethod],
    documentation: &str,
) -> Outcome {
    let name = cx.intern(name)?.into_object();
    let module = cx.call(&cx.types.module, &[name.clone(), cx.new_text(documentation)?])?;
    add_functions(cx, &module, &name, functions)?;
    Ok(module)
}

/// Binds functions in a module of this name.
pub fn add_functions(
    cx: &Interpreter,
    module: &ObjectRef,
    name: &ObjectRef,
    functions: &'static [NativeMethod],
) -> Outcome<()> {
    for function in functions {
        let made = cx.new_builtin_function(function, Some(module.clone()), Some(name.clone()), None)?;
        set(cx, module, function.name, made.into_object())?;
    }
    Ok(())
}

/// Binds a name in a module.
pub fn set(cx: &Interpreter, module: &Object, name: &str, value: ObjectRef) -> Outcome<()> {
    match cx.instance_dict(module)? {
        Some(namespace) => cx.dict_set_str(&namespace, name, value),
        None => Err(cx.system_error("a module without a namespace")),
    }
}

/// Binds names to integers in a module.
pub fn set_integers(cx: &Interpreter, module: &Object, constants: &[(&str, i64)]) -> Outcome<()> {
    constants.iter().try_for_each(|(name, value)| set(cx, module, name, cx.new_int(*value)?))
}

/// A dict from names to values.
pub fn dict_of(cx: &Interpreter, entries: &[(&str, ObjectRef)]) -> Outcome {
    let dict = cx.new_dict()?;
    for (name, value) in entries {
        cx.dict_set_str(&dict, name, value.clone())?;
    }
    Ok(dict.into_object())
}

/// An argument that becomes a C `int`.
pub fn to_c_int(cx: &Interpreter, value: &Object) -> Outcome<i32> {
    let narrow = match cx.to_i64(value) {
        Ok(wide) => i32::try_from(wide).ok(),
        Err(raised) if cx.take_if(&cx.types.overflow_error).is_none() => return Err(raised),
        Err(_) => None,
    };
    narrow.ok_or_else(|| cx.overflow_error("Python int too large to convert to C int"))
}
