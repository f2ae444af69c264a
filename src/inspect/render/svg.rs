//! Drawings as SVG that stands alone: no script, no font and no picture from outside.
//!
//! ```text
//! ┌ f, line 3 ───┐        ┌ list      (2)┐        ┌ int  (1)┐
//! │ a          ●─┼───────▶│ 0x...        │   ┌───▶│ 0x...   │
//! │ b          ●─┼──┐     │ [0]        ●─┼───┘    │ 1000    │
//! └──────────────┘  └─────▶ ...
//! ```
//!
//! A box has a head (type, address, count) in the colour of its generation, and a line for each reference, where an arrow
//! begins. Frames have the same shape in blue.

use super::layout::{Drawing, lay_out};
use super::text::{render as render_text, shortened};
use crate::inspect::{Edge, Graph, Mark, Node, NodeKind, Report};

/// The width of a character of the main size.
const CHARACTER: f64 = 7.3;
/// The height of a line of a box.
const LINE: f64 = 19.0;
/// The height of an object's head, which has an address below the type.
const HEAD: f64 = 36.0;
/// Around everything.
const MARGIN: f64 = 24.0;
/// No text of a box is longer.
const MOST_CHARACTERS: usize = 34;
/// But those of roots, which are all that there is to them.
const MOST_OF_ROOT: usize = 60;
const FONT: &str = "'DejaVu Sans Mono', Menlo, Consolas, monospace";

/// A report as SVG: its drawing, or its table where it has none.
pub fn render(report: &Report) -> String {
    match &report.graph {
        Some(graph) => render_graph(&report.title, graph),
        None => render_table(report),
    }
}

/// A drawing as SVG.
pub fn render_graph(title: &str, graph: &Graph) -> String {
    let drawing = lay_out(graph, &|node| size_of(graph, node));
    let top = if title.is_empty() { MARGIN } else { MARGIN + 28.0 };
    let legend = legend(graph);
    let width =
        (drawing.width + 40.0).max(LEGEND_WIDTH).max(title.chars().count() as f64 * 9.0) + 2.0 * MARGIN;
    let legend_top = top + drawing.height + 34.0;
    let lines = graph.left_out.len() + marks(graph).len().min(1);
    let height = legend_top + 20.0 + 18.0 * lines as f64 + MARGIN;
    let mut out = opening(width, height);
    if !title.is_empty() {
        text(&mut out, MARGIN, MARGIN + 10.0, "font-size=\"15\" font-weight=\"bold\"", title);
    }
    out.push_str(&format!("<g transform=\"translate({MARGIN} {top})\">\n"));
    write_edges(&mut out, graph, &drawing);
    for (node, place) in graph.nodes.iter().zip(&drawing.boxes) {
        write_box(&mut out, graph, node, *place);
    }
    write_dots(&mut out, graph, &drawing);
    out.push_str("</g>\n");
    out.push_str(&format!("<g transform=\"translate({MARGIN} {legend_top})\">\n{legend}</g>\n</svg>\n"));
    out
}

fn opening(width: f64, height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"{FONT}\" font-size=\"12\">\n\
         <defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto-start-reverse\"><path d=\"M0 1 L9.5 5 L0 9 z\" fill=\"#37474f\"/></marker></defs>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    )
}

/// The lines of a box: those with arrows, by the number of their edge, and others.
fn lines<'a>(graph: &'a Graph, node: &'a Node) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let edges = graph.edges.iter().enumerate().filter(|(_, edge)| edge.from == node.id);
    let edges: Vec<(usize, &Edge)> = edges.collect();
    if node.kind == NodeKind::Object && shows_value(node, !edges.is_empty()) {
        lines.push(Line::Value(&node.label));
    }
    // A root is its one line.
    if node.kind != NodeKind::Root {
        lines.extend(edges.into_iter().map(|(index, edge)| Line::Reference(index, &edge.label)));
    }
    lines.extend(node.lines.iter().map(|line| Line::Remark(line)));
    lines
}

