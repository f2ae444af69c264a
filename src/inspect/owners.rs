//! Who holds an object: every reference to it with its place. The law: the counts of the rows add up to what
//! `sys.getrefcount` says. What no walk finds is held by native code under way, and is a row too.

mod further;

use super::describe::{place, short};
use super::names::Names;
use super::places::{MOST_SHOWN, each_reference};
use super::render::text::shortened;
use super::roots::{Role, Source, each_root, told};
use super::{Cell, Edge, Graph, Limits, Mark, Node, NodeKind, Report, Row};
use crate::gc::{census, each_referent};
use crate::object::weak::live_references;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, TypeFlags, Typed};

/// Of no more objects the places are told.
const MOST_HOLDERS: usize = 10_000;
/// More rows than this are told in groups, unless more are asked for.
const MOST_ROWS: usize = 40;
/// So many rows of each group are told one by one.
const ROWS_OF_GROUP: usize = 4;

/// Longer values are cut, so that there is room for the address behind them.
const LONGEST_VALUE: usize = 44;

/// One reference, or several of the same sort.
struct Owner {
    rank: u8,
    count: usize,
    text: String,
    group: String,
    holder: Option<usize>,
    /// Who holds the holder.
    owners: Vec<Owner>,
}

/// Every reference to `object` with its place; with a depth of two or more who holds the holders, too.
pub fn owners(cx: &Interpreter, object: &Object, limits: Limits) -> Report {
    told_of(cx, object, None, limits)
}

/// The same where native code asks that holds the object once, and is to be called so.
pub fn asked(cx: &Interpreter, object: &Object, asker: &str, limits: Limits) -> Report {
    told_of(cx, object, Some(asker), limits)
}

fn told_of(cx: &Interpreter, object: &Object, asker: Option<&str>, limits: Limits) -> Report {
    let count = object.count();
    let rows = limits.rows_or(MOST_ROWS);
    let found = found(cx, object, count, asker, rows);
    let mut report = Report::new("owners", title(cx, object), &["count", "place", "holder"]);
    let sum = found.iter().map(|owner| owner.count).sum::<usize>();
    let mut told = grouped(found, rows);
    further::add_owners(cx, &mut told, object.address(), limits.depth_or(1), rows);
    told.into_iter().for_each(|owner| report.push(owner.into_row()));
    not_counted(object, &mut report);
    report.footer([Cell::from(count), Cell::from("sys.getrefcount")]);
    report.graph = Some(drawing(cx, object, count, &report));
    if sum != count {
        report.note(format!("{sum} references were found, which is more than the count"));
    }
    report
}

/// Every row as a box with an arrow; those that do not count are dashed.
fn drawing(cx: &Interpreter, object: &Object, count: usize, report: &Report) -> Graph {
    let mut graph = Graph::default();
    graph.nodes.push(Node {
        id: object.address(),
        label: short(cx, object),
        type_name: object.type_name(),
        count: Some(count),
        generation: crate::gc::generation_of(&cx.space, object.address()),
        mark: Mark::Subject,
        ..Node::default()
    });
    draw_rows(&mut graph, &report.rows, object.address());
    graph
}

/// A box for each row, and for each of its own rows.
fn draw_rows(graph: &mut Graph, rows: &[Row], to: usize) {
    for row in rows {
        let id = graph.nodes.len();
        let label = match row.cell(0) {
            Cell::Integer(0 | 1) => row.cell(1).to_text(),
            several => format!("{} × {}", several.to_text(), row.cell(1).to_text()),
        };
        let counted = *row.cell(0) != Cell::Integer(0);
        graph.nodes.push(Node { id, kind: NodeKind::Root, label, ..Node::default() });
        graph.edges.push(Edge { from: id, to, label: String::new(), counted });
        draw_rows(graph, &row.rows, id);
    }
}

impl Owner {
    fn into_row(self) -> Row {
        let holder = self.holder.map_or(Cell::Nothing, Cell::Address);
        let cells = vec![Cell::from(self.count), Cell::Text(self.text), holder];
        Row { cells, rows: self.owners.into_iter().map(Self::into_row).collect() }
    }
}

fn title(cx: &Interpreter, object: &Object) -> String {
    format!("owners of {}", named(cx, object))
}

/// An object by value and place: `[1, 2] (list 0x...)`.
pub fn named(cx: &Interpreter, object: &Object) -> String {
    let (value, place) = (short(cx, object), place(object));
    if value == place { value } else { format!("{} ({place})", shortened(&value, LONGEST_VALUE)) }
}

/// All references to the object, those that tell most first.
fn found(cx: &Interpreter, object: &Object, count: usize, asker: Option<&str>, rows: usize) -> Vec<Owner> {
    let (mut owners, doubtful) = from_roots(cx, object);
    owners.extend(from_objects(cx, object, rows));
    owners.extend(asker.map(|asker| row(10, asker.to_owned(), None, 1)));
    let sum = |owners: &[Owner]| owners.iter().map(|owner| owner.count).sum::<usize>();
    let room = count.saturating_sub(sum(&owners));
    owners.extend(doubtful.into_iter().take(room));
    let native = count.saturating_sub(sum(&owners));
    if native > 0 {
        owners.push(row(9, "held by native code".to_owned(), None, native));
    }
    owners.sort_by_key(|owner| (owner.rank, owner.holder));
    owners
}

