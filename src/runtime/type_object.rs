//! Type objects: the lifecycle table of the floors below, then the behaviour, then what classes are made of.

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use super::field::Field;
use super::interpreter::Interpreter;
use super::slots::{ShortCall, Slots};
use crate::object::{Object, ObjectRef, Ref, TypeHead, layout};
use crate::values::dict::Dict;
use crate::values::instance_values::SharedKeys;
use crate::values::tuple::Tuple;

/// Facts about a type as bits of [`TypeObject::flags`].
pub struct TypeFlags;

impl TypeFlags {
    /// Made by a class statement (or `type(...)`).
    pub const HEAP: u32 = 1;
    /// May be a base class.
    pub const BASE_TYPE: u32 = 1 << 1;
    /// Attributes cannot be set.
    pub const IMMUTABLE: u32 = 1 << 2;
    /// Matches sequence patterns.
    pub const SEQUENCE: u32 = 1 << 3;
    /// Matches mapping patterns.
    pub const MAPPING: u32 = 1 << 4;
    /// A class pattern with one positional part matches the subject itself.
    pub const MATCH_SELF: u32 = 1 << 5;
    /// `__get__` of an instance makes a bound method that the loop need not make (functions, native methods).
    pub const METHOD_DESCRIPTOR: u32 = 1 << 6;
    /// Calling the type itself is refused ("cannot create 'x' instances").
    pub const DISALLOW_INSTANTIATION: u32 = 1 << 7;
    /// Has abstract methods that are not overridden.
    pub const ABSTRACT: u32 = 1 << 8;
    /// A heap type whose messages name its module, as those of a native type do.
    pub const FULL_NAME: u32 = 1 << 9;
    /// A call of the type counts no level of recursion, as a call of a function does not.
    pub const DIRECT_CALL: u32 = 1 << 10;
    /// int or a subclass.
    pub const INT: u32 = 1 << 16;
    /// list or a subclass.
    pub const LIST: u32 = 1 << 17;
    /// tuple or a subclass.
    pub const TUPLE: u32 = 1 << 18;
    /// bytes or a subclass.
    pub const BYTES: u32 = 1 << 19;
    /// str or a subclass.
    pub const TEXT: u32 = 1 << 20;
    /// dict or a subclass.
    pub const DICT: u32 = 1 << 21;
    /// BaseException or a subclass.
    pub const EXCEPTION: u32 = 1 << 22;
    /// type or a subclass.
    pub const TYPE: u32 = 1 << 23;
    /// float or a subclass.
    pub const FLOAT: u32 = 1 << 24;
    /// set, frozenset or a subclass.
    pub const ANY_SET: u32 = 1 << 25;
    /// complex or a subclass.
    pub const COMPLEX: u32 = 1 << 26;
    /// The bits that subclasses inherit from their base; being a sequence or a mapping comes by the MRO.
    pub const INHERITED: u32 = 0xFFFF_0000 | Self::MATCH_SELF;
}

/// Where instances keep their attribute dict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DictPlace {
    /// Instances have none.
    None,
    /// In the instance prefix: values first, a dict once it is asked for.
    Managed,
    /// A pointer field (`Field<Option<ObjectRef>>`) so many bytes behind the start of the object.
    Field(u32),
    /// The last word of an object with items (a subclass of `int`, `tuple` or `bytes`): its place depends on their number.
    Tail,
}

