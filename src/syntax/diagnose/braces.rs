//! What stands in braces: dicts, sets and their comprehensions, with the mistakes in pairs.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::Cursor;
use super::expressions::Parse;
use super::nodes::Kind;

impl Cursor<'_> {
    pub(super) fn braced(&mut self) -> Parse {
        let start = self.at;
        let dict = self.attempt(|cursor| {
            cursor.eat(TokenKind::LeftBrace);
            cursor.pairs();
            cursor.eat(TokenKind::RightBrace).then(|| cursor.node(Kind::Dict, start))
        });
        if dict.is_some() {
            return dict;
        }
        self.ahead(Self::wrong_pairs);
        let set = self.attempt(|cursor| {
            cursor.eat(TokenKind::LeftBrace);
            cursor.star_named_expressions()?;
            cursor.eat(TokenKind::RightBrace).then(|| cursor.node(Kind::Set, start))
        });
        set.or_else(|| self.dict_comprehension())
            .or_else(|| self.comprehension(TokenKind::RightBrace, Kind::SetComprehension))
    }

    fn pairs(&mut self) {
        while self.attempt(Self::pair).is_some() && self.eat(TokenKind::Comma) {}
    }

    fn pair(&mut self) -> Parse<()> {
        if self.eat(TokenKind::DoubleStar) {
            return self.bit_or().map(|_| ());
        }
        self.key_and_value()
    }

    fn key_and_value(&mut self) -> Parse<()> {
        self.expression()?;
        if !self.eat(TokenKind::Colon) {
            return None;
        }
        self.expression().map(|_| ())
    }

    /// `{a: 1, b}`, `{a: *b}`, `{a: }`.
    fn wrong_pairs(&mut self) -> Parse<()> {
        self.eat(TokenKind::LeftBrace);
        let start = self.at;
        if self.attempt(Self::pair).is_some() {
            let next = |cursor: &mut Self| if cursor.eat(TokenKind::Comma) { cursor.pair() } else { None };
            while self.attempt(next).is_some() {}
            if self.eat(TokenKind::Comma) {
                self.ahead(|cursor| cursor.wrong_pair(true));
            }
        }
        self.at = start;
        self.wrong_pair(false)
    }

    fn wrong_pair(&mut self, needs_colon: bool) -> Parse<()> {
        let key = self.attempt(Self::expression)?;
        let colon = self.at;
        if !self.eat(TokenKind::Colon) {
            if needs_colon && !self.is_over() {
                return self.report_behind(SyntaxErrorKind::Text("':' expected after dictionary key"), &key);
            }
            return None;
        }
        let star = self.at;
        if self.eat(TokenKind::Star) {
            self.bit_or()?;
            let kind = SyntaxErrorKind::Text("cannot use a starred expression in a dictionary value");
            return self.report_from(kind, star);
        }
        if self.is_any(&[TokenKind::RightBrace, TokenKind::Comma]) {
            let kind = SyntaxErrorKind::Text("expression expected after dictionary key and ':'");
            return self.report_always(kind, colon, colon);
        }
        None
    }

    fn dict_comprehension(&mut self) -> Parse {
        let start = self.at;
        let made = self.attempt(|cursor| {
            cursor.eat(TokenKind::LeftBrace);
            cursor.key_and_value()?;
            cursor.clauses()?;
            cursor.eat(TokenKind::RightBrace).then(|| cursor.node(Kind::DictComprehension, start))
        });
        if made.is_none() && self.strict {
            self.ahead(|cursor| {
                cursor.eat(TokenKind::LeftBrace);
                let stars = cursor.at;
                if !cursor.eat(TokenKind::DoubleStar) {
                    return None::<()>;
                }
                cursor.bit_or()?;
                cursor.clauses()?;
                let kind = SyntaxErrorKind::Text("dict unpacking cannot be used in dict comprehension");
                if cursor.is(TokenKind::RightBrace) { cursor.report(kind, stars, stars) } else { None }
            });
        }
        made
    }
}
