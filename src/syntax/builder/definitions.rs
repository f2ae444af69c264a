//! Definitions of functions and classes, with their decorators.

use super::parameters::{Argument, Parameter, height_of_arguments};
use super::{Builder, Made, boxed, tallest, tallest_statement};
use crate::syntax::ast::*;

impl Builder<'_> {
    /// What `def` and `async def` share, without decorators.
    pub fn function_parts(
        &self,
        name: Name,
        parameters: Vec<Parameter>,
        returns: Option<Expr>,
        body: Vec<Stmt>,
    ) -> Made<FunctionDef> {
        let args = self.arguments(parameters)?;
        Ok(FunctionDef { name, args, body, decorator_list: Vec::new(), returns: boxed(returns) })
    }

    /// `def` or `async def` with its decorators.
    pub fn function(
        &self,
        start: u32,
        decorator_list: Vec<Expr>,
        is_async: bool,
        definition: FunctionDef,
        end: u32,
    ) -> Stmt {
        let definition = Box::new(FunctionDef { decorator_list, ..definition });
        let expressions = tallest(definition.decorator_list.iter().chain(definition.returns.as_deref()));
        let below =
            expressions.max(height_of_arguments(&definition.args)).max(tallest_statement(&definition.body));
        let kind = match is_async {
            true => StmtKind::AsyncFunctionDef(definition),
            false => StmtKind::FunctionDef(definition),
        };
        self.statement(start, kind, self.content_end(end), below)
    }

    /// `class` with its decorators.
    pub fn class(
        &self,
        start: u32,
        decorator_list: Vec<Expr>,
        name: Name,
        arguments: Option<Vec<Argument>>,
        body: Vec<Stmt>,
        end: u32,
    ) -> Made<Stmt> {
        let (bases, keywords) = self.split_arguments(start, arguments.unwrap_or_default(), end)?;
        let expressions =
            bases.iter().chain(keywords.iter().map(|keyword| &keyword.value)).chain(&decorator_list);
        let below = tallest(expressions).max(tallest_statement(&body));
        let kind = StmtKind::ClassDef(Box::new(ClassDef { name, bases, keywords, body, decorator_list }));
        Ok(self.statement(start, kind, self.content_end(end), below))
    }
}
