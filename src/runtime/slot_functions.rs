//! Slots of classes made by class statements: each looks its special method up and calls it, with CPython's checks.
//!
//! Which classes have them in their slots is decided in [`updates`].

mod comparison;
mod updates;

use std::cell::Cell;
use std::ptr::fn_addr_eq;

use self::comparison::slot_compare;
pub use self::comparison::{compare_name, compares_by_function};
use super::instances::finalize_instance;
use super::interpreter::Interpreter;
use super::names::Names;
use super::native::{MethodDescriptor, SlotWrapper, WrapperDescriptor};
use super::outcome::{Outcome, Raised};
use super::protocol::attribute::generic_get;
use super::protocol::counted;
use super::protocol::hash::unhashable;
use super::slot_wrappers as wrappers;
use super::slots::{Arguments, Binary, Call, GetAttribute, New, Slots, Ternary};
use super::subclasses::subclasses;
use super::type_object::{TypeFlags, TypeObject, Typed};
use crate::object::{Lent, Object, ObjectRef};
use crate::values::hashing;
use crate::values::text::Text;

/// Calling special methods.
impl Interpreter {
    /// Calls a special method that is looked up on the object's type; none where there is none.
    pub fn call_special(&self, object: &Object, name: &Text, args: &[&Object]) -> Option<Outcome> {
        let found = self.type_lookup(object.type_object(), name)?;
        Some(self.call_found(&found, object, args))
    }

    /// Calls a method found on the object's type. Plain functions get the object as their first argument, so that no
    /// bound method need be made. Object and arguments are lent, as they are to CPython's slots.
    fn call_found(&self, method: &Object, object: &Object, args: &[&Object]) -> Outcome {
        let kind = method.type_object();
        if kind.has(TypeFlags::METHOD_DESCRIPTOR) {
            return match *args {
                [] => self.call_lent(method, [object]),
                [one] => self.call_lent(method, [object, one]),
                [one, two] => self.call_lent(method, [object, one, two]),
                _ => self.call_lent_prepended(method, object, Arguments::positional(Lent::row(&lent(args)))),
            };
        }
        match kind.slots.descriptor_get.get() {
            Some(get) => {
                let bound = get(self, method, Some(object), Some(object.type_object()))?;
                self.call(&bound, Lent::row(&lent(args)))
            }
            None => self.call(method, Lent::row(&lent(args))),
        }
    }

    /// The same for a method that must be there: AttributeError of its name where it has been deleted.
    fn call_required(&self, object: &Object, name: &Text, args: &[&Object]) -> Outcome {
        self.call_special(object, name, args).unwrap_or_else(|| Err(self.missing(name)))
    }

    #[cold]
    fn missing(&self, name: &Text) -> Raised {
        self.raise_arguments(&self.types.attribute_error, &[name.new_ref()])
    }

    /// The same for an operator: `NotImplemented` where there is no such method.
    fn call_operator(&self, object: &Object, name: &Text, other: &Object) -> Outcome {
        self.call_special(object, name, &[other]).unwrap_or_else(|| Ok(self.not_implemented.clone()))
    }

    /// The special method of an object with all arguments of a call.
    fn call_special_with(
        &self,
        object: &Object,
        name: &Text,
        arguments: Arguments<'_>,
        call_method: fn(&Self, &Object, &Object, Arguments<'_>) -> Outcome,
    ) -> Outcome {
        let Some(method) = self.type_lookup(object.type_object(), name) else {
            return Err(self.missing(name));
        };
        let kind = method.type_object();
        if kind.has(TypeFlags::METHOD_DESCRIPTOR) {
            return call_method(self, &method, object, arguments);
        }
        match kind.slots.descriptor_get.get() {
            Some(get) => {
                let bound = get(self, &method, Some(object), Some(object.type_object()))?;
                self.call_with(&bound, arguments)
            }
            None => self.call_with(&method, arguments),
        }
    }

    /// Calls `__call__`: CPython's slot gets the arguments packed in a tuple and a dict, which hold them while the call
    /// runs.
    fn call_and_pack(&self, method: &Object, object: &Object, arguments: Arguments<'_>) -> Outcome {
        let values = arguments.values.to_vec();
        self.call_unpacked(method, object, Arguments { values: &values, names: arguments.names })
    }

    /// Calls a method with arguments that are held by a tuple and a dict already. Where there are keywords, all are
    /// counted once more, as they are when CPython unpacks the dict.
    fn call_unpacked(&self, method: &Object, object: &Object, arguments: Arguments<'_>) -> Outcome {
        match arguments.keyword_count() {
            0 => self.call_lent_prepended(method, object, arguments),
            _ => self.call_prepended_with(method, object, arguments),
        }
    }
}

fn lent<'a>(args: &[&'a Object]) -> Vec<Lent<'a>> {
    args.iter().map(|argument| Lent::new(argument)).collect()
}

