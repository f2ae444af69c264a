//! The collector under the loop: programs with classes, `__del__` and weak references, judged by the log they leave.
//! Each runs plainly, and once with a collection and a check of the heap at every safe point.

use std::rc::Rc;

use glasspy::compile::{Mode, Options as CompileOptions, compile_module};
use glasspy::modules::{gc, weakref};
use glasspy::object::ObjectRef;
use glasspy::runtime::{Interpreter, Options, Outcome};
use glasspy::syntax::parse_module;
use glasspy::{types, vm};

fn check(source: &str, expected: &str) {
    for stress in [false, true] {
        let options =
            Options { native_stack: 1 << 20, stress_gc: stress, verify_heap: stress, ..Options::default() };
        assert_eq!(log_of(source, options), expected, "with stress: {stress}");
    }
}

/// Runs a program with `gc`, `ref`, `proxy`, `count` and `log`, and gives the log's repr.
fn log_of(source: &str, options: Options) -> String {
    let cx: &Interpreter = Box::leak(Box::new(Interpreter::new_bare(options).expect("an interpreter")));
    let log = run(cx, source);
    let Ok(log) = log else {
        let exception = cx.take_exception();
        return format!("raised {}", cx.display_repr(&exception));
    };
    let shown = cx.display_repr(&log);
    drop(log);
    gc::collect_all(cx);
    gc::verify_heap(cx);
    shown
}

fn run(cx: &Interpreter, source: &str) -> Outcome {
    types::define_all(cx)?;
    vm::types::define_all(cx)?;
    gc::install(cx).expect("the collector");
    let tree = parse_module(source).expect("a program");
    let options = CompileOptions { course_constants: true, ..CompileOptions::default() };
    let unit = compile_module(&tree, "test.py", Mode::Module, options).expect("a program");
    let code = vm::link(cx, &Rc::new(unit))?;
    let (globals, log, weak) = (cx.new_dict()?, cx.new_list(Vec::new())?, weakref::make(cx)?);
    let of_weak = |name: &str| -> Outcome { cx.get_attribute_text(&weak, &*cx.intern(name)?) };
    let names: [(&str, ObjectRef); 9] = [
        ("__name__", cx.new_text("__main__")?),
        ("gc", gc::make(cx)?),
        ("ref", of_weak("ref")?),
        ("proxy", of_weak("proxy")?),
        ("count", of_weak("getweakrefcount")?),
        ("range", cx.types.range.as_object().clone()),
        ("ReferenceError", cx.types.reference_error.as_object().clone()),
        ("super", cx.types.super_.as_object().clone()),
        ("log", log.clone()),
    ];
    for (name, value) in names {
        cx.dict_set_str(&globals, name, value)?;
    }
    vm::run_code(cx, &code, &globals, None)?;
    Ok(log)
}

const NODE: &str = "
class Node:
    def __init__(self, name, next=None):
        self.name = name
        self.next = next
    def __del__(self):
        log.append(self.name)
";

#[test]
fn counts_release_at_once_and_rings_wait() {
    check(&format!("{NODE}a = Node('a')\nlog.append(1)\ndel a\nlog.append(2)"), "[1, 'a', 2]");
    check(
        &format!(
            "gc.disable()\ngc.collect()\n{NODE}a, b = Node('a'), Node('b')\na.next, b.next = b, a\ndel a, b\n\
             log.append(0)\nlog.append(gc.collect())\nlog.append(gc.collect())"
        ),
        "[0, 'a', 'b', 2, 0]",
    );
}

#[test]
fn functions_and_classes_are_collected() {
    check(
        "gc.disable()\ngc.collect()\ndef outer():\n    def inner(): return inner\n    return inner\nw = ref(outer())\n\
         log.append(w() is None)\nlog.append(gc.collect())\nlog.append(w() is None)\n\
         def make():\n    class Local: pass\n    return ref(Local)\nw = make()\nlog.append(w() is None)\n\
         log.append(gc.collect() > 0)\nlog.append(w() is None)",
        "[False, 3, True, False, True, True]",
    );
}

#[test]
fn finalizers_can_bring_back() {
    let source = "
gc.disable()
gc.collect()
saved = []
class Cat:
    def __init__(self):
        self.me = self
    def __del__(self):
        log.append('meow')
        saved.append(self)
Cat()
log.append(gc.collect())
log.append(gc.is_finalized(saved[0]))
saved.clear()
log.append(gc.collect())
class Phoenix:
    def __del__(self):
        log.append('fire')
        saved.append(self)
bird = Phoenix()
w = ref(bird)
del bird
log.append(w() is saved[0])
saved.clear()
log.append(w() is None)
";
    check(source, "['meow', 0, True, 1, 'fire', True, True]");
}

#[test]
fn callbacks_come_newest_first_after_the_finalizer() {
    let source = "
a = Node('a')
refs = [ref(a, lambda r, n=n: log.append((n, r() is None))) for n in range(3)]
del refs[1]
log.append(count(a))
del a
";
    check(&format!("{NODE}{source}"), "[2, 'a', (2, True), (0, True)]");
}

#[test]
fn the_collector_calls_callbacks_of_reachable_references() {
    let source = "
gc.disable()
a, b = Node('a'), Node('b')
a.next, b.next = b, a
outside = ref(a, lambda r: log.append('outside'))
a.inside = ref(b, lambda r: log.append('inside'))
del a, b
log.append(gc.collect())
";
    check(&format!("{NODE}{source}"), "['outside', 'a', 'b', 4]");
}

#[test]
fn subclasses_of_references_have_attributes() {
    let source = "
class Keyed(ref):
    __slots__ = 'key',
    def __new__(type, ob, callback, key):
        self = ref.__new__(type, ob, callback)
        self.key = key
        return self
    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)
a = Node('a')
k = Keyed(a, lambda r: log.append(r.key), 'key')
log.append(k() is a)
p = proxy(a)
log.append(p.name)
p.extra = 3
log.append(a.extra)
del a
try:
    p.name
except ReferenceError:
    log.append('gone')
";
    check(&format!("{NODE}{source}"), "[True, 'a', 3, 'a', 'key', 'gone']");
}

#[test]
fn automatic_collections_happen() {
    let source = "
class Me:
    def __init__(self):
        self.me = self
watches = [ref(Me()) for _ in range(3000)]
alive = 0
for w in watches:
    if w() is not None: alive += 1
log.append(alive < 1500)
log.append(gc.get_stats()[0]['collections'] > 1)
";
    check(source, "[True, True]");
}

#[test]
fn tracked_and_untracked() {
    let source = "
for value in (1, 'text', None, (), [], {}, Node(0)):
    log.append(gc.is_tracked(value))
pair = (1, (2, 'x'))
gc.collect()
log.append(gc.is_tracked(pair))
table = {'a': 1}
log.append(gc.is_tracked(table))
table['b'] = []
log.append(gc.is_tracked(table))
";
    let node = NODE.replace("log.append(self.name)", "pass");
    check(&format!("{node}{source}"), "[False, False, False, False, True, False, True, False, False, True]");
}
