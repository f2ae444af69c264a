//! The layout of `str`: characters of one, two or four bytes, the narrowest width that holds them all.
//!
//! ```text
//! ASCII:      | count | type | length | hash | state | - | characters, 0          (48 bytes in front)
//! others:     | count | type | length | hash | state | - | - | - | - | characters, 0  (72 bytes in front)
//! subclasses: | count | type | length | hash | state | - | - | - | - | pointer to the characters | slots
//! ```
//!
//! The invariants: the width is the least possible, so equal strings have equal bytes; characters never change once
//! somebody can see them; the hash is -1 until it is asked for.

mod builder;
mod joined;
mod slice;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::cmp::Ordering;
use std::hint::cold_path;
use std::ops::Range;
use std::ptr::NonNull;

pub use builder::TextBuilder;
pub use slice::{TextSlice, stands_for};

use self::slice::{bound_of, width_of};
use super::hashing;
use super::memory_error::OutOfMemory;
use super::storage::{
    adopt, adopt_tracked, allocate_block, born, born_at_once, leaf_lifecycle, release_items,
};
use crate::object::{Lifecycle, Object, ObjectRef, Prefix, Ref, TypeHead, layout, space};

const WIDTH: u32 = 7;
const ASCII: u32 = 8;
const INTERNED: u32 = 16;
const SEPARATE: u32 = 32;
const CACHED_NAME: u32 = 64;

/// Where the characters of ASCII strings stand.
const ASCII_HEADER: usize = 48;
/// Where all others stand; in a subclass the pointer to them.
const HEADER: usize = 72;
/// Bytes of the fixed part of a subclass's instance.
pub const SUBCLASS_SIZE: usize = HEADER + 8;

/// A string.
#[repr(C)]
pub struct Text {
    /// The header.
    pub object: Object,
    length: Cell<usize>,
    hash: Cell<i64>,
    state: Cell<u32>,
    /// The reference keeps another form of the characters here; the room is kept so that sizes are the same.
    spare: Cell<usize>,
}

layout!(Text, object, Object);

const _: () = assert!(size_of::<Text>() == ASCII_HEADER);

/// Sees characters of a width as a slice.
///
/// # Safety
/// There are so many characters of that width at the address, and they stay while the slice is used.
#[inline]
unsafe fn slice_of<'a>(data: *const u8, width: u32, length: usize) -> TextSlice<'a> {
    // SAFETY: as promised.
    unsafe {
        if width == 1 {
            return TextSlice::Latin1(std::slice::from_raw_parts(data, length));
        }
        cold_path();
        match width {
            2 => TextSlice::Wide(std::slice::from_raw_parts(data.cast(), length)),
            _ => TextSlice::Full(std::slice::from_raw_parts(data.cast(), length)),
        }
    }
}

/// Bytes of a string from its header on.
fn bytes_of(bound: u32, length: usize) -> Option<usize> {
    let header = if bound <= 0x7f { ASCII_HEADER } else { HEADER };
    length.checked_add(1)?.checked_mul(width_of(bound) as usize)?.checked_add(header)
}

/// Characters that become a part of a string, with a bound that none exceeds.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    slice: TextSlice<'a>,
    bound: u32,
}

impl<'a> From<&'a Text> for Piece<'a> {
    fn from(text: &'a Text) -> Self {
        Self { slice: text.as_slice(), bound: text.bound() }
    }
}

impl<'a> From<TextSlice<'a>> for Piece<'a> {
    fn from(slice: TextSlice<'a>) -> Self {
        Self { slice, bound: slice.bound() }
    }
}

/// Larger than any block of a pool, and room for most paths.
const OUTSIDE_POOLS: usize = 1024;

/// Birth.
impl Text {
    /// A string whose characters are still to be written by our caller; the terminator is.
    fn unwritten(kind: &TypeHead, bound: u32, length: usize) -> Result<Ref<Self>, OutOfMemory> {
        Self::unwritten_in(kind, bound, length, 0)
    }

