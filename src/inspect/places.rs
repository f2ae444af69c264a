//! The references of one object, each with the place where it stands: index, key, attribute, field.
//!
//! The law: for any object the places are as many as the references that the collector's walk shows, target by target.
//! What has no better name is a `Place::Field` named by the type.

use rustc_hash::FxHashMap;

use super::describe::{short, text_of};
use crate::gc::each_referent;
use crate::object::Object;
use crate::object::weak::WeakReference;
use crate::runtime::instances::{added_dict, each_field, each_named_member, each_value};
use crate::runtime::{AsException, Interpreter, TypeObject, Typed};
use crate::values::cell::Cell;
use crate::values::deque::Deque;
use crate::values::range::Range;
use crate::values::slice::Slice;
use crate::vm::code_object::CodeObject;
use crate::vm::frame::Frame;
use crate::vm::function::BoundMethod;
use crate::vm::generator::Generator;
use crate::vm::registers;

/// Where in an object a reference stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `[2]` of a row.
    Index(usize),
    /// The value of a key of a dict, with the key's short text.
    Value(String),
    /// The key itself.
    Key(String),
    /// Any element of a set.
    Element,
    /// An attribute that the instance keeps itself, or a `__slots__` member.
    Attribute(String),
    /// The class of an instance.
    Class,
    /// What a cell holds.
    Content,
    /// A local of a suspended generator or of an ended frame.
    Local(String),
    /// A temporary of a suspended generator.
    Temporary(u16),
    /// A constant of code.
    Constant,
    /// A name that code uses.
    Name,
    /// A field of a built-in layout, by its Python name.
    Field(String),
}

impl Place {
    /// As an arrow of a drawing is labelled.
    pub fn label(&self) -> String {
        match self {
            Self::Index(index) => format!("[{index}]"),
            Self::Value(key) => format!("[{key}]"),
            Self::Key(key) => format!("key {key}"),
            Self::Element => "element".to_owned(),
            Self::Attribute(name) | Self::Local(name) | Self::Field(name) => name.clone(),
            Self::Class => "class".to_owned(),
            Self::Content => "content".to_owned(),
            Self::Temporary(register) => format!("r{register}"),
            Self::Constant => "constant".to_owned(),
            Self::Name => "name".to_owned(),
        }
    }
}

/// No more references of one object are shown; nobody reads more.
pub const MOST_SHOWN: usize = 2_000;

/// Shows the references of an object with their places, the first ones if they are very many. With `only`, places are
/// found for references to that address alone.
pub fn each_reference(
    cx: &Interpreter,
    holder: &Object,
    only: Option<usize>,
    show: &mut dyn FnMut(Place, &Object),
) {
    let wanted = |target: &Object| only.is_none_or(|only| only == target.address());
    let mut missing: FxHashMap<usize, usize> = FxHashMap::default();
    let mut room = MOST_SHOWN;
    each_referent(holder, &mut |target| {
        if room > 0 && wanted(target) {
            *missing.entry(target.address()).or_default() += 1;
            room -= 1;
        }
    });
    if missing.is_empty() {
        return;
    }
    each_known(cx, holder, &wanted, &mut |place, target| {
        if let Some(left) = missing.get_mut(&target.address()).filter(|left| **left > 0) {
            *left -= 1;
            show(place, target);
        }
    });
    each_referent(holder, &mut |target| {
        if let Some(left) = missing.get_mut(&target.address()).filter(|left| **left > 0) {
            *left -= 1;
            show(Place::Field(unnamed(holder).to_owned()), target);
        }
    });
}

/// What a reference without a better name is called.
fn unnamed(holder: &Object) -> &'static str {
    match holder.type_object().is_a_weak_reference() {
        true => "callback",
        false => "a field",
    }
}

trait WeakKind {
    fn is_a_weak_reference(&self) -> bool;
}

impl WeakKind for TypeObject {
    fn is_a_weak_reference(&self) -> bool {
        self.lifecycle.referent_died.get().is_some()
    }
}

/// Whether an object is a weak reference or a proxy.
pub fn as_weak(object: &Object) -> Option<&WeakReference> {
    object.layout::<WeakReference>()
}

type Show<'a> = dyn FnMut(Place, &Object) + 'a;
type Wanted<'a> = dyn Fn(&Object) -> bool + 'a;

fn each_known(cx: &Interpreter, holder: &Object, wanted: &Wanted<'_>, show: &mut Show<'_>) {
    rows(holder, show);
    tables(cx, holder, wanted, show);
    instances(holder, show);
    each_field(holder, &mut |name, target| {
        if wanted(target) {
            show(Place::Field(python_name(holder, name)), target);
        }
    });
    if let Some(kind) = holder.as_type() {
        type_fields(kind, show);
    }
    if holder.as_exception().is_some() {
        exception_fields(cx, holder, show);
    }
    bounds(holder, show);
    code_and_registers(cx, holder, show);
}

