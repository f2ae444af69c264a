//! Native modules and the collector without a loop, called through the protocols.

use super::support::to_c_int;
use super::{gc, weakref};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Options, Outcome, Typed};
use crate::types::define_all;

fn with_modules(options: Options, test: impl FnOnce(&World<'_>) -> Outcome<()>) {
    // An interpreter in the middle of a panic cannot be taken down: it stays.
    let cx: &Interpreter = Box::leak(Box::new(Interpreter::new_bare(options).expect("an interpreter")));
    let run = || {
        define_all(cx)?;
        gc::install(cx).expect("the collector");
        let world = World { cx, gc: gc::make(cx)?, weakref: weakref::make(cx)? };
        test(&world)
    };
    if run().is_err() {
        panic!("{}", message(cx));
    }
}

fn message(cx: &Interpreter) -> String {
    let raised = cx.take_exception();
    format!("{}: {}", raised.type_name(), cx.display(&raised))
}

struct World<'a> {
    cx: &'a Interpreter,
    gc: ObjectRef,
    weakref: ObjectRef,
}

impl World<'_> {
    fn call(&self, module: &Object, name: &str, arguments: &[ObjectRef]) -> Outcome {
        let function = self.cx.get_attribute_text(module, &*self.cx.intern(name)?)?;
        self.cx.call(&function, arguments)
    }

    fn collect(&self) -> Outcome<i64> {
        self.cx.to_i64(&*self.call(&self.gc, "collect", &[])?)
    }

    fn class(&self) -> Outcome {
        let cx = self.cx;
        let arguments = [cx.new_text("A")?, cx.new_tuple(&[])?, cx.new_dict()?.into_object()];
        cx.call(&cx.types.type_, &arguments)
    }

    /// An instance that refers to itself.
    fn ring(&self, class: &ObjectRef) -> Outcome {
        let made = self.cx.call(class, &[])?;
        self.cx.set_attribute_text(&made, &*self.cx.intern("me")?, Some(&made))?;
        Ok(made)
    }
}

#[test]
fn a_ring_is_collected_and_its_weak_reference_is_dead() {
    with_modules(Options::default(), |world| {
        let (cx, class) = (world.cx, world.class()?);
        world.collect()?;
        let ring = world.ring(&class)?;
        let reference = world.call(&world.weakref, "ref", std::slice::from_ref(&ring))?;
        assert!(reference.is(&*world.call(&world.weakref, "ref", std::slice::from_ref(&ring))?));
        assert!(cx.call(&reference, &[])?.is(&ring));
        drop(ring);
        assert_eq!(world.collect()?, 1);
        assert!(cx.is_none(&*cx.call(&reference, &[])?));
        gc::verify_heap(cx);
        assert_eq!(world.collect()?, 0);
        Ok(())
    });
}

#[test]
fn lists_can_be_referenced_weakly_but_not_as_in_cpython() {
    for cpython in [false, true] {
        with_modules(Options { cpython, ..Options::default() }, |world| {
            let list = world.cx.new_list(Vec::new())?;
            let outcome = world.call(&world.weakref, "ref", std::slice::from_ref(&list));
            match outcome {
                Ok(reference) => {
                    assert!(!cpython && world.cx.call(&reference, &[])?.is(&list));
                    drop(list);
                    assert!(world.cx.is_none(&*world.cx.call(&reference, &[])?));
                }
                Err(_) => {
                    assert!(cpython);
                    assert_eq!(message(world.cx), "TypeError: cannot create weak reference to 'list' object");
                }
            }
            Ok(())
        });
    }
}

#[test]
fn a_callback_hears_of_the_death() {
    with_modules(Options::default(), |world| {
        let cx = world.cx;
        let heard = cx.new_list(Vec::new())?;
        let append = cx.get_attribute_text(&heard, &*cx.intern("append")?)?;
        let instance = cx.call(&*world.class()?, &[])?;
        let reference = world.call(&world.weakref, "ref", &[instance.clone(), append])?;
        drop(instance);
        assert!(heard.as_list().and_then(|list| list.get(0)).is_some_and(|told| told.is(&reference)));
        Ok(())
    });
}

#[test]
fn a_dead_proxy_refuses() {
    with_modules(Options::default(), |world| {
        let cx = world.cx;
        let instance = cx.call(&*world.class()?, &[])?;
        let proxy = world.call(&world.weakref, "proxy", std::slice::from_ref(&instance))?;
        let name = cx.intern("x")?;
        cx.set_attribute_text(&proxy, &name, Some(&cx.none))?;
        assert!(cx.is_none(&*cx.get_attribute_text(&instance, &name)?));
        drop(instance);
        assert!(cx.get_attribute_text(&proxy, &name).is_err());
        assert_eq!(message(cx), "ReferenceError: weakly-referenced object no longer exists");
        Ok(())
    });
}

#[test]
fn safe_points_collect_what_is_due() {
    with_modules(Options::default(), |world| {
        let (cx, class) = (world.cx, world.class()?);
        world.collect()?;
        let reference = world.call(&world.weakref, "ref", &[world.ring(&class)?])?;
        let kept: Vec<ObjectRef> = (0..800).map(|_| cx.new_list(Vec::new())).collect::<Outcome<_>>()?;
        assert!(!cx.is_none(&*cx.call(&reference, &[])?));
        cx.poll()?;
        assert!(cx.is_none(&*cx.call(&reference, &[])?));
        drop(kept);
        Ok(())
    });
}

#[test]
fn stress_collects_at_each_safe_point_unless_switched_off() {
    with_modules(Options { stress_gc: true, verify_heap: true, ..Options::default() }, |world| {
        let (cx, class) = (world.cx, world.class()?);
        cx.poll()?;
        let reference = world.call(&world.weakref, "ref", &[world.ring(&class)?])?;
        cx.poll()?;
        assert!(cx.is_none(&*cx.call(&reference, &[])?));
        world.call(&world.gc, "disable", &[])?;
        let reference = world.call(&world.weakref, "ref", &[world.ring(&class)?])?;
        cx.poll()?;
        assert!(!cx.is_none(&*cx.call(&reference, &[])?));
        Ok(())
    });
}

#[test]
fn a_c_int_has_its_bounds() {
    with_modules(Options::default(), |world| {
        let cx = world.cx;
        assert_eq!(to_c_int(cx, &*cx.new_int(-5)?)?, -5);
        assert!(to_c_int(cx, &*cx.new_int(1 << 31)?).is_err());
        assert_eq!(message(cx), "OverflowError: Python int too large to convert to C int");
        Ok(())
    });
}

/// Everything that a fresh interpreter holds is accounted for; one count too much is not.
#[test]
fn a_reference_that_nobody_holds_is_told_of() {
    let cx: &Interpreter =
        Box::leak(Box::new(Interpreter::new_bare(Options::default()).expect("an interpreter")));
    assert!(define_all(cx).and_then(|()| gc::install(cx)).is_ok(), "{}", message(cx));
    assert_eq!(gc::verify_everything(cx).surplus, 0);
    std::mem::forget(cx.none());
    let check = std::panic::AssertUnwindSafe(|| gc::verify_everything(cx));
    let told = std::panic::catch_unwind(check).expect_err("the law is broken");
    let told = told.downcast_ref::<String>().expect("a message");
    assert!(told.contains("1 objects\n  NoneType: object at 0x"), "{told}");
}
