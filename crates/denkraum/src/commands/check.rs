//! `denkraum check`.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use denkraum_app::{BlobState, Blobs, SET_ASIDE, Trials, check_versions, stored_files};
use denkraum_journal::{Damage, Journal, JournalId, Position, ReadError};
use denkraum_journal_file::{Cut, FileJournal};
use denkraum_store::{ReadError as LookUpError, Record, RecordKey, Store};
use futures_util::StreamExt as _;

use super::{runtime, trial};
use crate::cli::Check;
use crate::config::{self, DataConfig};
use crate::environment::environment;

/// Reads everything in a data directory on which no server runs, and says what is damaged and what
/// is intact. Fails if something is damaged.
pub(crate) fn check(arguments: &Check) -> Result<()> {
    let release = arguments.release;
    let arguments = &arguments.data;
    let file = config::read(arguments.config.as_deref())?;
    let data = DataConfig::validate(arguments, &file)?;
    let folder = data.journal();
    if !folder.is_dir() {
        bail!("there is no journal in {}", data.dir.display());
    }
    let damaged = runtime()?.block_on(async {
        let (journal, opened) = FileJournal::open(&folder, JournalId::from_u128(0))
            .with_context(|| format!("could not open {}", folder.display()))?;
        if opened.created {
            bail!("{} was empty", folder.display());
        }
        let journal: Arc<dyn Journal> = Arc::new(journal);
        if let Some(cut) = &opened.cut {
            report_cut(cut);
        }
        let damaged =
            read_journal(&*journal).await? + look_up_pages(&journal, &data, release).await?;
        journal.close().await;
        Ok(damaged)
    })?;
    if damaged > 0 {
        bail!("{damaged} damaged places; everything else is intact and goes on");
    }
    println!("everything is intact");
    Ok(())
}

fn report_cut(cut: &Cut) {
    let Cut {
        file,
        offset,
        bytes,
    } = cut;
    println!("{file}: an unfinished write of {bytes} bytes at {offset} was cut; nothing is lost");
}

/// Reads every entry; returns how many places are damaged.
async fn read_journal(journal: &dyn Journal) -> Result<usize> {
    let last = journal.durable();
    let mut entries = 0_u64;
    let mut damage: BTreeMap<(Position, u64), Damage> = BTreeMap::new();
    let mut reached = Position::START;
    let mut tail = journal.tail(Position::START);
    while reached < last {
        match tail.next().await {
            Some(Ok((position, _))) => {
                entries += 1;
                reached = position;
            }
            Some(Err(ReadError::Damaged(found))) => {
                reached = reached.max(found.last);
                damage.insert((found.first, found.offset), found);
            }
            Some(Err(err)) => return Err(err).context("could not read the journal"),
            None => break,
        }
    }
    for found in damage.values() {
        let confirmed = if found.unconfirmed {
            " (never confirmed to anybody)"
        } else {
            ""
        };
        println!("damaged: {found}{confirmed}");
    }
    println!("journal: {entries} entries up to position {last} are intact");
    Ok(damage.values().filter(|found| !found.unconfirmed).count())
}

/// Puts every page together, each with so much time as a server gives it; returns how many pages and
/// records are set aside or would be.
async fn look_up_pages(
    journal: &Arc<dyn Journal>,
    data: &DataConfig,
    release: bool,
) -> Result<usize> {
    let store = Store::open(Arc::clone(journal), &data.view())
        .await
        .context("could not open the store")?;
    check_versions(&store)
        .await
        .context("not checked further")?;
    let aside = store.set_aside().await.context("could not ask the store")?;
    for subject in &aside {
        println!("set aside: {subject}");
    }
    let (mut intact, mut broken) = (0_u64, 0);
    let marked = store.scan(SET_ASIDE).await;
    let marked = marked.context("could not ask for pages that are set aside")?;
    // A page may break whoever opens it.
    let mut trials = Trials::new(trial().context("the program does not find itself")?);
    let heads = store
        .page_heads()
        .await
        .context("could not list the pages")?;
    for head in heads {
        match store.load_page(head.page).await {
            Ok(stored) => {
                let opens = match stored {
                    Some(stored) => trials
                        .opens(&stored)
                        .await
                        .context("could not try the pages")?,
                    None => true,
                };
                let page = head.page.to_string();
                let mark = marked.iter().find(|(key, _)| key.id() == page);
                let is_released = release && opens;
                match mark {
                    None if opens => {}
                    None => println!("cannot be opened: page {page}"),
                    Some(mark) => report_mark(&store, mark, opens, is_released).await?,
                }
                if opens && (mark.is_none() || is_released) {
                    intact += 1;
                } else {
                    broken += 1;
                }
            }
            // Named already.
            Err(LookUpError::Damaged { .. }) => {}
            Err(err) => return Err(err).with_context(|| format!("could not load {}", head.page)),
        }
    }
    let aside = aside.len() + broken;
    println!("pages: {intact} are intact; set aside: {aside}");
    let files = look_at_files(&store, data).await?;
    store.close().await;
    Ok(aside + files)
}

/// Reads every attached file; returns how many are not what they should be. [B-5]
async fn look_at_files(store: &Store, data: &DataConfig) -> Result<usize> {
    let blobs = Blobs::look(&data.blobs());
    let (mut intact, mut broken) = (0_u64, 0);
    let files = stored_files(store).await;
    for file in files.context("could not list the attached files")? {
        let state = blobs.check(file.blob, file.bytes).await;
        let is_what = match state.context("could not read the attached files")? {
            BlobState::Intact => {
                intact += 1;
                continue;
            }
            BlobState::Damaged => "damaged",
            BlobState::Missing => "missing",
        };
        let (id, page, blob) = (file.id, file.page, file.blob);
        println!("{is_what}: file {id} of page {page} (blobs/{blob})");
        broken += 1;
    }
    println!("files: {intact} are intact; damaged or missing: {broken}");
    Ok(broken)
}

/// Says of a page that a server set aside whether it opens now, and takes it back if that is wanted.
async fn report_mark(
    store: &Store,
    (key, record): &(RecordKey, Record),
    opens: bool,
    is_released: bool,
) -> Result<()> {
    let (page, position) = (key.id(), String::from_utf8_lossy(&record.value));
    let now = match (opens, is_released) {
        (false, _) => "it cannot be opened",
        (true, false) => "it opens now; --release takes it back",
        (true, true) => "it opens now and was taken back",
    };
    println!("set aside: page {page} as it was at position {position}; {now}");
    if is_released {
        let at = environment().now();
        let deleted = store.delete(key.clone(), record.revision, None, at);
        deleted
            .await
            .with_context(|| format!("could not take page {page} back"))?;
    }
    Ok(())
}
