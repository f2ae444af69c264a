//! Functions written in Rust as Python callables: their declaration, the objects that carry them, and calling them.

use std::cell::Cell;

use super::field::Field;
use super::interpreter::Interpreter;
use super::outcome::{Outcome, Raised};
use super::slots::{Arguments, Slots};
use super::type_object::{TypeObject, Typed};
use crate::object::{Object, ObjectRef, Ref, layout};

/// How a native function takes its arguments. The first object is `self`: the instance, the class, or the module.
#[derive(Clone, Copy)]
pub enum NativeCode {
    /// No arguments.
    NoArguments(fn(&Interpreter, &Object) -> Outcome),
    /// Exactly one, by position.
    One(fn(&Interpreter, &Object, &Object) -> Outcome),
    /// Any number by position; the function checks how many.
    Positional(fn(&Interpreter, &Object, &[ObjectRef]) -> Outcome),
    /// By position and by keyword.
    Full(fn(&Interpreter, &Object, Arguments<'_>) -> Outcome),
    /// A closure of an embedding program, by its place in [`Registered`](super::registered::Registered).
    Registered(usize),
}

/// What a native function in a type's namespace is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// The instance.
    Instance,
    /// The class.
    Class,
    /// Nothing.
    Static,
}

/// The declaration of a native function or method.
#[derive(Clone, Copy)]
pub struct NativeMethod {
    /// `__name__`
    pub name: &'static str,
    /// The function.
    pub code: NativeCode,
    /// `__text_signature__` with its parentheses, or empty.
    pub signature: &'static str,
    /// `__doc__` without the signature.
    pub documentation: &'static str,
    /// What it is bound to.
    pub binding: Binding,
}

impl NativeMethod {
    /// A method of instances, or a function of a module.
    pub const fn new(
        name: &'static str,
        code: NativeCode,
        signature: &'static str,
        documentation: &'static str,
    ) -> Self {
        Self { name, code, signature, documentation, binding: Binding::Instance }
    }

    /// The same, bound to the class.
    pub const fn class(self) -> Self {
        Self { binding: Binding::Class, ..self }
    }

    /// The same, bound to nothing.
    pub const fn static_(self) -> Self {
        Self { binding: Binding::Static, ..self }
    }
}

/// Writes a computed attribute, or deletes it where the value is none.
pub type WriteAttribute = fn(&Interpreter, &Object, Option<&Object>) -> Outcome<()>;

/// A computed attribute of a built-in type.
#[derive(Clone, Copy)]
pub struct NativeAttribute {
    /// Its name.
    pub name: &'static str,
    /// Reads it.
    pub get: fn(&Interpreter, &Object) -> Outcome,
    /// Writes it, or deletes it where the value is none. A missing setter makes it read-only.
    pub set: Option<WriteAttribute>,
    /// `__doc__`
    pub documentation: &'static str,
    /// Shown as a `member` (a plain field) instead of an `attribute`.
    pub is_member: bool,
}

impl NativeAttribute {
    /// A computed attribute.
    pub const fn new(
        name: &'static str,
        get: fn(&Interpreter, &Object) -> Outcome,
        documentation: &'static str,
    ) -> Self {
        Self { name, get, set: None, documentation, is_member: false }
    }

    /// The same, writable.
    pub const fn with_set(self, set: fn(&Interpreter, &Object, Option<&Object>) -> Outcome<()>) -> Self {
        Self { set: Some(set), ..self }
    }

