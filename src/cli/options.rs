//! The command line: Python's rules for options, by lexopt.

use std::ffi::OsString;

use lexopt::prelude::*;

use super::question::Asked;
use crate::modules::glass::questions::Question;
use crate::modules::lessons::{self, Lesson};
use crate::runtime::Options;

/// What to run.
#[derive(Debug, PartialEq, Eq)]
pub enum Program {
    /// `-c CODE`
    Code(String),
    /// `-m MODULE`
    Module(String),
    /// A file.
    File(OsString),
    /// `--lesson NUMBER`
    Lesson(&'static Lesson),
    /// Standard input, named or because nothing else is.
    Stdin {
        /// `-` was given.
        is_named: bool,
    },
}

/// A command line understood.
#[derive(Debug)]
pub struct CommandLine {
    /// What to run.
    pub program: Program,
    /// What follows it.
    pub arguments: Vec<OsString>,
    /// The interpreter's options.
    pub options: Options,
    /// `-X dump=WHAT`
    pub dump: Option<String>,
    /// `-X leaks`
    pub leaks: bool,
    /// `stats` in front of the program.
    pub statistics: bool,
    /// A question in front of the program.
    pub asked: Option<Asked>,
}

/// A command line that ends before anything runs.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// `-h`
    #[error("help is asked for")]
    Help,
    /// `-V`
    #[error("the version is asked for")]
    Version,
    /// `--lessons`
    #[error("the list of lessons is asked for")]
    Lessons,
    /// `--lesson NUMBER --show`
    #[error("the text of a lesson is asked for")]
    ShowLesson(&'static Lesson),
    /// `--lesson` with a number that none has.
    #[error("there is no lesson {0:?}: --lessons lists them, from 0 to {last}", last = lessons::LESSONS.len() - 1)]
    NoSuchLesson(String),
    /// A report is asked for in a way that makes no sense.
    #[error("{0}")]
    Misasked(String),
    /// A mistake, in one line.
    #[error("{0}")]
    Mistake(String),
}

impl From<lexopt::Error> for Refusal {
    fn from(error: lexopt::Error) -> Self {
        Self::Mistake(error.to_string())
    }
}

/// Understands the arguments behind the program's own name.
///
/// # Errors
/// Help, version, or a mistake.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<CommandLine, Refusal> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut line = CommandLine {
        program: Program::Stdin { is_named: false },
        arguments: Vec::new(),
        options: Options::default(),
        dump: None,
        leaks: false,
        statistics: false,
        asked: None,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Short('c') => {
                let code = text(parser.value().map_err(|_| expected("-c"))?)?;
                line.program = Program::Code(code);
                return behind(line, parser.raw_args()?.collect());
            }
            Short('m') => {
                let module = text(parser.value().map_err(|_| expected("-m"))?)?;
                line.program = Program::Module(module);
                return behind(line, parser.raw_args()?.collect());
            }
            Long("lesson") => {
                let number = text(parser.value().map_err(|_| expected("--lesson"))?)?;
                return lesson(line, &number, parser.raw_args()?.collect());
            }
            Value(word) if word == "stats" && !line.is_reported() => line.statistics = true,
            Value(word) if !line.is_reported() && question(&word).is_some() => {
                line.asked = question(&word).map(Asked::new);
            }
            Value(file) => {
                line.program =
                    if file == "-" { Program::Stdin { is_named: true } } else { Program::File(file) };
                return behind(line, parser.raw_args()?.collect());
            }
            Short(letter) => {
                let letter = letter.to_string();
                option(&mut line, &mut parser, &letter)?;
            }
            Long(name) => {
                let name = name.to_owned();
                option(&mut line, &mut parser, &name)?;
            }
        }
    }
    let asked = line.asked.as_ref().map(|asked| asked.question.name());
    match asked.or(line.statistics.then_some("stats")) {
        Some(word) => Err(Refusal::Misasked(format!("{word}: which program?"))),
        None => Ok(line),
    }
}

