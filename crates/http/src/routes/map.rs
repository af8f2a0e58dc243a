//! The outlines of the districts, for the map and the emblems beside their names.

use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::RouteError;
use crate::request::Json;
use crate::session::Context;

/// The outlines of the districts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MapOutlines {
    /// Where they come from; stands wherever the map is shown.
    source: String,
    /// The address of the licence.
    licence: String,
    /// A `GeoJSON` feature collection; the property `schluessel` is the key of a district.
    #[schema(value_type = Object)]
    outlines: serde_json::Value,
}

/// The outlines of the districts.
#[utoipa::path(
    get,
    path = "/api/v1/map",
    operation_id = "showMap",
    tag = "catalogue",
    responses((status = 200, description = "The outlines", body = MapOutlines))
)]
#[tracing::instrument(name = "http.map", skip_all)]
pub(crate) async fn handler(cx: Context) -> Result<Json<MapOutlines>, RouteError> {
    let catalogue = cx.app.catalogue();
    let outlines = serde_json::from_str(&catalogue.map_outlines).map_err(|error| {
        RouteError::of_status(StatusCode::INTERNAL_SERVER_ERROR).caused_by(error)
    })?;
    Ok(Json(MapOutlines {
        source: catalogue.map_source.clone(),
        licence: catalogue.map_licence.clone(),
        outlines,
    }))
}
