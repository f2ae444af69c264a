//! Why an object lives: the shortest way from a frame or from the interpreter to it; for garbage, the cycle that keeps it.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::names::Names;
use super::owners::{each, named};
use super::places::{Place, each_reference};
use super::roots::{Role, Source, each_root, told};
use super::{Cell, Mark, Report, graph};
use crate::gc::each_referent;
use crate::object::{Object, ObjectRef};
use crate::runtime::Interpreter;

/// The heap as addresses: who refers to whom.
struct Web {
    objects: FxHashMap<usize, ObjectRef>,
    /// In the order in which they are met, so that every run walks alike.
    order: Vec<usize>,
    names: Names,
}

/// The shortest path from a root to the object, a row for each step.
pub fn why_alive(cx: &Interpreter, object: &Object) -> Report {
    let mut report =
        Report::new("why_alive", format!("why {} is alive", named(cx, object)), &["place", "object"]);
    let web = Web::new(cx);
    let roots = roots(cx, &web);
    match web.path_from(roots.iter().map(|(address, _)| *address), object.address()) {
        Some(path) => tell_path(cx, &web, &roots, &path, &mut report),
        None => tell_garbage(cx, &web, object, &mut report),
    }
    report
}

/// What frames hold, then what the interpreter holds; not what the question itself does.
fn roots(cx: &Interpreter, web: &Web) -> Vec<(usize, Source)> {
    let (mut frames, mut interpreter) = (Vec::new(), Vec::new());
    let innermost = cx.thread.stack.records().len().wrapping_sub(1);
    each_root(cx, &mut |root| match &root.source {
        Source::Frame { role: Role::ThisCall, .. } => {}
        Source::Frame { role: Role::Callee, depth } if *depth == innermost => {}
        Source::Frame { .. } if root.object.is_some() => frames.push((root.address, root.source)),
        Source::Frame { .. } => {}
        Source::Interpreter(_) => interpreter.push((root.address, root.source)),
    });
    frames.extend(interpreter);
    frames.retain(|(address, _)| web.objects.contains_key(address));
    frames
}

impl Web {
    fn new(cx: &Interpreter) -> Self {
        let mut web = Self { objects: FxHashMap::default(), order: Vec::new(), names: Names::new(cx) };
        each(cx, &mut |object| {
            web.names.learn(cx, object);
            web.order.push(object.address());
            web.objects.insert(object.address(), object.new_ref());
        });
        web
    }

    fn referents(&self, address: usize) -> Vec<usize> {
        let mut found = Vec::new();
        if let Some(object) = self.objects.get(&address) {
            each_referent(object, &mut |target| found.push(target.address()));
        }
        found
    }

    /// The shortest path to an object that begins at one of these, by breadth.
    fn path_from(&self, starts: impl Iterator<Item = usize>, goal: usize) -> Option<Vec<usize>> {
        let mut before: FxHashMap<usize, usize> = FxHashMap::default();
        let mut waiting = VecDeque::new();
        for start in starts {
            if start == goal {
                return Some(vec![goal]);
            }
            if before.insert(start, start).is_none() {
                waiting.push_back(start);
            }
        }
        while let Some(at) = waiting.pop_front() {
            for target in self.referents(at) {
                if before.contains_key(&target) {
                    continue;
                }
                before.insert(target, at);
                if target == goal {
                    return Some(way(&before, goal));
                }
                waiting.push_back(target);
            }
        }
        None
    }

    /// The shortest way from an object back to itself.
    fn cycle_through(&self, address: usize) -> Option<Vec<usize>> {
        if self.referents(address).contains(&address) {
            return Some(vec![address]);
        }
        let mut path = self.path_from(self.referents(address).into_iter(), address)?;
        path.pop();
        path.insert(0, address);
        Some(path)
    }

