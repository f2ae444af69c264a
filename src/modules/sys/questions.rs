//! Functions of `sys` that tell or set a number or an object.

use crate::modules::support::to_c_int;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, AsException, Interpreter, Outcome, Parameters, Typed};
use crate::types::int::limit::{max_digits, set_max_digits};
use crate::vm::frame;

pub(super) fn exc_info(cx: &Interpreter, _: &Object) -> Outcome {
    let none = || cx.none();
    let Some(exception) = cx.thread.handled_exception() else {
        return cx.new_tuple(&[none(), none(), none()]);
    };
    let traceback = exception.as_exception().and_then(|it| it.traceback.get()).unwrap_or_else(none);
    cx.new_tuple(&[exception.type_object().new_ref(), exception.clone(), traceback])
}

pub(super) fn exception(cx: &Interpreter, _: &Object) -> Outcome {
    Ok(cx.thread.handled_exception().unwrap_or_else(|| cx.none()))
}

pub(super) fn exit(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("exit", arguments.len(), 0, 1)?;
    let exception = cx.call(&cx.types.system_exit, arguments)?;
    Err(cx.raise(exception))
}

/// The count as the program sees it: the argument's own reference is one of them.
pub(super) fn getrefcount(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    cx.new_size(object.count())
}

const GETSIZEOF: Parameters<2> = Parameters {
    function: "getsizeof",
    names: ["object", "default"],
    positional_only: 0,
    positional: 2,
    required: 1,
};

pub(super) fn getsizeof(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [object, default] = GETSIZEOF.bind(cx, arguments)?;
    let object = object.unwrap_or_else(|| cx.none());
    match size_of_object(cx, &object) {
        Ok(size) => cx.new_size(size),
        Err(raised) => match (default, cx.take_if(&cx.types.type_error)) {
            (Some(default), Some(_)) => Ok(default),
            (None, Some(error)) => Err(cx.raise_again(error)),
            (_, None) => Err(raised),
        },
    }
}

/// What `__sizeof__` says and what stands in front of the header.
fn size_of_object(cx: &Interpreter, object: &Object) -> Outcome<usize> {
    let Some(size) = cx.call_special(object, &cx.names.sizeof, &[]) else {
        let kind = object.type_name();
        return Err(cx.type_error(format_args!("Type {kind} doesn't define __sizeof__")));
    };
    let size = cx.index_isize(&*size?, Some(&cx.types.overflow_error))?;
    let size = usize::try_from(size).map_err(|_| cx.value_error("__sizeof__() should return >= 0"))?;
    let header = object.kind().lifecycle.prefix.bytes();
    Ok(size + header)
}

pub(super) fn intern(cx: &Interpreter, _: &Object, object: &Object) -> Outcome {
    let Some(text) = object.as_text() else {
        let kind = if cx.is_none(object) { "None".to_owned() } else { object.type_name() };
        return Err(cx.type_error(format_args!("intern() argument must be str, not {kind}")));
    };
    if !object.is_exactly(&cx.types.str) {
        let kind = object.type_name();
        return Err(cx.type_error(format_args!("can't intern {kind}")));
    }
    Ok(cx.intern_text(&crate::types::support::reference(text)).into_object())
}

pub(super) fn getrecursionlimit(cx: &Interpreter, _: &Object) -> Outcome {
    cx.new_size(cx.thread.recursion_limit.get())
}

pub(super) fn setrecursionlimit(cx: &Interpreter, _: &Object, limit: &Object) -> Outcome {
    let limit = to_c_int(cx, &*cx.index(limit)?)?;
    let Some(limit) = usize::try_from(limit).ok().filter(|limit| *limit >= 1) else {
        return Err(cx.value_error("recursion limit must be greater or equal than 1"));
    };
    // The call of this function counts.
    let depth = cx.thread.depth.get() + 1;
    if depth > limit {
        let message = format!(
            "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
        );
        return Err(cx.raise_text(&cx.types.recursion_error, &message));
    }
    cx.thread.recursion_limit.set(limit);
    Ok(cx.none())
}

