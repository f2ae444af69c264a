//! Statements: simple ones, assignments, and compound ones with their blocks.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::{Cursor, Rule};
use super::nodes::{Found, Kind, Node, Use};

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
    pub fn file(&mut self) {
        self.forget();
        while self.attempt(Self::statement).is_some() {
            self.forget();
        }
    }

    fn statements(&mut self) -> Option<()> {
        self.attempt(Self::statement)?;
        while self.attempt(Self::statement).is_some() {}
        Some(())
    }

    fn statement(&mut self) -> Option<()> {
        use TokenKind::*;
        let start = self.at;
        let compound = if self.is_any(&[Def, At, Class, Async]) {
            self.attempt(Self::definition)
        } else if self.is(If) {
            self.attempt(|cursor| cursor.if_statement(If, "'if' statement"))
        } else if self.is(With) {
            self.attempt(|cursor| cursor.with_statement(start))
        } else if self.is(For) {
            self.attempt(|cursor| cursor.for_statement(start))
        } else if self.is(Try) {
            self.attempt(Self::try_statement)
        } else if self.is(While) {
            self.attempt(Self::while_statement)
        } else if self.is_name() && self.text(start) == "match" {
            self.attempt(Self::match_statement)
        } else {
            Option::None
        };
        compound.or_else(|| self.attempt(Self::simple_statements))
    }

    // ------------------------------------------------------------------------------------ simple statements

    fn simple_statements(&mut self) -> Option<()> {
        self.simple_statement()?;
        while self.eat(TokenKind::Semicolon) {
            if self.attempt(Self::simple_statement).is_none() {
                break;
            }
        }
        self.eat(TokenKind::Newline).then_some(())
    }

    fn simple_statement(&mut self) -> Option<Found> {
        self.remember(Rule::SimpleStatement, |cursor| {
            let start = cursor.at;
            let node = |cursor: &Self| Some(Node::new(Kind::Clause, start, cursor.at));
            if cursor.attempt(Self::assignment).is_some() {
                return node(cursor);
            }
            if let Some(value) = cursor.star_expressions() {
                return Some(value);
            }
            cursor.keyword_statement()?;
            node(cursor)
        })
    }

    fn keyword_statement(&mut self) -> Option<()> {
        use TokenKind::*;
        if self.eat_any(&[Pass, Break, Continue]) {
            return Some(());
        }
        if self.eat(Return) {
            self.star_expressions();
            return Some(());
        }
        if self.is(Yield) {
            return self.yield_expression().map(|_| ());
        }
        if self.eat(Del) {
            return self.delete();
        }
        if self.eat_any(&[Global, Nonlocal]) {
            return self.names();
        }
        if self.eat(Import) {
            return self.import_names();
        }
        if self.eat(From) {
            return self.import_from();
        }
        if self.eat(Raise) {
            return self.raise();
        }
        if self.eat(Assert) {
            self.expression()?;
            if self.eat(Comma) {
                self.expression()?;
            }
            return Some(());
        }
        Option::None
    }

    fn raise(&mut self) -> Option<()> {
        if self.attempt(Self::expression).is_some() && self.eat(TokenKind::From) {
            self.expression()?;
        }
        Some(())
    }

    fn names(&mut self) -> Option<()> {
        loop {
            if !self.eat_name() {
                return None;
            }
            if !self.eat(TokenKind::Comma) {
                return Some(());
            }
        }
    }

    fn delete(&mut self) -> Option<()> {
        let start = self.at;
        let targets = self.star_expressions()?;
        let ends = self.is_any(&[TokenKind::Semicolon, TokenKind::Newline]);
        if ends && targets.invalid_target(Use::Deleted).is_none() {
            return Some(());
        }
        self.at = start;
        self.report_invalid_target(&targets, Use::Deleted)
    }

    fn dotted_name(&mut self) -> Option<()> {
        loop {
            if !self.eat_name() {
                return None;
            }
            if !self.eat(TokenKind::Dot) {
                return Some(());
            }
        }
    }

    fn alias(&mut self) -> Option<()> {
        if self.eat(TokenKind::As) { self.eat_name().then_some(()) } else { Some(()) }
    }

    fn import_names(&mut self) -> Option<()> {
        loop {
            self.dotted_name()?;
            self.alias()?;
            if !self.eat(TokenKind::Comma) {
                return Some(());
            }
        }
    }

    fn import_from(&mut self) -> Option<()> {
        let mut dots = false;
        while self.eat_any(&[TokenKind::Dot, TokenKind::Ellipsis]) {
            dots = true;
        }
        if self.attempt(Self::dotted_name).is_none() && !dots || !self.eat(TokenKind::Import) {
            return None;
        }
        if self.eat(TokenKind::Star) {
            return Some(());
        }
        let bracket = self.eat(TokenKind::LeftParenthesis);
        loop {
            if !self.eat_name() {
                return None;
            }
            self.alias()?;
            if !self.eat(TokenKind::Comma) {
                break;
            }
            if !bracket && self.is(TokenKind::Newline) {
                let text = "trailing comma not allowed without surrounding parentheses";
                return self.report_last(SyntaxErrorKind::Text(text));
            }
            if bracket && self.is(TokenKind::RightParenthesis) {
                break;
            }
        }
        if !bracket || self.eat(TokenKind::RightParenthesis) { Some(()) } else { None }
    }

    // ------------------------------------------------------------------------------------------ assignments

    fn assignment(&mut self) -> Option<()> {
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

    // ---------------------------------------------------------------------------------------------- blocks

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

    // ------------------------------------------------------------------------------------ compound statements

    fn definition(&mut self) -> Option<()> {
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
    fn if_statement(&mut self, keyword: TokenKind, construct: &'static str) -> Option<()> {
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

    fn while_statement(&mut self) -> Option<()> {
        let start = self.at;
        self.eat(TokenKind::While);
        self.named_expression()?;
        self.colon()?;
        self.block_of("'while' statement", start)?;
        self.else_block()
    }

    fn for_statement(&mut self, start: usize) -> Option<()> {
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

    fn with_statement(&mut self, start: usize) -> Option<()> {
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

    fn try_statement(&mut self) -> Option<()> {
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

    fn match_statement(&mut self) -> Option<()> {
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
