//! `glass.Report` and `glass.Row`: answers as Python objects. What they hold lies outside the heap and refers to nothing in
//! it; texts and numbers are made when a program asks for them.

// unsafe is allowed here: what `layout!` expands to, and dropping the content with the object.
#![deny(unsafe_code)]

use std::ptr::NonNull;
use std::rc::Rc;

use crate::inspect::render::{Format, render, text};
use crate::inspect::{Cell, Report, Row};
use crate::object::{Lifecycle, Object, ObjectRef, Prefix, layout};
use crate::object::{WeakSupport, no_visit};
use crate::runtime::define::container_lifecycle;
use crate::runtime::protocol::attribute::generic_get;
use crate::runtime::{
    Interpreter, NativeAttribute, NativeCode, NativeMethod, Outcome, Slots, TypeFlags, TypeSpec, Typed,
};

/// A report as an object.
#[repr(C)]
pub struct ReportObject {
    /// The header.
    pub object: Object,
    report: Rc<Report>,
}
layout!(ReportObject, object, Object);

/// A row as an object.
#[repr(C)]
pub struct RowObject {
    /// The header.
    pub object: Object,
    content: Box<RowContent>,
}
layout!(RowObject, object, Object);

struct RowContent {
    columns: Rc<[&'static str]>,
    row: Row,
}

/// The lifecycle of an object that owns memory outside the heap and nothing in it.
macro_rules! holding_lifecycle {
    ($name:ident, $layout:ty, $field:ident) => {
        #[allow(unsafe_code)]
        fn $name() -> Lifecycle {
            /// # Safety
            /// The object has this layout and dies.
            unsafe fn drop_contents(object: NonNull<Object>) {
                // SAFETY: the field is dropped once and never read again.
                unsafe {
                    let this = object.as_ref().cast::<$layout>();
                    std::ptr::drop_in_place((&raw const this.$field).cast_mut());
                }
            }
            let size = |_| size_of::<$layout>();
            let made = container_lifecycle(no_visit, None, drop_contents, size, WeakSupport::None);
            made.dealloc.set(crate::object::dealloc_plain);
            Lifecycle { prefix: Prefix::None, ..made }
        }
    };
}
holding_lifecycle!(report_lifecycle, ReportObject, report);
holding_lifecycle!(row_lifecycle, RowObject, content);

static REPORT_METHODS: &[NativeMethod] = &[
    NativeMethod::new("text", NativeCode::NoArguments(repr), "($self, /)", "The report as a table."),
    NativeMethod::new(
        "json",
        NativeCode::NoArguments(|cx, this| rendered(cx, this, Format::Json)),
        "($self, /)",
        "The report as JSON.",
    ),
    NativeMethod::new(
        "dot",
        NativeCode::NoArguments(|cx, this| rendered(cx, this, Format::Dot)),
        "($self, /)",
        "The drawing for Graphviz.",
    ),
    NativeMethod::new(
        "svg",
        NativeCode::NoArguments(|cx, this| rendered(cx, this, Format::Svg)),
        "($self, /)",
        "The drawing as a picture that needs nothing else.",
    ),
];

static REPORT_ATTRIBUTES: &[NativeAttribute] = &[
    NativeAttribute::new("kind", |cx, this| cx.new_text(report_of(this).kind), "What was asked."),
    NativeAttribute::new(
        "title",
        |cx, this| cx.new_text(&report_of(this).title),
        "What stands over the table.",
    ),
    NativeAttribute::new("columns", columns, "The names of the columns."),
    NativeAttribute::new("rows", |cx, this| rows(cx, report_of(this), &report_of(this).rows), "The rows."),
    NativeAttribute::new(
        "footers",
        |cx, this| rows(cx, report_of(this), &report_of(this).footers),
        "Sums under the table.",
    ),
    NativeAttribute::new("notes", notes, "Lines under the table."),
    NativeAttribute::new("parts", parts, "Further tables."),
];

/// Completes both types.
pub fn define(cx: &Interpreter) -> Outcome<()> {
    cx.define_type(
        &cx.types.glass_report,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            slots: report_slots,
            methods: REPORT_METHODS,
            attributes: REPORT_ATTRIBUTES,
            documentation: "An answer: a table to print, rows to read, sometimes a drawing.",
            ..TypeSpec::of::<ReportObject>(report_lifecycle())
        },
    )?;
    cx.define_type(
        &cx.types.glass_row,
        TypeSpec {
            flags: TypeFlags::DISALLOW_INSTANTIATION,
            slots: row_slots,
            documentation: "A row of a report: a value for each column, by name or index.",
            ..TypeSpec::of::<RowObject>(row_lifecycle())
        },
    )
}

fn report_slots(slots: &Slots) {
    slots.repr.set(Some(repr));
    slots.length.set(Some(|_, this| Ok(report_of(this).rows.len())));
    slots.get_item.set(Some(|cx, this, key| cx.get_item(&*all_rows(cx, this)?, key)));
    slots.iter.set(Some(|cx, this| cx.iter(&*all_rows(cx, this)?)));
}

