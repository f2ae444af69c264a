//! The lessons of `programs/` run and print what their snapshots show, addresses included: every run is the same. They
//! leave nothing behind, keep the law of reference counts, print what CPython prints, and are found by their numbers.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ORACLE: &str = "/usr/bin/python3.11";

/// Lessons that count the runs of the collector, compare times, or show things in the order of their addresses.
const NOT_UNDER_STRESS: &[&str] = &["06_generations", "18_measuring", "19_owners"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("programs")
}

/// Whether a lesson shows what only glasspy can show.
fn looks_into_memory(name: &str) -> bool {
    let source = std::fs::read_to_string(folder().join(format!("{name}.py"))).expect("a text");
    source.lines().any(|line| line == "import glass")
}

/// The text with a number for each address, in the order in which they come: addresses move with every name that the
/// interpreter itself gets, and with the way in which a program is started.
fn without_addresses(text: &str) -> String {
    let (mut out, mut known, mut rest) = (String::new(), Vec::new(), text);
    while let Some(start) = rest.find("0x") {
        let digits = rest[start + 2..].bytes().take_while(u8::is_ascii_hexdigit).count();
        let (before, address) = (&rest[..start], &rest[start..start + 2 + digits]);
        let number = known.iter().position(|other| *other == address).unwrap_or_else(|| {
            known.push(address);
            known.len() - 1
        });
        out.push_str(&format!("{before}0x{number:0digits$}"));
        rest = &rest[start + 2 + digits..];
    }
    out + rest
}

/// What a lesson prints; where it shows addresses, with numbers for them.
fn told(name: &str, arguments: &[&str]) -> String {
    let text = printed(arguments);
    if looks_into_memory(name) { without_addresses(&text) } else { text }
}

/// The names of all lessons, in order.
fn lessons() -> Vec<String> {
    let files = std::fs::read_dir(folder()).expect("the lessons are there").flatten();
    let mut names: Vec<String> = files
        .filter_map(|file| file.file_name().to_string_lossy().strip_suffix(".py").map(str::to_owned))
        .collect();
    names.sort();
    assert_eq!(names.len(), 29, "{names:?}");
    names
}

