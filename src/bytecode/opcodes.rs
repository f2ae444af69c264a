//! The one list of operations: opcodes, operand layout and meaning.
//!
//! The loop, the disassembler and the documentation are made from this list. An instruction is one 64-bit word
//!
//! ```text
//! | op: u8 | kinds: u8 | a: u16 | b: u16 | c: u16 |
//! ```
//!
//! followed by the *inline words* that the list names (caches, names, jump targets). `a`, `b` and `c` are mostly
//! registers: indices into the window of the frame. A window is
//!
//! ```text
//! fp[-1]   fp[0] ..                       fp[local_count] ..
//! callee | locals, own cells, free cells | temporaries (stack discipline) |
//! ```
//!
//! A register below `local_count` is a *local*: reading it borrows, writing it takes the reference over and drops
//! the old value afterwards. A register at or above `local_count` is a *temporary*: reading it as an operand consumes
//! it (its reference moves), writing it overwrites a dead slot. Operands marked *kept* are temporaries that the
//! instruction reads without consuming. `K` marks an index into the constants. Which registers are locals is
//! written into `kinds` by [`Instruction::new`](super::Instruction::new), so that the loop need not know `local_count`.
//!
//! At each instruction the owned temporaries are a prefix of the temporaries; its length is the *depth* in the
//! location table. An instruction that raises has consumed none of its operands.

/// How the disassembler prints the operands, and how many inline words follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// No operands.
    None,
    /// `a = f(b, c)`, registers.
    Abc,
    /// `a = f(b, constant c)`.
    AbK,
    /// `a = f(b)`.
    Ab,
    /// `a` alone.
    A,
    /// `b` alone.
    B,
    /// `b` and `c`, no result.
    Bc,
    /// `a = constant (b | c << 16)`.
    Ak,
    /// constant `(b | c << 16)`.
    K,
    /// target word `(b | c << 16)`.
    Jump,
    /// register `a`, target word `(b | c << 16)`.
    Aj,
    /// `a = f(b .. b + c)`: a run of temporaries, `c` is a count or flags.
    Run,
}

macro_rules! operations {
    ($($name:ident, $layout:ident, $inline:literal, $meaning:literal;)*) => {
        /// What an instruction does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Op { $(#[doc = concat!("`", $meaning, "`")] $name,)* }

        impl Op {
            /// Every operation in the order of its number.
            pub const ALL: &'static [Op] = &[$(Op::$name,)*];

            /// The name in the listing.
            pub const fn name(self) -> &'static str {
                match self { $(Op::$name => stringify!($name),)* }
            }

            /// The operand layout.
            pub const fn layout(self) -> Layout {
                match self { $(Op::$name => Layout::$layout,)* }
            }

            /// How many inline words follow the instruction.
            pub const fn inline_words(self) -> usize {
                match self { $(Op::$name => $inline,)* }
            }

            /// What it does, as an equation.
            pub const fn meaning(self) -> &'static str {
                match self { $(Op::$name => $meaning,)* }
            }
        }
    };
}

