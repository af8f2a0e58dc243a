//! How large the data folder gets, whatever is edited.

use std::path::Path;
use std::sync::Arc;

use denkraum_domain::{PageId, Timestamp};
use denkraum_journal::{Journal, JournalId};
use denkraum_journal_file::{FileJournal, Options, SystemDisk};
use denkraum_rooms::{JoinPermit, Rooms, Schema};
use denkraum_store::Store;
use denkraum_sync::{Extensions, update_frame};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::bench::{Client, config, may_edit_page, profile};
use crate::writer::{Style, Writer, all_saved};

/// Who writes, each on a page of their own.
const STYLES: [Style; 4] = [
    Style::Types,
    Style::TidiesUp,
    Style::Replaces,
    Style::TidiesUp,
];
/// Edits of one person at a time.
const GROUP: u64 = 50;
/// How often the folder is measured.
const POINTS: u64 = 10;
const MIB: u64 = 1 << 20;

/// Bytes of the files whose path holds this.
fn bytes_in(folder: &Path, part: &str) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap();
    let sizes = entries.map(|entry| {
        let path = entry.unwrap().path();
        match path.metadata() {
            Ok(found) if found.is_dir() => bytes_in(&path, part),
            Ok(found) if path.to_string_lossy().contains(part) => found.len(),
            // Another one, or removed since it was listed.
            _ => 0,
        }
    });
    sizes.sum()
}

struct Desk {
    page: PageId,
    client: Client,
    writer: Writer,
    saved: u64,
}

/// Lets people write so many updates on pages of every sort; at each point the folder has at most 2.5
/// times the base, and `spare` bytes. Prints the curve.
async fn grow(path: &Path, updates: u64, rewrite_bytes: u64, spare: u64) {
    let options = Options {
        rewrite_bytes,
        allocate_bytes: spare / 8,
        ..Options::default()
    };
    let (disk, id) = (Arc::new(SystemDisk), JournalId::from_u128(5));
    let journal = FileJournal::open_with(disk, &path.join("journal"), id, options);
    let journal: Arc<dyn Journal> = Arc::new(journal.unwrap().0);
    let view = path.join("view");
    let store = Store::open(Arc::clone(&journal), &view).await.unwrap();
    let json = include_str!("../../../../data/schema/page.json");
    let schema = Arc::new(Schema::from_json(json).unwrap());
    let (settle, mut settled) = mpsc::channel(1);
    let started = Instant::now();
    let clock = Arc::new(move || {
        let millis = i64::try_from(started.elapsed().as_millis()).unwrap();
        Timestamp::from_millis(1_700_000_000_000 + millis)
    });
    let rooms = Rooms::new(store.clone(), schema, config(), clock, settle);
    let mut desks = Vec::new();
    for (person, style) in (0_u64..).zip(STYLES) {
        let page = PageId::from_u128(u128::from(person) + 1);
        let permit = JoinPermit::Edit(may_edit_page(page, 1));
        let joined = rooms.join(&permit, profile(), Extensions::ALL);
        let mut client = Client::new(joined.unwrap());
        client.sync().await;
        desks.push(Desk {
            page,
            client,
            writer: Writer::new(style, person),
            saved: 0,
        });
    }
    println!("| updates | data directory | base | increments | view |");
    println!("| --- | --- | --- | --- | --- |");
    let groups = updates / GROUP;
    for group in 1..=groups {
        let desk = &mut desks[usize::try_from(group).unwrap() % STYLES.len()];
        for _ in 0..GROUP {
            let update = desk.writer.next();
            desk.client.send(update_frame(&update)).await;
        }
        // Its answer to the first question came before all of these.
        let sent = desk.writer.edits + 1;
        all_saved(&mut desk.client, &mut desk.saved, sent).await;
        store.projection(desk.page).await.unwrap();
        while settled.try_recv().is_ok() {}
        if group.is_multiple_of(groups / POINTS) {
            let all = bytes_in(path, "");
            let [base, increments, view] =
                ["/base-", "/increment-", "/view/"].map(|part| bytes_in(path, part));
            let mib = |bytes: u64| format!("{}.{} MiB", bytes / MIB, bytes % MIB * 10 / MIB);
            println!(
                "| {} | {} | {} | {} | {} |",
                group * GROUP,
                mib(all),
                mib(base),
                mib(increments),
                mib(view)
            );
            assert!(2 * all <= 5 * base + 2 * spare, "{all} bytes, base {base}");
        }
    }
    drop(settled);
    rooms.shutdown().await;
    store.close().await;
    journal.close().await;
}

/// [V-14, F-20]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_folder_stays_small_at_each_point() {
    let folder = tempfile::tempdir().unwrap();
    grow(folder.path(), 20_000, 2 * MIB, 8 * MIB).await;
    assert!(bytes_in(folder.path(), "/base-") > 0, "it was rewritten");
}

/// [V-14, F-20] As many updates as one likes, with the sizes of the product.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "long: run by `cargo xtask crash --updates N`"]
#[expect(clippy::disallowed_methods, reason = "the command says how many")]
async fn many_updates() {
    let wanted = std::env::var("DENKRAUM_UPDATES").unwrap_or_else(|_| "1000000".to_owned());
    let folder = tempfile::tempdir().unwrap();
    let updates = wanted.parse().unwrap();
    let usual = Options::default();
    grow(folder.path(), updates, usual.rewrite_bytes, 64 * MIB).await;
}
