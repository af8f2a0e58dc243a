//! What the use cases of pages refuse, as problem details.

use std::error::Error;

use axum::http::StatusCode;
use denkraum_app::{App, FieldError, KeepError, PageError};

use crate::problem::{RouteError, Text, shortened};

/// Why a page is not shown.
pub(in crate::routes) fn read_error(error: PageError) -> RouteError {
    match error {
        PageError::Denied { err, .. } => RouteError::denied(err),
        PageError::Load { .. } | PageError::Content { .. } => RouteError::internal(error),
    }
}

/// Why a page is not archived, brought back or moved.
pub(super) fn keep_error(app: &App, error: KeepError) -> RouteError {
    match error {
        KeepError::Read(error) => read_error(error),
        KeepError::Denied { err, .. } => RouteError::denied(err),
        KeepError::UnknownSpace(space) => RouteError::unknown_value("space", space.as_str()),
        KeepError::Destination(_) => {
            let text = Text::new(
                "Dorthin können Sie keine Seiten bringen.",
                "You cannot bring pages there.",
            );
            RouteError::new(StatusCode::FORBIDDEN, "no-destination", text)
                .on("space")
                .caused_by(error)
        }
        KeepError::Widens(_) => {
            let text = Text::new(
                "In diesem Raum würden andere die Seite lesen als bisher. \
                 Verschieben Sie sie als Entwurf, oder geben Sie sie vorher frei.",
                "In that space others would read the page than now. \
                 Move it as a draft, or release it first.",
            );
            RouteError::new(StatusCode::UNPROCESSABLE_ENTITY, "move-widens", text).on("audience")
        }
        KeepError::Record { .. } => RouteError::unsaved(app, error),
    }
}

/// Why a field does not take a value.
pub(super) fn field_error(name: &str, error: &FieldError) -> RouteError {
    let field = format!("fields.{}", shortened(name));
    match error {
        FieldError::Unknown => {
            let text = Text::new(
                "Diese Seitenart hat kein solches Feld.",
                "This kind of page has no such field.",
            );
            RouteError::new(StatusCode::UNPROCESSABLE_ENTITY, "unknown-field", text).on(field)
        }
        FieldError::Form { expected } => {
            let text = Text::new(
                format!("Dieses Feld erwartet einen Wert der Art „{expected}“."),
                format!("This field expects a value of the type “{expected}”."),
            );
            RouteError::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-type", text).on(field)
        }
        FieldError::Choice { choice } => RouteError::unknown_value(field, choice),
        FieldError::TooLong { max } => {
            let text = Text::new(
                format!("Hier sind höchstens {max} Zeichen möglich."),
                format!("At most {max} characters are possible here."),
            );
            RouteError::new(StatusCode::UNPROCESSABLE_ENTITY, "value-too-long", text).on(field)
        }
    }
}

impl RouteError {
    /// Something could not be saved: because nothing can be at the moment, or because of a fault.
    pub(crate) fn unsaved(app: &App, error: impl Error + Send + Sync + 'static) -> Self {
        let readiness = app.readiness();
        if !readiness.ready {
            Self::unavailable(error)
        } else if readiness.writable {
            Self::internal(error)
        } else {
            Self::read_only(error)
        }
    }
}
