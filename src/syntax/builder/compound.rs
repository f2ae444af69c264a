//! Statements that hold blocks of statements, and their parts: they end where their last block has its last content.

use super::{Builder, Made, boxed, refuse, tallest, tallest_statement};
use crate::syntax::ast::*;
use crate::syntax::errors::Fault;

/// A statement may be higher than an expression, by a chain of `elif`.
const MAXIMUM_STATEMENT_HEIGHT: u16 = 2 * MAXIMUM_HEIGHT;

/// A handler, and whether it is `except*`.
pub struct Handler {
    star: bool,
    handler: ExceptHandler,
}

impl Builder<'_> {
    /// A compound statement, whose end lies before its last newline.
    pub fn compound(&self, start: u32, kind: StmtKind, end: u32) -> Stmt {
        let below = match &kind {
            StmtKind::For(parts) | StmtKind::AsyncFor(parts) => {
                let expressions = tallest([&*parts.target, &*parts.iter]);
                expressions.max(tallest_statement(&parts.body)).max(tallest_statement(&parts.orelse))
            }
            StmtKind::With(parts) | StmtKind::AsyncWith(parts) => {
                let targets = parts.items.iter().filter_map(|item| item.optional_vars.as_deref());
                let contexts = parts.items.iter().map(|item| &item.context_expr);
                tallest(targets.chain(contexts)).max(tallest_statement(&parts.body))
            }
            _ => 0,
        };
        self.statement(start, kind, self.content_end(end), below)
    }

    /// Builds the chain of `elif` from its end, so that each is the `orelse` of the one before.
    pub fn if_statement(
        &self,
        start: u32,
        test: Expr,
        body: Vec<Stmt>,
        elifs: Vec<(u32, Expr, Vec<Stmt>)>,
        orelse: Option<Vec<Stmt>>,
        end: u32,
    ) -> Made<Stmt> {
        let end = self.content_end(end);
        let mut rest = orelse.unwrap_or_default();
        for (start, test, body) in elifs.into_iter().rev() {
            rest = vec![self.one_if(start, test, body, rest, end)?];
        }
        self.one_if(start, test, body, rest, end)
    }

    fn one_if(&self, start: u32, test: Expr, body: Vec<Stmt>, orelse: Vec<Stmt>, end: u32) -> Made<Stmt> {
        let below = test.height.max(tallest_statement(&body)).max(tallest_statement(&orelse));
        if below >= MAXIMUM_STATEMENT_HEIGHT {
            return refuse(Fault::too_deep());
        }
        Ok(self.statement(start, StmtKind::If { test: Box::new(test), body, orelse }, end, below))
    }

    /// `while test: body else: orelse`
    pub fn while_statement(
        &self,
        start: u32,
        test: Expr,
        body: Vec<Stmt>,
        orelse: Option<Vec<Stmt>>,
        end: u32,
    ) -> Stmt {
        let orelse = orelse.unwrap_or_default();
        let below = test.height.max(tallest_statement(&body)).max(tallest_statement(&orelse));
        let kind = StmtKind::While { test: Box::new(test), body, orelse };
        self.statement(start, kind, self.content_end(end), below)
    }

    /// What `for` and `async for` share.
    pub fn for_parts(
        &self,
        target: Expr,
        iter: Expr,
        body: Vec<Stmt>,
        orelse: Option<Vec<Stmt>>,
    ) -> Box<For> {
        let orelse = orelse.unwrap_or_default();
        Box::new(For { target: Box::new(target), iter: Box::new(iter), body, orelse })
    }

    /// What `with` and `async with` share.
    pub fn with_parts(&self, items: Vec<WithItem>, body: Vec<Stmt>) -> Box<With> {
        Box::new(With { items, body })
    }

    /// `with (a, b):` has been read as one item, a tuple; it is two.
    pub fn with_items(&self, start: u32, mut items: Vec<WithItem>, end: u32) -> Vec<WithItem> {
        let whole = self.range(start, end);
        let [only] = items.as_mut_slice() else { return items };
        let is_plain =
            |element: &Expr| !matches!(element.kind, ExprKind::Starred { .. } | ExprKind::NamedExpr { .. });
        match &mut only.context_expr {
            Expr { kind: ExprKind::Tuple { elts, .. }, range, .. }
                if only.optional_vars.is_none()
                    && *range == whole
                    && !elts.is_empty()
                    && elts.iter().all(is_plain) =>
            {
                let elements = std::mem::take(elts);
                elements
                    .into_iter()
                    .map(|context_expr| WithItem { context_expr, optional_vars: None })
                    .collect()
            }
            _ => items,
        }
    }

    /// `context_expr as target`
    pub fn with_item(&self, context_expr: Expr, target: Expr) -> Made<WithItem> {
        if matches!(context_expr.kind, ExprKind::Starred { .. }) {
            return self.invalid_expression(&context_expr);
        }
        if matches!(target.kind, ExprKind::Starred { .. }) {
            return self.invalid_expression(&target);
        }
        Ok(WithItem { context_expr, optional_vars: Some(Box::new(self.stored(target)?)) })
    }

    /// `before, expression as target` in brackets.
    pub fn with_items_after(&self, before: Vec<Expr>, expression: Expr, target: Expr) -> Made<Vec<WithItem>> {
        let mut items = Vec::with_capacity(before.len() + 1);
        for context_expr in before {
            if matches!(context_expr.kind, ExprKind::Starred { .. }) {
                return self.invalid_expression(&context_expr);
            }
            items.push(WithItem { context_expr, optional_vars: None });
        }
        items.push(self.with_item(expression, target)?);
        Ok(items)
    }

    /// `except type as name: body`
    pub fn handler(
        &self,
        start: u32,
        star: bool,
        kind: Option<Expr>,
        name: Option<Name>,
        body: Vec<Stmt>,
        end: u32,
    ) -> Handler {
        let range = self.range(start, self.content_end(end));
        Handler { star, handler: ExceptHandler { range, r#type: boxed(kind), name, body } }
    }

    /// `try` with its handlers, which must be of one kind.
    pub fn try_statement(
        &self,
        start: u32,
        body: Vec<Stmt>,
        handlers: Vec<Handler>,
        orelse: Option<Vec<Stmt>>,
        finalbody: Option<Vec<Stmt>>,
        end: u32,
    ) -> Made<Stmt> {
        let star = handlers.iter().any(|handler| handler.star);
        if star && handlers.iter().any(|handler| !handler.star) {
            return self.invalid(start, end);
        }
        let handlers: Vec<_> = handlers.into_iter().map(|handler| handler.handler).collect();
        let (orelse, finalbody) = (orelse.unwrap_or_default(), finalbody.unwrap_or_default());
        let bodies =
            [&body, &orelse, &finalbody].into_iter().chain(handlers.iter().map(|handler| &handler.body));
        let statements = bodies.map(|body| tallest_statement(body)).max().unwrap_or(0);
        let below = statements.max(tallest(handlers.iter().filter_map(|handler| handler.r#type.as_deref())));
        let parts = Box::new(Try { body, handlers, orelse, finalbody });
        let kind = if star { StmtKind::TryStar(parts) } else { StmtKind::Try(parts) };
        Ok(self.statement(start, kind, self.content_end(end), below))
    }

    /// `match subject:` with its cases.
    pub fn match_statement(&self, start: u32, subject: Expr, cases: Vec<MatchCase>, end: u32) -> Stmt {
        let bodies = cases.iter().map(|case| tallest_statement(&case.body)).max().unwrap_or(0);
        let guards = tallest(cases.iter().filter_map(|case| case.guard.as_deref()));
        let below = bodies.max(guards).max(subject.height);
        let kind = StmtKind::Match { subject: Box::new(subject), cases };
        self.statement(start, kind, self.content_end(end), below)
    }
}
