//! What of one connection is durable: the number behind "saved".
//!
//! Every sync message (step 2 or update) of the connection gets a number, from 1. The ledger
//! knows up to which number everything is durable. A message that was dropped (a gap, a failed
//! append, a page not yet loaded) stops the count, until a step 2 that answers a later question
//! is durable: that answer holds all the client had and the room had not.

use std::collections::VecDeque;

#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// Sync messages received.
    received: u64,
    /// Messages whose append is under way, oldest first.
    waiting: VecDeque<Waiting>,
    /// Messages that were dropped.
    lost: Option<Lost>,
    /// Questions (step 1) sent.
    asked: u64,
    /// Answers (step 2) received; never more than questions.
    answered: u64,
}

#[derive(Debug)]
struct Waiting {
    number: u64,
    append: u64,
    answers: Option<u64>,
}

#[derive(Debug)]
struct Lost {
    /// The first message that was dropped.
    first: u64,
    /// The last one.
    last: u64,
    /// The question whose answer makes up for it.
    question: u64,
}

/// One sync message, numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    number: u64,
    /// The question it answers.
    pub(crate) answers: Option<u64>,
}

impl Ledger {
    /// Numbers an update.
    pub(crate) fn update(&mut self) -> Received {
        self.received += 1;
        Received {
            number: self.received,
            answers: None,
        }
    }

    /// Numbers a step 2. Clients answer each question once and in order.
    pub(crate) fn step2(&mut self) -> Received {
        let answers = (self.answered < self.asked).then(|| {
            self.answered += 1;
            self.answered
        });
        Received {
            answers,
            ..self.update()
        }
    }

    /// A question was sent.
    pub(crate) fn ask(&mut self) {
        self.asked += 1;
    }

    /// How many questions were sent.
    pub(crate) fn asked(&self) -> u64 {
        self.asked
    }

    /// Whether an answer is still to come.
    pub(crate) fn is_asked(&self) -> bool {
        self.answered < self.asked
    }

    /// The message is durable with this append; 0 if it brought nothing that is not durable.
    pub(crate) fn waits(&mut self, received: Received, append: u64) {
        if append == 0 {
            self.settle(received.number, received.answers);
        } else {
            self.waiting.push_back(Waiting {
                number: received.number,
                append,
                answers: received.answers,
            });
        }
    }

    /// The message was dropped; an answer that is still to come, or else the next one, holds it.
    pub(crate) fn drop_held(&mut self, received: Received) {
        let question = self.asked + u64::from(!self.is_asked());
        self.lose(received.number, question);
    }

    /// The message was dropped, and the client is going to be asked.
    pub(crate) fn drop_unasked(&mut self, received: Received) {
        self.lose(received.number, self.asked + 1);
    }

    /// The message was refused: it will not be durable on this connection.
    pub(crate) fn drop_refused(&mut self, received: Received) {
        self.lose(received.number, u64::MAX);
    }

    /// All appends up to this one are durable.
    pub(crate) fn durable(&mut self, append: u64) {
        while let Some(first) = self.waiting.front()
            && first.append <= append
        {
            let (number, answers) = (first.number, first.answers);
            self.waiting.pop_front();
            self.settle(number, answers);
        }
    }

    /// Appends failed: what was under way is lost until the client is asked again.
    pub(crate) fn fail(&mut self) {
        let under_way = std::mem::take(&mut self.waiting);
        for waiting in under_way {
            self.lose(waiting.number, self.asked + 1);
        }
    }

    /// How many messages, from the first, are durable.
    pub(crate) fn saved(&self) -> u64 {
        let waiting = self.waiting.front().map(|waiting| waiting.number - 1);
        let lost = self.lost.as_ref().map(|lost| lost.first - 1);
        let limits = [waiting, lost, Some(self.received)];
        limits.into_iter().flatten().min().unwrap_or(0)
    }

    fn lose(&mut self, number: u64, question: u64) {
        let lost = self.lost.get_or_insert(Lost {
            first: number,
            last: number,
            question,
        });
        lost.first = lost.first.min(number);
        lost.last = lost.last.max(number);
        lost.question = lost.question.max(question);
    }

    fn settle(&mut self, number: u64, answers: Option<u64>) {
        let made_up = self.lost.as_ref().is_some_and(|lost| {
            lost.last < number && answers.is_some_and(|answers| answers >= lost.question)
        });
        if made_up {
            self.lost = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [S-20]
    #[test]
    fn messages_are_counted_in_their_order() {
        let mut ledger = Ledger::default();
        let (first, second) = (ledger.update(), ledger.update());
        ledger.waits(first, 1);
        ledger.waits(second, 2);
        assert_eq!(ledger.saved(), 0);
        ledger.durable(1);
        assert_eq!(ledger.saved(), 1);
        ledger.durable(2);
        assert_eq!(ledger.saved(), 2);
    }

    /// [S-20]
    #[test]
    fn a_message_without_news_counts_after_those_before_it() {
        let mut ledger = Ledger::default();
        let (first, second) = (ledger.update(), ledger.update());
        ledger.waits(first, 7);
        ledger.waits(second, 0);
        assert_eq!(ledger.saved(), 0);
        ledger.durable(7);
        assert_eq!(ledger.saved(), 2);
    }

    /// [S-21]
    #[test]
    fn a_dropped_message_stops_the_count_until_a_later_answer_is_durable() {
        let mut ledger = Ledger::default();
        let first = ledger.update();
        ledger.waits(first, 1);
        ledger.durable(1);
        let second = ledger.update();
        ledger.waits(second, 2);
        let held = ledger.update();
        ledger.drop_held(held);
        ledger.ask();
        assert_eq!(ledger.saved(), 1);
        let later = ledger.update();
        ledger.waits(later, 3);
        ledger.durable(3);
        assert_eq!(ledger.saved(), 2);
        let answer = ledger.step2();
        assert_eq!(answer.answers, Some(1));
        ledger.waits(answer, 4);
        assert_eq!(ledger.saved(), 2);
        ledger.durable(4);
        assert_eq!(ledger.saved(), 5);
    }

    /// [S-21]
    #[test]
    fn an_answer_under_way_makes_up_for_a_gap_but_not_for_a_failed_append() {
        let mut ledger = Ledger::default();
        ledger.ask();
        let held = ledger.update();
        ledger.drop_held(held);
        let answer = ledger.step2();
        ledger.waits(answer, 0);
        assert_eq!(ledger.saved(), 2);

        ledger.ask();
        let failed = ledger.update();
        ledger.waits(failed, 1);
        ledger.fail();
        let answer = ledger.step2();
        ledger.waits(answer, 0);
        assert_eq!(
            ledger.saved(),
            2,
            "the question was asked before the failure"
        );
        ledger.ask();
        let answer = ledger.step2();
        ledger.waits(answer, 0);
        assert_eq!(ledger.saved(), 5);
    }

    /// [S-21]
    #[test]
    fn a_step2_nobody_asked_for_makes_up_for_nothing() {
        let mut ledger = Ledger::default();
        let held = ledger.update();
        ledger.drop_unasked(held);
        let unasked = ledger.step2();
        assert_eq!(unasked.answers, None);
        ledger.waits(unasked, 0);
        assert_eq!(ledger.saved(), 0);
    }

    /// [S-21]
    #[test]
    fn a_refused_message_is_never_counted() {
        let mut ledger = Ledger::default();
        let refused = ledger.update();
        ledger.drop_refused(refused);
        ledger.ask();
        let answer = ledger.step2();
        ledger.waits(answer, 0);
        assert_eq!(ledger.saved(), 0);
    }
}
