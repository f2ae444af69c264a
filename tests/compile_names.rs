//! What CPython 3.11 says about the names and warnings of the samples.
//!
//! `tests/compile/*.names` are recorded: one line a code object with its qualified name, flags, first line, numbers of
//! parameters, local, cell and free variables. `tests/compile/warnings.txt` holds lines with their warnings.

use std::fmt::Write;

use glasspy::bytecode::{CodeUnit, Constant};
use glasspy::compile::{Mode, Options, compile_module, compile_with_warnings};
use glasspy::syntax;

fn names(unit: &CodeUnit, text: &mut String) {
    let joined = |names: &[std::rc::Rc<str>]| if names.is_empty() { "-".into() } else { names.join(",") };
    let (all, first, only) = (unit.argument_count, unit.positional_only_count, unit.keyword_only_count);
    let _ = writeln!(
        text,
        "{} {:#x} {} {all}/{first}/{only} {} {} {}",
        unit.qualified_name,
        unit.flags & 0x3f,
        unit.first_line,
        joined(&unit.variable_names),
        joined(&unit.cell_names),
        joined(&unit.free_names)
    );
    let inner = unit.constants.iter().filter_map(|constant| match constant {
        Constant::Code(unit) => Some(unit),
        _ => None,
    });
    let mut inner: Vec<_> = inner.collect();
    inner.sort_by_key(|unit| (unit.first_line, unit.qualified_name.clone()));
    inner.into_iter().for_each(|unit| names(unit, text));
}

#[test]
fn names_are_kept_as_in_cpython() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/compile");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the samples are there").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "names") {
            continue;
        }
        let source = std::fs::read_to_string(path.with_extension("py")).expect("the sample can be read");
        let module = syntax::parse_module(&source).expect("the sample parses");
        let unit = compile_module(&module, "f", Mode::Module, Options::default()).expect("it compiles");
        let mut found = String::new();
        names(&unit, &mut found);
        let expected = std::fs::read_to_string(&path).expect("the record can be read");
        assert_eq!(found, expected, "{}", path.display());
        count += 1;
    }
    assert!(count >= 8, "only {count} samples");
}

#[test]
fn registers_do_not_overlap() {
    let module = syntax::parse_module(include_str!("compile/classes.py")).expect("the sample parses");
    let unit = compile_module(&module, "f", Mode::Module, Options::default()).expect("it compiles");
    let mut pending = vec![&unit];
    while let Some(unit) = pending.pop() {
        let parameters = |register: &u16| usize::from(*register) < unit.variable_names.len();
        let own_cells = unit.cell_registers.iter().filter(|register| !parameters(register)).count();
        let expected = unit.variable_names.len() + own_cells + unit.free_names.len();
        assert_eq!(usize::from(unit.local_count), expected, "{}", unit.qualified_name);
        pending.extend(unit.constants.iter().filter_map(|constant| match constant {
            Constant::Code(unit) => Some(&**unit),
            _ => None,
        }));
    }
}

#[test]
fn warnings_read_as_in_cpython() {
    let text = include_str!("compile/warnings.txt");
    let (mut found, mut count) = (String::new(), 0);
    for line in text.lines().filter(|line| !line.starts_with("--- ")) {
        let module = syntax::parse_module(&format!("{line}\n")).expect("the sample parses");
        let (_, warnings) =
            compile_with_warnings(&module, "f", Mode::Module, Options::default()).expect("it compiles");
        let _ = writeln!(found, "{line}");
        for warning in &warnings {
            let _ = writeln!(found, "--- {}", warning.message);
        }
        count += warnings.len();
    }
    assert!(count > 20, "only {count} warnings");
    assert_eq!(found, text);
}
