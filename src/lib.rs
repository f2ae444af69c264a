//! glasspy: a small Python whose memory can be seen.

pub mod bytecode;
pub mod cli;
pub mod compile;
pub mod gc;
pub mod inspect;
pub mod memory;
pub mod modules;
pub mod object;
pub mod repl;
pub mod runtime;
pub mod syntax;
pub mod types;
pub mod values;
pub mod vm;
