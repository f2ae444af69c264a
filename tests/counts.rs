//! Runs some thousands of made programs (`tests/counts/generate.py`) and compares every count, result and notice of
//! death that they tell with `recorded.txt`, which CPython 3.11 has written: a line a program. Some of them run once more
//! with a collection at every safe point, with fill patterns in freed memory, with the law of counts checked, and with a
//! look at what is left at the end.
//!
//! `compare.py` runs other programs against a CPython at hand, and cuts down what differs.
//!
//! To record: `PYTHONHASHSEED=0 python3.11 tests/counts/generate.py 1 0 3000 > tests/counts/recorded.txt`

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SEED: &str = "1";
const FIRST: &str = "0";
const FEWER: &str = "300";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/counts")
}

fn recorded() -> String {
    std::fs::read_to_string(folder().join("recorded.txt")).expect("the recorded programs are there")
}

fn generate(options: &[&str], programs: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_glasspy"));
    command.args(options).arg(folder().join("generate.py")).args([SEED, FIRST, programs]);
    command.output().expect("glasspy starts")
}

#[test]
fn programs_tell_what_cpython_tells() {
    let recorded = recorded();
    let expected: Vec<&str> = recorded.lines().collect();
    assert!(expected.len() >= 2000, "the recorded programs have been lost");
    let output = generate(&[], &expected.len().to_string());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8_lossy(&output.stdout);
    let found: Vec<&str> = told.lines().collect();
    assert_eq!(found.len(), expected.len(), "lines");
    let different: Vec<usize> = (0..expected.len()).filter(|at| found[*at] != expected[*at]).collect();
    for number in different.iter().take(3) {
        eprintln!("expected {}\nfound    {}\n", expected[*number], found[*number]);
    }
    assert!(different.is_empty(), "programs that tell something else: {different:?}");
}

#[test]
fn programs_do_not_crash_under_stress() {
    for options in [["-X", "stress-gc"], ["-X", "debug-fill"], ["-X", "verify-heap"]] {
        let output = generate(&options, FEWER);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{options:?}: {}\n{stderr}", output.status);
        let lines = String::from_utf8_lossy(&output.stdout).lines().count();
        assert_eq!(lines.to_string(), FEWER, "{options:?}: lines");
    }
}

#[test]
fn programs_leave_nothing_behind() {
    let output = generate(&["-X", "leaks"], FEWER);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{stderr}", output.status);
    let left: Vec<&str> = stderr.lines().skip_while(|line| !line.starts_with("leaks:")).collect();
    assert!(left.is_empty(), "{}", left.join("\n"));
}
