//! What every constructor of a value can answer: there is no memory for it.

/// The heap has reached its limit, or no machine has that much memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfMemory;

impl std::fmt::Display for OutOfMemory {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("out of memory")
    }
}

impl std::error::Error for OutOfMemory {}