    /// The same in a block of at least `least` bytes.
    fn unwritten_in(
        kind: &TypeHead,
        bound: u32,
        length: usize,
        least: usize,
    ) -> Result<Ref<Self>, OutOfMemory> {
        if bound <= 0x7f && least == 0 {
            return Self::unwritten_ascii(kind, length);
        }
        let bytes = bytes_of(bound, length).ok_or(OutOfMemory)?.max(least);
        let state = width_of(bound) | if bound <= 0x7f { ASCII } else { 0 };
        // SAFETY: all fields are written, and the caller writes the characters.
        unsafe {
            let text = born::<Self>(kind, bytes, 0)?;
            write_fields(text, length, state);
            text.as_ref().terminate();
            Ok(adopt(text))
        }
    }

    /// The same for ASCII characters.
    #[inline]
    fn unwritten_ascii(kind: &TypeHead, length: usize) -> Result<Ref<Self>, OutOfMemory> {
        let bytes = length.checked_add(ASCII_HEADER + 1).ok_or(OutOfMemory)?;
        // SAFETY: all fields and the terminator are written, and the caller writes the characters.
        unsafe {
            let text = born::<Self>(kind, bytes, 0)?;
            write_fields(text, length, 1 | ASCII);
            text.cast::<u8>().add(ASCII_HEADER + length).write(0);
            Ok(adopt(text))
        }
    }

    /// The same where taking a block off a free list is all that is to do; else none.
    ///
    /// # Safety
    /// The caller writes the characters.
    #[inline(always)]
    unsafe fn unwritten_ascii_at_once(kind: &TypeHead, length: usize) -> Option<Ref<Self>> {
        // SAFETY: all fields and the terminator are written. No string is so long that this overflows.
        unsafe {
            let text = born_at_once::<Self>(kind, ASCII_HEADER + length + 1)?;
            write_fields(text, length, 1 | ASCII);
            text.cast::<u8>().add(ASCII_HEADER + length).write(0);
            Some(adopt(text))
        }
    }

    /// A string of ASCII characters.
    pub fn from_ascii(kind: &TypeHead, characters: &[u8]) -> Result<Ref<Self>, OutOfMemory> {
        debug_assert!(characters.is_ascii());
        let length = characters.len();
        if length <= FEW_BYTES {
            // SAFETY: all fields, the characters and the terminator are written.
            unsafe {
                if let Some(text) = Self::unwritten_ascii_at_once(kind, length) {
                    copy_few_bytes(characters, text.ascii_data());
                    return Ok(text);
                }
            }
            cold_path();
        }
        Self::from_more_ascii(kind, characters)
    }

    /// The same for strings of any length.
    #[inline(never)]
    fn from_more_ascii(kind: &TypeHead, characters: &[u8]) -> Result<Ref<Self>, OutOfMemory> {
        let length = characters.len();
        // SAFETY: all fields, the characters and the terminator are written. No slice is so long that this overflows.
        unsafe {
            let text = born::<Self>(kind, ASCII_HEADER + length + 1, 0)?;
            write_fields(text, length, 1 | ASCII);
            let data = text.cast::<u8>().add(ASCII_HEADER);
            copy_bytes(characters, data.as_ptr()).write(0);
            Ok(adopt(text))
        }
    }

    /// A string of so many ASCII characters; where fewer come, zeros stand for the rest.
    pub fn from_ascii_characters(
        kind: &TypeHead,
        length: usize,
        characters: impl Iterator<Item = u8>,
    ) -> Result<Ref<Self>, OutOfMemory> {
        let made = Self::unwritten(kind, 0x7f, length)?;
        // SAFETY: the string has just been made with room for so many bytes, and nobody else sees it yet.
        unsafe {
            let mut written = 0;
            for character in characters.take(length) {
                made.data().add(written).write(character & 0x7f);
                written += 1;
            }
            made.data().add(written).write_bytes(0, length - written);
        }
        Ok(made)
    }

