//! Calling objects, and the call of a type.

use std::ptr::fn_addr_eq;

use crate::object::{Lent, Object, ObjectRef};
use crate::runtime::slot_functions::{is_slot_call, slot_call_packed};
use crate::runtime::slots::{Arguments, Call};
use crate::runtime::type_object::{TypeFlags, TypeObject, Typed};
use crate::runtime::{Interpreter, Outcome};

/// Where a level of recursion begins, as in the message of its error.
pub const CALLING: &str = " while calling a Python object";

impl Interpreter {
    /// `callable(*args)`
    #[inline]
    pub fn call(&self, callable: &Object, args: &[ObjectRef]) -> Outcome {
        self.call_with(callable, Arguments::positional(args))
    }

    /// `callable(*args, **kwargs)`
    ///
    /// Functions and methods count no level of recursion here: their frame does.
    pub fn call_with(&self, callable: &Object, arguments: Arguments<'_>) -> Outcome {
        let Some(slot) = callable.type_object().slots.call.get() else {
            return Err(self.type_error(format_args!("'{}' object is not callable", callable.type_name())));
        };
        let is_direct = || callable.as_type().is_some_and(|kind| kind.has(TypeFlags::DIRECT_CALL));
        if callable.is_exactly(&self.types.function) || callable.is_exactly(&self.types.method) || is_direct()
        {
            drop(self.enter("")?);
            return slot(self, callable, arguments);
        }
        let _level = self.enter(CALLING)?;
        slot(self, callable, arguments)
    }

    /// `kind(*args, name=value, ...)` for a class whose metaclass is `type`.
    #[inline]
    pub fn call_type(&self, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
        if let ([only], None, true) = (arguments.values, arguments.names, kind.is(&self.types.type_)) {
            return Ok(only.type_object().new_ref());
        }
        if let Some(short_call) = kind.short_call.get()
            && arguments.names.is_none()
            && self.may_enter()
            && let Some(made) = short_call(self, arguments.values)
        {
            return made;
        }
        if kind.has(TypeFlags::DIRECT_CALL) {
            drop(self.enter("")?);
            return make_instance(self, kind, arguments);
        }
        let _level = self.enter(CALLING)?;
        make_instance(self, kind, arguments)
    }

    /// What `__new__` of a class has made, initialised where it is an instance of the class.
    pub fn initialised(&self, kind: &TypeObject, made: ObjectRef, arguments: Arguments<'_>) -> Outcome {
        let made_kind = made.type_object();
        if let Some(init) = made_kind.slots.init.get()
            && (made_kind.is(kind) || made_kind.is_subtype(kind))
        {
            init(self, &made, arguments)?;
        }
        Ok(made)
    }

    /// Whether an object is exactly a text or a number: what converts it runs no Python code, so nobody sees whether it
    /// was packed for the call.
    pub fn is_plain(&self, object: &Object) -> bool {
        let types = &self.types;
        object.is_exactly(&types.str) || object.is_exactly(&types.int) || object.is_exactly(&types.float)
    }

    /// `callable(*args)` for arguments that the caller keeps: nothing is counted for the call.
    #[inline]
    pub fn call_lent<const COUNT: usize>(&self, callable: &Object, args: [&Object; COUNT]) -> Outcome {
        self.call(callable, Lent::row(&args.map(Lent::new)))
    }

    /// `callable(*args)` for a callable that somebody else holds as well, who may let it go while the call runs. The frame
    /// of a Python function counts its function, so nobody else does here.
    pub fn call_held(&self, callable: ObjectRef, arguments: Arguments<'_>) -> Outcome {
        if !callable.is_exactly(&self.types.function) || callable.count() < 2 {
            return self.call_with(&callable, arguments);
        }
        // SAFETY: until the frame has counted it nothing runs, and nobody looks at it after the frame.
        let callable = unsafe { Lent::let_go(callable) };
        self.call_with(callable.object(), arguments)
    }

    /// `function(object)` for a Python function and an object that somebody else holds as well, who may let it go while
    /// the call runs: nobody but the frame counts it.
    pub fn call_with_held(&self, function: &Object, object: ObjectRef) -> Outcome {
        if !function.is_exactly(&self.types.function) || object.count() < 2 {
            return self.call(function, &[object]);
        }
        // SAFETY: as for `call_held`: the frame counts its arguments.
        let object = unsafe { Lent::let_go(object) };
        self.call(function, Lent::row(&[object]))
    }

    /// Whether CPython calls this with a tuple and a dict, in which it packs what it is given.
    pub fn packs_arguments(&self, callable: &Object) -> bool {
        let Some(slot) = callable.type_object().slots.call.get() else { return false };
        if fn_addr_eq(slot, type_call as Call) {
            return callable
                .as_type()
                .is_some_and(|kind| !kind.has(TypeFlags::DIRECT_CALL) && !kind.is(&self.types.type_));
        }
        is_slot_call(slot)
    }

    /// `callable(*args, **kwargs)` where a tuple and a dict hold the arguments already.
    pub fn call_packed(&self, callable: &Object, arguments: Arguments<'_>) -> Outcome {
        if !self.packs_arguments(callable) {
            return self.call_with(callable, arguments);
        }
        let _level = self.enter(CALLING)?;
        let metaclass = callable.type_object();
        match callable.as_type().filter(|_| !metaclass.slots.call.get().is_some_and(is_slot_call)) {
            Some(kind) => make_packed_instance(self, kind, arguments),
            None => slot_call_packed(self, callable, arguments),
        }
    }

