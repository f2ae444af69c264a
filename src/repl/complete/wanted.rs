//! What is asked for at the cursor, read from the words before it.

use crate::syntax::classes::{Word, WordClass, words};

/// What could stand at the cursor.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing can be told: a string, a comment, the name of a new function.
    Nothing,
    /// Modules, or those of a package: `import os.`
    Modules {
        /// The package with its dots; empty at the top.
        package: String,
    },
    /// What a module can give: `from math import `
    NamesOfModule {
        /// The module.
        module: String,
    },
    /// The word `import`: `from math `
    ImportKeyword,
    /// Attributes: `a.b.`
    Attributes {
        /// The object.
        of: Chain,
    },
    /// Names and keywords.
    Names {
        /// The callable whose argument begins here: `f(1, `
        call: Option<Chain>,
    },
}

/// An object that can be found without running anything: where it begins, and a path of attributes.
#[derive(Debug, PartialEq, Eq)]
pub struct Chain {
    /// Where it begins.
    pub root: Root,
    /// The attributes behind it.
    pub attributes: Vec<String>,
}

/// The beginning of a [`Chain`].
#[derive(Debug, PartialEq, Eq)]
pub enum Root {
    /// A name.
    Name(String),
    /// A display or literal of this built-in type.
    Literal(&'static str),
}

/// The part of a word that stands before the cursor, and what it may become.
pub fn wanted(text: &str) -> (&str, Wanted) {
    let words = words(text);
    let Some(last) = words.last() else { return ("", Wanted::Names { call: None }) };
    let at_end = last.range.end == text.len();
    match last.class {
        WordClass::OpenText | WordClass::Comment | WordClass::Wrong | WordClass::Number if at_end => {
            ("", Wanted::Nothing)
        }
        WordClass::Name | WordClass::Keyword | WordClass::Constant if at_end => {
            let before = Words { text, words: &words[..words.len() - 1] };
            (last.text(text), before.wanted())
        }
        _ => ("", Words { text, words: &words }.wanted()),
    }
}

#[derive(Clone, Copy)]
struct Words<'a> {
    text: &'a str,
    words: &'a [Word],
}

