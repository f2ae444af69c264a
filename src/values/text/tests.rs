use super::*;
use crate::values::testing::{Kinds, fake_type, in_space};
use proptest::prelude::*;

fn size_of_text(text: &Ref<Text>) -> usize {
    // SAFETY: it is a string.
    unsafe { size(text.pointer()) }
}

fn string(text: &Text) -> Vec<u32> {
    text.as_slice().iter().collect()
}

#[test]
fn sizes_and_hashes_are_those_of_the_reference() {
    in_space(|kinds| {
        for (text, bytes, hash) in [
            ("", 49, 0),
            ("a", 50, 4644417185603328019),
            ("abc", 52, -4594863902769663758),
            ("é", 74, 6047309291227476195),
            ("naïve", 78, 7682306841811832039),
            ("€", 76, -5529981157763016009),
            ("日本語", 80, 7116994712188270),
            ("😀", 80, -3536540696076613844),
            ("a😀", 84, -6970120874385731343),
        ] {
            let text = kinds.text(text);
            assert_eq!((size_of_text(&text), text.hash()), (bytes, hash));
        }
    });
}

#[test]
fn a_subclass_keeps_its_characters_apart() {
    in_space(|_| {
        let lifecycle = lifecycle();
        lifecycle.dealloc.set(crate::object::dealloc_plain);
        let kind = fake_type(lifecycle);
        let text = Text::with_extra(kind, TextSlice::Latin1("abc".as_bytes()), 8).unwrap();
        assert_eq!((text.as_str(), size_of_text(&text)), (Some("abc"), 84));
    });
}

#[test]
fn surrogates_stand_alone() {
    in_space(|kinds| {
        let text = Text::from_code_points(kinds.text, &[0xd800, 0x41]).unwrap();
        assert_eq!(
            (string(&text), text.to_rust_string_lossy()),
            (vec![0xd800, 0x41], "\u{10f800}A".to_owned())
        );
        assert_eq!(
            "\u{10f800}A\u{10ffff}".chars().map(stands_for).collect::<Vec<_>>(),
            [Some(0xd800), None, Some(0xdfff)]
        );
    });
}

#[test]
fn appending_in_place_happens_only_unseen() {
    in_space(|kinds| {
        let more = kinds.text("def");
        let text = Text::try_append_in_place(kinds.text("abc"), &more).ok().expect("nobody sees it");
        assert_eq!((text.as_str(), size_of_text(&text)), (Some("abcdef"), 55));
        let shared = text.clone();
        let text = Text::try_append_in_place(text, &more).err().expect("it is shared");
        drop(shared);
        text.hash();
        let text = Text::try_append_in_place(text, &more).err().expect("its hash is known");
        assert_eq!(text.as_str(), Some("abcdef"));
        assert!(Text::try_append_in_place(kinds.text("x"), &kinds.text("é")).is_err());
        let wide =
            Text::try_append_in_place(kinds.text("€"), &kinds.text("éa")).ok().expect("it is wide enough");
        assert_eq!(wide.to_rust_string_lossy(), "€éa");
    });
}

fn check(kinds: &Kinds, left: &str, right: &str) {
    let (one, two) = (kinds.text(left), kinds.text(right));
    assert_eq!(one.to_rust_string_lossy(), left);
    assert_eq!((one.compare(&two), one.equals(&two)), (left.cmp(right), left == right));
    let joined = Text::concat(kinds.text, &one, &two).unwrap();
    let mut builder = TextBuilder::new();
    builder.push_str(left).unwrap();
    builder.push_text(&two).unwrap();
    let built = builder.finish(kinds.text).unwrap();
    assert!(built.equals(&joined) && built.hash() == joined.hash());
    assert_eq!(joined.to_rust_string_lossy(), format!("{left}{right}"));
    // The narrowest width is found again when wide characters are cut off.
    let cut = joined.substring(kinds.text, 0..one.length()).unwrap();
    assert!(cut.equals(&one) && size_of_text(&cut) == size_of_text(&one));
    assert_eq!(one.repeat(kinds.text, 3).unwrap().to_rust_string_lossy(), left.repeat(3));
}

proptest! {
    #[test]
    fn strings_are_joined_cut_and_compared(left in "[a-cé€😀]{0,6}", right in "[a-cé€😀]{0,40}") {
        in_space(|kinds| check(kinds, &left, &right));
    }

    #[test]
    fn characters_come_back(text in ".{0,20}") {
        in_space(|kinds| {
            let mut builder = TextBuilder::new();
            text.chars().for_each(|character| builder.push_char(character as u32).unwrap());
            let built = builder.finish(kinds.text).unwrap();
            assert!(built.equals_str(&text) && built.equals(&kinds.text(&text)));
        });
    }
}