    /// The same, shown as a member.
    pub const fn member(self) -> Self {
        Self { is_member: true, ..self }
    }
}

/// A special method that stands for a slot of a built-in type.
pub struct SlotWrapper {
    /// `__add__` and the like.
    pub name: &'static str,
    /// `__text_signature__`
    pub signature: &'static str,
    /// `__doc__`
    pub documentation: &'static str,
    /// Whether the slot is there.
    pub is_present: fn(&Slots) -> bool,
    /// Calls the slot of `owner` (the type whose namespace holds the wrapper) on an instance.
    pub call: fn(&Interpreter, &TypeObject, &Object, Arguments<'_>) -> Outcome,
}

/// `builtin_function_or_method`: a native function with what it is bound to.
#[repr(C)]
pub struct BuiltinFunction {
    /// The header.
    pub object: Object,
    /// The declaration.
    pub method: Cell<&'static NativeMethod>,
    /// `__self__`
    pub bound: Field<Option<ObjectRef>>,
    /// `__module__`
    pub module: Field<Option<ObjectRef>>,
    /// For a method of a type: the type, for the qualified name.
    pub owner: Field<Option<ObjectRef>>,
    /// Weak references to this function.
    pub weak_list: Cell<*const Object>,
}
layout!(BuiltinFunction, object, Object);

impl BuiltinFunction {
    /// What native code gets as `self`: what the function is bound to, or else `none`.
    ///
    /// # Safety
    /// The function lives while the answer is used.
    #[inline(always)]
    pub unsafe fn self_or<'a>(&'a self, none: &'a ObjectRef) -> &'a Object {
        // SAFETY: the field is never written.
        unsafe { self.bound.borrow().as_ref().unwrap_or(none) }
    }
}

/// `method_descriptor` and `classmethod_descriptor`.
#[repr(C)]
pub struct MethodDescriptor {
    /// The header.
    pub object: Object,
    /// `__objclass__`
    pub owner: Field<ObjectRef>,
    /// The declaration.
    pub method: Cell<&'static NativeMethod>,
}
layout!(MethodDescriptor, object, Object);

impl MethodDescriptor {
    /// Whether an object is of the very type that the method belongs to.
    #[inline(always)]
    pub fn is_of_exactly(&self, this: &Object) -> bool {
        this.kind_pointer().cast() == self.owner.pointer()
    }
}

/// `getset_descriptor` and `member_descriptor` of built-in types.
#[repr(C)]
pub struct AttributeDescriptor {
    /// The header.
    pub object: Object,
    /// `__objclass__`
    pub owner: Field<ObjectRef>,
    /// The declaration.
    pub attribute: Cell<&'static NativeAttribute>,
}
layout!(AttributeDescriptor, object, Object);

/// `member_descriptor` of a `__slots__` member: same type as [`AttributeDescriptor`] ones that are members, told apart
/// by `offset`.
#[repr(C)]
pub struct SlotDescriptor {
    /// The descriptor that it is; its attribute is [`SLOT_ATTRIBUTE`].
    pub descriptor: AttributeDescriptor,
    /// The member's name; none for a member of a built-in type, which has room for one so that both kinds share a layout.
    pub name: Field<Option<ObjectRef>>,
    /// Bytes behind the start of the instance.
    pub offset: Cell<u32>,
}
layout!(SlotDescriptor, descriptor, AttributeDescriptor);

/// `wrapper_descriptor`
#[repr(C)]
pub struct WrapperDescriptor {
    /// The header.
    pub object: Object,
    /// `__objclass__`
    pub owner: Field<ObjectRef>,
    /// The slot's special method.
    pub wrapper: Cell<&'static SlotWrapper>,
}
layout!(WrapperDescriptor, object, Object);

/// `method-wrapper`: a wrapper bound to an instance.
#[repr(C)]
pub struct MethodWrapper {
    /// The header.
    pub object: Object,
    /// The wrapper descriptor.
    pub descriptor: Field<ObjectRef>,
    /// `__self__`
    pub bound: Field<ObjectRef>,
}
layout!(MethodWrapper, object, Object);

/// `classmethod` and `staticmethod`: a callable with its own dict.
#[repr(C)]
pub struct WrappedMethod {
    /// The header.
    pub object: Object,
    /// `__func__`
    pub callable: Field<ObjectRef>,
    /// `__dict__`
    pub dict: Field<Option<ObjectRef>>,
}
layout!(WrappedMethod, object, Object);

/// The declaration that all `__slots__` members share; their behaviour is [`SlotDescriptor`]'s.
pub static SLOT_ATTRIBUTE: NativeAttribute =
    NativeAttribute::new("", |cx, _| Ok(cx.none.clone()), "").member();

impl<'a> Arguments<'a> {
    /// Only positional arguments.
    pub const fn positional(values: &'a [ObjectRef]) -> Self {
        Self { values, names: None }
    }

