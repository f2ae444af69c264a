//! Laying a dump out by the rule of `ast.dump`: a node of at most three simple fields stands on one line.

use super::*;

pub(super) fn render(value: &Value, attributes: bool) -> String {
    let mut out = String::new();
    write_value(value, attributes, 0, &mut out);
    out
}

/// Writes a value and says whether it is simple.
fn write_value(value: &Value, attributes: bool, level: usize, out: &mut String) -> bool {
    match value {
        Value::Text(text) => {
            out.push_str(text);
            true
        }
        Value::Absent => true,
        Value::List(items) => write_list(items, attributes, level + 1, out),
        Value::Node(node) => write_node(node, attributes, level + 1, out),
    }
}

fn separator(level: usize) -> String {
    format!(",\n{}", "  ".repeat(level))
}

fn write_list(items: &[Value], attributes: bool, level: usize, out: &mut String) -> bool {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        let between = separator(level);
        out.push_str(if index == 0 { &between[1..] } else { &between });
        write_value(item, attributes, level, out);
    }
    out.push(']');
    items.is_empty()
}

fn write_node(node: &Node, attributes: bool, level: usize, out: &mut String) -> bool {
    let mut simple = true;
    let mut parts = Vec::new();
    for (name, value) in &node.fields {
        if matches!(value, Value::Absent) {
            continue;
        }
        let mut text = format!("{name}=");
        simple &= write_value(value, attributes, level, &mut text);
        parts.push(text);
    }
    if let (true, Some(range)) = (attributes, node.range) {
        parts.push(format!("lineno={}", range.line));
        parts.push(format!("col_offset={}", range.column));
        parts.push(format!("end_lineno={}", range.end_line));
        parts.push(format!("end_col_offset={}", range.end_column));
    }
    let between = separator(level);
    let (before, between) =
        if simple && parts.len() <= 3 { ("", ", ") } else { (&between[1..], between.as_str()) };
    out.push_str(&format!("{}({before}{})", node.name, parts.join(between)));
    parts.is_empty()
}
