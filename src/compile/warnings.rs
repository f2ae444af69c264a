//! SyntaxWarnings: programs that mean something, but hardly what was intended.

use super::generator::Generator;
use crate::bytecode::Constant;
use crate::syntax::ast::{CompareOperator, Expr, ExprKind, Range};

impl Generator<'_> {
    /// `x is 1`: whether equal literals are the same object is nobody's promise. One warning for a chain.
    pub(super) fn warn_about_identity(&mut self, comparison: &Expr) {
        let ExprKind::Compare { left, ops, comparators } = &comparison.kind else { return };
        let mut left_is_literal = self.is_literal(left);
        for (op, right) in ops.iter().zip(comparators) {
            let right_is_literal = self.is_literal(right);
            let message = match op {
                CompareOperator::Is => "\"is\" with a literal. Did you mean \"==\"?",
                CompareOperator::IsNot => "\"is not\" with a literal. Did you mean \"!=\"?",
                _ => "",
            };
            if !message.is_empty() && (left_is_literal || right_is_literal) {
                return self.warn(message.into(), comparison.range);
            }
            left_is_literal = right_is_literal;
        }
    }

    fn is_literal(&self, expression: &Expr) -> bool {
        let singleton = |constant| {
            matches!(constant, Constant::None | Constant::True | Constant::False | Constant::Ellipsis)
        };
        self.constant(expression).is_some_and(|constant| !singleton(constant))
    }

    /// `(1, 2) (3, 4)`: a comma is missing.
    pub(super) fn warn_about_callee(&mut self, callee: &Expr, range: Range) {
        if matches!(callee.kind, ExprKind::Lambda { .. }) {
            return;
        }
        if let Some(name) = self.literal_type(callee) {
            self.warn(format!("'{name}' object is not callable; perhaps you missed a comma?"), range);
        }
    }

    /// `1[2]`, or `[1, 2]["a"]`: a comma is missing.
    pub(super) fn warn_about_subscript(&mut self, container: &Expr, index: &Expr, range: Range) {
        let Some(name) = self.literal_type(container) else { return };
        match name {
            "str" | "bytes" | "tuple" | "list" => {
                let Some(index) = self.literal_type(index) else { return };
                if !matches!(index, "int" | "bool" | "slice") {
                    let message = format!(
                        "{name} indices must be integers or slices, not {index}; perhaps you missed a comma?"
                    );
                    self.warn(message, range);
                }
            }
            "dict" => {}
            _ => {
                self.warn(format!("'{name}' object is not subscriptable; perhaps you missed a comma?"), range)
            }
        }
    }

    /// The type of an expression that shows it at a glance.
    fn literal_type(&self, expression: &Expr) -> Option<&'static str> {
        if let Some(constant) = self.constant(expression) {
            return Some(constant_type(&constant));
        }
        Some(match &expression.kind {
            ExprKind::Tuple { .. } => "tuple",
            ExprKind::List { .. } | ExprKind::ListComp { .. } => "list",
            ExprKind::Dict { .. } | ExprKind::DictComp { .. } => "dict",
            ExprKind::Set { .. } | ExprKind::SetComp { .. } => "set",
            ExprKind::GeneratorExp { .. } => "generator",
            ExprKind::Lambda { .. } => "function",
            ExprKind::JoinedStr { .. } | ExprKind::FormattedValue { .. } => "str",
            _ => return None,
        })
    }
}

fn constant_type(constant: &Constant) -> &'static str {
    match constant {
        Constant::None => "NoneType",
        Constant::True | Constant::False => "bool",
        Constant::Ellipsis => "ellipsis",
        Constant::Small(_) | Constant::Big(_) => "int",
        Constant::Float(_) => "float",
        Constant::Imaginary(_) => "complex",
        Constant::Text(_) | Constant::WideText(_) => "str",
        Constant::Bytes(_) => "bytes",
        Constant::Tuple(_) => "tuple",
        Constant::FrozenSet(_) => "frozenset",
        Constant::Code(_) => "code",
    }
}
