//! Questions of a connection, answered no faster than they are worth.
//!
//! A question costs its sender a few bytes and the page its whole document. So answers have a pace;
//! of questions that come faster only the newest is kept, and answered when it is due.

use denkraum_domain::Timestamp;

use crate::config::Pace;

/// Questions of one kind, of which each later one says all that an earlier one said.
#[derive(Debug)]
pub(crate) struct Questions<T> {
    newest: Option<T>,
    /// Until when the answers given would have taken, one after the other at their pace.
    taken: Timestamp,
}

impl<T> Questions<T> {
    /// None yet; the first is answered at once.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            newest: None,
            taken: now,
        }
    }

    pub(crate) fn ask(&mut self, question: T) {
        self.newest = Some(question);
    }

    /// When the question that waits is to be answered.
    pub(crate) fn due(&self, pace: Pace) -> Option<Timestamp> {
        let at = self.taken.plus_millis(pace.ahead.saturating_neg());
        self.newest.as_ref().map(|_| at)
    }

    /// The question that is to be answered now.
    pub(crate) fn take(&mut self, now: Timestamp, pace: Pace) -> Option<T> {
        let is_due = self.due(pace).is_some_and(|due| now >= due);
        if is_due { self.newest.take() } else { None }
    }

    /// An answer of so many bytes was given.
    pub(crate) fn answered(&mut self, now: Timestamp, bytes: usize, pace: Pace) {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        let takes = bytes.saturating_mul(1000) / pace.bytes_per_second.max(1);
        let takes = takes.max(pace.least);
        self.taken = self.taken.max(now).plus_millis(takes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace {
        least: 100,
        bytes_per_second: 1000,
        ahead: 250,
    };

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    /// Answers what is due, with so many bytes.
    fn answer(questions: &mut Questions<u8>, now: i64, bytes: usize) -> Option<u8> {
        let question = questions.take(at(now), PACE)?;
        questions.answered(at(now), bytes, PACE);
        Some(question)
    }

    /// [S-34]
    #[test]
    fn a_few_are_answered_at_once_and_then_the_newest_in_its_time() {
        let mut questions = Questions::new(at(0));
        for question in 0..3 {
            questions.ask(question);
            assert_eq!(answer(&mut questions, 0, 1), Some(question));
        }
        for question in 3..9 {
            questions.ask(question);
            assert_eq!(answer(&mut questions, 49, 1), None);
        }
        assert_eq!(questions.due(PACE), Some(at(50)));
        assert_eq!(answer(&mut questions, 50, 1), Some(8));
        assert_eq!(questions.due(PACE), None, "nothing waits");
    }

    /// [S-34]
    #[test]
    fn a_long_answer_takes_longer_and_rest_saves_up_no_more_than_the_burst() {
        let mut questions = Questions::new(at(0));
        questions.ask(1);
        assert_eq!(answer(&mut questions, 0, 2000), Some(1));
        questions.ask(2);
        assert_eq!(questions.due(PACE), Some(at(1750)));
        assert_eq!(answer(&mut questions, 1750, 1), Some(2));
        for question in 3..6 {
            questions.ask(question);
            assert_eq!(answer(&mut questions, 90_000, 1), Some(question));
        }
        questions.ask(6);
        assert_eq!(answer(&mut questions, 90_000, 1), None);
    }
}
