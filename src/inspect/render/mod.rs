//! Any report in a form for reading: [`text`] for people, [`json`] for programs.

pub mod json;
pub mod text;
