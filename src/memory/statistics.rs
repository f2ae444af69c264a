//! The heap as plain data, for pictures and reports; and the report of `sys._debugmallocstats`.

use std::fmt::Write;

use super::Heap;
use super::arenas::{ARENA_POOLS, Arena};
use super::pool::{
    CLASSES, POOL_OVERHEAD, POOL_SIZE, PoolHeader, SMALL_LIMIT, capacity, class_size, free_list,
};
use super::space::SEGMENT;
use super::store::{OwnStore, Store};

/// A live block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it begins.
    pub address: usize,
    /// The bytes that may be used.
    pub size: usize,
    /// Where it comes from.
    pub kind: BlockKind,
}

/// Where a block comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A pool of this size class.
    Small {
        /// From 0 for 16 bytes to 31 for 512 bytes.
        class: usize,
    },
    /// A chunk, a run of its own, or the system's allocator.
    Large,
}

/// An arena whose memory the heap holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArenaView {
    /// Where it stands; it is 1 MiB long.
    pub base: usize,
    /// Its pools by address; those never used since the arena was taken are not listed.
    pub pools: Vec<PoolView>,
    /// How many pools at its end were never used.
    pub untouched_pools: usize,
    /// How many pools hold no block, with the untouched ones.
    pub free_pools: usize,
}

/// The state of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolState {
    /// Some blocks are in use, some free.
    Used,
    /// Every block is in use.
    Full,
    /// No block is in use: open to every size class.
    Free,
}

/// A pool of 16 KiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolView {
    /// Where its header stands.
    pub address: usize,
    /// The size class; of a free pool the last one.
    pub class: usize,
    /// The size of its blocks.
    pub block_size: usize,
    /// How many blocks it can hold.
    pub capacity: usize,
    /// How many are in use.
    pub used: usize,
    /// The free list: the first is handed out next.
    pub free: Vec<usize>,
    /// Where the tail begins whose blocks were never handed out.
    pub tail: usize,
    /// Used, full or free.
    pub state: PoolState,
}

/// Numbers about a heap. Those about the range are zero when blocks come from the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Where the reserved range begins.
    pub base: usize,
    /// How long it is.
    pub reserved: usize,
    /// Bytes that may be committed.
    pub limit: usize,
    /// Bytes that are committed.
    pub committed: usize,
    /// The most that ever were.
    pub committed_peak: usize,
    /// How many times memory was given back.
    pub given_back: usize,
    /// Bytes that were given back and whose pages wait here for another use.
    pub warm: usize,
    /// Arenas ever taken from the system.
    pub arenas_allocated: usize,
    /// Arenas given back.
    pub arenas_reclaimed: usize,
    /// The most arenas at a time.
    pub arenas_highwater: usize,
    /// Arenas now.
    pub arenas: usize,
    /// Blocks up to 512 bytes in use.
    pub small_blocks: usize,
    /// Their bytes.
    pub small_bytes: usize,
    /// Chunks of 1 MiB for blocks up to 256 KiB.
    pub chunks: usize,
    /// Blocks in chunks, or from the system.
    pub large_blocks: usize,
    /// Their bytes.
    pub large_bytes: usize,
    /// Blocks that are runs of their own.
    pub huge_blocks: usize,
    /// Their bytes.
    pub huge_bytes: usize,
    /// How many times a growing huge block was moved without copying.
    pub huge_moves: usize,
}

impl Heap {
    /// The arenas by address. None when blocks come from the system.
    pub fn arenas(&self) -> Vec<ArenaView> {
        match &*self.store.borrow() {
            Store::Own(own) => own.arena_views(),
            Store::System(_) => Vec::new(),
        }
    }

    /// The pools of all arenas by address.
    pub fn pools(&self) -> Vec<PoolView> {
        self.arenas().into_iter().flat_map(|arena| arena.pools).collect()
    }

    /// Numbers about the heap.
    pub fn statistics(&self) -> Statistics {
        match &*self.store.borrow() {
            Store::Own(own) => own.statistics(),
            Store::System(system) => Statistics {
                limit: system.limit,
                large_blocks: system.live.len(),
                large_bytes: system.bytes,
                ..Statistics::default()
            },
        }
    }

    /// What `sys._debugmallocstats` writes.
    pub fn debug_malloc_stats(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = write_report(&mut out, &self.statistics(), &self.arenas());
        out
    }
}

impl OwnStore {
    fn arena_views(&self) -> Vec<ArenaView> {
        let all = self.arenas.arenas.iter().enumerate().filter(|(_, arena)| arena.committed);
        all.map(|(index, arena)| arena_view(self.space.arena_base(index), arena)).collect()
    }

    fn statistics(&self) -> Statistics {
        let (space, arenas) = (&self.space, &self.arenas);
        let (small_blocks, small_bytes) = arenas.usage(space);
        Statistics {
            base: space.base(),
            reserved: space.size(),
            limit: space.limit(),
            committed: space.committed(),
            committed_peak: space.peak(),
            given_back: space.given_back(),
            warm: space.warm().len() * SEGMENT,
            arenas_allocated: arenas.allocated_total,
            arenas_reclaimed: arenas.reclaimed,
            arenas_highwater: arenas.highwater,
            arenas: arenas.committed(),
            small_blocks,
            small_bytes,
            chunks: self.chunks.count(),
            large_blocks: self.chunks.blocks,
            large_bytes: self.chunks.bytes,
            huge_blocks: self.huge.count(),
            huge_bytes: self.huge.bytes,
            huge_moves: self.huge.moves,
        }
    }
}