macro_rules! unary_functions {
    ($($function:ident $name:ident;)*) => {
        $(
            fn $function(cx: &Interpreter, object: &Object) -> Outcome {
                cx.call_required(object, &cx.names.$name, &[])
            }
        )*
    };
}

unary_functions! {
    slot_int int;
    slot_float float;
    slot_negative neg;
    slot_positive pos;
    slot_absolute abs;
    slot_invert invert;
    slot_index index;
}

macro_rules! binary_functions {
    ($($function:ident $slot:ident $name:ident $reflected:ident;)*) => {
        $(
            fn $function(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
                let has_slot = |kind: &TypeObject| {
                    kind.slots.$slot.get().is_some_and(|slot| fn_addr_eq(slot, $function as Binary))
                };
                binary(cx, left, right, &cx.names.$name, &cx.names.$reflected, has_slot)
            }
        )*
    };
}

binary_functions! {
    slot_add add add radd;
    slot_subtract subtract sub rsub;
    slot_multiply multiply mul rmul;
    slot_modulo modulo mod_ rmod;
    slot_divmod divmod divmod rdivmod;
    slot_left_shift left_shift lshift rlshift;
    slot_right_shift right_shift rshift rrshift;
    slot_and bit_and and rand;
    slot_xor bit_xor xor rxor;
    slot_or bit_or or ror;
    slot_floor_divide floor_divide floordiv rfloordiv;
    slot_true_divide true_divide truediv rtruediv;
    slot_matrix_multiply matrix_multiply matmul rmatmul;
}

/// One operator with its reflected twin: the right operand goes first where its class is a subclass that overrides the
/// reflected method.
fn binary(
    cx: &Interpreter,
    left: &Object,
    right: &Object,
    name: &Text,
    reflected: &Text,
    has_slot: impl Fn(&TypeObject) -> bool,
) -> Outcome {
    let (left_type, right_type) = (left.type_object(), right.type_object());
    let same_type = std::ptr::eq(left_type, right_type);
    let mut ask_right = !same_type && has_slot(right_type);
    if has_slot(left_type) {
        if ask_right && right_type.is_subtype(left_type) && overrides(cx, right_type, left_type, reflected) {
            let result = cx.call_operator(right, reflected, left)?;
            if !cx.is_not_implemented(&result) {
                return Ok(result);
            }
            ask_right = false;
        }
        let result = cx.call_operator(left, name, right)?;
        if !cx.is_not_implemented(&result) || same_type {
            return Ok(result);
        }
    }
    match ask_right {
        true => cx.call_operator(right, reflected, left),
        false => Ok(cx.not_implemented.clone()),
    }
}

/// Whether a subclass has another method of that name than its base.
fn overrides(cx: &Interpreter, derived: &TypeObject, base: &TypeObject, name: &Text) -> bool {
    match (cx.type_lookup(derived, name), cx.type_lookup(base, name)) {
        (Some(own), Some(inherited)) => !own.is(&inherited),
        (own, _) => own.is_some(),
    }
}

fn slot_power(cx: &Interpreter, base: &Object, exponent: &Object, modulus: &Object) -> Outcome {
    let has_slot = |kind: &TypeObject| {
        kind.slots.power.get().is_some_and(|slot| fn_addr_eq(slot, slot_power as Ternary))
    };
    if cx.is_none(modulus) {
        return binary(cx, base, exponent, &cx.names.pow, &cx.names.rpow, has_slot);
    }
    // With three arguments only the first one is asked.
    if has_slot(base.type_object()) {
        return cx.call_required(base, &cx.names.pow, &[exponent, modulus]);
    }
    Ok(cx.not_implemented.clone())
}

