//! What is chosen when an interpreter is made.

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;

use crate::modules::io::device::Writer;

/// Where `sys.stdout` or `sys.stderr` of an interpreter goes.
#[derive(Default)]
pub enum Output {
    /// To the process's own stream.
    #[default]
    Inherited,
    /// Kept until [`Interpreter::take_output`](super::Interpreter::take_output) or
    /// [`take_errors`](super::Interpreter::take_errors) asks for it.
    Captured,
    /// To a writer.
    To(Box<dyn Write + Send>),
}

impl std::fmt::Debug for Output {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Inherited => "Inherited",
            Self::Captured => "Captured",
            Self::To(_) => "To(..)",
        })
    }
}

/// What is chosen when an interpreter is made. The default takes nothing from the environment: `sys.path` is empty, so
/// that only the modules of the crate can be imported.
#[derive(Debug, Default)]
pub struct Options {
    /// Where `sys.stdout` goes.
    pub output: Output,
    /// Where `sys.stderr` goes.
    pub errors: Output,
    /// `sys.argv`; empty means `['']`.
    pub arguments: Vec<String>,
    /// `sys.path`: the folders in which imports look.
    pub path: Vec<String>,
    /// Bytes that the heap may take from the system; a program that wants more gets MemoryError. At least 32 MiB;
    /// by default three quarters of the machine's memory.
    pub memory_limit: Option<usize>,
    /// Sizes and identities as in CPython 3.11 where the course differs (`-X cpython`).
    pub cpython: bool,
    /// Leave out assert statements (`-O`).
    pub optimize: bool,
    /// Check the law of reference counts after collections (`-X verify-heap`).
    pub verify_heap: bool,
}

/// What was written to a captured stream and not taken yet.
#[derive(Clone, Default)]
pub(super) struct Captured(Rc<RefCell<Vec<u8>>>);

impl Captured {
    pub(super) fn take(&self) -> String {
        String::from_utf8_lossy(&self.0.take()).into_owned()
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Output {
    /// The writer of a stream, if it does not go to the process's own, and what it captures.
    pub(super) fn open(self) -> (Option<Writer>, Captured) {
        let captured = Captured::default();
        let writer = match self {
            Self::Inherited => None,
            Self::Captured => Some(Writer(Rc::new(RefCell::new(captured.clone())))),
            Self::To(writer) => Some(Writer(Rc::new(RefCell::new(writer)))),
        };
        (writer, captured)
    }
}
