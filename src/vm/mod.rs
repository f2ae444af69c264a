//! The virtual machine: the loop, functions, calls, generators, unwinding, frames and tracebacks.
//!
//! Instructions and their ownership rules are in `bytecode::opcodes`; where registers and records live in
//! `runtime::stack`.

// unsafe is allowed here: the loop and what it calls move references between registers by hand.

pub mod calls;
pub mod class_body;
pub mod code_object;
pub mod execute;
pub mod frame;
pub mod function;
pub mod generator;
pub mod intrinsics;
mod jump;
pub mod registers;
mod stand_ins;
pub mod thrown;
pub mod trace;
pub mod traceback;
pub mod types;
pub mod unwind;

pub use code_object::{CodeObject, link};
pub use execute::names::current_builtins;
pub use execute::run_code;
pub use types::anext_awaitable;

/// The code of a frame.
pub fn code_of_record(record: &crate::runtime::stack::Record) -> &CodeObject {
    // SAFETY: a record in use points to a code object that something it keeps owns.
    unsafe { &*record.code.cast::<CodeObject>() }
}
