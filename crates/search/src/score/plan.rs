//! What matches, and what it is worth.

use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::schema::Field;

/// A term that is in the index, with where it is in each segment.
#[derive(Clone, Debug)]
pub(crate) struct FoundTerm {
    pub(crate) field: Field,
    /// For each segment.
    pub(crate) infos: Vec<Option<TermInfo>>,
    /// How many pages have it, deleted ones with them.
    pub(crate) pages: u64,
}

/// Terms of one field in their order.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// At least one; each with its place behind the first.
    pub(crate) terms: Vec<(u32, Arc<FoundTerm>)>,
    /// So many other words may stand between them.
    pub(crate) slop: u32,
    pub(crate) worth: f32,
}

/// What matches.
#[derive(Clone, Debug)]
pub(crate) enum Plan {
    Nothing,
    /// Every page, scoring nothing.
    Everything,
    Term {
        term: Arc<FoundTerm>,
        worth: f32,
    },
    Phrase(Phrase),
    /// The best of several, and a share of the others.
    Best {
        of: Vec<Plan>,
        tie: f32,
    },
    /// The sum of those that match.
    Any(Vec<Plan>),
    /// The sum of all, which must match.
    All(Vec<Plan>),
    /// A word that is asked for, worth so many times as much: what it scores is kept where it is frequent.
    Word {
        plan: Arc<Plan>,
        times: f32,
    },
    /// The sum of those that match, worth more the more of them do.
    Together {
        /// With their shares in "all of them".
        of: Vec<(Plan, f32)>,
        /// The sum is worth so much more of itself if all match.
        bonus: f32,
        /// Above 1, some of them bring less than their share of the bonus.
        power: f32,
        /// The least share that must match.
        least: f32,
    },
    /// What matches all of `all` (if there is nothing, any of `any`) and not `not`; `any` adds to it.
    Chosen {
        all: Vec<Plan>,
        any: Vec<Plan>,
        not: Vec<Plan>,
    },
}

impl Plan {
    /// The best of several, and a share of the others.
    pub(crate) fn best(mut of: Vec<Self>, tie: f32) -> Self {
        of.retain(|plan| !plan.is_nothing());
        match of.pop() {
            Some(single) if of.is_empty() => single,
            Some(last) => {
                of.push(last);
                Self::Best { of, tie }
            }
            None => Self::Nothing,
        }
    }

    /// All of several.
    pub(crate) fn all(mut of: Vec<Self>) -> Self {
        if of.iter().any(Self::is_nothing) {
            return Self::Nothing;
        }
        match of.pop() {
            Some(single) if of.is_empty() => single,
            Some(last) => {
                of.push(last);
                Self::All(of)
            }
            None => Self::Nothing,
        }
    }

    /// A word that is asked for.
    pub(crate) fn word(plan: Self) -> Self {
        if plan.is_nothing() {
            return plan;
        }
        Self::Word {
            plan: Arc::new(plan),
            times: 1.0,
        }
    }

    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// The same, worth so many times as much.
    pub(crate) fn times(mut self, by: f32) -> Self {
        self.scale(by);
        self
    }

    fn scale(&mut self, by: f32) {
        match self {
            Self::Nothing | Self::Everything => {}
            Self::Term { worth, .. } => *worth *= by,
            Self::Word { times, .. } => *times *= by,
            Self::Phrase(phrase) => phrase.worth *= by,
            Self::Best { of, .. } | Self::Any(of) | Self::All(of) => {
                for plan in of {
                    plan.scale(by);
                }
            }
            Self::Together { of, .. } => {
                for (plan, _) in of {
                    plan.scale(by);
                }
            }
            Self::Chosen { all, any, .. } => {
                for plan in all.iter_mut().chain(any) {
                    plan.scale(by);
                }
            }
        }
    }
}
