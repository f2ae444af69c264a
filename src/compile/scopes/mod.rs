//! Scopes: which block owns each name.
//!
//! Two passes, as in CPython's symbol table: `collect` walks the tree and notes how each block uses each
//! name, `resolve` then decides from the outside in whether a name is local, global, a cell or free. The walk also
//! folds constant expressions, since it sees every expression once, children first.

mod collect;
mod resolve;

pub(super) use collect::{comprehension_name, every_argument};

use std::fmt::Write;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{Options, Outcome};
use crate::bytecode::Constant;
use crate::syntax::ast::{Expr, ExprKind, Module, Name, Range};

/// How a block uses a name: bits of [`Symbol::flags`].
pub struct Usage;

impl Usage {
    /// Declared `global`.
    pub const GLOBAL: u16 = 1;
    /// Assigned.
    pub const LOCAL: u16 = 2;
    /// A parameter.
    pub const PARAMETER: u16 = 4;
    /// Declared `nonlocal`.
    pub const NONLOCAL: u16 = 8;
    /// Read.
    pub const READ: u16 = 16;
    /// Bound by an import.
    pub const IMPORT: u16 = 32;
    /// Annotated.
    pub const ANNOTATED: u16 = 64;
    /// The iteration variable of a comprehension.
    pub const ITERATION: u16 = 128;
    /// Deleted somewhere, be it at the end of a handler.
    pub const DELETED: u16 = 256;
    /// Free in an inner block, and passes through this class.
    pub const PASSES_THROUGH: u16 = 512;
    /// Bound in this block.
    pub const BOUND: u16 = Self::LOCAL | Self::PARAMETER | Self::IMPORT;
}

/// Where the value of a name is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the block itself: a register in a function, the namespace elsewhere.
    Local,
    /// In the globals, as declared.
    GlobalExplicit,
    /// In the globals or builtins, for want of a binding.
    GlobalImplicit,
    /// In a cell that this block makes.
    Cell,
    /// In a cell of an enclosing function.
    Free,
}

/// A name in a block.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// The name, mangled.
    pub name: Name,
    /// Bits of [`Usage`].
    pub flags: u16,
    /// Where its value is.
    pub place: Place,
}

/// What kind of block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    /// The top of a file.
    Module,
    /// A class body.
    Class,
    /// The body of a `def`.
    Function,
    /// The body of a `lambda`.
    Lambda,
    /// `[... for ...]`
    ListComprehension,
    /// `{... for ...}`
    SetComprehension,
    /// `{...: ... for ...}`
    DictComprehension,
    /// `(... for ...)`
    GeneratorExpression,
}

impl ScopeKind {
    /// Whether locals live in registers.
    pub fn is_function(self) -> bool {
        !matches!(self, Self::Module | Self::Class)
    }

    /// What a comprehension is called in messages.
    pub fn comprehension(self) -> Option<&'static str> {
        match self {
            Self::ListComprehension => Some("list comprehension"),
            Self::SetComprehension => Some("set comprehension"),
            Self::DictComprehension => Some("dict comprehension"),
            Self::GeneratorExpression => Some("generator expression"),
            _ => None,
        }
    }
}

/// One block with its names.
#[derive(Debug)]
pub struct Scope {
    /// What kind of block.
    pub kind: ScopeKind,
    /// The name of the function or class.
    pub name: Rc<str>,
    /// The enclosing block.
    pub parent: Option<usize>,
    /// The blocks directly inside.
    pub children: Vec<usize>,
    /// Its names in the order of their first appearance.
    pub symbols: Vec<Symbol>,
    /// The parameters in the order of their registers.
    pub parameters: Vec<Name>,
    /// Contains a `yield`.
    pub generator: bool,
    /// Awaits something, or is declared to.
    pub coroutine: bool,
    /// The body of an `async def`.
    pub is_async_function: bool,
    /// Stands inside a function.
    pub nested: bool,
    /// A class whose methods ask for `__class__`.
    pub needs_class_cell: bool,
    by_name: FxHashMap<Name, usize>,
    /// Where names were declared global or nonlocal.
    directives: Vec<(Name, Range)>,
    in_iteration_target: bool,
    iterable_nesting: u32,
}

impl Scope {
    /// The symbol of a mangled name.
    pub fn symbol(&self, name: &str) -> Option<&Symbol> {
        self.by_name.get(name).map(|&index| &self.symbols[index])
    }