enum Line<'a> {
    Value(&'a str),
    Reference(usize, &'a str),
    Remark(&'a str),
}

/// The value of a container is what its arrows lead to; that of an instance says nothing but its address.
fn shows_value(node: &Node, has_arrows: bool) -> bool {
    let is_container = node.label.starts_with(['[', '(', '{']);
    let is_place = node.label.ends_with(&format!("{:#x}", node.id));
    !(is_place || is_container && has_arrows)
}

fn head_of(node: &Node) -> f64 {
    if node.kind == NodeKind::Object { HEAD } else { LINE + 5.0 }
}

fn size_of(graph: &Graph, node: &Node) -> [f64; 2] {
    let lines = lines(graph, node);
    let longest = |line: &Line<'_>| match line {
        Line::Value(text) | Line::Remark(text) => text.chars().count(),
        Line::Reference(_, text) => text.chars().count() + 3,
    };
    let head = match node.kind {
        NodeKind::Object => {
            (node.type_name.chars().count() + count_of(node).len() + 3).max(address_of(node).len())
        }
        NodeKind::Frame => node.label.chars().count(),
        NodeKind::Root => node.label.chars().count().min(MOST_OF_ROOT) + 2,
    };
    let characters = lines.iter().map(longest).chain([head, 9]).max().unwrap_or(0).min(MOST_CHARACTERS);
    let characters = if node.kind == NodeKind::Root { head.max(9) } else { characters };
    let padding = if lines.is_empty() { 0.0 } else { 6.0 };
    [characters as f64 * CHARACTER + 20.0, head_of(node) + lines.len() as f64 * LINE + padding]
}

fn count_of(node: &Node) -> String {
    node.count.map(|count| count.to_string()).unwrap_or_default()
}

fn address_of(node: &Node) -> String {
    format!("{:#x}", node.id)
}

fn write_box(out: &mut String, graph: &Graph, node: &Node, [x, y, width, height]: [f64; 4]) {
    let (border, thickness, dashes) = border(node.mark);
    let head = head_of(node);
    let colour = match node.kind {
        NodeKind::Object => generation_colour(node.generation),
        NodeKind::Frame => "#cfe0f5",
        NodeKind::Root => "#e6e6ee",
    };
    out.push_str(&format!(
        "<g><title>{}</title>\n<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"5\" fill=\"white\"/>\n",
        escaped(&format!("{} {}", node.type_name, node.label))
    ));
    let lines = lines(graph, node);
    out.push_str(&head_shape(x, y, width, head, lines.is_empty(), colour));
    out.push_str(&format!(
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"5\" fill=\"none\" stroke=\"{border}\" stroke-width=\"{thickness}\"{dashes}/>\n"
    ));
    write_head(out, node, [x, y, width, head]);
    for (index, line) in lines.iter().enumerate() {
        let baseline = y + head + 3.0 + LINE * index as f64 + 13.0;
        let (style, content) = match line {
            Line::Value(value) => ("font-weight=\"bold\"", value),
            Line::Reference(_, label) => ("", label),
            Line::Remark(remark) if !remark.starts_with('…') => ("", remark),
            Line::Remark(remark) => ("fill=\"#78909c\" font-style=\"italic\"", remark),
        };
        text(out, x + 9.0, baseline, style, &shortened(content, MOST_CHARACTERS));
    }
    out.push_str("</g>\n");
}

/// A coloured head with the round corners of its box.
fn head_shape(x: f64, y: f64, width: f64, height: f64, alone: bool, colour: &str) -> String {
    if alone {
        return format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"5\" fill=\"{colour}\"/>\n"
        );
    }
    let (right, bottom) = (x + width, y + height);
    format!(
        "<path d=\"M{x:.1} {bottom:.1} V{:.1} Q{x:.1} {y:.1} {:.1} {y:.1} H{:.1} Q{right:.1} {y:.1} {right:.1} {:.1} V{bottom:.1} z\" fill=\"{colour}\"/>\n",
        y + 5.0,
        x + 5.0,
        right - 5.0,
        y + 5.0
    )
}

