//! Names: locals that are not bound, cells, globals with their caches, imports.

use std::hint::cold_path;

use super::operands::{operand_b, take_reference};
use crate::bytecode::Instruction;
use crate::bytecode::Op;
use crate::object::{Object, ObjectRef, Ref};
use crate::runtime::stack::{Record, Register};
use crate::runtime::{Interpreter, Outcome, Raised, Typed};
use crate::types::module::{Module, is_initializing};
use crate::values::cell::Cell;
use crate::values::dict::Dict;
use crate::values::text::Text;
use crate::vm::code_object::CodeObject;
use crate::vm::function::Function;

/// The code of the innermost frame.
fn top_code(cx: &Interpreter) -> Option<&CodeObject> {
    // SAFETY: a running frame keeps its code.
    cx.thread.stack.top().map(|record| unsafe { &*record.as_ref().code.cast::<CodeObject>() })
}

/// Raises UnboundLocalError for a local register.
#[cold]
#[inline(never)]
pub fn unbound_local(cx: &Interpreter, register: u16) -> Raised {
    let name =
        top_code(cx).and_then(|code| code.local_name(register)).map(|name| name.to_rust_string_lossy());
    let name = name.unwrap_or_default();
    let text = format!("cannot access local variable '{name}' where it is not associated with a value");
    let raised = cx.unbound_local_error(text);
    if let (Some(exception), Ok(name)) = (cx.thread.raised.get(), cx.new_text(&name)) {
        use crate::runtime::AsException;
        if let Some(exception) = exception.as_exception() {
            exception.extra(0).set(Some(name));
        }
    }
    raised
}

/// Raises for an empty cell: UnboundLocalError where the cell is the function's own, NameError for a free one.
#[cold]
fn empty_cell(cx: &Interpreter, register: u16) -> Raised {
    let Some(code) = top_code(cx) else { return cx.system_error("no frame") };
    let free = code.unit.source.free_names.len() as u16;
    if register < code.local_count - free {
        return unbound_local(cx, register);
    }
    let name = code.local_name(register).cloned();
    let text = name.as_ref().map(|name| name.to_rust_string_lossy()).unwrap_or_default();
    let message = format!(
        "cannot access free variable '{text}' where it is not associated with a value in enclosing scope"
    );
    match name {
        Some(name) => cx.name_error(message, &name),
        None => cx.runtime_error(message),
    }
}

unsafe fn cell_at<'a>(fp: *mut Register, register: u16) -> &'a Cell {
    // SAFETY: the compiler says that the register holds a cell.
    unsafe { &*(*fp.add(register as usize)).cast::<Cell>() }
}

#[inline(never)]
pub unsafe fn make_cell(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: the register is a local; its value moves into the cell.
    unsafe {
        let slot = fp.add(i.a as usize);
        let cell = Cell::new(&cx.types.cell, None)?;
        let value = std::mem::replace(&mut *slot, cell.into_object().into_raw().as_ptr());
        if !std::ptr::eq(value, cx.unbound.as_pointer().as_ptr()) {
            let value = ObjectRef::from_owned(std::ptr::NonNull::new_unchecked(value));
            drop(cell_at(fp, i.a).set(Some(value)));
        }
        Ok(())
    }
}

#[inline(never)]
pub unsafe fn copy_free_variables(fp: *mut Register, i: Instruction) {
    // SAFETY: fp[-1] is the function, whose closure has as many cells as the code has free registers.
    unsafe {
        let function = &*(*fp.sub(1)).cast::<Function>();
        for (index, cell) in function.closure_cells().iter().enumerate() {
            *fp.add(i.a as usize + index) = take_reference(cell.as_pointer().as_ptr());
        }
    }
}

/// The contents of a cell, borrowed; null where it is empty.
#[inline(always)]
pub unsafe fn cell_contents(fp: *mut Register, register: u16) -> Register {
    // SAFETY: the register is a cell register; the content stays while the cell does.
    unsafe { cell_at(fp, register).borrow().map_or(std::ptr::null_mut(), |held| held.pointer().as_ptr()) }
}

