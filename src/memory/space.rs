//! The operating-system layer: one reserved range of addresses, and who has which part of it.
//!
//! ```text
//! base                arenas_top        border                               end
//!  | arena | arena | ... | not yet used | runs: chunks, huge blocks, free runs |
//! ```
//!
//! The range is reserved once, at a fixed base, so that the same program finds its blocks at the same
//! addresses in every run. Reserving costs nothing: the system hands out a page when it is first touched, and
//! takes it back when we say that its content is no longer wanted. What we have handed on is *committed*, and
//! counted against a limit below the machine's memory: a program that asks for too much is told so, instead of
//! being killed by the system.
//!
//! The system clears every page that it hands out, which takes longer than filling it with objects. So the arenas given
//! back last stay *warm*: their pages remain until the place is used again. What is committed and what is warm never
//! exceed together what was once committed, so the process is never larger for it than it has been. And where arenas
//! are about to be filled, we ask for many pages at once, or for large ones: that takes the system half the time of handing
//! them out singly, or a fifth. Not so for runs: a page that comes when it is touched is in the cache when it is filled.
//!
//! The border between arenas and runs starts in the middle and moves when one side is full.

use std::collections::BTreeMap;
use std::ffi::c_void;
use std::ptr;

use rustix::io::Errno;
use rustix::mm::{Advice, MapFlags, MremapFlags, ProtFlags};
use rustix::process::{Resource, getrlimit};

/// Runs are cut at multiples of this: a multiple of the page size of every system we may meet.
pub(super) const RUN_UNIT: usize = 16 << 10;
/// Size and alignment of arenas and chunks.
pub(super) const SEGMENT: usize = 1 << 20;

/// So many arenas that were given back keep their pages for a while.
const MOST_WARM: usize = 64;

/// What the system gives at once where it is asked for large pages.
const LARGE_PAGE: usize = 2 << 20;
/// Shorter runs would have little of a large page.
const LEAST_WITH_LARGE_PAGES: usize = 2 * LARGE_PAGE;
/// Longer runs are room that is seldom used, as the stacks of frames are.
const MOSTLY_UNUSED: usize = 128 << 20;
/// The first place of an arena that comes in a large page: a small process stays as small as it is.
const FIRST_IN_LARGE_PAGE: usize = 8;
/// So much of an arena is asked for at once.
const STRIDE: usize = 64 << 10;

const FIRST_BASE: usize = 0x2000_0000_0000;
const BASE_STEP: usize = 0x10_0000_0000;
const BASES: usize = 1024;
const LARGEST_RANGE: usize = BASE_STEP;
const SMALLEST_RANGE: usize = 4 * SEGMENT;

/// Why no range of addresses could be reserved.
#[derive(Debug, thiserror::Error)]
pub enum ReserveError {
    /// The system refuses even the smallest useful range.
    #[error("cannot reserve address space for the heap: {0}")]
    Refused(#[from] std::io::Error),
    /// Every place at which a heap may stand is taken.
    #[error("cannot reserve address space for the heap: every base address is taken")]
    NoBaseLeft,
}

/// The reserved range and its division.
pub(super) struct Space {
    base: usize,
    size: usize,
    border: usize,
    arena_count: usize,
    /// The places of arenas that were given back and whose pages are still here, the last one last.
    warm: Vec<usize>,
    /// Free runs above the border: address to length; neighbours are always joined.
    free_runs: BTreeMap<usize, usize>,
    limit: usize,
    committed: usize,
    peak: usize,
    given_back: usize,
}

impl Space {
    pub(super) fn reserve(limit: Option<usize>) -> Result<Space, ReserveError> {
        let mut size = range_size();
        let base = loop {
            match reserve_somewhere(size) {
                Err(ReserveError::Refused(_)) if size / 2 >= SMALLEST_RANGE => {
                    size = (size / 2) & !(SEGMENT - 1)
                }
                outcome => break outcome?,
            }
        };
        let border = base + ((size / 2) & !(SEGMENT - 1));
        Ok(Space {
            base,
            size,
            border,
            arena_count: 0,
            warm: Vec::new(),
            free_runs: BTreeMap::from([(border, base + size - border)]),
            limit: limit.unwrap_or_else(default_limit),
            committed: 0,
            peak: 0,
            given_back: 0,
        })
    }

