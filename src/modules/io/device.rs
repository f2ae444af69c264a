//! Where the bytes of a text file go and come from: one of the process's three streams, or a file of our own.

use std::fs::File;
use std::io::{self, IsTerminal, Seek, SeekFrom};
use std::os::fd::AsRawFd;

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

    /// `fileno()`
    pub fn descriptor(&self) -> i32 {
        match self {
            Self::Input => 0,
            Self::Output => 1,
            Self::Error => 2,
            Self::File(file) => file.as_raw_fd(),
        }
    }

    /// Whether it is a terminal.
    pub fn is_terminal(&self) -> bool {
        match self {
            Self::Input => io::stdin().is_terminal(),
            Self::Output => io::stdout().is_terminal(),
            Self::Error => io::stderr().is_terminal(),
            Self::File(file) => file.is_terminal(),
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
        }
    }

    /// Reads some bytes; none at the end.
    pub fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = match self {
            Self::Input => rustix::io::read(io::stdin(), buffer),
            Self::Output => rustix::io::read(io::stdout(), buffer),
            Self::Error => rustix::io::read(io::stderr(), buffer),
            Self::File(file) => rustix::io::read(file, buffer),
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
