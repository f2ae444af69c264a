//! The syntax tree: CPython 3.11's `ast` module (its `Python.asdl`) as plain Rust data.
//!
//! Names of nodes and fields are CPython's, so that whoever knows `ast.dump` can read this file.
//!
//! Invariants that the parser keeps, and on which every recursive walk over a tree may rely:
//! - `height` of an expression is 1 + the largest height among the expressions directly or indirectly
//!   inside it, and never above [`MAXIMUM_HEIGHT`]; the height of a statement likewise counts the statements
//!   and expressions inside. So a walk over a tree, or its drop, recurses a bounded number of times.
//! - `BoolOp.values` has at least two items, and `Compare.ops` as many as `Compare.comparators`.
//! - `Dict.keys` and `Dict.values` are equally long; a key of `None` is a `**mapping`.
//! - Assigned expressions carry `Store`, deleted ones `Del`, all others `Load`.

use std::rc::Rc;

use num_bigint::BigInt;

/// A name: identifiers are normalised (NFKC) and shared within one parse.
pub type Name = Rc<str>;

/// Trees higher than this are refused as too deep.
pub const MAXIMUM_HEIGHT: u16 = 3000;

/// Where a node stands: lines count from 1, columns are UTF-8 byte offsets, the end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    pub line: u32,
    pub end_line: u32,
    pub column: u32,
    pub end_column: u32,
}

/// A parsed file, `single` input, or body of statements.
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    pub body: Vec<Stmt>,
    pub warnings: Vec<SourceWarning>,
}

/// A text that is read, but probably means something else.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceWarning {
    pub range: Range,
    /// Of an old form that is to become an error, which is told only where it is asked for.
    pub is_deprecation: bool,
    pub message: String,
}

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Stmt {
    pub range: Range,
    pub height: u16,
    pub kind: StmtKind,
}

/// What `def` and `async def` share.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionDef {
    pub name: Name,
    pub args: Arguments,
    pub body: Vec<Stmt>,
    pub decorator_list: Vec<Expr>,
    pub returns: Option<Box<Expr>>,
}

/// `class`
#[derive(Debug, Clone, PartialEq)]
pub struct ClassDef {
    pub name: Name,
    pub bases: Vec<Expr>,
    pub keywords: Vec<Keyword>,
    pub body: Vec<Stmt>,
    pub decorator_list: Vec<Expr>,
}

/// What `for` and `async for` share.
#[derive(Debug, Clone, PartialEq)]
pub struct For {
    pub target: Box<Expr>,
    pub iter: Box<Expr>,
    pub body: Vec<Stmt>,
    pub orelse: Vec<Stmt>,
}

/// What `with` and `async with` share.
#[derive(Debug, Clone, PartialEq)]
pub struct With {
    pub items: Vec<WithItem>,
    pub body: Vec<Stmt>,
}

/// What `try` with `except` and with `except*` share.
#[derive(Debug, Clone, PartialEq)]
pub struct Try {
    pub body: Vec<Stmt>,
    pub handlers: Vec<ExceptHandler>,
    pub orelse: Vec<Stmt>,
    pub finalbody: Vec<Stmt>,
}

