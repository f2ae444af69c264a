//! The special methods that stand for slots of built-in types: what `int.__add__` is and does.
//!
//! The list is in the order in which CPython adds them to a type's namespace, so `dir` and `vars` agree. A slot can
//! have several special methods (`__add__` and `__radd__`), and a special method several slots (`__add__` of numbers and
//! of sequences; no built-in type sets both).

use super::protocol::call::full_name;
use std::ptr::fn_addr_eq;

use super::interpreter::Interpreter;
use super::native::{NativeCode, NativeMethod, SlotWrapper};
use super::outcome::{Outcome, Raised};
use super::slots::{Arguments, Comparison, New};
use super::type_object::{TypeFlags, TypeObject, Typed};
use crate::object::{Object, ObjectRef};

/// No arguments, in the words of CPython's wrappers.
pub fn expect_none(cx: &Interpreter, arguments: Arguments<'_>) -> Outcome<()> {
    expect::<0>(cx, arguments).map(drop)
}

/// The argument count of CPython's wrappers.
fn expect<'a, const COUNT: usize>(
    cx: &Interpreter,
    arguments: Arguments<'a>,
) -> Outcome<&'a [ObjectRef; COUNT]> {
    arguments.positional_values().try_into().map_err(|_| {
        let (plural, given) = (if COUNT == 1 { "" } else { "s" }, arguments.positional_values().len());
        cx.type_error(format_args!("expected {COUNT} argument{plural}, got {given}"))
    })
}

/// The same for those wrappers that unpack a tuple: their message starts with an empty name.
fn expect_between<'a>(
    cx: &Interpreter,
    arguments: Arguments<'a>,
    least: usize,
    most: usize,
) -> Outcome<&'a [ObjectRef]> {
    let values = arguments.positional_values();
    cx.check_positional("", values.len(), least, most)?;
    Ok(values)
}

#[cold]
fn no_slot(cx: &Interpreter) -> Raised {
    cx.system_error("the slot of this special method is empty")
}

/// Takes a slot of the type that owns the wrapper.
macro_rules! slot {
    ($cx:ident, $owner:ident, $slot:ident) => {
        match $owner.slots.$slot.get() {
            Some(function) => function,
            None => return Err(no_slot($cx)),
        }
    };
}

macro_rules! wrappers {
    ($($constant:ident $name:literal $signature:literal $documentation:literal $slot:ident $call:expr;)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $constant: SlotWrapper = SlotWrapper {
                name: $name,
                signature: $signature,
                documentation: $documentation,
                is_present: |slots| slots.$slot.get().is_some(),
                call: $call,
            };
        )*
    };
}

/// `f(self)`
macro_rules! unary {
    ($slot:ident) => {
        |cx, owner, this, arguments| {
            expect::<0>(cx, arguments)?;
            slot!(cx, owner, $slot)(cx, this)
        }
    };
}

/// `f(self, value)`
macro_rules! left {
    ($slot:ident) => {
        |cx, owner, this, arguments| {
            let [value] = expect::<1>(cx, arguments)?;
            slot!(cx, owner, $slot)(cx, this, value)
        }
    };
}

/// `f(value, self)`
macro_rules! right {
    ($slot:ident) => {
        |cx, owner, this, arguments| {
            let [value] = expect::<1>(cx, arguments)?;
            slot!(cx, owner, $slot)(cx, value, this)
        }
    };
}

/// `pow(self, value, mod=None)` and, where `$reflected`, `pow(value, self, mod=None)`.
macro_rules! power {
    ($slot:ident, $reflected:literal) => {
        |cx, owner, this, arguments| {
            let values = expect_between(cx, arguments, 1, 2)?;
            let modulus: &Object = values.get(1).map_or(&cx.none, |modulus| modulus);
            let (base, exponent) = if $reflected { (&*values[0], this) } else { (this, &*values[0]) };
            slot!(cx, owner, $slot)(cx, base, exponent, modulus)
        }
    };
}

/// `sequence * count`
macro_rules! repeat {
    ($slot:ident) => {
        |cx, owner, this, arguments| {
            let count = &expect_between(cx, arguments, 1, 1)?[0];
            let count = cx.index_isize(count, Some(&cx.types.overflow_error))?;
            slot!(cx, owner, $slot)(cx, this, count)
        }
    };
}

