//! Collections of graphs of nodes, compared with what can be reached.

mod nodes;

use std::collections::BTreeSet;

use super::{
    Mismatch, debug, is_finalized, referents, referrers, verify_counts, verify_exactly, verify_links,
};
use crate::object::{GcHead, ObjectRef, Ref, Visitor};
use nodes::{Node, World, as_node, connect, in_world, take_log};

/// A generator of numbers that are random enough and the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// A graph: nodes with edges and, for some, weak references with a callback.
struct Graph {
    edges: Vec<Vec<usize>>,
    roots: BTreeSet<usize>,
}

impl Graph {
    fn random(seed: u64) -> Self {
        let mut random = Random(seed);
        let size = 1 + random.below(60);
        let edges = (0..size).map(|_| (0..random.below(4)).map(|_| random.below(size)).collect()).collect();
        let roots = (0..random.below(4)).map(|_| random.below(size)).collect();
        Self { edges, roots }
    }

    fn reachable(&self) -> BTreeSet<usize> {
        let mut waiting: Vec<usize> = self.roots.iter().copied().collect();
        let mut found = BTreeSet::new();
        while let Some(node) = waiting.pop() {
            if found.insert(node) {
                waiting.extend(&self.edges[node]);
            }
        }
        found
    }

    /// Makes it, hands the nodes to `prepare`, and leaves the roots.
    fn build(&self, world: &World, finalized: bool, prepare: impl FnOnce(&[Ref<Node>])) -> Vec<ObjectRef> {
        let birth = |number| if finalized { world.node_with_finalizer(number) } else { world.node(number) };
        let nodes: Vec<Ref<Node>> = (0..self.edges.len()).map(birth).collect();
        for (node, targets) in nodes.iter().zip(&self.edges) {
            targets.iter().for_each(|target| connect(node, &nodes[*target]));
        }
        prepare(&nodes);
        self.roots.iter().map(|root| nodes[*root].as_object().clone()).collect()
    }
}

fn numbers(world: &World) -> BTreeSet<usize> {
    super::objects(world.space, None).iter().map(|object| as_node(object).number).collect()
}

/// Links `count` nodes; the last is connected to the first where `closed`. Returns the first.
fn chain(world: &World, count: usize, closed: bool) -> Ref<Node> {
    let first = world.node(0);
    let mut last = first.clone();
    for number in 1..count {
        let next = world.node(number);
        connect(&last, &next);
        last = next;
    }
    if closed {
        connect(&last, &first);
    }
    first
}

#[test]
fn random_graphs_keep_exactly_what_can_be_reached() {
    for seed in 0..300 {
        in_world(|world| {
            let graph = Graph::random(seed);
            let roots = graph.build(world, false, |_| {});
            let before = numbers(world).len();
            let totals = world.collect(2, &roots);
            assert_eq!(numbers(world), graph.reachable(), "seed {seed}");
            assert_eq!(totals.collected, before - graph.reachable().len());
            drop(roots);
            world.collect(2, &[]);
        });
    }
}

#[test]
fn random_graphs_are_finalized_once_each() {
    for seed in 0..200 {
        in_world(|world| {
            world.on_finalize(|_| {});
            let graph = Graph::random(seed);
            let roots = graph.build(world, true, |_| {});
            world.collect(seed as usize % 3, &roots);
            drop(roots);
            world.collect(2, &[]);
            let mut finalized = take_log();
            finalized.sort_unstable();
            assert_eq!(finalized, (0..graph.edges.len()).collect::<Vec<_>>(), "seed {seed}");
        });
    }
}

#[test]
fn callbacks_of_reachable_weak_references_are_called_when_the_referent_dies() {
    for seed in 0..200 {
        in_world(|world| {
            let graph = Graph::random(seed);
            let mut weak = Vec::new();
            let mut roots = graph.build(world, false, |nodes| {
                weak.extend(nodes.iter().map(|node| world.weak(node, Some(&world.node(1000 + node.number)))));
            });
            roots.extend(weak.iter().map(|weak| weak.as_object().clone()));
            drop(weak);
            world.collect(2, &roots);
            let expected: BTreeSet<usize> = (0..graph.edges.len())
                .filter(|node| !graph.reachable().contains(node))
                .map(|node| node + 1000)
                .collect();
            assert_eq!(take_log().into_iter().collect::<BTreeSet<_>>(), expected, "seed {seed}");
            drop(roots);
            world.collect(2, &[]);
            take_log();
        });
    }
}

