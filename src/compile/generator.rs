//! The code generator: the unit under construction, the units around it, and how a unit is finished.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::blocks::Block;
use super::constants::ConstantTable;
use super::emitter::{Destination, Emitter, location_of};
use super::scopes::{Place, Scope, ScopeKind, ScopeTable, Usage, mangle};
use super::{CompileError, Mode, Options, Outcome, Warning, peephole};
use crate::bytecode::{CodeFlags, CodeUnit, Constant, Location, Op};
use crate::syntax::ast::{Expr, Module, Name, Range, Stmt, StmtKind};

/// `CO_FUTURE_ANNOTATIONS`
const FUTURE_ANNOTATIONS: u32 = 0x0100_0000;
/// Registers left to temporaries at least.
const MAXIMUM_LOCALS: usize = 60_000;

/// A code unit under construction.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    pub(super) code: Emitter,
    pub(super) scope: usize,
    pub(super) blocks: Vec<Block<'a>>,
    /// The class whose private names are mangled.
    pub(super) private: Option<Name>,
    pub(super) qualified_name: Rc<str>,
    first_line: u32,
    constants: ConstantTable,
    names: Vec<Name>,
    name_numbers: FxHashMap<Name, u32>,
    registers: FxHashMap<Name, u16>,
    /// Local registers that are surely bound here, and the order in which that became known.
    bound: Vec<bool>,
    bound_log: Vec<u16>,
    /// Registers that some statement unbinds: nothing is ever sure about them.
    fickle: Vec<bool>,
    /// The place of the statement or comprehension whose parts are being evaluated. As in CPython, a comparison in
    /// a condition takes it over.
    pub(super) outer_range: Range,
    /// The number of the top-level statement, where constants are told apart by it.
    statement: u32,
}

/// Walks the tree and emits code.
#[derive(Debug)]
pub(super) struct Generator<'a> {
    pub(super) scopes: &'a ScopeTable,
    pub(super) mode: Mode,
    pub(super) options: Options,
    pub(super) unit: Unit<'a>,
    pub(super) outer: Vec<Unit<'a>>,
    pub(super) warnings: Vec<Warning>,
    /// The line of the last future import at the head of the file.
    pub(super) last_future_line: u32,
    file_name: Rc<str>,
}

impl<'a> Generator<'a> {
    pub(super) fn new(scopes: &'a ScopeTable, file_name: &str, mode: Mode, options: Options) -> Self {
        let unit = Unit::new(&scopes.scopes[0], 0, "<module>".into(), None, 1);
        let file_name = file_name.into();
        Self {
            scopes,
            mode,
            options,
            unit,
            outer: Vec::new(),
            warnings: Vec::new(),
            last_future_line: 0,
            file_name,
        }
    }

    /// Compiles everything.
    pub(super) fn module(mut self, module: &'a Module) -> Outcome<(CodeUnit, Vec<Warning>)> {
        if self.mode == Mode::Expression
            && let [Stmt { kind: StmtKind::Expr { value }, .. }] = &*module.body
        {
            self.return_value(value)?;
        } else {
            self.module_body(&module.body)?;
        }
        self.return_none();
        let unit = self.finish("<module>".into(), CodeShape::default())?;
        Ok((unit, self.warnings))
    }

    fn module_body(&mut self, body: &'a [Stmt]) -> Outcome {
        self.check_futures(body)?;
        let body = if self.mode == Mode::Module { self.body_prologue(body)? } else { body };
        for statement in body {
            if self.options.course_constants {
                self.next_statement();
            }
            self.statement(statement)?;
        }
        Ok(())
    }

    /// Constants of the next top-level statement are different ones.
    pub(super) fn next_statement(&mut self) {
        self.unit.statement += 1;
    }

    pub(super) fn code(&mut self) -> &mut Emitter {
        &mut self.unit.code
    }

