use super::*;

/// A small build: a shell, a file with a hash and its compressed form, a picture.
#[derive(RustEmbed)]
#[folder = "tests/web"]
struct Small;

fn get(path: &str, lines: &[(&str, &str)]) -> Response {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let name: axum::http::HeaderName = name.parse().unwrap();
        headers.append(name, value.parse().unwrap());
    }
    respond(Small::get, &Method::GET, path, &headers)
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

async fn bytes(response: Response) -> Vec<u8> {
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await;
    bytes.unwrap().to_vec()
}

async fn text(response: Response) -> String {
    String::from_utf8(bytes(response).await).unwrap()
}

#[tokio::test]
async fn every_address_of_the_application_gets_the_shell_and_asks_again_each_time() {
    for path in [
        "/",
        "/anmelden",
        "/seiten/x/fruehe-hilfen",
        "/suche",
        "/index.html",
    ] {
        let response = get(path, &[]);
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(header(&response, "cache-control"), "no-cache", "{path}");
        assert_eq!(
            header(&response, "content-type"),
            "text/html; charset=utf-8"
        );
        assert!(text(response).await.contains("id=\"app\""), "{path}");
    }
}

#[test]
fn files_that_are_not_there_and_foreign_addresses_are_not_the_shell() {
    for path in [
        "/assets/gone.js",
        "/assets/gone",
        "/favicon.ico",
        "/seiten/x.html",
        "/api",
        "/api/v1/nothing",
        "/ws/other",
        "/../Cargo.toml",
        "/assets/../../Cargo.toml",
    ] {
        assert_eq!(get(path, &[]).status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(get("/apiary", &[]).status(), StatusCode::OK);
}

#[test]
fn hashed_files_are_kept_for_ever_and_others_asked_about() {
    let hashed = get("/assets/app-1a2b3c.js", &[]);
    assert_eq!(
        header(&hashed, "cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(
        header(&hashed, "content-type"),
        "text/javascript; charset=utf-8"
    );
    let icon = get("/icon.svg", &[]);
    assert_eq!(header(&icon, "cache-control"), "no-cache");
    assert_eq!(header(&icon, "content-type"), "image/svg+xml");
}

#[tokio::test]
async fn the_smallest_form_that_the_browser_takes_is_sent() {
    let plain = get("/assets/app-1a2b3c.js", &[]);
    let script = bytes(plain).await;
    for (accepted, coding) in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("identity", ""),
        ("br;q=0.0", ""),
    ] {
        let response = get("/assets/app-1a2b3c.js", &[("accept-encoding", accepted)]);
        assert_eq!(header(&response, "content-encoding"), coding, "{accepted}");
        assert_eq!(header(&response, "vary"), "accept-encoding");
        assert_eq!(
            header(&response, "content-type"),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(
            bytes(response).await == script,
            coding.is_empty(),
            "{accepted}"
        );
    }
    let icon = get("/icon.svg", &[("accept-encoding", "br")]);
    assert_eq!(header(&icon, "content-encoding"), "");
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again() {
    let first = get("/", &[]);
    let tag = header(&first, "etag").to_owned();
    for known in [
        tag.clone(),
        format!("W/{tag}"),
        format!("\"x\", {tag}"),
        "*".to_owned(),
    ] {
        let again = get("/", &[("if-none-match", &known)]);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{known}");
        assert_eq!(header(&again, "etag"), tag);
        assert_eq!(header(&again, "cache-control"), "no-cache");
        assert_eq!(text(again).await, "");
    }
    let other = get("/", &[("if-none-match", "\"x\"")]);
    assert_eq!(other.status(), StatusCode::OK);
}

#[test]
fn forms_of_one_file_have_different_entity_tags() {
    let path = "/assets/app-1a2b3c.js";
    let plain = get(path, &[]);
    let small = get(path, &[("accept-encoding", "br")]);
    assert_ne!(header(&plain, "etag"), header(&small, "etag"));
}

#[test]
fn nothing_is_written_here() {
    let response = respond(Small::get, &Method::POST, "/anmelden", &HeaderMap::new());
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn without_a_build_the_page_says_how_to_make_one() {
    let response = respond(|_| None, &Method::GET, "/", &HeaderMap::new());
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(header(&response, "cache-control"), "no-store");
    assert!(text(response).await.contains("cargo xtask run"));
}
