//! The layout of `array.array`: a separate block of items of one machine type, and how many look at its bytes.
//!
//! ```text
//! | count | type | length | capacity | block | exports | type code | weak list |     block: | item | item | ... | room |
//! ```

use std::cell::Cell;
use std::mem::offset_of;
use std::ops::Range;
use std::ptr::NonNull;

use super::growing::Growing;
use super::memory_error::OutOfMemory;
use super::storage::{adopt_tracked, born, container_lifecycle};
use crate::object::{Lifecycle, Object, Ref, TypeHead, WeakSupport, layout};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<Array>();

/// What the items of an array are: one of the letters that programs know them by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct TypeCode(u8);

impl TypeCode {
    /// All of them in CPython's order.
    pub const ALL: &'static str = "bBuhHiIlLqQfd";

    /// The type code of a letter.
    pub fn of_letter(letter: u32) -> Option<Self> {
        let letter = u8::try_from(letter).ok()?;
        Self::ALL.as_bytes().contains(&letter).then_some(Self(letter))
    }

    /// The letter.
    pub fn letter(self) -> u8 {
        self.0
    }

    /// Bytes of an item.
    pub fn item_size(self) -> usize {
        match self.0 {
            b'b' | b'B' => 1,
            b'h' | b'H' => 2,
            b'u' | b'i' | b'I' | b'f' => 4,
            _ => 8,
        }
    }

    /// Whether items are floats.
    pub fn is_float(self) -> bool {
        matches!(self.0, b'f' | b'd')
    }

    /// Whether items are characters.
    pub fn is_character(self) -> bool {
        self.0 == b'u'
    }
}

/// A row of items of one machine type.
#[repr(C)]
pub struct Array {
    /// The header.
    pub object: Object,
    items: Growing,
    code: Cell<TypeCode>,
    /// Weak references to this array.
    weak_list: Cell<*const Object>,
}

layout!(Array, object, Object);

const _: () = assert!(BASIC_SIZE == 64);

impl Array {
    /// An array of `length` items that are zero, which ends in `extra` bytes of its subclass.
    pub fn zeroed(
        kind: &TypeHead,
        code: TypeCode,
        length: usize,
        extra: usize,
    ) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: all fields are written; an array without items has no block.
        let array = unsafe {
            let array = born::<Self>(kind, BASIC_SIZE, extra)?;
            let this = array.as_ptr();
            (&raw mut (*this).items).write(Growing::empty());
            (&raw mut (*this).code).write(Cell::new(code));
            (&raw mut (*this).weak_list).write(Cell::new(std::ptr::null()));
            adopt_tracked(array)
        };
        if length > 0 {
            array.items.reallocate(length, code.item_size())?;
            // SAFETY: there is room now.
            unsafe { array.items.set_length(length, code.item_size()) };
        }
        Ok(array)
    }

    /// An array of the items whose bytes these are.
    pub fn from_bytes(
        kind: &TypeHead,
        code: TypeCode,
        bytes: &[u8],
        extra: usize,
    ) -> Result<Ref<Self>, OutOfMemory> {
        let array = Self::zeroed(kind, code, bytes.len() / code.item_size(), extra)?;
        array.write_bytes(0, bytes);
        Ok(array)
    }

    /// How many items there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the items are.
    #[inline]
    pub fn code(&self) -> TypeCode {
        self.code.get()
    }

    /// Bytes of an item.
    #[inline]
    pub fn item_size(&self) -> usize {
        self.code().item_size()
    }

    /// Bytes of all items.
    pub fn byte_count(&self) -> usize {
        self.len() * self.item_size()
    }

    /// The address of the first item; 0 where there is no block.
    pub fn address(&self) -> usize {
        self.items.block().addr()
    }

    /// A copy of the bytes of a range that is inside.
    pub fn copy_bytes(&self, range: Range<usize>) -> Result<Vec<u8>, OutOfMemory> {
        self.items.copy_bytes(range, self.item_size())
    }

    /// The byte at a place.
    #[inline]
    pub fn byte(&self, place: usize) -> Option<u8> {
        // SAFETY: inside the items.
        (place < self.byte_count()).then(|| unsafe { self.items.block().add(place).read() })
    }

    /// Writes bytes from a place on; what lies behind the items is left out.
    pub fn write_bytes(&self, place: usize, bytes: &[u8]) {
        let room = self.byte_count().saturating_sub(place);
        let count = bytes.len().min(room);
        if count > 0 {
            // SAFETY: inside the items; the slice is no part of the block, which nobody borrows for so long.
            unsafe { self.items.block().add(place).copy_from_nonoverlapping(bytes.as_ptr(), count) }
        }
    }

    /// The bytes of an item, in front of zeros.
    #[inline]
    pub fn item(&self, index: usize) -> Option<[u8; 8]> {
        if index >= self.len() {
            return None;
        }
        let (size, mut bytes) = (self.item_size(), [0; 8]);
        // SAFETY: the item is inside, and no item has more than eight bytes.
        unsafe { self.items.block().add(index * size).copy_to_nonoverlapping(bytes.as_mut_ptr(), size) };
        Some(bytes)
    }

    /// Writes an item; says whether there is one at the index.
    #[inline]
    pub fn set_item(&self, index: usize, bytes: [u8; 8]) -> bool {
        let is_inside = index < self.len();
        if is_inside {
            let size = self.item_size();
            // SAFETY: the item is inside.
            unsafe { self.items.block().add(index * size).copy_from_nonoverlapping(bytes.as_ptr(), size) };
        }
        is_inside
    }

    /// How many look at the bytes.
    pub fn exports(&self) -> usize {
        self.items.exports()
    }

    /// Counts who looks at the bytes.
    pub fn set_exports(&self, exports: usize) {
        self.items.set_exports(exports);
    }

    /// Sets the length, with the room that CPython 3.11 leaves. New items are zero.
    pub fn resize(&self, length: usize) -> Result<(), OutOfMemory> {
        let (old, capacity) = (self.len(), self.items.capacity());
        if length == 0 && (capacity == 0 || old >= 16) {
            self.items.release();
            return Ok(());
        }
        let is_near = old < length.saturating_add(16);
        if capacity < length || !is_near {
            let room = (length >> 4) + if old < 8 { 3 } else { 7 };
            self.items.reallocate(length.checked_add(room).ok_or(OutOfMemory)?, self.item_size())?;
        }
        // SAFETY: there is room for the items.
        unsafe { self.items.set_length(length, self.item_size()) };
        Ok(())
    }

    /// Puts the items of a slice of bytes, which is not of this array, in the place of a range of items inside.
    pub fn splice(&self, range: Range<usize>, bytes: &[u8]) -> Result<(), OutOfMemory> {
        self.items.splice(range, bytes, self.item_size(), |length| self.resize(length))
    }

    /// Turns the bytes of each item around.
    pub fn swap_bytes(&self) {
        for index in 0..self.len() {
            let mut item = self.item(index).unwrap_or_default();
            item[..self.item_size()].reverse();
            self.set_item(index, item);
        }
    }

    /// Turns the order of the items around.
    pub fn reverse(&self) {
        let length = self.len();
        for index in 0..length / 2 {
            let (first, last) = (self.item(index), self.item(length - 1 - index));
            self.set_item(index, last.unwrap_or_default());
            self.set_item(length - 1 - index, first.unwrap_or_default());
        }
    }

    /// Bytes of the block.
    pub fn block_bytes(&self) -> usize {
        self.items.capacity() * self.item_size()
    }
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is one of arrays, whose block nobody uses any more.
    unsafe { object.as_ref().cast::<Array>() }.items.release();
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the type is one of arrays.
    BASIC_SIZE + unsafe { object.as_ref().cast::<Array>() }.block_bytes()
}

