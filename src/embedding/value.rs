//! Values that go in and out.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::home::{Home, handle};
use super::{Error, Handle, Result};
use crate::object::{Object, ObjectRef};
use crate::runtime::{Interpreter, Typed};
use crate::types::support::entries;

/// Containers nested deeper stay Python objects.
const DEPTH: usize = 200;
/// Items that one value may have in all.
const ITEMS: usize = 1 << 24;

/// A Python value in Rust.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// `None`
    None,
    /// `True` and `False`
    Bool(bool),
    /// An integer of 64 bits. Larger ones are objects.
    Int(i64),
    /// A float.
    Float(f64),
    /// A text. One with lone surrogates is an object.
    Str(String),
    /// A list.
    List(Vec<Value>),
    /// A tuple.
    Tuple(Vec<Value>),
    /// A dict, in its order.
    Dict(Vec<(Value, Value)>),
    /// Anything else.
    Object(Handle),
}

impl Value {
    /// What it is, in one word.
    fn kind(&self) -> String {
        match self {
            Self::None => "None".to_owned(),
            Self::Bool(_) => "bool".to_owned(),
            Self::Int(_) => "int".to_owned(),
            Self::Float(_) => "float".to_owned(),
            Self::Str(_) => "str".to_owned(),
            Self::List(_) => "list".to_owned(),
            Self::Tuple(_) => "tuple".to_owned(),
            Self::Dict(_) => "dict".to_owned(),
            Self::Object(object) => object.type_name().unwrap_or_else(|_| "object".to_owned()),
        }
    }
}

/// The Python object of a value: a new one, or the one that a handle is on.
pub(super) fn to_object(cx: &Interpreter, home: &Rc<Home>, value: &Value) -> Result<ObjectRef> {
    let all =
        |values: &[Value]| values.iter().map(|value| to_object(cx, home, value)).collect::<Result<Vec<_>>>();
    let made = match value {
        Value::None => Ok(cx.none()),
        Value::Bool(value) => Ok(cx.new_bool(*value)),
        Value::Int(value) => cx.new_int(*value),
        Value::Float(value) => cx.new_float(*value),
        Value::Str(text) => cx.new_text(text),
        Value::List(items) => cx.new_list(all(items)?),
        Value::Tuple(items) => cx.new_tuple_from(all(items)?),
        Value::Dict(items) => return to_dict(cx, home, items),
        Value::Object(object) => return object.object_in(home),
    };
    made.map_err(|_| Error::taken(cx))
}

fn to_dict(cx: &Interpreter, home: &Rc<Home>, items: &[(Value, Value)]) -> Result<ObjectRef> {
    let dict = cx.new_dict().map_err(|_| Error::taken(cx))?;
    for (key, value) in items {
        let (key, value) = (to_object(cx, home, key)?, to_object(cx, home, value)?);
        cx.dict_set(&dict, &key, value).map_err(|_| Error::taken(cx))?;
    }
    Ok(dict.into_object())
}

/// The value of a Python object.
pub(super) fn from_object(cx: &Interpreter, home: &Rc<Home>, object: &ObjectRef) -> Result<Value> {
    Reader { cx, home, path: Vec::new(), left: ITEMS }.read(object)
}

/// Reads an object with all that it contains.
struct Reader<'a> {
    cx: &'a Interpreter,
    home: &'a Rc<Home>,
    /// The containers that are being read.
    path: Vec<usize>,
    left: usize,
}

impl Reader<'_> {
    fn read(&mut self, object: &ObjectRef) -> Result<Value> {
        let types = &self.cx.types;
        self.left = self.left.checked_sub(1).ok_or_else(|| Error::Conversion {
            expected: "a smaller value",
            found: format!("more than {ITEMS} items"),
        })?;
        if self.cx.is_none(object) {
            return Ok(Value::None);
        }
        if object.is_exactly(&types.bool) {
            return Ok(Value::Bool(object.is(&self.cx.true_)));
        }
        let plain = if object.is_exactly(&types.int) {
            object.as_int().and_then(|value| value.to_i64()).map(Value::Int)
        } else if object.is_exactly(&types.float) {
            object.as_float().map(|value| Value::Float(value.value()))
        } else if object.is_exactly(&types.str) {
            text_of(object).map(Value::Str)
        } else {
            return self.read_container(object);
        };
        Ok(plain.unwrap_or_else(|| self.object(object)))
    }

    fn object(&self, object: &ObjectRef) -> Value {
        Value::Object(handle(self.home, object.clone()))
    }

    fn read_container(&mut self, object: &ObjectRef) -> Result<Value> {
        let types = &self.cx.types;
        let is_container =
            [&types.list, &types.tuple, &types.dict].iter().any(|kind| object.is_exactly(kind));
        if !is_container || self.path.len() >= DEPTH || self.path.contains(&object.address()) {
            return Ok(self.object(object));
        }
        self.path.push(object.address());
        let read = self.read_items(object);
        self.path.pop();
        read
    }

    fn read_items(&mut self, object: &ObjectRef) -> Result<Value> {
        if let Some(list) = object.as_list() {
            let items = (0..list.len()).filter_map(|index| list.get(index));
            return Ok(Value::List(items.map(|item| self.read(&item)).collect::<Result<_>>()?));
        }
        if let Some(tuple) = object.as_tuple() {
            return Ok(Value::Tuple(
                tuple.items().iter().map(|item| self.read(item)).collect::<Result<_>>()?,
            ));
        }
        let Some(dict) = object.as_dict() else { return Ok(self.object(object)) };
        let items = entries(dict);
        let read = items.iter().map(|(key, value)| Ok((self.read(key)?, self.read(value)?)));
        Ok(Value::Dict(read.collect::<Result<_>>()?))
    }
}