/// A comparison.
macro_rules! comparison {
    ($comparison:ident) => {
        |cx, owner, this, arguments| {
            let [value] = expect::<1>(cx, arguments)?;
            slot!(cx, owner, compare)(cx, this, value, Comparison::$comparison)
        }
    };
}

wrappers! {
    REPR "__repr__" "($self, /)" "Return repr(self)." repr unary!(repr);
    HASH "__hash__" "($self, /)" "Return hash(self)." hash |cx, owner, this, arguments| {
        expect::<0>(cx, arguments)?;
        cx.new_int(slot!(cx, owner, hash)(cx, this)?)
    };
    CALL "__call__" "($self, /, *args, **kwargs)" "Call self as a function." call |cx, owner, this, arguments| {
        slot!(cx, owner, call)(cx, this, arguments)
    };
    STR "__str__" "($self, /)" "Return str(self)." str unary!(str);
    GETATTRIBUTE "__getattribute__" "($self, name, /)" "Return getattr(self, name)." get_attribute left!(get_attribute);
    SETATTR "__setattr__" "($self, name, value, /)" "Implement setattr(self, name, value)." set_attribute
        |cx, owner, this, arguments| {
            let values = expect_between(cx, arguments, 2, 2)?;
            refuse_for_types(cx, owner, this, "__setattr__")?;
            set(cx, slot!(cx, owner, set_attribute)(cx, this, &values[0], Some(&values[1])))
        };
    DELATTR "__delattr__" "($self, name, /)" "Implement delattr(self, name)." set_attribute
        |cx, owner, this, arguments| {
            let [name] = expect::<1>(cx, arguments)?;
            refuse_for_types(cx, owner, this, "__delattr__")?;
            set(cx, slot!(cx, owner, set_attribute)(cx, this, name, None))
        };
    LT "__lt__" "($self, value, /)" "Return self<value." compare comparison!(Less);
    LE "__le__" "($self, value, /)" "Return self<=value." compare comparison!(LessEqual);
    EQ "__eq__" "($self, value, /)" "Return self==value." compare comparison!(Equal);
    NE "__ne__" "($self, value, /)" "Return self!=value." compare comparison!(NotEqual);
    GT "__gt__" "($self, value, /)" "Return self>value." compare comparison!(Greater);
    GE "__ge__" "($self, value, /)" "Return self>=value." compare comparison!(GreaterEqual);
    ITER "__iter__" "($self, /)" "Implement iter(self)." iter unary!(iter);
    NEXT "__next__" "($self, /)" "Implement next(self)." next |cx, owner, this, arguments| {
        expect::<0>(cx, arguments)?;
        match slot!(cx, owner, next)(cx, this)? {
            Some(item) => Ok(item),
            None => Err(cx.stop_iteration(None)),
        }
    };
    GET "__get__" "($self, instance, owner=None, /)" "Return an attribute of instance, which is of type owner."
        descriptor_get |cx, owner, this, arguments| {
            let values = expect_between(cx, arguments, 1, 2)?;
            let given = |index: usize| values.get(index).map(|value| &**value).filter(|value| !cx.is_none(value));
            let (instance, kind) = (given(0), given(1));
            if instance.is_none() && kind.is_none() {
                return Err(cx.type_error("__get__(None, None) is invalid"));
            }
            slot!(cx, owner, descriptor_get)(cx, this, instance, kind)
        };
    SET "__set__" "($self, instance, value, /)" "Set an attribute of instance to value." descriptor_set
        |cx, owner, this, arguments| {
            let values = expect_between(cx, arguments, 2, 2)?;
            set(cx, slot!(cx, owner, descriptor_set)(cx, this, &values[0], Some(&values[1])))
        };
    DELETE "__delete__" "($self, instance, /)" "Delete an attribute of instance." descriptor_set
        |cx, owner, this, arguments| {
            let [instance] = expect::<1>(cx, arguments)?;
            set(cx, slot!(cx, owner, descriptor_set)(cx, this, instance, None))
        };
    INIT "__init__" "($self, /, *args, **kwargs)"
        "Initialize self.  See help(type(self)) for accurate signature." init |cx, owner, this, arguments| {
            set(cx, slot!(cx, owner, init)(cx, this, arguments))
        };
    ADD "__add__" "($self, value, /)" "Return self+value." add left!(add);
    RADD "__radd__" "($self, value, /)" "Return value+self." add right!(add);
    SUB "__sub__" "($self, value, /)" "Return self-value." subtract left!(subtract);
    RSUB "__rsub__" "($self, value, /)" "Return value-self." subtract right!(subtract);
    MUL "__mul__" "($self, value, /)" "Return self*value." multiply left!(multiply);
    RMUL "__rmul__" "($self, value, /)" "Return value*self." multiply right!(multiply);
    MOD "__mod__" "($self, value, /)" "Return self%value." modulo left!(modulo);
    RMOD "__rmod__" "($self, value, /)" "Return value%self." modulo right!(modulo);
    DIVMOD "__divmod__" "($self, value, /)" "Return divmod(self, value)." divmod left!(divmod);
    RDIVMOD "__rdivmod__" "($self, value, /)" "Return divmod(value, self)." divmod right!(divmod);
    POW "__pow__" "($self, value, mod=None, /)" "Return pow(self, value, mod)." power power!(power, false);
    RPOW "__rpow__" "($self, value, mod=None, /)" "Return pow(value, self, mod)." power power!(power, true);
    NEG "__neg__" "($self, /)" "-self" negative unary!(negative);
    POS "__pos__" "($self, /)" "+self" positive unary!(positive);
    ABS "__abs__" "($self, /)" "abs(self)" absolute unary!(absolute);
    BOOL "__bool__" "($self, /)" "True if self else False" bool |cx, owner, this, arguments| {
        expect::<0>(cx, arguments)?;
        Ok(cx.new_bool(slot!(cx, owner, bool)(cx, this)?))
    };
    INVERT "__invert__" "($self, /)" "~self" invert unary!(invert);
    LSHIFT "__lshift__" "($self, value, /)" "Return self<<value." left_shift left!(left_shift);
    RLSHIFT "__rlshift__" "($self, value, /)" "Return value<<self." left_shift right!(left_shift);
    RSHIFT "__rshift__" "($self, value, /)" "Return self>>value." right_shift left!(right_shift);
    RRSHIFT "__rrshift__" "($self, value, /)" "Return value>>self." right_shift right!(right_shift);
    AND "__and__" "($self, value, /)" "Return self&value." bit_and left!(bit_and);
    RAND "__rand__" "($self, value, /)" "Return value&self." bit_and right!(bit_and);
    XOR "__xor__" "($self, value, /)" "Return self^value." bit_xor left!(bit_xor);
    RXOR "__rxor__" "($self, value, /)" "Return value^self." bit_xor right!(bit_xor);
    OR "__or__" "($self, value, /)" "Return self|value." bit_or left!(bit_or);
    ROR "__ror__" "($self, value, /)" "Return value|self." bit_or right!(bit_or);
    INT "__int__" "($self, /)" "int(self)" int unary!(int);
    FLOAT "__float__" "($self, /)" "float(self)" float unary!(float);
    IADD "__iadd__" "($self, value, /)" "Return self+=value." inplace_add left!(inplace_add);
    ISUB "__isub__" "($self, value, /)" "Return self-=value." inplace_subtract left!(inplace_subtract);
    IMUL "__imul__" "($self, value, /)" "Return self*=value." inplace_multiply left!(inplace_multiply);
    IMOD "__imod__" "($self, value, /)" "Return self%=value." inplace_modulo left!(inplace_modulo);
    IPOW "__ipow__" "($self, value, /)" "Return self**=value." inplace_power |cx, owner, this, arguments| {
        let [value] = expect::<1>(cx, arguments)?;
        slot!(cx, owner, inplace_power)(cx, this, value, &cx.none)
    };
    ILSHIFT "__ilshift__" "($self, value, /)" "Return self<<=value." inplace_left_shift left!(inplace_left_shift);
    IRSHIFT "__irshift__" "($self, value, /)" "Return self>>=value." inplace_right_shift left!(inplace_right_shift);
    IAND "__iand__" "($self, value, /)" "Return self&=value." inplace_bit_and left!(inplace_bit_and);
    IXOR "__ixor__" "($self, value, /)" "Return self^=value." inplace_bit_xor left!(inplace_bit_xor);
    IOR "__ior__" "($self, value, /)" "Return self|=value." inplace_bit_or left!(inplace_bit_or);
    FLOORDIV "__floordiv__" "($self, value, /)" "Return self//value." floor_divide left!(floor_divide);
    RFLOORDIV "__rfloordiv__" "($self, value, /)" "Return value//self." floor_divide right!(floor_divide);
    TRUEDIV "__truediv__" "($self, value, /)" "Return self/value." true_divide left!(true_divide);
    RTRUEDIV "__rtruediv__" "($self, value, /)" "Return value/self." true_divide right!(true_divide);
    IFLOORDIV "__ifloordiv__" "($self, value, /)" "Return self//=value." inplace_floor_divide left!(inplace_floor_divide);
    ITRUEDIV "__itruediv__" "($self, value, /)" "Return self/=value." inplace_true_divide left!(inplace_true_divide);
    INDEX "__index__" "($self, /)"
        "Return self converted to an integer, if self is suitable for use as an index into a list." index unary!(index);
    MATMUL "__matmul__" "($self, value, /)" "Return self@value." matrix_multiply left!(matrix_multiply);
    RMATMUL "__rmatmul__" "($self, value, /)" "Return value@self." matrix_multiply right!(matrix_multiply);
    IMATMUL "__imatmul__" "($self, value, /)" "Return self@=value." inplace_matrix_multiply left!(inplace_matrix_multiply);
    LEN "__len__" "($self, /)" "Return len(self)." length |cx, owner, this, arguments| {
        expect::<0>(cx, arguments)?;
        cx.new_size(slot!(cx, owner, length)(cx, this)?)
    };
    GETITEM "__getitem__" "($self, key, /)" "Return self[key]." get_item left!(get_item);
    SETITEM "__setitem__" "($self, key, value, /)" "Set self[key] to value." set_item |cx, owner, this, arguments| {
        let values = expect_between(cx, arguments, 2, 2)?;
        set(cx, slot!(cx, owner, set_item)(cx, this, &values[0], Some(&values[1])))
    };
    DELITEM "__delitem__" "($self, key, /)" "Delete self[key]." set_item |cx, owner, this, arguments| {
        let [key] = expect::<1>(cx, arguments)?;
        set(cx, slot!(cx, owner, set_item)(cx, this, key, None))
    };
    CONCATENATE "__add__" "($self, value, /)" "Return self+value." concatenate left!(concatenate);
    REPEAT "__mul__" "($self, value, /)" "Return self*value." repeat repeat!(repeat);
    RREPEAT "__rmul__" "($self, value, /)" "Return value*self." repeat repeat!(repeat);
    CONTAINS "__contains__" "($self, key, /)" "Return key in self." contains |cx, owner, this, arguments| {
        let [key] = expect::<1>(cx, arguments)?;
        Ok(cx.new_bool(slot!(cx, owner, contains)(cx, this, key)?))
    };
    ICONCATENATE "__iadd__" "($self, value, /)" "Implement self+=value." inplace_concatenate left!(inplace_concatenate);
    IREPEAT "__imul__" "($self, value, /)" "Implement self*=value." inplace_repeat repeat!(inplace_repeat);
}

