//! The bytes that an object causes: its block, part by part, the buffers that belong to it, and what it refers to: which of
//! that would die with it, and which is shared with others.

use rustc_hash::{FxHashMap, FxHashSet};

use super::owners::named;
use super::places::each_reference;
use super::{Cell, Limits, Report};
use crate::gc::each_referent;
use crate::object::{Object, ObjectRef, Prefix};
use crate::runtime::instances::{prefix_of, solid_base};
use crate::runtime::{DictPlace, Interpreter, Typed};
use crate::types::type_type::lifecycle::object_bytes;
use crate::values::deque::Deque;

/// Bytes of a reference.
const WORD: usize = size_of::<usize>();
/// Bytes of the header.
const HEADER: usize = size_of::<Object>();
/// No more references than this are told one by one, unless more are asked for.
const MOST_ROWS: usize = 20;

/// Of so many objects it is asked whether they die.
const MOST_COUNTED: usize = 1_000_000;

/// The bytes of an object.
pub fn size(cx: &Interpreter, object: &Object, limits: Limits) -> Report {
    let title = format!("bytes of {}", named(cx, object));
    let mut report = Report::new("size", title, &["bytes", "part"]);
    let add = |report: &mut Report, bytes: usize, part: String| {
        if bytes > 0 {
            report.row([Cell::Bytes(bytes), Cell::Text(part)]);
        }
    };
    let own = object_bytes(object);
    let apart = apart(cx, object);
    let apart_bytes = apart.iter().filter(|part| part.is_reported).map(|part| part.bytes).sum::<usize>();
    let prefix = object.kind().lifecycle.prefix;
    if prefix == Prefix::Instance {
        add(&mut report, 16, "in front: where attribute values and dict lie".to_owned());
    }
    if prefix.has_gc() {
        add(&mut report, 16, "in front: links of the collector's list".to_owned());
    }
    add(&mut report, HEADER, "header: count and type".to_owned());
    let untold = untold(object);
    let behind = dict_behind(object).saturating_sub(untold);
    let inline = own.saturating_sub(apart_bytes + untold);
    let basic = fixed(object, inline).clamp(HEADER, inline.max(HEADER));
    add(&mut report, basic - HEADER, "fields".to_owned());
    add(&mut report, inline.saturating_sub(basic + behind), contents(object));
    add(&mut report, behind, "behind: where the dict lies".to_owned());
    let block = cx.space.heap.block_at(object.address() - prefix.bytes());
    let reported = own + prefix.bytes() - untold;
    add(
        &mut report,
        untold,
        format!("what its class adds; {} does not tell of it", solid_base(object).name_text()),
    );
    for part in &apart {
        add(&mut report, part.bytes, part.text.clone());
    }
    if let Some(block) = &block {
        let unused = block.size.saturating_sub(prefix.bytes() + inline + untold);
        add(&mut report, unused, format!("unused end of its block of {} bytes", block.size));
    }
    report.footer([Cell::Bytes(reported), Cell::from("sys.getsizeof")]);
    refers_to(cx, object, limits.rows_or(MOST_ROWS), &mut report);
    report
}

/// Bytes that `sys.getsizeof` does not count: int and str tell of what they have themselves, whatever a class adds.
fn untold(object: &Object) -> usize {
    if object.as_int().is_none() && object.as_text().is_none() {
        return 0;
    }
    (object.type_object().basic_size.get() - solid_base(object).basic_size.get()) as usize
}

/// Bytes of the place for a dict behind the items.
fn dict_behind(object: &Object) -> usize {
    if object.type_object().dict_place.get() == DictPlace::Tail { WORD } else { 0 }
}

/// A block of its own that belongs to an object.
struct Apart {
    bytes: usize,
    text: String,
    /// Whether `sys.getsizeof` counts it.
    is_reported: bool,
}

fn apart(cx: &Interpreter, object: &Object) -> Vec<Apart> {
    let mut parts = Vec::new();
    let mut add = |bytes: usize, text: String, is_reported: bool| {
        parts.push(Apart { bytes, text, is_reported });
    };
    if let Some(list) = object.as_list() {
        let (length, room) = (list.len(), list.capacity());
        add(length * WORD, format!("buffer: {}", entries(length, "reference", "references")), true);
        add((room - length) * WORD, format!("buffer: spare room for {} more", room - length), true);
    }
    if let Some(dict) = object.as_dict() {
        let bytes = dict.sizeof().saturating_sub(basic_of_dict(object));
        add(bytes, format!("table, {} in use", entries(dict.len(), "entry", "entries")), true);
    }
    if let Some(set) = object.as_any_set() {
        let bytes = set.sizeof().saturating_sub(object.type_object().basic_size.get() as usize);
        add(bytes, format!("table, {} in use", entries(set.len(), "element", "elements")), true);
    }
    if let Some(deque) = object.layout::<Deque>() {
        add(deque.ring_bytes(), format!("ring: {} items", deque.len()), true);
    }
    if let Some(values) = prefix_of(object).and_then(|prefix| prefix.values.get()) {
        let block = cx.space.heap.block_at(values.block_address());
        let bytes = block.map_or(0, |block| block.size);
        add(bytes, format!("block of attribute values, {} in use", values.len()), false);
    }
    parts
}

