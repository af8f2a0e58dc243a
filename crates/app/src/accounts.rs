//! Accounts, signing in, sessions.

mod password;
mod record;
mod session;
mod throttle;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use denkraum_domain::{Actor, AdminPermit, Grant, Login, PersonId, PersonName, SpaceId};
use denkraum_store::{PutError, ReadError, Store};
use thiserror::Error;
use tokio::sync::Mutex;

use crate::Environment;
use crate::catalogue::Catalogue;
use crate::records::{Known, key};
use password::Passwords;
pub use password::{Password, PasswordError};
use record::PersonRecord;
use session::Sessions;
pub use session::{SessionToken, SignInError, SignedIn};

/// An account as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// What they sign in with.
    pub login: Login,
    /// How others read them.
    pub name: PersonName,
    /// The line under the name, such as "Koordination Pankow".
    pub label: String,
    /// What they may do where.
    pub grants: Vec<Grant>,
    /// Whether they may sign in.
    pub active: bool,
}

impl Account {
    /// The person and their roles, for decisions.
    pub fn actor(&self) -> Actor {
        Actor {
            person: self.person,
            grants: self.grants.clone(),
        }
    }

    /// One or two letters: of the first and the last word of the name.
    pub fn initials(&self) -> String {
        let mut words = self.name.as_str().split_whitespace();
        let first = words.next().and_then(|word| word.chars().next());
        let last = words.next_back().and_then(|word| word.chars().next());
        first
            .into_iter()
            .chain(last)
            .flat_map(char::to_uppercase)
            .collect()
    }

    /// The space that the person is at home in.
    pub fn home(&self) -> Option<&SpaceId> {
        self.grants.iter().find_map(|grant| grant.space.as_ref())
    }
}

/// A new account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// What they sign in with.
    pub login: Login,
    /// How others read them.
    pub name: PersonName,
    /// The line under the name; made from role and space when empty.
    pub label: String,
    /// What they may do where.
    pub grants: Vec<Grant>,
    /// What they sign in with.
    pub password: Password,
}

/// What an administrator changes about an account; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct AccountChange {
    /// How others read them.
    pub name: Option<PersonName>,
    /// The line under the name.
    pub label: Option<String>,
    /// What they may do where.
    pub grants: Option<Vec<Grant>>,
    /// Whether they may sign in.
    pub active: Option<bool>,
    /// A new password; ends all sessions of the person.
    pub password: Option<Password>,
}

