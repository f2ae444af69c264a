//! The loop alone: programs that need no module, judged by the globals they leave.

use std::rc::Rc;

use glasspy::compile::{Mode, Options as CompileOptions, compile_module};
use glasspy::runtime::{Interpreter, Options, Typed};
use glasspy::syntax::parse_module;
use glasspy::{types, vm};

/// Runs a program and gives the value of its global `result` as text: an int, a bool, None, or the exception's type.
fn result_of(source: &str) -> String {
    let cx = Interpreter::new_bare(Options { native_stack: 1 << 20, ..Options::default() }).unwrap();
    types::define_all(&cx).unwrap();
    vm::types::define_all(&cx).unwrap();
    let tree = parse_module(source).unwrap();
    let options = CompileOptions { course_constants: true, ..CompileOptions::default() };
    let unit = compile_module(&tree, "test.py", Mode::Module, options).unwrap();
    let code = vm::link(&cx, &Rc::new(unit)).unwrap();
    let globals = cx.new_dict().unwrap();
    cx.dict_set_str(&globals, "__name__", cx.new_text("__main__").unwrap()).unwrap();
    for (name, kind) in [
        ("Exception", &cx.types.exception),
        ("ValueError", &cx.types.value_error),
        ("range", &cx.types.range),
        ("super", &cx.types.super_),
    ] {
        cx.dict_set_str(&globals, name, kind.as_object().clone()).unwrap();
    }
    let text = match vm::run_code(&cx, &code, &globals, None) {
        Ok(_) => {
            let value = cx.dict_get_str(&globals, "result").unwrap().expect("a result");
            match value.as_int() {
                Some(number) => number.to_i64().unwrap().to_string(),
                None => value.type_name(),
            }
        }
        Err(_) => {
            let exception = cx.take_exception();
            format!("{}: {}", exception.type_name(), cx.display(&exception))
        }
    };
    assert_eq!(cx.thread.stack.record_count(), 0);
    assert_eq!(cx.thread.depth.get(), 0);
    text
}

#[test]
fn names_and_arithmetic() {
    assert_eq!(result_of("a = 2\nb = 3\nresult = a * b + 1000"), "1006");
    assert_eq!(result_of("result = 7 // 2 * 10 + -7 % 3"), "32");
}

#[test]
fn loops_and_conditions() {
    assert_eq!(
        result_of(
            "i = 0\nresult = 0\nwhile i < 10:\n    i += 1\n    if i % 2:\n        continue\n    result += i"
        ),
        "30"
    );
    assert_eq!(
        result_of("result = 0\nfor x in [1, 2, 3]:\n    result += x\nelse:\n    result += 100"),
        "106"
    );
    assert_eq!(result_of("result = 0\nfor x in range(5):\n    if x == 3: break\n    result += x"), "3");
}

#[test]
fn functions() {
    assert_eq!(
        result_of(
            "def fib(n):\n    if n < 2: return n\n    return fib(n - 1) + fib(n - 2)\nresult = fib(15)"
        ),
        "610"
    );
    assert_eq!(
        result_of(
            "def f(a, b=2, *args, c=4, **kw):\n    return a + b + c + kw['d'] + args[0]\nresult = f(1, 3, 5, d=7)"
        ),
        "20"
    );
    assert_eq!(
        result_of("def f(a): pass\nresult = f(1, 2)"),
        "TypeError: f() takes 1 positional argument but 2 were given"
    );
    assert_eq!(
        result_of("def f(a, b): pass\nf(1)"),
        "TypeError: f() missing 1 required positional argument: 'b'"
    );
    assert_eq!(
        result_of(
            "def outer():\n    n = 1\n    def inner():\n        nonlocal n\n        n += 1\n        return n\n    inner()\n    return inner()\nresult = outer()"
        ),
        "3"
    );
}

#[test]
fn classes() {
    let class = "class A:\n    k = 5\n    def __init__(self, x):\n        self.x = x\n    def get(self):\n        return self.x + self.k\n";
    assert_eq!(result_of(&format!("{class}a = A(10)\nresult = a.get()")), "15");
    assert_eq!(
        result_of(&format!(
            "{class}class B(A):\n    def get(self):\n        return super().get() * 2\nresult = B(1).get()"
        )),
        "12"
    );
    assert_eq!(
        result_of(&format!("{class}a = A(1)\na.y")),
        "AttributeError: 'A' object has no attribute 'y'"
    );
}

#[test]
fn exceptions() {
    assert_eq!(
        result_of(
            "try:\n    raise ValueError('x')\nexcept ValueError as e:\n    result = 1\nfinally:\n    result += 1"
        ),
        "2"
    );
    assert_eq!(
        result_of(
            "def f():\n    try:\n        return 1\n    finally:\n        global result\n        result = 5\nf()"
        ),
        "5"
    );
    assert_eq!(result_of("def f():\n    raise ValueError('no')\nf()"), "ValueError: no");
    assert_eq!(
        result_of("def f():\n    return f()\nf()"),
        "RecursionError: maximum recursion depth exceeded"
    );
}

#[test]
fn generators() {
    assert_eq!(
        result_of(
            "def g():\n    x = yield 1\n    yield x\n    yield 3\nresult = 0\nfor v in g():\n    if v: result += v"
        ),
        "4"
    );
    assert_eq!(
        result_of(
            "def g():\n    yield 1\n    return 2\ndef h():\n    r = yield from g()\n    yield r\nresult = 0\nfor v in h(): result = result * 10 + v"
        ),
        "12"
    );
    assert_eq!(result_of("result = 0\nfor v in (x * x for x in [1, 2, 3]): result += v"), "14");
    assert_eq!(result_of("result = 0\nfor v in [x * x for x in [1, 2, 3] if x > 1]: result += v"), "13");
}
