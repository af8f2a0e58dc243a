//! All routes. Each endpoint has its file, with what it takes and sends.
//!
//! A route belongs to one of three groups: [`signed_in`] demands a session of every request,
//! [`large`] does so too and takes large bodies for a long time, [`open`] is for everybody.

mod catalogue;
mod description;
mod export;
mod health;
mod import;
mod map;
mod metrics;
mod pages;
mod people;
mod search;
mod session;
mod setup;
mod socket;
mod spaces;
mod start;
mod suggest;
mod titles;

pub(crate) use catalogue::audience_label;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::Shared;

/// Routes for people who are signed in.
pub(crate) fn signed_in() -> OpenApiRouter<Shared> {
    OpenApiRouter::default()
        .routes(routes!(session::show::handler, session::sign_out::handler))
        .routes(routes!(catalogue::handler))
        .routes(routes!(map::handler))
        .routes(routes!(pages::list::handler, pages::create::handler))
        .routes(routes!(pages::show::handler, pages::change::handler))
        .routes(routes!(pages::export::handler))
        .routes(routes!(pages::related::handler))
        .routes(routes!(export::handler))
        .routes(routes!(pages::archive::handler))
        .routes(routes!(pages::restore::handler))
        .routes(routes!(pages::lost::list))
        .routes(routes!(pages::lost::let_go))
        .routes(routes!(
            pages::comments::list::handler,
            pages::comments::add::handler
        ))
        .routes(routes!(pages::comments::reply::handler))
        .routes(routes!(pages::attachments::list::handler))
        .routes(routes!(
            pages::attachments::one::download,
            pages::attachments::one::remove
        ))
        .routes(routes!(
            pages::comments::change::thread,
            pages::comments::remove::thread
        ))
        .routes(routes!(
            pages::comments::change::reply,
            pages::comments::remove::reply
        ))
        .routes(routes!(pages::relocate::handler))
        .routes(routes!(spaces::handler))
        .routes(routes!(start::show::handler))
        .routes(routes!(start::seen::handler))
        .routes(routes!(titles::handler))
        .routes(routes!(search::handler))
        .routes(routes!(search::words::show, search::words::save))
        .routes(routes!(
            search::misses::list,
            search::misses::tell,
            search::misses::forget
        ))
        .routes(routes!(search::saved::list, search::saved::save))
        .routes(routes!(search::saved::forget))
        .routes(routes!(search::saved::seen))
        .routes(routes!(suggest::handler))
        .routes(routes!(people::list::handler, people::add::handler))
        .routes(routes!(people::change::handler))
}

/// The routes that take whole collections and whole files.
pub(crate) fn large() -> OpenApiRouter<Shared> {
    OpenApiRouter::default()
        .routes(routes!(import::handler))
        .routes(routes!(pages::attachments::add::handler))
}

/// Routes that decide themselves who may use them.
pub(crate) fn open() -> OpenApiRouter<Shared> {
    OpenApiRouter::default()
        .routes(routes!(session::sign_in::handler))
        .routes(routes!(setup::handler))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(metrics::handler))
        .routes(routes!(description::handler))
}

/// The page connections, which stay open as long as people stay.
pub(crate) fn sockets() -> OpenApiRouter<Shared> {
    OpenApiRouter::default().routes(routes!(socket::handler))
}
