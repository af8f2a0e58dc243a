//! What the use cases of pages refuse, as problem details.

use std::error::Error;

use axum::http::StatusCode;
use denkraum_app::{App, FieldError, PageError};

use crate::problem::{RouteError, Text, shortened};

/// Why a page is not shown.
pub(in crate::routes) fn read_error(error: PageError) -> RouteError {
    match error {
        PageError::Denied { err, .. } => RouteError::denied(err),
        PageError::Load { .. } | PageError::Content { .. } => RouteError::internal(error),
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
        FieldError::OutOfBounds { min, max } => {
            let (de, en) = match (min, max) {
                (Some(min), Some(max)) => (
                    format!("Hier sind Zahlen von {min} bis {max} möglich."),
                    format!("Numbers from {min} to {max} are possible here."),
                ),
                (Some(min), None) => (
                    format!("Hier sind Zahlen ab {min} möglich."),
                    format!("Numbers from {min} on are possible here."),
                ),
                (None, max) => {
                    let max = max.as_deref().unwrap_or_default();
                    (
                        format!("Hier sind Zahlen bis {max} möglich."),
                        format!("Numbers up to {max} are possible here."),
                    )
                }
            };
            let text = Text::new(de, en);
            RouteError::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-value", text).on(field)
        }
        FieldError::TooMany { max } => {
            let text = Text::new(
                format!("Eine Liste hat höchstens {max} Einträge."),
                format!("A list has at most {max} entries."),
            );
            RouteError::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-value", text).on(field)
        }
        FieldError::Entry { id } => RouteError::unknown_value(field, id),
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
