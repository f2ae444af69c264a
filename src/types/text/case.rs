//! Methods of `str` about the case and the kind of characters.

// unsafe is allowed here: only what `layout!` and `fields_lifecycle!` expand to
#![deny(unsafe_code)]

use super::storage::each_width;
use super::text_of;
use crate::object::Object;
use crate::runtime::{Interpreter, Outcome};
use crate::values::characters;
use crate::values::characters::{every, text_is_identifier, text_is_lower, text_is_title, text_is_upper};
use crate::values::text::Text;

/// Applies a mapping of ASCII bytes, which knows whether the character before was a letter.
fn map_ascii(cx: &Interpreter, bytes: &[u8], mut each: impl FnMut(u8) -> u8) -> Outcome {
    match bytes {
        [] => Ok(cx.empty_text.clone().into_object()),
        &[only] => cx.new_character(u32::from(each(only))),
        _ => {
            let mapped = bytes.iter().map(|&byte| each(byte));
            Ok(Text::from_ascii_characters(&cx.types.str, bytes.len(), mapped)?.into_object())
        }
    }
}

macro_rules! mappings {
    ($($(#[$meta:meta])* $name:ident $general:path, |$bytes:ident, $cx:ident| $ascii:expr;)*) => {
        $(
            $(#[$meta])*
            pub fn $name($cx: &Interpreter, object: &Object) -> Outcome {
                let text = text_of(object);
                if let Some($bytes) = text.as_ascii() {
                    return $ascii;
                }
                let mapped = each_width!(text.as_slice(), units => $general(units, &mut || $cx.poll()))?;
                $cx.new_text_from_code_points(&mapped)
            }
        )*
    };
}

mappings! {
    /// `str.upper`
    upper characters::upper, |bytes, cx| map_ascii(cx, bytes, |byte| byte.to_ascii_uppercase());
    /// `str.lower`
    lower characters::lower, |bytes, cx| map_ascii(cx, bytes, |byte| byte.to_ascii_lowercase());
    /// `str.casefold`
    casefold characters::case_fold, |bytes, cx| map_ascii(cx, bytes, |byte| byte.to_ascii_lowercase());
    /// `str.swapcase`
    swapcase characters::swap_case, |bytes, cx| map_ascii(cx, bytes, swapped);
    /// `str.title`
    title characters::title, |bytes, cx| {
        let mut after_letter = false;
        map_ascii(cx, bytes, |byte| titled(byte, &mut after_letter))
    };
    /// `str.capitalize`
    capitalize characters::capitalize, |bytes, cx| {
        let mut first = true;
        map_ascii(cx, bytes, |byte| {
            if std::mem::take(&mut first) { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() }
        })
    };
}

/// The other case of an ASCII letter.
pub fn swapped(byte: u8) -> u8 {
    if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { byte }
}

/// Upper case where no letter stands before.
pub fn titled(byte: u8, after_letter: &mut bool) -> u8 {
    let mapped = if *after_letter { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
    *after_letter = byte.is_ascii_alphabetic();
    mapped
}

macro_rules! predicates {
    ($($name:ident |$units:ident| $test:expr;)*) => {
        $(
            #[doc = concat!("`str.", stringify!($name), "`")]
            pub fn $name(cx: &Interpreter, object: &Object) -> Outcome {
                let answer = each_width!(text_of(object).as_slice(), $units => $test);
                Ok(cx.new_bool(answer))
            }
        )*
    };
}

predicates! {
    islower |units| text_is_lower(units);
    isupper |units| text_is_upper(units);
    istitle |units| text_is_title(units);
    isspace |units| every(units, characters::is_space);
    isdecimal |units| every(units, characters::is_decimal);
    isdigit |units| every(units, characters::is_digit);
    isnumeric |units| every(units, characters::is_numeric);
    isalpha |units| every(units, characters::is_alpha);
    isalnum |units| every(units, characters::is_alnum);
    isidentifier |units| text_is_identifier(units);
    isprintable |units| units.is_empty() || every(units, characters::is_printable);
}

/// `str.isascii`
pub fn isascii(cx: &Interpreter, object: &Object) -> Outcome {
    Ok(cx.new_bool(text_of(object).is_ascii()))
}