fn arena_view(base: usize, arena: &Arena) -> ArenaView {
    let touched = (0..arena.touched as usize).map(|n| base + n * POOL_SIZE);
    ArenaView {
        base,
        pools: touched.map(|pool| pool_view(std::ptr::with_exposed_provenance(pool))).collect(),
        untouched_pools: ARENA_POOLS - arena.touched as usize,
        free_pools: arena.free_count as usize,
    }
}

fn pool_view(pool: *const PoolHeader) -> PoolView {
    // SAFETY: a touched pool has been cut.
    let (header, free) = unsafe { (&*pool, free_list(pool)) };
    let class = header.class as usize;
    let state = match header.used as usize {
        0 => PoolState::Free,
        used if used == capacity(class) => PoolState::Full,
        _ => PoolState::Used,
    };
    PoolView {
        address: pool.addr(),
        class,
        block_size: class_size(class),
        capacity: capacity(class),
        used: header.used as usize,
        free,
        tail: pool.addr() + header.next_offset as usize,
        state,
    }
}

/// Sums over the pools of a class.
#[derive(Clone, Copy, Default)]
struct ClassSums {
    pools: usize,
    used: usize,
    available: usize,
}

fn sum_classes(arenas: &[ArenaView]) -> [ClassSums; CLASSES] {
    let mut sums = [ClassSums::default(); CLASSES];
    let pools = arenas.iter().flat_map(|arena| &arena.pools);
    for pool in pools.filter(|pool| pool.state != PoolState::Free) {
        let sum = &mut sums[pool.class];
        sum.pools += 1;
        sum.used += pool.used;
        sum.available += pool.capacity - pool.used;
    }
    sums
}

fn write_report(out: &mut String, numbers: &Statistics, arenas: &[ArenaView]) -> std::fmt::Result {
    let sums = sum_classes(arenas);
    writeln!(out, "Small block threshold = {SMALL_LIMIT}, in {CLASSES} size classes.\n")?;
    writeln!(out, "class   size   num pools   blocks in use  avail blocks")?;
    writeln!(out, "-----   ----   ---------   -------------  ------------")?;
    for (class, ClassSums { pools, used, available }) in
        sums.iter().enumerate().filter(|(_, sum)| sum.pools > 0)
    {
        writeln!(out, "{class:5} {:6} {pools:11} {used:15} {available:13}", class_size(class))?;
    }
    writeln!(out)?;
    write_arenas(out, numbers)?;
    write_bytes(out, &sums, arenas)?;
    write_large(out, numbers)
}

fn write_arenas(out: &mut String, numbers: &Statistics) -> std::fmt::Result {
    write_number(out, "# arenas allocated total", numbers.arenas_allocated)?;
    write_number(out, "# arenas reclaimed", numbers.arenas_reclaimed)?;
    write_number(out, "# arenas highwater mark", numbers.arenas_highwater)?;
    write_number(out, "# arenas allocated current", numbers.arenas)?;
    let label = format!("{} arenas * {SEGMENT} bytes/arena", numbers.arenas);
    write_number(out, &label, numbers.arenas * SEGMENT)?;
    writeln!(out)
}

/// Where the bytes of the arenas are; the lines add up to the total.
fn write_bytes(out: &mut String, sums: &[ClassSums; CLASSES], arenas: &[ArenaView]) -> std::fmt::Result {
    let total_of = |of: fn(usize, &ClassSums) -> usize| -> usize {
        sums.iter().enumerate().map(|(class, sum)| of(class, sum)).sum()
    };
    let used = total_of(|class, sum| sum.used * class_size(class));
    let available = total_of(|class, sum| sum.available * class_size(class));
    let headers = total_of(|_, sum| sum.pools * POOL_OVERHEAD);
    let quantization =
        total_of(|class, sum| sum.pools * (POOL_SIZE - POOL_OVERHEAD - capacity(class) * class_size(class)));
    let free_pools: usize = arenas.iter().map(|arena| arena.free_pools).sum();
    write_number(out, "# bytes in allocated blocks", used)?;
    write_number(out, "# bytes in available blocks", available)?;
    write_number(out, &format!("{free_pools} unused pools * {POOL_SIZE} bytes"), free_pools * POOL_SIZE)?;
    write_number(out, "# bytes lost to pool headers", headers)?;
    write_number(out, "# bytes lost to quantization", quantization)?;
    // Our arenas are aligned.
    write_number(out, "# bytes lost to arena alignment", 0)?;
    let total = used + available + free_pools * POOL_SIZE + headers + quantization;
    write_number(out, "Total", total)?;
    writeln!(out)
}

/// CPython reports its arena map here, which we do not need; ours is what is larger than a pool's blocks.
fn write_large(out: &mut String, numbers: &Statistics) -> std::fmt::Result {
    writeln!(out, "large blocks")?;
    write_number(out, "# chunks", numbers.chunks)?;
    write_number(out, "# blocks in chunks", numbers.large_blocks)?;
    write_number(out, "# bytes in them", numbers.large_bytes)?;
    write_number(out, "# blocks of pages of their own", numbers.huge_blocks)?;
    write_number(out, "# bytes in them", numbers.huge_bytes)?;
    write_number(out, "Total", numbers.large_bytes + numbers.huge_bytes)
}

fn write_number(out: &mut String, label: &str, number: usize) -> std::fmt::Result {
    writeln!(out, "{label:<35}={:>21}", grouped(number))
}

/// A number with a comma between every three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
