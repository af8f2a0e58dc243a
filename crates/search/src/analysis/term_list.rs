//! Analysed terms on their way into the index.
//!
//! A text is analysed once for its three fields, outside the engine; the engine's own tokenizer then
//! only takes the list apart. (The engine's `PreTokenizedString` goes through JSON.)

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Name of the tokenizer that reads a [`TermList`].
pub(crate) const TERMS: &str = "terms";

/// Begins the terms of the next position.
const NEXT: char = ' ';
/// Stands before a further term of the same position.
const SAME: char = '\u{1}';

/// Terms in order, several of which may share a position. No term holds space or control characters.
#[derive(Debug, Default)]
pub(crate) struct TermList {
    text: String,
    /// Positions begun so far.
    begun: usize,
}

impl TermList {
    /// Adds a term at a position, which is that of the last one or behind it.
    pub(crate) fn push(&mut self, term: &str, position: usize) {
        let wanted = position.saturating_add(1);
        if self.begun == wanted {
            self.text.push(SAME);
        }
        while self.begun < wanted {
            self.text.push(NEXT);
            self.begun = self.begun.saturating_add(1);
        }
        self.text.push_str(term);
    }

    /// Forgets all terms, but keeps the room that they took.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.begun = 0;
    }

    /// What the engine is given.
    pub(crate) fn as_text(&self) -> &str {
        &self.text
    }

    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        let positions = self.text.split(NEXT).skip(1).enumerate();
        positions.flat_map(|(position, terms)| {
            terms
                .split(SAME)
                .filter(|term| !term.is_empty())
                .map(move |term| (position, term))
        })
    }
}

/// Makes the tokenizer known to an index.
pub(crate) fn register(manager: &TokenizerManager) {
    manager.register(TERMS, TextAnalyzer::from(TermsTokenizer::default()));
}

#[derive(Clone, Default)]
struct TermsTokenizer {
    token: Token,
}

impl Tokenizer for TermsTokenizer {
    type TokenStream<'a> = TermsStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermsStream<'a> {
        self.token.reset();
        TermsStream {
            rest: text,
            begun: 0,
            token: &mut self.token,
        }
    }
}

struct TermsStream<'a> {
    rest: &'a str,
    begun: usize,
    token: &'a mut Token,
}

impl TokenStream for TermsStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let mut chars = self.rest.chars();
            match chars.next() {
                None => return false,
                Some(NEXT) => self.begun = self.begun.saturating_add(1),
                Some(_) => {}
            }
            let rest = chars.as_str();
            let end = rest.find([NEXT, SAME]).unwrap_or(rest.len());
            let (term, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
            self.rest = rest;
            if !term.is_empty() {
                self.token.position = self.begun.saturating_sub(1);
                self.token.text.clear();
                self.token.text.push_str(term);
                return true;
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pushed_comes_out_of_the_tokenizer() {
        let mut list = TermList::default();
        let pushed = [
            (0, "in"),
            (1, "kita"),
            (1, "kitas"),
            (4, "häuser"),
            (4, "haus"),
        ];
        for (position, term) in pushed {
            list.push(term, position);
        }
        let mut tokenizer = TermsTokenizer::default();
        let mut stream = tokenizer.token_stream(list.as_text());
        let mut out = Vec::new();
        stream.process(&mut |token| out.push((token.position, token.text.clone())));
        let out: Vec<(usize, &str)> = out.iter().map(|(at, term)| (*at, term.as_str())).collect();
        assert_eq!(out, pushed);
        assert_eq!(list.iter().collect::<Vec<_>>(), pushed);
    }
}
