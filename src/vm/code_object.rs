//! Code objects: a code unit linked to objects, with instructions that rewrite themselves.
//!
//! Jump targets are made relative to their instruction when a unit is linked, so that the loop needs no base address.

use std::cell::{Cell, RefCell, UnsafeCell};
use std::ptr::NonNull;
use std::rc::Rc;

use crate::bytecode::{
    CodeFlags, CodeUnit, Constant, Instruction, Kinds, Layout as OperandLayout, Location, Op,
};
use crate::object::{Lifecycle, Object, ObjectRef, Prefix, Ref, Visitor, WeakSupport, dealloc_plain, layout};
use crate::runtime::{Field, Interpreter, Outcome, current};
use crate::values::text::Text;

/// Registers that a window keeps free behind its temporaries: room to put `self` and an instance under arguments.
pub const WINDOW_SLACK: usize = 4;

/// The layout of `code`.
#[repr(C)]
pub struct CodeObject {
    /// The header.
    pub object: Object,
    /// First word of the linked instructions.
    pub instructions: *const Instruction,
    /// First constant.
    pub constants: *const Register,
    /// Registers of a window: locals, temporaries and slack.
    pub window_size: usize,
    /// Locals and cells.
    pub local_count: u16,
    /// Positional parameters.
    pub argument_count: u16,
    /// A call with exactly `argument_count` positional arguments needs no further binding.
    pub is_simple: bool,
    /// Nothing but positional parameters, so that defaults alone can be missing.
    pub is_positional: bool,
    /// A call makes a generator, a coroutine or an asynchronous generator.
    pub is_generator: bool,
    /// There are exception handlers: while one is at work, an exception is being handled.
    pub handles: bool,
    /// Weak references to the code object.
    pub weak_list: Cell<*const Object>,
    /// All the rest.
    pub unit: Box<LinkedUnit>,
}
layout!(CodeObject, object, Object);

use crate::runtime::stack::Register;

/// The owned parts of a code object.
pub struct LinkedUnit {
    /// The unit as the compiler made it; its constants and instructions are replaced by the linked ones.
    pub source: Rc<CodeUnit>,
    words: Box<[UnsafeCell<Instruction>]>,
    /// While the program is traced: the operation that each word has where a `Trap` stands in its place.
    hidden: RefCell<Vec<u8>>,
    /// Linked constants.
    pub constants: Vec<ObjectRef>,
    /// Interned names.
    pub names: Vec<Ref<Text>>,
    /// Names of the local registers in order: variables, further cells, free cells.
    pub local_names: Vec<Ref<Text>>,
    /// `co_name`
    pub name: Ref<Text>,
    /// `co_qualname`
    pub qualified_name: Ref<Text>,
    /// `co_filename`
    pub file_name: Ref<Text>,
    /// The register of each local that is a cell, of its own or free.
    pub cell_registers: Vec<u16>,
    /// CPython has native code in its place: no traceback and no trace function sees it run.
    pub is_unseen: bool,
    /// `co_consts`-like view, made when asked for.
    pub constants_tuple: Field<Option<ObjectRef>>,
}

impl CodeObject {
    /// The index of a word.
    pub fn index_of(&self, ip: *const Instruction) -> usize {
        (ip as usize - self.instructions as usize) / size_of::<Instruction>()
    }

    /// Where a word comes from.
    pub fn location(&self, ip: *const Instruction) -> Location {
        self.unit.source.locations.get(self.index_of(ip)).copied().unwrap_or_default()
    }

    /// The owned temporaries before a word.
    pub fn depth(&self, ip: *const Instruction) -> usize {
        self.unit.source.depths.get(self.index_of(ip)).map_or(0, |depth| usize::from(*depth))
    }

    /// The operation of a word, whatever stands in its place while the program is traced.
    pub fn operation(&self, ip: *const Instruction) -> Op {
        self.operation_at(self.index_of(ip))
    }

    /// The same by the index of the word.
    pub fn operation_at(&self, index: usize) -> Op {
        let Some(word) = self.unit.words.get(index) else { return Op::Nop };
        // SAFETY: the loop rewrites words only between instructions; nobody holds a reference into them.
        let op = Op::ALL[usize::from(unsafe { (*word.get()).op })];
        if op != Op::Trap {
            return op;
        }
        let hidden = self.unit.hidden.borrow();
        hidden.get(index).map_or(Op::Nop, |op| Op::ALL[usize::from(*op)])
    }

    /// The words as they stand now, rewritten by what has run.
    pub fn current_words(&self) -> Vec<Instruction> {
        // SAFETY: the loop rewrites words only between instructions; nobody holds a reference into them.
        self.unit.words.iter().map(|word| unsafe { *word.get() }).collect()
    }

