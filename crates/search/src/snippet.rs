//! The passage of a page that fits best.

use crate::analysis::{Forms, Piece, WordCache, words};
use crate::budget::Budget;
use crate::page::Section;
use crate::query::Marks;
use crate::request::SnippetPart;
use crate::seen::{Mark, Marked, Seen};
use crate::short_hash::hashed_chunks;
use crate::together::joined;

/// About so long is a passage, in bytes.
const PASSAGE_BYTES: usize = 240;
/// So much text stands before the first marked word, in bytes.
const LEAD_BYTES: usize = 60;
/// So much of a page's text is looked through, in bytes.
const MAX_SCANNED_BYTES: usize = 400_000;
/// The same when the time is up.
const HURRIED_BYTES: usize = 8_000;

/// A passage and the heading above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passage {
    pub(crate) heading: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) parts: Vec<SnippetPart>,
}

/// Finds passages. It remembers the forms of words, so have one per search.
pub(crate) struct Passages<'a> {
    marks: &'a Marks,
    forms: Forms,
    cache: &'a WordCache,
    seen: &'a mut Seen,
    budget: &'a Budget,
}

impl<'a> Passages<'a> {
    pub(crate) fn new(
        marks: &'a Marks,
        forms: Forms,
        (cache, seen): (&'a WordCache, &'a mut Seen),
        budget: &'a Budget,
    ) -> Self {
        Self {
            marks,
            forms,
            cache,
            seen,
            budget,
        }
    }

    /// The passage with the most different words, then the most marks, then the first; the beginning
    /// of the page if nothing is marked in its text.
    pub(crate) fn best(&mut self, sections: &[Section]) -> Passage {
        let mut best: Option<((usize, usize), &Section, Vec<Mark>)> = None;
        let mut scanned: usize = 0;
        for section in sections {
            let most = if self.budget.is_over() {
                HURRIED_BYTES
            } else {
                MAX_SCANNED_BYTES
            };
            if scanned >= most || self.marks.is_empty() {
                break;
            }
            let text = beginning(&section.text, most.saturating_sub(scanned));
            scanned = scanned.saturating_add(section.text.len());
            let in_heading = section
                .heading
                .as_deref()
                .map(|heading| self.marked(heading));
            let marks = self.marked(text);
            let (mut worth, window) = densest(&marks);
            // A heading that says the word makes its text the better passage.
            let named = in_heading.unwrap_or_default();
            worth.1 = worth.1.saturating_add(named.len());
            if worth > (0, 0)
                && !section.text.trim().is_empty()
                && best.as_ref().is_none_or(|(known, ..)| worth > *known)
            {
                best = Some((worth, section, window.to_vec()));
            }
        }
        if let Some((_, section, marks)) = best {
            return Passage {
                heading: section.heading.clone(),
                section: section.id.clone(),
                parts: cut(&section.text, &marks),
            };
        }
        let first = sections
            .iter()
            .find(|section| !section.text.trim().is_empty());
        first.map_or_else(Passage::default, |section| Passage {
            heading: section.heading.clone(),
            section: section.id.clone(),
            parts: cut(&section.text, &[]),
        })
    }

    /// All of a title, with the words that match.
    pub(crate) fn title(&mut self, title: &str) -> Vec<SnippetPart> {
        let marks = self.marked(title);
        let mut parts = Vec::new();
        pieces(&mut parts, title, (0, title.len()), &marks);
        parts
    }

    fn marked(&mut self, text: &str) -> Vec<Mark> {
        // What a word means may depend on others: on the second half of a verb, or on what
        // completes the "Kinder-" of "Kinder- und Familienarmut".
        if self.marks.has_parting() || text.contains("- ") || text.contains(" -") {
            let found = self.marked_in_context(text);
            return joined(text, found, self.marks.synonyms());
        }
        let mut out = Marked::default();
        for chunk in hashed_chunks(text) {
            let words = (self.cache, &mut self.forms);
            self.seen.mark(chunk, self.marks, words, &mut out);
        }
        joined(text, out, self.marks.synonyms())
    }

    fn marked_in_context(&mut self, text: &str) -> Marked {
        let mut out = Marked::default();
        for word in words(text) {
            // All of a word with hyphens is marked only if it is meant itself, not a part of it.
            let whole = word.joined.as_ref().and_then(|whole| {
                Some((
                    whole,
                    self.marks
                        .find(&self.cache.get(&whole.text, &mut self.forms).form)?,
                ))
            });
            if let Some((Piece { from, to, .. }, word)) = whole {
                out.words.push(Mark {
                    from: *from,
                    to: *to,
                    word,
                });
                continue;
            }
            let root = word.verb.as_deref();
            if let Some(found) = root.and_then(|root| self.marks.find_root(root))
                && let Some(piece) = word.parts.first()
            {
                out.words.push(Mark {
                    from: piece.from,
                    to: piece.to,
                    word: found,
                });
                continue;
            }
            for piece in &word.parts {
                let known = self.cache.get(&piece.text, &mut self.forms);
                let word = self.marks.find(&known.form);
                let word = word.or_else(|| self.marks.find_part(&known.parts));
                let mark = |word| Mark {
                    from: piece.from,
                    to: piece.to,
                    word,
                };
                out.words.extend(word.map(mark));
                let member = self.marks.find_member(&known.form);
                out.members.extend(member.map(mark));
            }
        }
        out
    }
}

