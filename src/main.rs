//! The `glasspy` command.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(glasspy::cli::main(std::env::args_os().skip(1)))
}
