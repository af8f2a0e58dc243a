//! Parameters of addresses. A repeated parameter means "or"; an unknown one is an error, because
//! a filter with a typing error would otherwise show too much.

use std::ops::RangeInclusive;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;

use crate::problem::{RouteError, Text, shortened};

/// The parameters of an address, read as `T`.
pub(crate) struct Query<T>(pub(crate) T);

/// What can be read from the parameters of an address.
pub(crate) trait FromParameters: Sized {
    /// Takes the parameters it knows; what is left over is an error.
    fn read(parameters: &mut Parameters) -> Result<Self, RouteError>;
}

impl<T: FromParameters, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = RouteError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, RouteError> {
        let mut parameters = Parameters::parse(parts.uri.query().unwrap_or_default());
        let value = T::read(&mut parameters)?;
        parameters.finish()?;
        Ok(Self(value))
    }
}

/// The parameters of an address that nobody has taken yet.
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// The parameters of a query as it stands behind the `?` of an address.
    pub(crate) fn parse(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// All values of a parameter, empty ones left out.
    pub(crate) fn texts(&mut self, name: &str) -> Vec<String> {
        let taken = self.0.extract_if(.., |(key, _)| key == name);
        taken
            .map(|(_, value)| value)
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// All values of a parameter, each read by `parse`.
    pub(crate) fn all<T>(
        &mut self,
        name: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, RouteError> {
        let read = |value: String| parse(&value).ok_or_else(|| unknown_value(name, &value));
        self.texts(name).into_iter().map(read).collect()
    }

    /// The value of a parameter that stands there at most once.
    pub(crate) fn one<T>(
        &mut self,
        name: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, RouteError> {
        let mut values = self.all(name, parse)?;
        let value = values.pop();
        if values.is_empty() {
            return Ok(value);
        }
        let text = Text::new(
            format!("„{name}“ darf nur einmal dastehen."),
            format!("“{name}” may be there only once."),
        );
        Err(RouteError::new(StatusCode::BAD_REQUEST, "wrong-value", text).on(name))
    }

    /// A whole number in a range.
    pub(crate) fn number(
        &mut self,
        name: &'static str,
        range: RangeInclusive<usize>,
    ) -> Result<Option<usize>, RouteError> {
        let Some(raw) = self.one(name, |raw| Some(raw.to_owned()))? else {
            return Ok(None);
        };
        let number = raw.parse().ok().filter(|number| range.contains(number));
        number.map(Some).ok_or_else(|| {
            let (least, most) = range.clone().into_inner();
            let text = Text::new(
                format!("Hier wird eine Zahl von {least} bis {most} erwartet."),
                format!("A number from {least} to {most} is expected here."),
            );
            RouteError::new(StatusCode::BAD_REQUEST, "wrong-value", text).on(name)
        })
    }

    /// `true` or `false`; `false` if nothing is said.
    pub(crate) fn flag(&mut self, name: &'static str) -> Result<bool, RouteError> {
        let value = self.one(name, |raw| raw.parse().ok())?;
        Ok(value.unwrap_or(false))
    }

    /// Fails if some are left over.
    pub(crate) fn finish(&mut self) -> Result<(), RouteError> {
        let Some((name, _)) = self.0.pop() else {
            return Ok(());
        };
        let name = shortened(&name);
        let text = Text::new(
            format!("Den Parameter „{name}“ gibt es hier nicht."),
            format!("There is no parameter “{name}” here."),
        );
        Err(RouteError::new(StatusCode::BAD_REQUEST, "unknown-parameter", text).on(name))
    }
}

fn unknown_value(name: &'static str, value: &str) -> RouteError {
    let text = Text::new(
        format!("„{}“ ist hier nicht möglich.", shortened(value)),
        format!("“{}” is not possible here.", shortened(value)),
    );
    RouteError::new(StatusCode::BAD_REQUEST, "wrong-value", text).on(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_parameter_means_or_and_an_empty_one_nothing() {
        let mut parameters =
            Parameters::parse("space=pankow&space=&q=fr%C3%BChe+Hilfen&space=mitte");
        assert_eq!(parameters.texts("space"), ["pankow", "mitte"]);
        assert_eq!(parameters.texts("q"), ["frühe Hilfen"]);
        parameters.finish().unwrap();
    }

    #[track_caller]
    fn check<T: std::fmt::Debug>(result: Result<T, RouteError>, code: &str, field: &str) {
        let error = result.unwrap_err();
        assert_eq!((error.code(), error.field()), (code, Some(field)));
    }

    #[test]
    fn what_is_not_understood_names_the_parameter() {
        check(
            Parameters::parse("limt=3").finish(),
            "unknown-parameter",
            "limt",
        );
        check(
            Parameters::parse("limit=many").number("limit", 1..=9),
            "wrong-value",
            "limit",
        );
        check(
            Parameters::parse("limit=10").number("limit", 1..=9),
            "wrong-value",
            "limit",
        );
        check(
            Parameters::parse("limit=1&limit=2").number("limit", 1..=9),
            "wrong-value",
            "limit",
        );
        check(
            Parameters::parse("typing=yes").flag("typing"),
            "wrong-value",
            "typing",
        );
        let number = |raw: &str| raw.parse::<u8>().ok();
        check(
            Parameters::parse("a=1&a=x").all("a", number),
            "wrong-value",
            "a",
        );
    }
}
