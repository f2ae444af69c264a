//! The built-in types as they are born: blocks with headers, names and bases. Upper floors give them behaviour.

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use super::field::Field;
use super::slots::Slots;
use super::type_object::{DictPlace, TypeFlags, TypeObject};
use super::type_table::Types;
use crate::object::{Lifecycle, Object, ObjectRef, ObjectSpace, Prefix, dealloc_container, dealloc_leaf};
use crate::values::text::Text;

/// All built-in types, without behaviour. `type` is its own type, so the blocks come before their headers.
pub(super) fn bare_types(space: &ObjectSpace) -> Option<Types> {
    let bytes = Prefix::Gc.bytes() + size_of::<TypeObject>();
    let blocks = Types::BARE
        .iter()
        .map(|_| {
            space
                .heap
                .allocate(bytes)
                .map(|block| unsafe { block.add(Prefix::Gc.bytes()) }.cast::<TypeObject>())
        })
        .collect::<Option<Vec<_>>>()?;
    let at =
        |name: &str| blocks[Types::BARE.iter().position(|bare| bare.name == name).expect("a built-in type")];
    let (meta, text) = (at("type"), at("str"));
    for (bare, block) in Types::BARE.iter().zip(&blocks) {
        let base = (!bare.base.is_empty()).then(|| at(bare.base));
        // SAFETY: the block is as large as a prefix and a type; names are made below.
        unsafe { write_bare_type(*block, bare.prefix, meta, base, text) };
    }
    let types = Types::from_bare(blocks.iter().map(|block| {
        // SAFETY: each was written with one reference, which this takes over.
        unsafe { ObjectRef::from_owned(block.cast()).cast_into() }
    }));
    name_bare_types(&types, text)?;
    Some(types)
}

/// # Safety
/// `block` has room for the prefix in front and for a type; the other blocks are types or will be before use.
unsafe fn write_bare_type(
    block: NonNull<TypeObject>,
    prefix: Prefix,
    meta: NonNull<TypeObject>,
    base: Option<NonNull<TypeObject>>,
    placeholder: NonNull<TypeObject>,
) {
    // SAFETY: as promised; the name fields hold a placeholder that is not dropped but overwritten.
    unsafe {
        block.cast::<u128>().sub(1).write(0);
        block.write(TypeObject {
            head: crate::object::TypeHead {
                object: Object::new(meta.cast()),
                lifecycle: bare_lifecycle(prefix),
            },
            slots: Slots::default(),
            version: Cell::new(0),
            flags: Cell::new(TypeFlags::IMMUTABLE),
            basic_size: Cell::new(16),
            item_size: Cell::new(0),
            layout: Cell::new(None),
            dict_place: Cell::new(DictPlace::None),
            name: Field::new(ObjectRef::from_owned(placeholder.cast())),
            qualified_name: Field::new(ObjectRef::from_owned(placeholder.cast())),
            base: Field::new(base.map(|base| {
                let object = base.cast::<Object>();
                ObjectRef::from_owned(object).cast_into()
            })),
            bases: Field::new(None),
            mro: Field::new(None),
            dict: Field::new(None),
            solid_base: Cell::new(Some(block)),
            slot_names: Field::new(None),
            first_member: Cell::new(0),
            has_members: Cell::new(false),
            shared_keys: Cell::new(None),
            subclasses: RefCell::default(),
            subclass_references: Field::new(None),
            short_call: Cell::new(None),
            weak_list: Cell::new(std::ptr::null()),
            documentation: Cell::new(None),
            module_name: Cell::new("builtins"),
        });
    }
}

/// Gives the bare types their names, and the references to bases that were written uncounted.
fn name_bare_types(types: &Types, placeholder: NonNull<TypeObject>) -> Option<()> {
    let _ = placeholder;
    for (bare, kind) in Types::BARE.iter().zip(types.all()) {
        let name = bare.name.rsplit('.').next().unwrap_or(bare.name);
        for field in [&kind.name, &kind.qualified_name] {
            let text = Text::from_str(&types.str, name).ok()?;
            std::mem::forget(field.replace(text.into_object()));
        }
        if let Some((module, _)) = bare.name.rsplit_once('.') {
            kind.module_name.set(module);
        }
        std::mem::forget(kind.base.get());
    }
    Some(())
}

/// A lifecycle that is good for headers alone, until the type is completed.
fn bare_lifecycle(prefix: Prefix) -> Lifecycle {
    Lifecycle::bare(if prefix.has_gc() { dealloc_container } else { dealloc_leaf }, |_| 16, prefix)
}
