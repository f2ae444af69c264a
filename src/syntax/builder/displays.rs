//! Tuples, lists, sets and dicts that are written out, and what makes them by comprehension.

use super::{Builder, Made, tallest};
use crate::syntax::ast::*;

/// `None` is the key of `**mapping`.
pub type DictItem = (Option<Expr>, Expr);

fn height_of_generators(generators: &[Comprehension]) -> u16 {
    let parts = generators.iter().flat_map(|part| [&part.target, &part.iter].into_iter().chain(&part.ifs));
    tallest(parts)
}

impl Builder<'_> {
    /// One expression is itself; more, or one before a comma, make a tuple.
    pub fn expression_list(&self, start: u32, mut elts: Vec<Expr>, comma: bool, end: u32) -> Made<Expr> {
        match elts.pop() {
            Some(only) if elts.is_empty() && !comma => Ok(only),
            last => {
                elts.extend(last);
                self.tuple(start, elts, end)
            }
        }
    }

    /// As [`Builder::expression_list`], where a lone starred expression is refused.
    pub fn one_or_tuple(&self, start: u32, elts: Vec<Expr>, comma: bool, end: u32) -> Made<Expr> {
        let expression = self.expression_list(start, elts, comma, end)?;
        match expression.kind {
            ExprKind::Starred { .. } => self.invalid(start, end),
            _ => Ok(expression),
        }
    }

    /// `(x)`, or a tuple where there is a comma.
    pub fn group_or_tuple(&self, start: u32, elts: Vec<Expr>, comma: bool, end: u32) -> Made<Expr> {
        self.one_or_tuple(start, elts, comma, end)
    }

    /// `a, b`
    pub fn tuple(&self, start: u32, elts: Vec<Expr>, end: u32) -> Made<Expr> {
        let below = tallest(&elts);
        self.node(start, ExprKind::Tuple { elts, ctx: Context::Load }, end, below)
    }

    /// `[a, b]`
    pub fn list(&self, start: u32, elts: Vec<Expr>, end: u32) -> Made<Expr> {
        let below = tallest(&elts);
        self.node(start, ExprKind::List { elts, ctx: Context::Load }, end, below)
    }

    /// `{a, b}`
    pub fn set(&self, start: u32, elts: Vec<Expr>, end: u32) -> Made<Expr> {
        let below = tallest(&elts);
        self.node(start, ExprKind::Set { elts }, end, below)
    }

    /// `{a: b, **c}`
    pub fn dict(&self, start: u32, items: Vec<DictItem>, end: u32) -> Made<Expr> {
        let (keys, values): (Vec<_>, Vec<_>) = items.into_iter().unzip();
        let below = tallest(keys.iter().flatten()).max(tallest(&values));
        self.node(start, ExprKind::Dict { keys, values }, end, below)
    }

    /// The height below a comprehension; its element may not be starred.
    fn comprehension_height(&self, elt: &Expr, generators: &[Comprehension]) -> Made<u16> {
        match elt.kind {
            ExprKind::Starred { .. } => self.invalid_expression(elt),
            _ => Ok(elt.height.max(height_of_generators(generators))),
        }
    }

    /// `(x for y in z)`
    pub fn generator(&self, start: u32, elt: Expr, generators: Vec<Comprehension>, end: u32) -> Made<Expr> {
        let below = self.comprehension_height(&elt, &generators)?;
        self.node(start, ExprKind::GeneratorExp { elt: Box::new(elt), generators }, end, below)
    }

    /// `[x for y in z]`
    pub fn list_comprehension(
        &self,
        start: u32,
        elt: Expr,
        generators: Vec<Comprehension>,
        end: u32,
    ) -> Made<Expr> {
        let below = self.comprehension_height(&elt, &generators)?;
        self.node(start, ExprKind::ListComp { elt: Box::new(elt), generators }, end, below)
    }

    /// `{x for y in z}`
    pub fn set_comprehension(
        &self,
        start: u32,
        elt: Expr,
        generators: Vec<Comprehension>,
        end: u32,
    ) -> Made<Expr> {
        let below = self.comprehension_height(&elt, &generators)?;
        self.node(start, ExprKind::SetComp { elt: Box::new(elt), generators }, end, below)
    }

    /// `{x: y for z in w}`
    pub fn dict_comprehension(
        &self,
        start: u32,
        (key, value): DictItem,
        generators: Vec<Comprehension>,
        end: u32,
    ) -> Made<Expr> {
        let Some(key) = key else { return self.invalid(start, end) };
        let below = tallest([&key, &value]).max(height_of_generators(&generators));
        let kind = ExprKind::DictComp { key: Box::new(key), value: Box::new(value), generators };
        self.node(start, kind, end, below)
    }
}
