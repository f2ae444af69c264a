//! Operands: where an instruction finds the values it works on.
//!
//! A local is read in place, without touching its count, when it is surely bound and nothing that is still to be
//! evaluated before the instruction can run user code. Everything else becomes a temporary.

use super::Outcome;
use super::emitter::Destination;
use super::generator::Generator;
use crate::bytecode::Constant;
use crate::syntax::ast::{Context, Expr, ExprKind};

/// A register that an instruction reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    /// A local, borrowed.
    Local(u16),
    /// A temporary, consumed.
    Temporary(u16),
}

impl Operand {
    pub(super) fn register(self) -> u16 {
        match self {
            Self::Local(register) | Self::Temporary(register) => register,
        }
    }

    pub(super) fn is_temporary(self) -> bool {
        matches!(self, Self::Temporary(_))
    }

    /// How many temporaries an instruction consumes by reading it.
    pub(super) fn consumed(self) -> u32 {
        u32::from(self.is_temporary())
    }
}

impl Generator<'_> {
    /// Evaluates to the next temporary.
    pub(super) fn push(&mut self, expression: &Expr) -> Outcome {
        self.expression(expression, Destination::Push)
    }

    /// Evaluates; a local stays in place if what is evaluated later is quiet.
    pub(super) fn operand(&mut self, expression: &Expr, later_is_quiet: bool) -> Outcome<Operand> {
        if later_is_quiet {
            if let ExprKind::NamedExpr { target, value } = &expression.kind
                && let Some(register) = self.local_register(target)
            {
                self.expression(value, Destination::Local(register))?;
                self.mark_bound(register);
                return Ok(Operand::Local(register));
            }
            if let Some(register) = self.local_register(expression)
                && self.is_bound(register)
            {
                return Ok(Operand::Local(register));
            }
        }
        self.push(expression)?;
        Ok(Operand::Temporary(self.code().top()))
    }

    /// Evaluates what nothing else follows.
    pub(super) fn last_operand(&mut self, expression: &Expr) -> Outcome<Operand> {
        self.operand(expression, true)
    }

    /// The index of a constant that fits into an operand.
    pub(super) fn constant_operand(&mut self, expression: &Expr) -> Option<u16> {
        let constant = self.constant(expression)?;
        self.small_constant(constant)
    }

    pub(super) fn small_constant(&mut self, constant: Constant) -> Option<u16> {
        u16::try_from(self.constant_index(constant)).ok()
    }

    /// Whether evaluating the expression can neither run user code nor bind a name.
    pub(super) fn is_quiet(&self, expression: &Expr) -> bool {
        let plain = |part: &Expr| match &part.kind {
            ExprKind::Name { ctx: Context::Load, .. } | ExprKind::Constant { .. } => true,
            _ => self.constant(part).is_some(),
        };
        match &expression.kind {
            ExprKind::Slice { lower, upper, step } => {
                [lower, upper, step].into_iter().flatten().all(|part| plain(part))
            }
            ExprKind::Tuple { elts, .. } if elts.len() <= 4 => elts.iter().all(plain),
            _ => plain(expression),
        }
    }
}
