//! The stable sort of `list.sort`, comparison for comparison as in CPython 3.11.
//!
//! [`sort`] is the whole interface. It finds runs (strictly falling ones are reversed), lengthens short ones by
//! binary insertion to `min_run`, keeps them on a stack and merges neighbours by the powersort rule; a merge
//! gallops when one side keeps winning.
//!
//! Which pairs are compared, and in which order, is visible to a program whose `__lt__` counts or prints, so the
//! structure of the algorithm is fixed. Only `less(a, b)` is asked, never equality.
//!
//! Items are `Copy`: a caller sorts keys with their index, `(key, u32)` or indices alone, and then moves its
//! objects once. When `less` fails the slice still holds every item once, in the order that had been reached.
//! The reverse order is the caller's: reverse, sort, reverse, which keeps equal items in order.

use std::mem;

/// Why a slice is not sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortError<E> {
    /// A comparison failed.
    Comparison(E),
    /// No memory for half of the items.
    OutOfMemory,
}

impl<E> From<E> for SortError<E> {
    fn from(error: E) -> SortError<E> {
        SortError::Comparison(error)
    }
}

/// So many wins in a row start galloping, at first, and keep it up.
const MIN_GALLOP: usize = 7;

/// A sorted stretch, and the power of the boundary to the run after it.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    length: usize,
    power: u32,
}

/// Sorts by `less`.
pub fn sort<T: Copy, E>(
    items: &mut [T],
    less: impl FnMut(&T, &T) -> Result<bool, E>,
) -> Result<(), SortError<E>> {
    if items.len() < 2 {
        return Ok(());
    }
    // A short slice is one run: there is nothing to be merged.
    if items.len() < 64 {
        let mut less = less;
        return Ok(make_run(items, items.len(), &mut less).map(|_| ())?);
    }
    let mut sorter = Sorter { items, less, scratch: Vec::new(), pending: Vec::new(), min_gallop: MIN_GALLOP };
    sorter.sort()
}

/// The length to which short runs are brought: 32 to 64, so that the number of runs is a power of two or
/// little less.
fn min_run(mut length: usize) -> usize {
    let mut lost = 0;
    while length >= 64 {
        lost |= length & 1;
        length >>= 1;
    }
    length + lost
}

/// At which depth of a perfectly balanced tree of merges the boundary between two neighbouring runs stands.
fn boundary_power(start: usize, first: usize, second: usize, total: usize) -> u32 {
    let mut left = 2 * start + first;
    let mut right = left + first + second;
    let mut power = 0;
    loop {
        power += 1;
        if left >= total {
            left -= total;
            right -= total;
        } else if right >= total {
            return power;
        }
        left <<= 1;
        right <<= 1;
    }
}

struct Sorter<'a, T, F> {
    items: &'a mut [T],
    less: F,
    scratch: Vec<T>,
    pending: Vec<Run>,
    min_gallop: usize,
}

/// How a merge ends.
enum End {
    /// What is left in the scratch space goes where the writing stopped.
    Rest,
    /// One item is left in the scratch space, and all that is left of the other run goes before it.
    OneLast,
}

