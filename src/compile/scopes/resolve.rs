//! The second pass: from how names are used to where they live.
//!
//! Each name that a block uses without binding it is looked up through the enclosing functions. The block that owns
//! it makes a cell, and every block in between carries the cell as a free variable.

use super::{Place, Scope, ScopeKind, ScopeTable, Symbol, Usage};
use crate::compile::{CompileError, Outcome};
use crate::syntax::ast::{Name, Range};

/// Decides the place of every symbol; outer blocks come first, and in CPython's order of errors.
pub(super) fn resolve(table: &mut ScopeTable) -> Outcome {
    for index in 0..table.scopes.len() {
        for symbol in 0..table.scopes[index].symbols.len() {
            resolve_symbol(table, index, symbol)?;
        }
    }
    Ok(())
}

fn resolve_symbol(table: &mut ScopeTable, scope: usize, symbol: usize) -> Outcome {
    let Symbol { name, flags, place } = table.scopes[scope].symbols[symbol].clone();
    if matches!(place, Place::Cell | Place::Free) {
        return Ok(());
    }
    let place = if flags & Usage::GLOBAL != 0 {
        if flags & Usage::NONLOCAL != 0 {
            return Err(at_directive(&table.scopes[scope], &name, "is nonlocal and global"));
        }
        Place::GlobalExplicit
    } else if flags & Usage::NONLOCAL != 0 {
        resolve_nonlocal(table, scope, &name)?;
        Place::Free
    } else if flags & Usage::BOUND != 0 {
        Place::Local
    } else {
        match owner(table, scope, &name) {
            Some(owner) => {
                carry(table, scope, owner, &name);
                Place::Free
            }
            None => Place::GlobalImplicit,
        }
    };
    table.scopes[scope].symbols[symbol].place = place;
    Ok(())
}

fn resolve_nonlocal(table: &mut ScopeTable, scope: usize, name: &Name) -> Outcome {
    if table.scopes[scope].kind == ScopeKind::Module {
        let range = directive(&table.scopes[scope], name);
        return Err(CompileError::scope("nonlocal declaration not allowed at module level", range));
    }
    match owner(table, scope, name) {
        Some(owner) => carry(table, scope, owner, name),
        None => {
            let range = directive(&table.scopes[scope], name);
            return Err(CompileError::scope(format!("no binding for nonlocal '{name}' found"), range));
        }
    }
    Ok(())
}

/// The enclosing function (or class, for `__class__`) that binds the name.
fn owner(table: &ScopeTable, scope: usize, name: &str) -> Option<usize> {
    let mut current = table.scopes[scope].parent;
    while let Some(index) = current {
        let block = &table.scopes[index];
        match block.kind {
            ScopeKind::Module => return None,
            ScopeKind::Class if name == "__class__" => return Some(index),
            ScopeKind::Class => {}
            _ => {
                let flags = block.symbol(name).map_or(0, |symbol| symbol.flags);
                if flags & Usage::GLOBAL != 0 {
                    return None;
                }
                if flags & Usage::BOUND != 0 && flags & Usage::NONLOCAL == 0 {
                    return Some(index);
                }
            }
        }
        current = block.parent;
    }
    None
}

/// Makes the name a cell of its owner and free in every block between.
fn carry(table: &mut ScopeTable, from: usize, owner: usize, name: &Name) {
    let mut current = table.scopes[from].parent;
    while let Some(index) = current {
        let block = &mut table.scopes[index];
        if index == owner {
            own(block, name);
            return;
        }
        pass_through(block, name);
        current = block.parent;
    }
}

fn own(block: &mut Scope, name: &Name) {
    if block.kind == ScopeKind::Class {
        block.needs_class_cell = true;
    } else if let Some(&index) = block.by_name.get(name) {
        block.symbols[index].place = Place::Cell;
    }
}

fn pass_through(block: &mut Scope, name: &Name) {
    match block.by_name.get(name) {
        Some(&index) => {
            let symbol = &mut block.symbols[index];
            let declared_or_bound = Usage::BOUND | Usage::GLOBAL;
            if symbol.flags & declared_or_bound != 0 && symbol.flags & Usage::NONLOCAL == 0 {
                symbol.flags |= Usage::PASSES_THROUGH;
            } else {
                symbol.place = Place::Free;
            }
        }
        None => {
            block.by_name.insert(name.clone(), block.symbols.len());
            block.symbols.push(Symbol { name: name.clone(), flags: 0, place: Place::Free });
        }
    }
}

fn directive(scope: &Scope, name: &str) -> Range {
    scope
        .directives
        .iter()
        .find(|(declared, _)| &**declared == name)
        .map(|(_, range)| *range)
        .unwrap_or_default()
}

fn at_directive(scope: &Scope, name: &str, what: &str) -> CompileError {
    CompileError::scope(format!("name '{name}' {what}"), directive(scope, name))
}
