//! Signing in, staying signed in, signing out.

pub(super) mod show;
pub(super) mod sign_in;
pub(super) mod sign_out;

use denkraum_app::{Account, App, Hue};
use serde::Serialize;
use utoipa::ToSchema;

use crate::views::Grant;

/// The person who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    person: Portrait,
    login: String,
    /// The language that the account speaks.
    #[schema(value_type = String)]
    language: &'static str,
    grants: Vec<Grant>,
    /// The line under the name, such as "Koordination Pankow".
    label: String,
    /// The space that the person is at home in.
    #[schema(required)]
    home: Option<String>,
    /// The spaces in which the person may create pages.
    writes_in: Vec<String>,
}

/// A person with what small places show of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Portrait {
    id: String,
    name: String,
    initials: String,
    /// The number of their colour, 1 to 6.
    #[schema(minimum = 1, maximum = 6)]
    hue: u8,
}

impl Me {
    pub(super) fn new(app: &App, account: &Account) -> Self {
        let writes_in = app.writes_in(&account.actor());
        Self {
            person: Portrait {
                id: account.person.to_string(),
                name: account.name.to_string(),
                initials: account.initials(),
                hue: Hue::of(account.person).get(),
            },
            login: account.login.to_string(),
            // Accounts do not choose yet; the interface speaks German first.
            language: "de",
            grants: account.grants.iter().map(Grant::from).collect(),
            label: account.label.clone(),
            home: account.home().map(ToString::to_string),
            writes_in: writes_in.iter().map(ToString::to_string).collect(),
        }
    }
}
