//! The behaviour of a type: plain function pointers that take the interpreter.
//!
//! A slot is `None` where the type (and what it inherits from) has no such behaviour. For a class made by a class
//! statement, slots whose special method is defined in Python hold a `slot_*` function that looks the method up.

use std::cell::Cell;

use super::interpreter::Interpreter;
use super::outcome::Outcome;
use super::type_object::TypeObject;
use crate::object::{Object, ObjectRef};
use crate::values::tuple::Tuple;

/// The six comparisons, numbered as CPython's `Py_LT` to `Py_GE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

/// Arguments as they stand on the value stack: positional ones, then the values of the keywords whose names the
/// tuple holds.
#[derive(Clone, Copy)]
pub struct Arguments<'a> {
    /// All values; the caller owns them for the duration of the call.
    pub values: &'a [ObjectRef],
    /// Names of the last values.
    pub names: Option<&'a Tuple>,
}

/// `f(x)`
pub type Unary = fn(&Interpreter, &Object) -> Outcome;
/// `f(x, y)`; `NotImplemented` is a possible result of operators.
pub type Binary = fn(&Interpreter, &Object, &Object) -> Outcome;
/// `pow(x, y, z)`; z is None where it is not given.
pub type Ternary = fn(&Interpreter, &Object, &Object, &Object) -> Outcome;
/// A truth value.
pub type Inquiry = fn(&Interpreter, &Object) -> Outcome<bool>;
/// A length.
pub type Length = fn(&Interpreter, &Object) -> Outcome<usize>;
/// A hash, never -1.
pub type Hash = fn(&Interpreter, &Object) -> Outcome<i64>;
/// `f(*args, **kwargs)`
pub type Call = fn(&Interpreter, &Object, Arguments<'_>) -> Outcome;
/// What a call of a built-in type with these arguments by position gives, without asking for `__new__` and `__init__`;
/// none where it must ask.
pub type ShortCall = fn(&Interpreter, &[ObjectRef]) -> Option<Outcome>;
/// `type.__new__`: the type that was called and the arguments.
pub type New = fn(&Interpreter, &TypeObject, Arguments<'_>) -> Outcome;
/// `__init__`
pub type Init = fn(&Interpreter, &Object, Arguments<'_>) -> Outcome<()>;
/// `getattr(x, name)`; name is a text object.
pub type GetAttribute = fn(&Interpreter, &Object, &Object) -> Outcome;
/// `setattr(x, name, value)`, or `delattr` where value is none.
pub type SetAttribute = fn(&Interpreter, &Object, &Object, Option<&Object>) -> Outcome<()>;
/// `__get__`: descriptor, instance, owner.
pub type DescriptorGet = fn(&Interpreter, &Object, Option<&Object>, Option<&Object>) -> Outcome;
/// `__set__`, or `__delete__` where value is none.
pub type DescriptorSet = fn(&Interpreter, &Object, &Object, Option<&Object>) -> Outcome<()>;
/// A comparison; `NotImplemented` is a possible result.
pub type Compare = fn(&Interpreter, &Object, &Object, Comparison) -> Outcome;
/// `next(x)`; none at the end (no StopIteration is raised).
pub type Next = fn(&Interpreter, &Object) -> Outcome<Option<ObjectRef>>;
/// `x[key] = value`, or `del x[key]` where value is none.
pub type SetItem = fn(&Interpreter, &Object, &Object, Option<&Object>) -> Outcome<()>;
/// `item in x`
pub type Contains = fn(&Interpreter, &Object, &Object) -> Outcome<bool>;
/// `x * count` of a sequence.
pub type Repeat = fn(&Interpreter, &Object, isize) -> Outcome;

macro_rules! slots {
    ($($(#[$meta:meta])* $name:ident: $kind:ty;)*) => {
        /// All slots of a type.
        #[derive(Default, Clone)]
        pub struct Slots { $($(#[$meta])* pub $name: Cell<Option<$kind>>,)* }

        impl Slots {
            /// Copies every slot that is set in `base` and not here.
            pub fn inherit_from(&self, base: &Slots) {
                $(if self.$name.get().is_none() { self.$name.set(base.$name.get()); })*
            }
        }
    };
}

slots! {
    /// `repr(x)`
    repr: Unary;
    /// `str(x)`
    str: Unary;
    /// `hash(x)`
    hash: Hash;
    /// `x(...)`
    call: Call;
    /// `x.name`
    get_attribute: GetAttribute;
    /// `x.name = value`
    set_attribute: SetAttribute;
    /// `x < y` and the others
    compare: Compare;
    /// `iter(x)`
    iter: Unary;
    /// `next(x)`
    next: Next;
    /// `__get__`
    descriptor_get: DescriptorGet;
    /// `__set__`, `__delete__`
    descriptor_set: DescriptorSet;
    /// `__new__`
    new: New;
    /// `__init__`
    init: Init;
    /// `bool(x)`
    bool: Inquiry;
    /// `operator.index(x)`
    index: Unary;
    /// `int(x)`
    int: Unary;
    /// `float(x)`
    float: Unary;
    /// `-x`
    negative: Unary;
    /// `+x`
    positive: Unary;
    /// `abs(x)`
    absolute: Unary;
    /// `~x`
    invert: Unary;
    /// `x + y` of numbers
    add: Binary;
    /// `x - y`
    subtract: Binary;
    /// `x * y` of numbers
    multiply: Binary;
    /// `x / y`
    true_divide: Binary;
    /// `x // y`
    floor_divide: Binary;
    /// `x % y`
    modulo: Binary;
    /// `divmod(x, y)`
    divmod: Binary;
    /// `pow(x, y, z)`
    power: Ternary;
    /// `x @ y`
    matrix_multiply: Binary;
    /// `x << y`
    left_shift: Binary;
    /// `x >> y`
    right_shift: Binary;
    /// `x & y`
    bit_and: Binary;
    /// `x | y`
    bit_or: Binary;
    /// `x ^ y`
    bit_xor: Binary;
    /// `x += y` and so on
    inplace_add: Binary;
    /// `x -= y`
    inplace_subtract: Binary;
    /// `x *= y`
    inplace_multiply: Binary;
    /// `x /= y`
    inplace_true_divide: Binary;
    /// `x //= y`
    inplace_floor_divide: Binary;
    /// `x %= y`
    inplace_modulo: Binary;
    /// `x **= y`
    inplace_power: Ternary;
    /// `x @= y`
    inplace_matrix_multiply: Binary;
    /// `x <<= y`
    inplace_left_shift: Binary;
    /// `x >>= y`
    inplace_right_shift: Binary;
    /// `x &= y`
    inplace_bit_and: Binary;
    /// `x |= y`
    inplace_bit_or: Binary;
    /// `x ^= y`
    inplace_bit_xor: Binary;
    /// `len(x)`
    length: Length;
    /// `x[key]`
    get_item: Binary;
    /// `x[key] = value`, `del x[key]`
    set_item: SetItem;
    /// `y in x`
    contains: Contains;
    /// `x + y` of sequences (tried after `add` of both)
    concatenate: Binary;
    /// `x * n` of sequences
    repeat: Repeat;
    /// `x += y` of sequences
    inplace_concatenate: Binary;
    /// `x *= n` of sequences
    inplace_repeat: Repeat;
}

/// A binary operator: its symbol and where its slots are.
pub struct Operator {
    /// As in error messages.
    pub symbol: &'static str,
    /// As in error messages of augmented assignment.
    pub inplace_symbol: &'static str,
    /// The slot.
    pub slot: fn(&Slots) -> Option<Binary>,
    /// The slot of augmented assignment.
    pub inplace: fn(&Slots) -> Option<Binary>,
}

macro_rules! operators {
    ($($constant:ident $symbol:literal $inplace_symbol:literal $slot:ident $inplace:ident;)*) => {
        impl Operator {
            $(
                #[doc = concat!("`x ", $symbol, " y`")]
                pub const $constant: Operator = Operator {
                    symbol: $symbol,
                    inplace_symbol: $inplace_symbol,
                    slot: |slots| slots.$slot.get(),
                    inplace: |slots| slots.$inplace.get(),
                };
            )*
        }
    };
}

operators! {
    ADD "+" "+=" add inplace_add;
    SUBTRACT "-" "-=" subtract inplace_subtract;
    MULTIPLY "*" "*=" multiply inplace_multiply;
    TRUE_DIVIDE "/" "/=" true_divide inplace_true_divide;
    FLOOR_DIVIDE "//" "//=" floor_divide inplace_floor_divide;
    MODULO "%" "%=" modulo inplace_modulo;
    MATRIX_MULTIPLY "@" "@=" matrix_multiply inplace_matrix_multiply;
    LEFT_SHIFT "<<" "<<=" left_shift inplace_left_shift;
    RIGHT_SHIFT ">>" ">>=" right_shift inplace_right_shift;
    BIT_AND "&" "&=" bit_and inplace_bit_and;
    BIT_OR "|" "|=" bit_or inplace_bit_or;
    BIT_XOR "^" "^=" bit_xor inplace_bit_xor;
    DIVMOD "divmod()" "divmod()" divmod divmod;
}
