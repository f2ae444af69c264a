//! The first pass: what each block does with each name.
//!
//! The walk goes in the order in which code will be generated, so that local variables get their registers in
//! CPython's order.

mod expressions;

pub(in crate::compile) use expressions::comprehension_name;
use rustc_hash::FxHashMap;

use super::{Place, Scope, ScopeKind, ScopeTable, Symbol, Usage, address, mangle};
use crate::compile::{CompileError, Options, Outcome, fold};
use crate::syntax::ast::{
    Alias, Arg, Arguments, ClassDef, Comprehension, Context, ExceptHandler, Expr, ExprKind, For, FunctionDef,
    Module, Name, Pattern, PatternKind, Range, Stmt, StmtKind, Try, With,
};

/// Walks a whole tree.
pub(super) fn collect(module: &Module, options: Options) -> Outcome<ScopeTable> {
    let table = ScopeTable {
        scopes: Vec::new(),
        text_annotations: has_text_annotations(module),
        by_node: FxHashMap::default(),
        folded: FxHashMap::default(),
        optimize: options.optimize,
    };
    let mut collector = Collector { table, current: 0, private: None };
    collector.enter(ScopeKind::Module, "top".into(), module);
    collector.statements(&module.body)?;
    Ok(collector.table)
}

fn has_text_annotations(module: &Module) -> bool {
    module.body.iter().any(|statement| match &statement.kind {
        StmtKind::ImportFrom { module: Some(module), names, level: 0 } => {
            &**module == "__future__" && names.iter().any(|alias| &*alias.name == "annotations")
        }
        _ => false,
    })
}

struct Collector {
    table: ScopeTable,
    current: usize,
    private: Option<Name>,
}

// Blocks.
impl Collector {
    fn scope(&mut self) -> &mut Scope {
        &mut self.table.scopes[self.current]
    }

    fn enter<T>(&mut self, kind: ScopeKind, name: Name, node: &T) {
        let index = self.table.scopes.len();
        let parent = (index > 0).then_some(self.current);
        let (nested, iterable_nesting) = match parent {
            Some(parent) => {
                let parent = &mut self.table.scopes[parent];
                parent.children.push(index);
                (parent.nested || parent.kind.is_function(), parent.iterable_nesting)
            }
            None => (false, 0),
        };
        self.table.scopes.push(Scope {
            kind,
            name,
            parent,
            children: Vec::new(),
            symbols: Vec::new(),
            parameters: Vec::new(),
            generator: false,
            coroutine: false,
            is_async_function: false,
            nested,
            needs_class_cell: false,
            by_name: FxHashMap::default(),
            directives: Vec::new(),
            in_iteration_target: false,
            iterable_nesting,
        });
        if index > 0 {
            self.table.by_node.insert(address(node), index);
        }
        self.current = index;
    }

    fn leave(&mut self) {
        self.current = self.scope().parent.unwrap_or(0);
    }

    fn flags_in(&self, scope: usize, mangled: &str) -> u16 {
        self.table.scopes[scope].symbol(mangled).map_or(0, |symbol| symbol.flags)
    }

    fn flags(&self, name: &Name) -> u16 {
        self.flags_in(self.current, &mangle(self.private.as_deref(), name))
    }

    fn define(&mut self, name: &Name, flags: u16, range: Range) -> Outcome {
        self.define_in(self.current, name, flags, range)
    }

    fn define_in(&mut self, scope: usize, name: &Name, flags: u16, range: Range) -> Outcome {
        let mangled = mangle(self.private.as_deref(), name);
        let scope = &mut self.table.scopes[scope];
        let old = scope.symbol(&mangled).map_or(0, |symbol| symbol.flags);
        if flags & old & Usage::PARAMETER != 0 {
            let message = format!("duplicate argument '{name}' in function definition");
            return Err(CompileError::scope(message, range));
        }
        let mut flags = old | flags;
        if scope.in_iteration_target {
            if flags & (Usage::GLOBAL | Usage::NONLOCAL) != 0 {
                let message =
                    format!("comprehension inner loop cannot rebind assignment expression target '{name}'");
                return Err(CompileError::scope(message, range));
            }
            flags |= Usage::ITERATION;
        }
        if flags & !old & Usage::PARAMETER != 0 {
            scope.parameters.push(mangled.clone());
        }
        match scope.by_name.get(&mangled) {
            Some(&index) => scope.symbols[index].flags = flags,
            None => {
                scope.by_name.insert(mangled.clone(), scope.symbols.len());
                scope.symbols.push(Symbol { name: mangled, flags, place: Place::Local });
            }
        }
        Ok(())
    }
}

