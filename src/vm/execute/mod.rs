//! The loop: one `match` over the operation, everything that is not hot out of line.
//!
//! State is two pointers: `ip` at the current instruction and `fp` at the window's first local; the record of the frame
//! holds the rest, so that the machine's registers are left to the operations. `record.ip` is brought up to date before
//! anything that can look at frames.
//! A local or constant operand is borrowed, a temporary is consumed; a slow path that can run Python first counts what
//! it borrows ([`operands::Operand`]). See `bytecode::opcodes` for the contract with the compiler.
//!
//! Jumps that are taken cost more than instructions here, so the straight way is the usual one. What is rare says so by
//! `cold_path` as the first statement of its branch: in a function that only answers a question the compiler folds the
//! branch and loses the hint.

mod arithmetic;
mod attributes;
mod builders;
mod iteration;
mod matching;
pub mod names;
pub mod operands;
mod sequences;
pub mod start;

use std::hint::cold_path;
use std::ptr::NonNull;

use self::arithmetic::truth_of;
use self::operands::{are_exactly, held, is_exactly, take_reference};
use super::calls::operator::finish_plain_operator;
use super::calls::{Started, call_builtin, call_descriptor, start_call};
use super::code_object::CodeObject;
use super::function::Function;
use super::generator::{self, Resumed};
use super::intrinsics;
use super::unwind::{self, unwind};
use crate::bytecode::{Instruction, Kinds, Op};
use crate::object::ObjectRef;
use crate::runtime::native::{BuiltinFunction, MethodDescriptor, NativeCode};
use crate::runtime::stack::{RecordKind, Register};
use crate::runtime::{Comparison, Interpreter, Operator, Outcome, Raised};
use crate::values::integer::Integer;
use crate::values::list::List;
use crate::values::tuple::Tuple;

pub use start::{call_function, push_frame, resume_natively, run_code};

/// Words of each operation with its inline words.
static WORDS: [u8; 256] = {
    let mut words = [1; 256];
    let mut index = 0;
    while index < Op::ALL.len() {
        words[index] = 1 + Op::ALL[index].inline_words() as u8;
        index += 1;
    }
    words
};

/// Whether the next word, a conditional jump, is taken for this truth value.
#[inline(always)]
unsafe fn fused_target(ip: *const Instruction, truth: bool) -> *const Instruction {
    // SAFETY: a fused comparison is followed by JumpIfTrue or JumpIfFalse.
    unsafe {
        let jump = *ip.add(1);
        let taken = (jump.op == Op::JumpIfTrue as u8) == truth;
        if taken { ip.add(1).offset(jump.wide() as i32 as isize) } else { ip.add(2) }
    }
}

/// The ways on to the next instruction. The compiler copies the jump of a place to those that lead there if they are
/// sixteen at most, and the machine foretells each copy by itself: so the operations meet in small groups. The ways that
/// lead on by themselves (`jump_of_its_own`) count too: with one too many of either kind all jumps become one.
enum Way {
    Moves,
    Attributes,
    Stores,
    Entries,
    Results,
    Returns,
    Builds,
    Sums,
    ConstantSums,
    Differences,
    Products,
    Numbers,
    Floats,
    Others,
}

/// Does nothing, in a way that the compiler does not take for that of another place: places that do nothing but jump
/// are merged, and then one jump serves them all.
macro_rules! keep_apart {
    ($name:expr) => {
        std::arch::asm!("/* {} */", const $name, options(nomem, nostack, preserves_flags))
    };
}

