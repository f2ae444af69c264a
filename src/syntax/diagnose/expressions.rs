//! Expressions: CPython's rules from `star_expressions` down to atoms, with those for mistakes.

use super::super::errors::SyntaxErrorKind;
use super::super::tokens::TokenKind;
use super::cursor::{Cursor, Rule};
use super::nodes::{Found, Kind, Node, Use};

const BINARY: [TokenKind; 13] = [
    TokenKind::Plus,
    TokenKind::Minus,
    TokenKind::Star,
    TokenKind::Slash,
    TokenKind::DoubleSlash,
    TokenKind::Percent,
    TokenKind::At,
    TokenKind::VerticalBar,
    TokenKind::Circumflex,
    TokenKind::Ampersand,
    TokenKind::LeftShift,
    TokenKind::RightShift,
    TokenKind::DoubleStar,
];

const COMPARISON: [TokenKind; 6] = [
    TokenKind::EqualEqual,
    TokenKind::NotEqual,
    TokenKind::Less,
    TokenKind::LessEqual,
    TokenKind::Greater,
    TokenKind::GreaterEqual,
];

type Parse<T = Found> = Option<T>;

impl Cursor<'_> {
    fn node(&self, kind: Kind, start: usize) -> Found {
        Node::new(kind, start, self.at)
    }

    /// `eval` input, or an f-string's field.
    pub fn evaluated(&mut self) {
        self.star_expressions();
        while self.eat(TokenKind::Newline) {}
        self.is(TokenKind::End);
    }

    // ------------------------------------------------------------------------------------------- lists

    pub fn star_expressions(&mut self) -> Parse {
        self.remember(Rule::StarExpressions, |cursor| cursor.comma_list(Self::star_expression))
    }

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

    fn starred(&mut self, value: fn(&mut Self) -> Parse) -> Parse {
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

    pub fn star_named_expression(&mut self) -> Parse {
        match self.is(TokenKind::Star) {
            true => self.starred(Self::bit_or),
            false => self.named_expression(),
        }
    }

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

    // ------------------------------------------------------------------------------- named and conditional

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

    // -------------------------------------------------------------------------------------------- operators

    pub fn disjunction(&mut self) -> Parse {
        self.remember(Rule::Disjunction, |cursor| {
            cursor.chain(TokenKind::Or, |cursor| cursor.chain(TokenKind::And, Self::inversion))
        })
    }

    fn chain(&mut self, operator: TokenKind, operand: fn(&mut Self) -> Parse) -> Parse {
        let start = self.at;
        let first = operand(self)?;
        let mut kind = first.kind;
        while self.is(operator) {
            let next = self.attempt(|cursor| {
                cursor.at += 1;
                operand(cursor)
            });
            if next.is_none() {
                break;
            }
            kind = Kind::Operation;
        }
        Some(if kind == first.kind { first } else { self.node(kind, start) })
    }

    fn inversion(&mut self) -> Parse {
        let start = self.at;
        let mut negated = false;
        while self.eat(TokenKind::Not) {
            negated = true;
        }
        let operand = self.comparison()?;
        Some(if negated { self.node(Kind::Operation, start) } else { operand })
    }

    fn comparison(&mut self) -> Parse {
        let start = self.at;
        let left = self.bit_or()?;
        let first_in = self.is(TokenKind::In);
        let mut compared = false;
        while self.attempt(Self::compared_with).is_some() {
            compared = true;
        }
        if !compared {
            return Some(left);
        }
        Some(Node::with_children(Kind::Compare { first_in }, start, self.at, vec![left]))
    }

    fn compared_with(&mut self) -> Parse {
        let known = if self.eat(TokenKind::Not) {
            self.eat(TokenKind::In)
        } else if self.eat(TokenKind::Is) {
            self.eat(TokenKind::Not);
            true
        } else {
            self.eat(TokenKind::In) || self.eat_any(&COMPARISON)
        };
        if known { self.bit_or() } else { None }
    }

    /// All binary operators: which binds tighter does not matter to a message.
    pub fn bit_or(&mut self) -> Parse {
        self.remember(Rule::BitOr, |cursor| {
            let start = cursor.at;
            let first = cursor.factor()?;
            let mut several = false;
            while cursor.is_any(&BINARY) {
                let next = cursor.attempt(|cursor| {
                    cursor.at += 1;
                    cursor.factor()
                });
                if next.is_none() {
                    break;
                }
                several = true;
            }
            Some(if several { cursor.node(Kind::Operation, start) } else { first })
        })
    }

    fn factor(&mut self) -> Parse {
        let start = self.at;
        let mut signed = false;
        while self.eat_any(&[TokenKind::Plus, TokenKind::Minus, TokenKind::Tilde]) {
            signed = true;
        }
        let operand = self.awaited()?;
        Some(if signed { self.node(Kind::Operation, start) } else { operand })
    }

    fn awaited(&mut self) -> Parse {
        let start = self.at;
        if !self.eat(TokenKind::Await) {
            return self.primary();
        }
        self.primary()?;
        Some(self.node(Kind::Await, start))
    }

    // --------------------------------------------------------------------------------------------- primaries

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

    fn atom(&mut self) -> Parse {
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

    pub fn generator(&mut self) -> Parse {
        let start = self.at;
        let made = self.attempt(|cursor| {
            if !cursor.eat(TokenKind::LeftParenthesis) {
                return None;
            }
            cursor.unstarred_element()?;
            cursor.clauses()?;
            cursor.eat(TokenKind::RightParenthesis).then(|| cursor.node(Kind::Generator, start))
        });
        if made.is_none() && self.strict {
            self.ahead(Self::wrong_comprehension);
        }
        made
    }

    /// An assignment expression, or an expression that none follows.
    pub fn unstarred_element(&mut self) -> Parse {
        if self.is_name() && self.next_is(TokenKind::ColonEqual) {
            return self.assignment_expression();
        }
        let element = self.attempt(Self::expression)?;
        if self.is(TokenKind::ColonEqual) { None } else { Some(element) }
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

    /// `[x for ...]` or `{x for ...}`.
    fn comprehension(&mut self, close: TokenKind, kind: Kind) -> Parse {
        let start = self.at;
        let made = self.attempt(|cursor| {
            cursor.at += 1;
            cursor.named_expression()?;
            cursor.clauses()?;
            cursor.eat(close).then(|| cursor.node(kind, start))
        });
        if made.is_none() && self.strict {
            self.ahead(Self::wrong_comprehension);
        }
        made
    }

    /// `[*x for x in y]`, `[x, y for x in z]`.
    fn wrong_comprehension(&mut self) -> Parse<()> {
        let parenthesis = self.is(TokenKind::LeftParenthesis);
        self.at += 1;
        let start = self.at;
        if let Some(starred) = self.attempt(Self::starred_expression)
            && self.clauses().is_some()
        {
            let kind = SyntaxErrorKind::Text("iterable unpacking cannot be used in comprehension");
            return self.report_node(kind, &starred);
        }
        if parenthesis {
            return None;
        }
        self.at = start;
        let first = self.attempt(Self::star_named_expression)?;
        let comma = self.at;
        if !self.eat(TokenKind::Comma) {
            return None;
        }
        let last = match self.star_named_expressions() {
            Some(items) => items.last().map_or(comma, |item| item.end - 1),
            None => comma,
        };
        self.clauses()?;
        let kind = SyntaxErrorKind::Text("did you forget parentheses around the comprehension target?");
        self.report(kind, first.start, last)
    }

    // --------------------------------------------------------------------------------------------- braces

    fn braced(&mut self) -> Parse {
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

    // --------------------------------------------------------------------------------------- comprehensions

    /// The `for ... in ... if ...` of a comprehension; the last clause is returned.
    pub fn clauses(&mut self) -> Parse {
        let mut last = self.attempt(Self::clause)?;
        while let Some(next) = self.attempt(Self::clause) {
            last = next;
        }
        Some(last)
    }

    fn clause(&mut self) -> Parse {
        let start = self.at;
        self.eat(TokenKind::Async);
        if !self.eat(TokenKind::For) {
            return None;
        }
        let target = self.loop_target();
        let Some(target) = target else {
            self.at = start;
            self.wrong_loop_target();
            return None;
        };
        let mut last = self.disjunction()?;
        while self.is(TokenKind::If) {
            let condition = self.attempt(|cursor| {
                cursor.at += 1;
                cursor.disjunction()
            });
            match condition {
                Some(condition) => last = condition,
                None => break,
            }
        }
        Some(Node::with_children(Kind::Clause, start, self.at, vec![target, last]))
    }

    /// The targets of a loop and the `in` behind them.
    pub fn loop_target(&mut self) -> Parse {
        self.attempt(|cursor| {
            let target = cursor.star_targets()?;
            cursor.eat(TokenKind::In).then_some(target)
        })
    }

    /// Targets without a comparison, so that an `in` stays.
    pub fn star_targets(&mut self) -> Parse {
        self.attempt(|cursor| {
            let targets = cursor.comma_list(Self::star_target)?;
            targets.is_target().then_some(targets)
        })
    }

    pub fn star_target(&mut self) -> Parse {
        let target = match self.is(TokenKind::Star) {
            true => self.starred(Self::primary),
            false => self.primary(),
        }?;
        target.is_target().then_some(target)
    }

    /// `for f() in x`.
    pub fn wrong_loop_target(&mut self) -> Parse<()> {
        if !self.strict {
            return None;
        }
        self.eat(TokenKind::Async);
        if !self.eat(TokenKind::For) {
            return None;
        }
        let targets = self.star_expressions()?;
        self.report_invalid_target(&targets, Use::LoopVariable)
    }

    /// Reports the part of an expression that cannot be a target, if there is one.
    pub fn report_invalid_target<T>(&mut self, node: &Found, wanted: Use) -> Option<T> {
        let invalid = node.invalid_target(wanted)?;
        let action = if wanted == Use::Deleted { "delete" } else { "assign to" };
        let kind = SyntaxErrorKind::CannotTarget { action, what: invalid.name() };
        self.report_node(kind, invalid)
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
