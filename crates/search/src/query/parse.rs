//! Reading what was typed: words, and phrases in quotation marks.

use super::closed_class::is_closed_class;
use crate::analysis::{Form, Forms, Word, words};
use crate::request::Query;

/// What was typed, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Words outside quotation marks.
    pub(crate) words: Vec<AskedWord>,
    /// Phrases that must occur.
    pub(crate) phrases: Vec<Phrase>,
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
}

/// Words that must stand in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) parts: Vec<Form>,
    /// The joined form, if the phrase is a single word with hyphens.
    pub(crate) joined: Option<Form>,
}

impl AskedWord {
    /// The form of the word as one.
    pub(crate) fn whole(&self) -> Option<&Form> {
        self.joined.as_ref().or(self.parts.first())
    }
}

impl Asked {
    /// Reads `text`. With `typing`, a last word without a space behind it is marked as begun.
    pub(crate) fn parse(text: &str, typing: bool, forms: &mut Forms) -> Self {
        let cut = text
            .char_indices()
            .nth(Query::MAX_CHARS)
            .map_or(text.len(), |(at, _)| at);
        let mut text = text.get(..cut).unwrap_or_default();
        let blank = text.trim().is_empty();
        if typing {
            text = without_begun_ending(text);
        }
        let mut asked = Self {
            blank,
            ..Self::default()
        };
        let mut position = 0;
        let mut left = Query::MAX_WORDS;
        let pieces: Vec<&str> = text.split(is_quote).collect();
        let last = pieces.len().saturating_sub(1);
        for (index, piece) in pieces.into_iter().enumerate() {
            let mut found = words(piece);
            found.truncate(left);
            left = left.saturating_sub(found.len());
            // Every second piece stands between two quotation marks; a last one is not closed.
            if index % 2 == 1 && index != last {
                asked.phrases.extend(phrase(&found, forms));
                continue;
            }
            let begun_at = (typing && index == last)
                .then(|| begun(piece, &found))
                .flatten();
            for (at, word) in found.iter().enumerate() {
                let begun = begun_at == Some(at);
                asked.words.push(asked_word(word, position, begun, forms));
                position = position.saturating_add(word.parts.len());
            }
            // A phrase in between keeps the words around it from being neighbours.
            position = position.saturating_add(10);
        }
        asked.drop_closed_class();
        asked
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

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '„' | '“' | '”' | '‟' | '«' | '»')
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
    }
}

fn phrase(found: &[Word], forms: &mut Forms) -> Option<Phrase> {
    let parts: Vec<Form> = found
        .iter()
        .flat_map(|word| &word.parts)
        .map(|part| forms.of(&part.text))
        .collect();
    let joined = match found {
        [single] => single.joined.as_ref().map(|whole| forms.of(&whole.text)),
        _ => None,
    };
    (!parts.is_empty()).then_some(Phrase { parts, joined })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, typing: bool) -> String {
        let asked = Asked::parse(text, typing, &mut Forms::new());
        let mut out: Vec<String> = Vec::new();
        for word in &asked.words {
            let form = word.whole().map(|form| form.x.clone()).unwrap_or_default();
            out.push(if word.begun {
                format!("{form}…")
            } else {
                form
            });
        }
        for phrase in &asked.phrases {
            let parts: Vec<&str> = phrase.parts.iter().map(|form| form.x.as_str()).collect();
            out.push(format!("[{}]", parts.join(" ")));
        }
        out.join(" ")
    }

    #[test]
    fn quoted_text_of_any_style_is_a_phrase() {
        for raw in [
            "\"frühe Hilfen\" Pankow",
            "„frühe Hilfen“ Pankow",
            "»frühe Hilfen« Pankow",
        ] {
            assert_eq!(read(raw, false), "pankow [fruhe hilfen]", "{raw}");
        }
    }

    #[test]
    fn an_open_quotation_mark_is_no_phrase() {
        assert_eq!(read("Pankow \"frühe Hilfen", false), "pankow fruhe hilfen");
    }

    #[test]
    fn closed_class_words_go_unless_nothing_else_is_there() {
        assert_eq!(
            read("Was ist die Armut ohne Hilfe", false),
            "armut ohne hilfe"
        );
        assert_eq!(read("wer wie was", false), "wer wie was");
        assert_eq!(read("Armut in", true), "armut in…");
    }

    #[test]
    fn only_a_last_word_without_space_behind_it_is_begun() {
        assert_eq!(read("Armut Pra", true), "armut pra…");
        assert_eq!(read("Armut Pra ", true), "armut pra");
        assert_eq!(read("Armut Pra", false), "armut pra");
        assert_eq!(read("\"Armut\" ", true), "[armut]");
    }

    #[test]
    fn a_gendered_ending_being_typed_is_left_out() {
        for raw in ["Akteur*", "Akteur*i", "Akteur:inn", "Akteur/-inne"] {
            assert_eq!(read(raw, true), "akteur…", "{raw}");
        }
    }

    #[test]
    fn length_and_number_of_words_are_limited() {
        let many = "wort ".repeat(100);
        assert_eq!(
            Asked::parse(&many, false, &mut Forms::new()).words.len(),
            Query::MAX_WORDS
        );
        let long = format!("{}ende", "ä ".repeat(Query::MAX_CHARS / 2));
        assert!(!read(&long, false).contains("ende"));
    }

    #[test]
    fn text_without_words_is_not_blank() {
        let asked = Asked::parse("?!", false, &mut Forms::new());
        assert!(!asked.blank && asked.words.is_empty() && asked.phrases.is_empty());
        assert!(Asked::parse(" \t", false, &mut Forms::new()).blank);
    }
}
