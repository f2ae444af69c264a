//! Exception objects and raising.

use std::cell::Cell;
use std::fmt::Display;
use std::ptr::NonNull;

use super::field::Field;
use super::interpreter::Interpreter;
use super::outcome::{Outcome, Raised};
use super::type_object::{TypeObject, Typed};
use crate::object::{Object, ObjectRef, Ref, Visitor, layout};
use crate::values::text::stands_for;

/// The layout of every exception: CPython's 72 bytes, then the fields that a type adds (`value` of StopIteration ...),
/// each a [`Field<Option<ObjectRef>>`], as many as its solid base's basic size has room for.
#[repr(C)]
pub struct Exception {
    /// The header.
    pub object: Object,
    /// `__dict__`, once asked for.
    pub dict: Field<Option<ObjectRef>>,
    /// `args`, a tuple.
    pub arguments: Field<ObjectRef>,
    /// Room that CPython keeps for `__notes__`; they stand in the dict as in 3.11.2.
    pub notes: Field<Option<ObjectRef>>,
    /// `__traceback__`
    pub traceback: Field<Option<ObjectRef>>,
    /// `__context__`
    pub context: Field<Option<ObjectRef>>,
    /// `__cause__`
    pub cause: Field<Option<ObjectRef>>,
    /// `__suppress_context__`
    pub suppress_context: Cell<bool>,
}
layout!(Exception, object, Object);

/// Bytes of the common layout.
pub const EXCEPTION_SIZE: u32 = 72;

impl Exception {
    /// How many fields the type adds.
    pub fn extra_count(&self) -> usize {
        let solid = self.type_object().solid_base.get();
        // SAFETY: the solid base is one of the type's bases and lives as long.
        let size = solid.map_or(EXCEPTION_SIZE, |solid| unsafe { solid.as_ref() }.basic_size.get());
        ((size - EXCEPTION_SIZE) / 8) as usize
    }

    /// A field that the type adds; see the list in `types::exceptions`.
    ///
    /// # Panics
    /// When the type has no such field.
    pub fn extra(&self, index: usize) -> &Field<Option<ObjectRef>> {
        assert!(index < self.extra_count());
        // SAFETY: the object was born with room for so many fields behind the common layout.
        unsafe {
            let first =
                std::ptr::from_ref(self).byte_add(EXCEPTION_SIZE as usize).cast::<Field<Option<ObjectRef>>>();
            &*first.add(index)
        }
    }

    /// What a derived type adds comes first, then the dict; between that and [`Self::later_fields`] the arguments.
    fn first_fields(&self) -> impl Iterator<Item = &Field<Option<ObjectRef>>> {
        (0..self.extra_count()).map(|index| self.extra(index)).chain([&self.dict])
    }

    fn later_fields(&self) -> [&Field<Option<ObjectRef>>; 4] {
        [&self.notes, &self.traceback, &self.cause, &self.context]
    }
}

/// Lifecycle functions of exceptions.
pub mod lifecycle {
    use super::{Exception, NonNull, Object, Visitor};

    /// Shows everything an exception holds.
    ///
    /// # Safety
    /// The object is an exception.
    pub unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
        // SAFETY: as promised.
        let exception = unsafe { object.as_ref().cast::<Exception>() };
        exception.first_fields().for_each(|field| field.visit(visitor));
        exception.arguments.visit(visitor);
        exception.later_fields().into_iter().for_each(|field| field.visit(visitor));
    }

    /// Drops what can be part of a cycle.
    ///
    /// # Safety
    /// The object is an exception.
    pub unsafe fn clear(object: NonNull<Object>) {
        // SAFETY: as promised.
        let exception = unsafe { object.as_ref().cast::<Exception>() };
        exception.first_fields().for_each(|field| drop(field.take()));
        exception.arguments.set(super::super::interpreter::current().empty_tuple.clone().into_object());
        exception.later_fields().into_iter().for_each(|field| drop(field.take()));
    }

    /// Drops the fields.
    ///
    /// # Safety
    /// The object is an exception that dies.
    pub unsafe fn drop_contents(object: NonNull<Object>) {
        // SAFETY: as promised; the arguments field is dropped in place and never read again.
        unsafe {
            let exception = object.as_ref().cast::<Exception>();
            exception.first_fields().for_each(|field| drop(field.take()));
            std::ptr::drop_in_place((&raw const exception.arguments).cast_mut());
            exception.later_fields().into_iter().for_each(|field| drop(field.take()));
        }
    }

    /// Bytes of an exception.
    ///
    /// # Safety
    /// The object is an exception.
    pub unsafe fn size(object: NonNull<Object>) -> usize {
        // SAFETY: as promised. What classes made by programs add is not counted here.
        let object = unsafe { object.as_ref() };
        crate::runtime::instances::solid_base(object).basic_size.get() as usize
    }
}

