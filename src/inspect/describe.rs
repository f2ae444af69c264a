//! Short texts for objects, made without running any code of a program and without making an object.

use crate::object::Object;
use crate::runtime::native::{BuiltinFunction, MethodDescriptor};
use crate::runtime::{AsException, Interpreter, TypeObject, Typed};
use crate::types::module::Module;
use crate::values::text::Text;
use crate::vm::code_object::CodeObject;
use crate::vm::function::{BoundMethod, Function};
use crate::vm::generator::Generator;

/// Texts are cut behind so many characters.
const TEXT: usize = 24;
/// Containers show so many items.
const ITEMS: usize = 3;
/// Containers in containers are shown so deep.
const DEPTH: usize = 1;

/// A value as a program would write it where it is short, else what it is and where: `[1, 2, 3]`, `'abc'`,
/// `function f`, `Node 0x...`.
pub fn short(cx: &Interpreter, object: &Object) -> String {
    shown(cx, object, 0)
}

/// What an object is, and where: `list 0x...`.
pub fn place(object: &Object) -> String {
    format!("{} {:#x}", object.type_name(), object.address())
}

/// Names from a program as they may stand in a line.
pub fn text_of(text: &Text) -> String {
    text.to_rust_string_lossy()
}

fn shown(cx: &Interpreter, object: &Object, depth: usize) -> String {
    atom(cx, object).or_else(|| named(cx, object)).unwrap_or_else(|| container(cx, object, depth))
}

/// Values without parts.
fn atom(cx: &Interpreter, object: &Object) -> Option<String> {
    let is = |kind: &TypeObject| object.is_exactly(kind);
    if cx.is_none(object) {
        return Some("None".to_owned());
    }
    if is(&cx.types.bool) {
        return Some(if object.is(&cx.true_) { "True" } else { "False" }.to_owned());
    }
    if is(&cx.types.int) {
        return object
            .as_int()
            .map(|int| int.to_i64().map_or_else(|| "a big int".to_owned(), |it| it.to_string()));
    }
    if is(&cx.types.float) {
        return object.as_float().map(|float| crate::values::float_text::repr(float.value()));
    }
    if is(&cx.types.str) {
        return object.as_text().map(quoted);
    }
    if is(&cx.types.bytes) {
        return object.as_bytes().map(|bytes| quoted_bytes(bytes.as_slice()));
    }
    if object.is(&cx.not_implemented) {
        return Some("NotImplemented".to_owned());
    }
    object.is(&cx.ellipsis).then(|| "Ellipsis".to_owned())
}

/// What has a name.
fn named(cx: &Interpreter, object: &Object) -> Option<String> {
    if let Some(kind) = object.as_type() {
        return Some(format!("class {}", kind.name_text()));
    }
    if let Some(function) = object.layout::<Function>() {
        return Some(format!("function {}", name(&function.qualified_name.get())));
    }
    if let Some(code) = object.layout::<CodeObject>() {
        return Some(format!("code of {}", text_of(&code.unit.qualified_name)));
    }
    if let Some(method) = object.layout::<BoundMethod>() {
        let function = method.function.get();
        let of = function.layout::<Function>().map(|function| name(&function.qualified_name.get()));
        return Some(format!("method {}", of.unwrap_or_default()));
    }
    if let Some(function) = object.layout::<BuiltinFunction>() {
        return Some(format!("function {}", function.method.get().name));
    }
    if let Some(method) = object.layout::<MethodDescriptor>() {
        return Some(format!("method {}", method.method.get().name));
    }
    if let Some(generator) = object.layout::<Generator>() {
        return Some(format!("generator {}", name(&generator.qualified_name.get())));
    }
    module_name(cx, object).map(|name| format!("module {name}"))
}

/// The `__name__` of a module, if the object is one.
pub fn module_name(cx: &Interpreter, object: &Object) -> Option<String> {
    let namespace = object.layout::<Module>()?.dict.get()?;
    let name = namespace.as_dict()?.get_text(&cx.names.name)?;
    Some(name.as_text().map_or_else(|| "?".to_owned(), text_of))
}

/// Rows of objects by their first items, everything else by type and address.
fn container(cx: &Interpreter, object: &Object, depth: usize) -> String {
    if object.as_exception().is_some() || depth > DEPTH {
        return place(object);
    }
    let inner = |item: &Object| shown(cx, item, depth + 1);
    if object.is_exactly(&cx.types.list)
        && let Some(list) = object.as_list()
    {
        let items = (0..ITEMS).filter_map(|index| list.get(index)).map(|item| inner(&item)).collect();
        return enclosed(items, "[", "]", list.len());
    }
    if object.is_exactly(&cx.types.tuple)
        && let Some(tuple) = object.as_tuple()
    {
        let items: Vec<String> = tuple.items().iter().take(ITEMS).map(|item| inner(item)).collect();
        let end = if tuple.len() == 1 { ",)" } else { ")" };
        return enclosed(items, "(", end, tuple.len());
    }
    if object.is_exactly(&cx.types.dict)
        && let Some(dict) = object.as_dict()
    {
        let (mut position, mut items) = (0, Vec::new());
        while let Some((_, key, value)) = dict.next_entry(&mut position).filter(|_| items.len() < ITEMS) {
            items.push(format!("{}: {}", inner(&key), inner(&value)));
        }
        return enclosed(items, "{", "}", dict.len());
    }
    place(object)
}

fn enclosed(mut items: Vec<String>, open: &str, close: &str, length: usize) -> String {
    if length > items.len() {
        items.push("…".to_owned());
    }
    format!("{open}{}{close}", items.join(", "))
}

fn name(text: &Object) -> String {
    text.as_text().map(text_of).unwrap_or_default()
}

fn quoted(text: &Text) -> String {
    let mut out = String::from("'");
    for point in text.as_slice().iter().take(TEXT) {
        match char::from_u32(point) {
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some('\'') => out.push_str("\\'"),
            Some('\\') => out.push_str("\\\\"),
            Some(character) if !character.is_control() => out.push(character),
            _ if point < 0x100 => out.push_str(&format!("\\x{point:02x}")),
            _ => out.push_str(&format!("\\u{point:04x}")),
        }
    }
    out.push_str(if text.length() > TEXT { "…'" } else { "'" });
    out
}

fn quoted_bytes(bytes: &[u8]) -> String {
    let text: String = bytes.iter().take(TEXT).map(|byte| byte.escape_ascii().to_string()).collect();
    format!("b'{text}{}'", if bytes.len() > TEXT { "…" } else { "" })
}
