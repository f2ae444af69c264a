//! Lines that begin with a colon: questions to the heap, asked at the prompt. No Python statement begins so. What is shown
//! is made of plain data; the namespace, its objects and `_` stay as they are.

mod evaluate;
mod limits;
mod status;
mod table;

pub use evaluate::evaluate;
pub use table::{Action, COMMANDS};

use std::cell::{Cell, RefCell};

use crate::inspect::render::{Format, render};
use crate::inspect::{Limits, Report, graph, lives, owners};
use crate::modules::glass::questions::{self, Question};
use crate::modules::io::errors::strerror;
use crate::modules::startup::flush_standard_streams;
use crate::modules::traceback_text::suggest::nearest;
use crate::object::{ObjectRef, Ref};
use crate::runtime::{Interpreter, Outcome};
use crate::values::dict::Dict;

/// What the expressions of commands are called in tracebacks, as all that is typed.
const FILE: &str = "<stdin>";

/// The commands of one prompt.
pub struct Commands<'a> {
    cx: &'a Interpreter,
    namespace: Ref<Dict>,
    last: RefCell<Option<Report>>,
    shows_status: Cell<bool>,
}

/// Whether a line is a command.
pub fn is_command(line: &str) -> bool {
    line.trim_start().starts_with(':')
}

impl<'a> Commands<'a> {
    /// Those that look into a namespace.
    pub fn new(cx: &'a Interpreter, namespace: &Ref<Dict>) -> Self {
        Self { cx, namespace: namespace.clone(), last: RefCell::new(None), shows_status: Cell::new(false) }
    }

    /// The status line, where it is switched on.
    pub fn status(&self) -> Option<String> {
        self.shows_status.get().then(|| status::line(self.cx))
    }

    /// Does what a line says.
    ///
    /// # Errors
    /// What an expression in it raises, or what the question has against its value.
    pub fn run(&self, line: &str) -> Outcome<()> {
        let line = line.trim().trim_start_matches(':').trim_start();
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let (rest, limits) = match limits::cut(rest.trim()) {
            Ok((rest, limits)) => (rest, limits),
            Err(mistake) => return self.complain(&mistake),
        };
        let rest = rest.as_str();
        let Some(command) = table::named(name) else { return self.unknown(name) };
        match command.action {
            Action::Ask(question) if question.refuses(limits).is_some() => {
                self.complain(&format!(":{name} {}", question.refuses(limits).unwrap_or_default()))
            }
            Action::Ask(Question::Draw) => self.draw(rest, limits),
            Action::Ask(question) => self.ask(command, question, rest, limits),
            _ if limits != Limits::default() => {
                self.complain(&format!(":{name} takes no --depth and no --limit"))
            }
            Action::Watch if rest.is_empty() => self.show(lives::watched(self.cx)),
            Action::Watch => self.watch(rest),
            Action::Unwatch => self.unwatch(rest),
            Action::Save => self.save(rest),
            Action::Status => self.switch_status(),
            Action::Help => self.help(rest.trim_start_matches(':')),
        }
    }

    fn unknown(&self, name: &str) -> Outcome<()> {
        let names: Vec<String> = COMMANDS.iter().map(|command| command.name.to_owned()).collect();
        let meant = names.iter().find(|known| !name.is_empty() && known.starts_with(name)).cloned();
        let meant = meant.or_else(|| nearest(name, &names));
        let meant = meant.map(|name| format!(" Did you mean :{name}?")).unwrap_or_default();
        self.complain(&format!("There is no command :{name}.{meant} :help lists them all."))
    }

    fn ask(&self, command: &table::Command, question: Question, text: &str, limits: Limits) -> Outcome<()> {
        let texts = match (question.objects(), text.is_empty()) {
            (_, true) => Vec::new(),
            (2, _) => evaluate::parts(text),
            _ => vec![text.to_owned()],
        };
        if texts.len() != question.objects() {
            return self.complain(&misused(command, question.objects()));
        }
        let objects = self.values(&texts)?;
        self.show(questions::answer(self.cx, question, objects, limits)?)
    }

    fn values(&self, texts: &[String]) -> Outcome<Vec<ObjectRef>> {
        texts.iter().map(|text| evaluate(self.cx, &self.namespace, text, FILE)).collect()
    }

