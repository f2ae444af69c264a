//! Where the space of the interpreter that runs on this thread is noted.
//!
//! Each birth and each death asks for it. What a library compiles may end in a shared object, so the compiler calls a
//! function for the address of a variable of the thread; the linker takes that call out again, but not what was moved
//! out of its way. On x86-64 Linux the variable is therefore read by hand, at a distance from the thread's pointer that
//! the linker knows; everywhere else it is an ordinary one.

use super::space::ObjectSpace;

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod place {
    use super::ObjectSpace;
    use std::arch::{asm, global_asm};

    global_asm!(
        ".pushsection .tbss.glasspy_current_space, \"awT\", @nobits",
        ".globl glasspy_current_space",
        ".hidden glasspy_current_space",
        ".type glasspy_current_space, @tls_object",
        ".size glasspy_current_space, 8",
        ".p2align 3",
        "glasspy_current_space: .zero 8",
        ".popsection",
    );

    /// What is noted; null at first.
    #[inline(always)]
    pub fn get() -> *const ObjectSpace {
        let space;
        // SAFETY: the variable is eight bytes of this thread, which are a pointer or zero.
        unsafe {
            asm!(
                "mov {space}, qword ptr [rip + glasspy_current_space@GOTTPOFF]",
                "mov {space}, qword ptr fs:[{space}]",
                space = out(reg) space,
                options(pure, readonly, nostack, preserves_flags),
            );
        }
        space
    }

    /// Notes another one.
    pub fn set(space: *const ObjectSpace) {
        // SAFETY: the variable is eight bytes of this thread, which nobody else looks at.
        unsafe {
            asm!(
                "mov {distance}, qword ptr [rip + glasspy_current_space@GOTTPOFF]",
                "mov qword ptr fs:[{distance}], {space}",
                distance = out(reg) _,
                space = in(reg) space,
                options(nostack, preserves_flags),
            );
        }
    }
}

#[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
mod place {
    use super::ObjectSpace;
    use std::cell::Cell;

    thread_local! {
        static CURRENT: Cell<*const ObjectSpace> = const { Cell::new(std::ptr::null()) };
    }

    /// What is noted; null at first.
    #[inline]
    pub fn get() -> *const ObjectSpace {
        CURRENT.get()
    }

    /// Notes another one.
    pub fn set(space: *const ObjectSpace) {
        CURRENT.set(space)
    }
}

/// The space of the interpreter that runs on this thread.
#[inline(always)]
pub fn space() -> &'static ObjectSpace {
    let current = place::get();
    debug_assert!(!current.is_null(), "no interpreter is entered");
    // SAFETY: `enter_space` promises that the space stays until another one is entered.
    unsafe { &*current }
}

/// Makes a space the current one of this thread and returns the one before.
///
/// # Safety
/// The space outlives its time as the current one.
pub unsafe fn enter_space(space: *const ObjectSpace) -> *const ObjectSpace {
    let before = place::get();
    place::set(space);
    before
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn each_thread_has_its_own() {
        let before = place::get();
        place::set(std::ptr::without_provenance(16));
        let elsewhere = std::thread::spawn(|| place::get().is_null()).join();
        assert_eq!(place::get().addr(), 16);
        place::set(before);
        assert!(elsewhere.is_ok_and(|is_null| is_null));
    }
}
