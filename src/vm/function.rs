//! Functions and bound methods.

use std::cell::Cell;

use super::code_object::CodeObject;
use crate::object::{Object, ObjectRef, Ref, WeakSupport, layout};
use crate::runtime::{Field, Interpreter, Outcome};
use crate::values::dict::Dict;
use crate::{fields_lifecycle, values::tuple::Tuple};

/// The layout of `function`: CPython's 136 bytes behind the gc header.
#[repr(C)]
pub struct Function {
    /// The header.
    pub object: Object,
    /// `__globals__`
    pub globals: Field<ObjectRef>,
    /// `__builtins__`
    pub builtins: Field<ObjectRef>,
    /// `__name__`
    pub name: Field<ObjectRef>,
    /// `__qualname__`
    pub qualified_name: Field<ObjectRef>,
    /// `__code__`
    pub code: Field<ObjectRef>,
    /// `__defaults__`, a tuple
    pub defaults: Field<Option<ObjectRef>>,
    /// `__kwdefaults__`, a dict
    pub keyword_defaults: Field<Option<ObjectRef>>,
    /// `__closure__`, a tuple of cells
    pub closure: Field<Option<ObjectRef>>,
    /// `__doc__`
    pub documentation: Field<Option<ObjectRef>>,
    /// `__dict__`, once asked for
    pub dict: Field<Option<ObjectRef>>,
    /// Weak references to the function.
    pub weak_list: Cell<*const Object>,
    /// `__module__`
    pub module: Field<Option<ObjectRef>>,
    /// `__annotations__`: names and values in one tuple until somebody asks, then a dict.
    pub annotations: Field<Option<ObjectRef>>,
    /// Room of CPython's vectorcall pointer and version.
    pub spare: Cell<[u64; 2]>,
}
layout!(Function, object, Object);

const _: () = assert!(size_of::<Function>() == 136);

/// Lifecycle of functions.
pub mod function_lifecycle {
    use super::*;
    fields_lifecycle!(Function, WeakSupport::Field(std::mem::offset_of!(Function, weak_list) as u32);
        code, globals, builtins, module, defaults, keyword_defaults, documentation, name, dict, closure, annotations,
        qualified_name);
}

/// The layout of `method`: a function bound to an instance.
#[repr(C)]
pub struct BoundMethod {
    /// The header.
    pub object: Object,
    /// `__func__`
    pub function: Field<ObjectRef>,
    /// `__self__`
    pub bound: Field<ObjectRef>,
    /// Weak references to the method.
    pub weak_list: Cell<*const Object>,
    /// Room of CPython's vectorcall pointer.
    pub spare: Cell<u64>,
}
layout!(BoundMethod, object, Object);

impl BoundMethod {
    /// The instance, for as long as the method is called.
    pub fn bound_for_call(&self) -> &Object {
        // SAFETY: only a collection writes the field, of a method that nobody can call any more.
        unsafe { self.bound.borrow() }
    }
}

/// Lifecycle of bound methods.
pub mod method_lifecycle {
    use super::*;
    fields_lifecycle!(BoundMethod, WeakSupport::Field(std::mem::offset_of!(BoundMethod, weak_list) as u32);
        function, bound);
}

impl Function {
    /// The code.
    #[inline]
    pub fn code(&self) -> &CodeObject {
        // SAFETY: the field holds a code object; one that is replaced is kept while frames may run it.
        unsafe { self.code.borrow().cast() }
    }

    /// The cells of the closure.
    pub fn closure_cells(&self) -> &[ObjectRef] {
        // SAFETY: the closure is never written after the function is made.
        unsafe { self.closure.borrow() }.as_ref().map_or(&[], |closure| {
            // SAFETY: it is a tuple.
            unsafe { closure.cast::<Tuple>() }.items()
        })
    }
}

/// A function of linked code.
pub fn new_function(cx: &Interpreter, code: &Ref<CodeObject>, globals: ObjectRef) -> Outcome<Ref<Function>> {
    // SAFETY: globals are always a dict.
    let namespace = unsafe { globals.cast::<Dict>() };
    let module = namespace.get_text_near(&cx.names.name, &cx.name_place);
    let documentation = code.unit.constants.first().filter(|first| cx.text_or_none(first)).cloned();
    let builtins = super::execute::names::other_builtins(cx, namespace);
    let builtins = builtins.unwrap_or_else(|| cx.builtins.as_object().clone());
    cx.birth_tracked(&cx.types.function, |object| Function {
        object,
        globals: Field::new(globals),
        builtins: Field::new(builtins),
        name: Field::new(code.unit.name.as_object().clone()),
        qualified_name: Field::new(code.unit.qualified_name.as_object().clone()),
        code: Field::new(code.as_object().clone()),
        defaults: Field::new(None),
        keyword_defaults: Field::new(None),
        closure: Field::new(None),
        documentation: Field::new(documentation),
        dict: Field::new(None),
        weak_list: Cell::new(std::ptr::null()),
        module: Field::new(module),
        annotations: Field::new(None),
        spare: Cell::new([0; 2]),
    })
}

/// `types.MethodType(function, bound)`
pub fn new_bound_method(cx: &Interpreter, function: &Object, bound: &Object) -> Outcome {
    let made = cx.birth_tracked(&cx.types.method, |object| BoundMethod {
        object,
        function: Field::new(function.new_ref()),
        bound: Field::new(bound.new_ref()),
        weak_list: Cell::new(std::ptr::null()),
        spare: Cell::new(0),
    })?;
    Ok(made.into_object())
}

trait TextOrNone {
    fn text_or_none(&self, object: &Object) -> bool;
}

impl TextOrNone for Interpreter {
    fn text_or_none(&self, object: &Object) -> bool {
        use crate::runtime::Typed;
        object.as_text().is_some()
    }
}
