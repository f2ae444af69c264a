//! Wrong programs and what CPython 3.11.2 says of them.
//!
//! `syntax_errors.tsv` holds a program a line (with `\n`, `\t`, `\f` and `\\` escaped), then the class, the
//! message, the line, the column, the last line and the end column, as recorded from the oracle.

use glasspy::syntax::{
    DEFAULT_MOST_DIGITS, ErrorClass, SyntaxError, is_incomplete, parse_expression, parse_interactive,
    parse_module,
};

const TABLE: &str = include_str!("syntax_errors.tsv");

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (character, character == '\\') {
            (_, true) => match characters.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('f') => out.push('\x0c'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            (plain, false) => out.push(plain),
        }
    }
    out
}

fn described(error: &SyntaxError) -> String {
    let SyntaxError { class, line, column, end_line, end_column, .. } = error;
    format!("{class:?}\t{}\t{line}\t{column}\t{end_line}\t{end_column}", error.message())
}

fn error_of(program: &str) -> SyntaxError {
    parse_module(program).expect_err("the program is wrong")
}

#[test]
fn errors_are_worded_and_placed_as_in_cpython() {
    let mut wrong = Vec::new();
    for row in TABLE.lines() {
        let (program, expected) = row.split_once('\t').expect("a program and an expectation");
        let (class, rest) = expected.split_once('\t').expect("a class");
        let (message, place) = rest.split_once('\t').expect("a message");
        let expected = format!("{class}\t{}\t{place}", unescape(message));
        let found = match parse_module(&unescape(program)) {
            Ok(_) => "accepted".to_owned(),
            Err(error) => described(&error),
        };
        if found != expected {
            wrong.push(format!("{program}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), TABLE.lines().count(), wrong.join("\n"));
}

#[test]
fn the_table_is_large() {
    assert!(TABLE.lines().count() > 600);
}

/// What no program may do: overflow the stack, or take long.
#[test]
fn deep_programs_are_refused() {
    let many = 100_000;
    let deep = [
        format!("1{}", "+1".repeat(many)),
        format!("a{}", ".b".repeat(many)),
        format!("a{}", "[0]".repeat(many)),
        format!("a{}", "()".repeat(many)),
        format!("{}1", "-".repeat(many)),
        format!("{}1", "not ".repeat(many)),
        format!("{}1", "lambda: ".repeat(many)),
        format!("{}1", "a if b else ".repeat(many)),
        format!("if a: pass\n{}", "elif a: pass\n".repeat(many)),
    ];
    for program in deep {
        assert_eq!(error_of(&program).class, ErrorClass::TooDeep, "{}", &program[..20]);
    }
    let brackets = error_of(&"(".repeat(many));
    assert_eq!(brackets.message(), "too many nested parentheses");
    // With a fault behind the depth, the recogniser is the one that must not go down.
    for opening in ["-", "not ", "lambda: ", "a if b else ", "a = ", "1+", "f(", "*", "yield ", "await "] {
        let error = error_of(&format!("{})", opening.repeat(many)));
        assert_ne!(error.message(), "");
    }
}

#[test]
fn depth_below_the_limit_is_accepted() {
    assert!(parse_module(&format!("1{}", "+1".repeat(2900))).is_ok());
    assert!(parse_module(&format!("{}1{}", "(".repeat(200), ")".repeat(200))).is_ok());
    assert!(parse_module(&format!("[{}]", "1,".repeat(100_000))).is_ok());
    assert!(parse_module(&"x = 1\n".repeat(50_000)).is_ok());
}

#[test]
fn a_prompt_asks_for_more_lines() {
    for more in [
        "if x:",
        "if x:\n    y",
        "if x: y",
        "f(",
        "x = [1,",
        "x = '''a",
        "x = \\",
        "@decorator",
        "def f():",
        "def f():\n    return 1",
        "try:\n    x",
        "class A:\n    x = 1",
        "match x:",
        "while True:\n    f(",
        "if x:\n    y\nelse:",
        "# only a comment\nif x:",
    ] {
        assert!(is_incomplete(more), "{more}");
    }
    for done in [
        "",
        "x = 1",
        "x +",
        "x y",
        "if x:\n    y\n",
        "f()",
        "x = 'abc",
        ")",
        "def f(:",
        "if x:\ny",
        "import",
        "# comment",
    ] {
        assert!(!is_incomplete(done), "{done}");
    }
}

#[test]
fn a_prompt_takes_one_statement() {
    assert!(parse_interactive("x = 1; y = 2\n", DEFAULT_MOST_DIGITS).is_ok());
    assert!(parse_interactive("if x:\n    y\n\n", DEFAULT_MOST_DIGITS).is_ok());
    let error = parse_interactive("x = 1\ny = 2\n", DEFAULT_MOST_DIGITS).expect_err("two statements");
    assert_eq!(error.message(), "multiple statements found while compiling a single statement");
}

#[test]
fn eval_takes_one_expression() {
    assert!(parse_expression("  1 + 2\n\n").is_ok());
    assert!(parse_expression("a, b").is_ok());
    let error = parse_expression("x = 1").expect_err("a statement");
    assert_eq!(described(&error), "SyntaxError\tinvalid syntax\t1\t3\t1\t4");
    assert_eq!(parse_expression("").expect_err("nothing").message(), "invalid syntax");
}

#[test]
fn null_characters_are_refused() {
    assert_eq!(error_of("a\0b").message(), "source code string cannot contain null bytes");
}

#[test]
fn bytes_are_decoded_by_declaration() {
    use glasspy::syntax::decode;
    let text = |bytes: &[u8]| decode(bytes, "file.py").map_err(|error| error.message());
    assert_eq!(text(b"\xef\xbb\xbfx"), Ok("x".to_owned()));
    assert_eq!(text(b"# coding: latin-1\n\xe9"), Ok("# coding: latin-1\n\u{e9}".to_owned()));
    assert_eq!(
        text(b"#\n# vim: set fileencoding=iso-8859-15 :\n"),
        Err("encoding problem: iso-8859-15".to_owned())
    );
    assert_eq!(text(b"# coding: foo\n"), Err("encoding problem: foo".to_owned()));
    assert_eq!(text(b"# coding: ascii\n\xe9"), Err("encoding problem: ascii".to_owned()));
    let missing = "Non-UTF-8 code starting with '\\xff' in file file.py on line 2, but no encoding declared; see https://peps.python.org/pep-0263/ for details";
    assert_eq!(text(b"x\n\xff"), Err(missing.to_owned()));
    let declared = "(unicode error) 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte";
    assert_eq!(text(b"# coding: utf-8\nx = '\xff'"), Err(declared.to_owned()));
}
