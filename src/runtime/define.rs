//! Completing the built-in types: each brings a [`TypeSpec`], from which its namespace and slots are made.

use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

use super::field::Field;
use super::interpreter::Interpreter;
use super::lookup::linearise;
use super::native::{
    AttributeDescriptor, Binding, MethodDescriptor, NativeAttribute, NativeMethod, SlotDescriptor,
    SlotWrapper, WrapperDescriptor,
};
use super::outcome::Outcome;
use super::shared_wrappers::{has_own, owners_of};
use super::slots::{ShortCall, Slots};
use super::subclasses::{register_subclass, unregister_subclass};
use super::type_object::{DictPlace, TypeFlags, TypeObject, Typed};
use crate::object::{Layout, Lifecycle, ObjectRef, Ref};
use crate::values::tuple::Tuple;

/// Ends the signature that may stand before the documentation of a built-in type: `name(parameters)`.
pub const SIGNATURE_END: &str = "\n--\n\n";

/// All that makes a built-in type.
pub struct TypeSpec {
    /// How instances live and die. Its prefix must be the one in the type table.
    pub lifecycle: Lifecycle,
    /// The native layout of instances, from [`layout_of`].
    pub layout: NativeLayout,
    /// Bytes of an instance from its header on.
    pub basic_size: usize,
    /// Bytes of an item of variable-sized ones.
    pub item_size: usize,
    /// Bits of [`TypeFlags`]; those that bases hand down are added.
    pub flags: u32,
    /// Where instances keep a dict.
    pub dict_place: DictPlace,
    /// Sets the slots; the rest is inherited.
    pub slots: fn(&Slots),
    /// A short way of its calls.
    pub short_call: Option<ShortCall>,
    /// Methods.
    pub methods: &'static [NativeMethod],
    /// Computed attributes and members.
    pub attributes: &'static [NativeAttribute],
    /// `__doc__`
    pub documentation: &'static str,
}

impl TypeSpec {
    /// A type whose instances have the fields of `T` and nothing else; what is special about it is written over this.
    pub fn of<T: Layout + 'static>(lifecycle: Lifecycle) -> Self {
        Self {
            lifecycle,
            layout: layout_of::<T>(),
            basic_size: size_of::<T>(),
            item_size: 0,
            flags: 0,
            dict_place: DictPlace::None,
            slots: |_| {},
            short_call: None,
            methods: &[],
            attributes: &[],
            documentation: "",
        }
    }
}

/// The identity of a native layout.
#[derive(Clone, Copy, Default)]
pub struct NativeLayout(Option<std::any::TypeId>);

/// The identity of a layout, for a type whose instances are born with it.
pub fn layout_of<T: Layout + 'static>() -> NativeLayout {
    NativeLayout(Some(std::any::TypeId::of::<T>()))
}

/// Types that were completed while a program ran, by their places among the built-in ones.
#[derive(Default)]
struct LateTypes(RefCell<Vec<usize>>);

impl Interpreter {
    /// Completes a bare type. Its base must be complete.
    pub fn define_type(&self, kind: &Ref<TypeObject>, spec: TypeSpec) -> Outcome<()> {
        copy_lifecycle(kind, &spec.lifecycle);
        kind.basic_size.set(spec.basic_size as u32);
        kind.layout.set(spec.layout.0);
        kind.item_size.set(spec.item_size as u32);
        kind.dict_place.set(spec.dict_place);
        kind.short_call.set(spec.short_call);
        kind.documentation.set((!spec.documentation.is_empty()).then_some(spec.documentation));
        kind.flags.set(kind.flags.get() | spec.flags);
        self.arrange_bases(kind)?;
        kind.dict.set(Some(self.new_dict()?));
        (spec.slots)(&kind.slots);
        self.add_namespace(kind, &spec)?;
        self.inherit_slots(kind);
        // A built-in type lives as long as the interpreter: the collector need not see it, as in CPython.
        Ok(())
    }

    /// Completes types that a program meets only when it imports their module, as CPython makes them only then: once,
    /// and with `__module__` in their namespaces.
    pub fn define_late(
        &self,
        kinds: &[&Ref<TypeObject>],
        define: fn(&Interpreter) -> Outcome<()>,
    ) -> Outcome<()> {
        if kinds.iter().all(|kind| kind.dict.get().is_some()) {
            return Ok(());
        }
        define(self)?;
        let late = self.extension::<LateTypes>();
        for kind in kinds {
            let module = self.intern(kind.module_name.get())?.into_object();
            self.dict_set_text(&kind.namespace(), &self.names.module, module)?;
            late.0.borrow_mut().extend(self.types.all().iter().position(|known| known.is(kind)));
        }
        Ok(())
    }