/// How arrays live and die.
pub fn lifecycle() -> Lifecycle {
    let made = container_lifecycle(drop_contents, size);
    made.weak.set(WeakSupport::Field(offset_of!(Array, weak_list) as u32));
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::testing::{fake_type, in_space};

    fn integers(kind: &TypeHead, items: &[i32]) -> Ref<Array> {
        let bytes: Vec<u8> = items.iter().flat_map(|item| item.to_le_bytes()).collect();
        Array::from_bytes(kind, TypeCode::of_letter(u32::from(b'i')).unwrap(), &bytes, 0).unwrap()
    }

    fn items(array: &Array) -> Vec<i32> {
        let item = |index| i32::from_le_bytes(array.item(index).unwrap()[..4].try_into().unwrap());
        (0..array.len()).map(item).collect()
    }

    #[test]
    fn sizes_are_those_of_the_reference() {
        in_space(|_| {
            let array = integers(fake_type(lifecycle()), &[]);
            let mut sizes = vec![array.block_bytes()];
            for length in (1..=60).chain((0..60).rev()) {
                array.resize(length).unwrap();
                if sizes.last() != Some(&array.block_bytes()) {
                    sizes.push(array.block_bytes());
                }
            }
            assert_eq!(sizes, [0, 16, 32, 64, 100, 136, 176, 216, 260]);
        });
    }

    #[test]
    fn ranges_are_replaced() {
        in_space(|_| {
            let array = integers(fake_type(lifecycle()), &[1, 2, 3, 4]);
            array.splice(1..3, &[9, 0, 0, 0]).unwrap();
            assert_eq!(items(&array), [1, 9, 4]);
            array.splice(0..0, &[7, 0, 0, 0, 8, 0, 0, 0]).unwrap();
            assert_eq!(items(&array), [7, 8, 1, 9, 4]);
            array.reverse();
            array.swap_bytes();
            assert_eq!(items(&array), [4 << 24, 9 << 24, 1 << 24, 8 << 24, 7 << 24]);
            array.splice(0..5, &[]).unwrap();
            assert!(array.is_empty());
        });
    }
}
