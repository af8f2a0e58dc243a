//! What the use cases of pages refuse, as problem details.

use std::error::Error;

use axum::http::StatusCode;
use denkraum_app::{App, FieldError, KeepError, PageError, Unsaved};

use crate::problem::{RouteError, Text, shortened};

/// Why a page is not shown.
pub(in crate::routes) fn read_error(error: PageError) -> RouteError {
    match error {
        PageError::Denied { err, .. } => RouteError::denied(err),
        error if error.is_set_aside() => RouteError::set_aside(error),
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
        KeepError::Record { ref err, .. } => RouteError::unsaved(app, err.into(), error),
    }
}

/// Why a field does not take a value.
pub(in crate::routes) fn field_error(name: &str, error: &FieldError) -> RouteError {
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
    /// The page is there, but the server cannot open it.
    fn set_aside(error: impl Error + Send + Sync + 'static) -> Self {
        let text = Text::new(
            "Der Server kann diese Seite nicht öffnen und hat sie beiseitegelegt. Was gesichert war, \
             ist noch da. Wer den Server betreut, kann sie zurückholen.",
            "The server cannot open this page and has set it aside. What was saved is still there. \
             Whoever runs the server can bring it back.",
        );
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "page-set-aside", text).caused_by(error)
    }

    /// Something could not be saved, for one of the reasons that people can act on differently.
    pub(crate) fn unsaved(
        app: &App,
        why: Unsaved,
        error: impl Error + Send + Sync + 'static,
    ) -> Self {
        match why {
            Unsaved::TooLarge => {
                let text = Text::new(
                    "Das ist für eine Seite zu viel. Verteilen Sie es auf mehrere Seiten.",
                    "This is too much for one page. Spread it over several pages.",
                );
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "page-too-large", text).caused_by(error)
            }
            Unsaved::Misfit => {
                let text = Text::new(
                    "Im Text steht etwas, das Seiten nicht kennen oder das dort nicht stehen kann.",
                    "The text holds something that pages do not know or that cannot stand there.",
                );
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "text-misfit", text).caused_by(error)
            }
            Unsaved::Conflict => {
                let text = Text::new(
                    "Im selben Augenblick hat jemand anderes dasselbe geändert. \
                     Versuchen Sie es noch einmal.",
                    "Somebody else changed the same at the same moment. Try again.",
                );
                Self::new(StatusCode::CONFLICT, "changed-meanwhile", text).caused_by(error)
            }
            Unsaved::SetAside => Self::set_aside(error),
            Unsaved::Stopping => Self::unavailable(error),
            Unsaved::NotStored => {
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
    }
}
