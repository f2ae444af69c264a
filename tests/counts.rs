//! Runs some thousands of made programs (`tests/counts/generate.py`) and compares every count, result and notice of
//! death that they tell with `recorded.txt`, which CPython 3.11 has written: a line a program. Once more they run with
//! a collection at every safe point and with fill patterns in freed memory, where only crashes are looked for.
//!
//! `differing.txt` names the programs that still tell something else. It only gets shorter: a program of the list that
//! tells the same as CPython fails the test as well. `compare.py` runs more programs against a CPython at hand.
//!
//! To record: `PYTHONHASHSEED=0 python3.11 tests/counts/generate.py 1 0 3000 > tests/counts/recorded.txt`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SEED: &str = "1";
const FEWER: &str = "300";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/counts")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn generate(options: &[&str], programs: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_glasspy"));
    command.args(options).arg(folder().join("generate.py")).args([SEED, "0", programs]);
    command.output().expect("glasspy starts")
}

#[test]
fn programs_tell_what_cpython_tells() {
    let recorded = read("recorded.txt");
    let expected: Vec<&str> = recorded.lines().collect();
    assert!(expected.len() >= 2000, "the recorded programs have been lost");
    let output = generate(&[], &expected.len().to_string());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8_lossy(&output.stdout);
    let found: Vec<&str> = told.lines().collect();
    assert_eq!(found.len(), expected.len(), "lines");
    let different: BTreeSet<usize> = (0..expected.len()).filter(|at| found[*at] != expected[*at]).collect();
    let listed: BTreeSet<usize> = read("differing.txt").lines().map(|line| line.parse().unwrap()).collect();
    for number in different.difference(&listed).take(3) {
        eprintln!("expected {}\nfound    {}\n", expected[*number], found[*number]);
    }
    let news: Vec<_> = different.symmetric_difference(&listed).collect();
    assert!(news.is_empty(), "programs that differ now, or that are listed and do not: {news:?}");
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
