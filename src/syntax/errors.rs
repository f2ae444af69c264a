//! What is wrong with a program's text: one type of error, one place for its wording.
//!
//! Inside the floor a fault names byte offsets ([`Fault`]); [`Fault::locate`] turns it into the
//! [`SyntaxError`] that callers see, with CPython's line, 1-based character columns and line of text.

use std::fmt;

use super::source::Lines;

/// The Python exception that reports an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorClass {
    SyntaxError,
    IndentationError,
    TabError,
    /// Too deep or too large to compile: `RecursionError` with the error's message, without a place.
    TooDeep,
}

/// A program's text that is not Python, with CPython 3.11's wording and place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    pub kind: SyntaxErrorKind,
    pub class: ErrorClass,
    /// The line, from 1; 0 when the error belongs to no line (an unknown encoding).
    pub line: u32,
    /// The column in characters, from 1.
    pub column: i32,
    pub end_line: u32,
    /// The column behind the last character; 0 or -1 where CPython reports these.
    pub end_column: i32,
    /// The line's text, with its newline where CPython keeps it.
    pub text: String,
}

impl SyntaxError {
    /// The text of the exception.
    pub fn message(&self) -> String {
        self.kind.to_string()
    }

    /// An error without a place in the text.
    pub(super) fn without_place(kind: SyntaxErrorKind) -> Self {
        let class = kind.class();
        SyntaxError { kind, class, line: 0, column: -1, end_line: 0, end_column: -1, text: String::new() }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} (line {})", self.kind, self.line)
    }
}

impl std::error::Error for SyntaxError {}

/// Where a fault ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultEnd {
    /// As CPython's tokenizer reports: the end is the start.
    Same,
    At(usize),
    /// As `At`, of a token that a rule of CPython's grammar demands.
    Token(usize),
    /// CPython reports no end, but a number in its place: 0 or -1.
    Nowhere(i32),
    /// CPython reports columns of 0.
    WholeLine,
    /// A token without width: CPython's column is the number of characters read, and there is no end.
    Unread,
}

/// A fault by its place in the source, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub kind: SyntaxErrorKind,
    pub start: usize,
    pub end: FaultEnd,
    /// Whether the tokenizer stood on the fault's line when it was found; CPython's line of text then has its
    /// newline.
    pub on_last_line: bool,
    /// The replacement field that the fault is in, from its brace to the end of its expression: CPython
    /// reports such a fault in the text `(expression)`.
    pub field: Option<(usize, usize)>,
}

impl Fault {
    /// A fault of the tokenizer: one place.
    pub fn open(kind: SyntaxErrorKind, start: usize) -> Self {
        Fault { kind, start, end: FaultEnd::Same, on_last_line: true, field: None }
    }

    /// A fault from one offset up to another.
    pub fn between(kind: SyntaxErrorKind, start: usize, end: usize) -> Self {
        Fault { kind, start, end: FaultEnd::At(end), on_last_line: true, field: None }
    }

    /// A fault that begins at an offset and whose end CPython reports as a fixed number.
    pub fn endless(kind: SyntaxErrorKind, start: usize, reported: i32) -> Self {
        Fault { kind, start, end: FaultEnd::Nowhere(reported), on_last_line: true, field: None }
    }

    /// A fault for which CPython reports columns of 0.
    pub fn line_wide(kind: SyntaxErrorKind, start: usize) -> Self {
        Fault { end: FaultEnd::WholeLine, ..Fault::open(kind, start) }
    }

    /// Brackets or operators nest too deeply for CPython.
    pub fn too_deep() -> Self {
        Fault::open(SyntaxErrorKind::TooDeep, 0)
    }

    /// The fault as one in a replacement field, unless it is in a field already.
    pub fn in_field(mut self, brace: usize, end: usize) -> Self {
        let lexical = self.end == FaultEnd::Same || self.kind.is_lexical();
        if !lexical && self.field.is_none() && self.kind.class() == ErrorClass::SyntaxError {
            self.kind = SyntaxErrorKind::FString(self.kind.to_string());
        }
        self.field.get_or_insert((brace, end));
        self
    }

