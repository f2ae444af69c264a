//! Blocks of 513 bytes to 256 KiB: dict tables, list buffers, long strings.
//!
//! They are cut from chunks of 1 MiB. A chunk is tiled without gaps by pieces, each with a header of 16 bytes:
//!
//! ```text
//! | size,flags | previous | payload ...      || size,flags | previous | links of a free piece | unused ... ||
//! ```
//!
//! A piece knows its size and the piece in front of it, so a freed piece joins its free neighbours at once and
//! a growing block takes over a free piece behind it without being copied. Free pieces are listed by size: bins
//! of 16 bytes up to 512, then sixteen to every doubling; a bit map finds the first bin that is surely large
//! enough (the *two-level segregated fit*), so both taking and freeing take constant time and waste little.

use std::collections::BTreeSet;

use super::space::{SEGMENT, Space};

pub(super) const HEADER: usize = 16;
/// A piece must be able to hold the two links of a free one.
const SMALLEST_PIECE: usize = 2 * HEADER;
/// The largest payload that comes from a chunk.
pub(super) const CHUNK_LIMIT: usize = 256 << 10;

/// So many wholly free chunks are kept, for programs that build and drop the same thing again and again.
const SPARE_CHUNKS: usize = 4;

pub(super) const FREE: usize = 1;
/// The block is a run of its own (see `huge`).
pub(super) const HUGE: usize = 2;
/// The run's pages were moved here.
pub(super) const MOVED: usize = 4;
const FLAGS: usize = 15;

const LINEAR_BINS: usize = 32;
const FIRST_DOUBLING: u32 = 9;
const LAST_DOUBLING: u32 = SEGMENT.ilog2();
const STEPS_LOG: u32 = 4;
const BINS: usize = LINEAR_BINS + (((LAST_DOUBLING - FIRST_DOUBLING + 1) as usize) << STEPS_LOG);

/// What stands in front of every large payload, and the links behind it while the piece is free.
#[repr(C)]
pub(super) struct Piece {
    size_and_flags: usize,
    /// Address of the piece in front of this one in the chunk, or 0.
    previous: usize,
    next_free: usize,
    previous_free: usize,
}

/// A piece's address stands for it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct PieceAt(pub(super) usize);

impl PieceAt {
    /// The piece of a payload.
    pub(super) fn of(payload: usize) -> PieceAt {
        PieceAt(payload - HEADER)
    }
    pub(super) fn payload(self) -> usize {
        self.0 + HEADER
    }
    fn raw(self) -> *mut Piece {
        std::ptr::with_exposed_provenance_mut(self.0)
    }
    // SAFETY (all of these): a `PieceAt` is made only of addresses at which a piece or a huge run begins.
    pub(super) fn size(self) -> usize {
        unsafe { (*self.raw()).size_and_flags & !FLAGS }
    }
    pub(super) fn has(self, flag: usize) -> bool {
        unsafe { (*self.raw()).size_and_flags & flag != 0 }
    }
    pub(super) fn set(self, size: usize, flags: usize) {
        unsafe { (*self.raw()).size_and_flags = size | flags }
    }
    fn previous(self) -> usize {
        unsafe { (*self.raw()).previous }
    }
    fn set_previous(self, previous: usize) {
        unsafe { (*self.raw()).previous = previous }
    }
    fn next_free(self) -> usize {
        unsafe { (*self.raw()).next_free }
    }
    fn previous_free(self) -> usize {
        unsafe { (*self.raw()).previous_free }
    }
    fn set_next_free(self, next: usize) {
        unsafe { (*self.raw()).next_free = next }
    }
    fn set_previous_free(self, previous: usize) {
        unsafe { (*self.raw()).previous_free = previous }
    }
    /// The piece behind this one, unless the chunk ends here.
    fn following(self) -> Option<PieceAt> {
        let end = self.0 + self.size();
        (!end.is_multiple_of(SEGMENT)).then_some(PieceAt(end))
    }
}

/// All chunks, and their free pieces by size.
pub(super) struct Chunks {
    chunks: BTreeSet<usize>,
    bins: [usize; BINS],
    filled: [u64; BINS.div_ceil(64)],
    /// How many chunks are wholly free; they are the pieces of the last bin.
    spare: usize,
    pub(super) blocks: usize,
    pub(super) bytes: usize,
}

