//! The forms of a single word; the fields of the index are made of them.

use tantivy::tokenizer::{
    Language, LowerCaser, RawTokenizer, Stemmer, TextAnalyzer, TokenStream as _,
};

use super::{compound, feminine, fold};

/// The forms of a word that the index knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Form {
    /// Lower case, folded.
    pub(crate) x: String,
    /// Masculine, stemmed, folded.
    pub(crate) s: String,
}

/// Makes the forms of words. It keeps the stemmer, so have one per search.
#[derive(Clone)]
pub(crate) struct Forms {
    lower: TextAnalyzer,
    stem: TextAnalyzer,
}

impl Forms {
    pub(crate) fn new() -> Self {
        let lower = TextAnalyzer::builder(RawTokenizer::default())
            .filter(LowerCaser)
            .build();
        let stem = TextAnalyzer::builder(RawTokenizer::default())
            .filter(Stemmer::new(Language::German))
            .build();
        Self { lower, stem }
    }

    /// Both forms of a word in any case.
    pub(crate) fn of(&mut self, word: &str) -> Form {
        let lower = first(&mut self.lower, word);
        let masculine = feminine::masculine(&lower);
        let stem = first(&mut self.stem, singular(&masculine));
        Form {
            x: fold(&lower),
            s: fold(&stem),
        }
    }

    /// The stems of the parts of a word that may be a compound; its own stem if it is none.
    pub(crate) fn parts(&mut self, form: &Form) -> Vec<String> {
        let masculine = feminine::masculine(&form.x);
        let parts = compound::split(singular(&masculine));
        if let [_] = parts.as_slice() {
            return vec![form.s.clone()];
        }
        let stem = |part: &&str| fold(&first(&mut self.stem, singular(part)));
        parts.iter().map(stem).collect()
    }

    /// The same for a word as it stands in a running text, where only nouns and some adjectives are
    /// compounds.
    pub(crate) fn text_parts(&mut self, word: &str, form: &Form) -> Vec<String> {
        if word.starts_with(char::is_uppercase) || is_compound_adjective(&form.x) {
            self.parts(form)
        } else {
            vec![form.s.clone()]
        }
    }
}

/// Adjectives that are made freely with a noun, folded, without their endings.
const ADJECTIVES: &[&str] = &[
    "sensibel",
    "sensibl",
    "orientiert",
    "ubergreifend",
    "gerecht",
    "fordernd",
    "freundlich",
];

fn is_compound_adjective(folded: &str) -> bool {
    let ending = |adjective: &&str| {
        folded.rfind(*adjective).is_some_and(|at| {
            at > 0
                && folded
                    .len()
                    .saturating_sub(at.saturating_add(adjective.len()))
                    <= 2
        })
    };
    ADJECTIVES.iter().any(ending)
}

fn first(analyzer: &mut TextAnalyzer, word: &str) -> String {
    let mut stream = analyzer.token_stream(word);
    stream
        .next()
        .map(|token| token.text.clone())
        .unwrap_or_default()
}

/// Takes a plural `s` off behind a vowel, which the stemmer leaves: `kitas`, `handys`, `büros`.
pub(super) fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem)
            if stem.len() >= 4 && stem.ends_with(['a', 'o', 'y']) && !stem.ends_with("lo") =>
        {
            stem
        }
        _ => word,
    }
}
