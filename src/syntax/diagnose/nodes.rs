//! What the recogniser remembers of an expression: its kind, by CPython's names, and its tokens.

use std::rc::Rc;

/// What an expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Name,
    Attribute,
    Subscript,
    Starred,
    List,
    Tuple,
    Call,
    /// `first_in`: the first operator is `in`, as in `for x in y`.
    Compare {
        first_in: bool,
    },
    Lambda,
    Operation,
    Conditional,
    Generator,
    ListComprehension,
    SetComprehension,
    DictComprehension,
    Dict,
    Set,
    Yield,
    Await,
    Literal,
    FormattedString,
    None,
    True,
    False,
    Ellipsis,
    Named,
    /// A clause of a comprehension; never an operand.
    Clause,
}

/// An expression that was recognised.
#[derive(Debug)]
pub struct Node {
    pub kind: Kind,
    /// Its first token and the one behind its last.
    pub start: usize,
    pub end: usize,
    /// Elements of a display, the value of a starred expression, the left side of a comparison; of a
    /// comprehension's clause the target and the last expression.
    pub children: Vec<Found>,
}

/// A recognised expression, which several memories may hold.
pub type Found = Rc<Node>;

/// For what an expression is examined as a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Assigned,
    Deleted,
    LoopVariable,
}

impl Node {
    /// An expression without children that matter.
    pub fn new(kind: Kind, start: usize, end: usize) -> Found {
        Rc::new(Node { kind, start, end, children: Vec::new() })
    }

    /// An expression whose children are asked for later.
    pub fn with_children(kind: Kind, start: usize, end: usize, children: Vec<Found>) -> Found {
        Rc::new(Node { kind, start, end, children })
    }

    /// What CPython's messages call it.
    pub fn name(&self) -> &'static str {
        match self.kind {
            Kind::Name => "name",
            Kind::Attribute => "attribute",
            Kind::Subscript => "subscript",
            Kind::Starred => "starred",
            Kind::List => "list",
            Kind::Tuple => "tuple",
            Kind::Call => "function call",
            Kind::Compare { .. } => "comparison",
            Kind::Lambda => "lambda",
            Kind::Operation => "expression",
            Kind::Conditional => "conditional expression",
            Kind::Generator => "generator expression",
            Kind::ListComprehension => "list comprehension",
            Kind::SetComprehension => "set comprehension",
            Kind::DictComprehension => "dict comprehension",
            Kind::Dict => "dict literal",
            Kind::Set => "set display",
            Kind::Yield => "yield expression",
            Kind::Await => "await expression",
            Kind::Literal | Kind::Clause => "literal",
            Kind::FormattedString => "f-string expression",
            Kind::None => "None",
            Kind::True => "True",
            Kind::False => "False",
            Kind::Ellipsis => "ellipsis",
            Kind::Named => "named expression",
        }
    }

    /// The part of an expression that cannot be a target.
    #[allow(clippy::needless_lifetimes)] // a `self` of type `&Rc` does not lend its lifetime by elision
    pub fn invalid_target<'node>(self: &'node Found, wanted: Use) -> Option<&'node Found> {
        match self.kind {
            Kind::Name | Kind::Attribute | Kind::Subscript => None,
            Kind::List | Kind::Tuple => {
                self.children.iter().find_map(|element| element.invalid_target(wanted))
            }
            Kind::Starred if wanted != Use::Deleted => self.children[0].invalid_target(wanted),
            Kind::Compare { first_in } if wanted == Use::LoopVariable => {
                if first_in {
                    self.children[0].invalid_target(wanted)
                } else {
                    None
                }
            }
            _ => Some(self),
        }
    }

    /// Whether assignment to it is possible.
    pub fn is_target(self: &Found) -> bool {
        self.invalid_target(Use::Assigned).is_none()
    }

    /// Whether an annotation may stand behind it.
    pub fn is_single_target(&self) -> bool {
        matches!(self.kind, Kind::Name | Kind::Attribute | Kind::Subscript)
    }
}