fn write_head(out: &mut String, node: &Node, [x, y, width, head]: [f64; 4]) {
    if node.kind != NodeKind::Object {
        let style = if node.kind == NodeKind::Frame { "font-weight=\"bold\"" } else { "" };
        let most = if node.kind == NodeKind::Root { MOST_OF_ROOT } else { MOST_CHARACTERS };
        text(out, x + 9.0, y + head / 2.0 + 4.0, style, &shortened(&node.label, most));
        return;
    }
    text(out, x + 9.0, y + 15.0, "", &shortened(&node.type_name, MOST_CHARACTERS));
    text(out, x + 9.0, y + 29.0, "font-size=\"9.5\" fill=\"#607d8b\"", &address_of(node));
    let count = count_of(node);
    if !count.is_empty() {
        let pill = count.len() as f64 * CHARACTER + 10.0;
        let left = x + width - pill - 5.0;
        out.push_str(&format!(
            "<rect x=\"{left:.1}\" y=\"{:.1}\" width=\"{pill:.1}\" height=\"17\" rx=\"8.5\" fill=\"#37474f\"/>\n",
            y + 4.0
        ));
        let style = "fill=\"white\" font-weight=\"bold\" text-anchor=\"middle\"";
        text(out, left + pill / 2.0, y + 16.5, style, &count);
    }
}

fn border(mark: Mark) -> (&'static str, f64, &'static str) {
    match mark {
        Mark::None => ("#78909c", 1.2, ""),
        Mark::Subject => ("#1565c0", 2.8, ""),
        Mark::Shared => ("#2e7d32", 2.8, ""),
        Mark::New => ("#ef6c00", 2.8, ""),
        Mark::Garbage => ("#c62828", 2.0, " stroke-dasharray=\"6 3\""),
    }
}

/// The colour of a generation.
pub fn generation_colour(generation: Option<u8>) -> &'static str {
    match generation {
        None => "#eceff1",
        Some(0) => "#c8e6c9",
        Some(1) => "#fff0b3",
        Some(2) => "#ffd0b0",
        Some(_) => "#d9cdee",
    }
}

/// Where the arrow of an edge begins: at the line that stands for it.
fn start(graph: &Graph, drawing: &Drawing, edge: usize) -> Option<([f64; 4], f64)> {
    let index = graph.nodes.iter().position(|node| node.id == graph.edges[edge].from)?;
    let (node, place) = (&graph.nodes[index], drawing.boxes[index]);
    let lines = lines(graph, node);
    let line = lines.iter().position(|line| matches!(line, Line::Reference(of, _) if *of == edge));
    let y = match line {
        Some(line) => place[1] + head_of(node) + 3.0 + LINE * (line as f64 + 0.5),
        None => place[1] + head_of(node) / 2.0,
    };
    Some((place, y))
}

/// Where it ends: at the head.
fn end(graph: &Graph, drawing: &Drawing, edge: usize) -> Option<([f64; 4], f64)> {
    let index = graph.nodes.iter().position(|node| node.id == graph.edges[edge].to)?;
    let place = drawing.boxes[index];
    Some((place, place[1] + head_of(&graph.nodes[index]) / 2.0))
}

fn write_edges(out: &mut String, graph: &Graph, drawing: &Drawing) {
    for (index, edge) in graph.edges.iter().enumerate() {
        let Some((from, y)) = start(graph, drawing, index) else { continue };
        let Some((to, end_y)) = end(graph, drawing, index) else { continue };
        let right =
            |id: usize| drawing.rights[graph.nodes.iter().position(|node| node.id == id).unwrap_or(0)];
        let path = match drawing.goes_back[index] {
            true => path_back(from, y, &drawing.bends[index], to, end_y, [right(edge.from), right(edge.to)]),
            false => {
                let bends: Vec<[f64; 2]> =
                    [[right(edge.from), y]].into_iter().chain(drawing.bends[index].iter().copied()).collect();
                path_forward(from[0] + from[2] - 9.0, y, &bends, to[0] - 1.0, end_y)
            }
        };
        let dashes = if edge.counted { "" } else { " stroke-dasharray=\"5 4\"" };
        out.push_str(&format!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"#37474f\" stroke-width=\"1.3\"{dashes} marker-end=\"url(#arrow)\"/>\n"
        ));
    }
}