/// What a statement is, with its parts.
#[derive(Debug, Clone, PartialEq)]
pub enum StmtKind {
    FunctionDef(Box<FunctionDef>),
    AsyncFunctionDef(Box<FunctionDef>),
    ClassDef(Box<ClassDef>),
    Return {
        value: Option<Box<Expr>>,
    },
    Delete {
        targets: Vec<Expr>,
    },
    Assign {
        targets: Vec<Expr>,
        value: Box<Expr>,
    },
    AugAssign {
        target: Box<Expr>,
        op: Operator,
        value: Box<Expr>,
    },
    /// `simple` is true when the target is a plain name without parentheses.
    AnnAssign {
        target: Box<Expr>,
        annotation: Box<Expr>,
        value: Option<Box<Expr>>,
        simple: bool,
    },
    For(Box<For>),
    AsyncFor(Box<For>),
    While {
        test: Box<Expr>,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
    },
    /// An `elif` is an `If` that stands alone in `orelse`.
    If {
        test: Box<Expr>,
        body: Vec<Stmt>,
        orelse: Vec<Stmt>,
    },
    With(Box<With>),
    AsyncWith(Box<With>),
    Match {
        subject: Box<Expr>,
        cases: Vec<MatchCase>,
    },
    Raise {
        exc: Option<Box<Expr>>,
        cause: Option<Box<Expr>>,
    },
    Try(Box<Try>),
    TryStar(Box<Try>),
    Assert {
        test: Box<Expr>,
        msg: Option<Box<Expr>>,
    },
    Import {
        names: Vec<Alias>,
    },
    /// `from . import x` has no `module`; `level` counts the dots.
    ImportFrom {
        module: Option<Name>,
        names: Vec<Alias>,
        level: u32,
    },
    Global {
        names: Vec<Name>,
    },
    Nonlocal {
        names: Vec<Name>,
    },
    Expr {
        value: Box<Expr>,
    },
    Pass,
    Break,
    Continue,
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub range: Range,
    pub height: u16,
    pub kind: ExprKind,
}

/// What an expression is, with its parts.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    BoolOp {
        op: BoolOperator,
        values: Vec<Expr>,
    },
    NamedExpr {
        target: Box<Expr>,
        value: Box<Expr>,
    },
    BinOp {
        left: Box<Expr>,
        op: Operator,
        right: Box<Expr>,
    },
    UnaryOp {
        op: UnaryOperator,
        operand: Box<Expr>,
    },
    Lambda {
        args: Box<Arguments>,
        body: Box<Expr>,
    },
    IfExp {
        test: Box<Expr>,
        body: Box<Expr>,
        orelse: Box<Expr>,
    },
    Dict {
        keys: Vec<Option<Expr>>,
        values: Vec<Expr>,
    },
    Set {
        elts: Vec<Expr>,
    },
    ListComp {
        elt: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    SetComp {
        elt: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    DictComp {
        key: Box<Expr>,
        value: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    GeneratorExp {
        elt: Box<Expr>,
        generators: Vec<Comprehension>,
    },
    Await {
        value: Box<Expr>,
    },
    Yield {
        value: Option<Box<Expr>>,
    },
    YieldFrom {
        value: Box<Expr>,
    },
    Compare {
        left: Box<Expr>,
        ops: Vec<CompareOperator>,
        comparators: Vec<Expr>,
    },
    Call {
        func: Box<Expr>,
        args: Vec<Expr>,
        keywords: Vec<Keyword>,
    },
    /// One `{...}` of an f-string; `format_spec` is a `JoinedStr`.
    FormattedValue {
        value: Box<Expr>,
        conversion: Conversion,
        format_spec: Option<Box<Expr>>,
    },
    JoinedStr {
        values: Vec<Expr>,
    },
    /// `unicode_prefix` tells `u"..."` from `"..."`; only a dump shows it.
    Constant {
        value: Constant,
        unicode_prefix: bool,
    },
    Attribute {
        value: Box<Expr>,
        attr: Name,
        ctx: Context,
    },
    Subscript {
        value: Box<Expr>,
        slice: Box<Expr>,
        ctx: Context,
    },
    Starred {
        value: Box<Expr>,
        ctx: Context,
    },
    Name {
        id: Name,
        ctx: Context,
    },
    List {
        elts: Vec<Expr>,
        ctx: Context,
    },
    Tuple {
        elts: Vec<Expr>,
        ctx: Context,
    },
    Slice {
        lower: Option<Box<Expr>>,
        upper: Option<Box<Expr>>,
        step: Option<Box<Expr>>,
    },
}

/// A literal value.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    None,
    True,
    False,
    Ellipsis,
    Integer(IntegerLiteral),
    Float(f64),
    Imaginary(f64),
    Text(Rc<str>),
    /// Code points of a text that contains lone surrogates; every other text is `Text`.
    WideText(Rc<[u32]>),
    Bytes(Rc<[u8]>),
}

/// A literal integer is never negative: the sign is a `UnaryOp`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntegerLiteral {
    Small(i64),
    /// A value that does not fit into `Small`.
    Big(Rc<BigInt>),
}