    /// The error as callers see it.
    pub fn locate(self, source: &str, lines: &Lines) -> SyntaxError {
        let (line, column) = lines.character_position(source, self.start);
        let (end_line, end_column) = match self.end {
            FaultEnd::Same => (line, column as i32 + 1),
            FaultEnd::Nowhere(number) => (line, number),
            FaultEnd::WholeLine => (line, 0),
            FaultEnd::Unread => (line, -1),
            FaultEnd::At(end) | FaultEnd::Token(end) => {
                let (end_line, end_column) = lines.character_position(source, end);
                (end_line, end_column as i32 + 1)
            }
        };
        let mut text = lines.text(source, line).to_owned();
        // CPython measures the end column in the first line's text.
        let end_column = match end_line > line {
            true => end_column.min(text.chars().count() as i32 + 1),
            false => end_column,
        };
        if !self.kind.is_lexical() && self.end != FaultEnd::Same && self.on_last_line {
            text.push('\n');
            // The tokenizer keeps the lines before that a backslash joins to this one.
            let mut first = line;
            while first > 1 && lines.text(source, first - 1).ends_with('\\') {
                first -= 1;
                text.insert(0, '\n');
                text.insert_str(0, lines.text(source, first));
            }
        }
        let class = self.kind.class();
        let column = match self.end {
            FaultEnd::WholeLine => 0,
            FaultEnd::Unread => column as i32,
            _ => column as i32 + 1,
        };
        let field = self.field;
        let mut error = SyntaxError { kind: self.kind, class, line, column, end_line, end_column, text };
        if let Some(field) = field {
            error.show_field(source, lines, field);
        }
        error
    }
}

impl SyntaxError {
    /// Moves the error into the text `(expression)` of a replacement field.
    fn show_field(&mut self, source: &str, lines: &Lines, (brace, end): (usize, usize)) {
        let (first, column) = lines.character_position(source, brace);
        let shown = format!("({})", &source[brace + 1..end]);
        if self.line == first {
            self.column -= column as i32;
        }
        if self.end_line == first && self.end_column > 0 {
            self.end_column -= column as i32;
        }
        let newline = if self.text.ends_with('\n') && !shown.contains('\n') { "\n" } else { "" };
        let line = shown.split('\n').nth(self.line.saturating_sub(first) as usize).unwrap_or_default();
        self.text = format!("{line}{newline}");
    }
}