/// All of them.
pub static SLOT_WRAPPERS: &[&SlotWrapper] = &[
    &REPR,
    &HASH,
    &CALL,
    &STR,
    &GETATTRIBUTE,
    &SETATTR,
    &DELATTR,
    &LT,
    &LE,
    &EQ,
    &NE,
    &GT,
    &GE,
    &ITER,
    &NEXT,
    &GET,
    &SET,
    &DELETE,
    &INIT,
    &ADD,
    &RADD,
    &SUB,
    &RSUB,
    &MUL,
    &RMUL,
    &MOD,
    &RMOD,
    &DIVMOD,
    &RDIVMOD,
    &POW,
    &RPOW,
    &NEG,
    &POS,
    &ABS,
    &BOOL,
    &INVERT,
    &LSHIFT,
    &RLSHIFT,
    &RSHIFT,
    &RRSHIFT,
    &AND,
    &RAND,
    &XOR,
    &RXOR,
    &OR,
    &ROR,
    &INT,
    &FLOAT,
    &IADD,
    &ISUB,
    &IMUL,
    &IMOD,
    &IPOW,
    &ILSHIFT,
    &IRSHIFT,
    &IAND,
    &IXOR,
    &IOR,
    &FLOORDIV,
    &RFLOORDIV,
    &TRUEDIV,
    &RTRUEDIV,
    &IFLOORDIV,
    &ITRUEDIV,
    &INDEX,
    &MATMUL,
    &RMATMUL,
    &IMATMUL,
    &LEN,
    &GETITEM,
    &SETITEM,
    &DELITEM,
    &CONCATENATE,
    &REPEAT,
    &RREPEAT,
    &CONTAINS,
    &ICONCATENATE,
    &IREPEAT,
];

