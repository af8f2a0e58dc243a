//! A journal that takes nothing, and people with open pages.

use bytes::Bytes;
use denkraum_domain::PageId;
use denkraum_journal::ReadOnly;
use denkraum_sync::step2_frame;

use crate::bench::{Bench, Client, PAGE, config, holds, typed};

async fn told(client: &mut Client) -> String {
    let frame: Bytes = client.wait_for(105).await;
    String::from_utf8(frame[2..].to_vec()).unwrap()
}

/// [S-43] On every open page at once, whether anybody writes or not; on those opened later, too; and
/// when there is room again, what was written meanwhile is saved.
#[tokio::test]
async fn everybody_with_an_open_page_is_told_and_what_was_written_is_saved_later() {
    let mut config = config();
    config.timing.ask_again = 1;
    let bench = Bench::new(config).await;
    let rooms = bench.rooms.clone();
    let scene = async {
        let mut one = bench.join(1);
        let mut other = bench.join_page(PageId::from_u128(78), 2).unwrap();
        one.sync().await;
        other.sync().await;
        bench.journal.fail(ReadOnly::NoSpace);
        assert_eq!(told(&mut one).await, r#"{"storage":"full"}"#);
        assert_eq!(told(&mut other).await, r#"{"storage":"full"}"#);
        let mut late = bench.join_page(PageId::from_u128(79), 3).unwrap();
        assert_eq!(told(&mut late).await, r#"{"storage":"full"}"#);

        one.write(5, 0, "Hallo").await;
        // Asked for what it has, as after every failure.
        one.asked().await;
        bench.journal.recover();
        assert_eq!(told(&mut one).await, r#"{"storage":"writable"}"#);
        assert_eq!(told(&mut late).await, r#"{"storage":"writable"}"#);
        one.send(step2_frame(&typed(5, 0, "Hallo"))).await;
        one.saved(3).await;
        let stored = bench.store.load_page(PAGE).await.unwrap().unwrap();
        assert!(holds(&stored.updates.concat(), "Hallo"));
    };
    tokio::select! {
        () = rooms.follow_storage() => panic!("the journal was not closed"),
        () = scene => {}
    }
}
