//! Expressions of those who ask: cut apart, evaluated in a namespace, so that nothing of the evaluation is left.

use crate::compile::Mode;
use crate::modules::source;
use crate::object::{ObjectRef, Ref};
use crate::runtime::{Interpreter, Outcome};
use crate::syntax;
use crate::syntax::classes::{WordClass, words};
use crate::types::support::text_ref;
use crate::values::dict::Dict;

/// The value of an expression. A name is looked up without running anything, so that no life that is watched shows it.
///
/// # Errors
/// What the expression raises.
pub fn evaluate(cx: &Interpreter, namespace: &Ref<Dict>, text: &str, file: &str) -> Outcome<ObjectRef> {
    if let Some(found) = named(cx, namespace, text) {
        return Ok(found);
    }
    let code = source::compile_source(cx, text.trim(), file, Mode::Expression)?;
    crate::vm::run_code(cx, &code, namespace, None)
}

/// What a plain name stands for. The text is not interned: asking leaves nothing behind.
fn named(cx: &Interpreter, namespace: &Dict, text: &str) -> Option<ObjectRef> {
    let found = words(text);
    let [word] = found.as_slice() else { return None };
    if word.class != WordClass::Name {
        return None;
    }
    let name = cx.new_text(word.text(text)).ok().and_then(|name| text_ref(&name))?;
    namespace.get_text(&name).or_else(|| cx.builtins.get_text(&name))
}

/// The parts between the commas that stand in no bracket, or where there are none, two expressions side by side.
pub fn parts(text: &str) -> Vec<String> {
    let (mut depth, mut start, mut parts) = (0usize, 0, Vec::new());
    for word in words(text) {
        match word.text(text) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                parts.push(text[start..word.range.start].trim().to_owned());
                start = word.range.end;
            }
            _ => {}
        }
    }
    let rest = text[start..].trim();
    if !parts.is_empty() {
        parts.extend((!rest.is_empty()).then(|| rest.to_owned()));
        return parts;
    }
    side_by_side(rest).unwrap_or_else(|| vec![rest.to_owned()])
}

/// Two expressions with a blank between them.
fn side_by_side(text: &str) -> Option<Vec<String>> {
    let is_expression = |text: &str| !text.trim().is_empty() && syntax::parse_expression(text).is_ok();
    if is_expression(text) {
        return None;
    }
    let blanks = text.char_indices().filter(|(_, character)| character.is_whitespace());
    let halves = blanks.map(|(at, _)| (text[..at].trim(), text[at..].trim()));
    let found = halves.into_iter().find(|(left, right)| is_expression(left) && is_expression(right));
    found.map(|(left, right)| vec![left.to_owned(), right.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn expressions_are_cut_at_commas_or_blanks() {
        for (text, wanted) in [
            ("a, b", &["a", "b"][..]),
            ("a b", &["a", "b"]),
            ("f(1, 2), [3, 4]", &["f(1, 2)", "[3, 4]"]),
            ("a[0] b[1]", &["a[0]", "b[1]"]),
            ("'a, b' c", &["'a, b'", "c"]),
            ("x if y else z w", &["x if y else z", "w"]),
            ("a - b", &["a - b"]),
            ("a", &["a"]),
            ("a,", &["a"]),
            ("", &[""]),
            ("a b c", &["a b c"]),
        ] {
            assert_eq!(parts(text), wanted, "{text}");
        }
    }
}
