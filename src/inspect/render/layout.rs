//! Where boxes and arrows of a drawing stand: columns from left to right, frames in the first.
//!
//! 1. `columns`: every box stands to the right of those that refer to it, but for references that go back; where that
//!    would be a very wide drawing, as near to the left as arrows lead;
//! 2. an arrow over several columns gets a *bend* in each column between, which takes room like a small box;
//! 3. `order`: boxes of a column are sorted by where their arrows come from, a few times to and fro; frames keep the order
//!    of the stack;
//! 4. `heights`: from top to bottom, each box as near to its arrows as those above allow.

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::FxHashMap;

use crate::inspect::{Graph, Node, NodeKind};

/// Between columns: room for arrows.
const COLUMN_GAP: f64 = 90.0;
/// Between boxes of a column.
const ROW_GAP: f64 = 22.0;
/// The height of a bend.
const BEND: f64 = 10.0;
/// From so many columns on a drawing is too wide to be read.
const MOST_COLUMNS: usize = 14;
/// Sweeps over the columns.
const SWEEPS: usize = 6;

/// A laid out drawing.
pub struct Drawing {
    /// Left, top, width, height of each node, as in the graph.
    pub boxes: Vec<[f64; 4]>,
    /// Where the column of each node ends: an arrow that leaves a narrow box goes straight so far.
    pub rights: Vec<f64>,
    /// For each edge the points between its ends.
    pub bends: Vec<Vec<[f64; 2]>>,
    /// Which edges go back or stay in their column.
    pub goes_back: Vec<bool>,
    /// Extent of everything.
    pub width: f64,
    /// Extent of everything.
    pub height: f64,
}

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Box(usize),
    Bend { edge: usize, column: usize },
}

/// Lays a graph out; `size` gives the width and height of a node's box.
pub fn lay_out(graph: &Graph, size: &dyn Fn(&Node) -> [f64; 2]) -> Drawing {
    let ends = ends(graph);
    let mut columns = columns(graph, &ends);
    if columns.iter().any(|column| *column >= MOST_COLUMNS) {
        columns = nearest_columns(graph, &ends, &columns);
    }
    let goes_back: Vec<bool> = ends.iter().map(|&(from, to)| columns[to] <= columns[from]).collect();
    let mut layers = layers(&columns, &ends);
    let neighbours = neighbours(&columns, &ends);
    let is_frame: Vec<bool> = graph.nodes.iter().map(|node| node.kind == NodeKind::Frame).collect();
    order(&mut layers, &neighbours, &is_frame);
    place(graph, &ends, &columns, &layers, &neighbours, goes_back, size)
}

/// The indices of the nodes of each edge. An edge to nowhere goes to its own node.
fn ends(graph: &Graph) -> Vec<(usize, usize)> {
    let index: FxHashMap<usize, usize> =
        graph.nodes.iter().enumerate().map(|(index, node)| (node.id, index)).collect();
    let find = |id: usize, other: usize| index.get(&id).or_else(|| index.get(&other)).copied().unwrap_or(0);
    graph.edges.iter().map(|edge| (find(edge.from, edge.to), find(edge.to, edge.from))).collect()
}

/// The longest way to each node, without the references that close a cycle.
fn columns(graph: &Graph, ends: &[(usize, usize)]) -> Vec<usize> {
    let count = graph.nodes.len();
    let mut targets = vec![Vec::new(); count];
    ends.iter().for_each(|&(from, to)| targets[from].push(to));
    let order = depth_first(graph, &targets);
    let rank: FxHashMap<usize, usize> = order.iter().enumerate().map(|(rank, &node)| (node, rank)).collect();
    let mut columns: Vec<usize> =
        graph.nodes.iter().map(|node| usize::from(node.kind == NodeKind::Object)).collect();
    for &node in &order {
        for &target in &targets[node] {
            if rank[&target] > rank[&node] {
                columns[target] = columns[target].max(columns[node] + 1);
            }
        }
    }
    if graph.nodes.iter().all(|node| node.kind == NodeKind::Object) {
        columns.iter_mut().for_each(|column| *column -= 1);
    }
    columns
}

