//! `code`.

use crate::object::{Object, Ref};
use crate::runtime::define::layout_of;
use crate::runtime::{
    Comparison, DictPlace, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, TypeSpec, Typed,
};
use crate::values::text::Text;
use crate::vm::code_object::{CodeObject, lifecycle};

pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.code,
        TypeSpec {
            lifecycle: lifecycle(),
            layout: layout_of::<CodeObject>(),
            basic_size: size_of::<CodeObject>(),
            item_size: 0,
            flags: 0,
            dict_place: DictPlace::None,
            slots: |slots| {
                slots.repr.set(Some(repr));
                slots.compare.set(Some(compare));
                slots.hash.set(Some(|_, code| Ok(crate::values::hashing::pointer(code.address()))));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: "Create a code object.  Not for mere mortals.",
        },
    )
}

fn this(object: &Object) -> &CodeObject {
    object.layout::<CodeObject>().expect("a method of code gets code")
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let unit = &this(object).unit.source;
    cx.new_text(&format!(
        "<code object {} at {:#x}, file \"{}\", line {}>",
        unit.name,
        object.address(),
        unit.file_name,
        unit.first_line
    ))
}

fn compare(cx: &Interpreter, left: &Object, right: &Object, comparison: Comparison) -> Outcome {
    match comparison {
        Comparison::Equal => Ok(cx.new_bool(left.is(right))),
        Comparison::NotEqual => Ok(cx.new_bool(!left.is(right))),
        _ => Ok(cx.not_implemented.clone()),
    }
}

fn names(cx: &Interpreter, names: &[Ref<Text>]) -> Outcome {
    cx.new_tuple_from(names.iter().map(|name| name.as_object().clone()).collect())
}

fn texts(cx: &Interpreter, texts: &[std::rc::Rc<str>]) -> Outcome {
    let made = texts.iter().map(|text| Ok(cx.intern(text)?.into_object())).collect::<Outcome<Vec<_>>>()?;
    cx.new_tuple_from(made)
}

static ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new(
        "co_argcount",
        |cx, it| cx.new_int(i64::from(this(it).unit.source.argument_count)),
        "",
    )
    .member(),
    NativeAttribute::new(
        "co_posonlyargcount",
        |cx, it| cx.new_int(i64::from(this(it).unit.source.positional_only_count)),
        "",
    )
    .member(),
    NativeAttribute::new(
        "co_kwonlyargcount",
        |cx, it| cx.new_int(i64::from(this(it).unit.source.keyword_only_count)),
        "",
    )
    .member(),
    NativeAttribute::new(
        "co_stacksize",
        |cx, it| cx.new_int(i64::from(this(it).unit.source.temporary_count)),
        "",
    )
    .member(),
    NativeAttribute::new("co_flags", |cx, it| cx.new_int(i64::from(flags(this(it)))), "").member(),
    NativeAttribute::new("co_names", |cx, it| names(cx, &this(it).unit.names), "").member(),
    NativeAttribute::new("co_filename", |_, it| Ok(this(it).unit.file_name.as_object().clone()), "").member(),
    NativeAttribute::new("co_name", |_, it| Ok(this(it).unit.name.as_object().clone()), "").member(),
    NativeAttribute::new("co_qualname", |_, it| Ok(this(it).unit.qualified_name.as_object().clone()), "")
        .member(),
    NativeAttribute::new(
        "co_firstlineno",
        |cx, it| cx.new_int(i64::from(this(it).unit.source.first_line)),
        "",
    )
    .member(),
    NativeAttribute::new("co_consts", constants, ""),
    NativeAttribute::new("co_varnames", |cx, it| texts(cx, &this(it).unit.source.variable_names), ""),
    NativeAttribute::new("co_cellvars", |cx, it| texts(cx, &this(it).unit.source.cell_names), ""),
    NativeAttribute::new("co_freevars", |cx, it| texts(cx, &this(it).unit.source.free_names), ""),
    NativeAttribute::new("co_nlocals", |cx, it| cx.new_size(this(it).unit.source.variable_names.len()), ""),
    NativeAttribute::new("co_code", bytes, ""),
];

fn flags(code: &CodeObject) -> u32 {
    code.unit.source.flags
}

fn constants(cx: &Interpreter, object: &Object) -> Outcome {
    let linked = &this(object).unit;
    if linked.constants_tuple.get().is_none() {
        linked.constants_tuple.set(Some(cx.new_tuple(&linked.constants)?));
    }
    Ok(linked.constants_tuple.get().unwrap_or_else(|| cx.none()))
}

fn bytes(cx: &Interpreter, object: &Object) -> Outcome {
    let words: Vec<u8> =
        this(object).unit.source.instructions.iter().flat_map(|word| word.word().to_le_bytes()).collect();
    Ok(crate::values::bytes::Bytes::from_slice(&cx.types.bytes, &words)?.into_object())
}

static METHODS: &[NativeMethod] = &[
    NativeMethod::new("co_lines", NativeCode::NoArguments(lines), "($self, /)", ""),
    NativeMethod::new(
        "replace",
        NativeCode::Full(super::code_replace::replace),
        "($self, /, **changes)",
        "Return a copy of the code object with new values for the specified fields.",
    ),
    NativeMethod::new("co_positions", NativeCode::NoArguments(positions), "($self, /)", ""),
];

fn lines(cx: &Interpreter, object: &Object) -> Outcome {
    let unit = &this(object).unit.source;
    let mut rows: Vec<(usize, usize, u32)> = Vec::new();
    for (index, location) in unit.locations.iter().enumerate() {
        match rows.last_mut() {
            Some(row) if row.2 == location.line => row.1 = index + 1,
            _ => rows.push((index, index + 1, location.line)),
        }
    }
    let rows = rows
        .into_iter()
        .map(|(start, end, line)| {
            cx.new_tuple(&[cx.new_size(start * 8)?, cx.new_size(end * 8)?, cx.new_int(i64::from(line))?])
        })
        .collect::<Outcome<Vec<_>>>()?;
    cx.iter(&*cx.new_list(rows)?)
}

fn positions(cx: &Interpreter, object: &Object) -> Outcome {
    let unit = &this(object).unit.source;
    let rows = unit.locations.iter().map(|at| {
        let parts = [at.line, at.end_line, at.column, at.end_column].map(|part| cx.new_int(i64::from(part)));
        cx.new_tuple_from(parts.into_iter().collect::<Outcome<Vec<_>>>()?)
    });
    let rows = rows.collect::<Outcome<Vec<_>>>()?;
    cx.iter(&*cx.new_list(rows)?)
}
