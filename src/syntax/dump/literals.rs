//! Operators by the names of their classes, and constants as `repr` writes them.

use super::*;

pub(super) fn operator(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "Add",
        Operator::Sub => "Sub",
        Operator::Mult => "Mult",
        Operator::MatMult => "MatMult",
        Operator::Div => "Div",
        Operator::Mod => "Mod",
        Operator::Pow => "Pow",
        Operator::LShift => "LShift",
        Operator::RShift => "RShift",
        Operator::BitOr => "BitOr",
        Operator::BitXor => "BitXor",
        Operator::BitAnd => "BitAnd",
        Operator::FloorDiv => "FloorDiv",
    }
}

pub(super) fn unary_operator(operator: UnaryOperator) -> &'static str {
    match operator {
        UnaryOperator::Invert => "Invert",
        UnaryOperator::Not => "Not",
        UnaryOperator::UAdd => "UAdd",
        UnaryOperator::USub => "USub",
    }
}

pub(super) fn comparison(operator: CompareOperator) -> &'static str {
    match operator {
        CompareOperator::Eq => "Eq",
        CompareOperator::NotEq => "NotEq",
        CompareOperator::Lt => "Lt",
        CompareOperator::LtE => "LtE",
        CompareOperator::Gt => "Gt",
        CompareOperator::GtE => "GtE",
        CompareOperator::Is => "Is",
        CompareOperator::IsNot => "IsNot",
        CompareOperator::In => "In",
        CompareOperator::NotIn => "NotIn",
    }
}

pub(super) fn constant(value: &ConstantValue) -> String {
    match value {
        ConstantValue::None => "None".to_owned(),
        ConstantValue::True => "True".to_owned(),
        ConstantValue::False => "False".to_owned(),
        ConstantValue::Ellipsis => "Ellipsis".to_owned(),
        ConstantValue::Integer(IntegerLiteral::Small(small)) => small.to_string(),
        ConstantValue::Integer(IntegerLiteral::Big(big)) => big.to_string(),
        ConstantValue::Float(float) => float_literal(*float, true),
        ConstantValue::Imaginary(float) => format!("{}j", float_literal(*float, false)),
        ConstantValue::Text(text) => text_literal(text.chars().map(u32::from)),
        ConstantValue::WideText(codes) => text_literal(codes.iter().copied()),
        ConstantValue::Bytes(bytes) => bytes_literal(bytes),
    }
}

/// The shortest digits that read back, in Python's layout; `point` asks for a `.0` on whole numbers.
fn float_literal(float: f64, point: bool) -> String {
    if float.is_infinite() {
        return "inf".to_owned();
    }
    let scientific = format!("{float:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.abs());
    }
    let plain = format!("{float}");
    if point && !plain.contains('.') { format!("{plain}.0") } else { plain }
}

fn quote_for(has_single: bool, has_double: bool) -> char {
    if has_single && !has_double { '"' } else { '\'' }
}

pub(in crate::syntax) fn text_literal(codes: impl Iterator<Item = u32> + Clone) -> String {
    let has = |wanted: char| codes.clone().any(|code| code == u32::from(wanted));
    let quote = quote_for(has('\''), has('"'));
    let mut out = String::from(quote);
    for code in codes {
        match char::from_u32(code) {
            Some(character) if character == quote || character == '\\' => out.extend(['\\', character]),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(character) if character == ' ' || crate::syntax::layout::is_printable(character) => {
                out.push(character)
            }
            _ if code < 0x100 => out.push_str(&format!("\\x{code:02x}")),
            _ if code < 0x10000 => out.push_str(&format!("\\u{code:04x}")),
            _ => out.push_str(&format!("\\U{code:08x}")),
        }
    }
    out.push(quote);
    out
}

fn bytes_literal(bytes: &[u8]) -> String {
    let quote = quote_for(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut out = format!("b{quote}");
    for byte in bytes {
        match char::from(*byte) {
            character if character == quote || character == '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            character @ ' '..='~' => out.push(character),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(quote);
    out
}
