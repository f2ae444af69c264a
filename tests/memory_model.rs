//! The memory manager against a model: random calls never let blocks overlap or lose their contents, and the
//! law of the heap holds after every step.

use std::collections::BTreeMap;
use std::ptr::NonNull;
use std::sync::Mutex;

use glasspy::memory::{BlockKind, Heap, HeapOptions, Observer, PoolState, Source};
use proptest::prelude::*;

const MIB: usize = 1 << 20;

fn heap() -> Heap {
    Heap::new(HeapOptions::default()).expect("address space")
}

fn limited(limit: usize) -> Heap {
    Heap::new(HeapOptions { limit: Some(limit), ..HeapOptions::default() }).expect("address space")
}

fn release(heap: &Heap, block: NonNull<u8>) {
    // SAFETY: the tests release what they have taken, once.
    unsafe { heap.release(block) }
}

fn reallocate(heap: &Heap, block: NonNull<u8>, size: usize) -> Option<NonNull<u8>> {
    // SAFETY: the tests go on with the outcome only.
    unsafe { heap.reallocate(block, size) }
}

/// Bytes that depend on the seed and the place, written to what was asked for.
fn fill(block: NonNull<u8>, from: usize, size: usize, seed: u8) {
    for offset in from..size {
        // SAFETY: the block has at least `size` bytes.
        unsafe { block.add(offset).write(seed.wrapping_add(offset as u8)) }
    }
}

fn holds(block: NonNull<u8>, size: usize, seed: u8) -> bool {
    // SAFETY: as above.
    (0..size).all(|offset| unsafe { block.add(offset).read() } == seed.wrapping_add(offset as u8))
}

#[derive(Clone, Debug)]
enum Step {
    Allocate(usize),
    Release(usize),
    Reallocate(usize, usize),
    Burst(usize, usize),
}

fn sizes() -> impl Strategy<Value = usize> {
    prop_oneof![
        6 => 0_usize..600,
        3 => 500_usize..20_000,
        2 => 20_000_usize..300_000,
        1 => 250_000_usize..3_000_000,
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => sizes().prop_map(Step::Allocate),
        4 => any::<usize>().prop_map(Step::Release),
        3 => (any::<usize>(), sizes()).prop_map(|(which, size)| Step::Reallocate(which, size)),
        1 => (1_usize..200, 1_usize..513).prop_map(|(count, size)| Step::Burst(count, size)),
    ];
    prop::collection::vec(step, 1..120)
}

struct Held {
    block: NonNull<u8>,
    size: usize,
    seed: u8,
}

/// What a program would know of its blocks.
struct Model {
    heap: Heap,
    held: Vec<Held>,
    seed: u8,
}

impl Model {
    fn allocate(&mut self, size: usize) {
        let Some(block) = self.heap.allocate(size) else { return };
        assert_eq!(block.addr().get() % 16, 0);
        self.seed = self.seed.wrapping_add(37);
        fill(block, 0, size, self.seed);
        self.held.push(Held { block, size, seed: self.seed });
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::Allocate(size) => self.allocate(size),
            Step::Burst(count, size) => (0..count).for_each(|_| self.allocate(size)),
            _ if self.held.is_empty() => {}
            Step::Release(which) => {
                let held = self.held.swap_remove(which % self.held.len());
                assert!(holds(held.block, held.size, held.seed));
                release(&self.heap, held.block);
            }
            Step::Reallocate(which, size) => {
                let index = which % self.held.len();
                let held = &mut self.held[index];
                if let Some(block) = reallocate(&self.heap, held.block, size) {
                    assert!(holds(block, held.size.min(size), held.seed));
                    fill(block, held.size.min(size), size, held.seed);
                    (held.block, held.size) = (block, size);
                }
                assert!(holds(held.block, held.size, held.seed));
            }
        }
    }

    fn check(&self) {
        self.heap.verify().expect("the law of the heap");
        let blocks = self.heap.blocks();
        assert!(blocks.windows(2).all(|pair| pair[0].address + pair[0].size <= pair[1].address));
        let expected: BTreeMap<usize, usize> =
            self.held.iter().map(|held| (held.block.addr().get(), held.size)).collect();
        assert_eq!(expected.len(), self.held.len());
        assert!(blocks.iter().map(|block| block.address).eq(expected.keys().copied()));
        assert!(blocks.iter().zip(expected.values()).all(|(block, &size)| block.size >= size));
        assert_eq!(self.heap.allocated_blocks(), blocks.len());
        assert_eq!(self.heap.bytes_in_use(), blocks.iter().map(|block| block.size).sum::<usize>());
        for block in blocks.iter().step_by(7) {
            assert_eq!(self.heap.block_at(block.address + block.size - 1), Some(*block));
        }
    }

    fn finish(mut self) {
        while let Some(held) = self.held.pop() {
            assert!(holds(held.block, held.size, held.seed));
            release(&self.heap, held.block);
        }
        self.check();
        assert_eq!((self.heap.allocated_blocks(), self.heap.bytes_in_use()), (0, 0));
    }
}

