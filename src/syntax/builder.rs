//! What the grammar's actions call: nodes, and the checks that a context-free grammar cannot make.
//!
//! A refusal of a check carries no wording: `diagnose` looks at the tokens again and finds it. Faults that
//! know their wording (a string's escapes, a tree that is too high) are final.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::ast::*;
use super::errors::{Fault, SyntaxErrorKind};
use super::source::{self, Lines};
use super::strings;
use super::tokens::{RawToken, TokenKind};

pub type Refusal = lalrpop_util::ParseError<u32, TokenKind, Box<Fault>>;
pub type Made<T> = Result<T, Refusal>;
/// `None` is the key of `**mapping`.
pub type DictItem = (Option<Expr>, Expr);

/// A statement may be higher than an expression, by a chain of `elif`.
const MAXIMUM_STATEMENT_HEIGHT: u16 = 2 * MAXIMUM_HEIGHT;

/// What all parsers of one source share: an f-string's expressions are parsed by parsers of their own.
pub struct SourceContext<'source> {
    pub source: &'source str,
    pub lines: Lines,
    /// What is to be told of a program that is right.
    pub warnings: RefCell<Vec<SourceWarning>>,
    names: RefCell<FxHashMap<Box<str>, Name>>,
}

impl<'source> SourceContext<'source> {
    pub fn new(source: &'source str) -> Self {
        let (warnings, names) = (RefCell::default(), RefCell::default());
        SourceContext { source, lines: Lines::new(source), warnings, names }
    }

    /// Keeps a warning about `source[start..end]`.
    pub fn warn(&self, start: u32, end: u32, is_deprecation: bool, message: String) {
        let range = source::range(self.lines.position(start as usize), self.lines.position(end as usize));
        self.warnings.borrow_mut().push(SourceWarning { range, is_deprecation, message });
    }
}

pub struct Builder<'source> {
    pub context: &'source SourceContext<'source>,
    tokens: &'source [RawToken],
}

pub enum Argument {
    Positional(Expr),
    Keyword(Keyword),
}

pub enum Parameter {
    Named(Arg, Option<Expr>),
    Slash,
    Star(Option<Arg>),
    DoubleStar(Arg),
}

pub struct Handler {
    star: bool,
    handler: ExceptHandler,
}

/// Turns a fault into what a grammar action returns.
pub fn refuse<T>(fault: Fault) -> Made<T> {
    Err(Refusal::User { error: Box::new(fault) })
}

fn tallest<'tree>(expressions: impl IntoIterator<Item = &'tree Expr>) -> u16 {
    expressions.into_iter().map(|expression| expression.height).max().unwrap_or(0)
}

fn tallest_statement(body: &[Stmt]) -> u16 {
    body.iter().map(|statement| statement.height).max().unwrap_or(0)
}

fn boxed(expression: Option<Expr>) -> Option<Box<Expr>> {
    expression.map(Box::new)
}

fn height_of_generators(generators: &[Comprehension]) -> u16 {
    let parts = generators.iter().flat_map(|part| [&part.target, &part.iter].into_iter().chain(&part.ifs));
    tallest(parts)
}

fn height_of_arguments(arguments: &Arguments) -> u16 {
    let named = arguments.posonlyargs.iter().chain(&arguments.args).chain(&arguments.kwonlyargs);
    let all = named.chain(arguments.vararg.as_deref()).chain(arguments.kwarg.as_deref());
    let annotations = all.filter_map(|arg| arg.annotation.as_deref());
    tallest(annotations.chain(&arguments.defaults).chain(arguments.kw_defaults.iter().flatten()))
}

// ------------------------------------------------------------------------------------------- foundations

impl<'source> Builder<'source> {
    pub fn new(context: &'source SourceContext<'source>, tokens: &'source [RawToken]) -> Self {
        Builder { context, tokens }
    }

    pub fn range(&self, start: u32, end: u32) -> Range {
        let lines = &self.context.lines;
        source::range(lines.position(start as usize), lines.position(end as usize))
    }