operations! {
    // name             layout inline  meaning
    Nop,                 None, 0, "nothing";

    // Moves.
    LoadConstant,        Ak,   0, "a = constant";
    CopyLocal,           Ab,   0, "a = local b, a new reference; UnboundLocalError (or NameError for a free one) where b is unbound";
    StoreLocal,          Ab,   0, "local a = temporary b (moved)";
    CopyTemporary,       Ab,   0, "temporary a = temporary b (kept), a new reference";
    MoveTemporary,       Ab,   0, "temporary a = temporary b (moved)";
    SwapTemporaries,     Ab,   0, "temporaries a and b change places";
    DropTemporary,       A,    0, "drop temporary a";
    DeleteLocal,         A,    0, "del local a; UnboundLocalError where it is unbound";

    // Cells. A cell stands in a local register; these read through it.
    MakeCell,            A,    0, "local a = cell(local a); an unbound local gives an empty cell";
    CopyFreeVariables,   A,    0, "the locals from a on = the cells of the function's closure";
    LoadCell,            Ab,   0, "a = contents of the cell in local b; NameError or UnboundLocalError where empty";
    StoreCell,           Ab,   0, "contents of the cell in local a = b";
    DeleteCell,          A,    0, "empty the cell in local a; NameError where it is empty";
    LoadClassCell,       Ab,   1, "a = class namespace[name] or else contents of the cell in local b; word: name";

    // Globals and names. Word 1: name in the low half, version in the high half; word 2: where it was found.
    LoadGlobal,          A,    2, "a = globals[name] or builtins[name]";
    StoreGlobal,         B,    1, "globals[name] = b; word: name";
    DeleteGlobal,        None, 1, "del globals[name]; word: name";
    LoadName,            A,    2, "a = locals[name] or globals[name] or builtins[name]";
    StoreName,           B,    1, "locals[name] = b; word: name";
    DeleteName,          None, 1, "del locals[name]; word: name";

    // Arithmetic. With the kind INPLACE the slow path tries `__iadd__` and its like first.
    Add,                 Abc,  0, "a = b + c";
    Subtract,            Abc,  0, "a = b - c";
    Multiply,            Abc,  0, "a = b * c";
    TrueDivide,          Abc,  0, "a = b / c";
    FloorDivide,         Abc,  0, "a = b // c";
    Modulo,              Abc,  0, "a = b % c";
    Power,               Abc,  0, "a = b ** c";
    MatrixMultiply,      Abc,  0, "a = b @ c";
    LeftShift,           Abc,  0, "a = b << c";
    RightShift,          Abc,  0, "a = b >> c";
    BitAnd,              Abc,  0, "a = b & c";
    BitOr,               Abc,  0, "a = b | c";
    BitXor,              Abc,  0, "a = b ^ c";
    AddConstant,         AbK,  0, "a = b + K";
    SubtractConstant,    AbK,  0, "a = b - K";
    MultiplyConstant,    AbK,  0, "a = b * K";
    TrueDivideConstant,  AbK,  0, "a = b / K";
    FloorDivideConstant, AbK,  0, "a = b // K";
    ModuloConstant,      AbK,  0, "a = b % K";
    PowerConstant,       AbK,  0, "a = b ** K";
    LeftShiftConstant,   AbK,  0, "a = b << K";
    RightShiftConstant,  AbK,  0, "a = b >> K";
    BitAndConstant,      AbK,  0, "a = b & K";
    BitOrConstant,       AbK,  0, "a = b | K";
    BitXorConstant,      AbK,  0, "a = b ^ K";
    Negative,            Ab,   0, "a = -b";
    Positive,            Ab,   0, "a = +b";
    Invert,              Ab,   0, "a = ~b";
    Not,                 Ab,   0, "a = not b";

    // Comparisons. With the kind FUSED the next instruction is JumpIfTrue or JumpIfFalse of register a (a temporary),
    // and the loop takes the jump at once without making the bool.
    Less,                Abc,  0, "a = b < c";
    LessEqual,           Abc,  0, "a = b <= c";
    Equal,               Abc,  0, "a = b == c";
    NotEqual,            Abc,  0, "a = b != c";
    Greater,             Abc,  0, "a = b > c";
    GreaterEqual,        Abc,  0, "a = b >= c";
    LessConstant,        AbK,  0, "a = b < K";
    LessEqualConstant,   AbK,  0, "a = b <= K";
    EqualConstant,       AbK,  0, "a = b == K";
    NotEqualConstant,    AbK,  0, "a = b != K";
    GreaterConstant,     AbK,  0, "a = b > K";
    GreaterEqualConstant, AbK, 0, "a = b >= K";
    Is,                  Abc,  0, "a = b is c";
    IsNot,               Abc,  0, "a = b is not c";
    IsConstant,          AbK,  0, "a = b is K";
    IsNotConstant,       AbK,  0, "a = b is not K";
    Contains,            Abc,  0, "a = b in c";
    NotContains,         Abc,  0, "a = b not in c";
    MatchException,      Abc,  0, "a = exception in temporary b (kept) matches the type or tuple c; TypeError for other things";

    // Jumps.
    Jump,                Jump, 0, "go forward to the target";
    JumpBack,            Jump, 0, "go back to the target; polls";
    JumpIfTrue,          Aj,   0, "go to the target if a is true; a temporary a is consumed either way";
    JumpIfFalse,         Aj,   0, "go to the target if a is false; a temporary a is consumed either way";
    JumpIfTrueOrDrop,    Aj,   0, "if temporary a is true go to the target and keep it, else drop it";
    JumpIfFalseOrDrop,   Aj,   0, "if temporary a is false go to the target and keep it, else drop it";

    // Iteration.
    GetIterator,         Ab,   0, "a = iter(b)";
    ForIterate,          Ab,   1, "a = next of the iterator in temporary b (kept); at its end drop b and go to the target; word: target";

    // Attributes. Word 1: name in the low half, type version in the high half; word 2: where it was found.
    LoadAttribute,       Ab,   2, "a = b.name";
    LoadMethod,          Ab,   2, "temporaries a, a + 1 = function and self, or the null marker and b.name; b is consumed";
    StoreAttribute,      Bc,   2, "b.name = c";
    DeleteAttribute,     B,    1, "del b.name; word: name";

    // Subscripts.
    LoadSubscript,       Abc,  0, "a = b[c]";
    LoadSubscriptConstant, AbK, 0, "a = b[K]";
    LoadSlice,           Abc,  0, "a = b[temporary c : temporary c + 1]";
    StoreSubscript,      Abc,  0, "a[b] = c";
    DeleteSubscript,     Bc,   0, "del b[c]";
    BuildSlice,          Run,  0, "a = slice of the c (2 or 3) temporaries from b on";

    // Displays and strings. A run of temporaries is consumed.
    BuildTuple,          Run,  0, "a = tuple of the c temporaries from b on";
    BuildList,           Run,  0, "a = list of the c temporaries from b on";
    BuildSet,            Run,  0, "a = set of the c temporaries from b on";
    BuildMap,            Run,  0, "a = dict of the c pairs (key, value) from temporary b on";
    BuildString,         Run,  0, "a = the c strings from temporary b on, joined";
    FormatValue,         Run,  0, "a = format(temporary b): c & 3 is the conversion (0 none, 1 str, 2 repr, 3 ascii), c & 4: b + 1 is the format spec";
    ListAppend,          Ab,   0, "append b to the list in temporary a (kept)";
    SetAdd,              Ab,   0, "add b to the set in temporary a (kept)";
    MapAdd,              Abc,  0, "dict in temporary a (kept)[temporary b] = temporary c";
    ListExtend,          Ab,   0, "extend the list in temporary a (kept) by iterable b";
    SetUpdate,           Ab,   0, "update the set in temporary a (kept) by iterable b";
    DictUpdate,          Ab,   0, "update the dict in temporary a (kept) by mapping b, later keys win";
    DictMerge,           Abc,  0, "merge mapping b into the keyword dict in temporary a (kept); TypeErrors name the function in temporary c (kept)";
    ListToTuple,         Ab,   0, "a = tuple of the list in temporary b";
    UnpackSequence,      Abc,  0, "temporaries a .. a + c - 1 = the c items of b in reverse order (the first item highest); c is a count";
    UnpackExtended,      Ab,   1, "as UnpackSequence with a starred list; word: items before in the low half, after in the high half";

    // Calls. The callee stands in temporary b; the arguments follow and become its locals without a copy.
    Call,                Run,  1, "a = temporary b(c temporaries after it)";
    CallMethod,          Run,  1, "a = the call that LoadMethod prepared at b, b + 1 with the c temporaries from b + 2 on";
    CallKeywords,        Run,  1, "as Call; the last of the c arguments are keywords; word: constant index of the tuple of their names";
    CallMethodKeywords,  Run,  1, "as CallMethod; the last of the c arguments are keywords; word: constant index of the tuple of their names";
    CallSpread,          Run,  0, "a = temporary b(*iterable b + 1); c is 1 where b + 2 is the dict of keywords, else 0";
    MakeFunction,        Run,  1, "a = function; from temporary b on stand, as flags c say, 1 defaults tuple, 2 keyword defaults dict, 4 annotations dict, 8 closure tuple; word: constant index of the code";
    BuildClass,          Run,  1, "a = class of body function b, name b + 1 and c arguments (bases, then keywords) from b + 2 on; word: constant index of the keyword names, or 0xFFFFFFFF";
    BuildClassSpread,    Run,  0, "a = class of body function b, name b + 1, iterable of bases b + 2; c is 1 where b + 3 is the dict of keywords";
    Return,              B,    0, "return b; a local is moved, the frame ends";
    ReturnConstant,      K,    0, "return constant";

    // Generators.
    Yield,               Abc,  0, "suspend with the value b; when resumed a = the value sent; c is 0 or the register of the iterator that `yield from` delegates to";
    Intrinsic,           Ab,   0, "a = what intrinsic c makes of b";
    Send,                Ab,   1, "send temporary a to the iterator in temporary b (kept); a = what it yields; at its end b = its result and go to the target; word: target";

    // Exceptions. The handler of an exception table entry of depth d starts with the exception in temporary d.
    Raise,               Bc,   0, "raise: a is a count: 0 again the handled one, 1 raise b, 2 raise b from c";
    EnterHandler,        A,    0, "temporary a holds the exception (kept): temporary a + 1 = the exception handled so far; a is handled now";
    LeaveHandler,        A,    0, "restore the handled exception from temporary a + 1, drop temporaries a and a + 1";
    Reraise,             A,    0, "raise temporary a again, its traceback as it is";
    ReraiseFromHandler,  A,    0, "restore the handled exception from temporary a + 1, drop a, raise temporary a + 2 again";
    EnterWith,           Ab,   0, "temporary a = bound exit method of b, temporary a + 1 = result of its enter method";
    ExitWith,            A,    0, "call temporary a(None, None, None) and drop the result";
    ExitWithException,   Abc,  0, "a = temporary b (kept)(type, value, traceback) of the exception in temporary c (kept)";
    LoadAssertionError,  A,    0, "a = AssertionError";

    // Imports.
    ImportName,          Ab,   1, "a = module; temporaries b, b + 1 are level and fromlist; word: name";
    ImportFrom,          Ab,   1, "a = name from the module in temporary b (kept); word: name";
    ImportStar,          B,    0, "bind all public names of the module in temporary b";

    // Pattern matching.
    MatchLength,         Ab,   0, "a = len(temporary b (kept))";
    MatchSequence,       Ab,   0, "a = temporary b (kept) is a sequence for patterns";
    MatchMapping,        Ab,   0, "a = temporary b (kept) is a mapping for patterns";
    MatchKeys,           Abc,  0, "a = tuple of the values of temporary b (kept) for the tuple of keys in temporary c (kept), or None";
    MatchClass,          Abc,  1, "a = tuple of attributes of temporary b (kept) for class c and the tuple of names c + 1 (both consumed), or None; word: positional patterns";

    // The rest.
    SetupAnnotations,    None, 0, "make __annotations__ in the namespace where it is missing";
    PrintExpression,     B,    0, "hand b to sys.displayhook";

    // Forms that instructions rewrite themselves to while running; the compiler never emits them.
    AddFloats,           Abc,  0, "Add of floats";
    AddFloatConstant,    AbK,  0, "AddConstant of floats";
    SubtractFloats,      Abc,  0, "Subtract of floats";
    SubtractFloatConstant, AbK, 0, "SubtractConstant of floats";
    MultiplyFloats,      Abc,  0, "Multiply of floats";
    MultiplyFloatConstant, AbK, 0, "MultiplyConstant of floats";
    LoadAttributeValue,  Ab,   2, "LoadAttribute of an instance's value in its shared-keys slot";
    LoadAttributeSlot,   Ab,   2, "LoadAttribute of a __slots__ member at a fixed offset";
    LoadAttributeType,   Ab,   2, "LoadAttribute of a plain class attribute seen through an instance";
    LoadAttributeModule, Ab,   2, "LoadAttribute of what a module holds while its keys are the same";
    StoreAttributeValue, Bc,   2, "StoreAttribute of an instance's value in its shared-keys slot";
    StoreAttributeSlot,  Bc,   2, "StoreAttribute of a __slots__ member at a fixed offset";
    LoadMethodCached,    Ab,   2, "LoadMethod of a function found on the type, not shadowed by the instance";
    LoadMethodModule,    Ab,   2, "LoadMethod of what a module holds while its keys are the same";
    LoadGlobalModule,    A,    2, "LoadGlobal found in globals while its keys are the same";
    LoadGlobalBuiltin,   A,    2, "LoadGlobal found in builtins while both key sets are the same";
    Trap,                None, 0, "tell who traces the program, then run the instruction that this one stands for";
}
