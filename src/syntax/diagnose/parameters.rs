//! The parameters of functions and lambdas.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::Cursor;

/// What has been read of a list of parameters.
struct Progress {
    lambda: bool,
    close: TokenKind,
    count: usize,
    with_default: bool,
    slash: bool,
    star: bool,
}

const STARS: [TokenKind; 3] = [TokenKind::Star, TokenKind::DoubleStar, TokenKind::Slash];

impl Cursor<'_> {
    /// The parameters of `def`, up to the closing bracket.
    pub fn function_parameters(&mut self) {
        self.parameters(false, TokenKind::RightParenthesis);
    }

    /// The parameters of `lambda`, up to the colon.
    pub fn lambda_parameters(&mut self) {
        self.parameters(true, TokenKind::Colon);
    }

    fn parameters(&mut self, lambda: bool, close: TokenKind) {
        let mut progress =
            Progress { lambda, close, count: 0, with_default: false, slash: false, star: false };
        while self.attempt(|cursor| cursor.parameter(&mut progress)).is_some() && self.eat(TokenKind::Comma) {
            progress.count += 1;
        }
    }

    fn report_parameter(&mut self, text: &'static str, first: usize, last: usize) -> Option<()> {
        self.report(SyntaxErrorKind::Text(text), first, last)
    }

    fn parameter(&mut self, progress: &mut Progress) -> Option<()> {
        let start = self.at;
        if self.eat(TokenKind::LeftParenthesis) {
            return self.parenthesised_parameters(progress, start);
        }
        if self.eat(TokenKind::Slash) {
            return self.slash(progress, start);
        }
        if self.eat(TokenKind::DoubleStar) {
            return self.mapping_parameter(progress);
        }
        if self.eat(TokenKind::Star) {
            return self.star_parameter(progress, start);
        }
        self.parameter_name(progress, false)?;
        let end = self.at;
        if self.is(TokenKind::Equal) {
            self.default_value()?;
            progress.with_default = true;
        } else if progress.with_default && !progress.star && self.is_any(&[progress.close, TokenKind::Comma])
        {
            return self.report_parameter("non-default argument follows default argument", start, end - 1);
        }
        Some(())
    }

    fn parameter_name(&mut self, progress: &Progress, starred: bool) -> Option<()> {
        if !self.eat_name() {
            return None;
        }
        if !progress.lambda && self.eat(TokenKind::Colon) {
            if starred && self.is(TokenKind::Star) {
                return self.star_named_expression().map(|_| ());
            }
            self.expression()?;
        }
        Some(())
    }

    fn default_value(&mut self) -> Option<()> {
        let equal = self.at;
        self.eat(TokenKind::Equal);
        if self.is_any(&[TokenKind::RightParenthesis, TokenKind::Comma]) {
            return self.report_parameter("expected default value expression", equal, equal);
        }
        self.expression().map(|_| ())
    }

    fn parenthesised_parameters(&mut self, progress: &Progress, start: usize) -> Option<()> {
        if !self.strict {
            return None;
        }
        while self.eat_name() && self.eat(TokenKind::Comma) {}
        let end = self.at;
        if !self.eat(TokenKind::RightParenthesis) || end == start + 1 || progress.with_default {
            return None;
        }
        match progress.lambda {
            true => self.report_parameter("Lambda expression parameters cannot be parenthesized", start, end),
            false => self.report_parameter("Function parameters cannot be parenthesized", start, end),
        }
    }

    fn slash(&mut self, progress: &mut Progress, start: usize) -> Option<()> {
        if progress.count == 0 {
            let comma = self.is(TokenKind::Comma);
            let text = "at least one argument must precede /";
            return if comma { self.report_parameter(text, start, start) } else { None };
        }
        if progress.slash {
            return self.report_parameter("/ may appear only once", start, start);
        }
        if progress.star {
            return self.report_parameter("/ must be ahead of *", start, start);
        }
        progress.slash = true;
        if self.is(TokenKind::Star) {
            return self.report_parameter("expected comma between / and *", start + 1, start + 1);
        }
        Some(())
    }

    fn star_parameter(&mut self, progress: &mut Progress, start: usize) -> Option<()> {
        let close = progress.close;
        if progress.star {
            if !self.strict || !self.is_name() && !self.is(TokenKind::Comma) {
                return None;
            }
            return self.report_parameter("* argument may appear only once", start, start);
        }
        progress.star = true;
        let comma = self.is(TokenKind::Comma);
        let bare = comma && (self.next_is(close) || self.next_is(TokenKind::DoubleStar));
        if bare || self.is(close) {
            let last = if progress.lambda { start + 1 + usize::from(comma) } else { start };
            let first = if progress.lambda { last } else { start };
            return self.report_parameter("named arguments must follow bare *", first, last);
        }
        if comma {
            return Some(());
        }
        let annotates_stars = self.ahead(|cursor| {
            (cursor.eat_name() && cursor.eat(TokenKind::Colon) && cursor.is(TokenKind::Star)).then_some(())
        });
        self.parameter_name(progress, true)?;
        if self.is(TokenKind::Equal) && annotates_stars.is_none() {
            let text = "var-positional argument cannot have default value";
            return self.report_parameter(text, self.at, self.at);
        }
        Some(())
    }

    fn mapping_parameter(&mut self, progress: &Progress) -> Option<()> {
        self.parameter_name(progress, false)?;
        if self.is(TokenKind::Equal) {
            let text = "var-keyword argument cannot have default value";
            return self.report_parameter(text, self.at, self.at);
        }
        let after = self.at + 1;
        let follows = self.is(TokenKind::Comma)
            && self.ahead(|cursor| {
                cursor.at += 1;
                (cursor.is_name() || cursor.is_any(&STARS)).then_some(())
            }) == Some(());
        if follows {
            return self.report_parameter("arguments cannot follow var-keyword argument", after, after);
        }
        Some(())
    }
}
