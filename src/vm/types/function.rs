//! `function` and `method`.

use super::{set_text, value_or_none};
use crate::object::{Object, ObjectRef, Visitor};
use crate::runtime::{
    Arguments, Comparison, DictPlace, Field, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome,
    Parameters, Raised, Roots, TypeFlags, TypeObject, TypeSpec, Typed,
};
use crate::types::type_type;
use crate::vm::code_object::CodeObject;
use crate::vm::execute::call_function;
use crate::vm::function::{BoundMethod, Function, function_lifecycle, method_lifecycle, new_bound_method};

/// Completes the types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.function,
        TypeSpec {
            flags: TypeFlags::METHOD_DESCRIPTOR,
            dict_place: DictPlace::Field(std::mem::offset_of!(Function, dict) as u32),
            slots: |slots| {
                slots.repr.set(Some(function_repr));
                slots.call.set(Some(call_function));
                slots.descriptor_get.set(Some(bind));
                slots.new.set(Some(new_function));
            },
            attributes: FUNCTION_ATTRIBUTES,
            documentation: "function(code, globals, name=None, argdefs=None, closure=None)\n--\n\nCreate a function object.",
            ..TypeSpec::of::<Function>(function_lifecycle::lifecycle())
        },
    )?;
    cx.define_type(
        &cx.types.method,
        TypeSpec {
            slots: |slots| {
                slots.repr.set(Some(method_repr));
                slots.call.set(Some(call_method));
                slots.compare.set(Some(compare_methods));
                slots.hash.set(Some(hash_method));
                slots.get_attribute.set(Some(method_attribute));
                slots.new.set(Some(new_method));
            },
            methods: METHOD_METHODS,
            attributes: METHOD_ATTRIBUTES,
            documentation: "method(function, instance, /)\n--\n\nCreate a bound instance method object.",
            ..TypeSpec::of::<BoundMethod>(
                crate::runtime::define::never_cleared(method_lifecycle::lifecycle()),
            )
        },
    )
}

fn this(object: &Object) -> &Function {
    object.layout::<Function>().expect("a method of functions gets a function")
}

fn method_of(object: &Object) -> &BoundMethod {
    object.layout::<BoundMethod>().expect("a method of methods gets a method")
}

fn function_repr(cx: &Interpreter, object: &Object) -> Outcome {
    let name = cx.display(&this(object).qualified_name.get());
    let code = this(object).code.get();
    let is_native = code.layout::<CodeObject>().is_some_and(|code| code.unit.is_unseen);
    if is_native && !name.contains('.') {
        return cx.new_text(&format!("<built-in function {name}>"));
    }
    cx.new_text(&format!("<function {name} at {:#x}>", object.address()))
}

fn bind(cx: &Interpreter, function: &Object, instance: Option<&Object>, _: Option<&Object>) -> Outcome {
    match instance {
        Some(instance) if !cx.is_none(instance) => new_bound_method(cx, function, instance),
        _ => Ok(function.new_ref()),
    }
}

fn new_function(cx: &Interpreter, _: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let parameters = Parameters {
        function: "function",
        names: ["code", "globals", "name", "argdefs", "closure"],
        positional_only: 0,
        positional: 5,
        required: 2,
    };
    let [code, globals, name, defaults, closure] = parameters.bind(cx, arguments)?;
    let (Some(code), Some(globals)) = (code, globals) else {
        return Err(cx.system_error("required arguments"));
    };
    let Some(linked) = code.layout::<CodeObject>() else {
        let kind = code.type_name();
        return Err(cx.type_error(format_args!("function() argument 'code' must be code, not {kind}")));
    };
    if globals.as_dict().is_none() {
        let kind = globals.type_name();
        return Err(cx.type_error(format_args!("function() argument 'globals' must be dict, not {kind}")));
    }
    let function =
        crate::vm::function::new_function(cx, &crate::runtime::protocol::counted(linked), globals)?;
    if let Some(name) = name.filter(|name| !cx.is_none(name)) {
        function.name.set(name);
    }
    function.defaults.set(defaults.filter(|it| !cx.is_none(it)));
    function.closure.set(closure.filter(|it| !cx.is_none(it)));
    Ok(function.into_object())
}