impl<T: Copy, E, F: FnMut(&T, &T) -> Result<bool, E>> Sorter<'_, T, F> {
    fn sort(&mut self) -> Result<(), SortError<E>> {
        let total = self.items.len();
        let min_run = min_run(total);
        let mut start = 0;
        while start < total {
            let length = self.next_run(start, min_run)?;
            self.make_room_for(length)?;
            self.pending.push(Run { start, length, power: 0 });
            start += length;
        }
        self.merge_all()
    }

    /// Finds or makes a run, and returns its length.
    fn next_run(&mut self, start: usize, min_run: usize) -> Result<usize, E> {
        make_run(&mut self.items[start..], min_run, &mut self.less)
    }

    /// Merges pending runs whose boundary lies deeper than the one to the new run.
    fn make_room_for(&mut self, length: usize) -> Result<(), SortError<E>> {
        let Some(&top) = self.pending.last() else { return Ok(()) };
        let power = boundary_power(top.start, top.length, length, self.items.len());
        while self.pending.len() > 1 && self.pending[self.pending.len() - 2].power > power {
            self.merge_at(self.pending.len() - 2)?;
        }
        if let Some(top) = self.pending.last_mut() {
            top.power = power;
        }
        Ok(())
    }

    /// Merges until one run is left.
    fn merge_all(&mut self) -> Result<(), SortError<E>> {
        while self.pending.len() > 1 {
            let mut at = self.pending.len() - 2;
            if at > 0 && self.pending[at - 1].length < self.pending[at + 1].length {
                at -= 1;
            }
            self.merge_at(at)?;
        }
        Ok(())
    }

    /// Merges a run with the one after it. What is already in place at either end is left alone.
    fn merge_at(&mut self, at: usize) -> Result<(), SortError<E>> {
        let (one, other) = (self.pending[at], self.pending[at + 1]);
        self.pending[at].length += other.length;
        self.pending.remove(at + 1);
        let (left, right) = self.items[one.start..other.start + other.length].split_at(one.length);
        let skipped = gallop_right(&right[0], left, 0, &mut self.less)?;
        if skipped == left.len() {
            return Ok(());
        }
        let kept = gallop_left(&left[left.len() - 1], right, right.len() - 1, &mut self.less)?;
        match (one.length - skipped, kept) {
            (_, 0) => Ok(()),
            (left, right) if left <= right => self.merge_low(one.start + skipped, left, right),
            (left, right) => self.merge_high(one.start + skipped, left, right),
        }
    }

    /// Copies a run out of the way.
    fn fill_scratch(&mut self, start: usize, length: usize) -> Result<Vec<T>, SortError<E>> {
        let mut scratch = mem::take(&mut self.scratch);
        scratch.clear();
        scratch.try_reserve(length).map_err(|_| SortError::OutOfMemory)?;
        scratch.extend_from_slice(&self.items[start..start + length]);
        Ok(scratch)
    }

    /// Merges from the left, the shorter left run standing in the scratch space.
    fn merge_low(&mut self, start: usize, left: usize, right: usize) -> Result<(), SortError<E>> {
        let scratch = self.fill_scratch(start, left)?;
        let mut merge = Low { to: start, left: 0, right: start + left, end: start + left + right };
        let result = self.run_low(&scratch, &mut merge);
        let Low { to, left, right, end } = merge;
        if let Ok(End::OneLast) = result {
            self.items.copy_within(right..end, to);
            self.items[end - 1] = scratch[left];
        } else {
            self.items[to..to + scratch.len() - left].copy_from_slice(&scratch[left..]);
        }
        self.scratch = scratch;
        result.map(|_| ()).map_err(SortError::Comparison)
    }

    fn run_low(&mut self, scratch: &[T], merge: &mut Low) -> Result<End, E> {
        merge.take_right(self.items);
        if merge.right == merge.end {
            return Ok(End::Rest);
        }
        if scratch.len() - merge.left == 1 {
            return Ok(End::OneLast);
        }
        loop {
            if let Some(end) = self.low_in_turn(scratch, merge)? {
                return Ok(end);
            }
            self.min_gallop += 1;
            if let Some(end) = self.low_galloping(scratch, merge)? {
                return Ok(end);
            }
            self.min_gallop += 1;
        }
    }

    /// Item by item, until one side has won often enough in a row.
    fn low_in_turn(&mut self, scratch: &[T], merge: &mut Low) -> Result<Option<End>, E> {
        let (mut left_wins, mut right_wins) = (0, 0);
        while left_wins < self.min_gallop && right_wins < self.min_gallop {
            if (self.less)(&self.items[merge.right], &scratch[merge.left])? {
                merge.take_right(self.items);
                (left_wins, right_wins) = (0, right_wins + 1);
                if merge.right == merge.end {
                    return Ok(Some(End::Rest));
                }
            } else {
                merge.take_left(self.items, scratch);
                (left_wins, right_wins) = (left_wins + 1, 0);
                if scratch.len() - merge.left == 1 {
                    return Ok(Some(End::OneLast));
                }
            }
        }
        Ok(None)
    }

    /// By stretches, as long as they are long.
    fn low_galloping(&mut self, scratch: &[T], merge: &mut Low) -> Result<Option<End>, E> {
        loop {
            self.min_gallop -= usize::from(self.min_gallop > 1);
            let key = self.items[merge.right];
            let from_left = gallop_right(&key, &scratch[merge.left..], 0, &mut self.less)?;
            let stretch = &scratch[merge.left..merge.left + from_left];
            self.items[merge.to..merge.to + from_left].copy_from_slice(stretch);
            merge.to += from_left;
            merge.left += from_left;
            match scratch.len() - merge.left {
                1 if from_left > 0 => return Ok(Some(End::OneLast)),
                0 => return Ok(Some(End::Rest)),
                _ => merge.take_right(self.items),
            }
            if merge.right == merge.end {
                return Ok(Some(End::Rest));
            }
            let right = &self.items[merge.right..merge.end];
            let from_right = gallop_left(&scratch[merge.left], right, 0, &mut self.less)?;
            self.items.copy_within(merge.right..merge.right + from_right, merge.to);
            merge.to += from_right;
            merge.right += from_right;
            if merge.right == merge.end {
                return Ok(Some(End::Rest));
            }
            merge.take_left(self.items, scratch);
            if scratch.len() - merge.left == 1 {
                return Ok(Some(End::OneLast));
            }
            if from_left < MIN_GALLOP && from_right < MIN_GALLOP {
                return Ok(None);
            }
        }
    }

    /// Merges from the right, the shorter right run standing in the scratch space.
    fn merge_high(&mut self, start: usize, left: usize, right: usize) -> Result<(), SortError<E>> {
        let scratch = self.fill_scratch(start + left, right)?;
        let mut merge = High { start, left: start + left, right, to: start + left + right };
        let result = self.run_high(&scratch, &mut merge);
        let High { start, left, right, to } = merge;
        if let Ok(End::OneLast) = result {
            self.items.copy_within(start..left, to - (left - start));
            self.items[start] = scratch[0];
        } else {
            self.items[to - right..to].copy_from_slice(&scratch[..right]);
        }
        self.scratch = scratch;
        result.map(|_| ()).map_err(SortError::Comparison)
    }

    fn run_high(&mut self, scratch: &[T], merge: &mut High) -> Result<End, E> {
        merge.take_left(self.items);
        if merge.left == merge.start {
            return Ok(End::Rest);
        }
        if merge.right == 1 {
            return Ok(End::OneLast);
        }
        loop {
            if let Some(end) = self.high_in_turn(scratch, merge)? {
                return Ok(end);
            }
            self.min_gallop += 1;
            if let Some(end) = self.high_galloping(scratch, merge)? {
                return Ok(end);
            }
            self.min_gallop += 1;
        }
    }

    fn high_in_turn(&mut self, scratch: &[T], merge: &mut High) -> Result<Option<End>, E> {
        let (mut left_wins, mut right_wins) = (0, 0);
        while left_wins < self.min_gallop && right_wins < self.min_gallop {
            if (self.less)(&scratch[merge.right - 1], &self.items[merge.left - 1])? {
                merge.take_left(self.items);
                (left_wins, right_wins) = (left_wins + 1, 0);
                if merge.left == merge.start {
                    return Ok(Some(End::Rest));
                }
            } else {
                merge.take_right(self.items, scratch);
                (left_wins, right_wins) = (0, right_wins + 1);
                if merge.right == 1 {
                    return Ok(Some(End::OneLast));
                }
            }
        }
        Ok(None)
    }

    fn high_galloping(&mut self, scratch: &[T], merge: &mut High) -> Result<Option<End>, E> {
        loop {
            self.min_gallop -= usize::from(self.min_gallop > 1);
            let left = &self.items[merge.start..merge.left];
            let stays = gallop_right(&scratch[merge.right - 1], left, left.len() - 1, &mut self.less)?;
            let from_left = left.len() - stays;
            self.items.copy_within(merge.left - from_left..merge.left, merge.to - from_left);
            merge.to -= from_left;
            merge.left -= from_left;
            if merge.left == merge.start {
                return Ok(Some(End::Rest));
            }
            merge.take_right(self.items, scratch);
            if merge.right == 1 {
                return Ok(Some(End::OneLast));
            }
            let key = self.items[merge.left - 1];
            let stays = gallop_left(&key, &scratch[..merge.right], merge.right - 1, &mut self.less)?;
            let from_right = merge.right - stays;
            self.items[merge.to - from_right..merge.to].copy_from_slice(&scratch[stays..merge.right]);
            merge.to -= from_right;
            merge.right = stays;
            match merge.right {
                1 if from_right > 0 => return Ok(Some(End::OneLast)),
                0 => return Ok(Some(End::Rest)),
                _ => merge.take_left(self.items),
            }
            if merge.left == merge.start {
                return Ok(Some(End::Rest));
            }
            if from_left < MIN_GALLOP && from_right < MIN_GALLOP {
                return Ok(None);
            }
        }
    }
}