/// A type.
#[repr(C)]
pub struct TypeObject {
    /// Header and lifecycle.
    pub head: TypeHead,
    /// Behaviour.
    pub slots: Slots,
    /// A number that changes with each change of the type or its bases and never recurs; 0 when none is given out.
    pub version: Cell<u32>,
    /// Bits of [`TypeFlags`].
    pub flags: Cell<u32>,
    /// Bytes of an instance from its header on; without the items of variable-sized ones.
    pub basic_size: Cell<u32>,
    /// Bytes of an item of a variable-sized instance.
    pub item_size: Cell<u32>,
    /// The native layout that instances start with.
    pub layout: Cell<Option<std::any::TypeId>>,
    /// Where instances keep their dict.
    pub dict_place: Cell<DictPlace>,
    /// `__name__`
    pub name: Field<ObjectRef>,
    /// `__qualname__`
    pub qualified_name: Field<ObjectRef>,
    /// `__base__`
    pub base: Field<Option<Ref<TypeObject>>>,
    /// `__bases__`
    pub bases: Field<Option<Ref<Tuple>>>,
    /// `__mro__`
    pub mro: Field<Option<Ref<Tuple>>>,
    /// The namespace.
    pub dict: Field<Option<Ref<Dict>>>,
    /// The nearest type whose native layout instances have (itself for a built-in type).
    pub solid_base: Cell<Option<NonNull<TypeObject>>>,
    /// The names of the `__slots__` members that this class itself adds, mangled, in order: each is a pointer field in
    /// every instance.
    pub slot_names: Field<Option<Ref<Tuple>>>,
    /// Where the first of them is, in bytes behind the start of the object.
    pub first_member: Cell<u32>,
    /// Whether this class or one of its bases has `__slots__` members.
    pub has_members: Cell<bool>,
    /// Names of the attributes of instances.
    pub shared_keys: Cell<Option<NonNull<SharedKeys>>>,
    /// Direct subclasses, in the order of their making; entries leave when the subclass dies.
    pub subclasses: RefCell<Vec<NonNull<TypeObject>>>,
    /// Weak references to those that a program has made, by their addresses.
    pub subclass_references: Field<Option<Ref<Dict>>>,
    /// The short way of a call with arguments by position, where a built-in type has one.
    pub short_call: Cell<Option<ShortCall>>,
    /// Weak references to the type.
    pub weak_list: Cell<*const Object>,
    /// The documentation of a built-in type.
    pub documentation: Cell<Option<&'static str>>,
    /// The module of a built-in type where it is not builtins.
    pub module_name: Cell<&'static str>,
}

layout!(TypeObject, head, TypeHead);

impl TypeObject {
    /// Whether one of the flags is set.
    #[inline]
    pub fn has(&self, flag: u32) -> bool {
        self.flags.get() & flag != 0
    }

    /// Whether this type is `other` or has it among its bases (by the MRO).
    #[inline]
    pub fn is_subtype(&self, other: &TypeObject) -> bool {
        std::ptr::eq(self, other) || self.inherits(other)
    }

    fn inherits(&self, other: &TypeObject) -> bool {
        // SAFETY: nothing runs while the MRO is walked.
        match unsafe { self.mro.borrow() } {
            Some(mro) => mro.items().iter().any(|base| base.is(other)),
            None => self.base.get().is_some_and(|base| base.is_subtype(other)),
        }
    }

    /// The name as Rust text, for messages. Lone surrogates are replaced.
    pub fn name_text(&self) -> String {
        self.name.get().as_text().map(|text| text.to_rust_string_lossy()).unwrap_or_default()
    }

    /// The qualified name as Rust text.
    pub fn qualified_text(&self) -> String {
        let name = self.qualified_name.get();
        name.as_text().map(|text| text.to_rust_string_lossy()).unwrap_or_default()
    }

    /// A counted reference to this type.
    pub fn new_type_ref(&self) -> Ref<TypeObject> {
        // SAFETY: it is a type object.
        unsafe { self.new_ref().cast_into() }
    }

    /// The namespace. Every type that is ready has one.
    pub fn namespace(&self) -> Ref<Dict> {
        self.dict.get().expect("a type that is ready has a namespace")
    }

    /// Pointer to this type as the floors below see it.
    pub fn head_pointer(&self) -> NonNull<TypeHead> {
        NonNull::from(&self.head)
    }
}

/// What every object can be asked in this floor: its type, and itself as one of the built-in layouts (also for
/// instances of subclasses).
pub trait Typed {
    /// The type.
    fn type_object(&self) -> &TypeObject;
    /// Whether the type is this one or inherits from it.
    fn is_instance(&self, kind: &TypeObject) -> bool;
    /// The type's name for messages.
    fn type_name(&self) -> String;
    /// As a native layout, if the type was defined with it or inherits from one that was.
    fn layout<T: crate::object::Layout + 'static>(&self) -> Option<&T>;
    /// As an int (or bool).
    fn as_int(&self) -> Option<&crate::values::integer::Integer>;
    /// As a float.
    fn as_float(&self) -> Option<&crate::values::float::Float>;
    /// As a str.
    fn as_text(&self) -> Option<&crate::values::text::Text>;
    /// As bytes.
    fn as_bytes(&self) -> Option<&crate::values::bytes::Bytes>;
    /// As a list.
    fn as_list(&self) -> Option<&crate::values::list::List>;
    /// As a tuple.
    fn as_tuple(&self) -> Option<&Tuple>;
    /// As a dict.
    fn as_dict(&self) -> Option<&Dict>;
    /// As a set or frozenset.
    fn as_any_set(&self) -> Option<&crate::values::set::Set>;
    /// As a type.
    fn as_type(&self) -> Option<&TypeObject>;
    /// As a complex number.
    fn as_complex(&self) -> Option<&crate::values::complex::Complex>;
}

