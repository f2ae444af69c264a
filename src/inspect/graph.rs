//! Drawings: an object with its surroundings, the stack with what it holds, a path. Boxes are objects with their counts,
//! arrows the references between them; frames stand at the left.
//!
//! A drawing must be readable, so it is cut: by depth, by the number of boxes, by the lines of each box; classes, modules
//! and code are left out. Whatever is left out is said in the drawing.

use rustc_hash::{FxHashMap, FxHashSet};

use super::describe::{module_name, short};
use super::names::Names;
use super::owners::each;
use super::places::{Place, as_weak, each_reference};
use super::roots::{GLOBALS, NAMESPACE, Role, Source, each_root, frame_name};
use super::{Cell, Edge, Graph, Limits, Mark, Node, NodeKind, Report, Row};
use crate::gc::each_referent;
use crate::object::weak::live_references;
use crate::object::{Object, ObjectRef};
use crate::runtime::native::BuiltinFunction;
use crate::runtime::{Interpreter, Typed};
use crate::types::support::entries;
use crate::vm::code_object::CodeObject;
use crate::vm::code_of_record;
use crate::vm::function::Function;

/// References are followed so far from the object that is drawn, unless another depth is asked for.
const DEPTH: usize = 3;
/// No more boxes are drawn, unless more are asked for.
const MOST_NODES: usize = 40;
/// No box has more lines, unless more boxes are asked for.
const MOST_LINES: usize = 8;
/// No more objects are drawn that hold the one asked about.
const MOST_HOLDERS: usize = 6;

/// The outermost frame and so many innermost ones are drawn.
const MOST_FRAMES: usize = 10;

/// Ids of frames: no object lies there.
const FRAMES: usize = 1;
/// Ids of modules and the like.
const HOLDERS: usize = 1 << 20;

/// Objects, what they refer to, and who holds them. `held` is how often whoever asks holds each of them, besides the
/// arguments of a running call.
pub fn of_objects(cx: &Interpreter, objects: &[ObjectRef], limits: Limits, held: usize) -> Graph {
    let mut drawing = Drawing::new(cx, limits);
    for object in objects {
        drawing.held_by_caller.push((object.address(), held));
        drawing.add(object, Mark::Subject);
    }
    drawing.follow(0);
    for object in objects {
        drawing.add_holders(object);
    }
    drawing.add_frames(false);
    drawing.finish()
}

/// Objects of which each refers to the next, at the given places; `root` is what holds the first. Each of them is held
/// once by whoever asks.
pub fn of_path(
    cx: &Interpreter,
    root: Option<String>,
    path: &[&Object],
    labels: &[String],
    mark: Mark,
) -> Graph {
    let limits = Limits { depth: Some(0), rows: Some(path.len().max(MOST_NODES)) };
    let mut drawing = Drawing::new(cx, limits);
    for object in path {
        drawing.held_by_caller.push((object.address(), 1));
        drawing.add(object, mark);
    }
    if let (Some(root), Some(first)) = (root, path.first()) {
        drawing.root(root, first.address());
    }
    for (pair, label) in path.windows(2).zip(labels) {
        drawing.edge(pair[0].address(), pair[1].address(), label.clone(), true);
    }
    drawing.held_by_caller.sort_unstable();
    drawing.held_by_caller.dedup();
    drawing.finish()
}

/// Marks what both objects lead to, and what only the second does.
pub fn mark_shared(graph: &mut Graph, first: usize, second: usize) {
    let (of_first, of_second) = (reached(graph, first), reached(graph, second));
    for node in &mut graph.nodes {
        node.mark = match (of_first.contains(&node.id), of_second.contains(&node.id)) {
            (true, true) => Mark::Shared,
            (false, true) => Mark::New,
            _ => Mark::None,
        };
    }
}

fn reached(graph: &Graph, start: usize) -> FxHashSet<usize> {
    let (mut met, mut waiting) = (FxHashSet::from_iter([start]), vec![start]);
    while let Some(at) = waiting.pop() {
        let targets = graph.edges.iter().filter(|edge| edge.from == at && edge.counted).map(|edge| edge.to);
        waiting.extend(targets.filter(|target| met.insert(*target)).collect::<Vec<_>>());
    }
    met
}

