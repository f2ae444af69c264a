//! Statements with blocks.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::{Cursor, Rule};
use super::nodes::{Kind, Node, Use};

impl Cursor<'_> {
    /// The block behind a colon; the statement that it belongs to is named if the block is missing.
    fn block_of(&mut self, construct: &'static str, keyword: usize) -> Option<()> {
        if self.is(TokenKind::Newline) && !self.next_is(TokenKind::Indent) && !self.is_over() {
            let line = self.line_of(keyword);
            return self.report_last(SyntaxErrorKind::ExpectedBlock { construct, line });
        }
        self.remember(Rule::Block, |cursor| {
            let start = cursor.at;
            if cursor.eat(TokenKind::Newline) {
                if !cursor.eat(TokenKind::Indent) {
                    return None;
                }
                cursor.statements()?;
                if !cursor.eat(TokenKind::Dedent) {
                    return None;
                }
            } else {
                cursor.simple_statements()?;
            }
            Some(Node::new(Kind::Clause, start, cursor.at))
        })
        .map(|_| ())
    }

    /// A colon that is only missed at the end of the line.
    fn colon(&mut self) -> Option<()> {
        if self.eat(TokenKind::Colon) {
            return Some(());
        }
        if self.is(TokenKind::Newline) { self.report_last(SyntaxErrorKind::ExpectedColon) } else { None }
    }

    /// A colon that nothing else can replace.
    fn forced_colon(&mut self) -> Option<()> {
        self.forced(TokenKind::Colon, SyntaxErrorKind::ExpectedColon)
    }

    fn forced(&mut self, token: TokenKind, kind: SyntaxErrorKind) -> Option<()> {
        if self.eat(token) {
            return Some(());
        }
        if self.is_over() { None } else { self.report_token(kind, self.at) }
    }

    pub(super) fn definition(&mut self) -> Option<()> {
        while self.eat(TokenKind::At) {
            self.named_expression()?;
            if !self.eat(TokenKind::Newline) {
                return None;
            }
        }
        let start = self.at;
        let is_async = self.eat(TokenKind::Async);
        if self.is(TokenKind::Def) {
            return self.function(start);
        }
        if is_async {
            return match self.is(TokenKind::With) {
                true => self.with_statement(start),
                false => self.for_statement(start),
            };
        }
        self.class()
    }

    fn function(&mut self, start: usize) -> Option<()> {
        self.eat(TokenKind::Def);
        if !self.eat_name() {
            return None;
        }
        self.forced(TokenKind::LeftParenthesis, SyntaxErrorKind::ExpectedParenthesis)?;
        self.function_parameters();
        if !self.eat(TokenKind::RightParenthesis) {
            return None;
        }
        self.attempt(|cursor| if cursor.eat(TokenKind::Arrow) { cursor.expression() } else { None });
        self.forced_colon()?;
        self.block_of("function definition", start)
    }

    fn class(&mut self) -> Option<()> {
        let start = self.at;
        if !self.eat(TokenKind::Class) || !self.eat_name() {
            return None;
        }
        if self.eat(TokenKind::LeftParenthesis) {
            self.arguments();
            if !self.eat(TokenKind::RightParenthesis) {
                return None;
            }
        }
        self.colon()?;
        self.block_of("class definition", start)
    }

    /// `if` and `elif`.
    pub(super) fn if_statement(&mut self, keyword: TokenKind, construct: &'static str) -> Option<()> {
        let mut construct = construct;
        let mut keyword = keyword;
        loop {
            let start = self.at;
            if !self.eat(keyword) {
                return self.else_block();
            }
            self.named_expression()?;
            self.colon()?;
            self.block_of(construct, start)?;
            (keyword, construct) = (TokenKind::Elif, "'elif' statement");
        }
    }

    fn else_block(&mut self) -> Option<()> {
        let start = self.at;
        if !self.eat(TokenKind::Else) {
            return Some(());
        }
        self.forced_colon()?;
        self.block_of("'else' statement", start)
    }

    pub(super) fn while_statement(&mut self) -> Option<()> {
        let start = self.at;
        self.eat(TokenKind::While);
        self.named_expression()?;
        self.colon()?;
        self.block_of("'while' statement", start)?;
        self.else_block()
    }

    pub(super) fn for_statement(&mut self, start: usize) -> Option<()> {
        if !self.eat(TokenKind::For) {
            return None;
        }
        if self.loop_target().is_none() {
            self.at = start;
            return self.wrong_loop_target();
        }
        self.star_expressions()?;
        self.colon()?;
        self.block_of("'for' statement", start)?;
        self.else_block()
    }

    pub(super) fn with_statement(&mut self, start: usize) -> Option<()> {
        self.eat(TokenKind::With);
        let items = self.at;
        if self.attempt(Self::bracketed_with_items).is_none() {
            self.at = items;
            self.with_items()?;
        }
        self.colon()?;
        self.block_of("'with' statement", start)
    }

    fn bracketed_with_items(&mut self) -> Option<()> {
        if !self.eat(TokenKind::LeftParenthesis) {
            return None;
        }
        self.with_items()?;
        self.eat(TokenKind::Comma);
        let closed = self.eat(TokenKind::RightParenthesis);
        (closed && self.is_any(&[TokenKind::Colon, TokenKind::Newline])).then_some(())
    }

    fn with_items(&mut self) -> Option<()> {
        self.with_item()?;
        while self.is(TokenKind::Comma) {
            let next = self.attempt(|cursor| {
                cursor.at += 1;
                cursor.with_item()
            });
            if next.is_none() {
                break;
            }
        }
        Some(())
    }

    fn with_item(&mut self) -> Option<()> {
        self.expression()?;
        let behind = self.at;
        if !self.eat(TokenKind::As) {
            return Some(());
        }
        let ends = [TokenKind::Comma, TokenKind::RightParenthesis, TokenKind::Colon, TokenKind::Newline];
        let start = self.at;
        if self.attempt(Self::star_target).is_some() && self.is_any(&ends) {
            return Some(());
        }
        self.at = start;
        let target = self.attempt(Self::expression);
        if let (Some(target), true) = (target, self.is_any(&ends[..3])) {
            self.report_invalid_target::<()>(&target, Use::Assigned);
        }
        self.at = behind;
        Some(())
    }

    pub(super) fn try_statement(&mut self) -> Option<()> {
        let start = self.at;
        self.eat(TokenKind::Try);
        self.forced_colon()?;
        self.block_of("'try' statement", start)?;
        if !self.is_any(&[TokenKind::Except, TokenKind::Finally]) {
            if self.is_over() {
                return None;
            }
            return self.report_last(SyntaxErrorKind::Text("expected 'except' or 'finally' block"));
        }
        self.handlers()?;
        self.else_block()?;
        let finally = self.at;
        if self.eat(TokenKind::Finally) {
            self.forced_colon()?;
            self.block_of("'finally' statement", finally)?;
        }
        Some(())
    }

    fn handlers(&mut self) -> Option<()> {
        let mut seen = None;
        while self.is(TokenKind::Except) {
            let (start, star) = (self.at, self.next_is(TokenKind::Star));
            self.handler(star)?;
            if *seen.get_or_insert(star) != star {
                let text = "cannot have both 'except' and 'except*' on the same 'try'";
                return self.report(SyntaxErrorKind::Text(text), start, start + usize::from(star));
            }
        }
        Some(())
    }

    fn handler(&mut self, star: bool) -> Option<()> {
        let start = self.at;
        self.at += 1 + usize::from(star);
        let construct = if star { "'except*' statement" } else { "'except' statement" };
        if self.is_any(&[TokenKind::Colon, TokenKind::Newline]) {
            if star {
                return self.report_last(SyntaxErrorKind::Text("expected one or more exception types"));
            }
            self.colon()?;
            return self.block_of(construct, start);
        }
        let first = self.expression()?;
        if self.is(TokenKind::Comma) {
            if !self.strict {
                return None;
            }
            self.at += 1;
            self.expressions()?;
            if self.eat(TokenKind::As) {
                self.eat_name();
            }
            if self.is(TokenKind::Colon) {
                let text = "multiple exception types must be parenthesized";
                return self.report_from(SyntaxErrorKind::Text(text), first.start);
            }
            return None;
        }
        if self.eat(TokenKind::As) && !self.eat_name() {
            return None;
        }
        self.colon()?;
        self.block_of(construct, start)
    }

    pub(super) fn match_statement(&mut self) -> Option<()> {
        let start = self.at;
        self.at += 1;
        let subject = self.comma_list(Self::star_named_expression)?;
        // A starred subject needs a comma.
        let lone_star = subject.kind == Kind::Starred && !self.is(TokenKind::Comma);
        if lone_star {
            return None;
        }
        self.colon()?;
        if !self.is(TokenKind::Newline) {
            return None;
        }
        if !self.next_is(TokenKind::Indent) && !self.is_over() {
            let line = self.line_of(start);
            return self.report_last(SyntaxErrorKind::ExpectedBlock { construct: "'match' statement", line });
        }
        self.at += 2;
        self.case()?;
        while self.attempt(Self::case).is_some() {}
        self.eat(TokenKind::Dedent).then_some(())
    }

    fn case(&mut self) -> Option<()> {
        let start = self.at;
        if !self.eat_name() || self.text(start) != "case" {
            return None;
        }
        self.patterns()?;
        if self.eat(TokenKind::If) {
            self.named_expression()?;
        }
        self.colon()?;
        self.block_of("'case' statement", start)
    }
}
