//! `-X leaks`: what was made while the program ran and is still in use when everything has been taken apart, by type and
//! by the line that made it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::memory::Observer;
use crate::object::Object;
use crate::runtime::{Interpreter, Typed, current};

/// Where a block was made.
type Place = (Rc<str>, u32);

/// Remembers every block made since it began to watch.
#[derive(Default)]
pub struct Watch {
    blocks: RefCell<FxHashMap<usize, (Place, usize)>>,
    is_over: Cell<bool>,
}

impl Observer for Watch {
    fn allocated(&self, address: usize, size: usize) {
        if !self.is_over.get() {
            self.blocks.borrow_mut().insert(address, (place(), size));
        }
    }

    fn released(&self, address: usize) {
        if !self.is_over.get() {
            self.blocks.borrow_mut().remove(&address);
        }
    }

    fn reused(&self, address: usize, size: usize) {
        self.allocated(address, size);
    }

    fn moved(&self, old: usize, new: usize, size: usize) {
        let mut blocks = self.blocks.borrow_mut();
        if let Some((place, _)) = blocks.remove(&old) {
            blocks.insert(new, (place, size));
        }
    }
}

/// The line that runs now.
fn place() -> Place {
    let cx = current();
    let Some(record) = cx.thread.stack.records().last() else { return (Rc::from("<native>"), 0) };
    let code = crate::vm::code_of_record(record);
    (Rc::clone(&code.unit.source.file_name), code.location(record.ip).line)
}

/// Begins to watch, if a report is wanted.
pub fn watch(cx: &Interpreter, wanted: bool) -> Option<&'static Watch> {
    let watch: &'static Watch = wanted.then(|| &*Box::leak(Box::default()))?;
    cx.space.heap.observe(watch);
    Some(watch)
}

/// Prints what is left, if a report was asked for. Says whether there was anything.
pub fn report(cx: &Interpreter, watch: Option<&'static Watch>) -> bool {
    let Some(watch) = watch else { return false };
    cx.forget_late_types();
    forget_unused_bytes(cx);
    cx.space.release_recycled();
    watch.is_over.set(true);
    cx.space.heap.stop_observing(watch);
    // What was frozen is told of like everything else.
    crate::gc::unfreeze(&cx.space);
    let kinds = kinds_of_blocks(cx);
    let mut rows: BTreeMap<(Rc<str>, u32, String), (usize, usize)> = BTreeMap::new();
    let blocks = watch.blocks.borrow();
    for (address, ((file, line), size)) in blocks.iter() {
        let kind = kinds.get(address).cloned().unwrap_or_else(|| "a buffer".to_owned());
        let row = rows.entry((Rc::clone(file), *line, kind)).or_default();
        *row = (row.0 + 1, row.1 + size);
    }
    if rows.is_empty() {
        return false;
    }
    let mut text = format!("leaks: {} blocks in use that were made while the program ran\n", blocks.len());
    for ((file, line, kind), (count, bytes)) in rows {
        text.push_str(&format!("  {file}:{line}: {count} of {kind}, {bytes} bytes\n"));
    }
    cx.write_stderr(&text);
    true
}

/// The shared bytes objects that only their table holds belong to no program.
fn forget_unused_bytes(cx: &Interpreter) {
    for shared in cx.single_bytes.iter().chain([&cx.empty_bytes]) {
        if shared.get().is_some_and(|bytes| bytes.count() == 2) {
            drop(shared.take());
        }
    }
}

/// The types of objects that can be reached from tracked ones, by the address of their blocks.
fn kinds_of_blocks(cx: &Interpreter) -> FxHashMap<usize, String> {
    let mut kinds = FxHashMap::default();
    for object in crate::gc::objects(&cx.space, None) {
        let mut add = |object: &Object| {
            let address = object.address() - object.kind().lifecycle.prefix.bytes();
            kinds.entry(address).or_insert_with(|| object.type_name());
        };
        add(&object);
        crate::gc::referents(&object).iter().for_each(|referent| add(referent));
    }
    kinds
}