fn slot_inplace_power(cx: &Interpreter, base: &Object, exponent: &Object, _: &Object) -> Outcome {
    cx.call_required(base, &cx.names.ipow, &[exponent])
}

macro_rules! inplace_functions {
    ($($function:ident $name:ident;)*) => {
        $(
            fn $function(cx: &Interpreter, left: &Object, right: &Object) -> Outcome {
                cx.call_required(left, &cx.names.$name, &[right])
            }
        )*
    };
}

inplace_functions! {
    slot_inplace_add iadd;
    slot_inplace_subtract isub;
    slot_inplace_multiply imul;
    slot_inplace_modulo imod;
    slot_inplace_left_shift ilshift;
    slot_inplace_right_shift irshift;
    slot_inplace_and iand;
    slot_inplace_xor ixor;
    slot_inplace_or ior;
    slot_inplace_floor_divide ifloordiv;
    slot_inplace_true_divide itruediv;
    slot_inplace_matrix_multiply imatmul;
    slot_get_item getitem;
}

fn slot_repr(cx: &Interpreter, object: &Object) -> Outcome {
    cx.call_special(object, &cx.names.repr, &[]).unwrap_or_else(|| cx.default_repr(object))
}

fn slot_str(cx: &Interpreter, object: &Object) -> Outcome {
    cx.call_special(object, &cx.names.str, &[]).unwrap_or_else(|| cx.repr(object))
}

fn slot_hash(cx: &Interpreter, object: &Object) -> Outcome<i64> {
    let method = cx.type_lookup(object.type_object(), &cx.names.hash).filter(|method| !cx.is_none(method));
    let Some(method) = method else { return unhashable(cx, object) };
    let result = cx.call_found(&method, object, &[])?;
    let Some(integer) = result.as_int() else {
        return Err(cx.type_error("__hash__ method should return an integer"));
    };
    let hash = integer.to_i64().unwrap_or_else(|| hashing::integer(integer.is_negative(), integer.digits()));
    Ok(if hash == -1 { -2 } else { hash })
}

fn slot_call(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    cx.call_special_with(object, &cx.names.call, arguments, Interpreter::call_and_pack)
}

/// Whether a slot calls a method `__call__` that is looked up.
pub fn is_slot_call(slot: Call) -> bool {
    fn_addr_eq(slot, slot_call as Call)
}

/// The same for arguments that a tuple and a dict hold.
pub fn slot_call_packed(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    cx.call_special_with(object, &cx.names.call, arguments, Interpreter::call_unpacked)
}

/// `__getattribute__`, then `__getattr__` where that raised AttributeError.
fn slot_get_attribute(cx: &Interpreter, object: &Object, name: &Object) -> Outcome {
    let name = cx.attribute_name(name)?;
    let kind = object.type_object();
    let Some(fallback) = cx.type_lookup(kind, &cx.names.getattr) else {
        return cx.call_required(object, &cx.names.getattribute, &[&name]);
    };
    let found = match cx.type_lookup(kind, &cx.names.getattribute) {
        None => cx.generic_get_attribute(object, &name),
        Some(method) => match native_get_attribute(&method, kind) {
            Some(slot) => cx.find_attribute_by(Some(slot), object, &name),
            None => cx.call_found(&method, object, &[&name]).map(Some),
        },
    };
    match cx.none_for_missing(found)? {
        Some(value) => Ok(value),
        None => {
            // CPython binds this one method, whatever it is.
            let _bound = object.new_ref();
            cx.call_found(&fallback, object, &[&name])
        }
    }
}

/// The function of a built-in type behind a `__getattribute__`, for an instance of `kind`.
fn native_get_attribute(method: &Object, kind: &TypeObject) -> Option<GetAttribute> {
    let descriptor = method.layout::<WrapperDescriptor>()?;
    let owner = descriptor.owner.get();
    let owner = owner.as_type().filter(|owner| kind.is_subtype(owner))?;
    std::ptr::eq(descriptor.wrapper.get(), &wrappers::GETATTRIBUTE)
        .then(|| owner.slots.get_attribute.get())?
}

fn slot_set_attribute(
    cx: &Interpreter,
    object: &Object,
    name: &Object,
    value: Option<&Object>,
) -> Outcome<()> {
    match value {
        Some(value) => cx.call_required(object, &cx.names.setattr, &[name, value]),
        None => cx.call_required(object, &cx.names.delattr, &[name]),
    }
    .map(drop)
}

