//! Sums without rounding errors, products, distances.

use super::elementary::split;
use crate::object::{Object, ObjectRef};
use crate::runtime::{Arguments, Interpreter, Operator, Outcome, Parameters};
use crate::values::digits;

/// `fsum(seq)`
pub fn fsum(cx: &Interpreter, _: &Object, items: &Object) -> Outcome {
    let iterator = cx.iter(items)?;
    let mut sum = ExactSum::default();
    while let Some(item) = cx.next(&iterator)? {
        let value = cx.to_f64(&item)?;
        sum.partials.try_reserve(1).map_err(|_| cx.raise_memory_error())?;
        if !sum.add(value) {
            return Err(cx.overflow_error("intermediate overflow in fsum"));
        }
        cx.poll()?;
    }
    if sum.special != 0.0 {
        if sum.infinities.is_nan() {
            return Err(cx.value_error("-inf + inf in fsum"));
        }
        return cx.new_float(sum.special);
    }
    cx.new_float(sum.finish())
}

/// Shewchuk's method: the sum as floats that do not overlap, the smallest first.
#[derive(Default)]
struct ExactSum {
    partials: Vec<f64>,
    special: f64,
    infinities: f64,
}

impl ExactSum {
    /// Takes a value in; false where finite values overflow.
    fn add(&mut self, value: f64) -> bool {
        let (mut x, mut kept) = (value, 0);
        for index in 0..self.partials.len() {
            let mut y = self.partials[index];
            if x.abs() < y.abs() {
                (x, y) = (y, x);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                self.partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        self.partials.truncate(kept);
        if x == 0.0 {
            return true;
        }
        if x.is_finite() {
            self.partials.push(x);
            return true;
        }
        if value.is_infinite() {
            self.infinities += value;
        }
        self.special += value;
        self.partials.clear();
        !value.is_finite()
    }

    /// The sum rounded once, half to even.
    fn finish(mut self) -> f64 {
        let Some(mut high) = self.partials.pop() else { return 0.0 };
        let mut low = 0.0;
        while let Some(y) = self.partials.pop() {
            let x = high;
            high = x + y;
            low = y - (high - x);
            if low != 0.0 {
                break;
            }
        }
        // A half is rounded up where what is left has the same sign.
        if let Some(next) = self.partials.last()
            && (low < 0.0 && *next < 0.0 || low > 0.0 && *next > 0.0)
        {
            let y = low * 2.0;
            let x = high + y;
            if y == x - high {
                high = x;
            }
        }
        high
    }
}

/// `prod(iterable, /, *, start=1)`
pub fn prod(cx: &Interpreter, _: &Object, arguments: Arguments<'_>) -> Outcome {
    const PARAMETERS: Parameters<2> =
        Parameters { function: "prod", names: ["", "start"], positional_only: 1, positional: 1, required: 1 };
    let [items, start] = PARAMETERS.bind(cx, arguments)?;
    let mut result = match start {
        Some(start) => start,
        None => cx.new_int(1)?,
    };
    let iterator = cx.iter(&items.unwrap_or_else(|| cx.none()))?;
    while let Some(item) = cx.next(&iterator)? {
        result = cx.binary(&Operator::MULTIPLY, &result, &item)?;
        cx.poll()?;
    }
    Ok(result)
}

/// `hypot(*coordinates)`
pub fn hypot(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    let mut sizes = Vec::new();
    for argument in arguments {
        sizes.push(cx.to_f64(argument)?.abs());
    }
    cx.new_float(norm(&sizes))
}

/// `dist(p, q)`
pub fn dist(cx: &Interpreter, _: &Object, arguments: &[ObjectRef]) -> Outcome {
    cx.check_positional("dist", arguments.len(), 2, 2)?;
    let (from, to) = (cx.collect(&arguments[0])?, cx.collect(&arguments[1])?);
    if from.len() != to.len() {
        return Err(cx.value_error("both points must have the same number of dimensions"));
    }
    let mut sizes = Vec::new();
    sizes.try_reserve_exact(from.len()).map_err(|_| cx.raise_memory_error())?;
    for (left, right) in from.iter().zip(&to) {
        sizes.push((cx.to_f64(left)? - cx.to_f64(right)?).abs());
    }
    cx.new_float(norm(&sizes))
}

/// A sum that remembers what rounding took off, for terms that are smaller than the sum.
struct Compensated {
    sum: f64,
    lost: [f64; 3],
}

impl Compensated {
    fn add(&mut self, term: f64, place: usize) {
        let before = self.sum;
        self.sum += term;
        self.lost[place] += (before - self.sum) + term;
    }

    fn total(&self) -> f64 {
        self.sum - 1.0 + (self.lost[0] + self.lost[1] + self.lost[2])
    }
}

/// Two halves of a float whose squares are exact.
fn halves(x: f64) -> (f64, f64) {
    const SPLITTER: f64 = 134_217_729.0;
    let shifted = x * SPLITTER;
    let high = shifted - (shifted - x);
    (high, x - high)
}

/// The length of a vector of absolute values: scaled by a power of two, squared exactly, and the root corrected once.
fn norm(sizes: &[f64]) -> f64 {
    if sizes.iter().any(|size| size.is_infinite()) {
        return f64::INFINITY;
    }
    if sizes.iter().any(|size| size.is_nan()) {
        return f64::NAN;
    }
    let most = sizes.iter().copied().fold(0.0, f64::max);
    if most == 0.0 || sizes.len() <= 1 {
        return most;
    }
    let (_, exponent) = split(most);
    let mut squares = Compensated { sum: 1.0, lost: [0.0; 3] };
    if exponent < -1023 {
        for size in sizes {
            let scaled = size / most;
            squares.add(scaled * scaled, 0);
        }
        return most * squares.total().sqrt();
    }
    let scale = digits::load_exponent(1.0, -exponent);
    for size in sizes {
        let (high, low) = halves(size * scale);
        squares.add(high * high, 0);
        squares.add(2.0 * high * low, 1);
        squares.lost[2] += low * low;
    }
    let root = squares.total().sqrt();
    let (high, low) = halves(root);
    squares.add(-high * high, 0);
    squares.add(-2.0 * high * low, 1);
    squares.add(-low * low, 2);
    (root + squares.total() / (2.0 * root)) / scale
}