impl Chunks {
    pub(super) fn new() -> Chunks {
        Chunks {
            chunks: BTreeSet::new(),
            bins: [0; BINS],
            filled: [0; BINS.div_ceil(64)],
            spare: 0,
            blocks: 0,
            bytes: 0,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.chunks.len()
    }

    /// Takes a payload of at least `size` bytes, `size` being at most `CHUNK_LIMIT`.
    pub(super) fn take(&mut self, size: usize, space: &mut Space) -> Option<usize> {
        let needed = piece_size(size);
        let piece = match self.find(needed) {
            Some(piece) => piece,
            None => self.add_chunk(space)?,
        };
        self.unlink(piece);
        // What is left of a free piece has no free neighbours.
        if let Some(rest) = self.cut(piece, needed) {
            self.link(rest);
        }
        self.blocks += 1;
        self.bytes += piece.size() - HEADER;
        Some(piece.payload())
    }

    /// Frees a payload that `take` has given.
    pub(super) fn put(&mut self, payload: usize, space: &mut Space) {
        let piece = PieceAt::of(payload);
        self.blocks -= 1;
        self.bytes -= piece.size() - HEADER;
        let joined = self.free(piece);
        if joined.size() == SEGMENT && self.spare > SPARE_CHUNKS {
            self.give_back(joined, space);
        }
    }

    /// Makes a payload longer or shorter where it stands, if that can be.
    pub(super) fn resize(&mut self, payload: usize, size: usize) -> bool {
        let piece = PieceAt::of(payload);
        let (needed, old) = (piece_size(size), piece.size());
        if needed > old {
            let Some(next) = piece.following().filter(|next| next.has(FREE)) else { return false };
            if old + next.size() < needed {
                return false;
            }
            self.unlink(next);
            self.lengthen(piece, old + next.size());
        }
        if let Some(rest) = self.cut(piece, needed) {
            self.free(rest);
        }
        self.bytes = self.bytes + piece.size() - old;
        true
    }

    /// Gives the chunks that are kept back to the system; false when there are none.
    pub(super) fn give_back_spares(&mut self, space: &mut Space) -> bool {
        let any = self.spare > 0;
        while self.spare > 0 {
            self.give_back(PieceAt(self.bins[bin_of(SEGMENT)]), space);
        }
        any
    }

    fn give_back(&mut self, whole: PieceAt, space: &mut Space) {
        self.unlink(whole);
        self.chunks.remove(&whole.0);
        space.give_run(whole.0, SEGMENT, false);
    }

    fn add_chunk(&mut self, space: &mut Space) -> Option<PieceAt> {
        let chunk = space.take_run(SEGMENT, SEGMENT)?;
        self.chunks.insert(chunk);
        let piece = PieceAt(chunk);
        piece.set(SEGMENT, FREE);
        piece.set_previous(0);
        self.link(piece);
        Some(piece)
    }

    /// A free piece of at least `needed` bytes: the last freed of the very bin if it is large enough, else one
    /// of the next bin in which every piece is.
    fn find(&self, needed: usize) -> Option<PieceAt> {
        let exact = bin_of(needed);
        let head = self.bins[exact];
        if head != 0 && PieceAt(head).size() >= needed {
            return Some(PieceAt(head));
        }
        self.first_filled(exact + 1).map(|bin| PieceAt(self.bins[bin]))
    }

    fn first_filled(&self, from: usize) -> Option<usize> {
        let mut mask = !0_u64 << (from % 64);
        for word in from / 64..self.filled.len() {
            let bits = self.filled[word] & mask;
            if bits != 0 {
                return Some(word * 64 + bits.trailing_zeros() as usize);
            }
            mask = !0;
        }
        None
    }

    /// Marks a piece used and cuts off what it has beyond `needed`, if that can be a piece of its own.
    fn cut(&mut self, piece: PieceAt, needed: usize) -> Option<PieceAt> {
        let size = piece.size();
        if size - needed < SMALLEST_PIECE {
            piece.set(size, 0);
            return None;
        }
        piece.set(needed, 0);
        let rest = PieceAt(piece.0 + needed);
        rest.set(size - needed, FREE);
        rest.set_previous(piece.0);
        if let Some(next) = rest.following() {
            next.set_previous(rest.0);
        }
        Some(rest)
    }

    /// Joins a piece with its free neighbours and lists the outcome.
    fn free(&mut self, mut piece: PieceAt) -> PieceAt {
        if let Some(next) = piece.following().filter(|next| next.has(FREE)) {
            self.unlink(next);
            self.lengthen(piece, piece.size() + next.size());
        }
        let before = PieceAt(piece.previous());
        if before.0 != 0 && before.has(FREE) {
            self.unlink(before);
            self.lengthen(before, before.size() + piece.size());
            piece = before;
        }
        piece.set(piece.size(), FREE);
        self.link(piece);
        piece
    }

    fn lengthen(&mut self, piece: PieceAt, size: usize) {
        piece.set(size, 0);
        if let Some(next) = piece.following() {
            next.set_previous(piece.0);
        }
    }

    fn link(&mut self, piece: PieceAt) {
        let bin = bin_of(piece.size());
        self.spare += usize::from(piece.size() == SEGMENT);
        let next = std::mem::replace(&mut self.bins[bin], piece.0);
        self.filled[bin / 64] |= 1 << (bin % 64);
        piece.set_next_free(next);
        piece.set_previous_free(0);
        if next != 0 {
            PieceAt(next).set_previous_free(piece.0);
        }
    }

    fn unlink(&mut self, piece: PieceAt) {
        self.spare -= usize::from(piece.size() == SEGMENT);
        let (next, previous) = (piece.next_free(), piece.previous_free());
        let bin = bin_of(piece.size());
        match previous {
            0 => self.bins[bin] = next,
            _ => PieceAt(previous).set_next_free(next),
        }
        if next != 0 {
            PieceAt(next).set_previous_free(previous);
        }
        if self.bins[bin] == 0 {
            self.filled[bin / 64] &= !(1 << (bin % 64));
        }
    }

    /// The pieces in use of the chunk around `address`; None when there is no chunk.
    fn pieces_around(&self, address: usize) -> Option<impl Iterator<Item = PieceAt>> {
        self.chunks.get(&(address & !(SEGMENT - 1))).map(|&chunk| pieces_of(chunk))
    }

    /// The payload in use around `address`, and its size.
    pub(super) fn block_at(&self, address: usize) -> Option<(usize, usize)> {
        let piece = self.pieces_around(address)?.take_while(|piece| piece.payload() <= address).last()?;
        let inside = !piece.has(FREE) && address < piece.0 + piece.size();
        inside.then(|| (piece.payload(), piece.size() - HEADER))
    }

    /// Every payload in use, and its size.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (usize, usize)> {
        let pieces = self.chunks.iter().flat_map(|&chunk| pieces_of(chunk));
        pieces.filter(|piece| !piece.has(FREE)).map(|piece| (piece.payload(), piece.size() - HEADER))
    }

