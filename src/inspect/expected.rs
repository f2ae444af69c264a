//! Following an object from the moment when a name of the main program gets it: the name is looked for before each
//! instruction until it is there.

use std::cell::RefCell;

use super::{journal, lives};
use crate::object::{ObjectRef, Ref};
use crate::runtime::{Interpreter, Outcome};
use crate::values::text::Text;
use crate::vm::trace::set_steps;

/// The name that is looked for, and the main program's. Both texts are there from the beginning: looking takes no block.
#[derive(Default)]
struct Expected(RefCell<Option<[Ref<Text>; 2]>>);

/// Begins to look for a name. From now on it is known which instruction makes what.
///
/// # Errors
/// A want of memory.
pub fn expect(cx: &Interpreter, name: &str) -> Outcome<()> {
    journal::open(cx).stay_open();
    let names = [cx.intern("__main__")?, cx.intern(name)?];
    cx.extension::<Expected>().0.replace(Some(names));
    set_steps(cx, Some(step));
    Ok(())
}

/// Whether the name was found; looks once more. Nothing is looked for any more.
pub fn is_found(cx: &Interpreter) -> bool {
    step(cx);
    cx.extension::<Expected>().0.take().is_none()
}

fn step(cx: &Interpreter) {
    let expected = cx.extension::<Expected>();
    let found = expected.0.borrow().as_ref().and_then(|names| bound(cx, names));
    if let Some(object) = found {
        expected.0.take();
        set_steps(cx, None);
        lives::watch(cx, &object, None);
    }
}

/// What the name stands for in the main program.
fn bound(cx: &Interpreter, [main, name]: &[Ref<Text>; 2]) -> Option<ObjectRef> {
    let main = cx.modules.get_text(main)?;
    cx.instance_dict(&main).ok()??.get_text(name)
}
