//! `memoryview`
use super::buffer::Buffer;
use crate::object::Object;
use crate::runtime::{Interpreter, Outcome};
pub struct MemoryView {
    pub object: Object,
}
crate::object::layout!(MemoryView, object, Object);
pub fn view_bytes(_: &Interpreter, _: &Object) -> Outcome<Option<Buffer>> {
    Ok(None)
}
