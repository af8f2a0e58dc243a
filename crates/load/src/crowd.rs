//! All clients of a measurement, and the plan by which they type.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep_until;

use crate::numbers::{micros, real};
use crate::target::Running;
use crate::typist::Typist;
use crate::world::World;
use crate::{Dice, LoadError};

/// So many clients connect at once.
const AT_ONCE: usize = 40;
/// Without a pause the generator lets others have a turn after so many edits.
const TURN: u32 = 64;
/// When the generator is so late, the rest is not sent any more.
const TOO_LATE: u32 = 2_000_000;

/// How a crowd types.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Edits a second and person.
    pub rate: f64,
    /// How long, before and while it is measured.
    pub lasting: Duration,
    /// Whether each edit moves the caret.
    pub carets: bool,
    /// Decides who types when.
    pub seed: u64,
}

/// People at pages.
pub struct Crowd {
    typists: Vec<Rc<Typist>>,
    world: Rc<RefCell<World>>,
    stopped: Cell<bool>,
}

impl Crowd {
    /// Lets `per_page` people join each of `pages`.
    pub async fn join(
        running: &Running,
        pages: &[String],
        per_page: usize,
    ) -> Result<Rc<Self>, LoadError> {
        let world = Rc::new(RefCell::new(World::new(pages.len(), per_page)));
        let seats: Vec<_> = world.borrow().seats().collect();
        let mut typists = Vec::with_capacity(seats.len());
        for group in seats.chunks(AT_ONCE) {
            let mut joining = JoinSet::new();
            for &seat in group {
                let page = pages.get(seat.page).map_or("", String::as_str);
                let door = running.door(page, seat.typist);
                joining.spawn_local(Typist::join(door, seat, per_page, Rc::clone(&world)));
            }
            while let Some(joined) = joining.join_next().await {
                let joined = joined.map_err(|error| LoadError::Refused(error.to_string()))?;
                typists.push(joined?);
            }
        }
        typists.sort_by_key(|typist| typist.seat().typist);
        Ok(Rc::new(Self {
            typists,
            world,
            stopped: Cell::new(false),
        }))
    }

    pub(crate) const fn world(&self) -> &Rc<RefCell<World>> {
        &self.world
    }

    pub(crate) fn typists(&self) -> &[Rc<Typist>] {
        &self.typists
    }

    /// Types by plan from now on, whatever the server does. Everybody has their own place in each
    /// turn, so that the load is even.
    pub(crate) async fn type_by(self: Rc<Self>, plan: Plan) {
        let turn = 1.0 / plan.rate;
        let mut dice = Dice::new(plan.seed);
        let mut order: Vec<(f64, &Rc<Typist>)> = self
            .typists
            .iter()
            .map(|typist| {
                (
                    real(dice.below(1 << 20)) / f64::from(1 << 20) * turn,
                    typist,
                )
            })
            .collect();
        order.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let start = self.world.borrow().now();
        let lasting = plan.lasting.as_secs_f64();
        let (mut begin, mut without_pause) = (0.0, 0_u32);
        while begin < lasting {
            for (offset, typist) in &order {
                let due = start + micros(Duration::from_secs_f64(begin + offset));
                let now = self.world.borrow().now();
                if self.stopped.get() || now.saturating_sub(due) > TOO_LATE {
                    return;
                }
                if now < due {
                    let moment = self.world.borrow().moment(due);
                    sleep_until(moment).await;
                    without_pause = 0;
                } else {
                    without_pause += 1;
                    if without_pause.is_multiple_of(TURN) {
                        tokio::task::yield_now().await;
                    }
                }
                typist.letter(&self.world, due);
                if plan.carets {
                    let letters = self.world.borrow().typed_by(typist.seat());
                    typist.point(letters);
                }
            }
            begin += turn;
        }
    }

    /// Nobody types any more.
    pub(crate) fn stop(&self) {
        self.stopped.set(true);
    }

    /// Everybody goes.
    pub(crate) fn leave(&self) {
        self.stop();
        for typist in &self.typists {
            typist.leave();
        }
    }

    /// How many connections have ended.
    pub(crate) fn gone(&self) -> usize {
        self.typists
            .iter()
            .filter(|typist| typist.is_gone())
            .count()
    }
}
