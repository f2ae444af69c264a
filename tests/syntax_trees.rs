//! The tree of every rule of the grammar, as `ast.dump(tree, indent=2, include_attributes=True)` prints it.
//!
//! The programs stand in `syntax_trees/`; each snapshot equals the oracle's dump, and is compared with it
//! again where a CPython 3.11 is found.

use std::process::Command;

use glasspy::syntax::dump::{dump_expression, dump_module};
use glasspy::syntax::{decode, parse_expression, parse_module};

const ORACLE: &str = "import ast, sys\n\
    if sys.version_info[:2] != (3, 11): sys.exit(3)\n\
    tree = ast.parse(open(sys.argv[1], 'rb').read())\n\
    sys.stdout.reconfigure(encoding='utf-8')\n\
    print(ast.dump(tree, indent=2, include_attributes=True))\n";

#[test]
fn trees_of_all_rules() {
    insta::glob!("syntax_trees/*.py", |path| {
        let bytes = std::fs::read(path).expect("a readable program");
        let text = decode(&bytes, "program").expect("UTF-8");
        let dump = dump_module(&parse_module(&text).expect("a right program"), true);
        insta::assert_snapshot!(dump);
        let oracle = Command::new("python3.11").arg("-c").arg(ORACLE).arg(path).output();
        match oracle {
            Ok(output) if output.status.success() => {
                assert_eq!(String::from_utf8_lossy(&output.stdout).trim_end(), dump);
            }
            _ => eprintln!("skipped the comparison with CPython 3.11: it is not here"),
        }
    });
}

#[test]
fn ranges_can_be_left_out() {
    let module = parse_module("x = [1]\n").expect("a right program");
    let expected = "Module(\n  body=[\n    Assign(\n      targets=[\n        Name(id='x', ctx=Store())],\n      \
                    value=List(\n        elts=[\n          Constant(value=1)],\n        ctx=Load()))],\n  \
                    type_ignores=[])";
    assert_eq!(dump_module(&module, false), expected);
}

#[test]
fn an_expression_has_its_own_root() {
    let expression = parse_expression("a").expect("a right expression");
    assert_eq!(dump_expression(&expression, false), "Expression(\n  body=Name(id='a', ctx=Load()))");
}

#[test]
fn lines_may_end_in_any_way() {
    let dump = |text: &str| dump_module(&parse_module(text).expect("a right program"), true);
    let plain = dump("if a:\n    b\nc\n");
    assert_eq!(dump("if a:\r\n    b\r\nc\r\n"), plain);
    assert_eq!(dump("if a:\r    b\rc"), plain);
}

#[test]
fn long_lines_and_large_programs_are_linear() {
    let list = format!("x = [{}]\n", "1, ".repeat(300_000));
    assert!(parse_module(&list).is_ok());
    let text = format!("x = '{}'\n", "a".repeat(6_000_000));
    assert!(parse_module(&text).is_ok());
    let fields = format!("x = f'{}'\n", "{a}".repeat(100_000));
    assert!(parse_module(&fields).is_ok());
}
