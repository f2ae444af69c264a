//! `code`.

use super::{code_replace, code_tables, code_value};
use crate::bytecode::Instruction;
use crate::object::{Object, Ref};
use crate::runtime::{
    Arguments, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, Parameters, TypeSpec, Typed,
};
use crate::types::coding::new_bytes;
use crate::types::iterators::plain::new_plain_iterator;
use crate::types::text::split::c_int;
use crate::values::text::Text;
use crate::vm::code_object::{CodeObject, lifecycle};

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.code,
        TypeSpec {
            slots: |slots| {
                slots.repr.set(Some(repr));
                slots.compare.set(Some(code_value::compare));
                slots.hash.set(Some(code_value::hash));
                slots.new.set(Some(code_replace::new));
            },
            methods: METHODS,
            attributes: ATTRIBUTES,
            documentation: "code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n     flags, codestring, \
                            constants, names, varnames, filename, name,\n     qualname, firstlineno, linetable, \
                            exceptiontable, freevars=(),\n     cellvars=(), /)\n--\n\nCreate a code object.  Not for \
                            the faint of heart.",
            ..TypeSpec::of::<CodeObject>(lifecycle())
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
    NativeAttribute::new("co_consts", constants, "").member(),
    NativeAttribute::new("co_varnames", |cx, it| texts(cx, &this(it).unit.source.variable_names), ""),
    NativeAttribute::new("co_cellvars", |cx, it| texts(cx, &this(it).unit.source.cell_names), ""),
    NativeAttribute::new("co_freevars", |cx, it| texts(cx, &this(it).unit.source.free_names), ""),
    NativeAttribute::new("co_nlocals", |cx, it| cx.new_size(this(it).unit.source.variable_names.len()), "")
        .member(),
    NativeAttribute::new("co_code", |cx, it| words(cx, &this(it).unit.source.instructions), ""),
    NativeAttribute::new("_co_code_adaptive", |cx, it| words(cx, &this(it).current_words()), ""),
    NativeAttribute::new(
        "co_linetable",
        |cx, it| new_bytes(cx, &code_tables::location_table(&this(it).unit.source)),
        "",
    )
    .member(),
    NativeAttribute::new(
        "co_exceptiontable",
        |cx, it| new_bytes(cx, &code_tables::exception_table(&this(it).unit.source.handlers)),
        "",
    )
    .member(),
    NativeAttribute::new(
        "co_lnotab",
        |cx, it| new_bytes(cx, &code_tables::line_differences(&this(it).unit.source)),
        "",
    ),
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

fn words(cx: &Interpreter, words: &[Instruction]) -> Outcome {
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.word().to_le_bytes()).collect();
    new_bytes(cx, &bytes)
}

static METHODS: &[NativeMethod] = &[
    NativeMethod::new("co_lines", NativeCode::NoArguments(lines), "", ""),
    NativeMethod::new(
        "replace",
        NativeCode::Full(code_replace::replace),
        "($self, /, *, co_argcount=-1, co_posonlyargcount=-1,\n        co_kwonlyargcount=-1, co_nlocals=-1, \
         co_stacksize=-1,\n        co_flags=-1, co_firstlineno=-1, co_code=None, co_consts=None,\n        \
         co_names=None, co_varnames=None, co_freevars=None,\n        co_cellvars=None, co_filename=None, \
         co_name=None,\n        co_qualname=None, co_linetable=None, co_exceptiontable=None)",
        "Return a copy of the code object with new values for the specified fields.",
    ),
    NativeMethod::new("co_positions", NativeCode::NoArguments(positions), "", ""),
    NativeMethod::new(
        "_varname_from_oparg",
        NativeCode::Full(variable_name),
        "($self, /, oparg)",
        "(internal-only) Return the local variable name for the given oparg.\n\nWARNING: this method is for internal \
         use only and may change or go away.",
    ),
];

fn lines(cx: &Interpreter, object: &Object) -> Outcome {
    let rows = code_tables::told_lines(&this(object).unit.source).into_iter().map(|row| {
        let place = |word: usize| cx.new_size(word * code_tables::WORD);
        cx.new_tuple(&[place(row.start)?, place(row.end)?, line_or_none(cx, row.line)?])
    });
    let rows = rows.collect::<Outcome<Vec<_>>>()?;
    new_plain_iterator(cx, &cx.types.line_iterator, cx.iter(&*cx.new_list(rows)?)?)
}

fn line_or_none(cx: &Interpreter, line: Option<u32>) -> Outcome {
    line.map_or_else(|| Ok(cx.none()), |line| cx.new_int(i64::from(line)))
}

/// A row for each word.
fn positions(cx: &Interpreter, object: &Object) -> Outcome {
    let rows = this(object).unit.source.locations.iter().map(|at| {
        let known = |part: u32| (at.line != 0).then_some(part);
        let parts =
            [at.line, at.end_line, at.column, at.end_column].map(|part| line_or_none(cx, known(part)));
        cx.new_tuple_from(parts.into_iter().collect::<Outcome<Vec<_>>>()?)
    });
    let rows = rows.collect::<Outcome<Vec<_>>>()?;
    new_plain_iterator(cx, &cx.types.positions_iterator, cx.iter(&*cx.new_list(rows)?)?)
}

/// The name of a register.
fn variable_name(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    let parameters = Parameters {
        function: "_varname_from_oparg",
        names: ["oparg"],
        positional_only: 0,
        positional: 1,
        required: 1,
    };
    let [register] = parameters.bind(cx, arguments)?;
    let register = register.map_or(Ok(-1), |register| c_int(cx, &register))?;
    let name = u16::try_from(register).ok().and_then(|register| this(object).local_name(register));
    match name {
        Some(name) => Ok(name.as_object().clone()),
        None => Err(cx.index_error("tuple index out of range")),
    }
}