    /// An expression, a file, both or neither.
    fn draw(&self, text: &str, limits: Limits) -> Outcome<()> {
        let (before, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
        let (expression, file) = match Format::by_path(last) {
            Some(format) => (before.trim(), Some((last, format))),
            None => (text, None),
        };
        let texts = if expression.is_empty() { Vec::new() } else { evaluate::parts(expression) };
        let mut objects = self.values(&texts)?;
        let report = match objects.is_empty() {
            true => self.all_names(limits),
            false => questions::answer(self.cx, Question::Draw, std::mem::take(&mut objects), limits)?,
        };
        match file {
            None => self.show(report),
            Some((path, format)) => self.write(path, &render(&report, format)),
        }
    }

    /// Everything that has a name here.
    fn all_names(&self, limits: Limits) -> Report {
        let namespace = self.namespace.clone().into_object();
        graph::report(graph::of_objects(self.cx, &[namespace], limits, 1))
    }

    fn watch(&self, text: &str) -> Outcome<()> {
        let object = evaluate(self.cx, &self.namespace, text, FILE)?;
        let number = questions::watch(self.cx, &object);
        let named = owners::named(self.cx, &object);
        self.print(&format!("life {number}: {named}; :life {number} tells of it, also when it is gone\n"))
    }

    fn unwatch(&self, text: &str) -> Outcome<()> {
        let object = match text.is_empty() {
            true => None,
            false => Some(evaluate(self.cx, &self.namespace, text, FILE)?),
        };
        match questions::unwatch(self.cx, object.as_deref()) {
            true => self.print("not followed any more\n"),
            false => self.print("that was not followed\n"),
        }
    }

    fn save(&self, path: &str) -> Outcome<()> {
        let Some(format) = Format::by_path(path) else {
            return self.complain(":save FILE: the name must end in .svg, .dot, .json or .txt");
        };
        let text = match &*self.last.borrow() {
            Some(report) => render(report, format),
            None => render(&self.all_names(Limits::default()), format),
        };
        self.write(path, &text)
    }

    fn write(&self, path: &str, text: &str) -> Outcome<()> {
        match std::fs::write(path, text) {
            Ok(()) => self.print(&format!("written: {path}\n")),
            Err(error) => {
                let number = error.raw_os_error().unwrap_or(0);
                self.complain(&format!("can't write '{path}': [Errno {number}] {}", strerror(number)))
            }
        }
    }

    fn switch_status(&self) -> Outcome<()> {
        self.shows_status.set(!self.shows_status.get());
        if !self.shows_status.get() {
            self.print("no status line any more\n")?;
        }
        Ok(())
    }

    fn help(&self, name: &str) -> Outcome<()> {
        match table::named(name) {
            _ if name.is_empty() => self.print(&table::overview()),
            Some(command) => self.print(&table::explained(command)),
            None => self.unknown(name),
        }
    }

    /// Shows an answer and keeps it for `:save`.
    fn show(&self, report: Report) -> Outcome<()> {
        let text = render(&report, Format::Text);
        self.last.replace(Some(report));
        self.print(&text)
    }

    fn print(&self, text: &str) -> Outcome<()> {
        print(self.cx, text)
    }

    fn complain(&self, text: &str) -> Outcome<()> {
        flush_standard_streams(self.cx);
        self.cx.write_stderr(&format!("{text}\n"));
        Ok(())
    }
}

/// Writes to the program's own standard output.
///
/// # Errors
/// What its stream raises.
pub fn print(cx: &Interpreter, text: &str) -> Outcome<()> {
    let Some(stream) = cx.sys.get_text(&cx.names.stdout) else {
        return Err(cx.runtime_error("lost sys.stdout"));
    };
    if !cx.is_none(&stream) {
        cx.call_method(&stream, &cx.names.write, &[cx.new_text(text)?])?;
    }
    Ok(())
}

fn misused(command: &table::Command, wanted: usize) -> String {
    let wanted = match wanted {
        0 => "nothing behind it",
        1 => "an expression behind it",
        _ => "two expressions behind it, with a comma between them",
    };
    format!(":{} takes {wanted}; :help {} tells more.", command.name, command.name)
}
