//! Functions, lambdas and classes: a unit of their own, and the code that makes the object.

use std::rc::Rc;

use super::Outcome;
use super::emitter::Destination;
use super::generator::{CodeShape, Generator};
use super::names::refuse_debug;
use super::scopes::every_argument;
use crate::bytecode::{CodeFlags, CodeUnit, Constant, Op};
use crate::syntax::ast::{
    self, Arguments, ClassDef, Expr, ExprKind, FunctionDef, Name, Range, Stmt, StmtKind,
};

/// Bits of MakeFunction's third operand.
const DEFAULTS: u16 = 1;
const KEYWORD_DEFAULTS: u16 = 2;
const ANNOTATIONS: u16 = 4;
const CLOSURE: u16 = 8;

impl<'a> Generator<'a> {
    pub(super) fn function_definition(&mut self, function: &'a FunctionDef, range: Range) -> Outcome {
        self.decorators(&function.decorator_list)?;
        let first_line = first_line(&function.decorator_list, range);
        let scope = self.scopes.scope_of(function);
        check_parameters(&function.args, range)?;
        let depth = self.code().depth;
        let mut flags = self.defaults(&function.args, range)?;
        flags |= self.annotations(&function.args, function.returns.as_deref(), range)?;
        self.enter(scope, &function.name, first_line)?;
        let body = self.take_docstring(&function.body);
        self.statements(body)?;
        if self.code().is_blank() {
            self.at(range);
        } else {
            self.at_nowhere();
        }
        self.return_none();
        let unit = self.leave(function.name.clone(), shape(&function.args))?;
        self.at(range);
        self.make_function(unit, scope, flags, depth, Destination::Push);
        self.apply_decorators(&function.decorator_list);
        self.at(range);
        self.store_name(&function.name, range)
    }

    fn decorators(&mut self, decorators: &[Expr]) -> Outcome {
        decorators.iter().try_for_each(|decorator| self.push(decorator))
    }

    fn apply_decorators(&mut self, decorators: &[Expr]) {
        for decorator in decorators.iter().rev() {
            self.at(decorator.range);
            self.call_with_one();
        }
    }

    /// The first constant of a function is its documentation string or None.
    fn take_docstring(&mut self, body: &'a [Stmt]) -> &'a [Stmt] {
        let docstring = docstring(body);
        let rest = if docstring.is_some() { &body[1..] } else { body };
        self.constant_index(docstring.unwrap_or(Constant::None));
        rest
    }

    pub(super) fn lambda(
        &mut self,
        whole: &Expr,
        args: &Arguments,
        body: &Expr,
        destination: Destination,
    ) -> Outcome {
        let scope = self.scopes.scope_of(body);
        check_parameters(args, whole.range)?;
        let depth = self.code().depth;
        let flags = self.defaults(args, whole.range)?;
        let name: Name = "<lambda>".into();
        self.enter(scope, &name, whole.range.line)?;
        self.constant_index(Constant::None);
        self.return_value(body)?;
        let unit = self.leave(name, shape(args))?;
        self.at(whole.range);
        self.make_function(unit, scope, flags, depth, destination);
        Ok(())
    }

    /// Pushes what the unit needs from here, then the instruction that makes the function.
    pub(super) fn make_function(
        &mut self,
        unit: CodeUnit,
        scope: usize,
        flags: u16,
        depth: u32,
        destination: Destination,
    ) {
        let free = self.scopes.scopes[scope].free_names();
        let flags = if free.is_empty() { flags } else { flags | CLOSURE };
        for name in &free {
            let (cell, to) = (self.closure_register(name), self.code().temporary(0));
            self.code().raw(Op::CopyLocal, to, cell, 0);
            self.code().grow(1);
        }
        if !free.is_empty() {
            self.build(Op::BuildTuple, free.len() as u32, Destination::Push);
        }
        let index = self.constant_index(Constant::Code(Rc::new(unit)));
        let consumed = self.code().depth.saturating_sub(depth);
        let (a, b) = (self.code().result(destination, consumed), self.code().temporary(consumed));
        self.code().raw(Op::MakeFunction, a, b, flags);
        self.code().inline(index, 0);
        self.code().settle(destination, consumed);
    }

    fn defaults(&mut self, args: &Arguments, range: Range) -> Outcome<u16> {
        let mut flags = 0;
        if !args.defaults.is_empty() {
            flags |= DEFAULTS;
            self.default_tuple(&args.defaults, range)?;
        }
        let mut count = 0;
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            let Some(default) = default else { continue };
            self.at(range);
            let name = self.mangled(&arg.arg);
            self.load_constant(Constant::Text(name), Destination::Push);
            self.push(default)?;
            count += 1;
        }
        if count > 0 {
            flags |= KEYWORD_DEFAULTS;
            self.at(range);
            self.build_run(Op::BuildMap, count * 2, count as u16, Destination::Push);
        }
        Ok(flags)
    }

