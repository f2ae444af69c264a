//! Imports.

use super::emitter::Destination;
use super::generator::Generator;
use super::operands::Operand;
use super::{CompileError, Outcome};
use crate::bytecode::{Constant, Op};
use crate::syntax::ast::{self, Alias, ExprKind, Name, Range, Stmt, StmtKind};

/// What `from __future__ import` may name in 3.11.
const FEATURES: [&str; 10] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

impl Generator<'_> {
    pub(super) fn import(&mut self, names: &[Alias], range: Range) -> Outcome {
        for alias in names {
            self.at(range);
            self.import_module(&alias.name, 0, Constant::None);
            match &alias.asname {
                None => {
                    let first = alias.name.split('.').next().unwrap_or_default().into();
                    self.store_name(&first, range)?;
                }
                Some(asname) => {
                    for part in alias.name.split('.').skip(1) {
                        self.import_attribute(&part.into());
                        self.swap();
                        self.drop_top();
                    }
                    self.store_name(asname, range)?;
                }
            }
        }
        Ok(())
    }

    /// Pushes a module.
    fn import_module(&mut self, name: &Name, level: u32, names: Constant) {
        self.load_constant(Constant::Small(level.into()), Destination::Push);
        self.load_constant(names, Destination::Push);
        let index = self.name_index(name);
        let a = self.code().temporary(2);
        self.code().raw(Op::ImportName, a, a, 0);
        self.code().inline(index, 0);
        self.code().settle(Destination::Push, 2);
    }

    /// Pushes a name from the module that is the topmost temporary.
    fn import_attribute(&mut self, name: &Name) {
        let (module, to) = (self.code().top(), self.code().temporary(0));
        let index = self.name_index(name);
        self.code().raw(Op::ImportFrom, to, module, 0);
        self.code().inline(index, 0);
        self.code().grow(1);
    }

    pub(super) fn import_from(
        &mut self,
        module: Option<&Name>,
        names: &[Alias],
        level: u32,
        range: Range,
    ) -> Outcome {
        let is_future = level == 0 && module.is_some_and(|module| &**module == "__future__");
        if is_future && range.line > self.last_future_line {
            let message = "from __future__ imports must occur at the beginning of the file";
            return Err(CompileError::syntax(message, range));
        }
        self.at(range);
        let wanted = names.iter().map(|alias| Constant::Text(alias.name.clone())).collect();
        let module = module.cloned().unwrap_or_else(|| "".into());
        self.import_module(&module, level, Constant::Tuple(wanted));
        for alias in names {
            if &*alias.name == "*" {
                let module = self.code().top();
                self.code().raw(Op::ImportStar, 0, module, 0);
                self.code().consume(1);
                return Ok(());
            }
            self.at(range);
            self.import_attribute(&alias.name);
            let value = Operand::Temporary(self.code().top());
            self.store_name_from(alias.asname.as_ref().unwrap_or(&alias.name), value, range)?;
        }
        self.drop_top();
        Ok(())
    }

    /// Notes where the future imports at the head of a file end, and checks what they name.
    pub(super) fn check_futures(&mut self, body: &[Stmt]) -> Outcome {
        for (index, statement) in body.iter().enumerate() {
            match &statement.kind {
                StmtKind::ImportFrom { module: Some(module), names, level: 0 }
                    if &**module == "__future__" =>
                {
                    names.iter().try_for_each(|alias| check_feature(alias, statement.range))?;
                    self.last_future_line = statement.range.line;
                }
                StmtKind::Expr { value } if index == 0 && is_text(&value.kind) => {}
                _ => break,
            }
        }
        Ok(())
    }
}

fn is_text(kind: &ExprKind) -> bool {
    matches!(kind, ExprKind::Constant { value: ast::Constant::Text(_) | ast::Constant::WideText(_), .. })
}

fn check_feature(alias: &Alias, range: Range) -> Outcome {
    // A point without an end: one caret.
    let range = Range { end_line: range.line, end_column: range.column, ..range };
    match &*alias.name {
        name if FEATURES.contains(&name) => Ok(()),
        "braces" => Err(CompileError::scope("not a chance", range)),
        name => Err(CompileError::scope(format!("future feature {name} is not defined"), range)),
    }
}
