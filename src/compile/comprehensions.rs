//! Comprehensions: functions of their own, called at once with the iterator of the outermost iterable.

use super::emitter::{Destination, Label};
use super::generator::{CodeShape, Generator};
use super::scopes::comprehension_name;
use super::{CompileError, Outcome};
use crate::bytecode::{Intrinsic, Op};
use crate::syntax::ast::{Comprehension, Expr, ExprKind, Name};

impl Generator<'_> {
    pub(super) fn comprehension(&mut self, whole: &Expr, destination: Destination) -> Outcome {
        let (ExprKind::ListComp { generators, .. }
        | ExprKind::SetComp { generators, .. }
        | ExprKind::DictComp { generators, .. }
        | ExprKind::GeneratorExp { generators, .. }) = &whole.kind
        else {
            return Ok(());
        };
        let Some(outermost) = generators.first() else { return Ok(()) };
        let scope = self.scopes.scope_of(outermost);
        let is_awaited = self.is_awaited(scope, whole)?;
        let name: Name = comprehension_name(self.scopes.scopes[scope].kind).into();
        self.enter(scope, &name, whole.range.line)?;
        self.comprehension_body(whole, generators)?;
        let unit = self.leave(name, CodeShape { argument_count: 1, ..CodeShape::default() })?;
        let depth = self.code().depth;
        self.at(whole.range);
        self.make_function(unit, scope, 0, depth, Destination::Push);
        if outermost.is_async {
            self.push_async_iterator(&outermost.iter, whole.range)?;
        } else {
            self.push_iterator(&outermost.iter, whole.range)?;
        }
        self.at(whole.range);
        self.call_with_one();
        if is_awaited {
            self.delegate(Intrinsic::AwaitIterator);
        }
        self.deliver(destination);
        Ok(())
    }

    /// Whether the comprehension is a coroutine, whose result is awaited at once.
    fn is_awaited(&self, scope: usize, whole: &Expr) -> Outcome<bool> {
        let scope = &self.scopes.scopes[scope];
        if !scope.coroutine || scope.generator {
            return Ok(false);
        }
        if !self.scope().is_async_function && self.scope().kind.comprehension().is_none() {
            let message = "asynchronous comprehension outside of an asynchronous function";
            return Err(CompileError::syntax(message, whole.range));
        }
        Ok(true)
    }

    fn comprehension_body(&mut self, whole: &Expr, generators: &[Comprehension]) -> Outcome {
        self.unit.outer_range = whole.range;
        self.at_outer();
        match &whole.kind {
            ExprKind::ListComp { .. } => self.build(Op::BuildList, 0, Destination::Push),
            ExprKind::SetComp { .. } => self.build(Op::BuildSet, 0, Destination::Push),
            ExprKind::DictComp { .. } => self.build(Op::BuildMap, 0, Destination::Push),
            _ => {}
        }
        self.comprehension_loop(whole, generators, 0)?;
        self.at_outer();
        match &whole.kind {
            ExprKind::GeneratorExp { .. } => self.return_none(),
            _ => self.return_top(),
        }
        Ok(())
    }

    /// The loop of one `for`, with the loops of the following ones inside.
    fn comprehension_loop(&mut self, whole: &Expr, generators: &[Comprehension], index: usize) -> Outcome {
        let Some(generator) = generators.get(index) else {
            return self.comprehension_element(whole, generators);
        };
        let known = self.known();
        if index > 0
            && !generator.is_async
            && let Some(single) = single_element(&generator.iter)
        {
            return self.comprehension_assignment(whole, generators, index, single);
        }
        self.comprehension_iterator(generator, index)?;
        let depth = self.code().depth;
        let (again, exhausted) = (self.code().label(), self.code().label());
        self.code().bind(again);
        self.at_outer();
        if generator.is_async {
            self.async_iterate(exhausted);
            self.store(&generator.target)?;
        } else {
            self.for_iterate(&generator.target, exhausted)?;
        }
        self.comprehension_filters(&generator.ifs, again)?;
        self.comprehension_loop(whole, generators, index + 1)?;
        self.at_outer();
        self.code().jump(again);
        self.forget(known);
        if generator.is_async {
            self.at_outer();
            self.end_async_iteration(exhausted, depth);
        } else {
            self.code().bind(exhausted);
        }
        Ok(())
    }

    /// `for x in [value]` is an assignment.
    fn comprehension_assignment(
        &mut self,
        whole: &Expr,
        generators: &[Comprehension],
        index: usize,
        value: &Expr,
    ) -> Outcome {
        let known = self.known();
        self.push(value)?;
        self.store(&generators[index].target)?;
        let skip = self.code().label();
        self.comprehension_filters(&generators[index].ifs, skip)?;
        self.comprehension_loop(whole, generators, index + 1)?;
        self.bind_if_used(skip);
        self.forget(known);
        Ok(())
    }

    /// Pushes the iterator of a loop; that of the first comes as an argument.
    fn comprehension_iterator(&mut self, generator: &Comprehension, index: usize) -> Outcome {
        if index == 0 {
            self.at_outer();
            self.load_name(&".0".into(), Destination::Push);
            return Ok(());
        }
        match generator.is_async {
            true => self.push_async_iterator(&generator.iter, self.unit.outer_range),
            false => self.push_iterator(&generator.iter, self.unit.outer_range),
        }
    }

    fn comprehension_filters(&mut self, filters: &[Expr], skip: Label) -> Outcome {
        for filter in filters {
            let proceed = self.code().label();
            // A condition goes back over an unconditional jump, which polls.
            self.jump_if(filter, proceed, true)?;
            self.code().jump(skip);
            self.bind_if_used(proceed);
        }
        Ok(())
    }

    /// What is done for each combination; the collection lies under the iterators.
    fn comprehension_element(&mut self, whole: &Expr, generators: &[Comprehension]) -> Outcome {
        let collection = self.code().register(0);
        match &whole.kind {
            ExprKind::ListComp { elt, .. } => self.collect(Op::ListAppend, collection, elt),
            ExprKind::SetComp { elt, .. } => self.collect(Op::SetAdd, collection, elt),
            ExprKind::DictComp { key, value, .. } => {
                self.push(key)?;
                self.push(value)?;
                self.at_outer();
                let (key, value) = (self.code().temporary(2), self.code().top());
                self.code().raw(Op::MapAdd, collection, key, value);
                self.code().consume(2);
                Ok(())
            }
            ExprKind::GeneratorExp { elt, .. } => {
                let element = self.last_operand(elt)?;
                self.at_outer();
                let (register, consumed) = self.wrap_yielded(element.register(), element.consumed());
                self.code().equation(Op::Yield, Destination::Push, register, 0, consumed);
                self.drop_top();
                Ok(())
            }
            _ => {
                debug_assert!(generators.is_empty());
                Ok(())
            }
        }
    }

    fn collect(&mut self, op: Op, collection: u16, element: &Expr) -> Outcome {
        let operand = self.last_operand(element)?;
        self.at_outer();
        self.code().raw(op, collection, operand.register(), 0);
        self.code().consume(operand.consumed());
        Ok(())
    }
}

/// The element of a display of one.
fn single_element(iterable: &Expr) -> Option<&Expr> {
    match &iterable.kind {
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => match &**elts {
            [single] if !matches!(single.kind, ExprKind::Starred { .. }) => Some(single),
            _ => None,
        },
        _ => None,
    }
}
