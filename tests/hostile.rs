//! Programs that mean no good: each must end in the exception that CPython raises (or in one that says "too much", where
//! CPython would crash or run on), soon, and never by a panic or a signal.

use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Seconds of a processor after which the system ends a program, however busy the machine is with other things.
const SECONDS: libc::rlim_t = 20;

/// How long a program is waited for that does not even use the processor.
const PATIENCE: Duration = Duration::from_secs(180);

fn start(source: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_glasspy"));
    command.arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // SAFETY: between fork and exec only two system calls are made.
    unsafe {
        command.pre_exec(|| {
            // The signal may be ignored where the tests run, which a child would inherit.
            libc::signal(libc::SIGINT, libc::SIG_DFL);
            libc::setrlimit(libc::RLIMIT_CPU, &libc::rlimit { rlim_cur: SECONDS, rlim_max: SECONDS });
            Ok(())
        });
    }
    let mut child = command.spawn().expect("the binary starts");
    let mut input = child.stdin.take().expect("piped");
    input.write_all(source.as_bytes()).expect("the program reads all of its source");
    child
}

/// Waits for the end; kills and fails when it takes too long.
fn finish(mut child: Child, what: &str) -> (Option<i32>, Option<i32>, String) {
    let mut stderr = child.stderr.take().expect("piped");
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        stderr.read_to_end(&mut bytes).map(|_| bytes)
    });
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break status;
        }
        if begin.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("does not end: {what}");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let bytes = reader.join().expect("reads").expect("reads");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (status.code(), status.signal(), text.lines().last().unwrap_or_default().to_owned())
}

/// Runs a program and checks its exit status and how the last line of its report begins.
#[track_caller]
fn ends(source: &str, status: i32, last: &str) {
    let shown: String = source.chars().take(80).collect();
    let (code, signal, line) = finish(start(source), &shown);
    assert_eq!((code, signal), (Some(status), None), "{shown}: {line}");
    assert!(line.starts_with(last), "{shown}: {line}");
}

#[test]
fn texts_beyond_all_limits() {
    let many = |part: &str| part.repeat(100_000);
    ends(&many("("), 1, "SyntaxError: too many nested parentheses");
    for source in [
        format!("x={}1", many("-")),
        format!("x=0\nx{}", many(".real")),
        format!("x=1{}", many("+1")),
        format!("f=0\nf{}", many("()")),
        format!("x=0\nif x: pass\n{}", many("elif x: pass\n")),
        format!("x={}1", many("lambda:")),
    ] {
        ends(&source, 1, "RecursionError: ");
    }
    ends(&format!("x=1{}", many("<1")), 0, "");
    ends(&format!("x='{}'", many("0123456789")), 0, "");
    ends("x=1\0", 1, "ValueError: source code string cannot contain null bytes");
}

#[test]
fn endless_recursion() {
    let programs = [
        "def f(): return f()+1\nf()",
        "class A:\n def __eq__(s,o): return s==o\nA()==A()",
        "class A:\n def __repr__(s): return repr([s])\nrepr(A())",
        "class A:\n def __hash__(s): return len({s})\nhash(A())",
        "class A:\n def __getattr__(s,n): return s.foo\nA().x",
        "class A:\n def __add__(s,n): return s+1\nA()+1",
        "class A:\n def __str__(s): return str(s)\nstr(A())",
        "class A:\n def __init__(s): A()\nA()",
        "class A:pass\nA.__call__=A()\nA()()",
        "class A:\n def __iter__(s): return iter(s)\nlist(A())",
        "class A:\n @property\n def x(s): return s.x\nA().x",
        "def g(): yield from g()\nlist(g())",
        "def g(): yield ''.join(g())\n''.join(g())",
        "def k(x): return sorted([1,2],key=k)\nk(1)",
        "def f():\n try: 1/0\n except ZeroDivisionError: f()\nf()",
    ];
    for program in programs {
        ends(program, 1, "RecursionError: maximum recursion depth exceeded");
    }
    for program in &programs[..14] {
        let raised = format!("import sys\nsys.setrecursionlimit(10**9)\n{program}");
        ends(&raised, 1, "RecursionError: maximum recursion depth exceeded");
    }
}

#[test]
fn sizes_beyond_all_machines() {
    for expression in [
        "[0]*10**15",
        "'a'*10**15",
        "b'a'*10**15",
        "(0,)*10**15",
        "1<<10**12",
        "10**10**10",
        "2**(2**70)",
        "bytes(10**15)",
        "bytearray(10**15)",
        "list(range(10**12))",
        "'x'.ljust(10**15)",
        "f'{1:1000000000000}'",
        "'%1000000000000d'%1",
    ] {
        ends(&format!("x={expression}"), 1, "MemoryError");
    }
    ends("list(range(10**30))", 1, "OverflowError: Python int too large to convert to C ssize_t");
    ends("int('9'*5000)", 1, "ValueError: Exceeds the limit (4300 digits)");
    ends("str(10**5000)", 1, "ValueError: Exceeds the limit (4300 digits)");
}

#[test]
fn deep_structures() {
    let deep = |link: &str, then: &str| format!("a=()\nfor i in range(200000): a={link}\n{then}");
    for link in ["[a]", "(a,)", "{1:a}"] {
        ends(&deep(link, "del a"), 0, "");
        ends(&deep(link, "repr(a)"), 1, "RecursionError: maximum recursion depth exceeded");
        let twice = format!("b=a\n{}", deep(link, "a==b"));
        ends(&deep(link, &twice), 1, "RecursionError: maximum recursion depth exceeded in comparison");
    }
    ends(&deep("(a,)", "hash(a)"), 0, "");
    ends(
        "import types\na=print\nfor i in range(50000): a=types.MethodType(a,1)\nrepr(a.__func__) if 0 else 1",
        0,
        "",
    );
}

