//! What Markdown has no sign for: the markers of blocks, `[!NAME key="value"]`, and what a task
//! says besides its text, `{key="value"}`.

use std::fmt::Write as _;

use serde_json::Value;

use crate::tree::{Attributes, FRAMES, Shape, Tone};

/// Names of callouts as written and read, and others that are read.
const TONES: [(&str, Tone); 9] = [
    ("NOTE", Tone::Note),
    ("TIP", Tone::Tip),
    ("IMPORTANT", Tone::Important),
    ("WARNING", Tone::Warning),
    ("CAUTION", Tone::Warning),
    ("Hinweis", Tone::Note),
    ("Tipp", Tone::Tip),
    ("Wichtig", Tone::Important),
    ("Achtung", Tone::Warning),
];

/// The most bytes looked at for what a task says; more than its attributes can have.
const MAX_BYTES: usize = 4_000;

/// The order in which attributes are written.
const KEYS: [&str; 7] = [
    "person", "due", "method", "consent", "month", "who", "until",
];

/// The first line of a block that is written as a quote; `None` for other blocks.
pub(super) fn written(shape: &Shape) -> Option<String> {
    if let Shape::Callout { tone } = shape {
        let (name, _) = TONES.iter().find(|(_, known)| known == tone)?;
        return Some(format!("[!{name}]"));
    }
    let name = shape.frame()?.name;
    Some(match attributes(shape) {
        None => format!("[!{name}]"),
        Some(attributes) => format!("[!{name} {attributes}]"),
    })
}

/// The block that the first line of a quote announces; `None` for words of the text.
pub(super) fn read(line: &str) -> Option<Shape> {
    let inside = line.trim_end().strip_prefix("[!")?.strip_suffix(']')?;
    for (name, tone) in TONES {
        if rest_after(inside, name).is_some_and(str::is_empty) {
            return Some(Shape::Callout { tone });
        }
    }
    FRAMES.iter().find_map(|frame| {
        let rest = rest_after(inside, frame.name).or_else(|| rest_after(inside, frame.german));
        shape(frame.name, read_attributes(rest?)?)
    })
}

/// What follows a name, in letters of either case.
fn rest_after<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(name.len())?;
    let whole = rest.is_empty() || rest.starts_with(' ');
    (whole && head.eq_ignore_ascii_case(name)).then(|| rest.trim())
}

/// A shape whose attributes are all understood.
fn shape(name: &str, pairs: Vec<(String, String)>) -> Option<Shape> {
    let attributes: Attributes = pairs
        .into_iter()
        .map(|(key, value)| (key, Value::String(value)))
        .collect();
    let (shape, extra) = Shape::from_parts(name, attributes);
    let known = extra.is_empty() && !matches!(shape, Shape::Unknown { .. });
    known.then_some(shape)
}

/// The texts among the attributes of a shape, as written; `None` if there are none.
pub(super) fn attributes(shape: &Shape) -> Option<String> {
    let attributes = shape.attributes();
    let pairs = KEYS.iter().filter_map(|key| {
        let value = attributes.get(*key)?.as_str()?;
        Some(format!("{key}=\"{}\"", encoded(value)))
    });
    let pairs: Vec<String> = pairs.collect();
    (!pairs.is_empty()).then(|| pairs.join(" "))
}

/// A text in which nothing has a meaning for Markdown, HTML or a marker.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || " .,;:-–/()+§".contains(c) {
            out.push(c);
        } else {
            let _ = write!(out, "&#{};", u32::from(c));
        }
    }
    out
}

/// Reads `key="value"` pairs, and nothing else.
fn read_attributes(text: &str) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (key, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphabetic());
        if !plain || !(after.is_empty() || after.starts_with(' ')) {
            return None;
        }
        pairs.push((key.to_owned(), decoded(value)));
        rest = after.trim_start();
    }
    Some(pairs)
}

/// Replaces numeric and the basic named character references.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let reference = after
            .split_once(';')
            .and_then(|(name, after)| Some((character(name)?, after)));
        let (c, after) = reference.unwrap_or(('&', after));
        out.push(c);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => char::from_u32(name.strip_prefix('#')?.parse().ok()?)?,
    })
}

/// What a task says at the end of a line.
pub(super) struct Trailing {
    /// Where its brace stands, in bytes of the whole text.
    pub at: usize,
    /// Where it ends.
    pub end: usize,
    /// The task, neither done nor open.
    pub task: Shape,
}

/// Looks for `{person="…" due="…"}` that begins in a stretch of the text and ends its line.
pub(super) fn trailing(markdown: &str, stretch: std::ops::Range<usize>) -> Option<Trailing> {
    let from = stretch.start;
    let text = markdown.get(stretch)?;
    // Of several, only the last can end the line.
    let at = from.checked_add(text.rfind(['{'])?)?;
    let before = markdown.get(..at)?;
    let free = before.is_empty() || before.ends_with([' ', '\n']);
    let rest = markdown.get(at..)?;
    if !KEYS
        .iter()
        .any(|key| rest.get(1..).is_some_and(|rest| rest.starts_with(key)))
    {
        return None;
    }
    let rest = rest.get(..rest.floor_char_boundary(MAX_BYTES))?;
    let line = rest.split('\n').next()?;
    let inside = line.trim_end().strip_prefix('{')?.strip_suffix('}')?;
    let pairs = read_attributes(inside).filter(|pairs| free && !pairs.is_empty())?;
    let end = at.checked_add(inside.len())?.checked_add(2)?;
    let task = shape("taskItem", pairs)?;
    Some(Trailing { at, end, task })
}

/// Whether a brace and what follows would be read as what a task says.
pub(super) fn looks_like_task(after_brace: &[char]) -> bool {
    let starts = |word: &str| word.chars().zip(after_brace).all(|(a, b)| a == *b);
    ["person=", "due="]
        .iter()
        .any(|word| after_brace.len() > word.len() && starts(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_read_as_they_are_written_and_in_german() {
        let voice = read("[!familyVoice method=\"Gespräch &#34;X&#34;\" month=\"2024-03\"]");
        assert_eq!(
            written(&voice.unwrap()).unwrap(),
            "[!familyVoice method=\"Gespräch &#34;X&#34;\" month=\"2024-03\"]"
        );
        for (line, name) in [
            ("[!Offene Frage]", "openQuestion"),
            ("[!leitfrage]", "guidingQuestion"),
            ("[!Vereinbarung who=\"A\"]", "agreement"),
            ("[!caution]", "callout"),
            ("[!TIP]  ", "callout"),
        ] {
            assert_eq!(read(line).unwrap().name(), name, "{line}");
        }
    }

    #[test]
    fn words_that_only_look_like_a_marker_stay_words() {
        for line in [
            "[!NOTES]",
            "[!NOTE](https://example.org)",
            "[!NOTE] mehr",
            "[!insight x=\"1\"]",
            "[!agreement until=\"bald\"]",
            "[!agreement who=A]",
            "[! NOTE]",
            "[NOTE]",
            "[!]",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
