//! Opening the data directory: journal, view, application.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use denkraum_app::catalogue::{self, CityFiles};
use denkraum_app::{App, AppConfig, AttachmentsConfig, RoomsConfig};
use denkraum_journal::{Journal, JournalId};
use denkraum_journal_file::FileJournal;
use denkraum_store::Store;

use crate::city;
use crate::commands::trial;
use crate::config::DataConfig;
use crate::environment::{environment, random};

/// The application on a data directory, and the city's files it was opened with.
pub(crate) struct Open {
    pub(crate) app: App,
    pub(crate) city: CityFiles,
    journal: Arc<dyn Journal>,
}

/// Opens everything. A second program on the same directory is refused.
pub(crate) async fn open(
    config: &DataConfig,
    rooms: RoomsConfig,
    attachments: AttachmentsConfig,
) -> Result<Open> {
    let city = city::files(config)?;
    let catalogue = catalogue::read(&city)?;
    std::fs::create_dir_all(&config.dir)
        .with_context(|| format!("could not make {}", config.dir.display()))?;
    let (journal, _found) = tokio::task::spawn_blocking({
        let folder = config.journal();
        let mut fresh = [0; 16];
        random(&mut fresh);
        move || FileJournal::open(&folder, JournalId::from_u128(u128::from_le_bytes(fresh)))
    })
    .await?
    .with_context(|| format!("could not open the data in {}", config.dir.display()))?;
    let journal: Arc<dyn Journal> = Arc::new(journal);
    let store = Store::open(Arc::clone(&journal), &config.view())
        .await
        .context("could not open the store")?;
    let app = App::open(AppConfig {
        store,
        catalogue,
        schema: city::PAGE_SCHEMA.to_owned(),
        search_dir: config.search(),
        applying_dir: config.applying(),
        trial: trial(),
        attachments,
        rooms,
        environment: environment(),
    });
    let app = app.await.context("could not open the application")?;
    Ok(Open { app, city, journal })
}

/// Opens everything for a command that serves nobody: no text is read out of files then.
pub(crate) async fn open_quietly(config: &DataConfig) -> Result<Open> {
    open(config, RoomsConfig::default(), config.attachments(None)).await
}

impl Open {
    /// Stops the application and closes the journal in order.
    pub(crate) async fn close(self) {
        self.app.shutdown().await;
        self.close_journal().await;
    }

    /// Closes the journal in order, after the application was stopped.
    pub(crate) async fn close_journal(self) {
        self.journal.close().await;
    }
}
