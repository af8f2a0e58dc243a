//! Text that stood in a block which somebody else changed at the same time, on a real store.

use denkraum_domain::Timestamp;
use denkraum_store::RecordKey;
use denkraum_sync::update_frame;

use crate::bench::{Bench, Client, PAGE, config, may_read, typed};

/// Client 5 makes a paragraph with `Hallo`.
const PARAGRAPH: &[u8] = b"\x01\x03\x05\x00\x07\x01\x04body\x03\x09paragraph\
    \x07\x00\x05\x00\x06\x04\x00\x05\x01\x05Hallo\x00";
/// It deletes all that, as it knows it.
const GONE: &[u8] = b"\x00\x01\x05\x01\x00\x07";

/// Client 6 types `text` into the paragraph, behind what it typed before.
fn into_paragraph(clock: u8, text: &str) -> Vec<u8> {
    let mut update = typed(6, clock.max(1), text);
    if clock == 0 {
        // Behind the `o` of client 5.
        update[3] = 0;
        update[5..7].copy_from_slice(&[5, 6]);
    }
    update
}

/// Jana has a paragraph, Samuel writes in it while she deletes it.
async fn lose(bench: &Bench) -> (Client, Client) {
    let (mut jana, mut samuel) = (bench.join(1), bench.join(2));
    jana.sync().await;
    samuel.sync().await;
    jana.send(update_frame(PARAGRAPH)).await;
    jana.saved(2).await;
    samuel.send(update_frame(&into_paragraph(0, " Welt"))).await;
    samuel.saved(2).await;
    jana.send(update_frame(GONE)).await;
    jana.saved(3).await;
    (jana, samuel)
}

/// [S-38]
#[tokio::test]
async fn its_author_is_told_and_nobody_else_sees_it() {
    let bench = Bench::new(config()).await;
    let (_jana, mut samuel) = lose(&bench).await;
    assert_eq!(samuel.wait_for(103).await[1], 1);
    let kept = bench.rooms.kept_texts(&may_read(2)).await.unwrap();
    let [text] = &kept[..] else {
        panic!("{kept:?}")
    };
    assert_eq!((&text.text[..], &text.before[..]), (" Welt", "Hallo"));
    assert_eq!(bench.rooms.kept_texts(&may_read(1)).await.unwrap(), []);
    assert!(!bench.rooms.let_go(&may_read(1), &text.id).await.unwrap());
    assert!(bench.rooms.let_go(&may_read(2), &text.id).await.unwrap());
    assert!(!bench.rooms.let_go(&may_read(2), &text.id).await.unwrap());
    // The journal still has it; what was decided stands.
    samuel.send(update_frame(&into_paragraph(5, "!"))).await;
    assert_eq!(samuel.wait_for(103).await[1], 1);
    let kept = bench.rooms.kept_texts(&may_read(2)).await.unwrap();
    let texts: Vec<&str> = kept.iter().map(|kept| &kept.text[..]).collect();
    assert_eq!(texts, ["!"]);
}

/// [S-38]
#[tokio::test]
async fn it_is_kept_before_the_page_is_compacted_when_everybody_has_left() {
    let mut config = config();
    // Nothing looks for it before the page is left.
    (config.timing.settle, config.timing.settle_at_most) = (600_000, 600_000);
    let bench = Bench::new(config).await;
    drop(lose(&bench).await);
    bench.all_closed().await;
    let stored = bench.store.load_page(PAGE).await.unwrap().unwrap();
    assert_eq!(stored.updates.len(), 0, "compacted");
    let kept = bench.rooms.kept_texts(&may_read(2)).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].text, " Welt");
}

/// [V-16] What a newer program has kept is neither read nor written over.
#[tokio::test]
async fn what_another_version_has_kept_stays_as_it_is() {
    let newer = r#"{"texts":[],"done":[],"more":1}"#;
    for (version, value) in [(2, newer), (1, "not JSON")] {
        let bench = Bench::new(config()).await;
        let key = RecordKey::new("lost-text", PAGE.to_string()).unwrap();
        let at = Timestamp::from_millis(1);
        let put = bench
            .store
            .put(key.clone(), None, version, value.into(), None, at);
        put.await.unwrap();
        drop(lose(&bench).await);
        bench.all_closed().await;
        let kept = bench.rooms.kept_texts(&may_read(2)).await;
        assert!(kept.is_err(), "{kept:?}");
        let record = bench.store.get(&key).await.unwrap().unwrap();
        assert_eq!((record.revision, &record.value[..]), (1, value.as_bytes()));
        // The lost text is still in the journal.
        let stored = bench.store.load_page(PAGE).await.unwrap().unwrap();
        assert_eq!(stored.updates.len(), 3);
    }
}
