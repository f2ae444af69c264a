//! What dicts, tuples and cells are for: a program knows a module's namespace as its globals, a function's tuple as its
//! default arguments. Found by one look at every object.

use rustc_hash::FxHashMap;

use super::describe::{module_name, place, short, text_of};
use super::places::Place;
use super::roots::{Role, Source, each_root, frame_name};
use crate::object::Object;
use crate::runtime::instances::dict_field;
use crate::runtime::{AsException, Interpreter, Typed};
use crate::vm::code_object::CodeObject;
use crate::vm::frame::Frame;
use crate::vm::function::{BoundMethod, Function};
use crate::vm::generator::Generator;

/// What an object is for.
#[derive(Clone, Debug)]
enum Use {
    /// `sys.modules`.
    Modules,
    /// The globals of a module.
    Module(String),
    /// The namespace of a class.
    Class(String),
    /// The `__dict__` of an instance, by the instance's type and address.
    Instance(String),
    /// Default arguments of a function: its name, and those of the parameters that have one.
    Defaults(String, Vec<String>),
    /// Default arguments by keyword.
    KeywordDefaults(String),
    /// The cells of a function.
    Closure(String),
    /// The cell of a variable: its name and the function's.
    Cell(String, String),
    /// The `__bases__` or the `__mro__` of a class.
    Ancestry(&'static str, String),
    /// The `args` of an exception.
    Arguments(String),
}

/// What all objects are for that are for something.
#[derive(Default)]
pub struct Names(FxHashMap<usize, Use>);

impl Names {
    /// Knows what needs no look: the table of modules, and the cells of running frames.
    pub fn new(cx: &Interpreter) -> Self {
        let mut names = Self::default();
        names.0.insert(cx.modules.as_object().address(), Use::Modules);
        each_root(cx, &mut |root| {
            if let (Source::Frame { depth, role: Role::Local(variable) }, Some(object)) =
                (root.source, root.object)
                && object.is_exactly(&cx.types.cell)
            {
                names.add(object, || Use::Cell(variable, frame_name(cx, depth)));
            }
        });
        names
    }

    /// Learns from an object what those are for that it holds.
    pub fn learn(&mut self, cx: &Interpreter, object: &Object) {
        if let Some(name) = module_name(cx, object) {
            if let Some(dict) = dict_field(object).and_then(|field| field.get()) {
                self.0.insert(dict.address(), Use::Module(name));
            }
        } else if let Some(kind) = object.as_type() {
            self.learn_class(kind);
        } else if let Some(function) = object.layout::<Function>() {
            self.learn_function(function);
        } else if let Some(exception) = object.as_exception() {
            self.add(&exception.arguments.get(), || Use::Arguments(place(object)));
        }
        if object.as_type().is_none()
            && let Some(dict) = dict_field(object).and_then(|field| field.get())
        {
            self.add(&dict, || Use::Instance(owner_of_dict(object)));
        }
    }

    /// Whether an object is known to be for something.
    pub fn knows(&self, object: &Object) -> bool {
        self.0.contains_key(&object.address())
    }

    /// Whether the object at an address is the namespace of a module or a class, or the table of modules.
    pub fn is_namespace(&self, address: usize) -> bool {
        matches!(
            self.0.get(&address),
            Some(Use::Modules | Use::Module(_) | Use::Class(_) | Use::Ancestry(..))
        )
    }

    fn add(&mut self, object: &Object, what: impl FnOnce() -> Use) {
        self.0.entry(object.address()).or_insert_with(what);
    }

    fn learn_class(&mut self, kind: &crate::runtime::TypeObject) {
        let name = kind.name_text();
        if let Some(dict) = kind.dict.get() {
            self.add(dict.as_object(), || Use::Class(name.clone()));
        }
        if let Some(bases) = kind.bases.get() {
            self.add(bases.as_object(), || Use::Ancestry("__bases__", name.clone()));
        }
        if let Some(mro) = kind.mro.get() {
            self.add(mro.as_object(), || Use::Ancestry("__mro__", name.clone()));
        }
    }

    fn learn_function(&mut self, function: &Function) {
        let name = function_name(function);
        let source = &function.code().unit.source;
        if let Some(defaults) = function.defaults.get() {
            let count = defaults.as_tuple().map_or(0, |tuple| tuple.len());
            let first = (source.argument_count as usize).saturating_sub(count);
            let parameters = source.variable_names.iter().skip(first).take(count);
            let parameters = parameters.map(|name| name.to_string()).collect();
            self.add(&defaults, || Use::Defaults(name.clone(), parameters));
        }
        if let Some(defaults) = function.keyword_defaults.get() {
            self.add(&defaults, || Use::KeywordDefaults(name.clone()));
        }
        if let Some(closure) = function.closure.get() {
            self.add(&closure, || Use::Closure(name.clone()));
            for (cell, variable) in function.closure_cells().iter().zip(&source.free_names) {
                self.add(cell, || Use::Cell(variable.to_string(), name.clone()));
            }
        }
    }

    /// A place in a holder in words, and what all such places have in common.
    pub fn told(&self, cx: &Interpreter, holder: &Object, at: &Place) -> Told {
        let text = self.text(cx, holder, at);
        Told { text, group: group(holder, at), rank: self.rank(holder, at) }
    }

