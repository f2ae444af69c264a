//! Lists, tuples, sets and dicts that are written out. Long ones are built in chunks, so that they need few registers.

use super::Outcome;
use super::emitter::Destination;
use super::generator::Generator;
use super::operands::Operand;
use crate::bytecode::{Constant, Op};
use crate::syntax::ast::{Context, Expr, ExprKind};

/// Elements that a display takes from the temporaries at once.
pub(super) const CHUNK: usize = 4096;
/// CPython's bound on stack use, from which on a dict display is filled item by item.
const STACK_USE_GUIDELINE: usize = 30;

/// What a display makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    Tuple,
    List,
    Set,
}

impl Generator<'_> {
    pub(super) fn display(
        &mut self,
        whole: &Expr,
        elts: &[Expr],
        kind: Display,
        destination: Destination,
    ) -> Outcome {
        if let ExprKind::List { ctx: Context::Store, .. } | ExprKind::Tuple { ctx: Context::Store, .. } =
            &whole.kind
        {
            return Ok(());
        }
        let at_once = kind == Display::Set || kind == Display::List && self.options.constant_lists;
        if at_once && elts.len() > 2 && self.constant_display(whole, elts, kind, destination) {
            return Ok(());
        }
        self.sequence(whole, elts, kind, destination)
    }

    /// A set of three constants or more is filled from a frozenset, which fixes its order; a list likewise from a
    /// tuple, which fixes its spare room.
    fn constant_display(
        &mut self,
        whole: &Expr,
        elts: &[Expr],
        kind: Display,
        destination: Destination,
    ) -> bool {
        let Some(items) = elts.iter().map(|item| self.constant(item)).collect::<Option<_>>() else {
            return false;
        };
        let (build, fill, items) = match kind {
            Display::Set => (Op::BuildSet, Op::SetUpdate, Constant::FrozenSet(items)),
            _ => (Op::BuildList, Op::ListExtend, Constant::Tuple(items)),
        };
        self.at(whole.range);
        self.build(build, 0, Destination::Push);
        self.load_constant(items, Destination::Push);
        let (made, items) = (self.code().temporary(2), self.code().top());
        self.code().raw(fill, made, items, 0);
        self.code().consume(1);
        self.deliver(destination);
        true
    }

    /// A tuple, list or set of any length, with starred elements.
    pub(super) fn sequence(
        &mut self,
        whole: &Expr,
        elts: &[Expr],
        kind: Display,
        destination: Destination,
    ) -> Outcome {
        let starred = |element: &Expr| matches!(element.kind, ExprKind::Starred { .. });
        let plain = elts.iter().take(CHUNK).take_while(|element| !starred(element)).count();
        let constants = (kind == Display::List && elts.len() > 2)
            .then(|| elts.iter().map(|element| self.constant(element)).collect::<Option<Vec<_>>>())
            .flatten();
        match constants.filter(|_| plain == elts.len()) {
            // A list of constants stands at one place, however many lines it has.
            Some(constants) => {
                self.at(whole.range);
                constants.into_iter().for_each(|constant| self.load_constant(constant, Destination::Push));
            }
            None => elts[..plain].iter().try_for_each(|element| self.push(element))?,
        }
        self.at(whole.range);
        if plain == elts.len() {
            let op = match kind {
                Display::Tuple => Op::BuildTuple,
                Display::List => Op::BuildList,
                Display::Set => Op::BuildSet,
            };
            self.build(op, plain as u32, destination);
            return Ok(());
        }
        let first = if kind == Display::Set { Op::BuildSet } else { Op::BuildList };
        self.build(first, plain as u32, Destination::Push);
        elts[plain..].iter().try_for_each(|element| self.extend_sequence(whole, element, kind))?;
        self.at(whole.range);
        if kind == Display::Tuple {
            let list = self.code().top();
            self.code().equation(Op::ListToTuple, destination, list, 0, 1);
        } else {
            self.deliver(destination);
        }
        Ok(())
    }

    fn extend_sequence(&mut self, whole: &Expr, element: &Expr, kind: Display) -> Outcome {
        let (element, op) = match (&element.kind, kind) {
            (ExprKind::Starred { value, .. }, Display::Set) => (&**value, Op::SetUpdate),
            (ExprKind::Starred { value, .. }, _) => (&**value, Op::ListExtend),
            (_, Display::Set) => (element, Op::SetAdd),
            _ => (element, Op::ListAppend),
        };
        let operand = self.last_operand(element)?;
        self.at(whole.range);
        self.add_to_top(op, operand);
        Ok(())
    }

    /// Emits `op` on the container that is the topmost temporary but for the operand.
    pub(super) fn add_to_top(&mut self, op: Op, operand: Operand) {
        let container = self.code().temporary(1 + operand.consumed());
        self.code().raw(op, container, operand.register(), 0);
        self.code().consume(operand.consumed());
    }

    pub(super) fn dict_display(
        &mut self,
        whole: &Expr,
        keys: &[Option<Expr>],
        values: &[Expr],
        destination: Destination,
    ) -> Outcome {
        let pairs: Vec<_> = keys.iter().zip(values).collect();
        let mut have_dict = false;
        let mut start = 0;
        for (index, (key, value)) in pairs.iter().enumerate() {
            if key.is_some() && (index - start) * 2 <= STACK_USE_GUIDELINE {
                continue;
            }
            let end = if key.is_some() { index + 1 } else { index };
            if start < end {
                self.dict_part(whole, &pairs[start..end], have_dict)?;
                have_dict = true;
            }
            start = index + 1;
            if key.is_none() {
                if !have_dict {
                    self.at(whole.range);
                    self.build(Op::BuildMap, 0, Destination::Push);
                    have_dict = true;
                }
                let mapping = self.last_operand(value)?;
                self.at(whole.range);
                self.add_to_top(Op::DictUpdate, mapping);
            }
        }
        if start == 0 && pairs.len() * 2 <= STACK_USE_GUIDELINE {
            self.push_pairs(&pairs)?;
            self.at(whole.range);
            let consumed = pairs.len() as u32 * 2;
            self.build_run(Op::BuildMap, consumed, pairs.len() as u16, destination);
            return Ok(());
        }
        if start < pairs.len() {
            self.dict_part(whole, &pairs[start..], have_dict)?;
        }
        self.deliver(destination);
        Ok(())
    }

    fn push_pairs(&mut self, pairs: &[(&Option<Expr>, &Expr)]) -> Outcome {
        for (key, value) in pairs {
            if let Some(key) = key {
                self.push(key)?;
            }
            self.push(value)?;
        }
        Ok(())
    }

    /// A part of a display as a dict of its own, merged into the dict of the parts before.
    fn dict_part(&mut self, whole: &Expr, pairs: &[(&Option<Expr>, &Expr)], merge: bool) -> Outcome {
        if pairs.len() * 2 > STACK_USE_GUIDELINE {
            self.at(whole.range);
            self.build(Op::BuildMap, 0, Destination::Push);
            for pair in pairs {
                self.push_pairs(std::slice::from_ref(pair))?;
                self.at(whole.range);
                self.map_add();
            }
        } else {
            self.push_pairs(pairs)?;
            self.at(whole.range);
            self.build_run(Op::BuildMap, pairs.len() as u32 * 2, pairs.len() as u16, Destination::Push);
        }
        if merge {
            let (target, part) = (self.code().temporary(2), self.code().top());
            self.code().raw(Op::DictUpdate, target, part, 0);
            self.code().consume(1);
        }
        Ok(())
    }

    /// Adds the two topmost temporaries, key and value, to the dict below.
    pub(super) fn map_add(&mut self) {
        let code = self.code();
        let (dict, key, value) = (code.temporary(3), code.temporary(2), code.top());
        code.raw(Op::MapAdd, dict, key, value);
        code.consume(2);
    }
}