    /// A string of characters below 256.
    pub fn from_latin1(kind: &TypeHead, characters: &[u8]) -> Result<Ref<Self>, OutOfMemory> {
        Self::from_slice(kind, TextSlice::Latin1(characters))
    }

    /// A Rust string.
    #[allow(clippy::should_implement_trait)]
    pub fn from_str(kind: &TypeHead, text: &str) -> Result<Ref<Self>, OutOfMemory> {
        if text.is_ascii() {
            return Self::from_ascii(kind, text.as_bytes());
        }
        let (mut length, mut bound) = (0, 0);
        for character in text.chars() {
            length += 1;
            bound |= character as u32;
        }
        let made = Self::unwritten(kind, bound_of(bound), length)?;
        for (index, character) in text.chars().enumerate() {
            // SAFETY: there is room for so many characters of the width that holds them all.
            unsafe { slice::write_character(made.data(), made.width(), index, character as u32) }
        }
        Ok(made)
    }

    /// A string whose length differs from machine to machine, as paths do. Its block is none of a pool, so that the
    /// addresses of all that comes later do not depend on it.
    pub fn outside_pools(kind: &TypeHead, text: &str) -> Result<Ref<Self>, OutOfMemory> {
        let points: Vec<u32> = text.chars().map(u32::from).collect();
        let characters = TextSlice::Full(&points);
        let made = Self::unwritten_in(kind, characters.bound(), points.len(), OUTSIDE_POOLS)?;
        // SAFETY: there is room for so many characters of the width that holds them all.
        unsafe { characters.copy_into(made.data(), made.width()) };
        Ok(made)
    }

    /// A string of code points, surrogates among them; each below 0x110000.
    pub fn from_code_points(kind: &TypeHead, characters: &[u32]) -> Result<Ref<Self>, OutOfMemory> {
        Self::from_slice(kind, TextSlice::Full(characters))
    }

    /// A string of one character.
    pub fn from_char(kind: &TypeHead, character: u32) -> Result<Ref<Self>, OutOfMemory> {
        Self::from_code_points(kind, &[character])
    }

    /// A string of the characters of another one.
    pub fn from_slice(kind: &TypeHead, characters: TextSlice<'_>) -> Result<Ref<Self>, OutOfMemory> {
        let bound = characters.bound();
        if bound <= 0x7f
            && let TextSlice::Latin1(characters) = characters
        {
            return Self::from_ascii(kind, characters);
        }
        let text = Self::unwritten(kind, bound, characters.len())?;
        // SAFETY: there is room for so many characters of the width that holds them all.
        unsafe { characters.copy_into(text.data(), text.width()) };
        Ok(text)
    }

    /// An instance of a subclass, which ends in `extra` bytes of its own; its characters stand in their own block.
    pub fn with_extra(
        kind: &TypeHead,
        characters: TextSlice<'_>,
        extra: usize,
    ) -> Result<Ref<Self>, OutOfMemory> {
        let bound = characters.bound();
        let state = width_of(bound) | if bound <= 0x7f { ASCII } else { 0 } | SEPARATE;
        let bytes =
            characters.len().checked_add(1).and_then(|length| length.checked_mul(width_of(bound) as usize));
        let data = allocate_block(bytes.ok_or(OutOfMemory)?)?.as_ptr();
        // SAFETY: all fields, the pointer, the characters and the terminator are written.
        unsafe {
            let text = match born::<Self>(kind, SUBCLASS_SIZE, extra) {
                Ok(text) => text,
                Err(refused) => {
                    release_items(data);
                    return Err(refused);
                }
            };
            write_fields(text, characters.len(), state);
            text.cast::<u8>().add(HEADER).cast::<*mut u8>().write(data);
            characters.copy_into(data, width_of(bound));
            text.as_ref().terminate();
            Ok(adopt_tracked(text))
        }
    }

