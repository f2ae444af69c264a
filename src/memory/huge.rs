//! Blocks above 256 KiB: each is a run of its own, with the header of a piece in front of the payload.
//!
//! A huge block grows into the free run behind it, or else moves by page table entries, so a growing list is
//! neither copied each time nor held twice. When it is released its memory goes back to the system at once, but
//! for one run of moderate size: a program that makes and drops the same long list again and again would have
//! the system clear all of its pages each time.

use std::collections::BTreeMap;

use super::chunks::{CHUNK_LIMIT, HEADER, HUGE, MOVED, PieceAt};
use super::space::{RUN_UNIT, Space};

/// The largest run that is kept.
const LARGEST_SPARE: usize = 32 << 20;

/// A committed run.
struct Run {
    address: usize,
    length: usize,
    flags: usize,
}

/// The runs in use.
pub(super) struct Huge {
    runs: BTreeMap<usize, usize>,
    /// The last released run, if it was not too large.
    spare: Option<Run>,
    pub(super) bytes: usize,
    /// How many times pages were moved instead of bytes.
    pub(super) moves: usize,
}

impl Huge {
    pub(super) fn new() -> Huge {
        Huge { runs: BTreeMap::new(), spare: None, bytes: 0, moves: 0 }
    }

    pub(super) fn count(&self) -> usize {
        self.runs.len()
    }

    pub(super) fn take(&mut self, size: usize, space: &mut Space) -> Option<usize> {
        let length = run_size(size)?;
        if let Some(run) = self.spare.take_if(|run| (run.length / 2..=run.length).contains(&length)) {
            if run.length > length {
                space.give_run(run.address + length, run.length - length, run.flags == MOVED);
            }
            return Some(self.enter(run.address, length, run.flags));
        }
        let run = space.take_run(length, RUN_UNIT)?;
        Some(self.enter(run, length, 0))
    }

    pub(super) fn put(&mut self, payload: usize, space: &mut Space) {
        let piece = PieceAt::of(payload);
        let run = Run { address: piece.0, length: piece.size(), flags: moved_flag(piece) };
        self.leave(run.address, run.length);
        if run.length <= LARGEST_SPARE {
            self.give_back_spare(space);
            self.spare = Some(run);
        } else {
            space.give_run(run.address, run.length, run.flags == MOVED);
        }
    }

    /// Gives the run that is kept back to the system; false when there is none.
    pub(super) fn give_back_spare(&mut self, space: &mut Space) -> bool {
        let Some(run) = self.spare.take() else { return false };
        space.give_run(run.address, run.length, run.flags == MOVED);
        true
    }

    /// Bytes committed, in use or not.
    pub(super) fn committed(&self) -> usize {
        self.runs.values().sum::<usize>() + self.spare.as_ref().map_or(0, |run| run.length)
    }

    /// Makes a block longer or shorter without copying; the payload may have another address then.
    pub(super) fn resize(&mut self, payload: usize, size: usize, space: &mut Space) -> Option<usize> {
        let piece = PieceAt::of(payload);
        let (old, new) = (piece.size(), run_size(size.max(CHUNK_LIMIT + 1))?);
        let flags = moved_flag(piece);
        if new <= old {
            self.leave(piece.0, old);
            if new < old {
                space.give_run(piece.0 + new, old - new, flags == MOVED);
            }
            return Some(self.enter(piece.0, new, flags));
        }
        if self.spare.as_ref().is_some_and(|run| run.address == piece.0 + old) {
            self.give_back_spare(space);
        }
        if space.take_run_at(piece.0 + old, new - old) {
            if flags == MOVED {
                space.join_pages(piece.0, old, new);
            } else {
                space.wish_alike(piece.0, new);
            }
            self.leave(piece.0, old);
            return Some(self.enter(piece.0, new, flags));
        }
        let run = space.move_run(piece.0, old, new)?;
        self.moves += 1;
        self.leave(piece.0, old);
        Some(self.enter(run, new, MOVED))
    }

    /// The payload around `address`, and its size.
    pub(super) fn block_at(&self, address: usize) -> Option<(usize, usize)> {
        let (&run, &length) = self.runs.range(..=address).next_back()?;
        (run + HEADER..run + length).contains(&address).then_some((run + HEADER, length - HEADER))
    }

    /// Every payload and its size.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (usize, usize)> {
        self.runs.iter().map(|(&run, &length)| (run + HEADER, length - HEADER))
    }

    /// The law of huge blocks: runs are apart, inside the committed part, and agree with their headers.
    pub(super) fn verify(&self, space: &Space) -> Result<(), String> {
        let (mut end, mut bytes) = (space.border(), 0);
        for (&run, &length) in &self.runs {
            let piece = PieceAt(run);
            if run < end || !space.contains(run + length - 1) || piece.size() != length || !piece.has(HUGE) {
                return Err(format!("huge block {run:#x} of {length} bytes is wrong"));
            }
            (end, bytes) = (run + length, bytes + length - HEADER);
        }
        if bytes == self.bytes { Ok(()) } else { Err("huge blocks do not add up".into()) }
    }

    fn enter(&mut self, run: usize, length: usize, flags: usize) -> usize {
        self.runs.insert(run, length);
        self.bytes += length - HEADER;
        let piece = PieceAt(run);
        piece.set(length, HUGE | flags);
        piece.payload()
    }

    fn leave(&mut self, run: usize, length: usize) {
        self.runs.remove(&run);
        self.bytes -= length - HEADER;
    }
}

fn moved_flag(piece: PieceAt) -> usize {
    if piece.has(MOVED) { MOVED } else { 0 }
}

fn run_size(payload: usize) -> Option<usize> {
    payload.checked_add(HEADER)?.checked_next_multiple_of(RUN_UNIT)
}