#[inline(never)]
pub unsafe fn load_cell(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome {
    // SAFETY: b is a cell register.
    unsafe { cell_at(fp, i.b) }.get().ok_or_else(|| empty_cell(cx, i.b))
}

pub unsafe fn store_cell(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: a is a cell register, b an operand.
    unsafe {
        let value = operand_b(cx, fp, i)?.take();
        drop(cell_at(fp, i.a).set(Some(value)));
    }
    Ok(())
}

#[inline(never)]
pub unsafe fn delete_cell(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: a is a cell register.
    match unsafe { cell_at(fp, i.a) }.set(None) {
        Some(old) => drop(old),
        None => return Err(empty_cell(cx, i.a)),
    }
    Ok(())
}

/// The name that the first inline word gives.
///
/// # Safety
/// The instruction has an inline word with a name index; the code keeps its names.
pub unsafe fn name_at<'a>(record: *mut Record, ip: *const Instruction) -> &'a Ref<Text> {
    // SAFETY: the instruction has an inline word with a name index; the code keeps its names.
    unsafe {
        let index = (*ip.add(1)).word() as u32 as usize;
        let code: &CodeObject = &*(*record).code.cast();
        &code.unit.names[index]
    }
}

unsafe fn globals<'a>(record: *mut Record) -> &'a Dict {
    // SAFETY: globals are always a dict.
    unsafe { (*(*record).globals).cast() }
}

#[cold]
fn undefined(cx: &Interpreter, name: &Text) -> Raised {
    cx.name_error(format_args!("name '{}' is not defined", name.to_rust_string_lossy()), name)
}

/// The builtins of a frame where they are others than the interpreter's: those of its function, or what `__builtins__` is
/// in the globals of code without a function.
unsafe fn frame_builtins(cx: &Interpreter, record: *mut Record) -> Option<ObjectRef> {
    // SAFETY: below the window stands the function, or null.
    unsafe {
        let function = *(*record).fp.sub(1);
        if function.is_null() {
            return other_builtins(cx, globals(record));
        }
        let found = (*function.cast::<Function>()).builtins.get();
        (!found.is(&cx.builtins)).then_some(found)
    }
}

/// The builtins that a global namespace names, where they are others than the interpreter's.
pub fn other_builtins(cx: &Interpreter, globals: &Dict) -> Option<ObjectRef> {
    let named = globals.get_text_near(&cx.names.builtins, &cx.builtins_place)?;
    let found = match named.layout::<Module>() {
        Some(module) => module.dict.get()?,
        None => named,
    };
    (!found.is(&cx.builtins)).then_some(found)
}

/// The builtins that the innermost frame looks in.
pub fn current_builtins(cx: &Interpreter) -> ObjectRef {
    let record = cx.thread.stack.top();
    // SAFETY: a running frame.
    let other = record.and_then(|record| unsafe { frame_builtins(cx, record.as_ptr()) });
    other.unwrap_or_else(|| cx.builtins.as_object().clone())
}

/// A name in builtins that a program has put in the place of the interpreter's.
fn look_in_builtins(cx: &Interpreter, builtins: &ObjectRef, name: &Ref<Text>) -> Outcome<Option<ObjectRef>> {
    if let Some(dict) = builtins.as_dict().filter(|_| builtins.is_exactly(&cx.types.dict)) {
        return cx.dict_get_text(dict, name);
    }
    match cx.get_item(builtins, name) {
        Ok(found) => Ok(Some(found)),
        Err(Raised) => cx.take_if(&cx.types.key_error).map(|_| None).ok_or(Raised),
    }
}

/// A name in the builtins of a frame.
///
/// # Safety
/// The record is of a running frame.
pub unsafe fn look_in_frame_builtins(
    cx: &Interpreter,
    record: *mut Record,
    name: &Ref<Text>,
) -> Outcome<Option<ObjectRef>> {
    // SAFETY: as promised.
    match unsafe { frame_builtins(cx, record) } {
        Some(other) => look_in_builtins(cx, &other, name),
        None => Ok(cx.builtins.get_text(name)),
    }
}

#[inline(never)]
pub unsafe fn load_class_cell(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome {
    // SAFETY: as the instruction says.
    unsafe {
        if let Some(found) = look_in_locals(cx, record, name_at(record, ip))? {
            return Ok(found);
        }
        load_cell(cx, (*record).fp, *ip)
    }
}

/// Finds a global, or a builtin, and remembers where: the number of the keys beside the name, and the place of the value,
/// for a builtin with the number of its keys.
#[inline(never)]
pub unsafe fn load_global(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome {
    // SAFETY: as the instruction says; caches are rewritten in place.
    unsafe {
        let name = name_at(record, ip);
        let globals = globals(record);
        let name_index = (*ip.add(1)).word() as u32;
        if let Some(index) = globals.find_text(name) {
            let version = globals.keys_version(&cx.next_type_version);
            let place = globals.value_place(index);
            if version != 0 && place != 0 {
                rewrite(ip, Op::LoadGlobalModule, name_index, version, u64::from(place));
            }
            return Ok(globals.value_at(index).expect("found just now"));
        }
        if let Some(other) = frame_builtins(cx, record) {
            return look_in_builtins(cx, &other, name)?.ok_or_else(|| undefined(cx, name));
        }
        if let Some(index) = cx.builtins.find_text(name) {
            let version = globals.keys_version(&cx.next_type_version);
            let below = cx.builtins.keys_version(&cx.next_type_version);
            let place = cx.builtins.value_place(index);
            if version != 0 && below != 0 && place != 0 {
                rewrite(
                    ip,
                    Op::LoadGlobalBuiltin,
                    name_index,
                    version,
                    u64::from(place) | u64::from(below) << 32,
                );
            }
            return Ok(cx.builtins.value_at(index).expect("found just now"));
        }
        Err(undefined(cx, name))
    }
}

/// The number that an instruction's cache is good for, beside the name in word 1.
#[inline(always)]
pub unsafe fn cached_version(ip: *const Instruction) -> u32 {
    // SAFETY: the instruction has two inline words.
    unsafe { (*ip.add(1).cast::<u64>() >> 32) as u32 }
}

/// Where an instruction's cache says that something is: word 2.
#[inline(always)]
pub unsafe fn cached_word(ip: *const Instruction) -> u64 {
    // SAFETY: the instruction has two inline words.
    unsafe { *ip.add(2).cast::<u64>() }
}

/// Writes a specialised operation and its cache.
pub unsafe fn rewrite(ip: *const Instruction, op: Op, low: u32, high: u32, word: u64) {
    // SAFETY: linked words stand in cells; the instruction has two inline words.
    unsafe {
        let at = ip.cast_mut();
        (*at).op = op as u8;
        *at.add(1) = Instruction::inline(low, high);
        *at.add(2) = Instruction::inline(word as u32, (word >> 32) as u32);
    }
}

/// Writes another form of an operation that has no cache.
///
/// # Safety
/// `ip` is at an instruction of linked code, and the forms have the same layout.
#[inline(always)]
pub unsafe fn become_form(ip: *const Instruction, op: Op) {
    // SAFETY: linked words stand in cells.
    unsafe { (*ip.cast_mut()).op = op as u8 };
}

#[inline(always)]
pub unsafe fn cached_global(record: *mut Record, ip: *const Instruction) -> Register {
    // SAFETY: the cache holds the number of the keys and the place of the value.
    unsafe { globals(record).borrow_value(cached_version(ip), cached_word(ip) as u32).cast_mut() }
}

#[inline(always)]
pub unsafe fn cached_builtin(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Register {
    // SAFETY: the cache holds the numbers of both key sets and the place of the value.
    unsafe {
        if globals(record).assigned_keys_version() != cached_version(ip) {
            cold_path();
            return std::ptr::null_mut();
        }
        let word = cached_word(ip);
        cx.builtins.borrow_value((word >> 32) as u32, word as u32).cast_mut()
    }
}

#[inline(never)]
pub unsafe fn store_global(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome<()> {
    // SAFETY: as the instruction says.
    unsafe {
        let value = operand_b(cx, (*record).fp, *ip)?;
        let copy = (*value).new_ref();
        cx.dict_set_text(globals(record), name_at(record, ip), copy)?;
        value.consume();
    }
    Ok(())
}

#[inline(never)]
pub unsafe fn delete_global(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome<()> {
    // SAFETY: as the instruction says.
    unsafe {
        let name = name_at(record, ip);
        if cx.dict_remove_text(globals(record), name)? { Ok(()) } else { Err(undefined(cx, name)) }
    }
}

/// What the frame's own namespace has under a name; none where it has no namespace of its own.
unsafe fn look_in_locals(
    cx: &Interpreter,
    record: *mut Record,
    name: &Ref<Text>,
) -> Outcome<Option<ObjectRef>> {
    // SAFETY: the record owns its namespace.
    unsafe {
        let Some(locals) = (*record).locals.as_ref() else { return Ok(None) };
        if locals.is_exactly(&cx.types.dict) {
            return Ok(locals.cast::<Dict>().get_text(name));
        }
        match cx.get_item(locals, name) {
            Ok(found) => Ok(Some(found)),
            Err(Raised) => cx.take_if(&cx.types.key_error).map(|_| None).ok_or(Raised),
        }
    }
}

#[inline(never)]
pub unsafe fn load_name(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome {
    // SAFETY: as the instruction says.
    unsafe {
        let name = name_at(record, ip);
        if let Some(found) = look_in_locals(cx, record, name)? {
            return Ok(found);
        }
        if let Some(found) = globals(record).get_text(name) {
            return Ok(found);
        }
        look_in_frame_builtins(cx, record, name)?.ok_or_else(|| undefined(cx, name))
    }
}

#[inline(never)]
pub unsafe fn store_name(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome<()> {
    // SAFETY: as the instruction says.
    unsafe {
        let name = name_at(record, ip);
        let value = operand_b(cx, (*record).fp, *ip)?;
        match (*record).locals.as_ref() {
            Some(locals) if !locals.is_exactly(&cx.types.dict) => {
                cx.set_item(locals, name, &value)?;
                value.consume();
            }
            Some(locals) => {
                let old = locals.cast::<Dict>().insert_text(name, (*value).new_ref())?;
                value.consume();
                drop(old);
            }
            None => {
                let old = globals(record).insert_text(name, (*value).new_ref())?;
                value.consume();
                drop(old);
            }
        }
    }
    Ok(())
}

#[inline(never)]
pub unsafe fn delete_name(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome<()> {
    // SAFETY: as the instruction says.
    unsafe {
        let name = name_at(record, ip);
        match (*record).locals.as_ref() {
            Some(locals) if !locals.is_exactly(&cx.types.dict) => match cx.delete_item(locals, name) {
                Ok(()) => Ok(()),
                Err(Raised) if cx.take_if(&cx.types.key_error).is_some() => Err(undefined(cx, name)),
                Err(Raised) => Err(Raised),
            },
            Some(locals) => removed(cx, cx.dict_remove_text(locals.cast(), name)?, name),
            None => removed(cx, cx.dict_remove_text(globals(record), name)?, name),
        }
    }
}

fn removed(cx: &Interpreter, was_there: bool, name: &Text) -> Outcome<()> {
    if was_there { Ok(()) } else { Err(undefined(cx, name)) }
}

/// `__annotations__` of the namespace that runs, made where it is missing.
#[inline(never)]
pub unsafe fn setup_annotations(cx: &Interpreter, record: *mut Record) -> Outcome<()> {
    // SAFETY: the record owns its namespace.
    unsafe {
        let name = &cx.names.annotations;
        if look_in_locals(cx, record, name)?.is_some() {
            return Ok(());
        }
        match (*record).locals.as_ref() {
            Some(locals) if !locals.is_exactly(&cx.types.dict) => cx.set_item(locals, name, &*cx.new_dict()?),
            Some(locals) => cx.dict_set_text(locals.cast(), name, cx.new_dict()?.into_object()),
            None if globals(record).find_text(name).is_some() => Ok(()),
            None => cx.dict_set_text(globals(record), name, cx.new_dict()?.into_object()),
        }
    }
}

#[inline(never)]
pub unsafe fn print_expression(cx: &Interpreter, fp: *mut Register, i: Instruction) -> Outcome<()> {
    // SAFETY: as the instruction says.
    let value = unsafe { operand_b(cx, fp, i) }?;
    match cx.dict_get_text(&cx.sys, &cx.names.displayhook)? {
        Some(hook) => drop(cx.call(&hook, &[(*value).new_ref()])?),
        None => return Err(cx.runtime_error("lost sys.displayhook")),
    }
    value.consume();
    Ok(())
}

/// `import name`: calls `__import__` of builtins.
#[inline(never)]
pub unsafe fn import_name(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome {
    // SAFETY: b and b + 1 hold level and fromlist.
    unsafe {
        let fp = (*record).fp;
        let i = *ip;
        let (level, from_list) = (fp.add(i.b as usize), fp.add(i.b as usize + 1));
        let name = name_at(record, ip);
        let Some(import) = look_in_frame_builtins(cx, record, &cx.names.import_)? else {
            return Err(cx.raise_text(&cx.types.import_error, "__import__ not found"));
        };
        let locals = (*record).locals.as_ref().map_or_else(|| cx.none(), Object::new_ref);
        let arguments = [
            name.as_object().clone(),
            (*(*record).globals).new_ref(),
            locals,
            (**from_list).new_ref(),
            (**level).new_ref(),
        ];
        let module = cx.call(&import, &arguments)?;
        for slot in [from_list, level] {
            let held = std::mem::replace(&mut *slot, std::ptr::null_mut());
            super::operands::drop_register(held);
        }
        Ok(module)
    }
}

#[inline(never)]
pub unsafe fn import_from(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome {
    // SAFETY: b is a temporary that stays.
    unsafe {
        let module = (**(*record).fp.add((*ip).b as usize)).new_ref();
        let name = name_at(record, ip);
        if let Some(found) = cx.find_attribute(&module, name)? {
            return Ok(found);
        }
        let module_name = cx.find_attribute(&module, &cx.names.name)?;
        let shown =
            module_name.as_ref().and_then(|name| name.as_text().map(|text| text.to_rust_string_lossy()));
        if let Some(shown) = &shown {
            let full = cx.intern(&format!("{shown}.{}", name.to_rust_string_lossy()))?;
            if let Some(found) = cx.modules.get_text(&full) {
                return Ok(found);
            }
        }
        Err(cannot_import(cx, &module, name, shown))
    }
}

#[cold]
fn cannot_import(cx: &Interpreter, module: &Object, name: &Ref<Text>, module_name: Option<String>) -> Raised {
    let file = cx.find_attribute(module, &cx.names.file).ok().flatten();
    let place = file.as_ref().and_then(|file| file.as_text().map(|text| text.to_rust_string_lossy()));
    let shown = module_name.clone().unwrap_or_else(|| "<unknown module name>".to_owned());
    let namespace = cx.instance_dict(module).ok().flatten();
    let is_partial = namespace.is_some_and(|names| is_initializing(cx, &names).unwrap_or(false));
    let (before, after) = match is_partial {
        true => ("partially initialized module ", " (most likely due to a circular import)"),
        false => ("", ""),
    };
    let message = format!(
        "cannot import name '{}' from {before}'{shown}'{after} ({})",
        name.to_rust_string_lossy(),
        place.as_deref().unwrap_or("unknown location")
    );
    let raised = cx.raise_text(&cx.types.import_error, &message);
    use crate::runtime::AsException;
    if let Some(exception) = cx.thread.raised.get()
        && let Some(exception) = exception.as_exception().filter(|it| it.extra_count() >= 3)
    {
        exception.extra(0).set(cx.new_text(&message).ok());
        exception.extra(1).set(module_name.and_then(|name| cx.new_text(&name).ok()));
        exception.extra(2).set(file);
    }
    raised
}

#[inline(never)]
pub unsafe fn import_star(cx: &Interpreter, record: *mut Record, ip: *const Instruction) -> Outcome<()> {
    // SAFETY: b is the module.
    let module = unsafe { operand_b(cx, (*record).fp, *ip) }?;
    let (names, all) = match cx.find_attribute(&module, &cx.names.all)? {
        Some(all) => (cx.collect(&all)?, true),
        None => {
            let dict = cx.get_attribute_text(&module, &cx.names.dict)?;
            (cx.collect(&dict)?, false)
        }
    };
    for name in names {
        let Some(text) = name.as_text() else { continue };
        if !all && text.length() > 0 && text.character(0) == u32::from('_') {
            continue;
        }
        let value = cx.get_attribute(&module, &name)?;
        // SAFETY: the record owns its namespace.
        match unsafe { (*record).locals.as_ref() } {
            Some(locals) => cx.set_item(locals, &name, &value)?,
            None => cx.set_item(unsafe { &*(*record).globals }, &name, &value)?,
        }
    }
    module.consume();
    Ok(())
}
