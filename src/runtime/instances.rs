//! Instances: how objects of any type are born, and the lifecycle of those that a class statement makes.
//!
//! ```text
//! | values | dict | gc links | header | fields of the solid base | weak list | __slots__ members |
//! ```
//!
//! Attribute values stand in a block of their own, in the order of the type's shared keys, until a dict is asked for.
//! Where the solid base has items, nothing stands in front of the links, and the dict is the last word:
//!
//! ```text
//! | gc links | header | number of items | items | dict |
//! ```

use std::cell::Cell;
use std::hint::cold_path;
use std::ptr::NonNull;

use super::field::Field;
use super::interpreter::{Interpreter, current};
use super::outcome::Outcome;
use super::type_object::{DictPlace, TypeFlags, TypeObject, Typed};
use crate::object::{
    GcHead, Layout, Object, ObjectRef, ObjectSpace, Prefix, Ref, Visitor, finish_release, no_contents,
    no_visit, release_nested, weak,
};
use crate::values::dict::Dict;
use crate::values::instance_values::{InstanceValues, SharedKeys};

/// The two words in front of the gc header of an instance.
#[repr(C)]
pub struct InstancePrefix {
    /// The block of attribute values, once there is one.
    pub values: Cell<Option<InstanceValues>>,
    /// The dict, once asked for.
    pub dict: Field<Option<ObjectRef>>,
}

/// The instance prefix of an object.
///
/// # Safety
/// The object's type has [`Prefix::Instance`].
#[inline]
pub unsafe fn instance_prefix(object: &Object) -> &InstancePrefix {
    // SAFETY: the prefix is 32 bytes: these two words and the gc links.
    unsafe { &*std::ptr::from_ref(object).byte_sub(Prefix::Instance.bytes()).cast() }
}

/// The instance prefix, where there is one.
#[inline]
pub fn prefix_of(object: &Object) -> Option<&InstancePrefix> {
    // SAFETY: tested.
    (object.kind().lifecycle.prefix == Prefix::Instance).then(|| unsafe { instance_prefix(object) })
}

/// A pointer field of an object, such as a `__slots__` member or an exception's dict.
///
/// # Safety
/// The object's layout has a `Field<Option<ObjectRef>>` there.
#[inline]
pub unsafe fn object_field(object: &Object, offset: u32) -> &Field<Option<ObjectRef>> {
    // SAFETY: as promised.
    unsafe { &*std::ptr::from_ref(object).byte_add(offset as usize).cast() }
}