/// Runs the innermost frame until it returns, and with it all frames that it calls.
///
/// # Safety
/// The innermost record was pushed just now with `is_entry`.
#[allow(clippy::cognitive_complexity)]
pub(super) unsafe fn run(cx: &Interpreter) -> Outcome {
    let stack = &cx.thread.stack;
    let mut ip: *const Instruction;
    let mut fp: *mut Register;

    // The head of a built-in type. Read anew each time: as a variable it would take a register from what is busier.
    macro_rules! head {
        ($kind:ident) => {
            cx.types.$kind.head_pointer()
        };
    }
    // The record of the frame that runs. It stays in memory: the loop needs its registers for other things.
    macro_rules! record {
        () => {
            stack.innermost.get()
        };
    }
    // Goes on in the innermost frame. One of the reads is volatile, or the compiler may take both for one vector and
    // keep the state of the loop in halves of it.
    macro_rules! load_state {
        () => {{
            let record = record!();
            ip = (&raw const (*record).ip).read_volatile();
            fp = (*record).fp;
        }};
    }
    // SAFETY: the compiler's contract, checked by `bytecode::verify` in tests: registers lie in the window, operands are
    // as their kinds say, the temporaries below the depth are owned.
    unsafe {
        load_state!();
        loop {
            // Inside, `continue` goes on with the instruction at `ip`, `break` raises what is on its way. The blocks
            // take results: each consumes operands b and c and writes register a in the way its kind allows.
            'instruction: loop {
                let way: Way = 'next: {
                    macro_rules! r {
                        ($register:expr) => {
                            *fp.add($register as usize)
                        };
                    }
                    macro_rules! save {
                        () => {
                            (*record!()).ip = ip
                        };
                    }
                    // Drops one reference; only the last one can run code.
                    macro_rules! drop_one {
                        ($object:expr) => {{
                            let object: Register = $object;
                            let count = (*object).count() - 1;
                            (*object).set_count(count);
                            if count == 0 {
                                save!();
                                operands::release(object);
                            }
                        }};
                    }
                    // Writes a result to register a.
                    macro_rules! put {
                        ($i:expr, $value:expr) => {{
                            let value: Register = $value;
                            let slot = fp.add((*$i).a as usize);
                            let old = *slot;
                            *slot = value;
                            if (*$i).kinds & Kinds::A_LOCAL != 0 {
                                cold_path();
                                drop_one!(old);
                            }
                        }};
                    }
                    macro_rules! next {
                        ($words:literal) => {
                            next!($words, Others)
                        };
                        ($words:literal, $way:ident) => {{
                            ip = ip.add($words);
                            break 'next Way::$way;
                        }};
                    }
                    // Goes on by a jump that only this place takes, for the busiest (see `Way`).
                    macro_rules! jump_of_its_own {
                        () => {{
                            keep_apart!(line!());
                            continue 'instruction;
                        }};
                    }
                    macro_rules! next_attribute {
                        ($words:literal) => {
                            next!($words, Attributes)
                        };
                    }
                    // As `next`, for the busiest operations.
                    macro_rules! next_at_once {
                        ($words:literal) => {{
                            ip = ip.add($words);
                            jump_of_its_own!()
                        }};
                    }
                    // The result of a slow path, or the way to the handler.
                    macro_rules! attempt {
                        ($outcome:expr) => {
                            match $outcome {
                                Ok(value) => value,
                                Err(Raised) => {
                                    cold_path();
                                    break 'instruction;
                                }
                            }
                        };
                    }
                    macro_rules! slow_result {
                        ($i:expr, $words:literal, $outcome:expr) => {
                            slow_result!($i, $words, $outcome, Others)
                        };
                        ($i:expr, $words:literal, $outcome:expr, $way:ident) => {{
                            save!();
                            let value: ObjectRef = attempt!($outcome);
                            put!($i, value.into_raw().as_ptr());
                            next!($words, $way)
                        }};
                    }
                    // The result of an operator's slow path, or the frame of the method that gives it.
                    macro_rules! operator_result {
                        ($i:expr, $outcome:expr) => {{
                            save!();
                            match $outcome {
                                Ok(Started::Value(value)) => {
                                    put!($i, value.into_raw().as_ptr());
                                    next!(1)
                                }
                                Ok(Started::Frame) => {
                                    load_state!();
                                    break 'next Way::Entries;
                                }
                                Err(Raised) => {
                                    cold_path();
                                    break 'instruction;
                                }
                            }
                        }};
                    }
                    // Releases an object whose count fell to zero: a number at once, others out of line.
                    macro_rules! release {
                        ($object:expr) => {{
                            let object: Register = $object;
                            if (*object).kind().lifecycle.is_leaf.get() {
                                cx.space.heap.release(NonNull::new_unchecked(object.cast()));
                            } else {
                                cold_path();
                                save!();
                                operands::release(object);
                            }
                        }};
                    }
                    // Drops one reference to what is mostly a number.
                    macro_rules! drop_number {
                        ($object:expr) => {{
                            let object: Register = $object;
                            let count = (*object).count() - 1;
                            (*object).set_count(count);
                            if count == 0 {
                                release!(object);
                            }
                        }};
                    }
                    // Drops the operands that are temporaries, mostly numbers.
                    macro_rules! drop_temporaries {
                        ($i:expr) => {{
                            if (*$i).kinds & Kinds::OPERANDS_LOCAL != Kinds::OPERANDS_LOCAL {
                                if (*$i).kinds & Kinds::B_LOCAL == 0 {
                                    drop_number!(r!((*$i).b));
                                }
                                if (*$i).kinds & Kinds::C_LOCAL == 0 {
                                    drop_number!(r!((*$i).c));
                                }
                            }
                        }};
                    }
                    // Writes the next item of a loop to register a.
                    macro_rules! put_item {
                        ($i:expr, $value:expr) => {{
                            let slot = fp.add((*$i).a as usize);
                            let old = *slot;
                            *slot = $value;
                            if (*$i).kinds & Kinds::A_LOCAL != 0 {
                                drop_number!(old);
                            }
                        }};
                    }
                    // Writes a result to register a. A local mostly holds a number.
                    macro_rules! put_number {
                        ($i:expr, $value:expr) => {{
                            let slot = fp.add((*$i).a as usize);
                            let old = *slot;
                            *slot = $value;
                            if (*$i).kinds & Kinds::A_LOCAL != 0 {
                                cold_path();
                                drop_number!(old);
                            }
                        }};
                    }
                    macro_rules! finish_number {
                        ($i:expr, $value:expr, $way:ident) => {{
                            put_number!($i, $value);
                            next!(1, $way)
                        }};
                    }
                    // Ends an operation with a number whose block takes more than a moment.
                    macro_rules! finish_slowly {
                        ($i:expr, $made:expr) => {{
                            cold_path();
                            // Whoever watches the heap asks for the line.
                            save!();
                            let made: Register = $made;
                            if made.is_null() {
                                break 'instruction;
                            }
                            drop_temporaries!($i);
                            finish_number!($i, made, Others)
                        }};
                    }
                    // Ends an operation with an int: written over a consumed temporary that nobody else holds, or into
                    // a new block.
                    macro_rules! finish_int {
                        ($i:expr, $integer:expr, $way:ident) => {{
                            let integer: i64 = $integer;
                            let kinds = (*$i).kinds;
                            if arithmetic::is_fresh_digit(integer) {
                                if kinds & Kinds::OPERANDS_LOCAL == Kinds::OPERANDS_LOCAL {
                                    let made = arithmetic::new_digit(cx, integer);
                                    if !made.is_null() {
                                        finish_number!($i, made, $way)
                                    }
                                } else if kinds & Kinds::B_LOCAL == 0 {
                                    let x = r!((*$i).b);
                                    let count = (*x).count() - 1;
                                    if count == 0 {
                                        arithmetic::write_digit(x, integer);
                                        if kinds & Kinds::C_LOCAL == 0 {
                                            drop_number!(r!((*$i).c));
                                        }
                                        finish_number!($i, x, $way)
                                    }
                                    let made = arithmetic::new_digit(cx, integer);
                                    if !made.is_null() {
                                        (*x).set_count(count);
                                        if kinds & Kinds::C_LOCAL == 0 {
                                            drop_number!(r!((*$i).c));
                                        }
                                        finish_number!($i, made, $way)
                                    }
                                } else {
                                    let y = r!((*$i).c);
                                    let count = (*y).count() - 1;
                                    if count == 0 {
                                        arithmetic::write_digit(y, integer);
                                        finish_number!($i, y, $way)
                                    }
                                    let made = arithmetic::new_digit(cx, integer);
                                    if !made.is_null() {
                                        (*y).set_count(count);
                                        finish_number!($i, made, $way)
                                    }
                                }
                            } else if let Some(small) = arithmetic::small_int(cx, integer) {
                                let made = take_reference(small);
                                drop_temporaries!($i);
                                finish_number!($i, made, $way)
                            }
                            finish_slowly!($i, arithmetic::new_int(cx, integer))
                        }};
                    }
                    // Ends an operation with a float, likewise.
                    macro_rules! finish_float {
                        ($i:expr, $number:expr, $way:ident) => {{
                            let number: f64 = $number;
                            let kinds = (*$i).kinds;
                            if kinds & Kinds::OPERANDS_LOCAL == Kinds::OPERANDS_LOCAL {
                                cold_path();
                                let made = arithmetic::float_at_once(cx, number);
                                if !made.is_null() {
                                    finish_number!($i, made, $way)
                                }
                            } else {
                                if kinds & Kinds::B_LOCAL == 0 {
                                    let x = r!((*$i).b);
                                    if (*x).count() == 1 && is_exactly(x, head!(float)) {
                                        arithmetic::write_float(x, number);
                                        if kinds & Kinds::C_LOCAL == 0 {
                                            drop_number!(r!((*$i).c));
                                        }
                                        finish_number!($i, x, $way)
                                    }
                                }
                                if kinds & Kinds::C_LOCAL == 0 {
                                    let y = r!((*$i).c);
                                    if (*y).count() == 1 && is_exactly(y, head!(float)) {
                                        arithmetic::write_float(y, number);
                                        if kinds & Kinds::B_LOCAL == 0 {
                                            drop_number!(r!((*$i).b));
                                        }
                                        finish_number!($i, y, $way)
                                    }
                                }
                                let made = arithmetic::float_at_once(cx, number);
                                if !made.is_null() {
                                    drop_temporaries!($i);
                                    finish_number!($i, made, $way)
                                }
                            }
                            finish_slowly!($i, arithmetic::new_float(cx, number))
                        }};
                    }
                    // The same where both operands are floats, as they mostly are again.
                    macro_rules! finish_floats {
                        ($i:expr, $x:expr, $y:expr, $number:expr) => {{
                            let number: f64 = $number;
                            let kinds = (*$i).kinds;
                            let made: Register = 'made: {
                                if kinds & Kinds::OPERANDS_LOCAL == Kinds::OPERANDS_LOCAL {
                                    break 'made arithmetic::float_at_once(cx, number);
                                }
                                let (x, y): (Register, Register) = ($x, $y);
                                if kinds & Kinds::B_LOCAL == 0 && (*x).count() == 1 {
                                    arithmetic::write_float(x, number);
                                    if kinds & Kinds::C_LOCAL == 0 {
                                        drop_number!(y);
                                    }
                                    break 'made x;
                                }
                                if kinds & Kinds::C_LOCAL == 0 && (*y).count() == 1 {
                                    arithmetic::write_float(y, number);
                                    if kinds & Kinds::B_LOCAL == 0 {
                                        drop_number!(x);
                                    }
                                    break 'made y;
                                }
                                let made = arithmetic::float_at_once(cx, number);
                                if !made.is_null() {
                                    drop_temporaries!($i);
                                }
                                made
                            };
                            if made.is_null() {
                                finish_slowly!($i, arithmetic::new_float(cx, number))
                            }
                            put_number!($i, made);
                            next!(1, Floats)
                        }};
                    }
                    let i = ip;
                    let object: Register = 'object: {
                        let number: f64 = 'float: {
                            let integer: i64 = 'int: {
                                let truth: bool = 'truth: {
                                    macro_rules! right {
                                        ($i:expr, register) => {
                                            r!((*$i).c)
                                        };
                                        ($i:expr, constant) => {
                                            *(*record!()).constants.add((*$i).c as usize)
                                        };
                                    }
                                    macro_rules! slow_binary {
                                        ($i:expr, register, $operator:expr) => {
                                            operator_result!($i, operands::binary(cx, fp, *$i, &$operator))
                                        };
                                        ($i:expr, constant, $operator:expr) => {{
                                            let right = *(*record!()).constants.add((*$i).c as usize);
                                            operator_result!(
                                                $i,
                                                operands::binary_constant(cx, fp, *$i, &$operator, right)
                                            )
                                        }};
                                    }
                                    // What ints of any sign and up to two digits give; goes on where that is none.
                                    macro_rules! long_result {
                                        ($i:expr, $x:expr, $y:expr, $compute:expr) => {
                                            if let Some(value) =
                                                arithmetic::long_arithmetic(cx, $x, $y, $compute)
                                            {
                                                break 'object value;
                                            }
                                        };
                                    }
                                    // An operator with int and float fast paths; that of ints may refuse by giving none.
                                    macro_rules! arithmetic {
                                        ($i:expr, $operator:expr, $right:ident, $int:expr, $float:expr, $way:ident, $floats:ident) => {{
                                            let (x, y) = (r!((*$i).b), right!($i, $right));
                                            if are_exactly(x, y, head!(int)) {
                                                let compute: fn(i64, i64) -> Option<i64> = $int;
                                                if let Some((p, q)) = arithmetic::digits_of(x, y)
                                                    && let Some(value) = compute(p, q)
                                                {
                                                    finish_int!($i, value, $way)
                                                }
                                                cold_path();
                                                if let Some((p, q)) = arithmetic::ints_of(x, y)
                                                    && let Some(value) = compute(p, q)
                                                {
                                                    break 'int value;
                                                }
                                                long_result!($i, x, y, compute);
                                            } else {
                                                let compute: fn(f64, f64) -> f64 = $float;
                                                if are_exactly(x, y, head!(float)) {
                                                    let (p, q) = (
                                                        arithmetic::read_float(x),
                                                        arithmetic::read_float(y),
                                                    );
                                                    names::become_form($i, Op::$floats);
                                                    break 'float compute(p, q);
                                                }
                                                cold_path();
                                                if let Some((p, q)) = arithmetic::mixed_floats(cx, x, y) {
                                                    break 'float compute(p, q);
                                                }
                                            }
                                            slow_binary!($i, $right, $operator)
                                        }};
                                    }
                                    // The form for floats: any other operands make it the general form again.
                                    macro_rules! float_arithmetic {
                                        ($i:expr, $right:ident, $compute:expr, $general:ident) => {{
                                            let (x, y) = (r!((*$i).b), right!($i, $right));
                                            if are_exactly(x, y, head!(float)) {
                                                let compute: fn(f64, f64) -> f64 = $compute;
                                                let (p, q) =
                                                    (arithmetic::read_float(x), arithmetic::read_float(y));
                                                finish_floats!($i, x, y, compute(p, q))
                                            }
                                            cold_path();
                                            names::become_form($i, Op::$general);
                                            next!(0, Others)
                                        }};
                                    }
                                    // An operator with an int fast path alone.
                                    macro_rules! integer_only {
                                        ($i:expr, $operator:expr, $right:ident, $int:expr) => {{
                                            let (x, y) = (r!((*$i).b), right!($i, $right));
                                            if are_exactly(x, y, head!(int)) {
                                                let compute: fn(i64, i64) -> Option<i64> = $int;
                                                if let Some((p, q)) = arithmetic::digits_of(x, y)
                                                    && let Some(value) = compute(p, q)
                                                {
                                                    break 'int value;
                                                }
                                                cold_path();
                                                if let Some((p, q)) = arithmetic::ints_of(x, y)
                                                    && let Some(value) = compute(p, q)
                                                {
                                                    break 'int value;
                                                }
                                            }
                                            cold_path();
                                            slow_binary!($i, $right, $operator)
                                        }};
                                    }
                                    macro_rules! true_divide {
                                        ($i:expr, $right:ident) => {{
                                            let (x, y) = (r!((*$i).b), right!($i, $right));
                                            if are_exactly(x, y, head!(float))
                                                && arithmetic::read_float(y) != 0.0
                                            {
                                                break 'float arithmetic::read_float(x)
                                                    / arithmetic::read_float(y);
                                            }
                                            cold_path();
                                            if let Some((p, q)) = arithmetic::mixed_floats(cx, x, y)
                                                && q != 0.0
                                            {
                                                break 'float p / q;
                                            }
                                            slow_binary!($i, $right, Operator::TRUE_DIVIDE)
                                        }};
                                    }
                                    macro_rules! slow_comparison {
                                        ($i:expr, $outcome:expr) => {{
                                            save!();
                                            let Started::Value(value) = attempt!($outcome) else {
                                                load_state!();
                                                break 'next Way::Entries;
                                            };
                                            if (*$i).kinds & Kinds::FUSED != 0 {
                                                let truth = attempt!(operands::truth(cx, value));
                                                ip = fused_target(ip, truth);
                                                break 'next Way::Others;
                                            }
                                            put!($i, value.into_raw().as_ptr());
                                            next!(1, Others)
                                        }};
                                    }
                                    macro_rules! contains {
                                        ($i:expr, $wanted:literal) => {{
                                            save!();
                                            let truth = attempt!(operands::contains(cx, fp, *$i)) == $wanted;
                                            if (*$i).kinds & Kinds::FUSED != 0 {
                                                ip = fused_target(ip, truth);
                                                break 'next Way::Others;
                                            }
                                            let value = if truth { &cx.true_ } else { &cx.false_ };
                                            put!($i, take_reference(value.as_pointer().as_ptr()));
                                            next!(1, Others)
                                        }};
                                    }
                                    macro_rules! comparison {
                                        ($i:expr, $comparison:expr, $right:ident, $int:expr, $float:expr) => {{
                                            let (x, y) = (r!((*$i).b), right!($i, $right));
                                            if are_exactly(x, y, head!(int)) {
                                                let compare: fn(&i64, &i64) -> bool = $int;
                                                if let Some((p, q)) = arithmetic::digits_of(x, y) {
                                                    break 'truth compare(&p, &q);
                                                }
                                                cold_path();
                                                if let Some((p, q)) = arithmetic::ints_of(x, y) {
                                                    break 'truth compare(&p, &q);
                                                }
                                                comparison_slow!($i, $right, $comparison)
                                            }
                                            cold_path();
                                            if are_exactly(x, y, head!(float)) {
                                                let compare: fn(&f64, &f64) -> bool = $float;
                                                break 'truth compare(
                                                    &arithmetic::read_float(x),
                                                    &arithmetic::read_float(y),
                                                );
                                            } else if matches!(
                                                $comparison,
                                                Comparison::Equal | Comparison::NotEqual
                                            ) && are_exactly(x, y, head!(str))
                                            {
                                                break 'truth operands::texts_equal(x, y)
                                                    == matches!($comparison, Comparison::Equal);
                                            }
                                            comparison_slow!($i, $right, $comparison)
                                        }};
                                    }
                                    macro_rules! comparison_slow {
                                        ($i:expr, register, $comparison:expr) => {
                                            slow_comparison!($i, operands::compare(cx, fp, *$i, $comparison))
                                        };
                                        ($i:expr, constant, $comparison:expr) => {{
                                            let right = *(*record!()).constants.add((*$i).c as usize);
                                            slow_comparison!(
                                                $i,
                                                operands::compare_constant(cx, fp, *$i, $comparison, right)
                                            )
                                        }};
                                    }
                                    // A conditional jump on register a.
                                    macro_rules! jump_if {
                                        ($i:expr, $wanted:expr) => {{
                                            let value = r!((*$i).a);
                                            let truth = match truth_of(cx, value) {
                                                Some(truth) => truth,
                                                None => {
                                                    save!();
                                                    attempt!(operands::truth_borrowed(cx, fp, *$i))
                                                }
                                            };
                                            if (*$i).kinds & Kinds::A_LOCAL == 0 {
                                                drop_one!(value);
                                            }
                                            let words = if truth == $wanted {
                                                (*$i).wide() as i32 as isize
                                            } else {
                                                1
                                            };
                                            ip = ip.offset(words);
                                            jump_of_its_own!()
                                        }};
                                    }
                                    macro_rules! jump_or_drop {
                                        ($i:expr, $wanted:expr) => {{
                                            let value = r!((*$i).a);
                                            let truth = match truth_of(cx, value) {
                                                Some(truth) => truth,
                                                None => {
                                                    save!();
                                                    attempt!(operands::truth_borrowed(cx, fp, *$i))
                                                }
                                            };
                                            if truth == $wanted {
                                                ip = ip.offset((*$i).wide() as i32 as isize);
                                                break 'next Way::Others;
                                            }
                                            drop_one!(value);
                                            next!(1)
                                        }};
                                    }
                                    // Gives a value to the instruction of the caller that waits for it, and goes on there.
                                    macro_rules! deliver {
                                        ($value:expr) => {{
                                            let value: Register = $value;
                                            let i = ip;
                                            let old = std::mem::replace(&mut r!((*i).a), value);
                                            if (*i).kinds & Kinds::A_LOCAL == 0 {
                                                cold_path();
                                            } else {
                                                drop_one!(old);
                                            }
                                            ip = ip.add(*WORDS.get_unchecked((*i).op as usize) as usize);
                                            break 'next Way::Returns;
                                        }};
                                    }
                                    macro_rules! enter_started {
                                        ($i:expr, $words:literal, $outcome:expr) => {{
                                            save!();
                                            match $outcome {
                                                Ok(Started::Frame) => {
                                                    load_state!();
                                                    break 'next Way::Entries;
                                                }
                                                Ok(Started::Value(value)) => {
                                                    put!($i, value.into_raw().as_ptr());
                                                    if cx.space.attention.get() {
                                                        cold_path();
                                                        ip = ip.add($words);
                                                        save!();
                                                        attempt!(cx.poll_in_loop());
                                                        break 'next Way::Results;
                                                    }
                                                    next!($words, Results)
                                                }
                                                Err(Raised) => {
                                                    cold_path();
                                                    break 'instruction;
                                                }
                                            }
                                        }};
                                    }
                                    // Pushes the frame of a function whose arguments need no binding; goes on where
                                    // they do, or where a limit is reached.
                                    macro_rules! enter_function {
                                        ($base:expr, $callee:expr, $count:expr) => {{
                                            let function = &*$callee.cast::<Function>();
                                            let code = function.code();
                                            let window = $base.add(1);
                                            let depth = cx.thread.depth.get();
                                            let record = record!();
                                            if code.is_simple
                                                && code.argument_count == $count
                                                && !cx.space.attention.get()
                                                && depth < cx.thread.recursion_limit.get()
                                                && record < stack.last_record
                                                && window.add(code.window_size) < stack.limit
                                            {
                                                save!();
                                                let unbound = cx.unbound.as_pointer().as_ptr();
                                                for index in $count as usize..code.local_count as usize {
                                                    *window.add(index) = unbound;
                                                }
                                                let record = record.add(1);
                                                stack.innermost.set(record);
                                                cx.thread.depth.set(depth + 1);
                                                ip = code.instructions;
                                                fp = window;
                                                // The function keeps its globals while it runs.
                                                let globals = function.globals.pointer().as_ptr();
                                                start::write_record(
                                                    record,
                                                    code,
                                                    window,
                                                    globals,
                                                    RecordKind::Function,
                                                    false,
                                                );
                                                break 'next Way::Entries;
                                            }
                                            cold_path();
                                        }};
                                    }
                                    // Calls native code of one argument, which stands in the last register of the call,
                                    // and drops arguments and callee in order.
                                    macro_rules! call_one {
                                        ($code:expr, $this:expr, $base:expr, $last:literal) => {{
                                            save!();
                                            let argument = &*$base.add($last).cast::<ObjectRef>();
                                            let value: ObjectRef = attempt!($code(cx, $this, argument));
                                            for index in 1..=$last {
                                                let held = std::mem::replace(
                                                    &mut *$base.add(index),
                                                    std::ptr::null_mut(),
                                                );
                                                drop_one!(held);
                                            }
                                            let callee = std::mem::replace(&mut *$base, std::ptr::null_mut());
                                            drop_one!(callee);
                                            finish_call!(value)
                                        }};
                                    }
                                    // The result of a call, after which others may have work to do.
                                    macro_rules! finish_call {
                                        ($value:expr) => {{
                                            put!(i, $value.into_raw().as_ptr());
                                            ip = ip.add(2);
                                            if cx.space.attention.get() {
                                                cold_path();
                                                save!();
                                                attempt!(cx.poll_in_loop());
                                            }
                                            break 'next Way::Results;
                                        }};
                                    }
                                    macro_rules! native_result {
                                        ($outcome:expr) => {{
                                            save!();
                                            let value: ObjectRef = attempt!($outcome);
                                            finish_call!(value)
                                        }};
                                    }
                                    // Ends the innermost frame with a value and hands it on.
                                    macro_rules! return_value {
                                        ($value:expr) => {{
                                            let value: Register = $value;
                                            save!();
                                            let record = record!();
                                            let kind = (*record).kind;
                                            let is_entry = (*record).is_entry;
                                            let result: Register = 'result: {
                                                if kind == RecordKind::Function && (*record).is_plain() {
                                                    let code = &*(*record).code.cast::<CodeObject>();
                                                    let count = code.local_count as usize;
                                                    operands::drop_registers(fp, count);
                                                    if !(*record).frame.is_null() {
                                                        unwind::detach_late_frame(cx, record);
                                                    }
                                                    stack.innermost.set(record.sub(1));
                                                    cx.thread.depth.set(cx.thread.depth.get() - 1);
                                                    // The function may take its code along.
                                                    operands::drop_below(fp, count);
                                                    if is_entry {
                                                        return Ok(ObjectRef::from_owned(
                                                            NonNull::new_unchecked(value),
                                                        ));
                                                    }
                                                    load_state!();
                                                    deliver!(value)
                                                }
                                                cold_path();
                                                if kind == RecordKind::Operator && (*record).is_plain() {
                                                    let value = finish_plain_operator(cx, record, value);
                                                    load_state!();
                                                    if value.is_null() {
                                                        cold_path();
                                                        break 'instruction;
                                                    }
                                                    break 'result value;
                                                }
                                                if kind == RecordKind::Init
                                                    && (*record).is_plain()
                                                    && value == cx.none.as_pointer().as_ptr()
                                                {
                                                    drop_one!(value);
                                                    let value = unwind::finish_plain_init(cx, record);
                                                    load_state!();
                                                    break 'result value;
                                                }
                                                let value =
                                                    ObjectRef::from_owned(NonNull::new_unchecked(value));
                                                let finished = unwind::finish_frame(cx, value);
                                                if is_entry {
                                                    return finished;
                                                }
                                                load_state!();
                                                let value = attempt!(finished);
                                                if kind == RecordKind::Generator {
                                                    end_of_resumption!(value)
                                                }
                                                if kind == RecordKind::Spread {
                                                    super::calls::spread::drop_spread(
                                                        fp.add((*ip).b as usize),
                                                        (*ip).c != 0,
                                                    );
                                                }
                                                value.into_raw().as_ptr()
                                            };
                                            deliver!(result)
                                        }};
                                    }
                                    // A generator is exhausted: the loop or the delegation that resumed it ends.
                                    macro_rules! end_of_resumption {
                                        ($value:expr) => {{
                                            let value: ObjectRef = $value;
                                            let iterator = r!((*ip).b);
                                            r!((*ip).b) = if (*ip).op == Op::Send as u8 {
                                                let sent =
                                                    std::mem::replace(&mut r!((*ip).a), std::ptr::null_mut());
                                                drop_one!(sent);
                                                value.into_raw().as_ptr()
                                            } else {
                                                drop(value);
                                                std::ptr::null_mut()
                                            };
                                            let target = (*ip.add(1)).word() as u32 as i32 as isize;
                                            drop_one!(iterator);
                                            ip = ip.offset(target);
                                            break 'next Way::Others;
                                        }};
                                    }

                                    // Unpacks a tuple of two. Where both items go on to locals, they are stored at
                                    // once; where what a local held dies of it and can tell, step by step.
                                    macro_rules! unpack_pair {
                                        ($source:expr) => {{
                                            let source: Register = $source;
                                            let [first, second] = builders::pair_of(source);
                                            let (next, last) = (*ip.add(1), *ip.add(2));
                                            if next.op == Op::StoreLocal as u8
                                                && last.op == Op::StoreLocal as u8
                                                && next.b == (*i).a + 1
                                                && last.b == (*i).a
                                                && next.a != last.a
                                            {
                                                let (old_first, old_second) = (r!(next.a), r!(last.a));
                                                if operands::drops_quietly(old_first)
                                                    && operands::drops_quietly(old_second)
                                                {
                                                    r!(next.a) = take_reference(first);
                                                    r!(last.a) = take_reference(second);
                                                    ip = ip.add(2);
                                                    if (*i).kinds & Kinds::B_LOCAL == 0 {
                                                        drop_one!(source);
                                                    }
                                                    drop_number!(old_first);
                                                    drop_number!(old_second);
                                                    next_at_once!(1)
                                                }
                                                cold_path();
                                            }
                                            take_reference(first);
                                            take_reference(second);
                                            if (*i).kinds & Kinds::B_LOCAL == 0 {
                                                r!((*i).b) = std::ptr::null_mut();
                                                r!((*i).a + 1) = first;
                                                r!((*i).a) = second;
                                                drop_one!(source);
                                            } else {
                                                r!((*i).a + 1) = first;
                                                r!((*i).a) = second;
                                            }
                                            next!(1, Builds)
                                        }};
                                    }

                                    // `b[c]` of exact lists, tuples and dicts; goes on where that finds nothing.
                                    macro_rules! load_item {
                                        ($i:expr, $right:ident) => {{
                                            let (container, key) = (r!((*$i).b), right!($i, $right));
                                            let kind = (*container).kind_pointer();
                                            if kind == head!(list) && is_exactly(key, head!(int)) {
                                                let list = &*container.cast::<List>();
                                                if let Some(index) = builders::digit_in(key, list.len()) {
                                                    break 'object take_reference(
                                                        list.borrow(index).pointer().as_ptr(),
                                                    );
                                                } else {
                                                    cold_path();
                                                }
                                            } else {
                                                cold_path();
                                            }
                                            let found = builders::item_at_once(cx, container, key);
                                            if !found.is_null() {
                                                break 'object take_reference(found);
                                            }
                                        }};
                                    }

                                    macro_rules! cached_attribute {
                                        // `b.name` as the cache of one kind finds it, or else by the long way.
                                        ($i:expr, $cached:ident, $next:ident) => {{
                                            let object = r!((*$i).b);
                                            let value = attributes::$cached(cx, object, ip);
                                            if value.is_null() {
                                                cold_path();
                                                slow_result!($i, 3, attributes::load(cx, record!(), ip))
                                            }
                                            let value = take_reference(value);
                                            if (*$i).kinds & Kinds::B_LOCAL == 0 {
                                                cold_path();
                                                drop_one!(object);
                                            }
                                            put!($i, value);
                                            $next!(3)
                                        }};
                                    }
                                    macro_rules! identity {
                                        ($i:expr, $right:ident, $wanted:literal) => {{
                                            let (x, y) = (r!((*$i).b), right!($i, $right));
                                            let unbound = cx.unbound.as_pointer().as_ptr();
                                            if std::ptr::eq(x, unbound) || std::ptr::eq(y, unbound) {
                                                save!();
                                                names::unbound_local(
                                                    cx,
                                                    if std::ptr::eq(x, unbound) { (*$i).b } else { (*$i).c },
                                                );
                                                break 'instruction;
                                            }
                                            break 'truth std::ptr::eq(x, y) == $wanted;
                                        }};
                                    }
                                    // SAFETY: linked code holds valid operations only.
                                    match std::mem::transmute::<u8, Op>((*i).op) {
                                        Op::Nop => next!(1),
                                        Op::LoadConstant => {
                                            let value = *(*record!()).constants.add((*i).wide_constant());
                                            put!(i, take_reference(value));
                                            next_at_once!(1)
                                        }
                                        Op::CopyLocal => {
                                            let value = r!((*i).b);
                                            if std::ptr::eq(value, cx.unbound.as_pointer().as_ptr()) {
                                                cold_path();
                                                save!();
                                                names::unbound_local(cx, (*i).b);
                                                break 'instruction;
                                            }
                                            put!(i, take_reference(value));
                                            next_at_once!(1)
                                        }
                                        Op::StoreLocal => {
                                            let slot = fp.add((*i).a as usize);
                                            let old = *slot;
                                            *slot = r!((*i).b);
                                            drop_one!(old);
                                            next!(1, Moves)
                                        }
                                        Op::CopyTemporary => {
                                            r!((*i).a) = take_reference(r!((*i).b));
                                            next!(1, Moves)
                                        }
                                        Op::MoveTemporary => {
                                            let value = r!((*i).b);
                                            put!(i, value);
                                            next!(1, Moves)
                                        }
                                        Op::SwapTemporaries => {
                                            std::ptr::swap(fp.add((*i).a as usize), fp.add((*i).b as usize));
                                            next!(1, Moves)
                                        }
                                        Op::DropTemporary => {
                                            let value = r!((*i).a);
                                            r!((*i).a) = std::ptr::null_mut();
                                            drop_one!(value);
                                            next!(1, Moves)
                                        }
                                        Op::DeleteLocal => {
                                            let old = r!((*i).a);
                                            if std::ptr::eq(old, cx.unbound.as_pointer().as_ptr()) {
                                                cold_path();
                                                save!();
                                                names::unbound_local(cx, (*i).a);
                                                break 'instruction;
                                            }
                                            r!((*i).a) = cx.unbound.as_pointer().as_ptr();
                                            drop_one!(old);
                                            next!(1, Others)
                                        }

                                        Op::MakeCell => {
                                            save!();
                                            attempt!(names::make_cell(cx, fp, *i));
                                            next!(1, Others)
                                        }
                                        Op::CopyFreeVariables => {
                                            names::copy_free_variables(fp, *i);
                                            next!(1, Others)
                                        }
                                        Op::LoadCell => {
                                            let held = names::cell_contents(fp, (*i).b);
                                            if held.is_null() {
                                                cold_path();
                                                slow_result!(i, 1, names::load_cell(cx, fp, *i))
                                            }
                                            put!(i, take_reference(held));
                                            next!(1, Moves)
                                        }
                                        Op::StoreCell => {
                                            save!();
                                            attempt!(names::store_cell(cx, fp, *i));
                                            next!(1, Moves)
                                        }
                                        Op::DeleteCell => {
                                            save!();
                                            attempt!(names::delete_cell(cx, fp, *i));
                                            next!(1, Others)
                                        }
                                        Op::LoadClassCell => {
                                            slow_result!(i, 2, names::load_class_cell(cx, record!(), ip))
                                        }

                                        Op::LoadGlobal => {
                                            slow_result!(i, 3, names::load_global(cx, record!(), ip))
                                        }
                                        Op::LoadGlobalModule => {
                                            let value = names::cached_global(record!(), ip);
                                            if value.is_null() {
                                                cold_path();
                                                slow_result!(i, 3, names::load_global(cx, record!(), ip))
                                            }
                                            put!(i, take_reference(value));
                                            next_at_once!(3)
                                        }
                                        Op::LoadGlobalBuiltin => {
                                            let value = names::cached_builtin(cx, record!(), ip);
                                            if value.is_null() {
                                                cold_path();
                                                slow_result!(i, 3, names::load_global(cx, record!(), ip))
                                            }
                                            put!(i, take_reference(value));
                                            next_at_once!(3)
                                        }
                                        Op::StoreGlobal => {
                                            save!();
                                            attempt!(names::store_global(cx, record!(), ip));
                                            next!(2, Others)
                                        }
                                        Op::DeleteGlobal => {
                                            save!();
                                            attempt!(names::delete_global(cx, record!(), ip));
                                            next!(2, Others)
                                        }
                                        Op::LoadName => {
                                            slow_result!(i, 3, names::load_name(cx, record!(), ip))
                                        }
                                        Op::StoreName => {
                                            save!();
                                            attempt!(names::store_name(cx, record!(), ip));
                                            next!(2, Others)
                                        }
                                        Op::DeleteName => {
                                            save!();
                                            attempt!(names::delete_name(cx, record!(), ip));
                                            next!(2, Others)
                                        }

                                        Op::Add => {
                                            arithmetic!(
                                                i,
                                                Operator::ADD,
                                                register,
                                                i64::checked_add,
                                                |p, q| p + q,
                                                Sums,
                                                AddFloats
                                            )
                                        }
                                        Op::AddConstant => {
                                            arithmetic!(
                                                i,
                                                Operator::ADD,
                                                constant,
                                                i64::checked_add,
                                                |p, q| p + q,
                                                ConstantSums,
                                                AddFloatConstant
                                            )
                                        }
                                        Op::Subtract => {
                                            arithmetic!(
                                                i,
                                                Operator::SUBTRACT,
                                                register,
                                                i64::checked_sub,
                                                |p, q| p - q,
                                                Differences,
                                                SubtractFloats
                                            )
                                        }
                                        Op::SubtractConstant => {
                                            arithmetic!(
                                                i,
                                                Operator::SUBTRACT,
                                                constant,
                                                i64::checked_sub,
                                                |p, q| p - q,
                                                Differences,
                                                SubtractFloatConstant
                                            )
                                        }
                                        Op::Multiply => {
                                            arithmetic!(
                                                i,
                                                Operator::MULTIPLY,
                                                register,
                                                i64::checked_mul,
                                                |p, q| p * q,
                                                Products,
                                                MultiplyFloats
                                            )
                                        }
                                        Op::MultiplyConstant => {
                                            arithmetic!(
                                                i,
                                                Operator::MULTIPLY,
                                                constant,
                                                i64::checked_mul,
                                                |p, q| p * q,
                                                Products,
                                                MultiplyFloatConstant
                                            )
                                        }
                                        Op::AddFloats => float_arithmetic!(i, register, |p, q| p + q, Add),
                                        Op::AddFloatConstant => {
                                            float_arithmetic!(i, constant, |p, q| p + q, AddConstant)
                                        }
                                        Op::SubtractFloats => {
                                            float_arithmetic!(i, register, |p, q| p - q, Subtract)
                                        }
                                        Op::SubtractFloatConstant => {
                                            float_arithmetic!(i, constant, |p, q| p - q, SubtractConstant)
                                        }
                                        Op::MultiplyFloats => {
                                            float_arithmetic!(i, register, |p, q| p * q, Multiply)
                                        }
                                        Op::MultiplyFloatConstant => {
                                            float_arithmetic!(i, constant, |p, q| p * q, MultiplyConstant)
                                        }
                                        Op::TrueDivide => true_divide!(i, register),
                                        Op::TrueDivideConstant => true_divide!(i, constant),
                                        Op::FloorDivide => {
                                            integer_only!(
                                                i,
                                                Operator::FLOOR_DIVIDE,
                                                register,
                                                arithmetic::floor_divide
                                            )
                                        }
                                        Op::FloorDivideConstant => {
                                            integer_only!(
                                                i,
                                                Operator::FLOOR_DIVIDE,
                                                constant,
                                                arithmetic::floor_divide
                                            )
                                        }
                                        Op::Modulo => {
                                            integer_only!(i, Operator::MODULO, register, arithmetic::modulo)
                                        }
                                        Op::ModuloConstant => {
                                            integer_only!(i, Operator::MODULO, constant, arithmetic::modulo)
                                        }
                                        Op::LeftShift => integer_only!(
                                            i,
                                            Operator::LEFT_SHIFT,
                                            register,
                                            arithmetic::left_shift
                                        ),
                                        Op::LeftShiftConstant => {
                                            integer_only!(
                                                i,
                                                Operator::LEFT_SHIFT,
                                                constant,
                                                arithmetic::left_shift
                                            )
                                        }
                                        Op::RightShift => {
                                            integer_only!(
                                                i,
                                                Operator::RIGHT_SHIFT,
                                                register,
                                                arithmetic::right_shift
                                            )
                                        }
                                        Op::RightShiftConstant => {
                                            integer_only!(
                                                i,
                                                Operator::RIGHT_SHIFT,
                                                constant,
                                                arithmetic::right_shift
                                            )
                                        }
                                        Op::BitAnd => {
                                            integer_only!(i, Operator::BIT_AND, register, |p, q| Some(p & q))
                                        }
                                        Op::BitAndConstant => {
                                            integer_only!(i, Operator::BIT_AND, constant, |p, q| Some(p & q))
                                        }
                                        Op::BitOr => {
                                            integer_only!(i, Operator::BIT_OR, register, |p, q| Some(p | q))
                                        }
                                        Op::BitOrConstant => {
                                            integer_only!(i, Operator::BIT_OR, constant, |p, q| Some(p | q))
                                        }
                                        Op::BitXor => {
                                            integer_only!(i, Operator::BIT_XOR, register, |p, q| Some(p ^ q))
                                        }
                                        Op::BitXorConstant => {
                                            integer_only!(i, Operator::BIT_XOR, constant, |p, q| Some(p ^ q))
                                        }
                                        Op::MatrixMultiply => {
                                            slow_binary!(i, register, Operator::MATRIX_MULTIPLY)
                                        }
                                        Op::Power => slow_result!(i, 1, operands::power(cx, fp, *i)),
                                        Op::PowerConstant => {
                                            let right = *(*record!()).constants.add((*i).c as usize);
                                            slow_result!(i, 1, operands::power_constant(cx, fp, *i, right))
                                        }
                                        Op::Negative => {
                                            let x = r!((*i).b);
                                            if is_exactly(x, head!(float)) {
                                                let value = -arithmetic::read_float(x);
                                                let is_local = (*i).kinds & Kinds::B_LOCAL != 0;
                                                if !is_local && (*x).count() == 1 {
                                                    arithmetic::write_float(x, value);
                                                    put_number!(i, x);
                                                    next!(1)
                                                }
                                                let made = arithmetic::float_at_once(cx, value);
                                                if is_local && !made.is_null() {
                                                    put_number!(i, made);
                                                    next!(1)
                                                }
                                            } else if is_exactly(x, head!(int))
                                                && (*i).kinds & Kinds::B_LOCAL != 0
                                                && let Some(value) = (*x.cast::<Integer>()).as_one_digit()
                                            {
                                                save!();
                                                let made = arithmetic::new_int(cx, -value);
                                                if !made.is_null() {
                                                    put_number!(i, made);
                                                    next!(1)
                                                }
                                                cold_path();
                                                break 'instruction;
                                            }
                                            cold_path();
                                            slow_result!(
                                                i,
                                                1,
                                                operands::unary(cx, fp, *i, Interpreter::negative)
                                            )
                                        }
                                        Op::Positive => {
                                            slow_result!(
                                                i,
                                                1,
                                                operands::unary(cx, fp, *i, Interpreter::positive)
                                            )
                                        }
                                        Op::Invert => {
                                            slow_result!(
                                                i,
                                                1,
                                                operands::unary(cx, fp, *i, Interpreter::invert)
                                            )
                                        }
                                        Op::Not => {
                                            let x = r!((*i).b);
                                            let truth = match truth_of(cx, x) {
                                                Some(truth) => truth,
                                                None => {
                                                    save!();
                                                    attempt!(operands::truth_of_b(cx, fp, *i))
                                                }
                                            };
                                            if (*i).kinds & Kinds::B_LOCAL == 0 {
                                                drop_one!(x);
                                            }
                                            let value = if truth { &cx.false_ } else { &cx.true_ };
                                            put!(i, take_reference(value.as_pointer().as_ptr()));
                                            next!(1)
                                        }

                                        Op::Less => {
                                            comparison!(i, Comparison::Less, register, i64::lt, f64::lt)
                                        }
                                        Op::LessConstant => {
                                            comparison!(i, Comparison::Less, constant, i64::lt, f64::lt)
                                        }
                                        Op::LessEqual => {
                                            comparison!(i, Comparison::LessEqual, register, i64::le, f64::le)
                                        }
                                        Op::LessEqualConstant => {
                                            comparison!(i, Comparison::LessEqual, constant, i64::le, f64::le)
                                        }
                                        Op::Equal => {
                                            comparison!(i, Comparison::Equal, register, i64::eq, f64::eq)
                                        }
                                        Op::EqualConstant => {
                                            comparison!(i, Comparison::Equal, constant, i64::eq, f64::eq)
                                        }
                                        Op::NotEqual => {
                                            comparison!(i, Comparison::NotEqual, register, i64::ne, f64::ne)
                                        }
                                        Op::NotEqualConstant => {
                                            comparison!(i, Comparison::NotEqual, constant, i64::ne, f64::ne)
                                        }
                                        Op::Greater => {
                                            comparison!(i, Comparison::Greater, register, i64::gt, f64::gt)
                                        }
                                        Op::GreaterConstant => {
                                            comparison!(i, Comparison::Greater, constant, i64::gt, f64::gt)
                                        }
                                        Op::GreaterEqual => {
                                            comparison!(
                                                i,
                                                Comparison::GreaterEqual,
                                                register,
                                                i64::ge,
                                                f64::ge
                                            )
                                        }
                                        Op::GreaterEqualConstant => {
                                            comparison!(
                                                i,
                                                Comparison::GreaterEqual,
                                                constant,
                                                i64::ge,
                                                f64::ge
                                            )
                                        }
                                        Op::Is => identity!(i, register, true),
                                        Op::IsNot => identity!(i, register, false),
                                        Op::IsConstant => identity!(i, constant, true),
                                        Op::IsNotConstant => identity!(i, constant, false),
                                        Op::Contains => contains!(i, true),
                                        Op::NotContains => {
                                            contains!(i, false)
                                        }
                                        Op::MatchException => {
                                            slow_comparison!(
                                                i,
                                                matching::match_exception(cx, fp, *i).map(Started::Value)
                                            )
                                        }

                                        Op::Jump | Op::JumpBack => {
                                            if cx.space.attention.get() && (*i).op == Op::JumpBack as u8 {
                                                cold_path();
                                                save!();
                                                attempt!(cx.poll_in_loop());
                                            }
                                            ip = ip.offset((*i).wide() as i32 as isize);
                                            jump_of_its_own!()
                                        }
                                        Op::JumpIfTrue | Op::JumpIfFalse => {
                                            jump_if!(i, (*i).op == Op::JumpIfTrue as u8)
                                        }
                                        Op::JumpIfTrueOrDrop => jump_or_drop!(i, true),
                                        Op::JumpIfFalseOrDrop => jump_or_drop!(i, false),

                                        Op::GetIterator => {
                                            slow_result!(
                                                i,
                                                1,
                                                operands::unary(cx, fp, *i, Interpreter::iter),
                                                Builds
                                            )
                                        }
                                        Op::ForIterate => {
                                            let iterator = r!((*i).b);
                                            let kind = (*iterator).kind_pointer();
                                            let item: Register = 'item: {
                                                if kind == cx.types.range_iterator.head_pointer() {
                                                    let item = arithmetic::range_next(cx, iterator);
                                                    if !item.is_null() {
                                                        put_item!(i, item);
                                                        next_at_once!(2)
                                                    }
                                                    break 'item item;
                                                }
                                                if kind == cx.types.list_iterator.head_pointer() {
                                                    let item = builders::list_next(iterator);
                                                    if !item.is_null() {
                                                        put_item!(i, item);
                                                        next_at_once!(2)
                                                    }
                                                    break 'item item;
                                                }
                                                if kind == cx.types.tuple_iterator.head_pointer() {
                                                    let item = builders::tuple_next(iterator);
                                                    if !item.is_null() {
                                                        put_item!(i, item);
                                                        next_at_once!(2)
                                                    }
                                                    break 'item item;
                                                }
                                                if kind == cx.types.generator.head_pointer()
                                                    && (*iterator.cast::<generator::Generator>()).state.get()
                                                        != generator::State::Finished
                                                {
                                                    save!();
                                                    match generator::resume_in_loop(cx, iterator, cx.none()) {
                                                        Ok(()) => {
                                                            load_state!();
                                                            break 'next Way::Others;
                                                        }
                                                        Err(Raised) => {
                                                            cold_path();
                                                            break 'instruction;
                                                        }
                                                    }
                                                }
                                                save!();
                                                let item = iteration::next_item(cx, iterator);
                                                if !item.is_null() {
                                                    put_item!(i, item);
                                                    next_at_once!(2)
                                                }
                                                cold_path();
                                                match operands::next(cx, iterator) {
                                                    Ok(Some(item)) => {
                                                        put_item!(i, item.into_raw().as_ptr());
                                                        next!(2)
                                                    }
                                                    Ok(None) => std::ptr::null_mut(),
                                                    Err(Raised) => {
                                                        cold_path();
                                                        break 'instruction;
                                                    }
                                                }
                                            };
                                            debug_assert!(item.is_null());
                                            cold_path();
                                            if cx.thread.raised.is_some() {
                                                save!();
                                                break 'instruction;
                                            }
                                            let target = (*ip.add(1)).word() as u32 as i32 as isize;
                                            r!((*i).b) = std::ptr::null_mut();
                                            drop_one!(iterator);
                                            ip = ip.offset(target);
                                            break 'next Way::Others;
                                        }

                                        Op::LoadAttribute => {
                                            slow_result!(i, 3, attributes::load(cx, record!(), ip))
                                        }
                                        Op::LoadAttributeValue => {
                                            cached_attribute!(i, cached_value, next_at_once)
                                        }
                                        Op::LoadAttributeSlot => {
                                            cached_attribute!(i, cached_slot, next_attribute)
                                        }
                                        Op::LoadAttributeType => {
                                            cached_attribute!(i, cached_on_type, next_attribute)
                                        }
                                        Op::LoadAttributeModule => {
                                            cached_attribute!(i, cached_in_module, next_attribute)
                                        }
                                        Op::LoadMethod => {
                                            save!();
                                            attempt!(attributes::load_method(cx, record!(), ip));
                                            next!(3, Attributes)
                                        }
                                        Op::LoadMethodModule => {
                                            let object = r!((*i).b);
                                            let value = attributes::cached_in_module(cx, object, ip);
                                            if value.is_null() {
                                                cold_path();
                                                save!();
                                                attempt!(attributes::load_method(cx, record!(), ip));
                                                next!(3, Attributes)
                                            }
                                            r!((*i).a) = std::ptr::null_mut();
                                            r!((*i).a + 1) = take_reference(value);
                                            if (*i).kinds & Kinds::B_LOCAL == 0 {
                                                drop_one!(object);
                                            }
                                            next!(3, Attributes)
                                        }
                                        Op::LoadMethodCached => {
                                            let object = r!((*i).b);
                                            let function = attributes::cached_on_type(cx, object, ip);
                                            if function.is_null() {
                                                cold_path();
                                                save!();
                                                attempt!(attributes::load_method(cx, record!(), ip));
                                                next!(3, Attributes)
                                            }
                                            r!((*i).a) = take_reference(function);
                                            r!((*i).a + 1) = held(object, (*i).kinds, Kinds::B_LOCAL);
                                            next!(3, Attributes)
                                        }
                                        Op::StoreAttribute => {
                                            save!();
                                            attempt!(attributes::store(cx, record!(), ip));
                                            next!(3, Stores)
                                        }
                                        Op::StoreAttributeValue => {
                                            let object = r!((*i).b);
                                            let place = attributes::cached_value_place(object, ip);
                                            let value = r!((*i).c);
                                            if std::ptr::eq(value, cx.unbound.as_pointer().as_ptr()) {
                                                cold_path();
                                                save!();
                                                names::unbound_local(cx, (*i).c);
                                                break 'instruction;
                                            }
                                            if place.is_null() {
                                                save!();
                                                if !attributes::store_first(object, ip, value) {
                                                    cold_path();
                                                    attempt!(attributes::store(cx, record!(), ip));
                                                    next!(3, Stores)
                                                }
                                                if (*i).kinds & Kinds::C_LOCAL == 0 {
                                                    drop_one!(value);
                                                }
                                                if (*i).kinds & Kinds::B_LOCAL == 0 {
                                                    drop_one!(object);
                                                }
                                                next!(3, Stores)
                                            }
                                            let old = *place;
                                            *place = held(value, (*i).kinds, Kinds::C_LOCAL);
                                            drop_number!(old);
                                            if (*i).kinds & Kinds::B_LOCAL == 0 {
                                                cold_path();
                                                drop_one!(object);
                                            }
                                            next!(3, Stores)
                                        }
                                        Op::StoreAttributeSlot => {
                                            let object = r!((*i).b);
                                            let place = attributes::cached_slot_place(object, ip);
                                            let value = r!((*i).c);
                                            if place.is_null()
                                                || std::ptr::eq(value, cx.unbound.as_pointer().as_ptr())
                                            {
                                                save!();
                                                attempt!(attributes::store(cx, record!(), ip));
                                                next!(3, Stores)
                                            }
                                            let old = *place;
                                            *place = held(value, (*i).kinds, Kinds::C_LOCAL);
                                            if !old.is_null() {
                                                drop_number!(old);
                                            }
                                            if (*i).kinds & Kinds::B_LOCAL == 0 {
                                                drop_one!(object);
                                            }
                                            next!(3, Stores)
                                        }
                                        Op::DeleteAttribute => {
                                            save!();
                                            attempt!(attributes::delete(cx, record!(), ip));
                                            next!(2)
                                        }

                                        Op::LoadSubscript => {
                                            load_item!(i, register);
                                            operator_result!(i, operands::get_item(cx, fp, *i))
                                        }
                                        Op::LoadSubscriptConstant => {
                                            load_item!(i, constant);
                                            let key = *(*record!()).constants.add((*i).c as usize);
                                            operator_result!(i, operands::get_item_constant(cx, fp, *i, key))
                                        }
                                        Op::LoadSlice => {
                                            slow_result!(i, 1, sequences::load_slice(cx, fp, *i), Builds)
                                        }
                                        Op::StoreSubscript => {
                                            let container = r!((*i).a);
                                            let (key, value) = (r!((*i).b), r!((*i).c));
                                            if is_exactly(container, head!(list))
                                                && is_exactly(key, head!(int))
                                                && !std::ptr::eq(value, cx.unbound.as_pointer().as_ptr())
                                            {
                                                let place =
                                                    builders::list_place(&*container.cast::<List>(), key);
                                                if !place.is_null() {
                                                    let old = *place;
                                                    *place = held(value, (*i).kinds, Kinds::C_LOCAL);
                                                    drop_number!(old);
                                                    if (*i).kinds & Kinds::A_LOCAL == 0 {
                                                        drop_one!(container);
                                                    }
                                                    if (*i).kinds & Kinds::B_LOCAL == 0 {
                                                        drop_number!(key);
                                                    }
                                                    next!(1, Stores)
                                                }
                                            }
                                            save!();
                                            attempt!(operands::set_item(cx, fp, *i));
                                            next!(1, Stores)
                                        }
                                        Op::DeleteSubscript => {
                                            save!();
                                            attempt!(operands::delete_item(cx, fp, *i));
                                            next!(1)
                                        }
                                        Op::BuildSlice => {
                                            slow_result!(i, 1, builders::build_slice(cx, fp, *i), Builds)
                                        }

                                        Op::BuildTuple => {
                                            slow_result!(i, 1, builders::build_tuple(cx, fp, *i), Builds)
                                        }
                                        Op::BuildList => {
                                            slow_result!(i, 1, builders::build_list(cx, fp, *i), Builds)
                                        }
                                        Op::BuildSet => {
                                            slow_result!(i, 1, builders::build_set(cx, fp, *i), Builds)
                                        }
                                        Op::BuildMap => {
                                            slow_result!(i, 1, builders::build_map(cx, fp, *i), Builds)
                                        }
                                        Op::BuildString => {
                                            slow_result!(i, 1, builders::build_string(cx, fp, *i), Builds)
                                        }
                                        Op::FormatValue => {
                                            slow_result!(i, 1, builders::format_value(cx, fp, *i), Builds)
                                        }
                                        Op::ListAppend => {
                                            save!();
                                            attempt!(builders::list_append(cx, fp, *i));
                                            next!(1, Builds)
                                        }
                                        Op::SetAdd => {
                                            save!();
                                            attempt!(builders::set_add(cx, fp, *i));
                                            next!(1)
                                        }
                                        Op::MapAdd => {
                                            save!();
                                            attempt!(builders::map_add(cx, fp, *i));
                                            next!(1)
                                        }
                                        Op::ListExtend => {
                                            save!();
                                            attempt!(builders::list_extend(cx, fp, *i));
                                            next!(1)
                                        }
                                        Op::SetUpdate => {
                                            save!();
                                            attempt!(builders::set_update(cx, fp, *i));
                                            next!(1)
                                        }
                                        Op::DictUpdate => {
                                            save!();
                                            attempt!(builders::dict_update(cx, fp, *i));
                                            next!(1)
                                        }
                                        Op::DictMerge => {
                                            save!();
                                            attempt!(builders::dict_merge(cx, fp, *i));
                                            next!(1)
                                        }
                                        Op::ListToTuple => {
                                            slow_result!(i, 1, builders::list_to_tuple(cx, fp, *i))
                                        }
                                        Op::UnpackSequence => {
                                            let source = r!((*i).b);
                                            if is_exactly(source, head!(tuple))
                                                && (*source.cast::<Tuple>()).len() == (*i).c as usize
                                            {
                                                if (*i).c == 2 {
                                                    unpack_pair!(source)
                                                }
                                                cold_path();
                                                let is_temporary = (*i).kinds & Kinds::B_LOCAL == 0;
                                                if is_temporary {
                                                    r!((*i).b) = std::ptr::null_mut();
                                                }
                                                builders::write_items(fp, *i, source);
                                                if is_temporary {
                                                    drop_one!(source);
                                                }
                                                next!(1, Builds)
                                            }
                                            cold_path();
                                            save!();
                                            attempt!(builders::unpack_sequence(cx, fp, *i));
                                            next!(1, Builds)
                                        }
                                        Op::UnpackExtended => {
                                            save!();
                                            attempt!(builders::unpack_extended(
                                                cx,
                                                fp,
                                                *i,
                                                (*ip.add(1)).word()
                                            ));
                                            next!(2)
                                        }

                                        Op::Call => {
                                            let base = fp.add((*i).b as usize);
                                            let callee = *base;
                                            let kind = (*callee).kind_pointer();
                                            if kind == head!(function) {
                                                enter_function!(base, callee, (*i).c)
                                            } else if kind == head!(builtin_function) {
                                                let function = &*callee.cast::<BuiltinFunction>();
                                                if let NativeCode::One(code) = function.method.get().code
                                                    && (*i).c == 1
                                                {
                                                    call_one!(code, function.self_or(&cx.none), base, 1)
                                                }
                                                native_result!(call_builtin(cx, base, (*i).c as usize))
                                            }
                                            enter_started!(i, 2, start_call(cx, base, (*i).c as usize, None))
                                        }
                                        Op::CallMethod => {
                                            let base = fp.add((*i).b as usize);
                                            let callee = *base;
                                            if callee.is_null() {
                                                let base = base.add(1);
                                                if (**base).kind_pointer() == head!(builtin_function) {
                                                    native_result!(call_builtin(cx, base, (*i).c as usize))
                                                }
                                                enter_started!(
                                                    i,
                                                    2,
                                                    start_call(cx, base, (*i).c as usize, None)
                                                )
                                            }
                                            let kind = (*callee).kind_pointer();
                                            if kind == head!(function) {
                                                enter_function!(base, callee, (*i).c + 1)
                                            } else if kind == head!(method_descriptor) {
                                                let descriptor = &*callee.cast::<MethodDescriptor>();
                                                let this = &**base.add(1);
                                                if let NativeCode::One(code) = descriptor.method.get().code
                                                    && (*i).c == 1
                                                    && descriptor.is_of_exactly(this)
                                                {
                                                    call_one!(code, this, base, 2)
                                                }
                                                native_result!(call_descriptor(cx, base, (*i).c as usize + 1))
                                            }
                                            enter_started!(
                                                i,
                                                2,
                                                start_call(cx, base, (*i).c as usize + 1, None)
                                            )
                                        }
                                        Op::CallKeywords | Op::CallMethodKeywords => {
                                            let mut base = fp.add((*i).b as usize);
                                            let mut count = (*i).c as usize;
                                            if (*i).op == Op::CallMethodKeywords as u8 {
                                                if (*base).is_null() {
                                                    base = base.add(1);
                                                } else {
                                                    count += 1;
                                                }
                                            }
                                            let names = *(*record!())
                                                .constants
                                                .add((*ip.add(1)).word() as u32 as usize);
                                            enter_started!(
                                                i,
                                                2,
                                                start_call(cx, base, count, Some(&*names.cast::<Tuple>()))
                                            )
                                        }
                                        Op::CallSpread => {
                                            let base = fp.add((*i).b as usize);
                                            enter_started!(
                                                i,
                                                1,
                                                super::calls::spread::start_spread_call(
                                                    cx,
                                                    base,
                                                    (*i).c != 0
                                                )
                                            )
                                        }
                                        Op::MakeFunction => {
                                            slow_result!(
                                                i,
                                                2,
                                                start::make_function(cx, record!(), ip),
                                                Builds
                                            )
                                        }
                                        Op::BuildClass | Op::BuildClassSpread => {
                                            save!();
                                            let words = if (*i).op == Op::BuildClass as u8 { 2 } else { 1 };
                                            let value: ObjectRef =
                                                attempt!(super::class_body::build_class(cx, record!(), ip));
                                            put!(i, value.into_raw().as_ptr());
                                            ip = ip.add(words);
                                            break 'next Way::Others;
                                        }
                                        Op::Return | Op::ReturnConstant => {
                                            let value = if (*i).op == Op::ReturnConstant as u8 {
                                                take_reference(
                                                    *(*record!()).constants.add((*i).wide_constant()),
                                                )
                                            } else {
                                                let value = r!((*i).b);
                                                if std::ptr::eq(value, cx.unbound.as_pointer().as_ptr()) {
                                                    cold_path();
                                                    save!();
                                                    names::unbound_local(cx, (*i).b);
                                                    break 'instruction;
                                                }
                                                // Locals that die meanwhile may look at its count.
                                                held(value, (*i).kinds, Kinds::B_LOCAL)
                                            };
                                            return_value!(value)
                                        }

                                        Op::Yield => {
                                            let value = r!((*i).b);
                                            if (*i).kinds & Kinds::B_LOCAL != 0 {
                                                if std::ptr::eq(value, cx.unbound.as_pointer().as_ptr()) {
                                                    cold_path();
                                                    save!();
                                                    names::unbound_local(cx, (*i).b);
                                                    break 'instruction;
                                                }
                                                take_reference(value);
                                            }
                                            save!();
                                            let is_entry = (*record!()).is_entry;
                                            generator::suspend(cx, record!());
                                            if is_entry {
                                                return Ok(ObjectRef::from_owned(NonNull::new_unchecked(
                                                    value,
                                                )));
                                            }
                                            load_state!();
                                            if (*ip).op == Op::Send as u8 {
                                                // What was sent has been kept until now.
                                                let sent = std::mem::replace(&mut r!((*ip).a), value);
                                                drop_one!(sent);
                                                next!(2, Others)
                                            }
                                            deliver!(value)
                                        }
                                        Op::Intrinsic => {
                                            slow_result!(
                                                i,
                                                1,
                                                operands::unary(cx, fp, *i, intrinsics::function((*i).c))
                                            )
                                        }
                                        Op::Send => {
                                            save!();
                                            match generator::send_in_loop(cx, fp, *i) {
                                                Ok(Resumed::Frame) => {
                                                    load_state!();
                                                    break 'next Way::Others;
                                                }
                                                Ok(Resumed::Yielded(value)) => {
                                                    r!((*i).a) = value.into_raw().as_ptr();
                                                    next!(2)
                                                }
                                                Ok(Resumed::Finished(value)) => {
                                                    let iterator = r!((*i).b);
                                                    r!((*i).b) = value.into_raw().as_ptr();
                                                    let target = (*ip.add(1)).word() as u32 as i32 as isize;
                                                    drop_one!(iterator);
                                                    ip = ip.offset(target);
                                                    break 'next Way::Others;
                                                }
                                                Err(Raised) => {
                                                    cold_path();
                                                    break 'instruction;
                                                }
                                            }
                                        }

                                        Op::Raise => {
                                            save!();
                                            let again = (*i).a == 0 && unwind::handles_one(cx);
                                            unwind::raise_statement(cx, fp, *i);
                                            if !again {
                                                break 'instruction;
                                            }
                                            // A bare `raise` adds no second entry for this frame.
                                            if unwind(cx, false) {
                                                load_state!();
                                                break 'next Way::Others;
                                            }
                                            return Err(Raised);
                                        }
                                        Op::Trap => {
                                            save!();
                                            attempt!(super::trace::trap(cx, record!()));
                                            load_state!();
                                            break 'next Way::Others;
                                        }
                                        Op::EnterHandler => {
                                            let exception = ObjectRef::from_owned(NonNull::new_unchecked(
                                                take_reference(r!((*i).a)),
                                            ));
                                            let previous = cx.thread.replace_handled(Some(exception));
                                            r!((*i).a + 1) = unwind::option_to_register(cx, previous);
                                            next!(1)
                                        }
                                        Op::LeaveHandler => {
                                            save!();
                                            unwind::leave_handler(cx, fp, (*i).a);
                                            next!(1)
                                        }
                                        Op::Reraise => {
                                            save!();
                                            unwind::reraise(cx, fp, (*i).a);
                                            if unwind(cx, false) {
                                                load_state!();
                                                break 'next Way::Others;
                                            }
                                            return Err(Raised);
                                        }
                                        Op::ReraiseFromHandler => {
                                            save!();
                                            unwind::reraise_from_handler(cx, fp, (*i).a);
                                            if unwind(cx, false) {
                                                load_state!();
                                                break 'next Way::Others;
                                            }
                                            return Err(Raised);
                                        }
                                        Op::EnterWith => {
                                            save!();
                                            attempt!(matching::enter_with(cx, fp, *i));
                                            next!(1)
                                        }
                                        Op::ExitWith => {
                                            save!();
                                            attempt!(matching::exit_with(cx, fp, *i));
                                            next!(1)
                                        }
                                        Op::ExitWithException => {
                                            slow_result!(i, 1, matching::exit_with_exception(cx, fp, *i))
                                        }
                                        Op::LoadAssertionError => {
                                            put!(
                                                i,
                                                take_reference(
                                                    cx.types
                                                        .assertion_error
                                                        .as_object()
                                                        .as_pointer()
                                                        .as_ptr()
                                                )
                                            );
                                            next!(1)
                                        }

                                        Op::ImportName => {
                                            slow_result!(i, 2, names::import_name(cx, record!(), ip))
                                        }
                                        Op::ImportFrom => {
                                            slow_result!(i, 2, names::import_from(cx, record!(), ip))
                                        }
                                        Op::ImportStar => {
                                            save!();
                                            attempt!(names::import_star(cx, record!(), ip));
                                            next!(1)
                                        }

                                        Op::MatchLength => {
                                            slow_result!(i, 1, matching::match_length(cx, fp, *i))
                                        }
                                        Op::MatchSequence => {
                                            slow_result!(i, 1, matching::match_sequence(cx, fp, *i))
                                        }
                                        Op::MatchMapping => {
                                            slow_result!(i, 1, matching::match_mapping(cx, fp, *i))
                                        }
                                        Op::MatchKeys => slow_result!(i, 1, matching::match_keys(cx, fp, *i)),
                                        Op::MatchClass => {
                                            slow_result!(
                                                i,
                                                2,
                                                matching::match_class(cx, fp, *i, (*ip.add(1)).word())
                                            )
                                        }

                                        Op::SetupAnnotations => {
                                            save!();
                                            attempt!(names::setup_annotations(cx, record!()));
                                            next!(1)
                                        }
                                        Op::PrintExpression => {
                                            save!();
                                            attempt!(names::print_expression(cx, fp, *i));
                                            next!(1)
                                        }
                                    }
                                };
                                // The truth of a comparison.
                                let kinds = (*i).kinds;
                                drop_temporaries!(i);
                                if kinds & Kinds::FUSED != 0 {
                                    ip = fused_target(ip, truth);
                                    jump_of_its_own!()
                                }
                                cold_path();
                                let value = if truth { &cx.true_ } else { &cx.false_ };
                                put!(i, take_reference(value.as_pointer().as_ptr()));
                                next!(1)
                            };
                            finish_int!(i, integer, Numbers)
                        };
                        finish_float!(i, number, Floats)
                    };
                    // An owned object.
                    drop_temporaries!(i);
                    put_number!(i, object);
                    next_at_once!(1)
                };
                match way {
                    Way::Moves => keep_apart!(0),
                    Way::Attributes => keep_apart!(1),
                    Way::Stores => keep_apart!(2),
                    Way::Entries => keep_apart!(3),
                    Way::Results => keep_apart!(4),
                    Way::Returns => keep_apart!(5),
                    Way::Builds => keep_apart!(6),
                    Way::Sums => keep_apart!(7),
                    Way::ConstantSums => keep_apart!(8),
                    Way::Differences => keep_apart!(9),
                    Way::Products => keep_apart!(10),
                    Way::Numbers => keep_apart!(11),
                    Way::Floats => keep_apart!(12),
                    Way::Others => keep_apart!(13),
                }
                // Those that have no jump of their own meet here.
                keep_apart!(line!());
            }
            (*record!()).ip = ip;
            if !unwind(cx, true) {
                return Err(Raised);
            }
            load_state!();
        }
    }
}

/// Reading the wide operand as a constant index.
trait WideConstant {
    fn wide_constant(self) -> usize;
}

impl WideConstant for Instruction {
    #[inline(always)]
    fn wide_constant(self) -> usize {
        self.wide() as usize
    }
}