/// The shortest way to each node from those that stand in the first columns of another layout.
fn nearest_columns(graph: &Graph, ends: &[(usize, usize)], columns: &[usize]) -> Vec<usize> {
    let mut targets = vec![Vec::new(); graph.nodes.len()];
    ends.iter().for_each(|&(from, to)| targets[from].push(to));
    let mut by_column: Vec<usize> = (0..columns.len()).collect();
    by_column.sort_by_key(|&node| columns[node]);
    let first = by_column.first().map_or(0, |&node| columns[node]);
    let is_start = |node: usize| columns[node] == first || graph.nodes[node].kind != NodeKind::Object;
    let mut nearest: Vec<Option<usize>> =
        columns.iter().enumerate().map(|(node, &column)| is_start(node).then_some(column)).collect();
    let mut waiting: VecDeque<usize> = by_column.into_iter().filter(|&node| is_start(node)).collect();
    while let Some(node) = waiting.pop_front() {
        for &target in &targets[node] {
            if nearest[target].is_none() {
                nearest[target] = nearest[node].map(|column| column + 1);
                waiting.push_back(target);
            }
        }
    }
    nearest.into_iter().zip(columns).map(|(nearest, column)| nearest.unwrap_or(*column)).collect()
}

/// Nodes in an order in which references lead forward, but for those that close a cycle: frames first, then what nobody
/// drawn refers to, then the rest.
fn depth_first(graph: &Graph, targets: &[Vec<usize>]) -> Vec<usize> {
    let mut is_target = vec![false; targets.len()];
    targets.iter().flatten().for_each(|&target| is_target[target] = true);
    let rank = |node: usize| (graph.nodes[node].kind == NodeKind::Object, is_target[node], node);
    let mut starts: Vec<usize> = (0..targets.len()).collect();
    starts.sort_by_key(|&node| rank(node));
    let (mut met, mut finished) = (vec![false; targets.len()], Vec::new());
    for start in starts {
        // A stack of nodes with the number of their targets already seen.
        let mut stack = if std::mem::replace(&mut met[start], true) { Vec::new() } else { vec![(start, 0)] };
        while let Some((node, seen)) = stack.last_mut() {
            match targets[*node].get(*seen) {
                Some(&target) => {
                    *seen += 1;
                    if !std::mem::replace(&mut met[target], true) {
                        stack.push((target, 0));
                    }
                }
                None => {
                    finished.push(*node);
                    stack.pop();
                }
            }
        }
    }
    finished.reverse();
    finished
}

/// The columns that an arrow passes, from left to right.
fn between(columns: &[usize], from: usize, to: usize) -> std::ops::Range<usize> {
    let (left, right) = (columns[from].min(columns[to]), columns[from].max(columns[to]));
    left + 1..right.max(left + 1)
}

fn layers(columns: &[usize], ends: &[(usize, usize)]) -> Vec<Vec<Item>> {
    let mut layers = vec![Vec::new(); columns.iter().max().map_or(0, |last| last + 1)];
    columns.iter().enumerate().for_each(|(node, &column)| layers[column].push(Item::Box(node)));
    for (edge, &(from, to)) in ends.iter().enumerate() {
        for column in between(columns, from, to) {
            layers[column].push(Item::Bend { edge, column });
        }
    }
    layers
}

/// For each item those of the columns at its left and at its right that arrows join it to.
type Neighbours = BTreeMap<Item, [Vec<Item>; 2]>;

fn neighbours(columns: &[usize], ends: &[(usize, usize)]) -> Neighbours {
    let mut neighbours = Neighbours::new();
    for (edge, &(from, to)) in
        ends.iter().enumerate().filter(|(_, (from, to))| columns[*from] != columns[*to])
    {
        let bends = between(columns, from, to).map(|column| Item::Bend { edge, column });
        let (left, right) = if columns[from] < columns[to] { (from, to) } else { (to, from) };
        let way: Vec<Item> = [Item::Box(left)].into_iter().chain(bends).chain([Item::Box(right)]).collect();
        for pair in way.windows(2) {
            neighbours.entry(pair[1]).or_default()[0].push(pair[0]);
            neighbours.entry(pair[0]).or_default()[1].push(pair[1]);
        }
    }
    neighbours
}

