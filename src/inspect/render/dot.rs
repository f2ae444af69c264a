//! Drawings in Graphviz's language: `dot -Tsvg heap.dot > heap.svg`. Boxes are tables with a port for each line, so that
//! arrows start at the reference that they stand for.

use super::svg::generation_colour;
use crate::inspect::{Graph, Mark, Node, NodeKind, Report};

/// A report as a `digraph`: its drawing, or its table as one node where it has none.
pub fn render(report: &Report) -> String {
    match &report.graph {
        Some(graph) => render_graph(graph),
        None => {
            let lines =
                super::text::render(report).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\l");
            format!(
                "digraph report {{\n  table [shape=box, fontname=\"monospace\", label=\"{lines}\"];\n}}\n"
            )
        }
    }
}

/// The graph as a `digraph`.
pub fn render_graph(graph: &Graph) -> String {
    let mut out = String::from(
        "digraph heap {\n  rankdir=LR;\n  node [shape=plain, fontname=\"monospace\", fontsize=11];\n  edge [fontname=\"monospace\", fontsize=9];\n",
    );
    for node in &graph.nodes {
        out.push_str(&format!("  n{:x} [label=<{}>];\n", node.id, table(graph, node)));
    }
    let is_first =
        |node: &&Node| node.kind != NodeKind::Object && !graph.edges.iter().any(|edge| edge.to == node.id);
    let frames = graph.nodes.iter().filter(is_first);
    let frames: Vec<String> = frames.map(|node| format!("n{:x};", node.id)).collect();
    if !frames.is_empty() {
        out.push_str(&format!("  {{ rank=min; {} }}\n", frames.join(" ")));
    }
    for node in &graph.nodes {
        let edges = graph.edges.iter().filter(|edge| edge.from == node.id);
        for (port, edge) in edges.enumerate() {
            let style = if edge.counted { "" } else { " [style=dashed]" };
            out.push_str(&format!("  n{:x}:p{port}:e -> n{:x}:head:w{style};\n", edge.from, edge.to));
        }
    }
    for (index, line) in graph.left_out.iter().enumerate() {
        let text = escaped(&format!("left out: {line}"));
        out.push_str(&format!("  left{index} [label=<<i>{text}</i>>];\n"));
    }
    out.push_str("}\n");
    out
}

/// A box: a head with type, value and count, then a line for each arrow.
fn table(graph: &Graph, node: &Node) -> String {
    let colour = match node.kind {
        NodeKind::Object => generation_colour(node.generation),
        NodeKind::Frame | NodeKind::Root => "#dbe7f6",
    };
    let border = if node.mark == Mark::None { 1 } else { 2 };
    let mut out = format!("<table border=\"{border}\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"3\">");
    let count = node.count.map(|count| format!(" <b>({count})</b>")).unwrap_or_default();
    let head = if node.type_name.is_empty() { &node.label } else { &node.type_name };
    out.push_str(&format!(
        "<tr><td port=\"head\" bgcolor=\"{colour}\" align=\"left\">{}{count}</td></tr>",
        escaped(head)
    ));
    let mut line = |port: &str, text: &str| {
        out.push_str(&format!("<tr><td{port} align=\"left\">{}</td></tr>", escaped(text)));
    };
    if node.kind == NodeKind::Object && node.label != node.type_name {
        line("", &node.label);
    }
    for (port, edge) in graph.edges.iter().filter(|edge| edge.from == node.id).enumerate() {
        line(&format!(" port=\"p{port}\""), &edge.label);
    }
    node.lines.iter().for_each(|text| line("", text));
    out.push_str("</table>");
    out
}

fn escaped(text: &str) -> String {
    // An empty cell is no table for Graphviz.
    if text.is_empty() {
        return "&#160;".to_owned();
    }
    super::svg::escaped(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::Edge;

    #[test]
    fn arrows_start_at_their_lines_and_weak_ones_are_dashed() {
        let node = |id, label: &str| Node { id, label: label.to_owned(), ..Node::default() };
        let edge = |label: &str, counted| Edge { from: 1, to: 2, label: label.to_owned(), counted };
        let graph = Graph {
            nodes: vec![node(1, "<f>"), node(2, "x")],
            edges: vec![edge("a", true), edge("w", false)],
            left_out: vec!["37 more".to_owned()],
        };
        let dot = render_graph(&graph);
        assert!(dot.contains("n1:p0:e -> n2:head:w;"), "{dot}");
        assert!(dot.contains("n1:p1:e -> n2:head:w [style=dashed];"), "{dot}");
        assert!(dot.contains("&lt;f&gt;") && dot.contains("left out: 37 more"), "{dot}");
    }
}
