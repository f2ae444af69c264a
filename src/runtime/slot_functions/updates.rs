//! What stands in the slots of a class made by a class statement: nothing where the class has no such method; the native
//! function itself where the method is the very special method that a built-in base has for this slot; else the function
//! that looks the method up. So `class L(list)` is measured, iterated and compared at the speed of `list`.

use super::*;
use crate::runtime::native::BuiltinFunction;

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
            .layout::<BuiltinFunction>()
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