    /// The characters of a range that lies inside.
    pub fn substring(&self, kind: &TypeHead, range: Range<usize>) -> Result<Ref<Self>, OutOfMemory> {
        if let Some(characters) = self.as_ascii() {
            return Self::from_ascii(kind, &characters[range]);
        }
        Self::from_slice(kind, self.as_slice().slice(range))
    }

    /// Appends in place, if nobody can notice: one reference, exact type, no hash yet, not interned, width enough.
    /// The string may move. Otherwise, also for want of memory, it comes back unchanged.
    pub fn try_append_in_place(text: Ref<Self>, other: &Text) -> Result<Ref<Self>, Ref<Self>> {
        let (old, more) = (text.length(), other.length());
        let Some(length) = old.checked_add(more) else { return Err(text) };
        let bound = text.bound();
        let Some(bytes) = bytes_of(bound, length) else { return Err(text) };
        if !text.is_modifiable() || other.bound() > bound {
            return Err(text);
        }
        // SAFETY: exact strings have no prefix and nobody else refers to this one; `other` is another one.
        unsafe {
            let block = text.as_object().as_pointer().cast::<u8>();
            let Some(moved) = space().heap.reallocate(block, bytes) else { return Err(text) };
            let _ = text.into_object().into_raw();
            let text = moved.cast::<Text>();
            let (this, width) = (text.as_ref(), text.as_ref().width());
            other.as_slice().copy_into(this.data().add(old * width as usize), width);
            this.length.set(length);
            this.terminate();
            Ok(adopt(text))
        }
    }

    fn is_modifiable(&self) -> bool {
        self.count() == 1
            && self.hash.get() == -1
            && self.state.get() & (INTERNED | SEPARATE) == 0
            && self.kind().lifecycle.prefix == Prefix::None
    }
}

/// Copies bytes and says where they end. Most are few, for which a call would cost more.
///
/// # Safety
/// There is room for them, elsewhere.
#[inline(always)]
unsafe fn copy_bytes(from: &[u8], to: *mut u8) -> *mut u8 {
    // SAFETY: as promised.
    unsafe {
        match from.len() {
            ..=FEW_BYTES => copy_few_bytes(from, to),
            length => to.copy_from_nonoverlapping(from.as_ptr(), length),
        }
        to.add(from.len())
    }
}

/// So many bytes are copied without a call.
const FEW_BYTES: usize = 16;

/// Copies at most [`FEW_BYTES`].
///
/// # Safety
/// They are no more, and there is room for them, elsewhere.
#[inline(always)]
unsafe fn copy_few_bytes(from: &[u8], to: *mut u8) {
    let (length, start) = (from.len(), from.as_ptr());
    // SAFETY: as promised; each way copies exactly these bytes, some of them twice.
    unsafe {
        match length {
            0 => {}
            1 => to.write(*start),
            2..4 => {
                to.cast::<[u8; 2]>().write(start.cast::<[u8; 2]>().read());
                to.add(length - 1).write(start.add(length - 1).read());
            }
            4..8 => {
                to.cast::<[u8; 4]>().write(start.cast::<[u8; 4]>().read());
                to.add(length - 4).cast::<[u8; 4]>().write(start.add(length - 4).cast::<[u8; 4]>().read());
            }
            _ => {
                to.cast::<[u8; 8]>().write(start.cast::<[u8; 8]>().read());
                to.add(length - 8).cast::<[u8; 8]>().write(start.add(length - 8).cast::<[u8; 8]>().read());
            }
        }
    }
}

/// # Safety
/// The block has the layout's fixed part.
unsafe fn write_fields(text: NonNull<Text>, length: usize, state: u32) {
    let text = text.as_ptr();
    // SAFETY: as promised.
    unsafe {
        (&raw mut (*text).length).write(Cell::new(length));
        (&raw mut (*text).hash).write(Cell::new(-1));
        (&raw mut (*text).state).write(Cell::new(state));
        (&raw mut (*text).spare).write(Cell::new(0));
    }
}

