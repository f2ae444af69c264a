//! The crate inside another program: several interpreters, values in and out, functions written in Rust, errors as
//! values, handles that outlive their interpreter.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use glasspy::{Call, Error, Handle, Interpreter, Module, Options, Output, Value};

fn python() -> Interpreter {
    let options = Options { output: Output::Captured, errors: Output::Captured, ..Options::default() };
    Interpreter::new(options).expect("an interpreter")
}

fn raised(outcome: Result<impl std::fmt::Debug, Error>) -> String {
    match outcome {
        Err(Error::Exception(exception)) => exception.to_string(),
        other => panic!("no exception but {other:?}"),
    }
}

#[test]
fn values_go_in_and_come_out() {
    let python = python();
    let value = Value::Dict(vec![
        (Value::from("list"), Value::from(vec![1, 2])),
        (Value::Tuple(vec![Value::None, Value::from(true)]), Value::from(1.5)),
        (Value::from("é😀"), Value::from(i64::MIN)),
    ]);
    python.set("value", value.clone()).unwrap();
    assert_eq!(
        python.eval("repr(value)").unwrap().extract::<String>().unwrap(),
        "{'list': [1, 2], (None, True): 1.5, 'é😀': -9223372036854775808}"
    );
    assert_eq!(python.get("value").unwrap().unwrap().value().unwrap(), value);
    assert_eq!(python.get("missing").unwrap(), None);
    let counts: HashMap<String, u8> = python.eval("{'a': 1, 'b': 2}").unwrap().extract().unwrap();
    assert_eq!(counts["b"], 2);
    assert_eq!(
        python.eval("[(1,), None]").unwrap().extract::<Vec<Option<Vec<f64>>>>().unwrap(),
        [Some(vec![1.0]), None]
    );
}

#[test]
fn maps_pairs_and_arrays_go_in_and_come_out() {
    let python = python();
    let stock = HashMap::from([("tea".to_owned(), 4), ("rice".to_owned(), 7), ("figs".to_owned(), 1)]);
    python.set("stock", stock.clone()).unwrap();
    python.set("place", (3, "shelf")).unwrap();
    python.set("sizes", [1.5, 2.5]).unwrap();
    python.set("names", BTreeMap::from([(2, "b"), (1, "a")])).unwrap();
    let shown = python.eval("repr((stock, place, sizes, names))").unwrap().extract::<String>().unwrap();
    assert_eq!(shown, "({'figs': 1, 'rice': 7, 'tea': 4}, (3, 'shelf'), [1.5, 2.5], {1: 'a', 2: 'b'})");
    assert_eq!(python.eval("stock").unwrap().extract::<HashMap<String, i32>>().unwrap(), stock);
    assert_eq!(python.eval("names").unwrap().extract::<BTreeMap<u8, String>>().unwrap()[&2], "b");
    assert_eq!(python.eval("place").unwrap().extract::<(i64, String)>().unwrap(), (3, "shelf".to_owned()));
    assert!(python.eval("(1,)").unwrap().extract::<(i64, i64)>().is_err());
}

#[test]
fn what_has_no_form_in_rust_stays_an_object() {
    let python = python();
    for expression in ["10 ** 30", "'\\ud800'", "{1, 2}", "print", "type('T', (int,), {})(5)", "b''"] {
        let handle = python.eval(expression).unwrap();
        assert_eq!(handle.value().unwrap(), Value::Object(handle.clone()), "{expression}");
    }
    python
        .run_source(
            "loop = [1]\nloop.append(loop)\ndeep = []\nfor _ in range(100_000): deep = [deep]",
            "x.py",
        )
        .unwrap();
    let inside = python.get("loop").unwrap().unwrap();
    assert_eq!(inside.value().unwrap(), Value::List(vec![Value::Int(1), Value::Object(inside.clone())]));
    assert!(matches!(python.get("deep").unwrap().unwrap().value().unwrap(), Value::List(_)));
    python.run_source("wide = []\nfor _ in range(60): wide = [wide, wide]", "x.py").unwrap();
    let wide = python.get("wide").unwrap().unwrap().value().unwrap_err();
    assert!(wide.to_string().starts_with("expected a smaller value"), "{wide}");
}

