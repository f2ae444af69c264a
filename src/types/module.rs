//! Modules: a name and a namespace.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to.
#![deny(unsafe_code)]

use std::cell::Cell;
use std::mem::offset_of;

use crate::object::{Object, ObjectRef, Ref, WeakSupport, layout};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::protocol::attribute::generic_set;
use crate::runtime::{
    Arguments, DictPlace, Field, Interpreter, Outcome, Parameters, Raised, TypeFlags, TypeObject, TypeSpec,
    Typed,
};
use crate::types::support::{dict_ref, entries, reference, text_ref};
use crate::values::dict::Dict;
use crate::values::text::Text;

/// A module: 56 bytes behind the gc header, as in the reference.
#[repr(C)]
pub struct Module {
    /// The header.
    pub object: Object,
    /// `__dict__`
    pub dict: Field<Option<ObjectRef>>,
    /// Weak references.
    pub weak_list: Cell<*const Object>,
    /// Room of the reference's definition, state and name.
    pub spare: [Cell<usize>; 3],
}
layout!(Module, object, Object);
crate::fields_lifecycle!(Module, WeakSupport::Field(offset_of!(Module, weak_list) as u32); dict);

static METHODS: &[NativeMethod] = &[NativeMethod::new(
    "__dir__",
    NativeCode::NoArguments(dir),
    "",
    "__dir__() -> list\nspecialized dir() implementation",
)];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("__dict__", |cx, this| Ok(namespace(cx, this)?.into_object()), "").member(),
    NativeAttribute::new("__annotations__", annotations, "").with_set(set_annotations),
];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(&cx.types.module, TypeSpec {
        flags: TypeFlags::BASE_TYPE,
        dict_place: DictPlace::Field(offset_of!(Module, dict) as u32),
        slots: |slots| {
            slots.repr.set(Some(repr));
            slots.get_attribute.set(Some(get_attribute));
            slots.set_attribute.set(Some(generic_set));
            slots.new.set(Some(new));
            slots.init.set(Some(init));
        },
        methods: METHODS,
        attributes: ATTRIBUTES,
        documentation: "module(name, doc=None)\n--\n\nCreate a module object.\n\nThe name must be a string; the optional docstring can have any type.",
        ..TypeSpec::of::<Module>(lifecycle())
    })
}

/// A module over a namespace that exists already (`builtins`, `sys`).
pub fn new_module_with(cx: &Interpreter, name: &str, namespace: Ref<Dict>) -> Outcome<Ref<Module>> {
    let module = birth(cx, &cx.types.module, namespace.clone())?;
    fill(cx, &namespace, cx.intern(name)?.into_object(), cx.none())?;
    mark_native(module.as_object());
    Ok(module)
}

/// The namespace of a module.
pub fn namespace(cx: &Interpreter, object: &Object) -> Outcome<Ref<Dict>> {
    let Some(this) = object.layout::<Module>() else {
        return Err(cx.type_error("bad argument type for built-in operation"));
    };
    match this.dict.get().and_then(|dict| dict_ref(&dict)) {
        Some(dict) => Ok(dict),
        None => {
            let dict = cx.new_dict()?;
            this.dict.set(Some(dict.clone().into_object()));
            Ok(dict)
        }
    }
}

fn birth(cx: &Interpreter, kind: &TypeObject, namespace: Ref<Dict>) -> Outcome<Ref<Module>> {
    cx.birth_tracked(kind, |object| Module {
        object,
        dict: Field::new(Some(namespace.into_object())),
        weak_list: Cell::new(std::ptr::null()),
        spare: Default::default(),
    })
}

fn fill(cx: &Interpreter, namespace: &Dict, name: ObjectRef, documentation: ObjectRef) -> Outcome<()> {
    let names = &cx.names;
    cx.dict_set_text(namespace, &names.name, name)?;
    cx.dict_set_text(namespace, &names.doc, documentation)?;
    for name in [&names.package, &names.loader, &names.spec] {
        cx.dict_set_text(namespace, name, cx.none())?;
    }
    Ok(())
}

fn new(cx: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    Ok(birth(cx, kind, cx.new_dict()?)?.into_object())
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let parameters = Parameters {
        function: "module",
        names: ["name", "doc"],
        positional_only: 0,
        positional: 2,
        required: 1,
    };
    let [name, documentation] = parameters.bind(cx, arguments)?;
    let name = name.unwrap_or_else(|| cx.none());
    if name.as_text().is_none() {
        let found = if cx.is_none(&name) { "None".to_owned() } else { name.type_name() };
        return Err(cx.type_error(format_args!("module() argument 'name' must be str, not {found}")));
    }
    fill(cx, &*namespace(cx, object)?, name, documentation.unwrap_or_else(|| cx.none()))
}

fn get_attribute(cx: &Interpreter, object: &Object, name: &Object) -> Outcome {
    let name = cx.attribute_name(name)?;
    if let Some(found) = cx.generic_get_attribute(object, &name)? {
        return Ok(found);
    }
    let namespace = namespace(cx, object)?;
    match cx.dict_get_text(&namespace, &cx.names.getattr)? {
        Some(function) => cx.call(&function, &[name.into_object()]),
        None => Err(missing(cx, object, &namespace, &name)?),
    }
}

