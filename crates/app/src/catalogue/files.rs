//! The files of a city: a folder on disk, or the one that is shipped inside the binary.

use std::collections::BTreeMap;
use std::path::Path;

/// The text files of a city's folder, by their path below it.
#[derive(Clone, Debug, Default)]
pub struct CityFiles {
    origin: String,
    files: BTreeMap<String, String>,
}

impl CityFiles {
    /// Files that were read elsewhere; `origin` names the folder in messages.
    pub fn new(origin: impl Into<String>, files: BTreeMap<String, String>) -> Self {
        Self {
            origin: origin.into(),
            files,
        }
    }

    /// Reads a folder and the folders below it; files that are not UTF-8 are left out.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        let mut files = BTreeMap::new();
        let mut open = vec![(folder.to_path_buf(), String::new())];
        while let Some((path, prefix)) = open.pop() {
            for entry in std::fs::read_dir(&path)? {
                let entry = entry?;
                let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
                if entry.file_type()?.is_dir() {
                    open.push((entry.path(), format!("{name}/")));
                } else if let Ok(text) = String::from_utf8(std::fs::read(entry.path())?) {
                    files.insert(name, text);
                }
            }
        }
        Ok(Self::new(folder.display().to_string(), files))
    }

    /// The text of a file.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// A file as it is named in messages.
    pub fn path_of(&self, name: &str) -> String {
        format!("{}/{name}", self.origin.trim_end_matches('/'))
    }
}