fn glasspy(arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_glasspy");
    Command::new(program).args(arguments).current_dir(folder()).output().expect("glasspy runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

/// What a call prints that ends well and has nothing to complain about.
fn printed(arguments: &[&str]) -> String {
    let output = glasspy(arguments);
    let complaint = text(&output.stderr);
    assert!(output.status.success() && complaint.is_empty(), "{arguments:?}: {}\n{complaint}", output.status);
    text(&output.stdout).to_owned()
}

#[test]
fn lessons_print_what_their_snapshots_show() {
    for name in lessons() {
        let first = printed(&[&format!("{name}.py")]);
        assert_eq!(first, printed(&[&format!("{name}.py")]), "{name}: two runs differ");
        let shown = if looks_into_memory(&name) { without_addresses(&first) } else { first };
        insta::assert_snapshot!(name, shown);
    }
}

#[test]
fn lessons_leave_nothing_behind() {
    for name in lessons() {
        let file = format!("{name}.py");
        let watched = ["-X", "leaks", "-X", "verify-heap", &file];
        assert_eq!(told(&name, &[&file]), told(&name, &watched), "{name}");
    }
}

#[test]
fn lessons_print_the_same_under_stress() {
    for name in lessons().iter().filter(|name| !NOT_UNDER_STRESS.contains(&name.as_str())) {
        let file = format!("{name}.py");
        let hard = ["-X", "stress-gc", "-X", "verify-heap", "-X", "debug-fill", &file];
        assert_eq!(told(name, &[&file]), told(name, &hard), "{name}");
    }
}

#[test]
fn lessons_print_what_the_oracle_prints() {
    if !Path::new(ORACLE).is_file() {
        eprintln!("skipped: no {ORACLE} here");
        return;
    }
    for name in lessons().iter().filter(|name| !looks_into_memory(name)) {
        let file = format!("{name}.py");
        let mut oracle = Command::new(ORACLE);
        oracle.arg(&file).env("PYTHONHASHSEED", "0").env_remove("PYTHONUNBUFFERED").current_dir(folder());
        let output = oracle.output().expect("the oracle runs");
        assert_eq!(printed(&[&file]), text(&output.stdout), "{name}");
    }
}

#[test]
fn the_course_names_every_lesson() {
    let course = std::fs::read_to_string(folder().join("README.md")).expect("the course has a page");
    for name in lessons() {
        assert!(course.contains(&format!("({name}.py)")), "{name} is not in the course");
    }
}

#[test]
fn lessons_are_listed() {
    insta::assert_snapshot!("list_of_lessons", printed(&["--lessons"]));
}

#[test]
fn lessons_run_by_number() {
    let mut names = lessons();
    names.rotate_right(1);
    assert_eq!(names.first().map(String::as_str), Some("tour"));
    for (number, name) in names.iter().enumerate() {
        let number = number.to_string();
        let file = format!("{name}.py");
        assert_eq!(told(name, &["--lesson", &number]), told(name, &[&file]), "{name}");
        let source = std::fs::read_to_string(folder().join(&file)).expect("a text");
        assert_eq!(printed(&["--lesson", &number, "--show"]), source, "{name}");
    }
}

#[test]
fn a_wrong_number_gets_one_line() {
    for wrong in ["29", "-1", "five", ""] {
        let output = glasspy(&["--lesson", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert_eq!(text(&output.stdout), "");
        let line = format!("glasspy: there is no lesson {wrong:?}: --lessons lists them, from 0 to 28\n");
        assert_eq!(text(&output.stderr), line);
    }
}

#[test]
fn tracebacks_show_the_lines_of_a_lesson() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_glasspy"))
        .args(["-q", "-i", "--lesson", "4"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("glasspy runs");
    child.stdin.take().expect("piped").write_all(b"bookmark(7)\n").expect("the prompt reads");
    let output = child.wait_with_output().expect("it ends");
    let complaint = text(&output.stderr);
    let shown = "in bookmark\n    line = frame.f_lineno - frame.f_code.co_firstlineno\n           ^^^^";
    assert!(complaint.contains("File \"<lesson 4>\"") && complaint.contains(shown), "{complaint}");
}

/// The same program has the same addresses in another folder.
#[test]
fn addresses_do_not_depend_on_the_folder() {
    let program = "for one in object(), [], {}, 'x y', 1.5, lambda: 0, [0] * 9: print(id(one))\n";
    let root = std::env::temp_dir().join(format!("glasspy-addresses-{}", std::process::id()));
    let printed_in = |folder: &str| {
        let folder = root.join(folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join("program.py");
        std::fs::write(&file, program).expect("a file");
        printed(&[file.to_str().expect("text")])
    };
    let found = ["a", "much/longer/a/folder/than/the/other/one/is"].map(printed_in);
    std::fs::remove_dir_all(&root).expect("it was made here");
    assert_eq!(found[0], found[1]);
}

/// What a program keeps out of the collector's sight is told of at its end, also if the program traced blocks itself.
#[test]
fn leaks_are_told_of() {
    let program = "\
import gc, tracemalloc
tracemalloc.start()
ring = []
ring.append(ring)
gc.freeze()
print(len(tracemalloc.take_snapshot().traces) > 0)
tracemalloc.stop()
del ring";
    let output = Command::new(env!("CARGO_BIN_EXE_glasspy"))
        .args(["-X", "leaks", "-X", "verify-heap", "-c", program])
        .output()
        .expect("glasspy runs");
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stdout).trim()), (Some(0), "True"));
    assert!(report.contains("<string>:3: 1 of list, 56 bytes\n"), "{report}");
}
