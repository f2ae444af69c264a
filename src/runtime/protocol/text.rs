//! Objects as text: `repr`, `str`, `ascii`, `format`.

use super::counted;
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::native::{MethodDescriptor, NativeCode};
use crate::runtime::type_object::Typed;
use crate::runtime::{Interpreter, Outcome};
use crate::values::text::{Text, TextBuilder};

impl Interpreter {
    /// `repr(object)`
    pub fn repr(&self, object: &Object) -> Outcome {
        self.poll()?;
        let Some(slot) = object.type_object().slots.repr.get() else { return self.default_repr(object) };
        let result = {
            let _level = self.enter(" while getting the repr of an object")?;
            slot(self, object)?
        };
        self.checked_text(result, "__repr__")
    }

    /// `repr(item)` of an item that its container lends, as CPython's lists and tuples do: where `__repr__` is written in
    /// Python only its frame counts the item.
    pub fn repr_of_item(&self, item: ObjectRef) -> Outcome<Ref<Text>> {
        let method = self.python_method(&item, &self.names.repr);
        let Some(method) = method else { return self.repr_text(&item) };
        self.poll()?;
        let result = {
            let _level = self.enter(" while getting the repr of an object")?;
            self.call_with_held(&method, item)?
        };
        let shown = self.checked_text(result, "__repr__")?;
        Ok(self.as_text_reference(&shown))
    }

    /// The method of an object's type under a name, if it is a function written in Python.
    fn python_method(&self, object: &Object, name: &Text) -> Option<ObjectRef> {
        let found = self.type_lookup_borrowed(object.type_object(), name)?;
        // SAFETY: a type keeps its methods while nothing runs.
        let found = unsafe { found.as_ref() };
        found.is_exactly(&self.types.function).then(|| found.new_ref())
    }

    /// `str(object)`
    pub fn str(&self, object: &Object) -> Outcome {
        if object.is_exactly(&self.types.str) {
            return Ok(object.new_ref());
        }
        if object.is_exactly(&self.types.int)
            && let Some(slot) = object.type_object().slots.repr.get()
        {
            let _level = self.enter(" while getting the str of an object")?;
            return slot(self, object);
        }
        let Some(slot) = object.type_object().slots.str.get() else { return self.repr(object) };
        let result = {
            let _level = self.enter(" while getting the str of an object")?;
            slot(self, object)?
        };
        self.checked_text(result, "__str__")
    }

    fn checked_text(&self, result: ObjectRef, method: &str) -> Outcome {
        if result.as_text().is_some() {
            return Ok(result);
        }
        Err(self.type_error(format_args!("{method} returned non-string (type {})", result.type_name())))
    }

    /// `<module.Name object at 0x...>`, the repr of `object`.
    pub fn default_repr(&self, object: &Object) -> Outcome {
        let kind = object.type_object();
        let name = kind.qualified_name.get().as_text().map(Text::to_rust_string_lossy).unwrap_or_default();
        let module = match self.find_attribute(kind, &self.names.module)? {
            Some(module) => module.as_text().map(Text::to_rust_string_lossy),
            None => None,
        };
        let place = module.filter(|module| module != "builtins").map_or(String::new(), |module| module + ".");
        self.new_text(&format!("<{place}{name} object at {:#x}>", object.address()))
    }

    /// `ascii(object)`
    pub fn ascii(&self, object: &Object) -> Outcome {
        let shown = self.repr_text(object)?;
        if shown.is_ascii() {
            return Ok(shown.into_object());
        }
        let mut out = TextBuilder::new();
        for character in shown.as_slice().iter() {
            match character {
                0..=0x7f => out.push_char(character)?,
                0x80..=0xff => out.push_str(&format!("\\x{character:02x}"))?,
                0x100..=0xffff => out.push_str(&format!("\\u{character:04x}"))?,
                _ => out.push_str(&format!("\\U{character:08x}"))?,
            }
        }
        Ok(out.finish(&self.types.str)?.into_object())
    }

    /// `format(object, spec)`
    pub fn format(&self, object: &Object, spec: &Object) -> Outcome {
        let Some(text) = spec.as_text() else {
            let kind = spec.type_name();
            return Err(self.system_error(format_args!("Format specifier must be a string, not {kind}")));
        };
        if text.is_empty() && (object.is_exactly(&self.types.str) || object.is_exactly(&self.types.int)) {
            return self.str(object);
        }
        // CPython binds the method.
        let _bound = object.new_ref();
        if let Some(NativeCode::One(function)) = self.native_method(object, &self.names.format) {
            self.guard_native()?;
            return function(self, object, spec);
        }
        let Some(result) = self.call_special(object, &self.names.format, &[spec]) else {
            let kind = object.type_name();
            return Err(self.type_error(format_args!("Type {kind} doesn't define __format__")));
        };
        let result = result?;
        if result.as_text().is_none() {
            let kind = result.type_name();
            return Err(self.type_error(format_args!("__format__ must return a str, not {kind}")));
        }
        Ok(result)
    }

    /// How the method is called that a type has natively under a name.
    fn native_method(&self, object: &Object, name: &Text) -> Option<NativeCode> {
        let found = self.type_lookup_borrowed(object.type_object(), name)?;
        // SAFETY: a type keeps its methods while nothing runs, and the declaration lives forever.
        let found = unsafe { found.as_ref() };
        found
            .is_exactly(&self.types.method_descriptor)
            .then(|| found.layout::<MethodDescriptor>())?
            .map(|method| method.method.get().code)
    }

    /// `repr(object)` as a text.
    pub fn repr_text(&self, object: &Object) -> Outcome<Ref<Text>> {
        let shown = self.repr(object)?;
        Ok(self.as_text_reference(&shown))
    }

    /// `str(object)` as a text.
    pub fn str_text(&self, object: &Object) -> Outcome<Ref<Text>> {
        let shown = self.str(object)?;
        Ok(self.as_text_reference(&shown))
    }

    fn as_text_reference(&self, text: &Object) -> Ref<Text> {
        text.as_text().map_or_else(|| self.empty_text.clone(), counted)
    }

    /// `str(object)` for messages: never fails, shows a placeholder where Python code does.
    pub fn display(&self, object: &Object) -> String {
        self.str_text(object)
            .map_or_else(|_| self.swallow("<exception str() failed>"), |text| text.to_rust_string_lossy())
    }

    /// `repr(object)` for messages: never fails.
    pub fn display_repr(&self, object: &Object) -> String {
        self.repr_text(object)
            .map_or_else(|_| self.swallow("<object repr() failed>"), |text| text.to_rust_string_lossy())
    }

    fn swallow(&self, placeholder: &str) -> String {
        drop(self.take_exception());
        placeholder.to_owned()
    }
}
