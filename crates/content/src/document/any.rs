//! Values of attributes and maps, between Yjs and JSON.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Number, Value};
use yrs::{Any, any};

/// The deepest nesting of lists and objects that is kept.
const MAX_DEPTH: usize = 32;

/// A stored value as JSON; binary and undefined values become null, as does what lies too deep.
pub(super) fn to_json(value: &Any) -> Value {
    at_depth(value, 0)
}

fn at_depth(value: &Any, depth: usize) -> Value {
    let inner = depth.saturating_add(1);
    match value {
        Any::Bool(value) => Value::Bool(*value),
        Any::Number(number) => match *number {
            any::Number::Int(number) => Value::from(number),
            any::Number::Float(number) => float(number),
        },
        Any::String(text) => Value::String(text.to_string()),
        Any::Array(values) if depth < MAX_DEPTH => {
            values.iter().map(|value| at_depth(value, inner)).collect()
        }
        Any::Map(values) if depth < MAX_DEPTH => values
            .iter()
            .map(|(key, value)| (key.clone(), at_depth(value, inner)))
            .collect::<Map<_, _>>()
            .into(),
        _ => Value::Null,
    }
}

/// A number from JavaScript: whole numbers are whole numbers in JSON too.
fn float(number: f64) -> Value {
    match any::Number::try_i64(number) {
        any::Number::Int(whole) => Value::from(whole),
        any::Number::Float(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
    }
}

/// JSON as a value to be stored. JSON from outside is at most 128 levels deep.
pub(super) fn from_json(value: &Value) -> Any {
    match value {
        Value::Null => Any::Null,
        Value::Bool(value) => Any::Bool(*value),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Any::from(whole),
            (None, Some(number)) => Any::from(number),
            (None, None) => Any::Null,
        },
        Value::String(text) => Any::String(Arc::from(text.as_str())),
        Value::Array(values) => Any::Array(values.iter().map(from_json).collect()),
        Value::Object(values) => Any::Map(Arc::new(
            values
                .iter()
                .map(|(key, value)| (key.clone(), from_json(value)))
                .collect::<HashMap<_, _>>(),
        )),
    }
}