impl Interpreter {
    /// A new exception of a built-in type (or one whose instances need no `__init__`), with `args`.
    pub fn new_exception(&self, kind: &TypeObject, arguments: ObjectRef) -> Outcome<Ref<Exception>> {
        let object = self.birth_instance(kind)?;
        // SAFETY: the block has at least the exception layout; all fields are written, the extra ones with none.
        unsafe {
            let this = object.cast::<Exception>().as_ptr();
            let extra = (kind.basic_size.get() - EXCEPTION_SIZE) as usize;
            std::ptr::write_bytes(this.cast::<u8>().add(16), 0, EXCEPTION_SIZE as usize - 16 + extra);
            (&raw mut (*this).arguments).write(Field::new(arguments));
            self.space.track(object);
            Ok(ObjectRef::from_owned(object).cast_into())
        }
    }

    /// Raises an exception object: it becomes the thread's, with what is being handled as its context.
    pub fn raise(&self, exception: ObjectRef) -> Raised {
        self.set_context(&exception);
        self.thread.raised.set(Some(exception));
        Raised
    }

    /// Raises an exception object as it is (raising again).
    pub fn raise_again(&self, exception: ObjectRef) -> Raised {
        self.thread.raised.set(Some(exception));
        Raised
    }

    /// Takes the exception on its way.
    ///
    /// # Panics
    /// When none is on its way: a `Raised` without an exception is a fault of ours.
    pub fn take_exception(&self) -> ObjectRef {
        self.thread.raised.take().expect("a Raised comes with an exception")
    }

    /// Takes the exception on its way if it is an instance of `kind`.
    pub fn take_if(&self, kind: &TypeObject) -> Option<ObjectRef> {
        let raised = self.thread.raised.get()?;
        raised.is_instance(kind).then(|| self.take_exception())
    }

    /// Hangs the handled exception into the new one's `__context__`, without making a circle.
    fn set_context(&self, exception: &ObjectRef) {
        let Some(handled) = self.thread.handled_exception() else { return };
        if handled.is(exception) {
            return;
        }
        // What only the caller holds stands in no chain yet: a long chain is not walked for it.
        if exception.count() > 1 {
            self.break_context_circle(exception, &handled);
        }
        if let Some(exception) = exception.as_exception() {
            exception.context.set(Some(handled));
        }
    }

    /// Where the chain of contexts from `start` leads to `exception`, cuts it there. The chain itself may be circular:
    /// a second pointer at half the speed notices.
    fn break_context_circle(&self, exception: &Object, start: &ObjectRef) {
        let (mut at, mut slow, mut step) = (start.clone(), start.clone(), false);
        while let Some(next) = at.as_exception().and_then(|link| link.context.get()) {
            if next.is(exception) {
                if let Some(link) = at.as_exception() {
                    link.context.set(None);
                }
                return;
            }
            at = next;
            if at.is(&slow) {
                return;
            }
            if step && let Some(next) = slow.as_exception().and_then(|link| link.context.get()) {
                slow = next;
            }
            step = !step;
        }
    }

    /// Raises `kind(message)` of a built-in exception type.
    #[cold]
    pub fn raise_text(&self, kind: &TypeObject, message: &str) -> Raised {
        match self.message_text(message) {
            Ok(text) => self.raise_arguments(kind, &[text]),
            Err(raised) => raised,
        }
    }

    /// A message as a text, with the surrogates of the names in it.
    pub fn message_text(&self, message: &str) -> Outcome {
        if message.is_ascii() || !message.contains(|character| stands_for(character).is_some()) {
            return self.new_text(message);
        }
        let point = |character: char| stands_for(character).unwrap_or(u32::from(character));
        self.new_text_from_code_points(&message.chars().map(point).collect::<Vec<_>>())
    }

    /// Raises `kind(*arguments)` of a built-in exception type.
    #[cold]
    pub fn raise_arguments(&self, kind: &TypeObject, arguments: &[ObjectRef]) -> Raised {
        match self.new_tuple(arguments).and_then(|arguments| self.new_exception(kind, arguments)) {
            Ok(exception) => self.raise(exception.into_object()),
            Err(raised) => raised,
        }
    }

    /// Raises MemoryError: a new one, or the spare one, again and again, where there is no memory for a new one.
    #[cold]
    pub fn raise_memory_error(&self) -> Raised {
        // While a new one is tried the spare is out: a failure in there ends here, and the trial's caller raises.
        let Some(spare) = self.memory_error.take() else { return Raised };
        let made = self.new_exception(&self.types.memory_error, self.empty_tuple.clone().into_object());
        let exception = made.map_or_else(|Raised| used_again(&spare), Ref::into_object);
        self.memory_error.set(Some(spare));
        self.raise(exception)
    }

