//! `_struct`: values packed in bytes by a format.
//!
//! | file | subject |
//! |---|---|
//! | here | the functions of the module, its exception |
//! | [`kind`] | the class `Struct`: a format that is read once |
//! | [`pack`] | values to bytes |
//! | [`unpack`] | bytes to values |
//! | [`iterator`] | one record after the other |
//!
//! The functions make a `Struct` of their format each time: CPython keeps the last hundred, which no program sees.

mod iterator;
mod kind;
mod pack;
mod unpack;

use super::support::{new_module, set};
use crate::object::{Object, ObjectRef, Ref, Visitor};
use crate::runtime::roots::Roots;
use crate::runtime::{Arguments, Field, Interpreter, NativeCode, NativeMethod, Outcome, Raised, Typed};
use crate::values::structure::Structure;

use NativeCode::{Full, NoArguments, One, Positional};

const DOCUMENTATION: &str = "Functions to convert between Python values and C structs.\nPython bytes objects are used to hold the data representing the C struct\nand also as format strings (explained below) to describe the layout of data\nin the C struct.\n\nThe optional first format char indicates byte order, size and alignment:\n  @: native order, size & alignment (default)\n  =: native order, std. size & alignment\n  <: little-endian, std. size & alignment\n  >: big-endian, std. size & alignment\n  !: same as >\n\nThe remaining chars indicate types of args and must match exactly;\nthese can be preceded by a decimal repeat count:\n  x: pad byte (no data); c:char; b:signed byte; B:unsigned byte;\n  ?: _Bool (requires C99; if not available, char is used instead)\n  h:short; H:unsigned short; i:int; I:unsigned int;\n  l:long; L:unsigned long; f:float; d:double; e:half-float.\nSpecial cases (preceding decimal count indicates length):\n  s:string (array of char); p: pascal string (with count byte).\nSpecial cases (only available in native format):\n  n:ssize_t; N:size_t;\n  P:an integer type that is wide enough to hold a pointer.\nSpecial case (not in native mode unless 'long long' in platform C):\n  q:long long; Q:unsigned long long\nWhitespace between formats is ignored.\n\nThe variable struct.error is an exception raised on errors.\n";

static FUNCTIONS: &[NativeMethod] = &[
    NativeMethod::new(
        "_clearcache",
        NoArguments(|cx, _| Ok(cx.none())),
        "($module, /)",
        "Clear the internal cache.",
    ),
    NativeMethod::new(
        "calcsize",
        One(|cx, _, format| cx.new_int(kind::read(cx, format)?.size() as i64)),
        "($module, format, /)",
        "Return size in bytes of the struct described by the format string.",
    ),
    NativeMethod::new(
        "iter_unpack",
        Positional(|cx, _, given| {
            cx.check_positional("iter_unpack", given.len(), 2, 2)?;
            iterator::new_iterator(cx, &*kind::read(cx, &given[0])?, &given[1])
        }),
        "($module, format, buffer, /)",
        "Return an iterator yielding tuples unpacked from the given bytes.\n\nThe bytes are unpacked according to the format string, like\na repeated invocation of unpack_from().\n\nRequires that the bytes length be a multiple of the format struct size.",
    ),
    NativeMethod::new(
        "pack",
        Positional(|cx, _, given| {
            let (made, values) = read_first(cx, given)?;
            pack::pack(cx, &made, values)
        }),
        "",
        "pack(format, v1, v2, ...) -> bytes\n\nReturn a bytes object containing the values v1, v2, ... packed according\nto the format string.  See help(struct) for more on format strings.",
    ),
    NativeMethod::new(
        "pack_into",
        Positional(|cx, _, given| {
            let (made, values) = read_first(cx, given)?;
            pack::pack_into(cx, &made, values)
        }),
        "",
        "pack_into(format, buffer, offset, v1, v2, ...)\n\nPack the values v1, v2, ... according to the format string and write\nthe packed bytes into the writable buffer buf starting at offset.  Note\nthat the offset is a required argument.  See help(struct) for more\non format strings.",
    ),
    NativeMethod::new(
        "unpack",
        Positional(|cx, _, given| {
            cx.check_positional("unpack", given.len(), 2, 2)?;
            unpack::unpack(cx, &*kind::read(cx, &given[0])?, &given[1])
        }),
        "($module, format, buffer, /)",
        "Return a tuple containing values unpacked according to the format string.\n\nThe buffer's size in bytes must be calcsize(format).\n\nSee help(struct) for more on format strings.",
    ),
    NativeMethod::new(
        "unpack_from",
        Full(unpack_from),
        "($module, format, /, buffer, offset=0)",
        "Return a tuple containing values unpacked according to the format string.\n\nThe buffer's size, minus offset, must be at least calcsize(format).\n\nSee help(struct) for more on format strings.",
    ),
];

/// Completes the types of the module.
fn define(cx: &Interpreter) -> Outcome<()> {
    kind::define(cx)?;
    iterator::define(cx)
}

/// Makes the module.
pub fn make(cx: &Interpreter) -> Outcome {
    cx.define_late(&[&cx.types.structure, &cx.types.unpack_iterator], define)?;
    let module = new_module(cx, "_struct", FUNCTIONS, DOCUMENTATION)?;
    set(cx, &module, "Struct", cx.types.structure.as_object().clone())?;
    set(cx, &module, "error", error_type(cx)?)?;
    Ok(module)
}

fn unpack_from(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [Some(format), Some(bytes), offset] = unpack::FROM_FORMAT.bind_lent(cx, arguments)? else {
        return Ok(cx.none());
    };
    let made = kind::read(cx, format)?;
    unpack::unpack_from(cx, &made, bytes, offset)
}

/// The format that stands first among the arguments, read, and the others.
fn read_first<'a>(cx: &Interpreter, given: &'a [ObjectRef]) -> Outcome<(Ref<Structure>, &'a [ObjectRef])> {
    let Some((format, values)) = given.split_first() else {
        return Err(cx.type_error("missing format argument"));
    };
    Ok((kind::read(cx, format)?, values))
}

/// `struct.error`, a class that is made when the module is first asked for.
struct ErrorType(Field<Option<ObjectRef>>);

impl Default for ErrorType {
    fn default() -> Self {
        Self(Field::new(None))
    }
}

impl Roots for ErrorType {
    fn name(&self) -> &'static str {
        "struct.error"
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.0.visit(visitor);
    }

    fn release(&self) -> bool {
        self.0.take().is_some()
    }
}

fn error_type(cx: &Interpreter) -> Outcome {
    let kept = cx.rooted_extension::<ErrorType>();
    if let Some(kind) = kept.0.get() {
        return Ok(kind);
    }
    let bases = cx.new_tuple(&[cx.types.exception.as_object().clone()])?;
    let namespace = cx.new_dict()?;
    cx.dict_set_text(&namespace, &cx.names.module, cx.intern("struct")?.into_object())?;
    let kind = cx.call(&cx.types.type_, &[cx.new_text("error")?, bases, namespace.into_object()])?;
    kept.0.set(Some(kind.clone()));
    Ok(kind)
}

/// Raises `struct.error`.
#[cold]
fn error(cx: &Interpreter, message: impl std::fmt::Display) -> Raised {
    match error_type(cx) {
        Ok(kind) => match kind.as_type() {
            Some(kind) => cx.raise_text(kind, &message.to_string()),
            None => cx.system_error("struct.error is no type"),
        },
        Err(raised) => raised,
    }
}
