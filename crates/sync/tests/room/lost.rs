//! Text written into something that somebody else deletes at the same time.

use bytes::Bytes;
use denkraum_domain::{Access, PersonId};
use denkraum_sync::{AccessReason, Effect, Input, LoadedPage, LostText, lost_texts};
use yrs::Doc;

use crate::bench::{Bench, entry, heard, says};
use crate::support::{
    Heard, add_paragraph, apply, diff, document, drop_paragraph, in_paragraph, move_up, schema,
    state_vector, turn_into_heading, type_title, whole,
};

/// What is stored when these updates came one after the other; seven is person 1, eight person 2.
fn stored(updates: &[&[u8]]) -> LoadedPage {
    let updates = updates.iter().map(|update| Bytes::copy_from_slice(update));
    LoadedPage {
        snapshot: None,
        updates: updates.collect(),
        owners: vec![(7, PersonId::from_u128(1)), (8, PersonId::from_u128(2))],
        upto: 9,
    }
}

fn lost(page: &LoadedPage) -> Vec<LostText> {
    lost_texts(&schema(), page).unwrap()
}

/// A paragraph that seven wrote, and eight has.
fn base() -> (Doc, Doc, Vec<u8>) {
    let (seven, eight) = (document(7), document(8));
    let paragraph = add_paragraph(&seven, 0, "Frühe Hilfen");
    apply(&eight, &paragraph);
    (seven, eight, paragraph)
}

/// [S-38]
#[test]
fn words_in_a_block_that_was_changed_at_the_same_time_are_found_with_what_stood_around_them() {
    let (seven, eight, paragraph) = base();
    let changed = turn_into_heading(&seven, 0);
    let written = in_paragraph(&eight, 0, Some("nah "));
    for updates in [
        [&paragraph[..], &changed, &written],
        [&paragraph[..], &written, &changed],
    ] {
        let [text] = &lost(&stored(&updates))[..] else {
            panic!("one text")
        };
        assert_eq!(text.author, PersonId::from_u128(2));
        assert_eq!(text.text, "nah ");
        assert_eq!((&text.before[..], &text.after[..]), ("Frühe ", "Hilfen"));
        assert_eq!(text.pieces, [(8, 0, 4)]);
    }
}

/// [S-38]
#[test]
fn words_that_came_long_after_their_block_went_are_found_without_their_place() {
    let (seven, eight, paragraph) = base();
    let changed = turn_into_heading(&seven, 0);
    let mut page = stored(&[&paragraph, &changed]);
    page.snapshot = Some(denkraum_sync::durable_state(&schema(), &page).unwrap());
    // Typed without a connection, with a mistake that was corrected.
    let before = state_vector(&eight);
    for words in ["na", "x", "h "] {
        in_paragraph(&eight, 0, Some(words));
    }
    apply(&eight, b"\x00\x01\x08\x01\x02\x01");
    page.updates = vec![diff(&eight, &before).into()];
    let [text] = &lost(&page)[..] else {
        panic!("one text")
    };
    assert_eq!((&text.text[..], &text.before[..]), ("nah ", ""));
}

/// [S-38]
#[test]
fn what_is_typed_letter_by_letter_and_corrected_is_one_text_as_it_read() {
    let (seven, eight, paragraph) = base();
    let (two, three) = (
        in_paragraph(&eight, 0, Some("ab")),
        in_paragraph(&eight, 0, Some("cd")),
    );
    let all: Vec<&[u8]> = vec![&paragraph, &two, &three];
    let reads = crate::support::reading(&eight);
    let changed = move_up(&seven, 0);
    let late = [&all[..], &[&changed]].concat();
    let [text] = &lost(&stored(&late))[..] else {
        panic!("one text")
    };
    let whole = format!("{}{}{}", text.before, text.text, text.after);
    assert!(reads.contains(&whole), "{whole} in {reads}");
    assert_eq!(text.text.len(), 4);
}