#[test]
fn wrong_forms_are_told() {
    let python = python();
    let told = |expression: &str| python.eval(expression).unwrap().extract::<u8>().unwrap_err().to_string();
    assert_eq!(told("'a'"), "expected int, found str");
    assert_eq!(told("256"), "expected an integer that fits u8, found 256");
    assert_eq!(told("print"), "expected int, found builtin_function_or_method");
}

#[test]
fn output_is_captured_apart() {
    let python = python();
    python.run_source("import sys\nprint('out', end='')\nprint('err', file=sys.stderr)", "x.py").unwrap();
    assert_eq!((python.take_output().as_str(), python.take_errors().as_str()), ("out", "err\n"));
    assert_eq!(python.take_output(), "");
    assert_eq!(raised(python.eval("sys.stdout.fileno()")), "UnsupportedOperation: fileno");
}

#[test]
fn output_goes_to_a_writer() {
    #[derive(Clone, Default)]
    struct Shared(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);
    impl std::io::Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let shared = Shared::default();
    let options = Options { output: Output::To(Box::new(shared.clone())), ..Options::default() };
    let python = Interpreter::new(options).unwrap();
    python.run_source("print(1)", "x.py").unwrap();
    assert_eq!(*shared.0.lock().unwrap(), b"1\n");
    python.eval("print").unwrap().call(&["2".into()]).unwrap();
    python.eval("print(3)").unwrap();
    assert_eq!(*shared.0.lock().unwrap(), b"1\n2\n3\n");
}

#[test]
fn exceptions_come_with_their_traceback() {
    let python = python();
    let Err(Error::Exception(exception)) = python.run_source("def f():\n    1/0\n\nf()", "lesson.py") else {
        panic!("no exception")
    };
    assert_eq!(
        (exception.kind.as_str(), exception.message.as_str()),
        ("ZeroDivisionError", "division by zero")
    );
    assert_eq!(
        exception.traceback,
        "Traceback (most recent call last):\n  File \"lesson.py\", line 4, in <module>\n  File \"lesson.py\", line 2, in \
         f\nZeroDivisionError: division by zero\n"
    );
    assert_eq!(raised(python.eval("1 +")), "SyntaxError: invalid syntax (<string>, line 1)");
    assert!(matches!(python.run_source("raise SystemExit(3)", "x.py"), Err(Error::Exit(3))));
    assert!(matches!(python.run_source("raise SystemExit", "x.py"), Err(Error::Exit(0))));
    assert_eq!(python.take_errors(), "", "nothing is printed");
    assert_eq!(python.eval("1 + 1").unwrap().extract::<i64>().unwrap(), 2, "and it goes on");
}

