//! The values of `sys` that are named tuples: `version_info`, `flags` and their like.
//!
//! Each has a class of its own, a tuple with members, made natively: a program that prints one line should not wait for
//! classes that it never looks at.

#![forbid(unsafe_code)]

use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::slot_wrappers::REPR;
use crate::runtime::{
    Arguments, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, TypeFlags, TypeObject, Typed,
};
use crate::types::type_type::creation::type_new;
use crate::values::text::TextBuilder;

/// A named tuple of `sys`.
struct Structure {
    name: &'static str,
    fields: &'static [NativeAttribute],
    values: fn(&Interpreter) -> Outcome<Vec<ObjectRef>>,
}

macro_rules! fields {
    ($($index:literal $name:literal;)*) => {
        &[$(NativeAttribute::new($name, item::<$index>, "").member(),)*]
    };
}

static STRUCTURES: &[Structure] = &[
    Structure {
        name: "version_info",
        fields: fields! { 0 "major"; 1 "minor"; 2 "micro"; 3 "releaselevel"; 4 "serial"; },
        values: |cx| {
            let level = cx.intern("final")?.into_object();
            Ok(vec![cx.new_int(3)?, cx.new_int(11)?, cx.new_int(2)?, level, cx.new_int(0)?])
        },
    },
    Structure {
        name: "flags",
        fields: fields! {
            0 "debug"; 1 "inspect"; 2 "interactive"; 3 "optimize"; 4 "dont_write_bytecode"; 5 "no_user_site";
            6 "no_site"; 7 "ignore_environment"; 8 "verbose"; 9 "bytes_warning"; 10 "quiet"; 11 "hash_randomization";
            12 "isolated"; 13 "dev_mode"; 14 "utf8_mode"; 15 "warn_default_encoding"; 16 "safe_path";
            17 "int_max_str_digits";
        },
        values: flags,
    },
    Structure {
        name: "float_info",
        fields: fields! {
            0 "max"; 1 "max_exp"; 2 "max_10_exp"; 3 "min"; 4 "min_exp"; 5 "min_10_exp"; 6 "dig"; 7 "mant_dig";
            8 "epsilon"; 9 "radix"; 10 "rounds";
        },
        values: float_info,
    },
    Structure {
        name: "int_info",
        fields: fields! {
            0 "bits_per_digit"; 1 "sizeof_digit"; 2 "default_max_str_digits"; 3 "str_digits_check_threshold";
        },
        values: |cx| integers(cx, &[30, 4, 4300, 640]),
    },
    Structure {
        name: "hash_info",
        fields: fields! {
            0 "width"; 1 "modulus"; 2 "inf"; 3 "nan"; 4 "imag"; 5 "algorithm"; 6 "hash_bits"; 7 "seed_bits";
            8 "cutoff";
        },
        values: hash_info,
    },
    Structure {
        name: "thread_info",
        fields: fields! { 0 "name"; 1 "lock"; 2 "version"; },
        values: |cx| Ok(vec![cx.new_text("pthread")?, cx.none(), cx.none()]),
    },
];

static METHODS: &[NativeMethod] = &[
    NativeMethod::new("__new__", NativeCode::Full(refuse), "", "").static_(),
    NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce), "", ""),
];

fn integers(cx: &Interpreter, values: &[i64]) -> Outcome<Vec<ObjectRef>> {
    values.iter().map(|value| cx.new_int(*value)).collect()
}

fn flags(cx: &Interpreter) -> Outcome<Vec<ObjectRef>> {
    let mut values = integers(cx, &[0; 18])?;
    values[3] = cx.new_int(i64::from(cx.options.optimize))?;
    values[13] = cx.new_bool(false);
    values[16] = cx.new_bool(false);
    values[17] = cx.new_int(-1)?;
    Ok(values)
}

fn float_info(cx: &Interpreter) -> Outcome<Vec<ObjectRef>> {
    let mut values = integers(cx, &[0, 1024, 308, 0, -1021, -307, 15, 53, 0, 2, 1])?;
    for (index, value) in [(0, f64::MAX), (3, f64::MIN_POSITIVE), (8, f64::EPSILON)] {
        values[index] = cx.new_float(value)?;
    }
    Ok(values)
}