/// The run of marks within a passage's length with the most different words, then the most marks;
/// and these two numbers.
fn densest(marks: &[Mark]) -> ((usize, usize), &[Mark]) {
    let mut best: ((usize, usize), &[Mark]) = ((0, 0), &[]);
    for (start, first) in marks.iter().enumerate() {
        let tail = marks.get(start..).unwrap_or_default();
        let reach = first.from.saturating_add(PASSAGE_BYTES - LEAD_BYTES);
        let len = tail
            .iter()
            .take_while(|mark| mark.to <= reach)
            .count()
            .max(1);
        let run = tail.get(..len).unwrap_or_default();
        // More words than bits are no more than many.
        let words = run
            .iter()
            .fold(0_u128, |words, mark| words | 1 << mark.word.min(127));
        let worth = (usize::try_from(words.count_ones()).unwrap_or(0), run.len());
        if worth > best.0 {
            best = (worth, run);
        }
    }
    best
}

/// Cuts the passage around `marks` (the beginning, without any) out of `text`.
fn cut(text: &str, marks: &[Mark]) -> Vec<SnippetPart> {
    let first = marks.first().map_or(0, |mark| mark.from);
    let from = begin(text, first);
    let least = marks.last().map_or(from, |mark| mark.to);
    let to = end(text, from.saturating_add(PASSAGE_BYTES).max(least));
    let mut parts = Vec::new();
    if from > 0 {
        push(&mut parts, "… ", false);
    }
    pieces(&mut parts, text, (from, to), marks);
    if to < text.trim_end().len() {
        push(&mut parts, " …", false);
    }
    parts
}

/// What stands between two places of `text`, marked and unmarked in turn.
fn pieces(
    parts: &mut Vec<SnippetPart>,
    text: &str,
    (mut from, to): (usize, usize),
    marks: &[Mark],
) {
    for mark in marks {
        push(parts, text.get(from..mark.from).unwrap_or_default(), false);
        push(
            parts,
            text.get(mark.from..mark.to).unwrap_or_default(),
            true,
        );
        from = mark.to;
    }
    push(parts, text.get(from..to).unwrap_or_default(), false);
}

fn push(parts: &mut Vec<SnippetPart>, text: &str, hit: bool) {
    if text.is_empty() {
        return;
    }
    // Line breaks separate blocks; a passage is one line.
    let text = text.replace(['\n', '\r', '\t'], " ");
    match parts.last_mut() {
        Some(last) if last.hit == hit => last.text.push_str(&text),
        _ => parts.push(SnippetPart { text, hit }),
    }
}

/// Where a passage with its first mark at `mark` begins: at the sentence or line if it is near, else
/// at a word.
fn begin(text: &str, mark: usize) -> usize {
    let lead = floor(text, mark.saturating_sub(LEAD_BYTES));
    let before = text.get(lead..mark).unwrap_or_default();
    let sentence = before
        .char_indices()
        .zip(before.chars().skip(1))
        .filter(|((_, c), next)| {
            *c == '\n' || (matches!(c, '.' | '!' | '?') && next.is_whitespace())
        })
        .map(|((at, c), _)| at.saturating_add(c.len_utf8()))
        .last();
    let start = match sentence {
        Some(at) => at,
        None if lead == 0 => 0,
        None => before.find(char::is_whitespace).unwrap_or(before.len()),
    };
    let skipped = before.get(start..).unwrap_or_default();
    let blank = skipped.len().saturating_sub(skipped.trim_start().len());
    lead.saturating_add(start).saturating_add(blank)
}

/// Where a passage that should end at `wanted` ends: before the word that stands there.
fn end(text: &str, wanted: usize) -> usize {
    if wanted >= text.len() {
        return text.trim_end().len();
    }
    let wanted = floor(text, wanted);
    let (before, behind) = text.split_at_checked(wanted).unwrap_or((text, ""));
    if behind.starts_with(char::is_whitespace) {
        return before.trim_end().len();
    }
    let at_word = before.rfind(char::is_whitespace).unwrap_or(before.len());
    // A word longer than a passage is cut.
    let kept = before.get(..at_word).unwrap_or_default().trim_end().len();
    if wanted.saturating_sub(kept) > LEAD_BYTES {
        wanted
    } else {
        kept
    }
}

/// At most so many bytes of the beginning of `text`.
fn beginning(text: &str, bytes: usize) -> &str {
    text.get(..floor(text, bytes)).unwrap_or_default()
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    at
}
