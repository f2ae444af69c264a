//! Reports as JSON: rows are objects with the names of the columns, addresses are texts as in tables, sizes are numbers.

use crate::inspect::{Cell, Edge, Graph, Mark, Node, NodeKind, Report, Row};

/// The report as a JSON object, with a line feed at its end.
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    write_report(&mut out, report, 0);
    out.push('\n');
    out
}

fn write_report(out: &mut String, report: &Report, depth: usize) {
    let mut fields = vec![
        ("kind", text(report.kind)),
        ("title", text(&report.title)),
        ("columns", list(report.columns.iter().map(|name| text(name)), depth + 1, false)),
        ("rows", rows(report, &report.rows, depth + 1)),
    ];
    if !report.footers.is_empty() {
        fields.push(("footers", rows(report, &report.footers, depth + 1)));
    }
    if !report.notes.is_empty() {
        fields.push(("notes", list(report.notes.iter().map(|note| text(note)), depth + 1, true)));
    }
    if !report.parts.is_empty() {
        let part = |part: &Report| {
            let mut text = String::new();
            write_report(&mut text, part, depth + 2);
            text
        };
        fields.push(("parts", list(report.parts.iter().map(part), depth + 1, true)));
    }
    if let Some(graph) = &report.graph {
        fields.push(("graph", graph_object(graph, depth + 1)));
    }
    out.push_str(&object(&fields, Some(depth)));
}

fn rows(report: &Report, rows_of: &[Row], depth: usize) -> String {
    let row = |row: &Row| {
        let cell = |(column, name): (usize, &&'static str)| (*name, value(row.cell(column)));
        let mut fields: Vec<(&str, String)> = report.columns.iter().enumerate().map(cell).collect();
        if !row.rows.is_empty() {
            fields.push(("rows", rows(report, &row.rows, depth + 1)));
        }
        object(&fields, None)
    };
    list(rows_of.iter().map(row), depth, true)
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => "null".to_owned(),
        Cell::Text(content) => text(content),
        Cell::Integer(number) => number.to_string(),
        Cell::Address(_) => text(&cell.to_text()),
        Cell::Bytes(bytes) => bytes.to_string(),
    }
}

/// Nodes and edges of a drawing.
fn graph_object(graph: &Graph, depth: usize) -> String {
    object(
        &[
            ("nodes", list(graph.nodes.iter().map(node), depth + 1, true)),
            ("edges", list(graph.edges.iter().map(edge), depth + 1, true)),
            ("left_out", list(graph.left_out.iter().map(|line| text(line)), depth + 1, true)),
        ],
        Some(depth),
    )
}

fn node(node: &Node) -> String {
    let number = |number: Option<usize>| number.map_or("null".to_owned(), |number| number.to_string());
    let mut fields = vec![
        ("id", text(&format!("{:#x}", node.id))),
        ("kind", text(kind_name(node.kind))),
        ("type", text(&node.type_name)),
        ("label", text(&node.label)),
        ("count", number(node.count)),
        ("generation", number(node.generation.map(usize::from))),
    ];
    if node.mark != Mark::None {
        fields.push(("mark", text(mark_name(node.mark))));
    }
    if !node.lines.is_empty() {
        fields.push(("lines", list(node.lines.iter().map(|line| text(line)), 0, false)));
    }
    object(&fields, None)
}

fn edge(edge: &Edge) -> String {
    let id = |id: usize| text(&format!("{id:#x}"));
    object(
        &[
            ("from", id(edge.from)),
            ("to", id(edge.to)),
            ("label", text(&edge.label)),
            ("counted", edge.counted.to_string()),
        ],
        None,
    )
}

fn kind_name(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Object => "object",
        NodeKind::Frame => "frame",
        NodeKind::Root => "root",
    }
}

fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::None => "",
        Mark::Subject => "subject",
        Mark::Shared => "shared",
        Mark::New => "new",
        Mark::Garbage => "garbage",
    }
}

/// `{...}`, with a line for each field at the given depth, or in one line.
fn object(fields: &[(&str, String)], depth: Option<usize>) -> String {
    let fields = fields.iter().map(|(name, value)| format!("{}: {value}", text(name)));
    enclosed(fields.collect(), '{', '}', depth)
}

fn list(items: impl Iterator<Item = String>, depth: usize, in_lines: bool) -> String {
    let items: Vec<String> = items.collect();
    let in_lines = in_lines && !items.is_empty();
    enclosed(items, '[', ']', in_lines.then_some(depth))
}

fn enclosed(items: Vec<String>, open: char, close: char, depth: Option<usize>) -> String {
    match depth {
        None => format!("{open}{}{close}", items.join(", ")),
        Some(depth) => {
            let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
            format!("{open}\n{inner}{}\n{outer}{close}", items.join(&format!(",\n{inner}")))
        }
    }
}

/// A text with quotes and escapes.
fn text(content: &str) -> String {
    let mut out = String::with_capacity(content.len() + 2);
    out.push('"');
    for character in content.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", control as u32)),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_an_object_with_rows_by_column() {
        let mut report = Report::new("test", "a \"title\"\n", &["count", "place"]);
        report.row([Cell::Integer(2), Cell::Address(0x10)]);
        report.row([Cell::Bytes(64)]);
        let expected = "{\n  \"kind\": \"test\",\n  \"title\": \"a \\\"title\\\"\\n\",\n  \"columns\": [\"count\", \"place\"],\n  \"rows\": [\n    {\"count\": 2, \"place\": \"0x10\"},\n    {\"count\": 64, \"place\": null}\n  ]\n}\n";
        assert_eq!(render(&report), expected);
    }
}