fn slot_iter(cx: &Interpreter, object: &Object) -> Outcome {
    let kind = object.type_object();
    match cx.type_lookup(kind, &cx.names.iter) {
        Some(method) if cx.is_none(&method) => Err(cx.not_iterable(object)),
        Some(method) => cx.call_found(&method, object, &[]),
        None if cx.type_lookup(kind, &cx.names.getitem).is_some() => cx.new_sequence_iterator(object),
        None => Err(cx.not_iterable(object)),
    }
}

/// A StopIteration stays on its way, with its value: `Interpreter::next` and the loop know what to make of it.
fn slot_next(cx: &Interpreter, object: &Object) -> Outcome<Option<ObjectRef>> {
    cx.call_required(object, &cx.names.next, &[]).map(Some)
}

fn slot_descriptor_get(
    cx: &Interpreter,
    descriptor: &Object,
    instance: Option<&Object>,
    kind: Option<&Object>,
) -> Outcome {
    let Some(method) = cx.type_lookup(descriptor.type_object(), &cx.names.get) else {
        return Ok(descriptor.new_ref());
    };
    let none = cx.none();
    cx.call_lent(&method, [descriptor, instance.unwrap_or(&none), kind.unwrap_or(&none)])
}

fn slot_descriptor_set(
    cx: &Interpreter,
    descriptor: &Object,
    instance: &Object,
    value: Option<&Object>,
) -> Outcome<()> {
    match value {
        Some(value) => cx.call_required(descriptor, &cx.names.set, &[instance, value]),
        None => cx.call_required(descriptor, &cx.names.delete, &[instance]),
    }
    .map(drop)
}

/// `__new__` of a class made by a class statement.
pub fn slot_new(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let function = cx.get_attribute_text(kind, &cx.names.new)?;
    cx.call_unpacked(&function, kind, arguments)
}

/// Whether a slot is that of a `__new__` written in Python.
pub fn is_slot_new(slot: New) -> bool {
    fn_addr_eq(slot, slot_new as New)
}

fn slot_init(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome<()> {
    let result = cx.call_special_with(object, &cx.names.init, arguments, Interpreter::call_unpacked)?;
    if cx.is_none(&result) {
        return Ok(());
    }
    Err(cx.type_error(format_args!("__init__() should return None, not '{}'", result.type_name())))
}

fn slot_bool(cx: &Interpreter, object: &Object) -> Outcome<bool> {
    let Some(result) = cx.call_special(object, &cx.names.bool, &[]) else {
        return match object.type_object().slots.length.get() {
            Some(length) => Ok(length(cx, object)? > 0),
            None => Ok(true),
        };
    };
    let result = result?;
    if result.is_exactly(&cx.types.bool) {
        return Ok(result.is(&cx.true_));
    }
    Err(cx.type_error(format_args!("__bool__ should return bool, returned {}", result.type_name())))
}

fn slot_length(cx: &Interpreter, object: &Object) -> Outcome<usize> {
    let result = cx.call_required(object, &cx.names.len, &[])?;
    let length = cx.index_of_any_type(&result)?;
    if length.as_int().is_some_and(|length| length.is_negative()) {
        return Err(cx.value_error("__len__() should return >= 0"));
    }
    Ok(cx.index_isize(&length, Some(&cx.types.overflow_error))?.unsigned_abs())
}

fn slot_set_item(cx: &Interpreter, object: &Object, key: &Object, value: Option<&Object>) -> Outcome<()> {
    match value {
        Some(value) => cx.call_required(object, &cx.names.setitem, &[key, value]),
        None => cx.call_required(object, &cx.names.delitem, &[key]),
    }
    .map(drop)
}

fn slot_contains(cx: &Interpreter, container: &Object, item: &Object) -> Outcome<bool> {
    match cx.type_lookup(container.type_object(), &cx.names.contains) {
        Some(method) if cx.is_none(&method) => {
            Err(cx.type_error(format_args!("'{}' object is not a container", container.type_name())))
        }
        Some(method) => cx.is_true(&*cx.call_found(&method, container, &[item])?),
        None => cx.contains_by_iteration(container, item),
    }
}
