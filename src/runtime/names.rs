//! Interned names that the interpreter itself looks up.

use crate::object::{Ref, Visitor};
use crate::values::text::Text;

macro_rules! names {
    ($($field:ident $text:literal;)*) => {
        /// One interned text for each name.
        pub struct Names { $(#[doc = concat!("`", $text, "`")] pub $field: Ref<Text>,)* }

        impl Names {
            /// The texts in the order of the fields.
            pub const TEXTS: &'static [&'static str] = &[$($text,)*];

            /// Distributes the interned texts to their fields.
            ///
            /// # Panics
            /// When the iterator is shorter than [`Names::TEXTS`].
            pub fn from_texts(mut texts: impl Iterator<Item = Ref<Text>>) -> Self {
                Self { $($field: texts.next().expect("one for each name"),)* }
            }

            /// Shows each text.
            pub fn visit(&self, visitor: &mut Visitor<'_>) {
                $(visitor(self.$field.as_object().as_pointer());)*
            }
        }
    };
}

names! {
    abs "__abs__"; add "__add__"; and "__and__"; all "__all__"; annotations "__annotations__"; args "args";
    await_ "__await__"; bases "__bases__"; bool "__bool__"; build_class "__build_class__"; builtins "__builtins__";
    bytes "__bytes__"; call "__call__"; cause "__cause__"; ceil "__ceil__"; class "__class__";
    class_cell "__classcell__"; class_getitem "__class_getitem__"; clear "clear"; close "close"; closure "__closure__";
    code "__code__"; complex "__complex__"; contains "__contains__"; context "__context__"; copy "__copy__";
    deepcopy "__deepcopy__"; defaults "__defaults__"; del "__del__"; delattr "__delattr__"; delete "__delete__";
    delitem "__delitem__"; dict "__dict__"; dir "__dir__"; divmod "__divmod__"; doc "__doc__"; end "end";
    enter "__enter__"; eq "__eq__"; exit "__exit__"; file "__file__"; float "__float__"; floor "__floor__";
    floordiv "__floordiv__"; flush "flush"; format "__format__"; func "__func__"; ge "__ge__"; get "__get__";
    getattr "__getattr__"; getattribute "__getattribute__"; getitem "__getitem__"; getstate "__getstate__";
    globals "__globals__"; gt "__gt__"; hash "__hash__"; iadd "__iadd__"; iand "__iand__"; ifloordiv "__ifloordiv__";
    ilshift "__ilshift__"; imatmul "__imatmul__"; imod "__imod__"; import_ "__import__"; imul "__imul__";
    index "__index__"; init "__init__"; init_subclass "__init_subclass__"; instancecheck "__instancecheck__";
    int "__int__"; invert "__invert__"; ior "__ior__"; ipow "__ipow__"; irshift "__irshift__"; isub "__isub__";
    iter "__iter__"; itruediv "__itruediv__"; ixor "__ixor__"; keys "keys"; items "items"; kwdefaults "__kwdefaults__"; le "__le__";
    len "__len__"; length_hint "__length_hint__"; loader "__loader__"; lshift "__lshift__"; lt "__lt__";
    main "__main__"; match_args "__match_args__"; matmul "__matmul__"; metaclass "metaclass"; missing "__missing__"; mod_ "__mod__";
    module "__module__"; mro "mro"; mro_entries "__mro_entries__"; mul "__mul__"; name "__name__"; ne "__ne__";
    neg "__neg__"; new "__new__"; next "__next__"; notes "__notes__"; or "__or__"; package "__package__";
    path "__path__"; pos "__pos__"; pow "__pow__"; prepare "__prepare__"; qualname "__qualname__"; radd "__radd__";
    rand "__rand__"; rdivmod "__rdivmod__"; reduce "__reduce__"; reduce_ex "__reduce_ex__"; repr "__repr__";
    reversed "__reversed__"; rfloordiv "__rfloordiv__"; rlshift "__rlshift__"; rmatmul "__rmatmul__"; rmod "__rmod__";
    rmul "__rmul__"; ror "__ror__"; round "__round__"; rpow "__rpow__"; rrshift "__rrshift__"; rshift "__rshift__";
    rsub "__rsub__"; rtruediv "__rtruediv__"; rxor "__rxor__"; self_ "__self__"; send "send"; set "__set__";
    set_name "__set_name__"; setattr "__setattr__"; setitem "__setitem__"; setstate "__setstate__"; sizeof "__sizeof__"; slots "__slots__";
    spec "__spec__"; str "__str__"; sub "__sub__"; subclasscheck "__subclasscheck__"; subclasshook "__subclasshook__";
    suppress_context "__suppress_context__"; text_signature "__text_signature__"; throw "throw"; traceback "__traceback__"; truediv "__truediv__";
    trunc "__trunc__"; underscore "_"; weakref "__weakref__"; wrapped "__wrapped__"; write "write"; xor "__xor__"; abstract_methods "__abstractmethods__";
    stdout "stdout"; stderr "stderr"; stdin "stdin"; displayhook "displayhook"; excepthook "excepthook"; unraisablehook "unraisablehook";
    modules "modules"; path_ "path"; argv "argv"; value "value"; code_ "code"; obj "obj"; name_ "name"; msg "msg"; readline "readline"; encoding "encoding";
    errors "errors"; print_file_and_line "print_file_and_line"; filename "filename"; lineno "lineno"; offset "offset"; text "text"; end_lineno "end_lineno"; end_offset "end_offset";
    annotation_return "return"; dot_zero ".0"; lambda "<lambda>"; listcomp "<listcomp>"; module_name "<module>"; sep "sep"; file_ "file"; key "key"; reverse "reverse"; default "default"; strict "strict";
    getnewargs "__getnewargs__"; getnewargs_ex "__getnewargs_ex__"; fspath "__fspath__"; orig_bases "__orig_bases__"; origin "__origin__"; isabstractmethod "__isabstractmethod__"; set_names "__set_names__"; members "__members__"; tracebacklimit "tracebacklimit"; ps1 "ps1"; ps2 "ps2"; last_value "last_value"; last_type "last_type"; last_traceback "last_traceback"; import_star "*"; cached "__cached__"; objclass "__objclass__"; signature "__signature__"; copyreg "copyreg"; fileno "fileno"; isatty "isatty"; read "read"; utf8 "utf-8"; join "join"; sort "sort"; empty_key "";
}
