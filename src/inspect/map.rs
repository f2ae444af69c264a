//! `glass.map()`: arenas, their pools, and the figures of fragmentation.

use std::collections::BTreeMap;

use super::pool::{POOL_BYTES, large_blocks};
use super::{Cell, Limits, Report, Row};
use crate::memory::{ArenaView, PoolState, PoolView};
use crate::runtime::Interpreter;

const COLUMNS: &[&str] =
    &["place", "holds", "block_size", "state", "used", "free", "never_used", "capacity", "filled"];

/// So many pools are told one by one, unless more are asked for.
const MOST_POOLS: usize = 256;

/// The whole heap: a row for each arena with its pools, then the size classes, then the large blocks.
pub fn map(cx: &Interpreter, limits: Limits) -> Report {
    let arenas = cx.space.heap.arenas();
    let pools: Vec<&PoolView> = arenas.iter().flat_map(|arena| &arena.pools).collect();
    let used: usize = pools.iter().map(|pool| pool.used).sum();
    let title = format!(
        "the heap: {}, {}, {} in use",
        counted(arenas.len(), "arena"),
        counted(pools.len(), "pool"),
        counted(used, "small block")
    );
    let mut report = Report::new("map", title, COLUMNS);
    add_arenas(&mut report, &arenas, limits.rows_or(MOST_POOLS));
    let classes = classes(&pools);
    add_notes(&mut report, &arenas, &classes);
    if arenas.is_empty() {
        report.note("every block comes from the system's allocator: there are no pools");
    }
    report.part(class_table(&classes));
    report.part(large_blocks(cx));
    report
}

/// The size classes alone.
pub fn size_classes(cx: &Interpreter) -> Report {
    let pools = cx.space.heap.pools();
    class_table(&classes(&pools.iter().collect::<Vec<_>>()))
}

/// `1 pool`, `2 pools`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Arenas with their pools, as long as there is room for all pools of an arena; then arenas alone.
fn add_arenas(report: &mut Report, arenas: &[ArenaView], most: usize) {
    let (mut room, mut hidden) = (most, 0);
    for arena in arenas.iter().take(most) {
        let mut row = arena_row(arena);
        match room.checked_sub(arena.pools.len()) {
            Some(left) => room = left,
            None => {
                room = 0;
                hidden += arena.pools.len();
                row.rows.clear();
            }
        }
        report.push(row);
    }
    let further = arenas.iter().skip(most);
    hidden += further.map(|arena| arena.pools.len()).sum::<usize>();
    if arenas.len() > most {
        report.note(format!("… {} more arenas", arenas.len() - most));
    }
    if hidden > 0 {
        report.note(format!("… {} not told one by one", counted(hidden, "pool")));
    }
}

fn arena_row(arena: &ArenaView) -> Row {
    let in_use = arena.pools.iter().filter(|pool| pool.state != PoolState::Free).count();
    let total = arena.pools.len() + arena.untouched_pools;
    let state = format!("{in_use} in use, {} free", arena.free_pools);
    let holds = counted(total, "pool");
    Row {
        cells: vec![Cell::Address(arena.base), holds.into(), Cell::Nothing, state.into()],
        rows: arena.pools.iter().map(pool_row).chain(untouched_row(arena)).collect(),
    }
}

fn pool_row(pool: &PoolView) -> Row {
    let state = match pool.state {
        PoolState::Used => "used",
        PoolState::Full => "full",
        PoolState::Free => "free",
    };
    let never = never_used(pool);
    Row::new([
        Cell::Address(pool.address),
        "pool".into(),
        Cell::Bytes(pool.block_size),
        state.into(),
        pool.used.into(),
        pool.free.len().into(),
        never.into(),
        pool.capacity.into(),
        percent(pool.used, pool.capacity).into(),
    ])
}

/// The blocks of a pool that were never handed out.
fn never_used(pool: &PoolView) -> usize {
    pool.capacity.saturating_sub(pool.used + pool.free.len())
}

