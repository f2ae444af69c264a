//! `time.struct_time`: a tuple of nine with names, and two more values behind it.

use crate::modules::platform::{Moment, Zone};
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::{
    Arguments, Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, Parameters, Raised,
    TypeFlags, TypeObject, Typed,
};
use crate::types::type_type::creation::type_new;
use crate::values::text::TextBuilder;

/// The visible fields.
const NAMES: [&str; 9] =
    ["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"];
/// The fields behind them, kept in the instance's dict.
const HIDDEN: [&str; 2] = ["tm_zone", "tm_gmtoff"];

const DOCUMENTATION: &str = "The time value as returned by gmtime(), localtime(), and strptime(), and\n accepted by asctime(), mktime() and strftime().  May be considered as a\n sequence of 9 integers.\n\n Note that several fields' values are not the same as those defined by\n the C language standard for struct tm.  For example, the value of the\n field tm_year is the actual year, not year - 1900.  See individual\n fields' descriptions for details.";

static METHODS: &[NativeMethod] = &[
    NativeMethod::new("__new__", NativeCode::Full(new), "", "Create and return a new object.").static_(),
    NativeMethod::new("__repr__", NativeCode::NoArguments(repr), "($self, /)", "Return repr(self)."),
    NativeMethod::new("__reduce__", NativeCode::NoArguments(reduce), "", ""),
];

macro_rules! fields {
    ($($index:literal $name:literal $documentation:literal;)*) => {
        &[$(NativeAttribute::new($name, |cx, object| item(cx, object, $index), $documentation).member(),)*]
    };
}

static FIELDS: &[NativeAttribute] = fields! {
    0 "tm_year" "year, for example, 1993";
    1 "tm_mon" "month of year, range [1, 12]";
    2 "tm_mday" "day of month, range [1, 31]";
    3 "tm_hour" "hours, range [0, 23]";
    4 "tm_min" "minutes, range [0, 59]";
    5 "tm_sec" "seconds, range [0, 61])";
    6 "tm_wday" "day of week, range [0, 6], Monday is 0";
    7 "tm_yday" "day of year, range [1, 366]";
    8 "tm_isdst" "1 if summer time is in effect, 0 if not, and -1 if unknown";
    9 "tm_zone" "abbreviation of timezone name";
    10 "tm_gmtoff" "offset from UTC in seconds";
};

/// Makes the class.
pub fn make_class(cx: &Interpreter) -> Outcome {
    let namespace = cx.new_dict()?;
    cx.dict_set_str(&namespace, "__module__", cx.new_text("time")?)?;
    cx.dict_set_str(&namespace, "__doc__", cx.new_text(DOCUMENTATION)?)?;
    for (name, count) in [("n_sequence_fields", 9), ("n_fields", 11), ("n_unnamed_fields", 0)] {
        cx.dict_set_str(&namespace, name, cx.new_int(count)?)?;
    }
    let names =
        NAMES.iter().map(|name| cx.intern(name).map(Ref::into_object)).collect::<Outcome<Vec<_>>>()?;
    cx.dict_set_str(&namespace, "__match_args__", cx.new_tuple_from(names)?)?;
    let bases = cx.new_tuple(&[cx.types.tuple.as_object().clone()])?;
    let arguments = [cx.new_text("struct_time")?, bases, namespace.into_object()];
    let class = type_new(cx, &cx.types.type_, Arguments::positional(&arguments))?;
    if let Some(kind) = class.as_type() {
        fill_class(cx, &kind.new_type_ref())?;
    }
    Ok(class)
}

fn fill_class(cx: &Interpreter, kind: &Ref<TypeObject>) -> Outcome<()> {
    kind.module_name.set("time");
    kind.flags.set(kind.flags.get() | TypeFlags::FULL_NAME);
    for method in METHODS {
        cx.add_method(kind, method)?;
    }
    for field in FIELDS {
        cx.add_attribute(kind, field)?;
    }
    cx.type_modified(kind);
    cx.update_slots(kind);
    Ok(())
}

/// A field: an item of the tuple, or what the instance's dict holds.
fn item(cx: &Interpreter, object: &Object, index: usize) -> Outcome {
    if let Some(found) = object.as_tuple().and_then(|tuple| tuple.get(index)) {
        return Ok(found);
    }
    let hidden = HIDDEN.get(index.wrapping_sub(NAMES.len())).copied().unwrap_or_default();
    match cx.instance_dict(object)? {
        Some(dict) => Ok(cx.dict_get_str(&dict, hidden)?.unwrap_or_else(|| cx.none())),
        None => Ok(cx.none()),
    }
}