#[test]
fn functions_in_rust_are_called_and_raise() {
    let python = python();
    let total = Rc::new(Cell::new(0));
    let kept = Rc::clone(&total);
    let module = Module::new("host")
        .documentation("What the host gives.")
        .value("answer", 42)
        .function("add", "Adds to the total.", move |call: &Call| {
            kept.set(kept.get() + call.argument::<i64>(0)? * call.keyword::<i64>("times")?.unwrap_or(1));
            Ok(kept.get())
        })
        .function("fail", "", |_| Err::<(), _>(Error::raise("LookupError", "not here")))
        .function("unknown", "", |_| Err::<(), _>(Error::raise("NoSuchError", "what")))
        .function("leave", "", |_| Err::<(), _>(Error::Exit(7)))
        .function("back", "", |call| call.arguments()[0].call(&[Value::from("from Rust")]))
        .function("panics", "", |_| -> Result<(), Error> { panic!("meant") });
    python.add_module(module).unwrap();
    python
        .run_source("import host\nhost.add(2)\nhost.add(3, times=2)\nassert host.answer == 42", "x.py")
        .unwrap();
    assert_eq!(total.get(), 8);
    assert_eq!(python.eval("host.back(str.upper)").unwrap().extract::<String>().unwrap(), "FROM RUST");
    assert_eq!(raised(python.eval("host.add()")), "TypeError: add() misses argument 1");
    assert_eq!(raised(python.eval("host.add('x')")), "TypeError: expected int, found str");
    assert_eq!(raised(python.eval("host.fail()")), "LookupError: not here");
    assert_eq!(raised(python.eval("host.unknown()")), "RuntimeError: NoSuchError: what");
    assert_eq!(
        raised(python.eval("host.back(lambda text: text / 2)")),
        "TypeError: unsupported operand type(s) for /: 'str' and 'int'"
    );
    assert_eq!(raised(python.eval("host.panics()")), "SystemError: panics() has panicked");
    assert!(matches!(python.eval("host.leave()"), Err(Error::Exit(7))));
    let shown = "(repr(host.add), host.add.__doc__, host.__doc__, host.add.__module__)";
    assert_eq!(
        python.eval(shown).unwrap().extract::<Vec<String>>().unwrap(),
        ["<built-in function add>", "Adds to the total.", "What the host gives.", "host"]
    );
}

#[test]
fn a_function_may_be_given_to_main() {
    let python = python();
    python.add_function("twice", |call| Ok(call.argument::<i64>(0)? * 2)).unwrap();
    assert_eq!(python.eval("[twice(n) for n in (1, 2)]").unwrap().extract::<Vec<i64>>().unwrap(), [2, 4]);
}

#[test]
fn interpreters_live_side_by_side() {
    let pythons: Vec<Interpreter> = (0..4).map(|_| python()).collect();
    for (index, python) in pythons.iter().enumerate() {
        python.set("own", index as i64).unwrap();
        python.run_source("class C: pass\nitems = [C() for _ in range(1000)]\nprint(own)", "x.py").unwrap();
    }
    for (index, python) in pythons.iter().enumerate() {
        assert_eq!(python.eval("own + len(items)").unwrap().extract::<usize>().unwrap(), index + 1000);
        assert_eq!(python.take_output(), format!("{index}\n"));
    }
    let addresses: Vec<usize> =
        pythons.iter().map(|python| python.eval("items").unwrap().address()).collect();
    assert!(addresses.windows(2).all(|pair| pair[0] != pair[1]), "{addresses:x?}");
}

#[test]
fn one_interpreter_calls_another() {
    let (outer, inner) = (python(), Rc::new(python()));
    let asked = Rc::clone(&inner);
    outer
        .add_function("ask", move |call| asked.eval(&call.argument::<String>(0)?)?.extract::<i64>())
        .unwrap();
    assert_eq!(outer.eval("[ask('2 ** 5'), len([1])]").unwrap().extract::<Vec<i64>>().unwrap(), [32, 1]);
    assert_eq!(raised(outer.eval("ask('1/0')")), "ZeroDivisionError: division by zero");
}

#[test]
fn handles_of_another_interpreter_are_refused() {
    let (first, second) = (python(), python());
    let list = first.eval("[1]").unwrap();
    assert!(matches!(second.set("x", &list), Err(Error::Foreign)));
    assert!(matches!(second.object(vec![Value::from(&list)]), Err(Error::Foreign)));
    assert!(matches!(second.eval("len").unwrap().call(&[Value::from(&list)]), Err(Error::Foreign)));
    first.set("x", &list).unwrap();
}

