//! A plan in a segment.

use std::sync::Arc;

use tantivy::{DocId, TERMINATED, TantivyError};

use super::at;
use super::bits::ones_of;
use super::kept::Kept;
use super::phrase::PhraseLayer;
use super::plan::Plan;
use super::segment::Segment;
use super::term::TermLayer;
use super::window::{Pool, Span, WORDS, Window};

/// What finds the pages of a segment, window by window, in order.
pub(crate) enum Layer {
    Nothing,
    Everything,
    Term(Box<TermLayer>),
    Phrase(Box<PhraseLayer>),
    Kept {
        kept: Arc<Kept>,
        times: f32,
    },
    Best {
        of: Vec<Layer>,
        tie: f32,
    },
    Any(Vec<Layer>),
    All(Vec<Layer>),
    Together {
        of: Vec<(Layer, f32)>,
        bonus: f32,
        power: f32,
        least: f32,
    },
    Chosen {
        all: Vec<Layer>,
        any: Vec<Layer>,
        not: Vec<Layer>,
    },
}

impl Layer {
    pub(crate) fn new(plan: &Plan, segment: Segment<'_>) -> Result<Self, TantivyError> {
        let each = |plans: &[Plan]| -> Result<Vec<Self>, TantivyError> {
            plans
                .iter()
                .map(|plan| Self::new(plan, segment))
                .filter(|layer| !matches!(layer, Ok(Self::Nothing)))
                .collect()
        };
        Ok(match plan {
            Plan::Nothing => Self::Nothing,
            Plan::Everything => Self::Everything,
            Plan::Term { term, worth } => segment.term(term, *worth)?,
            Plan::Phrase(phrase) => segment
                .phrase(phrase)?
                .map_or(Self::Nothing, |phrase| Self::Phrase(Box::new(phrase))),
            Plan::Word { plan, times } => match segment.kept.of(plan, segment)? {
                Some(kept) => Self::Kept {
                    kept,
                    times: *times,
                },
                None => Self::new(&Plan::clone(plan).times(*times), segment)?,
            },
            Plan::Best { of, tie } => Self::Best {
                of: each(of)?,
                tie: *tie,
            },
            Plan::Any(of) => Self::Any(each(of)?),
            Plan::All(of) => {
                let layers = each(of)?;
                if layers.len() < of.len() {
                    return Ok(Self::Nothing);
                }
                Self::All(layers)
            }
            Plan::Together {
                of,
                bonus,
                power,
                least,
            } => {
                let total: f32 = of.iter().map(|(_, share)| share).sum();
                let mut layers = Vec::with_capacity(of.len());
                for (plan, share) in of {
                    let share = share / total.max(f32::MIN_POSITIVE);
                    layers.push((Self::new(plan, segment)?, share));
                }
                Self::Together {
                    of: layers,
                    bonus: *bonus,
                    power: *power,
                    least: *least,
                }
            }
            Plan::Chosen { all, any, not } => {
                let wanted = each(all)?;
                if wanted.len() < all.len() {
                    return Ok(Self::Nothing);
                }
                Self::Chosen {
                    all: wanted,
                    any: each(any)?,
                    not: each(not)?,
                }
            }
        })
    }

    /// Whether nothing has to be read any more of the words that it finds.
    pub(crate) fn is_at_hand(&self) -> bool {
        match self {
            Self::Nothing | Self::Kept { .. } => true,
            // Every page is what a question finds that was not read in time.
            Self::Everything | Self::Term(_) | Self::Phrase(_) => false,
            Self::Best { of, .. } | Self::Any(of) | Self::All(of) => {
                of.iter().all(Self::is_at_hand)
            }
            Self::Together { of, .. } => of.iter().all(|(layer, _)| layer.is_at_hand()),
            Self::Chosen { all, any, not } => {
                let mut of = all.iter().chain(any).chain(not);
                of.all(Self::is_at_hand)
            }
        }
    }

    /// A page before which there is none.
    pub(crate) fn next(&self) -> DocId {
        let first = |of: &[Self]| of.iter().map(Self::next).min();
        match self {
            Self::Nothing => TERMINATED,
            Self::Everything | Self::Kept { .. } => 0,
            Self::Term(term) => term.next(),
            Self::Phrase(phrase) => phrase.next(),
            Self::Best { of, .. } | Self::Any(of) => first(of).unwrap_or(TERMINATED),
            Self::All(of) => of.iter().map(Self::next).max().unwrap_or(TERMINATED),
            Self::Together { of, .. } => {
                let next = of.iter().map(|(layer, _)| layer.next()).min();
                next.unwrap_or(TERMINATED)
            }
            Self::Chosen { all, any, .. } => {
                let next = all.iter().map(Self::next).max();
                next.or_else(|| first(any)).unwrap_or(TERMINATED)
            }
        }
    }

    /// Adds what matches in a window, and tells which pages that are.
    fn add_and_tell(
        &mut self,
        span: Span,
        wanted: &[u64],
        out: &mut Window,
        pool: &mut Pool,
    ) -> [u64; WORDS] {
        if let Self::Kept { kept, times } = self {
            kept.add(span, *times, out);
            return kept.words(span);
        }
        let mut found = pool.take();
        self.add(span, wanted, &mut found, pool);
        let bits = found.bits;
        if !found.is_empty() {
            out.merge(&found);
        }
        pool.give(found);
        bits
    }