fn rows(holder: &Object, show: &mut Show<'_>) {
    if let Some(tuple) = holder.as_tuple() {
        tuple.items().iter().enumerate().for_each(|(index, item)| show(Place::Index(index), item));
    }
    if let Some(list) = holder.as_list() {
        for index in 0..list.len() {
            if let Some(item) = list.get(index) {
                show(Place::Index(index), &item);
            }
        }
    }
    if let Some(deque) = holder.layout::<Deque>() {
        for index in 0..deque.len() {
            if let Some(item) = deque.get(index) {
                show(Place::Index(index), &item);
            }
        }
    }
}

fn tables(cx: &Interpreter, holder: &Object, wanted: &Wanted<'_>, show: &mut Show<'_>) {
    if let Some(dict) = holder.as_dict() {
        let mut position = 0;
        while let Some((_, key, value)) = dict.next_entry(&mut position) {
            if wanted(&value) {
                show(Place::Value(short(cx, &key)), &value);
            }
            if wanted(&key) {
                show(Place::Key(short(cx, &key)), &key);
            }
        }
    }
    if let Some(set) = holder.as_any_set() {
        let mut position = 0;
        while let Some((_, element)) = set.next_entry(&mut position) {
            show(Place::Element, &element);
        }
    }
    if let Some(cell) = holder.layout::<Cell>()
        && let Some(content) = cell.get()
    {
        show(Place::Content, &content);
    }
}

/// What instances of classes keep besides the layout of their base.
fn instances(holder: &Object, show: &mut Show<'_>) {
    let named = |name: &Object| Place::Attribute(name.as_text().map(text_of).unwrap_or_default());
    each_named_member(holder, &mut |name, value| show(named(name), value));
    each_value(holder, &mut |name, value| show(named(name), value));
    if let Some(dict) = added_dict(holder) {
        show(Place::Field("__dict__".to_owned()), &dict);
    }
    if holder.kind().lifecycle.counts_type {
        show(Place::Class, holder.type_object());
    }
}

fn type_fields(kind: &TypeObject, show: &mut Show<'_>) {
    let mut field = |name: &str, target: &Object| show(Place::Field(name.to_owned()), target);
    field("__name__", &kind.name.get());
    field("__qualname__", &kind.qualified_name.get());
    if let Some(base) = kind.base.get() {
        field("__base__", base.as_object());
    }
    for (name, tuple) in [("__bases__", kind.bases.get()), ("__mro__", kind.mro.get())] {
        if let Some(tuple) = tuple {
            field(name, tuple.as_object());
        }
    }
    if let Some(dict) = kind.dict.get() {
        field("__dict__", dict.as_object());
    }
    crate::runtime::instances::each_shared_key(kind, &mut |name| field("names of attributes", name));
}

fn exception_fields(cx: &Interpreter, holder: &Object, show: &mut Show<'_>) {
    let Some(exception) = holder.as_exception() else { return };
    show(Place::Field("args".to_owned()), &exception.arguments.get());
    let fields = [
        ("__dict__", &exception.dict),
        ("__notes__", &exception.notes),
        ("__traceback__", &exception.traceback),
        ("__context__", &exception.context),
        ("__cause__", &exception.cause),
    ];
    for (name, field) in fields {
        if let Some(target) = field.get() {
            show(Place::Field(name.to_owned()), &target);
        }
    }
    for (index, name) in added_fields(cx, holder.type_object()).iter().enumerate() {
        let added = (index < exception.extra_count()).then(|| exception.extra(index).get());
        if let Some(target) = added.flatten() {
            show(Place::Field((*name).to_owned()), &target);
        }
    }
}

/// What the fields are called that a type adds to exceptions, in their order.
fn added_fields(cx: &Interpreter, kind: &TypeObject) -> &'static [&'static str] {
    let types = &cx.types;
    let known: [(&TypeObject, &'static [&'static str]); 9] = [
        (&types.os_error, &["errno", "strerror", "filename", "filename2", "characters_written"]),
        (&types.stop_iteration, &["value"]),
        (&types.system_exit, &["code"]),
        (&types.import_error, &["msg", "name", "path"]),
        (&types.name_error, &["name"]),
        (&types.attribute_error, &["name", "obj"]),
        (&types.base_exception_group, &["message", "exceptions"]),
        (&types.syntax_error, SYNTAX_ERROR),
        (&types.unicode_error, &["encoding", "object", "start", "end", "reason"]),
    ];
    known.into_iter().find_map(|(base, names)| kind.is_subtype(base).then_some(names)).unwrap_or_default()
}

