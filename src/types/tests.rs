//! Classes, descriptors and exceptions without a loop: made and asked through the protocols.

use super::define_all;
use super::support::rust_text;
use super::type_type::creation::type_new;
use crate::object::ObjectRef;
use crate::runtime::{Arguments, AsException, Interpreter, Options, Outcome, TypeFlags, Typed};

fn with_types(test: impl FnOnce(&Interpreter) -> Outcome<()>) {
    // An interpreter in the middle of a panic cannot be taken down: it stays.
    let cx = Box::leak(Box::new(Interpreter::new_bare(Options::default()).expect("an interpreter")));
    for (kind, flag) in [(&cx.types.str, TypeFlags::TEXT), (&cx.types.int, TypeFlags::INT)] {
        kind.flags.set(kind.flags.get() | flag);
    }
    if define_all(cx).and_then(|()| test(cx)).is_err() {
        let raised = cx.take_exception();
        panic!("{}: {}", raised.type_name(), cx.display(&raised));
    }
}

fn class(cx: &Interpreter, name: &str, bases: &[ObjectRef], members: &[(&str, ObjectRef)]) -> Outcome {
    let namespace = cx.new_dict()?;
    for (name, value) in members {
        cx.dict_set_str(&namespace, name, value.clone())?;
    }
    let arguments = [cx.new_text(name)?, cx.new_tuple(bases)?, namespace.into_object()];
    type_new(cx, &cx.types.type_, Arguments::positional(&arguments))
}

fn message(cx: &Interpreter, outcome: Outcome) -> String {
    match outcome {
        Ok(_) => "nothing raised".to_owned(),
        Err(_) => {
            let raised = cx.take_exception();
            format!("{}: {}", raised.type_name(), cx.display(&raised))
        }
    }
}

#[test]
fn a_class_has_the_shape_of_the_reference() {
    with_types(|cx| {
        let made = class(cx, "A", &[], &[("__module__", cx.new_text("__main__")?)])?;
        assert_eq!(rust_text(&*cx.repr(&made)?), "<class '__main__.A'>");
        let kind = made.as_type().expect("a type");
        assert_eq!(kind.basic_size.get(), 24);
        let instance = cx.call(&made, &[])?;
        assert!(instance.is_tracked());
        cx.set_attribute_text(&instance, &*cx.intern("x")?, Some(&*cx.new_int(3)?))?;
        assert_eq!(cx.to_i64(&*cx.get_attribute_text(&instance, &*cx.intern("x")?)?)?, 3);
        assert_eq!(message(cx, cx.call(&made, &[cx.none()])), "TypeError: A() takes no arguments");
        Ok(())
    });
}

#[test]
fn slots_are_members_behind_the_base() {
    with_types(|cx| {
        let names = cx.new_tuple(&[cx.new_text("b")?, cx.new_text("a")?])?;
        let made = class(cx, "S", &[], &[("__slots__", names)])?;
        assert_eq!(made.as_type().expect("a type").basic_size.get(), 32);
        let instance = cx.call(&made, &[])?;
        let name = cx.intern("a")?;
        assert_eq!(
            message(cx, cx.get_attribute_text(&instance, &name)),
            "AttributeError: 'S' object has no attribute 'a'"
        );
        cx.set_attribute_text(&instance, &name, Some(&made))?;
        assert!(cx.get_attribute_text(&instance, &name)?.is(&made));
        assert_eq!(
            rust_text(&*cx.repr(&*cx.get_attribute_text(&made, &name)?)?),
            "<member 'a' of 'S' objects>"
        );
        Ok(())
    });
}

#[test]
fn impossible_bases_are_refused() {
    with_types(|cx| {
        let object = cx.types.object.as_object().clone();
        let a = class(cx, "A", &[], &[])?;
        let wrong_order = class(cx, "C", &[object.clone(), a.clone()], &[]);
        assert_eq!(
            message(cx, wrong_order),
            "TypeError: Cannot create a consistent method resolution\norder (MRO) for bases object, A"
        );
        assert_eq!(message(cx, class(cx, "D", &[a.clone(), a], &[])), "TypeError: duplicate base class A");
        let bound = cx.types.none_type.as_object().clone();
        assert_eq!(
            message(cx, class(cx, "E", &[bound], &[])),
            "TypeError: type 'NoneType' is not an acceptable base type"
        );
        Ok(())
    });
}

#[test]
fn long_lines_of_classes_are_made_and_die() {
    with_types(|cx| {
        let mut last = cx.types.object.as_object().clone();
        for _ in 0..5000 {
            last = class(cx, "A", &[last], &[])?;
        }
        assert!(cx.call(&last, &[])?.is_instance(&cx.types.object));
        Ok(())
    });
}

#[test]
fn exceptions_show_what_they_hold() {
    with_types(|cx| {
        let arguments = [cx.new_int(2)?, cx.new_text("No such file")?, cx.new_text("f")?];
        let error = cx.call(&cx.types.os_error, &arguments)?;
        assert_eq!(error.type_name(), "FileNotFoundError");
        assert_eq!(error.as_exception().expect("an exception").extra_count(), 5);
        let class = class(cx, "E", &[cx.types.value_error.as_object().clone()], &[])?;
        let error = cx.call(&class, &[cx.new_text("x")?])?;
        assert_eq!(error.as_exception().expect("an exception").extra_count(), 0);
        cx.set_attribute_text(&error, &*cx.intern("note")?, Some(&class))?;
        assert!(super::exceptions::exception_group_type(cx)?.is_subtype(&cx.types.exception));
        Ok(())
    });
}
