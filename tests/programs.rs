//! The lessons in `programs/` run and print what their snapshots show, addresses included: every run is the same.

use std::path::Path;
use std::process::Command;

fn output_of(program: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_glasspy"));
    let output =
        command.arg(format!("programs/{program}")).current_dir(folder).output().expect("glasspy runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {}\n{stderr}", output.status);
    assert_eq!(stderr, "", "{program} writes to stderr");
    String::from_utf8(output.stdout).expect("text")
}

fn pin(name: &str) {
    let first = output_of(&format!("{name}.py"));
    assert_eq!(first, output_of(&format!("{name}.py")), "{name}.py: two runs differ");
    insta::assert_snapshot!(name, first);
}

#[test]
fn tour() {
    pin("tour");
}

#[test]
fn lesson_1_names_and_counts() {
    pin("lesson_1_names_and_counts");
}

#[test]
fn lesson_2_two_that_hold_each_other() {
    pin("lesson_2_two_that_hold_each_other");
}

#[test]
fn lesson_3_watching_without_holding() {
    pin("lesson_3_watching_without_holding");
}

#[test]
fn lesson_4_a_list_grows() {
    pin("lesson_4_a_list_grows");
}

#[test]
fn lesson_5_copies() {
    pin("lesson_5_copies");
}

/// Every lesson leaves nothing behind, and its heap keeps the law of reference counts.
#[test]
fn lessons_leave_nothing_behind() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("programs");
    let mut seen = 0;
    for file in std::fs::read_dir(root).unwrap().flatten() {
        if file.path().extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_glasspy"))
            .args(["-X", "leaks", "-X", "verify-heap"])
            .arg(file.path())
            .output()
            .unwrap();
        let complaint = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success() && complaint.is_empty(), "{}: {complaint}", file.path().display());
        seen += 1;
    }
    assert!(seen > 3, "the lessons have been lost");
}
