//! Questions in front of a program: `glasspy owners program.py x`; and lines with a colon that come through a pipe.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_glasspy")).args(arguments).output().expect("glasspy runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

/// What a call prints that ends well and has nothing to complain about.
fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success() && output.stderr.is_empty(), "{arguments:?}: {output:?}");
    text(&output.stdout).to_owned()
}

/// A folder of the test's own.
fn folder(test: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("glasspy-questions-{}-{test}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Goes over a value of JSON and gives what stands behind it; none where it is none.
fn behind_value(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let rest = text.get(1..)?;
    match text.chars().next()? {
        '{' => behind_items(rest, '}', &|item| {
            behind_value(behind_string(item)?.trim_start().strip_prefix(':')?)
        }),
        '[' => behind_items(rest, ']', &behind_value),
        '"' => behind_string(text),
        _ => {
            let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && !"-+.".contains(letter))?;
            let word = &text[..end];
            let is_known = matches!(word, "null" | "true" | "false") || word.parse::<f64>().is_ok();
            is_known.then_some(&text[end..])
        }
    }
}

fn behind_items<'a>(text: &'a str, end: char, item: &dyn Fn(&'a str) -> Option<&'a str>) -> Option<&'a str> {
    let mut rest = text.trim_start();
    if let Some(rest) = rest.strip_prefix(end) {
        return Some(rest);
    }
    loop {
        rest = item(rest.trim_start())?.trim_start();
        match rest.strip_prefix(',') {
            Some(next) => rest = next,
            None => return rest.strip_prefix(end),
        }
    }
}

fn behind_string(text: &str) -> Option<&str> {
    let mut letters = text.strip_prefix('"')?.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return text.get(at + 2..),
            '\\' => drop(letters.next()?),
            letter if letter.is_control() => return None,
            _ => {}
        }
    }
    None
}

fn is_json(text: &str) -> bool {
    behind_value(text).is_some_and(|rest| rest.trim().is_empty())
}

const PROGRAM: &str = "\
class Node:
    pass
def make():
    n = Node()
    n.me = n
    return n
first = make()
kept = {'k': first}
print('out')
";

#[test]
fn the_reader_of_json_is_strict() {
    for good in ["{}", "[1, -2.5, null]", "{\"a\": [{\"b\": \"\\\"\"}]}\n"] {
        assert!(is_json(good), "{good}");
    }
    for bad in ["{", "[1,]", "{a: 1}", "[1 2]", "\"a\nb\"", "[nul]", "{}{}"] {
        assert!(!is_json(bad), "{bad}");
    }
}

#[test]
fn owners_follow_what_the_program_prints() {
    let shown = printed(&["owners", "-c", PROGRAM, "first"]);
    assert!(shown.starts_with("out\nowners of Node 0x"), "{shown}");
    let rows: Vec<Vec<&str>> = shown.lines().map(|line| line.split_whitespace().collect()).collect();
    let counts = rows.iter().filter_map(|row| row.first()?.parse::<usize>().ok()).collect::<Vec<_>>();
    // Two names, the value in `kept` and its own attribute; the last number is their sum.
    assert_eq!(counts, [1, 1, 1, 1, 4], "{shown}");
    for place in
        ["global first of module __main__", "value of 'k' in dict", "attribute me of Node", "this question"]
    {
        assert!(shown.contains(place), "{place}: {shown}");
    }
}

#[test]
fn every_question_has_an_answer_in_every_form() {
    for (question, expressions) in [
        ("owners", &["first"][..]),
        ("why", &["first"]),
        ("map", &[]),
        ("pool", &["first"]),
        ("size", &["kept"]),
        ("stack", &[]),
        ("gc", &[]),
        ("life", &["first"]),
        ("diff", &[]),
        ("compare", &["[first]", "[first]"]),
        ("dis", &["make"]),
        ("draw", &["kept", "first"]),
        ("draw", &[]),
    ] {
        let asked = |format: &str| {
            let mut line = vec![question, "-c", PROGRAM];
            line.extend(expressions);
            line.extend(["--format", format]);
            printed(&line).strip_prefix("out\n").expect("the program prints first").to_owned()
        };
        assert!(asked("text").lines().count() > 1, "{question}");
        let json = asked("json");
        assert!(json.starts_with('{') && is_json(&json), "{question}: {json}");
        assert!(asked("dot").starts_with("digraph "), "{question}");
        assert!(asked("svg").contains("<svg "), "{question}");
    }
}