    /// The law of chunks: pieces tile their chunk and know each other; no two free ones stand side by side; the
    /// bins hold exactly the free ones; the counts add up.
    pub(super) fn verify(&self) -> Result<(), String> {
        let (mut free, mut blocks, mut bytes) = (BTreeSet::new(), 0, 0);
        for &chunk in &self.chunks {
            let (mut before, mut before_free) = (0, false);
            for piece in pieces_of(chunk) {
                let size = piece.size();
                if size < SMALLEST_PIECE || piece.0 + size > chunk + SEGMENT || piece.previous() != before {
                    return Err(format!("piece {:#x} of {size} bytes does not tile its chunk", piece.0));
                }
                if piece.has(FREE) && before_free {
                    return Err(format!("free pieces {before:#x} and {:#x} are not joined", piece.0));
                }
                (before, before_free) = (piece.0, piece.has(FREE));
                if before_free {
                    free.insert(piece.0);
                } else {
                    (blocks, bytes) = (blocks + 1, bytes + size - HEADER);
                }
            }
        }
        if (blocks, bytes) != (self.blocks, self.bytes) {
            return Err(format!("chunks hold {blocks} blocks, counted {}", self.blocks));
        }
        self.verify_bins(free)
    }

    fn verify_bins(&self, mut free: BTreeSet<usize>) -> Result<(), String> {
        for (bin, &head) in self.bins.iter().enumerate() {
            if (head != 0) != (self.filled[bin / 64] >> (bin % 64) & 1 == 1) {
                return Err(format!("bin {bin}: its bit is wrong"));
            }
            let (mut previous, mut address) = (0, head);
            while address != 0 {
                if !free.remove(&address) {
                    return Err(format!("bin {bin} holds {address:#x}, which is not a free piece, or twice"));
                }
                let piece = PieceAt(address);
                if bin_of(piece.size()) != bin || piece.previous_free() != previous {
                    return Err(format!("free piece {address:#x} is wrongly linked into bin {bin}"));
                }
                (previous, address) = (address, piece.next_free());
            }
        }
        match free.first() {
            Some(lost) => Err(format!("free piece {lost:#x} is in no bin")),
            None => Ok(()),
        }
    }
}

fn pieces_of(chunk: usize) -> impl Iterator<Item = PieceAt> {
    std::iter::successors(Some(PieceAt(chunk)), |piece| piece.following().filter(|_| piece.size() > 0))
}

fn piece_size(payload: usize) -> usize {
    (payload.next_multiple_of(HEADER) + HEADER).max(SMALLEST_PIECE)
}

fn bin_of(size: usize) -> usize {
    let doubling = size.ilog2();
    if doubling < FIRST_DOUBLING {
        return size / HEADER;
    }
    let step = (size >> (doubling - STEPS_LOG)) & ((1 << STEPS_LOG) - 1);
    LINEAR_BINS + (((doubling - FIRST_DOUBLING) as usize) << STEPS_LOG) + step
}