fn run_model(options: HeapOptions, steps: &[Step]) -> Vec<usize> {
    let mut model = Model { heap: Heap::new(options).expect("address space"), held: Vec::new(), seed: 0 };
    for step in steps {
        model.step(step);
        model.check();
    }
    let base = model.heap.statistics().base;
    let addresses = model.held.iter().map(|held| held.block.addr().get() - base).collect();
    model.finish();
    addresses
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_are_apart_and_keep_their_contents(steps in steps()) {
        run_model(HeapOptions::default(), &steps);
    }

    #[test]
    fn the_limit_refuses_and_harms_nothing(steps in steps()) {
        run_model(HeapOptions { limit: Some(3 * MIB), ..HeapOptions::default() }, &steps);
    }

    #[test]
    fn blocks_of_the_system_obey_the_same_model(steps in steps()) {
        run_model(HeapOptions { source: Source::System, ..HeapOptions::default() }, &steps);
    }

    #[test]
    fn addresses_are_the_same_in_every_heap_and_when_watched(steps in steps()) {
        let plain = run_model(HeapOptions::default(), &steps);
        prop_assert_eq!(&plain, &run_model(HeapOptions::default(), &steps));
        let filled = HeapOptions { debug_fill: true, ..HeapOptions::default() };
        prop_assert_eq!(&plain, &run_model(filled, &steps));
    }
}

#[test]
fn two_heaps_stand_at_different_bases() {
    let (first, second) = (heap(), heap());
    let (one, two) = (first.statistics(), second.statistics());
    assert_ne!(one.base, two.base);
    assert!(one.base.is_multiple_of(0x10_0000_0000) && two.base.is_multiple_of(0x10_0000_0000));
    for size in [24, 24, 500, 4000, 400_000] {
        let (a, b) = (first.allocate(size).expect("block"), second.allocate(size).expect("block"));
        assert_eq!(a.addr().get() - one.base, b.addr().get() - two.base);
        assert!(first.owns(a.addr().get()) && !first.owns(b.addr().get()));
    }
}

#[test]
fn a_pool_hands_out_the_last_freed_block_first() {
    let heap = heap();
    let blocks: Vec<_> = (0..5).map(|_| heap.allocate(48).expect("block")).collect();
    release(&heap, blocks[1]);
    release(&heap, blocks[3]);
    let pool = heap.pools().into_iter().find(|pool| pool.block_size == 48).expect("the pool");
    assert_eq!(pool.free[..2], [blocks[3].addr().get(), blocks[1].addr().get()]);
    assert_eq!((pool.used, pool.state), (3, PoolState::Used));
    assert_eq!(heap.allocate(40), Some(blocks[3]));
    assert_eq!(heap.allocate(33), Some(blocks[1]));
}

#[test]
fn blocks_of_a_pool_lie_side_by_side_behind_its_header() {
    let heap = heap();
    let first = heap.allocate(32).expect("block").addr().get();
    assert_eq!(first, heap.statistics().base + 48);
    assert_eq!(heap.allocate(32).expect("block").addr().get(), first + 32);
    assert_eq!(heap.allocate(16).expect("block").addr().get(), heap.statistics().base + 16384 + 48);
}

