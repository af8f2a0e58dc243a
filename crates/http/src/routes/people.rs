//! Accounts, for administrators.

pub(super) mod add;
pub(super) mod change;
pub(super) mod errors;
pub(super) mod list;

use denkraum_app::Account;
use denkraum_domain::{Role, SpaceId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::RouteError;
use crate::views::Grant;

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Person {
    id: String,
    login: String,
    name: String,
    /// The line under the name.
    label: String,
    grants: Vec<Grant>,
    /// Whether the person may sign in.
    active: bool,
}

impl From<&Account> for Person {
    fn from(account: &Account) -> Self {
        Self {
            id: account.person.to_string(),
            login: account.login.to_string(),
            name: account.name.to_string(),
            label: account.label.clone(),
            grants: account.grants.iter().map(Grant::from).collect(),
            active: account.active,
        }
    }
}

/// Checked grants.
fn grants(raw: &[Grant]) -> Result<Vec<denkraum_domain::Grant>, RouteError> {
    let check = |(at, grant): (usize, &Grant)| {
        let role = Role::parse(&grant.role)
            .ok_or_else(|| RouteError::unknown_value(format!("grants[{at}].role"), &grant.role))?;
        let space = grant.space.as_deref().map(|space| {
            SpaceId::parse(space)
                .map_err(|_| RouteError::unknown_value(format!("grants[{at}].space"), space))
        });
        Ok(denkraum_domain::Grant {
            role,
            space: space.transpose()?,
        })
    };
    raw.iter().enumerate().map(check).collect()
}