/// All frames with what their locals refer to.
pub fn of_stack(cx: &Interpreter, limits: Limits) -> Graph {
    let mut drawing = Drawing::new(cx, limits);
    for object in drawing.locals() {
        drawing.add(&object, Mark::None);
    }
    drawing.follow(0);
    drawing.add_frames(true);
    drawing.finish()
}

/// A drawing as a report: a row for each box.
pub fn report(graph: Graph) -> Report {
    let columns = ["object", "type", "address", "count", "generation", "refers_to"];
    let mut report = Report::new("drawing", "", &columns);
    for node in &graph.nodes {
        let is_object = node.kind == NodeKind::Object;
        let address = if is_object { Cell::Address(node.id) } else { Cell::Nothing };
        let arrows = graph.edges.iter().filter(|edge| edge.from == node.id).count();
        let cells = vec![
            Cell::from(node.label.as_str()),
            Cell::from(node.type_name.as_str()),
            address,
            Cell::from(node.count),
            Cell::from(node.generation.map(usize::from)),
            Cell::from(arrows),
        ];
        let lines = node.lines.iter().map(|line| Row::new([Cell::from(line.as_str())]));
        report.push(Row { cells, rows: lines.collect() });
    }
    graph.left_out.iter().for_each(|line| report.note(format!("left out: {line}")));
    report.graph = Some(graph);
    report
}

/// A drawing under way. Every object in it is held once until it is done.
struct Drawing<'a> {
    cx: &'a Interpreter,
    depth: usize,
    /// No more boxes are drawn.
    boxes: usize,
    /// No box has more lines.
    lines: usize,
    graph: Graph,
    objects: Vec<ObjectRef>,
    places: FxHashMap<usize, usize>,
    /// How often whoever asks holds objects.
    held_by_caller: Vec<(usize, usize)>,
    /// References that are not drawn because of what they lead to.
    plumbing: usize,
    /// Objects for which there was no room.
    without_room: usize,
}

impl<'a> Drawing<'a> {
    fn new(cx: &'a Interpreter, limits: Limits) -> Self {
        Self {
            cx,
            depth: limits.depth_or(DEPTH),
            boxes: limits.rows_or(MOST_NODES),
            lines: limits.rows.map_or(MOST_LINES, |rows| rows.max(MOST_LINES)),
            graph: Graph::default(),
            objects: Vec::new(),
            places: FxHashMap::default(),
            held_by_caller: Vec::new(),
            plumbing: 0,
            without_room: 0,
        }
    }

    /// Draws a box for an object, if there is room. Says whether it has one.
    fn add(&mut self, object: &Object, mark: Mark) -> bool {
        if self.places.contains_key(&object.address()) {
            return true;
        }
        if self.objects.len() >= self.boxes {
            self.without_room += 1;
            return false;
        }
        self.places.insert(object.address(), self.graph.nodes.len());
        self.graph.nodes.push(Node {
            id: object.address(),
            label: short(self.cx, object),
            type_name: object.type_name(),
            mark,
            ..Node::default()
        });
        self.objects.push(object.new_ref());
        true
    }

    /// Follows references from the objects drawn from `first` on, level by level.
    fn follow(&mut self, first: usize) {
        let mut level = first..self.objects.len();
        for _ in 0..self.depth {
            for index in level.clone() {
                let object = self.objects[index].clone();
                self.expand(&object);
            }
            level = level.end..self.objects.len();
        }
        for index in level {
            let object = self.objects[index].clone();
            self.close(&object);
        }
    }

    /// Ends the way at an object: only its references to what is drawn anyway are followed, which is how a cycle shows.
    fn close(&mut self, object: &Object) {
        let (references, count) = self.interesting(object);
        let mut followed = 0;
        for (place, target) in &references {
            if self.is_bare_none(target) {
                self.line(object, format!("{}: None", place.label()));
                followed += 1;
            } else if self.places.contains_key(&target.address()) {
                self.edge(object.address(), target.address(), place.label(), true);
                followed += 1;
            }
        }
        let line = match count - followed {
            0 => String::new(),
            1 => "… 1 reference not followed".to_owned(),
            more => format!("… {more} references not followed"),
        };
        self.line(object, line);
    }