    pub(super) fn base(&self) -> usize {
        self.base
    }
    pub(super) fn size(&self) -> usize {
        self.size
    }
    pub(super) fn limit(&self) -> usize {
        self.limit
    }
    pub(super) fn committed(&self) -> usize {
        self.committed
    }
    pub(super) fn peak(&self) -> usize {
        self.peak
    }
    /// How many times memory was given back.
    pub(super) fn given_back(&self) -> usize {
        self.given_back
    }
    /// The end of the places at which an arena may stand: what is below is in a pool.
    pub(super) fn border(&self) -> usize {
        self.border
    }
    pub(super) fn contains(&self, address: usize) -> bool {
        (self.base..self.base + self.size).contains(&address)
    }
    pub(super) fn arena_base(&self, index: usize) -> usize {
        self.base + index * SEGMENT
    }
    /// Places of arenas that were given back and whose pages are still here.
    pub(super) fn warm(&self) -> &[usize] {
        &self.warm
    }
    pub(super) fn free_runs(&self) -> &BTreeMap<usize, usize> {
        &self.free_runs
    }

    /// Commits the place of arena `index`, one that was used before or the next one.
    pub(super) fn commit_arena(&mut self, index: usize) -> Option<usize> {
        let address = self.arena_base(index);
        if !self.fits(SEGMENT) || (address >= self.border && !self.raise_border()) {
            return None;
        }
        self.arena_count = self.arena_count.max(index + 1);
        self.warm.retain(|&warm| warm != index);
        if index >= FIRST_IN_LARGE_PAGE && address.is_multiple_of(LARGE_PAGE) {
            wish_large_pages(address, LARGE_PAGE);
        }
        self.commit(SEGMENT);
        Some(address)
    }

    /// A pool is about to be used for the first time since its arena was committed: asks now and then for the pages of
    /// several pools. Where they are here, as in a large page or a warm arena, that costs next to nothing.
    pub(super) fn expect_pool(&self, address: usize) {
        if address.is_multiple_of(STRIDE) {
            populate(address, STRIDE);
        }
    }

    /// Takes an arena back, which stays warm; `arena_count` places may still be in use.
    pub(super) fn give_back_arena(&mut self, index: usize, arena_count: usize) {
        self.uncommit(SEGMENT);
        self.arena_count = arena_count;
        self.warm.push(index);
        self.cool(self.warm.len().saturating_sub(MOST_WARM));
    }

    /// Hands the pages of so many warm arenas to the system, those that were given back first.
    fn cool(&mut self, count: usize) {
        for index in self.warm.drain(..count) {
            discard(self.base + index * SEGMENT, SEGMENT);
        }
    }

    /// The lowest free run of `bytes` at a multiple of `align`, committed.
    pub(super) fn take_run(&mut self, bytes: usize, align: usize) -> Option<usize> {
        if !self.fits(bytes) {
            return None;
        }
        let address = match self.first_fit(bytes, align) {
            Some(address) => address,
            None => {
                self.lower_border(bytes);
                self.first_fit(bytes, align)?
            }
        };
        self.carve(address, bytes);
        self.commit(bytes);
        if (LEAST_WITH_LARGE_PAGES..MOSTLY_UNUSED).contains(&bytes) {
            wish_large_pages(address, bytes);
        }
        Some(address)
    }

    /// Takes the run at `address` if it is free, to lengthen the one in front of it.
    pub(super) fn take_run_at(&mut self, address: usize, bytes: usize) -> bool {
        let free = self.free_runs.get(&address).is_some_and(|&length| length >= bytes);
        if free && self.fits(bytes) {
            self.carve(address, bytes);
            self.commit(bytes);
            return true;
        }
        false
    }

    /// Wishes for the whole of a run that has become longer what was wished for its beginning, or else the system would
    /// see two mappings in it and could not move it.
    pub(super) fn wish_alike(&self, address: usize, bytes: usize) {
        if bytes >= LEAST_WITH_LARGE_PAGES {
            wish_large_pages(address, bytes);
        }
    }

