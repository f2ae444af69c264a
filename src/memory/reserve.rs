//! What the process itself takes beside the heap (syntax trees, code, tables), and how that ends when the system gives
//! no more: Rust's own structures cannot be told, so a reserve is spent, and the interpreter hears of it.
//!
//! ```text
//!  full ── a request fails ──▶ spent, short ── next safe point: MemoryError ──▶ full again
//!                               │
//!                               └── a request fails once more: "MemoryError", exit status 1
//! ```
//!
//! A request beyond [`RESERVE`] is refused at once: who asks for so much asks with `try_reserve`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

/// Bytes of the reserve.
const RESERVE: usize = 16 << 20;

const RESERVE_LAYOUT: Layout = match Layout::from_size_align(RESERVE, 16) {
    Ok(layout) => layout,
    Err(_) => panic!("a layout of whole words"),
};

static KEPT: AtomicPtr<u8> = AtomicPtr::new(ptr::null_mut());
static SHORT: AtomicBool = AtomicBool::new(false);
static LISTENER: AtomicPtr<AtomicBool> = AtomicPtr::new(ptr::null_mut());

/// The system's allocator with the reserve behind it.
pub struct ReservingAllocator;

// SAFETY: every block comes from the system's allocator and goes back to it; nothing here unwinds.
unsafe impl GlobalAlloc for ReservingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as promised by the caller.
        or_from_reserve(layout.size(), || unsafe { System.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as promised by the caller.
        or_from_reserve(layout.size(), || unsafe { System.alloc_zeroed(layout) })
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as promised by the caller; a failed attempt leaves the block as it was.
        or_from_reserve(size, || unsafe { System.realloc(block, layout, size) })
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as promised by the caller.
        unsafe { System.dealloc(block, layout) }
    }
}

#[inline]
fn or_from_reserve(size: usize, attempt: impl Fn() -> *mut u8) -> *mut u8 {
    let block = attempt();
    if block.is_null() { without_memory(size, &attempt) } else { block }
}

#[cold]
fn without_memory(size: usize, attempt: &dyn Fn() -> *mut u8) -> *mut u8 {
    if size > RESERVE {
        return ptr::null_mut();
    }
    if spend() {
        let block = attempt();
        if !block.is_null() {
            return block;
        }
    }
    give_up()
}

/// Lets the reserve go and tells the listener; false where there is none.
fn spend() -> bool {
    let kept = KEPT.swap(ptr::null_mut(), Ordering::AcqRel);
    if kept.is_null() {
        return false;
    }
    // SAFETY: it was allocated with this layout, and taking it out made it ours alone.
    unsafe { System.dealloc(kept, RESERVE_LAYOUT) };
    SHORT.store(true, Ordering::Release);
    // SAFETY: `listen` promises that the flag lives until it is replaced.
    if let Some(listener) = unsafe { LISTENER.load(Ordering::Acquire).as_ref() } {
        listener.store(true, Ordering::Relaxed);
    }
    true
}

/// Ends the process without a further allocation.
fn give_up() -> ! {
    const LAST_WORD: &[u8] = b"MemoryError\n";
    // SAFETY: both calls take numbers and a constant text.
    unsafe {
        libc::write(2, LAST_WORD.as_ptr().cast(), LAST_WORD.len());
        libc::_exit(1)
    }
}

/// Takes the reserve, where it is not kept already.
pub fn refill() {
    if !KEPT.load(Ordering::Acquire).is_null() {
        return;
    }
    // SAFETY: the layout has a size.
    let block = unsafe { System.alloc(RESERVE_LAYOUT) };
    if !block.is_null()
        && KEPT.compare_exchange(ptr::null_mut(), block, Ordering::AcqRel, Ordering::Relaxed).is_err()
    {
        // SAFETY: allocated just now, and nobody has seen it.
        unsafe { System.dealloc(block, RESERVE_LAYOUT) };
    }
}

/// Whether the reserve was spent since the last question.
pub fn ran_short() -> bool {
    SHORT.load(Ordering::Relaxed) && SHORT.swap(false, Ordering::AcqRel)
}

/// Sets `flag` when the reserve is spent; none ends that.
///
/// # Safety
/// The flag lives until another call replaces it.
pub unsafe fn listen(flag: Option<&AtomicBool>) {
    LISTENER.store(flag.map_or(ptr::null_mut(), |flag| ptr::from_ref(flag).cast_mut()), Ordering::Release);
}
