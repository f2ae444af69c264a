//! glasspy: a small Python whose memory can be seen.
//!
//! The `glasspy` command runs programs as Python 3.11 does. This crate is the same interpreter for use inside another
//! program: several interpreters may live side by side, values go in and out, functions written in Rust can be called, and
//! whatever goes wrong is a Rust value.
//!
//! ```
//! use glasspy::{Error, Interpreter, Module, Options, Output, Value};
//!
//! fn main() -> Result<(), Error> {
//!     let options = Options { output: Output::Captured, ..Options::default() };
//!     let python = Interpreter::new(options)?;
//!
//!     // Programs run in `__main__`, and what they define stays.
//!     python.run_source("def double(x):\n    return 2 * x\n\nprint('ready')", "setup.py")?;
//!     assert_eq!(python.take_output(), "ready\n");
//!
//!     // Values go in and come out.
//!     python.set("prices", vec![3, 4])?;
//!     let total: i64 = python.eval("double(sum(prices))")?.extract()?;
//!     assert_eq!(total, 14);
//!
//!     // A handle is on any object: it can be called, and has attributes.
//!     let double = python.eval("double")?;
//!     assert_eq!(double.call(&[Value::from("ab")])?.value()?, Value::from("abab"));
//!
//!     // A module written in Rust.
//!     let shop = Module::new("shop").value("currency", "EUR").function("price", "The price of a thing.", |call| {
//!         match call.argument::<String>(0)?.as_str() {
//!             "tea" => Ok(4),
//!             other => Err(Error::raise("KeyError", other)),
//!         }
//!     });
//!     python.add_module(shop)?;
//!     assert_eq!(python.eval("__import__('shop').price('tea')")?.extract::<i64>()?, 4);
//!
//!     // What a program does not handle is an error with its traceback.
//!     match python.run_source("import shop\nshop.price('gold')", "buy.py") {
//!         Err(Error::Exception(raised)) => {
//!             assert_eq!(raised.kind, "KeyError");
//!             assert!(raised.traceback.contains("File \"buy.py\", line 2, in <module>"));
//!         }
//!         other => panic!("{other:?}"),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! An [`Interpreter`] and its [`Handle`]s stay on the thread that made them. Nothing of this is `unsafe`: a handle keeps the
//! memory that it points into, and a handle of another interpreter is refused.
//!
//! The other modules are the floors that the interpreter is built of (see the README). They are public for the command and
//! for the tests, and promise nothing.

// The tables at the heads of modules lead readers of the source to private parts.
#![allow(rustdoc::private_intra_doc_links)]

mod embedding;

#[doc(hidden)]
pub mod bytecode;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod compile;
#[doc(hidden)]
pub mod gc;
#[doc(hidden)]
pub mod inspect;
#[doc(hidden)]
pub mod memory;
#[doc(hidden)]
pub mod modules;
#[doc(hidden)]
pub mod object;
#[doc(hidden)]
pub mod repl;
#[doc(hidden)]
pub mod runtime;
#[doc(hidden)]
pub mod syntax;
#[doc(hidden)]
pub mod types;
#[doc(hidden)]
pub mod values;
#[doc(hidden)]
pub mod vm;

pub use embedding::{
    Call, Error, Exception, FromValue, Handle, Interpreter, Module, Options, Output, Result, Value,
};
