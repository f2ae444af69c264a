//! Assignments of all kinds.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::Cursor;
use super::nodes::{Found, Kind, Use};

const AUGMENTED: [TokenKind; 13] = [
    TokenKind::PlusEqual,
    TokenKind::MinusEqual,
    TokenKind::StarEqual,
    TokenKind::SlashEqual,
    TokenKind::PercentEqual,
    TokenKind::AmpersandEqual,
    TokenKind::VerticalBarEqual,
    TokenKind::CircumflexEqual,
    TokenKind::LeftShiftEqual,
    TokenKind::RightShiftEqual,
    TokenKind::DoubleStarEqual,
    TokenKind::DoubleSlashEqual,
    TokenKind::AtEqual,
];

impl Cursor<'_> {
    pub(super) fn assignment(&mut self) -> Option<()> {
        let start = self.at;
        if self.attempt(Self::annotated_assignment).is_some() {
            return Some(());
        }
        if self.attempt(Self::plain_assignment).is_some() {
            return Some(());
        }
        let target = self.attempt(|cursor| {
            let target = cursor.primary()?;
            (target.is_single_target() && cursor.eat_any(&AUGMENTED)).then_some(())
        });
        if target.is_some() {
            return self.assigned_value().map(|_| ());
        }
        self.at = start;
        if self.strict { self.wrong_assignment(start) } else { None }
    }

    fn assigned_value(&mut self) -> Option<Found> {
        match self.is(TokenKind::Yield) {
            true => self.yield_expression(),
            false => self.star_expressions(),
        }
    }

    fn annotated_assignment(&mut self) -> Option<()> {
        let target = self.primary()?;
        if !target.is_single_target() || !self.eat(TokenKind::Colon) {
            return None;
        }
        self.expression()?;
        self.attempt(|cursor| if cursor.eat(TokenKind::Equal) { cursor.assigned_value() } else { None });
        Some(())
    }

    /// Any number of `targets =`.
    fn assigned_targets(&mut self) -> usize {
        let target = |cursor: &mut Self| {
            cursor.comma_list(Self::star_target)?;
            cursor.eat(TokenKind::Equal).then_some(())
        };
        let mut count = 0;
        while self.attempt(target).is_some() {
            count += 1;
        }
        count
    }

    fn plain_assignment(&mut self) -> Option<()> {
        if self.assigned_targets() == 0 {
            return None;
        }
        self.assigned_value()?;
        if self.is(TokenKind::Equal) || self.is_over() { None } else { Some(()) }
    }

    fn wrong_assignment(&mut self, start: usize) -> Option<()> {
        self.ahead(Self::wrong_annotation);
        self.at = start;
        self.assigned_targets();
        let behind_targets = self.at;
        if let Some(target) = self.star_expressions()
            && self.is(TokenKind::Equal)
        {
            return self.report_invalid_target(&target, Use::Assigned);
        }
        self.at = behind_targets;
        if let Some(value) = self.yield_expression()
            && self.is(TokenKind::Equal)
        {
            let text = "assignment to yield expression not possible";
            return self.report_node(SyntaxErrorKind::Text(text), &value);
        }
        self.at = start;
        let target = self.star_expressions()?;
        if self.eat_any(&AUGMENTED) {
            self.assigned_value()?;
            return self.report_node(SyntaxErrorKind::IllegalAugmented(target.name()), &target);
        }
        None
    }

    /// `a, b: int`, `(a, b): int`, `f(): int`.
    fn wrong_annotation(&mut self) -> Option<()> {
        let start = self.at;
        if let Some(display) = self.annotated_display() {
            return self.report_node(SyntaxErrorKind::OnlySingleTarget(display.name()), &display);
        }
        self.at = start;
        if let Some(first) = self.attempt(Self::star_named_expression)
            && self.eat(TokenKind::Comma)
        {
            while self.attempt(Self::star_named_expressions).is_some() {}
            if self.eat(TokenKind::Colon) && self.attempt(Self::expression).is_some() {
                return self.report_node(SyntaxErrorKind::OnlySingleTarget("tuple"), &first);
            }
        }
        self.at = start;
        let target = self.attempt(Self::expression)?;
        if self.eat(TokenKind::Colon) && self.attempt(Self::expression).is_some() {
            return self.report_node(SyntaxErrorKind::IllegalAnnotationTarget, &target);
        }
        None
    }

    fn annotated_display(&mut self) -> Option<Found> {
        if !self.is_any(&[TokenKind::LeftParenthesis, TokenKind::LeftBracket]) {
            return None;
        }
        let display = self.attempt(Self::primary)?;
        let right = matches!(display.kind, Kind::List | Kind::Tuple);
        if right && self.eat(TokenKind::Colon) && self.attempt(Self::expression).is_some() {
            return Some(display);
        }
        None
    }
}