/// The characters and what is known of them.
impl Text {
    #[inline]
    fn data(&self) -> *mut u8 {
        let state = self.state.get();
        let start = std::ptr::from_ref(self).cast::<u8>() as *mut u8;
        if state & SEPARATE != 0 {
            cold_path();
            // SAFETY: that is where the pointer stands in a subclass.
            return unsafe { start.add(HEADER).cast::<*mut u8>().read() };
        }
        start.wrapping_add(if state & ASCII != 0 { ASCII_HEADER } else { HEADER })
    }

    /// The characters of a string that is ASCII.
    #[inline]
    fn ascii_characters(&self) -> &[u8] {
        debug_assert!(self.is_ascii());
        // SAFETY: so many bytes are there, and they never change.
        unsafe { std::slice::from_raw_parts(self.data(), self.length()) }
    }

    /// The characters of a string that has one byte for each.
    #[inline]
    fn bytes(&self) -> &[u8] {
        debug_assert!(self.width() == 1);
        // SAFETY: so many bytes are there, and they never change.
        unsafe { std::slice::from_raw_parts(self.data(), self.length()) }
    }

    /// Where the characters of an exact ASCII string stand.
    #[inline]
    fn ascii_data(&self) -> *mut u8 {
        (std::ptr::from_ref(self) as *mut u8).wrapping_add(ASCII_HEADER)
    }

    /// Bytes of a character.
    #[inline]
    fn width(&self) -> u32 {
        self.state.get() & WIDTH
    }

    /// The least of 127, 255, 65,535 and 1,114,111 that no character exceeds.
    #[inline]
    pub fn bound(&self) -> u32 {
        match self.state.get() & (WIDTH | ASCII) {
            state if state & ASCII != 0 => 0x7f,
            1 => 0xff,
            2 => 0xffff,
            _ => 0x10_ffff,
        }
    }

    /// Writes the zero behind the last character.
    fn terminate(&self) {
        // SAFETY: there is room for one character more.
        unsafe { slice::write_character(self.data(), self.width(), self.length(), 0) }
    }

    /// How many characters there are.
    #[inline]
    pub fn length(&self) -> usize {
        self.length.get()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.length() == 0
    }

