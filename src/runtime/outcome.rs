//! How failure travels: the exception is state of the thread, a result only says that there is one.

use crate::object::ObjectRef;
use crate::values::memory_error::OutOfMemory;

/// An exception has been raised and waits in the thread's state. Whoever gets one passes it on, or takes the
/// exception with [`Interpreter::take_exception`](super::Interpreter::take_exception).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raised;

/// What everything that can raise returns.
pub type Outcome<T = ObjectRef> = Result<T, Raised>;

impl From<OutOfMemory> for Raised {
    #[cold]
    fn from(_: OutOfMemory) -> Self {
        super::interpreter::current().raise_memory_error()
    }
}
