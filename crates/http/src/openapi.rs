//! The description of the API, made from the routes themselves.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    Components, ContentBuilder, Info, License, OpenApi, Ref, RefOr, ResponseBuilder,
    SecurityRequirement,
};
use utoipa::{PartialSchema as _, ToSchema as _};
use utoipa_axum::router::OpenApiRouter;

use crate::problem::Problem;
use crate::routes;
use crate::state::Shared;

/// The names of the ways to show who is asking.
const SESSION: &str = "session";
const BEARER: &str = "bearer";

/// The description of the API (OpenAPI 3.1) as pretty JSON with a line break at its end, the same
/// at every call.
pub fn openapi() -> String {
    let mut api = describe(routes::signed_in().merge(routes::large()), true);
    api.merge(describe(routes::open().merge(routes::sockets()), false));
    api.info = Info::new("Denkraum", env!("CARGO_PKG_VERSION"));
    api.info.license = Some(License::new("EUPL-1.2"));
    let components = api.components.get_or_insert_with(Components::new);
    complete(components);
    let mut text = api.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

fn complete(components: &mut Components) {
    let problem = (Problem::name().into_owned(), Problem::schema());
    components.schemas.extend([problem]);
    let session = ApiKeyValue::with_description(
        "denkraum",
        "Set by signing in. Named __Host-denkraum where the public address is https.",
    );
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("The value of the session cookie, for programs."))
        .build();
    components.add_security_scheme(SESSION, SecurityScheme::ApiKey(ApiKey::Cookie(session)));
    components.add_security_scheme(BEARER, SecurityScheme::Http(bearer));
}

/// What all routes of a group have in common.
fn describe(routes: OpenApiRouter<Shared>, signed_in: bool) -> OpenApi {
    let mut api = routes.into_openapi();
    for operation in api.paths.paths.values_mut().flat_map(operations) {
        let problem = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name(Problem::name())))
            .build();
        let refused = ResponseBuilder::new()
            .description("What went wrong")
            .content("application/problem+json", problem)
            .build();
        let responses = &mut operation.responses.responses;
        responses.insert("default".to_owned(), RefOr::T(refused));
        if signed_in {
            let no_scopes: [String; 0] = [];
            operation.security = Some(vec![
                SecurityRequirement::new(SESSION, no_scopes.clone()),
                SecurityRequirement::new(BEARER, no_scopes),
            ]);
        }
    }
    api
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.post,
        &mut item.patch,
        &mut item.delete,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn the_description_is_the_same_at_every_call() {
        assert_eq!(openapi(), openapi());
        assert!(openapi().ends_with("}\n"));
    }

    #[test]
    fn every_operation_has_a_name_of_its_own_and_says_how_it_fails() {
        let api: Value = serde_json::from_str(&openapi()).unwrap();
        let mut names = std::collections::BTreeSet::new();
        for (path, item) in api["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let name = operation["operationId"].as_str().unwrap();
                assert!(
                    names.insert(name.to_owned()),
                    "{method} {path}: {name} again"
                );
                let refused = &operation["responses"]["default"]["content"];
                assert!(
                    refused["application/problem+json"].is_object(),
                    "{method} {path}"
                );
            }
        }
        assert!(names.len() > 10);
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let text = openapi();
        let api: Value = serde_json::from_str(&text).unwrap();
        let schemas = api["components"]["schemas"].as_object().unwrap();
        let mut found = 0;
        for part in text.split("\"#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(schemas.contains_key(name), "{name}");
            found += 1;
        }
        assert!(found > 20);
    }
}
