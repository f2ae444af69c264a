//! Ctrl-C: the handler of SIGINT, which asks the interpreter to look up at its next safe point, and death by it.
//!
//! A want of memory comes to the interpreter in the same way.
//!
//! The handler does nothing but set two flags: that there was a signal, and that the running interpreter's loop has
//! something to attend to. Everything else happens in `Interpreter::poll`.

// unsafe is allowed here: the calls that change what a signal does, and the handler's look at the interpreter.
#![allow(unsafe_code)]

use std::sync::atomic::{AtomicPtr, Ordering};

use crate::memory::reserve;
use crate::object::Attention;
use crate::runtime::{Interpreter, interpreter::interrupt_flag};

/// The running interpreter's flag; null while none runs.
static ATTENTION: AtomicPtr<Attention> = AtomicPtr::new(std::ptr::null_mut());

/// Until this is dropped, SIGINT interrupts an interpreter.
pub struct Watch(());

/// Lets SIGINT interrupt the interpreter. A process that was started with the signal ignored goes on ignoring it.
///
/// # Safety
/// What is returned is dropped before the interpreter.
unsafe fn watch_flag(attention: &Attention) -> Watch {
    ATTENTION.store(std::ptr::from_ref(attention).cast_mut(), Ordering::Release);
    reserve::refill();
    // SAFETY: `Watch` ends first, as promised, and takes the flag back.
    unsafe { reserve::listen(Some(attention.flag())) };
    // SAFETY: the structures are plain numbers and live during the calls; the handler only stores to atomics.
    unsafe {
        let mut before: libc::sigaction = std::mem::zeroed();
        libc::sigaction(libc::SIGINT, std::ptr::null(), &mut before);
        if before.sa_sigaction != libc::SIG_IGN {
            set_action(on_interrupt as *const () as usize);
        }
    }
    Watch(())
}

/// Runs `work` while SIGINT interrupts the interpreter.
pub fn watching<T>(cx: &Interpreter, work: impl FnOnce() -> T) -> T {
    // SAFETY: it is dropped here, while the interpreter is borrowed.
    let watch = unsafe { watch_flag(&cx.space.attention) };
    let done = work();
    drop(watch);
    done
}

impl Drop for Watch {
    fn drop(&mut self) {
        ATTENTION.store(std::ptr::null_mut(), Ordering::Release);
        // SAFETY: none lives for ever.
        unsafe { reserve::listen(None) };
    }
}

extern "C" fn on_interrupt(_: libc::c_int) {
    interrupt_flag().store(true, Ordering::Relaxed);
    // SAFETY: where it is not null, the interpreter is alive: `Watch` ends first.
    if let Some(attention) = unsafe { ATTENTION.load(Ordering::Acquire).as_ref() } {
        attention.set(true);
    }
}

/// # Safety
/// The action is a handler that may run at any time, or one of the system's constants.
unsafe fn set_action(action: usize) {
    // SAFETY: numbers, for which zero is a value; the structure lives during the call. Without SA_RESTART a read is
    // interrupted.
    unsafe {
        let mut made: libc::sigaction = std::mem::zeroed();
        made.sa_sigaction = action;
        libc::sigemptyset(&mut made.sa_mask);
        libc::sigaction(libc::SIGINT, &made, std::ptr::null_mut());
    }
}

/// Keeps SIGINT from this thread, so that it comes to the one that runs the program.
pub fn leave_to_others() {
    // SAFETY: the set is filled before it is used and lives during the calls.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        libc::sigaddset(&mut set, libc::SIGINT);
        libc::pthread_sigmask(libc::SIG_BLOCK, &set, std::ptr::null_mut());
    }
}

/// Dies as a process dies that does not handle SIGINT, which tells a shell why.
pub fn die() {
    // SAFETY: the default action may be set at any time; the set is filled before it is used.
    unsafe {
        set_action(libc::SIG_DFL);
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        libc::sigaddset(&mut set, libc::SIGINT);
        libc::pthread_sigmask(libc::SIG_UNBLOCK, &set, std::ptr::null_mut());
        libc::raise(libc::SIGINT);
    }
}