    /// The characters. Borrowed: keep the string alive while they are used.
    #[inline]
    pub fn as_slice(&self) -> TextSlice<'_> {
        // SAFETY: so many characters of that width are there, and they never change.
        unsafe { slice_of(self.data(), self.width(), self.length()) }
    }

    /// The character at an index that is less than the length.
    #[inline]
    pub fn character(&self, index: usize) -> u32 {
        self.as_slice().get(index)
    }

    /// The character of a string that has only one, which is below 256.
    #[inline(always)]
    pub fn only_byte(&self) -> Option<u8> {
        if self.length() == 1 { self.byte(0) } else { None }
    }

    /// The character at an index inside, where characters have one byte and stand behind the header.
    #[inline(always)]
    pub fn byte(&self, index: usize) -> Option<u8> {
        let state = self.state.get();
        if state & (WIDTH | SEPARATE) != 1 || index >= self.length() {
            cold_path();
            return None;
        }
        let header = if state & ASCII != 0 { ASCII_HEADER } else { HEADER };
        // SAFETY: the character is there.
        Some(unsafe { *std::ptr::from_ref(self).cast::<u8>().add(header + index) })
    }

    /// Whether all characters are below 128.
    #[inline]
    pub fn is_ascii(&self) -> bool {
        self.state.get() & ASCII != 0
    }

    /// The characters as bytes, if all are ASCII.
    #[inline]
    pub fn as_ascii(&self) -> Option<&[u8]> {
        self.is_ascii().then(|| self.ascii_characters())
    }

    /// The characters as a Rust string, if all are ASCII.
    pub fn as_str(&self) -> Option<&str> {
        // SAFETY: ASCII is UTF-8.
        self.as_ascii().map(|characters| unsafe { std::str::from_utf8_unchecked(characters) })
    }

    /// As a Rust string, with U+FFFD for surrogates; for names, messages and output of bounded length.
    pub fn to_rust_string_lossy(&self) -> String {
        self.as_str().map_or_else(|| self.as_slice().to_string_lossy(), str::to_owned)
    }

    /// The hash, computed once.
    #[inline]
    pub fn hash(&self) -> i64 {
        match self.hash.get() {
            -1 => self.compute_hash(),
            hash => hash,
        }
    }

    /// The hash, if it is computed already.
    #[inline(always)]
    pub fn known_hash(&self) -> Option<i64> {
        let hash = self.hash.get();
        if hash == -1 {
            cold_path();
            return None;
        }
        Some(hash)
    }

    #[inline(never)]
    fn compute_hash(&self) -> i64 {
        let hash = hashing::bytes(self.as_slice().as_raw_bytes());
        self.hash.set(hash);
        hash
    }

    /// Whether the characters are the same.
    #[inline]
    pub fn equals(&self, other: &Text) -> bool {
        if self.length() != other.length() || (self.state.get() ^ other.state.get()) & (WIDTH | ASCII) != 0 {
            return false;
        }
        let bytes = self.length() * self.width() as usize;
        let (left, right) = (self.data(), other.data());
        // SAFETY: so many bytes are there, and a zero behind them.
        unsafe {
            // Most that differ do so at once.
            *left == *right
                && std::slice::from_raw_parts(left, bytes) == std::slice::from_raw_parts(right, bytes)
        }
    }

    /// Whether the characters are those of a Rust string.
    pub fn equals_str(&self, other: &str) -> bool {
        match self.as_str() {
            Some(text) => text == other,
            None => self.as_slice().iter().eq(other.chars().map(|character| character as u32)),
        }
    }

    /// The order of two strings by their code points.
    pub fn compare(&self, other: &Text) -> Ordering {
        self.as_slice().compare(other.as_slice())
    }

    /// Whether it is the one string of its characters in the intern table.
    #[inline]
    pub fn is_interned(&self) -> bool {
        self.state.get() & INTERNED != 0
    }

    /// Whether the cache of attributes may know its address.
    #[inline]
    pub fn is_cached_name(&self) -> bool {
        self.state.get() & CACHED_NAME != 0
    }

    /// Says that the cache of attributes knows its address.
    pub fn mark_as_cached_name(&self) {
        self.state.set(self.state.get() | CACHED_NAME);
    }

    /// Says whether it is in the intern table.
    pub fn set_interned(&self, interned: bool) {
        let rest = self.state.get() & !INTERNED;
        self.state.set(if interned { rest | INTERNED } else { rest });
    }
}

/// Frees the block of a subclass's characters.
unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is one of strings; the pointer is there when the bit says so, and nobody uses it again.
    unsafe {
        let text = object.as_ref().cast::<Text>();
        if text.state.get() & SEPARATE != 0 {
            release_items(text.data());
            text.length.set(0);
            text.state.set(1 | ASCII);
        }
    }
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the type is one of strings.
    let text = unsafe { object.as_ref().cast::<Text>() };
    let characters = (text.length() + 1) * text.width() as usize;
    match text.state.get() & (SEPARATE | ASCII) {
        ASCII => ASCII_HEADER + characters,
        0 => HEADER + characters,
        _ => SUBCLASS_SIZE + characters,
    }
}

/// How strings live and die.
pub fn lifecycle() -> Lifecycle {
    let lifecycle = leaf_lifecycle(size);
    lifecycle.is_leaf.set(false);
    lifecycle.drop_contents.set(drop_contents);
    lifecycle
}

/// Sees an object as a string, if it is exactly of the given type.
#[inline]
pub fn as_exact_text<'a>(object: &'a Object, text_kind: &TypeHead) -> Option<&'a Text> {
    // SAFETY: of the string type are only strings.
    object.is_exactly(text_kind).then(|| unsafe { object.cast() })
}

impl From<&Text> for ObjectRef {
    fn from(text: &Text) -> Self {
        text.new_ref()
    }
}
