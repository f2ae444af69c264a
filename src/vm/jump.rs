//! Setting `f_lineno`: a trace function sends its frame to another line.
//!
//! Only the frame whose line is being told can go elsewhere, and only to a place that needs no temporaries but such as
//! the frame owns already: what is too many is dropped, and a handler that is left so restores what was handled before.

use super::code_object::CodeObject;
use super::execute::operands::drop_register;
use super::frame::Frame;
use super::unwind;
use crate::bytecode::stacks::{Temporary, temporaries};
use crate::bytecode::{CodeUnit, Op, effects};
use crate::object::Object;
use crate::runtime::stack::Record;
use crate::runtime::{Interpreter, Outcome, Typed};

/// `frame.f_lineno = value`
pub fn set_line(cx: &Interpreter, frame: &Frame, value: Option<&Object>) -> Outcome<()> {
    let Some(value) = value else {
        return Err(cx.raise_text(&cx.types.attribute_error, "cannot delete attribute"));
    };
    if !value.is_exactly(&cx.types.int) {
        return Err(cx.value_error("lineno must be an integer"));
    }
    check_event(cx, frame)?;
    let line = value.as_int().and_then(|value| value.to_i64()).and_then(|line| i32::try_from(line).ok());
    let Some(line) = line else { return Err(cx.value_error("lineno out of range")) };
    let unit = &frame.code().unit.source;
    let line = known_line(cx, unit, line)?;
    let here = frame.code().index_of(frame.ip());
    let (target, stack, depth) = find_target(cx, unit, here, line)?;
    bind_unbound(cx, frame)?;
    // SAFETY: the frame is the innermost one that runs code: it waits for its trace function.
    unsafe { go(cx, frame, target, &stack, depth) };
    frame.watch.last_line.set(line);
    frame.watch.known_line.set(line);
    frame.watch.shown_line.set(line);
    frame.watch.jumped.set(true);
    Ok(())
}

/// Only the event of a line allows to jump, and only the frame that it is told of has stopped between instructions.
fn check_event(cx: &Interpreter, frame: &Frame) -> Outcome<()> {
    match cx.thread.observers.event.get() {
        "call" => Err(cx.value_error("can't jump from the 'call' trace event of a new frame")),
        "line" if frame.trace.get().is_none() || !frame.watch.tells_line.get() => {
            Err(cx.value_error("f_lineno can only be set by a trace function"))
        }
        "line" => Ok(()),
        _ => Err(cx.value_error("can only jump from a 'line' trace event")),
    }
}

/// The places where a line begins, with the line: instructions, and lines that have none.
fn line_starts(unit: &CodeUnit) -> Vec<(usize, u32)> {
    let mut starts = Vec::new();
    if unit.flags & crate::bytecode::CodeFlags::OPTIMIZED != 0 {
        starts.push((0, unit.first_line));
    }
    let mut last = 0;
    for (position, location) in unit.locations.iter().enumerate() {
        for mark in unit.marks_at(position) {
            starts.push((position, mark.location.line));
            last = mark.location.line;
        }
        if location.line != 0 && location.line != last {
            starts.push((position, location.line));
            last = location.line;
        }
    }
    starts
}

/// The first line from the wanted one on that has code.
fn known_line(cx: &Interpreter, unit: &CodeUnit, wanted: i32) -> Outcome<u32> {
    let wanted_line = u32::try_from(wanted).unwrap_or(0);
    if wanted_line < unit.first_line {
        return Err(cx.value_error(format_args!("line {wanted} comes before the current code block")));
    }
    let lines = line_starts(unit).into_iter().map(|(_, line)| line);
    lines
        .filter(|line| *line >= wanted_line)
        .min()
        .ok_or_else(|| cx.value_error(format_args!("line {wanted} comes after the current code block")))
}

/// Where a line begins, the temporaries that the frame has now, and how many of them it has there.
fn find_target(
    cx: &Interpreter,
    unit: &CodeUnit,
    here: usize,
    line: u32,
) -> Outcome<(usize, Vec<Temporary>, usize)> {
    let mut stacks = temporaries(unit);
    let start = stacks.get(here).cloned().flatten();
    let Some(start) = start else { return Err(cx.value_error("can't jump from unreachable code")) };
    let mut best: Option<(usize, Vec<Temporary>)> = None;
    let mut refusal = None;
    for (position, _) in line_starts(unit).into_iter().filter(|(_, starts)| *starts == line) {
        let there = stacks[position].take();
        if !is_compatible(&start, there.as_deref()) {
            refusal = refusal.or_else(|| Some(explain(there.as_deref())));
            continue;
        }
        let there = there.unwrap_or_default();
        if best.as_ref().is_none_or(|(_, best)| (there.len(), &there) > (best.len(), best)) {
            best = Some((position, there));
        }
    }
    match best {
        Some((position, there)) => Ok((position, start, there.len())),
        None => Err(cx.value_error(refusal.unwrap_or("cannot find bytecode for specified line"))),
    }
}

