//! Attributes: reading, writing and deleting them on any object, and the slots of `object` and `type`.

use std::ptr::fn_addr_eq;

use super::call::full_name;
use super::counted;
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::slots::{GetAttribute, SetAttribute};
use crate::runtime::type_object::{TypeFlags, TypeObject, Typed};
use crate::runtime::{Interpreter, Outcome};
use crate::values::text::Text;

/// `object.__getattribute__`
pub fn generic_get(cx: &Interpreter, object: &Object, name: &Object) -> Outcome {
    let name = cx.attribute_name(name)?;
    match cx.generic_get_attribute(object, &name)? {
        Some(value) => Ok(value),
        None => Err(cx.no_such_attribute(object, &name)),
    }
}

/// `object.__setattr__` and `object.__delattr__`
pub fn generic_set(cx: &Interpreter, object: &Object, name: &Object, value: Option<&Object>) -> Outcome<()> {
    let name = cx.attribute_name(name)?;
    match value {
        Some(_) => cx.generic_set_attribute(object, &cx.intern_text(&name), value),
        None => cx.generic_set_attribute(object, &name, value),
    }
}

/// `type.__getattribute__`
pub fn type_get_attribute(cx: &Interpreter, object: &Object, name: &Object) -> Outcome {
    let name = cx.attribute_name(name)?;
    match type_find_attribute(cx, object, &name)? {
        Some(value) => Ok(value),
        None => Err(cx.no_such_attribute(object, &name)),
    }
}

/// The attribute of a type: data descriptors of the metatype first, then the type's own MRO, then the metatype.
fn type_find_attribute(cx: &Interpreter, object: &Object, name: &Text) -> Outcome<Option<ObjectRef>> {
    let Some(kind) = object.as_type() else { return cx.generic_get_attribute(object, name) };
    let metatype = object.type_object();
    let inherited = cx.type_lookup(metatype, name);
    let getter = inherited.as_ref().and_then(|found| found.type_object().slots.descriptor_get.get());
    if let (Some(found), Some(get)) = (&inherited, getter)
        && found.type_object().slots.descriptor_set.get().is_some()
    {
        return get(cx, found, Some(object), Some(metatype)).map(Some);
    }
    if let Some(own) = cx.type_lookup(kind, name) {
        return match own.type_object().slots.descriptor_get.get() {
            Some(get) => get(cx, &own, None, Some(object)).map(Some),
            None => Ok(Some(own)),
        };
    }
    match (inherited, getter) {
        (Some(found), Some(get)) => get(cx, &found, Some(object), Some(metatype)).map(Some),
        (found, _) => Ok(found),
    }
}

/// `type.__setattr__` and `type.__delattr__`
pub fn type_set_attribute(
    cx: &Interpreter,
    object: &Object,
    name: &Object,
    value: Option<&Object>,
) -> Outcome<()> {
    let Some(kind) = object.as_type() else { return generic_set(cx, object, name, value) };
    if kind.has(TypeFlags::IMMUTABLE) {
        let (name, kind) = (cx.repr_text(name)?.to_rust_string_lossy(), full_name(kind));
        return Err(cx.type_error(format_args!("cannot set {name} attribute of immutable type '{kind}'")));
    }
    let name = cx.intern_text(&cx.attribute_name(name)?);
    write_type_attribute(cx, kind, &name, value)?;
    if is_special_name(&name) {
        cx.update_slot_named(kind, &name);
    }
    Ok(())
}

fn write_type_attribute(
    cx: &Interpreter,
    kind: &TypeObject,
    name: &Text,
    value: Option<&Object>,
) -> Outcome<()> {
    let inherited = cx.type_lookup(kind.type_object(), name);
    let setter = inherited.as_ref().and_then(|found| found.type_object().slots.descriptor_set.get());
    if let (Some(found), Some(set)) = (inherited, setter) {
        set(cx, &found, kind, value)?;
        cx.type_modified(kind);
        return Ok(());
    }
    // Before the write: dropping the old value can run Python code, which must not find it in a cache.
    cx.type_modified(kind);
    match value {
        Some(value) => cx.dict_set_text(&kind.namespace(), name, value.new_ref()),
        None if cx.dict_remove_text(&kind.namespace(), name)? => Ok(()),
        None => Err(cx.no_such_attribute(kind, name)),
    }
}

/// Whether a name is `__like_this__`.
fn is_special_name(name: &Text) -> bool {
    name.as_ascii().is_some_and(|text| text.len() > 4 && text.starts_with(b"__") && text.ends_with(b"__"))
}

/// Whether a slot is the one of `object`.
#[inline]
fn is_generic(slot: Option<GetAttribute>) -> bool {
    slot.is_none_or(|slot| fn_addr_eq(slot, generic_get as GetAttribute))
}

