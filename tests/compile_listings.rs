//! What the compiler makes of each kind of statement, as listings, and the law of code units over whole programs.

use std::path::Path;

use glasspy::bytecode::{self, CodeUnit};
use glasspy::compile::{Mode, Options, compile_module, scopes};
use glasspy::syntax;

fn compiled(source: &str, mode: Mode, options: Options) -> CodeUnit {
    let module = syntax::parse_module(source).expect("the sample parses");
    let unit = compile_module(&module, "sample.py", mode, options).expect("the sample compiles");
    bytecode::verify(&unit).expect("the code obeys the law");
    unit
}

fn listing(source: &str, options: Options) -> String {
    bytecode::disassemble::disassemble(&compiled(source, Mode::Module, options))
}

#[test]
fn listings() {
    insta::glob!("compile/*.py", |path| {
        let source = std::fs::read_to_string(path).expect("the sample can be read");
        let course_constants = path.ends_with("course.py");
        insta::assert_snapshot!(listing(&source, Options { course_constants, ..Options::default() }));
    });
}

#[test]
fn scopes_as_text() {
    let module = syntax::parse_module(include_str!("compile/functions.py")).expect("the sample parses");
    let table = scopes::ScopeTable::of(&module, Options::default()).expect("the scopes are in order");
    insta::assert_snapshot!(scopes::dump(&table));
}

#[test]
fn an_expression_is_returned() {
    let text = bytecode::disassemble::disassemble(&compiled("a + 1", Mode::Expression, Options::default()));
    insta::assert_snapshot!(text);
}

#[test]
fn values_are_shown_at_the_prompt() {
    let unit = compiled("if a:\n    a + 1\n", Mode::Interactive, Options::default());
    insta::assert_snapshot!(bytecode::disassemble::disassemble(&unit));
}

#[test]
fn optimizing_drops_assertions() {
    let options = Options { optimize: true, ..Options::default() };
    insta::assert_snapshot!(listing("assert x\nprint(__debug__)\n", options));
}

/// Every program of a folder that compiles obeys the law (a debug build checks after each compilation, too).
fn check_folder(folder: &str) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let mut count = 0;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|extension| extension == "py") {
            check_file(&path);
            count += 1;
        }
    }
    count
}

fn check_file(path: &Path) {
    let source = std::fs::read_to_string(path).expect("the program can be read");
    let module = match syntax::parse_module(&source) {
        Ok(module) => module,
        Err(error) => panic!("{}: {} in line {}", path.display(), error.kind, error.line),
    };
    for course_constants in [false, true] {
        let options = Options { course_constants, ..Options::default() };
        match compile_module(&module, "program.py", Mode::Module, options) {
            Ok(unit) => {
                if let Err(fault) = bytecode::verify(&unit) {
                    panic!("{}: {fault}", path.display());
                }
            }
            Err(error) => {
                assert!(error.message.contains("not yet supported"), "{}: {error}", path.display());
            }
        }
    }
}

#[test]
fn whole_programs_obey_the_law() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/compile");
    assert!(check_folder(folder) >= 8);
    for folder in ["course", "programs", "../shared/course", "../shared/bench"] {
        check_folder(&format!("{}/{folder}", env!("CARGO_MANIFEST_DIR")));
    }
}

/// Runs with a stack that is large enough for trees of the greatest height, as the main thread has.
fn with_large_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(run).expect("a thread starts");
    thread.join().expect("the thread ends well");
}

#[test]
fn high_trees_and_long_displays_compile() {
    with_large_stack(|| {
        let chain = format!("x = {}\n", vec!["y"; 2900].join(" + "));
        let list = format!("x = [{}]\n", vec!["y"; 100_000].join(", "));
        let call = format!("f({})\n", vec!["y"; 100_000].join(", "));
        let constants: String = (0..50_000).map(|number| format!("x = {number}.5\n")).collect();
        let elifs: String = (0..2900).map(|number| format!("elif x == {number}: pass\n")).collect();
        let body = format!("if x: pass\n{elifs}");
        for source in [chain, list, call, constants, body] {
            assert!(!compiled(&source, Mode::Module, Options::default()).instructions.is_empty());
        }
    });
}

#[test]
fn what_has_no_registers_is_refused() {
    let locals: String = (0..70_000).map(|number| format!("    v{number} = 0\n")).collect();
    let module = syntax::parse_module(&format!("def f():\n{locals}")).expect("the sample parses");
    let error = compile_module(&module, "f", Mode::Module, Options::default()).expect_err("too many locals");
    assert_eq!(error.message, "too many local variables");
}

#[test]
fn broken_code_is_found() {
    let good = compiled("x = a + b\n", Mode::Module, Options::default());
    let mut wrong_depth = good.clone();
    wrong_depth.depths[3] = 5;
    assert!(bytecode::verify(&wrong_depth).is_err());
    let mut wrong_register = good.clone();
    let add = wrong_register.instructions.iter().position(|it| it.op == bytecode::Op::Add as u8);
    wrong_register.instructions[add.expect("there is an addition")].c = 7;
    assert!(bytecode::verify(&wrong_register).is_err());
    let mut cut_off = good;
    cut_off.instructions.pop();
    assert!(bytecode::verify(&cut_off).is_err());
}