    /// The first token that starts at `offset` or behind it: the parser's lookahead.
    pub fn token_after(&self, offset: u32) -> RawToken {
        let index = self.tokens.partition_point(|token| token.start < offset);
        let end = RawToken { kind: TokenKind::End, start: offset, end: offset };
        self.tokens.get(index).copied().unwrap_or(end)
    }

    /// The end of the last token before `end` that is no layout: statements do not cover their newline.
    fn content_end(&self, end: u32) -> u32 {
        let count = self.tokens.partition_point(|token| token.end <= end && token.kind != TokenKind::End);
        let is_layout = |kind| {
            matches!(kind, TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent | TokenKind::End)
        };
        let content = self.tokens[..count].iter().rev().find(|token| !is_layout(token.kind));
        content.map_or(end, |token| token.end)
    }

    /// A check failed between these offsets; the wording is found later.
    fn invalid<T>(&self, start: u32, end: u32) -> Made<T> {
        refuse(Fault::between(SyntaxErrorKind::InvalidSyntax, start as usize, end as usize))
    }

    fn invalid_expression<T>(&self, expression: &Expr) -> Made<T> {
        let Range { line, column, end_line, end_column } = expression.range;
        let lines = &self.context.lines;
        let start = lines.offset(source::Position { line, column });
        let end = lines.offset(source::Position { line: end_line, column: end_column });
        refuse(Fault::between(SyntaxErrorKind::InvalidSyntax, start, end))
    }

    /// An expression over parts of which the highest is `below`.
    pub fn node(&self, start: u32, kind: ExprKind, end: u32, below: u16) -> Made<Expr> {
        if below >= MAXIMUM_HEIGHT {
            return refuse(Fault::too_deep());
        }
        Ok(Expr { range: self.range(start, end), height: below + 1, kind })
    }

    pub fn identifier(&self, start: u32, end: u32) -> Name {
        let text = &self.context.source[start as usize..end as usize];
        let mut names = self.context.names.borrow_mut();
        if let Some(name) = names.get(text) {
            return name.clone();
        }
        let name: Name = match text.is_ascii() {
            true => text.into(),
            false => text.nfkc().collect::<String>().into(),
        };
        names.insert(text.into(), name.clone());
        name
    }
}

// ----------------------------------------------------------------------------------------------- targets

