//! How the server is reached.

use std::net::{Ipv4Addr, SocketAddr};

use denkraum_http::{HttpConfig, PublicUrl};

use super::{ConfigError, ConfigFile};
use crate::cli::Serve;

/// Nobody from another machine reaches this; a proxy on the same one does.
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

pub(crate) struct ServerConfig {
    pub(crate) listen: SocketAddr,
    pub(crate) http: HttpConfig,
    pub(crate) demo: bool,
}

impl ServerConfig {
    pub(crate) fn validate(arguments: &Serve, file: &ConfigFile) -> Result<Self, ConfigError> {
        let public_url = arguments
            .public_url
            .as_ref()
            .or(file.server.public_url.as_ref());
        let public_url = public_url
            .map(|raw| PublicUrl::parse(raw))
            .transpose()
            .map_err(|error| ConfigError::option("public_url", error.to_string()))?;
        Ok(Self {
            listen: arguments
                .listen
                .or(file.server.listen)
                .unwrap_or(DEFAULT_LISTEN),
            http: HttpConfig { public_url },
            demo: arguments.demo || file.server.demo,
        })
    }
}
