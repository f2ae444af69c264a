//! Characters by their names in the Unicode database: `\N{EURO SIGN}`.
//!
//! The table's crate matches as loosely as the standard allows (`eurosign`); CPython folds case and no more, so a
//! name that is found is compared with the character's own. What has another name was found by an alias.

/// The character of that name or alias, in any case.
pub fn character_named(name: &str) -> Option<char> {
    let found = unicode_names2::character(name)?;
    let loose = |text: &str| -> String {
        let kept = text.chars().filter(|letter| letter.is_ascii_alphanumeric());
        kept.map(|letter| letter.to_ascii_uppercase()).collect()
    };
    let Some(own) = unicode_names2::name(found).map(|own| own.to_string()) else { return Some(found) };
    (own.eq_ignore_ascii_case(name) || loose(&own) != loose(name)).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::character_named;

    #[test]
    fn names_in_any_case_but_not_loosely() {
        assert_eq!(character_named("EURO SIGN"), Some('€'));
        assert_eq!(character_named("euro Sign"), Some('€'));
        assert_eq!(character_named("eurosign"), None);
        assert_eq!(character_named("CJK UNIFIED IDEOGRAPH-8000"), Some('\u{8000}'));
        assert_eq!(character_named("HANGUL SYLLABLE GAG"), Some('각'));
        assert_eq!(character_named("no such thing"), None);
    }

    #[test]
    fn aliases() {
        assert_eq!(character_named("NULL"), Some('\0'));
        assert_eq!(character_named("line feed"), Some('\n'));
        assert_eq!(character_named("LATIN CAPITAL LETTER GHA"), Some('\u{1a2}'));
    }
}