#[test]
fn a_callback_in_the_trash_is_not_called() {
    in_world(|world| {
        let (referent, holder) = (world.node(1), world.node(2));
        connect(&referent, &holder);
        connect(&holder, &referent);
        connect(&holder, &world.weak(&referent, Some(&world.node(3))));
        drop((referent, holder));
        assert_eq!(world.collect(2, &[]).collected, 4);
        assert_eq!(take_log(), []);
    });
}

#[test]
fn a_weak_reference_that_dies_by_its_callback_counts_as_collected() {
    in_world(|world| {
        let ring = chain(world, 1, true);
        let weak = world.weak(&ring, Some(&world.node(7)));
        let kept = weak.as_object().clone();
        drop((ring, weak));
        assert_eq!(world.collect(2, std::slice::from_ref(&kept)).collected, 1);
        assert_eq!(take_log(), [7]);
        // The callback stays in a reference that the collector has cleared, as in CPython.
        assert_eq!(referents(&kept).len(), 1);
    });
}

#[test]
fn callbacks_run_newest_first_and_before_finalizers() {
    in_world(|world| {
        world.on_finalize(|_| {});
        let node = world.node_with_finalizer(1);
        connect(&node, &node);
        let weak: Vec<_> = (10..13).map(|number| world.weak(&node, Some(&world.node(number)))).collect();
        drop(node);
        let roots: Vec<_> = weak.iter().map(|weak| weak.as_object().clone()).collect();
        drop(weak);
        world.collect(2, &roots);
        assert_eq!(take_log(), [12, 11, 10, 1]);
    });
}

#[test]
fn a_finalizer_can_bring_its_object_back_once() {
    in_world(|world| {
        let shelf = world.node(0);
        let (pair, other) = (world.node_with_finalizer(1), world.node(2));
        connect(&pair, &other);
        connect(&other, &pair);
        let place = shelf.clone();
        world.on_finalize(move |node| connect(&place, node));
        drop((pair, other));
        let roots = [shelf.as_object().clone()];
        world.held.set(2);
        assert_eq!(world.collect(2, &roots).collected, 0);
        assert_eq!(take_log(), [1]);
        let back = shelf.edges.borrow()[0].clone();
        assert!(is_finalized(&back));
        drop(back);
        shelf.edges.take();
        assert_eq!(world.collect(2, &roots).collected, 2);
        assert_eq!(take_log(), []);
        world.on_finalize(|_| {});
    });
}

#[test]
fn a_finalizer_can_break_the_ring_itself() {
    in_world(|world| {
        world.on_finalize(|node| drop(node.edges.take()));
        let (pair, other) = (world.node_with_finalizer(1), world.node_with_finalizer(2));
        connect(&pair, &other);
        connect(&other, &pair);
        drop((pair, other));
        world.collect(2, &[]);
        assert_eq!(take_log(), [1, 2]);
        world.on_finalize(|_| {});
    });
}

#[test]
fn survivors_move_on_and_counts_go_up() {
    in_world(|world| {
        let node = world.node(0);
        let roots = [node.as_object().clone()];
        drop(node);
        let counts = || [0, 1, 2].map(|number: usize| world.space.generations[number].count.get());
        assert_eq!((world.lengths(), counts()), ([1, 0, 0], [1, 0, 0]));
        world.collect(0, &roots);
        assert_eq!((world.lengths(), counts()), ([0, 1, 0], [0, 1, 0]));
        world.collect(1, &roots);
        assert_eq!((world.lengths(), counts()), ([0, 0, 1], [0, 0, 1]));
        world.collect(2, &roots);
        assert_eq!((world.lengths(), counts()), ([0, 0, 1], [0, 0, 0]));
    });
}

#[test]
fn references_from_older_generations_keep_the_young_alive() {
    in_world(|world| {
        let old = world.node(0);
        let roots = [old.as_object().clone()];
        world.held.set(1);
        world.collect(2, &roots);
        connect(&old, &chain(world, 3, true));
        assert_eq!(world.collect(0, &roots).collected, 0);
        assert_eq!(world.lengths(), [0, 3, 1]);
        drop(old.edges.take());
        assert_eq!(world.collect(0, &roots).collected, 0);
        assert_eq!(world.collect(1, &roots).collected, 3);
    });
}