    fn line(&mut self, object: &Object, line: String) {
        if let Some(&index) = self.places.get(&object.address()).filter(|_| !line.is_empty()) {
            self.graph.nodes[index].lines.push(line);
        }
    }

    /// The references that a drawing shows, the first ones of them with those to what is drawn already, and how many there
    /// are.
    fn interesting(&mut self, object: &Object) -> (Vec<(Place, ObjectRef)>, usize) {
        let (mut found, mut all, mut shown, mut plumbing) = (Vec::new(), 0, 0, 0);
        let mut room_for_drawn = self.lines;
        each_reference(self.cx, object, None, &mut |place, target| {
            shown += 1;
            if is_plumbing(self.cx, object, &place, target) {
                plumbing += 1;
            } else if found.len() < self.lines {
                found.push((place, target.new_ref()));
            } else if room_for_drawn > 0 && self.places.contains_key(&target.address()) {
                room_for_drawn -= 1;
                found.push((place, target.new_ref()));
            }
        });
        each_referent(object, &mut |_| all += 1);
        self.plumbing += plumbing;
        debug_assert!(shown <= all);
        (found, all - plumbing)
    }

    fn expand(&mut self, object: &Object) {
        let (references, all) = self.interesting(object);
        for (place, target) in &references {
            if self.is_bare_none(target) {
                self.line(object, format!("{}: None", place.label()));
            } else if self.add(target, Mark::None) {
                self.edge(object.address(), target.address(), place.label(), true);
            } else {
                self.line(object, format!("{}: no room", place.label()));
            }
        }
        if all > references.len() {
            self.line(object, format!("… {} more left out", all - references.len()));
        }
        if let Some(weak) = as_weak(object)
            && let Some(referent) = weak.upgrade()
            && self.add(&referent, Mark::None)
        {
            self.edge(object.address(), referent.address(), "referent".to_owned(), false);
        }
    }

    /// None is written where it stands, as everything leads to it; unless it is what was asked about.
    fn is_bare_none(&self, object: &Object) -> bool {
        self.cx.is_none(object) && !self.places.contains_key(&object.address())
    }

    fn edge(&mut self, from: usize, to: usize, label: String, counted: bool) {
        self.graph.edges.push(Edge { from, to, label, counted });
    }

    /// The objects that refer to one that is drawn, as far as they are not drawn themselves.
    fn add_holders(&mut self, object: &Object) {
        let mut names = Names::new(self.cx);
        let mut holders: Vec<ObjectRef> = Vec::new();
        each(self.cx, &mut |holder| {
            names.learn(self.cx, holder);
            let mut holds = false;
            each_referent(holder, &mut |target| holds |= target.is(object));
            if holds && !self.places.contains_key(&holder.address()) {
                holders.push(holder.new_ref());
            }
        });
        holders.sort_unstable_by_key(|holder| holder.address());
        let running = self.namespaces_of_frames();
        holders.retain(|holder| !running.contains(&holder.address()));
        let left = holders.len().saturating_sub(MOST_HOLDERS);
        for holder in holders.iter().take(MOST_HOLDERS) {
            self.add_holder(&names, holder, object);
        }
        if left > 0 {
            self.graph.left_out.push(format!("{left} more objects that hold {}", short(self.cx, object)));
        }
        for weak in live_references(object).into_iter().take(MOST_HOLDERS) {
            if !self.places.contains_key(&weak.address()) && self.add(&weak, Mark::None) {
                self.edge(weak.address(), object.address(), "referent".to_owned(), false);
            }
        }
    }