#[test]
fn a_pool_holds_as_many_blocks_as_cpythons() {
    let heap = heap();
    let blocks: Vec<_> = (0..1021).map(|_| heap.allocate(16).expect("block")).collect();
    let states = |heap: &Heap| heap.pools().iter().map(|pool| pool.state).collect::<Vec<_>>();
    assert_eq!(states(&heap), [PoolState::Full]);
    let next = heap.allocate(16).expect("block");
    assert_eq!(states(&heap), [PoolState::Full, PoolState::Used]);
    release(&heap, next);
    assert_eq!(states(&heap), [PoolState::Full, PoolState::Free]);
    release(&heap, blocks[7]);
    assert_eq!(states(&heap), [PoolState::Used, PoolState::Free]);
    assert_eq!(heap.allocate(16), Some(blocks[7]));
}

#[test]
fn an_empty_arena_goes_back_to_the_system_and_comes_again() {
    let heap = heap();
    let count = 5 * MIB / 512;
    let blocks: Vec<_> = (0..count).map(|_| heap.allocate(512).expect("block")).collect();
    let full = heap.statistics();
    assert_eq!((full.arenas, full.given_back), (6, 0));
    blocks.iter().for_each(|&block| release(&heap, block));
    let empty = heap.statistics();
    assert_eq!((empty.arenas, empty.arenas_reclaimed, empty.arenas_highwater), (1, 5, 6));
    assert_eq!((empty.given_back, empty.committed), (5, MIB));
    heap.verify().expect("the law of the heap");
    assert!((0..count).all(|_| heap.allocate(512).is_some()));
    heap.verify().expect("the law of the heap");
}

#[test]
fn arenas_stay_warm_while_the_process_is_no_larger_than_it_was() {
    let heap = heap();
    let blocks: Vec<_> = (0..5 * MIB / 512).map(|_| heap.allocate(512).expect("block")).collect();
    blocks.iter().for_each(|&block| release(&heap, block));
    assert_eq!((heap.statistics().committed, heap.statistics().warm), (MIB, 5 * MIB));
    let large = heap.allocate(3 * MIB).expect("block");
    heap.verify().expect("the law of the heap");
    assert_eq!(heap.statistics().warm, MIB);
    release(&heap, large);
    assert!((0..3 * MIB / 512).all(|_| heap.allocate(512).is_some()));
    heap.verify().expect("the law of the heap");
    assert_eq!(heap.statistics().warm, 0);
}

#[test]
fn no_more_than_64_arenas_stay_warm() {
    let heap = heap();
    let blocks: Vec<_> = (0..70 * MIB / 512).map(|_| heap.allocate(512).expect("block")).collect();
    blocks.iter().for_each(|&block| release(&heap, block));
    assert_eq!(heap.statistics().warm, 64 * MIB);
    heap.verify().expect("the law of the heap");
}

#[test]
fn the_fullest_arena_is_allocated_from_first() {
    let heap = heap();
    // Two arenas of full pools, and then a hole of two pools in the first and of one in the second.
    let blocks: Vec<_> = (0..128 * 31).map(|_| heap.allocate(512).expect("block")).collect();
    let base = heap.statistics().base;
    let pool_of = |block: &NonNull<u8>| (block.addr().get() - base) / 16384;
    for block in blocks.iter().filter(|block| [3, 5, 70].contains(&pool_of(block))) {
        release(&heap, *block);
    }
    assert_eq!(pool_of(&heap.allocate(16).expect("block")), 70);
    assert_eq!(pool_of(&heap.allocate(32).expect("block")), 5);
    assert_eq!(pool_of(&heap.allocate(48).expect("block")), 3);
}

