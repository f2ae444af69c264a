//! Formatted texts, and texts with `%` that can be put together from their pieces.

use super::Outcome;
use super::displays::CHUNK;
use super::emitter::Destination;
use super::generator::Generator;
use super::percent::Piece;
use crate::bytecode::{Constant, Op};
use crate::syntax::ast::{Conversion, Expr, ExprKind};

impl Generator<'_> {
    pub(super) fn joined_text(&mut self, whole: &Expr, values: &[Expr], destination: Destination) -> Outcome {
        match values {
            [] => {
                self.at(whole.range);
                self.load_constant(Constant::Text("".into()), destination);
            }
            [single] => self.expression(single, destination)?,
            _ => {
                let mut pending = 0;
                for value in values {
                    if pending == CHUNK {
                        self.at(whole.range);
                        self.build(Op::BuildString, pending as u32, Destination::Push);
                        pending = 1;
                    }
                    self.push(value)?;
                    pending += 1;
                }
                self.at(whole.range);
                self.build(Op::BuildString, pending as u32, destination);
            }
        }
        Ok(())
    }

    pub(super) fn formatted_value(&mut self, whole: &Expr, destination: Destination) -> Outcome {
        let ExprKind::FormattedValue { value, conversion, format_spec } = &whole.kind else { return Ok(()) };
        self.push(value)?;
        if let Some(format_spec) = format_spec {
            self.push(format_spec)?;
        }
        self.at(whole.range);
        self.format_value(*conversion, format_spec.is_some(), destination);
        Ok(())
    }

    /// Formats the value on top, or below its format.
    fn format_value(&mut self, conversion: Conversion, has_format: bool, destination: Destination) {
        let flags = match conversion {
            Conversion::None => 0,
            Conversion::Str => 1,
            Conversion::Repr => 2,
            Conversion::Ascii => 3,
        };
        let flags = if has_format { flags | 4 } else { flags };
        self.build_run(Op::FormatValue, 1 + u32::from(has_format), flags, destination);
    }

    /// `"..." % (...)` as the parts of an f-string.
    pub(super) fn joined_pieces(
        &mut self,
        whole: &Expr,
        pieces: &[Piece<'_>],
        destination: Destination,
    ) -> Outcome {
        if let [single] = pieces {
            return self.piece(whole, single, destination);
        }
        let mut pending = 0;
        for piece in pieces {
            if pending == CHUNK {
                self.at(whole.range);
                self.build(Op::BuildString, pending as u32, Destination::Push);
                pending = 1;
            }
            self.piece(whole, piece, Destination::Push)?;
            pending += 1;
        }
        self.at(whole.range);
        self.build(Op::BuildString, pending as u32, destination);
        Ok(())
    }

    fn piece(&mut self, whole: &Expr, piece: &Piece<'_>, destination: Destination) -> Outcome {
        match piece {
            Piece::Text(text) => {
                self.at(whole.range);
                self.load_constant(Constant::Text(text.as_str().into()), destination);
            }
            Piece::Value(value, conversion, spec) => {
                self.push(value)?;
                self.at(value.range);
                if !spec.is_empty() {
                    self.load_constant(Constant::Text(spec.as_str().into()), Destination::Push);
                }
                self.format_value(*conversion, !spec.is_empty(), destination);
            }
        }
        Ok(())
    }
}