    fn default_tuple(&mut self, defaults: &[Expr], range: Range) -> Outcome {
        match defaults.iter().map(|default| self.constant(default)).collect::<Option<_>>() {
            Some(items) => {
                self.at(range);
                self.load_constant(Constant::Tuple(items), Destination::Push);
            }
            None => {
                defaults.iter().try_for_each(|default| self.push(default))?;
                self.at(range);
                self.build(Op::BuildTuple, defaults.len() as u32, Destination::Push);
            }
        }
        Ok(())
    }

    fn annotations(&mut self, args: &Arguments, returns: Option<&Expr>, range: Range) -> Outcome<u16> {
        let mut count = 0;
        let returns = returns.map(|returns| ("return".into(), returns));
        let annotated = every_argument(args)
            .filter_map(|arg| Some((self.mangled(&arg.arg), arg.annotation.as_deref()?)))
            .collect::<Vec<_>>();
        for (name, annotation) in annotated.into_iter().chain(returns) {
            self.at(range);
            self.load_constant(Constant::Text(name), Destination::Push);
            self.annotation(annotation)?;
            count += 1;
        }
        if count == 0 {
            return Ok(0);
        }
        self.at(range);
        self.build(Op::BuildTuple, count * 2, Destination::Push);
        Ok(ANNOTATIONS)
    }

    /// Pushes an annotation: its value, or its text where the module asked for that.
    pub(super) fn annotation(&mut self, annotation: &Expr) -> Outcome {
        if self.scopes.text_annotations {
            self.at(annotation.range);
            let text = super::unparse::text_of(annotation);
            self.load_constant(Constant::Text(text.into()), Destination::Push);
            return Ok(());
        }
        if let ExprKind::Starred { value, .. } = &annotation.kind {
            let operand = self.last_operand(value)?;
            self.at(annotation.range);
            self.unpack(operand, 1);
            return Ok(());
        }
        self.push(annotation)
    }
}

// Classes.
impl<'a> Generator<'a> {
    pub(super) fn class_definition(&mut self, class: &'a ClassDef, range: Range) -> Outcome {
        self.decorators(&class.decorator_list)?;
        let first_line = first_line(&class.decorator_list, range);
        let scope = self.scopes.scope_of(class);
        let depth = self.code().depth;
        self.enter(scope, &class.name, first_line)?;
        self.unit.private = Some(class.name.clone());
        self.class_prologue(first_line)?;
        let body = self.body_prologue(&class.body)?;
        self.statements(body)?;
        self.class_epilogue()?;
        let unit = self.leave(class.name.clone(), CodeShape::default())?;
        self.at(range);
        self.make_function(unit, scope, 0, depth, Destination::Push);
        self.load_constant(Constant::Text(class.name.clone()), Destination::Push);
        let whole =
            Expr { range, height: 0, kind: ExprKind::Tuple { elts: Vec::new(), ctx: ast::Context::Load } };
        self.build_class(&whole, &class.bases, &class.keywords)?;
        self.apply_decorators(&class.decorator_list);
        self.at(range);
        self.store_name(&class.name, range)
    }