#[test]
fn the_limit_answers_none() {
    let heap = limited(4 * MIB);
    assert_eq!(heap.allocate(5 * MIB), None);
    let blocks: Vec<_> = std::iter::from_fn(|| heap.allocate(100)).collect();
    assert!((30_000..=4 * MIB / 112).contains(&blocks.len()));
    assert_eq!(heap.allocate(1000), None);
    blocks.into_iter().for_each(|block| release(&heap, block));
    // What was kept for small blocks is given up for large ones.
    let large = heap.allocate(3 * MIB + 900_000).expect("room again");
    assert_eq!(reallocate(&heap, large, 5 * MIB), None);
    fill(large, 0, 3 * MIB, 3);
    let small = reallocate(&heap, large, 10).expect("a smaller block");
    assert!(holds(small, 10, 3));
    heap.verify().expect("the law of the heap");
}

#[test]
fn sizes_that_no_machine_has_are_refused_at_once() {
    let heap = heap();
    let block = heap.allocate(10).expect("block");
    fill(block, 0, 10, 1);
    let kept = heap.allocate(MIB).expect("block");
    release(&heap, kept);
    for size in [1 << 45, isize::MAX as usize - 16, isize::MAX as usize, usize::MAX - 15, usize::MAX] {
        assert_eq!(heap.allocate(size), None);
        assert_eq!(reallocate(&heap, block, size), None);
    }
    assert!(holds(block, 10, 1));
    assert!(heap.allocate(0).is_some());
    heap.verify().expect("the law of the heap");
}

#[test]
fn a_growing_huge_block_keeps_its_contents_and_is_not_held_twice() {
    let heap = limited(250 * MIB);
    let mut size = 100 * MIB;
    let mut block = heap.allocate(size).expect("block");
    let marks: Vec<usize> = (0..size).step_by(4096 + 8).collect();
    for &mark in &marks {
        // SAFETY: inside the block.
        unsafe { block.add(mark).write(mark as u8) };
    }
    let fence = heap.allocate(300_000).expect("block behind it");
    while size < 200 * MIB {
        size += 20 * MIB;
        block = reallocate(&heap, block, size).expect("room");
        heap.verify().expect("the law of the heap");
    }
    // SAFETY: as above.
    assert!(marks.iter().all(|&mark| unsafe { block.add(mark).read() } == mark as u8));
    let numbers = heap.statistics();
    // Once over the fence, and from then on in place.
    assert_eq!(numbers.huge_moves, 1);
    assert!(numbers.committed_peak < 202 * MIB);
    release(&heap, block);
    assert!(heap.statistics().committed < MIB);
    release(&heap, fence);
}

#[test]
fn a_moved_block_moves_again() {
    let heap = heap();
    let mut block = heap.allocate(MIB).expect("block");
    fill(block, 0, MIB, 9);
    for step in 1..=8 {
        // Too large for the hole that the last move left, so it lies right behind.
        heap.allocate(16 * MIB).expect("a fence");
        block = reallocate(&heap, block, MIB + step * MIB).expect("room");
        assert!(holds(block, MIB, 9));
        heap.verify().expect("the law of the heap");
        block = reallocate(&heap, block, MIB + step * MIB + 300_000).expect("room");
    }
    assert_eq!(heap.statistics().huge_moves, 8);
    assert!(holds(block, MIB, 9));
}

#[test]
fn a_large_block_grows_in_place_into_free_room() {
    let heap = heap();
    let block = heap.allocate(1000).expect("block");
    assert_eq!(reallocate(&heap, block, 100_000), Some(block));
    let fence = heap.allocate(1000).expect("block");
    assert_ne!(reallocate(&heap, block, 110_000), Some(block));
    assert!(heap.block_at(fence.addr().get() + 5).is_some_and(|found| found.kind == BlockKind::Large));
    assert_eq!(heap.block_at(fence.addr().get() - 1), None);
}

#[test]
fn a_released_list_buffer_is_kept_for_the_next() {
    let heap = limited(40 * MIB);
    let block = heap.allocate(10 * MIB).expect("block");
    release(&heap, block);
    let before = heap.statistics();
    assert_eq!(heap.allocate(9 * MIB), Some(block));
    release(&heap, block);
    assert_eq!((before.given_back, heap.statistics().given_back), (0, 1));
    // It stands in nobody's way.
    assert!(heap.allocate(39 * MIB).is_some());
    heap.verify().expect("the law of the heap");
}

