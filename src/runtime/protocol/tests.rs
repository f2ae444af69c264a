//! What the protocols promise, on types with native behaviour only.

use super::testing::{Look, class, instance, interpreter, raised};
use crate::object::{Object, ObjectRef};
use crate::runtime::native::{NativeCode, NativeMethod};
use crate::runtime::{Comparison, Interpreter, Operator, Outcome};

static ADD: NativeMethod =
    NativeMethod::new("__add__", NativeCode::One(|cx, _, _| cx.new_text("add")), "", "");
static RADD: NativeMethod =
    NativeMethod::new("__radd__", NativeCode::One(|cx, _, _| cx.new_text("radd")), "", "");
static LEN: NativeMethod =
    NativeMethod::new("__len__", NativeCode::NoArguments(|cx, _| cx.new_int(-1)), "", "");
static BOOL: NativeMethod =
    NativeMethod::new("__bool__", NativeCode::NoArguments(|cx, _| cx.new_int(1)), "", "");
static HASH: NativeMethod =
    NativeMethod::new("__hash__", NativeCode::NoArguments(|cx, _| cx.new_int(-1)), "", "");
static GETATTR: NativeMethod =
    NativeMethod::new("__getattr__", NativeCode::One(|_, _, name| Ok(name.new_ref())), "", "");
static GETITEM: NativeMethod = NativeMethod::new("__getitem__", NativeCode::One(three_items), "", "");
static EQ: NativeMethod =
    NativeMethod::new("__eq__", NativeCode::One(|cx, _, _| Ok(cx.true_.clone())), "", "");

fn three_items(cx: &Interpreter, _: &Object, key: &Object) -> Outcome {
    match key.small() {
        Some(index) if index < 3 => Ok(key.new_ref()),
        _ => Err(cx.index_error("no more")),
    }
}

fn text(cx: &Interpreter, outcome: Outcome) -> String {
    cx.display(&outcome.expect("a text"))
}

fn int(cx: &Interpreter, value: i64) -> ObjectRef {
    cx.new_int(value).expect("memory")
}