/// Why an account was not made or changed.
#[derive(Debug, Error)]
pub enum AccountError {
    /// Somebody has that log-in.
    #[error("the log-in {0} is taken")]
    LoginTaken(Login),
    /// There is no such person.
    #[error("there is no person {0}")]
    NotFound(PersonId),
    /// A grant names a space that is not there.
    #[error("there is no space {0}")]
    UnknownSpace(SpaceId),
    /// It would leave nobody who manages accounts.
    #[error("the last administrator must stay")]
    LastAdministrator,
    /// The password could not be hashed.
    #[error("the password could not be hashed")]
    Hash(#[source] PasswordError),
    /// It could not be stored.
    #[error("the account could not be stored")]
    Store(#[source] PutError),
}

/// All accounts, held in memory as a view of their records.
pub(crate) struct Accounts {
    store: Store,
    environment: Environment,
    catalogue: Arc<Catalogue>,
    people: RwLock<HashMap<PersonId, (u64, PersonRecord)>>,
    changing: Mutex<()>,
    passwords: Passwords,
    sessions: Sessions,
}

/// The collection of person records.
const COLLECTION: &str = "person";
/// What is known of accounts and sessions.
pub(crate) const KNOWN: [Known; 2] = [(COLLECTION, record::VERSION), session::KNOWN];

impl Accounts {
    pub(crate) async fn load(
        store: Store,
        environment: Environment,
        catalogue: Arc<Catalogue>,
    ) -> Result<Self, ReadError> {
        let mut people = HashMap::new();
        for (key, record) in store.scan(COLLECTION).await? {
            let Ok(person) = PersonId::parse(key.id()) else {
                continue;
            };
            match PersonRecord::read(record.version, &record.value) {
                Ok(account) => {
                    people.insert(person, (record.revision, account));
                }
                Err(error) => {
                    tracing::error!(person.id = %person, %error, "an account cannot be read");
                }
            }
        }
        let sessions = Sessions::load(store.clone(), environment.clone()).await?;
        let passwords = Passwords::new(environment.clone());
        let (people, changing) = (RwLock::new(people), Mutex::new(()));
        Ok(Self {
            store,
            environment,
            catalogue,
            people,
            changing,
            passwords,
            sessions,
        })
    }

    pub(crate) fn get(&self, person: PersonId) -> Option<Account> {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        people
            .get(&person)
            .and_then(|(_, record)| record.account(person))
    }

    /// All accounts, by name.
    pub(crate) fn list(&self) -> Vec<Account> {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        let mut list: Vec<_> = people
            .iter()
            .filter_map(|(id, (_, record))| record.account(*id))
            .collect();
        list.sort_by(|a, b| (&a.name, a.person).cmp(&(&b.name, b.person)));
        list
    }

    pub(crate) fn by_login(&self, login: &Login) -> Option<Account> {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        people
            .iter()
            .find(|(_, (_, record))| record.login == login.as_str())
            .and_then(|(id, (_, record))| record.account(*id))
    }

    /// Makes an account. The caller shows an [`AdminPermit`], or is the first start itself.
    pub(crate) async fn add(
        &self,
        by: Option<&AdminPermit>,
        new: NewAccount,
    ) -> Result<Account, AccountError> {
        self.check_spaces(&new.grants)?;
        let hash = self
            .passwords
            .hash(new.password)
            .await
            .map_err(AccountError::Hash)?;
        let _changing = self.changing.lock().await;
        if self.by_login(&new.login).is_some() {
            return Err(AccountError::LoginTaken(new.login));
        }
        let person = self.environment.person_id();
        let label = if new.label.is_empty() {
            self.label(&new.grants)
        } else {
            new.label
        };
        let record = PersonRecord::new(&new.login, &new.name, label, &new.grants, hash);
        self.put(person, None, record, by).await
    }

    /// Changes an account.
    pub(crate) async fn change(
        &self,
        permit: &AdminPermit,
        person: PersonId,
        change: AccountChange,
    ) -> Result<Account, AccountError> {
        self.check_spaces(change.grants.as_deref().unwrap_or_default())?;
        let hash = match change.password {
            Some(password) => Some(
                self.passwords
                    .hash(password)
                    .await
                    .map_err(AccountError::Hash)?,
            ),
            None => None,
        };
        let _changing = self.changing.lock().await;
        let found = {
            let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
            people.get(&person).cloned()
        };
        let (revision, mut record) = found.ok_or(AccountError::NotFound(person))?;
        let ends_sessions = hash.is_some() || change.active == Some(false);
        record.apply(
            change.name.as_ref(),
            change.label,
            change.grants.as_deref(),
            change.active,
            hash,
        );
        let others = self.list().into_iter().filter(|one| one.person != person);
        let mut after = others.chain(record.account(person));
        if !after.any(|one| one.active && denkraum_domain::permit_admin(&one.actor()).is_ok()) {
            return Err(AccountError::LastAdministrator);
        }
        let account = self
            .put(person, Some(revision), record, Some(permit))
            .await?;
        if ends_sessions {
            self.sessions
                .end_all_of(person)
                .await
                .map_err(AccountError::Store)?;
        }
        Ok(account)
    }

    async fn put(
        &self,
        person: PersonId,
        expected: Option<u64>,
        record: PersonRecord,
        by: Option<&AdminPermit>,
    ) -> Result<Account, AccountError> {
        let by = by.map(|permit| *permit.person());
        let now = self.environment.now();
        let (version, value) = record.write();
        let revision = self
            .store
            .put(key(COLLECTION, &person), expected, version, value, by, now)
            .await
            .map_err(AccountError::Store)?;
        let account = record
            .account(person)
            .ok_or(AccountError::NotFound(person))?;
        let mut people = self.people.write().unwrap_or_else(PoisonError::into_inner);
        people.insert(person, (revision, record));
        Ok(account)
    }

    fn check_spaces(&self, grants: &[Grant]) -> Result<(), AccountError> {
        let unknown = grants
            .iter()
            .filter_map(|grant| grant.space.as_ref())
            .find(|space| self.catalogue.space(space).is_none());
        unknown.map_or(Ok(()), |space| {
            Err(AccountError::UnknownSpace(space.clone()))
        })
    }

    /// "Koordination Pankow": the role and the place of the first grant, in German.
    fn label(&self, grants: &[Grant]) -> String {
        use denkraum_domain::Role;
        let Some(grant) = grants.first() else {
            return String::new();
        };
        let role = match grant.role {
            Role::Administrator => "Administration",
            Role::Facilitator => "Prozessbegleitung",
            Role::Coordinator => "Koordination",
            Role::Writer | Role::Commenter => "Fachkraft",
            Role::Reader => "Leitung",
        };
        let place = grant
            .space
            .as_ref()
            .and_then(|space| self.catalogue.space(space));
        place.map_or_else(|| role.to_owned(), |space| format!("{role} {}", space.name))
    }

    /// Signs a person in.
    pub(crate) async fn sign_in(
        &self,
        login: &str,
        password: &Password,
    ) -> Result<SignedIn, SignInError> {
        let account = Login::parse(login)
            .ok()
            .and_then(|login| self.by_login(&login));
        let account = account.filter(|account| account.active);
        let hash = account
            .as_ref()
            .and_then(|account| self.hash_of(account.person));
        self.sessions.throttle(login, self.environment.now())?;
        let fits = self.passwords.verify(password, hash).await;
        let Some(account) = account.filter(|_| fits) else {
            self.sessions.failed(login, self.environment.now());
            return Err(SignInError::WrongCredentials);
        };
        self.sessions.begin(login, account).await
    }

    fn hash_of(&self, person: PersonId) -> Option<String> {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        people
            .get(&person)
            .map(|(_, record)| record.password_hash.clone())
    }

    /// The person of a session that has not ended.
    pub(crate) fn session(&self, token: &SessionToken) -> Option<Account> {
        let person = self.sessions.person(token, self.environment.now())?;
        self.get(person).filter(|account| account.active)
    }

    /// The account behind a session's name, for those who hold connections open.
    pub(crate) fn session_named(&self, name: &str) -> Option<Account> {
        let person = self.sessions.person_of(name, self.environment.now())?;
        self.get(person).filter(|account| account.active)
    }

    /// Ends a session; that it had ended already is no error.
    pub(crate) async fn sign_out(&self, token: &SessionToken) -> Result<(), PutError> {
        self.sessions.end(token).await
    }
}
