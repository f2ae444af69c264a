//! Where the bytes of a text file go and come from: one of the process's three streams, or a file of our own.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, IsTerminal, Seek, SeekFrom, Write};
use std::os::fd::AsRawFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// An open file of the operating system.
#[derive(Debug)]
pub enum Device {
    /// Descriptor 0.
    Input,
    /// Descriptor 1.
    Output,
    /// Descriptor 2.
    Error,
    /// A file opened by a program, closed with it.
    File(File),
    /// An object with methods, kept by the text file (its `buffer`).
    Layer,
    /// A writer of an embedding program.
    Writer(Writer),
}

/// A writer that several streams may share.
#[derive(Clone)]
pub struct Writer(pub Rc<RefCell<dyn Write>>);

impl std::fmt::Debug for Writer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Writer")
    }
}

impl Writer {
    /// Writes some bytes. A writer that is being written to already refuses; one that panics fails.
    fn write(&self, bytes: &[u8]) -> rustix::io::Result<usize> {
        let Ok(mut writer) = self.0.try_borrow_mut() else { return Err(rustix::io::Errno::BUSY) };
        let writing =
            AssertUnwindSafe(|| writer.write(bytes).and_then(|count| writer.flush().map(|()| count)));
        let written = catch_unwind(writing).unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
        written.map_err(|error| rustix::io::Errno::from_io_error(&error).unwrap_or(rustix::io::Errno::IO))
    }
}

impl Device {
    /// The stream of the process with this number.
    pub fn of_process(descriptor: i64) -> Option<Self> {
        match descriptor {
            0 => Some(Self::Input),
            1 => Some(Self::Output),
            2 => Some(Self::Error),
            _ => None,
        }
    }

    /// `fileno()`; a writer has none.
    pub fn descriptor(&self) -> Option<i32> {
        match self {
            Self::Input => Some(0),
            Self::Output => Some(1),
            Self::Error => Some(2),
            Self::File(file) => Some(file.as_raw_fd()),
            Self::Writer(_) => None,
            Self::Layer => None,
        }
    }

    /// Whether it is a terminal.
    pub fn is_terminal(&self) -> bool {
        match self {
            Self::Input => io::stdin().is_terminal(),
            Self::Output => io::stdout().is_terminal(),
            Self::Error => io::stderr().is_terminal(),
            Self::File(file) => file.is_terminal(),
            Self::Writer(_) => false,
            Self::Layer => false,
        }
    }

    /// Writes all bytes; tells how many were written where it fails.
    pub fn write_all(&self, bytes: &[u8]) -> Result<(), (usize, io::Error)> {
        let mut written = 0;
        while written < bytes.len() {
            match self.write(&bytes[written..]) {
                Ok(0) => return Err((written, io::Error::from(io::ErrorKind::WriteZero))),
                Ok(count) => written += count,
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err((written, error.into())),
            }
        }
        Ok(())
    }

    fn write(&self, bytes: &[u8]) -> rustix::io::Result<usize> {
        match self {
            Self::Input => rustix::io::write(io::stdin(), bytes),
            Self::Output => rustix::io::write(io::stdout(), bytes),
            Self::Error => rustix::io::write(io::stderr(), bytes),
            Self::File(file) => rustix::io::write(file, bytes),
            Self::Writer(writer) => writer.write(bytes),
            Self::Layer => Err(rustix::io::Errno::BADF),
        }
    }

    /// Reads some bytes; none at the end.
    pub fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = match self {
            Self::Input => rustix::io::read(io::stdin(), buffer),
            Self::Output => rustix::io::read(io::stdout(), buffer),
            Self::Error => rustix::io::read(io::stderr(), buffer),
            Self::File(file) => rustix::io::read(file, buffer),
            Self::Writer(_) => Err(rustix::io::Errno::BADF),
            Self::Layer => Err(rustix::io::Errno::BADF),
        };
        Ok(result?)
    }

    /// Moves to a place and tells it.
    pub fn seek(&self, place: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => {
                let mut file = file;
                file.seek(place)
            }
            _ => Err(io::Error::from_raw_os_error(29)),
        }
    }
}
