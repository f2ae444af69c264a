//! Strings that are made of others: joined, repeated, with parts in the places of others.

use std::hint::cold_path;

use super::{ASCII, FEW_BYTES, OutOfMemory, Piece, Text, as_exact_text, copy_bytes, copy_few_bytes};
use crate::object::{ObjectRef, Ref, TypeHead};
use crate::values::list::List;

impl Text {
    /// The characters of one string and then of another.
    pub fn concat(kind: &TypeHead, left: &Text, right: &Text) -> Result<Ref<Self>, OutOfMemory> {
        let (first, second) = (left.length(), right.length());
        // Most are short; both characters and block then come without a call.
        if first <= FEW_BYTES && second <= FEW_BYTES && left.is_ascii() && right.is_ascii() {
            // SAFETY: all fields, the characters and the terminator are written.
            unsafe {
                if let Some(text) = Self::unwritten_ascii_at_once(kind, first + second) {
                    copy_few_bytes(left.ascii_characters(), text.ascii_data());
                    copy_few_bytes(right.ascii_characters(), text.ascii_data().add(first));
                    return Ok(text);
                }
            }
        }
        Self::concat_more(kind, left, right)
    }

    /// The same for strings of any length and width.
    #[inline(never)]
    fn concat_more(kind: &TypeHead, left: &Text, right: &Text) -> Result<Ref<Self>, OutOfMemory> {
        let length = left.length().checked_add(right.length()).ok_or(OutOfMemory)?;
        if let (Some(first), Some(second)) = (left.as_ascii(), right.as_ascii()) {
            let text = Self::unwritten_ascii(kind, length)?;
            // SAFETY: there is room for both, and nobody else sees the new string yet.
            unsafe {
                let data = text.ascii_data();
                copy_bytes(first, data);
                copy_bytes(second, data.add(first.len()));
            }
            return Ok(text);
        }
        let text = Self::unwritten(kind, left.bound().max(right.bound()), length)?;
        let width = text.width();
        // SAFETY: there is room for both.
        unsafe {
            left.as_slice().copy_into(text.data(), width);
            right.as_slice().copy_into(text.data().add(left.length() * width as usize), width);
        }
        Ok(text)
    }