fn entries(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Bytes of a dict without its table.
fn basic_of_dict(object: &Object) -> usize {
    object.type_object().basic_size.get() as usize
}

/// Bytes of header and fields, where so many lie in one block.
fn fixed(object: &Object, inline: usize) -> usize {
    if let Some(text) = object.as_text() {
        let width = match text.bound() {
            0..0x100 => 1,
            0x100..0x1_0000 => 2,
            _ => 4,
        };
        return inline.saturating_sub((text.length() + 1) * width);
    }
    object.type_object().basic_size.get() as usize - dict_behind(object)
}

/// What stands behind the fixed fields.
fn contents(object: &Object) -> String {
    if let Some(tuple) = object.as_tuple() {
        return format!("{} items", tuple.len());
    }
    if let Some(text) = object.as_text() {
        return format!("{} characters and their end", text.length());
    }
    if let Some(bytes) = object.as_bytes() {
        return format!("{} bytes and their end", bytes.as_slice().len());
    }
    if object.as_int().is_some() {
        return "digits".to_owned();
    }
    "contents".to_owned()
}

/// The objects that it refers to, and whether they would die with it.
fn refers_to(cx: &Interpreter, object: &Object, most: usize, report: &mut Report) {
    let (mut targets, mut met): (Vec<(String, ObjectRef)>, FxHashSet<usize>) = Default::default();
    each_reference(cx, object, None, &mut |place, target| {
        if met.insert(target.address()) {
            targets.push((place.label(), target.new_ref()));
        }
    });
    if targets.is_empty() {
        return;
    }
    // Each target is held once here.
    let dying = dying_with(object, &targets);
    let mut part = Report::new("refers_to", "what it refers to", &["bytes", "place", "object", "fate"]);
    for (place, target) in targets.iter().take(most) {
        let fate = match dying.contains_key(&target.address()) {
            true => "dies with it".to_owned(),
            false => format!("shared: count {}", target.count() - 1),
        };
        let bytes = object_bytes(target) + target.kind().lifecycle.prefix.bytes();
        part.row([
            Cell::Bytes(bytes),
            Cell::from(place.as_str()),
            Cell::Text(named(cx, target)),
            Cell::Text(fate),
        ]);
    }
    if targets.len() > most {
        part.note(format!("… {} more objects", targets.len() - most));
    }
    if dying.len() >= MOST_COUNTED / 2 {
        part.note("not every object that dies with it was counted");
    }
    let bytes = dying.values().sum::<usize>();
    let many = match dying.len() {
        1 => "1 object dies".to_owned(),
        count => format!("{count} objects die"),
    };
    part.footer([Cell::Bytes(bytes), Cell::Text(format!("{many} with it, directly or not"))]);
    report.part(part);
}

/// The objects whose counts would fall to zero if this one died, with their bytes. Cycles among them stay: only the
/// collector finds those.
fn dying_with(object: &Object, held_here: &[(String, ObjectRef)]) -> FxHashMap<usize, usize> {
    let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
    held_here.iter().for_each(|(_, held)| {
        counts.insert(held.address(), held.count() - 1);
    });
    let (mut dying, mut waiting) = (FxHashMap::default(), vec![object.new_ref()]);
    while let Some(at) = waiting.pop().filter(|_| counts.len() < MOST_COUNTED) {
        each_referent(&at, &mut |target| {
            if counts.len() >= MOST_COUNTED {
                return;
            }
            let count = counts.entry(target.address()).or_insert_with(|| target.count());
            *count = count.saturating_sub(1);
            if *count == 0 && !target.is(object) && !dying.contains_key(&target.address()) {
                let bytes = object_bytes(target) + target.kind().lifecycle.prefix.bytes();
                dying.insert(target.address(), bytes);
                waiting.push(target.new_ref());
            }
        });
    }
    dying
}
