//! Any report in a form for reading: [`text`] for people, [`json`] for programs, [`dot`] for Graphviz, [`svg`] as a picture
//! that needs nothing else.

pub mod dot;
pub mod json;
mod layout;
pub mod svg;
pub mod text;

use super::Report;

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table.
    Text,
    /// An object.
    Json,
    /// For Graphviz.
    Dot,
    /// A picture.
    Svg,
}

impl Format {
    /// By the ending of a file's name.
    pub fn by_path(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        match ending {
            "txt" => Some(Self::Text),
            "json" => Some(Self::Json),
            "dot" => Some(Self::Dot),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }
}

/// A report in one of the forms.
pub fn render(report: &Report, format: Format) -> String {
    match format {
        Format::Text => text::render(report),
        Format::Json => json::render(report),
        Format::Dot => dot::render(report),
        Format::Svg => svg::render(report),
    }
}
