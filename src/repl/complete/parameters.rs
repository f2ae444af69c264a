//! Keyword arguments that a callable takes.

use super::objects::{attribute, resolve};
use super::wanted::Chain;
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::native::{BuiltinFunction, MethodDescriptor};
use crate::runtime::{Interpreter, Typed};
use crate::syntax::classes::{WordClass, words};
use crate::values::dict::Dict;
use crate::vm::function::{BoundMethod, Function};

/// The parameters of the callable of a call, each with `=`.
pub fn of_call(cx: &Interpreter, namespace: &Ref<Dict>, call: &Chain) -> Vec<String> {
    let Some(callable) = resolve(cx, namespace, call) else { return Vec::new() };
    let names = match callable.as_type() {
        Some(kind) => match constructor(cx, kind) {
            Some(made) => of_callable(&made, true),
            None => Vec::new(),
        },
        None => of_callable(&callable, !call.attributes.is_empty()),
    };
    names.into_iter().map(|name| format!("{name}=")).collect()
}

/// The Python function that takes a class's arguments.
fn constructor(cx: &Interpreter, kind: &Object) -> Option<ObjectRef> {
    let found = attribute(cx, kind, &cx.names.init);
    found.filter(|found| found.layout::<Function>().is_some())
}

/// Parameters that can be given by keyword. What is called as an attribute has its first one already, if it is `self`.
fn of_callable(callable: &Object, is_attribute: bool) -> Vec<String> {
    if let Some(method) = callable.layout::<BoundMethod>() {
        return method.function.get().layout::<Function>().map_or_else(Vec::new, |it| of_function(it, true));
    }
    if let Some(function) = callable.layout::<Function>() {
        return of_function(function, is_attribute);
    }
    let native = callable.layout::<BuiltinFunction>().map(|it| it.method.get());
    let native = native.or_else(|| callable.layout::<MethodDescriptor>().map(|it| it.method.get()));
    native.map_or_else(Vec::new, |method| of_signature(method.signature))
}

fn of_function(function: &Function, is_attribute: bool) -> Vec<String> {
    let code = function.code.get();
    let Some(unit) = code.layout::<crate::vm::CodeObject>().map(|code| code.unit.source.clone()) else {
        return Vec::new();
    };
    let count = (unit.argument_count + unit.keyword_only_count) as usize;
    let names = unit.variable_names.iter().take(count).skip(unit.positional_only_count as usize);
    names
        .filter(|name| !(is_attribute && matches!(&***name, "self" | "cls")))
        .map(|name| name.to_string())
        .collect()
}

/// From `($module, /, base, exp, mod=None)`.
fn of_signature(signature: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let (mut depth, mut begins) = (0usize, false);
    for word in words(signature) {
        match word.text(signature) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            "/" if depth == 1 => names.clear(),
            name if depth == 1 && begins && word.class == WordClass::Name => names.push(name.to_owned()),
            _ => {}
        }
        begins = depth == 1 && matches!(word.text(signature), "(" | ",");
    }
    names
}

#[cfg(test)]
mod tests {
    use super::of_signature;

    #[test]
    fn parameters_of_a_native_signature() {
        assert_eq!(of_signature("($module, /, base, exp, mod=None)"), ["base", "exp", "mod"]);
        assert_eq!(of_signature("($module, iterable, /, *, key=None, reverse=False)"), ["key", "reverse"]);
        assert_eq!(of_signature("($self, x=(1, y), *rest)"), ["x"]);
        assert!(of_signature("").is_empty());
    }
}
