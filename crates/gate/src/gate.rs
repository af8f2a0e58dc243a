//! What has been let in on one page.

use std::collections::HashMap;
use std::sync::Arc;

use crate::check::{self, LOCAL, Trust};
#[cfg(test)]
use crate::known::Stretch;
use crate::known::{self, Client, Kind, NO_KEY};
use crate::schema::Schema;
use crate::verdict::{Admission, Rejection, SeedError};

/// Who made an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// A person, through any client.
    Person,
    /// The server itself; only it writes `meta`.
    Server,
}

/// The gate of one page: what has been let in, durable or not, and the rules for what comes next.
///
/// Of the content it keeps places only: per client, stretches of clocks with the node that holds
/// them. Text typed in one paragraph is one stretch, however many keystrokes it took.
#[derive(Clone, Debug)]
pub struct Gate {
    schema: Arc<Schema>,
    clients: HashMap<u64, Client>,
    nodes: Vec<Node>,
    /// Roots besides the fixed ones.
    /// By name: a page with long lists has a root for each of their texts.
    roots: HashMap<Box<str>, u32>,
    keys: Vec<Box<str>>,
    key_index: HashMap<Box<str>, u32>,
    bytes: u64,
}

/// A place that holds content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) holder: Holder,
    /// How many elements it stands in, itself included; roots have 0.
    pub(crate) depth: u16,
    /// UTF-16 code units of text that is not deleted; kept for texts with a limit.
    pub(crate) units: u32,
    /// How many clocks stand in it, deleted or not.
    pub(crate) length: u32,
}

impl Node {
    pub(crate) const GONE: Self = Self::new(Holder::Gone, 0);

    pub(crate) const fn new(holder: Holder, depth: u16) -> Self {
        Self {
            holder,
            depth,
            units: 0,
            length: 0,
        }
    }
}

/// What kind of place it is, and so what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// No place: what stands here is forgotten.
    Gone,
    Title,
    Body,
    Values,
    Meta,
    /// A text field.
    Field,
    /// A node of the schema, by index.
    Element(u16),
    /// Text with marks, inside an element.
    TextNode,
    /// Something that this version does not know, in our own document.
    Unknown,
}

/// The index of the place that is none.
pub(crate) const GONE: u32 = 0;

const FIXED: [(&str, Holder); 4] = [
    ("title", Holder::Title),
    ("body", Holder::Body),
    ("values", Holder::Values),
    ("meta", Holder::Meta),
];

impl Gate {
    /// The gate of an empty page.
    pub fn new(schema: Arc<Schema>) -> Self {
        let mut nodes = vec![Node::GONE];
        nodes.extend(FIXED.map(|(_, holder)| Node::new(holder, 0)));
        Self {
            schema,
            clients: HashMap::new(),
            nodes,
            roots: HashMap::new(),
            keys: Vec::new(),
            key_index: HashMap::new(),
            bytes: 0,
        }
    }

    /// Takes over our own durable document, or one of its stored updates, in order. Nodes and
    /// fields that the schema does not know and `meta` are taken as they are. Says whether elements
    /// or text nodes are deleted. [G-19]
    pub fn seed(&mut self, update: &[u8]) -> Result<bool, SeedError> {
        let checked = check::check(self, update, Trust::Stored);
        let admission = checked.map_err(|found| SeedError { found })?;
        let deletes_nodes = admission.deletes_nodes();
        self.admit(admission);
        Ok(deletes_nodes)
    }

    /// Whether `update` may be let in; changes nothing.
    pub fn check(&self, update: &[u8], writer: Writer) -> Result<Admission, Rejection> {
        let trust = match writer {
            Writer::Person => Trust::Person,
            Writer::Server => Trust::Server,
        };
        check::check(self, update, trust)
    }

    /// Notes what a checked update brings. Call it before the next [`Gate::check`].
    pub fn admit(&mut self, admission: Admission) {
        let found = admission.found;
        let node_base = u32::try_from(self.nodes.len()).unwrap_or(LOCAL - 1);
        let node = |index: u32| {
            if index & LOCAL == 0 {
                index
            } else {
                node_base.saturating_add(index & !LOCAL)
            }
        };
        self.nodes.extend(found.nodes);
        for (name, index) in found.roots {
            self.roots.insert(name, node(index));
        }
        let keys: Vec<u32> = found.keys.into_iter().map(|key| self.intern(key)).collect();
        let key = |key: u32| match key {
            NO_KEY => NO_KEY,
            local if local & LOCAL != 0 => keys
                .get((local & !LOCAL) as usize)
                .copied()
                .unwrap_or(NO_KEY),
            known => known,
        };
        for (id, stretches) in found.stretches {
            let client = self.clients.entry(id).or_default();
            for mut stretch in stretches {
                stretch.start = stretch.start.max(client.clock());
                if stretch.start >= stretch.end {
                    continue;
                }
                stretch.parent = node(stretch.parent);
                stretch.key = key(stretch.key);
                if let Kind::Node(index) = stretch.kind {
                    stretch.kind = Kind::Node(node(index));
                }
                if stretch.parent != GONE
                    && let Some(holder) = self.nodes.get_mut(stretch.parent as usize)
                {
                    let length = stretch.end - stretch.start;
                    holder.length = holder.length.saturating_add(length);
                }
                // Forgotten and deleted content counts as deleted without being named again.
                if matches!(stretch.kind, Kind::Gone | Kind::Deleted) {
                    client.deleted.extend(&[(stretch.start, stretch.end)]);
                }
                known::push(&mut client.stretches, stretch);
            }
        }
        for (id, deleted) in found.deleted {
            if let Some(client) = self.clients.get_mut(&id) {
                client.deleted.extend(&deleted);
            }
        }
        for (index, by) in found.units {
            if let Some(node) = self.nodes.get_mut(node(index) as usize) {
                let units = i64::from(node.units).saturating_add(by);
                node.units = u32::try_from(units.max(0)).unwrap_or(u32::MAX);
            }
        }
        self.bytes = self.bytes.saturating_add_signed(found.bytes);
    }

