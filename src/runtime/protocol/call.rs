//! Calling objects, and the call of a type.

use crate::object::{Object, ObjectRef};
use crate::runtime::slots::Arguments;
use crate::runtime::type_object::{TypeFlags, TypeObject, Typed};
use crate::runtime::{Interpreter, Outcome};

/// Where a level of recursion begins, as in the message of its error.
const CALLING: &str = " while calling a Python object";

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
    pub fn call_type(&self, kind: &TypeObject, arguments: Arguments<'_>) -> Outcome {
        if kind.has(TypeFlags::DIRECT_CALL) {
            drop(self.enter("")?);
            return make_instance(self, kind, arguments);
        }
        let _level = self.enter(CALLING)?;
        make_instance(self, kind, arguments)
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
    let new = kind.slots.new.get().filter(|_| !kind.has(TypeFlags::DISALLOW_INSTANTIATION));
    let Some(new) = new else {
        return Err(cx.type_error(format_args!("cannot create '{}' instances", full_name(kind))));
    };
    let made = new(cx, kind, arguments)?;
    let made_kind = made.type_object();
    if let Some(init) = made_kind.slots.init.get()
        && (made_kind.is(kind) || made_kind.is_subtype(kind))
    {
        init(cx, &made, arguments)?;
    }
    Ok(made)
}

/// The name of a type, with its module for a built-in one outside builtins.
pub fn full_name(kind: &TypeObject) -> String {
    match kind.module_name.get() {
        "builtins" | "" => kind.name_text(),
        _ if kind.has(TypeFlags::HEAP) && !kind.has(TypeFlags::FULL_NAME) => kind.name_text(),
        module => format!("{module}.{}", kind.name_text()),
    }
}