    /// Gives a run back: its memory to the system, its addresses to the free runs. Pages that were `moved`
    /// here carry another origin in the system's books; mapping them afresh lets the books join again.
    pub(super) fn give_run(&mut self, address: usize, bytes: usize, moved: bool) {
        self.uncommit(bytes);
        // What was wished for ends with the mapping as well.
        let afresh = moved || bytes >= LEAST_WITH_LARGE_PAGES;
        if !(afresh && self.map_afresh(address, bytes)) {
            discard(address, bytes);
        }
        self.add_free(address, bytes);
    }

    /// Moves a committed run to a free one of another size without copying: the system moves the page table
    /// entries. Returns the new address, or None with nothing changed.
    pub(super) fn move_run(&mut self, from: usize, old: usize, new: usize) -> Option<usize> {
        // The old run's memory moves along, so only the difference is new to the limit.
        if !self.fits(new.checked_sub(old)?) {
            return None;
        }
        let to = match self.first_fit(new, RUN_UNIT) {
            Some(address) => address,
            None => {
                self.lower_border(new);
                self.first_fit(new, RUN_UNIT)?
            }
        };
        // SAFETY: both runs are ours and apart; nothing but the moved block lives in them.
        unsafe { rustix::mm::mremap_fixed(pointer(from), old, new, MremapFlags::MAYMOVE, pointer(to)) }
            .ok()?;
        self.carve(to, new);
        self.commit(new - old);
        // The move left a hole where the run was. If something else got there first, it is lost to us.
        if map(from, old, MapFlags::FIXED_NOREPLACE).is_ok_and(|got| got == from) {
            self.add_free(from, old);
        }
        Some(to)
    }

    /// After `take_run_at` has lengthened a run of moved pages: makes both one mapping, or else it could not
    /// be moved once more. Failing is harmless.
    pub(super) fn join_pages(&self, address: usize, old: usize, new: usize) {
        // SAFETY: the tail was free a moment ago, so nothing is in it.
        unsafe {
            if rustix::mm::munmap(pointer(address + old), new - old).is_err() {
                return;
            }
            if rustix::mm::mremap(pointer(address), old, new, MremapFlags::empty()).is_err() {
                // The hole must be closed again; the system has just taken this very mapping away.
                let _ = map(address + old, new - old, MapFlags::FIXED);
            }
        }
    }

    fn fits(&self, bytes: usize) -> bool {
        self.committed.checked_add(bytes).is_some_and(|total| total <= self.limit)
    }

    fn commit(&mut self, bytes: usize) {
        self.committed += bytes;
        self.peak = self.peak.max(self.committed);
        let room = (self.peak - self.committed) / SEGMENT;
        self.cool(self.warm.len().saturating_sub(room));
    }

    fn uncommit(&mut self, bytes: usize) {
        self.committed -= bytes;
        self.given_back += 1;
    }

    fn map_afresh(&self, address: usize, bytes: usize) -> bool {
        map(address, bytes, MapFlags::FIXED).is_ok()
    }

    fn first_fit(&self, bytes: usize, align: usize) -> Option<usize> {
        self.free_runs.iter().find_map(|(&address, &length)| {
            let start = address.checked_next_multiple_of(align)?;
            let skipped = start - address;
            (length >= skipped && length - skipped >= bytes).then_some(start)
        })
    }

    /// Takes `bytes` at `address` out of the free run around them.
    fn carve(&mut self, address: usize, bytes: usize) {
        let (&start, &length) = self.free_runs.range(..=address).next_back().expect("a free run around it");
        self.free_runs.remove(&start);
        if start < address {
            self.free_runs.insert(start, address - start);
        }
        let rest = start + length - (address + bytes);
        if rest > 0 {
            self.free_runs.insert(address + bytes, rest);
        }
    }

    fn add_free(&mut self, mut address: usize, mut bytes: usize) {
        if let Some(next) = self.free_runs.remove(&(address + bytes)) {
            bytes += next;
        }
        if let Some((&before, &length)) = self.free_runs.range(..address).next_back()
            && before + length == address
        {
            self.free_runs.remove(&before);
            address = before;
            bytes += length;
        }
        self.free_runs.insert(address, bytes);
    }

    /// Gives runs more room at the cost of arenas, if there is any.
    fn lower_border(&mut self, bytes: usize) {
        let lowest = self.arena_base(self.arena_count);
        let wanted = bytes.saturating_add(SEGMENT) & !(SEGMENT - 1);
        let border = self.border.saturating_sub(wanted).max(lowest);
        if border < self.border {
            self.cool(self.warm.len());
            self.add_free(border, self.border - border);
            self.border = border;
        }
    }

