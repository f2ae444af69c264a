//! Reports as tables made for reading: columns aligned, numbers at the right, no line wider than a page.

use crate::inspect::{Report, Row};

/// No line is wider, but those that cannot be made narrower.
const WIDTH: usize = 110;
/// What stands between columns.
const GAP: &str = "  ";
/// How far the rows of a row stand to the right.
const INDENT: usize = 2;
/// No column is made narrower than this.
const NARROWEST: usize = 12;

/// The report as text; every line ends in a line feed.
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    write_report(&mut out, report, 0);
    out
}

fn write_report(out: &mut String, report: &Report, depth: usize) {
    let margin = " ".repeat(INDENT * depth.min(8));
    if !report.title.is_empty() {
        push_line(out, &margin, &shortened(&report.title, WIDTH));
    }
    if !report.rows.is_empty() || !report.footers.is_empty() {
        write_table(out, report, &format!("{margin}{GAP}"));
    }
    report.notes.iter().for_each(|note| wrap(out, &margin, note));
    for part in &report.parts {
        out.push('\n');
        write_report(out, part, depth);
    }
}

/// One line of a table, cut into texts.
struct Line {
    texts: Vec<String>,
    at_right: Vec<bool>,
}

fn write_table(out: &mut String, report: &Report, margin: &str) {
    let columns = report.columns.len();
    let mut lines = Vec::new();
    collect_lines(&report.rows, columns, 0, &mut lines);
    let mut footers = Vec::new();
    collect_lines(&report.footers, columns, 0, &mut footers);
    let heads: Vec<String> = report.columns.iter().map(|name| name.replace('_', " ")).collect();
    let widths = widths(&heads, lines.iter().chain(&footers), WIDTH.saturating_sub(margin.len()));
    // A head stands over its numbers.
    let numeric = |column: usize| lines.iter().any(|line| line.at_right[column]);
    let at_right = (0..columns).map(numeric).collect();
    write_line(out, margin, &Line { texts: heads, at_right }, &widths);
    let rule = widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join(GAP);
    push_line(out, margin, &rule);
    lines.iter().for_each(|line| write_line(out, margin, line, &widths));
    if !footers.is_empty() {
        push_line(out, margin, &rule);
        footers.iter().for_each(|line| write_line(out, margin, line, &widths));
    }
}

/// Rows with their own rows behind them; the first text column carries the depth.
fn collect_lines(rows: &[Row], columns: usize, depth: usize, lines: &mut Vec<Line>) {
    for row in rows {
        let mut texts: Vec<String> = (0..columns).map(|column| clean(&row.cell(column).to_text())).collect();
        let at_right: Vec<bool> = (0..columns).map(|column| row.cell(column).is_number()).collect();
        if let Some(first) = (0..columns).find(|column| !at_right[*column] && !texts[*column].is_empty()) {
            texts[first].insert_str(0, &" ".repeat(INDENT * depth));
        }
        lines.push(Line { texts, at_right });
        collect_lines(&row.rows, columns, depth + 1, lines);
    }
}

/// A cell is one line, whatever characters a program's names have.
fn clean(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '·' } else { character }).collect()
}

/// As wide as the widest text of each column; where that is too much in all, the widest ones give way.
fn widths<'a>(heads: &[String], lines: impl Iterator<Item = &'a Line>, room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = heads.iter().map(|head| width_of(head)).collect();
    for line in lines {
        for (width, text) in widths.iter_mut().zip(&line.texts) {
            *width = (*width).max(width_of(text).min(WIDTH));
        }
    }
    let gaps = GAP.len() * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > room
        && let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > NARROWEST)
    {
        *widest -= 1;
    }
    widths
}

fn write_line(out: &mut String, margin: &str, line: &Line, widths: &[usize]) {
    let mut text = String::new();
    for (column, width) in widths.iter().enumerate() {
        if column > 0 {
            text.push_str(GAP);
        }
        let content = shortened(&line.texts[column], *width);
        let padding = " ".repeat(width.saturating_sub(width_of(&content)));
        match line.at_right[column] {
            true => text.extend([padding, content]),
            false => text.extend([content, padding]),
        }
    }
    push_line(out, margin, &text);
}

fn push_line(out: &mut String, margin: &str, text: &str) {
    out.push_str(format!("{margin}{text}").trim_end());
    out.push('\n');
}

fn width_of(text: &str) -> usize {
    text.chars().count()
}

/// At most so many characters, with `…` for what is missing.
pub fn shortened(text: &str, width: usize) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// A note in as many lines as it needs.
fn wrap(out: &mut String, margin: &str, note: &str) {
    let room = WIDTH - margin.len().min(WIDTH / 2);
    let mut line = String::new();
    for word in note.split(' ') {
        if !line.is_empty() && width_of(&line) + 1 + width_of(word) > room {
            push_line(out, margin, &line);
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    push_line(out, margin, &line);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::Cell;

    #[test]
    fn numbers_stand_at_the_right_and_long_texts_are_cut() {
        let mut report = Report::new("test", "a table", &["count", "where_it_is"]);
        report.row([Cell::Integer(7), "list 0x10[2]".into()]);
        let mut long = Row::new([Cell::Integer(1200), "x".repeat(300).into()]);
        long.rows.push(Row::new([Cell::Nothing, "inner".into()]));
        report.push(long);
        report.footer([Cell::Integer(1207), Cell::Text("in all".to_owned())]);
        let text = render(&report);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "a table");
        assert_eq!(lines[1], "  count  where it is");
        assert_eq!(lines[3], "      7  list 0x10[2]");
        assert!(lines[4].starts_with("   1200  xxx") && lines[4].ends_with("x…"), "{}", lines[4]);
        assert_eq!(lines[5], "           inner");
        assert_eq!(lines[7], "   1207  in all");
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH));
    }

    #[test]
    fn a_note_is_broken_between_words() {
        let mut report = Report::new("test", "", &[]);
        report.note("word ".repeat(40));
        let text = render(&report);
        assert_eq!(text.lines().count(), 2);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH && line.starts_with("word")));
    }
}
