//! Expressions: CPython's rules from `star_expressions` down to operators, with those for mistakes.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::{Cursor, Rule};
use super::nodes::{Found, Kind, Node};

pub(super) type Parse<T = Found> = Option<T>;

impl Cursor<'_> {
    pub(super) fn node(&self, kind: Kind, start: usize) -> Found {
        Node::new(kind, start, self.at)
    }

    /// `eval` input, or an f-string's field.
    pub fn evaluated(&mut self) {
        self.star_expressions();
        while self.eat(TokenKind::Newline) {}
        self.is(TokenKind::End);
    }

    /// Expressions with commas, starred ones among them.
    pub fn star_expressions(&mut self) -> Parse {
        self.remember(Rule::StarExpressions, |cursor| cursor.comma_list(Self::star_expression))
    }

    /// Expressions with commas.
    pub fn expressions(&mut self) -> Parse {
        self.attempt(|cursor| cursor.comma_list(Self::expression))
    }

    /// One item is itself; several, or one before a comma, are a tuple.
    pub fn comma_list(&mut self, item: fn(&mut Self) -> Parse) -> Parse {
        let start = self.at;
        let first = item(self)?;
        if !self.is(TokenKind::Comma) {
            return Some(first);
        }
        let mut items = vec![first];
        while self.eat(TokenKind::Comma) {
            match self.attempt(item) {
                Some(next) => items.push(next),
                None => break,
            }
        }
        Some(Node::with_children(Kind::Tuple, start, self.at, items))
    }

    fn star_expression(&mut self) -> Parse {
        match self.is(TokenKind::Star) {
            true => self.starred(Self::bit_or),
            false => self.expression(),
        }
    }

    pub(super) fn starred(&mut self, value: fn(&mut Self) -> Parse) -> Parse {
        self.attempt(|cursor| {
            let start = cursor.at;
            if !cursor.eat(TokenKind::Star) {
                return None;
            }
            let value = value(cursor)?;
            Some(Node::with_children(Kind::Starred, start, cursor.at, vec![value]))
        })
    }

    /// `*expression`, as arguments and displays have it.
    pub fn starred_expression(&mut self) -> Parse {
        self.starred(Self::expression)
    }

    /// An element of a display.
    pub fn star_named_expression(&mut self) -> Parse {
        match self.is(TokenKind::Star) {
            true => self.starred(Self::bit_or),
            false => self.named_expression(),
        }
    }

    /// The elements of a display.
    pub fn star_named_expressions(&mut self) -> Parse<Vec<Found>> {
        let mut items = vec![self.attempt(Self::star_named_expression)?];
        while self.is(TokenKind::Comma) {
            self.at += 1;
            match self.attempt(Self::star_named_expression) {
                Some(item) => items.push(item),
                None => break,
            }
        }
        Some(items)
    }

    /// An expression, or `name := value`.
    pub fn named_expression(&mut self) -> Parse {
        self.remember(Rule::Named, |cursor| {
            let start = cursor.at;
            if cursor.is_name() && cursor.next_is(TokenKind::ColonEqual) {
                return cursor.assignment_expression();
            }
            if cursor.strict {
                cursor.ahead(Self::wrong_named_expression);
            }
            cursor.at = start;
            let expression = cursor.expression()?;
            if cursor.is(TokenKind::ColonEqual) { None } else { Some(expression) }
        })
    }

    /// `name := value`
    pub fn assignment_expression(&mut self) -> Parse {
        self.attempt(|cursor| {
            let start = cursor.at;
            if !cursor.eat_name() || !cursor.eat(TokenKind::ColonEqual) {
                return None;
            }
            cursor.expression()?;
            Some(cursor.node(Kind::Named, start))
        })
    }

    /// `f() := 1`, `if x = 1`, `if f() = 1`.
    fn wrong_named_expression(&mut self) -> Parse<()> {
        let start = self.at;
        if let Some(expression) = self.attempt(Self::expression)
            && self.eat(TokenKind::ColonEqual)
            && self.attempt(Self::expression).is_some()
        {
            let kind = SyntaxErrorKind::CannotNamedExpression(expression.name());
            return self.report_node(kind, &expression);
        }
        self.at = start;
        if self.eat_name()
            && self.eat(TokenKind::Equal)
            && let Some(value) = self.attempt(Self::bit_or)
            && !self.is_any(&[TokenKind::Equal, TokenKind::ColonEqual])
        {
            return self.report(SyntaxErrorKind::MaybeEquals, start, value.end - 1);
        }
        self.at = start;
        if self.starts_other_target() {
            return None;
        }
        self.at = start;
        let left = self.bit_or()?;
        if self.eat(TokenKind::Equal)
            && self.attempt(Self::bit_or).is_some()
            && !self.is_any(&[TokenKind::Equal, TokenKind::ColonEqual])
        {
            return self.report_node(SyntaxErrorKind::CannotAssignHere(left.name()), &left);
        }
        None
    }

    /// A display or a keyword constant here gets another message.
    fn starts_other_target(&mut self) -> bool {
        if self.is_any(&[TokenKind::True, TokenKind::False, TokenKind::None]) {
            return true;
        }
        if !self.is_any(&[TokenKind::LeftBracket, TokenKind::LeftParenthesis]) {
            return false;
        }
        let start = self.at;
        self.attempt(Self::atom).is_some_and(|node| {
            node.start == start && matches!(node.kind, Kind::List | Kind::Tuple | Kind::Generator)
        })
    }

    /// A conditional expression, a lambda, or what binds tighter.
    pub fn expression(&mut self) -> Parse {
        self.remember(Rule::Expression, |cursor| {
            if cursor.strict {
                cursor.ahead(Self::wrong_expression);
                cursor.ahead(Self::legacy_expression);
            }
            cursor.plain_expression()
        })
    }

    fn plain_expression(&mut self) -> Parse {
        self.remember(Rule::PlainExpression, |cursor| {
            let start = cursor.at;
            if cursor.is(TokenKind::Lambda) {
                return cursor.lambda();
            }
            let value = cursor.disjunction()?;
            let conditional = cursor.attempt(|cursor| {
                if !cursor.eat(TokenKind::If) {
                    return None;
                }
                cursor.disjunction()?;
                if !cursor.eat(TokenKind::Else) {
                    return None;
                }
                cursor.expression()
            });
            Some(if conditional.is_some() { cursor.node(Kind::Conditional, start) } else { value })
        })
    }

    /// Two expressions side by side inside brackets, and a conditional without `else`.
    fn wrong_expression(&mut self) -> Parse<()> {
        let start = self.at;
        let soft = self.is_name() && looks_soft(self.text(start));
        let before_string = self.is_name() && self.next_is(TokenKind::String);
        let first = self.disjunction()?;
        let behind = self.at;
        if !soft && !before_string {
            let second = self.expression_without_mistakes();
            if let Some(second) = second {
                let legacy = first.kind == Kind::Name && is_legacy(self.text(first.start));
                if !legacy && self.level_before(self.at) > 0 {
                    return self.report_nodes(SyntaxErrorKind::ForgottenComma, &first, &second);
                }
            }
        }
        self.at = behind;
        if !self.eat(TokenKind::If) {
            return None;
        }
        let condition = self.disjunction()?;
        if self.is_any(&[TokenKind::Else, TokenKind::Colon]) || self.is_over() {
            return None;
        }
        self.report_nodes(SyntaxErrorKind::ExpectedElse, &first, &condition)
    }

    fn expression_without_mistakes(&mut self) -> Parse {
        let strict = std::mem::replace(&mut self.strict, false);
        let result = self.attempt(Self::plain_expression);
        self.strict = strict;
        result
    }

    /// `print x`, `exec x`.
    fn legacy_expression(&mut self) -> Parse<()> {
        let start = self.at;
        if !is_legacy(self.text(start)) || !self.eat_name() || self.is(TokenKind::LeftParenthesis) {
            return None;
        }
        let rest = self.star_expressions()?;
        let kind = SyntaxErrorKind::MissingParentheses(self.text(start).to_owned());
        self.report(kind, start, rest.end - 1)
    }

    fn lambda(&mut self) -> Parse {
        let start = self.at;
        self.eat(TokenKind::Lambda);
        self.lambda_parameters();
        if !self.eat(TokenKind::Colon) {
            return None;
        }
        self.expression()?;
        Some(self.node(Kind::Lambda, start))
    }

    /// `yield` with what follows it.
    pub fn yield_expression(&mut self) -> Parse {
        self.attempt(|cursor| {
            let start = cursor.at;
            if !cursor.eat(TokenKind::Yield) {
                return None;
            }
            if cursor.eat(TokenKind::From) {
                cursor.expression()?;
            } else {
                cursor.star_expressions();
            }
            Some(cursor.node(Kind::Yield, start))
        })
    }
}

/// CPython 3.11 compares only as many characters as the name has, so that `c` passes for `case`.
fn looks_soft(name: &str) -> bool {
    ["_", "case", "match"].iter().any(|keyword| keyword.starts_with(name))
}

/// A statement of Python 2 that is a function now.
fn is_legacy(name: &str) -> bool {
    matches!(name, "print" | "exec")
}
