//! `filter`

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::{advance_or_raise, class_specification, itself, reduce_method};
use crate::fields_lifecycle;
use crate::object::{Object, ObjectRef, layout};
use crate::runtime::fixed::Fixed;
use crate::runtime::native::NativeMethod;
use crate::runtime::type_object::{TypeObject, Typed};
use crate::runtime::{Arguments, Interpreter, Outcome};
use crate::types::containers::{self, new_refuses_keywords, this};

/// `filter`
#[repr(C)]
pub struct Filter {
    /// The header.
    pub object: Object,
    /// Says which items pass; None asks the items themselves.
    pub function: Fixed,
    /// Where the items come from.
    pub iterator: Fixed,
}
layout!(Filter, object, Object);
fields_lifecycle!(Filter; iterator, function);

const DOCUMENTATION: &str = "filter(function or None, iterable) --> filter object\n\n    Return an iterator yielding those items of iterable for which function(item)\n    is true. If function is None, return the items that are true.";

static METHODS: &[NativeMethod] = &[reduce_method(reduce)];

/// Completes the type.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    let specification = class_specification::<Filter>(
        lifecycle(),
        |slots| {
            slots.new.set(Some(new));
            slots.iter.set(Some(itself));
            slots.next.set(Some(next));
        },
        METHODS,
        DOCUMENTATION,
    );
    cx.define_type(&cx.types.filter, specification)
}

fn new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    if new_refuses_keywords(kind, &cx.types.filter) {
        cx.no_keywords("filter", arguments)?;
    }
    let values = arguments.positional_values();
    cx.check_positional("filter", values.len(), 2, 2)?;
    let iterator = cx.iter(&values[1])?;
    let made = cx.birth_tracked(kind, |object| Filter {
        object,
        function: Fixed::new(values[0].clone()),
        iterator: Fixed::new(iterator),
    })?;
    Ok(made.into_object())
}

fn next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    let filter = this::<Filter>(object);
    let (function, iterator) = (filter.function.lent(), filter.iterator.lent());
    let asks_items = cx.is_none(function) || function.is(&cx.types.bool);
    while let Some(item) = advance_or_raise(cx, iterator)? {
        let passes = match asks_items {
            true => cx.is_true(&item)?,
            false => cx.is_true(&*cx.call(function, std::slice::from_ref(&item))?)?,
        };
        if passes {
            return Ok(Some(item));
        }
        cx.poll()?;
    }
    Ok(None)
}

fn reduce(cx: &Interpreter, object: &Object) -> Outcome {
    let filter = this::<Filter>(object);
    let arguments = containers::tuple(cx, &[&filter.function.get(), &filter.iterator.get()])?;
    containers::tuple(cx, &[object.type_object(), &arguments])
}