/// How a lifecycle visits what an object holds.
type Visit = unsafe fn(NonNull<Object>, &mut Visitor<'_>);

/// What an instance of a class takes from its header on: header and weak references.
const INSTANCE_SIZE: usize = 24;

/// Fills words with zero. Most instances have few, and there a call would cost more.
///
/// # Safety
/// So many words may be written.
#[inline(always)]
unsafe fn zero_words(at: *mut u64, count: usize) {
    // SAFETY: as promised.
    unsafe {
        match count {
            0 => {}
            1 => at.write(0),
            2 => at.cast::<[u64; 2]>().write([0; 2]),
            3 => at.cast::<[u64; 3]>().write([0; 3]),
            4 => at.cast::<[u64; 4]>().write([0; 4]),
            5 => at.cast::<[u64; 5]>().write([0; 5]),
            6 => at.cast::<[u64; 6]>().write([0; 6]),
            7 => at.cast::<[u64; 7]>().write([0; 7]),
            8 => at.cast::<[u64; 8]>().write([0; 8]),
            _ => at.write_bytes(0, count),
        }
    }
}

impl Interpreter {
    /// A zero-filled instance of a type with a fixed size, not tracked yet. The caller writes the fields of the native
    /// layout, if the type has one.
    pub fn birth_instance(&self, kind: &TypeObject) -> Outcome<NonNull<Object>> {
        let size = kind.basic_size.get() as usize;
        if size != INSTANCE_SIZE || kind.head.lifecycle.prefix != Prefix::Instance {
            cold_path();
            return self.birth_sized(kind, size);
        }
        // SAFETY: there is one word behind the header, and zero is a valid value of it.
        unsafe {
            let Some(object) = self.space.birth_instance_at_once(kind, INSTANCE_SIZE) else {
                cold_path();
                return self.birth_sized(kind, size);
            };
            object.cast::<u64>().add(2).write(0);
            Ok(self.space.counted(object))
        }
    }

    /// The same with a given size from the header on.
    pub fn birth_sized(&self, kind: &TypeObject, size: usize) -> Outcome<NonNull<Object>> {
        // SAFETY: everything behind the header is zeroed, which is a valid value of every field that this floor adds.
        unsafe {
            let object = self.space.birth(kind, size).ok_or_else(|| self.raise_memory_error())?;
            zero_words(object.cast::<u64>().as_ptr().add(2), size.saturating_sub(16).div_ceil(8));
            Ok(object)
        }
    }

    /// A new object of a native layout; `make` gets the header and returns the whole struct. It is not tracked.
    pub fn birth_with<T: Layout>(
        &self,
        kind: &TypeObject,
        make: impl FnOnce(Object) -> T,
    ) -> Outcome<Ref<T>> {
        let size = size_of::<T>().max(kind.basic_size.get() as usize);
        // SAFETY: the block is large enough; the header that `make` gets equals the one just written. What a subclass
        // adds behind the layout is zeroed, as in `birth_sized`.
        unsafe {
            let object = self.space.birth(kind, size).ok_or_else(|| self.raise_memory_error())?;
            zero_words(object.cast::<T>().add(1).cast().as_ptr(), (size - size_of::<T>()).div_ceil(8));
            let header = Object::new(NonNull::from(&kind.head));
            object.cast::<T>().write(make(header));
            Ok(ObjectRef::from_owned(object).cast_into())
        }
    }

    /// The same for a container: tracked.
    pub fn birth_tracked<T: Layout>(
        &self,
        kind: &TypeObject,
        make: impl FnOnce(Object) -> T,
    ) -> Outcome<Ref<T>> {
        if kind.basic_size.get() as usize <= size_of::<T>() {
            // SAFETY: the type has a gc prefix; the header that `make` gets equals the one just written, and all fields
            // are written before anything else happens.
            unsafe {
                if let Some(object) = self.space.birth_tracked(kind, size_of::<T>()) {
                    object.cast::<T>().write(make(Object::new(NonNull::from(&kind.head))));
                    return Ok(ObjectRef::from_owned(object).cast_into());
                }
            }
        }
        cold_path();
        let made = self.birth_with(kind, make)?;
        // SAFETY: the type has a gc prefix, and all fields are written.
        unsafe { self.space.track(made.as_object().as_pointer()) };
        Ok(made)
    }

    /// Moves a new container behind all others in the list of the youngest: CPython makes it later than we do, and the
    /// order of the list is that in which a collection lets things die.
    pub fn track_last(&self, object: &Object) {
        if object.is_tracked() {
            // SAFETY: what is tracked has the collector's links, and its fields are valid.
            unsafe {
                self.space.untrack(object.pointer());
                self.space.track(object.pointer());
            }
        }
    }

    /// Takes what a native function has made out of the collector's sight, as CPython's values with named items are, whose
    /// items are numbers and texts.
    pub fn untracked(&self, object: ObjectRef) -> ObjectRef {
        if object.is_tracked() {
            // SAFETY: what is tracked has the collector's links.
            unsafe { self.space.untrack(object.as_pointer()) };
        }
        object
    }

    /// As [`Interpreter::track_last`], for an object that may have been there before: one that others hold stays where it
    /// is.
    pub fn track_last_if_new(&self, object: &Object) {
        if object.count() == 1 {
            self.track_last(object);
        }
    }

    /// The attribute dict of an instance, made from its values where it has none yet. None where the type has no place
    /// for one.
    pub fn instance_dict(&self, object: &Object) -> Outcome<Option<Ref<Dict>>> {
        let Some(field) = dict_field(object) else { return Ok(None) };
        if field.get().is_none() {
            let made = match prefix_of(object).and_then(|prefix| prefix.values.get()) {
                Some(values) => self.dict_from_values(object, values)?,
                None => self.new_dict()?,
            };
            field.set(Some(made.into_object()));
        }
        // SAFETY: dict fields hold dicts.
        Ok(field.get().map(|dict| unsafe { dict.cast_into() }))
    }

    /// Moves the attribute values of an instance into a new dict.
    fn dict_from_values(&self, object: &Object, values: InstanceValues) -> Outcome<Ref<Dict>> {
        let kind = object.type_object();
        let keys = kind.shared_keys.get().expect("values come with keys");
        // SAFETY: values and keys belong to this live instance and its type.
        let dict = unsafe { values.move_to_dict(keys.as_ref(), &self.types.dict)? };
        // SAFETY: the type has an instance prefix, since it has values.
        unsafe { instance_prefix(object) }.values.set(None);
        Ok(dict)
    }
}

/// Where an instance's dict hangs, if its type has a place for one.
pub fn dict_field(object: &Object) -> Option<&Field<Option<ObjectRef>>> {
    match object.type_object().dict_place.get() {
        DictPlace::None => None,
        // SAFETY: the type says that the prefix is there.
        DictPlace::Managed => Some(unsafe { &instance_prefix(object).dict }),
        // SAFETY: the type says that the field is there.
        DictPlace::Field(offset) => Some(unsafe { object_field(object, offset) }),
        // SAFETY: the type says that the object has items and a dict behind them.
        DictPlace::Tail => Some(unsafe { tail_field(object) }),
    }
}

/// The dict of an instance where its class has made the place for it, not the native layout of a base.
pub fn added_dict(object: &Object) -> Option<ObjectRef> {
    match object.type_object().dict_place.get() {
        DictPlace::Managed | DictPlace::Tail => dict_field(object)?.get(),
        DictPlace::None | DictPlace::Field(_) => None,
    }
}

/// The last word of an object with items.
///
/// # Safety
/// The object's type has [`DictPlace::Tail`]: an `int`, `tuple` or `bytes`, whose number of items follows the header.
unsafe fn tail_field(object: &Object) -> &Field<Option<ObjectRef>> {
    // SAFETY: as promised; a word was left free behind the items when the object was born.
    unsafe {
        let kind = object.type_object();
        let count = std::ptr::from_ref(object).add(1).cast::<isize>().read().unsigned_abs();
        // An int has room for one digit, also where it is zero.
        let count = if kind.has(TypeFlags::INT) { count.max(1) } else { count };
        let fixed = kind.basic_size.get() as usize - size_of::<usize>();
        let end = (fixed + count * kind.item_size.get() as usize).next_multiple_of(8);
        &*std::ptr::from_ref(object).byte_add(end).cast()
    }
}

/// Calls `each` with every member field of an instance, those of the most derived class first.
#[inline]
fn each_member(object: &Object, each: impl FnMut(&Field<Option<ObjectRef>>)) {
    if object.type_object().has_members.get() {
        each_of_members(object, each);
    }
}

fn each_of_members(object: &Object, mut each: impl FnMut(&Field<Option<ObjectRef>>)) {
    let mut at = Some(NonNull::from(object.type_object()));
    // SAFETY: bases live as long as the type.
    while let Some(kind) = at.map(|kind| unsafe { kind.as_ref() }).filter(|kind| kind.has_members.get()) {
        // SAFETY: the names stay while the class lives; members of that number lie in every instance of the class.
        unsafe {
            let count = kind.slot_names.borrow().as_ref().map_or(0, |names| names.len());
            let first: *const Field<Option<ObjectRef>> = object_field(object, kind.first_member.get());
            (0..count).for_each(|index| each(&*first.add(index)));
        }
        // SAFETY: only looked at.
        at = unsafe { kind.base.borrow() }.as_ref().map(|base| NonNull::from(&**base));
    }
}

#[inline(never)]
fn drop_members(object: &Object) {
    each_of_members(object, |field| drop(field.take()));
}

/// Shows the attribute values that an instance keeps outside a dict, with their names.
pub fn each_value(object: &Object, show: &mut dyn FnMut(&Object, &Object)) {
    let Some((values, keys)) = prefix_of(object).and_then(|prefix| values_of(object, prefix)) else { return };
    for (index, name) in (0..).zip(keys.names()) {
        // SAFETY: a number of the keys, whose names and values stay while they are shown.
        if let Some(value) = unsafe { values.get(index) } {
            show(name, &value);
        }
    }
}

/// Shows the words of what stands in front of an object and of its fixed fields, by their places in its block.
pub fn each_word(object: &Object, show: &mut dyn FnMut(usize, usize)) {
    let prefix = object.kind().lifecycle.prefix.bytes();
    let count = (prefix + object.type_object().basic_size.get() as usize) / size_of::<usize>();
    let start = std::ptr::from_ref(object).wrapping_byte_sub(prefix).cast::<usize>();
    for index in 0..count {
        // SAFETY: so many words belong to every instance of the type. A volatile read takes whatever stands there.
        show(index, unsafe { start.add(index).read_volatile() });
    }
}

/// The blocks of a class's names of attributes: that of their table, and that of the names.
pub fn blocks_of_shared_keys(kind: &TypeObject) -> Option<[usize; 2]> {
    let keys = kind.shared_keys.get()?;
    // SAFETY: they live as long as the type.
    Some([keys.addr().get(), unsafe { keys.as_ref() }.names().as_ptr().addr()])
}

/// Shows the names of attributes that a class keeps for its instances.
pub fn each_shared_key(kind: &TypeObject, show: &mut dyn FnMut(&Object)) {
    if let Some(keys) = kind.shared_keys.get() {
        // SAFETY: they live as long as the type, and are only ever added to.
        unsafe { keys.as_ref() }.names().iter().for_each(|name| show(name));
    }
}

/// Shows the `__slots__` members of an instance, with their names.
pub fn each_named_member(object: &Object, show: &mut dyn FnMut(&Object, &Object)) {
    let mut at = Some(object.type_object().new_type_ref());
    while let Some(kind) = at.filter(|kind| kind.has_members.get()) {
        let names = kind.slot_names.get();
        let offsets = (kind.first_member.get()..).step_by(size_of::<ObjectRef>());
        for (name, offset) in names.iter().flat_map(|names| names.items()).zip(offsets) {
            // SAFETY: the member's offset lies in every instance of the class.
            if let Some(value) = unsafe { object_field(object, offset) }.get() {
                show(name, &value);
            }
        }
        at = kind.base.get();
    }
}

/// Shows what the named fields of an object's native layout hold.
pub fn each_field(object: &Object, show: &mut dyn FnMut(&'static str, &Object)) {
    let visit = solid_base(object).lifecycle.fields.get();
    // SAFETY: the object has the layout of its solid base; what a field holds is alive.
    unsafe { visit(object.pointer(), &mut |name, held| show(name, held.as_ref())) };
}

/// The nearest type in the line of an object's bases that adds fields to its instances.
#[inline]
pub fn solid_base(object: &Object) -> &TypeObject {
    let kind = object.type_object();
    // SAFETY: the solid base is one of the bases.
    kind.solid_base.get().map_or(kind, |solid| unsafe { solid.as_ref() })
}

/// Shows everything an instance of a heap type holds, in the order of CPython's `subtype_traverse`.
///
/// # Safety
/// The object is an instance of a heap type.
pub unsafe fn visit_instance(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: as promised; visitors run no Python.
    unsafe {
        let this = object.as_ref();
        each_member(this, |field| field.visit(visitor));
        if let Some(prefix) = prefix_of(this) {
            if let Some((values, keys)) = values_of(this, prefix) {
                values.visit(keys, visitor);
            }
            prefix.dict.visit(visitor);
        } else if this.type_object().dict_place.get() == DictPlace::Tail {
            tail_field(this).visit(visitor);
        }
        visitor(this.kind_pointer().cast());
        let visit = solid_base(this).lifecycle.visit.get();
        // A call of what does nothing costs more than to see that it does.
        if !std::ptr::fn_addr_eq(visit, no_visit as Visit) {
            cold_path();
            visit(object, visitor);
        }
    }
}

/// The values of an instance with the names they belong to.
#[inline]
fn values_of<'a>(object: &'a Object, prefix: &InstancePrefix) -> Option<(InstanceValues, &'a SharedKeys)> {
    let values = prefix.values.get()?;
    // SAFETY: a type that gives its instances values keeps their names as long as it lives.
    object.type_object().shared_keys.get().map(|keys| (values, unsafe { keys.as_ref() }))
}

/// Breaks cycles through an instance of a heap type.
///
/// # Safety
/// The object is an instance of a heap type.
pub unsafe fn clear_instance(object: NonNull<Object>) {
    // SAFETY: as promised.
    unsafe {
        let this = object.as_ref();
        each_member(this, |field| drop(field.take()));
        clear_attributes(this);
        if let Some(clear) = solid_base(this).lifecycle.clear.get() {
            clear(object);
        }
    }
}

/// Drops attribute values and dict.
#[inline(always)]
fn clear_attributes(object: &Object) {
    let Some(prefix) = prefix_of(object) else {
        if object.type_object().dict_place.get() == DictPlace::Tail {
            cold_path();
            // SAFETY: tested.
            drop(unsafe { tail_field(object) }.take());
        }
        return;
    };
    if let Some((values, keys)) = values_of(object, prefix) {
        prefix.values.set(None);
        // SAFETY: the block belonged to this instance and is reachable no more.
        unsafe { values.release(keys) };
    }
    if let Some(dict) = prefix.dict.take() {
        cold_path();
        drop(dict);
    }
}

/// Bytes of an instance of a heap type.
///
/// # Safety
/// The object is an instance of a heap type.
pub unsafe fn size_of_instance(object: NonNull<Object>) -> usize {
    // SAFETY: as promised.
    unsafe {
        let this = object.as_ref();
        let solid = solid_base(this);
        let own = (this.type_object().basic_size.get() - solid.basic_size.get()) as usize;
        (solid.lifecycle.size.get())(object) + own
    }
}

/// Dealloc of instances of heap types: finalizer, weak references, members, attributes, native fields, block, type;
/// the order of CPython's `subtype_dealloc`.
///
/// # Safety
/// The count is zero and nobody uses the object any more.
pub unsafe fn dealloc_instance(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: as promised.
    unsafe {
        if object.as_ref().kind().lifecycle.prefix == Prefix::None {
            take_apart(space, object);
            return;
        }
        space.untrack(object);
        release_nested(space, object, take_apart);
    }
}

unsafe fn take_apart(space: &ObjectSpace, object: NonNull<Object>) {
    // SAFETY: each part is dropped once; the finalizer may bring the object back to life.
    unsafe {
        let this = object.as_ref();
        if let Some(finalize) = this.kind().lifecycle.finalize.get() {
            cold_path();
            if !dies_after(space, this, finalize) {
                return;
            }
        }
        weak::clear_all(object);
        if this.type_object().has_members.get() {
            drop_members(this);
        }
        clear_attributes(this);
        let drop_contents = solid_base(this).lifecycle.drop_contents.get();
        if !std::ptr::fn_addr_eq(drop_contents, no_contents as unsafe fn(NonNull<Object>)) {
            cold_path();
            drop_contents(object);
        }
        finish_release(space, object);
    }
}

/// Runs the finalizer unless it ran before; says whether the object still dies.
unsafe fn dies_after(space: &ObjectSpace, object: &Object, finalize: unsafe fn(NonNull<Object>)) -> bool {
    let links = object.gc_head();
    if links.is_some_and(|links| links.has(GcHead::FINALIZED)) {
        return true;
    }
    object.set_count(1);
    // SAFETY: while it runs the object is whole, tracked again and counted.
    unsafe {
        if let Some(links) = links {
            links.set(GcHead::FINALIZED, true);
            space.track(object.pointer());
        }
        finalize(object.pointer());
        object.set_count(object.count() - 1);
        if object.count() > 0 {
            return false;
        }
        if links.is_some() {
            space.untrack(object.pointer());
        }
    }
    true
}

/// Calls `__del__` of a dying instance; what it raises goes to `sys.unraisablehook`.
///
/// # Safety
/// The object is an instance of a heap type with `__del__`, counted while this runs.
pub unsafe fn finalize_instance(object: NonNull<Object>) {
    let cx = current();
    // SAFETY: as promised.
    let this = unsafe { object.as_ref() };
    let raised_before = cx.thread.raised.take();
    if let Some(Err(_)) = cx.call_special(this, &cx.names.del, &[]) {
        match cx.type_lookup(this.type_object(), &cx.names.del) {
            Some(method) => cx.unraisable_in("Exception ignored in: ", &method),
            None => cx.unraisable_in("Exception ignored in: ", this),
        }
    }
    cx.thread.raised.set(raised_before);
}