/// A merge from the left: where to write, the next of the scratch space, the next and the end of the right run.
struct Low {
    to: usize,
    left: usize,
    right: usize,
    end: usize,
}

impl Low {
    #[inline]
    fn take_left<T: Copy>(&mut self, items: &mut [T], scratch: &[T]) {
        items[self.to] = scratch[self.left];
        self.to += 1;
        self.left += 1;
    }

    #[inline]
    fn take_right<T: Copy>(&mut self, items: &mut [T]) {
        items[self.to] = items[self.right];
        self.to += 1;
        self.right += 1;
    }
}

/// A merge from the right. All ends are one behind the next item: `left` of the left run that begins at `start`,
/// `right` of the scratch space, `to` of the free place.
struct High {
    start: usize,
    left: usize,
    right: usize,
    to: usize,
}

impl High {
    #[inline]
    fn take_left<T: Copy>(&mut self, items: &mut [T]) {
        self.to -= 1;
        self.left -= 1;
        items[self.to] = items[self.left];
    }

    #[inline]
    fn take_right<T: Copy>(&mut self, items: &mut [T], scratch: &[T]) {
        self.to -= 1;
        self.right -= 1;
        items[self.to] = scratch[self.right];
    }
}

/// Finds a run at the start or makes one of at least so many items, as far as there are, and returns its length.
fn make_run<T: Copy, E>(
    items: &mut [T],
    min_run: usize,
    less: &mut impl FnMut(&T, &T) -> Result<bool, E>,
) -> Result<usize, E> {
    let (natural, falling) = count_run(items, less)?;
    if falling {
        items[..natural].reverse();
    }
    let forced = min_run.min(items.len());
    if natural >= forced {
        return Ok(natural);
    }
    insert_sorted(&mut items[..forced], natural, less)?;
    Ok(forced)
}