/// The result of a special method that has none.
fn set(cx: &Interpreter, result: Outcome<()>) -> Outcome {
    result.map(|()| cx.none())
}

/// `object.__setattr__` must not be used to get around the rules of types.
fn refuse_for_types(cx: &Interpreter, owner: &TypeObject, this: &Object, name: &str) -> Outcome<()> {
    if this.as_type().is_none() || owner.is_subtype(&cx.types.type_) {
        return Ok(());
    }
    Err(cx.type_error(format_args!("can't apply this {name} to {} object", this.type_name())))
}

/// Whether a wrapper takes keywords.
fn takes_keywords(wrapper: &'static SlotWrapper) -> bool {
    std::ptr::eq(wrapper, &CALL) || std::ptr::eq(wrapper, &INIT)
}

impl Interpreter {
    /// Calls a special method of a slot on an instance of its owner.
    pub fn call_slot_wrapper(
        &self,
        wrapper: &'static SlotWrapper,
        owner: &TypeObject,
        this: &Object,
        arguments: Arguments<'_>,
    ) -> Outcome {
        if arguments.keyword_count() > 0 && !takes_keywords(wrapper) {
            return Err(
                self.type_error(format_args!("wrapper {}() takes no keyword arguments", wrapper.name))
            );
        }
        (wrapper.call)(self, owner, this, arguments)
    }
}

