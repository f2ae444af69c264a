//! The `glasspy` command.

use glasspy::memory::reserve::ReservingAllocator;

#[global_allocator]
static ALLOCATOR: ReservingAllocator = ReservingAllocator;

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(glasspy::cli::main(std::env::args_os().skip(1)))
}
