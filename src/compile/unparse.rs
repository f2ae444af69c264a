//! Expressions back to text, as CPython's compiler writes them: for annotations that stay text.

use super::fold::literal;
use crate::bytecode::Constant;
use crate::syntax::ast::{
    Arg, Arguments, BoolOperator, CompareOperator, Comprehension, Conversion, Expr, ExprKind, Keyword,
    Operator, UnaryOperator,
};

/// An end of a slice.
type OptionalExpr = Option<Box<Expr>>;

/// How tightly an expression binds; inside a tighter one it needs parentheses.
type Level = u8;

const TUPLE: Level = 0;
const TEST: Level = 1;
const OR: Level = 2;
const AND: Level = 3;
const NOT: Level = 4;
const COMPARE: Level = 5;
const BIT_OR: Level = 6;
const BIT_XOR: Level = 7;
const BIT_AND: Level = 8;
const SHIFT: Level = 9;
const ARITHMETIC: Level = 10;
const TERM: Level = 11;
const FACTOR: Level = 12;
const POWER: Level = 13;
const ATOM: Level = 15;

/// The text of an expression.
pub(super) fn text_of(expression: &Expr) -> String {
    let mut writer = Writer(String::new());
    writer.expression(expression, TEST);
    writer.0
}

/// What `repr` gives for a constant.
pub(super) fn constant_text(constant: &Constant) -> String {
    match constant {
        Constant::None => "None".into(),
        Constant::True => "True".into(),
        Constant::False => "False".into(),
        Constant::Ellipsis => "...".into(),
        Constant::Small(value) => value.to_string(),
        Constant::Big(value) => value.to_string(),
        Constant::Float(value) => float_text(*value),
        Constant::Imaginary(value) => format!("{}j", float_text(*value).trim_end_matches(".0")),
        Constant::Text(text) => quoted(text.chars().map(u32::from)),
        Constant::WideText(points) => quoted(points.iter().copied()),
        Constant::Bytes(bytes) => format!("b{}", quoted_bytes(bytes)),
        Constant::Tuple(items) | Constant::FrozenSet(items) => {
            let comma = if items.len() == 1 { "," } else { "" };
            format!("({}{comma})", items.iter().map(constant_text).collect::<Vec<_>>().join(", "))
        }
        Constant::Code(unit) => unit.name.to_string(),
    }
}

/// Rust and Python agree on the digits of a float, but not on the exponent.
fn float_text(value: f64) -> String {
    if value.is_infinite() {
        return "1e309".into();
    }
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-4..1e16).contains(&magnitude) {
        let text = format!("{value:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |rest| ('-', rest));
        return format!("{digits}e{sign}{exponent:0>2}");
    }
    format!("{value:?}")
}

fn quoted(points: impl Iterator<Item = u32> + Clone) -> String {
    let has = |wanted: char| points.clone().any(|point| point == u32::from(wanted));
    let quote = if has('\'') && !has('"') { '"' } else { '\'' };
    let mut text = String::from(quote);
    for point in points {
        match char::from_u32(point) {
            Some('\n') => text.push_str("\\n"),
            Some('\r') => text.push_str("\\r"),
            Some('\t') => text.push_str("\\t"),
            Some(character) if character == quote || character == '\\' => {
                text.push('\\');
                text.push(character);
            }
            Some(character) if !character.is_control() => text.push(character),
            _ if point < 0x100 => text.push_str(&format!("\\x{point:02x}")),
            _ if point < 0x1_0000 => text.push_str(&format!("\\u{point:04x}")),
            _ => text.push_str(&format!("\\U{point:08x}")),
        }
    }
    text.push(quote);
    text
}

fn quoted_bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut text = String::from(quote);
    for &byte in bytes {
        match byte {
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            b'\\' => text.push_str("\\\\"),
            _ if char::from(byte) == quote => {
                text.push('\\');
                text.push(quote);
            }
            0x20..0x7f => text.push(char::from(byte)),
            _ => text.push_str(&format!("\\x{byte:02x}")),
        }
    }
    text.push(quote);
    text
}

struct Writer(String);

impl Writer {
    fn text(&mut self, text: &str) {
        self.0.push_str(text);
    }

