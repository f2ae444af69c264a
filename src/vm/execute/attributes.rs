//! Attributes with their inline caches.
//!
//! A cache is good while the type's version is the one it was made for. Word 1 holds the name and the version; word 2
//! where the attribute is: the index among the values, the offset of a member, or the address of what the type holds in
//! the low 48 bits with the number of shared keys above (a name that is not among so many keys is in no instance).

use std::hint::cold_path;

use super::names::{cached_version, cached_word, name_at, rewrite};
use super::operands::{operand_b, operand_c};
use crate::bytecode::{Instruction, Op};
use crate::object::{Object, ObjectRef, Prefix, Ref};
use crate::runtime::instances::{added_dict, instance_prefix, prefix_of};
use crate::runtime::native::SlotDescriptor;
use crate::runtime::stack::{Record, Register};
use crate::runtime::type_object::{DictPlace, TypeFlags};
use crate::runtime::{Interpreter, Outcome, TypeObject, Typed};
use crate::types::module::Module;
use crate::types::super_;
use crate::values::dict::Dict;
use crate::values::instance_values::InstanceValues;
use crate::values::text::Text;

/// The bits of an address in word 2.
const ADDRESS: u64 = (1 << 48) - 1;

#[inline(always)]
unsafe fn version_matches(object: Register, ip: *const Instruction) -> bool {
    // SAFETY: every type is a `TypeObject`; the instruction has its cache words.
    unsafe {
        let kind = &*(*object).kind_pointer().as_ptr().cast::<TypeObject>();
        kind.version.get() == cached_version(ip)
    }
}

/// The place of a value in its instance, or null where the cache does not hold.
#[inline(always)]
pub unsafe fn cached_value_place(object: Register, ip: *const Instruction) -> *mut Register {
    // SAFETY: the version says that instances have the prefix; every block has room for all names that its keys can ever hold.
    unsafe {
        let place = cached_place(object, ip);
        if place.is_null() || (*place).is_null() {
            cold_path();
            return std::ptr::null_mut();
        }
        place
    }
}

#[inline(always)]
unsafe fn cached_place(object: Register, ip: *const Instruction) -> *mut Register {
    // SAFETY: as for `cached_value_place`.
    unsafe {
        if !version_matches(object, ip) {
            cold_path();
            return std::ptr::null_mut();
        }
        let Some(values) = instance_prefix(&*object).values.get() else {
            cold_path();
            return std::ptr::null_mut();
        };
        values.as_pointer().cast::<Register>().as_ptr().add(cached_word(ip) as usize)
    }
}

/// Writes a value that its instance has not yet (see [`cached_value_place`]), where the cache holds; the instance gets
/// a reference of its own.
#[inline(never)]
pub unsafe fn store_first(object: Register, ip: *const Instruction, value: Register) -> bool {
    // SAFETY: the version says that instances have the prefix and keys; every block has room for all names that its
    // keys can ever hold.
    unsafe {
        let prefix = instance_prefix(&*object);
        if !version_matches(object, ip) || prefix.dict.is_some() {
            cold_path();
            return false;
        }
        let values = match prefix.values.get() {
            Some(values) => values,
            None => {
                let Some(keys) = (*object).type_object().shared_keys.get() else { return false };
                let Ok(values) = InstanceValues::new(keys.as_ref()) else { return false };
                prefix.values.set(Some(values));
                values
            }
        };
        values.set_first(cached_word(ip) as u16, (*value).new_ref());
        true
    }
}

/// A value of an instance, or null.
#[inline(always)]
pub unsafe fn cached_value(_: &Interpreter, object: Register, ip: *const Instruction) -> Register {
    // SAFETY: as for `cached_value_place`.
    unsafe {
        let place = cached_place(object, ip);
        if place.is_null() { std::ptr::null_mut() } else { *place }
    }
}

/// The place of a `__slots__` member, or null where the cache does not hold.
#[inline(always)]
pub unsafe fn cached_slot_place(object: Register, ip: *const Instruction) -> *mut Register {
    // SAFETY: the version says that instances have the member.
    unsafe {
        if !version_matches(object, ip) {
            cold_path();
            return std::ptr::null_mut();
        }
        object.byte_add(cached_word(ip) as usize).cast::<Register>()
    }
}

