//! What files refuse, as problem details.

use axum::http::StatusCode;
use denkraum_app::{App, AttachmentError};

use super::super::read_error;
use crate::problem::{RouteError, Text};

/// The page has no such file, or not any more.
pub(super) fn unknown_file() -> RouteError {
    let text = Text::new(
        "Diesen Anhang gibt es nicht mehr.",
        "This attachment is not there any more.",
    );
    RouteError::new(StatusCode::NOT_FOUND, "unknown-attachment", text)
}

/// More bytes than a file may have.
pub(super) fn too_large(max: u64) -> RouteError {
    let mib = max >> 20;
    let text = Text::new(
        format!("Diese Datei ist zu groß. Möglich sind höchstens {mib} MB."),
        format!("This file is too large. At most {mib} MB are possible."),
    );
    RouteError::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", text)
}

/// The body did not arrive to its end.
pub(super) fn broken_off(error: axum::Error) -> RouteError {
    let text = Text::new(
        "Die Übertragung ist abgebrochen. Bitte versuchen Sie es noch einmal.",
        "The transfer broke off. Please try again.",
    );
    RouteError::new(StatusCode::BAD_REQUEST, "broken-off", text).caused_by(error)
}

/// Why something is not done with files.
pub(super) fn refuse(app: &App, error: AttachmentError) -> RouteError {
    match error {
        AttachmentError::Read(error) => read_error(error),
        AttachmentError::Denied { err, .. } => RouteError::denied(err),
        AttachmentError::Unknown(_) => unknown_file().caused_by(error),
        AttachmentError::TooLarge { max } => too_large(max).caused_by(error),
        AttachmentError::TooMany { max } => {
            let text = Text::new(
                format!("Eine Seite hat höchstens {max} Anhänge."),
                format!("A page has at most {max} attachments."),
            );
            RouteError::new(StatusCode::CONFLICT, "too-many", text).caused_by(error)
        }
        AttachmentError::Damaged(_) => {
            let text = Text::new(
                "Dieser Anhang ist auf dem Server beschädigt. Bitte sagen Sie der Administration Bescheid.",
                "This attachment is damaged on the server. Please tell the administrators.",
            );
            RouteError::new(StatusCode::INTERNAL_SERVER_ERROR, "damaged", text).caused_by(error)
        }
        AttachmentError::Disk { .. } => RouteError::read_only(error),
        AttachmentError::Load { .. } => RouteError::internal(error),
        AttachmentError::Store { ref err, .. } => RouteError::unsaved(app, err.into(), error),
        AttachmentError::Stopping => RouteError::unavailable(error),
    }
}