fn row_slots(slots: &Slots) {
    slots.repr.set(Some(row_repr));
    slots.length.set(Some(|_, this| Ok(row_of(this).columns.len())));
    slots.get_item.set(Some(|cx, this, key| cx.get_item(&*cells(cx, this)?, key)));
    slots.iter.set(Some(|cx, this| cx.iter(&*cells(cx, this)?)));
    slots.get_attribute.set(Some(row_attribute));
}

/// A report as a Python object.
pub fn new_report(cx: &Interpreter, report: Report) -> Outcome {
    share_report(cx, Rc::new(report))
}

fn share_report(cx: &Interpreter, report: Rc<Report>) -> Outcome {
    Ok(cx.birth_with(&cx.types.glass_report, |object| ReportObject { object, report })?.into_object())
}

/// The report that an object is.
pub fn as_report(object: &Object) -> Option<Rc<Report>> {
    object.layout::<ReportObject>().map(|this| Rc::clone(&this.report))
}

fn report_of(object: &Object) -> &Report {
    match object.layout::<ReportObject>() {
        Some(this) => &this.report,
        None => unreachable!("slots and methods are called on instances of their type"),
    }
}

fn row_of(object: &Object) -> &RowContent {
    match object.layout::<RowObject>() {
        Some(this) => &this.content,
        None => unreachable!("slots and methods are called on instances of their type"),
    }
}

/// The table without its last line feed, so that `print` and the prompt end it.
fn repr(cx: &Interpreter, this: &Object) -> Outcome {
    cx.new_text(text::render(report_of(this)).trim_end())
}

fn rendered(cx: &Interpreter, this: &Object, format: Format) -> Outcome {
    cx.new_text(&render(report_of(this), format))
}

fn columns(cx: &Interpreter, this: &Object) -> Outcome {
    let names: Outcome<Vec<ObjectRef>> =
        report_of(this).columns.iter().map(|name| cx.new_text(name)).collect();
    cx.new_tuple_from(names?)
}

fn notes(cx: &Interpreter, this: &Object) -> Outcome {
    let notes: Outcome<Vec<ObjectRef>> = report_of(this).notes.iter().map(|note| cx.new_text(note)).collect();
    cx.new_list(notes?)
}

fn parts(cx: &Interpreter, this: &Object) -> Outcome {
    let part = |part: &Report| new_report(cx, part.clone());
    let parts: Outcome<Vec<ObjectRef>> = report_of(this).parts.iter().map(part).collect();
    cx.new_list(parts?)
}

fn all_rows(cx: &Interpreter, this: &Object) -> Outcome {
    rows(cx, report_of(this), &report_of(this).rows)
}

fn rows(cx: &Interpreter, report: &Report, rows: &[Row]) -> Outcome {
    rows_under(cx, &Rc::from(report.columns.as_slice()), rows)
}

fn rows_under(cx: &Interpreter, columns: &Rc<[&'static str]>, rows: &[Row]) -> Outcome {
    let mut made = Vec::with_capacity(rows.len());
    for row in rows {
        let content = Box::new(RowContent { columns: Rc::clone(columns), row: row.clone() });
        made.push(cx.birth_with(&cx.types.glass_row, |object| RowObject { object, content })?.into_object());
    }
    cx.new_list(made)
}

/// A cell as a program reads it.
fn value(cx: &Interpreter, cell: &Cell) -> Outcome {
    match cell {
        Cell::Nothing => Ok(cx.none()),
        Cell::Text(content) => cx.new_text(content),
        Cell::Integer(number) => cx.new_int(*number),
        Cell::Address(number) | Cell::Bytes(number) => cx.new_size(*number),
    }
}

fn cells(cx: &Interpreter, this: &Object) -> Outcome {
    let content = row_of(this);
    let count = content.columns.len();
    let cells: Outcome<Vec<ObjectRef>> =
        (0..count).map(|column| value(cx, content.row.cell(column))).collect();
    cx.new_tuple_from(cells?)
}

/// A column by its name, `rows` of a row that has some, or what every object has.
fn row_attribute(cx: &Interpreter, this: &Object, name: &Object) -> Outcome {
    let content = row_of(this);
    let wanted = name.as_text().map(|text| text.to_rust_string_lossy()).unwrap_or_default();
    if let Some(column) = content.columns.iter().position(|column| *column == wanted) {
        return value(cx, content.row.cell(column));
    }
    if wanted == "rows" {
        return rows_under(cx, &content.columns, &content.row.rows);
    }
    generic_get(cx, this, name)
}

/// `Row(count=1, place='...')`
fn row_repr(cx: &Interpreter, this: &Object) -> Outcome {
    let content = row_of(this);
    let shown = |(column, name): (usize, &&str)| match content.row.cell(column) {
        Cell::Nothing => format!("{name}=None"),
        Cell::Text(text) => format!("{name}={text:?}"),
        Cell::Bytes(bytes) => format!("{name}={bytes}"),
        other => format!("{name}={}", other.to_text()),
    };
    let shown: Vec<String> = content.columns.iter().enumerate().map(shown).collect();
    cx.new_text(&format!("Row({})", shown.join(", ")))
}