pub(super) fn getframe(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("_getframe", arguments.len(), 0, 1)?;
    let depth = match arguments.first() {
        None => 0,
        Some(depth) => to_c_int(cx, &*cx.index(depth)?)?,
    };
    match frame::at_depth(cx, usize::try_from(depth).unwrap_or(0))? {
        Some(frame) => Ok(frame.into_object()),
        None => Err(cx.value_error("call stack is not deep enough")),
    }
}

pub(super) fn getallocatedblocks(cx: &Interpreter, _: &Object) -> Outcome {
    cx.new_size(cx.space.heap.allocated_blocks())
}

pub(super) fn debugmallocstats(cx: &Interpreter, _: &Object) -> Outcome {
    cx.write_stderr(&cx.space.heap.debug_malloc_stats());
    Ok(cx.none())
}

pub(super) fn is_finalizing(cx: &Interpreter, _: &Object) -> Outcome {
    Ok(cx.new_bool(cx.extension::<super::Finalizing>().under_way.get()))
}

pub(super) fn get_int_max_str_digits(cx: &Interpreter, _: &Object) -> Outcome {
    cx.new_size(max_digits(cx))
}

const SET_DIGITS: Parameters<1> = Parameters {
    function: "set_int_max_str_digits",
    names: ["maxdigits"],
    positional_only: 0,
    positional: 1,
    required: 1,
};

pub(super) fn set_int_max_str_digits(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [limit] = SET_DIGITS.bind(cx, arguments)?;
    let limit = to_c_int(cx, &*cx.index(&limit.unwrap_or_else(|| cx.none()))?)?;
    match usize::try_from(limit) {
        Ok(limit) if set_max_digits(cx, limit) => Ok(cx.none()),
        _ => Err(cx.value_error("maxdigits must be 0 or larger than 640")),
    }
}

pub(super) fn settrace(cx: &Interpreter, _: &Object, function: &Object) -> Outcome {
    crate::vm::trace::set_trace(cx, (!cx.is_none(function)).then(|| function.new_ref()));
    Ok(cx.none())
}

pub(super) fn setprofile(cx: &Interpreter, _: &Object, function: &Object) -> Outcome {
    crate::vm::trace::set_profile(cx, (!cx.is_none(function)).then(|| function.new_ref()));
    Ok(cx.none())
}

pub(super) fn call_tracing(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("call_tracing", arguments.len(), 2, 2)?;
    let Some(values) = arguments[1].as_tuple() else {
        let kind = arguments[1].type_name();
        return Err(cx.type_error(format_args!("call_tracing() argument 2 must be tuple, not {kind}")));
    };
    let values: Vec<ObjectRef> = cx.collect(values)?;
    let inside = cx.thread.observers.inside.replace(false);
    let result = cx.call(&arguments[0], &values);
    cx.thread.observers.inside.set(inside);
    result
}

/// The one thread by its number, which is the process's.
pub(super) fn current_frames(cx: &Interpreter, _: &Object) -> Outcome {
    let made = cx.new_dict()?;
    if let Some(innermost) = frame::at_depth(cx, 0)? {
        let number = cx.new_int(i64::from(std::process::id()))?;
        cx.dict_set(&made, &number, innermost.into_object())?;
    }
    Ok(made.into_object())
}

pub(super) fn current_exceptions(cx: &Interpreter, _: &Object) -> Outcome {
    let made = cx.new_dict()?;
    let number = cx.new_int(i64::from(std::process::id()))?;
    cx.dict_set(&made, &number, exc_info(cx, &cx.none())?)?;
    Ok(made.into_object())
}

/// `sys.setdlopenflags(flags)`
pub(super) fn set_load_flags(cx: &Interpreter, _: &Object, flags: &Object) -> Outcome {
    let flags = to_c_int(cx, &*cx.index(flags)?)?;
    cx.extension::<super::LoadFlags>().flags.set(flags);
    Ok(cx.none())
}

/// `sys.setswitchinterval(interval)`
pub fn set_switch_interval(cx: &Interpreter, _: &Object, interval: &Object) -> Outcome {
    let seconds = cx.to_f64(interval)?;
    if seconds <= 0.0 {
        return Err(cx.value_error("switch interval must be strictly positive"));
    }
    cx.extension::<super::SwitchInterval>().seconds.set(seconds);
    Ok(cx.none())
}