fn row(rank: u8, text: String, holder: Option<usize>, count: usize) -> Owner {
    Owner { rank, count, group: text.clone(), text, holder, owners: Vec::new() }
}

/// References of frames and of the interpreter, and those of registers that may be given up already.
fn from_roots(cx: &Interpreter, object: &Object) -> (Vec<Owner>, Vec<Owner>) {
    let (mut sure, mut doubtful): (Vec<Owner>, Vec<Owner>) = Default::default();
    each_root(cx, &mut |root| {
        if root.address != object.address() {
            return;
        }
        let rank = rank(&root.source);
        let text = told(cx, &root.source);
        if let Some(known) = sure.iter_mut().find(|known| known.text == text && known.rank == rank) {
            known.count += 1;
        } else if root.object.is_some() || matches!(root.source, Source::Interpreter(_)) {
            sure.push(row(rank, text, None, 1));
        } else {
            doubtful.push(row(rank, text, None, 1));
        }
    });
    (sure, doubtful)
}

fn rank(source: &Source) -> u8 {
    match source {
        Source::Frame { role: Role::Local(_), .. } => 0,
        Source::Frame { role: Role::ThisCall, .. } => 10,
        Source::Frame { .. } => 1,
        Source::Interpreter(_) => 8,
    }
}

/// References of other objects.
fn from_objects(cx: &Interpreter, object: &Object, rows: usize) -> Vec<Owner> {
    let mut names = Names::new(cx);
    let (mut holders, mut further): (Vec<(ObjectRef, usize)>, usize) = Default::default();
    each(cx, &mut |holder| {
        names.learn(cx, holder);
        let mut held = 0;
        each_referent(holder, &mut |target| held += usize::from(target.is(object)));
        if held > 0 && holders.len() < MOST_HOLDERS {
            holders.push((holder.new_ref(), held));
        } else {
            further += held;
        }
    });
    holders.sort_unstable_by_key(|(holder, _)| holder.address());
    let mut owners = Vec::new();
    for (holder, held) in &holders {
        of_holder(cx, &names, holder, object.address(), *held, rows, &mut owners);
    }
    if further > 0 {
        owners.push(row(7, "… of further objects".to_owned(), None, further));
    }
    owners
}

/// The references of one object: one by one, or the first ones and the rest in a row.
fn of_holder(
    cx: &Interpreter,
    names: &Names,
    holder: &Object,
    target: usize,
    held: usize,
    rows: usize,
    owners: &mut Vec<Owner>,
) {
    let most = if held <= rows { held } else { ROWS_OF_GROUP };
    let (mut shown, mut last) = (0, None);
    each_reference(cx, holder, Some(target), &mut |at, _| {
        shown += 1;
        if shown <= most {
            let told = names.told(cx, holder, &at);
            let (text, group, rank) = (told.text, told.group, told.rank);
            last = Some((rank, group.clone()));
            owners.push(Owner { group, ..row(rank, text, Some(holder.address()), 1) });
        }
    });
    debug_assert!(shown == held || held > MOST_SHOWN);
    if held > most {
        let (rank, group) = last.unwrap_or((7, String::new()));
        let text = format!("… more in {}", place(holder));
        owners.push(Owner { group, ..row(rank, text, Some(holder.address()), held - most) });
    }
}

/// Every object that lists, frames and the interpreter lead to, by address.
pub fn each(cx: &Interpreter, show: &mut dyn FnMut(&Object)) {
    let roots = |visitor: &mut crate::object::Visitor<'_>| {
        cx.visit_roots(visitor);
        each_root(cx, &mut |root| {
            if let Some(object) = root.object {
                visitor(object.pointer());
            }
        });
    };
    census(&cx.space, &roots, &mut |object, _| show(object));
}

/// As they are, or where they are many, some of each group and the rest in one row.
fn grouped(owners: Vec<Owner>, rows: usize) -> Vec<Owner> {
    if owners.len() <= rows {
        return owners;
    }
    let (mut told, mut groups): (Vec<Owner>, Vec<(String, usize)>) = Default::default();
    for owner in owners {
        let place = groups.iter().position(|(group, _)| *group == owner.group);
        let place = place.unwrap_or_else(|| {
            groups.push((owner.group.clone(), 0));
            groups.len() - 1
        });
        groups[place].1 += 1;
        if groups[place].1 <= ROWS_OF_GROUP {
            told.push(owner);
            continue;
        }
        let text = format!("… more {}", owner.group);
        match told.iter_mut().find(|known| known.text == text) {
            Some(rest) => rest.count += owner.count,
            None => told.push(Owner { text, holder: None, ..owner }),
        }
    }
    told
}

/// Who knows the object without counting.
fn not_counted(object: &Object, report: &mut Report) {
    let mut add = |text: String, holder: usize| {
        report.row([Cell::Integer(0), Cell::Text(text), Cell::Address(holder)]);
    };
    for weak in live_references(object) {
        let kind = if weak.type_object().slots.call.get().is_some() { "reference" } else { "proxy" };
        add(format!("weak {kind} {:#x} (not counted)", weak.address()), weak.address());
    }
    let Some(kind) = object.as_type().filter(|kind| !kind.has(TypeFlags::HEAP)) else { return };
    for base in kind.bases.get().iter().flat_map(|bases| bases.items()) {
        let name = base.as_type().map(|base| base.name_text()).unwrap_or_default();
        add(format!("subclasses of class {name} (not counted)"), base.address());
    }
}
