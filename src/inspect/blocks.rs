//! What every live block of the heap is good for.
//!
//! Objects are found by a walk from roots, frames and the collector's lists. A block that is no object belongs to the
//! object that points to it: no two objects point to one buffer, so a look at the words of each object's own fields
//! finds the owner. What is left is held by native code under way.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::describe;
use crate::gc::census;
use crate::memory::{Block, Words};
use crate::object::{Object, Prefix, Visitor};
use crate::runtime::{Interpreter, Typed};
use crate::values::bytearray::ByteArray;
use crate::values::deque::Deque;
use crate::vm::frame::Frame;
use crate::vm::generator::Generator;
use crate::vm::unwind::visit_settled_frames;

/// What stands in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// The block.
    pub block: Block,
    /// An object, or what else it is.
    pub kind: TenantKind,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TenantKind {
    /// An object.
    Object(ObjectFacts),
    /// Memory that belongs to something else: what it is, and of what.
    Buffer(String),
}

/// An object as plain data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectFacts {
    /// Its address, behind what stands in front of its header.
    pub address: usize,
    /// The name of its type.
    pub type_name: String,
    /// A short text of its value.
    pub shown: String,
    /// Its reference count.
    pub count: usize,
    /// 0 to 2 where the collector tracks it, 3 where it is frozen.
    pub generation: Option<u8>,
}

/// What is shown for an object that no walk reaches.
const HELD_NATIVELY: &str = "held by native code under way";

impl ObjectFacts {
    /// Whether no walk has reached it: an argument or an operand of what runs now holds it.
    pub fn is_held_natively(&self) -> bool {
        self.shown == HELD_NATIVELY
    }
}

/// All live blocks by address.
pub fn tenants(cx: &Interpreter) -> Vec<Tenant> {
    let mut survey = Survey::new(cx);
    survey.find_owners(cx);
    survey.tenants(cx)
}

/// Shows what roots and frames hold.
pub fn show_roots(cx: &Interpreter, visitor: &mut Visitor<'_>) {
    cx.visit_roots(visitor);
    visit_settled_frames(cx, visitor);
}

/// What is known of the owner of a buffer: its fields, and what to call the buffer.
struct Owner {
    /// Words of prefix and fixed fields.
    words: usize,
    /// The first word points into its block behind a prefix, see `values::instance_values`.
    has_values: bool,
    buffer: String,
}

struct Survey {
    /// Objects by the start of their block.
    objects: BTreeMap<usize, ObjectFacts>,
    owners: FxHashMap<usize, Owner>,
    /// The addresses of all types, with the bytes in front of their instances.
    types: FxHashMap<usize, (Prefix, String)>,
    /// What blocks that are no objects are.
    buffers: FxHashMap<usize, String>,
    /// Starts and ends of the blocks that are no objects.
    others: Vec<(usize, usize)>,
}

impl Survey {
    fn new(cx: &Interpreter) -> Self {
        let mut survey = Self {
            objects: BTreeMap::new(),
            owners: FxHashMap::default(),
            types: FxHashMap::default(),
            buffers: FxHashMap::default(),
            others: Vec::new(),
        };
        census(&cx.space, &|visitor| show_roots(cx, visitor), &mut |object, generation| {
            survey.add(cx, object, generation);
        });
        survey
    }

    fn add(&mut self, cx: &Interpreter, object: &Object, generation: Option<u8>) {
        let start = block_of(object);
        if let Some(kind) = object.as_type() {
            self.types.insert(object.address(), (kind.lifecycle.prefix, object_type_name(object)));
        }
        self.owners.insert(start, owner(object));
        self.objects.insert(start, facts(cx, object, generation));
    }

    /// Finds the owner of each block that is no object.
    fn find_owners(&mut self, cx: &Interpreter) {
        let stack = &cx.thread.stack;
        self.buffers.insert(stack.base.addr(), "registers of all frames".to_owned());
        self.buffers.insert(stack.records.addr(), "records of all frames".to_owned());
        for block in cx.space.kept_list_blocks() {
            self.buffers.insert(block, "of a dead list, kept for the next".to_owned());
        }
        for block in cx.space.heap.blocks() {
            if !self.objects.contains_key(&block.address) {
                self.others.push((block.address, block.address + block.size));
            }
        }
        let mut keys = FxHashSet::default();
        cx.space.heap.show_blocks(&mut |block, words| self.look_into(block, &words, &mut keys));
        cx.space.heap.show_blocks(&mut |block, words| {
            if keys.contains(&block.address) {
                let what = self.buffers.get(&block.address).cloned().unwrap_or_default();
                self.claim(words.first(1), &what.replace("keys of", "names in keys of"));
            }
        });
    }

