//! The rarer steps of statements, which one operation does: from one operand it makes one result.

macro_rules! intrinsics {
    ($($name:ident, $meaning:literal;)*) => {
        /// What an `Intrinsic` instruction does with its operand; the number stands in its third operand.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub enum Intrinsic { $(#[doc = $meaning] $name,)* }

        impl Intrinsic {
            /// Every one in the order of its number.
            pub const ALL: &'static [Intrinsic] = &[$(Intrinsic::$name,)*];

            /// The name in the listing.
            pub const fn name(self) -> &'static str {
                match self { $(Intrinsic::$name => stringify!($name),)* }
            }
        }
    };
}

intrinsics! {
    YieldFromIterator, "The iterator that `yield from` uses.";
    AwaitIterator, "The iterator that `await` uses.";
    AsyncIterator, "The asynchronous iterator that `async for` uses.";
    AsyncNext, "The iterator that awaits the next item of an asynchronous iterator.";
    AsyncEnterMethod, "The bound `__aenter__` of a context manager.";
    AsyncExitMethod, "The bound `__aexit__` of a context manager.";
    AwaitEntered, "The iterator that awaits what `__aenter__` has returned.";
    AwaitExited, "The iterator that awaits what `__aexit__` has returned.";
    IsAsyncEnd, "Whether an exception is a StopAsyncIteration.";
    WrapYielded, "A value that an asynchronous generator yields, told from what its awaits yield.";
    SplitGroup, "Of a pair (exception or None, types) the pair (what `except*` handles, the rest).";
    CombineGroup, "Of a pair (list of exceptions, handled exception) what `except*` raises in the end, or None.";
}