/// What a name, an attribute, a subscript or a display stands for where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    Load,
    Store,
    Del,
}

/// `and`, `or`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoolOperator {
    And,
    Or,
}

/// Operators between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
}

/// Operators before one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOperator {
    Invert,
    Not,
    UAdd,
    USub,
}

/// Comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareOperator {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

/// The `!s`, `!r`, `!a` of an f-string's replacement field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    None,
    Str,
    Repr,
    Ascii,
}

/// One `for` of a comprehension, with its conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct Comprehension {
    pub target: Expr,
    pub iter: Expr,
    pub ifs: Vec<Expr>,
    pub is_async: bool,
}

/// `except` or `except*`
#[derive(Debug, Clone, PartialEq)]
pub struct ExceptHandler {
    pub range: Range,
    pub r#type: Option<Box<Expr>>,
    pub name: Option<Name>,
    pub body: Vec<Stmt>,
}

/// `defaults` belong to the last of `posonlyargs + args`; `kw_defaults` is as long as `kwonlyargs`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Arguments {
    pub posonlyargs: Vec<Arg>,
    pub args: Vec<Arg>,
    pub vararg: Option<Box<Arg>>,
    pub kwonlyargs: Vec<Arg>,
    pub kw_defaults: Vec<Option<Expr>>,
    pub kwarg: Option<Box<Arg>>,
    pub defaults: Vec<Expr>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Arg {
    pub range: Range,
    pub arg: Name,
    pub annotation: Option<Box<Expr>>,
}

/// `arg` is `None` for `**mapping`.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyword {
    pub range: Range,
    pub arg: Option<Name>,
    pub value: Expr,
}

/// `name` may be dotted in `import a.b`, and is `*` in `from a import *`.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias {
    pub range: Range,
    pub name: Name,
    pub asname: Option<Name>,
}

/// `context_expr as optional_vars`
#[derive(Debug, Clone, PartialEq)]
pub struct WithItem {
    pub context_expr: Expr,
    pub optional_vars: Option<Box<Expr>>,
}

/// `case`
#[derive(Debug, Clone, PartialEq)]
pub struct MatchCase {
    pub pattern: Pattern,
    pub guard: Option<Box<Expr>>,
    pub body: Vec<Stmt>,
}

/// Patterns nest only through brackets, of which there are at most 200.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    pub range: Range,
    pub kind: PatternKind,
}

/// What a pattern is, with its parts.
#[derive(Debug, Clone, PartialEq)]
pub enum PatternKind {
    MatchValue {
        value: Box<Expr>,
    },
    /// `None`, `True` or `False`, compared by identity.
    MatchSingleton {
        value: Constant,
    },
    MatchSequence {
        patterns: Vec<Pattern>,
    },
    MatchMapping {
        keys: Vec<Expr>,
        patterns: Vec<Pattern>,
        rest: Option<Name>,
    },
    MatchClass {
        cls: Box<Expr>,
        patterns: Vec<Pattern>,
        kwd_attrs: Vec<Name>,
        kwd_patterns: Vec<Pattern>,
    },
    /// `*name`, or `*_` without a name; stands only in a sequence.
    MatchStar {
        name: Option<Name>,
    },
    /// `pattern as name`, a bare name (no pattern), or `_` (neither).
    MatchAs {
        pattern: Option<Box<Pattern>>,
        name: Option<Name>,
    },
    MatchOr {
        patterns: Vec<Pattern>,
    },
}