    fn expression(&mut self, expression: &Expr, level: Level) {
        let own = level_of(expression);
        let parenthesised = level > own;
        if parenthesised {
            self.text("(");
        }
        self.bare(expression, own);
        if parenthesised {
            self.text(")");
        }
    }

    fn list<T>(&mut self, items: &[T], separator: &str, mut write: impl FnMut(&mut Self, &T)) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.text(separator);
            }
            write(self, item);
        }
    }

    fn tests(&mut self, items: &[Expr]) {
        self.list(items, ", ", |this, item| this.expression(item, TEST));
    }

    fn bare(&mut self, expression: &Expr, own: Level) {
        match &expression.kind {
            ExprKind::BoolOp { op, values } => {
                let word = if *op == BoolOperator::And { " and " } else { " or " };
                self.list(values, word, |this, value| this.expression(value, own + 1));
            }
            ExprKind::NamedExpr { target, value } => self.enclosed("(", ")", |this| {
                this.expression(target, ATOM);
                this.text(" := ");
                this.expression(value, ATOM);
            }),
            ExprKind::BinOp { left, op, right } => {
                let from_right = u8::from(*op == Operator::Pow);
                self.expression(left, own + from_right);
                self.text(operator_text(*op));
                self.expression(right, own + 1 - from_right);
            }
            ExprKind::UnaryOp { op, operand } => {
                self.text(unary_text(*op));
                self.expression(operand, own);
            }
            ExprKind::Lambda { args, body } => self.lambda(args, body),
            ExprKind::IfExp { test, body, orelse } => self.conditional(test, body, orelse),
            ExprKind::Dict { keys, values } => self.dict(keys, values),
            ExprKind::Set { elts } => self.enclosed("{", "}", |this| this.tests(elts)),
            ExprKind::ListComp { elt, generators } => {
                self.enclosed("[", "]", |this| this.comprehension(elt, None, generators));
            }
            ExprKind::SetComp { elt, generators } => {
                self.enclosed("{", "}", |this| this.comprehension(elt, None, generators));
            }
            ExprKind::DictComp { key, value, generators } => {
                self.enclosed("{", "}", |this| this.comprehension(key, Some(value), generators));
            }
            ExprKind::GeneratorExp { elt, generators } => {
                self.enclosed("(", ")", |this| this.comprehension(elt, None, generators));
            }
            ExprKind::Await { value } => {
                self.text("await ");
                self.expression(value, ATOM);
            }
            ExprKind::Yield { value } => self.enclosed("(yield", ")", |this| {
                if let Some(value) = value {
                    this.text(" ");
                    this.expression(value, TUPLE);
                }
            }),
            ExprKind::YieldFrom { value } => {
                self.enclosed("(yield from ", ")", |this| this.expression(value, TEST));
            }
            ExprKind::Compare { left, ops, comparators } => {
                self.expression(left, own + 1);
                for (op, right) in ops.iter().zip(comparators) {
                    self.text(comparison_text(*op));
                    self.expression(right, own + 1);
                }
            }
            ExprKind::Call { func, args, keywords } => self.call(func, args, keywords),
            ExprKind::FormattedValue { .. } | ExprKind::JoinedStr { .. } => self.format_string(expression),
            ExprKind::Constant { value, unicode_prefix } => {
                let prefix = if *unicode_prefix { "u" } else { "" };
                self.text(&format!("{prefix}{}", constant_text(&literal(value))));
            }
            ExprKind::Attribute { value, attr, .. } => self.attribute(value, attr),
            ExprKind::Subscript { value, slice, .. } => {
                self.expression(value, ATOM);
                self.enclosed("[", "]", |this| this.expression(slice, TUPLE));
            }
            ExprKind::Starred { value, .. } => {
                self.text("*");
                self.expression(value, BIT_OR);
            }
            ExprKind::Name { id, .. } => self.text(id),
            ExprKind::List { elts, .. } => self.enclosed("[", "]", |this| this.tests(elts)),
            ExprKind::Tuple { elts, .. } => self.tuple(elts),
            ExprKind::Slice { lower, upper, step } => self.slice(lower, upper, step),
        }
    }

    fn lambda(&mut self, arguments: &Arguments, body: &Expr) {
        self.text("lambda");
        self.arguments(arguments);
        self.text(": ");
        self.expression(body, TEST);
    }

    fn conditional(&mut self, test: &Expr, body: &Expr, otherwise: &Expr) {
        self.expression(body, TEST + 1);
        self.text(" if ");
        self.expression(test, TEST + 1);
        self.text(" else ");
        self.expression(otherwise, TEST);
    }

    fn format_string(&mut self, expression: &Expr) {
        let mut inner = Writer(String::new());
        inner.formatted(expression);
        let body = quoted(inner.0.chars().map(u32::from));
        self.text(&format!("f{body}"));
    }

    /// A blank keeps the dot from being the decimal point of an integer.
    fn attribute(&mut self, value: &Expr, name: &str) {
        self.expression(value, ATOM);
        let is_integer =
            matches!(&value.kind, ExprKind::Constant { value: crate::syntax::ast::Constant::Integer(_), .. });
        self.text(if is_integer { " ." } else { "." });
        self.text(name);
    }

    fn tuple(&mut self, items: &[Expr]) {
        match items {
            [] => self.text("()"),
            [only] => {
                self.expression(only, TEST);
                self.text(",");
            }
            _ => self.tests(items),
        }
    }

    fn slice(&mut self, lower: &OptionalExpr, upper: &OptionalExpr, step: &OptionalExpr) {
        self.optional(lower);
        self.text(":");
        self.optional(upper);
        if step.is_some() {
            self.text(":");
            self.optional(step);
        }
    }

    fn optional(&mut self, expression: &OptionalExpr) {
        if let Some(expression) = expression {
            self.expression(expression, TEST);
        }
    }

    fn enclosed(&mut self, open: &str, close: &str, write: impl FnOnce(&mut Self)) {
        self.text(open);
        write(self);
        self.text(close);
    }

    fn dict(&mut self, keys: &[Option<Expr>], values: &[Expr]) {
        let pairs: Vec<_> = keys.iter().zip(values).collect();
        self.enclosed("{", "}", |this| {
            this.list(&pairs, ", ", |this, (key, value)| match key {
                Some(key) => {
                    this.expression(key, TEST);
                    this.text(": ");
                    this.expression(value, TEST);
                }
                None => {
                    this.text("**");
                    this.expression(value, BIT_OR);
                }
            });
        });
    }

    fn comprehension(&mut self, element: &Expr, value: Option<&Expr>, generators: &[Comprehension]) {
        self.expression(element, TEST);
        if let Some(value) = value {
            self.text(": ");
            self.expression(value, TEST);
        }
        for generator in generators {
            self.text(if generator.is_async { " async for " } else { " for " });
            self.expression(&generator.target, TUPLE);
            self.text(" in ");
            self.expression(&generator.iter, TEST + 1);
            for filter in &generator.ifs {
                self.text(" if ");
                self.expression(filter, TEST + 1);
            }
        }
    }

    fn call(&mut self, func: &Expr, args: &[Expr], keywords: &[Keyword]) {
        self.expression(func, ATOM);
        if let ([argument], []) = (args, keywords)
            && matches!(argument.kind, ExprKind::GeneratorExp { .. })
        {
            return self.expression(argument, TEST);
        }
        self.enclosed("(", ")", |this| {
            this.tests(args);
            for (index, keyword) in keywords.iter().enumerate() {
                if index + args.len() > 0 {
                    this.text(", ");
                }
                match &keyword.arg {
                    Some(name) => this.text(&format!("{name}=")),
                    None => this.text("**"),
                }
                this.expression(&keyword.value, TEST);
            }
        });
    }

    fn arguments(&mut self, args: &Arguments) {
        let positional: Vec<_> = args.posonlyargs.iter().chain(&args.args).collect();
        let without_default = positional.len().saturating_sub(args.defaults.len());
        let mut parts = Vec::new();
        for (index, arg) in positional.iter().enumerate() {
            let default = index.checked_sub(without_default).and_then(|index| args.defaults.get(index));
            parts.push(argument_text("", arg, default));
            if index + 1 == args.posonlyargs.len() {
                parts.push("/".into());
            }
        }
        match &args.vararg {
            Some(vararg) => parts.push(argument_text("*", vararg, None)),
            None if !args.kwonlyargs.is_empty() => parts.push("*".into()),
            None => {}
        }
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            parts.push(argument_text("", arg, default.as_ref()));
        }
        parts.extend(args.kwarg.as_deref().map(|kwarg| argument_text("**", kwarg, None)));
        if !parts.is_empty() {
            self.text(" ");
            self.text(&parts.join(", "));
        }
    }

    /// The inside of an f-string.
    fn formatted(&mut self, part: &Expr) {
        match &part.kind {
            ExprKind::JoinedStr { values } => values.iter().for_each(|value| self.formatted(value)),
            ExprKind::FormattedValue { value, conversion, format_spec } => {
                let mut inner = Writer(String::new());
                inner.expression(value, TEST + 1);
                self.text(if inner.0.starts_with('{') { "{ " } else { "{" });
                self.text(&inner.0);
                self.text(match conversion {
                    Conversion::None => "",
                    Conversion::Str => "!s",
                    Conversion::Repr => "!r",
                    Conversion::Ascii => "!a",
                });
                if let Some(format_spec) = format_spec {
                    self.text(":");
                    self.formatted(format_spec);
                }
                self.text("}");
            }
            ExprKind::Constant { value: crate::syntax::ast::Constant::Text(text), .. } => {
                self.text(&text.replace('{', "{{").replace('}', "}}"));
            }
            _ => {}
        }
    }
}

