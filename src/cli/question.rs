//! `glasspy owners program.py x`: a question about what a program has left, asked before that is taken apart.

use std::ffi::OsString;

use lexopt::prelude::*;

use super::options::{Refusal, expected, text};
use super::run::status_of;
use crate::inspect::render::{Format, render};
use crate::inspect::{Limits, Report, expected as births, graph};
use crate::modules::glass::questions::{self, Question};
use crate::modules::io::errors::strerror;
use crate::modules::startup::flush_standard_streams;
use crate::object::Ref;
use crate::repl::commands;
use crate::runtime::{Interpreter, Outcome};
use crate::values::dict::Dict;

/// The file name of expressions in tracebacks.
const FILE: &str = "<expression>";

/// A question about a program.
#[derive(Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is asked.
    pub question: Question,
    /// What about, evaluated in the program's namespace.
    pub expressions: Vec<String>,
    format: Option<Format>,
    path: Option<OsString>,
    limits: Limits,
}

impl Asked {
    /// A question about nothing yet.
    pub fn new(question: Question) -> Self {
        Self { question, expressions: Vec::new(), format: None, path: None, limits: Limits::default() }
    }

    /// Understands what stands behind the program.
    ///
    /// # Errors
    /// A mistake.
    pub fn parse(&mut self, arguments: Vec<OsString>) -> Result<(), Refusal> {
        let mut parser = lexopt::Parser::from_args(arguments);
        let name = self.question.name();
        while let Some(argument) = parser.next()? {
            match argument {
                Value(expression) => self.expressions.push(text(expression)?),
                Long("format") => {
                    let word = text(parser.value().map_err(|_| expected("--format"))?)?;
                    self.format = Some(format_named(&word)?);
                }
                Long("depth") => self.limits.depth = Some(number(&mut parser, "--depth")?),
                Long("limit") => self.limits.rows = Some(number(&mut parser, "--limit")?),
                Short('o') => self.path = Some(parser.value().map_err(|_| expected("-o"))?),
                Short(letter) => return Err(Refusal::Misasked(format!("{name}: unknown option -{letter}"))),
                Long(word) => return Err(Refusal::Misasked(format!("{name}: unknown option --{word}"))),
            }
        }
        self.check().map_err(|mistake| Refusal::Misasked(format!("{name}: {mistake}")))
    }

    /// Whether as many expressions are there as the question needs.
    fn check(&self) -> Result<(), String> {
        if let Some(refused) = self.question.refuses(self.limits) {
            return Err(refused.to_owned());
        }
        let given = self.expressions.len();
        let is_picture = matches!(self.format(), Format::Dot | Format::Svg);
        match self.question {
            Question::Draw => Ok(()),
            Question::Life if given == 1 => match is_name(&self.expressions[0]) {
                true => Ok(()),
                false => Err(format!("a name is needed, not {}", self.expressions[0])),
            },
            Question::Life => Err("the name of a variable is needed".to_owned()),
            question => match (question.objects(), given) {
                (1, 0) => Err("which object? An expression is needed behind the program".to_owned()),
                (1, 2..) if is_picture => Err(format!("a picture shows one object, not {given}")),
                (1, _) => Ok(()),
                (wanted, _) if wanted == given => Ok(()),
                (0, _) => Err(format!("no expression is needed, there is {given}")),
                _ => Err(format!("two expressions are needed, there is {given}")),
            },
        }
    }

    /// As it is asked for, or as the file's name says.
    fn format(&self) -> Format {
        let by_path = || Format::by_path(&self.path.as_ref()?.to_string_lossy());
        self.format.or_else(by_path).unwrap_or(Format::Text)
    }

