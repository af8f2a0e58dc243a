//! What comments refuse, as problem details.

use axum::http::StatusCode;
use denkraum_app::{App, CommentError};
use denkraum_domain::{CommentText, CommentTextError};

use super::super::read_error;
use crate::problem::{RouteError, Text};

/// There is no such comment, or it is gone.
pub(super) fn unknown_comment() -> RouteError {
    let text = Text::new(
        "Diesen Kommentar gibt es nicht mehr.",
        "This comment is not there any more.",
    );
    RouteError::new(StatusCode::NOT_FOUND, "unknown-comment", text)
}

/// The words of a comment, or why they are none.
pub(super) fn words(raw: &str) -> Result<CommentText, RouteError> {
    CommentText::parse(raw).map_err(|error| misfit("text", error))
}

/// Why a text does not fit where it stands.
pub(super) fn misfit(field: &str, error: CommentTextError) -> RouteError {
    let (code, text) = match error {
        CommentTextError::Empty => (
            "value-empty",
            Text::new("Hier fehlt ein Text.", "A text is missing here."),
        ),
        CommentTextError::TooLong { max } => (
            "value-too-long",
            Text::new(
                format!("Hier sind höchstens {max} Zeichen möglich."),
                format!("At most {max} characters are possible here."),
            ),
        ),
    };
    RouteError::new(StatusCode::UNPROCESSABLE_ENTITY, code, text).on(field)
}

/// Why something is not done with comments.
pub(super) fn refuse(app: &App, error: CommentError) -> RouteError {
    match error {
        CommentError::Read(error) => read_error(error),
        CommentError::Denied { err, .. } => RouteError::denied(err),
        CommentError::Unknown(_) => unknown_comment().caused_by(error),
        CommentError::Exists(_) => {
            let text = Text::new(
                "Einen Kommentar mit dieser Kennung gibt es schon.",
                "There is a comment with this id already.",
            );
            RouteError::new(StatusCode::CONFLICT, "conflict", text)
                .on("id")
                .caused_by(error)
        }
        CommentError::TooMany { max } => {
            let text = Text::new(
                format!(
                    "Hier stehen schon {max}, mehr sind nicht möglich. \
                     Löschen Sie, was nicht mehr gebraucht wird."
                ),
                format!(
                    "There are {max} here already, and no more are possible. \
                     Delete what is not needed any more."
                ),
            );
            RouteError::new(StatusCode::CONFLICT, "too-many", text).caused_by(error)
        }
        CommentError::Load { .. } => RouteError::internal(error),
        CommentError::Store { ref err, .. } => RouteError::unsaved(app, err.into(), error),
    }
}
