//! What the use cases of accounts refuse, as problem details.

use axum::http::StatusCode;
use denkraum_app::{AccountError, App, Password, PasswordError};

use crate::problem::{RouteError, Text};

/// Why an account was not made or changed.
pub(in crate::routes) fn refuse(app: &App, error: AccountError) -> RouteError {
    match error {
        AccountError::LoginTaken(_) => {
            let text = Text::new(
                "Diesen Anmeldenamen hat schon jemand.",
                "Somebody has this log-in already.",
            );
            RouteError::new(StatusCode::CONFLICT, "conflict", text).on("login")
        }
        AccountError::NotFound(_) => RouteError::unknown_person(),
        AccountError::UnknownSpace(space) => RouteError::unknown_value("grants", space.as_str()),
        AccountError::LastAdministrator => {
            let text = Text::new(
                "Eine Person muss die Konten verwalten können. Dies ist die letzte.",
                "Somebody must be able to manage accounts. This is the last person who can.",
            );
            RouteError::new(StatusCode::CONFLICT, "last-administrator", text)
        }
        AccountError::Hash(_) => RouteError::internal(error),
        AccountError::Store(ref err) => RouteError::unsaved(app, err.into(), error),
    }
}

/// A new password.
pub(in crate::routes) fn password(raw: String) -> Result<Password, RouteError> {
    Password::new(raw).map_err(|error| {
        let (code, text) = match error {
            PasswordError::TooShort => (
                "password-too-short",
                Text::new(
                    format!(
                        "Ein Passwort hat mindestens {} Zeichen.",
                        Password::MIN_CHARS
                    ),
                    format!(
                        "A password has at least {} characters.",
                        Password::MIN_CHARS
                    ),
                ),
            ),
            PasswordError::TooLong | PasswordError::Hash => (
                "value-too-long",
                Text::new(
                    format!("Ein Passwort hat höchstens {} Bytes.", Password::MAX_BYTES),
                    format!("A password has at most {} bytes.", Password::MAX_BYTES),
                ),
            ),
        };
        RouteError::new(StatusCode::UNPROCESSABLE_ENTITY, code, text).on("password")
    })
}
