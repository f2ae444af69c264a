//! Calls. The callee and its arguments lie on the temporaries in the order of evaluation.

use rustc_hash::FxHashSet;

use super::displays::{CHUNK, Display};
use super::emitter::Destination;
use super::generator::Generator;
use super::names::refuse_debug;
use super::{CompileError, Outcome};
use crate::bytecode::{Constant, Op};
use crate::syntax::ast::{Context, Expr, ExprKind, Keyword, Range};

/// The inline word of a BuildClass without keywords.
const NO_KEYWORDS: u32 = u32::MAX;

impl Generator<'_> {
    pub(super) fn call(
        &mut self,
        whole: &Expr,
        func: &Expr,
        args: &[Expr],
        keywords: &[Keyword],
        destination: Destination,
    ) -> Outcome {
        check_keywords(keywords, whole.range)?;
        self.warn_about_callee(func, whole.range);
        let spread = needs_spread(args, keywords);
        if let ExprKind::Attribute { value, ctx: Context::Load, .. } = &func.kind
            && !spread
        {
            return self.method_call(whole, func, value, args, keywords, destination);
        }
        self.push(func)?;
        if spread {
            return self.spread_call(whole, args, keywords, destination);
        }
        let names = self.arguments(args, keywords)?;
        self.at(whole.range);
        self.finish_call(1, args.len() + keywords.len(), names, destination);
        Ok(())
    }

    fn method_call(
        &mut self,
        whole: &Expr,
        func: &Expr,
        object: &Expr,
        args: &[Expr],
        keywords: &[Keyword],
        destination: Destination,
    ) -> Outcome {
        let ExprKind::Attribute { attr, .. } = &func.kind else { return Ok(()) };
        let object = self.last_operand(object)?;
        self.at_attribute(func);
        let name = self.mangled(attr);
        let index = self.name_index(&name);
        let a = self.code().temporary(object.consumed());
        self.code().raw(Op::LoadMethod, a, object.register(), 0);
        self.code().inline(index, 0);
        self.code().inline(0, 0);
        self.code().consume(object.consumed());
        self.code().grow(2);
        let names = self.arguments(args, keywords)?;
        self.at(whole.range);
        self.narrow_to_attribute(func);
        self.finish_call(2, args.len() + keywords.len(), names, destination);
        Ok(())
    }

    /// Pushes positional, then keyword arguments; gives the constant with the names of the latter.
    fn arguments(&mut self, args: &[Expr], keywords: &[Keyword]) -> Outcome<Option<u32>> {
        args.iter().try_for_each(|argument| self.push(argument))?;
        keywords.iter().try_for_each(|keyword| self.push(&keyword.value))?;
        Ok(self.keyword_names(keywords))
    }

    fn keyword_names(&mut self, keywords: &[Keyword]) -> Option<u32> {
        if keywords.is_empty() {
            return None;
        }
        let names = keywords.iter().filter_map(|keyword| keyword.arg.as_ref());
        // As in CPython: names of keywords are not mangled.
        let names = names.map(|name| Constant::Text(name.clone())).collect();
        Some(self.constant_index(Constant::Tuple(names)))
    }

    /// Emits the call of the callee in `callee_size` temporaries with the arguments above it.
    fn finish_call(
        &mut self,
        callee_size: u32,
        count: usize,
        keyword_names: Option<u32>,
        destination: Destination,
    ) {
        let op = match (callee_size, keyword_names) {
            (1, None) => Op::Call,
            (1, Some(_)) => Op::CallKeywords,
            (_, None) => Op::CallMethod,
            (_, Some(_)) => Op::CallMethodKeywords,
        };
        let consumed = callee_size + count as u32;
        let (a, b) = (self.code().result(destination, consumed), self.code().temporary(consumed));
        self.code().raw(op, a, b, count as u16);
        self.code().inline(keyword_names.unwrap_or(0), 0);
        self.code().settle(destination, consumed);
    }

    /// Calls the topmost temporary with None so many times.
    pub(super) fn call_with_none(&mut self, count: usize) {
        (0..count).for_each(|_| self.push_none());
        self.finish_call(1, count, None, Destination::Push);
    }

    /// Calls the topmost but one temporary with the topmost one.
    pub(super) fn call_with_one(&mut self) {
        self.finish_call(1, 1, None, Destination::Push);
    }

    /// `f(*args, **keywords)`, and calls with very many arguments.
    fn spread_call(
        &mut self,
        whole: &Expr,
        args: &[Expr],
        keywords: &[Keyword],
        destination: Destination,
    ) -> Outcome {
        let callee = self.code().top();
        self.spread_arguments(whole, args)?;
        self.spread_keywords(whole, keywords, callee)?;
        self.at(whole.range);
        let has_keywords = u16::from(!keywords.is_empty());
        self.build_run(Op::CallSpread, 2 + u32::from(has_keywords), has_keywords, destination);
        Ok(())
    }

    /// Pushes the tuple of the positional arguments, or the one iterable that gives them all.
    fn spread_arguments(&mut self, whole: &Expr, args: &[Expr]) -> Outcome {
        if args.is_empty() {
            self.at(whole.range);
            self.load_constant(Constant::Tuple([].into()), Destination::Push);
            return Ok(());
        }
        if let [Expr { kind: ExprKind::Starred { value, .. }, .. }] = args {
            return self.push(value);
        }
        self.sequence(whole, args, Display::Tuple, Destination::Push)
    }

    /// Pushes the dict of the keyword arguments, if there are any.
    fn spread_keywords(&mut self, whole: &Expr, keywords: &[Keyword], callee: u16) -> Outcome {
        let mut rest = keywords;
        let mut have_dict = false;
        while let Some(first) = rest.first() {
            let named = rest.iter().take(CHUNK / 2).take_while(|keyword| keyword.arg.is_some()).count();
            if first.arg.is_none() {
                if !have_dict {
                    self.at(whole.range);
                    self.build(Op::BuildMap, 0, Destination::Push);
                    have_dict = true;
                }
                self.push(&first.value)?;
                rest = &rest[1..];
            } else {
                self.keyword_map(whole, &rest[..named])?;
                rest = &rest[named..];
                if !have_dict {
                    have_dict = true;
                    continue;
                }
            }
            self.at(whole.range);
            let (dict, mapping) = (self.code().temporary(2), self.code().top());
            self.code().raw(Op::DictMerge, dict, mapping, callee);
            self.code().consume(1);
        }
        Ok(())
    }

    fn keyword_map(&mut self, whole: &Expr, keywords: &[Keyword]) -> Outcome {
        for keyword in keywords {
            if let Some(name) = &keyword.arg {
                let name = self.mangled(name);
                self.at(whole.range);
                self.load_constant(Constant::Text(name), Destination::Push);
            }
            self.push(&keyword.value)?;
        }
        self.at(whole.range);
        self.build_run(Op::BuildMap, keywords.len() as u32 * 2, keywords.len() as u16, Destination::Push);
        Ok(())
    }

    /// Makes the class whose body function and name lie on the temporaries.
    pub(super) fn build_class(&mut self, whole: &Expr, bases: &[Expr], keywords: &[Keyword]) -> Outcome {
        check_keywords(keywords, whole.range)?;
        if needs_spread(bases, keywords) {
            let callee = self.code().temporary(2);
            // Even the only iterable stands in a display, as one behind body and name.
            match bases.is_empty() {
                true => self.spread_arguments(whole, bases)?,
                false => self.sequence(whole, bases, Display::Tuple, Destination::Push)?,
            }
            self.spread_keywords(whole, keywords, callee)?;
            self.at(whole.range);
            let has_keywords = u16::from(!keywords.is_empty());
            let consumed = 3 + u32::from(has_keywords);
            self.build_run(Op::BuildClassSpread, consumed, has_keywords, Destination::Push);
            return Ok(());
        }
        let names = self.arguments(bases, keywords)?;
        self.at(whole.range);
        let count = bases.len() + keywords.len();
        let consumed = 2 + count as u32;
        let first = self.code().temporary(consumed);
        self.code().raw(Op::BuildClass, first, first, count as u16);
        self.code().inline(names.unwrap_or(NO_KEYWORDS), 0);
        self.code().settle(Destination::Push, consumed);
        Ok(())
    }
}

fn needs_spread(args: &[Expr], keywords: &[Keyword]) -> bool {
    args.len() + keywords.len() > CHUNK
        || args.iter().any(|argument| matches!(argument.kind, ExprKind::Starred { .. }))
        || keywords.iter().any(|keyword| keyword.arg.is_none())
}

fn check_keywords(keywords: &[Keyword], range: Range) -> Outcome {
    let mut seen = FxHashSet::default();
    for keyword in keywords {
        let Some(name) = &keyword.arg else { continue };
        refuse_debug(name, "assign to", range)?;
        if !seen.insert(name) {
            let message = format!("keyword argument repeated: {name}");
            return Err(CompileError::syntax(message, keyword.range));
        }
    }
    Ok(())
}
