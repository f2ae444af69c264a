//! Expressions that are no displays: constants and names, operators, calls, attributes and subscripts.

use super::parameters::{Argument, Parameter, height_of_arguments};
use super::{Builder, Made, boxed, refuse, tallest};
use crate::syntax::ast::*;
use crate::syntax::errors::Fault;
use crate::syntax::{numbers, strings};

impl Builder<'_> {
    /// A constant that is written as it is.
    pub fn constant(&self, start: u32, value: Constant, end: u32) -> Expr {
        let kind = ExprKind::Constant { value, unicode_prefix: false };
        Expr { range: self.range(start, end), height: 1, kind }
    }

    /// A number.
    pub fn number(&self, start: u32, end: u32) -> Made<Expr> {
        let text = &self.context.source[start as usize..end as usize];
        match numbers::value(text, self.context.most_digits) {
            Ok(value) => Ok(self.constant(start, value, end)),
            Err(kind) => refuse(Fault::line_wide(kind, start as usize)),
        }
    }

    /// Strings side by side, which are one.
    pub fn strings(&self, start: u32, parts: &[(u32, u32)], end: u32) -> Made<Expr> {
        strings::concatenate(self, start, parts, end)
    }

    /// A name that is read.
    pub fn name_expression(&self, start: u32, id: Name, end: u32) -> Expr {
        let kind = ExprKind::Name { id, ctx: Context::Load };
        Expr { range: self.range(start, end), height: 1, kind }
    }

    /// `left op right`
    pub fn binary(&self, start: u32, left: Expr, op: Operator, right: Expr, end: u32) -> Made<Expr> {
        let below = left.height.max(right.height);
        self.node(start, ExprKind::BinOp { left: Box::new(left), op, right: Box::new(right) }, end, below)
    }

    /// `op operand`
    pub fn unary(&self, start: u32, op: UnaryOperator, operand: Expr, end: u32) -> Made<Expr> {
        let below = operand.height;
        self.node(start, ExprKind::UnaryOp { op, operand: Box::new(operand) }, end, below)
    }

    /// `a and b and c`
    pub fn boolean(
        &self,
        start: u32,
        op: BoolOperator,
        first: Expr,
        rest: Vec<Expr>,
        end: u32,
    ) -> Made<Expr> {
        let mut values = Vec::with_capacity(rest.len() + 1);
        values.push(first);
        values.extend(rest);
        let below = tallest(&values);
        self.node(start, ExprKind::BoolOp { op, values }, end, below)
    }

    /// `a < b < c`
    pub fn compare(
        &self,
        start: u32,
        left: Expr,
        rest: Vec<(CompareOperator, Expr)>,
        end: u32,
    ) -> Made<Expr> {
        let (ops, comparators): (Vec<_>, Vec<_>) = rest.into_iter().unzip();
        let below = left.height.max(tallest(&comparators));
        self.node(start, ExprKind::Compare { left: Box::new(left), ops, comparators }, end, below)
    }

    /// `body if test else orelse`
    pub fn conditional(&self, start: u32, body: Expr, test: Expr, orelse: Expr, end: u32) -> Made<Expr> {
        let below = tallest([&body, &test, &orelse]);
        let kind = ExprKind::IfExp { test: Box::new(test), body: Box::new(body), orelse: Box::new(orelse) };
        self.node(start, kind, end, below)
    }

    /// `lambda parameters: body`
    pub fn lambda(&self, start: u32, parameters: Vec<Parameter>, body: Expr, end: u32) -> Made<Expr> {
        let args = self.arguments(parameters)?;
        let below = body.height.max(height_of_arguments(&args));
        self.node(start, ExprKind::Lambda { args: Box::new(args), body: Box::new(body) }, end, below)
    }

    /// `id := value`
    pub fn named(&self, start: u32, id: Name, name_end: u32, value: Expr, end: u32) -> Made<Expr> {
        let mut target = self.name_expression(start, id, name_end);
        self.set_context(&mut target, Context::Store)?;
        let below = value.height;
        self.node(start, ExprKind::NamedExpr { target: Box::new(target), value: Box::new(value) }, end, below)
    }

    /// `*value`
    pub fn starred(&self, start: u32, value: Expr, end: u32) -> Made<Expr> {
        let below = value.height;
        self.node(start, ExprKind::Starred { value: Box::new(value), ctx: Context::Load }, end, below)
    }

    /// `yield value`
    pub fn yield_expression(&self, start: u32, value: Option<Expr>, end: u32) -> Made<Expr> {
        let below = tallest(&value);
        self.node(start, ExprKind::Yield { value: boxed(value) }, end, below)
    }

    /// `yield from value`
    pub fn yield_from(&self, start: u32, value: Expr, end: u32) -> Made<Expr> {
        let below = value.height;
        self.node(start, ExprKind::YieldFrom { value: Box::new(value) }, end, below)
    }

    /// `await value`
    pub fn await_expression(&self, start: u32, value: Expr, end: u32) -> Made<Expr> {
        let below = value.height;
        self.node(start, ExprKind::Await { value: Box::new(value) }, end, below)
    }

    /// `value.attr`
    pub fn attribute(&self, start: u32, value: Expr, attr: Name, end: u32) -> Made<Expr> {
        let below = value.height;
        let kind = ExprKind::Attribute { value: Box::new(value), attr, ctx: Context::Load };
        self.node(start, kind, end, below)
    }

    /// `value[slice]`
    pub fn subscript(&self, start: u32, value: Expr, slice: Expr, end: u32) -> Made<Expr> {
        let below = value.height.max(slice.height);
        let kind = ExprKind::Subscript { value: Box::new(value), slice: Box::new(slice), ctx: Context::Load };
        self.node(start, kind, end, below)
    }

    /// `func(arguments)`
    pub fn call(&self, start: u32, func: Expr, arguments: Vec<Argument>, end: u32) -> Made<Expr> {
        let (args, keywords) = self.split_arguments(start, arguments, end)?;
        let values = keywords.iter().map(|keyword| &keyword.value);
        let below = func.height.max(tallest(args.iter().chain(values)));
        self.node(start, ExprKind::Call { func: Box::new(func), args, keywords }, end, below)
    }

    /// `f(x for x in y)`: the call's brackets are the generator's.
    pub fn call_with_generator(
        &self,
        start: u32,
        func: Expr,
        bracket: u32,
        elt: Expr,
        generators: Vec<Comprehension>,
        end: u32,
    ) -> Made<Expr> {
        let argument = self.generator(bracket, elt, generators, end)?;
        self.call(start, func, vec![Argument::Positional(argument)], end)
    }

    /// `lower:upper:step`
    pub fn slice(
        &self,
        start: u32,
        lower: Option<Expr>,
        upper: Option<Expr>,
        step: Option<Expr>,
        end: u32,
    ) -> Made<Expr> {
        let below = tallest(lower.iter().chain(&upper).chain(&step));
        self.node(
            start,
            ExprKind::Slice { lower: boxed(lower), upper: boxed(upper), step: boxed(step) },
            end,
            below,
        )
    }

    /// What stands between a subscript's brackets. One starred item makes a tuple, too.
    pub fn slices(&self, start: u32, elts: Vec<Expr>, comma: bool, end: u32) -> Made<Expr> {
        let starred = elts.iter().any(|element| matches!(element.kind, ExprKind::Starred { .. }));
        self.expression_list(start, elts, comma || starred, end)
    }
}