#[test]
fn handles_outlive_their_interpreter_safely() {
    let python = python();
    python.run_source("class Loud:\n    def __del__(self): print('gone')", "x.py").unwrap();
    let (loud, copy): (Handle, Handle) = (python.eval("Loud()").unwrap(), python.eval("[1, 2]").unwrap());
    drop(python);
    assert!(matches!(loud.repr(), Err(Error::Ended)));
    assert!(matches!(copy.clone().value(), Err(Error::Ended)));
    assert!(matches!(copy.call(&[]), Err(Error::Ended)));
    drop((loud, copy));
}

#[test]
fn dropping_ends_the_program() {
    let log = Rc::new(RefCell::new(Vec::new()));
    let kept = Rc::clone(&log);
    let python = python();
    python
        .add_function("log", move |call| {
            kept.borrow_mut().push(call.argument::<String>(0)?);
            Ok(())
        })
        .unwrap();
    python
        .run_source(
            "import atexit\natexit.register(log, 'exit')\nclass A:\n    def __del__(self, log=log): log('del')\na = A()",
            "x.py",
        )
        .unwrap();
    drop(python);
    assert_eq!(*log.borrow(), ["exit", "del"]);
    assert_eq!(Rc::strong_count(&log), 1, "the closure has been let go");
}

#[test]
fn handles_count_and_have_the_same_address_in_every_run() {
    let python = python();
    let list = python.eval("[1, 2, 3]").unwrap();
    assert_eq!(list.reference_count().unwrap(), 1);
    let other = list.clone();
    assert_eq!((list.reference_count().unwrap(), list == other), (2, true));
    assert_eq!(list.address() >> 44, 2);
    list.attribute("append").unwrap().call(&[Value::None]).unwrap();
    assert_eq!(other.repr().unwrap(), "[1, 2, 3, None]");
    assert_eq!(list.item(-1).unwrap().value().unwrap(), Value::None);
    assert_eq!(raised(list.item(9)), "IndexError: list index out of range");
}

#[test]
fn many_interpreters_one_after_another() {
    for round in 0..30 {
        let python = python();
        python.set("n", round).unwrap();
        assert_eq!(
            python.eval("sum(range(n))").unwrap().extract::<i64>().unwrap(),
            (0..i64::from(round)).sum()
        );
    }
}

#[test]
fn deep_recursion_is_an_exception_on_any_thread() {
    for size in [1 << 20, 2 << 20, 16 << 20] {
        let thread = std::thread::Builder::new().stack_size(size).spawn(|| {
            let python = python();
            let source = "import sys\nsys.setrecursionlimit(10**6)\nclass A:\n    def __repr__(self): return repr(self)\nA().__repr__()";
            raised(python.run_source(source, "x.py"))
        });
        assert!(thread.unwrap().join().unwrap().starts_with("RecursionError"));
    }
}

#[test]
fn garbage_is_collected_on_demand() {
    let python = python();
    python.run_source("import gc\ngc.collect()\na = []\na.append(a)\ndel a", "x.py").unwrap();
    assert_eq!(python.collect_garbage().unwrap(), 1);
}

#[test]
fn memory_may_be_limited() {
    let options = Options { memory_limit: Some(64 << 20), ..Options::default() };
    let python = Interpreter::new(options).unwrap();
    assert!(raised(python.eval("[0] * (100 << 20)")).starts_with("MemoryError"));
    assert_eq!(python.eval("len([0] * (1 << 20))").unwrap().extract::<usize>().unwrap(), 1 << 20);
    let hopeless = Options { memory_limit: Some(1 << 10), ..Options::default() };
    assert!(Interpreter::new(hopeless).is_err());
}

#[test]
fn a_writer_that_panics_fails() {
    struct Broken;
    impl std::io::Write for Broken {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            panic!("meant")
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let options =
        Options { output: Output::To(Box::new(Broken)), errors: Output::Captured, ..Options::default() };
    let python = Interpreter::new(options).unwrap();
    assert!(raised(python.run_source("print(1, flush=True)", "x.py")).starts_with("OSError"));
}
