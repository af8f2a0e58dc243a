//! `denkraum user`.

use std::io::Read as _;

use anyhow::{Context as _, Result, anyhow};
use denkraum_app::{NewAccount, Password};
use denkraum_domain::{Grant, Login, PersonId, PersonName, Role, SpaceId, operator};

use super::runtime;
use crate::cli::{User, UserAdd};
use crate::config::{self, DataConfig};
use crate::open::open_quietly;

/// Manages accounts on a data directory on which no server runs.
pub(crate) fn user(command: User) -> Result<()> {
    match command {
        User::Add(arguments) => add(&arguments),
    }
}

fn add(arguments: &UserAdd) -> Result<()> {
    let file = config::read(arguments.data.config.as_deref())?;
    let data = DataConfig::validate(&arguments.data, &file)?;
    let login = Login::parse(&arguments.login).map_err(|error| anyhow!("login: {error}"))?;
    let name = arguments.name.as_deref().unwrap_or(&arguments.login);
    let name = PersonName::parse(name).map_err(|error| anyhow!("name: {error}"))?;
    let roles = Role::ALL.map(Role::as_str).join(", ");
    let role = Role::parse(&arguments.role).ok_or_else(|| anyhow!("role: one of {roles}"))?;
    let space = arguments.space.as_deref().map(SpaceId::parse).transpose();
    let space = space.map_err(|error| anyhow!("space: {error}"))?;
    let mut typed = String::new();
    std::io::stdin()
        .read_to_string(&mut typed)
        .context("could not read the password")?;
    let password = typed.trim_end_matches(['\r', '\n']).to_owned();
    let password = Password::new(password).map_err(|error| anyhow!("password: {error}"))?;
    runtime()?.block_on(async {
        let opened = open_quietly(&data).await?;
        let permit = operator::permit_admin(PersonId::from_u128(0));
        let grants = vec![Grant { role, space }];
        let new = NewAccount {
            login,
            name,
            label: String::new(),
            grants,
            password,
        };
        let added = opened.app.add_account(&permit, new).await;
        opened.close().await;
        let account = added.context("the account was not added")?;
        println!("{}\t{}", account.person, account.login);
        Ok(())
    })
}
