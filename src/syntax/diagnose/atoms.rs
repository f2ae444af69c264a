//! Atoms, and what may be appended to one: attributes, calls and subscripts.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::{Cursor, Rule};
use super::expressions::Parse;
use super::nodes::{Found, Kind, Node};

impl Cursor<'_> {
    /// An atom with calls, subscripts and attributes behind it.
    pub fn primary(&mut self) -> Parse {
        self.remember(Rule::Primary, |cursor| {
            let start = cursor.at;
            let mut value = cursor.atom()?;
            while let Some(kind) = cursor.attempt(Self::trailer) {
                value = cursor.node(kind, start);
            }
            Some(value)
        })
    }

    /// `.name`, `(arguments)`, `(x for x in y)`, `[slices]`.
    fn trailer(&mut self) -> Parse<Kind> {
        if self.eat(TokenKind::Dot) {
            return self.eat_name().then_some(Kind::Attribute);
        }
        if self.is(TokenKind::LeftParenthesis) {
            if self.attempt(Self::generator).is_some() {
                return Some(Kind::Call);
            }
            self.eat(TokenKind::LeftParenthesis);
            self.arguments();
            return self.eat(TokenKind::RightParenthesis).then_some(Kind::Call);
        }
        if self.eat(TokenKind::LeftBracket) {
            self.slices()?;
            return self.eat(TokenKind::RightBracket).then_some(Kind::Subscript);
        }
        None
    }

    fn slices(&mut self) -> Parse<()> {
        let item = |cursor: &mut Self| match cursor.is(TokenKind::Star) {
            true => cursor.attempt(Self::starred_expression).map(|_| ()),
            false => cursor.slice(),
        };
        item(self)?;
        while self.eat(TokenKind::Comma) {
            if item(self).is_none() {
                break;
            }
        }
        Some(())
    }

    fn slice(&mut self) -> Parse<()> {
        let sliced = self.attempt(|cursor| {
            cursor.attempt(Self::expression);
            if !cursor.eat(TokenKind::Colon) {
                return None;
            }
            cursor.attempt(Self::expression);
            if cursor.eat(TokenKind::Colon) {
                cursor.attempt(Self::expression);
            }
            Some(())
        });
        sliced.or_else(|| self.attempt(Self::named_expression).map(|_| ()))
    }

    pub(super) fn atom(&mut self) -> Parse {
        let start = self.at;
        let simple = [
            (TokenKind::True, Kind::True),
            (TokenKind::False, Kind::False),
            (TokenKind::None, Kind::None),
            (TokenKind::Number, Kind::Literal),
            (TokenKind::Ellipsis, Kind::Ellipsis),
        ];
        if self.eat_name() {
            return Some(self.node(Kind::Name, start));
        }
        if let Some((_, kind)) = simple.into_iter().find(|(token, _)| self.eat(*token)) {
            return Some(self.node(kind, start));
        }
        if self.is(TokenKind::String) {
            return Some(self.strings());
        }
        if self.is(TokenKind::LeftParenthesis) {
            return self.parenthesised();
        }
        if self.is(TokenKind::LeftBracket) {
            return self.bracketed();
        }
        if self.is(TokenKind::LeftBrace) { self.braced() } else { None }
    }

    fn strings(&mut self) -> Found {
        let start = self.at;
        let mut kind = Kind::Literal;
        while self.is(TokenKind::String) {
            let prefix = self.text(self.at).split(['"', '\'']).next().unwrap_or("");
            if prefix.contains(['f', 'F']) {
                kind = Kind::FormattedString;
            }
            self.at += 1;
        }
        self.node(kind, start)
    }

    /// A tuple, a group or a generator.
    fn parenthesised(&mut self) -> Parse {
        if let Some(tuple) = self.attempt(Self::tuple) {
            return Some(tuple);
        }
        let group = self.attempt(|cursor| {
            cursor.eat(TokenKind::LeftParenthesis);
            let inner = match cursor.is(TokenKind::Yield) {
                true => cursor.yield_expression(),
                false => cursor.named_expression(),
            }?;
            cursor.eat(TokenKind::RightParenthesis).then_some(inner)
        });
        if group.is_some() {
            return group;
        }
        if self.strict {
            self.ahead(Self::wrong_group);
        }
        self.attempt(Self::generator)
    }

    fn tuple(&mut self) -> Parse {
        let start = self.at;
        self.eat(TokenKind::LeftParenthesis);
        if self.eat(TokenKind::RightParenthesis) {
            return Some(self.node(Kind::Tuple, start));
        }
        let mut items = vec![self.star_named_expression()?];
        if !self.eat(TokenKind::Comma) {
            return None;
        }
        if !self.is(TokenKind::RightParenthesis) {
            items.extend(self.star_named_expressions().unwrap_or_default());
        }
        let closed = self.eat(TokenKind::RightParenthesis);
        closed.then(|| Node::with_children(Kind::Tuple, start, self.at, items))
    }

    /// `(*x)`, `(**x)`.
    fn wrong_group(&mut self) -> Parse<()> {
        self.eat(TokenKind::LeftParenthesis);
        let start = self.at;
        if let Some(starred) = self.attempt(Self::starred_expression) {
            if self.eat(TokenKind::RightParenthesis) {
                return self
                    .report_node(SyntaxErrorKind::Text("cannot use starred expression here"), &starred);
            }
            return None;
        }
        if self.eat(TokenKind::DoubleStar) {
            self.expression()?;
            if self.eat(TokenKind::RightParenthesis) {
                let kind = SyntaxErrorKind::Text("cannot use double starred expression here");
                return self.report(kind, start, start);
            }
        }
        None
    }

    fn bracketed(&mut self) -> Parse {
        let start = self.at;
        let list = self.attempt(|cursor| {
            cursor.eat(TokenKind::LeftBracket);
            let items = cursor.star_named_expressions().unwrap_or_default();
            let closed = cursor.eat(TokenKind::RightBracket);
            closed.then(|| Node::with_children(Kind::List, start, cursor.at, items))
        });
        if list.is_some() {
            return list;
        }
        self.comprehension(TokenKind::RightBracket, Kind::ListComprehension)
    }
}