    /// Takes apart what was completed late. No program may run any more.
    pub fn forget_late_types(&self) {
        let all = self.types.all();
        for kind in self.extension::<LateTypes>().0.take().into_iter().map(|place| all[place]) {
            if let Some(base) = kind.base.get() {
                unregister_subclass(kind, &[base]);
            }
            drop((kind.dict.take(), kind.bases.take(), kind.mro.take()));
        }
    }

    /// Writes bases and MRO of a built-in type and hands its base's facts down.
    fn arrange_bases(&self, kind: &Ref<TypeObject>) -> Outcome<()> {
        let bases: Vec<Ref<TypeObject>> = kind.base.get().into_iter().collect();
        let mro = linearise(kind, &bases).unwrap_or_else(|_| unreachable!("one base is always in order"));
        kind.mro.set(Some(Tuple::new(&self.types.tuple, mro.into_iter())?));
        let tuple = Tuple::new(&self.types.tuple, bases.iter().map(|base| base.as_object().clone()))?;
        kind.bases.set(Some(tuple));
        bases.iter().for_each(|base| register_subclass(kind, base));
        if let Some(base) = bases.first() {
            kind.flags.set(
                kind.flags.get()
                    | base.flags.get() & (TypeFlags::INHERITED | TypeFlags::SEQUENCE | TypeFlags::MAPPING),
            );
            if kind.layout.get().is_none() {
                kind.layout.set(base.layout.get());
            }
            if kind.dict_place.get() == DictPlace::None {
                kind.dict_place.set(base.dict_place.get());
            }
        }
        Ok(())
    }

    fn add_namespace(&self, kind: &Ref<TypeObject>, spec: &TypeSpec) -> Outcome<()> {
        self.add_slot_wrappers(kind)?;
        for method in spec.methods {
            self.add_method(kind, method)?;
        }
        for attribute in spec.attributes {
            self.add_attribute(kind, attribute)?;
        }
        if self.dict_get_text(&kind.namespace(), &self.names.doc)?.is_none() {
            let documentation = match kind.documentation.get() {
                Some(text) => self.new_text(text.split_once(SIGNATURE_END).map_or(text, |(_, rest)| rest))?,
                None => self.none(),
            };
            self.dict_set_text(&kind.namespace(), &self.names.doc, documentation)?;
        }
        if kind.slots.hash.get().is_none() && kind.slots.compare.get().is_some() {
            kind.slots.hash.set(Some(super::protocol::hash::unhashable));
            self.dict_set_text(&kind.namespace(), &self.names.hash, self.none())?;
        }
        Ok(())
    }

    /// Adds a special method for each slot that the type itself sets.
    pub fn add_slot_wrappers(&self, kind: &Ref<TypeObject>) -> Outcome<()> {
        let type_name = kind.name_text();
        for wrapper in super::slot_wrappers::SLOT_WRAPPERS {
            let shares = || !kind.has(TypeFlags::HEAP) && has_own(&type_name, wrapper.name);
            if (wrapper.is_present)(&kind.slots) || shares() {
                self.add_wrapper(kind, wrapper)?;
            }
        }
        if kind.slots.new.get().is_some() {
            let new = self.new_builtin_function(
                &super::slot_wrappers::NEW_METHOD,
                Some(kind.as_object().clone()),
                None,
                Some(kind.as_object().clone()),
            )?;
            self.dict_set_text(&kind.namespace(), &self.names.new, new.into_object())?;
        }
        Ok(())
    }

    /// Adds the special methods that types named before there were texts have of their own.
    pub fn complete_shared_wrappers(&self) -> Outcome<()> {
        let kinds = self.types.all().into_iter().filter(|kind| kind.dict.get().is_some());
        let kinds: Vec<_> = kinds.map(|kind| (kind, kind.name_text())).collect();
        for wrapper in super::slot_wrappers::SLOT_WRAPPERS {
            if owners_of(wrapper.name).is_empty() {
                continue;
            }
            let name = self.intern(wrapper.name)?;
            for (kind, type_name) in &kinds {
                if has_own(type_name, wrapper.name) && self.dict_get_text(&kind.namespace(), &name)?.is_none()
                {
                    self.add_wrapper(kind, wrapper)?;
                }
            }
        }
        Ok(())
    }

    /// Adds a special method that calls its wrapper.
    pub fn add_wrapper(&self, kind: &Ref<TypeObject>, wrapper: &'static SlotWrapper) -> Outcome<()> {
        let descriptor = self.new_wrapper_descriptor(kind, wrapper)?;
        self.dict_set_str(&kind.namespace(), wrapper.name, descriptor)
    }