impl Interpreter {
    /// `getattr(object, name)`
    pub fn get_attribute(&self, object: &Object, name: &Object) -> Outcome {
        self.get_attribute_text(object, &*self.attribute_name(name)?)
    }

    /// `getattr(object, name)` for a name that is a text.
    #[inline]
    pub fn get_attribute_text(&self, object: &Object, name: &Text) -> Outcome {
        let found = match object.type_object().slots.get_attribute.get() {
            Some(slot) => slot(self, object, name),
            None => generic_get(self, object, name),
        };
        if found.is_err() {
            self.complete_attribute_error(object, name);
        }
        found
    }

    /// The attribute, or none where reading it gives AttributeError.
    pub fn find_attribute(&self, object: &Object, name: &Text) -> Outcome<Option<ObjectRef>> {
        self.none_for_missing(self.find_attribute_quietly(object, name))
    }

    /// Reads an attribute without raising for a missing one, where the type's slot is a known one.
    pub(in crate::runtime) fn find_attribute_quietly(
        &self,
        object: &Object,
        name: &Text,
    ) -> Outcome<Option<ObjectRef>> {
        self.find_attribute_by(object.type_object().slots.get_attribute.get(), object, name)
    }

    /// The same through a given slot.
    pub(in crate::runtime) fn find_attribute_by(
        &self,
        slot: Option<GetAttribute>,
        object: &Object,
        name: &Text,
    ) -> Outcome<Option<ObjectRef>> {
        match slot {
            slot if is_generic(slot) => self.generic_get_attribute(object, name),
            Some(slot) if fn_addr_eq(slot, type_get_attribute as GetAttribute) => {
                type_find_attribute(self, object, name)
            }
            Some(slot) => slot(self, object, name).map(Some),
            None => self.generic_get_attribute(object, name),
        }
    }

    /// Makes an AttributeError on its way a missing attribute.
    pub(in crate::runtime) fn none_for_missing(
        &self,
        found: Outcome<Option<ObjectRef>>,
    ) -> Outcome<Option<ObjectRef>> {
        match found {
            Err(raised) => match self.take_if(&self.types.attribute_error) {
                Some(_) => Ok(None),
                None => Err(raised),
            },
            found => found,
        }
    }

    /// `setattr(object, name, value)`, or `delattr` where there is no value.
    pub fn set_attribute(&self, object: &Object, name: &Object, value: Option<&Object>) -> Outcome<()> {
        self.set_attribute_text(object, &*self.attribute_name(name)?, value)
    }

    /// `setattr(object, name, value)`, or `delattr` where there is no value, for a name that is a text.
    #[inline]
    pub fn set_attribute_text(&self, object: &Object, name: &Text, value: Option<&Object>) -> Outcome<()> {
        match object.type_object().slots.set_attribute.get() {
            Some(slot) => slot(self, object, name, value),
            None => (generic_set as SetAttribute)(self, object, name, value),
        }
    }

    /// `object.name(*args)`, without a bound method where the attribute is a plain method.
    pub fn call_method(&self, object: &Object, name: &Text, args: &[ObjectRef]) -> Outcome {
        match self.plain_method(object, name)? {
            Some(method) => self.call_prepended(&method, object, args),
            None => self.call(&*self.get_attribute_text(object, name)?, args),
        }
    }

    /// A method found on the type that takes `self` first, if nothing stands before it.
    fn plain_method(&self, object: &Object, name: &Text) -> Outcome<Option<ObjectRef>> {
        let kind = object.type_object();
        if !is_generic(kind.slots.get_attribute.get()) {
            return Ok(None);
        }
        let found = self.type_lookup(kind, name);
        let Some(method) = found.filter(|found| found.type_object().has(TypeFlags::METHOD_DESCRIPTOR)) else {
            return Ok(None);
        };
        Ok(self.own_attribute(object, name)?.is_none().then_some(method))
    }

    /// A name as an exact text: the interned one where there is one, since instances know their attributes by those.
    ///
    /// # Errors
    /// TypeError where it is no text.
    #[inline]
    pub fn attribute_name(&self, name: &Object) -> Outcome<Ref<Text>> {
        match name.as_text() {
            Some(text) if text.is_interned() && name.is_exactly(&self.types.str) => Ok(counted(text)),
            Some(text) => self.known_name(text),
            None => {
                let kind = name.type_name();
                Err(self.type_error(format_args!("attribute name must be string, not '{kind}'")))
            }
        }
    }

    fn known_name(&self, name: &Text) -> Outcome<Ref<Text>> {
        if let Some(known) = self.interned_equal(name) {
            return Ok(known);
        }
        if name.is_exactly(&self.types.str) {
            return Ok(counted(name));
        }
        Ok(Text::from_slice(&self.types.str, name.as_slice())?)
    }
}
