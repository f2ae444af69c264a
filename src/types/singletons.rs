//! `None`, `NotImplemented` and `Ellipsis`: types with one instance each; and the type of registers that are not bound,
//! which no program sees.

#![forbid(unsafe_code)]

use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::{Arguments, Interpreter, Outcome, Slots, TypeFlags, TypeObject, TypeSpec};

static NOT_IMPLEMENTED_METHODS: &[NativeMethod] = &[NativeMethod::new(
    "__reduce__",
    NativeCode::NoArguments(|cx, _| cx.new_text("NotImplemented")),
    "",
    "",
)];
static ELLIPSIS_METHODS: &[NativeMethod] =
    &[NativeMethod::new("__reduce__", NativeCode::NoArguments(|cx, _| cx.new_text("Ellipsis")), "", "")];

/// CPython takes the address of None, which is the same in every run of Debian's 3.11; the order of sets with None in
/// them depends on it.
const HASH_OF_NONE: i64 = 612_812;

/// Completes the types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    define_one(cx, &cx.types.none_type, &[], |slots| {
        slots.repr.set(Some(|cx, _| Ok(cx.intern("None")?.into_object())));
        slots.bool.set(Some(|_, _| Ok(false)));
        slots.hash.set(Some(|_, _| Ok(HASH_OF_NONE)));
        slots.new.set(Some(|cx, kind, arguments| only(cx, kind, arguments, &cx.none)));
    })?;
    define_one(cx, &cx.types.not_implemented_type, NOT_IMPLEMENTED_METHODS, |slots| {
        slots.repr.set(Some(|cx, _| Ok(cx.intern("NotImplemented")?.into_object())));
        slots.bool.set(Some(|cx, _| {
            let message = "NotImplemented should not be used in a boolean context";
            cx.warn(&cx.types.deprecation_warning, message).map(|()| true)
        }));
        slots.new.set(Some(|cx, kind, arguments| only(cx, kind, arguments, &cx.not_implemented)));
    })?;
    define_one(cx, &cx.types.ellipsis_type, ELLIPSIS_METHODS, |slots| {
        slots.repr.set(Some(|cx, _| Ok(cx.intern("Ellipsis")?.into_object())));
        slots.new.set(Some(|cx, kind, arguments| only(cx, kind, arguments, &cx.ellipsis)));
    })?;
    define_one(cx, &cx.types.unbound_type, &[], |_| {})
}

fn define_one(
    cx: &Interpreter,
    kind: &Ref<TypeObject>,
    methods: &'static [NativeMethod],
    slots: fn(&Slots),
) -> Outcome<()> {
    cx.define_type(
        kind,
        TypeSpec {
            flags: TypeFlags::IMMUTABLE,
            slots,
            methods,
            ..TypeSpec::of::<Object>(super::object::lifecycle())
        },
    )
}

/// The one instance.
fn only(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>, instance: &ObjectRef) -> Outcome {
    if !arguments.values.is_empty() {
        let kind =
            if kind.is(&cx.types.ellipsis_type) { "EllipsisType".to_owned() } else { kind.name_text() };
        return Err(cx.type_error(format_args!("{kind} takes no arguments")));
    }
    Ok(instance.clone())
}
