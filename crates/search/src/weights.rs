//! What each way in which a page can match is worth.

/// Factors of the score. Measured together; see `docs/search.md`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Exact word, stem and part of a compound in the title.
    pub title: [f32; 3],
    /// The same in headings, tags, former titles and names of choices.
    pub named: [f32; 3],
    /// The same in the name of the space.
    pub space: [f32; 3],
    /// The same in the text.
    pub body: [f32; 3],
    /// What the other ways that match add to the best one.
    pub tie: f32,
    /// The masculine of a feminine word, beside that word.
    pub masculine: f32,
    /// The root of a verb, beside its stem.
    pub root: f32,
    /// A word that what was typed begins.
    pub beginning: f32,
    /// A word that what was typed is a slip of.
    pub repair: f32,
    /// The parts of a word with hyphens beside its joined form.
    pub hyphened: f32,
    /// All parts of a typed compound, wherever they stand.
    pub all_parts: f32,
    /// Any of its parts.
    pub any_part: f32,
    /// A synonym or abbreviation.
    pub synonym: f32,
    /// All words together, over the sum of the words.
    pub all_words: f32,
    /// How fast that falls when some are missing: 1 as their share, more faster.
    pub all_words_power: f32,
    /// How far the share of a word is by how rare it is: 0 all words the same, 1 as BM25 has it.
    pub rare_share: f32,
    /// Neighbours side by side, over the sum of the words.
    pub neighbours: f32,
    /// Neighbours as one compound.
    pub joined: f32,
    /// How far a word is as rare in each place as where it is most frequent: 0 not at all, 1 wholly.
    pub shared_rarity: f32,
    /// A word that says little in a question, such as "helfen" or "Erfahrung".
    pub light: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            title: [2.0, 1.5, 1.2],
            named: [1.8, 1.4, 0.9],
            space: [1.5, 1.2, 0.7],
            body: [1.3, 1.2, 0.7],
            tie: 0.2,
            masculine: 0.9,
            root: 0.8,
            beginning: 0.8,
            repair: 0.7,
            hyphened: 0.9,
            all_parts: 0.9,
            any_part: 0.25,
            synonym: 0.6,
            all_words: 1.5,
            all_words_power: 4.0,
            rare_share: 1.0,
            neighbours: 1.0,
            joined: 1.0,
            shared_rarity: 1.0,
            light: 0.4,
        }
    }
}

impl Weights {
    /// Changes one weight by its name; for a place, `title.0` is that of exact words. False if there
    /// is no such weight.
    pub fn set(&mut self, name: &str, value: f32) -> bool {
        let (name, at) = name.split_once('.').unwrap_or((name, ""));
        let place = match name {
            "title" => Some(&mut self.title),
            "named" => Some(&mut self.named),
            "space" => Some(&mut self.space),
            "body" => Some(&mut self.body),
            _ => None,
        };
        let weight = match (place, name) {
            (Some(place), _) => at.parse().ok().and_then(|at: usize| place.get_mut(at)),
            (None, "tie") => Some(&mut self.tie),
            (None, "masculine") => Some(&mut self.masculine),
            (None, "root") => Some(&mut self.root),
            (None, "beginning") => Some(&mut self.beginning),
            (None, "repair") => Some(&mut self.repair),
            (None, "hyphened") => Some(&mut self.hyphened),
            (None, "all_parts") => Some(&mut self.all_parts),
            (None, "any_part") => Some(&mut self.any_part),
            (None, "synonym") => Some(&mut self.synonym),
            (None, "all_words") => Some(&mut self.all_words),
            (None, "all_words_power") => Some(&mut self.all_words_power),
            (None, "rare_share") => Some(&mut self.rare_share),
            (None, "neighbours") => Some(&mut self.neighbours),
            (None, "joined") => Some(&mut self.joined),
            (None, "shared_rarity") => Some(&mut self.shared_rarity),
            (None, "light") => Some(&mut self.light),
            _ => None,
        };
        weight.map(|weight| *weight = value).is_some()
    }
}