fn argument_text(stars: &str, arg: &Arg, default: Option<&Expr>) -> String {
    let mut writer = Writer(format!("{stars}{}", arg.arg));
    if let Some(default) = default {
        writer.text("=");
        writer.expression(default, TEST);
    }
    writer.0
}

fn level_of(expression: &Expr) -> Level {
    match &expression.kind {
        ExprKind::BoolOp { op: BoolOperator::Or, .. } => OR,
        ExprKind::BoolOp { op: BoolOperator::And, .. } => AND,
        ExprKind::UnaryOp { op: UnaryOperator::Not, .. } => NOT,
        ExprKind::UnaryOp { .. } => FACTOR,
        ExprKind::Compare { .. } => COMPARE,
        ExprKind::Lambda { .. } | ExprKind::IfExp { .. } => TEST,
        ExprKind::Tuple { elts, .. } if !elts.is_empty() => TUPLE,
        ExprKind::BinOp { op, .. } => match op {
            Operator::Add | Operator::Sub => ARITHMETIC,
            Operator::Mult | Operator::MatMult | Operator::Div | Operator::Mod | Operator::FloorDiv => TERM,
            Operator::LShift | Operator::RShift => SHIFT,
            Operator::BitOr => BIT_OR,
            Operator::BitXor => BIT_XOR,
            Operator::BitAnd => BIT_AND,
            Operator::Pow => POWER,
        },
        _ => ATOM,
    }
}

