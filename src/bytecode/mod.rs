//! The bytecode: operations, instructions, code units with their tables, and the listing.
//!
//! A [`CodeUnit`] is plain data: the compiler makes it, the virtual machine links its constants to objects.
#![forbid(unsafe_code)]

pub mod code;
pub mod disassemble;
mod effects;
pub mod intrinsics;
pub mod opcodes;
pub mod stacks;
mod verify;

pub use code::{CodeFlags, CodeUnit, Constant, Handler, Instruction, Kinds, LineMark, Location};
pub use effects::{Effects, Receiver, Registers, effects};
pub use intrinsics::Intrinsic;
pub use opcodes::{Layout, Op};
pub use verify::verify;
