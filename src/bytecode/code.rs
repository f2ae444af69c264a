//! Code units: instructions with their constants, names, locations and exception table.

use std::rc::Rc;

use num_bigint::BigInt;

use super::opcodes::Op;

/// Bits of [`Instruction::kinds`].
pub struct Kinds;

impl Kinds {
    /// Register `a` is a local.
    pub const A_LOCAL: u8 = 1;
    /// Register `b` is a local.
    pub const B_LOCAL: u8 = 2;
    /// Register `c` is a local.
    pub const C_LOCAL: u8 = 4;
    /// Registers `b` and `c` are locals or constants.
    pub const OPERANDS_LOCAL: u8 = Self::B_LOCAL | Self::C_LOCAL;
    /// An augmented assignment: try the in-place method first.
    pub const INPLACE: u8 = 8;
    /// The next instruction jumps on register `a`, which nobody else reads.
    pub const FUSED: u8 = 16;
}

/// One word of code. Inline words stand in the same array and are read with [`Instruction::word`].
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(C, align(8))]
pub struct Instruction {
    /// The operation, an [`Op`] as a number; meaningless in an inline word.
    pub op: u8,
    /// Which registers are locals, and flags: bits of [`Kinds`].
    pub kinds: u8,
    /// First operand.
    pub a: u16,
    /// Second operand.
    pub b: u16,
    /// Third operand.
    pub c: u16,
}

impl Instruction {
    /// An instruction whose `kinds` say which registers lie below `local_count`.
    pub fn new(op: Op, a: u16, b: u16, c: u16, local_count: u16) -> Self {
        let mut kinds = 0;
        for (register, bit) in [(a, Kinds::A_LOCAL), (b, Kinds::B_LOCAL), (c, Kinds::C_LOCAL)] {
            if register < local_count {
                kinds |= bit;
            }
        }
        // A constant is borrowed as a local is.
        if op.layout() == super::Layout::AbK {
            kinds |= Kinds::C_LOCAL;
        }
        Self { op: op as u8, kinds, a, b, c }
    }

    /// An inline word with a low and a high half.
    pub fn inline(low: u32, high: u32) -> Self {
        let bytes = (u64::from(low) | u64::from(high) << 32).to_le_bytes();
        Self {
            op: bytes[0],
            kinds: bytes[1],
            a: u16::from_le_bytes([bytes[2], bytes[3]]),
            b: u16::from_le_bytes([bytes[4], bytes[5]]),
            c: u16::from_le_bytes([bytes[6], bytes[7]]),
        }
    }

    /// The 64 bits of this word.
    pub fn word(self) -> u64 {
        u64::from(self.op)
            | u64::from(self.kinds) << 8
            | u64::from(self.a) << 16
            | u64::from(self.b) << 32
            | u64::from(self.c) << 48
    }

    /// `b` and `c` as one 32-bit number: a jump target or a constant index.
    pub fn wide(self) -> u32 {
        u32::from(self.b) | u32::from(self.c) << 16
    }
}

/// A constant as plain data.
#[derive(Clone, Debug)]
pub enum Constant {
    /// `None`
    None,
    /// `True`
    True,
    /// `False`
    False,
    /// `...`
    Ellipsis,
    /// An integer of one machine word.
    Small(i64),
    /// Any other integer.
    Big(Rc<BigInt>),
    /// A float.
    Float(f64),
    /// The imaginary part of a complex number.
    Imaginary(f64),
    /// Text.
    Text(Rc<str>),
    /// Text with lone surrogates, as code points.
    WideText(Rc<[u32]>),
    /// Bytes.
    Bytes(Rc<[u8]>),
    /// A tuple of constants.
    Tuple(Rc<[Constant]>),
    /// A frozenset of constants (the right side of `in {…}`).
    FrozenSet(Rc<[Constant]>),
    /// The code of a function, class body or comprehension.
    Code(Rc<CodeUnit>),
}

/// Where an instruction comes from. Columns are UTF-8 byte offsets from 0; `line == 0` means nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// First line, from 1.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// First column.
    pub column: u32,
    /// Column behind the end.
    pub end_column: u32,
}

