//! What every live block of the heap is good for.
//!
//! Objects are found by a walk from roots, frames and the collector's lists. A block that is no object belongs to the
//! object that points to it: no two objects point to one buffer, so a look at the words of each object's own fields
//! finds the owner. What is left is held by native code under way.

use rustc_hash::FxHashMap;

use super::describe;
use crate::gc::{Next, census, look_around};
use crate::memory::Block;
use crate::object::{Object, Prefix, Visitor};
use crate::runtime::instances::{blocks_of_shared_keys, each_word};
use crate::runtime::{Interpreter, TypeObject, Typed};
use crate::values::array::Array;
use crate::values::bytearray::ByteArray;
use crate::values::deque::Deque;
use crate::values::structure::Structure;
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

/// What stands in some live blocks, in their order.
pub fn tenants(cx: &Interpreter, blocks: Vec<Block>) -> Vec<Tenant> {
    let mut survey = Survey::new(cx, &blocks);
    survey.walk(cx);
    let tell = |block: Block| {
        let kind = survey.tenant(cx, block);
        Tenant { block, kind }
    };
    blocks.into_iter().map(tell).collect()
}

/// The same for few blocks, by a look at what the frames lead to. None where that does not tell of all of them.
pub fn near_tenants(cx: &Interpreter, blocks: &[Block]) -> Option<Vec<Tenant>> {
    let mut survey = Survey::new(cx, blocks);
    survey.look_around(cx, MOST_AROUND);
    if !survey.knows_all() {
        return None;
    }
    Some(blocks.iter().map(|block| Tenant { block: *block, kind: survey.tenant(cx, *block) }).collect())
}

/// No more objects are looked at for the sake of few blocks.
const MOST_AROUND: usize = 20_000;
/// So many references of each of them are followed.
const MOST_FOLLOWED: usize = 256;

/// Shows what roots and frames hold.
pub fn show_roots(cx: &Interpreter, visitor: &mut Visitor<'_>) {
    cx.visit_roots(visitor);
    visit_settled_frames(cx, visitor);
}

/// A look at all objects, for the sake of the blocks that are asked for.
struct Survey {
    /// Starts and ends of the blocks that are asked for, by address.
    wanted: Vec<(usize, usize)>,
    /// Objects by the start of their block.
    objects: FxHashMap<usize, ObjectFacts>,
    /// What blocks are that objects point to, should they be no objects.
    buffers: FxHashMap<usize, String>,
    /// The addresses of all types, with the bytes in front of their instances.
    types: FxHashMap<usize, (Prefix, String)>,
}

impl Survey {
    fn new(cx: &Interpreter, blocks: &[Block]) -> Self {
        let mut wanted: Vec<_> =
            blocks.iter().map(|block| (block.address, block.address + block.size)).collect();
        wanted.sort_unstable();
        let mut buffers = FxHashMap::default();
        let stack = &cx.thread.stack;
        buffers.insert(stack.base.addr(), "registers of all frames".to_owned());
        buffers.insert(stack.records.wrapping_sub(1).addr(), "records of all frames".to_owned());
        for block in cx.space.kept_list_blocks() {
            buffers.insert(block, "of a dead list, kept for the next".to_owned());
        }
        Self { wanted, objects: FxHashMap::default(), buffers, types: FxHashMap::default() }
    }

    fn walk(&mut self, cx: &Interpreter) {
        census(&cx.space, &|visitor| show_roots(cx, visitor), &mut |object, generation| {
            self.meet(cx, object, generation);
        });
    }

    /// Looks at what the frames lead to until every block is known, but at no more than so many objects.
    fn look_around(&mut self, cx: &Interpreter, most: usize) {
        let mut left = most;
        look_around(&cx.space, MOST_FOLLOWED, &|visitor| visit_settled_frames(cx, visitor), &mut |object| {
            self.meet(cx, object, None);
            left -= 1;
            if left == 0 || self.knows_all() { Next::Stop } else { Next::Further }
        });
    }

    fn knows_all(&self) -> bool {
        self.wanted
            .iter()
            .all(|(start, _)| self.objects.contains_key(start) || self.buffers.contains_key(start))
    }

