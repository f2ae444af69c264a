//! `Struct`: a format that is read once.

#![forbid(unsafe_code)]

use super::{error, iterator, pack, unpack};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::native::{NativeAttribute, NativeCode, NativeMethod};
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, TypeFlags, TypeObject, TypeSpec, Typed};
use crate::types::coding;
use crate::types::containers::{extra_of, sizeof_with_buffers, this};
use crate::values::packing::{FormatError, Plan};
use crate::values::structure::{self as layout, Structure};

use NativeCode::{Full, NoArguments, One, Positional};

static METHODS: &[NativeMethod] = &[
    NativeMethod::new(
        "iter_unpack",
        One(|cx, object, bytes| iterator::new_iterator(cx, this(object), bytes)),
        "($self, buffer, /)",
        "Return an iterator yielding tuples.\n\nTuples are unpacked from the given bytes source, like a repeated\ninvocation of unpack_from().\n\nRequires that the bytes length be a multiple of the struct size.",
    ),
    NativeMethod::new(
        "pack",
        Positional(|cx, object, values| pack::pack(cx, this(object), values)),
        "",
        "S.pack(v1, v2, ...) -> bytes\n\nReturn a bytes object containing values v1, v2, ... packed according\nto the format string S.format.  See help(struct) for more on format\nstrings.",
    ),
    NativeMethod::new(
        "pack_into",
        Positional(|cx, object, given| pack::pack_into(cx, this(object), given)),
        "",
        "S.pack_into(buffer, offset, v1, v2, ...)\n\nPack the values v1, v2, ... according to the format string S.format\nand write the packed bytes into the writable buffer buf starting at\noffset.  Note that the offset is a required argument.  See\nhelp(struct) for more on format strings.",
    ),
    NativeMethod::new(
        "unpack",
        One(|cx, object, bytes| unpack::unpack(cx, this(object), bytes)),
        "($self, buffer, /)",
        "Return a tuple containing unpacked values.\n\nUnpack according to the format string Struct.format. The buffer's size\nin bytes must be Struct.size.\n\nSee help(struct) for more on format strings.",
    ),
    NativeMethod::new(
        "unpack_from",
        Full(unpack_from),
        "($self, /, buffer, offset=0)",
        "Return a tuple containing unpacked values.\n\nValues are unpacked according to the format string Struct.format.\n\nThe buffer's size in bytes, starting at position offset, must be\nat least Struct.size.\n\nSee help(struct) for more on format strings.",
    ),
    NativeMethod::new(
        "__sizeof__",
        NoArguments(|cx, object| sizeof_with_buffers(cx, object, this::<Structure>(object).table_bytes())),
        "",
        "S.__sizeof__() -> size of S in memory, in bytes",
    ),
];

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new(
        "format",
        |cx, object| this::<Structure>(object).format().map_or_else(|| cx.new_text(""), Ok),
        "struct format string",
    ),
    NativeAttribute::new(
        "size",
        |cx, object| cx.new_int(this::<Structure>(object).size() as i64),
        "struct size in bytes",
    ),
];

const PARAMETERS: Parameters<1> =
    Parameters { function: "Struct", names: ["format"], positional_only: 0, positional: 1, required: 1 };

pub(super) fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.structure,
        TypeSpec {
            flags: TypeFlags::BASE_TYPE,
            slots: |slots| {
                slots.new.set(Some(new));
                slots.init.set(Some(init));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: "Struct(fmt) --> compiled struct object\n\n",
            ..TypeSpec::of::<Structure>(layout::lifecycle())
        },
    )
}

fn new(_: &Interpreter, kind: &TypeObject, _: Arguments<'_>) -> Outcome {
    Ok(Structure::new(kind, extra_of(kind, layout::BASIC_SIZE))?.into_object())
}

fn init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let [Some(format)] = PARAMETERS.bind_lent(cx, arguments)? else { return Ok(()) };
    fill(cx, this(object), format)
}

/// What a format is read into.
pub(super) fn read(cx: &Interpreter, format: &Object) -> Outcome<Ref<Structure>> {
    let made = Structure::new(&cx.types.structure, 0)?;
    fill(cx, &made, format)?;
    Ok(made)
}

fn fill(cx: &Interpreter, structure: &Structure, format: &Object) -> Outcome<()> {
    let (text, bytes) = text_and_bytes(cx, format)?;
    let bytes = bytes.as_bytes().map(|bytes| bytes.as_slice()).unwrap_or_default();
    if bytes.contains(&0) {
        return Err(error(cx, "embedded null character"));
    }
    let plan = Plan::read(bytes).map_err(|wrong| match wrong {
        FormatError::BadCharacter => error(cx, "bad char in struct format"),
        FormatError::CountWithoutLetter => error(cx, "repeat count given without format specifier"),
        FormatError::TooLong => error(cx, "total struct size too long"),
        FormatError::OutOfMemory => cx.raise_memory_error(),
    })?;
    drop(structure.set(text, &plan)?);
    Ok(())
}

/// A format as text and as bytes.
fn text_and_bytes(cx: &Interpreter, format: &Object) -> Outcome<(ObjectRef, ObjectRef)> {
    if format.as_text().is_some() {
        let bytes = coding::encode(cx, format, Some("ascii"), None)?;
        return Ok((format.new_ref(), bytes));
    }
    match format.as_bytes() {
        Some(bytes) => {
            let text = coding::decode(cx, bytes.as_slice(), Some("latin-1"), None)?;
            Ok((text, format.new_ref()))
        }
        None => {
            let kind = format.type_name();
            let message = format_args!("Struct() argument 1 must be a str or bytes object, not {kind}");
            Err(cx.type_error(message))
        }
    }
}

fn unpack_from(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let [Some(bytes), offset] = unpack::FROM.bind_lent(cx, arguments)? else { return Ok(cx.none()) };
    unpack::unpack_from(cx, this(object), bytes, offset)
}
