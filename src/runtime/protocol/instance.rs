//! `isinstance` and `issubclass`.

use crate::object::{Object, ObjectRef};
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};

const NO_CLASS_FOR_INSTANCE: &str = "isinstance() arg 2 must be a type, a tuple of types, or a union";
const NO_CLASS: &str = "issubclass() arg 1 must be a class";
const NO_CLASS_ABOVE: &str = "issubclass() arg 2 must be a class, a tuple of classes, or a union";

impl Interpreter {
    /// `isinstance(object, class)`; the class may be a tuple of classes.
    pub fn is_instance(&self, object: &Object, class: &Object) -> Outcome<bool> {
        if std::ptr::addr_eq(object.type_object(), class) {
            return Ok(true);
        }
        if class.is_exactly(&self.types.type_) {
            return self.is_instance_plainly(object, class);
        }
        if let Some(classes) = class.as_tuple() {
            let _level = self.enter(" in __instancecheck__")?;
            return any(classes.items(), |class| self.is_instance(object, class));
        }
        let _level = self.enter(" in __instancecheck__")?;
        if let Some(members) = self.union_members(class)? {
            return any(members.as_tuple().map_or(&[], |members| members.items()), |class| {
                self.is_instance(object, class)
            });
        }
        match self.call_special(class, &self.names.instancecheck, &[object]) {
            Some(answer) => self.is_true(&*answer?),
            None => self.is_instance_plainly(object, class),
        }
    }

    /// The members of a union, which counts as a tuple of classes.
    fn union_members(&self, class: &Object) -> Outcome<Option<ObjectRef>> {
        match class.is_exactly(&self.types.union_type) {
            true => self.get_attribute_text(class, &*self.intern("__args__")?).map(Some),
            false => Ok(None),
        }
    }

    /// `type.__instancecheck__`: by the type, or by what the object's `__class__` says.
    pub fn is_instance_plainly(&self, object: &Object, class: &Object) -> Outcome<bool> {
        let Some(kind) = class.as_type() else { return self.is_abstract_instance(object, class) };
        if object.is_instance(kind) {
            return Ok(true);
        }
        if self.claims_its_type(object) {
            return Ok(false);
        }
        let claimed = self.find_attribute(object, &self.names.class)?;
        Ok(claimed.is_some_and(|claimed| claimed.as_type().is_some_and(|claimed| claimed.is_subtype(kind))))
    }

    /// Whether `__class__` of an object is the one that `object` defines, and so its type.
    fn claims_its_type(&self, object: &Object) -> bool {
        let (kind, root) = (object.type_object(), &self.types.object);
        let by_default = match (kind.slots.get_attribute.get(), root.slots.get_attribute.get()) {
            (Some(slot), Some(default)) => std::ptr::fn_addr_eq(slot, default),
            _ => false,
        };
        by_default
            && self.type_lookup_borrowed(kind, &self.names.class)
                == self.type_lookup_borrowed(root, &self.names.class)
    }

    fn is_abstract_instance(&self, object: &Object, class: &Object) -> Outcome<bool> {
        self.check_class(class, NO_CLASS_FOR_INSTANCE)?;
        match self.find_attribute(object, &self.names.class)? {
            Some(claimed) => self.is_abstract_subclass(&claimed, class),
            None => Ok(false),
        }
    }

    /// `issubclass(derived, class)`; the class may be a tuple of classes.
    pub fn is_subclass(&self, derived: &Object, class: &Object) -> Outcome<bool> {
        if class.is_exactly(&self.types.type_) {
            if derived.is(class) {
                return Ok(true);
            }
            return self.is_subclass_plainly(derived, class);
        }
        if let Some(classes) = class.as_tuple() {
            let _level = self.enter(" in __subclasscheck__")?;
            return any(classes.items(), |class| self.is_subclass(derived, class));
        }
        let _level = self.enter(" in __subclasscheck__")?;
        if let Some(members) = self.union_members(class)? {
            return any(members.as_tuple().map_or(&[], |members| members.items()), |class| {
                self.is_subclass(derived, class)
            });
        }
        match self.call_special(class, &self.names.subclasscheck, &[derived]) {
            Some(answer) => self.is_true(&*answer?),
            None => self.is_subclass_plainly(derived, class),
        }
    }

    /// `type.__subclasscheck__`
    pub fn is_subclass_plainly(&self, derived: &Object, class: &Object) -> Outcome<bool> {
        if let (Some(derived), Some(class)) = (derived.as_type(), class.as_type()) {
            return Ok(derived.is_subtype(class));
        }
        self.check_class(derived, NO_CLASS)?;
        self.check_class(class, NO_CLASS_ABOVE)?;
        self.is_abstract_subclass(derived, class)
    }

    /// Anything with a tuple of bases counts as a class.
    fn check_class(&self, class: &Object, message: &str) -> Outcome<()> {
        match self.bases_of(class)? {
            Some(_) => Ok(()),
            None => Err(self.type_error(message)),
        }
    }

    fn bases_of(&self, class: &Object) -> Outcome<Option<ObjectRef>> {
        let bases = self.find_attribute(class, &self.names.bases)?;
        Ok(bases.filter(|bases| bases.as_tuple().is_some()))
    }

    /// Searches the bases, as far as they can be asked for.
    fn is_abstract_subclass(&self, derived: &Object, class: &Object) -> Outcome<bool> {
        let _level = self.enter(" in __issubclass__")?;
        if derived.is(class) {
            return Ok(true);
        }
        let Some(bases) = self.bases_of(derived)? else { return Ok(false) };
        let Some(bases) = bases.as_tuple() else { return Ok(false) };
        any(bases.items(), |base| self.is_abstract_subclass(base, class))
    }
}

/// Whether the answer is yes for one of the objects.
fn any(objects: &[ObjectRef], mut ask: impl FnMut(&Object) -> Outcome<bool>) -> Outcome<bool> {
    for object in objects {
        if ask(object)? {
            return Ok(true);
        }
    }
    Ok(false)
}