#[test]
fn empty_chunks_go_back_to_the_system() {
    let heap = heap();
    let blocks: Vec<_> = (0..40).map(|_| heap.allocate(200_000).expect("block")).collect();
    assert_eq!(heap.statistics().chunks, 8);
    blocks.into_iter().for_each(|block| release(&heap, block));
    assert_eq!((heap.statistics().chunks, heap.statistics().given_back), (4, 4));
    heap.verify().expect("the law of the heap");
}

#[test]
fn debug_fill_marks_new_and_dead_bytes() {
    let heap = Heap::new(HeapOptions { debug_fill: true, ..HeapOptions::default() }).expect("address space");
    for size in [40, 4000, 400_000] {
        let block = heap.allocate(size).expect("block");
        // SAFETY: the block is live.
        assert!((0..size).all(|offset| unsafe { block.add(offset).read() } == 0xCD));
    }
    let (block, _keeps_the_pool) = (heap.allocate(64).expect("block"), heap.allocate(64));
    release(&heap, block);
    // SAFETY: the pool is still there; behind the link the block is filled.
    assert!((8..64).all(|offset| unsafe { block.add(offset).read() } == 0xDD));
}

struct Record(Mutex<Vec<String>>);

impl Record {
    fn push(&self, line: String) {
        self.0.lock().expect("a lock").push(line);
    }
}

impl Observer for Record {
    fn allocated(&self, address: usize, size: usize) {
        self.push(format!("+{size} at {}", address % MIB));
    }
    fn released(&self, address: usize) {
        self.push(format!("- at {}", address % MIB));
    }
    fn moved(&self, from: usize, to: usize, size: usize) {
        self.push(format!("{} to {} for {size}", from % MIB, to % MIB));
    }
}

#[test]
fn observers_are_told_of_requested_sizes() {
    let heap = heap();
    static RECORD: Record = Record(Mutex::new(Vec::new()));
    static SECOND: Record = Record(Mutex::new(Vec::new()));
    let unseen = heap.allocate(20).expect("block");
    heap.observe(&RECORD);
    let block = heap.allocate(17).expect("block");
    heap.observe(&SECOND);
    let block = reallocate(&heap, block, 30).expect("block");
    let block = reallocate(&heap, block, 700).expect("block");
    release(&heap, block);
    heap.verify().expect("the law of the heap");
    heap.stop_observing(&RECORD);
    let late = heap.allocate(600).expect("block");
    heap.stop_observing(&SECOND);
    release(&heap, late);
    release(&heap, unseen);
    let expected = ["+17 at 80", "80 to 80 for 30", "80 to 16 for 700", "- at 16"];
    assert_eq!(*RECORD.0.lock().expect("a lock"), expected);
    let second = ["80 to 80 for 30", "80 to 16 for 700", "- at 16", "+600 at 16"];
    assert_eq!(*SECOND.0.lock().expect("a lock"), second);
    heap.verify().expect("the law of the heap");
}

#[test]
fn the_report_has_the_form_of_cpythons() {
    let heap = heap();
    for _ in 0..1000 {
        heap.allocate(64).expect("block");
    }
    let report = heap.debug_malloc_stats();
    let lines: Vec<&str> = report.lines().collect();
    let expected = [
        "Small block threshold = 512, in 32 size classes.",
        "",
        "class   size   num pools   blocks in use  avail blocks",
        "-----   ----   ---------   -------------  ------------",
        "    3     64           4            1000            20",
        "",
        "# arenas allocated total           =                    1",
        "# arenas reclaimed                 =                    0",
        "# arenas highwater mark            =                    1",
        "# arenas allocated current         =                    1",
        "1 arenas * 1048576 bytes/arena     =            1,048,576",
        "",
        "# bytes in allocated blocks        =               64,000",
        "# bytes in available blocks        =                1,280",
        "60 unused pools * 16384 bytes      =              983,040",
        "# bytes lost to pool headers       =                  192",
        "# bytes lost to quantization       =                   64",
        "# bytes lost to arena alignment    =                    0",
        "Total                              =            1,048,576",
    ];
    assert_eq!(lines[..expected.len()], expected);
}
