//! Which of the three standard streams the process was given at all.
//!
//! Rust's runtime opens `/dev/null` in the place of a closed one before `main`, so that it can no longer be told from one
//! that was asked for. What is asked here is asked earlier, by a function that the loader calls.

// unsafe is allowed here: a function in the loader's list, and one call of C that only answers.
#![allow(unsafe_code)]

use std::sync::atomic::{AtomicU8, Ordering};

/// A bit for each of the three that were closed.
static CLOSED: AtomicU8 = AtomicU8::new(0);

// SAFETY: the loader calls what stands in this section, once, before `main`; the function needs nothing of Rust's runtime.
#[used]
#[unsafe(link_section = ".init_array")]
static LOOK: extern "C" fn() = look;

extern "C" fn look() {
    for descriptor in 0..3 {
        // SAFETY: it only asks for the flags of a number.
        if unsafe { libc::fcntl(descriptor, libc::F_GETFD) } == -1 {
            CLOSED.fetch_or(1 << descriptor, Ordering::Relaxed);
        }
    }
}

/// Whether the process was started without this stream.
pub fn was_closed(descriptor: i64) -> bool {
    matches!(descriptor, 0..3) && CLOSED.load(Ordering::Relaxed) & (1 << descriptor) != 0
}
