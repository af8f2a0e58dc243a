//! Passwords: Argon2id (RFC 9106), 19 MiB, two passes, the parameters that OWASP recommends.

use std::fmt;
use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use thiserror::Error;
use tokio::sync::Semaphore;

use crate::Environment;

/// At most so many hashes at once, so that a flood of sign-ins cannot use up the memory.
const AT_ONCE: usize = 2;

/// A password as somebody typed it. It is never shown and never stored.
#[derive(Clone)]
pub struct Password(String);

/// Why a text is no password, or was not hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// Too easy to guess.
    #[error("a password has at least {} characters", Password::MIN_CHARS)]
    TooShort,
    /// Longer than anybody types, and costly to hash.
    #[error("a password has at most {} bytes", Password::MAX_BYTES)]
    TooLong,
    /// The hash function failed.
    #[error("the password could not be hashed")]
    Hash,
}

impl Password {
    /// The fewest characters of a new password.
    pub const MIN_CHARS: usize = 10;
    /// The most bytes.
    pub const MAX_BYTES: usize = 512;

    /// A new password.
    pub fn new(raw: String) -> Result<Self, PasswordError> {
        if raw.chars().count() < Self::MIN_CHARS {
            return Err(PasswordError::TooShort);
        }
        Self::attempt(raw)
    }

    /// What somebody typed to sign in: of any length that can be hashed.
    pub fn attempt(raw: String) -> Result<Self, PasswordError> {
        if raw.len() > Self::MAX_BYTES {
            Err(PasswordError::TooLong)
        } else {
            Ok(Self(raw))
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Hashes and verifies, a few at a time.
pub(crate) struct Passwords {
    environment: Environment,
    permits: Arc<Semaphore>,
    /// The hash of no password: verifying against it takes as long as against a real one.
    decoy: String,
}

impl Passwords {
    pub(crate) fn new(environment: Environment) -> Self {
        let decoy = hash(&environment.bytes::<16>(), b"").unwrap_or_default();
        Self {
            environment,
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            decoy,
        }
    }

    /// The hash as a PHC string.
    pub(crate) async fn hash(&self, password: Password) -> Result<String, PasswordError> {
        let salt = self.environment.bytes::<16>();
        self.blocking(move || hash(&salt, password.0.as_bytes()))
            .await
            .unwrap_or(Err(PasswordError::Hash))
    }

    /// Whether the password has this hash; as slow without a hash as with one.
    pub(crate) async fn verify(&self, password: &Password, hash: Option<String>) -> bool {
        let is_real = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.clone());
        let password = password.clone();
        let fits = self.blocking(move || {
            PasswordHash::new(&hash).is_ok_and(|hash| {
                Argon2::default()
                    .verify_password(password.0.as_bytes(), &hash)
                    .is_ok()
            })
        });
        fits.await.unwrap_or(false) && is_real
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let _permit = self.permits.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }
}

fn hash(salt: &[u8; 16], password: &[u8]) -> Result<String, PasswordError> {
    Argon2::default()
        .hash_password_with_salt(password, salt)
        .map(|hash| hash.to_string())
        .map_err(|_| PasswordError::Hash)
}