    /// Adds what matches in a window. Where finding out costs something, only pages that are wanted
    /// are looked at. Windows come in their order.
    pub(crate) fn add(&mut self, span: Span, wanted: &[u64], out: &mut Window, pool: &mut Pool) {
        if self.next() >= span.to {
            return;
        }
        match self {
            Self::Nothing => {}
            Self::Everything => {
                for page in 0..span.to.saturating_sub(span.from) {
                    out.add(page, 0.0);
                }
            }
            Self::Term(term) => term.each(span, |page, score| out.add(page, score)),
            Self::Phrase(phrase) => phrase.add(span, wanted, out),
            Self::Kept { kept, times } => kept.add(span, *times, out),
            Self::Best { of, tie } => {
                let best = best(of, *tie, span, wanted, pool);
                out.merge(&best);
                pool.give(best);
            }
            Self::Any(of) => {
                for layer in of {
                    layer.add(span, wanted, out, pool);
                }
            }
            Self::All(of) => {
                let all = all(of, span, wanted, pool);
                out.merge(&all);
                pool.give(all);
            }
            Self::Together {
                of,
                bonus,
                power,
                least,
            } => {
                let mut sum = pool.take();
                let mut sets = Vec::with_capacity(of.len());
                for (layer, share) in of {
                    sets.push((layer.add_and_tell(span, wanted, &mut sum, pool), *share));
                }
                together(&mut sum, &sets, (*bonus, *power), *least);
                out.merge(&sum);
                pool.give(sum);
            }
            Self::Chosen {
                all: must,
                any,
                not,
            } => {
                let mut found = if must.is_empty() {
                    let mut found = pool.take();
                    for layer in any {
                        layer.add(span, wanted, &mut found, pool);
                    }
                    found
                } else {
                    let mut found = all(must, span, wanted, pool);
                    if !found.is_empty() {
                        let kept = found.bits;
                        for layer in any {
                            layer.add(span, &kept, &mut found, pool);
                        }
                        found.keep(&kept);
                    }
                    found
                };
                for layer in not {
                    let mut dropped = pool.take();
                    layer.add(span, &found.bits, &mut dropped, pool);
                    found.leave_out(&dropped.bits);
                    pool.give(dropped);
                }
                out.merge(&found);
                pool.give(found);
            }
        }
    }
}

/// The best of several in each page, and a share of the others.
fn best(of: &mut [Layer], tie: f32, span: Span, wanted: &[u64], pool: &mut Pool) -> Box<Window> {
    let mut sum = pool.take();
    let mut most = pool.take();
    for layer in of {
        if let Layer::Term(term) = layer {
            term.each(span, |page, score| {
                sum.add(page, score);
                most.raise(page, score);
            });
        } else if layer.next() < span.to {
            let mut found = pool.take();
            layer.add(span, wanted, &mut found, pool);
            sum.merge(&found);
            most.raise_all(&found);
            pool.give(found);
        }
    }
    if !sum.is_empty() {
        sum.change(&most, |sum, most| most + tie * (sum - most));
    }
    // Its scores are not those of pages that match: it is not empty and does not look so.
    most.bits = sum.bits;
    pool.give(most);
    sum
}

/// The sum of all of several where all match.
fn all(of: &mut [Layer], span: Span, wanted: &[u64], pool: &mut Pool) -> Box<Window> {
    let mut sum = pool.take();
    let Some((first, rest)) = of.split_first_mut() else {
        return sum;
    };
    first.add(span, wanted, &mut sum, pool);
    for layer in rest {
        if sum.is_empty() {
            break;
        }
        let mut found = pool.take();
        layer.add(span, &sum.bits, &mut found, pool);
        sum.keep(&found.bits);
        found.keep(&sum.bits);
        sum.merge(&found);
        pool.give(found);
    }
    sum
}

/// Makes sums worth more the more of several sets a page is in, and drops those in too little.
fn together(
    sum: &mut Window,
    sets: &[([u64; WORDS], f32)],
    (bonus, power): (f32, f32),
    least: f32,
) {
    let factor = |share: f32| {
        let share = share.min(1.0);
        let raised = if (power - 4.0).abs() < f32::EPSILON {
            (share * share) * (share * share)
        } else {
            share.powf(power)
        };
        1.0 + bonus * raised
    };
    // Of 64 pages, those that are in the same sets, with their share.
    let mut groups: Vec<(u64, f32)> = Vec::new();
    for (place, (bits, scores)) in sum.parts_mut().enumerate() {
        groups.clear();
        groups.push((*bits, 0.0));
        for (set, share) in sets {
            let set = set.get(place).copied().unwrap_or_default();
            for at in 0..groups.len() {
                let Some(group) = groups.get_mut(at) else {
                    break;
                };
                let (inside, outside) = (group.0 & set, group.0 & !set);
                let more = group.1 + share;
                if outside == 0 {
                    group.1 = more;
                } else if inside != 0 {
                    group.0 = outside;
                    groups.push((inside, more));
                }
            }
        }
        for (pages, share) in &groups {
            let by = if *share < least { 0.0 } else { factor(*share) };
            if *share < least {
                *bits &= !pages;
            }
            if groups.len() == 1 {
                // Pages that do not match score nothing.
                for score in scores.iter_mut() {
                    *score *= by;
                }
                break;
            }
            for page in ones_of(*pages) {
                if let Some(score) = scores.get_mut(at(page)) {
                    *score *= by;
                }
            }
        }
    }
}
