//! Where references stand that no object holds: in frames, and in the interpreter itself.

use super::describe::text_of;
use crate::object::Object;
use crate::runtime::Interpreter;
use crate::vm::code_of_record;
use crate::vm::registers::{Held, Holding, each_held};

/// A reference from outside of the heap.
pub struct Root<'a> {
    /// What holds it.
    pub source: Source,
    /// Where its object lies.
    pub address: usize,
    /// The object; none for a register that the instruction under way may have given up.
    pub object: Option<&'a Object>,
}

/// What holds a reference from outside of the heap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A frame, by its depth (0 is the outermost).
    Frame {
        /// Which.
        depth: usize,
        /// As what.
        role: Role,
    },
    /// The interpreter.
    Interpreter(&'static str),
}

/// What a frame holds an object as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A variable, or the cell of one.
    Local(String),
    /// A temporary.
    Temporary(u16),
    /// An argument of the native call that asks this very question.
    ThisCall,
    /// An argument of another native call under way.
    Argument,
    /// What is called by a native call under way.
    Callee,
    /// Another part of the frame, by its name.
    Part(&'static str),
}

/// The namespace of a class body.
pub const NAMESPACE: &str = "the namespace";
/// The namespace of a module's body.
pub const GLOBALS: &str = "the globals";

/// Shows all of them: frames from the innermost on, then the interpreter.
pub fn each_root(cx: &Interpreter, show: &mut dyn FnMut(Root<'_>)) {
    let count = cx.thread.stack.records().len();
    for depth in (0..count).rev() {
        let mut callee_met = false;
        each_held(cx, depth, &mut |held| {
            let role = role(cx, depth, &held, &mut callee_met);
            show(Root { source: Source::Frame { depth, role }, address: held.address, object: held.object });
        });
    }
    cx.visit_named_roots(&mut |name, held| {
        let address = held.as_ptr() as usize;
        // What roots hold is met again, with its lists or through this pointer, by the walk.
        show(Root { source: Source::Interpreter(name), address, object: None });
    });
}

fn role(cx: &Interpreter, depth: usize, held: &Held<'_>, callee_met: &mut bool) -> Role {
    let records = cx.thread.stack.records();
    match held.holding {
        Holding::Local(register) => {
            let code = records.get(depth).map(code_of_record);
            let name = code.and_then(|code| code.local_name(register)).map(|name| text_of(name));
            Role::Local(name.unwrap_or_default())
        }
        Holding::Temporary(register) => Role::Temporary(register),
        Holding::Call(_) if !std::mem::replace(callee_met, true) => Role::Callee,
        Holding::Call(_) if depth + 1 == records.len() => Role::ThisCall,
        Holding::Call(_) => Role::Argument,
        Holding::Function => Role::Part("the running function"),
        Holding::Code => Role::Part("the running code"),
        Holding::Globals => Role::Part(GLOBALS),
        Holding::Namespace => Role::Part(NAMESPACE),
        Holding::FrameObject => Role::Part("the frame object"),
        Holding::Instance => Role::Part("the instance being made"),
    }
}

/// The function and the line of a frame.
pub fn frame_name(cx: &Interpreter, depth: usize) -> String {
    let Some(record) = cx.thread.stack.records().get(depth) else { return String::new() };
    let code = code_of_record(record);
    format!("{}, line {}", text_of(&code.unit.qualified_name), line_of(cx, depth))
}

/// The line that a frame is at.
pub fn line_of(cx: &Interpreter, depth: usize) -> u32 {
    let Some(record) = cx.thread.stack.records().get(depth) else { return 0 };
    let code = code_of_record(record);
    let index = code.index_of(record.ip);
    let mut known = code.unit.source.locations.iter().take(index + 1).rev().map(|location| location.line);
    known.find(|line| *line != 0).unwrap_or(code.unit.source.first_line)
}

/// A root in words: `local a in f, line 3`.
pub fn told(cx: &Interpreter, source: &Source) -> String {
    match source {
        Source::Interpreter(name) => (*name).to_owned(),
        Source::Frame { depth, role } => {
            let frame = frame_name(cx, *depth);
            match role {
                Role::Local(name) => format!("local {name} in {frame}"),
                Role::Temporary(register) => format!("temporary r{register} of {frame}"),
                Role::ThisCall => "argument of this call".to_owned(),
                Role::Argument => format!("argument of a call in {frame}"),
                Role::Callee => format!("callee of a call in {frame}"),
                Role::Part(part) => format!("{part} of {frame}"),
            }
        }
    }
}
