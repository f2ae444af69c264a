//! Interned texts: of equal ones there is one, which stays until the interpreter ends, so that names are compared by their
//! addresses.

use rustc_hash::FxHashMap;

use super::interpreter::Interpreter;
use super::names::Names;
use super::outcome::Outcome;
use super::type_table::Types;
use crate::object::Ref;
use crate::values::text::Text;

/// How many names an interpreter starts with, about.
pub(super) const FIRST_NAMES: usize = 1700;

/// Names up to this length are looked up in the intern table without memory of their own.
const SHORT_NAME: usize = 64;

/// Interns the names of the interpreter, and the empty and the one-character texts.
pub(super) fn intern_names(
    types: &Types,
    empty: &Ref<Text>,
    latin: &[Ref<Text>],
    interned: &mut FxHashMap<Box<[u32]>, Ref<Text>>,
) -> Names {
    for text in latin.iter().chain([empty]) {
        text.set_interned(true);
        interned.insert(text.as_slice().iter().collect(), text.clone());
    }
    Names::from_texts(Names::TEXTS.iter().map(|name| {
        let mut key = Vec::with_capacity(name.len());
        key.extend(name.chars().map(u32::from));
        interned
            .entry(key.into_boxed_slice())
            .or_insert_with(|| {
                let text = Text::from_str(&types.str, name).expect("memory for the first names");
                text.set_interned(true);
                text
            })
            .clone()
    }))
}

impl Interpreter {
    /// The interned text of some Rust text.
    pub fn intern(&self, text: &str) -> Outcome<Ref<Text>> {
        let mut room = [0; SHORT_NAME];
        let long: Vec<u32>;
        let key = match room.get_mut(..text.len()).filter(|_| text.is_ascii()) {
            Some(short) => {
                short.iter_mut().zip(text.bytes()).for_each(|(point, byte)| *point = u32::from(byte));
                &*short
            }
            None => {
                long = text.chars().map(u32::from).collect();
                &long
            }
        };
        if let Some(found) = self.interned.borrow().get(key) {
            return Ok(found.clone());
        }
        let text = Text::from_str(&self.types.str, text)?;
        text.set_interned(true);
        self.interned.borrow_mut().insert(key.into(), text.clone());
        Ok(text)
    }

    /// The interned text of a path, or of what stands for one, such as `<string>`.
    pub fn intern_path(&self, path: &str) -> Outcome<Ref<Text>> {
        if path.starts_with('<') {
            return self.intern(path);
        }
        Ok(self.intern_text(&Text::outside_pools(&self.types.str, path)?))
    }

    /// The interned text equal to this one; this one itself becomes interned where there is none.
    pub fn intern_text(&self, text: &Ref<Text>) -> Ref<Text> {
        if text.is_interned() {
            return text.clone();
        }
        let key: Box<[u32]> = text.as_slice().iter().collect();
        if let Some(found) = self.interned.borrow().get(&key) {
            return found.clone();
        }
        text.set_interned(true);
        self.interned.borrow_mut().insert(key, text.clone());
        text.clone()
    }
}