    /// `callable(first, *args)` for arguments that the caller keeps.
    pub fn call_lent_prepended(
        &self,
        callable: &Object,
        first: &Object,
        arguments: Arguments<'_>,
    ) -> Outcome {
        let names = arguments.names;
        match arguments.values {
            [] => self.call_lent(callable, [first]),
            [one] => self.call_with(
                callable,
                Arguments { values: Lent::row(&[first, one].map(|it: &Object| Lent::new(it))), names },
            ),
            [one, two] => self.call_with(
                callable,
                Arguments { values: Lent::row(&[first, one, two].map(|it: &Object| Lent::new(it))), names },
            ),
            [one, two, three] => self.call_with(
                callable,
                Arguments {
                    values: Lent::row(&[first, one, two, three].map(|it: &Object| Lent::new(it))),
                    names,
                },
            ),
            [one, two, three, four] => self.call_with(
                callable,
                Arguments {
                    values: Lent::row(&[first, one, two, three, four].map(|it: &Object| Lent::new(it))),
                    names,
                },
            ),
            many => {
                let mut values = Vec::new();
                values.try_reserve_exact(many.len() + 1).map_err(|_| self.raise_memory_error())?;
                values.push(Lent::new(first));
                values.extend(many.iter().map(|value| Lent::new(value)));
                self.call_with(callable, Arguments { values: Lent::row(&values), names })
            }
        }
    }

    /// `callable(*args, name=value, ...)`
    pub fn call_keywords(
        &self,
        callable: &Object,
        args: &[ObjectRef],
        keywords: &[(&str, ObjectRef)],
    ) -> Outcome {
        let mut names = Vec::with_capacity(keywords.len());
        let mut values = args.to_vec();
        for (name, value) in keywords {
            names.push(self.intern(name)?.into_object());
            values.push(value.clone());
        }
        let names = self.new_tuple_from(names)?;
        self.call_with(callable, Arguments { values: &values, names: names.as_tuple() })
    }

    /// `callable(first, *args)`
    pub fn call_prepended(&self, callable: &Object, first: &Object, args: &[ObjectRef]) -> Outcome {
        match args {
            [] => self.call(callable, &[first.new_ref()]),
            [one] => self.call(callable, &[first.new_ref(), one.clone()]),
            [one, two] => self.call(callable, &[first.new_ref(), one.clone(), two.clone()]),
            _ => self.call_prepended_with(callable, first, Arguments::positional(args)),
        }
    }

    /// `callable(first, *args, **kwargs)`
    pub fn call_prepended_with(
        &self,
        callable: &Object,
        first: &Object,
        arguments: Arguments<'_>,
    ) -> Outcome {
        let mut values = Vec::new();
        values.try_reserve_exact(arguments.values.len() + 1).map_err(|_| self.raise_memory_error())?;
        values.push(first.new_ref());
        values.extend_from_slice(arguments.values);
        self.call_with(callable, Arguments { values: &values, names: arguments.names })
    }
}

/// `type.__call__`: makes an instance with `__new__`, then initialises it.
pub fn type_call(cx: &Interpreter, object: &Object, arguments: Arguments<'_>) -> Outcome {
    match object.as_type() {
        Some(kind) => make_instance(cx, kind, arguments),
        None => Err(cx.type_error(format_args!("'{}' object is not callable", object.type_name()))),
    }
}

fn make_instance(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    if kind.is(&cx.types.type_) {
        match (arguments.positional_values(), arguments.keyword_count()) {
            ([argument], 0) => return Ok(argument.type_object().new_ref()),
            ([_], _) => return Err(cx.type_error("type() takes no keyword arguments")),
            (values, _) if values.len() != 3 => return Err(cx.type_error("type() takes 1 or 3 arguments")),
            _ => {}
        }
    }
    if kind.has(TypeFlags::DIRECT_CALL) {
        return make_packed_instance(cx, kind, arguments);
    }
    let _packed = Packed::new(arguments.values);
    make_packed_instance(cx, kind, arguments)
}

/// The same for arguments that are packed already.
fn make_packed_instance(cx: &Interpreter, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
    let new = kind.slots.new.get().filter(|_| !kind.has(TypeFlags::DISALLOW_INSTANTIATION));
    let Some(new) = new else {
        return Err(cx.type_error(format_args!("cannot create '{}' instances", full_name(kind))));
    };
    let made = new(cx, kind, arguments)?;
    cx.initialised(kind, made, arguments)
}

/// The references of the tuple and the dict that a call of a type packs its arguments in, where it has no way of its own
/// around them: nothing but counts here.
pub struct Packed {
    _few: [Option<ObjectRef>; 4],
    _more: Vec<ObjectRef>,
}

impl Packed {
    /// Counts the values once more.
    pub fn new(values: &[ObjectRef]) -> Self {
        let few = std::array::from_fn(|index| values.get(index).cloned());
        Self { _few: few, _more: values.get(4..).map_or(Vec::new(), <[ObjectRef]>::to_vec) }
    }
}

/// The name of a type, with its module for a built-in one outside builtins.
pub fn full_name(kind: &TypeObject) -> String {
    match kind.module_name.get() {
        "builtins" | "" => kind.name_text(),
        _ if kind.has(TypeFlags::HEAP) && !kind.has(TypeFlags::FULL_NAME) => kind.name_text(),
        module => format!("{module}.{}", kind.name_text()),
    }
}