    /// Names that live in cells made here, sorted.
    pub fn cells(&self) -> Vec<Name> {
        let mut cells = self.names_with(|symbol| symbol.place == Place::Cell);
        if self.needs_class_cell {
            cells.push("__class__".into());
        }
        cells.sort();
        cells
    }

    /// Names that live in cells of enclosing functions, sorted.
    pub fn free_names(&self) -> Vec<Name> {
        let mut free = self
            .names_with(|symbol| symbol.place == Place::Free || symbol.flags & Usage::PASSES_THROUGH != 0);
        free.sort();
        free
    }

    /// Parameters, then other register variables in the order of their appearance.
    pub fn variables(&self) -> Vec<Name> {
        let mut variables = self.parameters.clone();
        variables.extend(
            self.names_with(|symbol| symbol.place == Place::Local && symbol.flags & Usage::PARAMETER == 0),
        );
        variables
    }

    fn names_with(&self, wanted: impl Fn(&Symbol) -> bool) -> Vec<Name> {
        self.symbols.iter().filter(|symbol| wanted(symbol)).map(|symbol| symbol.name.clone()).collect()
    }
}

/// All blocks of a tree.
#[derive(Debug)]
pub struct ScopeTable {
    /// The blocks, outer ones first; the module is number 0.
    pub scopes: Vec<Scope>,
    /// Whether `from __future__ import annotations` was given.
    pub text_annotations: bool,
    by_node: FxHashMap<usize, usize>,
    folded: FxHashMap<usize, Constant>,
    optimize: bool,
}

impl ScopeTable {
    /// The scopes of a module.
    pub fn of(module: &Module, options: Options) -> Outcome<Self> {
        let mut table = collect::collect(module, options)?;
        resolve::resolve(&mut table)?;
        Ok(table)
    }

    /// The scope that a function, class, lambda or comprehension node opens.
    pub fn scope_of<T>(&self, node: &T) -> usize {
        self.by_node.get(&address(node)).copied().unwrap_or(0)
    }

    /// The value of an expression that is known before the program runs.
    pub fn constant(&self, expression: &Expr) -> Option<Constant> {
        match &expression.kind {
            ExprKind::Constant { .. } | ExprKind::Name { .. } => super::fold::leaf(expression, self.optimize),
            ExprKind::BinOp { .. }
            | ExprKind::UnaryOp { .. }
            | ExprKind::Subscript { .. }
            | ExprKind::Tuple { .. } => self.folded.get(&address(expression)).cloned(),
            _ => None,
        }
    }
}

/// Nodes do not move while their tree is compiled: the address is the identity.
fn address<T>(node: &T) -> usize {
    std::ptr::from_ref(node) as usize
}

/// `__name` inside a class is private to it: `_Class__name`.
pub fn mangle(class: Option<&str>, name: &Name) -> Name {
    let Some(class) = class else { return name.clone() };
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return name.clone();
    }
    match class.trim_start_matches('_') {
        "" => name.clone(),
        class => format!("_{class}{name}").into(),
    }
}

/// The tree of scopes as text.
pub fn dump(table: &ScopeTable) -> String {
    let mut text = String::new();
    let mut pending = vec![(0, 0)];
    while let Some((index, level)) = pending.pop() {
        let scope = &table.scopes[index];
        dump_scope(&mut text, scope, level);
        pending.extend(scope.children.iter().rev().map(|&child| (child, level + 1)));
    }
    text
}

fn dump_scope(text: &mut String, scope: &Scope, level: usize) {
    let indent = "    ".repeat(level);
    let generator = if scope.generator { " (generator)" } else { "" };
    let _ = writeln!(text, "{indent}{:?} {}{generator}", scope.kind, scope.name);
    if scope.needs_class_cell {
        let _ = writeln!(text, "{indent}  __class__: cell");
    }
    for symbol in &scope.symbols {
        let parameter = if symbol.flags & Usage::PARAMETER != 0 { ", parameter" } else { "" };
        let passes = if symbol.flags & Usage::PASSES_THROUGH != 0 { ", free in inner blocks" } else { "" };
        let _ = writeln!(text, "{indent}  {}: {}{parameter}{passes}", symbol.name, place_word(symbol.place));
    }
}

fn place_word(place: Place) -> &'static str {
    match place {
        Place::Local => "local",
        Place::GlobalExplicit => "global, declared",
        Place::GlobalImplicit => "global",
        Place::Cell => "cell",
        Place::Free => "free",
    }
}
