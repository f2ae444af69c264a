//! What an index or a slice means for a sequence of a given length.
//!
//! | function | what it is |
//! |---|---|
//! | [`normalise`] | `sequence[index]`: counted from the end if negative, nothing if outside |
//! | [`clamp`] | `list.insert`, `find(.., start)`: outside means the nearest end |
//! | [`clamp_range`] | the `start, end` arguments of `find`, `count`, `index`, `startswith` |
//! | [`SliceBounds::adjust`] | `sequence[start:stop:step]` |
//!
//! Arguments are saturated to `isize` before: what is larger than any sequence means the same as the largest.

/// A slice made to fit a length: `length` items from `start` in steps of `step`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SliceBounds {
    /// The first index; where an empty slice of step 1 stands, for insertion there.
    pub start: isize,
    /// The index before which it ends; -1 is before the first.
    pub stop: isize,
    /// Never zero.
    pub step: isize,
    /// How many items.
    pub length: usize,
}

impl SliceBounds {
    /// For a sequence of `size` items. The step must not be zero; missing ends are those in its direction.
    #[inline]
    pub fn adjust(size: usize, start: Option<isize>, stop: Option<isize>, step: isize) -> SliceBounds {
        // The most negative step could not be turned round, and differs from its neighbour in nothing.
        let step = step.max(-isize::MAX);
        let size = size as isize;
        let backwards = step < 0;
        let (lowest, highest) = if backwards { (-1, size - 1) } else { (0, size) };
        let fit = |index: isize| if index < 0 { (index + size).max(lowest) } else { index.min(highest) };
        let start = start.map_or(if backwards { highest } else { 0 }, fit);
        let stop = stop.map_or(if backwards { -1 } else { size }, fit);
        let distance = if backwards { start - stop } else { stop - start };
        let distance = distance.max(0);
        let length = match step {
            1 | -1 => distance,
            // Rounded up.
            _ => distance / step.abs() + isize::from(distance % step.abs() > 0),
        };
        SliceBounds { start, stop, step, length: length as usize }
    }

    /// For a sequence of `size` items, from start, stop and step as words: an end that is not given
    /// is one that no sequence reaches.
    #[inline(always)]
    pub fn fit(size: usize, [start, stop, step]: [isize; 3]) -> SliceBounds {
        let size = size as isize;
        // Minus one where the way is backwards.
        let backwards = step >> (isize::BITS - 1);
        let (lowest, highest) = (backwards, size + backwards);
        let fit = |index: isize| {
            if index < 0 {
                return index.wrapping_add(size).max(lowest);
            }
            index.min(highest)
        };
        let (start, stop) = (fit(start), fit(stop));
        let distance = if backwards < 0 { start - stop } else { stop - start }.max(0);
        let length = match step {
            1 | -1 => distance,
            // Rounded up.
            _ => distance / step.abs() + isize::from(distance % step.abs() > 0),
        };
        SliceBounds { start, stop, step, length: length as usize }
    }

    /// The indices in order.
    pub fn indices(self) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator {
        (0..self.length).map(move |count| (self.start + count as isize * self.step) as usize)
    }

    /// The same items in rising order: what deletion goes through.
    pub fn ascending(self) -> SliceBounds {
        if self.step > 0 || self.length == 0 {
            return SliceBounds { step: self.step.abs(), ..self };
        }
        let last = self.start + (self.length as isize - 1) * self.step;
        SliceBounds { start: last, stop: self.start + 1, step: -self.step, length: self.length }
    }
}

/// The place that an index names, if there is one.
#[inline]
pub fn normalise(index: isize, length: usize) -> Option<usize> {
    let place = if index < 0 { index.checked_add(length as isize)? } else { index };
    usize::try_from(place).ok().filter(|&place| place < length)
}

/// The place that an index names, or the nearest end.
#[inline]
pub fn clamp(index: isize, length: usize) -> usize {
    let place = if index < 0 { index.saturating_add(length as isize) } else { index };
    (place.max(0) as usize).min(length)
}

/// The ends of a search. The start may lie beyond the end, and even beyond the length: then nothing is found,
/// not even the empty text.
#[inline]
pub fn clamp_range(start: isize, end: isize, length: usize) -> (usize, usize) {
    let start = if start < 0 { clamp(start, length) } else { start as usize };
    (start, clamp(end, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the definition in the language reference: walk, and keep what lies inside.
    fn by_definition(size: isize, start: Option<isize>, stop: Option<isize>, step: isize) -> Vec<usize> {
        let inside = |index: isize| if index < 0 { index + size } else { index };
        let (mut index, end) = match step > 0 {
            true => (start.map_or(0, inside).max(0), stop.map_or(size, inside).min(size)),
            false => (start.map_or(size - 1, inside).min(size - 1), stop.map_or(-1, inside).max(-1)),
        };
        let mut found = Vec::new();
        while if step > 0 { index < end } else { index > end } {
            found.push(index as usize);
            index += step;
        }
        found
    }

    #[test]
    fn all_small_slices() {
        let ends = || (-7..=7).map(Some).chain([None]);
        for size in 0..6 {
            for (start, stop) in ends().flat_map(|start| ends().map(move |stop| (start, stop))) {
                for step in [-7, -3, -2, -1, 1, 2, 3, 7] {
                    let bounds = SliceBounds::adjust(size, start, stop, step);
                    let expected = by_definition(size as isize, start, stop, step);
                    assert_eq!(
                        bounds.indices().collect::<Vec<_>>(),
                        expected,
                        "{size} {start:?} {stop:?} {step}"
                    );
                    let missing = if step > 0 { [0, isize::MAX] } else { [isize::MAX, isize::MIN] };
                    let words = [start.unwrap_or(missing[0]), stop.unwrap_or(missing[1]), step];
                    assert_eq!(SliceBounds::fit(size, words), bounds);
                    let mut sorted = expected;
                    sorted.sort();
                    assert_eq!(bounds.ascending().indices().collect::<Vec<_>>(), sorted);
                }
            }
        }
    }

    #[test]
    fn extreme_slices() {
        let bounds = SliceBounds::adjust(5, Some(isize::MIN), Some(isize::MAX), isize::MAX);
        assert_eq!(bounds, SliceBounds { start: 0, stop: 5, step: isize::MAX, length: 1 });
        let bounds = SliceBounds::adjust(5, Some(isize::MAX), Some(isize::MIN), isize::MIN);
        assert_eq!(bounds, SliceBounds { start: 4, stop: -1, step: -isize::MAX, length: 1 });
        let bounds = SliceBounds::adjust(5, Some(3), Some(1), 1);
        assert_eq!((bounds.start, bounds.length), (3, 0));
    }

    #[test]
    fn indices() {
        assert_eq!(normalise(-1, 3), Some(2));
        assert_eq!((normalise(3, 3), normalise(-4, 3), normalise(isize::MIN, 3)), (None, None, None));
        assert_eq!((clamp(-9, 3), clamp(9, 3), clamp(-1, 3), clamp(isize::MIN, 3)), (0, 3, 2, 0));
        assert_eq!(clamp_range(5, isize::MAX, 3), (5, 3));
    }
}