/// Whether a frame with the first temporaries can go on where it needs the second ones.
fn is_compatible(from: &[Temporary], to: Option<&[Temporary]>) -> bool {
    to.is_some_and(|to| {
        to.len() <= from.len()
            && from
                .iter()
                .zip(to)
                .all(|(from, to)| from == to || *to == Temporary::Object && *from != Temporary::Callee)
    })
}

/// Why a frame cannot go on where it needs these temporaries.
fn explain(to: Option<&[Temporary]>) -> &'static str {
    match to.map(|to| to.last()) {
        None => "can't jump into an exception handler, or code may be unreachable",
        Some(Some(Temporary::Exception | Temporary::HandledBefore)) => {
            "can't jump into an 'except' block as there's no exception"
        }
        Some(Some(Temporary::Iterator)) => "can't jump into the body of a for loop",
        Some(_) => "incompatible stacks",
    }
}

/// Locals that have no value get None where the code reads them without asking whether they have one, since it could not
/// come there without. (CPython does so too, from 3.11.4 on.)
fn bind_unbound(cx: &Interpreter, frame: &Frame) -> Outcome<()> {
    let record = frame.record.get();
    let count = usize::from(frame.code().local_count);
    // SAFETY: the frame runs, as its event is being told.
    let is_unbound = |index: usize| unsafe { *(*record).fp.add(index) } == cx.unbound.as_pointer().as_ptr();
    let trusted = trusted_locals(&frame.code().unit.source);
    let missing: Vec<usize> = (0..count).filter(|index| trusted[*index] && is_unbound(*index)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let plural = if missing.len() == 1 { "" } else { "s" };
    let message = format!("assigning None to {} unbound local{plural}", missing.len());
    cx.warn(&cx.types.runtime_warning, &message)?;
    for index in missing.into_iter().filter(|index| is_unbound(*index)) {
        // SAFETY: as above; what stands for an unbound local is not counted.
        unsafe { *(*record).fp.add(index) = cx.none().into_raw().as_ptr() };
    }
    Ok(())
}

/// The locals that some instruction reads as they stand.
fn trusted_locals(unit: &CodeUnit) -> Vec<bool> {
    let mut trusted = vec![false; usize::from(unit.local_count)];
    let mut position = 0;
    while let Some(instruction) = unit.instructions.get(position).copied() {
        let Some(op) = Op::ALL.get(usize::from(instruction.op)).copied() else { break };
        let next = position + 1 + op.inline_words();
        let inline = unit.instructions.get(position + 1..next).unwrap_or_default();
        let effects = effects(op, instruction, inline, u32::from(unit.local_count));
        if op != Op::CopyLocal {
            for register in effects.consumed.iter().chain(effects.kept.iter()) {
                if let Some(local) = trusted.get_mut(*register as usize) {
                    *local = true;
                }
            }
        }
        position = next;
    }
    trusted
}

/// Moves the frame, and drops the temporaries that it has no more.
unsafe fn go(cx: &Interpreter, frame: &Frame, target: usize, stack: &[Temporary], depth: usize) {
    let record: *mut Record = frame.record.get();
    let code: &CodeObject = frame.code();
    // SAFETY: the record is in use, and its temporaries are as `stack` says; each is emptied before it is dropped.
    unsafe {
        (*record).ip = code.instructions.add(target);
        let first = (*record).fp.add(usize::from(code.local_count));
        let mut live = stack.len();
        while live > depth {
            live -= 1;
            if stack[live] == Temporary::HandledBefore && live > depth {
                live -= 1;
                unwind::leave_handler(cx, first, live as u16);
                continue;
            }
            drop_register(std::mem::replace(&mut *first.add(live), std::ptr::null_mut()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Temporary::{Callee, Exception, HandledBefore, Iterator, Object};

    #[test]
    fn a_place_may_need_less_but_no_other_things() {
        assert!(is_compatible(&[Iterator, Object], Some(&[Iterator])));
        assert!(is_compatible(&[Exception, HandledBefore], Some(&[])));
        assert!(is_compatible(&[Iterator], Some(&[Object])));
        assert!(!is_compatible(&[Object], Some(&[Iterator])));
        assert!(!is_compatible(&[], Some(&[Object])));
        assert!(!is_compatible(&[Callee], Some(&[Object])) && !is_compatible(&[Object], Some(&[Callee])));
        assert!(!is_compatible(&[Object], None));
    }
}
