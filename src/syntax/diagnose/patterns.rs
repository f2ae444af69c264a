//! The patterns of `case`.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::Cursor;

impl Cursor<'_> {
    /// What stands behind `case`: a sequence without brackets, or one pattern.
    pub fn patterns(&mut self) -> Option<()> {
        let starred = self.is(TokenKind::Star);
        self.sequence_item()?;
        if starred && !self.is(TokenKind::Comma) {
            return None;
        }
        while self.eat(TokenKind::Comma) {
            if self.attempt(Self::sequence_item).is_none() {
                break;
            }
        }
        Some(())
    }

    fn sequence_item(&mut self) -> Option<()> {
        if self.eat(TokenKind::Star) {
            return self.eat_name().then_some(());
        }
        self.as_pattern()
    }

    fn as_pattern(&mut self) -> Option<()> {
        self.or_pattern()?;
        if !self.eat(TokenKind::As) {
            return Some(());
        }
        let start = self.at;
        if self.is_name() && self.text(start) == "_" {
            return self.report(SyntaxErrorKind::Text("cannot use '_' as a target"), start, start);
        }
        if self.is_name() && !self.next_is(TokenKind::Dot) && !self.next_is(TokenKind::LeftParenthesis) {
            self.at += 1;
            return Some(());
        }
        if !self.is_name() {
            let target = self.attempt(Self::expression)?;
            return self.report_node(SyntaxErrorKind::Text("invalid pattern target"), &target);
        }
        None
    }

    fn or_pattern(&mut self) -> Option<()> {
        self.closed_pattern()?;
        while self.eat(TokenKind::VerticalBar) {
            self.closed_pattern()?;
        }
        Some(())
    }

    fn closed_pattern(&mut self) -> Option<()> {
        use TokenKind::*;
        if self.eat_any(&[None, True, False]) {
            return Some(());
        }
        if self.is(String) {
            return self.primary().map(|_| ());
        }
        if self.is_any(&[Minus, Number]) {
            return self.number_pattern();
        }
        if self.eat(LeftParenthesis) {
            return self.pattern_list(RightParenthesis, Self::sequence_item);
        }
        if self.eat(LeftBracket) {
            return self.pattern_list(RightBracket, Self::sequence_item);
        }
        if self.eat(LeftBrace) {
            return self.pattern_list(RightBrace, Self::mapping_item);
        }
        self.name_pattern()
    }

    fn number_pattern(&mut self) -> Option<()> {
        self.eat(TokenKind::Minus);
        if !self.eat(TokenKind::Number) {
            return None;
        }
        if self.eat_any(&[TokenKind::Plus, TokenKind::Minus]) && !self.eat(TokenKind::Number) {
            return None;
        }
        Some(())
    }

    /// Items up to the closing bracket, a comma behind the last perhaps.
    fn pattern_list(&mut self, close: TokenKind, item: fn(&mut Self) -> Option<()>) -> Option<()> {
        while !self.is(close) {
            item(self)?;
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.eat(close).then_some(())
    }

    fn mapping_item(&mut self) -> Option<()> {
        if self.eat(TokenKind::DoubleStar) {
            if !self.is_name() || self.text(self.at) == "_" || !self.eat_name() {
                return None;
            }
            let last = self.is(TokenKind::RightBrace)
                || self.is(TokenKind::Comma) && self.next_is(TokenKind::RightBrace);
            return last.then_some(());
        }
        self.closed_pattern()?;
        if self.eat(TokenKind::Colon) { self.as_pattern() } else { None }
    }

    /// A capture, a dotted value, or a class with its patterns.
    fn name_pattern(&mut self) -> Option<()> {
        if !self.eat_name() {
            return None;
        }
        while self.eat(TokenKind::Dot) {
            if !self.eat_name() {
                return None;
            }
        }
        if self.eat(TokenKind::LeftParenthesis) {
            return self.class_arguments();
        }
        Some(())
    }

    fn class_arguments(&mut self) -> Option<()> {
        let mut keyword = false;
        while !self.is(TokenKind::RightParenthesis) {
            let start = self.at;
            if self.is_name() && self.next_is(TokenKind::Equal) {
                self.at += 2;
                self.as_pattern()?;
                keyword = true;
            } else {
                self.as_pattern()?;
                if keyword {
                    while self.eat(TokenKind::Comma) && self.attempt(Self::as_pattern).is_some() {}
                    let kind = SyntaxErrorKind::Text("positional patterns follow keyword patterns");
                    let last = self.at - 1;
                    return self.report(kind, start, last);
                }
            }
            if !self.eat(TokenKind::Comma) {
                break;
            }
        }
        self.eat(TokenKind::RightParenthesis).then_some(())
    }
}