/// The length of the run at the start, and whether it falls strictly.
fn count_run<T, E>(
    items: &[T],
    less: &mut impl FnMut(&T, &T) -> Result<bool, E>,
) -> Result<(usize, bool), E> {
    if items.len() < 2 {
        return Ok((items.len(), false));
    }
    let falling = less(&items[1], &items[0])?;
    let mut length = 2;
    while length < items.len() && less(&items[length], &items[length - 1])? == falling {
        length += 1;
    }
    Ok((length, falling))
}

/// Inserts the items from `sorted` on into the sorted ones before.
fn insert_sorted<T: Copy, E>(
    items: &mut [T],
    sorted: usize,
    less: &mut impl FnMut(&T, &T) -> Result<bool, E>,
) -> Result<(), E> {
    for next in sorted.max(1)..items.len() {
        let pivot = items[next];
        let (mut low, mut high) = (0, next);
        while low < high {
            let middle = low + ((high - low) >> 1);
            if less(&pivot, &items[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        items.copy_within(low..next, low + 1);
        items[low] = pivot;
    }
    Ok(())
}

/// The distance after this one when galloping.
fn further(distance: usize) -> usize {
    distance.saturating_mul(2).saturating_add(1)
}

/// Where `key` belongs in sorted `items`, before its equals: by growing steps away from `hint`, then by halves.
fn gallop_left<T, E>(
    key: &T,
    items: &[T],
    hint: usize,
    less: &mut impl FnMut(&T, &T) -> Result<bool, E>,
) -> Result<usize, E> {
    let (mut last, mut distance) = (0, 1);
    let (mut low, mut high) = if less(&items[hint], key)? {
        let most = items.len() - hint;
        while distance < most && less(&items[hint + distance], key)? {
            (last, distance) = (distance, further(distance));
        }
        (hint + last + 1, hint + distance.min(most))
    } else {
        let most = hint + 1;
        while distance < most && !less(&items[hint - distance], key)? {
            (last, distance) = (distance, further(distance));
        }
        (hint + 1 - distance.min(most), hint - last)
    };
    while low < high {
        let middle = low + ((high - low) >> 1);
        if less(&items[middle], key)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(high)
}

/// Where `key` belongs in sorted `items`, after its equals.
fn gallop_right<T, E>(
    key: &T,
    items: &[T],
    hint: usize,
    less: &mut impl FnMut(&T, &T) -> Result<bool, E>,
) -> Result<usize, E> {
    let (mut last, mut distance) = (0, 1);
    let (mut low, mut high) = if less(key, &items[hint])? {
        let most = hint + 1;
        while distance < most && less(key, &items[hint - distance])? {
            (last, distance) = (distance, further(distance));
        }
        (hint + 1 - distance.min(most), hint - last)
    } else {
        let most = items.len() - hint;
        while distance < most && !less(key, &items[hint + distance])? {
            (last, distance) = (distance, further(distance));
        }
        (hint + last + 1, hint + distance.min(most))
    };
    while low < high {
        let middle = low + ((high - low) >> 1);
        if less(key, &items[middle])? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(high)
}

#[cfg(test)]
mod tests;