#[test]
fn operators_ask_numbers_then_sequences() {
    let cx = interpreter();
    let (one, word, list) = (int(cx, 1), cx.new_text("word").unwrap(), cx.new_list(vec![]).unwrap());
    assert_eq!(cx.binary(&Operator::ADD, &one, &one).unwrap().small(), Some(2));
    assert_eq!(cx.binary(&Operator::MULTIPLY, &one, &list).unwrap().small(), Some(1));
    assert_eq!(text(cx, cx.inplace(&Operator::ADD, &list, &one)), "list");
    let message = raised(cx, cx.binary(&Operator::ADD, &one, &word));
    assert_eq!(message, "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
    let message = raised(cx, cx.inplace(&Operator::SUBTRACT, &one, &word));
    assert_eq!(message, "TypeError: unsupported operand type(s) for -=: 'int' and 'str'");
    let message = raised(cx, cx.binary(&Operator::MULTIPLY, &list, &word));
    assert_eq!(message, "TypeError: can't multiply sequence by non-int of type 'str'");
    let message = raised(cx, cx.power(&one, &word, &cx.none));
    assert_eq!(message, "TypeError: unsupported operand type(s) for ** or pow(): 'int' and 'str'");
    assert_eq!(raised(cx, cx.negative(&word)), "TypeError: bad operand type for unary -: 'str'");
}

#[test]
fn a_class_has_the_slots_of_its_methods_only() {
    let cx = interpreter();
    let kind = class(cx, &cx.types.object, &[&ADD, &RADD]);
    let (left, one) = (instance(cx, &kind), int(cx, 1));
    assert_eq!(text(cx, cx.binary(&Operator::ADD, &left, &one)), "add");
    assert_eq!(text(cx, cx.binary(&Operator::ADD, &one, &left)), "radd");
    assert!(kind.slots.subtract.get().is_none() && kind.slots.call.get().is_none());
    assert!(kind.slots.concatenate.get().is_none());
}

#[test]
fn a_class_takes_native_slots_over() {
    let cx = interpreter();
    let kind = class(cx, &cx.types.list, &[]);
    let (ours, base) = (&kind.slots, &cx.types.list.slots);
    assert!(std::ptr::fn_addr_eq(ours.length.get().unwrap(), base.length.get().unwrap()));
    assert!(std::ptr::fn_addr_eq(ours.concatenate.get().unwrap(), base.concatenate.get().unwrap()));
    assert!(std::ptr::fn_addr_eq(ours.get_attribute.get().unwrap(), base.get_attribute.get().unwrap()));
    assert!(ours.add.get().is_none(), "the method of sequences is not the slot of numbers");
}

#[test]
fn a_method_set_later_changes_its_slot_and_those_of_subclasses() {
    let cx = interpreter();
    let base = class(cx, &cx.types.object, &[]);
    let derived = class(cx, &base, &[]);
    assert!(derived.slots.length.get().is_none());
    let method = cx.type_lookup(&class(cx, &cx.types.object, &[&LEN]), &cx.names.len).unwrap();
    cx.set_attribute_text(&base, &cx.names.len, Some(&method)).unwrap();
    assert_eq!(raised(cx, cx.length(&instance(cx, &derived))), "ValueError: __len__() should return >= 0");
    cx.set_attribute_text(&base, &cx.names.len, None).unwrap();
    assert_eq!(
        raised(cx, cx.length(&instance(cx, &derived))),
        "TypeError: object of type 'map' has no len()"
    );
}

#[test]
fn results_of_special_methods_are_checked() {
    let cx = interpreter();
    let object = instance(cx, &class(cx, &cx.types.object, &[&BOOL, &HASH, &EQ]));
    assert_eq!(raised(cx, cx.is_true(&object)), "TypeError: __bool__ should return bool, returned int");
    assert_eq!(cx.hash(&object), Ok(-2));
    assert_eq!(cx.compare_bool(&object, &cx.none, Comparison::Equal), Ok(true));
    assert_eq!(cx.compare_bool(&object, &object, Comparison::NotEqual), Ok(false));
}

#[test]
fn missing_attributes_go_to_getattr() {
    let cx = interpreter();
    let object = instance(cx, &class(cx, &cx.types.object, &[&GETATTR]));
    let name = cx.intern("anything").unwrap();
    assert_eq!(text(cx, cx.get_attribute_text(&object, &name)), "anything");
    let plain = instance(cx, &class(cx, &cx.types.object, &[]));
    assert!(cx.find_attribute(&plain, &name).unwrap().is_none());
    let message = raised(cx, cx.get_attribute_text(&plain, &name));
    assert_eq!(message, "AttributeError: 'map' object has no attribute 'anything'");
    let message = raised(cx, cx.get_attribute(&plain, &int(cx, 1)));
    assert_eq!(message, "TypeError: attribute name must be string, not 'int'");
    let message = raised(cx, cx.set_attribute_text(&cx.types.int, &name, Some(&plain)));
    assert_eq!(message, "TypeError: cannot set 'anything' attribute of immutable type 'int'");
}

#[test]
fn comparisons_fall_back_to_identity_or_refuse() {
    let cx = interpreter();
    let (one, two, word) = (int(cx, 1), int(cx, 2), cx.new_text("word").unwrap());
    assert_eq!(cx.compare_bool(&one, &two, Comparison::Less), Ok(true));
    assert_eq!(cx.equal(&one, &word), Ok(false));
    let message = raised(cx, cx.compare(&one, &word, Comparison::GreaterEqual));
    assert_eq!(message, "TypeError: '>=' not supported between instances of 'int' and 'str'");
}

#[test]
fn what_has_items_can_be_searched_only_through_iter() {
    let cx = interpreter();
    let object = instance(cx, &class(cx, &cx.types.object, &[&GETITEM]));
    assert_eq!(cx.iter(&object).unwrap().kind_name(), "iterator");
    assert_eq!(raised(cx, cx.iter(&cx.none)), "TypeError: 'NoneType' object is not iterable");
    assert_eq!(
        raised(cx, cx.contains(&cx.none, &object)),
        "TypeError: argument of type 'NoneType' is not iterable"
    );
    assert_eq!(raised(cx, cx.next(&cx.none)), "TypeError: 'NoneType' object is not an iterator");
    assert_eq!(
        raised(cx, cx.get_item(&cx.none, &object)),
        "TypeError: 'NoneType' object is not subscriptable"
    );
    assert_eq!(raised(cx, cx.get_item(&cx.types.int, &object)), "TypeError: type 'int' is not subscriptable");
    let message = raised(cx, cx.delete_item(&cx.none, &object));
    assert_eq!(message, "TypeError: 'NoneType' object does not support item deletion");
}

#[test]
fn indices_are_checked_and_clamped() {
    let cx = interpreter();
    let large = cx.new_int_from_digits(true, &[0, 0, 0, 1]).unwrap();
    assert_eq!(cx.index_isize(&large, None), Ok(isize::MIN));
    let message = raised(cx, cx.index_isize(&large, Some(&cx.types.index_error)));
    assert_eq!(message, "IndexError: cannot fit 'int' into an index-sized integer");
    assert_eq!(
        raised(cx, cx.index(&cx.none)),
        "TypeError: 'NoneType' object cannot be interpreted as an integer"
    );
    assert_eq!(raised(cx, cx.to_f64(&cx.none)), "TypeError: must be real number, not NoneType");
}

#[test]
fn slices_are_adjusted_to_the_length() {
    let cx = interpreter();
    let slice = |start: &ObjectRef, stop: &ObjectRef, step: &ObjectRef| {
        crate::values::slice::Slice::new(&cx.types.slice, start.clone(), stop.clone(), step.clone()).unwrap()
    };
    let none = cx.none();
    let bounds = cx.slice_bounds(&slice(&int(cx, -2), &none, &none), 5).unwrap();
    assert_eq!((bounds.start, bounds.stop, bounds.step, bounds.length), (3, 5, 1, 2));
    let bounds = cx.slice_bounds(&slice(&none, &none, &int(cx, -2)), 5).unwrap();
    assert_eq!((bounds.start, bounds.stop, bounds.step, bounds.length), (4, -1, -2, 3));
    let message = raised(cx, cx.slice_bounds(&slice(&none, &none, &int(cx, 0)), 5));
    assert_eq!(message, "ValueError: slice step cannot be zero");
    let word = cx.new_text("word").unwrap();
    let message = raised(cx, cx.slice_bounds(&slice(&word, &none, &none), 5));
    assert_eq!(message, "TypeError: slice indices must be integers or None or have an __index__ method");
}

#[test]
fn dicts_use_equality() {
    let cx = interpreter();
    let dict = cx.new_dict().unwrap();
    let (thousand, again) = (int(cx, 1000), int(cx, 1000));
    cx.dict_set(&dict, &thousand, int(cx, 1)).unwrap();
    assert_eq!(cx.dict_get(&dict, &again).unwrap().and_then(|value| value.small()), Some(1));
    let list = cx.new_list(vec![]).unwrap();
    cx.types.list.slots.hash.set(None);
    assert_eq!(raised(cx, cx.dict_get(&dict, &list)), "TypeError: unhashable type: 'list'");
    assert!(cx.dict_remove(&dict, &again).unwrap() && dict.is_empty());
}

#[test]
fn calls_are_refused_and_counted() {
    let cx = interpreter();
    assert_eq!(raised(cx, cx.call(&cx.none, &[])), "TypeError: 'NoneType' object is not callable");
    assert_eq!(raised(cx, cx.call(&cx.types.range, &[])), "TypeError: cannot create 'range' instances");
    assert!(cx.call(&cx.types.type_, &[int(cx, 1)]).unwrap().is(&cx.types.int));
    assert_eq!(raised(cx, cx.call(&cx.types.type_, &[])), "TypeError: type() takes 1 or 3 arguments");
    cx.thread.recursion_limit.set(0);
    let message = raised(cx, cx.call(&cx.types.type_, &[]));
    assert_eq!(message, "RecursionError: maximum recursion depth exceeded while calling a Python object");
}

#[test]
fn names_made_at_run_time_are_the_interned_ones() {
    let cx = interpreter();
    let interned = cx.intern("attribute").unwrap();
    let made = crate::values::text::Text::from_str(&cx.types.str, "attribute").unwrap();
    assert!(!made.is_interned() && cx.attribute_name(&made).unwrap().is(&interned));
    let unknown = crate::values::text::Text::from_str(&cx.types.str, "never interned").unwrap();
    assert!(cx.attribute_name(&unknown).unwrap().is(&unknown));
}
