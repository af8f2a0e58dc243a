//! Where a page comes from: its authors, since when it is there, since when it is out of use.

use denkraum_domain::{Login, PersonId, Timestamp};
use serde_json::{Map, Value};

use super::By;
use super::line::{ARCHIVED_AT, ARCHIVED_BY, CREATED_AT, Refusal, on, unknown};
use super::reason::{ImportNote, ImportReason};
use crate::app::App;
use crate::pages::{Archived, Past};

impl App {
    pub(super) fn authors(
        &self,
        by: &By<'_>,
        named: &[String],
        archive: bool,
        notes: &mut Vec<ImportNote>,
    ) -> Result<Vec<PersonId>, Refusal> {
        match by {
            By::Person(actor) if named.is_empty() || archive => Ok(vec![actor.person]),
            By::Person(_) => Err(on("author", ImportReason::AuthorOfOthers)),
            By::Operator => {
                let mut found = Vec::new();
                for name in named {
                    match self.person_called(name) {
                        Some(person) => found.push(person),
                        // Accounts do not travel in archives.
                        None if archive => notes.push(ImportNote::Author(name.clone())),
                        None => return Err(unknown("author", name.clone())),
                    }
                }
                Ok(found)
            }
        }
    }

    /// What is read back of a page's past. Whoever runs the server vouches for it; a person could
    /// make a page older than it is, so theirs begins with the import.
    pub(super) fn past(
        &self,
        by: &By<'_>,
        told: &Map<String, Value>,
        archived: bool,
        notes: &mut Vec<ImportNote>,
    ) -> Past {
        if matches!(by, By::Person(_)) {
            return Past {
                archived,
                ..Past::default()
            };
        }
        let now = self.now();
        let mut read = |key| {
            let value = told.get(key).filter(|value| !value.is_null())?;
            let time = time(value).filter(|time| *time <= now);
            if time.is_none() {
                notes.push(ImportNote::NoTime { key });
            }
            time
        };
        let created_at = read(CREATED_AT);
        let archived_at = archived.then(|| read(ARCHIVED_AT)).flatten();
        let archived_by = told.get(ARCHIVED_BY).and_then(Value::as_str);
        let archived_by = archived_by.and_then(|raw| self.person_called(raw));
        Past {
            created_at,
            archived,
            archived_since: archived_at.map(|at| Archived {
                at,
                by: archived_by,
            }),
            emerged_from: None,
        }
    }

    fn person_called(&self, login: &str) -> Option<PersonId> {
        let login = Login::parse(login).ok()?;
        let account = self.accounts_view().by_login(&login)?;
        Some(account.person)
    }
}

/// A time as archives write it; none before 1970, which no page is.
fn time(value: &Value) -> Option<Timestamp> {
    let time: jiff::Timestamp = value.as_str()?.parse().ok()?;
    let millis = time.as_millisecond();
    (millis >= 0).then(|| Timestamp::from_millis(millis))
}
