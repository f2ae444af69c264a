//! The layout of a cell, which holds a variable that functions share.

use std::ptr::NonNull;

use super::memory_error::OutOfMemory;
use super::storage::{adopt_tracked, born, container_lifecycle};
use crate::object::{Lifecycle, Object, ObjectRef, Ref, TypeHead, Visitor, layout};

/// Bytes of the layout.
pub const BASIC_SIZE: usize = size_of::<Cell>();

/// A shared variable; empty while it is unbound.
#[repr(C)]
pub struct Cell {
    /// The header.
    pub object: Object,
    content: std::cell::Cell<Option<ObjectRef>>,
}

layout!(Cell, object, Object);

impl Cell {
    /// A cell with its first content.
    pub fn new(kind: &TypeHead, content: Option<ObjectRef>) -> Result<Ref<Self>, OutOfMemory> {
        // SAFETY: the content is the only field.
        unsafe {
            let cell = born::<Self>(kind, BASIC_SIZE, 0)?;
            cell.as_ref().content.as_ptr().write(content);
            Ok(adopt_tracked(cell))
        }
    }

    /// The content, borrowed.
    ///
    /// # Safety
    /// The cell is not set while the reference is in use.
    #[inline(always)]
    pub unsafe fn borrow(&self) -> Option<&Object> {
        // SAFETY: as promised.
        unsafe { (*self.content.as_ptr()).as_deref() }
    }

    /// A new reference to the content.
    #[inline]
    pub fn get(&self) -> Option<ObjectRef> {
        // SAFETY: nothing runs between reading and counting.
        unsafe { (*self.content.as_ptr()).clone() }
    }

    /// Whether it is unbound.
    pub fn is_empty(&self) -> bool {
        // SAFETY: a look only.
        unsafe { (*self.content.as_ptr()).is_none() }
    }

    /// Writes the content and hands back what was there, to be dropped when the caller is ready.
    #[inline]
    pub fn set(&self, content: Option<ObjectRef>) -> Option<ObjectRef> {
        self.content.replace(content)
    }
}

unsafe fn drop_contents(object: NonNull<Object>) {
    // SAFETY: the type is the cell's.
    drop(unsafe { object.as_ref().cast::<Cell>() }.set(None));
}

unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: the type is the cell's; the visitor changes nothing.
    if let Some(content) = unsafe { &*object.as_ref().cast::<Cell>().content.as_ptr() } {
        visitor(content.as_pointer());
    }
}

unsafe fn size(_: NonNull<Object>) -> usize {
    BASIC_SIZE
}

/// How cells live and die.
pub fn lifecycle() -> Lifecycle {
    let lifecycle = container_lifecycle(drop_contents, size);
    lifecycle.visit.set(visit);
    lifecycle.clear.set(Some(drop_contents));
    lifecycle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::testing::{fake_type, in_space};

    #[test]
    fn a_cell_is_tracked_and_holds_one_reference() {
        assert_eq!(BASIC_SIZE, 24);
        in_space(|kinds| {
            let one = kinds.int(1);
            let cell = Cell::new(fake_type(lifecycle()), Some(one.clone())).unwrap();
            assert!(cell.is_tracked());
            assert_eq!(one.count(), 2);
            assert!(cell.get().is_some_and(|content| content.is(&one)));
            let mut seen = Vec::new();
            // SAFETY: it is a cell.
            unsafe { visit(cell.pointer(), &mut |object| seen.push(object)) };
            assert_eq!(seen, [one.as_pointer()]);
            drop(cell.set(None));
            assert!(cell.is_empty());
            assert_eq!(one.count(), 1);
        });
    }
}
