//! Warnings from native code: they go through the `warnings` module, so that its filters decide.

use crate::object::Object;
use crate::runtime::{Interpreter, Outcome, Typed};

impl Interpreter {
    /// `warnings.warn(message, category)` for the line that runs.
    ///
    /// # Errors
    /// The warning itself where a filter makes it an error.
    #[cold]
    pub fn warn(&self, category: &Object, message: &str) -> Outcome<()> {
        if self.modules.is_empty() {
            return self.warn_at_the_end(category, message);
        }
        let name = self.intern("warnings")?;
        let module = match (
            self.dict_get_text(&self.modules, &name)?,
            self.dict_get_str(&self.builtins, "__import__")?,
        ) {
            (Some(module), _) => module,
            (None, Some(import)) => self.call(&import, &[name.into_object()])?,
            (None, None) => return Ok(()),
        };
        let warn = self.get_attribute_text(&module, &*self.intern("warn")?)?;
        self.call(&warn, &[self.new_text(message)?, category.new_ref()]).map(drop)
    }

    /// The modules are gone already: nobody filters, and no line is to blame.
    fn warn_at_the_end(&self, category: &Object, message: &str) -> Outcome<()> {
        let name = category.as_type().map(|kind| kind.name_text()).unwrap_or_default();
        self.write_stderr(&format!("sys:1: {name}: {message}\n"));
        Ok(())
    }

    /// Warns that a conversion method returned an instance of a strict subclass.
    #[cold]
    pub fn warn_about_subclass(&self, method: &str, base: &str, made: &Object) -> Outcome<()> {
        let kind = made.type_name();
        let message = format!(
            "{method} returned non-{base} (type {kind}).  The ability to return an instance of a strict subclass of \
             {base} is deprecated, and may be removed in a future version of Python."
        );
        self.warn(&self.types.deprecation_warning, &message)
    }
}
