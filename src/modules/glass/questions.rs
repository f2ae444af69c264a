//! The questions that can be asked of a heap, by their names: the module's functions, the prompt's commands and the
//! program's subcommands ask them here. Objects are handed over, so that nothing is held but what the question holds.

use crate::gc::OLDEST;
use crate::inspect::{
    Limits, Report, compare, diff, dis, graph, lives, map, owners, paths, pool, retold, size, stack,
};
use crate::modules::gc::collect_recorded;
use crate::modules::tracemalloc::place_of;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Outcome, Typed};

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Who holds an object.
    Owners,
    /// What keeps an object alive.
    Why,
    /// Arenas and pools.
    Map,
    /// The pool around an object.
    Pool,
    /// The bytes of an object.
    Size,
    /// The frames.
    Stack,
    /// A collection retold.
    Collect,
    /// The life of a watched object.
    Life,
    /// What has changed since the last look.
    Diff,
    /// Two objects side by side.
    Compare,
    /// The bytecode of a function.
    Dis,
    /// Objects drawn.
    Draw,
}

impl Question {
    /// All of them with their names.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("owners", Self::Owners),
        ("why", Self::Why),
        ("map", Self::Map),
        ("pool", Self::Pool),
        ("size", Self::Size),
        ("stack", Self::Stack),
        ("gc", Self::Collect),
        ("life", Self::Life),
        ("diff", Self::Diff),
        ("compare", Self::Compare),
        ("dis", Self::Dis),
        ("draw", Self::Draw),
    ];

    /// By its name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, question)| *question)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, question)| *question == self).map_or("", |(name, _)| *name)
    }

    /// How many objects it is about. (A drawing is of any number.)
    pub fn objects(self) -> usize {
        match self {
            Self::Map | Self::Stack | Self::Collect | Self::Diff => 0,
            Self::Compare => 2,
            _ => 1,
        }
    }
}

/// What a limit means to a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// `--depth N`, where it means anything.
    pub depth: Option<&'static str>,
    /// `--limit N`.
    pub rows: Option<&'static str>,
}

impl Question {
    /// What the limits mean to it.
    pub fn meaning(self) -> Meaning {
        let (depth, rows) = match self {
            Self::Owners => {
                (Some("who holds the holders, N levels (1)"), Some("N rows before they are grouped (40)"))
            }
            Self::Compare => (Some("compare N levels of parts (6)"), Some("compare N parts (100)")),
            Self::Draw => (Some("follow references N times (3)"), Some("draw N boxes (40)")),
            Self::Stack => {
                (Some("in a drawing, follow references N times (3)"), Some("N frames in full (20)"))
            }
            Self::Collect => (None, Some("N objects of the trash and N survivors (100)")),
            Self::Map => (None, Some("N pools one by one (256)")),
            Self::Size => (None, Some("N of the objects that it refers to (20)")),
            _ => (None, None),
        };
        Meaning { depth, rows }
    }

    /// What is wrong about limits for this question, if anything is.
    pub fn refuses(self, limits: Limits) -> Option<&'static str> {
        let Meaning { depth, rows } = self.meaning();
        match limits {
            Limits { depth: Some(_), .. } if depth.is_none() => Some("takes no --depth"),
            Limits { rows: Some(_), .. } if rows.is_none() => Some("takes no --limit"),
            _ => None,
        }
    }
}

/// Who holds the objects of a question that is asked from outside of a program.
const ASKER: &str = "this question";