    /// A cycle that leads to the object, and the way from it to the object.
    fn cycle_before(&self, goal: usize) -> Option<(Vec<usize>, Vec<usize>)> {
        let mut holders: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for &address in &self.order {
            self.referents(address).into_iter().for_each(|to| holders.entry(to).or_default().push(address));
        }
        let mut next: FxHashMap<usize, usize> = FxHashMap::default();
        next.insert(goal, goal);
        let mut waiting = VecDeque::from([goal]);
        while let Some(at) = waiting.pop_front() {
            if let Some(cycle) = self.cycle_through(at) {
                let mut path = way(&next, at);
                path.reverse();
                return Some((cycle, path));
            }
            for &holder in holders.get(&at).into_iter().flatten() {
                next.entry(holder).or_insert_with(|| {
                    waiting.push_back(holder);
                    at
                });
            }
        }
        None
    }

    /// Where in `from` the reference to `to` stands.
    fn place(&self, cx: &Interpreter, from: usize, to: usize) -> Option<(&Object, Place)> {
        let holder = self.objects.get(&from)?;
        let mut found = None;
        each_reference(cx, holder, Some(to), &mut |place, _| {
            found.get_or_insert(place);
        });
        found.map(|place| (&**holder, place))
    }
}

/// The way to `goal` where each place knows the one before; a start knows itself.
fn way(before: &FxHashMap<usize, usize>, goal: usize) -> Vec<usize> {
    let mut path = vec![goal];
    let mut at = goal;
    while let Some(&previous) = before.get(&at).filter(|previous| **previous != at) {
        path.push(previous);
        at = previous;
    }
    path.reverse();
    path
}

fn tell_path(cx: &Interpreter, web: &Web, roots: &[(usize, Source)], path: &[usize], report: &mut Report) {
    let Some(first) = path.first() else { return };
    let root = roots.iter().find(|(address, _)| address == first);
    let source = root.map(|(_, source)| told(cx, source)).unwrap_or_default();
    report.row([Cell::Text(source.clone()), object_cell(cx, web, *first)]);
    tell_steps(cx, web, path, report);
    draw(cx, web, Some(source), path, Mark::None, report);
}

fn draw(cx: &Interpreter, web: &Web, root: Option<String>, path: &[usize], mark: Mark, report: &mut Report) {
    let objects: Vec<&Object> =
        path.iter().filter_map(|address| web.objects.get(address)).map(|object| &**object).collect();
    let place = |pair: &[usize]| web.place(cx, pair[0], pair[1]).map(|(_, place)| place.label());
    let labels: Vec<String> = path.windows(2).map(|pair| place(pair).unwrap_or_default()).collect();
    report.graph = Some(graph::of_path(cx, root, &objects, &labels, mark));
}

fn tell_steps(cx: &Interpreter, web: &Web, path: &[usize], report: &mut Report) {
    for pair in path.windows(2) {
        let place = web.place(cx, pair[0], pair[1]);
        let place = place.map(|(holder, at)| web.names.told(cx, holder, &at).text).unwrap_or_default();
        report.row([Cell::Text(place), object_cell(cx, web, pair[1])]);
    }
}

fn object_cell(cx: &Interpreter, web: &Web, address: usize) -> Cell {
    web.objects.get(&address).map(|object| named(cx, object)).into()
}

fn tell_garbage(cx: &Interpreter, web: &Web, object: &Object, report: &mut Report) {
    let Some((mut cycle, path)) = web.cycle_before(object.address()) else {
        report.note("Nothing holds it but this call: it dies when the call is over.");
        return;
    };
    if let Some(first) = cycle.first().copied() {
        cycle.push(first);
        report.row([Cell::from("garbage: a cycle begins"), object_cell(cx, web, first)]);
    }
    tell_steps(cx, web, &cycle, report);
    tell_steps(cx, web, &path, report);
    cycle.extend(path.iter().skip(1));
    draw(cx, web, None, &cycle, Mark::Garbage, report);
    report.note(
        "No frame and no module leads to it: the cycle keeps itself alive until the collector finds it.",
    );
}