fn untouched_row(arena: &ArenaView) -> Option<Row> {
    let place = arena.base + arena.pools.len() * POOL_BYTES;
    (arena.untouched_pools > 0).then(|| {
        let holds = counted(arena.untouched_pools, "pool");
        Row::new([Cell::Address(place), holds.into(), Cell::Nothing, "never used".into()])
    })
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{:.1} %", part as f64 * 100.0 / whole as f64) }
}

/// Sums over the pools of a size class.
#[derive(Default)]
struct Class {
    pools: usize,
    used: usize,
    free: usize,
    never_used: usize,
    capacity: usize,
}

impl Class {
    /// In how many pools the blocks in use would fit.
    fn needed(&self) -> usize {
        (self.used * self.pools).div_ceil(self.capacity.max(1))
    }
}

fn classes(pools: &[&PoolView]) -> BTreeMap<usize, Class> {
    let mut classes: BTreeMap<usize, Class> = BTreeMap::new();
    for pool in pools.iter().filter(|pool| pool.state != PoolState::Free) {
        let class = classes.entry(pool.block_size).or_default();
        class.pools += 1;
        class.used += pool.used;
        class.free += pool.free.len();
        class.never_used += never_used(pool);
        class.capacity += pool.capacity;
    }
    classes
}

fn class_table(classes: &BTreeMap<usize, Class>) -> Report {
    let columns =
        ["block_size", "pools", "needed", "used", "free", "never_used", "bytes_used", "bytes_free", "filled"];
    let mut report = Report::new("map", format!("{} size classes in use", classes.len()), &columns);
    let mut sum = Class::default();
    let (mut needed, mut bytes_used, mut bytes_free) = (0, 0, 0);
    for (&size, class) in classes {
        let (used, free) = (class.used * size, (class.free + class.never_used) * size);
        report.row([
            Cell::Bytes(size),
            class.pools.into(),
            class.needed().into(),
            class.used.into(),
            class.free.into(),
            class.never_used.into(),
            Cell::Bytes(used),
            Cell::Bytes(free),
            percent(class.used, class.capacity).into(),
        ]);
        sum.pools += class.pools;
        sum.used += class.used;
        sum.free += class.free;
        sum.never_used += class.never_used;
        (needed, bytes_used, bytes_free) = (needed + class.needed(), bytes_used + used, bytes_free + free);
    }
    report.footer([
        Cell::Nothing,
        sum.pools.into(),
        needed.into(),
        sum.used.into(),
        sum.free.into(),
        sum.never_used.into(),
        Cell::Bytes(bytes_used),
        Cell::Bytes(bytes_free),
        percent(bytes_used, bytes_used + bytes_free).into(),
    ]);
    report.note("needed: in how many pools the blocks in use would fit if they stood together");
    report
}

fn add_notes(report: &mut Report, arenas: &[ArenaView], classes: &BTreeMap<usize, Class>) {
    let pools: usize = classes.values().map(|class| class.pools).sum();
    let needed: usize = classes.values().map(Class::needed).sum();
    let used: usize = classes.iter().map(|(size, class)| class.used * size).sum();
    let free: usize = classes.iter().map(|(size, class)| class.free * size).sum();
    let never: usize = classes.iter().map(|(size, class)| class.never_used * size).sum();
    let open: usize = arenas.iter().map(|arena| arena.free_pools).sum();
    let total = pools * POOL_BYTES;
    report.note(format!(
        "pools in use: {total} bytes = {used} in blocks in use + {free} in free lists + {never} never used + {} in \
         headers and at the ends",
        total - used - free - never
    ));
    report.note(format!(
        "fragmentation: {} of the pools in use is free lists, {pools} pools where {needed} would do",
        percent(free, total)
    ));
    report.note(format!("{} open to every size", counted(open, "pool")));
}