#[test]
fn several_objects_give_several_answers() {
    let json = printed(&["size", "-c", PROGRAM, "first", "kept", "--format=json"]);
    let json = json.strip_prefix("out\n").unwrap();
    assert!(json.starts_with('[') && is_json(json), "{json}");
    let shown = printed(&["size", "-c", PROGRAM, "first", "kept"]);
    assert_eq!(shown.matches("sys.getsizeof").count(), 2, "{shown}");
}

#[test]
fn a_life_begins_with_the_instruction_that_made_the_object() {
    let shown =
        printed(&["life", "-c", "def make():\n    return [7]\nx = make()\ny = [x]\ny = x = None\n", "x"]);
    assert!(shown.contains("make, line 2") && shown.contains("dies"), "{shown}");
    let never = printed(&["life", "-c", "y = 1", "x"]);
    assert!(never.contains("nothing got that name"), "{never}");
    let last = printed(&["life", "-c", "x = [1]", "x"]);
    assert!(last.contains("<module>, line 1") && last.contains("alive, count 1"), "{last}");
}

#[test]
fn an_exception_leaves_its_stack() {
    let output = run(&["stack", "-c", "def f(x):\n    y = [x]\n    1 / x\nf(0)"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("ZeroDivisionError"));
    assert!(shown.contains("frame 1: f, line 3") && shown.contains("local y"), "{shown}");
}

#[test]
fn answers_go_to_a_file_in_the_form_that_its_name_says() {
    let folder = folder("files");
    let path = folder.join("x.svg");
    let shown = printed(&["draw", "-c", PROGRAM, "kept", "-o", path.to_str().unwrap()]);
    assert_eq!(shown, "out\n");
    assert!(std::fs::read_to_string(&path).unwrap().contains("<svg "));
    let nowhere = folder.join("none/x.svg");
    let output = run(&["draw", "-c", PROGRAM, "kept", "-o", nowhere.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("[Errno 2] No such file or directory"), "{output:?}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn wrong_use_gets_one_line() {
    for (wrong, told) in [
        (&["map"][..], "glasspy: map: which program?\n"),
        (
            &["owners", "-c", "x = 1"],
            "glasspy: owners: which object? An expression is needed behind the program\n",
        ),
        (&["why", "-c", "x = 1", "x", "--depth", "2"], "glasspy: why: takes no --depth\n"),
        (&["draw", "-c", "x = 1", "x", "--depth=x"], "glasspy: --depth takes a number, not x\n"),
        (&["map", "-c", "", "x"], "glasspy: map: no expression is needed, there is 1\n"),
        (
            &["size", "-c", "", "x", "--format=pdf"],
            "glasspy: --format takes text, json, dot or svg, not pdf\n",
        ),
    ] {
        let output = run(wrong);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), told), "{wrong:?}");
        assert!(output.stdout.is_empty());
    }
    let missing = run(&["owners", "no_such_file.py", "x"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(missing.stdout.is_empty() && text(&missing.stderr).contains("can't open file"), "{missing:?}");
}

#[test]
fn what_an_expression_raises_is_shown_and_the_status_of_a_program_stays() {
    let output = run(&["owners", "-c", "x = 1", "y.z"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).ends_with("NameError: name 'y' is not defined\n"), "{output:?}");
    let output = run(&["owners", "-c", "x = []; raise SystemExit(7)", "x"]);
    assert_eq!(output.status.code(), Some(7));
    assert!(text(&output.stdout).contains("global x of module __main__"), "{output:?}");
}

#[test]
fn a_program_may_be_called_as_a_question() {
    let folder = folder("names");
    std::fs::write(folder.join("map"), "print('my own map')\n").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_glasspy"));
        command.args(arguments).current_dir(&folder).output().unwrap()
    };
    assert_eq!(text(&run(&["./map"]).stdout), "my own map\n");
    assert!(text(&run(&["size", "map", "__name__"]).stdout).starts_with("my own map\nbytes of '__main__'"));
    assert_eq!(run(&["map"]).status.code(), Some(2));
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Standard output and standard error of a prompt that reads these lines.
fn typed(input: &str) -> (String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_glasspy"))
        .args(["-i", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("glasspy runs");
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("the prompt reads");
    let output = child.wait_with_output().expect("it ends");
    (text(&output.stdout).to_owned(), text(&output.stderr).replace(">>> ", "").replace("... ", ""))
}

#[test]
fn owners_at_the_prompt_add_up_to_what_a_program_counts() {
    for expression in ["x", "y", "x[0]", "None", "f", "(x, 5)[0]"] {
        let input = format!(
            "x = [object()]; y = {{'k': x}}\ndef f(a=x): pass\n\n:owners {expression}\n:owners {expression}\n\
             import sys; sys.getrefcount({expression})\n"
        );
        let (shown, complaints) = typed(&input);
        assert_eq!(complaints.trim(), "", "{shown}");
        let sums: Vec<&str> = shown.lines().filter(|line| line.ends_with("  sys.getrefcount")).collect();
        let sum = |line: &str| line.split_whitespace().next().and_then(|word| word.parse::<usize>().ok());
        let counted = shown.lines().last().and_then(|line| line.parse().ok());
        // In the line that counts, singletons are used by the code that runs; other objects are not.
        if expression != "None" {
            assert_eq!(sum(sums[0]), counted, "{expression}: {shown}");
        }
        assert_eq!(sum(sums[0]), sum(sums[1]), "{expression}: {shown}");
        let rows = shown.lines().take_while(|line| *line != sums[0]).skip(3);
        let rows = rows.filter_map(|line| line.get(..9)?.trim().parse::<usize>().ok()).sum::<usize>();
        assert_eq!(Some(rows), sum(sums[0]), "{expression}: {shown}");
    }
}

#[test]
fn commands_through_a_pipe_complain_in_one_line() {
    for (line, told) in [
        (":ownrs x", "There is no command :ownrs. Did you mean :owners? :help lists them all."),
        (":", "There is no command :. :help lists them all."),
        (":qqqqqqqq", "There is no command :qqqqqqqq. :help lists them all."),
        (":owners", ":owners takes an expression behind it; :help owners tells more."),
        (":map x", ":map takes nothing behind it; :help map tells more."),
        (
            ":compare 1",
            ":compare takes two expressions behind it, with a comma between them; :help compare tells more.",
        ),
        (":why 1 --depth 3", ":why takes no --depth"),
        (":map --depth 3 --limit 4", ":map takes no --depth"),
        (":watch 1 --limit 4", ":watch takes no --depth and no --limit"),
        (":owners 1 --depth deep", "--depth takes a number, not deep"),
        (":save x.pdf", ":save FILE: the name must end in .svg, .dot, .json or .txt"),
        (":size 1 +", "  File \"<stdin>\", line 1\n    1 +\nSyntaxError: invalid syntax"),
        (":dis 1", "TypeError: int objects have no bytecode"),
        (":life []", "ValueError: that is not watched: glass.watch() tells what is"),
    ] {
        let (shown, complaints) = typed(&format!("{line}\n5\n"));
        assert_eq!((shown.as_str(), complaints.trim_end()), ("5\n", told), "{line}");
    }
}

#[test]
fn depth_and_limit_say_how_much_is_told() {
    let (shown, complaints) =
        typed("x = [1]; y = {'k': x}; z = [y]\n:owners x\n:owners x --depth 3 --limit=9\n");
    assert_eq!(complaints.trim(), "");
    let indented = |line: &&str| line.contains("1    list 0x") || line.contains("1    global y of");
    assert_eq!(shown.lines().filter(indented).count(), 2, "{shown}");
    let boxes = |shown: &str| shown.matches("<g>").count();
    let draw =
        |options: &[&str]| boxes(&printed(&[&["draw", "-c", CHAIN, "x", "--format=svg"], options].concat()));
    assert_eq!([draw(&[]), draw(&["--depth", "6"]), draw(&["--limit", "2"])], [8, 14, 3]);
    let explained = typed(":help owners\n:help\n").0;
    assert!(
        explained.contains("  --depth N  who holds the holders") && explained.contains("--limit N behind")
    );
}

const CHAIN: &str = "x = None\nfor i in range(20): x = [x, i]\n";

#[test]
fn commands_leave_no_trace() {
    let (shown, _) =
        typed("7\nx = [1]\n:owners x\n:watch x\n:life x\n:pool x\n:compare x x\n_\nsorted(globals())[-2:]\n");
    assert!(shown.ends_with("\n7\n['_', 'x']\n") || shown.ends_with("\n7\n['__spec__', 'x']\n"), "{shown}");
    assert!(shown.contains("alive, count 1, generation 0"), "{shown}");
}

#[test]
fn expressions_stand_between_commas_or_blanks() {
    let (shown, complaints) =
        typed("a = [1]; b = [a]\n:compare b[0], a\n:compare b[0] a\n:compare {1} {2}\n");
    assert_eq!(shown.matches("one object twice: [1] (list 0x").count(), 2, "{shown}");
    assert!(complaints.trim().is_empty() && shown.contains("two objects"), "{shown}{complaints}");
}