impl Builder<'_> {
    /// Gives an expression and what it unpacks another context, or refuses it as a target.
    fn set_context(&self, expression: &mut Expr, context: Context) -> Made<()> {
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

    fn stored(&self, mut target: Expr) -> Made<Expr> {
        self.set_context(&mut target, Context::Store)?;
        Ok(target)
    }

    /// A target that cannot be unpacked into: a name, an attribute or an item.
    fn single_target(&self, target: Expr) -> Made<Expr> {
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

// -------------------------------------------------------------------------------------------- statements

impl Builder<'_> {
    fn statement(&self, start: u32, kind: StmtKind, end: u32, below: u16) -> Stmt {
        Stmt { range: self.range(start, end), height: below + 1, kind }
    }

    pub fn plain(&self, start: u32, kind: StmtKind, end: u32) -> Stmt {
        self.statement(start, kind, end, 0)
    }

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

    pub fn line(&self, first: Stmt, rest: Vec<Stmt>) -> Vec<Stmt> {
        let mut all = vec![first];
        all.extend(rest);
        all
    }

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

    pub fn return_statement(&self, start: u32, value: Option<Expr>, end: u32) -> Stmt {
        let below = tallest(&value);
        self.statement(start, StmtKind::Return { value: boxed(value) }, end, below)
    }

    pub fn raise(&self, start: u32, exc: Option<Expr>, cause: Option<Expr>, end: u32) -> Stmt {
        let below = tallest(exc.iter().chain(&cause));
        self.statement(start, StmtKind::Raise { exc: boxed(exc), cause: boxed(cause) }, end, below)
    }

    pub fn delete(&self, start: u32, mut targets: Vec<Expr>, end: u32) -> Made<Stmt> {
        for target in &mut targets {
            self.set_context(target, Context::Del)?;
        }
        let below = tallest(&targets);
        Ok(self.statement(start, StmtKind::Delete { targets }, end, below))
    }

    pub fn assert(&self, start: u32, test: Expr, msg: Option<Expr>, end: u32) -> Stmt {
        let below = tallest([&test].into_iter().chain(&msg));
        self.statement(start, StmtKind::Assert { test: Box::new(test), msg: boxed(msg) }, end, below)
    }

    pub fn alias(&self, start: u32, name: Name, asname: Option<Name>, end: u32) -> Alias {
        Alias { range: self.range(start, end), name, asname }
    }

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

    pub fn with_item(&self, context_expr: Expr, target: Expr) -> Made<WithItem> {
        if matches!(context_expr.kind, ExprKind::Starred { .. }) {
            return self.invalid_expression(&context_expr);
        }
        if matches!(target.kind, ExprKind::Starred { .. }) {
            return self.invalid_expression(&target);
        }
        Ok(WithItem { context_expr, optional_vars: Some(Box::new(self.stored(target)?)) })
    }

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

    pub fn match_statement(&self, start: u32, subject: Expr, cases: Vec<MatchCase>, end: u32) -> Stmt {
        let bodies = cases.iter().map(|case| tallest_statement(&case.body)).max().unwrap_or(0);
        let guards = tallest(cases.iter().filter_map(|case| case.guard.as_deref()));
        let below = bodies.max(guards).max(subject.height);
        let kind = StmtKind::Match { subject: Box::new(subject), cases };
        self.statement(start, kind, self.content_end(end), below)
    }
}

// -------------------------------------------------------------------------------------------- parameters

impl Builder<'_> {
    pub fn arg(&self, start: u32, arg: Name, annotation: Option<Expr>, end: u32) -> Arg {
        Arg { range: self.range(start, end), arg, annotation: boxed(annotation) }
    }

    /// Sorts parameters into their kinds, and refuses an order that Python does not allow.
    fn arguments(&self, parameters: Vec<Parameter>) -> Made<Arguments> {
        let mut arguments = Arguments::default();
        let mut starred = false;
        // A bare `*` must be followed by a named parameter.
        let mut awaits_keyword = false;
        let mut slashed = false;
        for parameter in parameters {
            if arguments.kwarg.is_some() {
                return self.invalid(0, 0);
            }
            match parameter {
                Parameter::Named(arg, default) if starred => {
                    awaits_keyword = false;
                    arguments.kwonlyargs.push(arg);
                    arguments.kw_defaults.push(default);
                }
                Parameter::Named(arg, default) => {
                    if default.is_none() && !arguments.defaults.is_empty() {
                        return self.invalid(0, 0);
                    }
                    arguments.args.push(arg);
                    arguments.defaults.extend(default);
                }
                Parameter::Slash if starred || slashed || arguments.args.is_empty() => {
                    return self.invalid(0, 0);
                }
                Parameter::Slash => {
                    slashed = true;
                    arguments.posonlyargs = std::mem::take(&mut arguments.args);
                }
                Parameter::Star(_) if starred => return self.invalid(0, 0),
                Parameter::Star(vararg) => {
                    starred = true;
                    awaits_keyword = vararg.is_none();
                    arguments.vararg = vararg.map(Box::new);
                }
                Parameter::DoubleStar(_) if awaits_keyword => return self.invalid(0, 0),
                Parameter::DoubleStar(arg) => arguments.kwarg = Some(Box::new(arg)),
            }
        }
        if awaits_keyword { self.invalid(0, 0) } else { Ok(arguments) }
    }

    pub fn keyword(&self, start: u32, arg: Option<Name>, value: Expr, end: u32) -> Argument {
        Argument::Keyword(Keyword { range: self.range(start, end), arg, value })
    }

    /// Positional arguments and keywords, when they stand in an order that Python allows.
    fn split_arguments(
        &self,
        start: u32,
        arguments: Vec<Argument>,
        end: u32,
    ) -> Made<(Vec<Expr>, Vec<Keyword>)> {
        let (mut positional, mut keywords, mut unpacked) = (Vec::new(), Vec::<Keyword>::new(), false);
        for argument in arguments {
            match argument {
                Argument::Keyword(keyword) => {
                    unpacked |= keyword.arg.is_none();
                    keywords.push(keyword);
                }
                Argument::Positional(value) => {
                    let starred = matches!(value.kind, ExprKind::Starred { .. });
                    if unpacked || !starred && !keywords.is_empty() {
                        return self.invalid(start, end);
                    }
                    positional.push(value);
                }
            }
        }
        Ok((positional, keywords))
    }
}