/// From left to right through the bends, level at every point.
fn path_forward(x: f64, y: f64, bends: &[[f64; 2]], end_x: f64, end_y: f64) -> String {
    let mut path = format!("M{x:.1} {y:.1}");
    let (mut at_x, mut at_y) = (x, y);
    for &[to_x, to_y] in bends.iter().chain([&[end_x, end_y]]) {
        if (to_y - at_y).abs() < 0.5 {
            path.push_str(&format!(" L{to_x:.1} {to_y:.1}"));
        } else {
            let half = (to_x - at_x) / 2.0;
            let (first, second) = (at_x + half, to_x - half);
            path.push_str(&format!(" C{first:.1} {at_y:.1} {second:.1} {to_y:.1} {to_x:.1} {to_y:.1}"));
        }
        (at_x, at_y) = (to_x, to_y);
    }
    path
}

/// Around the right side of both boxes where they stand in one column; else out at the left side, through the bends, and
/// level into the other column. `rights` are where the columns of both end.
fn path_back(
    from: [f64; 4],
    y: f64,
    bends: &[[f64; 2]],
    to: [f64; 4],
    end_y: f64,
    [right, end_right]: [f64; 2],
) -> String {
    let end_x = to[0] + to[2] + 1.0;
    if end_x < from[0] {
        // The last step goes to the left, as the arrowhead does.
        let last = [end_right.max(end_x + 10.0), end_y];
        let bends: Vec<[f64; 2]> = bends.iter().copied().chain([last]).collect();
        return path_forward(from[0] + 4.0, y, &bends, end_x, end_y);
    }
    let (x, out) = (from[0] + from[2] - 9.0, right + 42.0);
    format!(
        "M{x:.1} {y:.1} H{right:.1} C{out:.1} {y:.1} {out:.1} {end_y:.1} {right:.1} {end_y:.1} H{end_x:.1}"
    )
}

/// A dot where each arrow begins.
fn write_dots(out: &mut String, graph: &Graph, drawing: &Drawing) {
    for index in 0..graph.edges.len() {
        let (Some((from, y)), Some((to, _))) = (start(graph, drawing, index), end(graph, drawing, index))
        else {
            continue;
        };
        let leaves_left = drawing.goes_back[index] && to[0] + to[2] + 1.0 < from[0];
        let x = if leaves_left { from[0] + 4.0 } else { from[0] + from[2] - 9.0 };
        let right = from[0] + from[2];
        if !leaves_left {
            out.push_str(&format!(
                "<path d=\"M{x:.1} {y:.1} H{right:.1}\" stroke=\"#37474f\" stroke-width=\"1.3\"/>"
            ));
        }
        out.push_str(&format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"#37474f\"/>\n"));
    }
}

/// How wide the legend is.
const LEGEND_WIDTH: f64 = 800.0;

fn legend(graph: &Graph) -> String {
    let mut out = String::new();
    let mut x = 0.0;
    let grey = "font-size=\"10.5\" fill=\"#455a64\"";
    let generations = [
        (Some(0), "generation 0"),
        (Some(1), "generation 1"),
        (Some(2), "generation 2"),
        (Some(3), "frozen"),
        (None, "not tracked"),
    ];
    for (generation, name) in generations {
        let colour = generation_colour(generation);
        out.push_str(&format!(
            "<rect x=\"{x:.1}\" y=\"0\" width=\"14\" height=\"12\" rx=\"2\" fill=\"{colour}\" stroke=\"#78909c\"/>\n"
        ));
        text(&mut out, x + 19.0, 10.0, grey, name);
        x += 30.0 + name.len() as f64 * 6.5;
    }
    out.push_str(&format!(
        "<rect x=\"{x:.1}\" y=\"-1\" width=\"18\" height=\"14\" rx=\"7\" fill=\"#37474f\"/>\n"
    ));
    text(&mut out, x + 9.0, 10.0, "font-size=\"10.5\" fill=\"white\" text-anchor=\"middle\"", "n");
    text(&mut out, x + 24.0, 10.0, grey, "reference count");
    x += 135.0;
    out.push_str(&format!(
        "<path d=\"M{x:.1} 6 h26\" stroke=\"#37474f\" stroke-width=\"1.3\" stroke-dasharray=\"5 4\"/>\n"
    ));
    text(&mut out, x + 32.0, 10.0, grey, "does not count");
    legend_of_marks(&mut out, graph);
    for (index, line) in graph.left_out.iter().enumerate() {
        let style = "font-size=\"10.5\" fill=\"#78909c\" font-style=\"italic\"";
        text(
            &mut out,
            0.0,
            34.0 + 18.0 * (index + marks(graph).len().min(1)) as f64,
            style,
            &format!("left out: {line}"),
        );
    }
    out
}