static FUNCTION_ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__closure__", |cx, it| value_or_none(cx, &this(it).closure), "").member(),
    NativeAttribute::new("__doc__", |cx, it| value_or_none(cx, &this(it).documentation), "")
        .with_set(|_, it, value| set_any(&this(it).documentation, value))
        .member(),
    NativeAttribute::new("__globals__", |_, it| Ok(this(it).globals.get()), "").member(),
    NativeAttribute::new("__module__", |cx, it| value_or_none(cx, &this(it).module), "")
        .with_set(|_, it, value| set_any(&this(it).module, value))
        .member(),
    NativeAttribute::new("__builtins__", |_, it| Ok(this(it).builtins.get()), "").member(),
    NativeAttribute::new("__code__", |_, it| Ok(this(it).code.get()), "").with_set(set_code),
    NativeAttribute::new("__defaults__", |cx, it| value_or_none(cx, &this(it).defaults), "").with_set(
        |cx, it, value| {
            set_checked(cx, &this(it).defaults, value, "__defaults__ must be set to a tuple object", |v| {
                v.as_tuple().is_some()
            })
        },
    ),
    NativeAttribute::new("__kwdefaults__", |cx, it| value_or_none(cx, &this(it).keyword_defaults), "")
        .with_set(|cx, it, value| {
            set_checked(
                cx,
                &this(it).keyword_defaults,
                value,
                "__kwdefaults__ must be set to a dict object",
                |v| v.as_dict().is_some(),
            )
        }),
    NativeAttribute::new("__annotations__", annotations, "").with_set(|cx, it, value| {
        set_checked(cx, &this(it).annotations, value, "__annotations__ must be set to a dict object", |v| {
            v.as_dict().is_some()
        })
    }),
    NativeAttribute::new("__dict__", type_type::instance_dict, "").with_set(type_type::set_built_in_dict),
    NativeAttribute::new("__name__", |_, it| Ok(this(it).name.get()), "").with_set(|cx, it, value| {
        set_text(cx, &this(it).name, value, "__name__ must be set to a string object")
    }),
    NativeAttribute::new("__qualname__", |_, it| Ok(this(it).qualified_name.get()), "").with_set(
        |cx, it, value| {
            set_text(cx, &this(it).qualified_name, value, "__qualname__ must be set to a string object")
        },
    ),
];

fn set_any(field: &Field<Option<ObjectRef>>, value: Option<&Object>) -> Outcome<()> {
    field.set(value.map(Object::new_ref));
    Ok(())
}

fn set_checked(
    cx: &Interpreter,
    field: &Field<Option<ObjectRef>>,
    value: Option<&Object>,
    refusal: &str,
    is_valid: fn(&Object) -> bool,
) -> Outcome<()> {
    let value = value.filter(|value| !cx.is_none(value));
    if value.is_some_and(|value| !is_valid(value)) {
        return Err(cx.type_error(refusal));
    }
    set_any(field, value)
}

/// The dict of annotations, made of the tuple that the function was born with once it is asked for.
fn annotations(cx: &Interpreter, object: &Object) -> Outcome {
    let field = &this(object).annotations;
    let held = field.get();
    if held.as_ref().is_none_or(|held| held.as_tuple().is_some()) {
        let made = cx.new_dict()?;
        let pairs = held.as_ref().and_then(|held| held.as_tuple()).map(|pairs| pairs.items());
        for pair in pairs.unwrap_or_default().chunks_exact(2) {
            cx.dict_set(&made, &pair[0], pair[1].clone())?;
        }
        field.set(Some(made.into_object()));
    }
    value_or_none(cx, field)
}

/// Code objects that were replaced while frames may run them: kept until the interpreter ends.
#[derive(Default)]
struct RetiredCode(std::cell::RefCell<Vec<ObjectRef>>);

impl Roots for RetiredCode {
    fn name(&self) -> &'static str {
        "code that was replaced"
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.0.borrow().iter().for_each(|code| visitor(code.as_pointer()));
    }

    fn release(&self) -> bool {
        !self.0.take().is_empty()
    }
}

fn set_code(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let Some(code) = value.filter(|value| value.layout::<CodeObject>().is_some()) else {
        return Err(cx.type_error("__code__ must be set to a code object"));
    };
    let function = this(object);
    let free = code.layout::<CodeObject>().map_or(0, |code| code.unit.source.free_names.len());
    let cells = function.closure_cells().len();
    if free != cells {
        let name = cx.display(&function.name.get());
        return Err(cx.value_error(format_args!(
            "{name}() requires a code object with {cells} free vars, not {free}"
        )));
    }
    let old = function.code.replace(code.new_ref());
    cx.rooted_extension::<RetiredCode>().0.borrow_mut().push(old);
    Ok(())
}

