//! `-X dump=…` as a reader sees it, and the token stream against `python -m tokenize` over the language programs.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use glasspy::syntax::dump_tokens;

const ORACLE: &str = "/usr/bin/python3.11";

fn dump(what: &str, code: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_glasspy"))
        .args(["-X", &format!("dump={what}"), "-c", code])
        .output()
        .expect("glasspy runs")
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("text")
}

#[test]
fn tokens_have_kinds_places_and_texts() {
    let program = "if a: # b\n  match = 'é' @ 1\n";
    let expected = "\
1,0-1,2:            KEYWORD        'if'
1,3-1,4:            NAME           'a'
1,4-1,5:            OP             ':'
1,9-1,10:           NEWLINE        '\\n'
2,0-2,2:            INDENT         '  '
2,2-2,7:            NAME           'match'
2,8-2,9:            OP             '='
2,10-2,13:          STRING         \"'é'\"
2,14-2,15:          OP             '@'
2,16-2,17:          NUMBER         '1'
2,17-2,18:          NEWLINE        '\\n'
3,0-3,0:            DEDENT         ''
3,0-3,0:            ENDMARKER      ''
";
    assert_eq!(text(&dump("tokens", program)), expected);
}

#[test]
fn a_text_without_tokens_is_refused() {
    let output = dump("tokens", "x = 'abc");
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(
        (output.stdout.len(), message.as_str()),
        (0, "unterminated string literal (detected at line 1)\n")
    );
}

#[test]
fn the_other_dumps_show_their_stage() {
    assert!(text(&dump("ast", "x = 1")).starts_with("Module(\n  body=[\n    Assign("));
    assert!(text(&dump("scopes", "def f(x): return x")).contains('f'));
    assert!(text(&dump("code", "x = y")).contains('x'));
}

/// The rows of a dump as the oracle would name them: it knows no keywords.
fn rows(dump: &str) -> Vec<String> {
    dump.lines().map(|row| row.replace("KEYWORD ", "NAME    ").trim_end().to_owned()).collect()
}

fn oracles_rows(program: &Path) -> Vec<String> {
    let output =
        Command::new(ORACLE).args(["-m", "tokenize"]).arg(program).output().expect("the oracle runs");
    let text = String::from_utf8(output.stdout).expect("text");
    let is_layout = |row: &&str| {
        !["ENCODING", "COMMENT", "NL"].contains(&row.split_whitespace().nth(1).unwrap_or_default())
    };
    text.lines().filter(is_layout).map(|row| row.trim_end().to_owned()).collect()
}

#[test]
fn tokens_are_those_of_the_oracle() {
    if !Path::new(ORACLE).is_file() {
        eprintln!("skipped: no {ORACLE} here");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language");
    let topics = std::fs::read_dir(root).unwrap().flatten();
    let files = topics.flat_map(|topic| std::fs::read_dir(topic.path()).into_iter().flatten().flatten());
    let programs: Vec<PathBuf> =
        files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|it| it == "py")).collect();
    assert!(programs.len() > 60, "tests/language has been lost");
    for program in programs.iter().step_by(7) {
        let source = std::fs::read_to_string(program).unwrap();
        let found = dump_tokens(&source).unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        assert_eq!(rows(&found), oracles_rows(program), "{}", program.display());
    }
}
