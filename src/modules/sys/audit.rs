//! `sys.addaudithook` and `sys.audit`: functions that are told what a program is about to do. They stay to its end.

use std::cell::RefCell;

use crate::object::{Object, ObjectRef, Visitor};
use crate::runtime::roots::Roots;
use crate::runtime::{Arguments, Interpreter, Outcome, Parameters, Raised, Typed};

/// The hooks, in the order in which they came.
#[derive(Default)]
struct Hooks(RefCell<Vec<ObjectRef>>);

impl Roots for Hooks {
    fn name(&self) -> &'static str {
        "hooks of sys.addaudithook"
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.0.borrow().iter().for_each(|hook| visitor(hook.as_pointer()));
    }

    fn release(&self) -> bool {
        let hooks = self.0.take();
        !hooks.is_empty()
    }
}

const ADD: Parameters<1> =
    Parameters { function: "addaudithook", names: ["hook"], positional_only: 0, positional: 1, required: 1 };

/// `sys.addaudithook(hook)`: the hooks that are there already may refuse it.
pub(super) fn add_hook(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    let [hook] = ADD.bind(cx, arguments)?;
    if let Err(Raised) = tell(cx, "sys.addaudithook", &[]) {
        return match cx.take_if(&cx.types.exception) {
            Some(_) => Ok(cx.none()),
            None => Err(Raised),
        };
    }
    cx.rooted_extension::<Hooks>().0.borrow_mut().extend(hook);
    Ok(cx.none())
}

/// `sys.audit(event, *args)`
pub(super) fn audit(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let Some((event, rest)) = arguments.split_first() else {
        return Err(cx.type_error("audit() missing 1 required positional argument: 'event'"));
    };
    if !is_wanted(cx) {
        return Ok(cx.none());
    }
    if event.as_text().is_none() {
        let kind = if cx.is_none(event) { "None".to_owned() } else { event.type_name() };
        return Err(cx.type_error(format_args!("expected str for argument 'event', not {kind}")));
    }
    call_hooks(cx, event, cx.new_tuple(rest)?)?;
    Ok(cx.none())
}

/// Whether there are hooks.
pub fn is_wanted(cx: &Interpreter) -> bool {
    !cx.rooted_extension::<Hooks>().0.borrow().is_empty()
}

/// Tells the hooks of what the interpreter itself does.
pub fn tell(cx: &Interpreter, event: &str, arguments: &[ObjectRef]) -> Outcome<()> {
    if !is_wanted(cx) {
        return Ok(());
    }
    call_hooks(cx, &cx.new_text(event)?, cx.new_tuple(arguments)?)
}

fn call_hooks(cx: &Interpreter, event: &ObjectRef, arguments: ObjectRef) -> Outcome<()> {
    let hooks = cx.rooted_extension::<Hooks>().0.borrow().clone();
    for hook in hooks {
        cx.call(&hook, &[event.clone(), arguments.clone()])?;
    }
    Ok(())
}
