//! The interpreter without its loop: state, type objects with their slots, protocols, raising.
//!
//! The handle is `&Interpreter` everywhere: any call may run Python, so nothing is held across one. What can raise
//! returns an [`Outcome`].

mod bare_types;
mod birth;
pub mod define;
pub mod exception;
pub mod field;
pub mod fields;
pub mod fixed;
pub mod instances;
pub mod interned;
pub mod interpreter;
pub mod lookup;
mod make;
pub mod names;
pub mod native;
pub mod outcome;
pub mod protocol;
pub mod registered;
pub mod roots;
mod shared_wrappers;
pub mod slot_functions;
pub mod slot_wrappers;
pub mod slots;
pub mod stack;
pub mod subclasses;
pub mod thread;
pub mod type_object;
pub mod type_table;

pub use define::TypeSpec;
pub use exception::{AsException, Exception};
pub use field::Field;
pub use interpreter::{Interpreter, Options, current};
pub use native::{NativeAttribute, NativeCode, NativeMethod, Parameters};
pub use outcome::{Outcome, Raised};
pub use roots::Roots;
pub use slots::{Arguments, Comparison, Operator, Slots};
pub use type_object::{DictPlace, TypeFlags, TypeObject, Typed};
