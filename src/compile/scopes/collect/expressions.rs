//! Names in expressions, and the scopes of lambdas and comprehensions.

use super::*;

impl Collector {
    pub(super) fn optional(&mut self, expression: &Option<Box<Expr>>) -> Outcome {
        expression.as_deref().map_or(Ok(()), |expression| self.expression(expression))
    }

    pub(super) fn expressions(&mut self, expressions: &[Expr]) -> Outcome {
        expressions.iter().try_for_each(|expression| self.expression(expression))
    }

    pub(super) fn expression(&mut self, expression: &Expr) -> Outcome {
        match &expression.kind {
            ExprKind::Constant { .. } => {}
            ExprKind::Name { id, ctx } => self.name(id, *ctx, expression.range)?,
            ExprKind::Attribute { value, .. } | ExprKind::Starred { value, .. } => self.expression(value)?,
            ExprKind::Call { func, args, keywords } => {
                self.expression(func)?;
                self.expressions(args)?;
                keywords.iter().try_for_each(|keyword| self.expression(&keyword.value))?;
            }
            ExprKind::BinOp { left, right, .. } => {
                self.expression(left)?;
                self.expression(right)?;
                self.fold(expression);
            }
            ExprKind::UnaryOp { operand, .. } => {
                self.expression(operand)?;
                self.fold(expression);
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expression(value)?;
                self.expression(slice)?;
                self.fold(expression);
            }
            ExprKind::Tuple { elts, .. } => {
                self.expressions(elts)?;
                self.fold(expression);
            }
            ExprKind::List { elts, .. } | ExprKind::Set { elts } => self.expressions(elts)?,
            ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr { values } => self.expressions(values)?,
            ExprKind::NamedExpr { target, value } => {
                self.named_expression(target, value, expression.range)?
            }
            ExprKind::Lambda { args, body } => self.lambda(args, body)?,
            ExprKind::IfExp { test, body, orelse } => {
                self.expression(test)?;
                self.expression(body)?;
                self.expression(orelse)?;
            }
            ExprKind::Dict { keys, values } => {
                for (key, value) in keys.iter().zip(values) {
                    key.as_ref().map_or(Ok(()), |key| self.expression(key))?;
                    self.expression(value)?;
                }
            }
            ExprKind::ListComp { elt, generators } => {
                self.comprehension(ScopeKind::ListComprehension, elt, None, generators)?;
            }
            ExprKind::SetComp { elt, generators } => {
                self.comprehension(ScopeKind::SetComprehension, elt, None, generators)?;
            }
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension(ScopeKind::DictComprehension, key, Some(value), generators)?;
            }
            ExprKind::GeneratorExp { elt, generators } => {
                self.comprehension(ScopeKind::GeneratorExpression, elt, None, generators)?;
            }
            ExprKind::Await { value } => {
                self.expression(value)?;
                self.scope().coroutine = true;
            }
            ExprKind::Yield { value } => {
                self.optional(value)?;
                self.mark_generator(expression.range)?;
            }
            ExprKind::YieldFrom { value } => {
                self.expression(value)?;
                self.mark_generator(expression.range)?;
            }
            ExprKind::Compare { left, comparators, .. } => {
                self.expression(left)?;
                self.expressions(comparators)?;
            }
            ExprKind::FormattedValue { value, format_spec, .. } => {
                self.expression(value)?;
                self.optional(format_spec)?;
            }
            ExprKind::Slice { lower, upper, step } => {
                self.optional(lower)?;
                self.optional(upper)?;
                self.optional(step)?;
            }
        }
        Ok(())
    }

    fn fold(&mut self, expression: &Expr) {
        let folded = fold::fold(expression, |child| self.table.constant(child));
        if let Some(constant) = folded {
            self.table.folded.insert(address(expression), constant);
        }
    }

    fn name(&mut self, id: &Name, context: Context, range: Range) -> Outcome {
        let usage = match context {
            Context::Load => Usage::READ,
            Context::Store => Usage::LOCAL,
            Context::Del => Usage::LOCAL | Usage::DELETED,
        };
        self.define(id, usage, range)?;
        if context == Context::Load && &**id == "super" && self.scope().kind.is_function() {
            self.define(&"__class__".into(), Usage::READ, range)?;
        }
        Ok(())
    }

    fn mark_generator(&mut self, range: Range) -> Outcome {
        self.scope().generator = true;
        match self.scope().kind.comprehension() {
            Some(kind) => Err(CompileError::scope(format!("'yield' inside {kind}"), range)),
            None => Ok(()),
        }
    }

    fn lambda(&mut self, args: &Arguments, body: &Expr) -> Outcome {
        self.defaults(args)?;
        self.enter(ScopeKind::Lambda, "<lambda>".into(), body);
        self.parameters(args)?;
        self.expression(body)?;
        self.leave();
        Ok(())
    }

    /// The outermost iterable belongs to the enclosing block, the rest to the comprehension.
    fn comprehension(
        &mut self,
        kind: ScopeKind,
        element: &Expr,
        value: Option<&Expr>,
        generators: &[Comprehension],
    ) -> Outcome {
        let Some((outermost, inner)) = generators.split_first() else { return Ok(()) };
        self.iterable(&outermost.iter)?;
        self.enter(kind, comprehension_name(kind).into(), outermost);
        self.define(&".0".into(), Usage::PARAMETER, Range::default())?;
        self.iteration_target(&outermost.target)?;
        self.expressions(&outermost.ifs)?;
        for generator in inner {
            self.iterable(&generator.iter)?;
            self.iteration_target(&generator.target)?;
            self.expressions(&generator.ifs)?;
        }
        self.expression(element)?;
        value.map_or(Ok(()), |value| self.expression(value))?;
        let scope = self.scope();
        scope.generator = kind == ScopeKind::GeneratorExpression;
        scope.coroutine |= generators.iter().any(|generator| generator.is_async);
        let is_awaited = scope.coroutine && !scope.generator;
        self.leave();
        self.scope().coroutine |= is_awaited;
        Ok(())
    }

    fn iterable(&mut self, iterable: &Expr) -> Outcome {
        self.scope().iterable_nesting += 1;
        self.expression(iterable)?;
        self.scope().iterable_nesting -= 1;
        Ok(())
    }

    fn iteration_target(&mut self, target: &Expr) -> Outcome {
        self.scope().in_iteration_target = true;
        self.expression(target)?;
        self.scope().in_iteration_target = false;
        Ok(())
    }

    fn named_expression(&mut self, target: &Expr, value: &Expr, range: Range) -> Outcome {
        if self.scope().iterable_nesting > 0 {
            let message = "assignment expression cannot be used in a comprehension iterable expression";
            return Err(CompileError::scope(message, range));
        }
        if self.scope().kind.comprehension().is_some()
            && let ExprKind::Name { id, .. } = &target.kind
        {
            self.bind_around_comprehension(id, target.range)?;
        }
        self.expression(value)?;
        self.expression(target)
    }

    /// The target of a walrus in a comprehension belongs to the nearest block that is not a comprehension.
    fn bind_around_comprehension(&mut self, name: &Name, range: Range) -> Outcome {
        let mangled = mangle(self.private.as_deref(), name);
        let mut current = Some(self.current);
        while let Some(index) = current {
            let flags = self.flags_in(index, &mangled);
            match self.table.scopes[index].kind {
                ScopeKind::Module => {
                    self.define(name, Usage::GLOBAL, range)?;
                    self.record_directive(name, range);
                    return self.define_in(index, name, Usage::GLOBAL, range);
                }
                ScopeKind::Function | ScopeKind::Lambda => {
                    let declared_global = flags & Usage::GLOBAL != 0;
                    let usage = if declared_global { Usage::GLOBAL } else { Usage::NONLOCAL };
                    self.define(name, usage, range)?;
                    self.record_directive(name, range);
                    return self.define_in(index, name, Usage::LOCAL, range);
                }
                ScopeKind::Class => {
                    let message =
                        "assignment expression within a comprehension cannot be used in a class body";
                    return Err(CompileError::scope(message, range));
                }
                _ if flags & Usage::ITERATION != 0 => {
                    let message = format!(
                        "assignment expression cannot rebind comprehension iteration variable '{name}'"
                    );
                    return Err(CompileError::scope(message, range));
                }
                _ => current = self.table.scopes[index].parent,
            }
        }
        Ok(())
    }
}

/// The function name of a comprehension.
pub(in crate::compile) fn comprehension_name(kind: ScopeKind) -> &'static str {
    match kind {
        ScopeKind::ListComprehension => "<listcomp>",
        ScopeKind::SetComprehension => "<setcomp>",
        ScopeKind::DictComprehension => "<dictcomp>",
        _ => "<genexpr>",
    }
}
