//! A query that ends when the time is up.
//!
//! The engine cannot be interrupted while it looks for the next page that matches, which for a phrase
//! of frequent words or a rare combination can be the last one of a million. So it is asked about one
//! page after the other that might match, and the clock is looked at in between.

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, Term};

use crate::budget::Budget;

/// The clock is looked at once in so many steps.
const STEPS: u32 = 128;

/// A query and its time.
#[derive(Debug)]
pub(crate) struct Timed {
    query: Box<dyn Query>,
    budget: Budget,
}

impl Timed {
    pub(crate) fn new(query: impl Query, budget: &Budget) -> Self {
        Self {
            query: Box::new(query),
            budget: budget.clone(),
        }
    }
}

impl Clone for Timed {
    fn clone(&self) -> Self {
        Self {
            query: self.query.box_clone(),
            budget: self.budget.clone(),
        }
    }
}

impl Query for Timed {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(TimedWeight {
            weight: self.query.weight(scoring)?,
            budget: self.budget.clone(),
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct TimedWeight {
    weight: Box<dyn Weight>,
    budget: Budget,
}

impl Weight for TimedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.budget.is_over() {
            return Ok(Box::new(EmptyScorer));
        }
        let (first, scorer) = self.weight.scorer_danger(reader, 0, boost)?;
        let mut scorer = TimedScorer {
            scorer,
            doc: 0,
            steps: 0,
            budget: self.budget.clone(),
        };
        scorer.settle(first);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}

struct TimedScorer {
    /// In a valid state while `doc` is a page.
    scorer: Box<dyn Scorer>,
    doc: DocId,
    steps: u32,
    budget: Budget,
}

impl TimedScorer {
    /// Goes on from what was found out of the page at `doc` to the first page that matches.
    fn settle(&mut self, mut found: SeekDangerResult) -> DocId {
        while let SeekDangerResult::SeekLowerBound(next) = found {
            if next >= TERMINATED || self.is_over() {
                self.doc = TERMINATED;
                break;
            }
            self.doc = next;
            found = self.scorer.seek_danger(next);
        }
        self.doc
    }

    fn is_over(&mut self) -> bool {
        self.steps = self.steps.wrapping_add(1);
        self.steps.is_multiple_of(STEPS) && self.budget.is_over()
    }
}

impl DocSet for TimedScorer {
    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc || self.doc == TERMINATED {
            return self.doc;
        }
        self.settle(SeekDangerResult::SeekLowerBound(target))
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }

    fn cost(&self) -> u64 {
        self.scorer.cost()
    }
}

impl Scorer for TimedScorer {
    fn score(&mut self) -> Score {
        self.scorer.score()
    }
}