    /// What has a name of its own (a module's globals, default arguments) is drawn by that name.
    fn add_holder(&mut self, names: &Names, holder: &Object, object: &Object) {
        let mut places = Vec::new();
        each_reference(self.cx, holder, Some(object.address()), &mut |place, _| places.push(place));
        if names.knows(holder) || holder.layout::<CodeObject>().is_some() {
            for place in places.into_iter().take(MOST_LINES) {
                let label = names.told(self.cx, holder, &place).text;
                self.root(label, object.address());
            }
            return;
        }
        if self.add(holder, Mark::None) {
            for place in places.into_iter().take(MOST_LINES) {
                self.edge(holder.address(), object.address(), place.label(), true);
            }
            let mut here = 0;
            each_referent(holder, &mut |target| here += usize::from(target.is(object)));
            let others = self.interesting(holder).1.saturating_sub(here);
            let line = match others {
                0 => String::new(),
                1 => "… 1 other reference".to_owned(),
                _ => format!("… {others} other references"),
            };
            self.line(holder, line);
        }
    }

    fn root(&mut self, label: String, to: usize) {
        let id = HOLDERS + self.graph.nodes.len();
        self.graph.nodes.push(Node { id, kind: NodeKind::Root, label, ..Node::default() });
        self.edge(id, to, String::new(), true);
    }

    /// The namespaces of running module and class bodies, by address.
    fn namespaces_of_frames(&self) -> Vec<usize> {
        let mut found = Vec::new();
        each_root(self.cx, &mut |root| {
            if let Source::Frame { role: Role::Part(NAMESPACE | GLOBALS), .. } = root.source {
                found.push(root.address);
            }
        });
        found
    }

    /// What locals and globals of frames refer to, outermost frame first.
    fn locals(&self) -> Vec<ObjectRef> {
        let mut found: Vec<(usize, ObjectRef)> = Vec::new();
        each_variable(self.cx, &mut |depth, name, target| {
            let is_shown = !name.starts_with("__") && !self.cx.is_none(target);
            if is_shown && !is_plain(self.cx, target) && !is_bare_function(target) {
                found.push((depth, target.new_ref()));
            }
        });
        found.sort_by_key(|(depth, _)| *depth);
        found.into_iter().map(|(_, object)| object).collect()
    }

    /// Draws frames with those variables that lead to what is drawn. With `all` every frame has a box.
    fn add_frames(&mut self, all: bool) {
        let mut variables: Vec<(usize, String, usize)> = Vec::new();
        each_variable(self.cx, &mut |depth, name, target| {
            variables.push((depth, name.to_owned(), target.address()));
        });
        let count = self.cx.thread.stack.records().len();
        let left_out = 1..count.saturating_sub(MOST_FRAMES).max(1);
        if !left_out.is_empty() {
            self.graph.left_out.push(format!("{} frames between", left_out.len()));
        }
        for depth in (0..count).filter(|depth| !left_out.contains(depth)) {
            let of_frame = variables.iter().filter(|(of, _, _)| *of == depth);
            let (drawn, others): (Vec<_>, Vec<_>) =
                of_frame.partition(|(_, name, target)| self.leads_to_drawn(name, *target));
            if drawn.is_empty() && !all {
                continue;
            }
            let mut node = Node {
                id: FRAMES + depth,
                kind: NodeKind::Frame,
                label: frame_name(self.cx, depth),
                ..Node::default()
            };
            let is_hidden = |name: &str| name.starts_with("__") || name.starts_with(TEMPORARY);
            let (none, others): (Vec<_>, Vec<_>) = others
                .into_iter()
                .filter(|(_, name, _)| !is_hidden(name))
                .partition(|(_, _, target)| all && self.cx.none.address() == *target);
            node.lines.extend(none.iter().map(|(_, name, _)| format!("{name}: None")));
            match others.len() {
                0 => {}
                1 => node.lines.push("… 1 other variable".to_owned()),
                others => node.lines.push(format!("… {others} other variables")),
            }
            self.graph.nodes.push(node);
            for (_, name, target) in drawn {
                self.edge(FRAMES + depth, *target, name.clone(), true);
            }
        }
    }

    /// Whether a variable gets an arrow: one to what is drawn, which is not just what every module has, unless that is
    /// what was asked about.
    fn leads_to_drawn(&self, name: &str, target: usize) -> bool {
        let Some(&index) = self.places.get(&target) else { return false };
        !name.starts_with("__") || self.graph.nodes[index].mark == Mark::Subject
    }

