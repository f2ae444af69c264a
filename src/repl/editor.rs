//! The line editor of a terminal: rustyline, with what it asks about the line being typed.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use rustyline::completion::Completer;
use rustyline::config::Configurer;
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::{FileHistory, SearchDirection};
use rustyline::validate::Validator;
use rustyline::{
    Cmd, ColorMode, CompletionType, ConditionalEventHandler, Config, Context, Event, EventContext,
    EventHandler, KeyCode, KeyEvent, Modifiers, Movement, RepeatCount,
};

use super::{complete, highlight, history, indent};
use crate::object::Ref;
use crate::runtime::Interpreter;
use crate::values::dict::Dict;

/// Entries that the history keeps.
const HISTORY_LENGTH: usize = 10_000;
const FAINT: &str = "\x1b[2m";
const PROMPT: &str = "\x1b[1;35m";
const RESET: &str = "\x1b[0m";

/// The editor with its history.
pub struct Editor<'a> {
    editor: rustyline::Editor<Helper<'a>, FileHistory>,
    /// The lines before the one being typed, for the colon.
    before: Arc<Mutex<String>>,
}

/// What rustyline asks.
struct Helper<'a> {
    cx: &'a Interpreter,
    namespace: Ref<Dict>,
    /// The lines of the statement before the one being typed.
    block: String,
    is_coloured: bool,
}

impl<'a> Editor<'a> {
    /// An editor on the terminal.
    ///
    /// # Errors
    /// Where the terminal cannot be used.
    pub fn new(cx: &'a Interpreter, namespace: &Ref<Dict>, is_coloured: bool) -> rustyline::Result<Self> {
        let colours = if is_coloured { ColorMode::Forced } else { ColorMode::Disabled };
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .completion_show_all_if_ambiguous(true)
            .max_history_size(HISTORY_LENGTH)?
            .history_ignore_dups(true)?
            .color_mode(colours)
            .bracketed_paste(true)
            .tab_stop(8)
            .indent_size(indent::UNIT as u8)
            .build();
        let mut editor = rustyline::Editor::with_config(config)?;
        editor.set_auto_add_history(false);
        let helper = Helper { cx, namespace: namespace.clone(), block: String::new(), is_coloured };
        editor.set_helper(Some(helper));
        let before = Arc::default();
        let colon = ColonKey(Arc::clone(&before));
        for (key, handler) in [
            (KeyEvent(KeyCode::Tab, Modifiers::NONE), EventHandler::Conditional(Box::new(TabKey))),
            (
                KeyEvent(KeyCode::Backspace, Modifiers::NONE),
                EventHandler::Conditional(Box::new(BackspaceKey)),
            ),
            (KeyEvent(KeyCode::Char(':'), Modifiers::NONE), EventHandler::Conditional(Box::new(colon))),
        ] {
            editor.bind_sequence(key, handler);
        }
        history::load(editor.history_mut());
        Ok(Self { editor, before })
    }

    /// Reads a line (or several, if they were pasted or recalled) that follows these of the same statement.
    ///
    /// # Errors
    /// Ctrl-C, the end of the input, or a terminal that fails.
    pub fn read(&mut self, prompt: &str, block: &str) -> Result<String, ReadlineError> {
        if let Some(helper) = self.editor.helper_mut() {
            helper.block = block.to_owned();
        }
        block.clone_into(&mut self.before.lock().unwrap_or_else(PoisonError::into_inner));
        let indent = indent::next_line(block);
        self.editor.readline_with_initial(prompt, (&indent, ""))
    }

    /// Remembers a statement as one entry.
    pub fn remember(&mut self, statement: &str) {
        let entry = statement.trim_end();
        if !entry.is_empty() {
            let _ = self.editor.add_history_entry(entry);
            history::append(entry);
        }
    }
}

impl rustyline::Helper for Helper<'_> {}

impl Validator for Helper<'_> {}

impl Completer for Helper<'_> {
    type Candidate = String;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let text = format!("{}{}", self.block, &line[..at]);
        let (start, found) = complete::complete(self.cx, &self.namespace, &text);
        Ok((start.saturating_sub(self.block.len()), found))
    }
}

impl Hinter for Helper<'_> {
    type Hint = String;

    /// The rest of the newest line of the history that begins so. Without colours it could not be told from what was
    /// typed, so there is none.
    fn hint(&self, line: &str, at: usize, context: &Context<'_>) -> Option<String> {
        let history = context.history();
        let newest = history.len().checked_sub(1)?;
        if !self.is_coloured || at < line.len() || line.trim().is_empty() || line.contains('\n') {
            return None;
        }
        let found = history.starts_with(line, newest, SearchDirection::Reverse).ok()??;
        let rest = found.entry.get(line.len()..)?.lines().next()?.to_owned();
        (!rest.is_empty()).then_some(rest)
    }
}

impl Highlighter for Helper<'_> {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if !self.is_coloured {
            return Cow::Borrowed(line);
        }
        // A string that an earlier line of the statement has opened colours this one.
        let whole = format!("{}{line}", self.block);
        let is_continued = crate::syntax::classes::words(&whole)
            .iter()
            .any(|word| word.range.start < self.block.len() && word.range.end > self.block.len());
        if is_continued {
            return Cow::Borrowed(line);
        }
        Cow::Owned(highlight::coloured(line, |name| {
            let name = self.cx.new_text(name).ok();
            name.and_then(|name| crate::types::support::text_ref(&name))
                .is_some_and(|name| self.cx.builtins.find_text(&name).is_some())
        }))
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        match self.is_coloured && !prompt.contains('\x1b') {
            true => Cow::Owned(format!("{PROMPT}{prompt}{RESET}")),
            false => Cow::Borrowed(prompt),
        }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        match self.is_coloured {
            true => Cow::Owned(format!("{FAINT}{hint}{RESET}")),
            false => Cow::Borrowed(hint),
        }
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.is_coloured && kind != CmdKind::MoveCursor
    }
}

/// Blanks at the beginning of a line, completion elsewhere.
struct TabKey;

impl ConditionalEventHandler for TabKey {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let blanks = indent::step_forward(context.line().get(..context.pos())?)?;
        Some(Cmd::Insert(1, " ".repeat(blanks)))
    }
}

/// A level of indentation at the beginning of a line, one character elsewhere.
struct BackspaceKey;

impl ConditionalEventHandler for BackspaceKey {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let (before, behind) = context.line().split_at_checked(context.pos())?;
        // Dedenting reaches from the cursor's line to the last one, so it must be the last one.
        (indent::is_level(before) && !behind.contains('\n')).then_some(Cmd::Dedent(Movement::WholeLine))
    }
}

/// A colon behind `else` and its like brings the line under the statement that it goes on with.
struct ColonKey(Arc<Mutex<String>>);

impl ConditionalEventHandler for ColonKey {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let (typed, behind) = context.line().split_at_checked(context.pos())?;
        if !behind.is_empty() {
            return None;
        }
        let above = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let blanks = indent::of_continuation(&format!("{above}{typed}"))?;
        let words = typed.rsplit('\n').next().unwrap_or(typed).trim_start();
        let line = format!("{}{words}:", " ".repeat(blanks));
        Some(Cmd::Replace(Movement::BeginningOfLine, Some(line)))
    }
}