    /// Puts a `Trap` in the place of an instruction.
    pub fn arm(&self, index: usize) {
        let mut hidden = self.unit.hidden.borrow_mut();
        let (Some(place), Some(word)) = (hidden.get_mut(index), self.unit.words.get(index)) else { return };
        // SAFETY: the loop reads words only between instructions; nobody holds a reference into them.
        let op = unsafe { &mut (*word.get()).op };
        if *op != Op::Trap as u8 {
            *place = *op;
            *op = Op::Trap as u8;
        }
    }

    /// Puts an instruction back in its place.
    pub fn disarm(&self, index: usize) {
        let hidden = self.unit.hidden.borrow();
        let (Some(op), Some(word)) = (hidden.get(index), self.unit.words.get(index)) else { return };
        // SAFETY: as for `arm`.
        let word = unsafe { &mut *word.get() };
        if word.op == Op::Trap as u8 {
            word.op = *op;
        }
    }

    /// Arms every instruction. The second of a fused pair stays as it is: the first looks at it.
    pub fn arm_all(&self) {
        let source = &self.unit.source.instructions;
        self.unit.hidden.borrow_mut().resize(source.len(), Op::Nop as u8);
        let (mut at, mut is_second) = (0, false);
        while at < source.len() {
            if !is_second {
                self.arm(at);
            }
            is_second = source[at].kinds & Kinds::FUSED != 0;
            at += 1 + Op::ALL[usize::from(source[at].op)].inline_words();
        }
    }

    /// Takes all traps out.
    pub fn disarm_all(&self) {
        let source = &self.unit.source.instructions;
        let mut at = 0;
        while at < source.len() {
            self.disarm(at);
            at += 1 + Op::ALL[usize::from(source[at].op)].inline_words();
        }
    }

    /// Whether a flag of [`CodeFlags`] is set.
    pub fn has(&self, flag: u32) -> bool {
        self.unit.source.flags & flag != 0
    }

    /// The name of a register.
    pub fn local_name(&self, register: u16) -> Option<&Ref<Text>> {
        self.unit.local_names.get(usize::from(register))
    }
}

/// Shows constants and names. The collector never asks, as code is not tracked; whoever checks the counts does.
///
/// # Safety
/// The object is a code object.
unsafe fn visit(object: NonNull<Object>, visitor: &mut Visitor<'_>) {
    // SAFETY: as promised.
    let unit = unsafe { &object.as_ref().cast::<CodeObject>().unit };
    unit.constants.iter().for_each(|constant| visitor(constant.as_pointer()));
    unit.names
        .iter()
        .chain(&unit.local_names)
        .chain([&unit.name, &unit.qualified_name, &unit.file_name])
        .for_each(|name| visitor(name.as_object().as_pointer()));
    unit.constants_tuple.visit(visitor);
}

/// How code objects live and die.
pub fn lifecycle() -> Lifecycle {
    Lifecycle {
        drop_contents: Cell::new(|object| {
            current().thread.observers.codes.borrow_mut().remove(&(object.as_ptr() as usize));
            // SAFETY: the object is a code object that dies; its box is dropped once.
            unsafe { std::ptr::drop_in_place(&raw mut (*object.cast::<CodeObject>().as_ptr()).unit) }
        }),
        visit: Cell::new(visit),
        weak: Cell::new(WeakSupport::Field(std::mem::offset_of!(CodeObject, weak_list) as u32)),
        ..Lifecycle::bare(dealloc_plain, size, Prefix::None)
    }
}

unsafe fn size(object: NonNull<Object>) -> usize {
    // SAFETY: the object is a code object.
    let code = unsafe { object.as_ref().cast::<CodeObject>() };
    size_of::<CodeObject>() + code.unit.words.len() * size_of::<Instruction>()
}

/// Links a code unit: constants become objects, names are interned, jumps relative.
pub fn link(cx: &Interpreter, unit: &Rc<CodeUnit>) -> Outcome<Ref<CodeObject>> {
    let constants =
        unit.constants.iter().map(|constant| link_constant(cx, constant)).collect::<Outcome<Vec<_>>>()?;
    link_with_constants(cx, unit, constants)
}

