//! The line of carets under a source line.

use crate::bytecode::Location;
use crate::syntax::ast::{Expr, ExprKind, StmtKind};
use crate::syntax::parse_module;

/// Where the operator of the marked expression stands, in characters of the line.
struct Anchors {
    left: usize,
    right: usize,
}

/// The carets, or none where they would cover the whole line.
pub fn line(source: &str, location: &Location) -> Option<String> {
    if location.line == 0 {
        return None;
    }
    let total = source.chars().count();
    let indent = source.chars().take_while(|it| matches!(it, ' ' | '\t' | '\u{c}')).count();
    let start = characters(source, location.column);
    let (mut end, mut anchors) = (characters(source, location.end_column), None);
    if location.line == location.end_line {
        anchors = find_anchors(source, start, end);
    } else {
        end = source.trim_end_matches([' ', '\t', '\u{c}']).chars().count();
    }
    if end <= start || end - start == total - indent && anchors.is_none() {
        return None;
    }
    let mut out = " ".repeat(4 + start.saturating_sub(indent));
    for offset in start..end {
        out.push(match &anchors {
            None => '^',
            Some(anchors) if (anchors.left..anchors.right).contains(&offset) => '^',
            Some(_) => '~',
        });
    }
    out.push('\n');
    Some(out)
}

/// A byte column as a number of characters.
fn characters(source: &str, column: u32) -> usize {
    let column = (column as usize).min(source.len());
    source.char_indices().take_while(|(at, _)| *at < column).count()
}

fn find_anchors(source: &str, start: usize, end: usize) -> Option<Anchors> {
    let segment: String = source.chars().take(end).skip(start).collect();
    let module = parse_module(&segment).ok()?;
    let [statement] = module.body.as_slice() else { return None };
    let StmtKind::Expr { value: expression } = &statement.kind else { return None };
    let (left, right) = anchors_of(&segment, expression)?;
    Some(Anchors {
        left: start + characters(&segment, left as u32),
        right: start + characters(&segment, right as u32),
    })
}

/// The bytes of the segment that the operator takes.
fn anchors_of(segment: &str, expression: &Expr) -> Option<(usize, usize)> {
    match &expression.kind {
        ExprKind::BinOp { left, right, .. } => {
            operator(segment, left.range.end_column as usize, right.range.column as usize)
        }
        ExprKind::Subscript { value, slice, .. } => {
            Some((value.range.end_column as usize, slice.range.end_column as usize + 1))
        }
        _ => None,
    }
}

/// The operator between two operands, which may stand in parentheses.
fn operator(segment: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let bytes = segment.as_bytes();
    let is_blank = |at: usize| bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\t' | 0x0c));
    let at = (from..to).find(|at| !is_blank(*at))?;
    let is_long = at + 1 < to && !is_blank(at + 1);
    Some((at, at + 1 + usize::from(is_long)))
}
