//! `str.format`, `str.format_map` and `str.__format__`.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use std::ops::Range;

use super::storage::code_points;
use super::{new_slice, text_of};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Outcome, Raised, Typed};
use crate::types::number_text::{ascii_field, short_spec, spec_points};
use crate::values::format_spec::fields::{
    Argument, FieldError, Lookup, MarkupParser, Numbering, Replacement, split_name,
};
use crate::values::format_spec::render::TextField;
use crate::values::format_spec::{Alignment, ErrorKind, FormatSpec, SpecError, render};
use crate::values::text::{Text, TextBuilder, TextSlice};

/// Raises what a specification is refused for.
pub fn spec_error(cx: &Interpreter, error: SpecError, spec: &[u32], type_name: &str) -> Raised {
    let kind = match error.kind() {
        ErrorKind::Memory => return cx.raise_memory_error(),
        ErrorKind::Value => &cx.types.value_error,
        ErrorKind::Overflow => &cx.types.overflow_error,
    };
    match cx.new_text_from_code_points(&error.message(spec, type_name)) {
        Ok(message) => cx.raise_arguments(kind, &[message]),
        Err(raised) => raised,
    }
}

/// How a text is laid out with any specification.
fn text_field(cx: &Interpreter, object: &Object, spec: &Object) -> Outcome<TextField> {
    let points = spec_points(cx, spec)?;
    FormatSpec::parse(&points, Some('s'), Alignment::Left)
        .and_then(|spec| render::text(&spec, text_of(object).length()))
        .map_err(|error| spec_error(cx, error, &points, &object.type_name()))
}

/// Fields up to this length are put together without memory of their own.
const SHORT_FIELD: usize = 64;

/// `str.__format__`
pub fn format_method(cx: &Interpreter, object: &Object, spec: &Object) -> Outcome {
    if spec.as_text().is_some_and(Text::is_empty) {
        return cx.str(object);
    }
    let text = text_of(object);
    let short = short_spec(spec, Some('s'), Alignment::Left);
    let field = match short.and_then(|spec| render::text(&spec, text.length()).ok()) {
        Some(field) => field,
        None => text_field(cx, object, spec)?,
    };
    if field.kept == text.length() && field.left == 0 && field.right == 0 {
        return super::unchanged(cx, object);
    }
    let length = field.left.saturating_add(field.kept).saturating_add(field.right);
    if let Some(ascii) = text.as_ascii().filter(|_| length <= SHORT_FIELD && field.fill < 0x80) {
        let mut room = [field.fill as u8; SHORT_FIELD];
        room[field.left..field.left + field.kept].copy_from_slice(&ascii[..field.kept]);
        return ascii_field(cx, &room[..length]);
    }
    let mut out = TextBuilder::new();
    out.push_repeated(field.fill, field.left)?;
    out.push_slice(text.as_slice().slice(0..field.kept))?;
    out.push_repeated(field.fill, field.right)?;
    new_slice(cx, out.as_slice())
}

/// Where fields find their values.
enum Values<'a> {
    Arguments(Arguments<'a>),
    Mapping(&'a Object),
}

/// `str.format`
pub fn format(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    // CPython packs the arguments in a tuple and a dict.
    let _packed = arguments.values.to_vec();
    format_with(cx, object, &Values::Arguments(arguments))
}

/// `str.format_map`
pub fn format_map(cx: &Interpreter, object: &Object, mapping: &Object) -> Outcome {
    format_with(cx, object, &Values::Mapping(mapping))
}

fn format_with(cx: &Interpreter, object: &Object, values: &Values<'_>) -> Outcome {
    let points = code_points(text_of(object).as_slice())?;
    let mut formatting = Formatting { cx, points: &points, values, numbering: Numbering::default() };
    let braces = [u32::from('{'), u32::from('}')];
    if !points.iter().any(|point| braces.contains(point)) {
        return super::unchanged(cx, object);
    }
    formatting.expand(0..points.len(), 2)
}

struct Formatting<'a> {
    cx: &'a Interpreter,
    points: &'a [u32],
    values: &'a Values<'a>,
    numbering: Numbering,
}