/// A range of code words whose exceptions go to `target`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// First word covered.
    pub start: u32,
    /// First word no longer covered.
    pub end: u32,
    /// Where to go on.
    pub target: u32,
    /// How many temporaries survive; the exception becomes the next one.
    pub depth: u16,
}

/// CPython's `co_flags`.
pub struct CodeFlags;

impl CodeFlags {
    /// Locals are registers.
    pub const OPTIMIZED: u32 = 0x1;
    /// A call makes a new namespace.
    pub const NEWLOCALS: u32 = 0x2;
    /// Has `*args`.
    pub const VARARGS: u32 = 0x4;
    /// Has `**kwargs`.
    pub const VARKEYWORDS: u32 = 0x8;
    /// Is nested in a function.
    pub const NESTED: u32 = 0x10;
    /// A call makes a generator.
    pub const GENERATOR: u32 = 0x20;
    /// A call makes a coroutine.
    pub const COROUTINE: u32 = 0x80;
    /// Its generators can be awaited (`types.coroutine`).
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    /// A call makes an asynchronous generator.
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// A call runs nothing yet: it makes a generator of one of the three kinds.
    pub const SUSPENDS: u32 = Self::GENERATOR | Self::COROUTINE | Self::ASYNC_GENERATOR;
}

/// A line that runs without an instruction of its own (`pass`, `try:`, `while True:`), just before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineMark {
    /// The word.
    pub position: u32,
    /// What runs on the line.
    pub location: Location,
    /// Whoever jumps to the word comes through the line; else only what falls through from the word before.
    pub for_jumps: bool,
}

/// A unit of code: a module, a class body, a function, a lambda or a comprehension.
#[derive(Clone, Debug, Default)]
pub struct CodeUnit {
    /// `co_name`
    pub name: Rc<str>,
    /// `co_qualname`
    pub qualified_name: Rc<str>,
    /// `co_filename`
    pub file_name: Rc<str>,
    /// `co_firstlineno`
    pub first_line: u32,
    /// Bits of [`CodeFlags`].
    pub flags: u32,
    /// The function stands for one that is in C in CPython, and refuses wrong calls in the words of such a function.
    pub stands_for_native: bool,
    /// Parameters that may be given by position (`co_argcount`).
    pub argument_count: u32,
    /// The first so many of them only by position.
    pub positional_only_count: u32,
    /// Parameters only by keyword; their registers follow the positional ones, then `*args`, then `**kwargs`.
    pub keyword_only_count: u32,
    /// Names of the local registers: parameters and other locals.
    pub variable_names: Vec<Rc<str>>,
    /// Names of the cells made here. One that is a parameter keeps the parameter's register; the others have the
    /// registers after the variables, in order.
    pub cell_names: Vec<Rc<str>>,
    /// The registers of `cell_names`.
    pub cell_registers: Vec<u16>,
    /// Names of the cells of the closure; their registers follow the last cell's.
    pub free_names: Vec<Rc<str>>,
    /// Variables, cells and free cells together: the first temporary's register.
    pub local_count: u16,
    /// The greatest number of temporaries alive at once.
    pub temporary_count: u16,
    /// The words.
    pub instructions: Vec<Instruction>,
    /// Constants. The first one of a function is its documentation string or None.
    pub constants: Vec<Constant>,
    /// Names of globals, attributes and modules, which inline words index.
    pub names: Vec<Rc<str>>,
    /// One for each word.
    pub locations: Vec<Location>,
    /// Lines without instructions, by position, for those who trace.
    pub marks: Vec<LineMark>,
    /// One for each word: the owned temporaries before it.
    pub depths: Vec<u16>,
    /// Inner ranges before outer ones: the first that covers a word counts.
    pub handlers: Vec<Handler>,
}

impl CodeUnit {
    /// The lines without instructions that stand before a word.
    pub fn marks_at(&self, position: usize) -> &[LineMark] {
        let start = self.marks.partition_point(|mark| (mark.position as usize) < position);
        let rest = &self.marks[start..];
        &rest[..rest.partition_point(|mark| mark.position as usize == position)]
    }
}

impl std::fmt::Debug for Instruction {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match Op::ALL.get(usize::from(self.op)) {
            Some(op) => write!(formatter, "{op:?} {} {} {} /{}", self.a, self.b, self.c, self.kinds),
            None => write!(formatter, "{:#x}", self.word()),
        }
    }
}
