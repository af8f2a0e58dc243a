//! How attached files are kept.

use denkraum_app::{AttachmentsConfig, Extractor};

use super::rooms::within;
use super::{ConfigError, ConfigFile, DataConfig};
use crate::cli::Serve;
use crate::commands::{MAX_TEXT, TIME};

/// The most that one file may have, in MiB.
const MAX_MIB: std::ops::RangeInclusive<u64> = 1..=4096;

/// The product's own sizes, with what the installation sets differently.
pub(crate) fn validate(
    arguments: &Serve,
    file: &ConfigFile,
    data: &DataConfig,
) -> Result<AttachmentsConfig, ConfigError> {
    let mut attachments = data.attachments(Some(extractor()?));
    if let Some(mib) = arguments.attachment_mib.or(file.attachments.max_mib) {
        attachments.max_bytes = within("attachment_mib", mib, &MAX_MIB)? << 20;
    }
    Ok(attachments)
}

/// This program itself, in a process of its own.
fn extractor() -> Result<Extractor, ConfigError> {
    let program = std::env::current_exe();
    let program = program.map_err(|error| {
        let reason = format!("the program does not find itself: {error}");
        ConfigError::option("attachment_mib", reason)
    })?;
    Ok(Extractor {
        program,
        arguments: vec!["extract-text".into()],
        time: TIME,
        max_text: MAX_TEXT,
    })
}
