//! The listing of a code unit: one equation a line.
