//! The names of files in an export: the space, and the title as part of an address.

use std::collections::{BTreeMap, BTreeSet};

use denkraum_content::slug;
use denkraum_domain::{PageId, SpaceId};

/// Where each page lies, without ending: `pankow/fruehe-hilfen`.
pub(crate) struct Names(BTreeMap<PageId, String>);

impl Names {
    /// Names pages by their titles; a second page of the same name is told apart by its id.
    pub(super) fn new(pages: impl IntoIterator<Item = (SpaceId, PageId, String)>) -> Self {
        let mut taken = BTreeSet::new();
        let names = pages.into_iter().map(|(space, page, title)| {
            let slug = match slug(&title) {
                slug if slug.is_empty() => "ohne-titel".to_owned(),
                slug => slug,
            };
            let mut name = format!("{space}/{slug}");
            if !taken.insert(name.clone()) {
                name = format!("{name}-{page}");
                taken.insert(name.clone());
            }
            (page, name)
        });
        Self(names.collect())
    }

    pub(super) fn of(&self, page: PageId) -> Option<&str> {
        self.0.get(&page).map(String::as_str)
    }

    /// The address of a page from the file of another one, without ending.
    pub(super) fn from(&self, here: PageId, page: PageId) -> Option<String> {
        let (here, there) = (self.of(here)?, self.of(page)?);
        let (space, name) = there.split_once('/')?;
        let beside = here.split_once('/').is_some_and(|(own, _)| own == space);
        Some(if beside {
            name.to_owned()
        } else {
            format!("../{there}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_by_title_and_found_from_each_other() {
        let space = |id| SpaceId::parse(id).unwrap();
        let [a, b, c] = [1, 2, 3].map(PageId::from_u128);
        let names = Names::new([
            (space("pankow"), a, "Frühe Hilfen".to_owned()),
            (space("pankow"), b, "Frühe  Hilfen".to_owned()),
            (space("mitte"), c, "…".to_owned()),
        ]);
        assert_eq!(names.of(a), Some("pankow/fruehe-hilfen"));
        assert_eq!(names.of(b), Some(&*format!("pankow/fruehe-hilfen-{b}")));
        assert_eq!(names.from(c, a).as_deref(), Some("../pankow/fruehe-hilfen"));
        assert_eq!(names.from(b, a).as_deref(), Some("fruehe-hilfen"));
        assert_eq!(names.from(a, c).as_deref(), Some("../mitte/ohne-titel"));
        assert_eq!(names.from(a, PageId::from_u128(4)), None);
    }
}