    /// The positional ones.
    #[inline]
    pub fn positional_values(&self) -> &'a [ObjectRef] {
        &self.values[..self.values.len() - self.keyword_count()]
    }

    /// How many keywords.
    #[inline]
    pub fn keyword_count(&self) -> usize {
        self.names.map_or(0, |names| names.len())
    }

    /// Names and values of the keywords.
    pub fn keywords(&self) -> impl Iterator<Item = (&'a ObjectRef, &'a ObjectRef)> + use<'a> {
        let first = self.values.len() - self.keyword_count();
        self.names.map_or(&[][..], |names| names.items()).iter().zip(&self.values[first..])
    }

    /// Without the first value.
    ///
    /// # Panics
    /// When there is no value.
    pub fn without_first(&self) -> Self {
        Self { values: &self.values[1..], names: self.names }
    }
}

/// Functions of modules and methods of types that CPython calls with a tuple of arguments.
pub fn takes_tuple(owner: &str, name: &str) -> bool {
    const SEARCHES: [&str; 7] = ["count", "endswith", "find", "index", "rfind", "rindex", "startswith"];
    match owner {
        "math" => name == "log",
        "time" => ["gmtime", "localtime", "asctime", "ctime", "strftime", "strptime"].contains(&name),
        "str" | "bytes" | "bytearray" => SEARCHES.contains(&name),
        "set" => {
            ["difference_update", "intersection_update", "update"].contains(&name) || is_set_algebra(name)
        }
        "frozenset" => is_set_algebra(name),
        "memoryview" => name == "__exit__",
        "range" => name == "__reduce__",
        "async_generator" => name == "athrow",
        "property" => name == "__set_name__",
        "BaseExceptionGroup" => ["derive", "split", "subgroup"].contains(&name),
        _ => false,
    }
}

fn is_set_algebra(name: &str) -> bool {
    ["difference", "intersection", "union"].contains(&name)
}

impl Interpreter {
    /// Calls a native function; `display` gives its name for messages (without parentheses).
    #[inline]
    pub fn call_native(
        &self,
        method: &NativeMethod,
        this: &Object,
        arguments: Arguments<'_>,
        display: impl Fn() -> String,
    ) -> Outcome {
        match method.code {
            NativeCode::Full(function) => return function(self, this, arguments),
            NativeCode::Registered(index) => return self.call_registered(index, arguments),
            _ => {}
        }
        if arguments.keyword_count() > 0 {
            return Err(self.type_error(format_args!("{}() takes no keyword arguments", display())));
        }
        match (method.code, arguments.values) {
            (NativeCode::NoArguments(function), []) => function(self, this),
            (NativeCode::One(function), [argument]) => function(self, this, argument),
            (NativeCode::Positional(function), values) => function(self, this, values),
            (NativeCode::NoArguments(_), values) => Err(self.type_error(format_args!(
                "{}() takes no arguments ({} given)",
                display(),
                values.len()
            ))),
            (_, values) => {
                let given = values.len();
                Err(self
                    .type_error(format_args!("{}() takes exactly one argument ({given} given)", display())))
            }
        }
    }

