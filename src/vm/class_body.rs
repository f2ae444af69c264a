//! The class statement: `__build_class__` with the body, the bases and the keywords in registers.

use super::code_object::CodeObject;
use super::execute::names::look_in_frame_builtins;
use super::execute::operands::drop_register;
use super::execute::start::run_class_body;
use crate::bytecode::{Instruction, Op};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::BuiltinFunction;
use crate::runtime::stack::{Record, Register};
use crate::runtime::{Arguments, Interpreter, Outcome, Typed};
use crate::types::type_type::{metaclass_for, new_class, prepare_namespace, resolve_bases, tuple_from};

/// No keywords.
const NO_NAMES: u32 = u32::MAX;

/// `a = class`: the operands stand in a run of temporaries and stay until the class is made.
///
/// # Safety
/// The instruction is BuildClass or BuildClassSpread.
#[inline(never)]
pub unsafe fn build_class(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome {
    // SAFETY: as promised.
    unsafe {
        let builder = look_in_frame_builtins(cx, record, &cx.names.build_class)?;
        if builder.is_none() && !cx.builtins.is_empty() {
            return Err(cx.name_error("__build_class__ not found", &cx.names.build_class));
        }
        let i = *ip;
        let base = (*record).fp.add(i.b as usize);
        let held = |index: usize| (**base.add(index)).new_ref();
        let written = if i.op == Op::BuildClass as u8 {
            Written::plain(record, ip)
        } else {
            Written::spread(cx, base, i.c == 1)?
        };
        let names = written.names.as_ref().and_then(|names| names.as_tuple());
        let arguments = Arguments { values: &written.values, names };
        let class = build(cx, builder.as_ref(), &held(0), &held(1), arguments)?;
        let count = written.count;
        // The registers hold the last references, so that what dies does so in their order.
        drop(written);
        for index in (0..count).rev() {
            drop_register(std::mem::replace(&mut *base.add(index), std::ptr::null_mut()));
        }
        Ok(class)
    }
}

/// What stands between the brackets of a class statement.
struct Written {
    /// The bases, then the values of the keywords.
    values: Vec<ObjectRef>,
    /// The tuple of the keywords' names, if there are keywords.
    names: Option<ObjectRef>,
    /// How many registers the instruction holds.
    count: usize,
}

impl Written {
    /// Without stars: each in a register of its own, behind the body and the name.
    ///
    /// # Safety
    /// The instruction is BuildClass.
    unsafe fn plain(record: *mut Record, ip: *const Instruction) -> Self {
        // SAFETY: as promised.
        unsafe {
            let (first, given) = ((*record).fp.add((*ip).b as usize + 2), (*ip).c as usize);
            let values = (0..given).map(|index| (**first.add(index)).new_ref()).collect();
            let names = (*ip.add(1)).word() as u32;
            let code = &*(*record).code.cast::<CodeObject>();
            let names = (names != NO_NAMES).then(|| code.unit.constants[names as usize].clone());
            Self { values, names, count: 2 + given }
        }
    }

    /// With stars: a sequence of the bases, and a dict of the keywords if there are any.
    ///
    /// # Safety
    /// The registers are those of BuildClassSpread.
    unsafe fn spread(cx: &Interpreter, base: *mut Register, has_keywords: bool) -> Outcome<Self> {
        // SAFETY: as promised.
        let held = |index: usize| unsafe { (**base.add(index)).new_ref() };
        let mut values = cx.collect(&held(2))?;
        let mut names = Vec::new();
        let keywords = has_keywords.then(|| held(3));
        let keywords = keywords.as_ref().and_then(|keywords| keywords.as_dict());
        let mut position = 0;
        while let Some((_, key, value)) = keywords.and_then(|dict| dict.next_entry(&mut position)) {
            if key.as_text().is_none() {
                return Err(cx.type_error("keywords must be strings"));
            }
            names.push(key);
            values.push(value);
        }
        let names = Some(cx.new_tuple_from(names)?);
        Ok(Self { values, names, count: 3 + usize::from(has_keywords) })
    }
}

/// Calls what stands in builtins as `__build_class__`; an interpreter without any builtins makes classes all the same.
fn build(
    cx: &Interpreter,
    builder: Option<&ObjectRef>,
    function: &ObjectRef,
    name: &ObjectRef,
    arguments: Arguments<'_>,
) -> Outcome {
    let is_own = |own: &BuiltinFunction| cx.names.build_class.equals_str(own.method.get().name);
    let Some(builder) = builder.filter(|it| !it.layout::<BuiltinFunction>().is_some_and(is_own)) else {
        return make_class(cx, function, name, arguments);
    };
    let mut values = vec![function.clone(), name.clone()];
    values.extend_from_slice(arguments.values);
    cx.call_with(builder, Arguments { values: &values, names: arguments.names })
}

/// `builtins.__build_class__(function, name, *bases, **keywords)`
pub fn make_class(
    cx: &Interpreter,
    function: &ObjectRef,
    name: &ObjectRef,
    arguments: Arguments<'_>,
) -> Outcome {
    let original = tuple_from(cx, arguments.positional_values().to_vec())?;
    let bases = resolve_bases(cx, &original)?;
    let mut metaclass = None;
    let mut keywords = Vec::new();
    for (key, value) in arguments.keywords() {
        if key.as_text().is_some_and(|key| key.equals(&cx.names.metaclass)) {
            metaclass = Some(value.clone());
        } else {
            keywords.push((key.clone(), value.clone()));
        }
    }
    let metaclass = metaclass_for(cx, metaclass.as_deref(), &bases)?;
    let namespace = prepare_namespace(cx, &metaclass, name, &bases, &keywords)?;
    let cell = run_class_body(cx, function, &namespace)?;
    if !bases.is(&original) {
        cx.set_item(&namespace, &cx.names.orig_bases, &original)?;
    }
    let class = new_class(cx, &metaclass, name, &bases, &namespace, &keywords)?;
    check_class_cell(cx, &cell, name, &class)?;
    Ok(class)
}

/// The body's `__class__` cell must hold the class that the metaclass made.
fn check_class_cell(cx: &Interpreter, cell: &ObjectRef, name: &Object, class: &ObjectRef) -> Outcome<()> {
    if !cell.is_exactly(&cx.types.cell) || class.as_type().is_none() {
        return Ok(());
    }
    // SAFETY: tested.
    let content = unsafe { cell.cast::<crate::values::cell::Cell>() }.get();
    let shown = cx.display(name);
    match content {
        None => Err(cx.runtime_error(format_args!(
            "__class__ not set defining '{shown}' as {}. Was __classcell__ propagated to type.__new__?",
            cx.display(&*cx.repr(class)?)
        ))),
        Some(found) if !found.is(class) => Err(cx.type_error(format_args!(
            "__class__ set to {} defining '{shown}' as {}",
            cx.display(&*cx.repr(&found)?),
            cx.display(&*cx.repr(class)?)
        ))),
        Some(_) => Ok(()),
    }
}