fn hash_info(cx: &Interpreter) -> Outcome<Vec<ObjectRef>> {
    let mut values = integers(cx, &[64, 0x1fff_ffff_ffff_ffff, 314_159, 0, 1_000_003, 0, 64, 128, 0])?;
    values[5] = cx.new_text("siphash13")?;
    Ok(values)
}

/// An item of the tuple.
fn item<const INDEX: usize>(cx: &Interpreter, object: &Object) -> Outcome {
    let found = object.as_tuple().and_then(|tuple| tuple.get(INDEX));
    Ok(found.unwrap_or_else(|| cx.none()))
}

/// The structure whose class this is.
fn structure_of(kind: &TypeObject) -> Option<&'static Structure> {
    let name = kind.name.get();
    let name = name.as_text()?;
    STRUCTURES.iter().find(|structure| name.equals_str(structure.name))
}

fn refuse(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let class = arguments.values.first().and_then(|class| class.as_type());
    let name = class.and_then(structure_of).map_or("", |structure| structure.name);
    Err(cx.type_error(format_args!("cannot create 'sys.{name}' instances")))
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let Some(structure) = structure_of(object.type_object()) else { return cx.default_repr(object) };
    let mut out = TextBuilder::new();
    out.push_str("sys.")?;
    out.push_str(structure.name)?;
    for (index, field) in structure.fields.iter().enumerate() {
        out.push_str(if index == 0 { "(" } else { ", " })?;
        out.push_str(field.name)?;
        out.push_str("=")?;
        out.push_text(&*cx.repr_text(&*(field.get)(cx, object)?)?)?;
    }
    out.push_str(")")?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

/// `(class, (items, {}))`
fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let items = object.as_tuple().map_or(&[][..], |tuple| tuple.items());
    let arguments = cx.new_tuple(&[cx.new_tuple(items)?, cx.new_dict()?.into_object()])?;
    cx.new_tuple(&[object.type_object().new_ref(), arguments])
}

/// Adds all of them to `sys`.
pub(super) fn install(cx: &Interpreter) -> Outcome<()> {
    STRUCTURES.iter().try_for_each(|structure| {
        let value = make(cx, structure)?;
        cx.dict_set_str(&cx.sys, structure.name, value)
    })
}

fn make(cx: &Interpreter, structure: &'static Structure) -> Outcome {
    let class = make_class(cx, structure)?;
    let values = cx.new_tuple_from((structure.values)(cx)?)?;
    let (Some(kind), Some(new)) = (class.as_type(), cx.types.tuple.slots.new.get()) else {
        return Err(cx.system_error("a named tuple without a class"));
    };
    let made = new(cx, kind, Arguments::positional(&[values]))?;
    for method in METHODS {
        cx.add_method(&kind.new_type_ref(), method)?;
    }
    kind.slots.repr.set(Some(repr));
    cx.add_wrapper(&kind.new_type_ref(), &REPR)?;
    cx.type_modified(kind);
    cx.update_slots(kind);
    kind.slots.repr.set(Some(repr));
    Ok(cx.untracked(made))
}

/// The class with its members; until its own methods are added, instances can be made.
fn make_class(cx: &Interpreter, structure: &'static Structure) -> Outcome {
    let namespace = cx.new_dict()?;
    let names = structure.fields.iter().map(|field| cx.intern(field.name).map(Ref::into_object));
    let names = cx.new_tuple_from(names.collect::<Outcome<Vec<_>>>()?)?;
    let count = cx.new_size(structure.fields.len())?;
    for (name, value) in [
        ("__module__", cx.intern("sys")?.into_object()),
        ("__slots__", cx.empty_tuple.clone().into_object()),
        ("n_sequence_fields", count.clone()),
        ("n_fields", count),
        ("n_unnamed_fields", cx.new_int(0)?),
        ("__match_args__", names),
    ] {
        cx.dict_set_str(&namespace, name, value)?;
    }
    let bases = cx.new_tuple(&[cx.types.tuple.as_object().clone()])?;
    let arguments = [cx.intern(structure.name)?.into_object(), bases, namespace.into_object()];
    let class = type_new(cx, &cx.types.type_, Arguments::positional(&arguments))?;
    if let Some(kind) = class.as_type() {
        let kind = kind.new_type_ref();
        kind.module_name.set("sys");
        kind.flags.set(kind.flags.get() | TypeFlags::FULL_NAME);
        structure.fields.iter().try_for_each(|field| cx.add_attribute(&kind, field))?;
    }
    Ok(class)
}
