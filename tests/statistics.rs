//! `glasspy stats`: the report behind a program.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_glasspy")).args(arguments).output().expect("glasspy runs")
}

fn stats(program: &str) -> (Output, String) {
    let output = run(&["stats", "-c", program, "argument"]);
    let report = String::from_utf8(output.stderr.clone()).expect("text");
    (output, report)
}

/// Made, freed and alive of a type.
fn row(report: &str, name: &str) -> Option<Vec<usize>> {
    let line = report.lines().find(|line| line.split_whitespace().next() == Some(name))?;
    line.split_whitespace().skip(1).map(|word| word.parse().ok()).collect()
}

#[test]
fn objects_are_counted_by_type() {
    let (output, report) = stats(
        "class Node: pass\nkept = [Node() for _ in range(7)]\nfor _ in range(30): n = Node(); f = [n] * 1\n\
         del n, f\nprint('done')",
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout), "done\n");
    assert!(output.status.success());
    assert_eq!(row(&report, "Node"), Some(vec![37, 30, 7]), "{report}");
    let lists = row(&report, "list").expect("lists");
    assert!(lists[0] >= 61 && lists[1] >= 60, "{report}");
    assert!(report.contains("leaks: none"), "{report}");
}

#[test]
fn classes_that_come_and_go_are_told_apart() {
    let (_, report) = stats(
        "import gc\ndef make(name):\n    kind = type(name, (), {})\n    return [kind() for _ in range(5)]\n\
         for i in range(3):\n    make('Kind%d' % i)\n    gc.collect()",
    );
    for name in ["Kind0", "Kind1", "Kind2"] {
        assert_eq!(row(&report, name), Some(vec![5, 5, 0]), "{report}");
    }
}

#[test]
fn collections_and_the_peak_are_told() {
    let (_, report) = stats("import gc\nx = bytes(1 << 20)\ndel x\nl = []\nl.append(l)\ndel l\ngc.collect()");
    let peak = report.lines().find(|line| line.starts_with("peak: ")).expect("a peak");
    let bytes: usize = peak.split_whitespace().nth(1).and_then(|word| word.parse().ok()).expect("a number");
    assert!((1 << 20..3 << 20).contains(&bytes) && peak.ends_with("<module>, line 2"), "{peak}");
    let oldest = report.lines().find(|line| line.trim_start().starts_with("2 ")).expect("generation 2");
    let cells: Vec<&str> = oldest.split_whitespace().collect();
    assert_eq!((cells[1], cells[2]), ("1", "1"), "{report}");
}

#[test]
fn what_is_left_is_told_and_the_status_is_the_programs() {
    let (output, report) = stats("import gc, sys\nx = [1]\nx.append(x)\ngc.freeze()\ndel x\nsys.exit(3)");
    assert_eq!(output.status.code(), Some(3));
    assert!(report.contains("<string>:2: 1 of list, 56 bytes"), "{report}");
    let (output, report) = stats("import sys; print(sys.argv); 1 / 0");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "['-c', 'argument']\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(report.contains("ZeroDivisionError") && report.contains("objects by type"), "{report}");
}

#[test]
fn without_a_program_there_is_nothing_to_count() {
    assert_eq!(run(&["stats"]).status.code(), Some(2));
}
