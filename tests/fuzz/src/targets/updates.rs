//! Updates: the gate lets in what yrs takes, and neither takes more memory than it may. What yrs keeps of an
//! update as long as the document lives goes by its pieces, whatever one does; all else by its bytes.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use denkraum_gate::{Gate, Writer};
use denkraum_load::Dice;
use yrs::{Doc, ReadTxn as _, Transact as _};

use super::Target;
use crate::memory;
use crate::mutate::{index, mutate, one_of};
use crate::pages::{self, Moment};

/// So many cases build on each other before another page is taken.
const ROUND: u32 = 500;

/// A page with what was let in.
pub(crate) struct Page {
    pub(crate) gate: Gate,
    pub(crate) document: Doc,
}

impl Page {
    pub(crate) fn of(moment: &Moment) -> Result<Self> {
        Ok(Self {
            gate: moment.gate.clone(),
            document: pages::open(&moment.state)?,
        })
    }

    /// A page that nobody has written on.
    pub(crate) fn empty() -> Result<Self> {
        Ok(Self {
            gate: Gate::new(pages::schema()?),
            document: pages::open(&[0, 0])?,
        })
    }

    /// Whether the update was let in and changed something.
    pub(crate) fn take(&mut self, update: &[u8]) -> Result<bool> {
        let (checked, taken) = memory::taken_by(|| self.gate.check(update, Writer::Person));
        memory::bound("the gate", update.len(), taken.meanwhile + taken.kept);
        let Ok(admission) = checked else {
            return Ok(false);
        };
        if !admission.changes() {
            return Ok(false);
        }
        let pieces = admission.pieces();
        self.gate.admit(admission);
        let (applied, taken) = memory::taken_by(|| pages::apply(&self.document, update));
        memory::bound("yrs", update.len(), taken.meanwhile);
        memory::bound_kept(update.len(), pieces, taken.kept);
        applied.context("what was let in cannot be applied")?;
        Ok(true)
    }

    /// The engine has what the gate knows, and nothing waits in it.
    fn agrees(&self) -> Result<()> {
        let reader = self.document.transact();
        ensure!(!reader.has_missing_updates(), "something waits");
        let clocks: BTreeMap<u64, u64> = reader
            .state_vector()
            .iter()
            .map(|(id, clock)| (id.get(), u64::from(*clock)))
            .collect();
        ensure!(
            clocks == self.gate.state_vector().collect(),
            "clocks differ"
        );
        Ok(())
    }
}

pub(crate) struct Updates {
    moments: Vec<Moment>,
    at: usize,
    page: Page,
    left: u32,
    tried: u64,
    let_in: u64,
}

impl Updates {
    pub(crate) fn new() -> Result<Self> {
        let moments = pages::moments()?;
        let page = Page::of(moments.first().context("no recording")?)?;
        Ok(Self {
            moments,
            at: 0,
            page,
            left: ROUND,
            tried: 0,
            let_in: 0,
        })
    }
}

/// A mutant of what came at a moment.
pub(super) fn mutant(moments: &[Moment], at: usize, dice: &mut Dice) -> Vec<u8> {
    let of = |moment: Option<&Moment>, dice: &mut Dice| {
        moment
            .and_then(|moment| one_of(dice, &moment.next))
            .cloned()
            .unwrap_or_default()
    };
    let mut bytes = of(moments.get(at), dice);
    let other = of(one_of(dice, moments), dice);
    mutate(&mut bytes, &other, dice);
    bytes
}

impl Target for Updates {
    fn next(&mut self, dice: &mut Dice) -> Vec<u8> {
        if self.left == 0 {
            self.left = ROUND;
            self.at = index(dice, self.moments.len());
            if let Some(Ok(page)) = self.moments.get(self.at).map(Page::of) {
                self.page = page;
            }
        }
        self.left -= 1;
        mutant(&self.moments, self.at, dice)
    }

    fn run(&mut self, bytes: &[u8]) -> Result<()> {
        self.tried += 1;
        self.let_in += u64::from(self.page.take(bytes)?);
        if self.left == 0 {
            self.page.agrees()?;
            // What is left can be stored and opened again.
            let state = pages::encode(&self.page.document);
            let mut again = Page::empty()?;
            pages::apply(&again.document, &state)?;
            again.gate.seed(&state)?;
            again.agrees()?;
        }
        Ok(())
    }

    fn told(&self) -> String {
        format!("{} of {} updates were let in", self.let_in, self.tried)
    }
}