fn method_repr(cx: &Interpreter, object: &Object) -> Outcome {
    let method = method_of(object);
    let function = method.function.get();
    let name =
        cx.find_attribute(&function, &cx.names.qualname)?.or(cx.find_attribute(&function, &cx.names.name)?);
    let name =
        name.filter(|name| name.as_text().is_some()).map_or_else(|| "?".to_owned(), |name| cx.display(&name));
    let bound = cx.repr(&method.bound.get())?;
    cx.new_text(&format!("<bound method {name} of {}>", cx.display(&bound)))
}

fn call_method(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let method = method_of(object);
    let (mut function, first) = (method.function.get(), method.bound_for_call());
    if function.layout::<BoundMethod>().is_none() {
        return cx.call_lent_prepended(&function, first, arguments);
    }
    // A method of a method of a method adds all its instances at once: the arguments are copied once.
    let mut bound = vec![first.new_ref()];
    while let Some(inner) = function.layout::<BoundMethod>() {
        bound.push(inner.bound.get());
        let next = inner.function.get();
        function = next;
    }
    let mut values = Vec::new();
    let count = arguments.values.len().saturating_add(bound.len());
    values.try_reserve_exact(count).map_err(|_| cx.raise_memory_error())?;
    values.extend(bound.into_iter().rev());
    values.extend_from_slice(arguments.values);
    cx.call_with(&function, Arguments { values: &values, names: arguments.names })
}

fn compare_methods(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    let (Some(a), Some(b)) = (left.layout::<BoundMethod>(), right.layout::<BoundMethod>()) else {
        return Ok(cx.not_implemented.clone());
    };
    let same = a.bound.get().is(&b.bound.get()) && cx.equal(&a.function.get(), &b.function.get())?;
    match comparison {
        Comparison::Equal => Ok(cx.new_bool(same)),
        Comparison::NotEqual => Ok(cx.new_bool(!same)),
        _ => Ok(cx.not_implemented.clone()),
    }
}

fn hash_method(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    let method = method_of(object);
    let bound = crate::values::hashing::pointer(method.bound.get().address());
    let hash = bound ^ cx.hash(&method.function.get())?;
    Ok(if hash == -1 { -2 } else { hash })
}

/// Attributes of a method are its type's first, then its function's.
fn method_attribute(cx: &Interpreter, object: &Object, name: &Object) -> Outcome {
    let text = cx.attribute_name(name)?;
    if let Some(found) = cx.type_lookup(object.type_object(), &text) {
        return match found.type_object().slots.descriptor_get.get() {
            Some(get) => get(cx, &found, Some(object), Some(object.type_object())),
            None => Ok(found),
        };
    }
    cx.get_attribute(&method_of(object).function.get(), name)
}

fn new_method(cx: &Interpreter, _: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    cx.no_keywords("method", arguments)?;
    cx.check_positional("method", arguments.values.len(), 2, 2)?;
    let [function, bound] = arguments.values else { return Err(Raised) };
    if function.type_object().slots.call.get().is_none() {
        return Err(cx.type_error("first argument must be callable"));
    }
    if cx.is_none(bound) {
        return Err(cx.type_error("self must not be None"));
    }
    new_bound_method(cx, function, bound)
}

static METHOD_ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new(
        "__func__",
        |_, it| Ok(method_of(it).function.get()),
        "the function (or other callable) implementing a method",
    )
    .member(),
    NativeAttribute::new(
        "__self__",
        |_, it| Ok(method_of(it).bound.get()),
        "the instance to which a method is bound",
    )
    .member(),
    NativeAttribute::new(
        "__doc__",
        |cx, it| cx.get_attribute_text(&method_of(it).function.get(), &cx.names.doc),
        "",
    ),
];

static METHOD_METHODS: &[NativeMethod] =
    &[NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce_method), "($self, /)", "")];

fn reduce_method(cx: &Interpreter, object: &Object) -> Outcome {
    let method = method_of(object);
    let getattr = cx.dict_get_str(&cx.builtins, "getattr")?.unwrap_or_else(|| cx.none());
    let name = cx.get_attribute_text(&method.function.get(), &cx.names.name)?;
    let arguments = cx.new_tuple(&[method.bound.get(), name])?;
    cx.new_tuple(&[getattr, arguments])
}
