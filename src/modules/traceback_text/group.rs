//! Exception groups: each member in a box of its own.

use std::collections::HashSet;

use crate::object::Object;
use crate::runtime::{AsException, Interpreter, Typed};
use crate::types::exceptions::group::members;

use super::{Chain, Link, exception_line, links, stack};

/// More members than this are counted, not shown.
const MOST_SHOWN: usize = 15;
/// Groups nested deeper are not shown.
const DEEPEST: usize = 10;

/// A group at the outside of a traceback.
pub fn render(cx: &Interpreter, exception: &Object, seen: &mut HashSet<usize>) -> String {
    let mut writer = Writer { cx, out: String::new(), depth: 0, seen, needs_close: false };
    writer.group(exception);
    writer.out
}

struct Writer<'a> {
    cx: &'a Interpreter,
    out: String,
    depth: usize,
    seen: &'a mut HashSet<usize>,
    needs_close: bool,
}

impl Writer<'_> {
    fn indent(&self) -> String {
        "  ".repeat(self.depth)
    }

    /// Writes lines behind the margin of the current depth.
    fn emit(&mut self, text: &str, margin: Option<char>) {
        let mut prefix = self.indent();
        if self.depth > 0 {
            prefix.push(margin.unwrap_or('|'));
            prefix.push(' ');
        }
        for line in text.split_inclusive('\n') {
            self.out.push_str(&prefix);
            self.out.push_str(line);
        }
    }

    fn group(&mut self, exception: &Object) {
        let outermost = self.depth == 0;
        if outermost {
            self.depth = 1;
        }
        if let Some(entries) = exception.as_exception().and_then(|it| it.traceback.get()) {
            let margin = if outermost { Some('+') } else { None };
            self.emit("Exception Group Traceback (most recent call last):\n", margin);
            let shown = stack(self.cx, &entries);
            self.emit(&shown, None);
        }
        let line = exception_line(self.cx, exception);
        self.emit(&line, None);
        self.members(exception);
        if outermost {
            self.depth = 0;
        }
    }

    fn members(&mut self, exception: &Object) {
        let members = members(self.cx, exception);
        let count = members.len();
        let shown = count.min(MOST_SHOWN);
        self.needs_close = false;
        for index in 0..if count > shown { shown + 1 } else { shown } {
            let is_last = index + 1 == if count > shown { shown + 1 } else { shown };
            if is_last {
                self.needs_close = true;
            }
            let truncated = index >= MOST_SHOWN;
            let title = if truncated { "...".to_owned() } else { (index + 1).to_string() };
            let corner = if index == 0 { "+-" } else { "  " };
            self.out
                .push_str(&format!("{}{corner}+---------------- {title} ----------------\n", self.indent()));
            self.depth += 1;
            match members.get(index).filter(|_| !truncated) {
                Some(member) => self.member(&member),
                None => {
                    let left = count - MOST_SHOWN;
                    let plural = if left > 1 { "s" } else { "" };
                    self.emit(&format!("and {left} more exception{plural}\n"), None);
                }
            }
            if is_last && self.needs_close {
                self.out.push_str(&format!("{}+------------------------------------\n", self.indent()));
                self.needs_close = false;
            }
            self.depth -= 1;
        }
    }

    fn member(&mut self, exception: &Object) {
        if self.depth > DEEPEST {
            self.emit(&format!("... (max_group_depth is {DEEPEST})\n"), None);
            return;
        }
        for link in links(exception, Chain::Whole, self.seen) {
            match link {
                Link::Text(text) => self.emit(text, None),
                Link::Exception(it) if it.is_instance(&self.cx.types.base_exception_group) => self.group(&it),
                Link::Exception(it) => {
                    let text = super::one(self.cx, &it, self.seen);
                    self.emit(&text, None);
                }
            }
        }
    }
}