/// [S-38]
#[test]
fn what_somebody_deletes_who_saw_it_is_not_lost() {
    let (seven, eight, paragraph) = base();
    let written = in_paragraph(&eight, 0, Some("nah "));
    apply(&seven, &written);
    let gone = drop_paragraph(&seven, 0);
    assert_eq!(lost(&stored(&[&paragraph, &written, &gone])), []);
    let title = type_title(&eight, 0, "Pankow");
    assert_eq!(lost(&stored(&[&paragraph, &written, &title])), []);
}

fn is_kept(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Keep))
}

/// [S-38]
#[test]
fn the_room_asks_for_it_to_be_kept_before_it_compacts_and_tells_the_author() {
    let mut bench = Bench::open(&[1, 2]);
    let (seven, eight, paragraph) = base();
    bench.update(1, &paragraph);
    bench.durable(1);
    let changed = turn_into_heading(&seven, 0);
    let written = in_paragraph(&eight, 0, Some("nah "));
    bench.update(2, &written);
    bench.update(1, &changed);
    bench.durable(2);
    assert!(!is_kept(&bench.pass(5000)), "nothing is lost yet");
    bench.durable(3);
    assert!(is_kept(&bench.pass(5000)));
    assert!(!is_kept(&bench.pass(5000)), "asked once");
    let people = vec![(PersonId::from_u128(2), 1)];
    let effects = bench.give(Input::Kept { people });
    assert_eq!(heard(&effects, 2), [Heard::Kept(1)]);
    assert_eq!(heard(&effects, 1), []);

    let written = in_paragraph(&eight, 0, Some("bei "));
    bench.update(2, &written);
    bench.durable(4);
    bench.give(Input::Leave { conn: 1 });
    bench.give(Input::Leave { conn: 2 });
    let effects = bench.pass(60_000);
    let of = |wanted: fn(&Effect) -> bool| effects.iter().position(wanted);
    let keep = of(|effect| matches!(effect, Effect::Keep));
    let compact = of(|effect| matches!(effect, Effect::Compact { .. }));
    assert!(keep.is_some() && keep < compact, "{effects:?}");
}

/// [S-38]
#[test]
fn a_page_is_looked_through_again_when_it_is_loaded() {
    let (seven, eight, paragraph) = base();
    let changed = turn_into_heading(&seven, 0);
    let written = in_paragraph(&eight, 0, Some("nah "));
    let mut bench = Bench::new();
    bench.give(Input::Read { token: 0 });
    assert!(is_kept(
        &bench.load(stored(&[&paragraph, &changed, &written]))
    ));
    let mut bench = Bench::new();
    bench.give(Input::Read { token: 0 });
    assert!(!is_kept(&bench.load(stored(&[&paragraph, &changed]))));
}

/// What an answer to a question says was deleted holds what came into something deleted, too.
/// [S-38]
#[test]
fn what_an_answer_deletes_without_having_been_seen_is_lost() {
    let mut bench = Bench::open(&[1, 2]);
    let (seven, eight, paragraph) = base();
    bench.update(1, &paragraph);
    bench.durable(1);
    let empty = state_vector(&document(1));
    let written = in_paragraph(&eight, 0, Some("nah "));
    bench.update(2, &written);
    bench.durable(2);
    // Seven changed the paragraph before it heard of what was written; the change never arrived.
    turn_into_heading(&seven, 0);
    apply(&seven, &written);
    bench.give(Input::Leave { conn: 1 });
    bench.join(3, 1, Access::Edit);
    bench.frame(3, says(&[entry(7, 1, "{}")]));
    let answer = diff(&seven, &state_vector(&eight));
    let effects = bench.step2(3, &answer);
    let Some(Effect::Append { update, .. }) = effects.first() else {
        panic!("{effects:?}")
    };
    let [text] = &lost(&stored(&[&paragraph, &written, update]))[..] else {
        panic!("one text")
    };
    assert_eq!((&text.text[..], &text.before[..]), ("nah ", "Frühe "));
    bench.durable(3);
    assert!(is_kept(&bench.pass(5000)));
    // It means the same, for the server and for everybody else.
    apply(&eight, update);
    let (mine, theirs) = (diff(&seven, &empty), diff(&eight, &empty));
    let read = |bytes: &[u8]| {
        let doc = document(1);
        apply(&doc, bytes);
        crate::support::reading(&doc)
    };
    assert_eq!(read(&mine), read(&theirs));
    let effects = bench.step2(3, &whole(&seven));
    let is_append = |effect: &Effect| matches!(effect, Effect::Append { .. });
    assert!(!effects.iter().any(is_append), "journalled again");
}

