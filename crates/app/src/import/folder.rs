//! Files of a folder as pages: an archive of ours, files of lines, Markdown with front matter.
//!
//! The names of folders mean nothing. A link from one file to another by a relative path becomes a
//! link to its page; a text other than the title of that page stays as the writer's own.

use std::collections::BTreeMap;

use denkraum_content::{NewLink, relink};
use denkraum_domain::PageId;
use serde_json::Value;

use super::front_matter;
use super::line::{self, Line, Refusal, Surroundings};
use super::reason::{ImportNote, ImportReason};
use super::source::{ImportFile, is_hidden, is_lines, is_markdown};
use super::{ImportRemark, Item, items_of_lines};
use crate::export::{ARCHIVE_FORMAT, MANIFEST, PAGES};

/// What a folder holds.
#[derive(Default)]
pub(super) struct Found {
    pub(super) items: Vec<Item>,
    pub(super) remarks: Vec<ImportRemark>,
    /// Whether it is an archive of ours, whose pages may be unfinished.
    pub(super) archive: bool,
}

/// Reads all files. `next_id` gives ids to pages that bring none, so that others can link to them.
pub(super) fn read(
    files: Vec<ImportFile>,
    around: Surroundings<'_>,
    next_id: impl FnMut() -> PageId,
) -> Found {
    if let Some(folder) = archive_folder(&files) {
        let pages = format!("{folder}{PAGES}");
        let around = Surroundings {
            untitled: true,
            ..around
        };
        let mut found = Found {
            archive: true,
            ..Found::default()
        };
        for file in files.iter().filter(|file| file.path == pages) {
            found.items = lines(file, around);
        }
        return found;
    }
    let mut found = Found::default();
    let mut markdown = Vec::new();
    for file in files {
        if is_hidden(&file.path) {
            continue;
        }
        if is_markdown(&file.path) {
            markdown.push(file);
        } else if is_lines(&file.path) {
            found.items.extend(lines(&file, around));
        } else {
            found.remarks.push(ImportRemark {
                file: Some(file.path),
                line: 0,
                note: ImportNote::NotRead,
            });
        }
    }
    found.items.extend(pages(markdown, around, next_id));
    found
}

/// The folder with our manifest, with a slash at its end unless it is the top.
fn archive_folder(files: &[ImportFile]) -> Option<&str> {
    let manifest = |file: &ImportFile| {
        let folder = file.path.strip_suffix(MANIFEST)?;
        let top = folder.is_empty() || folder.ends_with('/');
        let manifest: Value = serde_json::from_slice(&file.bytes).ok()?;
        (top && manifest.get("format")?.as_str()? == ARCHIVE_FORMAT).then_some(folder.len())
    };
    files.iter().find_map(|file| {
        let length = manifest(file)?;
        file.path.get(..length)
    })
}

fn lines(file: &ImportFile, around: Surroundings<'_>) -> Vec<Item> {
    match std::str::from_utf8(&file.bytes) {
        // A file of lines is written by a program, whose errors are told.
        Ok(text) => {
            let around = Surroundings {
                lenient: false,
                ..around
            };
            items_of_lines(Some(&file.path), text, around)
        }
        Err(_) => vec![Item::of_file(
            &file.path,
            Err((None, ImportReason::NotText)),
        )],
    }
}

/// Markdown files with their links to each other.
fn pages(
    files: Vec<ImportFile>,
    around: Surroundings<'_>,
    mut next_id: impl FnMut() -> PageId,
) -> Vec<Item> {
    let mut read: Vec<(String, Result<Line, Refusal>)> = files
        .into_iter()
        .map(|file| {
            let page = page(&file, around);
            (file.path, page)
        })
        .collect();
    let mut targets = BTreeMap::new();
    for (path, page) in &mut read {
        if let Ok(Line { new, .. }) = page {
            let id = *new.id.get_or_insert_with(&mut next_id);
            let title = new.title.as_ref().map(ToString::to_string);
            targets.insert(path.clone(), (id, title.unwrap_or_default()));
        }
    }
    let linked = read.into_iter().map(|(path, page)| {
        let page = page.map(|mut line| {
            let markdown = line.new.markdown.take().unwrap_or_default();
            line.new.markdown = Some(linked(&markdown, &path, &targets));
            line
        });
        Item::of_file(&path, page)
    });
    linked.collect()
}

fn page(file: &ImportFile, around: Surroundings<'_>) -> Result<Line, Refusal> {
    let text = std::str::from_utf8(&file.bytes).map_err(|_| (None, ImportReason::NotText))?;
    let (mut keys, text) = front_matter::split(text)?;
    let heading = first_heading(text);
    let title = keys.get("title").and_then(Value::as_str).map(str::to_owned);
    let (title, text) = match (title, heading) {
        // A heading that says the title again would stand there twice.
        (Some(title), Some((heading, rest))) if title.trim() == heading => (title, rest),
        (Some(title), _) => (title, text),
        (None, Some((heading, rest))) => (heading.to_owned(), rest),
        (None, None) => (name_of(&file.path).to_owned(), text),
    };
    if keys.get("title").is_none_or(Value::is_string) {
        keys.insert("title".to_owned(), title.into());
    }
    keys.insert("markdown".to_owned(), text.into());
    line::read(keys, around)
}

/// The heading of the first level with which a text begins, and the text below.
fn first_heading(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(['\n', '\r']);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let heading = first.strip_prefix("# ")?.trim();
    (!heading.is_empty()).then_some((heading, rest))
}

/// The name of a file without folder and ending.
fn name_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(name, _)| name)
}

fn linked(markdown: &str, path: &str, targets: &BTreeMap<String, (PageId, String)>) -> String {
    relink(markdown, |link| {
        let (id, title) = targets.get(&resolve(path, link.href)?)?;
        let own_text = link.own_text || link.text.trim() != title;
        Some(NewLink::to_page(*id, own_text))
    })
}

/// The file that a relative address of another file names; `None` for any other address.
fn resolve(from: &str, href: &str) -> Option<String> {
    let href = href.split(['#', '?']).next().unwrap_or_default();
    if href.is_empty() || href.starts_with('/') || href.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let href = unescaped(href)?;
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// An address without its `%20` and the like.
fn unescaped(href: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&pair).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_name_files_and_never_leave_the_folder() {
        for (from, href, expected) in [
            ("a/b.md", "c.md", Some("a/c.md")),
            ("a/b.md", "../c.md#h", Some("c.md")),
            (
                "b.md",
                "./x/Fr%C3%BChe%20Hilfen.md",
                Some("x/Frühe Hilfen.md"),
            ),
            ("b.md", "../c.md", None),
            ("b.md", "/c.md", None),
            ("b.md", "https://c.md", None),
            ("b.md", "denkraum:x", None),
            ("b.md", "#h", None),
            ("b.md", "%zz.md", None),
        ] {
            assert_eq!(resolve(from, href).as_deref(), expected, "{from} {href}");
        }
    }

    #[test]
    fn a_first_heading_is_a_title() {
        assert_eq!(first_heading("\n# A b \nc"), Some(("A b", "c")));
        assert_eq!(first_heading("# A"), Some(("A", "")));
        assert_eq!(first_heading("## A\n"), None);
        assert_eq!(first_heading("x\n# A"), None);
    }
}
