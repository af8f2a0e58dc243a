//! The errors that several routes share, with their words.

use std::error::Error;

use axum::http::StatusCode;
use denkraum_domain::{Denial, NameError};

use super::{RouteError, Text};
use crate::language::Language;

impl RouteError {
    /// Nobody is signed in.
    pub(crate) fn signed_out() -> Self {
        let text = Text::new("Bitte melden Sie sich an.", "Please sign in.");
        Self::new(StatusCode::UNAUTHORIZED, "signed-out", text)
    }

    /// There is no such page, or nobody may tell this reader that there is.
    pub(crate) fn unknown_page() -> Self {
        let text = Text::new(
            "Diese Seite gibt es nicht, oder sie ist für Sie nicht freigegeben.",
            "There is no such page, or it is not open to you.",
        );
        Self::new(StatusCode::NOT_FOUND, "unknown-page", text)
    }

    /// The reader may see it, but not do this.
    pub(crate) fn forbidden() -> Self {
        let text = Text::new("Dafür fehlt Ihnen das Recht.", "You may not do this here.");
        Self::new(StatusCode::FORBIDDEN, "forbidden", text)
    }

    /// What a denied permission says about a page.
    pub(crate) fn denied(denial: Denial) -> Self {
        match denial {
            Denial::Hidden => Self::unknown_page().caused_by(denial),
            Denial::Forbidden => Self::forbidden().caused_by(denial),
        }
    }

    /// Something broke in the server.
    pub(crate) fn internal(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::of_status(StatusCode::INTERNAL_SERVER_ERROR).caused_by(cause)
    }

    /// The server is on its way down, or something it needs is not there yet.
    pub(crate) fn unavailable(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::of_status(StatusCode::SERVICE_UNAVAILABLE)
            .retry_after(5)
            .caused_by(cause)
    }

    /// Nothing can be saved at the moment.
    pub(crate) fn read_only(cause: impl Error + Send + Sync + 'static) -> Self {
        let text = Text::new(
            "Im Augenblick kann nichts gesichert werden. Lesen und Suchen gehen weiter.",
            "Nothing can be saved at the moment. Reading and searching go on.",
        );
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "read-only", text).caused_by(cause)
    }

    /// A value that does not fit where it stands.
    pub(crate) fn wrong_value(field: impl Into<String>, detail: Text) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-value", detail).on(field)
    }

    /// An id of something that is not there.
    pub(crate) fn unknown_value(field: impl Into<String>, value: &str) -> Self {
        let text = Text::new(
            format!("„{}“ gibt es hier nicht.", shortened(value)),
            format!("There is no “{}” here.", shortened(value)),
        );
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown-value", text).on(field)
    }

    /// A short text that breaks the rule of its field.
    pub(crate) fn name(field: impl Into<String>, error: NameError) -> Self {
        let field = field.into();
        let title = field == "title";
        let (code, text) = match error {
            NameError::Empty if title => (
                "title-empty",
                Text::new("Der Titel fehlt.", "The title is missing."),
            ),
            NameError::Empty => (
                "value-empty",
                Text::new("Hier fehlt ein Text.", "A text is missing here."),
            ),
            NameError::TooLong { max } if title => (
                "title-too-long",
                Text::new(
                    format!("Ein Titel hat höchstens {max} Zeichen."),
                    format!("A title has at most {max} characters."),
                ),
            ),
            NameError::TooLong { max } => (
                "value-too-long",
                Text::new(
                    format!("Hier sind höchstens {max} Zeichen möglich."),
                    format!("At most {max} characters are possible here."),
                ),
            ),
            NameError::Control => (
                "wrong-value",
                Text::new(
                    "Hier ist nur eine Zeile ohne Steuerzeichen möglich.",
                    "Only one line without control characters is possible here.",
                ),
            ),
            NameError::Login => (
                "wrong-value",
                Text::new(
                    "Ein Anmeldename besteht aus a-z, 0-9, Punkt, Bindestrich, Unterstrich und @.",
                    "A log-in has a-z, 0-9, dot, hyphen, underscore and @ only.",
                ),
            ),
        };
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, text).on(field)
    }

    /// An error of which nothing but the status is known.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let (code, text) = match status {
            StatusCode::NOT_FOUND => (
                "not-found",
                Text::new("Diese Adresse gibt es nicht.", "There is no such address."),
            ),
            StatusCode::METHOD_NOT_ALLOWED => (
                "wrong-method",
                Text::new(
                    "Diese Adresse kennt diese Anfrage nicht.",
                    "This address does not take this method.",
                ),
            ),
            StatusCode::PAYLOAD_TOO_LARGE => (
                "too-large",
                Text::new("Das ist zu groß.", "This is too large."),
            ),
            StatusCode::SERVICE_UNAVAILABLE => (
                "unavailable",
                Text::new(
                    "Das geht im Augenblick nicht. Bitte versuchen Sie es gleich noch einmal.",
                    "This is not possible at the moment. Please try again shortly.",
                ),
            ),
            status if status.is_server_error() => (
                "failed",
                Text::new(
                    "Auf dem Server ist etwas schiefgegangen. Was gesichert war, ist gesichert.",
                    "Something went wrong on the server. What was saved is saved.",
                ),
            ),
            _ => (
                "bad-request",
                Text::new(
                    "Diese Anfrage ist nicht zu verstehen.",
                    "This request cannot be understood.",
                ),
            ),
        };
        Self::new(status, code, text)
    }
}

/// What somebody sent, short enough to be said back.
pub(crate) fn shortened(text: &str) -> String {
    const MAX_CHARS: usize = 60;
    if text.chars().count() <= MAX_CHARS {
        return text.to_owned();
    }
    text.chars().take(MAX_CHARS).chain(['…']).collect()
}

/// The status in words.
pub(super) fn title(status: StatusCode, language: Language) -> &'static str {
    let english = status.canonical_reason().unwrap_or("Error");
    if language == Language::English {
        return english;
    }
    match status.as_u16() {
        400 => "Anfrage nicht verständlich",
        401 => "Nicht angemeldet",
        403 => "Nicht erlaubt",
        404 => "Nicht gefunden",
        405 => "Methode nicht erlaubt",
        409 => "Widerspruch",
        413 => "Zu groß",
        415 => "Format nicht unterstützt",
        422 => "Inhalt nicht möglich",
        426 => "Protokollwechsel nötig",
        429 => "Zu viele Anfragen",
        500 => "Fehler auf dem Server",
        503 => "Im Augenblick nicht möglich",
        _ => english,
    }
}