/// A `__slots__` member, or null where it is not set or the cache does not hold.
#[inline(always)]
pub unsafe fn cached_slot(_: &Interpreter, object: Register, ip: *const Instruction) -> Register {
    // SAFETY: as for `cached_slot_place`.
    unsafe {
        let place = cached_slot_place(object, ip);
        if place.is_null() { std::ptr::null_mut() } else { *place }
    }
}

/// What the type holds under a name that no instance has, or null.
#[inline(always)]
pub unsafe fn cached_on_type(_: &Interpreter, object: Register, ip: *const Instruction) -> Register {
    // SAFETY: while the version holds the type's namespaces own the object at the address.
    unsafe {
        if !version_matches(object, ip) {
            cold_path();
            return std::ptr::null_mut();
        }
        let kind = &*(*object).kind_pointer().as_ptr().cast::<TypeObject>();
        let word = cached_word(ip);
        if kind.dict_place.get() == DictPlace::Managed {
            if instance_prefix(&*object).dict.is_some() {
                cold_path();
                return std::ptr::null_mut();
            }
            let keys = kind.shared_keys.get().map_or(0, |keys| keys.as_ref().len());
            if u64::from(keys) != word >> 48 {
                cold_path();
                return std::ptr::null_mut();
            }
        } else if kind.dict_place.get() == DictPlace::Tail && added_dict(&*object).is_some() {
            return std::ptr::null_mut();
        }
        (word & ADDRESS) as Register
    }
}

/// What a module holds under a name, or null where the cache does not hold.
#[inline(always)]
pub unsafe fn cached_in_module(cx: &Interpreter, object: Register, ip: *const Instruction) -> Register {
    // SAFETY: the cache holds the number of the keys and the place of the value; the module keeps its namespace.
    unsafe {
        if (*object).kind_pointer() != cx.types.module.head_pointer() {
            cold_path();
            return std::ptr::null_mut();
        }
        let Some(namespace) = (*object.cast::<Module>()).dict.borrow() else { return std::ptr::null_mut() };
        namespace.cast::<Dict>().borrow_value(cached_version(ip), cached_word(ip) as u32).cast_mut()
    }
}

