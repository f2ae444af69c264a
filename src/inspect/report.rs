//! What an answer is made of: a titled table of typed cells, with notes, further tables, and a drawing where there is one.
//!
//! ```text
//! title
//!   count  place                     <- columns
//!       1  global a of module m      <- rows; a row may have rows of its own, shown further to the right
//!       1  argument of this call
//!   -----
//!       2  sys.getrefcount           <- footers: sums, under the same columns
//! note                               <- what was left out, what a word means
//!
//! title of a part ...                <- parts: tables with columns of their own
//! ```
//!
//! ```
//! use glasspy::inspect::{Cell, Report, Row};
//!
//! let mut report = Report::new("pools", "pools of arena 0", &["address", "size_class", "used"]);
//! report.row([Cell::Address(0x4000), Cell::Bytes(32), Cell::from(17usize)]);
//! report.push(Row::new([Cell::Address(0x8000), Cell::Nothing, "never used".into()]));
//! report.note("2 pools");
//! assert_eq!(report.rows.len(), 2);
//! ```

/// An answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What was asked, in one word: `owners`, `map`, ...
    pub kind: &'static str,
    /// What stands over the table: one line.
    pub title: String,
    /// Names of the columns. Each is an identifier, since a program reads `row.name`; the table shows blanks for `_`.
    pub columns: Vec<&'static str>,
    /// The rows in order.
    pub rows: Vec<Row>,
    /// Sums under the table, in the same columns.
    pub footers: Vec<Row>,
    /// Lines under all.
    pub notes: Vec<String>,
    /// Further tables, each with columns of its own.
    pub parts: Vec<Report>,
    /// The same as a drawing.
    pub graph: Option<Graph>,
}

/// A line of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// A cell for each column; those missing at the end are empty.
    pub cells: Vec<Cell>,
    /// Rows that tell of this one more exactly, in the same columns.
    pub rows: Vec<Row>,
}

/// A value in a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing to say; `None` for a program.
    #[default]
    Nothing,
    /// Text.
    Text(String),
    /// A number.
    Integer(i64),
    /// Where something lies; a number for a program, written `0x...`.
    Address(usize),
    /// A size; a number for a program, written with `B`.
    Bytes(usize),
}

/// Objects and the references between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// The boxes, in the order in which they were met.
    pub nodes: Vec<Node>,
    /// The arrows. Those that leave a node are its lines, in this order.
    pub edges: Vec<Edge>,
    /// What the drawing does not show, a line each.
    pub left_out: Vec<String>,
}

/// A box.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// What edges call it: an address, or any number that no object has.
    pub id: usize,
    /// What it stands for.
    pub kind: NodeKind,
    /// A short text of the value, or the name of a frame.
    pub label: String,
    /// The name of the type; empty for what is no object.
    pub type_name: String,
    /// The reference count.
    pub count: Option<usize>,
    /// 0 to 2 for an object that the collector tracks, 3 for a frozen one.
    pub generation: Option<u8>,
    /// Why it is drawn differently.
    pub mark: Mark,
    /// Lines that no arrow stands for, e.g. `… 37 more left out`.
    pub lines: Vec<String>,
}

/// What a box stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NodeKind {
    /// An object of the heap.
    #[default]
    Object,
    /// A frame of the stack; drawn at the left.
    Frame,
    /// What holds references outside of the heap: the interpreter, native code. Drawn at the left.
    Root,
}

/// Why a box is drawn differently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// It is not.
    #[default]
    None,
    /// It is what was asked about.
    Subject,
    /// Both sides of a comparison have it.
    Shared,
    /// Only the second side of a comparison has it.
    New,
    /// Nothing reaches it from outside.
    Garbage,
}

/// An arrow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edge {
    /// The id of the node that refers.
    pub from: usize,
    /// The id of the node that is referred to.
    pub to: usize,
    /// Where in `from` the reference stands: `[2]`, `'key'`, `name`.
    pub label: String,
    /// Whether it counts; weak references do not, and are drawn dashed.
    pub counted: bool,
}

impl Report {
    /// An empty table.
    pub fn new(kind: &'static str, title: impl Into<String>, columns: &[&'static str]) -> Self {
        Self { kind, title: title.into(), columns: columns.to_vec(), ..Self::default() }
    }

    /// Adds a row of cells.
    pub fn row(&mut self, cells: impl Into<Vec<Cell>>) {
        self.push(Row::new(cells));
    }

    /// Adds a row.
    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Adds a sum under the table.
    pub fn footer(&mut self, cells: impl Into<Vec<Cell>>) {
        self.footers.push(Row::new(cells));
    }

    /// Adds a line under all.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Adds a further table.
    pub fn part(&mut self, part: Report) {
        self.parts.push(part);
    }
}

impl Row {
    /// A row without rows of its own.
    pub fn new(cells: impl Into<Vec<Cell>>) -> Self {
        Self { cells: cells.into(), rows: Vec::new() }
    }

    /// The cell of a column.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Nothing)
    }
}

impl Cell {
    /// As the table shows it.
    pub fn to_text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Address(address) => format!("{address:#x}"),
            Self::Bytes(bytes) => format!("{bytes} B"),
        }
    }

    /// Whether the table puts it at the right of its column.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Integer(_) | Self::Bytes(_))
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}