// ------------------------------------------------------------------------------------------- expressions

impl Builder<'_> {
    pub fn constant(&self, start: u32, value: Constant, end: u32) -> Expr {
        let kind = ExprKind::Constant { value, unicode_prefix: false };
        Expr { range: self.range(start, end), height: 1, kind }
    }

    pub fn number(&self, start: u32, end: u32) -> Made<Expr> {
        let text = &self.context.source[start as usize..end as usize];
        match super::numbers::value(text) {
            Ok(value) => Ok(self.constant(start, value, end)),
            Err(kind) => refuse(Fault::line_wide(kind, start as usize)),
        }
    }

    pub fn strings(&self, start: u32, parts: &[(u32, u32)], end: u32) -> Made<Expr> {
        strings::concatenate(self, start, parts, end)
    }

    pub fn name_expression(&self, start: u32, id: Name, end: u32) -> Expr {
        let kind = ExprKind::Name { id, ctx: Context::Load };
        Expr { range: self.range(start, end), height: 1, kind }
    }

    pub fn binary(&self, start: u32, left: Expr, op: Operator, right: Expr, end: u32) -> Made<Expr> {
        let below = left.height.max(right.height);
        self.node(start, ExprKind::BinOp { left: Box::new(left), op, right: Box::new(right) }, end, below)
    }

    pub fn unary(&self, start: u32, op: UnaryOperator, operand: Expr, end: u32) -> Made<Expr> {
        let below = operand.height;
        self.node(start, ExprKind::UnaryOp { op, operand: Box::new(operand) }, end, below)
    }

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

    pub fn conditional(&self, start: u32, body: Expr, test: Expr, orelse: Expr, end: u32) -> Made<Expr> {
        let below = tallest([&body, &test, &orelse]);
        let kind = ExprKind::IfExp { test: Box::new(test), body: Box::new(body), orelse: Box::new(orelse) };
        self.node(start, kind, end, below)
    }

    pub fn lambda(&self, start: u32, parameters: Vec<Parameter>, body: Expr, end: u32) -> Made<Expr> {
        let args = self.arguments(parameters)?;
        let below = body.height.max(height_of_arguments(&args));
        self.node(start, ExprKind::Lambda { args: Box::new(args), body: Box::new(body) }, end, below)
    }

    pub fn named(&self, start: u32, id: Name, name_end: u32, value: Expr, end: u32) -> Made<Expr> {
        let mut target = self.name_expression(start, id, name_end);
        self.set_context(&mut target, Context::Store)?;
        let below = value.height;
        self.node(start, ExprKind::NamedExpr { target: Box::new(target), value: Box::new(value) }, end, below)
    }

    pub fn starred(&self, start: u32, value: Expr, end: u32) -> Made<Expr> {
        let below = value.height;
        self.node(start, ExprKind::Starred { value: Box::new(value), ctx: Context::Load }, end, below)
    }

    pub fn yield_expression(&self, start: u32, value: Option<Expr>, end: u32) -> Made<Expr> {
        let below = tallest(&value);
        self.node(start, ExprKind::Yield { value: boxed(value) }, end, below)
    }

    pub fn yield_from(&self, start: u32, value: Expr, end: u32) -> Made<Expr> {
        let below = value.height;
        self.node(start, ExprKind::YieldFrom { value: Box::new(value) }, end, below)
    }

    pub fn await_expression(&self, start: u32, value: Expr, end: u32) -> Made<Expr> {
        let below = value.height;
        self.node(start, ExprKind::Await { value: Box::new(value) }, end, below)
    }

    pub fn attribute(&self, start: u32, value: Expr, attr: Name, end: u32) -> Made<Expr> {
        let below = value.height;
        let kind = ExprKind::Attribute { value: Box::new(value), attr, ctx: Context::Load };
        self.node(start, kind, end, below)
    }

    pub fn subscript(&self, start: u32, value: Expr, slice: Expr, end: u32) -> Made<Expr> {
        let below = value.height.max(slice.height);
        let kind = ExprKind::Subscript { value: Box::new(value), slice: Box::new(slice), ctx: Context::Load };
        self.node(start, kind, end, below)
    }

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

    pub fn group_or_tuple(&self, start: u32, elts: Vec<Expr>, comma: bool, end: u32) -> Made<Expr> {
        self.one_or_tuple(start, elts, comma, end)
    }

    pub fn tuple(&self, start: u32, elts: Vec<Expr>, end: u32) -> Made<Expr> {
        let below = tallest(&elts);
        self.node(start, ExprKind::Tuple { elts, ctx: Context::Load }, end, below)
    }

    pub fn list(&self, start: u32, elts: Vec<Expr>, end: u32) -> Made<Expr> {
        let below = tallest(&elts);
        self.node(start, ExprKind::List { elts, ctx: Context::Load }, end, below)
    }

    pub fn set(&self, start: u32, elts: Vec<Expr>, end: u32) -> Made<Expr> {
        let below = tallest(&elts);
        self.node(start, ExprKind::Set { elts }, end, below)
    }

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

    pub fn generator(&self, start: u32, elt: Expr, generators: Vec<Comprehension>, end: u32) -> Made<Expr> {
        let below = self.comprehension_height(&elt, &generators)?;
        self.node(start, ExprKind::GeneratorExp { elt: Box::new(elt), generators }, end, below)
    }

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