    /// The scope of the unit.
    pub(super) fn scope(&self) -> &'a Scope {
        &self.scopes.scopes[self.unit.scope]
    }

    /// The instructions that follow belong to this place in the source.
    pub(super) fn at(&mut self, range: Range) {
        self.unit.code.location = location_of(range);
    }

    /// The instructions that follow belong to the statement as a whole.
    pub(super) fn at_outer(&mut self) {
        self.at(self.unit.outer_range);
    }

    /// The instructions that follow belong to no place in the source.
    pub(super) fn at_nowhere(&mut self) {
        self.unit.code.location = Location::default();
    }

    pub(super) fn mangled(&self, name: &Name) -> Name {
        mangle(self.unit.private.as_deref(), name)
    }

    pub(super) fn constant_index(&mut self, constant: Constant) -> u32 {
        self.unit.constants.index(constant, self.unit.statement)
    }

    /// The index of a name in `names`.
    pub(super) fn name_index(&mut self, name: &Name) -> u32 {
        let unit = &mut self.unit;
        if let Some(&index) = unit.name_numbers.get(name) {
            return index;
        }
        let index = unit.names.len() as u32;
        unit.names.push(name.clone());
        unit.name_numbers.insert(name.clone(), index);
        index
    }

    pub(super) fn constant(&self, expression: &Expr) -> Option<Constant> {
        self.scopes.constant(expression)
    }

    pub(super) fn load_constant(&mut self, constant: Constant, destination: Destination) {
        let index = self.constant_index(constant);
        let a = self.code().result(destination, 0);
        self.code().wide(Op::LoadConstant, a, index);
        self.code().settle(destination, 0);
    }

    pub(super) fn push_none(&mut self) {
        self.load_constant(Constant::None, Destination::Push);
    }

    pub(super) fn return_none(&mut self) {
        if let Some(location) = self.code().take_mark() {
            self.unit.code.location = location;
        }
        self.return_constant(Constant::None);
    }

    pub(super) fn return_constant(&mut self, constant: Constant) {
        let index = self.constant_index(constant);
        self.code().wide(Op::ReturnConstant, 0, index);
        self.code().reachable = false;
    }

    /// Drops the topmost temporary.
    pub(super) fn drop_top(&mut self) {
        let top = self.code().top();
        self.code().raw(Op::DropTemporary, top, 0, 0);
        self.code().consume(1);
    }

    /// Pushes a copy of the temporary that lies `below` others under the next free one.
    pub(super) fn push_copy(&mut self, below: u32) {
        let from = self.code().temporary(below);
        self.push_copy_of(from);
    }

    /// Pushes a copy of a temporary.
    pub(super) fn push_copy_of(&mut self, register: u16) {
        let to = self.code().temporary(0);
        self.code().raw(Op::CopyTemporary, to, register, 0);
        self.code().grow(1);
    }

    /// Exchanges the two topmost temporaries.
    pub(super) fn swap(&mut self) {
        let (below, top) = (self.code().temporary(2), self.code().top());
        self.code().raw(Op::SwapTemporaries, below, top, 0);
    }

    pub(super) fn warn(&mut self, message: String, range: Range) {
        self.warnings.push(Warning { message, range });
    }
}

// Which locals are surely bound.
impl Generator<'_> {
    pub(super) fn is_bound(&self, register: u16) -> bool {
        self.unit.bound.get(usize::from(register)).copied().unwrap_or(false)
    }

    pub(super) fn mark_bound(&mut self, register: u16) {
        let unit = &mut self.unit;
        let index = usize::from(register);
        if !unit.fickle.get(index).copied().unwrap_or(true) && !unit.bound[index] {
            unit.bound[index] = true;
            unit.bound_log.push(register);
        }
    }

    /// Remembers what is known now, for [`Self::forget`].
    pub(super) fn known(&self) -> usize {
        self.unit.bound_log.len()
    }

    /// Forgets what became known since: it held on one path only.
    pub(super) fn forget(&mut self, known: usize) {
        let unit = &mut self.unit;
        for register in unit.bound_log.drain(known..) {
            unit.bound[usize::from(register)] = false;
        }
    }

    /// What became known since.
    pub(super) fn known_since(&self, known: usize) -> &[u16] {
        &self.unit.bound_log[known..]
    }
}