/// Sorts each column by the mean place of its neighbours, from left to right and back.
fn order(layers: &mut [Vec<Item>], neighbours: &Neighbours, is_frame: &[bool]) {
    for sweep in 0..SWEEPS {
        let side = sweep % 2;
        let all: Vec<usize> = (0..layers.len()).collect();
        let walk: Vec<usize> = if side == 0 { all } else { all.into_iter().rev().collect() };
        let mut places: BTreeMap<Item, f64> = BTreeMap::new();
        for layer in layers.iter() {
            places.extend(layer.iter().enumerate().map(|(place, item)| (*item, place as f64)));
        }
        for column in walk {
            let mut keyed: Vec<(f64, Item)> = layers[column]
                .iter()
                .map(|item| {
                    let beside = neighbours.get(item).map_or(&[][..], |sides| &sides[side]);
                    (mean(beside.iter().map(|item| places[item])).unwrap_or(places[item]), *item)
                })
                .collect();
            keyed.sort_by(|left, right| left.0.total_cmp(&right.0));
            keep_stack(&mut keyed, is_frame);
            for (place, (_, item)) in keyed.iter().enumerate() {
                places.insert(*item, place as f64);
            }
            layers[column] = keyed.into_iter().map(|(_, item)| item).collect();
        }
    }
}

