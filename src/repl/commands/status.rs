//! The status line.

use crate::inspect::owners;
use crate::runtime::Interpreter;

/// Live objects, blocks in use, arenas and the counts of the generations.
pub fn line(cx: &Interpreter) -> String {
    let mut objects = 0usize;
    owners::each(cx, &mut |_| objects += 1);
    let heap = cx.space.heap.statistics();
    let blocks = heap.small_blocks + heap.large_blocks + heap.huge_blocks;
    let [young, middle, old] = [0, 1, 2].map(|number: usize| cx.space.generations[number].count.get());
    let arenas = if heap.arenas == 1 { "arena" } else { "arenas" };
    format!(
        "[{objects} objects, {blocks} blocks, {} {arenas}, generation counts {young} {middle} {old}]",
        heap.arenas
    )
}