/// What only some units have.
#[derive(Debug, Default)]
pub(super) struct CodeShape {
    pub(super) argument_count: u32,
    pub(super) positional_only_count: u32,
    pub(super) keyword_only_count: u32,
    pub(super) flags: u32,
}

// Units.
impl<'a> Generator<'a> {
    /// Starts a unit inside the current one.
    pub(super) fn enter(&mut self, scope: usize, name: &Name, first_line: u32) -> Outcome {
        let block = &self.scopes.scopes[scope];
        let qualified_name = self.qualified_name(block, name);
        let private = self.unit.private.clone();
        let unit = Unit::new(block, scope, qualified_name, private, first_line);
        self.outer.push(std::mem::replace(&mut self.unit, unit));
        if usize::from(self.unit.code.local_count) >= MAXIMUM_LOCALS {
            let message = "too many local variables";
            return Err(CompileError::limit(message, Range { line: first_line, ..Range::default() }));
        }
        self.make_cells();
        if block.generator || block.coroutine {
            // What is thrown in before the first step meets no handler.
            self.code().raw(Op::Nop, 0, 0, 0);
        }
        Ok(())
    }

    /// Finishes the unit and goes on with the one around it.
    pub(super) fn leave(&mut self, name: Name, shape: CodeShape) -> Outcome<CodeUnit> {
        let unit = self.finish(name, shape)?;
        if let Some(outer) = self.outer.pop() {
            self.unit = outer;
        }
        Ok(unit)
    }

    fn qualified_name(&self, block: &Scope, name: &Name) -> Rc<str> {
        if self.outer.is_empty() {
            return name.clone();
        }
        let parent = self.scope();
        let named = matches!(block.kind, ScopeKind::Function | ScopeKind::Class);
        let place = parent.symbol(&self.mangled(name)).map(|symbol| symbol.place);
        if named && place == Some(Place::GlobalExplicit) {
            return name.clone();
        }
        let outer = &self.unit.qualified_name;
        match parent.kind {
            ScopeKind::Function | ScopeKind::Lambda => format!("{outer}.<locals>.{name}").into(),
            _ => format!("{outer}.{name}").into(),
        }
    }

    /// The free variables are taken from the closure, and cells made for what inner functions use.
    fn make_cells(&mut self) {
        let block = self.scope();
        let free = block.free_names();
        if let Some(first) = free.first().and_then(|name| self.unit.registers.get(name)) {
            let first = *first;
            self.code().raw(Op::CopyFreeVariables, first, 0, 0);
        }
        for name in block.cells() {
            let register = self.register_of(&cell_key(block, name));
            self.code().raw(Op::MakeCell, register, 0, 0);
        }
    }

    /// The register of a local, cell or free variable.
    pub(super) fn register_of(&self, name: &Name) -> u16 {
        self.unit.registers.get(name).copied().unwrap_or(0)
    }

    /// The register of the cell that an inner function's free variable refers to.
    pub(super) fn closure_register(&self, name: &Name) -> u16 {
        let block = self.scope();
        if block.needs_class_cell && &**name == "__class__" {
            return self.register_of(&cell_key(block, name.clone()));
        }
        self.register_of(name)
    }