// Statements.
impl Collector {
    fn statements(&mut self, body: &[Stmt]) -> Outcome {
        body.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Stmt) -> Outcome {
        let range = statement.range;
        match &statement.kind {
            StmtKind::FunctionDef(function) => self.function(function, false, range),
            StmtKind::AsyncFunctionDef(function) => self.function(function, true, range),
            StmtKind::ClassDef(class) => self.class(class, range),
            StmtKind::Return { value } => self.optional(value),
            StmtKind::Delete { targets } => self.expressions(targets),
            StmtKind::Assign { targets, value } => {
                self.expression(value)?;
                self.expressions(targets)
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expression(target)?;
                self.expression(value)
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.annotated_assignment(target, annotation, value, *simple, range)
            }
            StmtKind::For(node) | StmtKind::AsyncFor(node) => self.for_loop(node),
            StmtKind::While { test, body, orelse } => {
                self.expression(test)?;
                self.statements(body)?;
                self.statements(orelse)
            }
            StmtKind::If { test, body, orelse } => self.if_chain(test, body, orelse),
            StmtKind::With(node) | StmtKind::AsyncWith(node) => self.with(node),
            StmtKind::Match { subject, cases } => {
                self.expression(subject)?;
                cases.iter().try_for_each(|case| {
                    self.pattern(&case.pattern)?;
                    self.optional(&case.guard)?;
                    self.statements(&case.body)
                })
            }
            StmtKind::Raise { exc, cause } => {
                self.optional(exc)?;
                self.optional(cause)
            }
            StmtKind::Try(node) | StmtKind::TryStar(node) => self.try_statement(node),
            StmtKind::Assert { test, msg } => {
                self.expression(test)?;
                self.optional(msg)
            }
            StmtKind::Import { names } | StmtKind::ImportFrom { names, .. } => {
                names.iter().try_for_each(|alias| self.alias(alias))
            }
            StmtKind::Global { names } => self.declare(names, Usage::GLOBAL, range),
            StmtKind::Nonlocal { names } => self.declare(names, Usage::NONLOCAL, range),
            StmtKind::Expr { value } => self.expression(value),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
        }
    }

    fn function(&mut self, function: &FunctionDef, is_async: bool, range: Range) -> Outcome {
        self.define(&function.name, Usage::LOCAL, range)?;
        self.expressions(&function.decorator_list)?;
        self.defaults(&function.args)?;
        self.annotations(&function.args)?;
        if let Some(returns) = &function.returns {
            self.annotation(returns)?;
        }
        self.enter(ScopeKind::Function, function.name.clone(), function);
        self.scope().coroutine = is_async;
        self.scope().is_async_function = is_async;
        self.parameters(&function.args)?;
        self.statements(&function.body)?;
        self.leave();
        Ok(())
    }

    fn class(&mut self, class: &ClassDef, range: Range) -> Outcome {
        self.define(&class.name, Usage::LOCAL, range)?;
        self.expressions(&class.decorator_list)?;
        self.expressions(&class.bases)?;
        class.keywords.iter().try_for_each(|keyword| self.expression(&keyword.value))?;
        self.enter(ScopeKind::Class, class.name.clone(), class);
        let outer = self.private.replace(class.name.clone());
        self.statements(&class.body)?;
        self.private = outer;
        self.leave();
        Ok(())
    }

    fn annotated_assignment(
        &mut self,
        target: &Expr,
        annotation: &Expr,
        value: &Option<Box<Expr>>,
        simple: bool,
        range: Range,
    ) -> Outcome {
        self.optional(value)?;
        match &target.kind {
            ExprKind::Name { id, .. } => {
                self.refuse_declared(id, simple, range)?;
                if simple {
                    self.define(id, Usage::ANNOTATED | Usage::LOCAL, target.range)?;
                } else if value.is_some() {
                    self.define(id, Usage::LOCAL, target.range)?;
                }
            }
            _ => self.expression(target)?,
        }
        self.annotation(annotation)
    }

    fn refuse_declared(&self, name: &Name, simple: bool, range: Range) -> Outcome {
        let flags = self.flags(name);
        if flags & (Usage::GLOBAL | Usage::NONLOCAL) == 0 || !simple || self.current == 0 {
            return Ok(());
        }
        let word = if flags & Usage::GLOBAL != 0 { "global" } else { "nonlocal" };
        Err(CompileError::scope(format!("annotated name '{name}' can't be {word}"), range))
    }

    fn for_loop(&mut self, node: &For) -> Outcome {
        self.expression(&node.iter)?;
        self.expression(&node.target)?;
        self.statements(&node.body)?;
        self.statements(&node.orelse)
    }

    /// An `elif` chain of any length: a loop.
    fn if_chain(&mut self, test: &Expr, body: &[Stmt], orelse: &[Stmt]) -> Outcome {
        let (mut test, mut body, mut orelse) = (test, body, orelse);
        loop {
            self.expression(test)?;
            self.statements(body)?;
            let [Stmt { kind: StmtKind::If { test: next_test, body: next_body, orelse: next_orelse }, .. }] =
                orelse
            else {
                return self.statements(orelse);
            };
            (test, body, orelse) = (next_test, next_body, next_orelse);
        }
    }

    fn with(&mut self, node: &With) -> Outcome {
        for item in &node.items {
            self.expression(&item.context_expr)?;
            self.optional(&item.optional_vars)?;
        }
        self.statements(&node.body)
    }