impl CommandLine {
    /// Whether a report is asked for already. The next word names a program, also if it is that of a report.
    fn is_reported(&self) -> bool {
        self.statistics || self.asked.is_some()
    }
}

fn question(word: &OsString) -> Option<Question> {
    Question::by_name(word.to_str()?)
}

/// What follows the program: its arguments, or what is asked about it.
fn behind(mut line: CommandLine, rest: Vec<OsString>) -> Result<CommandLine, Refusal> {
    match &mut line.asked {
        Some(asked) => asked.parse(rest)?,
        None => line.arguments = rest,
    }
    Ok(line)
}

/// The line for a lesson: what follows is its own, but for a first `--show`.
fn lesson(mut line: CommandLine, number: &str, arguments: Vec<OsString>) -> Result<CommandLine, Refusal> {
    let found = lessons::numbered(number).ok_or_else(|| Refusal::NoSuchLesson(number.to_owned()))?;
    if arguments.first().is_some_and(|first| first == "--show") {
        return Err(Refusal::ShowLesson(found));
    }
    line.program = Program::Lesson(found);
    behind(line, arguments)
}

fn option(line: &mut CommandLine, parser: &mut lexopt::Parser, name: &str) -> Result<(), Refusal> {
    let options = &mut line.options;
    match name {
        "h" | "?" | "help" => return Err(Refusal::Help),
        "V" | "version" => return Err(Refusal::Version),
        "lessons" => return Err(Refusal::Lessons),
        "i" => options.inspect = true,
        "u" => options.unbuffered = true,
        "q" => options.quiet = true,
        "v" => options.verbose = true,
        "O" => options.optimize = true,
        "B" | "E" | "I" | "s" | "S" | "b" | "d" => {}
        "W" => drop(parser.value().map_err(|_| expected("-W"))?),
        "X" => {
            let value = text(parser.value().map_err(|_| expected("-X"))?)?;
            return x_option(line, &value);
        }
        other if other.chars().count() == 1 => {
            return Err(Refusal::Mistake(format!("Unknown option: -{other}")));
        }
        other => return Err(Refusal::Mistake(format!("unknown option --{other}"))),
    }
    Ok(())
}

fn x_option(line: &mut CommandLine, text: &str) -> Result<(), Refusal> {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (text, None),
    };
    let options = &mut line.options;
    match (name, value) {
        ("cpython", None) => options.cpython = true,
        ("stress-gc", None) => options.stress_gc = true,
        ("verify-heap", None) => options.verify_heap = true,
        ("debug-fill", None) => options.debug_fill = true,
        ("leaks", None) => line.leaks = true,
        ("malloc", Some("system")) => options.system_malloc = true,
        ("malloc", _) => return Err(Refusal::Mistake("-X malloc takes 'system'".to_owned())),
        ("dump", Some(what @ ("tokens" | "ast" | "scopes" | "code"))) => line.dump = Some(what.to_owned()),
        ("dump", _) => return Err(Refusal::Mistake("-X dump takes tokens, ast, scopes or code".to_owned())),
        _ => {}
    }
    options.x_options.push((name.to_owned(), value.map(str::to_owned)));
    Ok(())
}

pub(super) fn expected(option: &str) -> Refusal {
    Refusal::Mistake(format!("Argument expected for the {option} option"))
}

