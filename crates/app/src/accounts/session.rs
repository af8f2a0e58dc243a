//! Sessions: a random token in the browser's cookie, only its hash on the server.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use denkraum_domain::{PersonId, Timestamp};
use denkraum_store::{PutError, ReadError, Store};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Environment;
use crate::accounts::Account;
use crate::accounts::throttle::Throttle;
use crate::records::{self, Known, key};

/// The collection of session records.
const COLLECTION: &str = "session";
/// The version of their value.
const VERSION: u16 = 1;
pub(crate) const KNOWN: Known = (COLLECTION, VERSION);
/// A session ends so long after it began: a working day.
const LIFETIME_MS: i64 = 12 * 60 * 60_000;

/// What a browser or program shows to be who it is: 256 random bits, in hexadecimal.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// Reads what was sent; not checked against anything yet.
    pub fn parse(raw: &str) -> Option<Self> {
        let fits = raw.len() == 64 && raw.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Self(raw.to_owned()))
    }

    /// The token for the cookie.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored and used as a name for the session on the server.
    pub(crate) fn hash(&self) -> String {
        blake3::hash(self.0.as_bytes()).to_hex().to_string()
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// A person who has just signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// For the cookie.
    pub token: SessionToken,
    /// Who.
    pub account: Account,
    /// When the session ends.
    pub expires_at: Timestamp,
}

/// Why somebody was not signed in.
#[derive(Debug, Error)]
pub enum SignInError {
    /// Log-in or password are wrong, or the account is closed; it is not said which.
    #[error("log-in or password are wrong")]
    WrongCredentials,
    /// Too many failures in a short time.
    #[error("too many attempts; wait {wait_seconds} seconds")]
    TooManyAttempts {
        /// How long to wait.
        wait_seconds: u64,
    },
    /// The session could not be stored.
    #[error("the session could not be stored")]
    Store(#[source] PutError),
}

#[derive(Serialize, Deserialize)]
struct SessionRecord {
    person: String,
    expires_at: i64,
}

#[derive(Clone, Copy)]
struct Live {
    person: PersonId,
    revision: u64,
    expires_at: Timestamp,
}

/// All sessions that have not ended, by the hash of their token.
pub(crate) struct Sessions {
    store: Store,
    environment: Environment,
    live: Mutex<HashMap<String, Live>>,
    throttle: Mutex<Throttle>,
}

impl Sessions {
    pub(crate) async fn load(store: Store, environment: Environment) -> Result<Self, ReadError> {
        let now = environment.now();
        let mut live = HashMap::new();
        for (key, stored) in store.scan(COLLECTION).await? {
            let record: Result<SessionRecord, _> =
                records::read(VERSION, stored.version, &stored.value);
            let session = record.ok().and_then(|record| {
                let person = PersonId::parse(&record.person).ok()?;
                let expires_at = Timestamp::from_millis(record.expires_at);
                (expires_at > now).then_some(Live {
                    person,
                    revision: stored.revision,
                    expires_at,
                })
            });
            match session {
                Some(session) => {
                    live.insert(key.id().to_owned(), session);
                }
                None => {
                    if let Err(error) = store.delete(key, stored.revision, None, now).await {
                        tracing::warn!(%error, "an ended session was not removed");
                    }
                }
            }
        }
        Ok(Self {
            store,
            environment,
            live: Mutex::new(live),
            throttle: Mutex::default(),
        })
    }

    pub(crate) fn throttle(&self, login: &str, now: Timestamp) -> Result<(), SignInError> {
        match lock(&self.throttle).wait_ms(login, now) {
            None => Ok(()),
            Some(left) => {
                let wait_seconds = u64::try_from(left).unwrap_or(0).div_ceil(1000);
                Err(SignInError::TooManyAttempts { wait_seconds })
            }
        }
    }

    pub(crate) fn failed(&self, login: &str, now: Timestamp) {
        lock(&self.throttle).failed(login, now);
    }

    /// Begins a session for somebody who has shown their password.
    pub(crate) async fn begin(
        &self,
        login: &str,
        account: Account,
    ) -> Result<SignedIn, SignInError> {
        lock(&self.throttle).succeeded(login);
        let now = self.environment.now();
        let expires_at = now.plus_millis(LIFETIME_MS);
        let token = SessionToken(hex::encode(self.environment.bytes::<32>()));
        let record = SessionRecord {
            person: account.person.to_string(),
            expires_at: expires_at.millis(),
        };
        let name = token.hash();
        let revision = self
            .store
            .put(
                key(COLLECTION, &name),
                None,
                VERSION,
                records::write(&record),
                Some(account.person),
                now,
            )
            .await
            .map_err(SignInError::Store)?;
        lock(&self.live).insert(
            name,
            Live {
                person: account.person,
                revision,
                expires_at,
            },
        );
        Ok(SignedIn {
            token,
            account,
            expires_at,
        })
    }

    pub(crate) fn person(&self, token: &SessionToken, now: Timestamp) -> Option<PersonId> {
        self.person_of(&token.hash(), now)
    }

    /// The person of the session with that name.
    pub(crate) fn person_of(&self, name: &str, now: Timestamp) -> Option<PersonId> {
        lock(&self.live)
            .get(name)
            .filter(|session| session.expires_at > now)
            .map(|session| session.person)
    }

    /// Ends a session at once for everybody who asks, then for good.
    pub(crate) async fn end(&self, token: &SessionToken) -> Result<(), PutError> {
        let name = token.hash();
        let Some(session) = lock(&self.live).remove(&name) else {
            return Ok(());
        };
        self.remove(&name, session).await
    }

    /// Ends all sessions of a person.
    pub(crate) async fn end_all_of(&self, person: PersonId) -> Result<(), PutError> {
        let ended: Vec<_> = lock(&self.live)
            .extract_if(|_, session| session.person == person)
            .collect();
        for (name, session) in ended {
            self.remove(&name, session).await?;
        }
        Ok(())
    }

    async fn remove(&self, name: &str, session: Live) -> Result<(), PutError> {
        let now = self.environment.now();
        self.store
            .delete(
                key(COLLECTION, &name),
                session.revision,
                Some(session.person),
                now,
            )
            .await?;
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
