//! One awareness state: what is taken from the client, what comes from the account.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Member;

/// What others see. Everything in it is known; what a client adds is dropped.
#[derive(Serialize)]
struct State<'a> {
    user: User<'a>,
    cursor: Option<Cursor>,
    field: Option<FieldCaret>,
}

#[derive(Serialize)]
struct User<'a> {
    id: String,
    name: &'a str,
    initials: &'a str,
    hue: u8,
}

/// Caret and selection in the text, as y-prosemirror writes it.
#[derive(Serialize, Deserialize)]
struct Cursor {
    anchor: RelativePosition,
    head: RelativePosition,
}

/// A Yjs relative position as JSON; absent and null mean the same.
#[derive(Serialize, Deserialize)]
struct RelativePosition {
    #[serde(rename = "type", default)]
    kind: Option<Id>,
    #[serde(rename = "tname", default)]
    root: Option<String>,
    #[serde(default)]
    item: Option<Id>,
    #[serde(default)]
    assoc: Option<i32>,
}

#[derive(Serialize, Deserialize)]
struct Id {
    client: u64,
    clock: u64,
}

/// Caret and selection in a field of plain text, in UTF-16 units.
#[derive(Serialize, Deserialize)]
struct FieldCaret {
    root: String,
    #[serde(default)]
    anchor: Option<u32>,
    #[serde(default)]
    head: Option<u32>,
}

/// The state as others get it, or nothing if this is not a state.
pub(super) fn rewrite(raw: &str, member: &Member, max_bytes: usize) -> Option<Box<str>> {
    if raw.len() > max_bytes {
        return None;
    }
    let mut fields: Map<String, Value> = serde_json::from_str(raw).ok()?;
    let state = State {
        user: User {
            id: member.person.to_string(),
            name: &member.name,
            initials: &member.initials,
            hue: member.hue.get(),
        },
        cursor: known(&mut fields, "cursor"),
        field: known(&mut fields, "field"),
    };
    let state = serde_json::to_string(&state).ok()?;
    // It is kept; half of what it was written into would be room for more.
    Some(state.into_boxed_str())
}

/// A field of a known form; anything else counts as absent.
fn known<T: for<'de> Deserialize<'de>>(fields: &mut Map<String, Value>, name: &str) -> Option<T> {
    serde_json::from_value(fields.remove(name)?).ok()
}
