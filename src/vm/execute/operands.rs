//! Operands of slow paths, and the slow paths of operators.

use std::hint::cold_path;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use super::{names, sequences};
use crate::bytecode::{Instruction, Kinds, Op};
use crate::object::{Object, ObjectRef, TypeHead};
use crate::runtime::stack::Register;
use crate::runtime::{Comparison, Interpreter, Operator, Outcome, Raised, Typed};
use crate::values::text::Text;
use crate::vm::calls::Started;
use crate::vm::calls::operator::start_operator;

/// An operand of a slow path. A local is counted while the path runs, since Python code may rebind it; a temporary
/// stays owned by its register until the path has succeeded.
pub struct Operand {
    object: ManuallyDrop<ObjectRef>,
    slot: *mut Register,
    is_local: bool,
}

impl Operand {
    /// The operand in a register.
    ///
    /// # Errors
    /// UnboundLocalError for a local that is not bound.
    ///
    /// # Safety
    /// The register lies in the window at `fp`, and is a local or owned.
    #[inline]
    pub unsafe fn new(cx: &Interpreter, fp: *mut Register, register: u16, is_local: bool) -> Outcome<Self> {
        // SAFETY: as promised.
        unsafe {
            let slot = fp.add(register as usize);
            if is_local {
                if std::ptr::eq(*slot, cx.unbound.as_pointer().as_ptr()) {
                    cold_path();
                    return Err(names::unbound_local(cx, register));
                }
                (**slot).set_count((**slot).count() + 1);
            }
            let object = ManuallyDrop::new(ObjectRef::from_owned(NonNull::new_unchecked(*slot)));
            Ok(Self { object, slot, is_local })
        }
    }

    /// Ends the slow path: the reference is dropped, a temporary's register is dead.
    #[inline]
    pub fn consume(mut self) {
        // SAFETY: the reference is dropped exactly once: `self` is forgotten.
        unsafe {
            if !self.is_local {
                *self.slot = std::ptr::null_mut();
            }
            ManuallyDrop::drop(&mut self.object);
        }
        std::mem::forget(self);
    }

    /// Drops the reference before the slow path ends and puts another in the place of a temporary; for a local the
    /// other comes back.
    pub fn replace(self, other: ObjectRef) -> Option<ObjectRef> {
        if self.is_local {
            return Some(other);
        }
        // SAFETY: the register owns the reference that is dropped, and from then on the other one.
        unsafe {
            let old = std::mem::replace(&mut *self.slot, other.into_raw().as_ptr());
            std::mem::forget(self);
            drop_register(old);
        }
        None
    }

    /// Ends the slow path and keeps the reference: a temporary is moved out.
    #[inline]
    pub fn take(self) -> ObjectRef {
        // SAFETY: as for `consume`, but the reference goes to the caller.
        unsafe {
            if !self.is_local {
                *self.slot = std::ptr::null_mut();
            }
            let object = std::ptr::read(&*self.object);
            std::mem::forget(self);
            object
        }
    }
}

impl Drop for Operand {
    fn drop(&mut self) {
        if self.is_local {
            // SAFETY: the slow path failed: only the reference it took itself is dropped.
            unsafe { ManuallyDrop::drop(&mut self.object) }
        }
    }
}

impl std::ops::Deref for Operand {
    type Target = Object;
    fn deref(&self) -> &Object {
        &self.object
    }
}