    /// Notes deletions that follow from applying an update without being named in it: what is
    /// written into something deleted, and the loser of two values for one key. Without it, an
    /// update that repeats such a deletion counts as a change once. `stretches` are sorted and
    /// apart, each with its first clock and the first after it; what is known already costs a look.
    /// [G-20]
    pub fn note_deleted(&mut self, client: u64, stretches: &[(u64, u64)]) {
        let Some(known) = self.clients.get_mut(&client) else {
            return;
        };
        let top = known.clock();
        let clock = |clock: u64| u32::try_from(clock).unwrap_or(u32::MAX).min(top);
        let mut new = Vec::new();
        for &(start, end) in stretches {
            known
                .deleted
                .missing(clock(start), clock(end), |start, end| {
                    new.push((start, end));
                });
        }
        for &(start, end) in &new {
            let first = known
                .stretches
                .partition_point(|stretch| stretch.end <= start);
            for stretch in known
                .stretches
                .iter()
                .skip(first)
                .take_while(|s| s.start < end)
            {
                let covered = end
                    .min(stretch.end)
                    .saturating_sub(start.max(stretch.start));
                if stretch.kind == Kind::Leaf
                    && let Some(node) = self.nodes.get_mut(stretch.parent as usize)
                {
                    node.units = node.units.saturating_sub(covered);
                    self.bytes = self.bytes.saturating_sub(covered.into());
                }
            }
        }
        known.deleted.extend(&new);
    }

    /// Each client with the first clock that is not known; in no order.
    pub fn state_vector(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        self.clients
            .iter()
            .map(|(id, client)| (*id, u64::from(client.clock())))
    }

    /// The size of the page in bytes, roughly; never below the text that is not deleted.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many entries are kept, a measure of the memory taken (about 24 bytes each).
    pub fn entries(&self) -> usize {
        let of = |client: &Client| client.stretches.len() + client.deleted.iter().count();
        self.nodes.len() + self.clients.values().map(of).sum::<usize>()
    }

    /// What a page may hold.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// How many clients have brought something.
    pub(crate) fn clients(&self) -> usize {
        self.clients.len()
    }

    /// What is known of each client; in no order.
    pub(crate) fn each_client(&self) -> impl Iterator<Item = (u64, &Client)> {
        self.clients.iter().map(|(id, client)| (*id, client))
    }

    pub(crate) fn client(&self, id: u64) -> Option<&Client> {
        self.clients.get(&id)
    }

    pub(crate) fn node(&self, index: u32) -> Node {
        self.nodes
            .get(index as usize)
            .copied()
            .unwrap_or(Node::GONE)
    }

    pub(crate) fn root(&self, name: &str) -> Option<u32> {
        if let Some(index) = FIXED.iter().position(|(fixed, _)| *fixed == name) {
            return u32::try_from(index + 1).ok();
        }
        self.roots.get(name).copied()
    }

    pub(crate) fn key(&self, key: &str) -> Option<u32> {
        self.key_index.get(key).copied()
    }

    pub(crate) fn key_text(&self, key: u32) -> &str {
        self.keys.get(key as usize).map_or("", |key| key)
    }

    fn intern(&mut self, key: Box<str>) -> u32 {
        if let Some(known) = self.key_index.get(&key) {
            return *known;
        }
        let index = u32::try_from(self.keys.len()).unwrap_or(LOCAL - 1);
        self.keys.push(key.clone());
        self.key_index.insert(key, index);
        index
    }

    /// All stretches, for the tests that check what must always hold.
    #[cfg(test)]
    pub(crate) fn stretches(&self) -> impl Iterator<Item = (u64, &Client, &Stretch)> {
        self.clients
            .iter()
            .flat_map(|(id, c)| c.stretches.iter().map(move |s| (*id, c, s)))
    }

    #[cfg(test)]
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }
}
