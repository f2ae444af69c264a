//! Parameters of a definition and arguments of a call: the grammar takes them in any order, which is checked here.

use super::{Builder, Made, boxed, tallest};
use crate::syntax::ast::*;

/// An argument of a call.
pub enum Argument {
    Positional(Expr),
    Keyword(Keyword),
}

/// A parameter of a definition, or a mark between them.
pub enum Parameter {
    Named(Arg, Option<Expr>),
    Slash,
    Star(Option<Arg>),
    DoubleStar(Arg),
}

pub(super) fn height_of_arguments(arguments: &Arguments) -> u16 {
    let named = arguments.posonlyargs.iter().chain(&arguments.args).chain(&arguments.kwonlyargs);
    let all = named.chain(arguments.vararg.as_deref()).chain(arguments.kwarg.as_deref());
    let annotations = all.filter_map(|arg| arg.annotation.as_deref());
    tallest(annotations.chain(&arguments.defaults).chain(arguments.kw_defaults.iter().flatten()))
}

impl Builder<'_> {
    /// `arg: annotation`
    pub fn arg(&self, start: u32, arg: Name, annotation: Option<Expr>, end: u32) -> Arg {
        Arg { range: self.range(start, end), arg, annotation: boxed(annotation) }
    }

    /// Sorts parameters into their kinds, and refuses an order that Python does not allow.
    pub(super) fn arguments(&self, parameters: Vec<Parameter>) -> Made<Arguments> {
        let mut arguments = Arguments::default();
        let mut starred = false;
        // A bare `*` must be followed by a named parameter.
        let mut awaits_keyword = false;
        let mut slashed = false;
        for parameter in parameters {
            if arguments.kwarg.is_some() {
                return self.invalid(0, 0);
            }
            match parameter {
                Parameter::Named(arg, default) if starred => {
                    awaits_keyword = false;
                    arguments.kwonlyargs.push(arg);
                    arguments.kw_defaults.push(default);
                }
                Parameter::Named(arg, default) => {
                    if default.is_none() && !arguments.defaults.is_empty() {
                        return self.invalid(0, 0);
                    }
                    arguments.args.push(arg);
                    arguments.defaults.extend(default);
                }
                Parameter::Slash if starred || slashed || arguments.args.is_empty() => {
                    return self.invalid(0, 0);
                }
                Parameter::Slash => {
                    slashed = true;
                    arguments.posonlyargs = std::mem::take(&mut arguments.args);
                }
                Parameter::Star(_) if starred => return self.invalid(0, 0),
                Parameter::Star(vararg) => {
                    starred = true;
                    awaits_keyword = vararg.is_none();
                    arguments.vararg = vararg.map(Box::new);
                }
                Parameter::DoubleStar(_) if awaits_keyword => return self.invalid(0, 0),
                Parameter::DoubleStar(arg) => arguments.kwarg = Some(Box::new(arg)),
            }
        }
        if awaits_keyword { self.invalid(0, 0) } else { Ok(arguments) }
    }

    /// `arg=value`, or `**value`
    pub fn keyword(&self, start: u32, arg: Option<Name>, value: Expr, end: u32) -> Argument {
        Argument::Keyword(Keyword { range: self.range(start, end), arg, value })
    }

    /// Positional arguments and keywords, when they stand in an order that Python allows.
    pub(super) fn split_arguments(
        &self,
        start: u32,
        arguments: Vec<Argument>,
        end: u32,
    ) -> Made<(Vec<Expr>, Vec<Keyword>)> {
        let (mut positional, mut keywords, mut unpacked) = (Vec::new(), Vec::<Keyword>::new(), false);
        for argument in arguments {
            match argument {
                Argument::Keyword(keyword) => {
                    unpacked |= keyword.arg.is_none();
                    keywords.push(keyword);
                }
                Argument::Positional(value) => {
                    let starred = matches!(value.kind, ExprKind::Starred { .. });
                    if unpacked || !starred && !keywords.is_empty() {
                        return self.invalid(start, end);
                    }
                    positional.push(value);
                }
            }
        }
        Ok((positional, keywords))
    }
}