fn new(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    const PARAMETERS: Parameters<2> = Parameters {
        function: "structseq",
        names: ["sequence", "dict"],
        positional_only: 0,
        positional: 2,
        required: 1,
    };
    let Some(class) = arguments.values.first() else {
        return Err(cx.type_error("structseq.__new__(): not enough arguments"));
    };
    let [sequence, fields] = PARAMETERS.bind(cx, arguments.without_first())?;
    let sequence = sequence.unwrap_or_else(|| cx.none());
    let iterable = sequence.type_object().slots.iter.get().is_some()
        || sequence.type_object().slots.get_item.get().is_some();
    if !iterable {
        return Err(cx.type_error("constructor requires a sequence"));
    }
    if fields.as_ref().is_some_and(|fields| fields.as_dict().is_none()) {
        return Err(cx.type_error("time.struct_time() takes a dict as second arg, if any"));
    }
    let items = cx.collect(&sequence)?;
    check_length(cx, items.len())?;
    let mut hidden = [cx.none(), cx.none()];
    for (index, name) in HIDDEN.iter().enumerate() {
        let given =
            fields.as_ref().and_then(|fields| fields.as_dict()).map(|dict| cx.dict_get_str(dict, name));
        match (items.get(NAMES.len() + index), given.transpose()?.flatten()) {
            (Some(value), _) => hidden[index] = value.clone(),
            (None, Some(value)) => hidden[index] = value,
            (None, None) => {}
        }
    }
    make(cx, class, items[..NAMES.len()].to_vec(), hidden)
}

fn check_length(cx: &Interpreter, given: usize) -> Outcome<()> {
    let refuse = |bound: &str, limit: usize| -> Raised {
        cx.type_error(format_args!(
            "time.struct_time() takes an {bound} {limit}-sequence ({given}-sequence given)"
        ))
    };
    match given {
        0..9 => Err(refuse("at least", 9)),
        9..=11 => Ok(()),
        _ => Err(refuse("at most", 11)),
    }
}

/// An instance of the class.
fn make(cx: &Interpreter, class: &Object, items: Vec<ObjectRef>, hidden: [ObjectRef; 2]) -> Outcome {
    let (Some(kind), Some(new)) = (class.as_type(), cx.types.tuple.slots.new.get()) else {
        return Err(cx.type_error("structseq.__new__(X): X is not a type object"));
    };
    let made = new(cx, kind, Arguments::positional(&[cx.new_tuple_from(items)?]))?;
    if let Some(dict) = cx.instance_dict(&made)? {
        for (name, value) in HIDDEN.iter().zip(hidden) {
            cx.dict_set_str(&dict, name, value)?;
        }
    }
    Ok(made)
}

/// An instance for a moment.
pub fn from_moment(cx: &Interpreter, class: &Object, moment: &Moment, zone: &Zone) -> Outcome {
    let rest = [
        moment.month,
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.weekday,
        moment.day_of_year,
        moment.summer,
    ];
    let mut items = vec![cx.new_int(moment.year)?];
    for value in rest {
        items.push(cx.new_int(i64::from(value))?);
    }
    let hidden = [cx.new_text(&zone.name)?, cx.new_int(zone.offset)?];
    Ok(cx.untracked(make(cx, class, items, hidden)?))
}

/// The zone that an instance carries.
pub fn zone_of(cx: &Interpreter, object: &Object) -> Outcome<Option<Zone>> {
    if object.is_exactly(&cx.types.tuple) {
        return Ok(None);
    }
    let (name, offset) = (item(cx, object, 9)?, item(cx, object, 10)?);
    let (Some(name), Some(offset)) = (name.as_text(), offset.as_int()) else { return Ok(None) };
    Ok(offset.to_i64().map(|offset| Zone { name: name.to_rust_string_lossy(), offset }))
}

fn repr(cx: &Interpreter, object: &Object) -> Outcome {
    let mut out = TextBuilder::new();
    out.push_str("time.struct_time(")?;
    for (index, name) in NAMES.iter().enumerate() {
        if index > 0 {
            out.push_str(", ")?;
        }
        out.push_str(name)?;
        out.push_str("=")?;
        let value = cx.repr_text(&*item(cx, object, index)?)?;
        out.push_text(&value)?;
    }
    out.push_str(")")?;
    Ok(out.finish(&cx.types.str)?.into_object())
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let items = (0..NAMES.len()).map(|index| item(cx, object, index)).collect::<Outcome<Vec<_>>>()?;
    let dict = cx.new_dict()?;
    for (index, name) in HIDDEN.iter().enumerate() {
        let value = item(cx, object, NAMES.len() + index)?;
        cx.dict_set_str(&dict, name, value)?;
    }
    let state = cx.new_tuple_from(vec![cx.new_tuple_from(items)?, dict.into_object()])?;
    cx.new_tuple_from(vec![object.type_object().new_ref(), state])
}
