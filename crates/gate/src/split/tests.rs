use super::*;
use crate::merge;

fn parts(update: &[u8]) -> Vec<Vec<u8>> {
    split(update).unwrap().map(Cow::into_owned).collect()
}

/// `count` letters of two clients, who take turns in one text: each letter stands behind the other's.
fn duet(count: u32) -> Vec<u8> {
    let mut bytes = vec![2];
    for (client, other) in [(9_u8, 5_u8), (5, 9)] {
        number(&mut bytes, count.into());
        bytes.extend([client, 0]);
        for clock in 0..count {
            if client == 5 && clock == 0 {
                bytes.extend(b"\x04\x01\x05title");
            } else {
                let left = clock - u32::from(client == 5);
                bytes.extend([0x84, other]);
                number(&mut bytes, left.into());
            }
            bytes.extend(b"\x01a");
        }
    }
    bytes.extend(b"\x01\x05\x01\x00\x01");
    bytes
}

/// `count` letters of one client, each behind the one before.
fn solo(count: u32) -> Vec<u8> {
    let mut bytes = vec![1];
    number(&mut bytes, count.into());
    bytes.extend(b"\x05\x00\x04\x01\x05title\x01a");
    for clock in 1..count {
        bytes.extend([0x84, 5]);
        number(&mut bytes, u64::from(clock) - 1);
        bytes.extend(b"\x01a");
    }
    bytes.push(0);
    bytes
}

/// [G-28]
#[test]
fn a_short_update_stays_whole() {
    assert_eq!(parts(b"\x00\x00"), [b"\x00\x00"]);
    let short = duet(50);
    assert_eq!(parts(&short), [short]);
    let long_text = {
        let mut bytes = b"\x01\x01\x05\x00\x04\x01\x05title".to_vec();
        number(&mut bytes, 100_000);
        bytes.extend(std::iter::repeat_n(b'a', 100_000));
        bytes.push(0);
        bytes
    };
    assert_eq!(parts(&long_text), [long_text]);
    let apart = duet(1_000);
    assert_eq!(parts(&apart), [apart], "no letter continues another");
}

/// [G-28] Letters that continue each other are put together a few hundred at a time.
#[test]
fn what_becomes_one_is_taken_apart_early() {
    let update = solo(10_000);
    let parts = parts(&update);
    assert!(parts.iter().all(|part| part.len() < 3_000));
    let merged = merge(parts.iter().map(Vec::as_slice)).unwrap();
    assert_eq!(merged, update);
}

/// [G-28] Together they say what the update says, deletions last.
#[test]
fn parts_follow_one_another() {
    let update = duet(50_000);
    let parts = parts(&update);
    assert!(parts.len() > 10, "{}", parts.len());
    let (last, others) = parts.split_last().unwrap();
    assert!(others.iter().all(|part| part.ends_with(b"\x01a\x00")));
    assert!(last.ends_with(b"\x01\x05\x01\x00\x01"));
    let merged = merge(parts.iter().map(Vec::as_slice)).unwrap();
    assert_eq!(merged, update);
    assert!(parts.iter().all(|part| part.len() < 20_000));
}

/// [G-28] Each builds on those before it alone, though the first client waits for the second.
#[test]
fn no_part_waits_for_a_later_one() {
    let mut seen = std::collections::HashMap::new();
    for part in parts(&duet(50_000)) {
        let mut cursor = Cursor::new(&part, 0);
        let mut needed = Vec::new();
        for _ in 0..cursor.count(3).unwrap() {
            let left = cursor.count(2).unwrap();
            let client = wire::client(&mut cursor).unwrap();
            let mut clock = cursor.clock().unwrap();
            for _ in 0..left {
                let read = one(&mut cursor).unwrap();
                let needs = [read.left, read.right, read.parent];
                needed.extend(needs.into_iter().flatten());
                clock += read.length;
            }
            seen.insert(client, clock);
        }
        for id in needed {
            assert!(
                seen.get(&id.client).is_some_and(|end| id.clock < *end),
                "{id:?}"
            );
        }
    }
}

/// [G-28]
#[test]
fn what_is_no_update_is_none() {
    let update = duet(50_000);
    assert!(split(&update[..update.len() / 2]).is_none());
}
