//! A string under construction: characters in one block of the heap, which grows by half and widens as needed.

use super::slice::{bound_of, width_of, write_character};
use super::{OutOfMemory, Text, TextSlice};
use crate::object::{Ref, TypeHead};
use crate::values::storage::{allocate_block, reallocate_items, release_items};

/// Collects the characters of a string. All that grows can be refused.
pub struct TextBuilder {
    buffer: *mut u8,
    length: usize,
    /// In characters.
    capacity: usize,
    width: u32,
    bound: u32,
}

impl Default for TextBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl TextBuilder {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self { buffer: std::ptr::null_mut(), length: 0, capacity: 0, width: 1, bound: 0x7f }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// What has been collected.
    pub fn as_slice(&self) -> TextSlice<'_> {
        if self.buffer.is_null() {
            return TextSlice::Latin1(&[]);
        }
        // SAFETY: so many characters of that width are written.
        unsafe { super::slice_of(self.buffer, self.width, self.length) }
    }

    /// Makes room for `more` characters.
    pub fn reserve(&mut self, more: usize) -> Result<(), OutOfMemory> {
        let needed = self.length.checked_add(more).ok_or(OutOfMemory)?;
        if needed > self.capacity {
            self.grow(needed)?;
        }
        Ok(())
    }

    #[cold]
    fn grow(&mut self, needed: usize) -> Result<(), OutOfMemory> {
        let capacity = needed.max(self.length.saturating_add(self.length / 2)).max(16);
        let bytes = capacity.checked_mul(self.width as usize).ok_or(OutOfMemory)?;
        // SAFETY: the buffer is ours.
        self.buffer = unsafe { reallocate_items(self.buffer, bytes) }?.as_ptr();
        self.capacity = capacity;
        Ok(())
    }

    /// Makes room for characters up to `bound`.
    #[inline]
    fn admit(&mut self, bound: u32) -> Result<(), OutOfMemory> {
        if bound > self.bound {
            let width = width_of(bound);
            if width > self.width {
                self.widen(width)?;
            }
            self.bound = bound;
        }
        Ok(())
    }

    #[cold]
    fn widen(&mut self, width: u32) -> Result<(), OutOfMemory> {
        let bytes = self.capacity.checked_mul(width as usize).ok_or(OutOfMemory)?;
        let wider = allocate_block(bytes)?.as_ptr();
        // SAFETY: the new block holds all characters at the new width; the old one is ours.
        unsafe {
            self.as_slice().copy_into(wider, width);
            release_items(self.buffer);
        }
        (self.buffer, self.width) = (wider, width);
        Ok(())
    }

    /// Adds a code point.
    #[inline]
    pub fn push_char(&mut self, character: u32) -> Result<(), OutOfMemory> {
        self.admit(bound_of(character))?;
        self.reserve(1)?;
        // SAFETY: there is room for one more.
        unsafe { write_character(self.buffer, self.width, self.length, character) }
        self.length += 1;
        Ok(())
    }

    /// Adds a Rust string.
    pub fn push_str(&mut self, text: &str) -> Result<(), OutOfMemory> {
        if text.is_ascii() {
            return self.push_slice(TextSlice::Latin1(text.as_bytes()));
        }
        self.reserve(text.len() / 4)?;
        text.chars().try_for_each(|character| self.push_char(character as u32))
    }

    /// Adds a string.
    pub fn push_text(&mut self, text: &Text) -> Result<(), OutOfMemory> {
        self.push_bounded(text.as_slice(), text.bound())
    }

    /// Adds characters.
    pub fn push_slice(&mut self, slice: TextSlice<'_>) -> Result<(), OutOfMemory> {
        self.push_bounded(slice, slice.bound())
    }

    fn push_bounded(&mut self, slice: TextSlice<'_>, bound: u32) -> Result<(), OutOfMemory> {
        if slice.is_empty() {
            return Ok(());
        }
        self.admit(bound)?;
        self.reserve(slice.len())?;
        // SAFETY: there is room for all, and the slice is not in our buffer, which is borrowed mutably.
        unsafe { slice.copy_into(self.buffer.add(self.length * self.width as usize), self.width) }
        self.length += slice.len();
        Ok(())
    }

    /// Adds a character so many times.
    pub fn push_repeated(&mut self, character: u32, times: usize) -> Result<(), OutOfMemory> {
        if times == 0 {
            return Ok(());
        }
        self.admit(bound_of(character))?;
        self.reserve(times)?;
        for index in self.length..self.length + times {
            // SAFETY: there is room for so many.
            unsafe { write_character(self.buffer, self.width, index, character) }
        }
        self.length += times;
        Ok(())
    }

    /// The finished string.
    pub fn finish(self, kind: &TypeHead) -> Result<Ref<Text>, OutOfMemory> {
        let text = Text::unwritten(kind, self.bound, self.length)?;
        // SAFETY: the string has room for as many characters of the same width.
        unsafe { self.as_slice().copy_into(text.data(), self.width) };
        Ok(text)
    }
}

impl Drop for TextBuilder {
    fn drop(&mut self) {
        // SAFETY: the buffer is ours.
        unsafe { release_items(self.buffer) }
    }
}
