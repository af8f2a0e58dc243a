//! Ids in addresses.

use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use denkraum_domain::{PageId, PersonId, SpaceId};

use crate::problem::{RouteError, Text};

/// The page that an address names. What is no id names no page.
pub(crate) struct PagePath(pub(crate) PageId);

impl<S: Send + Sync> FromRequestParts<S> for PagePath {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, RouteError> {
        let raw = id(parts, state).await;
        raw.and_then(|raw| PageId::parse(&raw).ok())
            .map(Self)
            .ok_or_else(RouteError::unknown_page)
    }
}

/// The person that an address names. What is no id names nobody.
pub(crate) struct PersonPath(pub(crate) PersonId);

impl<S: Send + Sync> FromRequestParts<S> for PersonPath {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, RouteError> {
        let raw = id(parts, state).await;
        raw.and_then(|raw| PersonId::parse(&raw).ok())
            .map(Self)
            .ok_or_else(RouteError::unknown_person)
    }
}

/// The space that an address names. What is no id names no space.
pub(crate) struct SpacePath(pub(crate) SpaceId);

impl<S: Send + Sync> FromRequestParts<S> for SpacePath {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, RouteError> {
        let raw = id(parts, state).await;
        raw.and_then(|raw| SpaceId::parse(&raw).ok())
            .map(Self)
            .ok_or_else(RouteError::unknown_space)
    }
}

impl RouteError {
    /// There is no such person.
    pub(crate) fn unknown_person() -> Self {
        let text = Text::new("Diese Person gibt es nicht.", "There is no such person.");
        Self::new(StatusCode::NOT_FOUND, "unknown-person", text)
    }
}

async fn id<S: Send + Sync>(parts: &mut Parts, state: &S) -> Option<String> {
    let path = Path::<String>::from_request_parts(parts, state).await;
    path.ok().map(|Path(raw)| raw)
}