/// `__new__` of every built-in type that has one.
pub static NEW_METHOD: NativeMethod = NativeMethod::new(
    "__new__",
    NativeCode::Full(call_new),
    "($type, *args, **kwargs)",
    "Create and return a new object.  See help(type) for accurate signature.",
);

/// Calls the slot of the type that the method is bound to, after CPython's checks.
fn call_new(cx: &Interpreter, bound: &Object, arguments: Arguments<'_>) -> Outcome {
    let Some(owner) = bound.as_type() else {
        return Err(cx.system_error("__new__() called with non-type 'self'"));
    };
    let Some(first) = arguments.positional_values().first() else {
        let owner_name = full_name(owner);
        return Err(cx.type_error(format_args!("{owner_name}.__new__(): not enough arguments")));
    };
    let Some(kind) = first.as_type() else {
        let (owner_name, given) = (full_name(owner), first.type_name());
        return Err(cx.type_error(format_args!("{owner_name}.__new__(X): X is not a type object ({given})")));
    };
    if !kind.is_subtype(owner) {
        let (owner_name, name) = (full_name(owner), full_name(kind));
        return Err(cx.type_error(format_args!(
            "{owner_name}.__new__({name}): {name} is not a subtype of {owner_name}"
        )));
    }
    let new = slot!(cx, owner, new);
    if let Some(safe) = other_native_base(kind, new) {
        let (owner_name, name) = (full_name(owner), full_name(kind));
        return Err(
            cx.type_error(format_args!("{owner_name}.__new__({name}) is not safe, use {safe}.__new__()"))
        );
    }
    new(cx, kind, arguments.without_first())
}

/// The name of the nearest base whose instances another native function makes, if it is not `new`.
fn other_native_base(kind: &TypeObject, new: New) -> Option<String> {
    let mut base = super::protocol::counted(kind);
    while base.slots.new.get().is_some_and(super::slot_functions::is_slot_new) {
        let next = base.base.get()?;
        base = next;
    }
    let same = base.slots.new.get().is_some_and(|slot| fn_addr_eq(slot, new));
    (!same || base.has(TypeFlags::DISALLOW_INSTANTIATION)).then(|| full_name(&base))
}