    /// What must be done before the program runs.
    ///
    /// # Errors
    /// A want of memory.
    pub fn begin(&self, cx: &Interpreter) -> Outcome<()> {
        match self.question {
            Question::Life => births::expect(cx, &self.expressions[0]),
            Question::Diff => {
                questions::difference(cx);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Answers when the program has run. The status stays the program's, unless the question cannot be answered.
    pub fn end(&self, cx: &Interpreter, status: u8) -> u8 {
        // A program that could not be read has left nothing.
        let Ok(Some(main)) = cx.dict_get_str(&cx.modules, "__main__") else { return status };
        let Ok(Some(namespace)) = cx.instance_dict(&main) else { return status };
        drop(main);
        match self.told(cx, namespace) {
            Ok(told) if told => status,
            Ok(_) => 1,
            Err(raised) => status_of(cx, Err(raised)),
        }
    }

    /// Shows the answers. False where the file cannot be written.
    fn told(&self, cx: &Interpreter, namespace: Ref<Dict>) -> Outcome<bool> {
        let reports = self.reports(cx, namespace)?;
        let text = joined(&reports, self.format());
        flush_standard_streams(cx);
        let Some(path) = &self.path else {
            commands::print(cx, &text)?;
            return Ok(true);
        };
        let Err(error) = std::fs::write(path, text) else { return Ok(true) };
        let number = error.raw_os_error().unwrap_or(0);
        let (path, reason) = (path.to_string_lossy(), strerror(number));
        cx.write_stderr(&format!("glasspy: can't write '{path}': [Errno {number}] {reason}\n"));
        Ok(false)
    }

    fn reports(&self, cx: &Interpreter, namespace: Ref<Dict>) -> Outcome<Vec<Report>> {
        let evaluate = |text: &String| commands::evaluate(cx, &namespace, text, FILE);
        match self.question {
            Question::Life => {
                let report = match births::is_found(cx) {
                    true => questions::life(cx, &*cx.new_int(1)?)?,
                    false => nothing_born(&self.expressions[0]),
                };
                Ok(vec![report])
            }
            Question::Draw if self.expressions.is_empty() => {
                let names = namespace.into_object();
                Ok(vec![graph::report(graph::of_objects(cx, &[names], self.limits, 1))])
            }
            Question::Draw | Question::Compare => {
                let objects = self.expressions.iter().map(evaluate).collect::<Outcome<Vec<_>>>()?;
                drop(namespace);
                Ok(vec![questions::answer(cx, self.question, objects, self.limits)?])
            }
            question if self.expressions.is_empty() => {
                drop(namespace);
                Ok(vec![questions::answer(cx, question, Vec::new(), self.limits)?])
            }
            question => {
                let each = self.expressions.iter();
                each.map(|text| questions::answer(cx, question, vec![evaluate(text)?], self.limits)).collect()
            }
        }
    }
}

fn nothing_born(name: &str) -> Report {
    let mut report = Report::new("life", format!("life of what was called '{name}'"), &[]);
    report.note("nothing got that name while the program ran");
    report
}

/// One after the other, as JSON a list if they are several.
fn joined(reports: &[Report], format: Format) -> String {
    let texts: Vec<String> = reports.iter().map(|report| render(report, format)).collect();
    match format {
        Format::Json if texts.len() > 1 => {
            let texts: Vec<&str> = texts.iter().map(|text| text.trim_end()).collect();
            format!("[{}]\n", texts.join(",\n"))
        }
        _ => texts.join("\n"),
    }
}

/// The number behind an option.
fn number(parser: &mut lexopt::Parser, option: &str) -> Result<usize, Refusal> {
    let word = text(parser.value().map_err(|_| expected(option))?)?;
    word.parse().map_err(|_| Refusal::Misasked(format!("{option} takes a number, not {word}")))
}

fn format_named(word: &str) -> Result<Format, Refusal> {
    match word {
        "text" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        "dot" => Ok(Format::Dot),
        "svg" => Ok(Format::Svg),
        _ => Err(Refusal::Misasked(format!("--format takes text, json, dot or svg, not {word}"))),
    }
}

fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    let begins = letters.next().is_some_and(|letter| letter == '_' || letter.is_alphabetic());
    begins && letters.all(|letter| letter == '_' || letter.is_alphanumeric())
}
