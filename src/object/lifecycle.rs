//! The lifecycle table of a type: all that memory and collector must know about its instances.

use std::cell::Cell;
use std::ptr::NonNull;

use super::header::Object;
use super::space::ObjectSpace;
use super::weak::WeakReference;

/// Called with each object that a visited object holds a counted reference to.
pub type Visitor<'a> = dyn FnMut(NonNull<Object>) + 'a;

/// Shows what each field of an object holds a counted reference to, with the field's name.
pub type VisitFields = unsafe fn(NonNull<Object>, &mut dyn FnMut(&'static str, NonNull<Object>));

/// Something done to an object.
pub type Action = unsafe fn(NonNull<Object>);
/// Calls the callback of a weak reference whose referent is gone.
pub type ReferentDied = fn(&WeakReference, &Object);

/// What stands in front of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// Nothing.
    None,
    /// The collector's links, 16 bytes.
    Gc,
    /// Pointers to the attribute values and to the dict, then the collector's links, 32 bytes.
    Instance,
}

impl Prefix {
    /// Bytes in front of the header.
    #[inline]
    pub const fn bytes(self) -> usize {
        match self {
            Self::None => 0,
            Self::Gc => 16,
            Self::Instance => 32,
        }
    }

    /// Whether the collector can track such objects.
    #[inline]
    pub const fn has_gc(self) -> bool {
        !matches!(self, Self::None)
    }
}

/// Where the list of weak references to an object begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeakSupport {
    /// The type cannot be referenced weakly.
    None,
    /// A pointer field so many bytes behind the start of the object.
    Field(u32),
    /// A side table; a flag in the gc header says whether there is an entry.
    SideTable,
}

/// How instances of a type live and die. Functions take raw pointers, since some run while the count is zero.
pub struct Lifecycle {
    /// Called when the count is zero: takes the object apart and frees its block.
    pub dealloc: Cell<unsafe fn(&ObjectSpace, NonNull<Object>)>,
    /// Whether instances hold nothing and have nothing in front, so that nothing is left to do but to free the block.
    pub is_leaf: Cell<bool>,
    /// Drops the references and blocks that the layout's fields hold; each exactly once.
    pub drop_contents: Cell<unsafe fn(NonNull<Object>)>,
    /// Shows each reference that the object holds to the visitor.
    pub visit: Cell<unsafe fn(NonNull<Object>, &mut Visitor<'_>)>,
    /// The same with the names of the fields, for layouts that are made of named fields; others show nothing here.
    pub fields: Cell<VisitFields>,
    /// Breaks cycles through the object: drops what it can, the object stays valid.
    pub clear: Cell<Option<Action>>,
    /// Bytes of the object from its header on, with separate buffers that `__sizeof__` counts, without the prefix.
    pub size: Cell<unsafe fn(NonNull<Object>) -> usize>,
    /// Runs `__del__` or its native likeness; the count is at least one while it runs.
    pub finalize: Cell<Option<Action>>,
    /// For weak references: the referent is gone, call the callback. Types that have it are laid out as
    /// [`WeakReference`].
    pub referent_died: Cell<Option<ReferentDied>>,
    /// What stands in front.
    pub prefix: Prefix,
    /// Where weak references hang.
    pub weak: Cell<WeakSupport>,
    /// Whether instances hold a counted reference to the type (those made by a class statement).
    pub counts_type: bool,
}

impl Lifecycle {
    /// That of instances which hold nothing, know no weak references and no finalizer; all else is written over this.
    pub fn bare(
        dealloc: unsafe fn(&ObjectSpace, NonNull<Object>),
        size: unsafe fn(NonNull<Object>) -> usize,
        prefix: Prefix,
    ) -> Self {
        Self {
            dealloc: Cell::new(dealloc),
            is_leaf: Cell::new(false),
            drop_contents: Cell::new(no_contents),
            visit: Cell::new(no_visit),
            fields: Cell::new(no_fields),
            clear: Cell::new(None),
            size: Cell::new(size),
            finalize: Cell::new(None),
            referent_died: Cell::new(None),
            prefix,
            weak: Cell::new(WeakSupport::None),
            counts_type: false,
        }
    }
}

/// Visits nothing.
///
/// # Safety
/// None needed; the signature is the table's.
pub unsafe fn no_visit(_: NonNull<Object>, _: &mut Visitor<'_>) {}

/// Names nothing.
///
/// # Safety
/// None needed; the signature is the table's.
pub unsafe fn no_fields(_: NonNull<Object>, _: &mut dyn FnMut(&'static str, NonNull<Object>)) {}

/// Drops nothing.
///
/// # Safety
/// None needed; the signature is the table's.
pub unsafe fn no_contents(_: NonNull<Object>) {}
