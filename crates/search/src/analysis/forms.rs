//! The forms of a single word; the fields of the index are made of them.

use std::borrow::Cow;

use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream as _};

use super::{adjectives, compound, feminine, fold, nouns, verbs};

/// The forms of a word that the index knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Form {
    /// Lower case, folded.
    pub(crate) x: String,
    /// The masculine of a feminine word, lower case, folded.
    pub(crate) m: Option<String>,
    /// Masculine, singular, stemmed, folded.
    pub(crate) s: String,
    /// The root of the verb that it is a form of, if that is not `s`.
    pub(crate) v: Option<String>,
}

/// Makes the forms of words. It keeps the stemmer, so have one per search.
#[derive(Clone)]
pub(crate) struct Forms {
    stem: TextAnalyzer,
}

impl Forms {
    pub(crate) fn new() -> Self {
        let stem = TextAnalyzer::builder(RawTokenizer::default())
            .filter(Stemmer::new(Language::German))
            .build();
        Self { stem }
    }

    /// The forms of a word in any case.
    pub(crate) fn of(&mut self, word: &str) -> Form {
        let lower = word.to_lowercase();
        let x = fold(&lower);
        let s = self.stem(&lower);
        let m = match feminine::masculine(&lower) {
            Cow::Borrowed(same) if same.len() == lower.len() => None,
            masculine => Some(fold(&masculine)),
        };
        let v = verbs::root(&x).filter(|root| *root != s);
        Form { x, m, s, v }
    }

    /// The terms of the parts of a word that may be a compound: for each part its stem, and the root
    /// where it is made of a verb. A word that is no compound is its only part.
    pub(crate) fn parts(&mut self, form: &Form) -> Vec<Vec<String>> {
        let masculine = feminine::masculine(&form.x);
        let singular = nouns::singular(&masculine);
        let leaves = match adjectives::split(&singular) {
            Some((noun, adjective)) => {
                let mut leaves = compound::leaves(noun);
                leaves.push(adjective);
                leaves
            }
            None => compound::leaves(&singular),
        };
        if let [_] = leaves.as_slice() {
            return vec![form.terms().map(str::to_owned).collect()];
        }
        leaves.iter().map(|leaf| self.part(leaf)).collect()
    }

    /// What the field of parts holds of a word as it stands in a running text, where only nouns and
    /// some adjectives are compounds: the terms of its smallest parts, and the stems of neighbouring
    /// parts as one (`Jugendhilfeausschuss` holds `Jugendhilfe`).
    pub(crate) fn text_parts(&mut self, word: &str, form: &Form) -> Vec<String> {
        let is_compound =
            word.starts_with(char::is_uppercase) || adjectives::split(&form.x).is_some();
        if !is_compound {
            return form.terms().map(str::to_owned).collect();
        }
        let parts = self.parts(form);
        let mut terms: Vec<String> = parts.iter().flatten().cloned().collect();
        if parts.len() > 2 {
            let masculine = feminine::masculine(&form.x);
            let singular = nouns::singular(&masculine);
            let leaves = compound::leaves(&singular);
            for size in 2..leaves.len() {
                terms.extend(leaves.windows(size).map(|run| self.stem(&run.concat())));
            }
        }
        terms.dedup();
        terms
    }

    fn part(&mut self, leaf: &str) -> Vec<String> {
        let stem = self.stem(leaf);
        let root = verbs::root(leaf).filter(|root| *root != stem);
        std::iter::once(stem).chain(root).collect()
    }

    /// The stem of a lower-case word.
    fn stem(&mut self, lower: &str) -> String {
        let masculine = feminine::masculine(lower);
        // The stemmer takes an `e` for an ending, but not an `é`: both spellings are one word, and the
        // parts of compounds are folded before they come here.
        let singular = nouns::singular(&masculine).replace('é', "e");
        let mut stream = self.stem.token_stream(&singular);
        let stem = stream.next().map(|token| fold(&token.text));
        stem.unwrap_or_default()
    }
}

impl Form {
    /// The form of a verb that is known by its root only.
    pub(crate) fn of_root(root: &str) -> Self {
        Self {
            x: String::new(),
            m: None,
            s: root.to_owned(),
            v: None,
        }
    }

    /// The stem and, if there is one, the root.
    pub(crate) fn terms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.s.as_str()).chain(self.v.as_deref())
    }
}
