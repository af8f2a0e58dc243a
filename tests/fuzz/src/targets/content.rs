//! Content: whatever was let in can be read and shown in every form.

use anyhow::{Context as _, Result};
use denkraum_content::{NoTitles, read, sections, to_html, to_markdown, to_text};
use denkraum_load::Dice;

use super::Target;
use super::updates::{Page, mutant};
use crate::mutate::{index, mutate};
use crate::pages::{self, Moment};

/// So many mutants are tried on a page before it is read.
const MUTANTS: usize = 40;

/// A case is a whole stored document.
pub(crate) struct Content {
    moments: Vec<Moment>,
    read: u64,
}

impl Content {
    pub(crate) fn new() -> Result<Self> {
        let moments = pages::moments()?;
        Ok(Self { moments, read: 0 })
    }

    fn document(&self, dice: &mut Dice) -> Result<Vec<u8>> {
        let at = index(dice, self.moments.len());
        let moment = self.moments.get(at).context("no recording")?;
        let mut page = Page::of(moment)?;
        for _ in 0..MUTANTS {
            page.take(&mutant(&self.moments, at, dice))?;
        }
        Ok(pages::encode(&page.document))
    }
}

impl Target for Content {
    fn next(&mut self, dice: &mut Dice) -> Vec<u8> {
        // What goes wrong in the making is the matter of another target.
        self.document(dice).unwrap_or_else(|_| vec![0, 0])
    }

    fn mutant_of(&mut self, one: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
        // Only what the gate lets in is ever stored.
        let (mut first, mut second) = (one.to_vec(), other.to_vec());
        mutate(&mut first, other, dice);
        mutate(&mut second, one, dice);
        let page = Page::empty().and_then(|mut page| {
            for update in [&first, &second, one, other] {
                page.take(update)?;
            }
            Ok(pages::encode(&page.document))
        });
        page.unwrap_or_else(|_| vec![0, 0])
    }

    fn run(&mut self, bytes: &[u8]) -> Result<()> {
        let content = read(bytes)?;
        let html = to_html(&content, &NoTitles);
        let markdown = to_markdown(&content, &NoTitles);
        let text = to_text(&content);
        let parts = [html, markdown, text];
        let has_text = !sections(&content).is_empty() || parts.iter().any(|part| !part.is_empty());
        self.read += u64::from(has_text);
        Ok(())
    }

    fn told(&self) -> String {
        format!("{} documents with text were read", self.read)
    }
}