/// Every fault and its wording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxErrorKind {
    // Text and encoding.
    #[error("source code string cannot contain null bytes")]
    NullBytes,
    #[error("encoding problem: {0}")]
    EncodingProblem(String),
    #[error(
        "Non-UTF-8 code starting with '\\x{byte:02x}' in file {file} on line {line}, but no encoding \
         declared; see https://peps.python.org/pep-0263/ for details"
    )]
    NotUtf8 { byte: u8, file: String, line: u32 },
    #[error("(unicode error) 'utf-8' codec can't decode byte 0x{byte:02x} in position {position}: {reason}")]
    Undecodable { byte: u8, position: usize, reason: &'static str },
    #[error("maximum recursion depth exceeded during compilation")]
    TooDeep,
    #[error("source code is too long")]
    TooLong,

    // Tokens.
    #[error("invalid {literal} literal")]
    InvalidNumber { literal: &'static str },
    #[error("invalid digit '{digit}' in {literal} literal")]
    InvalidDigit { digit: char, literal: &'static str },
    #[error(
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"
    )]
    LeadingZeros,
    #[error(
        "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; use \
         sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer \
         literals to avoid decimal conversion limits."
    )]
    TooManyDigits { limit: usize, digits: usize },
    #[error("unterminated string literal (detected at line {line})")]
    UnterminatedString { line: u32 },
    #[error("unterminated triple-quoted string literal (detected at line {line})")]
    UnterminatedTripleQuoted { line: u32 },
    #[error("invalid character '{0}' (U+{code:04X})", code = u32::from(*.0))]
    InvalidCharacter(char),
    #[error("invalid non-printable character U+{code:04X}", code = u32::from(*.0))]
    NonPrintable(char),
    #[error("unexpected character after line continuation character")]
    AfterContinuation,
    #[error("unexpected EOF while parsing")]
    UnexpectedEnd,
    #[error("too many nested parentheses")]
    TooManyBrackets,
    #[error("'{0}' was never closed")]
    NeverClosed(char),
    #[error("unmatched '{0}'")]
    Unmatched(char),
    #[error("closing parenthesis '{close}' does not match opening parenthesis '{open}'")]
    Mismatched { close: char, open: char },
    #[error("closing parenthesis '{close}' does not match opening parenthesis '{open}' on line {line}")]
    MismatchedLine { close: char, open: char, line: u32 },

    // Indentation.
    #[error("unexpected indent")]
    UnexpectedIndent,
    #[error("unexpected unindent")]
    UnexpectedUnindent,
    #[error("unindent does not match any outer indentation level")]
    UnindentMismatch,
    #[error("too many levels of indentation")]
    TooManyIndents,
    #[error("inconsistent use of tabs and spaces in indentation")]
    InconsistentTabs,
    #[error("expected an indented block after {construct} on line {line}")]
    ExpectedBlock { construct: &'static str, line: u32 },

    // Strings.
    #[error("(unicode error) 'unicodeescape' codec can't decode bytes in position {first}-{last}: {reason}")]
    UnicodeEscape { first: usize, last: usize, reason: &'static str },
    #[error("(value error) invalid \\x escape at position {0}")]
    BytesEscape(usize),
    #[error("bytes can only contain ASCII literal characters")]
    BytesNotAscii,
    #[error("cannot mix bytes and nonbytes literals")]
    MixedBytes,
    #[error("f-string: {0}")]
    FString(String),

    // Statements and expressions.
    #[error("invalid syntax")]
    InvalidSyntax,
    #[error("expected ':'")]
    ExpectedColon,
    #[error("expected '('")]
    ExpectedParenthesis,
    #[error("invalid syntax. Perhaps you forgot a comma?")]
    ForgottenComma,
    #[error("invalid syntax. Maybe you meant '==' or ':=' instead of '='?")]
    MaybeEquals,
    #[error("cannot {action} {what}")]
    CannotTarget { action: &'static str, what: &'static str },
    #[error("cannot assign to {0} here. Maybe you meant '==' instead of '='?")]
    CannotAssignHere(&'static str),
    #[error("'{0}' is an illegal expression for augmented assignment")]
    IllegalAugmented(&'static str),
    #[error("only single target (not {0}) can be annotated")]
    OnlySingleTarget(&'static str),
    #[error("illegal target for annotation")]
    IllegalAnnotationTarget,
    #[error("cannot use assignment expressions with {0}")]
    CannotNamedExpression(&'static str),
    #[error("cannot {action} {keyword}")]
    CannotKeyword { action: &'static str, keyword: &'static str },
    #[error("expected 'else' after 'if' expression")]
    ExpectedElse,
    #[error("Missing parentheses in call to '{0}'. Did you mean {0}(...)?")]
    MissingParentheses(String),
    #[error("expression cannot contain assignment, perhaps you meant \"==\"?")]
    ExpressionAssignment,
    /// A fixed text of the grammar's checks.
    #[error("{0}")]
    Text(&'static str),
}

impl SyntaxErrorKind {
    /// The class of the exception.
    pub fn class(&self) -> ErrorClass {
        use SyntaxErrorKind::*;
        match self {
            UnexpectedIndent
            | UnexpectedUnindent
            | UnindentMismatch
            | TooManyIndents
            | ExpectedBlock { .. } => ErrorClass::IndentationError,
            InconsistentTabs => ErrorClass::TabError,
            TooDeep | TooLong => ErrorClass::TooDeep,
            _ => ErrorClass::SyntaxError,
        }
    }

    /// Faults for which CPython's tokenizer raises the exception itself. The others only stop it, and count
    /// when the parser gets there.
    pub(super) fn is_raised_at_once(&self) -> bool {
        use SyntaxErrorKind::*;
        !matches!(
            self,
            NeverClosed(_)
                | InconsistentTabs
                | UnindentMismatch
                | TooManyIndents
                | AfterContinuation
                | UnexpectedEnd
        )
    }

    /// Faults that CPython's tokenizer raises itself; their line of text comes without a newline.
    fn is_lexical(&self) -> bool {
        matches!(self, SyntaxErrorKind::LeadingZeros)
    }
}