    fn meet(&mut self, cx: &Interpreter, object: &Object, generation: Option<u8>) {
        let start = block_of(object);
        if self.wanted_around(start) == Some(start) {
            self.objects.insert(start, facts(cx, object, generation));
        }
        if let Some(kind) = object.as_type() {
            self.types.insert(object.address(), (kind.lifecycle.prefix, object_type_name(object)));
            self.claim_names(kind, object);
        }
        self.claim_buffers(object);
    }

    /// Claims the blocks that an object's own fields point to.
    fn claim_buffers(&mut self, object: &Object) {
        let has_values = object.kind().lifecycle.prefix == Prefix::Instance;
        each_word(object, &mut |index, pointer| {
            let Some(block) = self.wanted_around(pointer) else { return };
            // The first word points into its block behind a prefix, see `values::instance_values`.
            if has_values && index == 0 {
                let what = format!("attribute values of {}", buffer_of(object));
                self.buffers.insert(block, what);
            } else if block == pointer {
                self.buffers.entry(block).or_insert_with(|| buffer_of(object));
            }
        });
    }

    /// The keys of a class point to one block more.
    fn claim_names(&mut self, kind: &TypeObject, object: &Object) {
        let Some([_, names]) = blocks_of_shared_keys(kind) else { return };
        if self.wanted_around(names) == Some(names) {
            self.buffers.entry(names).or_insert_with(|| format!("names in {}", buffer_of(object)));
        }
    }

    /// The block around an address, if it is asked for.
    fn wanted_around(&self, address: usize) -> Option<usize> {
        let behind = self.wanted.partition_point(|(start, _)| *start <= address);
        let (start, end) = *self.wanted.get(behind.checked_sub(1)?)?;
        (address < end).then_some(start)
    }

    fn tenant(&mut self, cx: &Interpreter, block: Block) -> TenantKind {
        if let Some(facts) = self.objects.remove(&block.address) {
            return TenantKind::Object(facts);
        }
        if let Some(what) = self.buffers.remove(&block.address) {
            return TenantKind::Buffer(what);
        }
        match self.unreached_object(cx, block) {
            Some(facts) => TenantKind::Object(facts),
            None => TenantKind::Buffer("of native code under way".to_owned()),
        }
    }

    /// An object that only native code holds, such as an argument of the running call: a block with a count and the
    /// address of a type where they belong.
    fn unreached_object(&self, cx: &Interpreter, block: Block) -> Option<ObjectFacts> {
        [Prefix::None, Prefix::Gc, Prefix::Instance].into_iter().find_map(|prefix| {
            let address = block.address + prefix.bytes();
            let count = cx.space.heap.peek(address).filter(|count| (1..1 << 32).contains(count))?;
            let kind = cx.space.heap.peek(address + WORD)?;
            let (_, name) = self.types.get(&kind).filter(|(needed, _)| *needed == prefix)?;
            Some(ObjectFacts {
                address,
                type_name: name.clone(),
                shown: HELD_NATIVELY.to_owned(),
                count,
                generation: None,
            })
        })
    }
}

const WORD: usize = size_of::<usize>();

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

/// What to call a buffer of an object.
fn buffer_of(object: &Object) -> String {
    let (name, address) = (object.type_name(), object.address());
    match (what_is_apart(object), object.as_type()) {
        (Some(what), _) => format!("{what} of {name} {address:#x}"),
        (None, Some(kind)) => format!("keys of class {}", kind.name_text()),
        (None, None) if object.kind().lifecycle.prefix == Prefix::Instance => format!("{name} {address:#x}"),
        (None, None) => format!("part of {name} {address:#x}"),
    }
}

/// What an object of this layout keeps in a block of its own.
fn what_is_apart(object: &Object) -> Option<&'static str> {
    let by_layout: [(bool, &'static str); 9] = [
        (object.as_list().is_some(), "items"),
        (object.as_dict().is_some(), "table"),
        (object.as_any_set().is_some(), "table"),
        (object.layout::<Deque>().is_some(), "ring"),
        (object.layout::<ByteArray>().is_some(), "bytes"),
        (object.layout::<Array>().is_some(), "items"),
        (object.layout::<Structure>().is_some(), "codes"),
        (object.layout::<Generator>().is_some(), "registers"),
        (object.layout::<Frame>().is_some(), "registers"),
    ];
    by_layout.into_iter().find_map(|(fits, what)| fits.then_some(what))
}