#[test]
fn the_oldest_generation_waits_for_a_quarter() {
    in_world(|world| {
        let mut roots: Vec<ObjectRef> = (0..100).map(|number| world.node(number).into_object()).collect();
        world.collect(2, &roots);
        world.space.generations[2].count.set(11);
        assert_eq!(world.collector.due(world.space), None);
        roots.extend((0..24).map(|number| world.node(number).into_object()));
        world.collect(1, &roots);
        assert_eq!(world.collector.due(world.space), None);
        roots.push(world.node(0).into_object());
        world.collect(1, &roots);
        assert_eq!(world.collector.due(world.space), Some(2));
    });
}

#[test]
fn the_oldest_generation_that_is_due_is_chosen() {
    in_world(|world| {
        assert_eq!(world.collector.due(world.space), None);
        world.space.generations[0].count.set(701);
        assert_eq!(world.collector.due(world.space), Some(0));
        world.space.generations[1].count.set(10);
        assert_eq!(world.collector.due(world.space), Some(0));
        world.space.generations[1].count.set(11);
        assert_eq!(world.collector.due(world.space), Some(1));
        world.space.generations[2].count.set(11);
        assert_eq!(world.collector.due(world.space), Some(2));
    });
}

#[test]
fn a_ring_of_a_million_is_collected() {
    in_world(|world| {
        drop(chain(world, 1_000_000, true));
        assert_eq!(world.collect(2, &[]).collected, 1_000_000);
    });
}

#[test]
fn a_chain_of_a_million_dies_by_counts() {
    in_world(|world| {
        let first = chain(world, 1_000_000, false);
        let roots = [first.as_object().clone()];
        drop(first);
        assert_eq!(world.collect(2, &roots).collected, 0);
        drop(roots);
        assert_eq!(world.space.heap.allocated_blocks(), 0);
    });
}

/// `t = (Leaf(i), t)` a hundred and twenty times in CPython 3.11, which drops the last item first.
#[test]
fn deep_releases_wait_in_the_order_of_the_trashcan() {
    in_world(|world| {
        world.on_finalize(|_| {});
        let mut at: Option<Ref<Node>> = None;
        for number in 0..120 {
            let pair = world.node(number);
            at.iter().for_each(|inner| connect(&pair, inner));
            connect(&pair, &world.node_with_finalizer(number));
            at = Some(pair);
        }
        drop(at);
        let expected = (71..120).chain([70]).chain(22..70).chain([21]).chain(0..21);
        assert_eq!(take_log(), expected.collect::<Vec<_>>());
    });
}

#[test]
fn debugging_keeps_and_tells() {
    in_world(|world| {
        world.collector.debug.set(debug::LEAK);
        drop(chain(world, 3, true));
        assert_eq!(world.collect(2, &[]).unreachable(), 3);
        assert_eq!(take_log(), [0, 1, 2]);
        assert_eq!(world.saved.borrow().len(), 3);
        world.collector.debug.set(0);
        assert_eq!(world.collect(2, &[]).collected, 0);
        world.saved.take();
        assert_eq!(world.collect(2, &[]).collected, 3);
    });
}

#[test]
fn atomic_containers_are_tracked_no_more() {
    in_world(|world| {
        let roots: Vec<ObjectRef> = (0..3).map(|number| world.node(number).into_object()).collect();
        world.atomic.borrow_mut().extend([1, 1002]);
        world.collect(1, &roots);
        assert_eq!(numbers(world), BTreeSet::from([0, 2]));
        world.collect(2, &roots);
        assert_eq!(numbers(world), BTreeSet::from([0]));
    });
}

#[test]
fn frozen_objects_are_left_alone() {
    in_world(|world| {
        drop(chain(world, 4, true));
        super::freeze(world.space);
        assert_eq!(super::frozen_count(world.space), 4);
        assert_eq!(world.collect(2, &[]).collected, 0);
        super::unfreeze(world.space);
        assert_eq!(world.lengths(), [0, 0, 4]);
        assert_eq!(world.collect(2, &[]).collected, 4);
    });
}

#[test]
fn a_program_can_ask_who_refers_to_whom() {
    in_world(|world| {
        let (a, b, c) = (world.node(0), world.node(1), world.node(2));
        connect(&a, &b);
        connect(&a, &b);
        connect(&c, &b);
        let addresses = |list: Vec<ObjectRef>| list.iter().map(|object| object.address()).collect::<Vec<_>>();
        assert_eq!(addresses(referents(&a)), [b.address(), b.address()]);
        assert_eq!(addresses(referrers(world.space, &[b.as_object().clone()])), [a.address(), c.address()]);
    });
}

