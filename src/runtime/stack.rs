//! Frame layout: the value stack with the windows of running frames, and the parallel array of their records.
//!
//! ```text
//! ... | callee | locals, cells | temporaries ...             |   <- window of a frame; fp points to its first local
//!                                    | callee | locals ...      <- a call's arguments become the callee's locals
//! ```
//!
//! Neither array ever moves, so that pointers into them stay good; both are blocks of the heap like all else.

use std::cell::Cell;
use std::ptr::NonNull;

use super::interpreter::Interpreter;
use crate::bytecode::Instruction;
use crate::memory::Heap;
use crate::object::{Object, ObjectRef};

/// A register: an owned reference, the unbound object, or (in a dead temporary) anything.
pub type Register = *mut Object;

/// Why a frame runs, and so what its end does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum RecordKind {
    /// A call: its result goes where the caller's instruction says.
    Function,
    /// A call with `*` or `**`: what was spread stays with the caller until the end.
    Spread,
    /// `__init__` called by making an instance: the instance (in `extra`) is the result.
    Init,
    /// The method of an operator: its result goes where the caller's instruction says, whose operands stay until then.
    Operator,
    /// A generator (in `extra`, held by whoever resumes it): yields and ends where it was resumed.
    Generator,
}

/// One running frame. All pointers are owned or kept by what is owned: a function's code and globals by the function in
/// `fp[-1]`, a module's by whoever runs it.
#[repr(C)]
pub struct Record {
    /// The window's first local.
    pub fp: *mut Register,
    /// The current instruction, up to date whenever something can look at the frame.
    pub ip: *const Instruction,
    /// The code object.
    pub code: *const Object,
    /// The code's first constant.
    pub constants: *const Register,
    /// The global namespace, a dict.
    pub globals: *const Object,
    /// The namespace of a module or class body (owned), or null: locals are registers.
    pub locals: Register,
    /// The frame object (owned), once one was asked for, or null.
    pub frame: Register,
    /// What `kind` says (owned, but for a generator), or null.
    pub extra: Register,
    /// Why the frame runs.
    pub kind: RecordKind,
    /// The loop was entered for this frame: its end leaves the loop.
    pub is_entry: bool,
}

impl Record {
    /// Whether nobody has asked for the frame object and the locals are registers.
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        self.frame.is_null() && self.locals.is_null()
    }

    /// Whether the caller keeps its operands until the end, with copies behind them.
    #[inline(always)]
    pub fn leaves_operands(&self) -> bool {
        matches!(self.kind, RecordKind::Init | RecordKind::Operator)
    }
}

/// Both arrays of a thread.
pub struct ValueStack {
    /// First register.
    pub base: *mut Register,
    /// Behind the last register that a window may use.
    pub limit: *mut Register,
    /// First record.
    pub records: *mut Record,
    /// The innermost record: the one before the first while nothing runs.
    pub innermost: Cell<*mut Record>,
    /// The last record that fits.
    pub last_record: *mut Record,
}

impl ValueStack {
    /// Reserves both arrays. Pages that are never touched cost address range only.
    pub fn new(heap: &Heap, small: bool) -> Option<Self> {
        let (mut registers, mut records) = if small { (1 << 20, 1 << 16) } else { (24 << 20, 2 << 20) };
        loop {
            let stack = heap.allocate(registers * size_of::<Register>());
            let array = heap.allocate(records * size_of::<Record>());
            if let (Some(stack), Some(array)) = (stack, array) {
                let base = stack.cast::<Register>().as_ptr();
                // The first record is left free, so that there is one before the first in use.
                let first = array.cast::<Record>().as_ptr();
                return Some(Self {
                    base,
                    // SAFETY: the end of the block just allocated.
                    limit: unsafe { base.add(registers) },
                    // SAFETY: the second of at least two.
                    records: unsafe { first.add(1) },
                    innermost: Cell::new(first),
                    // SAFETY: the last of the block.
                    last_record: unsafe { first.add(records - 1) },
                });
            }
            // SAFETY: allocated just now and used by nobody.
            stack.into_iter().chain(array).for_each(|block| unsafe { heap.release(block) });
            if registers < 1 << 12 {
                return None;
            }
            (registers, records) = (registers / 4, records / 4);
        }
    }

    /// How many records are in use.
    #[inline]
    pub fn record_count(&self) -> usize {
        // SAFETY: both point into one array, the innermost at most one before the first.
        unsafe { self.innermost.get().add(1).offset_from_unsigned(self.records) }
    }

    /// The records in use, outermost first.
    pub fn records(&self) -> &[Record] {
        // SAFETY: so many are initialised.
        unsafe { std::slice::from_raw_parts(self.records, self.record_count()) }
    }

    /// The innermost record.
    pub fn top(&self) -> Option<NonNull<Record>> {
        let innermost = self.innermost.get();
        // SAFETY: within the array.
        (innermost >= self.records).then(|| unsafe { NonNull::new_unchecked(innermost) })
    }
}

impl Interpreter {
    /// The global namespace of the innermost frame.
    pub fn current_globals(&self) -> Option<ObjectRef> {
        // SAFETY: a running frame keeps its globals.
        self.thread.stack.top().map(|record| unsafe { (*record.as_ref().globals).new_ref() })
    }
}
