//! Statements that stand on one line, and the node that every statement is.

use super::{Builder, Made, boxed, tallest};
use crate::syntax::ast::*;

impl Builder<'_> {
    pub(super) fn statement(&self, start: u32, kind: StmtKind, end: u32, below: u16) -> Stmt {
        Stmt { range: self.range(start, end), height: below + 1, kind }
    }

    /// A statement that holds no expression.
    pub fn plain(&self, start: u32, kind: StmtKind, end: u32) -> Stmt {
        self.statement(start, kind, end, 0)
    }

    /// The statements between semicolons.
    pub fn line(&self, first: Stmt, rest: Vec<Stmt>) -> Vec<Stmt> {
        let mut all = vec![first];
        all.extend(rest);
        all
    }

    /// An expression as a statement.
    pub fn expression_statement(&self, start: u32, value: Expr, end: u32) -> Stmt {
        let below = value.height;
        self.statement(start, StmtKind::Expr { value: Box::new(value) }, end, below)
    }

    /// `first = rest[0] = ... = value`.
    pub fn assign(&self, start: u32, first: Expr, mut rest: Vec<Expr>, end: u32) -> Made<Stmt> {
        let Some(value) = rest.pop() else { return self.invalid(start, end) };
        let mut targets = vec![first];
        targets.append(&mut rest);
        for target in &mut targets {
            self.set_context(target, Context::Store)?;
        }
        let below = value.height.max(tallest(&targets));
        Ok(self.statement(start, StmtKind::Assign { targets, value: Box::new(value) }, end, below))
    }

    /// `target += value`
    pub fn augmented_assign(
        &self,
        start: u32,
        target: Expr,
        op: Operator,
        value: Expr,
        end: u32,
    ) -> Made<Stmt> {
        let target = self.single_target(target)?;
        let below = target.height.max(value.height);
        let kind = StmtKind::AugAssign { target: Box::new(target), op, value: Box::new(value) };
        Ok(self.statement(start, kind, end, below))
    }

    /// `target: annotation = value`
    pub fn annotated_assign(
        &self,
        start: u32,
        target: Expr,
        annotation: Expr,
        value: Option<Expr>,
        end: u32,
    ) -> Made<Stmt> {
        let target = self.single_target(target)?;
        let bracketed = self.range(start, start).column != target.range.column
            || self.range(start, start).line != target.range.line;
        let simple = matches!(target.kind, ExprKind::Name { .. }) && !bracketed;
        let below = tallest([&target, &annotation].into_iter().chain(&value));
        let kind = StmtKind::AnnAssign {
            target: Box::new(target),
            annotation: Box::new(annotation),
            value: boxed(value),
            simple,
        };
        Ok(self.statement(start, kind, end, below))
    }

    /// `return value`
    pub fn return_statement(&self, start: u32, value: Option<Expr>, end: u32) -> Stmt {
        let below = tallest(&value);
        self.statement(start, StmtKind::Return { value: boxed(value) }, end, below)
    }

    /// `raise exc from cause`
    pub fn raise(&self, start: u32, exc: Option<Expr>, cause: Option<Expr>, end: u32) -> Stmt {
        let below = tallest(exc.iter().chain(&cause));
        self.statement(start, StmtKind::Raise { exc: boxed(exc), cause: boxed(cause) }, end, below)
    }

    /// `del targets`
    pub fn delete(&self, start: u32, mut targets: Vec<Expr>, end: u32) -> Made<Stmt> {
        for target in &mut targets {
            self.set_context(target, Context::Del)?;
        }
        let below = tallest(&targets);
        Ok(self.statement(start, StmtKind::Delete { targets }, end, below))
    }

    /// `assert test, msg`
    pub fn assert(&self, start: u32, test: Expr, msg: Option<Expr>, end: u32) -> Stmt {
        let below = tallest([&test].into_iter().chain(&msg));
        self.statement(start, StmtKind::Assert { test: Box::new(test), msg: boxed(msg) }, end, below)
    }

    /// `name as asname`
    pub fn alias(&self, start: u32, name: Name, asname: Option<Name>, end: u32) -> Alias {
        Alias { range: self.range(start, end), name, asname }
    }

    /// `from module import names`
    pub fn import_from(
        &self,
        start: u32,
        level: Option<u32>,
        module: Option<Name>,
        names: Vec<Alias>,
        end: u32,
    ) -> Stmt {
        self.plain(start, StmtKind::ImportFrom { module, names, level: level.unwrap_or(0) }, end)
    }
}