const SYNTAX_ERROR: &[&str] =
    &["msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line"];

/// Those whose layout is their own.
fn bounds(holder: &Object, show: &mut Show<'_>) {
    let mut field = |name: &str, target: &Object| show(Place::Field(name.to_owned()), target);
    if let Some(slice) = holder.layout::<Slice>() {
        field("start", slice.borrow_start());
        field("stop", slice.borrow_stop());
        field("step", slice.borrow_step());
    }
    if let Some(range) = holder.layout::<Range>() {
        for (name, bound) in [("start", range.start()), ("stop", range.stop()), ("step", range.step())] {
            field(name, &bound);
        }
        field("length", &range.length());
    }
}

fn code_and_registers(cx: &Interpreter, holder: &Object, show: &mut Show<'_>) {
    if let Some(code) = holder.layout::<CodeObject>() {
        let unit = &code.unit;
        unit.constants.iter().for_each(|constant| show(Place::Constant, constant));
        unit.names.iter().chain(&unit.local_names).for_each(|name| show(Place::Name, name.as_object()));
        if let Some(constants) = unit.constants_tuple.get() {
            show(Place::Field("co_consts".to_owned()), &constants);
        }
        for (name, text) in
            [("co_name", &unit.name), ("co_qualname", &unit.qualified_name), ("co_filename", &unit.file_name)]
        {
            show(Place::Field(name.to_owned()), text.as_object());
        }
    }
    if let Some(generator) = holder.layout::<Generator>() {
        generator_fields(cx, generator, show);
    }
    if let Some(frame) = holder.layout::<Frame>() {
        frame_fields(cx, frame, show);
    }
}

fn generator_fields(cx: &Interpreter, generator: &Generator, show: &mut Show<'_>) {
    let (code, fields) = (generator.code(), ["function", "gi_frame", "exception being handled"]);
    registers::each_of_generator(cx, generator, &mut |register, target| {
        show(register_place(code, register), target);
    });
    show(Place::Field("gi_code".to_owned()), &generator.code.get());
    show(Place::Field("__name__".to_owned()), &generator.name.get());
    show(Place::Field("__qualname__".to_owned()), &generator.qualified_name.get());
    for (name, field) in fields.into_iter().zip([&generator.function, &generator.frame, &generator.handled]) {
        if let Some(target) = field.get() {
            show(Place::Field(name.to_owned()), &target);
        }
    }
    if let Some(locals) = generator.parked_frame().and_then(|frame| frame.locals.get()) {
        show(Place::Field("f_locals".to_owned()), &locals);
    }
}

fn frame_fields(cx: &Interpreter, frame: &Frame, show: &mut Show<'_>) {
    registers::each_of_frame(cx, frame, &mut |register, target| {
        show(register_place(frame.code(), register), target);
    });
    let fields = [
        ("f_code", &frame.owned_code),
        ("f_globals", &frame.owned_globals),
        ("f_back", &frame.back),
        ("f_locals", &frame.locals),
        ("f_trace", &frame.trace),
        ("function", &frame.function),
        ("native function under way", &frame.watch.native),
    ];
    for (name, field) in fields {
        if let Some(target) = field.get() {
            show(Place::Field(name.to_owned()), &target);
        }
    }
}

/// The place of a register: a variable by its name, else a temporary.
pub fn register_place(code: &CodeObject, register: u16) -> Place {
    match code.local_name(register) {
        Some(name) if register < code.local_count => Place::Local(text_of(name)),
        _ => Place::Temporary(register),
    }
}

/// What Python calls a field of a native layout.
fn python_name(holder: &Object, field: &str) -> String {
    let is_method = holder.layout::<BoundMethod>().is_some();
    let name = match field {
        "bound" => "__self__",
        "function" if is_method => "__func__",
        "globals" => "__globals__",
        "builtins" => "__builtins__",
        "name" => "__name__",
        "qualified_name" => "__qualname__",
        "code" => "__code__",
        "defaults" => "__defaults__",
        "keyword_defaults" => "__kwdefaults__",
        "closure" => "__closure__",
        "documentation" => "__doc__",
        "dict" => "__dict__",
        "module" => "__module__",
        "annotations" => "__annotations__",
        "owner" => "__objclass__",
        "callable" => "__func__",
        "getter" => "fget",
        "setter" => "fset",
        "deleter" => "fdel",
        "next" => "tb_next",
        "frame" => "tb_frame",
        other => other,
    };
    name.to_owned()
}
