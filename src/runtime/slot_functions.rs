//! Slots of classes made by class statements: each looks its special method up and calls it, with CPython's checks.
//!
//! [`Interpreter::update_slots`] decides what stands in a slot: nothing where the class has no such method; the native
//! function itself where the method is the very special method that a built-in base has for this slot; else the
//! function from here. So `class L(list)` is measured, iterated and compared at the speed of `list`.

mod comparison;

use std::cell::Cell;
use std::ptr::fn_addr_eq;

pub use self::comparison::compares_by_function;
use self::comparison::slot_compare;
use super::instances::finalize_instance;
use super::interpreter::Interpreter;
use super::names::Names;
use super::native::{MethodDescriptor, SlotWrapper, WrapperDescriptor};
use super::outcome::{Outcome, Raised};
use super::protocol::attribute::generic_get;
use super::protocol::counted;
use super::protocol::hash::unhashable;
use super::slot_wrappers as wrappers;
use super::slots::{Arguments, Binary, Call, GetAttribute, Slots, Ternary};
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

/// One special method of a slot: the wrapper that built-in types have for it, and its interned name.
type Special = (&'static SlotWrapper, fn(&Names) -> &Text);

/// What the special methods of a slot come to.
enum Choice<F> {
    /// The class has none of them.
    Nothing,
    /// All are those of a built-in base for this slot, whose function serves.
    Native(F),
    /// At least one is something else.
    Looked,
}

/// What stands in a class's namespaces for one special method.
enum Method<F> {
    /// The built-in special method of this very slot.
    Native(F),
    /// The special method of the same name, but of another slot (`__add__` of sequences).
    OtherSlot,
    /// Anything else.
    Other,
}

fn method_of<F>(
    kind: &TypeObject,
    found: &Object,
    wrapper: &'static SlotWrapper,
    read: fn(&Slots) -> Option<F>,
) -> Method<F> {
    if let Some(descriptor) = found.layout::<WrapperDescriptor>() {
        let owner = descriptor.owner.get();
        let owner = owner.as_type().filter(|owner| kind.is_subtype(owner));
        let same = std::ptr::eq(descriptor.wrapper.get(), wrapper);
        return match owner.filter(|_| same).and_then(|owner| read(&owner.slots)) {
            Some(function) => Method::Native(function),
            None if !same && owner.is_some() && descriptor.wrapper.get().name == wrapper.name => {
                Method::OtherSlot
            }
            None => Method::Other,
        };
    }
    // `list.__getitem__` and its like are plain methods that do what the slot does.
    if let Some(descriptor) = found.layout::<MethodDescriptor>() {
        let owner = descriptor.owner.get();
        let owner = owner.as_type().filter(|owner| {
            !owner.has(TypeFlags::HEAP)
                && kind.is_subtype(owner)
                && descriptor.method.get().name == wrapper.name
        });
        if let Some(function) = owner.and_then(|owner| read(&owner.slots)) {
            return Method::Native(function);
        }
    }
    Method::Other
}

/// Looks all special methods of a slot up and decides.
fn choose<F: Copy>(
    cx: &Interpreter,
    kind: &TypeObject,
    specials: &[Special],
    read: fn(&Slots) -> Option<F>,
    same: fn(F, F) -> bool,
) -> Choice<F> {
    let mut choice = Choice::Nothing;
    for (wrapper, name) in specials {
        let Some(found) = cx.type_lookup(kind, name(&cx.names)) else { continue };
        choice = match (method_of(kind, &found, wrapper, read), choice) {
            (Method::OtherSlot, choice) => choice,
            (Method::Native(function), Choice::Nothing) => Choice::Native(function),
            (Method::Native(function), Choice::Native(other)) if same(function, other) => {
                Choice::Native(function)
            }
            _ => Choice::Looked,
        };
    }
    choice
}

fn fill<F: Copy>(slot: &Cell<Option<F>>, choice: Choice<F>, looked: Option<F>) {
    slot.set(match choice {
        Choice::Nothing => None,
        Choice::Native(function) => Some(function),
        Choice::Looked => looked,
    });
}

macro_rules! slot_table {
    ($($slot:ident $looked:expr => $($wrapper:ident $name:ident),+;)*) => {
        /// Decides what stands in each slot of a class, or in those that one name can change.
        fn update(cx: &Interpreter, kind: &TypeObject, only: Option<&str>) {
            $(
                let specials: &[Special] = &[$((&wrappers::$wrapper, |names| &names.$name)),+];
                if only.is_none_or(|only| specials.iter().any(|special| special.0.name == only)) {
                    let choice = choose(cx, kind, specials, |slots| slots.$slot.get(), |one, other| {
                        fn_addr_eq(one, other)
                    });
                    fill(&kind.slots.$slot, choice, $looked);
                }
            )*
        }
    };
}

slot_table! {
    repr Some(slot_repr) => REPR repr;
    call Some(slot_call) => CALL call;
    str Some(slot_str) => STR str;
    set_attribute Some(slot_set_attribute) => SETATTR setattr, DELATTR delattr;
    compare Some(slot_compare) => LT lt, LE le, EQ eq, NE ne, GT gt, GE ge;
    iter Some(slot_iter) => ITER iter;
    next Some(slot_next) => NEXT next;
    descriptor_get Some(slot_descriptor_get) => GET get;
    descriptor_set Some(slot_descriptor_set) => SET set, DELETE delete;
    init Some(slot_init) => INIT init;
    add Some(slot_add) => ADD add, RADD radd;
    subtract Some(slot_subtract) => SUB sub, RSUB rsub;
    multiply Some(slot_multiply) => MUL mul, RMUL rmul;
    modulo Some(slot_modulo) => MOD mod_, RMOD rmod;
    divmod Some(slot_divmod) => DIVMOD divmod, RDIVMOD rdivmod;
    power Some(slot_power) => POW pow, RPOW rpow;
    negative Some(slot_negative) => NEG neg;
    positive Some(slot_positive) => POS pos;
    absolute Some(slot_absolute) => ABS abs;
    bool Some(slot_bool) => BOOL bool;
    invert Some(slot_invert) => INVERT invert;
    left_shift Some(slot_left_shift) => LSHIFT lshift, RLSHIFT rlshift;
    right_shift Some(slot_right_shift) => RSHIFT rshift, RRSHIFT rrshift;
    bit_and Some(slot_and) => AND and, RAND rand;
    bit_xor Some(slot_xor) => XOR xor, RXOR rxor;
    bit_or Some(slot_or) => OR or, ROR ror;
    int Some(slot_int) => INT int;
    float Some(slot_float) => FLOAT float;
    inplace_add Some(slot_inplace_add) => IADD iadd;
    inplace_subtract Some(slot_inplace_subtract) => ISUB isub;
    inplace_multiply Some(slot_inplace_multiply) => IMUL imul;
    inplace_modulo Some(slot_inplace_modulo) => IMOD imod;
    inplace_power Some(slot_inplace_power) => IPOW ipow;
    inplace_left_shift Some(slot_inplace_left_shift) => ILSHIFT ilshift;
    inplace_right_shift Some(slot_inplace_right_shift) => IRSHIFT irshift;
    inplace_bit_and Some(slot_inplace_and) => IAND iand;
    inplace_bit_xor Some(slot_inplace_xor) => IXOR ixor;
    inplace_bit_or Some(slot_inplace_or) => IOR ior;
    floor_divide Some(slot_floor_divide) => FLOORDIV floordiv, RFLOORDIV rfloordiv;
    true_divide Some(slot_true_divide) => TRUEDIV truediv, RTRUEDIV rtruediv;
    inplace_floor_divide Some(slot_inplace_floor_divide) => IFLOORDIV ifloordiv;
    inplace_true_divide Some(slot_inplace_true_divide) => ITRUEDIV itruediv;
    index Some(slot_index) => INDEX index;
    matrix_multiply Some(slot_matrix_multiply) => MATMUL matmul, RMATMUL rmatmul;
    inplace_matrix_multiply Some(slot_inplace_matrix_multiply) => IMATMUL imatmul;
    length Some(slot_length) => LEN len;
    get_item Some(slot_get_item) => GETITEM getitem;
    set_item Some(slot_set_item) => SETITEM setitem, DELITEM delitem;
    // These four serve built-in bases only: methods written in Python are those of the numbers' slots.
    concatenate None => CONCATENATE add;
    repeat None => REPEAT mul, RREPEAT rmul;
    inplace_concatenate None => ICONCATENATE iadd;
    inplace_repeat None => IREPEAT imul;
    contains Some(slot_contains) => CONTAINS contains;
}

/// Decides the slots that need more than the table says.
fn update_particular(cx: &Interpreter, kind: &TypeObject, only: Option<&str>) {
    let concerns = |names: &[&str]| only.is_none_or(|only| names.contains(&only));
    if concerns(&["__getattribute__", "__getattr__"]) {
        kind.slots.get_attribute.set(Some(chosen_get_attribute(cx, kind)));
    }
    if concerns(&["__hash__"]) {
        update_hash(cx, kind);
    }
    if concerns(&["__new__"]) {
        update_new(cx, kind);
    }
    if concerns(&["__del__"]) {
        update_finalizer(cx, kind);
    }
}

fn chosen_get_attribute(cx: &Interpreter, kind: &TypeObject) -> GetAttribute {
    if cx.type_lookup(kind, &cx.names.getattr).is_some() {
        return slot_get_attribute;
    }
    match cx.type_lookup(kind, &cx.names.getattribute) {
        Some(method) => native_get_attribute(&method, kind).unwrap_or(slot_get_attribute),
        None => generic_get,
    }
}

fn update_hash(cx: &Interpreter, kind: &TypeObject) {
    if cx.type_lookup(kind, &cx.names.hash).is_some_and(|method| cx.is_none(&method)) {
        kind.slots.hash.set(Some(unhashable));
        return;
    }
    let specials: &[Special] = &[(&wrappers::HASH, |names| &names.hash)];
    let choice = choose(cx, kind, specials, |slots| slots.hash.get(), |one, other| fn_addr_eq(one, other));
    fill(&kind.slots.hash, choice, Some(slot_hash));
}

/// A native `__new__` means the slot of the base, whose layout instances have.
fn update_new(cx: &Interpreter, kind: &TypeObject) {
    let found = cx.type_lookup(kind, &cx.names.new);
    let is_native = found.as_ref().is_some_and(|method| {
        method
            .layout::<super::native::BuiltinFunction>()
            .is_some_and(|function| std::ptr::eq(function.method.get(), &wrappers::NEW_METHOD))
    });
    kind.slots.new.set(match found {
        Some(_) if is_native => kind.base.get().and_then(|base| base.slots.new.get()),
        Some(_) => Some(slot_new),
        None => None,
    });
}

/// `__del__` runs when an instance dies; without one, what the built-in base has.
fn update_finalizer(cx: &Interpreter, kind: &TypeObject) {
    if cx.type_lookup(kind, &cx.names.del).is_some() {
        kind.lifecycle.finalize.set(Some(finalize_instance));
        return;
    }
    let mut base = counted(kind);
    while base.has(TypeFlags::HEAP) {
        let Some(next) = base.base.get() else { break };
        base = next;
    }
    kind.lifecycle.finalize.set(base.lifecycle.finalize.get());
}

/// Keeping slots in step with special methods.
impl Interpreter {
    /// Sets every slot of a class made by a class statement from what its namespaces hold.
    pub fn update_slots(&self, kind: &TypeObject) {
        update(self, kind, None);
        update_particular(self, kind, None);
    }

    /// The same after the assignment of one attribute, in the class and in all its subclasses.
    pub fn update_slot_named(&self, kind: &TypeObject, name: &Text) {
        let Some(name) = name.as_str() else { return };
        let mut waiting = vec![counted(kind)];
        while let Some(kind) = waiting.pop() {
            update(self, &kind, Some(name));
            update_particular(self, &kind, Some(name));
            waiting.extend(subclasses(&kind));
        }
    }
}