/// The text, unless it has lone surrogates.
fn text_of(object: &Object) -> Option<String> {
    object.as_text()?.as_slice().iter().map(char::from_u32).collect()
}

/// Rust types that a value may be extracted as.
pub trait FromValue: Sized {
    /// The value as this type.
    ///
    /// # Errors
    /// [`Error::Conversion`] where it has another form.
    fn from_value(value: Value) -> Result<Self>;
}

fn mismatch<T>(expected: &'static str, value: &Value) -> Result<T> {
    Err(Error::Conversion { expected, found: value.kind() })
}

impl FromValue for Value {
    fn from_value(value: Value) -> Result<Self> {
        Ok(value)
    }
}

impl FromValue for () {
    fn from_value(value: Value) -> Result<Self> {
        if value == Value::None { Ok(()) } else { mismatch("None", &value) }
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self> {
        if let Value::Bool(value) = value { Ok(value) } else { mismatch("bool", &value) }
    }
}

impl FromValue for f64 {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Float(value) => Ok(value),
            Value::Int(value) => Ok(value as Self),
            other => mismatch("float", &other),
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Result<Self> {
        if let Value::Str(value) = value { Ok(value) } else { mismatch("str", &value) }
    }
}

impl FromValue for Handle {
    fn from_value(value: Value) -> Result<Self> {
        if let Value::Object(value) = value {
            Ok(value)
        } else {
            mismatch("an object without a Rust form", &value)
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self> {
        if value == Value::None { Ok(None) } else { T::from_value(value).map(Some) }
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::List(items) | Value::Tuple(items) => items.into_iter().map(T::from_value).collect(),
            other => mismatch("list or tuple", &other),
        }
    }
}

/// Keys and values of a dict, as a collection of pairs.
fn pairs<K: FromValue, V: FromValue, C: FromIterator<(K, V)>>(value: Value) -> Result<C> {
    match value {
        Value::Dict(items) => {
            items.into_iter().map(|(key, value)| Ok((K::from_value(key)?, V::from_value(value)?))).collect()
        }
        other => mismatch("dict", &other),
    }
}

impl<K: FromValue + Eq + std::hash::Hash, V: FromValue> FromValue for HashMap<K, V> {
    fn from_value(value: Value) -> Result<Self> {
        pairs(value)
    }
}

impl<K: FromValue + Ord, V: FromValue> FromValue for BTreeMap<K, V> {
    fn from_value(value: Value) -> Result<Self> {
        pairs(value)
    }
}

impl<A: FromValue, B: FromValue> FromValue for (A, B) {
    fn from_value(value: Value) -> Result<Self> {
        let Value::Tuple(items) = &value else { return mismatch("tuple", &value) };
        match <[Value; 2]>::try_from(items.clone()) {
            Ok([first, second]) => Ok((A::from_value(first)?, B::from_value(second)?)),
            Err(_) => mismatch("a tuple of two", &value),
        }
    }
}

macro_rules! integers {
    ($($kind:ty),*) => {$(
        impl FromValue for $kind {
            fn from_value(value: Value) -> Result<Self> {
                match value {
                    Value::Int(number) => Self::try_from(number).map_err(|_| Error::Conversion {
                        expected: concat!("an integer that fits ", stringify!($kind)),
                        found: number.to_string(),
                    }),
                    // An integer has a Rust form unless it is larger than any.
                    other if other.kind() == "int" => Err(Error::Conversion {
                        expected: concat!("an integer that fits ", stringify!($kind)),
                        found: "a larger one".to_owned(),
                    }),
                    other => mismatch("int", &other),
                }
            }
        }
    )*};
}
integers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

macro_rules! from {
    ($($kind:ty => $make:expr;)*) => {$(
        impl From<$kind> for Value {
            fn from(value: $kind) -> Self {
                let make: fn($kind) -> Value = $make;
                make(value)
            }
        }
    )*};
}
from! {
    () => |()| Value::None;
    bool => Value::Bool;
    i8 => |value| Value::Int(value.into());
    i16 => |value| Value::Int(value.into());
    i32 => |value| Value::Int(value.into());
    i64 => Value::Int;
    u8 => |value| Value::Int(value.into());
    u16 => |value| Value::Int(value.into());
    u32 => |value| Value::Int(value.into());
    f64 => Value::Float;
    String => Value::Str;
    &str => |value| Value::Str(value.to_owned());
    Handle => Value::Object;
    &Handle => |value| Value::Object(value.clone());
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<A: Into<Value>, B: Into<Value>> From<(A, B)> for Value {
    fn from((first, second): (A, B)) -> Self {
        Self::Tuple(vec![first.into(), second.into()])
    }
}

impl<K: Into<Value>, V: Into<Value>> From<BTreeMap<K, V>> for Value {
    fn from(items: BTreeMap<K, V>) -> Self {
        Self::Dict(items.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

/// In the order of the keys: that of the map is another one on each run.
impl<K: Into<Value> + Ord, V: Into<Value>> From<HashMap<K, V>> for Value {
    fn from(items: HashMap<K, V>) -> Self {
        items.into_iter().collect::<BTreeMap<K, V>>().into()
    }
}
