//! Rights while connected.

use std::cell::Cell;

use denkraum_domain::Access;
use denkraum_rooms::{AccessReason, Extensions, JoinPermit, close};

use crate::bench::{Bench, Client, PAGE, config, may_read, profile};

/// [S-27]
#[tokio::test]
async fn rights_that_change_reach_every_connection_they_concern() {
    let bench = Bench::new(config()).await;
    let (mut one, mut two) = (bench.join(1), bench.join(2));
    one.sync().await;
    two.sync().await;
    let first = denkraum_domain::PersonId::from_u128(1);
    bench.rooms.permits_changed(|person, page| {
        assert_eq!(page, PAGE);
        let access = (person != first).then_some(Access::Read);
        (access, AccessReason::Role)
    });
    assert_eq!(one.closed().await, close::NOT_ALLOWED);
    let told = two.wait_for(102).await;
    assert!(told.ends_with(br#"{"access":"read","reason":"role"}"#));
    assert_eq!(bench.rooms.open_counts(), (1, 1));
}

/// [S-27]
#[tokio::test]
async fn who_joined_by_rules_that_no_longer_hold_is_told_at_once_and_alone() {
    let bench = Bench::new(config()).await;
    let (mut one, mut two) = (bench.join(1), bench.join(2));
    one.sync().await;
    two.sync().await;
    let archived = (Some(Access::Read), AccessReason::Archived);
    bench.rooms.permit_changed(one.id, |_, _| archived);
    let told = one.wait_for(102).await;
    assert!(told.ends_with(br#"{"access":"read","reason":"archived"}"#));
    two.write(5, 0, "a").await;
    two.saved(2).await;
}

/// [S-27]
#[tokio::test]
async fn an_answer_that_was_overtaken_by_a_change_does_not_stay() {
    let bench = Bench::new(config()).await;
    let mut one = bench.join(1);
    one.sync().await;
    let asked = Cell::new(0);
    // The page comes back while the answer that it is archived is on its way.
    bench.rooms.permits_changed(|_, _| {
        asked.set(asked.get() + 1);
        match asked.get() {
            1 => (Some(Access::Read), AccessReason::Archived),
            _ => (Some(Access::Edit), AccessReason::Role),
        }
    });
    for words in [
        r#"{"access":"read","reason":"archived"}"#,
        r#"{"access":"edit","reason":"role"}"#,
    ] {
        assert!(one.wait_for(102).await.ends_with(words.as_bytes()));
    }
    one.write(5, 0, "a").await;
    one.saved(2).await;
}

/// [S-27]
#[tokio::test]
async fn the_end_of_a_session_closes_its_connection() {
    let bench = Bench::new(config()).await;
    let (mut one, mut two) = (bench.join(1), bench.join(1));
    one.sync().await;
    two.sync().await;
    bench.rooms.sign_out(one.id);
    assert_eq!(one.closed().await, close::SIGNED_OUT);
    two.write(5, 0, "a").await;
    two.saved(2).await;
}

/// [S-26]
#[tokio::test]
async fn a_reader_is_told_that_it_may_not_write() {
    let bench = Bench::new(config()).await;
    let permit = JoinPermit::Read(may_read(1));
    let joined = bench.rooms.join(&permit, profile(), Extensions::ALL);
    let mut reader = Client::new(joined.unwrap());
    reader.sync().await;
    reader.write(5, 0, "a").await;
    let told = reader.wait_for(102).await;
    assert!(told.ends_with(br#"{"access":"read","reason":"role"}"#));
}
