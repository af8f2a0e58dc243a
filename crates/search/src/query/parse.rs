//! Reading what was typed: words, phrases in quotation marks, `-not`, `titel:word`, `bezirk:name`.

use denkraum_domain::SpaceId;

use super::closed_class::is_closed_class;
use super::pieces::{Role, pieces};
use crate::analysis::{Form, Forms, Word, words};
use crate::request::Query;

/// What was typed, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Words outside quotation marks.
    pub(crate) words: Vec<AskedWord>,
    /// Phrases that must occur.
    pub(crate) phrases: Vec<Phrase>,
    /// Words and phrases that must not occur.
    pub(crate) excluded: Vec<Phrase>,
    /// Words and phrases that must stand in the title.
    pub(crate) in_title: Vec<Phrase>,
    /// Names of spaces, one of which the page must be of.
    pub(crate) in_space: Vec<Phrase>,
    /// More was typed than is read.
    pub(crate) cut: bool,
    /// Nothing was typed.
    pub(crate) blank: bool,
}

/// A word that is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AskedWord {
    /// Its parts between hyphens.
    pub(crate) parts: Vec<Form>,
    /// All of it in one, if that differs.
    pub(crate) joined: Option<Form>,
    /// Where its first part stands among all parts that were typed.
    pub(crate) position: usize,
    /// It may only be a beginning.
    pub(crate) begun: bool,
    /// The verb that it makes with a particle that stands apart.
    pub(crate) verb: Option<Form>,
}

/// Words that stand in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) parts: Vec<Form>,
    /// The joined form, if the phrase is a single word with hyphens.
    pub(crate) joined: Option<Form>,
    /// Its last word may only be a beginning.
    pub(crate) begun: bool,
}

impl AskedWord {
    /// The form of the word as one.
    pub(crate) fn whole(&self) -> Option<&Form> {
        self.joined.as_ref().or(self.parts.first())
    }
}

impl Phrase {
    /// Whether its words stand in another one, side by side.
    fn is_in(&self, other: &Self) -> bool {
        let one = |phrase: &Self| phrase.joined.as_ref().map(|form| form.x.clone());
        if one(other).is_some_and(|joined| self.parts.iter().all(|part| part.x == joined)) {
            return true;
        }
        let Some((last, before)) = self.parts.split_last() else {
            return false;
        };
        let is_last = |form: &Form| form.x == last.x || (self.begun && form.x.starts_with(&last.x));
        other.parts.windows(self.parts.len()).any(|window| {
            let same = before.iter().zip(window).all(|(a, b)| a.x == b.x);
            same && window.last().is_some_and(is_last)
        })
    }
}

impl Asked {
    /// Reads `text`. With `typing`, a last word without a space behind it is marked as begun.
    pub(crate) fn parse(text: &str, typing: bool, forms: &mut Forms) -> Self {
        Self::parse_among(text, typing, &[], forms)
    }

    /// The same where spaces have these names: they may stand behind `bezirk:` as well, and in a list.
    pub(crate) fn parse_among(
        text: &str,
        typing: bool,
        spaces: &[(String, SpaceId)],
        forms: &mut Forms,
    ) -> Self {
        let mut asked = Self::read(text, typing, spaces, forms);
        asked.name_spaces(spaces, forms);
        asked
    }

    fn read(text: &str, typing: bool, spaces: &[(String, SpaceId)], forms: &mut Forms) -> Self {
        let end = text.char_indices().nth(Query::MAX_CHARS).map(|(at, _)| at);
        let mut text = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
        let mut asked = Self {
            blank: text.trim().is_empty(),
            cut: end.is_some(),
            ..Self::default()
        };
        if typing {
            text = without_begun_ending(text);
        }
        let mut position = 0;
        let mut left = Query::MAX_WORDS;
        let mut is_space = |name: &str, is_last: bool| {
            let name = phrase(&words(name), typing && is_last, forms);
            name.is_some_and(|name| names_any(&name, spaces, forms))
        };
        let pieces = pieces(text, &mut is_space);
        for piece in pieces {
            let mut found = words(piece.text);
            asked.cut |= found.len() > left;
            found.truncate(left);
            left = left.saturating_sub(found.len());
            let into = match piece.role {
                Role::Words => {
                    let begun_at = (typing && piece.open)
                        .then(|| begun(piece.text, &found))
                        .flatten();
                    for (at, word) in found.iter().enumerate() {
                        let begun = begun_at == Some(at);
                        asked.words.push(asked_word(word, position, begun, forms));
                        position = position.saturating_add(word.parts.len());
                    }
                    // What stands in between keeps the words around it from being neighbours.
                    position = position.saturating_add(10);
                    continue;
                }
                Role::Phrase => &mut asked.phrases,
                Role::Excluded => &mut asked.excluded,
                Role::Title => &mut asked.in_title,
                Role::Space => &mut asked.in_space,
            };
            let begun = typing && piece.open && piece.role != Role::Excluded;
            into.extend(phrase(&found, begun, forms));
        }
        asked.drop_closed_class();
        asked
    }