#[test]
fn an_interrupt_kills_by_its_signal() {
    let mut child = start("print('on', flush=True)\nwhile True: pass");
    let mut ready = [0; 3];
    child.stdout.as_mut().expect("piped").read_exact(&mut ready).expect("it says when it runs");
    let sent = Command::new("kill").arg("-INT").arg(child.id().to_string()).status().expect("kill runs");
    assert!(sent.success());
    let (code, signal, line) = finish(child, "interrupted");
    assert_eq!((code, signal, line.as_str()), (None, Some(2), "KeyboardInterrupt"));
}

#[test]
fn a_full_disk_and_no_program() {
    let glasspy = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_glasspy"));
        command.args(arguments).stderr(Stdio::null());
        command
    };
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a full device");
    let status = glasspy(&["-c", "print(1)"]).stdout(full).status().expect("it runs");
    assert_eq!(status.code(), Some(120));
    assert_eq!(glasspy(&["/nowhere/at/all"]).status().expect("it runs").code(), Some(2));
    assert_eq!(glasspy(&["/"]).status().expect("it runs").code(), Some(1));
    assert_eq!(glasspy(&["-m", "no_such_module"]).status().expect("it runs").code(), Some(1));
}

/// Runs a shell line, with the command's name in place of `GLASSPY`; gives its status and all that it wrote.
fn shell(line: &str) -> (Option<i32>, String) {
    let line = line.replace("GLASSPY", env!("CARGO_BIN_EXE_glasspy"));
    let done = Command::new("bash").args(["-c", &line]).env("LC_ALL", "C.UTF-8").output().expect("bash runs");
    let text = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    (done.status.code(), text)
}

#[test]
fn a_want_of_memory_is_a_memory_error() {
    for program in [
        "l=[]\nwhile 1: l.append(eval('lambda:0'))",
        "l=[]\nwhile 1: l.append('%s%s'%(len(l),'\\u1234'))",
        "l=[]\nwhile 1:\n try: 1/0\n except Exception as e: l.append(e)",
        "import sys\nl=[]\nwhile 1: l.append(sys.intern('x%d'%len(l)))",
        "exec('x=['+'1,'*10**7+']')",
        "'{:,.99999999f}'.format(1e308)",
        "l=[]\nwhile 1:\n try: l.append(object())\n except MemoryError: l.append(object())",
    ] {
        let (code, text) = shell(&format!("ulimit -v 600000; GLASSPY - <<'END'\n{program}\nEND\n"));
        assert_eq!((code, text.lines().last()), (Some(1), Some("MemoryError")), "{program}: {text}");
    }
}

#[test]
fn a_name_with_too_many_dots() {
    ends("__import__('a.'*10**5)", 1, "RecursionError: maximum recursion depth exceeded");
    ends(&format!("import a{}", ".a".repeat(100_000)), 1, "RecursionError: maximum recursion depth exceeded");
}

#[test]
fn a_stream_that_cannot_be_written_is_told_once() {
    let full = "Exception ignored in: <_io.TextIOWrapper name='<stdout>' mode='w' encoding='utf-8'>\n\
                OSError: [Errno 28] No space left on device\n";
    for program in ["print(1)", "print(1); exit(3)"] {
        let (code, text) = shell(&format!("GLASSPY -c '{program}' > /dev/full"));
        assert_eq!((code, text.as_str()), (Some(120), full), "{program}");
    }
    let (code, text) = shell("GLASSPY -c 'print(\"a\" * 100000)' > /dev/full");
    assert_eq!((code, text.matches("OSError").count()), (Some(1), 1), "{text}");
    let (code, _) = shell("GLASSPY -c '1/0' 2> /dev/full");
    assert_eq!(code, Some(120));
    let (code, text) =
        shell("GLASSPY -c 'for i in range(100000): print(i)' | head -1; exit ${PIPESTATUS[0]}");
    assert_eq!((code, text.matches("BrokenPipeError").count()), (Some(1), 1), "{text}");
}

#[test]
fn streams_that_were_never_opened_are_none() {
    let (code, text) = shell("GLASSPY -c 'import sys; print(1); sys.stderr.write(repr(sys.stdout))' >&-");
    assert_eq!((code, text.as_str()), (Some(0), "None"));
    let (code, text) = shell("GLASSPY -c 'import sys; print(sys.stdin); input()' <&-");
    assert_eq!((code, text.lines().last()), (Some(1), Some("RuntimeError: input(): lost sys.stdin")));
    let (code, text) = shell("GLASSPY -c 'import sys; print(sys.stderr); 1/0' 2>&-");
    assert_eq!((code, text.as_str()), (Some(1), "None\n"));
}

#[test]
fn modules_that_cannot_be_run() {
    for (name, message) in [
        ("nope", "No module named nope"),
        (".a", "Relative module names not supported"),
        (
            "a.b.c",
            "Error while finding module specification for 'a.b.c' (ModuleNotFoundError: No module named 'a')",
        ),
        (
            "math.foo",
            "Error while finding module specification for 'math.foo' (ModuleNotFoundError: \
             __path__ attribute not found on 'math' while trying to find 'math.foo')",
        ),
        (
            "collections",
            "No module named collections.__main__; 'collections' is a package and cannot be directly executed",
        ),
        ("sys", "No code object available for sys"),
    ] {
        assert_eq!(shell(&format!("GLASSPY -m {name}")), (Some(1), format!("glasspy: {message}\n")));
    }
}
