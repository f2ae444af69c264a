//! How much of an answer is told. Each question has a measure of its own, made for reading; whoever asks may set another.

/// References are followed no further, however far is asked for: there is no room.
const GREATEST_DEPTH: usize = 40;
/// No drawing has more boxes and no table more rows of a kind, however many are asked for.
const GREATEST_ROWS: usize = 100_000;

/// What whoever asks has said about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// How far references are followed.
    pub depth: Option<usize>,
    /// How many rows of a table, or boxes of a drawing.
    pub rows: Option<usize>,
}

impl Limits {
    /// How far references are followed, where `usual` is the question's own measure.
    pub fn depth_or(self, usual: usize) -> usize {
        self.depth.unwrap_or(usual).min(GREATEST_DEPTH)
    }

    /// How many rows or boxes there are, where `usual` is the question's own measure.
    pub fn rows_or(self, usual: usize) -> usize {
        self.rows.unwrap_or(usual).clamp(1, GREATEST_ROWS)
    }
}