    fn text(&self, cx: &Interpreter, holder: &Object, at: &Place) -> String {
        if let Some(text) = self.0.get(&holder.address()).and_then(|what| used_as(what, at)) {
            return text;
        }
        let place = place(holder);
        match at {
            Place::Index(index) => format!("{place}[{index}]"),
            Place::Value(key) => format!("value of {key} in {place}"),
            Place::Key(key) => format!("key {key} in {place}"),
            Place::Element => format!("element of {place}"),
            Place::Attribute(name) => format!("attribute {name} of {place}"),
            Place::Class => format!("class of {place}"),
            Place::Content => format!("content of {place}"),
            Place::Local(name) => format!("local {name} in {}", suspended(holder)),
            Place::Temporary(register) => format!("temporary r{register} of {}", suspended(holder)),
            Place::Constant => format!("constant of {}", short(cx, holder)),
            Place::Name => format!("name in {}", short(cx, holder)),
            Place::Field(name) => format!("{name} of {}", field_owner(cx, holder)),
        }
    }

    /// What tells most of a program comes first.
    fn rank(&self, holder: &Object, at: &Place) -> u8 {
        match (self.0.get(&holder.address()), at) {
            (Some(Use::Module(_)), Place::Value(_)) => 2,
            (_, Place::Local(_) | Place::Temporary(_)) => 3,
            (_, Place::Constant) => 6,
            (_, Place::Name | Place::Class | Place::Key(_)) => 7,
            (_, Place::Field(_)) => 5,
            _ => 4,
        }
    }
}

/// A place in words.
pub struct Told {
    /// `global a of module m`
    pub text: String,
    /// `values of dicts`
    pub group: String,
    /// Smaller ones come first.
    pub rank: u8,
}

fn used_as(what: &Use, at: &Place) -> Option<String> {
    match (what, at) {
        (Use::Modules, Place::Value(key)) => Some(format!("sys.modules[{key}]")),
        (Use::Modules, Place::Key(key)) => Some(format!("key {key} of sys.modules")),
        (Use::Module(module), Place::Value(key)) => Some(format!("global {} of module {module}", bare(key))),
        (Use::Module(module), Place::Key(key)) => {
            Some(format!("name {key} in the globals of module {module}"))
        }
        (Use::Class(class), Place::Value(key)) => Some(format!("attribute {} of class {class}", bare(key))),
        (Use::Class(class), Place::Key(key)) => Some(format!("name {key} in the namespace of class {class}")),
        (Use::Instance(of), Place::Value(key)) => Some(format!("attribute {} of {of}", bare(key))),
        (Use::Instance(of), Place::Key(key)) => Some(format!("name {key} in the __dict__ of {of}")),
        (Use::Defaults(function, parameters), Place::Index(index)) => {
            let parameter = parameters.get(*index).cloned().unwrap_or_else(|| index.to_string());
            Some(format!("default argument {parameter} of {function}"))
        }
        (Use::KeywordDefaults(function), Place::Value(key)) => {
            Some(format!("default argument {} of {function}", bare(key)))
        }
        (Use::Closure(function), Place::Index(index)) => Some(format!("closure of {function}, cell {index}")),
        (Use::Cell(variable, function), Place::Content) => {
            Some(format!("closure cell {variable} of {function}"))
        }
        (Use::Ancestry(field, class), Place::Index(index)) => {
            Some(format!("{field}[{index}] of class {class}"))
        }
        (Use::Arguments(exception), Place::Index(index)) => Some(format!("args[{index}] of {exception}")),
        _ => None,
    }
}

/// A name without the quotes of its key.
fn bare(key: &str) -> &str {
    key.strip_prefix('\'').and_then(|key| key.strip_suffix('\'')).unwrap_or(key)
}

fn group(holder: &Object, at: &Place) -> String {
    let kind = holder.type_name();
    match at {
        Place::Index(_) => format!("items of {kind} objects"),
        Place::Value(_) => "values of dicts".to_owned(),
        Place::Key(_) => "keys of dicts".to_owned(),
        Place::Element => "elements of sets".to_owned(),
        Place::Attribute(_) => format!("attributes of {kind} objects"),
        Place::Class => format!("class of {kind} objects"),
        Place::Content => "contents of cells".to_owned(),
        Place::Local(_) | Place::Temporary(_) => format!("registers of {kind} objects"),
        Place::Constant => "constants of code".to_owned(),
        Place::Name => "names in code".to_owned(),
        Place::Field(name) => format!("{name} of {kind} objects"),
    }
}

fn function_name(function: &Function) -> String {
    function.qualified_name.get().as_text().map(text_of).unwrap_or_default()
}

/// Whose attributes a dict holds.
fn owner_of_dict(object: &Object) -> String {
    match object.layout::<Function>() {
        Some(function) => format!("function {}", function_name(function)),
        None => place(object),
    }
}

/// Functions and the like are known by their names, others by their addresses.
fn field_owner(cx: &Interpreter, holder: &Object) -> String {
    let has_name = holder.layout::<Function>().is_some()
        || holder.layout::<CodeObject>().is_some()
        || holder.as_type().is_some()
        || module_name(cx, holder).is_some();
    if has_name {
        return short(cx, holder);
    }
    if holder.layout::<BoundMethod>().is_some() || holder.layout::<Generator>().is_some() {
        return format!("{} {:#x}", short(cx, holder), holder.address());
    }
    place(holder)
}

/// A generator or an ended frame.
fn suspended(holder: &Object) -> String {
    if let Some(generator) = holder.layout::<Generator>() {
        let name = generator.qualified_name.get().as_text().map(text_of).unwrap_or_default();
        return format!("suspended {} {name} {:#x}", holder.type_name(), holder.address());
    }
    let code = holder.layout::<Frame>().map(|frame| text_of(&frame.code().unit.qualified_name));
    format!("frame object of {}", code.unwrap_or_default())
}
