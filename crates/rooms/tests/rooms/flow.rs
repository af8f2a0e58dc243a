//! What people write, and what the server writes.

use denkraum_domain::{Actor, Audience, Grant, PersonId, Role, SpaceId, permit_create};
use denkraum_journal::{AppendError, JournalId, MemoryJournal};
use denkraum_rooms::{EditError, EditFailure, ReadError};
use denkraum_sync::step2_frame;

use crate::bench::{Bench, PAGE, config, holds, may_edit, typed, until};

/// [S-10]
#[tokio::test]
async fn what_one_writes_the_other_gets_once_it_is_durable() {
    let bench = Bench::new(config()).await;
    let (mut one, mut two) = (bench.join(1), bench.join(2));
    one.sync().await;
    two.sync().await;
    bench.journal.hold();
    one.write(5, 0, "Hallo").await;
    until(|| bench.journal.held() == 1).await;
    two.send(denkraum_sync::step1_frame(&[])).await;
    assert!(!holds(&two.document().await, "Hallo"), "not durable yet");
    bench.journal.release();
    assert!(holds(&two.document().await, "Hallo"));
    one.saved(2).await;
}

/// [S-16]
#[tokio::test]
async fn what_the_journal_did_not_take_is_asked_for_again() {
    let bench = Bench::new(config()).await;
    let mut one = bench.join(1);
    one.sync().await;
    bench.journal.hold();
    one.write(5, 0, "Hallo").await;
    until(|| bench.journal.held() == 1).await;
    bench.journal.refuse_held(&AppendError::Write {
        detail: "no space".to_owned(),
    });
    one.asked().await;
    one.send(step2_frame(&typed(5, 0, "Hallo"))).await;
    one.saved(3).await;
    let state = bench.rooms.read(PAGE).await.unwrap();
    assert!(holds(&state, "Hallo"));
}

/// [S-31]
#[tokio::test]
async fn a_settled_page_is_passed_on() {
    let mut bench = Bench::new(config()).await;
    let mut one = bench.join(1);
    one.sync().await;
    one.write(5, 0, "Hallo").await;
    let settled = bench.settled.recv().await.unwrap();
    assert_eq!(settled.page, PAGE);
    assert!(holds(&settled.state, "Hallo"));
    let head = bench.store.page_head(PAGE).await.unwrap().unwrap();
    assert_eq!(settled.upto, head.last);
}

/// [S-29]
#[tokio::test]
async fn the_server_reads_open_and_closed_pages_and_writes_to_both() {
    let bench = Bench::new(config()).await;
    let missing = bench.rooms.read(PAGE).await;
    assert!(matches!(missing, Err(ReadError::NotFound(PAGE))));
    let permit = may_edit(1);
    bench
        .rooms
        .edit(&permit, typed(5, 0, "eins").into())
        .await
        .unwrap();
    let open = bench.rooms.read(PAGE).await.unwrap();
    bench.all_closed().await;
    let closed = bench.rooms.read(PAGE).await.unwrap();
    assert!(holds(&open, "eins"));
    assert_eq!(open, closed);
    let mut one = bench.join(1);
    assert!(holds(&one.sync().await, "eins"));
    bench
        .rooms
        .edit(&permit, typed(6, 0, "zwei").into())
        .await
        .unwrap();
    assert!(holds(&one.document().await, "zwei"));
}

/// [S-29]
#[tokio::test]
async fn a_page_is_created_once() {
    let bench = Bench::new(config()).await;
    let space = SpaceId::parse("pankow").unwrap();
    let grants = vec![Grant {
        role: Role::Writer,
        space: Some(space.clone()),
    }];
    let person = PersonId::from_u128(1);
    let actor = Actor { person, grants };
    let permit = permit_create(&actor, &space, false, Audience::Space).unwrap();
    let content = || typed(5, 0, "eins").into();
    bench.rooms.create(&permit, PAGE, content()).await.unwrap();
    let again = bench.rooms.create(&permit, PAGE, content()).await;
    let Err(EditError::Failed { err, .. }) = again else {
        panic!("{again:?}");
    };
    assert_eq!(err, EditFailure::Exists);
    let head = bench.store.page_head(PAGE).await.unwrap().unwrap();
    assert_eq!(head.created_by, Some(person));
}

#[tokio::test]
async fn a_new_start_on_the_same_journal_has_everything() {
    let journal = MemoryJournal::new(JournalId::from_u128(3));
    let bench = Bench::on(journal.clone(), config()).await;
    let mut one = bench.join(1);
    one.sync().await;
    one.write(5, 0, "Hallo").await;
    one.saved(2).await;
    let again = Bench::on(journal.reopened(), config()).await;
    assert!(holds(&again.join(1).sync().await, "Hallo"));
}