/// Links a code unit whose constants are objects already.
pub fn link_with_constants(
    cx: &Interpreter,
    unit: &Rc<CodeUnit>,
    constants: Vec<ObjectRef>,
) -> Outcome<Ref<CodeObject>> {
    let intern = |names: &[Rc<str>]| names.iter().map(|name| cx.intern(name)).collect::<Outcome<Vec<_>>>();
    let words: Box<[_]> = relative_jumps(unit).into_iter().map(UnsafeCell::new).collect();
    let mut local_names = intern(&unit.variable_names)?;
    let own_cells: Vec<_> = own_cells(unit).collect();
    for (name, _) in &own_cells {
        local_names.push(cx.intern(name)?);
    }
    local_names.extend(intern(&unit.free_names)?);
    let first_free = unit.local_count - unit.free_names.len() as u16;
    let cell_registers = unit.cell_registers.iter().copied().chain(first_free..unit.local_count).collect();
    let linked = Box::new(LinkedUnit {
        words,
        hidden: RefCell::default(),
        constants,
        names: intern(&unit.names)?,
        local_names,
        name: cx.intern(&unit.name)?,
        qualified_name: cx.intern(&unit.qualified_name)?,
        file_name: cx.intern_path(&unit.file_name)?,
        cell_registers,
        is_unseen: super::stand_ins::is_native_there(unit),
        constants_tuple: Field::new(None),
        source: Rc::clone(unit),
    });
    let made = new_code_object(cx, unit, linked)?;
    if made.unit.is_unseen {
        return Ok(made);
    }
    cx.thread.observers.codes.borrow_mut().insert(made.as_object().address());
    if cx.thread.observers.active.get() {
        made.arm_all();
    }
    Ok(made)
}

/// Cells that have a register of their own behind the variables.
fn own_cells(unit: &CodeUnit) -> impl Iterator<Item = (&Rc<str>, u16)> {
    let variables = unit.variable_names.len();
    unit.cell_names
        .iter()
        .zip(unit.cell_registers.iter().copied())
        .filter(move |(_, at)| usize::from(*at) >= variables)
}

fn new_code_object(cx: &Interpreter, unit: &CodeUnit, linked: Box<LinkedUnit>) -> Outcome<Ref<CodeObject>> {
    let gathers = CodeFlags::VARARGS | CodeFlags::VARKEYWORDS;
    let is_positional = unit.flags & gathers == 0 && unit.keyword_only_count == 0;
    let is_generator = unit.flags & CodeFlags::SUSPENDS != 0;
    cx.birth_with(&cx.types.code, |object| CodeObject {
        object,
        instructions: linked.words.as_ptr().cast(),
        constants: linked.constants.as_ptr().cast(),
        window_size: usize::from(unit.local_count) + usize::from(unit.temporary_count) + WINDOW_SLACK,
        local_count: unit.local_count,
        argument_count: unit.argument_count as u16,
        is_simple: is_positional && !is_generator,
        is_positional,
        is_generator,
        handles: !unit.handlers.is_empty(),
        weak_list: Cell::new(std::ptr::null()),
        unit: linked,
    })
}

/// The words with every jump target counted from its own instruction.
fn relative_jumps(unit: &CodeUnit) -> Vec<Instruction> {
    let mut words = unit.instructions.clone();
    let mut at = 0;
    while at < words.len() {
        let op = Op::ALL[usize::from(words[at].op)];
        match op {
            Op::ForIterate | Op::Send => {
                let target = words[at + 1].word() as u32;
                words[at + 1] = Instruction::inline(target.wrapping_sub(at as u32), 0);
            }
            _ if matches!(op.layout(), OperandLayout::Jump | OperandLayout::Aj) => {
                let offset = words[at].wide().wrapping_sub(at as u32);
                (words[at].b, words[at].c) = (offset as u16, (offset >> 16) as u16);
            }
            _ => {}
        }
        at += 1 + op.inline_words();
    }
    words
}

/// Makes the object of a constant. Texts that look like identifiers are interned, as in CPython.
fn link_constant(cx: &Interpreter, constant: &Constant) -> Outcome {
    let items =
        |items: &[Constant]| items.iter().map(|item| link_constant(cx, item)).collect::<Outcome<Vec<_>>>();
    match constant {
        Constant::None => Ok(cx.none()),
        Constant::True => Ok(cx.true_.clone()),
        Constant::False => Ok(cx.false_.clone()),
        Constant::Ellipsis => Ok(cx.ellipsis.clone()),
        Constant::Small(value) => cx.new_int(*value),
        Constant::Big(value) => {
            let digits = crate::values::digits::from_biguint(value.magnitude())?;
            cx.new_int_from_digits(value.sign() == num_bigint::Sign::Minus, &digits)
        }
        Constant::Float(value) => cx.new_float(*value),
        Constant::Imaginary(value) => {
            Ok(crate::values::complex::Complex::new(&cx.types.complex, 0.0, *value)?.into_object())
        }
        Constant::Text(text) if is_identifier_like(text) => Ok(cx.intern(text)?.into_object()),
        Constant::Text(text) => cx.new_text(text),
        Constant::WideText(points) => cx.new_text_from_code_points(points),
        Constant::Bytes(bytes) => crate::types::coding::new_bytes(cx, bytes),
        Constant::Tuple(parts) => cx.new_tuple_from(items(parts)?),
        Constant::FrozenSet(parts) => {
            let set = crate::values::set::Set::new(&cx.types.frozenset)?;
            for item in items(parts)? {
                cx.set_add(&set, item)?;
            }
            Ok(set.into_object())
        }
        Constant::Code(unit) => Ok(link(cx, unit)?.into_object()),
    }
}

fn is_identifier_like(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