    /// Gives arenas one more place at the cost of runs, if the lowest run is free.
    fn raise_border(&mut self) -> bool {
        let free = self.free_runs.get(&self.border).is_some_and(|&length| length >= SEGMENT);
        if free {
            self.carve(self.border, SEGMENT);
            self.border += SEGMENT;
        }
        free
    }
}

impl Drop for Space {
    fn drop(&mut self) {
        // SAFETY: the range is ours; whoever drops a heap promises that nothing in it is used any more.
        let _ = unsafe { rustix::mm::munmap(pointer(self.base), self.size) };
    }
}

/// Asks the system for pages of two mebibytes: fewer of them are to be made, and the processor finds them faster.
fn wish_large_pages(address: usize, bytes: usize) {
    // SAFETY: the range is ours; a wish changes nothing in it. If it is not granted, small pages serve as well.
    let _ = unsafe { rustix::mm::madvise(pointer(address), bytes, Advice::LinuxHugepage) };
}

/// Asks the system for pages that are about to be written, all at once.
fn populate(address: usize, bytes: usize) {
    // SAFETY: the range is ours, and its content stays. If it is not granted, the pages come when they are touched.
    let _ = unsafe { rustix::mm::madvise(pointer(address), bytes, Advice::LinuxPopulateWrite) };
}

/// Hands pages to the system; their content is lost.
fn discard(address: usize, bytes: usize) {
    // SAFETY: the run is ours and its owner has let go of it. On failure the pages merely stay.
    let _ = unsafe { rustix::mm::madvise(pointer(address), bytes, Advice::LinuxDontNeed) };
}

fn pointer(address: usize) -> *mut c_void {
    ptr::with_exposed_provenance_mut(address)
}

fn map(address: usize, bytes: usize, placement: MapFlags) -> Result<usize, Errno> {
    let flags = MapFlags::PRIVATE | MapFlags::NORESERVE | placement;
    // SAFETY: with no-replace nothing can be harmed; without, the callers own the range.
    let at = unsafe {
        rustix::mm::mmap_anonymous(pointer(address), bytes, ProtFlags::READ | ProtFlags::WRITE, flags)
    }?;
    Ok(at.expose_provenance())
}

fn reserve_somewhere(size: usize) -> Result<usize, ReserveError> {
    for base in (0..BASES).map(|step| FIRST_BASE + step * BASE_STEP) {
        match map(base, size, MapFlags::FIXED_NOREPLACE) {
            Ok(got) if got == base => return Ok(base),
            // A kernel that does not know no-replace takes the base as a wish.
            Ok(elsewhere) => {
                // SAFETY: mapped a moment ago by us, and not used.
                let _ = unsafe { rustix::mm::munmap(pointer(elsewhere), size) };
            }
            Err(Errno::EXIST) => {}
            Err(error) => return Err(ReserveError::Refused(error.into())),
        }
    }
    Err(ReserveError::NoBaseLeft)
}

/// Half of the address space that the process may have, so that `ulimit -v` leaves the rest of it room.
fn range_size() -> usize {
    let allowed =
        [Resource::As, Resource::Data].map(|which| getrlimit(which).current.unwrap_or(u64::MAX) / 2);
    let size = allowed.into_iter().fold(LARGEST_RANGE as u64, u64::min) as usize;
    (size & !(SEGMENT - 1)).max(SMALLEST_RANGE)
}

/// Three quarters of the memory of the machine, or of the container that we are in.
pub(super) fn default_limit() -> usize {
    // SAFETY: sysconf only answers.
    let (pages, page_size) =
        unsafe { (libc::sysconf(libc::_SC_PHYS_PAGES), libc::sysconf(libc::_SC_PAGESIZE)) };
    let machine = usize::try_from(pages).unwrap_or(0).saturating_mul(usize::try_from(page_size).unwrap_or(0));
    let machine = if machine == 0 { 1 << 30 } else { machine };
    let container = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        .into_iter()
        .filter_map(|path| std::fs::read_to_string(path).ok()?.trim().parse::<usize>().ok())
        .min()
        .unwrap_or(usize::MAX);
    machine.min(container) / 4 * 3
}
