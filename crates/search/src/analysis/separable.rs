//! Verbs whose particle stands apart, at the end of the clause: `Wir passten das Angebot an.`

use super::fold;
use super::verbs::{is_particle, root_with_particle};
use super::words::Word;

/// The verb is looked for so many words before its particle.
const REACH: usize = 16;

/// Notes the root of the whole verb at its finite form.
pub(super) fn rejoin(words: &mut [Word], text: &str) {
    for at in 1..words.len() {
        let Some(particle) = particle(words, at, text) else {
            continue;
        };
        let mut end = start_of(words, at);
        for before in (at.saturating_sub(REACH)..at).rev() {
            let Some(word) = words.get_mut(before) else {
                continue;
            };
            let to = word.parts.last().map_or(0, |last| last.to);
            if text
                .get(to..end)
                .unwrap_or_default()
                .contains(['.', '!', '?', ';', ':', '\n'])
            {
                break;
            }
            end = word.parts.first().map_or(0, |first| first.from);
            let [finite] = word.parts.as_slice() else {
                continue;
            };
            if finite.text.starts_with(char::is_lowercase) || opens_sentence(text, end) {
                let folded = fold(&finite.text.to_lowercase());
                if let Some(root) = root_with_particle(&folded, &particle) {
                    word.verb = Some(root);
                    break;
                }
            }
        }
    }
}

/// The word as a particle, if it is one at the end of a clause.
fn particle(words: &[Word], at: usize, text: &str) -> Option<String> {
    let [piece] = words.get(at)?.parts.as_slice() else {
        return None;
    };
    if piece.text.len() > 12 || !piece.text.starts_with(char::is_lowercase) {
        return None;
    }
    let behind = text
        .get(piece.to..)?
        .trim_start_matches([' ', ')', '"', '“']);
    let ends = behind.is_empty()
        || behind.starts_with(['.', ',', ';', ':', '!', '?', '\n', '–'])
        || behind.starts_with("und ")
        || behind.starts_with("oder ");
    let folded = fold(&piece.text);
    (ends && is_particle(&folded)).then_some(folded)
}

fn start_of(words: &[Word], at: usize) -> usize {
    words
        .get(at)
        .and_then(|word| word.parts.first())
        .map_or(0, |first| first.from)
}

fn opens_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '„', '"'])
}
