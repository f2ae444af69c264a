//! `glass.pool(x)`: the pool around an object or an address, block by block.
//!
//! ```text
//! | header | block 0 | block 1 | ...            | never handed out yet      |
//!            objects, buffers, free blocks with   one row
//!            their place in the free list
//! ```

use std::collections::BTreeMap;

use super::blocks::{Tenant, TenantKind, tenants};
use super::{Cell, Report, Row};
use crate::memory::{Block, BlockKind, PoolState, PoolView};
use crate::runtime::Interpreter;

const COLUMNS: &[&str] = &["block", "holds", "type", "value", "count", "generation", "next_free"];

/// The block around an address and its neighbours; none where no pool and no large block holds it.
pub fn pool(cx: &Interpreter, address: usize) -> Option<Report> {
    let pools = cx.space.heap.pools();
    if let Some(view) = pools.iter().find(|view| (view.address..view.address + POOL_BYTES).contains(&address))
    {
        let range = view.address..view.address + POOL_BYTES;
        let blocks = cx.space.heap.blocks().into_iter().filter(|block| range.contains(&block.address));
        return Some(pool_report(view, &tenants(cx, blocks.collect()), address));
    }
    let block = cx.space.heap.block_at(address)?;
    let found = tenants(cx, vec![block]).pop()?;
    let title = match pools.is_empty() {
        true => format!("a block of {} bytes from the system's allocator", block.size),
        false => format!("a large block of {} bytes, outside the pools", block.size),
    };
    let mut report = Report::new("pool", title, COLUMNS);
    report.row(tenant_cells(&found));
    Some(report)
}

/// Bytes of a pool.
pub const POOL_BYTES: usize = 16 << 10;

fn pool_report(view: &PoolView, tenants: &[Tenant], asked: usize) -> Report {
    let PoolView { address, block_size, capacity, used, .. } = *view;
    let title =
        format!("pool {address:#x}: {capacity} blocks of {block_size} bytes, {used} in use, {}", state(view));
    let mut report = Report::new("pool", title, COLUMNS);
    let first = address + HEADER;
    let mut live = tenants.iter().peekable();
    for block in (first..view.tail).step_by(block_size) {
        match live.next_if(|tenant| tenant.block.address == block) {
            Some(tenant) => report.row(tenant_cells(tenant)),
            None => report.row(free_cells(view, block)),
        }
    }
    let tail = capacity.saturating_sub((view.tail - first) / block_size);
    if tail > 0 {
        let text = format!("{tail} blocks");
        report.row([Cell::Address(view.tail), "never used".into(), Cell::Nothing, text.into()]);
    }
    add_notes(&mut report, view, tail, asked);
    report
}

/// Bytes of a pool's header.
const HEADER: usize = 48;

fn add_notes(report: &mut Report, view: &PoolView, tail: usize, asked: usize) {
    let block = asked.saturating_sub(view.address + HEADER) / view.block_size;
    if asked >= view.address + HEADER && block < view.capacity {
        let start = view.address + HEADER + block * view.block_size;
        report.note(format!(
            "asked for: block {block}, {start:#x}; the argument of this call counts in what was asked for"
        ));
    }
    let free = view.free.len();
    report.note(format!(
        "{} blocks: {} in use + {free} in the free list + {tail} never used",
        view.capacity, view.used
    ));
    report.note(match view.free.first() {
        Some(next) => format!("the next block of this pool to be handed out is {next:#x}"),
        None => "no block is free: the release of one links the pool again".to_owned(),
    });
    let lost = POOL_BYTES - HEADER - view.capacity * view.block_size;
    report.note(format!("{HEADER} bytes of header, {lost} bytes left at the end"));
}

fn state(view: &PoolView) -> &'static str {
    match view.state {
        PoolState::Used => "used",
        PoolState::Full => "full",
        PoolState::Free => "free: open to every size",
    }
}

fn free_cells(view: &PoolView, block: usize) -> Vec<Cell> {
    let place = view.free.iter().position(|free| *free == block);
    let place = place.map(|place| Cell::from(place + 1));
    vec![
        Cell::Address(block),
        "free".into(),
        Cell::Nothing,
        Cell::Nothing,
        Cell::Nothing,
        Cell::Nothing,
        place.unwrap_or_default(),
    ]
}

/// The cells of a live block.
fn tenant_cells(tenant: &Tenant) -> Vec<Cell> {
    let block = Cell::Address(tenant.block.address);
    match &tenant.kind {
        TenantKind::Object(facts) => vec![
            block,
            "object".into(),
            facts.type_name.clone().into(),
            facts.shown.clone().into(),
            facts.count.into(),
            facts.generation.map(|number| Cell::from(usize::from(number))).unwrap_or_default(),
        ],
        TenantKind::Buffer(what) => vec![block, "buffer".into(), Cell::Nothing, what.clone().into()],
    }
}

/// The blocks above 512 bytes for the map: those of a kind together, one by one where they are few.
pub fn large_blocks(cx: &Interpreter) -> Report {
    let is_large = |block: &Block| block.kind == BlockKind::Large;
    let tenants = tenants(cx, cx.space.heap.blocks().into_iter().filter(is_large).collect());
    let columns = ["holds", "blocks", "bytes", "block", "value", "count"];
    let mut groups: BTreeMap<String, Vec<&Tenant>> = BTreeMap::new();
    for tenant in &tenants {
        groups.entry(group_of(tenant)).or_default().push(tenant);
    }
    let mut report = Report::new("map", format!("{} blocks above 512 bytes", tenants.len()), &columns);
    for (group, tenants) in groups {
        let bytes = tenants.iter().map(|tenant| tenant.block.size).sum();
        let shown = tenants.iter().filter(|_| tenants.len() <= FEW).map(|tenant| large_row(tenant));
        let rows = shown.collect();
        report.push(Row { cells: vec![group.into(), tenants.len().into(), Cell::Bytes(bytes)], rows });
    }
    report.note("glass.pool(address) tells of one of them");
    report
}

/// So many blocks of a kind are shown one by one.
const FEW: usize = 8;

/// `object of type int`, `table of dict`.
fn group_of(tenant: &Tenant) -> String {
    match &tenant.kind {
        TenantKind::Object(facts) => format!("object of type {}", facts.type_name),
        TenantKind::Buffer(what) => what.split(" 0x").next().unwrap_or_default().to_owned(),
    }
}

fn large_row(tenant: &Tenant) -> Row {
    let mut cells = vec![Cell::Nothing, Cell::Nothing, Cell::Bytes(tenant.block.size)];
    cells.push(Cell::Address(tenant.block.address));
    match &tenant.kind {
        TenantKind::Object(facts) => cells.extend([facts.shown.clone().into(), facts.count.into()]),
        TenantKind::Buffer(what) => cells.push(what.clone().into()),
    }
    Row::new(cells)
}
