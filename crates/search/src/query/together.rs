//! The sum of several queries, worth more the more of them match.
//!
//! The engine's own queries can only ask for all of them beside any of them, which scores everything
//! twice and gives nothing to a page that has four words of five.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// Queries with their share in "all of them".
#[derive(Debug)]
pub(super) struct Together {
    pub(super) of: Vec<(Box<dyn Query>, Score)>,
    /// The sum is worth so much more of itself if all match.
    pub(super) bonus: Score,
    /// Above 1, some of them bring less than their share of the bonus.
    pub(super) power: Score,
}

impl Clone for Together {
    fn clone(&self) -> Self {
        Self {
            of: self
                .of
                .iter()
                .map(|(query, share)| (query.box_clone(), *share))
                .collect(),
            bonus: self.bonus,
            power: self.power,
        }
    }
}

impl Query for Together {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weight =
            |(query, share): &(Box<dyn Query>, Score)| Ok((query.weight(scoring)?, *share));
        let total: Score = self.of.iter().map(|(_, share)| share).sum();
        Ok(Box::new(TogetherWeight {
            of: self.of.iter().map(weight).collect::<tantivy::Result<_>>()?,
            total: total.max(Score::MIN_POSITIVE),
            bonus: self.bonus,
            power: self.power,
        }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for (query, _) in &self.of {
            query.query_terms(visitor);
        }
    }
}

struct TogetherWeight {
    of: Vec<(Box<dyn Weight>, Score)>,
    total: Score,
    bonus: Score,
    power: Score,
}

impl Weight for TogetherWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut of = Vec::with_capacity(self.of.len());
        for (weight, share) in &self.of {
            let scorer = weight.scorer(reader, boost)?;
            if scorer.doc() != TERMINATED {
                of.push((scorer, *share / self.total));
            }
        }
        let mut scorer = TogetherScorer {
            of,
            doc: TERMINATED,
            bonus: self.bonus,
            power: self.power,
        };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() < doc {
            scorer.seek(doc);
        }
        if scorer.doc() != doc {
            return Err(TantivyError::InvalidArgument(
                "the page does not match".to_owned(),
            ));
        }
        Ok(Explanation::new(
            "sum of words, more for more of them",
            scorer.score(),
        ))
    }
}

struct TogetherScorer {
    /// Those that are not at their end.
    of: Vec<(Box<dyn Scorer>, Score)>,
    doc: DocId,
    bonus: Score,
    power: Score,
}

impl TogetherScorer {
    /// Drops those at their end and goes to the first page that one of the others is at.
    fn settle(&mut self) -> DocId {
        self.of.retain(|(scorer, _)| scorer.doc() != TERMINATED);
        let first = self.of.iter().map(|(scorer, _)| scorer.doc()).min();
        self.doc = first.unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for TogetherScorer {
    fn advance(&mut self) -> DocId {
        for (scorer, _) in &mut self.of {
            if scorer.doc() == self.doc {
                scorer.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for (scorer, _) in &mut self.of {
            if scorer.doc() < target {
                scorer.seek(target);
            }
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.of
            .iter()
            .map(|(scorer, _)| scorer.size_hint())
            .max()
            .unwrap_or(0)
    }
}

impl Scorer for TogetherScorer {
    fn score(&mut self) -> Score {
        let (mut sum, mut share) = (0.0, 0.0);
        for (scorer, own) in &mut self.of {
            if scorer.doc() == self.doc {
                sum += scorer.score();
                share += *own;
            }
        }
        sum * (1.0 + self.bonus * share.min(1.0).powf(self.power))
    }
}