    /// Asks for the spaces, too, that people call what stands behind `bezirk:`.
    fn name_spaces(&mut self, names: &[(String, SpaceId)], forms: &mut Forms) {
        let mut named = Vec::new();
        for (name, space) in names.iter().filter(|_| !self.in_space.is_empty()) {
            let name = phrase(&words(name), false, forms);
            let is_meant = |asked: &Phrase| name.as_ref().is_some_and(|name| asked.is_in(name));
            if self.in_space.iter().any(is_meant) {
                named.extend(phrase(&words(space.as_str()), false, forms));
            }
        }
        self.in_space.extend(named);
    }

    /// Nothing that a page could match by.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
            && self.phrases.is_empty()
            && self.excluded.is_empty()
            && self.in_title.is_empty()
            && self.in_space.is_empty()
    }

    fn drop_closed_class(&mut self) {
        let carries = |word: &AskedWord| {
            word.begun || word.whole().is_none_or(|form| !is_closed_class(&form.x))
        };
        if !self.phrases.is_empty() || self.words.iter().any(carries) {
            self.words.retain(carries);
        }
    }
}

/// Whether a space is called so, by its name or its slug.
fn names_any(asked: &Phrase, spaces: &[(String, SpaceId)], forms: &mut Forms) -> bool {
    let mut names = spaces
        .iter()
        .flat_map(|(name, slug)| [name.as_str(), slug.as_str()]);
    names.any(|name| phrase(&words(name), false, forms).is_some_and(|name| asked.is_in(&name)))
}

/// Which word is not finished: the last one, if no space follows it.
fn begun(piece: &str, found: &[Word]) -> Option<usize> {
    let last = found.last()?;
    let end = last.parts.last()?.to;
    let behind = piece.get(end..)?;
    (!behind.contains(char::is_whitespace)).then(|| found.len().saturating_sub(1))
}

/// Leaves out the ending of a gendered form that is just being typed: `Akteur*inn`.
fn without_begun_ending(text: &str) -> &str {
    ["*", ":", "_", "/-", "/", "·"]
        .iter()
        .flat_map(|mark| ["", "i", "inn", "inne"].map(|ending| (mark, ending)))
        .find_map(|(mark, ending)| {
            text.strip_suffix(ending)?
                .strip_suffix(mark)
                .filter(|rest| rest.ends_with(|c: char| c.is_alphabetic()))
        })
        .unwrap_or(text)
}

fn asked_word(word: &Word, position: usize, begun: bool, forms: &mut Forms) -> AskedWord {
    AskedWord {
        parts: word.parts.iter().map(|part| forms.of(&part.text)).collect(),
        joined: word.joined.as_ref().map(|whole| forms.of(&whole.text)),
        position,
        begun,
        verb: word.verb.as_deref().map(Form::of_root),
    }
}

fn phrase(found: &[Word], begun: bool, forms: &mut Forms) -> Option<Phrase> {
    let parts: Vec<Form> = found
        .iter()
        .flat_map(|word| &word.parts)
        .map(|part| forms.of(&part.text))
        .collect();
    let joined = match found {
        [single] => single.joined.as_ref().map(|whole| forms.of(&whole.text)),
        _ => None,
    };
    (!parts.is_empty()).then_some(Phrase {
        parts,
        joined,
        begun,
    })
}

#[cfg(test)]
mod tests;
