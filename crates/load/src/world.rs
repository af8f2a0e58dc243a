//! Every edit: when it was due, and who has it.

use std::ops::Range;

use tokio::time::Instant;

use crate::edits::PARAGRAPH_CLOCKS;
use crate::numbers::{Times, count, micros};

/// The Yjs client of the first typist; the others follow.
pub(crate) const FIRST_CLIENT: u64 = 1_000_000;

/// Somebody at a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    /// Counts from 0 over all pages.
    pub(crate) typist: usize,
    /// Counts from 0.
    pub(crate) page: usize,
}

impl Seat {
    pub(crate) fn client(self) -> u64 {
        FIRST_CLIENT + count(self.typist)
    }
}

/// An edit.
#[derive(Clone, Copy, Debug)]
struct Edit {
    /// Microseconds since the beginning.
    due: u32,
    /// How many others have it.
    had_by: u32,
}

/// All edits of all typists, and what was counted.
pub struct World {
    began: Instant,
    per_page: usize,
    /// By typist, in order.
    edits: Vec<Vec<Edit>>,
    /// Edits due in this time are measured; microseconds since the beginning.
    window: Range<u32>,
    /// From due until another person had it, one for each other person.
    pub(crate) delivery: Times,
    /// How late the generator itself was.
    pub(crate) lateness: Times,
    /// How often somebody got an edit of somebody else.
    pub(crate) delivered: u64,
    /// Messages that came.
    pub(crate) messages: u64,
    /// Messages about carets that came.
    pub(crate) carets: u64,
    /// Messages that could not be read.
    pub(crate) unread: u64,
    /// An update came before one that it follows.
    pub(crate) gaps: u64,
}

impl World {
    /// Nobody has typed; `per_page` people are at each of `pages`.
    pub fn new(pages: usize, per_page: usize) -> Self {
        Self {
            began: Instant::now(),
            per_page,
            edits: vec![Vec::new(); pages * per_page],
            window: 0..u32::MAX,
            delivery: Times::default(),
            lateness: Times::default(),
            delivered: 0,
            messages: 0,
            carets: 0,
            unread: 0,
            gaps: 0,
        }
    }

    pub(crate) fn seats(&self) -> impl Iterator<Item = Seat> + use<> {
        let per_page = self.per_page.max(1);
        (0..self.edits.len()).map(move |typist| Seat {
            typist,
            page: typist / per_page,
        })
    }

    /// Microseconds since the beginning.
    pub(crate) fn now(&self) -> u32 {
        micros(self.began.elapsed())
    }

    /// The moment so many microseconds after the beginning.
    pub(crate) fn moment(&self, micros: u32) -> Instant {
        self.began + std::time::Duration::from_micros(micros.into())
    }

    pub(crate) fn measure(&mut self, window: Range<u32>) {
        self.window = window;
    }

    /// A typist makes an edit that was due then; gives its number, counted from 0.
    pub(crate) fn typed(&mut self, seat: Seat, due: u32) -> u64 {
        let late = self.now().saturating_sub(due);
        if self.window.contains(&due) {
            self.lateness.add(late);
        }
        let Some(edits) = self.edits.get_mut(seat.typist) else {
            return 0;
        };
        edits.push(Edit { due, had_by: 0 });
        count(edits.len()) - 1
    }

    /// How many edits a typist has made.
    pub(crate) fn typed_by(&self, seat: Seat) -> u64 {
        self.edits
            .get(seat.typist)
            .map_or(0, |edits| count(edits.len()))
    }

    /// A run of clocks of a client has come to somebody; `seen` is what they had of each typist at
    /// the page, in clocks.
    pub(crate) fn came(&mut self, to: Seat, seen: &mut [u64], run: (u64, u64, u64), now: u32) {
        let (client, from, until) = run;
        let first = to.page * self.per_page;
        let typist = client.checked_sub(FIRST_CLIENT);
        let Some(typist) = typist.and_then(|typist| usize::try_from(typist).ok()) else {
            return;
        };
        let seen = typist.checked_sub(first).and_then(|at| seen.get_mut(at));
        let Some(seen) = seen.filter(|_| typist != to.typist) else {
            return;
        };
        self.gaps += u64::from(from > *seen);
        let new = from.max(*seen)..until;
        *seen = until.max(*seen);
        let Some(edits) = self.edits.get_mut(typist) else {
            return;
        };
        for clock in new {
            let number = clock.checked_sub(PARAGRAPH_CLOCKS);
            let number = number.and_then(|number| usize::try_from(number).ok());
            let Some(edit) = number.and_then(|number| edits.get_mut(number)) else {
                continue;
            };
            edit.had_by += 1;
            self.delivered += 1;
            if self.window.contains(&edit.due) {
                self.delivery.add(now.saturating_sub(edit.due));
            }
        }
    }

    pub(crate) fn edits(&self) -> u64 {
        self.edits.iter().map(|edits| count(edits.len())).sum()
    }

    /// How many deliveries there will be when everybody has everything.
    pub(crate) fn expected(&self) -> u64 {
        self.edits() * (count(self.per_page).saturating_sub(1))
    }

    /// Of the edits of one typist: how many another person had, and how many of those are missing
    /// for somebody who has the typist's clocks up to `known`.
    pub(crate) fn missing(&self, seat: Seat, known: u64) -> (u64, u64) {
        let edits = self.edits.get(seat.typist).into_iter().flatten();
        let had = (PARAGRAPH_CLOCKS..)
            .zip(edits)
            .filter(|(_, edit)| edit.had_by > 0);
        had.fold((0, 0), |(had, missing), (clock, _)| {
            (had + 1, missing + u64::from(clock >= known))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_get_is_counted_once_for_each_and_never_for_oneself() {
        let mut world = World::new(2, 3);
        let seats: Vec<Seat> = world.seats().collect();
        assert_eq!((seats[4].page, seats[4].client()), (1, FIRST_CLIENT + 4));
        for _ in 0..3 {
            world.typed(seats[4], 100);
        }
        let client = seats[4].client();
        let mut seen = [0; 3];
        world.came(seats[3], &mut seen, (client, 0, 4), 1_100);
        world.came(seats[3], &mut seen, (client, 3, 5), 2_100);
        world.came(seats[4], &mut [0; 3], (client, 0, 5), 9_100);
        world.came(seats[0], &mut [0; 3], (client, 0, 5), 9_100);
        assert_eq!((world.delivered, world.gaps), (3, 0));
        assert_eq!(world.expected(), 6);
        assert_eq!(world.delivery.within(1000), Some(2.0));
        assert_eq!(world.missing(seats[4], 4), (3, 1));
        world.came(seats[5], &mut [0; 3], (client, 3, 4), 9_100);
        assert_eq!(world.gaps, 1);
    }
}
