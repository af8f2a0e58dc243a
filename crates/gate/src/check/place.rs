//! Where a struct stands: its neighbours, its parent, its key.

use super::scan::Section;
use super::{Check, LOCAL, Trust};
use crate::gate::{GONE, Holder, Node};
use crate::known::{self, Kind, NO_KEY, Stretch};
use crate::verdict::{HeldReason, RefusedReason, Rejection};
use crate::wire::{Id, ItemHead, ParentName};

/// Where an item will stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) parent: u32,
    pub(super) key: u32,
}

pub(super) const NOWHERE: Place = Place {
    parent: GONE,
    key: NO_KEY,
};

impl<'c> Check<'c> {
    pub(super) fn section(&self, client: u64) -> Option<(usize, &Section<'c>)> {
        let index = match self
            .by_client
            .binary_search_by_key(&client, |(client, _)| *client)
        {
            Ok(found) => self.by_client.get(found)?.1,
            Err(_) => 0,
        };
        self.sections
            .get(index)
            .filter(|section| section.client == client)
            .map(|s| (index, s))
    }

    /// What is known, or brought up to here, of `id`.
    pub(super) fn find(&self, id: Id) -> Option<&Stretch> {
        match self.section(id.client) {
            Some((_, section)) if id.clock >= section.known_to => {
                known::at(&section.stretches, id.clock)
            }
            Some((_, section)) => known::at(&section.known?.stretches, id.clock),
            None => known::at(&self.gate.client(id.client)?.stretches, id.clock),
        }
    }

    /// The rest of a partly known struct must stand where the known part stands: Yjs goes by the
    /// neighbours it names, yrs by the clock before it. [G-5]
    pub(super) fn continues_known(&self, index: usize, place: Place) -> Result<(), Rejection> {
        let Some(section) = self.sections.get(index) else {
            return Ok(());
        };
        let before = section.known_to.checked_sub(1);
        let known = before
            .and_then(|clock| {
                self.find(Id {
                    client: section.client,
                    clock,
                })
            })
            .map(|known| Place {
                parent: known.parent,
                key: known.key,
            });
        if known == Some(place) {
            return Ok(());
        }
        Err(HeldReason::Overlap {
            client: section.client,
        }
        .into())
    }

    /// Where an item will stand: as its neighbours do, else as it says. [G-8]
    pub(super) fn place(&mut self, head: &ItemHead<'c>, at: usize) -> Result<Place, Rejection> {
        let mut place = None;
        for id in [head.left, head.right].into_iter().flatten() {
            let Some(neighbour) = self.find(id) else {
                return Err(RefusedReason::Forward { at }.into());
            };
            if neighbour.kind == Kind::Gone {
                continue;
            }
            let beside = Place {
                parent: neighbour.parent,
                key: neighbour.key,
            };
            if place.is_some_and(|place| place != beside) {
                return Err(RefusedReason::Torn { at }.into());
            }
            place = Some(beside);
        }
        let parent = match head.parent {
            // Beside something forgotten, it is forgotten too.
            None => return Ok(place.unwrap_or(NOWHERE)),
            Some(ParentName::Root(name)) => self.root(name, at)?,
            Some(ParentName::Node(id)) => match self.find(id).map(|parent| parent.kind) {
                Some(Kind::Node(node)) => node,
                Some(Kind::Gone | Kind::Deleted) => return Ok(NOWHERE),
                Some(Kind::Leaf) => return Err(RefusedReason::NotANode { at }.into()),
                None => return Err(RefusedReason::Forward { at }.into()),
            },
        };
        let key = head.key.map_or(NO_KEY, |key| self.key(key));
        Ok(Place { parent, key })
    }

    fn root(&mut self, name: &str, at: usize) -> Result<u32, Rejection> {
        if let Some(known) = self.gate.root(name) {
            return Ok(known);
        }
        if let Some(index) = self.found.roots.get(name) {
            return Ok(*index);
        }
        let field = name
            .strip_prefix("text:")
            .is_some_and(|name| self.schema.text_field(name));
        let holder = match (field, self.trust) {
            (true, _) => Holder::Field,
            (false, Trust::Stored) => Holder::Unknown,
            (false, _) => return Err(RefusedReason::Root { at }.into()),
        };
        let index = self.add_node(Node::new(holder, 0));
        self.found.roots.insert(name.into(), index);
        Ok(index)
    }

    fn key(&mut self, key: &'c str) -> u32 {
        if let Some(known) = self.gate.key(key) {
            return known;
        }
        *self.local_keys.entry(key).or_insert_with(|| {
            self.found.keys.push(key.into());
            local(self.found.keys.len())
        })
    }

    pub(super) fn key_text(&self, key: u32) -> &str {
        if key & LOCAL == 0 {
            return self.gate.key_text(key);
        }
        self.found
            .keys
            .get((key & !LOCAL) as usize)
            .map_or("", |key| key)
    }

    pub(super) fn node(&self, index: u32) -> Node {
        if index & LOCAL == 0 {
            return self.gate.node(index);
        }
        self.found
            .nodes
            .get((index & !LOCAL) as usize)
            .copied()
            .unwrap_or(Node::GONE)
    }

    pub(super) fn add_node(&mut self, node: Node) -> u32 {
        self.found.nodes.push(node);
        local(self.found.nodes.len())
    }
}

/// The index of the last of `length` things that are only in the update.
fn local(length: usize) -> u32 {
    LOCAL | u32::try_from(length.saturating_sub(1)).unwrap_or(LOCAL - 1)
}