#[test]
fn a_report_tells_what_each_pass_did() {
    in_world(|world| {
        world.on_finalize(|_| {});
        let kept = world.node(0);
        let roots = [kept.as_object().clone()];
        let (ring, other) = (world.node_with_finalizer(1), world.node(2));
        connect(&ring, &other);
        connect(&other, &ring);
        connect(&other, &kept);
        let addresses = [kept.address(), ring.address(), other.address()];
        drop((kept, ring, other));
        world.collector.recording.set(true);
        world.collect(1, &roots);
        let report = world.collector.last_report.take().expect("a report");
        let candidates: Vec<_> =
            report.candidates.iter().map(|c| (c.address, c.count, c.from_outside)).collect();
        assert_eq!(candidates, [(addresses[0], 2, 1), (addresses[1], 1, 0), (addresses[2], 1, 0)]);
        assert_eq!((report.before, report.after), ([3, 0, 0], [0, 0, 1]));
        assert_eq!(report.unreachable, addresses[1..]);
        assert_eq!((&report.finalized[..], report.resurrected.len()), (&addresses[1..2], 0));
        assert_eq!((&report.cleared[..], report.collected), (&addresses[1..2], 2));
        take_log();
    });
}

#[test]
fn totals_are_kept_by_generation() {
    in_world(|world| {
        drop(chain(world, 4, true));
        world.collect(0, &[]);
        world.collect(0, &[]);
        world.collect(2, &[]);
        let totals = world.collector.totals.each_ref().map(|t| (t.collections.get(), t.collected.get()));
        assert_eq!(totals, [(2, 4), (0, 0), (1, 0)]);
    });
}

#[test]
fn what_is_born_during_a_collection_is_young() {
    in_world(|world| {
        let shelf = world.node(0);
        let roots = [shelf.as_object().clone()];
        world.held.set(1);
        let (place, birth) = (shelf.clone(), world.maker());
        world.on_finalize(move |_| connect(&place, &birth(5)));
        let ring = world.node_with_finalizer(1);
        connect(&ring, &ring);
        drop((ring, shelf));
        assert_eq!(world.collect(2, &roots).collected, 1);
        assert_eq!(world.lengths(), [1, 0, 1]);
        take_log();
        world.on_finalize(|_| {});
    });
}

#[test]
fn a_wrong_count_is_found() {
    in_world(|world| {
        let (a, b) = (world.node(0), world.node(1));
        connect(&a, &b);
        connect(&a, &b);
        b.set_count(1);
        let found = verify_counts(world.space, &|_| {});
        b.set_count(3);
        assert_eq!(found, Err(Mismatch::Count { address: b.address(), count: 1, found: 2 }));
        let summary = verify_counts(world.space, &|_| {}).expect("it is right again");
        assert_eq!((summary.tracked, summary.objects, summary.references, summary.surplus), (2, 2, 2, 2));
    });
}

#[test]
fn a_count_too_much_is_found_where_all_owners_are_known() {
    in_world(|world| {
        let (a, b) = (world.node(0), world.node(1));
        connect(&a, &b);
        let roots = |visitor: &mut Visitor<'_>| [&a, &b].into_iter().for_each(|root| visitor(root.pointer()));
        assert_eq!(verify_exactly(world.space, &roots).map(|summary| summary.surplus), Ok(0));
        std::mem::forget(b.new_ref());
        let found = verify_exactly(world.space, &roots);
        b.set_count(2);
        assert_eq!(found, Err(vec![Mismatch::Count { address: b.address(), count: 3, found: 2 }]));
        assert!(verify_counts(world.space, &roots).is_ok());
    });
}

#[test]
fn a_broken_link_is_found() {
    in_world(|world| {
        let (a, b) = (world.node(0), world.node(1));
        let links = b.gc_head().expect("a container");
        links.set(GcHead::COLLECTING, true);
        let marked = verify_links(world.space);
        links.set(GcHead::COLLECTING, false);
        assert!(matches!(marked, Err(Mismatch::State { address, .. }) if address == b.address()));
        let whole = links.previous_head();
        links.set_previous_head(links);
        let bent = verify_links(world.space);
        links.set_previous_head(whole);
        assert_eq!(bent, Err(Mismatch::Link { address: b.address(), list: 0 }));
        assert_eq!(verify_links(world.space), Ok(()));
        drop(a);
    });
}
