//! Weak references as a program sees them: `weakref.ref` and the two proxies, over [`WeakReference`].
//!
//! A plain reference, and a plain proxy, without a callback is made once for an object and shared. What a callback
//! raises cannot be caught; it goes to `sys.unraisablehook`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

mod proxy;
mod reference;

pub use proxy::new_proxy;

use crate::object::weak::{self, Sharing, WeakReference};
use crate::object::{Object, ObjectRef, WeakSupport};
use crate::runtime::interpreter::current;
use crate::runtime::protocol::call::full_name;
use crate::runtime::{Arguments, Interpreter, Outcome, TypeObject, Typed};

/// Completes the three types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    reference::define(cx)?;
    proxy::define(cx)
}

/// The weak reference to `referent` that was asked for: the shared one, or a new one.
fn obtain(
    cx: &Interpreter,
    kind: &TypeObject,
    referent: &Object,
    callback: Option<ObjectRef>,
    sharing: Sharing,
) -> Outcome {
    check_referable(cx, referent)?;
    let sharing = if callback.is_some() { Sharing::Own } else { sharing };
    if let Some(shared) = weak::shared(referent, sharing) {
        return Ok(shared);
    }
    match weak::birth(kind, kind.basic_size.get() as usize, referent, callback, sharing) {
        Some(born) => Ok(born.into_object()),
        None => Err(cx.raise_memory_error()),
    }
}

/// Lists and dicts can be referenced weakly here, which CPython refuses.
fn check_referable(cx: &Interpreter, referent: &Object) -> Outcome<()> {
    match referent.kind().lifecycle.weak.get() {
        WeakSupport::Field(_) => Ok(()),
        WeakSupport::SideTable if !cx.options.cpython => Ok(()),
        _ => {
            let kind = full_name(referent.type_object());
            Err(cx.type_error(format_args!("cannot create weak reference to '{kind}' object")))
        }
    }
}

/// Referent and callback from the arguments of `name`.
fn referent_and_callback(
    cx: &Interpreter,
    name: &str,
    arguments: &[ObjectRef],
) -> Outcome<(ObjectRef, Option<ObjectRef>)> {
    cx.check_positional(name, arguments.len(), 1, 2)?;
    let callback = arguments.get(1).filter(|callback| !cx.is_none(callback)).cloned();
    Ok((arguments[0].clone(), callback))
}

/// Calls the callback of a reference whose referent is gone.
fn referent_died(weak: &WeakReference, callback: &Object) {
    let cx = current();
    let raised_before = cx.thread.raised.take();
    // Native code does not keep its argument, and may drop the last reference to it.
    let counts_itself = callback.is_exactly(&cx.types.function)
        || callback.is_exactly(&cx.types.method)
        || callback.as_type().is_none() && cx.packs_arguments(callback);
    let _kept = (!counts_itself).then(|| weak.new_ref());
    if cx.call_lent(callback, [weak]).is_err() {
        cx.unraisable_in("Exception ignored in: ", callback);
    }
    cx.thread.raised.set(raised_before);
}

/// Whether this is a reference or a proxy.
fn as_weak(object: &Object) -> Option<&WeakReference> {
    object.layout::<WeakReference>()
}

/// Refuses all arguments.
fn no_arguments(cx: &Interpreter, name: &str, arguments: Arguments<'_>) -> Outcome<()> {
    cx.no_keywords(name, arguments)?;
    cx.check_positional(name, arguments.values.len(), 0, 0)
}
