//! Reading, binding and deleting names.

use super::Outcome;
use super::emitter::Destination;
use super::generator::Generator;
use super::scopes::{Place, ScopeKind};
use super::{CompileError, operands::Operand};
use crate::bytecode::Op;
use crate::syntax::ast::{Expr, ExprKind, Name, Range};

/// How code reaches the value of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variable {
    /// A local register.
    Register(u16),
    /// The cell in a local register.
    Cell(u16),
    /// As `Cell`, but a class namespace is asked first.
    ClassCell(u16),
    /// Globals, then builtins.
    Global,
    /// The namespace, then globals and builtins.
    Name,
}

impl Generator<'_> {
    /// Where a name (already mangled) lives.
    pub(super) fn variable(&self, mangled: &Name) -> Variable {
        let scope = self.scope();
        let in_function = scope.kind.is_function();
        match scope.symbol(mangled).map(|symbol| symbol.place) {
            Some(Place::Local) if in_function => Variable::Register(self.register_of(mangled)),
            Some(Place::Free) if scope.kind == ScopeKind::Class => {
                Variable::ClassCell(self.register_of(mangled))
            }
            Some(Place::Cell | Place::Free) => Variable::Cell(self.register_of(mangled)),
            Some(Place::GlobalExplicit) => Variable::Global,
            _ if in_function => Variable::Global,
            _ => Variable::Name,
        }
    }

    /// The register of an expression that is a plain local name.
    pub(super) fn local_register(&self, expression: &Expr) -> Option<u16> {
        let ExprKind::Name { id, .. } = &expression.kind else { return None };
        match self.variable(&self.mangled(id)) {
            Variable::Register(register) => Some(register),
            _ => None,
        }
    }

    pub(super) fn load_name(&mut self, name: &Name, destination: Destination) {
        let name = self.mangled(name);
        let a = self.code().result(destination, 0);
        match self.variable(&name) {
            Variable::Register(register) => {
                self.code().raw(Op::CopyLocal, a, register, 0);
                self.mark_bound(register);
            }
            Variable::Cell(register) => self.code().raw(Op::LoadCell, a, register, 0),
            Variable::ClassCell(register) => {
                let index = self.name_index(&name);
                self.code().raw(Op::LoadClassCell, a, register, 0);
                self.code().inline(index, 0);
            }
            Variable::Global => self.cached_load(Op::LoadGlobal, a, &name),
            Variable::Name => self.cached_load(Op::LoadName, a, &name),
        }
        self.code().settle(destination, 0);
    }

    fn cached_load(&mut self, op: Op, a: u16, name: &Name) {
        let index = self.name_index(name);
        self.code().raw(op, a, 0, 0);
        self.code().inline(index, 0);
        self.code().inline(0, 0);
    }

    /// Binds a name to the topmost temporary.
    pub(super) fn store_name(&mut self, name: &Name, range: Range) -> Outcome {
        let top = self.code().top();
        self.store_name_from(name, Operand::Temporary(top), range)
    }

    /// Binds a name to an operand.
    pub(super) fn store_name_from(&mut self, name: &Name, value: Operand, range: Range) -> Outcome {
        refuse_debug(name, "assign to", range)?;
        let name = self.mangled(name);
        let from = value.register();
        match self.variable(&name) {
            Variable::Register(register) => {
                let op = if value.is_temporary() { Op::StoreLocal } else { Op::CopyLocal };
                self.code().raw(op, register, from, 0);
                self.mark_bound(register);
            }
            Variable::Cell(register) | Variable::ClassCell(register) => {
                self.code().raw(Op::StoreCell, register, from, 0);
            }
            Variable::Global => self.named(Op::StoreGlobal, from, &name),
            Variable::Name => self.named(Op::StoreName, from, &name),
        }
        self.code().consume(value.consumed());
        Ok(())
    }

    pub(super) fn delete_name(&mut self, name: &Name, range: Range) -> Outcome {
        refuse_debug(name, "delete", range)?;
        let name = self.mangled(name);
        match self.variable(&name) {
            Variable::Register(register) => self.code().raw(Op::DeleteLocal, register, 0, 0),
            Variable::Cell(register) | Variable::ClassCell(register) => {
                self.code().raw(Op::DeleteCell, register, 0, 0);
            }
            Variable::Global => self.named(Op::DeleteGlobal, 0, &name),
            Variable::Name => self.named(Op::DeleteName, 0, &name),
        }
        Ok(())
    }

    /// Emits an instruction of register `b` and an inline word with a name.
    pub(super) fn named(&mut self, op: Op, b: u16, name: &Name) {
        let index = self.name_index(name);
        self.code().raw(op, 0, b, 0);
        self.code().inline(index, 0);
    }
}

/// `__debug__` is a constant.
pub(super) fn refuse_debug(name: &Name, what: &str, range: Range) -> Outcome {
    if &**name == "__debug__" {
        return Err(CompileError::syntax(format!("cannot {what} __debug__"), range));
    }
    Ok(())
}
