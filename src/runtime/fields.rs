//! A layout made of counted fields only: its lifecycle follows from the list of its fields.

/// Declares the lifecycle of a `repr(C)` layout whose references are all in `Field`s: `fields_lifecycle!(Zip, Gc, weak; a, b)`
/// gives `fn lifecycle() -> Lifecycle` in the current module. Fields without references (numbers, flags) are not named.
#[macro_export]
macro_rules! fields_lifecycle {
    ($layout:ty; $($field:ident),* $(,)?) => {
        $crate::fields_lifecycle!($layout, $crate::object::WeakSupport::None; $($field),*);
    };
    ($layout:ty, $weak:expr; $($field:ident),* $(,)?) => {
        /// How instances live and die.
        #[allow(unsafe_code)]
        pub fn lifecycle() -> $crate::object::Lifecycle {
            /// # Safety
            /// The object has this layout.
            unsafe fn visit(
                object: std::ptr::NonNull<$crate::object::Object>,
                visitor: &mut $crate::object::Visitor<'_>,
            ) {
                // SAFETY: as promised.
                let this = unsafe { object.as_ref().cast::<$layout>() };
                $($crate::runtime::field::Held::visit_held(&this.$field, visitor);)*
            }
            /// # Safety
            /// The object has this layout.
            unsafe fn fields(
                object: std::ptr::NonNull<$crate::object::Object>,
                show: &mut dyn FnMut(&'static str, std::ptr::NonNull<$crate::object::Object>),
            ) {
                // SAFETY: as promised.
                let this = unsafe { object.as_ref().cast::<$layout>() };
                $($crate::runtime::field::Held::visit_held(&this.$field, &mut |held| show(stringify!($field), held));)*
            }
            /// # Safety
            /// The object has this layout.
            unsafe fn clear(object: std::ptr::NonNull<$crate::object::Object>) {
                // SAFETY: as promised.
                let this = unsafe { object.as_ref().cast::<$layout>() };
                $($crate::runtime::field::Held::clear_held(&this.$field);)*
            }
            /// # Safety
            /// The object has this layout and dies.
            unsafe fn drop_contents(object: std::ptr::NonNull<$crate::object::Object>) {
                // SAFETY: each field is dropped once and never read again.
                unsafe {
                    let this = object.as_ref().cast::<$layout>();
                    $(std::ptr::drop_in_place((&raw const this.$field).cast_mut());)*
                    let _ = this;
                }
            }
            /// # Safety
            /// None needed.
            unsafe fn size(object: std::ptr::NonNull<$crate::object::Object>) -> usize {
                let _ = object;
                size_of::<$layout>()
            }
            let made = $crate::runtime::define::container_lifecycle(visit, Some(clear), drop_contents, size, $weak);
            made.fields.set(fields);
            made
        }
    };
}
