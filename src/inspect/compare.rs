//! Two objects side by side: what both share, what is a copy, what differs. So assignment, copy and deepcopy are told
//! apart.

use rustc_hash::FxHashSet;

use super::describe::{place, short};
use super::owners::named;
use super::places::{Place, each_reference};
use super::render::text::shortened;
use super::{Cell, Limits, Report, Row, graph};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Typed};

/// Deeper parts are not compared, unless another depth is asked for.
const DEPTH: usize = 6;
/// Values are cut behind so many characters.
const VALUE: usize = 17;
/// No more parts than this are compared, unless more are asked for.
const MOST_ROWS: usize = 100;

/// The same place in both, with what stands there.
struct Pair {
    place: String,
    left: Option<ObjectRef>,
    right: Option<ObjectRef>,
}

/// Compares two objects place by place. `held` is how often whoever asks holds each of them, besides the arguments of a
/// running call.
pub fn compare(cx: &Interpreter, left: &Object, right: &Object, held: usize, limits: Limits) -> Report {
    let times = 1 + usize::from(left.is(right));
    let objects = [left.new_ref(), right.new_ref()];
    let mut drawing = graph::of_objects(cx, &objects, limits, times + held * times);
    drop(objects);
    graph::mark_shared(&mut drawing, left.address(), right.address());
    let (depth, most) = (limits.depth_or(DEPTH), limits.rows_or(MOST_ROWS));
    let mut comparison =
        Comparison { cx, depth, most, left: most, met: FxHashSet::default(), shared: 0, new: 0 };
    let mut report = Report::new("compare", "", &["place", "first", "second", "they_are"]);
    let pair = Pair {
        place: "the objects themselves".to_owned(),
        left: Some(left.new_ref()),
        right: Some(right.new_ref()),
    };
    report.title = match left.is(right) {
        true => format!("one object twice: {}", named(cx, left)),
        false => format!("{} and {}", place(left), place(right)),
    };
    let row = comparison.row(&pair, 0);
    report.push(row);
    let plural = |count: usize| if count == 1 { "object is" } else { "objects are" };
    let (shared, new) = (comparison.shared, comparison.new);
    report.note(format!("{shared} {} shared, {new} {} the second's own", plural(shared), plural(new)));
    if comparison.left == 0 {
        report.note("the rest was not compared");
    }
    report.graph = Some(drawing);
    report
}

struct Comparison<'a> {
    cx: &'a Interpreter,
    depth: usize,
    most: usize,
    left: usize,
    met: FxHashSet<(usize, usize)>,
    shared: usize,
    new: usize,
}

impl Comparison<'_> {
    fn row(&mut self, pair: &Pair, depth: usize) -> Row {
        self.left = self.left.saturating_sub(1);
        let shown = |object: &Option<ObjectRef>| Cell::from(object.as_ref().map(|it| self.shown(it)));
        let (first, second) = (shown(&pair.left), shown(&pair.right));
        let (relation, parts) = match (&pair.left, &pair.right) {
            (Some(left), Some(right)) => self.relation(left, right, depth),
            (None, _) => ("only in the second", Vec::new()),
            (_, None) => ("only in the first", Vec::new()),
        };
        let mut row = Row::new([Cell::from(pair.place.as_str()), first, second, Cell::from(relation)]);
        for part in &parts {
            if self.left == 0 {
                break;
            }
            row.rows.push(self.row(part, depth + 1));
        }
        row
    }

    fn shown(&self, object: &Object) -> String {
        let (value, address) = (short(self.cx, object), format!("{:#x}", object.address()));
        if value.ends_with(&address) { value } else { format!("{} {address}", shortened(&value, VALUE)) }
    }

    fn relation(&mut self, left: &Object, right: &Object, depth: usize) -> (&'static str, Vec<Pair>) {
        let is_new = self.met.insert((left.address(), right.address()));
        if left.is(right) {
            self.shared += usize::from(is_new);
            return ("the same object", Vec::new());
        }
        self.new += usize::from(is_new);
        if !is_new {
            return ("two objects, compared above", Vec::new());
        }
        if !std::ptr::eq(left.type_object(), right.type_object()) {
            return ("of different types", Vec::new());
        }
        let parts = if depth < self.depth { self.parts(left, right) } else { Vec::new() };
        ("two objects", parts)
    }

    /// The places of both, those of the first in order, then those that only the second has.
    fn parts(&self, left: &Object, right: &Object) -> Vec<Pair> {
        let (of_left, mut of_right) = (self.places(left), self.places(right));
        let mut pairs: Vec<Pair> = Vec::new();
        for (place, object) in of_left {
            let same = of_right.iter().position(|(other, _)| *other == place);
            let right = same.map(|index| of_right.remove(index).1);
            pairs.push(Pair { place: place.label(), left: Some(object), right });
        }
        let rest = of_right.into_iter();
        pairs.extend(rest.map(|(place, it)| Pair { place: place.label(), left: None, right: Some(it) }));
        pairs
    }

    /// Values that parts of a comparison are made of: not keys, and not the class.
    fn places(&self, object: &Object) -> Vec<(Place, ObjectRef)> {
        let mut found = Vec::new();
        each_reference(self.cx, object, None, &mut |place, target| {
            if !matches!(place, Place::Key(_) | Place::Class) && found.len() < self.most {
                found.push((place, target.new_ref()));
            }
        });
        found
    }
}