/// The marks that the drawing has.
fn marks(graph: &Graph) -> Vec<(Mark, &'static str)> {
    let all = [
        (Mark::Subject, "asked about"),
        (Mark::Shared, "both lead to it"),
        (Mark::New, "only the second leads to it"),
        (Mark::Garbage, "garbage"),
    ];
    all.into_iter().filter(|(mark, _)| graph.nodes.iter().any(|node| node.mark == *mark)).collect()
}

fn legend_of_marks(out: &mut String, graph: &Graph) {
    let mut x = 0.0;
    for (mark, name) in marks(graph) {
        let (colour, thickness, dashes) = border(mark);
        out.push_str(&format!(
            "<rect x=\"{x:.1}\" y=\"24\" width=\"14\" height=\"12\" rx=\"2\" fill=\"white\" stroke=\"{colour}\" stroke-width=\"{thickness}\"{dashes}/>\n"
        ));
        text(out, x + 20.0, 34.0, "font-size=\"10.5\" fill=\"#455a64\"", name);
        x += 36.0 + name.len() as f64 * 6.5;
    }
}

/// A table as lines of text.
fn render_table(report: &Report) -> String {
    let table = render_text(report);
    let lines: Vec<&str> = table.lines().collect();
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let width = longest as f64 * CHARACTER + 2.0 * MARGIN;
    let mut out = opening(width, lines.len() as f64 * 16.0 + 2.0 * MARGIN);
    for (index, line) in lines.iter().enumerate() {
        text(&mut out, MARGIN, MARGIN + 12.0 + 16.0 * index as f64, "xml:space=\"preserve\"", line);
    }
    out.push_str("</svg>\n");
    out
}

fn text(out: &mut String, x: f64, y: f64, style: &str, content: &str) {
    let space = if style.is_empty() { "" } else { " " };
    out.push_str(&format!("<text x=\"{x:.1}\" y=\"{y:.1}\"{space}{style}>{}</text>\n", escaped(content)));
}

/// A text as it may stand in XML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            control if control.is_control() => out.push('·'),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_that_goes_back_ends_to_the_left() {
        let node = |id| Node { id, label: "n".to_owned(), ..Node::default() };
        let edge = |from, to| Edge { from, to, counted: true, ..Edge::default() };
        let graph = Graph {
            nodes: vec![node(16), node(32)],
            edges: vec![edge(16, 32), edge(32, 16)],
            ..Graph::default()
        };
        let svg = render_graph("ring", &graph);
        let back = svg.split("<path d=\"").filter(|path| path.contains("marker-end")).nth(1).unwrap();
        let points: Vec<f64> = back.split('"').next().unwrap().split(' ').map(number).collect();
        let [from, _, to, _] = points[points.len() - 4..] else { panic!("{points:?}") };
        assert!(to < from - 1.0, "{points:?}");
    }

    fn number(word: &str) -> f64 {
        word.trim_start_matches(char::is_alphabetic).parse().unwrap()
    }

    #[test]
    fn a_drawing_stands_alone_and_says_what_it_left_out() {
        let node = |id, label: &str| Node { id, label: label.to_owned(), count: Some(2), ..Node::default() };
        let edge = |counted| Edge { from: 16, to: 32, label: "<a>".to_owned(), counted };
        let graph = Graph {
            nodes: vec![node(16, "[1]"), node(32, "'&'")],
            edges: vec![edge(true), edge(false)],
            left_out: vec!["37 more".to_owned()],
        };
        let svg = render_graph("title", &graph);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert!(svg.contains("left out: 37 more") && svg.contains("&lt;a&gt;") && svg.contains("'&amp;'"));
        assert_eq!(svg.matches("marker-end").count(), 2);
        assert!(!svg.contains("script") && svg.matches("http").count() == 1, "only the name of the language");
    }
}