    /// Lets go of the frames in which the spare MemoryError was last raised.
    pub fn clean_spare_memory_error(&self) {
        drop(self.memory_error.get().map(|spare| used_again(&spare)));
    }

    /// Makes the spare MemoryError. The collector does not see it: nothing but the interpreter holds it.
    pub fn make_spare_memory_error(&self) -> Outcome<()> {
        let spare = self.new_exception(&self.types.memory_error, self.empty_tuple.clone().into_object())?;
        // SAFETY: exceptions have the collector's prefix.
        unsafe { self.space.untrack(spare.as_object().as_pointer()) };
        self.memory_error.set(Some(spare.into_object()));
        Ok(())
    }
}

/// The spare MemoryError without what its last use has hung on it.
fn used_again(spare: &ObjectRef) -> ObjectRef {
    if let Some(exception) = spare.as_exception() {
        drop(exception.traceback.take());
        drop(exception.context.take());
    }
    spare.clone()
}

macro_rules! raisers {
    ($($name:ident $kind:ident;)*) => {
        impl Interpreter {
            $(
                #[doc = concat!("Raises `", stringify!($kind), "` with a message.")]
                #[cold]
                pub fn $name(&self, message: impl Display) -> Raised {
                    self.raise_text(&self.types.$kind, &message.to_string())
                }
            )*
        }
    };
}

raisers! {
    type_error type_error;
    value_error value_error;
    index_error index_error;
    overflow_error overflow_error;
    zero_division_error zero_division_error;
    runtime_error runtime_error;
    system_error system_error;
    buffer_error buffer_error;
    lookup_error lookup_error;
    unbound_local_error unbound_local_error;
    reference_error reference_error;
    not_implemented_error not_implemented_error;
}

impl Interpreter {
    /// Raises `KeyError(key)`.
    #[cold]
    pub fn key_error(&self, key: &Object) -> Raised {
        self.raise_arguments(&self.types.key_error, &[key.new_ref()])
    }

    /// Raises AttributeError with the fields `name` and `obj`, from which a suggestion is made.
    #[cold]
    pub fn attribute_error(&self, message: impl Display, object: &Object, name: &Object) -> Raised {
        let raised = self.raise_text(&self.types.attribute_error, &message.to_string());
        self.fill_extra(&self.types.attribute_error, &[name.new_ref(), object.new_ref()]);
        raised
    }

    /// Gives an AttributeError on its way that was raised without `name` and `obj` both fields, for suggestions.
    #[cold]
    pub fn complete_attribute_error(&self, object: &Object, name: &Object) {
        let Some(raised) = self.thread.raised.get() else { return };
        let is_bare = raised.is_instance(&self.types.attribute_error)
            && raised.as_exception().is_some_and(|exception| {
                exception.extra_count() >= 2 && (0..2).all(|index| exception.extra(index).get().is_none())
            });
        if is_bare {
            self.fill_extra(&self.types.attribute_error, &[name.new_ref(), object.new_ref()]);
        }
    }

    /// Raises NameError with the field `name`.
    #[cold]
    pub fn name_error(&self, message: impl Display, name: &Object) -> Raised {
        let raised = self.raise_text(&self.types.name_error, &message.to_string());
        self.fill_extra(&self.types.name_error, &[name.new_ref()]);
        raised
    }

    /// Raises `StopIteration(value)`.
    #[cold]
    pub fn stop_iteration(&self, value: Option<ObjectRef>) -> Raised {
        let arguments = value.as_slice();
        let raised = self.raise_arguments(&self.types.stop_iteration, arguments);
        self.fill_extra(&self.types.stop_iteration, &[value.unwrap_or_else(|| self.none.clone())]);
        raised
    }

    /// Writes the first extra fields of the exception on its way, if it is of that type.
    fn fill_extra(&self, kind: &TypeObject, values: &[ObjectRef]) {
        let Some(raised) = self.thread.raised.get() else { return };
        let Some(exception) = raised.as_exception().filter(|_| raised.is_instance(kind)) else { return };
        for (index, value) in values.iter().enumerate().take(exception.extra_count()) {
            exception.extra(index).set(Some(value.clone()));
        }
    }
}

/// Seeing an object as an exception.
pub trait AsException {
    /// The exception layout, for instances of BaseException.
    fn as_exception(&self) -> Option<&Exception>;
}

impl AsException for Object {
    fn as_exception(&self) -> Option<&Exception> {
        // SAFETY: the flag is inherited exactly by types whose instances start with this layout.
        self.type_object().has(super::type_object::TypeFlags::EXCEPTION).then(|| unsafe { self.cast() })
    }
}
