//! What `throw(type, value, traceback)` throws.
//!
//! The arguments stay as they were given on their way down a chain of delegating generators; the exception is made where
//! it is raised, so that nobody on the way holds it.

use crate::object::ObjectRef;
use crate::runtime::type_object::Typed;
use crate::runtime::{AsException, Interpreter, Outcome, TypeFlags};

/// What calling an exception class has made. Where that failed, or made something else, the error is what is thrown.
fn made_exception(cx: &Interpreter, class: &ObjectRef, made: Outcome) -> ObjectRef {
    match made {
        Ok(made) if made.as_exception().is_some() => made,
        Ok(made) => {
            let (shown, kind) = (cx.display_repr(class), made.type_name());
            let _raised = cx.type_error(format_args!(
                "calling {shown} should have returned an instance of BaseException, not {kind}"
            ));
            cx.take_exception()
        }
        Err(_) => cx.take_exception(),
    }
}

/// The exception that they mean.
///
/// # Errors
/// TypeError for what cannot be raised.
pub fn thrown(cx: &Interpreter, arguments: &[ObjectRef]) -> Outcome {
    let what = &arguments[0];
    let value = arguments.get(1).filter(|value| !cx.is_none(value));
    let traceback = arguments.get(2).filter(|traceback| !cx.is_none(traceback));
    if traceback.is_some_and(|traceback| !traceback.is_exactly(&cx.types.traceback)) {
        return Err(cx.type_error("throw() third argument must be a traceback object"));
    }
    let is_class = what.as_type().is_some_and(|kind| kind.has(TypeFlags::EXCEPTION));
    let exception = if is_class {
        match value {
            Some(value) if value.as_type().is_none() && cx.is_instance(value, what)? => value.clone(),
            Some(value) => match value.as_tuple() {
                Some(arguments) => made_exception(cx, what, cx.call(what, arguments.items())),
                None => made_exception(cx, what, cx.call(what, std::slice::from_ref(value))),
            },
            None => made_exception(cx, what, cx.call(what, &[])),
        }
    } else if what.as_exception().is_some() {
        if value.is_some() {
            return Err(cx.type_error("instance exception may not have a separate value"));
        }
        what.clone()
    } else {
        let kind = what.type_name();
        return Err(cx.type_error(format_args!(
            "exceptions must be classes or instances deriving from BaseException, not {kind}"
        )));
    };
    if let (Some(exception), Some(traceback)) = (exception.as_exception(), traceback) {
        exception.traceback.set(Some(traceback.clone()));
    }
    Ok(exception)
}
