//! Who derives from a type.
//!
//! A type knows all its direct subclasses by uncounted pointers, in the order of their making. Those that a program makes
//! it holds as CPython does, too: in a dict of weak references, which is seen by no visit, since it can be part of no
//! cycle. Where a built-in type has built-in subclasses, that dict is there from the start.

use std::ptr::NonNull;

use super::interpreter::{Interpreter, current};
use super::outcome::Outcome;
use super::type_object::{TypeFlags, TypeObject};
use crate::object::weak::{self, Sharing, WeakReference};
use crate::object::{ObjectRef, Ref};

/// The direct subclasses of a type, without those that have died (they take themselves out).
pub fn subclasses(kind: &TypeObject) -> Vec<Ref<TypeObject>> {
    let all = kind.subclasses.borrow();
    // SAFETY: a type removes itself from its bases' lists when it dies.
    let all = all.iter().map(|sub| unsafe { sub.as_ref() });
    all.filter(|sub| sub.count() > 0).map(TypeObject::new_type_ref).collect()
}

/// Those that a program is shown: one that a collection is about to take apart is known no more.
pub fn known_subclasses(kind: &TypeObject) -> Vec<Ref<TypeObject>> {
    let is_known = |sub: &Ref<TypeObject>| {
        !sub.has(TypeFlags::HEAP) || weak::shared(sub.as_object(), Sharing::Reference).is_some()
    };
    subclasses(kind).into_iter().filter(is_known).collect()
}

/// Adds a type to the list of a base.
pub fn register_subclass(kind: &TypeObject, base: &TypeObject) {
    base.subclasses.borrow_mut().push(NonNull::from(kind));
}

/// Takes a class out of the lists of its bases.
pub fn unregister_subclass(kind: &TypeObject, bases: &[Ref<TypeObject>]) {
    for base in bases {
        base.subclasses.borrow_mut().retain(|sub| !std::ptr::eq(sub.as_ptr(), kind));
        if kind.has(TypeFlags::HEAP) {
            forget_reference(current(), kind, base);
        }
    }
}

/// What CPython does as well where there is no memory for the key: the dead reference stays.
fn forget_reference(cx: &Interpreter, kind: &TypeObject, base: &TypeObject) {
    let Some(table) = base.subclass_references.get() else { return };
    let Ok(key) = cx.new_size(kind.address()) else { return };
    let removed = cx.dict_remove(&table, &key);
    debug_assert!(removed.is_ok(), "keys are integers");
    if table.is_empty() {
        match base.has(TypeFlags::HEAP) || base.subclasses.borrow().is_empty() {
            true => drop(base.subclass_references.take()),
            false => table.clear(),
        }
    }
}

impl Interpreter {
    /// Adds a class that a program has made to the list of a base, which holds a weak reference to it.
    pub fn enter_subclass(&self, class: &TypeObject, base: &TypeObject) -> Outcome<()> {
        let key = self.new_size(class.address())?;
        let reference = self.class_reference(class)?;
        if base.subclass_references.get().is_none() {
            base.subclass_references.set(Some(self.new_dict()?));
        }
        let table = base.subclass_references.get().expect("it was just made");
        self.dict_set(&table, &key, reference)?;
        register_subclass(class, base);
        Ok(())
    }

    /// The plain weak reference to a class.
    fn class_reference(&self, class: &TypeObject) -> Outcome {
        if let Some(known) = weak::shared(class, Sharing::Reference) {
            return Ok(known);
        }
        let kind = &self.types.weak_reference;
        let made = weak::birth(kind, size_of::<WeakReference>(), class, None, Sharing::Reference);
        made.map(Ref::into_object).ok_or_else(|| self.raise_memory_error())
    }

    /// Gives each built-in type with built-in subclasses its dict for those of the program.
    pub fn prepare_subclass_tables(&self) -> Outcome<()> {
        let types = self.types.all();
        for kind in types.iter().filter(|kind| !kind.subclasses.borrow().is_empty()) {
            kind.subclass_references.set(Some(self.new_dict()?));
        }
        Ok(())
    }

    /// When no program runs any more: built-in types let go of the dicts that a program has made grow.
    pub(super) fn drop_subclass_tables(&self) {
        self.each_type(&mut |kind| {
            if !kind.has(TypeFlags::HEAP) {
                drop(kind.subclass_references.take());
            }
        });
    }

    /// Shows what types hold and no visit shows.
    pub(super) fn visit_unseen_by_types(&self, show: &mut dyn FnMut(&'static str, &ObjectRef)) {
        self.each_type(&mut |kind| {
            if let Some(table) = kind.subclass_references.get() {
                show("subclasses of a class", table.as_object());
            }
            if let Some(names) = kind.slot_names.get() {
                show("names in __slots__ of a class", names.as_object());
            }
        });
    }

    /// Shows every type once; none dies meanwhile.
    fn each_type(&self, show: &mut dyn FnMut(&TypeObject)) {
        let mut waiting = vec![NonNull::from(&*self.types.object)];
        while let Some(kind) = waiting.pop() {
            // SAFETY: a type takes itself out of the lists of its bases when it dies.
            let kind = unsafe { kind.as_ref() };
            show(kind);
            let subclasses = kind.subclasses.borrow();
            waiting.extend(subclasses.iter().filter(|sub| is_first_base(kind, **sub)));
        }
    }
}

/// Whether a type is the first base of another: so each is met once.
fn is_first_base(kind: &TypeObject, sub: NonNull<TypeObject>) -> bool {
    // SAFETY: as above.
    let bases = unsafe { sub.as_ref() }.bases.get();
    bases.and_then(|bases| bases.get(0)).is_some_and(|first| first.is(kind))
}
