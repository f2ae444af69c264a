//! Text files with buffers of our own: `open`, the streams of the process, `_io`.

pub mod device;
pub mod errors;
mod inherited;
mod layer;
mod methods;
pub mod open;
mod state;
pub mod text_file;

use crate::object::{ObjectRef, Visitor};
use crate::runtime::{Field, Interpreter, NativeCode, NativeMethod, Outcome, Roots};

use super::support::{new_module, set};

/// The exception for what a file cannot do, once made.
struct UnsupportedOperation(Field<Option<ObjectRef>>);

impl Default for UnsupportedOperation {
    fn default() -> Self {
        Self(Field::new(None))
    }
}

impl Roots for UnsupportedOperation {
    fn name(&self) -> &'static str {
        "io.UnsupportedOperation"
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.0.visit(visitor);
    }

    fn release(&self) -> bool {
        self.0.take().is_some()
    }
}

/// `io.UnsupportedOperation`, a class under OSError and ValueError.
pub fn unsupported_operation(cx: &Interpreter) -> Outcome {
    let kept = cx.rooted_extension::<UnsupportedOperation>();
    if let Some(kind) = kept.0.get() {
        return Ok(kind);
    }
    let bases = [cx.types.os_error.as_object().clone(), cx.types.value_error.as_object().clone()];
    let namespace = cx.new_dict()?;
    cx.dict_set_text(&namespace, &cx.names.module, cx.new_text("io")?)?;
    let name = cx.new_text("UnsupportedOperation")?;
    let kind = cx.call(&cx.types.type_, &[name, cx.new_tuple(&bases)?, namespace.into_object()])?;
    kept.0.set(Some(kind.clone()));
    Ok(kind)
}

static FUNCTIONS: &[NativeMethod] =
    &[NativeMethod::new("open", NativeCode::Full(open::open), "", "Open a file.")];

/// Makes the module `_io`.
pub fn make(cx: &Interpreter) -> Outcome {
    let module = new_module(cx, "_io", FUNCTIONS, "The native part of io.")?;
    set(cx, &module, "TextIOWrapper", cx.types.text_file.as_object().clone())?;
    set(cx, &module, "UnsupportedOperation", unsupported_operation(cx)?)?;
    set(cx, &module, "DEFAULT_BUFFER_SIZE", cx.new_int(8192)?)?;
    Ok(module)
}