impl<'a> Words<'a> {
    fn get(&self, index: usize) -> &'a str {
        self.words[index].text(self.text)
    }

    fn last(&self) -> Option<&'a str> {
        self.words.last().map(|word| word.text(self.text))
    }

    fn up_to(self, end: usize) -> Self {
        Self { text: self.text, words: &self.words[..end] }
    }

    fn from(self, start: usize) -> Self {
        Self { text: self.text, words: &self.words[start..] }
    }

    fn texts(self) -> impl Iterator<Item = &'a str> {
        self.words.iter().map(move |word| word.text(self.text))
    }

    fn wanted(self) -> Wanted {
        let statement = self.statement();
        match statement.texts().next() {
            Some("import") => return statement.from(1).imported(),
            Some("from") => return statement.from(1).imported_from(),
            _ => {}
        }
        match self.last() {
            Some(".") => match self.up_to(self.words.len() - 1).chain() {
                Some(of) => Wanted::Attributes { of },
                None => Wanted::Nothing,
            },
            Some("def" | "class" | "as") => Wanted::Nothing,
            _ => Wanted::Names { call: self.call() },
        }
    }

    /// The words of the simple statement that the cursor is in.
    fn statement(self) -> Self {
        let (mut start, mut depth) = (0, 0usize);
        for (index, word) in self.words.iter().enumerate() {
            match word.text(self.text) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                ";" => start = index + 1,
                _ if word.class == WordClass::LineEnd && depth == 0 => start = index + 1,
                _ => {}
            }
        }
        self.from(start)
    }

    /// Behind `import`.
    fn imported(self) -> Wanted {
        let start =
            self.texts().collect::<Vec<_>>().iter().rposition(|text| *text == ",").map_or(0, |at| at + 1);
        let path = self.from(start);
        match path.texts().any(|text| text == "as") {
            true => Wanted::Nothing,
            false => path.package(),
        }
    }

    /// Behind `from`.
    fn imported_from(self) -> Wanted {
        let import = self.texts().position(|text| text == "import");
        match import {
            None => self.package(),
            Some(_) if self.last() == Some("as") => Wanted::Nothing,
            Some(at) => Wanted::NamesOfModule { module: self.up_to(at).texts().collect() },
        }
    }

    /// A path of names, of which the last part is at the cursor.
    fn package(self) -> Wanted {
        let path: String = self.texts().collect();
        match path.strip_suffix('.') {
            Some(package) if !package.starts_with('.') => Wanted::Modules { package: package.to_owned() },
            None if path.is_empty() => Wanted::Modules { package: String::new() },
            None => Wanted::ImportKeyword,
            Some(_) => Wanted::Nothing,
        }
    }

    /// The callable of the innermost call, where an argument of it begins at the cursor.
    fn call(self) -> Option<Chain> {
        if !matches!(self.last(), Some("(" | ",")) {
            return None;
        }
        let opening = self.opening(self.words.len())?;
        if self.get(opening) != "(" {
            return None;
        }
        let callable = self.up_to(opening);
        let chain = callable.chain()?;
        let length = 1 + 2 * chain.attributes.len();
        let before = callable.words.len().checked_sub(length + 1).map(|index| callable.get(index));
        (!matches!(before, Some("def" | "class"))).then_some(chain)
    }

    /// The bracket that is open at this word.
    fn opening(self, end: usize) -> Option<usize> {
        let mut depth = 0usize;
        for index in (0..end).rev() {
            match self.get(index) {
                ")" | "]" | "}" => depth += 1,
                "(" | "[" | "{" if depth == 0 => return Some(index),
                "(" | "[" | "{" => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// The object that these words end with.
    fn chain(self) -> Option<Chain> {
        let mut attributes = Vec::new();
        let mut end = self.words.len();
        loop {
            let last = self.words.get(end.checked_sub(1)?)?;
            let is_attribute = end >= 2 && self.get(end - 2) == ".";
            match last.class {
                WordClass::Name if is_attribute => {
                    attributes.push(last.text(self.text).to_owned());
                    end -= 2;
                }
                _ => {
                    attributes.reverse();
                    return Some(Chain { root: self.up_to(end).root()?, attributes });
                }
            }
        }
    }

    fn root(self) -> Option<Root> {
        let last = self.words.last()?;
        let text = last.text(self.text);
        match (last.class, text) {
            (WordClass::Name, name) => Some(Root::Name(name.to_owned())),
            (WordClass::Text, text) => {
                let prefix = &text[..text.find(['"', '\''])?];
                Some(Root::Literal(if prefix.contains(['b', 'B']) { "bytes" } else { "str" }))
            }
            (_, "]" | "}") => self.display(),
            _ => None,
        }
    }

    /// A list, dict or set between brackets that stand behind no object.
    fn display(self) -> Option<Root> {
        let end = self.words.len() - 1;
        let opening = self.opening(end)?;
        let before = opening.checked_sub(1).map(|index| &self.words[index]);
        let is_subscript = before.is_some_and(|word| {
            matches!(word.class, WordClass::Name | WordClass::Text)
                || [")", "]", "}"].contains(&word.text(self.text))
        });
        let inside = self.up_to(end).from(opening + 1);
        match self.get(opening) {
            _ if is_subscript => None,
            "[" => Some(Root::Literal("list")),
            _ if inside.words.is_empty() || inside.texts().any(|text| text == ":") => {
                Some(Root::Literal("dict"))
            }
            _ => Some(Root::Literal("set")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let (prefix, wanted) = wanted(text);
        let chain = |chain: &Chain| {
            let root = match &chain.root {
                Root::Name(name) => name.clone(),
                Root::Literal(kind) => format!("<{kind}>"),
            };
            std::iter::once(root).chain(chain.attributes.iter().cloned()).collect::<Vec<_>>().join(".")
        };
        let what = match &wanted {
            Wanted::Nothing => "nothing".to_owned(),
            Wanted::Modules { package } => format!("modules of {package:?}"),
            Wanted::NamesOfModule { module } => format!("names of module {module}"),
            Wanted::ImportKeyword => "the keyword import".to_owned(),
            Wanted::Attributes { of } => format!("attributes of {}", chain(of)),
            Wanted::Names { call: None } => "names".to_owned(),
            Wanted::Names { call: Some(call) } => format!("names and arguments of {}", chain(call)),
        };
        format!("{prefix}|{what}")
    }

    #[test]
    fn names_and_attributes() {
        assert_eq!(shown(""), "|names");
        assert_eq!(shown("x = pri"), "pri|names");
        assert_eq!(shown("a.b.c"), "c|attributes of a.b");
        assert_eq!(shown("f(a.b)[1].c"), "c|nothing");
        assert_eq!(shown("print('x'.up"), "up|attributes of <str>");
        assert_eq!(shown("[1, {2: 3}].ap"), "ap|attributes of <list>");
        assert_eq!(shown("a[1].x"), "x|nothing");
        assert_eq!(shown("{}.k"), "k|attributes of <dict>");
        assert_eq!(shown("{1}.k"), "k|attributes of <set>");
    }

    #[test]
    fn imports() {
        assert_eq!(shown("import ma"), "ma|modules of \"\"");
        assert_eq!(shown("x = 1; import gc, collections.a"), "a|modules of \"collections\"");
        assert_eq!(shown("from ma"), "ma|modules of \"\"");
        assert_eq!(shown("from math "), "|the keyword import");
        assert_eq!(shown("from math import sqrt, c"), "c|names of module math");
        assert_eq!(shown("import a as b"), "b|nothing");
        assert_eq!(shown("from . import x"), "x|names of module .");
    }

    #[test]
    fn arguments_of_a_call() {
        assert_eq!(shown("f("), "|names and arguments of f");
        assert_eq!(shown("a.f(1, g(2)[3], x"), "x|names and arguments of a.f");
        assert_eq!(shown("f(1 + x"), "x|names");
        assert_eq!(shown("f([x"), "x|names");
        assert_eq!(shown("def f("), "|names");
        assert_eq!(shown("def f"), "f|nothing");
    }

    #[test]
    fn nothing_in_strings_comments_and_numbers() {
        for text in ["'a.b", "x # y", "12", "'''a\nimport m"] {
            assert!(shown(text).ends_with("|nothing"), "{text}");
        }
    }
}
