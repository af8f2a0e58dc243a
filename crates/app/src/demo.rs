//! The demonstration: fictional people and pages, through the same import that everybody has.

use denkraum_domain::{Grant, Login, PersonName, Role, SpaceId};
use serde::Deserialize;
use thiserror::Error;

use crate::accounts::{AccountError, NewAccount, Password, PasswordError};
use crate::app::App;
use crate::catalogue::CityFiles;
use crate::import::ImportFailure;

/// Letters and digits that nobody mixes up.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789w";

/// How a demonstration person signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoSignIn {
    /// The log-in.
    pub login: String,
    /// The password, made at the first start of this demonstration.
    pub password: String,
    /// What they may do.
    pub role: Role,
}

/// Why the demonstration was not loaded.
#[derive(Debug, Error)]
pub enum DemoError {
    /// A file is missing.
    #[error("{0}: the file is missing")]
    Missing(String),
    /// The people cannot be read.
    #[error("{path}: {reason}")]
    People {
        /// The file.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// A person could not be added.
    #[error("{login} could not be added")]
    Account {
        /// Who.
        login: String,
        /// Why.
        #[source]
        err: AccountError,
    },
    /// A password was not taken.
    #[error("a password was not taken")]
    Password(#[source] PasswordError),
    /// A page could not be imported.
    #[error("{path}:{}: {failure}", .failure.line)]
    Page {
        /// The file.
        path: String,
        /// Which line, and why.
        failure: ImportFailure,
    },
    /// A comment could not be added.
    #[error("{path}:{line}: {reason}")]
    Comment {
        /// The file.
        path: String,
        /// Which line.
        line: usize,
        /// Why.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    person: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    login: String,
    name: String,
    role: String,
    space: Option<String>,
    #[serde(default)]
    label: String,
}

const PEOPLE: &str = "demo/people.toml";
const PAGES: &str = "demo/pages.jsonl";
/// A city may do without.
const COMMENTS: &str = "demo/comments.jsonl";

impl App {
    /// Adds the demonstration's people that are not there yet, with new passwords, and its pages.
    /// Returns how the added people sign in.
    pub async fn load_demo(&self, files: &CityFiles) -> Result<Vec<DemoSignIn>, DemoError> {
        self.mark_demonstration();
        let text = |name: &str| {
            files
                .get(name)
                .ok_or_else(|| DemoError::Missing(files.path_of(name)))
        };
        let refuse = |reason: String| DemoError::People {
            path: files.path_of(PEOPLE),
            reason,
        };
        let people: People =
            toml::from_str(text(PEOPLE)?).map_err(|error| refuse(error.to_string()))?;
        let mut sign_ins = Vec::new();
        for person in people.person {
            let role = Role::parse(&person.role);
            let role = role.ok_or_else(|| refuse(format!("\"{}\" is no role", person.role)))?;
            let space = person.space.as_deref().map(SpaceId::parse).transpose();
            let space = space.map_err(|error| refuse(error.to_string()))?;
            let login = Login::parse(&person.login).map_err(|error| refuse(error.to_string()))?;
            let name =
                PersonName::parse(&person.name).map_err(|error| refuse(error.to_string()))?;
            if self.accounts_view().by_login(&login).is_some() {
                continue;
            }
            let password = self.readable_password();
            let new = NewAccount {
                login: login.clone(),
                name,
                label: person.label,
                grants: vec![Grant { role, space }],
                password: Password::new(password.clone()).map_err(DemoError::Password)?,
            };
            let added = self.accounts_view().add(None, new).await;
            added.map_err(|err| DemoError::Account {
                login: login.to_string(),
                err,
            })?;
            sign_ins.push(DemoSignIn {
                login: login.to_string(),
                password,
                role,
            });
        }
        let missing = self.without_known_pages(text(PAGES)?);
        let report = self.import_as_operator(&missing, false).await;
        if let Some(failure) = report.failed.into_iter().next() {
            return Err(DemoError::Page {
                path: files.path_of(PAGES),
                failure,
            });
        }
        let comments = files.get(COMMENTS).unwrap_or_default();
        let added = self.load_demo_comments(comments).await;
        added.map_err(|(line, reason)| DemoError::Comment {
            path: files.path_of(COMMENTS),
            line,
            reason,
        })?;
        Ok(sign_ins)
    }

    /// Three groups of four characters: about 59 bits.
    fn readable_password(&self) -> String {
        let letters = self.environment().bytes::<12>().map(|byte| {
            let letter = ALPHABET.get(usize::from(byte % 32)).copied();
            char::from(letter.unwrap_or(b'a'))
        });
        let groups: Vec<String> = letters
            .chunks(4)
            .map(|group| group.iter().collect())
            .collect();
        groups.join("-")
    }
}
