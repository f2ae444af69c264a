//! What a text file knows between calls: pending bytes to write, decoded characters not read yet.

use crate::values::codecs::{Encoding, Handler, utf7};

use super::device::Device;

/// Bytes that wait before they are written, and bytes read at once.
pub const BUFFER: usize = 8192;

/// How line ends are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newline {
    /// Any line end is read as `\n`.
    Universal,
    /// Any line end ends a line and stays as it is.
    Untranslated,
    /// `\n`
    Feed,
    /// `\r`
    Return,
    /// `\r\n`
    Both,
}

impl Newline {
    /// From the argument of `open`.
    pub fn by_name(name: Option<&str>) -> Option<Self> {
        match name {
            None => Some(Self::Universal),
            Some("") => Some(Self::Untranslated),
            Some("\n") => Some(Self::Feed),
            Some("\r") => Some(Self::Return),
            Some("\r\n") => Some(Self::Both),
            Some(_) => None,
        }
    }

    /// What is written for `\n`, where it is something else.
    pub fn written(self) -> Option<&'static [u8]> {
        match self {
            Self::Return => Some(b"\r"),
            Self::Both => Some(b"\r\n"),
            _ => None,
        }
    }

    /// How many of the characters are the first line with its end; none where no end is in sight.
    pub fn line_length(self, characters: &[u32], at_end: bool) -> Option<usize> {
        const FEED: u32 = 10;
        const RETURN: u32 = 13;
        let find = |wanted: u32| characters.iter().position(|it| *it == wanted).map(|at| at + 1);
        match self {
            Self::Universal | Self::Feed => find(FEED),
            Self::Return => find(RETURN),
            Self::Both => characters.windows(2).position(|pair| pair == [RETURN, FEED]).map(|at| at + 2),
            Self::Untranslated => {
                let at = characters.iter().position(|it| matches!(*it, FEED | RETURN))?;
                match (characters[at], characters.get(at + 1)) {
                    (RETURN, Some(&FEED)) => Some(at + 2),
                    (RETURN, None) if !at_end => None,
                    _ => Some(at + 1),
                }
            }
        }
    }
}

/// The changing part of a text file.
#[derive(Debug)]
pub struct FileState {
    /// The open file; none once it is closed.
    pub device: Option<Device>,
    /// Encoded, not written yet.
    pub pending: Vec<u8>,
    /// A line feed flushes.
    pub line_buffering: bool,
    /// Everything is flushed at once.
    pub write_through: bool,
    /// Opened for reading.
    pub readable: bool,
    /// Opened for writing.
    pub writable: bool,
    /// Of the text.
    pub encoding: Encoding,
    /// What becomes of errors in the encoding.
    pub handler: Handler,
    /// Treatment of line ends.
    pub newline: Newline,
    /// A byte order mark has been written, or no more is wanted.
    pub is_marked: bool,
    /// The encoding with the byte order that was read, once it is known.
    pub order: Option<Encoding>,
    /// Read, not decoded yet: the beginning of a character.
    pub raw: Vec<u8>,
    /// A carriage return ended the last chunk.
    pub held_return: bool,
    /// Decoded characters.
    pub decoded: Vec<u32>,
    /// The next of them to be read.
    pub at: usize,
    /// Nothing more to read.
    pub at_end: bool,
    /// An iteration is under way, during which the place is not told.
    pub iterates: bool,
    /// The layer below was taken away.
    pub is_detached: bool,
}

impl FileState {
    /// Of a file just opened.
    pub fn new(device: Option<Device>, encoding: Encoding, handler: Handler, newline: Newline) -> Self {
        Self {
            device,
            pending: Vec::new(),
            line_buffering: false,
            write_through: false,
            readable: false,
            writable: false,
            encoding,
            handler,
            newline,
            is_marked: false,
            order: None,
            raw: Vec::new(),
            held_return: false,
            decoded: Vec::new(),
            at: 0,
            at_end: false,
            iterates: false,
            is_detached: false,
        }
    }

    /// Forgets what was read ahead.
    pub fn forget_input(&mut self) {
        self.raw.clear();
        self.decoded.clear();
        (self.at, self.at_end, self.held_return, self.iterates) = (0, false, false, false);
    }

    /// After a change of place: at the beginning a mark is written or read once more.
    pub fn moved_to(&mut self, place: u64) {
        self.forget_input();
        self.is_marked = place != 0;
        self.order = match place {
            0 => None,
            _ => self.order.or(Some(self.encoding.unmarked())),
        };
    }

    /// Bytes of the file that were read but not given out.
    pub fn read_ahead(&self) -> u64 {
        use Encoding::{Utf16Big, Utf16Little, Utf32Big, Utf32Little};
        let width = |point: &u32| match (self.order.unwrap_or(self.encoding), *point) {
            (Utf16Little | Utf16Big, 0..0x10000) => 2,
            (Utf16Little | Utf16Big | Utf32Little | Utf32Big, _) => 4,
            (Encoding::Utf8, 0..0x80) => 1,
            (Encoding::Utf8, 0x80..0x800) => 2,
            (Encoding::Utf8, 0xdc80..0xdd00) => 1,
            (Encoding::Utf8, 0x800..0x10000) => 3,
            (Encoding::Utf8, _) => 4,
            _ => 1,
        };
        let rest = &self.decoded[self.at..];
        let decoded: u64 = if self.encoding == Encoding::Utf7 {
            let mut bytes = Vec::new();
            utf7::encode(rest, &mut bytes);
            bytes.len() as u64
        } else {
            rest.iter().map(width).sum()
        };
        decoded + self.raw.len() as u64 + u64::from(self.held_return)
    }

    /// Takes the next characters out, at most so many.
    pub fn take(&mut self, count: usize) -> Vec<u32> {
        let end = self.decoded.len().min(self.at + count);
        let taken = self.decoded[self.at..end].to_vec();
        self.at = end;
        if self.at == self.decoded.len() {
            self.decoded.clear();
            self.at = 0;
        }
        taken
    }

    /// Appends decoded characters, with line ends translated if that is asked for.
    pub fn accept(&mut self, characters: &[u32], at_end: bool) {
        if self.at > 0 {
            self.decoded.drain(..self.at);
            self.at = 0;
        }
        if self.newline != Newline::Universal {
            self.decoded.extend_from_slice(characters);
            return;
        }
        for character in characters {
            let after_return = std::mem::replace(&mut self.held_return, *character == 13);
            if after_return {
                self.decoded.push(10);
                if *character == 10 {
                    continue;
                }
            }
            if *character != 13 {
                self.decoded.push(*character);
            }
        }
        if at_end && std::mem::take(&mut self.held_return) {
            self.decoded.push(10);
        }
    }
}