    /// The strings one after the other, with one between each two. They are gone through twice.
    pub fn join<'a>(
        kind: &TypeHead,
        between: &Text,
        texts: impl Iterator<Item = &'a Text> + Clone,
    ) -> Result<Ref<Self>, OutOfMemory> {
        let (mut length, mut bound, mut count) = (0usize, 0x7f, 0);
        for text in texts.clone() {
            length = length.checked_add(text.length()).ok_or(OutOfMemory)?;
            bound = bound.max(text.bound());
            count += 1;
        }
        if count > 1 {
            let marks = between.length().checked_mul(count - 1).ok_or(OutOfMemory)?;
            length = length.checked_add(marks).ok_or(OutOfMemory)?;
            bound = bound.max(between.bound());
        }
        let made = Self::unwritten(kind, bound, length)?;
        let (width, mut at, mut room) = (made.width(), made.data(), length);
        let mut write = |text: &Text| {
            // Texts never change and the iterator gives the same ones again; if not, this stops the harm.
            assert!(text.length() <= room && text.bound() <= bound);
            room -= text.length();
            // SAFETY: there is room for the characters, and the width holds them.
            unsafe {
                text.as_slice().copy_into(at, width);
                at = at.add(text.length() * width as usize);
            }
        };
        for (index, text) in texts.enumerate() {
            if index > 0 && !between.is_empty() {
                write(between);
            }
            write(text);
        }
        assert!(room == 0);
        Ok(made)
    }

    /// The items of a list joined as by [`Text::join`]; none where one of them is no exact string of the kind.
    pub fn join_list(kind: &TypeHead, between: &Text, list: &List) -> Option<Result<Ref<Self>, OutOfMemory>> {
        // SAFETY: nothing runs meanwhile that could change the list.
        Self::join_items(kind, between, unsafe { list.borrow_items() })
    }

    /// The same of a row.
    pub fn join_items(
        kind: &TypeHead,
        between: &Text,
        items: &[ObjectRef],
    ) -> Option<Result<Ref<Self>, OutOfMemory>> {
        // More than fits is more than there is memory for.
        let mut length = between.length().saturating_mul(items.len().saturating_sub(1));
        // What holds of all.
        let mut states = if items.len() > 1 { between.state.get() } else { 1 | ASCII };
        for item in items {
            let text = as_exact_text(item, kind)?;
            states &= text.state.get();
            length = length.saturating_add(text.length());
        }
        // Of the widths only that of one byte is odd.
        if states & 1 != 0 {
            // SAFETY: as found above, and nothing has run since.
            return Some(unsafe { Self::join_bytes(kind, between, items, length, states & ASCII != 0) });
        }
        cold_path();
        // SAFETY: of the string type are only strings.
        Some(Self::join(kind, between, items.iter().map(|item| unsafe { item.cast::<Text>() })))
    }

    /// Items that are strings of one byte a character, joined to a string of so many characters.
    ///
    /// # Safety
    /// All are, together with what stands between they have that length, and all are ASCII or one of them is not.
    unsafe fn join_bytes(
        kind: &TypeHead,
        between: &Text,
        items: &[ObjectRef],
        length: usize,
        is_ascii: bool,
    ) -> Result<Ref<Self>, OutOfMemory> {
        let made = match is_ascii {
            true => Self::unwritten_ascii(kind, length)?,
            false => Self::unwritten(kind, 0xff, length)?,
        };
        // SAFETY: as promised; nobody else sees the new string yet.
        unsafe {
            let (mut at, mark) = (made.data(), between.bytes());
            if let Some((first, rest)) = items.split_first() {
                at = copy_bytes(first.cast::<Text>().bytes(), at);
                for item in rest {
                    if !mark.is_empty() {
                        at = copy_bytes(mark, at);
                    }
                    at = copy_bytes(item.cast::<Text>().bytes(), at);
                }
            }
        }
        Ok(made)
    }

    /// An ASCII string in which an ASCII string stands at the places of others of so many characters; the places are
    /// in order and do not overlap. None where one of the strings is not ASCII.
    pub fn replaced(
        kind: &TypeHead,
        text: &Text,
        places: &[usize],
        old: usize,
        new: &Text,
    ) -> Option<Result<Ref<Self>, OutOfMemory>> {
        let (from, new) = (text.as_ascii()?, new.as_ascii()?);
        let kept = from.len().checked_sub(old.checked_mul(places.len())?)?;
        let length = new.len().checked_mul(places.len())?.checked_add(kept)?;
        let made = match Self::unwritten(kind, 0x7f, length) {
            Ok(made) => made,
            Err(refused) => return Some(Err(refused)),
        };
        let (mut at, mut room) = (made.ascii_data(), length);
        let mut write = |part: &[u8]| {
            assert!(part.len() <= room);
            room -= part.len();
            // SAFETY: the string has just been made with room for so many bytes, and nobody else sees it yet.
            at = unsafe { copy_bytes(part, at) };
        };
        let mut start = 0;
        for &place in places {
            write(&from[start..place]);
            write(new);
            start = place + old;
        }
        write(&from[start..]);
        Some(Ok(made))
    }

    /// A string of pieces that follow each other. The pieces are gone through twice.
    pub fn from_pieces<'a>(
        kind: &TypeHead,
        pieces: impl Iterator<Item = Piece<'a>> + Clone,
    ) -> Result<Ref<Self>, OutOfMemory> {
        let (mut length, mut bound) = (0usize, 0x7f);
        for piece in pieces.clone() {
            length = length.checked_add(piece.slice.len()).ok_or(OutOfMemory)?;
            bound = bound.max(piece.bound);
        }
        let text = Self::unwritten(kind, bound, length)?;
        let (width, mut at) = (text.width(), 0);
        for piece in pieces {
            assert!(piece.slice.len() <= length - at && piece.bound <= bound);
            // SAFETY: there is room for the piece, and its characters fit into the width.
            unsafe { piece.slice.copy_into(text.data().add(at * width as usize), width) };
            at += piece.slice.len();
        }
        assert!(at == length);
        Ok(text)
    }

    /// The characters so many times.
    pub fn repeat(&self, kind: &TypeHead, times: usize) -> Result<Ref<Self>, OutOfMemory> {
        let length = self.length().checked_mul(times).ok_or(OutOfMemory)?;
        let text = Self::unwritten(kind, self.bound(), length)?;
        let step = self.length() * self.width() as usize;
        for index in 0..if step == 0 { 0 } else { times } {
            // SAFETY: there is room for all repetitions.
            unsafe { self.as_slice().copy_into(text.data().add(index * step), self.width()) };
        }
        Ok(text)
    }
}