/// Operand b.
///
/// # Safety
/// As for [`Operand::new`].
pub unsafe fn operand_b(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<Operand> {
    // SAFETY: as promised.
    unsafe { Operand::new(cx, fp, i.b, i.kinds & Kinds::B_LOCAL != 0) }
}

/// Operand c.
///
/// # Safety
/// As for [`Operand::new`].
pub unsafe fn operand_c(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<Operand> {
    // SAFETY: as promised.
    unsafe { Operand::new(cx, fp, i.c, i.kinds & Kinds::C_LOCAL != 0) }
}

/// Operand a, where it is none to write.
///
/// # Safety
/// As for [`Operand::new`].
pub unsafe fn operand_a(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<Operand> {
    // SAFETY: as promised.
    unsafe { Operand::new(cx, fp, i.a, i.kinds & Kinds::A_LOCAL != 0) }
}

/// A temporary that an instruction reads and keeps.
///
/// # Safety
/// The temporary is owned and stays while the view lives.
#[inline]
pub unsafe fn kept<'a>(fp: *mut Register, register: u16) -> &'a Object {
    // SAFETY: as promised.
    unsafe { &**fp.add(register as usize) }
}

/// Whether two objects are exactly of a type, with one branch for both.
///
/// # Safety
/// The registers hold objects.
#[inline(always)]
pub unsafe fn are_exactly(left: Register, right: Register, kind: NonNull<TypeHead>) -> bool {
    // SAFETY: as promised.
    unsafe { ((*left).kind_pointer() == kind) & ((*right).kind_pointer() == kind) }
}

/// Whether an object is exactly of a type.
///
/// # Safety
/// The register holds an object.
#[inline(always)]
pub unsafe fn is_exactly(object: Register, kind: NonNull<TypeHead>) -> bool {
    // SAFETY: as promised.
    unsafe { (*object).kind_pointer() == kind }
}

/// Counts a new reference.
///
/// # Safety
/// The register holds an object.
#[inline(always)]
pub unsafe fn take_reference(object: Register) -> Register {
    // SAFETY: as promised.
    unsafe { (*object).set_count((*object).count() + 1) };
    object
}

/// An operand that is kept: a local stays as well, so its reference is a new one; that of a temporary is handed on.
/// Without a branch, as programs mix both.
///
/// # Safety
/// The register holds an object.
#[inline(always)]
pub unsafe fn held(object: Register, kinds: u8, local: u8) -> Register {
    // SAFETY: as promised.
    unsafe { (*object).set_count((*object).count() + usize::from(kinds & local != 0)) };
    object
}

/// Drops the reference in a register that may be dead.
///
/// # Safety
/// The register holds an owned reference or null.
#[inline(always)]
pub unsafe fn drop_register(object: Register) {
    if object.is_null() {
        return;
    }
    // SAFETY: as promised.
    unsafe {
        let count = (*object).count() - 1;
        (*object).set_count(count);
        if count == 0 {
            release(object);
        }
    }
}

/// Whether nobody can notice that a reference to the object is dropped.
///
/// # Safety
/// The register holds an object.
#[inline(always)]
pub unsafe fn drops_quietly(object: Register) -> bool {
    // SAFETY: as promised.
    unsafe { ((*object).count() > 1) | (*object).kind().lifecycle.is_leaf.get() }
}

/// Releases an object whose count has fallen to zero.
///
/// # Safety
/// The count is zero.
#[cold]
#[inline(never)]
pub unsafe fn release(object: Register) {
    // SAFETY: as promised; the register holds an object.
    unsafe { crate::object::release(NonNull::new_unchecked(object)) }
}

/// Drops what a call's window owns: its first `count` registers in order, then what stands below them.
///
/// # Safety
/// The registers hold owned references or null, and are dead afterwards.
#[inline(always)]
pub unsafe fn drop_window(window: *mut Register, count: usize) {
    // SAFETY: as promised; each register is dropped once.
    unsafe {
        drop_registers(window, count);
        drop_below(window, count);
    }
}

/// Drops the first `count` registers of a window in order. As long as nothing dies nobody can look; before something
/// does, all registers dropped so far are emptied.
///
/// # Safety
/// The registers hold owned references or null, and are dead afterwards.
#[inline(always)]
pub unsafe fn drop_registers(window: *mut Register, count: usize) {
    // SAFETY: as promised; each register is dropped once.
    unsafe {
        // Two at a time: half the jumps.
        let mut index = 0;
        while index + 1 < count {
            drop_in_window(window, index);
            drop_in_window(window, index + 1);
            index += 2;
        }
        if index < count {
            drop_in_window(window, index);
        }
    }
}

/// Drops one register of a window whose registers before it are dropped.
///
/// # Safety
/// As for [`drop_registers`].
#[inline(always)]
unsafe fn drop_in_window(window: *mut Register, index: usize) {
    // SAFETY: as promised.
    unsafe {
        let held = *window.add(index);
        if held.is_null() {
            cold_path();
            return;
        }
        let left = (*held).count() - 1;
        (*held).set_count(left);
        if left == 0 {
            cold_path();
            empty_and_release(window, index + 1, held);
        }
    }
}

/// Drops what stands below a window whose `count` registers are dropped. Below that of a module's frame is nothing.
///
/// # Safety
/// The register holds an owned reference or null, and is dead afterwards.
#[inline(always)]
pub unsafe fn drop_below(window: *mut Register, count: usize) {
    // SAFETY: as promised.
    unsafe {
        let below = *window.sub(1);
        if below.is_null() {
            return;
        }
        let left = (*below).count() - 1;
        (*below).set_count(left);
        if left == 0 {
            empty_and_release(window.sub(1), count + 1, below);
        }
    }
}

/// Releases an object of a window whose registers up to its own have been dropped.
#[cold]
#[inline(never)]
unsafe fn empty_and_release(window: *mut Register, dropped: usize, object: Register) {
    // SAFETY: the registers lie in the window; the object's count is zero.
    unsafe {
        // The end of a number runs nothing that could look.
        if !(*object).kind().lifecycle.is_leaf.get() {
            // Most windows are short, and a call would cost more.
            match dropped {
                0 => {}
                1 => window.write(std::ptr::null_mut()),
                2 => window.cast::<[Register; 2]>().write([std::ptr::null_mut(); 2]),
                3 => window.cast::<[Register; 3]>().write([std::ptr::null_mut(); 3]),
                _ => std::slice::from_raw_parts_mut(window, dropped).fill(std::ptr::null_mut()),
            }
        }
        release(object);
    }
}

/// Whether two exact texts are equal.
///
/// # Safety
/// Both registers hold texts.
#[inline]
pub unsafe fn texts_equal(left: Register, right: Register) -> bool {
    // SAFETY: as promised.
    std::ptr::eq(left, right) || unsafe { (*left.cast::<Text>()).equals(&*right.cast::<Text>()) }
}

fn apply(cx: &Interpreter, i: Instruction, operator: &Operator, left: &Object, right: &Object) -> Outcome {
    if i.kinds & Kinds::INPLACE != 0 {
        cx.inplace(operator, left, right)
    } else {
        cx.binary(operator, left, right)
    }
}

/// The short ways of `b op right`, where one of them goes.
#[inline(always)]
unsafe fn short_binary(
    cx: &Interpreter,
    fp: *mut Register,
    i: Instruction,
    right: Register,
) -> Option<Outcome> {
    // SAFETY: as the instruction says.
    unsafe {
        if let Some(result) = sequences::compute_words(cx, i.op, *fp.add(i.b as usize), right) {
            return Some(result);
        }
        if i.op != Op::Add as u8 && i.op != Op::AddConstant as u8 {
            return None;
        }
        if i.kinds & Kinds::INPLACE == 0
            && let Some(result) = sequences::join_lists(cx, *fp.add(i.b as usize), right)
        {
            return Some(result);
        }
        sequences::concatenate(cx, fp, i, right)
    }
}

/// `b op c`
///
/// # Safety
/// Operands as the instruction says.
#[inline(never)]
pub unsafe fn binary(
    cx: &Interpreter,
    fp: *mut Register,
    i: Instruction,
    operator: &Operator,
) -> Outcome<Started> {
    // SAFETY: as promised.
    unsafe {
        let right = *fp.add(i.c as usize);
        if let Some(result) = short_binary(cx, fp, i, right) {
            if result.is_ok() {
                sequences::consume(fp, i, false);
            }
            return result.map(Started::Value);
        }
        if let Some(started) = start_operator(cx, fp, i, right) {
            return started;
        }
        let left = operand_b(cx, fp, i)?;
        let right = operand_c(cx, fp, i)?;
        let result = apply(cx, i, operator, &left, &right)?;
        left.consume();
        right.consume();
        Ok(Started::Value(result))
    }
}

/// `b op constant`
///
/// # Safety
/// Operands as the instruction says.
#[inline(never)]
pub unsafe fn binary_constant(
    cx: &Interpreter,
    fp: *mut Register,
    i: Instruction,
    operator: &Operator,
    right: Register,
) -> Outcome<Started> {
    // SAFETY: as promised; constants live as long as the code.
    unsafe {
        if let Some(result) = short_binary(cx, fp, i, right) {
            let result = result?;
            sequences::consume(fp, i, true);
            return Ok(Started::Value(result));
        }
        if let Some(started) = start_operator(cx, fp, i, right) {
            return started;
        }
        let left = operand_b(cx, fp, i)?;
        let result = apply(cx, i, operator, &left, &*right)?;
        left.consume();
        Ok(Started::Value(result))
    }
}

fn apply_power(cx: &Interpreter, i: Instruction, left: &Object, right: &Object) -> Outcome {
    if i.kinds & Kinds::INPLACE != 0 {
        cx.inplace_power(left, right, &cx.none)
    } else {
        cx.power(left, right, &cx.none)
    }
}

/// `b ** c`
///
/// # Safety
/// Operands as the instruction says.
pub unsafe fn power(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: as promised.
    unsafe {
        let left = operand_b(cx, fp, i)?;
        let right = operand_c(cx, fp, i)?;
        let result = apply_power(cx, i, &left, &right)?;
        left.consume();
        right.consume();
        Ok(result)
    }
}

/// `b ** constant`
///
/// # Safety
/// Operands as the instruction says.
pub unsafe fn power_constant(
    cx: &Interpreter,
    fp: *mut Register,
    i: Instruction,
    right: Register,
) -> Outcome {
    // SAFETY: as promised.
    unsafe {
        let left = operand_b(cx, fp, i)?;
        let result = apply_power(cx, i, &left, &*right)?;
        left.consume();
        Ok(result)
    }
}

/// `function(b)`
///
/// # Safety
/// Operands as the instruction says.
#[inline(never)]
pub unsafe fn unary(
    cx: &Interpreter,
    fp: *mut Register,
    i: Instruction,
    function: fn(&Interpreter, &Object) -> Outcome,
) -> Outcome {
    // SAFETY: as promised.
    unsafe {
        let operand = operand_b(cx, fp, i)?;
        let result = function(cx, &operand)?;
        operand.consume();
        Ok(result)
    }
}

/// A comparison of b and c.
///
/// # Safety
/// Operands as the instruction says.
#[inline(never)]
pub unsafe fn compare(
    cx: &Interpreter,
    fp: *mut Register,
    i: Instruction,
    comparison: Comparison,
) -> Outcome<Started> {
    // SAFETY: as promised.
    unsafe {
        let (left, right) = (*fp.add(i.b as usize), *fp.add(i.c as usize));
        if let Some(truth) = sequences::compare(cx, left, right, comparison) {
            sequences::consume(fp, i, false);
            return Ok(Started::Value(cx.new_bool(truth)));
        }
        if let Some(started) = start_operator(cx, fp, i, right) {
            return started;
        }
        let left = operand_b(cx, fp, i)?;
        let right = operand_c(cx, fp, i)?;
        let result = cx.compare(&left, &right, comparison)?;
        left.consume();
        right.consume();
        Ok(Started::Value(result))
    }
}

/// A comparison of b with a constant.
///
/// # Safety
/// Operands as the instruction says.
#[inline(never)]
pub unsafe fn compare_constant(
    cx: &Interpreter,
    fp: *mut Register,
    i: Instruction,
    comparison: Comparison,
    right: Register,
) -> Outcome<Started> {
    // SAFETY: as promised.
    unsafe {
        if let Some(truth) = sequences::compare(cx, *fp.add(i.b as usize), right, comparison) {
            sequences::consume(fp, i, true);
            return Ok(Started::Value(cx.new_bool(truth)));
        }
        if let Some(started) = start_operator(cx, fp, i, right) {
            return started;
        }
        let left = operand_b(cx, fp, i)?;
        let result = cx.compare(&left, &*right, comparison)?;
        left.consume();
        Ok(Started::Value(result))
    }
}

/// `b in c`
///
/// # Safety
/// Operands as the instruction says.
#[inline(never)]
pub unsafe fn contains(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<bool> {
    // SAFETY: as promised.
    unsafe {
        let (item, container) = (*fp.add(i.b as usize), *fp.add(i.c as usize));
        if let Some(truth) = sequences::contains(cx, item, container) {
            sequences::consume(fp, i, false);
            return Ok(truth);
        }
        let item = operand_b(cx, fp, i)?;
        let container = operand_c(cx, fp, i)?;
        let truth = cx.contains(&container, &item)?;
        item.consume();
        container.consume();
        Ok(truth)
    }
}

/// The truth of a result that is owned.
pub fn truth(cx: &Interpreter, value: ObjectRef) -> Outcome<bool> {
    cx.is_true(&value)
}

/// The truth of register a, which stays as it is.
///
/// # Safety
/// Operands as the instruction says.
pub unsafe fn truth_borrowed(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<bool> {
    // SAFETY: as promised.
    let operand = unsafe { operand_a(cx, fp, i) }?;
    cx.is_true(&operand)
}

/// The truth of register b, which stays as it is.
///
/// # Safety
/// Operands as the instruction says.
pub unsafe fn truth_of_b(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<bool> {
    // SAFETY: as promised.
    let operand = unsafe { operand_b(cx, fp, i) }?;
    cx.is_true(&operand)
}

/// The next item of an iterator for which `iteration::next_item` has none, unless it has raised.
///
/// # Safety
/// The register holds an owned iterator.
#[inline(never)]
pub unsafe fn next(cx: &Interpreter, iterator: Register) -> Outcome<Option<ObjectRef>> {
    // SAFETY: the register keeps the iterator.
    unsafe {
        if cx.thread.raised.is_some() {
            return Err(Raised);
        }
        match cx.next_or_raise(&*iterator) {
            Err(raised) => end_of_iteration(cx, raised),
            item => item,
        }
    }
}

/// Takes the StopIteration that Python code has raised; those who trace see it.
#[cold]
unsafe fn end_of_iteration(cx: &Interpreter, raised: Raised) -> Outcome<Option<ObjectRef>> {
    let is_end = cx.thread.raised.get().is_some_and(|raised| raised.is_instance(&cx.types.stop_iteration));
    if is_end
        && cx.thread.observers.tells.get()
        && let Some(record) = cx.thread.stack.top()
    {
        // SAFETY: the innermost record, of the frame that iterates.
        unsafe { crate::vm::trace::raised(cx, record.as_ptr()) };
    }
    cx.take_if(&cx.types.stop_iteration).map(|_| None).ok_or(raised)
}

/// `b[c]`
///
/// # Safety
/// Operands as the instruction says.
#[inline(never)]
pub unsafe fn get_item(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<Started> {
    // SAFETY: as promised.
    unsafe {
        let key = *fp.add(i.c as usize);
        let found = sequences::character(cx, *fp.add(i.b as usize), key);
        if let Some(found) = NonNull::new(found) {
            sequences::consume(fp, i, false);
            return Ok(Started::Value(ObjectRef::from_owned(found)));
        }
        let found = sequences::byte(cx, *fp.add(i.b as usize), key);
        if let Some(found) = NonNull::new(found) {
            sequences::consume(fp, i, false);
            return Ok(Started::Value(ObjectRef::from_owned(found)));
        }
        if let Some(started) = start_operator(cx, fp, i, key) {
            return started;
        }
        let container = operand_b(cx, fp, i)?;
        let key = operand_c(cx, fp, i)?;
        let result = cx.get_item(&container, &key)?;
        container.consume();
        key.consume();
        Ok(Started::Value(result))
    }
}

/// `b[constant]`
///
/// # Safety
/// Operands as the instruction says.
#[inline(never)]
pub unsafe fn get_item_constant(
    cx: &Interpreter,
    fp: *mut Register,
    i: Instruction,
    key: Register,
) -> Outcome<Started> {
    // SAFETY: as promised.
    unsafe {
        let found = sequences::character(cx, *fp.add(i.b as usize), key);
        if let Some(found) = NonNull::new(found) {
            sequences::consume(fp, i, true);
            return Ok(Started::Value(ObjectRef::from_owned(found)));
        }
        if let Some(started) = start_operator(cx, fp, i, key) {
            return started;
        }
        let container = operand_b(cx, fp, i)?;
        let result = cx.get_item(&container, &*key)?;
        container.consume();
        Ok(Started::Value(result))
    }
}

/// `a[b] = c`
///
/// # Safety
/// Operands as the instruction says.
#[inline(never)]
pub unsafe fn set_item(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: as promised.
    unsafe {
        let (container, key) = (fp.add(i.a as usize), *fp.add(i.b as usize));
        if sequences::store_byte(cx, *container, key, *fp.add(i.c as usize)) {
            sequences::consume(fp, i, false);
            if i.kinds & Kinds::A_LOCAL == 0 {
                drop_register(std::mem::replace(&mut *container, std::ptr::null_mut()));
            }
            return Ok(());
        }
        let Ok(value) = operand_c(cx, fp, i) else {
            cold_path();
            return Err(Raised);
        };
        let Ok(container) = operand_a(cx, fp, i) else {
            cold_path();
            return Err(Raised);
        };
        let Ok(key) = operand_b(cx, fp, i) else {
            cold_path();
            return Err(Raised);
        };
        if cx.set_item(&container, &key, &value).is_err() {
            cold_path();
            return Err(Raised);
        }
        value.consume();
        container.consume();
        key.consume();
        Ok(())
    }
}

/// `del b[c]`
///
/// # Safety
/// Operands as the instruction says.
pub unsafe fn delete_item(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: as promised.
    unsafe {
        let container = operand_b(cx, fp, i)?;
        let key = operand_c(cx, fp, i)?;
        cx.delete_item(&container, &key)?;
        container.consume();
        key.consume();
        Ok(())
    }
}

/// Something that must not happen in linked code.
#[cold]
pub fn fault(cx: &Interpreter, what: &str) -> Raised {
    cx.system_error(what)
}
