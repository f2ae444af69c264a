//! Runs every `tests/language/TOPIC/name.py` and compares what it prints with `name.out`, which was recorded from
//! CPython 3.11. A program runs plainly, twice with the same output to the last address, and once more with a collection
//! at every safe point, with verification of the counts and with fill patterns in freed memory; then nothing that it has
//! made may be left. Beside `name.out` can stand `name.err` (what goes to stderr) and
//! `name.status` (the exit status, 0 without it).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const THREADS: usize = 2;
const PATIENCE: Duration = Duration::from_secs(60);
const ORACLE: &str = "/usr/bin/python3.11";
const HARD: &[&str] = &["-X", "stress-gc", "-X", "verify-heap", "-X", "debug-fill", "-X", "leaks"];

/// Programs that the oracle is not asked about again: what it prints depends on the addresses of its run.
const NOT_ASKED: &[&str] = &["weakref/weak_set.py"];

/// The topic that the oracle knows nothing of.
const OURS: &str = "glass/";

/// Programs that print what a collection at another moment changes: not for `-X stress-gc`.
const SHOWS_COLLECTIONS: &[&str] = &["gc/tracking.py"];

#[test]
fn programs_print_what_cpython_prints() {
    report(&in_parallel(|program| compare(program, "plain", &[])));
}

#[test]
fn programs_print_the_same_under_stress() {
    report(&in_parallel(|program| match name_of(program) {
        name if SHOWS_COLLECTIONS.contains(&name.as_str()) => compare(program, "law", &HARD[2..]),
        _ => compare(program, "stress", HARD),
    }));
}

#[test]
fn two_runs_print_the_same_addresses() {
    report(&in_parallel(|program| {
        let again = || run(env!("CARGO_BIN_EXE_glasspy"), &[], program);
        let (first, second) = (again()?, again()?);
        match first.stdout == second.stdout && first.stderr == second.stderr {
            true => Ok(()),
            false => Err(String::from("two runs differ")),
        }
    }));
}

#[test]
fn expectations_are_still_the_oracles() {
    if !Path::new(ORACLE).is_file() {
        eprintln!("skipped: no {ORACLE} here; {} expectations were not checked again", programs().len());
        return;
    }
    report(&in_parallel(ask_oracle));
}

/// What is expected of a program.
struct Expected {
    stdout: Vec<u8>,
    stderr: Option<Vec<u8>>,
    status: i32,
}

fn expected(program: &Path) -> Result<Expected, String> {
    let stdout = fs::read(program.with_extension("out")).map_err(|error| format!("no .out file: {error}"))?;
    let stderr = fs::read(program.with_extension("err")).ok();
    let status = fs::read_to_string(program.with_extension("status"));
    let status =
        status.map_or(Ok(0), |text| text.trim().parse()).map_err(|error| format!(".status: {error}"))?;
    Ok(Expected { stdout, stderr, status })
}

/// All programs, sorted by name.
fn programs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language");
    let mut found = Vec::new();
    for topic in fs::read_dir(root).into_iter().flatten().flatten() {
        for file in fs::read_dir(topic.path()).into_iter().flatten().flatten() {
            if file.path().extension().is_some_and(|extension| extension == "py") {
                found.push(file.path());
            }
        }
    }
    found.sort();
    assert!(found.len() > 60, "tests/language has been lost");
    found
}

fn name_of(program: &Path) -> String {
    let parts: Vec<_> = program.iter().rev().take(2).map(|part| part.to_string_lossy()).collect();
    format!("{}/{}", parts[1], parts[0])
}

/// Runs a check of every program on a few threads and collects what fails, by name.
fn in_parallel(check: impl Fn(&Path) -> Result<(), String> + Sync) -> Vec<String> {
    let programs = programs();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(why) = check(program) {
                        failures.lock().unwrap().push(format!("{}: {why}", name_of(program)));
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    failures
}

fn report(failures: &[String]) {
    assert!(failures.is_empty(), "{} programs fail:\n\n{}", failures.len(), failures.join("\n\n"));
}

fn compare(program: &Path, way: &str, options: &[&str]) -> Result<(), String> {
    let expected = expected(program)?;
    let output = run(env!("CARGO_BIN_EXE_glasspy"), options, program)?;
    if let Some((_, leaks)) = String::from_utf8_lossy(&output.stderr).split_once("leaks: ") {
        return Err(format!("{way}: left behind {leaks}"));
    }
    if without_addresses(&output.stdout) != without_addresses(&expected.stdout) {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let last = stderr.lines().last().unwrap_or_default();
        return Err(format!(
            "{way}: stdout\n{}\n  stderr: {last}",
            first_difference(&output.stdout, &expected.stdout)
        ));
    }
    if output.status.code() != Some(expected.status) {
        return Err(format!("{way}: {}, expected {}", output.status, expected.status));
    }
    match expected.stderr {
        Some(stderr) if stderr != output.stderr => {
            Err(format!("{way}: stderr\n{}", first_difference(&output.stderr, &stderr)))
        }
        _ => Ok(()),
    }
}

fn ask_oracle(program: &Path) -> Result<(), String> {
    if name_of(program).starts_with(OURS) {
        return Ok(());
    }
    if NOT_ASKED.contains(&name_of(program).as_str()) {
        eprintln!("skipped: {} depends on addresses", name_of(program));
        return Ok(());
    }
    let expected = expected(program)?.stdout;
    let output = run(ORACLE, &[], program)?;
    if without_addresses(&output.stdout) == without_addresses(&expected) {
        return Ok(());
    }
    Err(format!("no longer the oracle's\n{}", first_difference(&expected, &output.stdout)))
}

/// Runs a program in its own folder; one that takes too long is ended.
fn run(interpreter: &str, options: &[&str], program: &Path) -> Result<Output, String> {
    let folder = program.parent().ok_or("a program without a folder")?;
    let name = program.file_name().ok_or("a program without a name")?;
    let mut command = Command::new(interpreter);
    command
        .args(options)
        .arg(name)
        .current_dir(folder)
        .env("PYTHONHASHSEED", "0")
        .env_remove("PYTHONUNBUFFERED");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().map_err(|error| error.to_string())?;
    let id = child.id();
    let (sender, receiver) = std::sync::mpsc::channel();
    thread::spawn(move || sender.send(child.wait_with_output()));
    let begin = Instant::now();
    match receiver.recv_timeout(PATIENCE) {
        Ok(output) => output.map_err(|error| error.to_string()),
        Err(_) => {
            let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
            Err(format!("still running after {:?}", begin.elapsed()))
        }
    }
}

/// The text with every address (` 0x` and digits) replaced: CPython's differ from run to run.
fn without_addresses(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let mut parts = text.split(" 0x");
    let mut masked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.chars().take_while(char::is_ascii_hexdigit).count();
        if digits >= 8 {
            masked.push_str(" 0x...");
            masked.push_str(&part[digits..]);
        } else {
            masked.push_str(" 0x");
            masked.push_str(part);
        }
    }
    masked
}

/// The first line in which two outputs differ.
fn first_difference(found: &[u8], expected: &[u8]) -> String {
    let (found, expected) = (without_addresses(found), without_addresses(expected));
    let (mut found, mut expected) = (found.split('\n'), expected.split('\n'));
    for line in 1.. {
        match (found.next(), expected.next()) {
            (None, None) => break,
            (one, other) if one == other => {}
            (one, other) => {
                let (one, other) = (one.unwrap_or("(end)"), other.unwrap_or("(end)"));
                return format!("  line {line}\n    expected {other}\n    found    {one}");
            }
        }
    }
    String::from("  only in line ends")
}