// ---------------------------------------------------------------------------------------------- patterns

impl Builder<'_> {
    fn pattern(&self, start: u32, kind: PatternKind, end: u32) -> Pattern {
        Pattern { range: self.range(start, end), kind }
    }

    pub fn sequence_pattern(&self, start: u32, patterns: Vec<Pattern>, end: u32) -> Pattern {
        self.pattern(start, PatternKind::MatchSequence { patterns }, end)
    }

    /// The whole pattern of a `case`: a sequence needs no brackets there.
    pub fn open_sequence(&self, start: u32, patterns: Vec<Pattern>, comma: bool, end: u32) -> Made<Pattern> {
        self.bracketed_pattern(start, patterns, comma, end)
    }

    /// One pattern without a comma is a group.
    pub fn bracketed_pattern(
        &self,
        start: u32,
        mut patterns: Vec<Pattern>,
        comma: bool,
        end: u32,
    ) -> Made<Pattern> {
        match patterns.pop() {
            Some(only) if patterns.is_empty() && !comma => match only.kind {
                PatternKind::MatchStar { .. } => self.invalid(start, end),
                _ => Ok(only),
            },
            last => {
                patterns.extend(last);
                Ok(self.sequence_pattern(start, patterns, end))
            }
        }
    }

    pub fn star_pattern(&self, start: u32, name: Name, end: u32) -> Pattern {
        let name = Some(name).filter(|name| &**name != "_");
        self.pattern(start, PatternKind::MatchStar { name }, end)
    }

    pub fn as_pattern(&self, start: u32, pattern: Pattern, name: Name, end: u32) -> Made<Pattern> {
        if &*name == "_" {
            return self.invalid(start, end);
        }
        let kind = PatternKind::MatchAs { pattern: Some(Box::new(pattern)), name: Some(name) };
        Ok(self.pattern(start, kind, end))
    }

    pub fn or_pattern(&self, start: u32, first: Pattern, rest: Vec<Pattern>, end: u32) -> Pattern {
        let mut patterns = vec![first];
        patterns.extend(rest);
        self.pattern(start, PatternKind::MatchOr { patterns }, end)
    }

    pub fn value_pattern(&self, start: u32, value: Expr, end: u32) -> Pattern {
        self.pattern(start, PatternKind::MatchValue { value: Box::new(value) }, end)
    }

    pub fn string_pattern(&self, start: u32, strings: &[(u32, u32)], end: u32) -> Made<Pattern> {
        let value = self.strings(start, strings, end)?;
        Ok(self.value_pattern(start, value, end))
    }

    pub fn singleton_pattern(&self, start: u32, value: Constant, end: u32) -> Pattern {
        self.pattern(start, PatternKind::MatchSingleton { value }, end)
    }

    pub fn capture_pattern(&self, start: u32, name: Name, end: u32) -> Pattern {
        let name = Some(name).filter(|name| &**name != "_");
        self.pattern(start, PatternKind::MatchAs { pattern: None, name }, end)
    }

    pub fn complex_pattern(&self, start: u32, left: Expr, op: Operator, right: Expr, end: u32) -> Made<Expr> {
        let imaginary = matches!(&right.kind, ExprKind::Constant { value: Constant::Imaginary(_), .. });
        if !imaginary {
            let kind = SyntaxErrorKind::Text("imaginary number required in complex literal");
            let from = self
                .context
                .lines
                .offset(source::Position { line: right.range.line, column: right.range.column });
            return refuse(Fault::between(kind, from, end as usize));
        }
        let number = match &left.kind {
            ExprKind::UnaryOp { operand, .. } => operand,
            _ => &left,
        };
        if matches!(&number.kind, ExprKind::Constant { value: Constant::Imaginary(_), .. }) {
            let kind = SyntaxErrorKind::Text("real number required in complex literal");
            let from = self
                .context
                .lines
                .offset(source::Position { line: left.range.line, column: left.range.column });
            let to = self
                .context
                .lines
                .offset(source::Position { line: left.range.end_line, column: left.range.end_column });
            return refuse(Fault::between(kind, from, to));
        }
        self.binary(start, left, op, right, end)
    }

    pub fn mapping_pattern(
        &self,
        start: u32,
        items: Vec<(Option<Expr>, Result<Pattern, Name>)>,
        end: u32,
    ) -> Made<Pattern> {
        let (mut keys, mut patterns, mut rest) = (Vec::new(), Vec::new(), None);
        for item in items {
            if rest.is_some() {
                return self.invalid(start, end);
            }
            match item {
                (Some(key), Ok(pattern)) => {
                    keys.push(key);
                    patterns.push(pattern);
                }
                (_, Err(name)) if &*name != "_" => rest = Some(name),
                _ => return self.invalid(start, end),
            }
        }
        Ok(self.pattern(start, PatternKind::MatchMapping { keys, patterns, rest }, end))
    }

    pub fn class_pattern(
        &self,
        start: u32,
        cls: Expr,
        items: Vec<(Option<Name>, Pattern)>,
        end: u32,
    ) -> Made<Pattern> {
        let (mut patterns, mut kwd_attrs, mut kwd_patterns) = (Vec::new(), Vec::new(), Vec::new());
        for item in items {
            match item {
                (None, _) if !kwd_attrs.is_empty() => return self.invalid(start, end),
                (None, pattern) => patterns.push(pattern),
                (Some(name), pattern) => {
                    kwd_attrs.push(name);
                    kwd_patterns.push(pattern);
                }
            }
        }
        let kind = PatternKind::MatchClass { cls: Box::new(cls), patterns, kwd_attrs, kwd_patterns };
        Ok(self.pattern(start, kind, end))
    }
}