/// Puts the frames of a column into the order of the stack, in the places that they have together.
fn keep_stack(column: &mut [(f64, Item)], is_frame: &[bool]) {
    let of_stack = |item: Item| matches!(item, Item::Box(node) if is_frame[node]);
    let frames = column.iter().map(|(_, item)| *item).filter(|item| of_stack(*item));
    let mut frames: Vec<Item> = frames.collect();
    frames.sort_unstable();
    let mut next = frames.into_iter();
    for (_, item) in column.iter_mut().filter(|(_, item)| of_stack(*item)) {
        *item = next.next().unwrap_or(*item);
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

fn place(
    graph: &Graph,
    ends: &[(usize, usize)],
    columns: &[usize],
    layers: &[Vec<Item>],
    neighbours: &Neighbours,
    goes_back: Vec<bool>,
    size: &dyn Fn(&Node) -> [f64; 2],
) -> Drawing {
    let sizes: Vec<[f64; 2]> = graph.nodes.iter().map(size).collect();
    let height_of = |item: &Item| match item {
        Item::Box(node) => sizes[*node][1],
        Item::Bend { .. } => BEND,
    };
    let tops = heights(layers, neighbours, &height_of);
    let (lefts, widths, width) = column_places(layers, &sizes);
    let mut boxes = vec![[0.0; 4]; sizes.len()];
    for (node, [box_width, box_height]) in sizes.iter().copied().enumerate() {
        boxes[node] = [lefts[columns[node]], tops[&Item::Box(node)], box_width, box_height];
    }
    let bends_of = |(edge, &(from, to)): (usize, &(usize, usize))| {
        let points = between(columns, from, to).flat_map(|column| {
            let y = tops[&Item::Bend { edge, column }] + BEND / 2.0;
            [[lefts[column], y], [lefts[column] + widths[column], y]]
        });
        let mut points: Vec<[f64; 2]> = points.collect();
        if goes_back[edge] {
            points.reverse();
        }
        points
    };
    let bends = ends.iter().enumerate().map(bends_of).collect();
    let bottoms = tops.iter().map(|(item, top)| top + height_of(item));
    let height = bottoms.fold(0.0, f64::max);
    let rights = columns.iter().map(|column| lefts[*column] + widths[*column]).collect();
    Drawing { boxes, rights, bends, goes_back, width, height }
}

fn column_places(layers: &[Vec<Item>], sizes: &[[f64; 2]]) -> (Vec<f64>, Vec<f64>, f64) {
    let (mut lefts, mut widths, mut at) = (Vec::new(), Vec::new(), 0.0);
    for layer in layers {
        let boxes = layer.iter().filter_map(|item| match item {
            Item::Box(node) => Some(sizes[*node][0]),
            Item::Bend { .. } => None,
        });
        let width = boxes.fold(0.0, f64::max);
        lefts.push(at);
        widths.push(width);
        at += width + COLUMN_GAP;
    }
    (lefts, widths, (at - COLUMN_GAP).max(0.0))
}

/// The top of each item: as near as can be to the mean height of its neighbours, without changing the order.
fn heights(
    layers: &[Vec<Item>],
    neighbours: &Neighbours,
    height_of: &dyn Fn(&Item) -> f64,
) -> BTreeMap<Item, f64> {
    let mut tops: BTreeMap<Item, f64> = BTreeMap::new();
    for layer in layers {
        let mut at = 0.0;
        for item in layer {
            tops.insert(*item, at);
            at += height_of(item) + ROW_GAP;
        }
    }
    for sweep in 0..SWEEPS {
        let side = sweep % 2;
        let all: Vec<usize> = (0..layers.len()).collect();
        let walk: Vec<usize> = if side == 0 { all } else { all.into_iter().rev().collect() };
        for column in walk {
            settle(&layers[column], side, neighbours, height_of, &mut tops);
        }
    }
    let highest = tops.values().copied().fold(f64::INFINITY, f64::min);
    tops.values_mut().for_each(|top| *top -= highest);
    tops
}

/// Moves the items of a column towards where they want to be: runs of items that press on each other move as one.
fn settle(
    layer: &[Item],
    side: usize,
    neighbours: &Neighbours,
    height_of: &dyn Fn(&Item) -> f64,
    tops: &mut BTreeMap<Item, f64>,
) {
    /// Items that touch: where the first wants to be, from how many wishes, and the height of all.
    struct Run {
        top: f64,
        wishes: f64,
        height: f64,
        items: Vec<Item>,
    }
    let mut runs: Vec<Run> = Vec::new();
    for item in layer {
        let beside = neighbours.get(item).map_or(&[][..], |sides| &sides[side]);
        let middle = mean(beside.iter().map(|other| tops[other] + height_of(other) / 2.0));
        let wish = middle.map_or(tops[item], |middle| middle - height_of(item) / 2.0);
        let weight = if middle.is_some() { 1.0 } else { 0.1 };
        let height = height_of(item) + ROW_GAP;
        let mut run = Run { top: wish, wishes: weight, height, items: vec![*item] };
        while let Some(above) = runs.pop_if(|above| above.top + above.height > run.top) {
            let wishes = above.wishes + run.wishes;
            let top = (above.top * above.wishes + (run.top - above.height) * run.wishes) / wishes;
            let items = above.items.into_iter().chain(run.items).collect();
            run = Run { top, wishes, height: above.height + run.height, items };
        }
        runs.push(run);
    }
    for run in runs {
        let mut at = run.top;
        for item in run.items {
            tops.insert(item, at);
            at += height_of(&item) + ROW_GAP;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::Edge;

    fn graph(edges: &[(usize, usize)], count: usize) -> Graph {
        let node = |id| Node { id, label: format!("n{id}"), ..Node::default() };
        let edge = |&(from, to): &(usize, usize)| Edge { from, to, counted: true, ..Edge::default() };
        Graph {
            nodes: (0..count).map(node).collect(),
            edges: edges.iter().map(edge).collect(),
            left_out: Vec::new(),
        }
    }

    #[test]
    fn references_lead_to_the_right_and_boxes_do_not_touch() {
        let graph = graph(&[(0, 1), (1, 2), (0, 2), (2, 0), (0, 3), (0, 4)], 5);
        let drawing = lay_out(&graph, &|_| [50.0, 30.0]);
        assert_eq!(drawing.goes_back, [false, false, false, true, false, false]);
        assert_eq!(drawing.bends[2].len(), 2, "over one column");
        for (index, first) in drawing.boxes.iter().enumerate() {
            for second in &drawing.boxes[index + 1..] {
                let apart = |axis: usize| {
                    first[axis] + first[axis + 2] <= second[axis]
                        || second[axis] + second[axis + 2] <= first[axis]
                };
                assert!(apart(0) || apart(1), "{first:?} {second:?}");
            }
        }
    }

    #[test]
    fn frames_keep_the_order_of_the_stack() {
        let mut graph = graph(&[(0, 5), (1, 4), (2, 3), (0, 3)], 6);
        graph.nodes[..3].iter_mut().for_each(|node| node.kind = NodeKind::Frame);
        let boxes = lay_out(&graph, &|_| [50.0, 30.0]).boxes;
        assert!(boxes[0][1] < boxes[1][1] && boxes[1][1] < boxes[2][1], "{boxes:?}");
    }

    #[test]
    fn a_row_of_linked_boxes_does_not_make_a_drawing_wide() {
        let count = 40;
        let row = (1..count).map(|to| (0, to));
        let edges: Vec<_> = row.chain((2..count).map(|to| (to - 1, to))).collect();
        let drawing = lay_out(&graph(&edges, count), &|_| [50.0, 30.0]);
        assert!(drawing.width < 500.0, "{}", drawing.width);
        assert!(drawing.goes_back[count - 1..].iter().all(|back| *back), "links stay in their column");
    }

    #[test]
    fn an_empty_drawing_has_no_extent() {
        let drawing = lay_out(&Graph::default(), &|_| [1.0, 1.0]);
        assert_eq!((drawing.width, drawing.height), (0.0, 0.0));
    }
}