    fn try_statement(&mut self, node: &Try) -> Outcome {
        self.statements(&node.body)?;
        self.statements(&node.orelse)?;
        node.handlers.iter().try_for_each(|handler| self.handler(handler))?;
        self.statements(&node.finalbody)
    }

    fn handler(&mut self, handler: &ExceptHandler) -> Outcome {
        self.optional(&handler.r#type)?;
        if let Some(name) = &handler.name {
            self.define(name, Usage::LOCAL | Usage::DELETED, handler.range)?;
        }
        self.statements(&handler.body)
    }

    fn alias(&mut self, alias: &Alias) -> Outcome {
        if &*alias.name == "*" {
            if self.current != 0 {
                return Err(CompileError::scope("import * only allowed at module level", alias.range));
            }
            return Ok(());
        }
        let bound = alias.asname.as_ref().unwrap_or(&alias.name);
        match bound.split_once('.') {
            Some((first, _)) => self.define(&first.into(), Usage::IMPORT, alias.range),
            None => self.define(bound, Usage::IMPORT, alias.range),
        }
    }

    fn declare(&mut self, names: &[Name], usage: u16, range: Range) -> Outcome {
        let word = if usage == Usage::GLOBAL { "global" } else { "nonlocal" };
        for name in names {
            let flags = self.flags(name);
            let fault = if flags & Usage::PARAMETER != 0 {
                format!("name '{name}' is parameter and {word}")
            } else if flags & Usage::READ != 0 {
                format!("name '{name}' is used prior to {word} declaration")
            } else if flags & Usage::ANNOTATED != 0 {
                format!("annotated name '{name}' can't be {word}")
            } else if flags & Usage::LOCAL != 0 {
                format!("name '{name}' is assigned to before {word} declaration")
            } else {
                self.define(name, usage, range)?;
                self.record_directive(name, range);
                if usage == Usage::GLOBAL {
                    // The top of the file then stores it as a global too.
                    self.define_in(0, name, usage, range)?;
                }
                continue;
            };
            return Err(CompileError::scope(fault, range));
        }
        Ok(())
    }

    fn record_directive(&mut self, name: &Name, range: Range) {
        let mangled = mangle(self.private.as_deref(), name);
        self.scope().directives.push((mangled, range));
    }
}

// Parameters and annotations.
impl Collector {
    fn defaults(&mut self, args: &Arguments) -> Outcome {
        self.expressions(&args.defaults)?;
        args.kw_defaults.iter().flatten().try_for_each(|default| self.expression(default))
    }

    fn annotations(&mut self, args: &Arguments) -> Outcome {
        every_argument(args)
            .filter_map(|arg| arg.annotation.as_deref())
            .try_for_each(|it| self.annotation(it))
    }

    /// Annotations that stay text are no code: their names belong to nobody.
    fn annotation(&mut self, annotation: &Expr) -> Outcome {
        if self.table.text_annotations { Ok(()) } else { self.expression(annotation) }
    }

    fn parameters(&mut self, args: &Arguments) -> Outcome {
        let positional = args.posonlyargs.iter().chain(&args.args);
        let rest = args.vararg.as_deref().into_iter().chain(args.kwarg.as_deref());
        for arg in positional.chain(&args.kwonlyargs).chain(rest) {
            self.define(&arg.arg, Usage::PARAMETER, arg.range)?;
        }
        Ok(())
    }
}

/// The parameters in the order in which their annotations are evaluated.
pub(in crate::compile) fn every_argument(args: &Arguments) -> impl Iterator<Item = &Arg> {
    args.args
        .iter()
        .chain(&args.posonlyargs)
        .chain(args.vararg.as_deref())
        .chain(&args.kwonlyargs)
        .chain(args.kwarg.as_deref())
}

// Patterns.
impl Collector {
    fn pattern(&mut self, pattern: &Pattern) -> Outcome {
        match &pattern.kind {
            PatternKind::MatchValue { value } => self.expression(value),
            PatternKind::MatchSingleton { .. } => Ok(()),
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => {
                self.patterns(patterns)
            }
            PatternKind::MatchMapping { keys, patterns, rest } => {
                self.expressions(keys)?;
                self.patterns(patterns)?;
                self.capture(rest, pattern.range)
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                self.expression(cls)?;
                self.patterns(patterns)?;
                self.patterns(kwd_patterns)
            }
            PatternKind::MatchStar { name } => self.capture(name, pattern.range),
            PatternKind::MatchAs { pattern: inner, name } => {
                inner.as_deref().map_or(Ok(()), |inner| self.pattern(inner))?;
                self.capture(name, pattern.range)
            }
        }
    }

    fn patterns(&mut self, patterns: &[Pattern]) -> Outcome {
        patterns.iter().try_for_each(|pattern| self.pattern(pattern))
    }

    fn capture(&mut self, name: &Option<Name>, range: Range) -> Outcome {
        name.as_ref().map_or(Ok(()), |name| self.define(name, Usage::LOCAL, range))
    }
}
