//! The analysis as tantivy tokenizers, one for each form.

use std::collections::HashMap;

use tantivy::tokenizer::{
    Language, LowerCaser, Stemmer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
    TokenizerManager,
};

use super::{Forms, Piece, feminine, fold, forms, words};

/// Name of the tokenizer of the exact form (`x`).
pub(crate) const EXACT: &str = "de_x";
/// Name of the tokenizer of the stemmed form (`s`).
pub(crate) const STEMMED: &str = "de_s";
/// Name of the tokenizer of the parts of compounds (`d`).
pub(crate) const PARTS: &str = "de_d";

/// Makes the tokenizers known to an index.
pub(crate) fn register(manager: &TokenizerManager) {
    manager.register(EXACT, exact());
    manager.register(STEMMED, stemmed());
    manager.register(PARTS, TextAnalyzer::from(PartsTokenizer::new()));
}

fn exact() -> TextAnalyzer {
    TextAnalyzer::builder(WordTokenizer)
        .filter(LowerCaser)
        .filter(Each(fold))
        .build()
}

fn stemmed() -> TextAnalyzer {
    TextAnalyzer::builder(WordTokenizer)
        .filter(LowerCaser)
        .filter(Each(|word| {
            forms::singular(&feminine::masculine(word)).to_owned()
        }))
        .filter(Stemmer::new(Language::German))
        .filter(Each(fold))
        .build()
}

/// The words of a text: a token for each part, and one for the joined form at its first part.
#[derive(Clone)]
struct WordTokenizer;

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let mut tokens = Vec::new();
        let mut position = 0_usize;
        for word in words(text) {
            let mut joined = word.joined;
            for part in word.parts {
                tokens.push(token(part, position));
                tokens.extend(joined.take().map(|whole| token(whole, position)));
                position = position.saturating_add(1);
            }
        }
        WordStream {
            tokens: tokens.into_iter(),
            current: Token::default(),
        }
    }
}

/// The parts of compounds, all with the place of the whole word.
#[derive(Clone)]
struct PartsTokenizer {
    forms: Forms,
    /// Words that were looked up before: a text repeats its words, and splitting is slow.
    known: HashMap<String, Vec<String>>,
}

/// So many words are remembered.
const MAX_KNOWN: usize = 20_000;

impl PartsTokenizer {
    fn new() -> Self {
        Self {
            forms: Forms::new(),
            known: HashMap::new(),
        }
    }

    fn parts(&mut self, word: &str) -> Vec<String> {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        if self.known.len() >= MAX_KNOWN {
            self.known.clear();
        }
        let form = self.forms.of(word);
        let parts = self.forms.text_parts(word, &form);
        self.known.insert(word.to_owned(), parts.clone());
        parts
    }
}

impl Tokenizer for PartsTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let mut tokens = Vec::new();
        let pieces = words(text).into_iter().flat_map(|word| word.parts);
        for (position, piece) in pieces.enumerate() {
            for text in self.parts(&piece.text) {
                tokens.push(token(Piece { text, ..piece }, position));
            }
        }
        WordStream {
            tokens: tokens.into_iter(),
            current: Token::default(),
        }
    }
}

fn token(piece: Piece, position: usize) -> Token {
    Token {
        offset_from: piece.from,
        offset_to: piece.to,
        position,
        text: piece.text,
        position_length: 1,
    }
}

struct WordStream {
    tokens: std::vec::IntoIter<Token>,
    current: Token,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.current = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.current
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.current
    }
}

/// A filter that rewrites each token by itself.
#[derive(Clone)]
struct Each(fn(&str) -> String);

impl TokenFilter for Each {
    type Tokenizer<T: Tokenizer> = EachTokenizer<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> EachTokenizer<T> {
        EachTokenizer {
            inner,
            rewrite: self.0,
        }
    }
}

#[derive(Clone)]
struct EachTokenizer<T> {
    inner: T,
    rewrite: fn(&str) -> String,
}