pub(super) fn text(value: OsString) -> Result<String, Refusal> {
    value
        .into_string()
        .map_err(|value| Refusal::Mistake(format!("not valid UTF-8: {}", value.to_string_lossy())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(arguments: &[&str]) -> Result<CommandLine, String> {
        parse(arguments.iter().map(OsString::from)).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn code_ends_the_options() {
        let line = line(&["-c", "pass", "-q", "x"]).unwrap();
        assert_eq!(line.program, Program::Code("pass".to_owned()));
        assert_eq!(line.arguments, ["-q", "x"]);
        assert!(!line.options.quiet);
    }

    #[test]
    fn a_file_ends_the_options() {
        let line = line(&["-iu", "a.py", "-X", "leaks"]).unwrap();
        assert!(line.options.inspect && line.options.unbuffered && !line.leaks);
        assert_eq!(line.program, Program::File("a.py".into()));
    }

    #[test]
    fn statistics_are_asked_for_in_front_of_the_program() {
        let counted = line(&["-q", "stats", "a.py", "stats"]).unwrap();
        assert!(counted.statistics && counted.options.quiet);
        assert_eq!(counted.program, Program::File("a.py".into()));
        assert_eq!(counted.arguments, ["stats"]);
        assert_eq!(line(&["stats"]).unwrap_err(), "stats: which program?");
        assert!(!line(&["./stats"]).unwrap().statistics);
    }

    #[test]
    fn a_question_stands_in_front_of_the_program_and_what_it_is_about_behind() {
        let asking = line(&["compare", "a.py", "x", "--format", "json", "y", "-o", "out.txt"]).unwrap();
        let asked = asking.asked.unwrap();
        assert_eq!(asking.program, Program::File("a.py".into()));
        assert_eq!((asked.question, asked.expressions), (Question::Compare, vec!["x".into(), "y".into()]));
        assert!(asking.arguments.is_empty() && !line(&["./map"]).unwrap().is_reported());
        assert_eq!(line(&["map", "map"]).unwrap().program, Program::File("map".into()));
        assert_eq!(line(&["owners", "-c", "x = 1", "--", "-x"]).unwrap().asked.unwrap().expressions, ["-x"]);
        for (wrong, told) in [
            (&["map"][..], "map: which program?"),
            (&["owners", "a.py"], "owners: which object? An expression is needed behind the program"),
            (&["compare", "a.py", "x"], "compare: two expressions are needed, there is 1"),
            (&["map", "a.py", "x"], "map: no expression is needed, there is 1"),
            (&["life", "a.py", "x.y"], "life: a name is needed, not x.y"),
            (&["owners", "a.py", "x", "--format", "pdf"], "--format takes text, json, dot or svg, not pdf"),
            (&["owners", "a.py", "x", "--form", "svg"], "owners: unknown option --form"),
            (&["owners", "a.py", "x", "-z"], "owners: unknown option -z"),
            (&["owners", "a.py", "x", "-o"], "Argument expected for the -o option"),
            (&["owners", "a.py", "x", "y", "--format=svg"], "owners: a picture shows one object, not 2"),
        ] {
            assert_eq!(line(wrong).unwrap_err(), told);
        }
    }

    #[test]
    fn a_lesson_ends_the_options() {
        let line = line(&["-q", "--lesson", "5", "-i", "--show"]).unwrap();
        assert_eq!(line.program, Program::Lesson(&lessons::LESSONS[5]));
        assert_eq!(line.arguments, ["-i", "--show"]);
        assert!(line.options.quiet && !line.options.inspect);
    }

    #[test]
    fn a_lesson_can_be_shown_only() {
        let shown = parse(["--lesson=5", "--show"].map(OsString::from)).unwrap_err();
        assert!(matches!(shown, Refusal::ShowLesson(lesson) if *lesson == lessons::LESSONS[5]));
    }

    #[test]
    fn mistakes_are_told_in_one_line() {
        assert_eq!(line(&["-z"]).unwrap_err(), "Unknown option: -z");
        assert_eq!(line(&["-c"]).unwrap_err(), "Argument expected for the -c option");
        assert_eq!(line(&["--lesson"]).unwrap_err(), "Argument expected for the --lesson option");
        assert_eq!(
            line(&["--lesson", "x\n"]).unwrap_err(),
            "there is no lesson \"x\\n\": --lessons lists them, from 0 to 28"
        );
        assert_eq!(line(&["-X", "dump=x"]).unwrap_err(), "-X dump takes tokens, ast, scopes or code");
    }
}