    /// The name of a native function in messages: qualified, with its module unless that is builtins. Those that CPython
    /// gives their arguments as a tuple leave module or type out; a method that is called without being taken first is
    /// checked elsewhere there, and is shown with its type.
    pub fn native_display_name(&self, function: &BuiltinFunction) -> String {
        let name = function.method.get().name;
        if let Some(owner) = function.owner.get() {
            let owner = owner.as_type().map(TypeObject::name_text).unwrap_or_default();
            if takes_tuple(&owner, name) {
                return name.to_owned();
            }
            let bound = function.bound.get().filter(|_| function.method.get().binding != Binding::Static);
            let receiver = bound.as_ref().map(|bound| bound.as_type().unwrap_or_else(|| bound.type_object()));
            return format!("{}.{name}", receiver.map_or(owner, TypeObject::qualified_text));
        }
        match function
            .module
            .get()
            .and_then(|module| module.as_text().map(|text| text.to_rust_string_lossy()))
        {
            Some(module) if module != "builtins" && !takes_tuple(&module, name) => format!("{module}.{name}"),
            _ => name.to_owned(),
        }
    }

    /// `check_positional`: between `least` and `most` positional arguments, with CPython's wording.
    pub fn check_positional(&self, name: &str, given: usize, least: usize, most: usize) -> Outcome<()> {
        if (least..=most).contains(&given) {
            return Ok(());
        }
        let (bound, number) = match (least == most, given < least) {
            (true, _) => ("", least),
            (false, true) => ("at least ", least),
            (false, false) => ("at most ", most),
        };
        let plural = if number == 1 { "" } else { "s" };
        Err(self.type_error(format_args!("{name} expected {bound}{number} argument{plural}, got {given}")))
    }

    /// Refuses keywords: `name() takes no keyword arguments`.
    pub fn no_keywords(&self, name: &str, arguments: Arguments<'_>) -> Outcome<()> {
        if arguments.keyword_count() == 0 {
            return Ok(());
        }
        Err(self.type_error(format_args!("{name}() takes no keyword arguments")))
    }

    /// `staticmethod(callable)`
    pub fn new_static_method(&self, callable: ObjectRef) -> Outcome {
        let made = self.birth_tracked(&self.types.staticmethod, |object| WrappedMethod {
            object,
            callable: Field::new(callable),
            dict: Field::new(None),
        })?;
        Ok(made.into_object())
    }

    /// A new native function bound to `bound` (a module, an instance or a class).
    pub fn new_builtin_function(
        &self,
        method: &'static NativeMethod,
        bound: Option<ObjectRef>,
        module: Option<ObjectRef>,
        owner: Option<ObjectRef>,
    ) -> Outcome<Ref<BuiltinFunction>> {
        self.birth_tracked(&self.types.builtin_function, |object| BuiltinFunction {
            object,
            method: Cell::new(method),
            bound: Field::new(bound),
            module: Field::new(module),
            owner: Field::new(owner),
            weak_list: Cell::new(std::ptr::null()),
        })
    }
}

/// The parameters of a native function that takes keywords, as Argument Clinic describes them.
pub struct Parameters<const COUNT: usize> {
    /// The function's name in messages.
    pub function: &'static str,
    /// Names of the parameters; positional-only ones may be empty.
    pub names: [&'static str; COUNT],
    /// The first so many only by position.
    pub positional_only: usize,
    /// The first so many by position at all; the rest only by keyword.
    pub positional: usize,
    /// The first so many must be given.
    pub required: usize,
}

impl<const COUNT: usize> Parameters<COUNT> {
    /// Distributes arguments to parameters.
    ///
    /// # Errors
    /// TypeError in CPython's words for too many, missing, unknown or repeated arguments.
    pub fn bind(&self, cx: &Interpreter, arguments: Arguments<'_>) -> Outcome<[Option<ObjectRef>; COUNT]> {
        Ok(self.bind_lent(cx, arguments)?.map(|value| value.cloned()))
    }