    fn new_wrapper_descriptor(&self, kind: &Ref<TypeObject>, wrapper: &'static SlotWrapper) -> Outcome {
        let owner = Field::new(kind.as_object().clone());
        let made = self.birth_tracked(&self.types.wrapper_descriptor, |object| WrapperDescriptor {
            object,
            owner,
            wrapper: Cell::new(wrapper),
        })?;
        Ok(made.into_object())
    }

    /// Adds a native method to a type's namespace.
    pub fn add_method(&self, kind: &Ref<TypeObject>, method: &'static NativeMethod) -> Outcome<()> {
        let owner = kind.as_object().clone();
        let descriptor = match method.binding {
            Binding::Static => {
                let function = self.new_builtin_function(method, None, None, Some(owner))?;
                self.new_static_method(function.into_object())?
            }
            Binding::Instance => self.new_method_descriptor(&self.types.method_descriptor, owner, method)?,
            Binding::Class => {
                self.new_method_descriptor(&self.types.classmethod_descriptor, owner, method)?
            }
        };
        self.dict_set_str(&kind.namespace(), method.name, descriptor)
    }

    fn new_method_descriptor(
        &self,
        kind: &Ref<TypeObject>,
        owner: ObjectRef,
        method: &'static NativeMethod,
    ) -> Outcome {
        let made = self.birth_tracked(kind, |object| MethodDescriptor {
            object,
            owner: Field::new(owner),
            method: Cell::new(method),
        })?;
        Ok(made.into_object())
    }

    /// Adds a computed attribute to a type's namespace.
    pub fn add_attribute(&self, kind: &Ref<TypeObject>, attribute: &'static NativeAttribute) -> Outcome<()> {
        let descriptor = |object| AttributeDescriptor {
            object,
            owner: Field::new(kind.as_object().clone()),
            attribute: Cell::new(attribute),
        };
        let made = if attribute.is_member {
            let member = |object| SlotDescriptor {
                descriptor: descriptor(object),
                name: Field::new(None),
                offset: Cell::new(0),
            };
            self.birth_tracked(&self.types.member_descriptor, member)?.into_object()
        } else {
            self.birth_tracked(&self.types.getset_descriptor, descriptor)?.into_object()
        };
        self.dict_set_str(&kind.namespace(), attribute.name, made)
    }

    /// Fills the slots that a type does not set from its MRO. `hash` is inherited only together with `compare`.
    pub fn inherit_slots(&self, kind: &TypeObject) {
        let Some(mro) = kind.mro.get() else { return };
        for base in mro.items().iter().skip(1) {
            let base = base.as_type().expect("an MRO holds types");
            kind.slots.inherit_from(&base.slots);
        }
    }
}

/// Copies all cells of a lifecycle into a type.
fn copy_lifecycle(kind: &TypeObject, from: &Lifecycle) {
    let to = &kind.lifecycle;
    assert_eq!(to.prefix, from.prefix, "the type table and the lifecycle of {} disagree", kind.name_text());
    to.dealloc.set(from.dealloc.get());
    to.is_leaf.set(from.is_leaf.get());
    to.drop_contents.set(from.drop_contents.get());
    to.visit.set(from.visit.get());
    to.fields.set(from.fields.get());
    to.clear.set(from.clear.get());
    to.size.set(from.size.get());
    to.finalize.set(from.finalize.get());
    to.referent_died.set(from.referent_died.get());
    to.weak.set(from.weak.get());
}

/// The lifecycle of what a program cannot change once it is made: cycles through it are broken elsewhere, so a collection
/// lets it die with what holds it, as CPython does.
pub fn never_cleared(lifecycle: Lifecycle) -> Lifecycle {
    lifecycle.clear.set(None);
    lifecycle
}

/// A lifecycle for natively laid out containers: what the fields hold is told by `visit`, dropped by `drop_contents`.
pub fn container_lifecycle(
    visit: unsafe fn(NonNull<crate::object::Object>, &mut crate::object::Visitor<'_>),
    clear: Option<unsafe fn(NonNull<crate::object::Object>)>,
    drop_contents: unsafe fn(NonNull<crate::object::Object>),
    size: unsafe fn(NonNull<crate::object::Object>) -> usize,
    weak: crate::object::WeakSupport,
) -> Lifecycle {
    Lifecycle {
        drop_contents: Cell::new(drop_contents),
        visit: Cell::new(visit),
        clear: Cell::new(clear),
        weak: Cell::new(weak),
        ..Lifecycle::bare(crate::object::dealloc_container, size, crate::object::Prefix::Gc)
    }
}
