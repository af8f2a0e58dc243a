//! The first start: a one-time code makes the first administrator.

use std::sync::{Mutex, PoisonError};

use denkraum_domain::{Grant, Login, PersonName, Role};
use thiserror::Error;

use crate::accounts::{Account, AccountError, NewAccount, Password};
use crate::app::App;
use crate::environment::Environment;

/// Why the first administrator was not made.
#[derive(Debug, Error)]
pub enum SetUpError {
    /// There are accounts already, or the code is another.
    #[error("the set-up link is not valid (any more)")]
    Code,
    /// The account was not made.
    #[error("the first account was not made")]
    Account(#[source] AccountError),
}

/// The code of the set-up link, until it is used. It is in memory alone: a restart makes a new one.
pub(crate) struct SetUp {
    code: Mutex<Option<String>>,
}

impl SetUp {
    pub(crate) fn new(environment: &Environment, is_first_start: bool) -> Self {
        let code = is_first_start.then(|| hex::encode(environment.bytes::<16>()));
        Self {
            code: Mutex::new(code),
        }
    }
}

impl App {
    /// The code for the set-up link while nobody has an account.
    pub fn set_up_code(&self) -> Option<String> {
        let code = self
            .set_up_state()
            .code
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        code.clone()
            .filter(|_| self.accounts_view().list().is_empty())
    }

    /// Makes the first administrator.
    pub async fn set_up(
        &self,
        code: &str,
        login: Login,
        name: PersonName,
        password: Password,
    ) -> Result<Account, SetUpError> {
        let fits = self
            .set_up_code()
            .is_some_and(|known| blake3::hash(known.as_bytes()) == blake3::hash(code.as_bytes()));
        if !fits {
            return Err(SetUpError::Code);
        }
        let grants = vec![Grant {
            role: Role::Administrator,
            space: None,
        }];
        let new = NewAccount {
            login,
            name,
            label: String::new(),
            grants,
            password,
        };
        let account = self
            .accounts_view()
            .add(None, new)
            .await
            .map_err(SetUpError::Account)?;
        let mut code = self
            .set_up_state()
            .code
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *code = None;
        Ok(account)
    }
}
