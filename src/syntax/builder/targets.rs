//! What is stored into: targets are parsed as expressions, so they are checked and given their context here.

use super::{Builder, Made};
use crate::syntax::ast::*;

impl Builder<'_> {
    /// Gives an expression and what it unpacks another context, or refuses it as a target.
    pub(super) fn set_context(&self, expression: &mut Expr, context: Context) -> Made<()> {
        match &mut expression.kind {
            ExprKind::Name { ctx, .. }
            | ExprKind::Attribute { ctx, .. }
            | ExprKind::Subscript { ctx, .. } => {
                *ctx = context;
            }
            ExprKind::Starred { value, ctx } if context == Context::Store => {
                *ctx = context;
                return self.set_context(value, context);
            }
            ExprKind::Tuple { elts, ctx } | ExprKind::List { elts, ctx } => {
                *ctx = context;
                for element in elts {
                    self.set_context(element, context)?;
                }
            }
            _ => return self.invalid_expression(expression),
        }
        Ok(())
    }

    pub(super) fn stored(&self, mut target: Expr) -> Made<Expr> {
        self.set_context(&mut target, Context::Store)?;
        Ok(target)
    }

    /// A target that cannot be unpacked into: a name, an attribute or an item.
    pub(super) fn single_target(&self, target: Expr) -> Made<Expr> {
        match target.kind {
            ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => {
                self.stored(target)
            }
            _ => self.invalid_expression(&target),
        }
    }

    /// The targets of `for`.
    pub fn targets(&self, start: u32, elements: Vec<Expr>, comma: bool, end: u32) -> Made<Expr> {
        let target = self.expression_list(start, elements, comma, end)?;
        self.stored(target)
    }
}
