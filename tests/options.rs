//! Options of the command line that change what programs see.

use std::process::Command;

fn printed(arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_glasspy")).args(arguments).output().expect("the binary starts");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).expect("the programs print ASCII")
}

const SIZES: &str =
    "import sys\nprint(*map(sys.getsizeof, ([1, 2, 3], [1, 2], [None, True, 'a', 4.5, (2,)], [1, [], 3])))";

#[test]
fn a_list_display_holds_exactly_its_items() {
    assert_eq!(printed(&["-c", SIZES]), "80 72 96 80\n");
}

#[test]
fn or_has_the_room_of_cpythons_where_that_is_asked_for() {
    assert_eq!(printed(&["-X", "cpython", "-c", SIZES]), "88 72 104 80\n");
}

#[test]
fn equal_constants_of_two_statements_are_two_objects() {
    let program = "x = 1000\ny = 1000\nprint(x is y)";
    assert_eq!(printed(&["-c", program]), "False\n");
    assert_eq!(printed(&["-X", "cpython", "-c", program]), "True\n");
}