    fn class_prologue(&mut self, first_line: u32) -> Outcome {
        let range = Range { line: first_line, end_line: first_line, ..Range::default() };
        self.at(range);
        self.load_name(&"__name__".into(), Destination::Push);
        self.store_name(&"__module__".into(), range)?;
        let qualified_name = self.unit.qualified_name.clone();
        self.load_constant(Constant::Text(qualified_name), Destination::Push);
        self.store_name(&"__qualname__".into(), range)
    }

    /// The body returns the cell of `__class__`, which the making of the class fills.
    fn class_epilogue(&mut self) -> Outcome {
        self.at_nowhere();
        if !self.scope().needs_class_cell {
            self.return_none();
            return Ok(());
        }
        let (cell, to) = (self.closure_register(&"__class__".into()), self.code().temporary(0));
        self.code().raw(Op::CopyLocal, to, cell, 0);
        self.code().grow(1);
        self.push_copy(1);
        self.store_name(&"__classcell__".into(), Range::default())?;
        self.return_top();
        Ok(())
    }

    /// Annotations and documentation string of a module or class; gives the statements that are left.
    pub(super) fn body_prologue(&mut self, body: &'a [Stmt]) -> Outcome<&'a [Stmt]> {
        if body.iter().any(has_annotations) {
            self.code().raw(Op::SetupAnnotations, 0, 0, 0);
        }
        let Some(docstring) = docstring(body) else { return Ok(body) };
        if self.options.course_constants && self.outer.is_empty() {
            self.next_statement();
        }
        let range = body[0].range;
        self.at(range);
        self.load_constant(docstring, Destination::Push);
        self.store_name(&"__doc__".into(), range)?;
        Ok(&body[1..])
    }
}

/// Whether a statement annotates a variable of its block.
/// (CPython does not look into `match`.)
fn has_annotations(statement: &Stmt) -> bool {
    let any = |body: &[Stmt]| body.iter().any(has_annotations);
    match &statement.kind {
        StmtKind::AnnAssign { .. } => true,
        StmtKind::For(node) | StmtKind::AsyncFor(node) => any(&node.body) || any(&node.orelse),
        StmtKind::While { body, orelse, .. } => any(body) || any(orelse),
        StmtKind::If { .. } => if_has_annotations(statement),
        StmtKind::With(node) | StmtKind::AsyncWith(node) => any(&node.body),
        StmtKind::Try(node) | StmtKind::TryStar(node) => {
            any(&node.body)
                || node.handlers.iter().any(|handler| any(&handler.body))
                || any(&node.orelse)
                || any(&node.finalbody)
        }
        _ => false,
    }
}

/// An `elif` chain of any length: a loop.
fn if_has_annotations(statement: &Stmt) -> bool {
    let mut current = statement;
    while let StmtKind::If { body, orelse, .. } = &current.kind {
        if body.iter().any(has_annotations) {
            return true;
        }
        match &**orelse {
            [next @ Stmt { kind: StmtKind::If { .. }, .. }] => current = next,
            _ => return orelse.iter().any(has_annotations),
        }
    }
    false
}

/// The text that stands alone as first statement.
fn docstring(body: &[Stmt]) -> Option<Constant> {
    let StmtKind::Expr { value } = &body.first()?.kind else { return None };
    match &value.kind {
        ExprKind::Constant {
            value: value @ (ast::Constant::Text(_) | ast::Constant::WideText(_)), ..
        } => Some(super::fold::literal(value)),
        _ => None,
    }
}

fn first_line(decorators: &[Expr], range: Range) -> u32 {
    decorators.first().map_or(range.line, |decorator| decorator.range.line)
}

fn check_parameters(args: &Arguments, range: Range) -> Outcome {
    every_argument(args).try_for_each(|arg| refuse_debug(&arg.arg, "assign to", range))
}

fn shape(args: &Arguments) -> CodeShape {
    let mut flags = 0;
    if args.vararg.is_some() {
        flags |= CodeFlags::VARARGS;
    }
    if args.kwarg.is_some() {
        flags |= CodeFlags::VARKEYWORDS;
    }
    CodeShape {
        argument_count: (args.posonlyargs.len() + args.args.len()) as u32,
        positional_only_count: args.posonlyargs.len() as u32,
        keyword_only_count: args.kwonlyargs.len() as u32,
        flags,
    }
}
