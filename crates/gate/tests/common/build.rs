//! Updates made by hand, struct by struct.

/// Where a struct says that it stands.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Root(&'a str),
    RootKey(&'a str, &'a str),
    Node(u64, u32),
    NodeKey(u64, u32, &'a str),
    Left(u64, u32),
    Right(u64, u32),
    Between((u64, u32), (u64, u32)),
}

pub(crate) fn number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap());
}

fn string(bytes: &mut Vec<u8>, text: &str) {
    number(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

/// An item of the given kind of content.
pub(crate) fn item(place: Place<'_>, kind: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind];
    let id = |bytes: &mut Vec<u8>, (client, clock): (u64, u32)| {
        number(bytes, client);
        number(bytes, clock.into());
    };
    let (flags, key) = match place {
        Place::Left(client, clock) => {
            id(&mut bytes, (client, clock));
            (0x80, None)
        }
        Place::Right(client, clock) => {
            id(&mut bytes, (client, clock));
            (0x40, None)
        }
        Place::Between(left, right) => {
            id(&mut bytes, left);
            id(&mut bytes, right);
            (0xc0, None)
        }
        Place::Root(name) | Place::RootKey(name, _) => {
            bytes.push(1);
            string(&mut bytes, name);
            (
                0,
                if let Place::RootKey(_, key) = place {
                    Some(key)
                } else {
                    None
                },
            )
        }
        Place::Node(client, clock) | Place::NodeKey(client, clock, _) => {
            bytes.push(0);
            id(&mut bytes, (client, clock));
            (
                0,
                if let Place::NodeKey(_, _, key) = place {
                    Some(key)
                } else {
                    None
                },
            )
        }
    };
    bytes[0] |= flags;
    if let Some(key) = key {
        bytes[0] |= 0x20;
        string(&mut bytes, key);
    }
    bytes.extend_from_slice(content);
    bytes
}

pub(crate) fn text(place: Place<'_>, text: &str) -> Vec<u8> {
    let mut content = Vec::new();
    string(&mut content, text);
    item(place, 4, &content)
}

pub(crate) fn element(place: Place<'_>, name: &str) -> Vec<u8> {
    let mut content = vec![3];
    string(&mut content, name);
    item(place, 7, &content)
}

pub(crate) fn text_node(place: Place<'_>) -> Vec<u8> {
    item(place, 7, &[6])
}

pub(crate) fn forgotten(length: u32) -> Vec<u8> {
    let mut bytes = vec![0];
    number(&mut bytes, length.into());
    bytes
}

/// An update of one client from `clock` on; deletions as (client, first, after the last).
pub(crate) fn update(
    client: u64,
    clock: u32,
    structs: &[Vec<u8>],
    deleted: &[(u64, u32, u32)],
) -> Vec<u8> {
    updates(&[(client, clock, structs)], deleted)
}

/// An update that only deletes.
pub(crate) fn deletion(deleted: &[(u64, u32, u32)]) -> Vec<u8> {
    updates(&[], deleted)
}

/// An update of several clients, in this order.
pub(crate) fn updates(clients: &[(u64, u32, &[Vec<u8>])], deleted: &[(u64, u32, u32)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    number(&mut bytes, clients.len() as u64);
    for (client, clock, structs) in clients {
        number(&mut bytes, structs.len() as u64);
        number(&mut bytes, *client);
        number(&mut bytes, (*clock).into());
        bytes.extend(structs.concat());
    }
    number(&mut bytes, deleted.len() as u64);
    for (client, from, to) in deleted {
        number(&mut bytes, *client);
        number(&mut bytes, 1);
        number(&mut bytes, (*from).into());
        number(&mut bytes, (to - from).into());
    }
    bytes
}
