//! `"... %s ..." % (a, b)` with a tuple written on the spot becomes the f-string that says the same, as in CPython: no
//! tuple is made, so nothing but the registers counts what is shown.

use crate::syntax::ast::{Constant, Context, Conversion, Expr, ExprKind, Operator};

/// Widths and precisions of more digits are left to run time.
const DIGITS: usize = 3;

/// A part of the f-string. What is shown stays where it is in the tree: scopes are found by the nodes themselves.
pub(super) enum Piece<'a> {
    /// Text as it stands.
    Text(String),
    /// A value, how it is converted, and its format.
    Value(&'a Expr, Conversion, String),
}

/// The parts of the f-string; none where the text asks for more than `str`, `repr` and `ascii`, or the tuple does not fit.
pub(super) fn pieces<'a>(left: &Expr, op: Operator, right: &'a Expr) -> Option<Vec<Piece<'a>>> {
    let (Operator::Mod, ExprKind::Constant { value: Constant::Text(format), .. }) = (op, &left.kind) else {
        return None;
    };
    let ExprKind::Tuple { elts, ctx: Context::Load } = &right.kind else { return None };
    let is_constant = |item: &Expr| matches!(item.kind, ExprKind::Constant { .. });
    let is_starred = |item: &Expr| matches!(item.kind, ExprKind::Starred { .. });
    if elts.iter().all(is_constant) || elts.iter().any(is_starred) {
        return None;
    }
    let (mut pieces, mut items, mut rest) = (Vec::new(), elts.iter(), &**format);
    loop {
        let (literal, behind) = literal(rest);
        if !literal.is_empty() {
            pieces.push(Piece::Text(literal));
        }
        if behind.is_empty() {
            break;
        }
        let (conversion, spec, behind) = directive(&behind[1..])?;
        pieces.push(Piece::Value(items.next()?, conversion, spec));
        rest = behind;
    }
    items.next().is_none().then_some(pieces)
}

/// The text up to the next directive, `%%` being a percent sign, and what comes from the directive on.
fn literal(text: &str) -> (String, &str) {
    let (mut literal, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('%') {
        literal.push_str(&rest[..at]);
        if !rest[at + 1..].starts_with('%') {
            return (literal, &rest[at..]);
        }
        literal.push('%');
        rest = &rest[at + 2..];
    }
    literal.push_str(rest);
    (literal, "")
}

/// What stands behind a percent sign: the conversion, the format it comes to, and the rest.
fn directive(text: &str) -> Option<(Conversion, String, &str)> {
    let behind = text.trim_start_matches(['-', '+', ' ', '#', '0']);
    let is_left = text[..text.len() - behind.len()].contains('-');
    let (width, mut behind) = digits(behind)?;
    let mut precision = None;
    if let Some(point) = behind.strip_prefix('.') {
        let (number, after) = digits(point)?;
        (precision, behind) = (Some(number.parse::<u32>().unwrap_or(0)), after);
    }
    let conversion = match behind.chars().next()? {
        's' => Conversion::Str,
        'r' => Conversion::Repr,
        'a' => Conversion::Ascii,
        _ => return None,
    };
    let mut spec = String::new();
    if !width.is_empty() {
        let width = width.parse::<u32>().ok()?;
        spec = format!("{}{width}", if is_left || width == 0 { "" } else { ">" });
    }
    if let Some(precision) = precision {
        spec += &format!(".{precision}");
    }
    Some((conversion, spec, &behind[1..]))
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    (end <= DIGITS).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::{directive, literal};
    use crate::syntax::ast::Conversion;

    #[test]
    fn percent_signs_stand_for_themselves() {
        assert_eq!(literal("a%%b%sc"), ("a%b".to_owned(), "%sc"));
        assert_eq!(literal("100%%"), ("100%".to_owned(), ""));
    }

    #[test]
    fn directives_become_formats() {
        assert_eq!(directive("s rest"), Some((Conversion::Str, String::new(), " rest")));
        assert_eq!(directive("-5.2r"), Some((Conversion::Repr, "5.2".to_owned(), "")));
        assert_eq!(directive("12a"), Some((Conversion::Ascii, ">12".to_owned(), "")));
        assert_eq!(directive("d"), None);
        assert_eq!(directive("1234s"), None);
        assert_eq!(directive("*s"), None);
    }
}