fn unary_text(op: UnaryOperator) -> &'static str {
    match op {
        UnaryOperator::Invert => "~",
        UnaryOperator::Not => "not ",
        UnaryOperator::UAdd => "+",
        UnaryOperator::USub => "-",
    }
}

fn operator_text(op: Operator) -> &'static str {
    match op {
        Operator::Add => " + ",
        Operator::Sub => " - ",
        Operator::Mult => " * ",
        Operator::MatMult => " @ ",
        Operator::Div => " / ",
        Operator::Mod => " % ",
        Operator::Pow => " ** ",
        Operator::LShift => " << ",
        Operator::RShift => " >> ",
        Operator::BitOr => " | ",
        Operator::BitXor => " ^ ",
        Operator::BitAnd => " & ",
        Operator::FloorDiv => " // ",
    }
}

fn comparison_text(op: CompareOperator) -> &'static str {
    match op {
        CompareOperator::Eq => " == ",
        CompareOperator::NotEq => " != ",
        CompareOperator::Lt => " < ",
        CompareOperator::LtE => " <= ",
        CompareOperator::Gt => " > ",
        CompareOperator::GtE => " >= ",
        CompareOperator::Is => " is ",
        CompareOperator::IsNot => " is not ",
        CompareOperator::In => " in ",
        CompareOperator::NotIn => " not in ",
    }
}