/// A person with two devices has not seen on the one what they wrote on the other. [S-38]
#[test]
fn what_an_answer_deletes_of_another_device_of_the_same_person_is_lost() {
    let mut bench = Bench::open(&[1, 1]);
    let (seven, eight, paragraph) = base();
    bench.frame(1, says(&[entry(7, 1, "{}")]));
    bench.frame(2, says(&[entry(8, 1, "{}")]));
    bench.update(1, &paragraph);
    bench.durable(1);
    let own = in_paragraph(&seven, 0, Some("bei "));
    apply(&eight, &own);
    bench.update(1, &own);
    bench.durable(2);
    let written = in_paragraph(&eight, 0, Some("nah "));
    bench.update(2, &written);
    bench.durable(3);
    // Seven changed the paragraph before it heard of what was written; the change never arrived.
    turn_into_heading(&seven, 0);
    apply(&seven, &written);
    bench.give(Input::Leave { conn: 1 });
    bench.join(3, 1, Access::Edit);
    bench.frame(3, says(&[entry(7, 2, "{}")]));
    let answer = diff(&seven, &state_vector(&eight));
    let effects = bench.step2(3, &answer);
    let Some(Effect::Append { update, .. }) = effects.first() else {
        panic!("{effects:?}")
    };
    let mut page = stored(&[&paragraph, &own, &written, update]);
    page.owners = vec![(7, PersonId::from_u128(1)), (8, PersonId::from_u128(1))];
    let [text] = &lost(&page)[..] else {
        panic!("one text, and none of the device itself")
    };
    assert_eq!(text.text, "nah ");
}

/// What deletes the node is under way when the answer comes, and fails; the answer does not. [S-38]
#[test]
fn what_an_answer_deletes_without_the_node_that_was_named_before_is_lost() {
    let mut bench = Bench::open(&[1, 2]);
    let (seven, eight, paragraph) = base();
    bench.update(1, &paragraph);
    bench.durable(1);
    let written = in_paragraph(&eight, 0, Some("nah "));
    bench.update(2, &written);
    bench.durable(2);
    let changed = turn_into_heading(&seven, 0);
    apply(&seven, &written);
    bench.update(1, &changed);
    // It has answered the first question, and is asked again.
    bench.step2(1, &[0, 0]);
    for access in [Access::Read, Access::Edit] {
        bench.give(Input::PermitChanged {
            conn: 1,
            access: Some(access),
            reason: AccessReason::Role,
        });
    }
    let effects = bench.step2(1, &diff(&seven, &state_vector(&seven)));
    let appended = effects.iter().find_map(|effect| match effect {
        Effect::Append { update, .. } => Some(update.clone()),
        _ => None,
    });
    let mut updates = vec![&paragraph[..], &written];
    updates.extend(appended.as_deref());
    let page = stored(&updates);
    let state = denkraum_sync::durable_state(&schema(), &page).unwrap();
    let read = document(1);
    apply(&read, &state);
    let is_there = crate::support::reading(&read).contains("nah ");
    assert!(is_there || !lost(&page).is_empty());
}

/// What a client sent before its connection broke may come after the new connection of it. [S-38]
#[test]
fn what_a_client_wrote_itself_is_seen_on_its_older_connection_too() {
    let mut bench = Bench::open(&[1]);
    let (seven, eight, paragraph) = base();
    bench.frame(1, says(&[entry(7, 1, "{}")]));
    bench.update(1, &paragraph);
    bench.durable(1);
    turn_into_heading(&seven, 0);
    bench.join(2, 1, Access::Edit);
    bench.frame(2, says(&[entry(7, 2, "{}")]));
    let effects = bench.step2(1, &diff(&seven, &state_vector(&eight)));
    let Some(Effect::Append { update, .. }) = effects.first() else {
        panic!("{effects:?}")
    };
    assert_eq!(lost(&stored(&[&paragraph, update])), []);
}