impl<T: Tokenizer> Tokenizer for EachTokenizer<T> {
    type TokenStream<'a> = EachStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        EachStream {
            inner: self.inner.token_stream(text),
            rewrite: self.rewrite,
        }
    }
}

struct EachStream<T> {
    inner: T,
    rewrite: fn(&str) -> String,
}

impl<T: TokenStream> TokenStream for EachStream<T> {
    fn advance(&mut self) -> bool {
        if !self.inner.advance() {
            return false;
        }
        let token = self.inner.token_mut();
        token.text = (self.rewrite)(&token.text);
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(mut analyzer: TextAnalyzer, text: &str) -> Vec<(usize, String)> {
        let mut out = Vec::new();
        analyzer
            .token_stream(text)
            .process(&mut |token| out.push((token.position, token.text.clone())));
        out
    }

    #[test]
    fn the_joined_form_stands_at_the_first_part() {
        assert_eq!(
            terms(exact(), "in Charlottenburg-Wilmersdorf heute"),
            [
                (0, "in".to_owned()),
                (1, "charlottenburg".to_owned()),
                (1, "charlottenburgwilmersdorf".to_owned()),
                (2, "wilmersdorf".to_owned()),
                (3, "heute".to_owned()),
            ]
        );
    }

    #[test]
    fn the_forms_of_a_word_are_the_terms_of_the_index() {
        let mut forms = Forms::new();
        for word in [
            "Ämter",
            "Lotsinnen",
            "Kitas",
            "Straßen",
            "Schöneberg",
            "SGB",
            "16a",
            "häuser",
        ] {
            let form = forms.of(word);
            assert_eq!(terms(exact(), word), [(0, form.x)], "{word}");
            assert_eq!(terms(stemmed(), word), [(0, form.s)], "{word}");
        }
    }

    #[test]
    fn inflected_and_gendered_words_share_a_stem() {
        let mut forms = Forms::new();
        for group in [
            &["Familie", "Familien"][..],
            &["Amt", "Ämter", "Aemter", "Amtes"],
            &["Lotse", "Lotsen", "Lotsin", "Lotsinnen"],
            &["Akteur", "Akteure", "Akteurin", "Akteurinnen"],
            &[
                "Mitarbeiter",
                "Mitarbeitern",
                "Mitarbeiterin",
                "Mitarbeiterinnen",
            ],
            &["Pädagoge", "Pädagogin", "Pädagoginnen"],
            &["Arzt", "Ärzte", "Ärztin", "Ärztinnen"],
            &["Haus", "Häuser", "Häusern", "hauser"],
            &["Straße", "Strassen"],
            &["Kita", "Kitas"],
            &["Büro", "Büros"],
            &["Übung", "Uebungen"],
        ] {
            let stems: Vec<String> = group.iter().map(|word| forms.of(word).s).collect();
            assert!(
                stems.iter().all(|stem| *stem == stems[0]),
                "{group:?}: {stems:?}"
            );
        }
    }

    #[test]
    fn a_compound_in_a_text_gives_the_stems_of_its_parts() {
        let parts = |text: &str| -> Vec<(usize, String)> {
            terms(TextAnalyzer::from(PartsTokenizer::new()), text)
        };
        let mut forms = Forms::new();
        let mut stem = |word: &str| forms.of(word).s;
        let (child, poverty, pilot) = (stem("Kinder"), stem("Armut"), stem("Lotse"));
        assert_eq!(
            parts("Gegen Kinderarmut"),
            [(0, stem("gegen")), (1, child.clone()), (1, poverty.clone())]
        );
        assert_eq!(parts("armutssensibel")[0], (0, poverty));
        assert_eq!(parts("Gesundheitslots*innen")[1], (0, pilot));
        assert_eq!(parts("kinderarmut").len(), 1, "no noun");
    }

    #[test]
    fn different_words_keep_different_stems() {
        let mut forms = Forms::new();
        for (one, other) in [
            ("Berlin", "Berliner"),
            ("Termin", "Terme"),
            ("Praxis", "Praxen"),
        ] {
            assert_ne!(forms.of(one).x, forms.of(other).x);
        }
    }
}
