//! A whole server for tests: the application in a temporary folder behind the real router.

use axum::Router;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, Method, Request, StatusCode};
use denkraum_app::{Password, SessionToken};
use denkraum_domain::{PageId, Role};
use denkraum_testkit::{FilesSetup, PASSWORD, TestApp};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::{HttpConfig, router};

pub(crate) struct Server {
    pub(crate) kit: TestApp,
    router: Router,
}

impl Server {
    pub(crate) async fn new() -> Self {
        Self::with(HttpConfig::default()).await
    }

    pub(crate) async fn with(config: HttpConfig) -> Self {
        let kit = TestApp::new().await;
        let router = router(kit.app.clone(), config);
        Self::around(kit, router)
    }

    /// One that takes files of so many bytes.
    pub(crate) async fn with_files(max_bytes: u64) -> Self {
        let files = FilesSetup {
            max_bytes,
            ..FilesSetup::default()
        };
        let kit = TestApp::with_files(files).await;
        let router = router(kit.app.clone(), HttpConfig::default());
        Self::around(kit, router)
    }

    pub(crate) fn around(kit: TestApp, router: Router) -> Self {
        Self { kit, router }
    }

    /// Adds a person and signs them in.
    pub(crate) async fn person(&self, login: &str, role: Role, space: &str) -> SessionToken {
        self.kit.person(login, role, space).await;
        self.sign_in(login).await
    }

    pub(crate) async fn sign_in(&self, login: &str) -> SessionToken {
        let password = Password::attempt(PASSWORD.to_owned()).unwrap();
        self.kit.app.sign_in(login, &password).await.unwrap().token
    }

    pub(crate) fn get(&self, path: &str) -> Call<'_> {
        self.call(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Call<'_> {
        self.call(Method::POST, path).json(body)
    }

    pub(crate) fn patch(&self, path: &str, body: &Value) -> Call<'_> {
        self.call(Method::PATCH, path).json(body)
    }

    pub(crate) fn call(&self, method: Method, path: &str) -> Call<'_> {
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().unwrap();
        Call {
            server: self,
            request,
        }
    }

    /// Creates a page and returns its id.
    pub(crate) async fn page(&self, by: &SessionToken, title: &str, audience: &str) -> PageId {
        let body = json!({
            "title": title,
            "kind": "practice_case",
            "space": "pankow",
            "audience": audience,
            "markdown": "Ein Satz.",
        });
        let created = self.post("/api/v1/pages", &body).by(by).send().await;
        let page = created.expect(StatusCode::CREATED).json();
        PageId::parse(page["id"].as_str().unwrap()).unwrap()
    }
}

/// A request in the making.
pub(crate) struct Call<'a> {
    server: &'a Server,
    request: Request<Body>,
}

impl Call<'_> {
    /// On behalf of a person, as a program does it.
    pub(crate) fn by(self, token: &SessionToken) -> Self {
        let line = format!("Bearer {}", token.reveal());
        self.header(AUTHORIZATION, &line)
    }

    /// With the cookie, as a browser does it.
    pub(crate) fn cookie(self, token: &SessionToken) -> Self {
        let line = format!("denkraum={}", token.reveal());
        self.header(axum::http::header::COOKIE, &line)
    }

    pub(crate) fn header(mut self, name: impl TryInto<HeaderName>, value: &str) -> Self {
        let Ok(name) = name.try_into() else {
            panic!("no header name")
        };
        self.request
            .headers_mut()
            .append(name, value.parse().unwrap());
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.header(CONTENT_TYPE, "application/json")
            .body(body.to_string())
    }

    pub(crate) fn body(mut self, body: impl Into<Body>) -> Self {
        *self.request.body_mut() = body.into();
        self
    }

    pub(crate) async fn send(self) -> Answer {
        let what = format!("{} {}", self.request.method(), self.request.uri());
        let response = self
            .server
            .router
            .clone()
            .oneshot(self.request)
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            what,
            status: parts.status,
            headers: parts.headers,
            body: body.to_vec(),
        }
    }
}

pub(crate) struct Answer {
    what: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    #[track_caller]
    pub(crate) fn expect(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.what, self.text());
        self
    }

    /// Status, code and field of problem details.
    #[track_caller]
    pub(crate) fn problem(&self) -> (u16, String, Option<String>) {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.what
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16(), "{}", self.what);
        let text = |name: &str| problem[name].as_str().map(str::to_owned);
        (self.status.as_u16(), text("code").unwrap(), text("field"))
    }

    /// Fails unless the answer is this problem.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str, field: Option<&str>) {
        let wanted = (status, code.to_owned(), field.map(str::to_owned));
        assert_eq!(self.problem(), wanted, "{}: {}", self.what, self.text());
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.body
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let json = serde_json::from_slice(&self.body);
        json.unwrap_or_else(|error| panic!("{}: {error}: {}", self.what, self.text()))
    }
}
