//! The signed-in person behind a request.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use denkraum_app::{Account, App, SessionToken};
use denkraum_domain::Actor;

use super::Credentials;
use crate::problem::RouteError;
use crate::state::Shared;

/// The application and the person that asks it. Only routes behind [`require_session`] have one.
pub(crate) struct Context {
    pub(crate) app: App,
    pub(crate) account: Account,
    pub(crate) actor: Actor,
    pub(crate) token: SessionToken,
}

#[derive(Clone)]
struct SignedIn {
    account: Account,
    token: SessionToken,
}

/// Lets through requests of a session that has not ended.
pub(crate) async fn require_session(
    State(shared): State<Shared>,
    mut request: Request,
    next: Next,
) -> Result<Response, RouteError> {
    let token = Credentials::of(request.headers(), shared.config().https()).token();
    let token = token.ok_or_else(RouteError::signed_out)?;
    let account = shared.app().session(&token);
    let account = account.ok_or_else(RouteError::signed_out)?;
    tracing::debug!(person.id = %account.person, "signed in");
    request.extensions_mut().insert(SignedIn { account, token });
    Ok(next.run(request).await)
}

impl FromRequestParts<Shared> for Context {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, RouteError> {
        let signed_in = parts.extensions.get::<SignedIn>().cloned();
        let SignedIn { account, token } = signed_in.ok_or_else(RouteError::signed_out)?;
        Ok(Self {
            app: shared.app().clone(),
            actor: account.actor(),
            account,
            token,
        })
    }
}
