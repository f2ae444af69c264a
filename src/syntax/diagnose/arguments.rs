//! The arguments of a call.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::{Cursor, Rule};
use super::nodes::{Found, Kind, Node};

/// What a list of arguments holds, for the messages about its order.
struct Arguments {
    start: usize,
    end: usize,
    /// The last positional argument, and the number of them.
    positional: Vec<Found>,
    /// The last keyword argument is `**mapping`.
    unpacked: bool,
}

impl Cursor<'_> {
    /// Arguments up to the closing bracket, with a comma at the end perhaps.
    pub fn arguments(&mut self) -> Option<Found> {
        self.remember(Rule::Arguments, |cursor| {
            let right = cursor.attempt(|cursor| {
                let arguments = cursor.argument_list()?;
                cursor.eat(TokenKind::Comma);
                cursor.is(TokenKind::RightParenthesis).then_some(arguments)
            });
            if let Some(arguments) = right {
                return Some(Node::new(Kind::Tuple, arguments.start, arguments.end));
            }
            if cursor.strict {
                cursor.wrong_arguments();
            }
            None
        })
    }

    /// Positional arguments, then keywords, then `**mapping`s.
    fn argument_list(&mut self) -> Option<Arguments> {
        let start = self.at;
        let mut positional = Vec::new();
        while let Some(argument) = self.after_comma(!positional.is_empty(), Self::positional) {
            positional.push(argument);
        }
        let mut keywords = false;
        while self.after_comma(keywords || !positional.is_empty(), Self::keyword_or_starred).is_some() {
            keywords = true;
        }
        let mut unpacked = false;
        while let Some(mapping) =
            self.after_comma(unpacked || keywords || !positional.is_empty(), Self::keyword_or_mapping)
        {
            keywords = true;
            unpacked = mapping;
        }
        if positional.is_empty() && !keywords {
            return None;
        }
        Some(Arguments { start, end: self.at, positional, unpacked })
    }

    /// An item, behind a comma unless it is the first.
    fn after_comma<T>(&mut self, comma: bool, item: fn(&mut Self) -> Option<T>) -> Option<T> {
        self.attempt(|cursor| if comma && !cursor.eat(TokenKind::Comma) { None } else { item(cursor) })
    }

    fn positional(&mut self) -> Option<Found> {
        if self.is(TokenKind::Star) {
            return self.starred_expression();
        }
        let argument = self.unstarred_element()?;
        if self.is(TokenKind::Equal) || self.is_over() { None } else { Some(argument) }
    }

    fn keyword_or_starred(&mut self) -> Option<()> {
        if self.is(TokenKind::Star) {
            return self.starred_expression().map(|_| ());
        }
        self.keyword()
    }

    /// Whether it is a mapping.
    fn keyword_or_mapping(&mut self) -> Option<bool> {
        if self.eat(TokenKind::DoubleStar) {
            return self.expression().map(|_| true);
        }
        self.keyword().map(|()| false)
    }

    fn keyword(&mut self) -> Option<()> {
        if self.strict {
            self.ahead(Self::wrong_keyword);
        }
        if self.eat_name() && self.eat(TokenKind::Equal) { self.expression().map(|_| ()) } else { None }
    }

    /// `True=1`, `x=y for y in z`, `f()=1`.
    fn wrong_keyword(&mut self) -> Option<()> {
        let start = self.at;
        for (token, keyword) in
            [(TokenKind::True, "True"), (TokenKind::False, "False"), (TokenKind::None, "None")]
        {
            if self.is(token) && self.next_is(TokenKind::Equal) {
                let kind = SyntaxErrorKind::CannotKeyword { action: "assign to", keyword };
                return self.report(kind, start, start + 1);
            }
        }
        if self.is_name() && self.next_is(TokenKind::Equal) {
            return self.keyword_generator(start);
        }
        let value = self.attempt(Self::expression)?;
        let equal = self.at;
        if self.is(TokenKind::Equal) {
            return self.report(SyntaxErrorKind::ExpressionAssignment, value.start, equal);
        }
        None
    }

    /// `f(x=y for y in z)`.
    fn keyword_generator(&mut self, start: usize) -> Option<()> {
        self.at = start + 2;
        self.attempt(Self::expression)?;
        self.clauses()?;
        self.report(SyntaxErrorKind::MaybeEquals, start, start + 1)
    }

    fn wrong_arguments(&mut self) -> Option<()> {
        let start = self.at;
        let list = self.ahead(|cursor| cursor.argument_list());
        if let Some(list) = &list {
            self.at = list.end;
            if self.eat(TokenKind::Comma) && self.is(TokenKind::Star) {
                let text = "iterable argument unpacking follows keyword argument unpacking";
                return self.report(SyntaxErrorKind::Text(text), start, list.end.saturating_sub(1));
            }
        }
        self.at = start;
        self.ahead(Self::first_generator);
        if self.is_name() && self.next_is(TokenKind::Equal) {
            self.ahead(|cursor| cursor.keyword_generator(start));
        }
        let list = list?;
        self.at = list.end;
        self.ahead(|cursor| cursor.last_generator(&list));
        if !self.eat(TokenKind::Comma) {
            return None;
        }
        self.ahead(Self::next_generator);
        self.argument_list()?;
        self.report_last(SyntaxErrorKind::Text(match list.unpacked {
            true => "positional argument follows keyword argument unpacking",
            false => "positional argument follows keyword argument",
        }))
    }

    const GENERATOR: SyntaxErrorKind = SyntaxErrorKind::Text("Generator expression must be parenthesized");

    /// `f(x for x in y, 1)`.
    fn first_generator(&mut self) -> Option<()> {
        let element = self.attempt(Self::expression)?;
        let clause = self.clauses()?;
        if !self.eat(TokenKind::Comma) {
            return None;
        }
        self.ahead(|cursor| {
            if cursor.attempt(Self::argument_list).is_none() {
                cursor.attempt(Self::expression)?;
                cursor.clauses()?;
            }
            Some(())
        });
        self.report_nodes(Self::GENERATOR, &element, &clause.children[1])
    }

    /// `f(1, x for x in y)`, the list having taken `x`.
    fn last_generator(&mut self, list: &Arguments) -> Option<()> {
        let clause = self.clauses()?;
        match list.positional.as_slice() {
            [_, .., last] => self.report_nodes(Self::GENERATOR, last, &clause.children[1]),
            _ => None,
        }
    }

    /// `f(a=1, x for x in y)`.
    fn next_generator(&mut self) -> Option<()> {
        let element = self.attempt(Self::expression)?;
        let clause = self.clauses()?;
        self.report_nodes(Self::GENERATOR, &element, &clause.children[1])
    }
}
