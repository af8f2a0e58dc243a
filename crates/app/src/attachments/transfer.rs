//! A file on its way in or out.

use bytes::Bytes;
use denkraum_domain::{FileName, PageId};
use denkraum_store::{BlobDownload, BlobError, NewBlob};

use super::AttachmentError;

/// A file that is being sent. Dropping it gives it up.
#[derive(Debug)]
pub struct Upload {
    page: PageId,
    name: FileName,
    blob: NewBlob,
    max: u64,
}

impl Upload {
    pub(super) const fn new(page: PageId, name: FileName, blob: NewBlob, max: u64) -> Self {
        Self {
            page,
            name,
            blob,
            max,
        }
    }

    /// Takes the next part.
    pub async fn write(&mut self, part: &[u8]) -> Result<(), AttachmentError> {
        let (page, max) = (self.page, self.max);
        if self.blob.bytes().saturating_add(part.len() as u64) > max {
            return Err(AttachmentError::TooLarge { max });
        }
        let written = self.blob.write(part).await;
        written.map_err(|err| AttachmentError::Disk { page, err })
    }

    pub(super) fn into_parts(self) -> (PageId, FileName, NewBlob) {
        (self.page, self.name, self.blob)
    }
}

/// A file that is being read. Its last part comes only if all of it is what was attached.
#[derive(Debug)]
pub struct Download {
    /// What it is called.
    pub name: FileName,
    /// Its length.
    pub bytes: u64,
    blob: BlobDownload,
}

impl Download {
    pub(super) const fn new(name: FileName, bytes: u64, blob: BlobDownload) -> Self {
        Self { name, bytes, blob }
    }

    /// The next part, none after the last one.
    pub async fn next(&mut self) -> Result<Option<Bytes>, BlobError> {
        self.blob.next().await
    }
}

/// Sorts of files by the ends of their names. What a browser would run (HTML, SVG, scripts) has none.
const MEDIA_TYPES: &[(&str, &str)] = &[
    ("csv", "text/csv"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("gif", "image/gif"),
    ("heic", "image/heic"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("m4a", "audio/mp4"),
    ("md", "text/markdown"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("txt", "text/plain"),
    ("webp", "image/webp"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("zip", "application/zip"),
];

/// What sort of file it is, by its name alone: whoever sends it may say anything.
pub(super) fn media_type(name: &FileName) -> &'static str {
    let extension = name.extension();
    let known = MEDIA_TYPES.iter().find(|(known, _)| *known == extension);
    known.map_or("application/octet-stream", |(_, media)| media)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_browser_runs_is_called_so() {
        for (name, media) in [
            ("Bericht.PDF", "application/pdf"),
            ("a.html", "application/octet-stream"),
            ("a.svg", "application/octet-stream"),
            ("a.png.js", "application/octet-stream"),
            ("README", "application/octet-stream"),
        ] {
            let name = FileName::parse(name).unwrap();
            assert_eq!(media_type(&name), media, "{name}");
        }
    }
}