    /// Writes the counts and says what was left out.
    fn finish(mut self) -> Graph {
        let wanted = self.objects.iter().map(|object| (object.address(), None)).collect();
        let generations = crate::gc::generations_of(&self.cx.space, wanted);
        for object in &self.objects {
            let held = self.held_by_caller.iter().find(|(address, _)| *address == object.address());
            let here = 1 + held.map_or(0, |(_, times)| *times);
            let node = &mut self.graph.nodes[self.places[&object.address()]];
            node.count = Some(object.count().saturating_sub(here + asking(self.cx, object)));
            node.generation = generations.get(&object.address()).copied();
        }
        if self.plumbing > 0 {
            self.graph.left_out.push(
                "classes, modules, code, globals of functions, text keys (counts tell of all references)"
                    .to_owned(),
            );
        }
        if self.without_room > 0 {
            self.graph.left_out.push(format!("{} references to further objects", self.without_room));
        }
        self.graph
    }
}

/// The references to an object that the call which asks for the drawing holds.
fn asking(cx: &Interpreter, object: &Object) -> usize {
    let mut count = 0;
    each_root(cx, &mut |root| {
        let asks = matches!(root.source, Source::Frame { role: Role::ThisCall, .. });
        count += usize::from(asks && root.address == object.address());
    });
    count
}

/// How the line of a temporary begins.
const TEMPORARY: &str = "temporary r";

/// Shows the variables of all frames: locals, names of module and class bodies, and temporaries.
fn each_variable(cx: &Interpreter, show: &mut dyn FnMut(usize, &str, &Object)) {
    // A module's globals are its namespace too.
    let mut shown = None;
    each_root(cx, &mut |root| match (&root.source, root.object) {
        (Source::Frame { depth, role: Role::Local(name) }, Some(object)) => show(*depth, name, object),
        (Source::Frame { depth, role: Role::Temporary(register) }, Some(object)) => {
            show(*depth, &format!("{TEMPORARY}{register}"), object);
        }
        (Source::Frame { depth, role: Role::Part(NAMESPACE | GLOBALS) }, Some(object))
            if shown.replace((*depth, root.address)) != Some((*depth, root.address)) =>
        {
            for (key, value) in object.as_dict().map(entries).unwrap_or_default() {
                let name = key.as_text().map(super::describe::text_of).unwrap_or_default();
                show(*depth, &name, &value);
            }
        }
        _ => {}
    });
}

/// What a drawing of data leaves out: what the interpreter needs to run the program.
fn is_plumbing(cx: &Interpreter, holder: &Object, place: &Place, target: &Object) -> bool {
    let of_function = holder.layout::<Function>().is_some();
    let wanted = ["__defaults__", "__kwdefaults__", "__closure__", "__dict__"];
    match place {
        Place::Class => true,
        Place::Key(_) => target.as_text().is_some(),
        Place::Field(name) if of_function => !wanted.contains(&name.as_str()),
        Place::Field(name) if name.contains("code") || name.contains("name") || name == "f_globals" => true,
        Place::Field(name) if name == "function" => true,
        _ => is_plain(cx, target),
    }
}

/// Classes, modules, code and native functions.
fn is_plain(cx: &Interpreter, object: &Object) -> bool {
    object.as_type().is_some()
        || module_name(cx, object).is_some()
        || object.layout::<CodeObject>().is_some()
        || object.layout::<BuiltinFunction>().is_some()
        || code_runs(cx, object)
}

/// A function that keeps nothing but its code.
fn is_bare_function(object: &Object) -> bool {
    let keeps = |function: &Function| {
        function.closure.is_some() || function.defaults.is_some() || function.keyword_defaults.is_some()
    };
    object.layout::<Function>().is_some_and(|function| !keeps(function))
}

/// Whether an object is the code or the namespace of a running module.
fn code_runs(cx: &Interpreter, object: &Object) -> bool {
    cx.thread.stack.records().iter().any(|record| {
        let code = code_of_record(record);
        std::ptr::eq(code as *const CodeObject as *const Object, object)
            || std::ptr::eq(record.globals, object)
    })
}