    fn finish(&mut self, name: Name, shape: CodeShape) -> Outcome<CodeUnit> {
        let block = self.scope();
        let unit = &mut self.unit;
        if unit.code.too_many_registers() {
            let range = Range { line: unit.first_line, ..Range::default() };
            return Err(CompileError::limit("expression needs too many registers", range));
        }
        peephole::thread_jumps(&mut unit.code);
        let cell_names = block.cells();
        let register = |name: &Name| unit.registers.get(&cell_key(block, name.clone())).copied().unwrap_or(0);
        let cell_registers = cell_names.iter().map(register).collect();
        let variable_names = if block.kind.is_function() { variables(block) } else { Vec::new() };
        let future = if self.scopes.text_annotations { FUTURE_ANNOTATIONS } else { 0 };
        Ok(CodeUnit {
            name,
            qualified_name: unit.qualified_name.clone(),
            file_name: self.file_name.clone(),
            first_line: unit.first_line,
            flags: shape.flags | scope_flags(block) | future,
            stands_for_native: self.options.stands_for_native,
            argument_count: shape.argument_count,
            positional_only_count: shape.positional_only_count,
            keyword_only_count: shape.keyword_only_count,
            variable_names,
            cell_names,
            cell_registers,
            free_names: block.free_names(),
            local_count: unit.code.local_count,
            temporary_count: unit.code.greatest_depth as u16,
            handlers: unit.code.handler_table(),
            instructions: std::mem::take(&mut unit.code.instructions),
            constants: std::mem::take(&mut unit.constants).into_list(),
            names: std::mem::take(&mut unit.names),
            locations: std::mem::take(&mut unit.code.locations),
            marks: std::mem::take(&mut unit.code.marks),
            depths: std::mem::take(&mut unit.code.depths),
        })
    }
}

impl Unit<'_> {
    fn new(
        block: &Scope,
        scope: usize,
        qualified_name: Rc<str>,
        private: Option<Name>,
        first_line: u32,
    ) -> Self {
        let variables = if block.kind.is_function() { variables(block) } else { Vec::new() };
        let mut registers = FxHashMap::default();
        let cells = block.cells().into_iter().filter(|cell| !block.parameters.contains(cell));
        let cells = cells.map(|cell| cell_key(block, cell));
        for name in variables.into_iter().chain(cells).chain(block.free_names()) {
            let next = registers.len().min(MAXIMUM_LOCALS) as u16;
            registers.entry(name).or_insert(next);
        }
        let local_count = registers.len().min(MAXIMUM_LOCALS) as u16;
        let (bound, fickle) = initially_bound(block, &registers, local_count);
        Self {
            code: Emitter::new(local_count),
            scope,
            blocks: Vec::new(),
            private,
            qualified_name,
            first_line,
            constants: ConstantTable::default(),
            names: Vec::new(),
            name_numbers: FxHashMap::default(),
            registers,
            bound,
            bound_log: Vec::new(),
            fickle,
            outer_range: Range::default(),
            statement: 0,
        }
    }
}

/// The key of an own cell among the registers. The only cell of a class body is that of `__class__`; the body may at
/// the same time read the `__class__` of a class around it.
fn cell_key(block: &Scope, name: Name) -> Name {
    if block.kind == ScopeKind::Class { ".class".into() } else { name }
}

/// Parameters and the other names in registers, but for cells that are no parameters.
fn variables(block: &Scope) -> Vec<Name> {
    block.variables()
}

fn initially_bound(
    block: &Scope,
    registers: &FxHashMap<Name, u16>,
    local_count: u16,
) -> (Vec<bool>, Vec<bool>) {
    let mut bound = vec![false; usize::from(local_count)];
    let mut fickle = vec![true; usize::from(local_count)];
    for symbol in block.symbols.iter().filter(|symbol| symbol.place == Place::Local) {
        if let Some(&register) = registers.get(&symbol.name)
            && register < local_count
        {
            let deleted = symbol.flags & Usage::DELETED != 0;
            fickle[usize::from(register)] = deleted;
            bound[usize::from(register)] = symbol.flags & Usage::PARAMETER != 0 && !deleted;
        }
    }
    (bound, fickle)
}

fn scope_flags(block: &Scope) -> u32 {
    if !block.kind.is_function() {
        return 0;
    }
    let mut flags = CodeFlags::OPTIMIZED | CodeFlags::NEWLOCALS;
    if block.nested {
        flags |= CodeFlags::NESTED;
    }
    flags
        | match (block.generator, block.coroutine) {
            (true, true) => CodeFlags::ASYNC_GENERATOR,
            (true, false) => CodeFlags::GENERATOR,
            (false, true) => CodeFlags::COROUTINE,
            (false, false) => 0,
        }
}
