//! Safe points: places where nothing is held, so that a collection may run and Ctrl-C may be raised.

use std::sync::atomic::Ordering;

use crate::memory::reserve;
use crate::runtime::{Interpreter, Outcome};

impl Interpreter {
    /// Stands between the items of every native loop whose length a program chooses.
    #[inline]
    pub fn poll(&self) -> Outcome<()> {
        if self.space.attention.get() || self.interrupted.load(Ordering::Relaxed) {
            return self.attend();
        }
        Ok(())
    }

    /// Stands in the loop, between two instructions. Where nothing else is at work, every count can be accounted for.
    #[cold]
    #[inline(never)]
    pub fn poll_in_loop(&self) -> Outcome<()> {
        self.attend()?;
        if let Some(verify) = self.verifier.get() {
            verify(self);
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn attend(&self) -> Outcome<()> {
        if self.interrupted.swap(false, Ordering::Relaxed) {
            return Err(self.raise_arguments(&self.types.keyboard_interrupt, &[]));
        }
        self.space.attention.set(self.verifier.get().is_some());
        if self.space.collection_requested.replace(false)
            && let Some(collect) = self.collector.get()
        {
            collect(self);
        }
        if reserve::ran_short() {
            reserve::refill();
            return Err(self.raise_memory_error());
        }
        Ok(())
    }
}