/// Answers a question that no program asks but its user. The objects are held once each.
///
/// # Errors
/// Where the question makes no sense for such an object, as the function of the module.
pub fn answer(
    cx: &Interpreter,
    question: Question,
    objects: Vec<ObjectRef>,
    limits: Limits,
) -> Outcome<Report> {
    let object = |index: usize| objects.get(index).cloned().unwrap_or_else(|| cx.none());
    match question {
        Question::Map => Ok(map::map(cx, limits)),
        Question::Stack => Ok(last_stack(cx, limits)),
        Question::Collect => collection(cx, OLDEST, limits),
        Question::Diff => Ok(difference(cx)),
        Question::Draw => Ok(graph::report(graph::of_objects(cx, &objects, limits, 1))),
        Question::Owners => Ok(owners::asked(cx, &hold_once(objects, cx), ASKER, limits)),
        Question::Pool => {
            let place = pool_address(cx, &object(0));
            drop(objects);
            pool_at(cx, place)
        }
        Question::Why => Ok(paths::why_alive(cx, &hold_once(objects, cx))),
        Question::Size => Ok(size::size(cx, &hold_once(objects, cx), limits)),
        Question::Life => life(cx, &hold_once(objects, cx)),
        Question::Dis => listing(&hold_once(objects, cx), cx),
        Question::Compare => {
            let (left, right) = (object(0), object(1));
            drop(objects);
            Ok(compare::compare(cx, &left, &right, 1, limits))
        }
    }
}

/// The first object, with the only reference of the question.
fn hold_once(objects: Vec<ObjectRef>, cx: &Interpreter) -> ObjectRef {
    objects.into_iter().next().unwrap_or_else(|| cx.none())
}

/// The stack, or where nothing runs, that of the exception which nobody has handled.
fn last_stack(cx: &Interpreter, limits: Limits) -> Report {
    let traceback = cx.sys.get_text(&cx.names.last_traceback);
    match traceback.filter(|traceback| cx.thread.stack.records().is_empty() && !cx.is_none(traceback)) {
        Some(traceback) => stack::of_traceback(cx, &traceback, limits),
        None => stack::stack(cx, limits),
    }
}

/// A collection retold.
pub fn collection(cx: &Interpreter, number: usize, limits: Limits) -> Outcome<Report> {
    let mut before = retold::Before::default();
    match collect_recorded(cx, number, &mut || before = retold::before(cx, number)) {
        Some(report) => Ok(retold::retell(&before, &report, limits)),
        None => Err(cx.runtime_error("a collection is under way")),
    }
}

/// The place that an object means: that of an address in the heap, or its own.
pub fn pool_address(cx: &Interpreter, object: &Object) -> usize {
    address_in(cx, object).unwrap_or_else(|| object.address())
}

/// The address that an exact int stands for: one in the range of the heap.
fn address_in(cx: &Interpreter, object: &Object) -> Option<usize> {
    let int = object.as_int().filter(|_| object.is_exactly(&cx.types.int))?;
    let address = usize::try_from(int.to_i64()?).ok()?;
    cx.space.heap.owns(address).then_some(address)
}

/// The pool around an address.
pub fn pool_at(cx: &Interpreter, address: usize) -> Outcome<Report> {
    pool::pool(cx, address).ok_or_else(|| cx.value_error("no block of the heap is there"))
}

/// The bytecode of a function.
pub fn listing(object: &Object, cx: &Interpreter) -> Outcome<Report> {
    dis::dis(object)
        .ok_or_else(|| cx.type_error(format_args!("{} objects have no bytecode", object.type_name())))
}

/// Begins to follow an object, which whoever asks holds once. Gives the number of its life.
pub fn watch(cx: &Interpreter, object: &Object) -> usize {
    let block = object.address() - object.kind().lifecycle.prefix.bytes();
    lives::watch(cx, object, place_of(cx, block))
}

/// Forgets the life of an object, or all lives. Says whether there was one.
pub fn unwatch(cx: &Interpreter, object: Option<&Object>) -> bool {
    match object {
        None => lives::unwatch(cx, None),
        Some(object) => lives::number_of(cx, object).is_some_and(|number| lives::unwatch(cx, Some(number))),
    }
}

/// The life of a watched object, by itself, its number or its address.
pub fn life(cx: &Interpreter, object: &Object) -> Outcome<Report> {
    let told = lives::number_of(cx, object).and_then(|number| lives::life(cx, number, object));
    told.ok_or_else(|| cx.value_error("that is not watched: glass.watch() tells what is"))
}

/// What has changed since the last look.
pub fn difference(cx: &Interpreter) -> Report {
    diff::diff(cx, &|block| place_of(cx, block))
}
