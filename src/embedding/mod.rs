//! The crate's public face: an interpreter inside another program, with nothing unsafe for its user.
//!
//! Everything here stands over the same [`home::Home`]: the interpreter proper, shared by the user's [`Interpreter`] and by every
//! [`Handle`]. A handle therefore keeps the memory that it points into, and cannot dangle; when the user's interpreter is
//! dropped, the program's modules are taken apart, and what handles are left can only be dropped.
//!
//! Every entry makes the interpreter the thread's current one and puts back the one before, so several may live side by
//! side, and one may call another.
#![forbid(unsafe_code)]

mod error;
mod function;
mod handle;
mod home;
mod interpreter;
mod options;
mod value;

pub use error::{Error, Exception};
pub use function::{Call, Module};
pub use handle::Handle;
pub use interpreter::Interpreter;
pub use options::{Options, Output};
pub use value::{FromValue, Value};

/// What every call into an interpreter gives.
pub type Result<T> = std::result::Result<T, Error>;