#[cold]
fn missing(cx: &Interpreter, object: &Object, namespace: &Dict, name: &Text) -> Outcome<Raised> {
    let attribute = name.to_rust_string_lossy();
    let module = cx.dict_get_text(namespace, &cx.names.name)?;
    let message = match module.as_deref().and_then(text_ref) {
        Some(module) => {
            let module = module.to_rust_string_lossy();
            match is_initializing(cx, namespace)? {
                true => format!(
                    "partially initialized module '{module}' has no attribute '{attribute}' (most likely due to a \
                     circular import)"
                ),
                false => format!("module '{module}' has no attribute '{attribute}'"),
            }
        }
        None => format!("module has no attribute '{attribute}'"),
    };
    Ok(cx.attribute_error(message, object, name))
}

/// Whether the import of the module is still under way: one that we import, or one whose `__spec__` says so.
pub fn is_initializing(cx: &Interpreter, namespace: &Dict) -> Outcome<bool> {
    if cx.thread.importing.borrow().contains(&namespace.address()) {
        return Ok(true);
    }
    let Some(spec) = cx.dict_get_text(namespace, &cx.names.spec)?.filter(|spec| !cx.is_none(spec)) else {
        return Ok(false);
    };
    match cx.find_attribute(&spec, &*cx.intern("_initializing")?)? {
        Some(value) => cx.is_true(&value),
        None => Ok(false),
    }
}

/// `<module 'name' from 'file'>`
fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let namespace = namespace(cx, object)?;
    let spec = cx.dict_get_text(&namespace, &cx.names.spec)?.filter(|spec| !cx.is_none(spec));
    let loader = cx.dict_get_text(&namespace, &cx.names.loader)?.filter(|loader| !cx.is_none(loader));
    if let (None, Some(loader)) = (&spec, &loader)
        && let Some(text) = loader_text(cx, object, loader)?
    {
        return Ok(text);
    }
    let name = match (&spec, cx.dict_get_text(&namespace, &cx.names.name)?) {
        (Some(spec), _) => cx.get_attribute_text(spec, &cx.names.name_)?,
        (None, Some(name)) => name,
        (None, None) => cx.new_text("?")?,
    };
    let name = cx.repr_text(&name)?.to_rust_string_lossy();
    if let Some(file) = cx.dict_get_text(&namespace, &cx.names.file)?.filter(|file| !cx.is_none(file)) {
        let file = cx.repr_text(&file)?.to_rust_string_lossy();
        return cx.new_text(&format!("<module {name} from {file}>"));
    }
    match (spec, loader) {
        (Some(spec), _) => {
            match cx.find_attribute(&spec, &*cx.intern("origin")?)?.as_deref().and_then(text_ref) {
                Some(origin) => {
                    let origin = origin.to_rust_string_lossy();
                    cx.new_text(&format!("<module {name} ({origin})>"))
                }
                None => cx.new_text(&format!("<module {name}>")),
            }
        }
        (None, Some(loader)) => {
            let loader = cx.repr_text(&loader)?.to_rust_string_lossy();
            cx.new_text(&format!("<module {name} ({loader})>"))
        }
        (None, None) if is_native(object) => cx.new_text(&format!("<module {name} (built-in)>")),
        (None, None) => cx.new_text(&format!("<module {name}>")),
    }
}

/// What the method `module_repr` of a loader says.
fn loader_text(cx: &Interpreter, module: &Object, loader: &Object) -> Outcome<Option<ObjectRef>> {
    let Some(method) = cx.find_attribute(loader, &*cx.intern("module_repr")?)? else { return Ok(None) };
    match cx.call(&method, &[module.new_ref()]) {
        Ok(text) => Ok(Some(text)),
        Err(Raised) => cx.take_if(&cx.types.exception).map(|_| None).ok_or(Raised),
    }
}

/// Remembers that a module is made of this program's own code, as the text of it says.
pub fn mark_native(module: &Object) {
    if let Some(module) = module.layout::<Module>() {
        module.spare[0].set(1);
    }
}

fn is_native(module: &Object) -> bool {
    module.layout::<Module>().is_some_and(|module| module.spare[0].get() == 1)
}

fn dir(cx: &Interpreter, object: &Object) -> Outcome {
    let dict = cx.get_attribute_text(object, &cx.names.dict)?;
    let Some(dict) = dict.as_dict().map(reference) else {
        return Err(cx.type_error("<module>.__dict__ is not a dictionary"));
    };
    match cx.dict_get_text(&dict, &cx.names.dir)? {
        Some(function) => cx.call(&function, &[]),
        None => cx.new_list(entries(&dict).into_iter().map(|(name, _)| name).collect()),
    }
}

fn annotations(cx: &Interpreter, object: &Object) -> Outcome {
    let namespace = namespace(cx, object)?;
    if let Some(found) = cx.dict_get_text(&namespace, &cx.names.annotations)? {
        return Ok(found);
    }
    let made = cx.new_dict()?.into_object();
    cx.dict_set_text(&namespace, &cx.names.annotations, made.clone())?;
    Ok(made)
}

fn set_annotations(cx: &Interpreter, object: &Object, value: Option<&Object>) -> Outcome<()> {
    let namespace = namespace(cx, object)?;
    let name = &cx.names.annotations;
    match value {
        Some(value) => cx.dict_set_text(&namespace, name, value.new_ref()),
        None if cx.dict_remove_text(&namespace, name)? => Ok(()),
        None => Err(cx.attribute_error("__annotations__", object, name)),
    }
}