/// `a = b.name`
#[inline(never)]
pub unsafe fn load(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome {
    // SAFETY: as the instruction says.
    unsafe {
        let object = operand_b(cx, (*record).fp, *ip)?;
        let name = name_at(record, ip);
        let value = match specialise_load(cx, &object, name, ip) {
            Some(value) => value,
            None => cx.get_attribute_text(&object, name)?,
        };
        object.consume();
        Ok(value)
    }
}

/// The version of a type whose instances are looked up generically; none for others.
fn cacheable(cx: &Interpreter, kind: &TypeObject) -> Option<u32> {
    let generic = cx.types.object.slots.get_attribute.get();
    let same = match (kind.slots.get_attribute.get(), generic) {
        (Some(own), Some(generic)) => std::ptr::fn_addr_eq(own, generic),
        _ => false,
    };
    Some(cx.version_of(kind)).filter(|version| same && *version != 0)
}

/// Fills the cache, and hands out the attribute where that has found it. Where objects of several types meet, every
/// second load comes here, so nothing is looked up twice.
unsafe fn specialise_load(
    cx: &Interpreter,
    object: &Object,
    name: &Ref<Text>,
    ip: *const Instruction,
) -> Option<ObjectRef> {
    let kind = object.type_object();
    if object.is_exactly(&cx.types.module) {
        // SAFETY: the caller's instruction has two cache words.
        return unsafe { specialise_in_module(cx, object, name, ip, Op::LoadAttributeModule) };
    }
    let version = cacheable(cx, kind)?;
    // SAFETY: the caller's instruction has two cache words; what is found is counted before anything else runs.
    unsafe {
        let name_index = (*ip.add(1)).word() as u32;
        let Some(found) = cx.type_lookup_borrowed(kind, name) else {
            let (values, index) = value_index(object, name, cached_word(ip) as u16)?;
            rewrite(ip, Op::LoadAttributeValue, name_index, version, u64::from(index));
            return values.get(index);
        };
        let found = found.as_ref();
        if let Some(offset) = member_offset(cx, found, kind) {
            rewrite(ip, Op::LoadAttributeSlot, name_index, version, u64::from(offset));
            return None;
        }
        if found.type_object().slots.descriptor_get.get().is_some() {
            return None;
        }
        let word = type_word(object, kind, name, found)?;
        rewrite(ip, Op::LoadAttributeType, name_index, version, word);
        Some(found.new_ref())
    }
}

/// What a module holds under a name that its type has not; fills the cache.
unsafe fn specialise_in_module(
    cx: &Interpreter,
    module: &Object,
    name: &Ref<Text>,
    ip: *const Instruction,
    op: Op,
) -> Option<ObjectRef> {
    if cx.type_lookup_borrowed(module.type_object(), name).is_some() {
        return None;
    }
    // SAFETY: the module keeps its namespace, and nothing runs meanwhile; the instruction has two cache words.
    unsafe {
        let namespace = module.cast::<Module>().dict.borrow().as_ref()?.cast::<Dict>();
        let index = namespace.find_text(name)?;
        let (version, place) = (namespace.keys_version(&cx.next_type_version), namespace.value_place(index));
        if version != 0 && place != 0 {
            rewrite(ip, op, (*ip.add(1)).word() as u32, version, u64::from(place));
        }
        namespace.value_at(index)
    }
}

/// The values that an instance has now, and the index of a name among them, which may be that of the last time.
fn value_index(object: &Object, name: &Text, near: u16) -> Option<(InstanceValues, u16)> {
    let values = prefix_of(object)?.values.get()?;
    // SAFETY: a type keeps its shared keys.
    let index = unsafe { object.type_object().shared_keys.get()?.as_ref() }.index_near(name, near)?;
    Some((values, index))
}

/// The offset of a `__slots__` member that instances of this type have: a class can also hold a member of another one.
fn member_offset(cx: &Interpreter, found: &Object, kind: &TypeObject) -> Option<u32> {
    if !found.is_exactly(&cx.types.member_descriptor) || !kind.has(TypeFlags::HEAP) {
        return None;
    }
    let member = found.layout::<SlotDescriptor>()?;
    if !member.descriptor.owner.get().as_type().is_some_and(|owner| kind.is_subtype(owner)) {
        return None;
    }
    Some(member.offset.get()).filter(|offset| *offset != 0)
}

/// Word 2 for something the type holds, if no instance can have the name.
fn type_word(object: &Object, kind: &TypeObject, name: &Text, found: &Object) -> Option<u64> {
    let keys = match kind.dict_place.get() {
        DictPlace::None => 0,
        DictPlace::Field(_) => return None,
        DictPlace::Tail if added_dict(object).is_some() => return None,
        DictPlace::Tail => 0,
        DictPlace::Managed => {
            let prefix = prefix_of(object)?;
            // SAFETY: a type keeps its shared keys.
            let keys = kind.shared_keys.get().map(|keys| unsafe { keys.as_ref() });
            if prefix.dict.is_some() || keys.is_some_and(|keys| keys.index_of(name).is_some()) {
                return None;
            }
            keys.map_or(0, |keys| keys.len())
        }
    };
    Some(found.address() as u64 | u64::from(keys) << 48)
}

/// Prepares a method call: function and self, or null and the attribute.
#[inline(never)]
pub unsafe fn load_method(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome<()> {
    // SAFETY: as the instruction says; a and a + 1 are dead temporaries.
    unsafe {
        let i = *ip;
        let fp = (*record).fp;
        let name = name_at(record, ip);
        let object = operand_b(cx, fp, i)?;
        let (function, this) = match method_of(cx, &object, name, ip) {
            Some(function) => (function.into_raw().as_ptr(), object.take()),
            None => {
                let (function, value) = load_unbound(cx, &object, name, ip)?;
                object.consume();
                (function.map_or(std::ptr::null_mut(), |function| function.into_raw().as_ptr()), value)
            }
        };
        *fp.add(i.a as usize) = function;
        *fp.add(i.a as usize + 1) = this.into_raw().as_ptr();
        Ok(())
    }
}

/// What is called for a method that the type does not hold: the attribute; behind `super()` function and self.
unsafe fn load_unbound(
    cx: &Interpreter,
    object: &Object,
    name: &Ref<Text>,
    ip: *const Instruction,
) -> Outcome<(Option<ObjectRef>, ObjectRef)> {
    if object.is_exactly(&cx.types.super_)
        && let Some((function, this)) = super_::method_of(cx, object, name)?
    {
        return Ok((Some(function), this));
    }
    // SAFETY: as promised by the caller.
    let known = match object.is_exactly(&cx.types.module) {
        true => unsafe { specialise_in_module(cx, object, name, ip, Op::LoadMethodModule) },
        false => None,
    };
    Ok((None, known.map_or_else(|| cx.get_attribute_text(object, name), Ok)?))
}

/// The function that the type holds for a method, where no bound method is needed; fills the cache.
unsafe fn method_of(
    cx: &Interpreter,
    object: &Object,
    name: &Ref<Text>,
    ip: *const Instruction,
) -> Option<ObjectRef> {
    let kind = object.type_object();
    let version = cacheable(cx, kind)?;
    // SAFETY: the reference is counted before anything else runs.
    let found = unsafe { cx.type_lookup_borrowed(kind, name)?.as_ref() };
    if !found.type_object().has(TypeFlags::METHOD_DESCRIPTOR) {
        return None;
    }
    if let Some(word) = type_word(object, kind, name, found) {
        // SAFETY: the instruction has two cache words.
        unsafe { rewrite(ip, Op::LoadMethodCached, (*ip.add(1)).word() as u32, version, word) };
        return Some(found.new_ref());
    }
    let shadowed = cx.own_attribute(object, name).ok()?.is_some();
    (!shadowed).then(|| found.new_ref())
}

/// `b.name = c`
#[inline(never)]
pub unsafe fn store(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome<()> {
    // SAFETY: as the instruction says.
    unsafe {
        let fp = (*record).fp;
        let value = operand_c(cx, fp, *ip)?;
        let object = operand_b(cx, fp, *ip)?;
        let name = name_at(record, ip);
        if !store_known(cx, &object, name, &value, ip) {
            cx.set_attribute_text(&object, name, Some(&value))?;
            specialise_store(cx, &object, name, ip);
        }
        value.consume();
        object.consume();
        Ok(())
    }
}

/// The version of a type whose instances' attributes are set generically; none for others.
fn cacheable_store(cx: &Interpreter, kind: &TypeObject) -> Option<u32> {
    let generic = cx.types.object.slots.set_attribute.get();
    let same = match (kind.slots.set_attribute.get(), generic) {
        (Some(own), Some(generic)) => std::ptr::fn_addr_eq(own, generic),
        _ => false,
    };
    Some(cx.version_of(kind)).filter(|version| same && *version != 0)
}

/// Sets an attribute that the instance has a place for among its values, and fills the cache; false where it has none.
unsafe fn store_known(
    cx: &Interpreter,
    object: &Object,
    name: &Ref<Text>,
    value: &Object,
    ip: *const Instruction,
) -> bool {
    let kind = object.type_object();
    let Some(version) = cacheable_store(cx, kind) else { return false };
    if kind.lifecycle.prefix != Prefix::Instance || cx.type_lookup_borrowed(kind, name).is_some() {
        return false;
    }
    // SAFETY: the caller's instruction has two cache words.
    let near = unsafe { cached_word(ip) } as u16;
    let Some((values, index)) = value_index(object, name, near) else { return false };
    // SAFETY: the caller's instruction has two cache words, and the index is one of the keys. The old value is dropped
    // when all is written, since that may run anything.
    unsafe {
        rewrite(ip, Op::StoreAttributeValue, (*ip.add(1)).word() as u32, version, u64::from(index));
        drop(values.set(index, value.new_ref()));
    }
    true
}

unsafe fn specialise_store(cx: &Interpreter, object: &Object, name: &Ref<Text>, ip: *const Instruction) {
    let kind = object.type_object();
    let Some(version) = cacheable_store(cx, kind) else { return };
    // SAFETY: the caller's instruction has two cache words.
    unsafe {
        let name_index = (*ip.add(1)).word() as u32;
        match cx.type_lookup_borrowed(kind, name) {
            None if kind.lifecycle.prefix == Prefix::Instance => {
                if let Some((_, index)) = value_index(object, name, 0) {
                    rewrite(ip, Op::StoreAttributeValue, name_index, version, u64::from(index));
                }
            }
            Some(found) => {
                if let Some(offset) = member_offset(cx, found.as_ref(), kind) {
                    rewrite(ip, Op::StoreAttributeSlot, name_index, version, u64::from(offset));
                }
            }
            None => {}
        }
    }
}

/// `del b.name`
#[inline(never)]
pub unsafe fn delete(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome<()> {
    // SAFETY: as the instruction says.
    unsafe {
        let object = operand_b(cx, (*record).fp, *ip)?;
        cx.set_attribute_text(&object, name_at(record, ip), None)?;
        object.consume();
        Ok(())
    }
}