    /// The same where the arguments stay with the caller, so that a program that counts them sees no more references.
    ///
    /// # Errors
    /// As for [`Self::bind`].
    pub fn bind_lent<'a>(
        &self,
        cx: &Interpreter,
        arguments: Arguments<'a>,
    ) -> Outcome<[Option<&'a ObjectRef>; COUNT]> {
        let mut bound = [const { None }; COUNT];
        let positional = arguments.positional_values();
        if positional.len() + arguments.keyword_count() > COUNT {
            return Err(self.too_many_in_all(cx, positional.len(), arguments.keyword_count()));
        }
        if positional.len() > self.positional {
            return Err(self.too_many(cx, positional.len()));
        }
        for (slot, value) in bound.iter_mut().zip(positional) {
            *slot = Some(value);
        }
        let mut refused = None;
        for (name, value) in arguments.keywords() {
            match self.place(name).filter(|place| *place >= positional.len()) {
                Some(place) => bound[place] = Some(value),
                None => refused = Some(self.first_refused(refused, name)),
            }
        }
        match (0..self.required).find(|index| bound[*index].is_none()) {
            None => match refused {
                None => Ok(bound),
                Some(name) => Err(self.refused_keyword(cx, name)),
            },
            Some(missing) if missing < self.positional_only => {
                let least = self.required.min(self.positional_only);
                let bound = if self.required == COUNT { "exactly" } else { "at least" };
                let plural = if least == 1 { "" } else { "s" };
                Err(cx.type_error(format_args!(
                    "{}() takes {bound} {least} positional argument{plural} ({} given)",
                    self.function,
                    positional.len()
                )))
            }
            Some(missing) => Err(cx.type_error(format_args!(
                "{}() missing required argument '{}' (pos {})",
                self.function,
                self.names[missing],
                missing + 1
            ))),
        }
    }

    /// The parameter that a keyword names.
    fn place(&self, name: &ObjectRef) -> Option<usize> {
        let text = name.as_text().map(|text| text.to_rust_string_lossy()).unwrap_or_default();
        (self.positional_only..COUNT).find(|index| self.names[*index] == text)
    }

    /// Which of two keywords is told of: those that are given by position too come first, in the order of parameters.
    fn first_refused<'a>(&self, before: Option<&'a ObjectRef>, name: &'a ObjectRef) -> &'a ObjectRef {
        let rank = |name| self.place(name).unwrap_or(COUNT);
        before.filter(|before| rank(before) <= rank(name)).unwrap_or(name)
    }

    /// A keyword that names no parameter, or one that is given by position. What is missing is told first.
    #[cold]
    fn refused_keyword(&self, cx: &Interpreter, name: &ObjectRef) -> Raised {
        let text = name.as_text().map(|text| text.to_rust_string_lossy()).unwrap_or_default();
        let function = self.function;
        match self.place(name) {
            Some(index) => cx.type_error(format_args!(
                "argument for {function}() given by name ('{text}') and position ({})",
                index + 1
            )),
            None => cx.type_error(format_args!("'{text}' is an invalid keyword argument for {function}()")),
        }
    }

    #[cold]
    fn too_many(&self, cx: &Interpreter, given: usize) -> Raised {
        let most = self.positional;
        if most == 0 {
            return cx.type_error(format_args!("{}() takes no positional arguments", self.function));
        }
        let bound = if self.required.min(most) < most { "at most" } else { "exactly" };
        let plural = if most == 1 { "" } else { "s" };
        cx.type_error(format_args!(
            "{}() takes {bound} {most} positional argument{plural} ({given} given)",
            self.function
        ))
    }

    #[cold]
    fn too_many_in_all(&self, cx: &Interpreter, positional: usize, keywords: usize) -> Raised {
        let given = positional + keywords;
        let plural = if COUNT == 1 { "" } else { "s" };
        let keyword = if positional == 0 { "keyword " } else { "" };
        cx.type_error(format_args!(
            "{}() takes at most {COUNT} {keyword}argument{plural} ({given} given)",
            self.function
        ))
    }
}
