//! The text of the pages in a file, as the view of the pages keeps it beside the index.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use denkraum_domain::PageId;
use denkraum_search::{Section, Texts};

/// What stands between sections, and between a heading and its text.
const BETWEEN: [char; 2] = ['\u{1}', '\u{2}'];

pub struct FileTexts {
    file: File,
    end: u64,
    /// Where the text of a page stands, and how many bytes it has.
    places: HashMap<PageId, (u64, usize)>,
}

impl FileTexts {
    pub fn new(path: &Path) -> Self {
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .open(path);
        Self {
            file: file.unwrap(),
            end: 0,
            places: HashMap::new(),
        }
    }

    pub fn put(&mut self, page: PageId, sections: &[Section]) {
        let section = |section: &Section| {
            let heading = section.heading.as_deref().unwrap_or_default();
            format!("{heading}{}{}", BETWEEN[1], section.text)
        };
        let text: Vec<String> = sections.iter().map(section).collect();
        let text = text.join(&BETWEEN[0].to_string());
        self.file.write_all(text.as_bytes()).unwrap();
        self.places.insert(page, (self.end, text.len()));
        self.end += text.len() as u64;
    }

    pub fn get(&self, page: PageId) -> Vec<Section> {
        let Some((at, len)) = self.places.get(&page) else {
            return Vec::new();
        };
        let mut bytes = vec![0; *len];
        self.file.read_exact_at(&mut bytes, *at).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let section = |section: &str| {
            let (heading, text) = section.split_once(BETWEEN[1]).unwrap();
            Section {
                heading: Some(heading.to_owned()),
                text: text.to_owned(),
                ..Section::default()
            }
        };
        text.split(BETWEEN[0]).map(section).collect()
    }
}

impl Texts for FileTexts {
    fn of(&self, pages: &[PageId]) -> Vec<Vec<Section>> {
        pages.iter().map(|page| self.get(*page)).collect()
    }
}
