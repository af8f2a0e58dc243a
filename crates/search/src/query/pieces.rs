//! Taking what was typed apart: plain words, quoted text, and what an operator stands before.

/// What a piece of the text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Words,
    Phrase,
    Excluded,
    Title,
    Space,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) role: Role,
    pub(super) text: &'a str,
    /// It may go on: nothing follows it, and it is not closed by a quotation mark or a space.
    pub(super) open: bool,
}

/// Operators, in lower case, and what they mean.
const OPERATORS: &[(&str, Role)] = &[
    ("titel:", Role::Title),
    ("title:", Role::Title),
    ("bezirk:", Role::Space),
    ("district:", Role::Space),
];

/// What people type for a minus, and what their devices make of it.
const MINUS: &[char] = &['-', '–', '−'];

/// Words after which a hyphen begins a suspended compound, not an exclusion.
const CONJUNCTIONS: &[&str] = &["und", "oder", "sowie", "bzw.", "bzw", "&", "/"];

/// Signs between the names of spaces: "bezirk:Pankow,Mitte".
const LIST_SIGNS: &[char] = &[',', ';', '/'];

/// Words between them. A page is of one space, so "und" can only mean the pages of both.
const LIST_WORDS: &[&str] = &["oder", "und", "sowie", "or", "and"];

/// Takes `text` apart. `is_space` says whether a word behind the name of a space, perhaps the last one
/// of the text, is the name of a further one.
pub(super) fn pieces<'a>(
    text: &'a str,
    is_space: &mut dyn FnMut(&str, bool) -> bool,
) -> Vec<Piece<'a>> {
    let mut out = Vec::new();
    let mut begin = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let before = text.get(..at).unwrap_or_default();
        let found = operator(before, rest).or_else(|| {
            let (quoted, used) = quoted(rest)?;
            Some((Role::Phrase, quoted, used))
        });
        let step = rest.chars().next().map_or(1, char::len_utf8);
        match found {
            Some((role, found, used)) => {
                words(&mut out, text.get(begin..at).unwrap_or_default());
                out.push(Piece {
                    role,
                    text: found,
                    open: false,
                });
                at = at.saturating_add(used);
                if role == Role::Space {
                    at = further_spaces(&mut out, text, at, is_space);
                }
                begin = at;
            }
            None => at = at.saturating_add(step),
        }
    }
    words(&mut out, text.get(begin..).unwrap_or_default());
    if let Some(last) = out.last_mut() {
        last.open = text.ends_with(last.text);
    }
    out
}

/// Reads a list of spaces on behind its first name, and says where it ends.
fn further_spaces<'a>(
    out: &mut Vec<Piece<'a>>,
    text: &'a str,
    mut at: usize,
    is_space: &mut dyn FnMut(&str, bool) -> bool,
) -> usize {
    while let Some(next) = text.get(at..).and_then(next_in_list) {
        let end = at.saturating_add(next.used);
        // Behind "Pankow, " may as well stand what is searched for there.
        if !next.at_once && !is_space(next.name, end == text.len()) {
            break;
        }
        out.push(Piece {
            role: Role::Space,
            text: next.name,
            open: false,
        });
        at = end;
    }
    at
}

/// What may be a further name in a list.
struct Listed<'a> {
    name: &'a str,
    /// The length of all up to its end.
    used: usize,
    /// A sign without a space stands before it.
    at_once: bool,
}

fn next_in_list(rest: &str) -> Option<Listed<'_>> {
    let spaced = rest.trim_start();
    let behind = spaced.strip_prefix(LIST_SIGNS).or_else(|| {
        let (word, behind) = spaced.split_once(char::is_whitespace)?;
        let is_between = rest.starts_with(char::is_whitespace)
            && LIST_WORDS.contains(&word.to_lowercase().as_str());
        is_between.then_some(behind)
    })?;
    let from = behind.trim_start();
    let (name, len) = name_of_space(from)?;
    Some(Listed {
        name,
        used: rest.len().saturating_sub(from.len()).saturating_add(len),
        at_once: rest.starts_with(LIST_SIGNS) && from.len() == behind.len(),
    })
}

/// A name at the start of `text`, and its length with the quotation marks around it.
fn name_of_space(text: &str) -> Option<(&str, usize)> {
    quoted(text).or_else(|| {
        let ends = |c: char| c.is_whitespace() || LIST_SIGNS.contains(&c);
        let name = text.get(..text.find(ends).unwrap_or(text.len()))?;
        name.starts_with(char::is_alphanumeric)
            .then_some((name, name.len()))
    })
}

fn words<'a>(out: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.trim().is_empty() {
        out.push(Piece {
            role: Role::Words,
            text,
            open: false,
        });
    }
}

/// An operator at the start of a word, what it is said of, and the length of both.
fn operator<'a>(before: &str, rest: &'a str) -> Option<(Role, &'a str, usize)> {
    if !before.is_empty() && !before.ends_with(char::is_whitespace) {
        return None;
    }
    let minus = rest.chars().next().filter(|c| MINUS.contains(c));
    let (role, sign) = if let Some(minus) = minus {
        let last = before.split_whitespace().last().unwrap_or_default();
        if CONJUNCTIONS.contains(&last.to_lowercase().as_str()) || last.ends_with(',') {
            return None;
        }
        (Role::Excluded, minus.len_utf8())
    } else {
        let (role, sign) = named(rest)?;
        let behind = rest.get(sign..)?;
        // In German a space stands behind a colon.
        let space = behind.len().saturating_sub(behind.trim_start().len());
        (role, sign.saturating_add(space))
    };
    let behind = rest.get(sign..)?;
    if named(behind).is_some() {
        return None;
    }
    if role == Role::Space {
        let (name, used) = name_of_space(behind)?;
        return Some((role, name, sign.saturating_add(used)));
    }
    if let Some((quoted, used)) = quoted(behind) {
        return Some((role, quoted, sign.saturating_add(used)));
    }
    let len = behind.find(char::is_whitespace).unwrap_or(behind.len());
    let word = behind.get(..len)?;
    let has_letters = word.starts_with(char::is_alphanumeric);
    has_letters.then(|| (role, word, sign.saturating_add(len)))
}

/// The operator with a name at the start of `rest`, and its length.
fn named(rest: &str) -> Option<(Role, usize)> {
    OPERATORS.iter().find_map(|(name, role)| {
        let head = rest.get(..name.len())?;
        head.eq_ignore_ascii_case(name)
            .then_some((*role, name.len()))
    })
}

/// Text in quotation marks at the start of `rest`, and its length with them.
fn quoted(rest: &str) -> Option<(&str, usize)> {
    let open = rest.chars().next().filter(|c| is_quote(*c))?;
    let inner = rest.get(open.len_utf8()..)?;
    let len = inner.find(is_quote)?;
    let close = inner.get(len..)?.chars().next()?.len_utf8();
    Some((
        inner.get(..len)?,
        open.len_utf8().saturating_add(len).saturating_add(close),
    ))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '„' | '“' | '”' | '‟' | '«' | '»')
}