impl Formatting<'_> {
    fn raise(&self, error: FieldError) -> Raised {
        self.cx.value_error(error.message())
    }

    /// A part of the format string with its fields replaced; specifications may nest so deep.
    fn expand(&mut self, part: Range<usize>, depth: u32) -> Outcome {
        if depth == 0 {
            return Err(self.raise(FieldError::TooDeep));
        }
        let (mut out, whole) = (TextBuilder::new(), part.end);
        let points = self.points;
        for markup in MarkupParser::new(points, part) {
            let markup = markup.map_err(|error| self.raise(error))?;
            out.push_slice(TextSlice::Full(&points[markup.literal]))?;
            let Some(field) = markup.field else { continue };
            let is_last = field.spec.end + 1 == whole;
            let text = self.replace(&field, depth)?;
            if out.is_empty() && is_last && text.is_exactly(&self.cx.types.str) {
                return Ok(text);
            }
            out.push_text(text_of(&text))?;
            self.cx.poll()?;
        }
        new_slice(self.cx, out.as_slice())
    }

    fn replace(&mut self, field: &Replacement, depth: u32) -> Outcome {
        let value = self.value(field.name.clone())?;
        let value = self.convert(value, field.conversion)?;
        let spec = match field.nested {
            true => self.expand(field.spec.clone(), depth - 1)?,
            false => self.cx.new_text_from_code_points(&self.points[field.spec.clone()])?,
        };
        self.cx.format(&value, &spec)
    }

    fn value(&mut self, name: Range<usize>) -> Outcome {
        let (argument, lookups) =
            split_name(self.points, name, Some(&mut self.numbering)).map_err(|error| self.raise(error))?;
        let mut value = self.argument(argument)?;
        for lookup in lookups {
            let lookup = lookup.map_err(|error| self.raise(error))?;
            value = self.look_up(&value, lookup)?;
        }
        Ok(value)
    }

    fn text(&self, range: Range<usize>) -> Outcome {
        self.cx.new_text_from_code_points(&self.points[range])
    }

    fn argument(&self, argument: Argument) -> Outcome {
        match (argument, self.values) {
            (Argument::Index(index), Values::Arguments(arguments)) => {
                arguments.positional_values().get(index).cloned().ok_or_else(|| {
                    let message = format!("Replacement index {index} out of range for positional args tuple");
                    self.cx.index_error(message)
                })
            }
            (Argument::Index(_), Values::Mapping(_)) => {
                Err(self.cx.value_error("Format string contains positional fields"))
            }
            (Argument::Name(name), Values::Mapping(mapping)) => self.cx.get_item(mapping, &*self.text(name)?),
            (Argument::Name(name), Values::Arguments(arguments)) => self.keyword(arguments, name),
        }
    }

    fn keyword(&self, arguments: &Arguments<'_>, name: Range<usize>) -> Outcome {
        let wanted = TextSlice::Full(&self.points[name.clone()]);
        let is_wanted = |name: &Object| name.as_text().is_some_and(|text| text.as_slice().equals(wanted));
        match arguments.keywords().find(|(keyword, _)| is_wanted(keyword)) {
            Some((_, value)) => Ok(value.clone()),
            None => Err(self.cx.key_error(&*self.text(name)?)),
        }
    }

    fn look_up(&self, value: &Object, lookup: Lookup) -> Outcome {
        match lookup {
            Lookup::Attribute(name) => self.cx.get_attribute(value, &*self.text(name)?),
            Lookup::Key(key) => self.cx.get_item(value, &*self.text(key)?),
            Lookup::Index(index) => self.cx.get_item(value, &*self.cx.new_size(index)?),
        }
    }

    fn convert(&self, value: ObjectRef, conversion: Option<u32>) -> Outcome {
        match conversion.map(char::from_u32) {
            None => Ok(value),
            Some(Some('r')) => self.cx.repr(&value),
            Some(Some('s')) => self.cx.str(&value),
            Some(Some('a')) => self.cx.ascii(&value),
            Some(_) => Err(self.raise(FieldError::UnknownConversion(conversion.unwrap_or_default()))),
        }
    }
}
