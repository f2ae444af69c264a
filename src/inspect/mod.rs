//! The heap as plain data: who holds an object and why it lives, what lies where, what a collection did. Each question is
//! a function that takes the interpreter and gives a [`Report`]: text, numbers and addresses, never a reference, so that
//! an answer keeps nothing alive. One set of renderers shows all of them.
//!
//! The law: looking does not disturb. No count is changed when an answer is there, no object is made in the heap by
//! asking, no dict made where there was none. Two runs give the same answer: rows are ordered by place and address.

#![forbid(unsafe_code)]

pub mod blocks;
pub mod compare;
pub mod describe;
pub mod diff;
pub mod dis;
pub mod expected;
pub mod graph;
pub mod journal;
pub mod limits;
pub mod lives;
pub mod map;
pub mod names;
pub mod owners;
pub mod paths;
pub mod places;
pub mod pool;
pub mod render;
pub mod report;
pub mod retold;
pub mod roots;
pub mod size;
pub mod stack;
pub mod statistics;

pub use limits::Limits;
pub use report::{Cell, Edge, Graph, Mark, Node, NodeKind, Report, Row};
