//! Runs the programs of a course that stands beside this repository, where there is one: `../shared/course`, or the folder
//! that GLASSPY_COURSE names. Each `name.py` must print what `name.out` says, its counts must be right all the time, and
//! nothing that it has made may be left. A program that imports what is not there yet is skipped, and told of.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Programs whose structures take too long to be checked again and again.
const ONLY_AT_THE_END: &[&str] = &["22_deep_structures"];

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("GLASSPY_COURSE").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/course");
    named.or(Some(beside)).filter(|folder| folder.is_dir())
}

fn programs(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).expect("the folder is there").flatten().map(|file| file.path());
    let is_program = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending == "py") && path.with_extension("out").is_file()
    };
    let mut found: Vec<PathBuf> = files.filter(is_program).collect();
    found.sort();
    found
}

/// What is wrong with a program, if anything is.
fn wrong(program: &Path) -> Option<String> {
    let name = program.file_stem()?.to_string_lossy().into_owned();
    let mut command = Command::new(env!("CARGO_BIN_EXE_glasspy"));
    command.args(["-X", "leaks"]).current_dir(program.parent()?).env_remove("PYTHONUNBUFFERED");
    if !ONLY_AT_THE_END.contains(&name.as_str()) {
        command.args(["-X", "verify-heap"]);
    }
    let output = command.arg(program.file_name()?).output().expect("glasspy runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    if complaint.contains("ModuleNotFoundError") {
        eprintln!("skipped: {name}: {}", complaint.lines().last().unwrap_or_default());
        return None;
    }
    let expected = std::fs::read(program.with_extension("out")).expect("it is there");
    match output.status.success() && output.stdout == expected && !complaint.contains("leaks: ") {
        true => None,
        false => Some(format!("{name}: {}\n{complaint}", output.status)),
    }
}

#[test]
fn the_course_keeps_the_law() {
    let Some(folder) = folder() else {
        eprintln!("skipped: no course stands beside this repository");
        return;
    };
    let programs = programs(&folder);
    let (even, odd): (Vec<_>, Vec<_>) = programs.iter().enumerate().partition(|(index, _)| index % 2 == 0);
    let all_wrong = |some: Vec<(usize, &PathBuf)>| -> Vec<String> {
        some.into_iter().filter_map(|(_, program)| wrong(program)).collect()
    };
    let found: Vec<String> = std::thread::scope(|scope| {
        let other = scope.spawn(|| all_wrong(odd));
        let mut found = all_wrong(even);
        found.extend(other.join().expect("it ends"));
        found
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}
