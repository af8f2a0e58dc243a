//! What is stored of an account.

use bytes::Bytes;
use denkraum_domain::{Grant, Login, PersonId, PersonName, Role, SpaceId};
use serde::{Deserialize, Serialize};

use crate::accounts::Account;
use crate::records::{self, RecordError};

/// The version of the value below.
pub(crate) const VERSION: u16 = 1;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PersonRecord {
    pub(crate) login: String,
    name: String,
    label: String,
    grants: Vec<GrantRecord>,
    active: bool,
    /// A PHC string.
    pub(crate) password_hash: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct GrantRecord {
    role: String,
    space: Option<String>,
}

impl PersonRecord {
    pub(crate) fn new(
        login: &Login,
        name: &PersonName,
        label: String,
        grants: &[Grant],
        password_hash: String,
    ) -> Self {
        Self {
            login: login.to_string(),
            name: name.to_string(),
            label,
            grants: write_grants(grants),
            active: true,
            password_hash,
        }
    }

    pub(crate) fn read(version: u16, value: &[u8]) -> Result<Self, RecordError> {
        records::read(VERSION, version, value)
    }

    pub(crate) fn write(&self) -> (u16, Bytes) {
        (VERSION, records::write(self))
    }

    pub(crate) fn apply(
        &mut self,
        name: Option<&PersonName>,
        label: Option<String>,
        grants: Option<&[Grant]>,
        active: Option<bool>,
        password_hash: Option<String>,
    ) {
        if let Some(name) = name {
            self.name = name.to_string();
        }
        if let Some(grants) = grants {
            self.grants = write_grants(grants);
        }
        self.label = label.unwrap_or_else(|| std::mem::take(&mut self.label));
        self.active = active.unwrap_or(self.active);
        self.password_hash =
            password_hash.unwrap_or_else(|| std::mem::take(&mut self.password_hash));
    }

    /// The account. A grant whose role or space cannot be read grants nothing.
    pub(crate) fn account(&self, person: PersonId) -> Option<Account> {
        let grant = |grant: &GrantRecord| {
            let space = match &grant.space {
                Some(space) => Some(SpaceId::parse(space).ok()?),
                None => None,
            };
            Some(Grant {
                role: Role::parse(&grant.role)?,
                space,
            })
        };
        Some(Account {
            person,
            login: Login::parse(&self.login).ok()?,
            name: PersonName::parse(&self.name).ok()?,
            label: self.label.clone(),
            grants: self.grants.iter().filter_map(grant).collect(),
            active: self.active,
        })
    }
}

fn write_grants(grants: &[Grant]) -> Vec<GrantRecord> {
    let write = |grant: &Grant| GrantRecord {
        role: grant.role.as_str().to_owned(),
        space: grant.space.as_ref().map(ToString::to_string),
    };
    grants.iter().map(write).collect()
}
