//! The layout of `struct.Struct`: a format with the table that it was read into, a block of its own.
//!
//! ```text
//! | count | type | size | items | table | format | weak list |     table: | number of codes | code | code | ...
//! ```
//!
//! Size and items are -1 before a format is read. The table has 32 bytes a code and as many in front, as CPython's has
//! behind.

use std::cell::Cell;
use std::mem::offset_of;
use std::ptr::NonNull;

use super::memory_error::OutOfMemory;
use super::packing::{Code, Plan};
use super::storage::{adopt_tracked, allocate_items, born, container_lifecycle, release_items};
use crate::object::{Lifecycle, Object, ObjectRef, Ref, TypeHead, Visitor, WeakSupport, layout};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<Structure>();
const CODE_BYTES: usize = size_of::<Code>();

/// A format that was read.
#[repr(C)]
pub struct Structure {
    /// The header.
    pub object: Object,
    size: Cell<isize>,
    items: Cell<isize>,
    table: Cell<*mut Code>,
    format: Cell<Option<ObjectRef>>,
    /// Weak references to this format.
    weak_list: Cell<*const Object>,
}

layout!(Structure, object, Object);

const _: () = assert!(BASIC_SIZE == 56 && CODE_BYTES == 32);

impl Structure {
    /// One without a format, which ends in `extra` bytes of its subclass.
    pub fn new(kind: &TypeHead, extra: usize) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: all fields are written.
        unsafe {
            let made = born::<Self>(kind, BASIC_SIZE, extra)?;
            let this = made.as_ptr();
            (&raw mut (*this).size).write(Cell::new(-1));
            (&raw mut (*this).items).write(Cell::new(-1));
            (&raw mut (*this).table).write(Cell::new(std::ptr::null_mut()));
            (&raw mut (*this).format).write(Cell::new(None));
            (&raw mut (*this).weak_list).write(Cell::new(std::ptr::null()));
            Ok(adopt_tracked(made))
        }
    }

    /// Takes a format over with what it was read into; gives the format before.
    #[must_use = "drop the old format when the table is consistent"]
    pub fn set(&self, format: ObjectRef, plan: &Plan) -> Result<Option<ObjectRef>, OutOfMemory> {
        let table = allocate_items::<Code>(plan.codes.len() + 1)?;
        // SAFETY: the block has room for the number in the place of a code, and for the codes; the old block is the
        // structure's, and whoever reads codes copies them.
        unsafe {
            table.cast::<usize>().write(plan.codes.len());
            table.add(1).copy_from_nonoverlapping(NonNull::from(&*plan.codes).cast(), plan.codes.len());
            release_items(self.table.replace(table.as_ptr()));
        }
        self.size.set(plan.size as isize);
        self.items.set(plan.items as isize);
        Ok(self.format.replace(Some(format)))
    }

    /// Bytes of all items; -1 without a format.
    pub fn size(&self) -> isize {
        self.size.get()
    }

    /// How many values there are; -1 without a format.
    pub fn items(&self) -> isize {
        self.items.get()
    }

    /// The text of the format.
    pub fn format(&self) -> Option<ObjectRef> {
        // SAFETY: cloning a reference runs nothing that could write the field.
        unsafe { (*self.format.as_ptr()).clone() }
    }

    fn count(&self) -> usize {
        // SAFETY: a table starts with the number of its codes.
        NonNull::new(self.table.get()).map_or(0, |table| unsafe { table.cast::<usize>().read() })
    }

    /// A code by its number.
    pub fn code(&self, index: usize) -> Option<Code> {
        // SAFETY: inside the table.
        (index < self.count()).then(|| unsafe { self.table.get().add(index + 1).read() })
    }

    /// Bytes of the table.
    pub fn table_bytes(&self) -> usize {
        if self.table.get().is_null() { 0 } else { (self.count() + 1) * CODE_BYTES }
    }
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is one of these, whose table nobody uses any more.
    unsafe {
        let this = object.as_ref().cast::<Structure>();
        release_items(this.table.replace(std::ptr::null_mut()));
        drop(this.format.take());
    }
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: the type is one of these; the visitor changes nothing.
    if let Some(format) = unsafe { &*object.as_ref().cast::<Structure>().format.as_ptr() } {
        visitor(format.as_pointer());
    }
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the type is one of these.
    BASIC_SIZE + unsafe { object.as_ref().cast::<Structure>() }.table_bytes()
}

/// How these objects live and die.
pub fn lifecycle() -> Lifecycle {
    let made = container_lifecycle(drop_contents, size);
    made.visit.set(visit);
    made.weak.set(WeakSupport::Field(offset_of!(Structure, weak_list) as u32));
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::testing::{fake_type, in_space};

    #[test]
    fn a_table_is_replaced() {
        in_space(|kinds| {
            let made = Structure::new(fake_type(lifecycle()), 0).unwrap();
            assert_eq!((made.size(), made.items(), made.code(0)), (-1, -1, None));
            let format = kinds.int(1);
            for (text, bytes) in [("iii", 128), ("", 32), ("ixi", 96)] {
                let plan = Plan::read(text.as_bytes()).unwrap();
                drop(made.set(format.clone(), &plan).unwrap());
                assert_eq!(made.table_bytes(), bytes);
                assert_eq!(made.code(plan.codes.len()), None);
                assert_eq!(made.code(0), plan.codes.first().copied());
            }
        });
    }
}
