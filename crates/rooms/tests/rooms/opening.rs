//! What opening a page costs after it was edited for long and the server was killed.

use std::sync::Arc;

use denkraum_store::{Store, StoredPage};
use denkraum_sync::update_frame;

use crate::bench::{Bench, PAGE, config};
use crate::writer::{Style, Writer, all_saved};

const EDITS: u64 = 100_000;
/// Edits under way at once, and twice as many may come while a snapshot is being written.
const GROUP: u64 = 100;
/// More than a letter's update has.
const EDIT_BYTES: usize = 30;

/// What a server started anew reads of the page if this one is killed now.
async fn after_a_kill(bench: &Bench) -> StoredPage {
    let folder = tempfile::tempdir().unwrap();
    let journal = Arc::new(bench.journal.reopened());
    let store = Store::open(journal, folder.path()).await.unwrap();
    let page = store.load_page(PAGE).await.unwrap().unwrap();
    store.close().await;
    page
}

/// [S-32] Whenever the server is killed, opening the page reads its snapshot and a quarter more, and
/// applies of all edits at most the last two thousand.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_100_000_edits_opens_at_the_cost_of_its_snapshot_after_a_kill() {
    let bench = Bench::new(config()).await;
    let limits = config().limits;
    let mut one = bench.join(1);
    one.sync().await;
    let (mut writer, mut saved) = (Writer::new(Style::Types, 0), 0);
    // Not in step with anything, so that it is killed right after a snapshot and right before one.
    let kills = (1..=30).map(|kill| kill * EDITS / 30 - kill * 37 % 500);
    for kill in kills.chain([EDITS]) {
        while writer.edits < kill {
            one.send(update_frame(&writer.next())).await;
            // Its answer to the first question came before all of these.
            if writer.edits.is_multiple_of(GROUP) {
                all_saved(&mut one, &mut saved, writer.edits + 1).await;
                // People write more slowly than the view applies it, which a snapshot waits for.
                bench.store.projection(PAGE).await.unwrap();
            }
        }
        all_saved(&mut one, &mut saved, writer.edits + 1).await;
        let page = after_a_kill(&bench).await;
        let snapshot = page.snapshot.map_or(0, |snapshot| snapshot.len());
        let (updates, bytes) = (page.updates.len(), page.updates.concat().len());
        println!("{kill} edits: snapshot {snapshot} bytes, then {updates} updates, {bytes} bytes");
        let (meanwhile, updates) = (2 * GROUP, updates as u64);
        assert!(updates <= limits.compact_at_most + meanwhile, "{updates}");
        let extra = usize::try_from(meanwhile).unwrap() * EDIT_BYTES;
        let share = bytes.saturating_sub(extra) * limits.compact_share;
        let is_short = updates <= limits.compact_after + meanwhile;
        assert!(is_short || share <= snapshot, "{bytes} after {snapshot}");
    }
}