macro_rules! as_layout {
    ($($name:ident $flag:ident $layout:ty;)*) => {
        $(
            #[inline]
            fn $name(&self) -> Option<&$layout> {
                // SAFETY: the flag is inherited exactly by types whose instances start with this layout.
                self.type_object().has(TypeFlags::$flag).then(|| unsafe { self.cast() })
            }
        )*
    };
}

impl Typed for Object {
    #[inline]
    fn type_object(&self) -> &TypeObject {
        // SAFETY: every type is born as a `TypeObject`, which starts with its `TypeHead`.
        unsafe { &*self.kind_pointer().as_ptr().cast::<TypeObject>() }
    }

    #[inline]
    fn is_instance(&self, kind: &TypeObject) -> bool {
        self.type_object().is_subtype(kind)
    }

    fn type_name(&self) -> String {
        super::protocol::call::full_name(self.type_object())
    }

    #[inline]
    fn layout<T: crate::object::Layout + 'static>(&self) -> Option<&T> {
        let layout = self.type_object().layout.get();
        // SAFETY: a type gets the id of a layout only when its instances are born with it; subclasses inherit it.
        (layout == Some(std::any::TypeId::of::<T>())).then(|| unsafe { self.cast() })
    }

    as_layout! {
        as_int INT crate::values::integer::Integer;
        as_float FLOAT crate::values::float::Float;
        as_text TEXT crate::values::text::Text;
        as_bytes BYTES crate::values::bytes::Bytes;
        as_list LIST crate::values::list::List;
        as_tuple TUPLE Tuple;
        as_dict DICT Dict;
        as_any_set ANY_SET crate::values::set::Set;
        as_type TYPE TypeObject;
        as_complex COMPLEX crate::values::complex::Complex;
    }
}

macro_rules! exactly {
    ($($(#[$doc:meta])* $name:ident $kind:ident $layout:ty;)*) => {
        $(
            $(#[$doc])*
            #[inline(always)]
            pub fn $name<'a>(&self, object: &'a Object) -> Option<&'a $layout> {
                // SAFETY: the instances of exactly this type have this layout.
                object.is_exactly(&self.types.$kind).then(|| unsafe { object.cast() })
            }
        )*
    };
}

/// Objects of exactly a type, with one check.
impl Interpreter {
    exactly! {
        /// As an int, if it is exactly one.
        exact_int int crate::values::integer::Integer;
        /// As a float, if it is exactly one.
        exact_float float crate::values::float::Float;
        /// As a str, if it is exactly one.
        exact_text str crate::values::text::Text;
        /// As a list, if it is exactly one.
        exact_list list crate::values::list::List;
        /// As a tuple, if it is exactly one.
        exact_tuple tuple Tuple;
        /// As a bytearray, if it is exactly one.
        exact_bytearray bytearray crate::values::bytearray::ByteArray;
        /// As a slice; nothing inherits from them.
        exact_slice slice crate::values::slice::Slice;
    }
}

impl Interpreter {
    /// Gives the type a version number, if numbers are left; 0 says that it must not be cached.
    pub fn version_of(&self, kind: &TypeObject) -> u32 {
        if kind.version.get() == 0 {
            let next = self.next_type_version.get();
            if next == u32::MAX {
                return 0;
            }
            self.next_type_version.set(next + 1);
            kind.version.set(next);
        }
        kind.version.get()
    }

    /// The type or its namespace has changed: caches that saw this type or a subclass of it are void.
    pub fn type_modified(&self, kind: &TypeObject) {
        kind.version.set(0);
        for subclass in kind.subclasses.borrow().iter() {
            // SAFETY: a type takes itself out of this list when it dies.
            self.type_modified(unsafe { subclass.as_ref() });
        }
    }
}