    /// Claims the blocks that an object's own fields point to. A type's keys point to one more.
    fn look_into(&mut self, block: Block, words: &Words<'_>, keys: &mut FxHashSet<usize>) {
        let Some(owner) = self.owners.remove(&block.address) else { return };
        if owner.has_values
            && let Some(values) = words.get(0).and_then(|pointer| self.other_around(pointer))
        {
            self.buffers.insert(values, format!("attribute values of {}", owner.buffer));
        }
        let claimed = self.claim(words.first(owner.words), &owner.buffer);
        if owner.buffer.starts_with("keys of") {
            keys.extend(claimed);
        }
    }

    fn claim(&mut self, pointers: impl Iterator<Item = usize>, what: &str) -> Vec<usize> {
        let found: Vec<usize> =
            pointers.filter(|pointer| self.other_around(*pointer) == Some(*pointer)).collect();
        for block in &found {
            self.buffers.entry(*block).or_insert_with(|| what.to_owned());
        }
        found
    }

    /// The block without an object around an address.
    fn other_around(&self, address: usize) -> Option<usize> {
        let behind = self.others.partition_point(|(start, _)| *start <= address);
        let (start, end) = *self.others.get(behind.checked_sub(1)?)?;
        (address < end).then_some(start)
    }

    fn tenants(mut self, cx: &Interpreter) -> Vec<Tenant> {
        let mut tenants = Vec::new();
        cx.space.heap.show_blocks(&mut |block, words| {
            let kind = match self.objects.remove(&block.address) {
                Some(facts) => TenantKind::Object(facts),
                None => self.buffer(block, &words),
            };
            tenants.push(Tenant { block, kind });
        });
        tenants
    }

    fn buffer(&mut self, block: Block, words: &Words<'_>) -> TenantKind {
        if let Some(what) = self.buffers.remove(&block.address) {
            return TenantKind::Buffer(what);
        }
        match self.unreached_object(block, words) {
            Some(facts) => TenantKind::Object(facts),
            None => TenantKind::Buffer("of native code under way".to_owned()),
        }
    }

    /// An object that only native code holds, such as an argument of the running call: a block with a count and the
    /// address of a type where they belong.
    fn unreached_object(&self, block: Block, words: &Words<'_>) -> Option<ObjectFacts> {
        [Prefix::None, Prefix::Gc, Prefix::Instance].into_iter().find_map(|prefix| {
            let header = prefix.bytes() / size_of::<usize>();
            let count = words.get(header).filter(|count| (1..1 << 32).contains(count))?;
            let (_, name) =
                self.types.get(&words.get(header + 1)?).filter(|(needed, _)| *needed == prefix)?;
            Some(ObjectFacts {
                address: block.address + prefix.bytes(),
                type_name: name.clone(),
                shown: HELD_NATIVELY.to_owned(),
                count,
                generation: None,
            })
        })
    }
}

/// An object as plain data.
pub fn facts(cx: &Interpreter, object: &Object, generation: Option<u8>) -> ObjectFacts {
    ObjectFacts {
        address: object.address(),
        type_name: object.type_name(),
        // Asked before the text is made, which may count for a moment.
        count: object.count(),
        shown: describe::short(cx, object),
        generation,
    }
}

/// Where the block of an object begins.
pub fn block_of(object: &Object) -> usize {
    object.address() - object.kind().lifecycle.prefix.bytes()
}

fn object_type_name(kind: &Object) -> String {
    kind.as_type().map_or_else(String::new, crate::runtime::protocol::call::full_name)
}

fn owner(object: &Object) -> Owner {
    let prefix = object.kind().lifecycle.prefix;
    let bytes = prefix.bytes() + object.type_object().basic_size.get() as usize;
    let (name, address) = (object.type_name(), object.address());
    let has_values = prefix == Prefix::Instance;
    let buffer = match what_is_apart(object) {
        Some(what) => format!("{what} of {name} {address:#x}"),
        None if has_values => format!("{name} {address:#x}"),
        None => match object.as_type() {
            Some(kind) => format!("keys of class {}", kind.name_text()),
            None => format!("part of {name} {address:#x}"),
        },
    };
    Owner { words: bytes / size_of::<usize>(), has_values, buffer }
}

/// What an object of this layout keeps in a block of its own.
fn what_is_apart(object: &Object) -> Option<&'static str> {
    let by_layout: [(bool, &'static str); 7] = [
        (object.as_list().is_some(), "items"),
        (object.as_dict().is_some(), "table"),
        (object.as_any_set().is_some(), "table"),
        (object.layout::<Deque>().is_some(), "ring"),
        (object.layout::<ByteArray>().is_some(), "bytes"),
        (object.layout::<Generator>().is_some(), "registers"),
        (object.layout::<Frame>().is_some(), "registers"),
    ];
    by_layout.into_iter().find_map(|(fits, what)| fits.then_some(what))
}
