use axum::Router;
use axum::http::StatusCode;
use denkraum_domain::Role;
use denkraum_testkit::TestApp;
use serde_json::json;
use tokio_util::task::TaskTracker;

use super::*;
use crate::HttpConfig;
use crate::testing::{Answer, Server};

const SHELL: &str = include_str!("../../tests/web/reading.html");

/// A server whose build is the small one of the tests.
async fn server() -> Server {
    let kit = TestApp::new().await;
    let shared = Shared::new(kit.app.clone(), HttpConfig::default(), TaskTracker::new());
    let reading = routes_with(|| Some(SHELL.to_owned()));
    let api = Router::from(crate::routes::signed_in());
    let session =
        axum::middleware::from_fn_with_state(shared.clone(), crate::session::require_session);
    let routes = api
        .route_layer(session)
        .merge(reading)
        .fallback(web::handler);
    Server::around(kit, crate::router::wrap(routes, shared))
}

async fn with_page(server: &Server) -> (denkraum_app::SessionToken, String) {
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let body = json!({
        "title": "Frühe <Hilfen> & mehr",
        "kind": "approach",
        "space": "pankow",
        "audience": "space",
        "fields": { "summary": "Kaffee <b>zur</b> Bringzeit", "status": "tried" },
        "markdown": "## Anfang\n\nKaffee **vor** der Kita. <!--denkraum:page-->",
    });
    let created = server.post("/api/v1/pages", &body).by(&jana).send().await;
    let page = created.expect(StatusCode::CREATED).json();
    let id = page["id"].as_str().unwrap();
    (jana, format!("/seiten/{id}/fruehe-hilfen"))
}

#[track_caller]
fn is_private(answer: &Answer) {
    assert_eq!(answer.header("cache-control"), "private, no-cache");
    assert!(answer.header("vary").contains("cookie"));
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"));
}

#[tokio::test]
async fn whoever_may_read_a_page_gets_all_of_it_in_the_first_answer() {
    let server = server().await;
    let (jana, path) = with_page(&server).await;
    let answer = server.get(&path).cookie(&jana).send().await;
    let answer = answer.expect(StatusCode::OK);
    is_private(&answer);
    let text = answer.text();
    for part in [
        "<html lang=\"de\">",
        "<title>Frühe &lt;Hilfen&gt; &amp; mehr · Denkraum</title>",
        "lang=\"de\" data-early=\"title\">Frühe &lt;Hilfen&gt; &amp; mehr</h1>",
        "<h3 id=\"h-anfang\">Anfang</h3>",
        "<strong>vor</strong>",
        "Kaffee &lt;b&gt;zur&lt;/b&gt; Bringzeit",
        "href=\"#h-anfang\">Anfang</a>",
        "Auf einen Blick",
        "<span class=\"badge kind hue-150\"><svg",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // Nothing inline that the policy would refuse.
    assert!(!text.contains("<script") && !text.contains(" style=") && !text.contains(" onclick="));
    assert_eq!(text.matches("<!--denkraum:page-->").count(), 0);
}

#[tokio::test]
async fn whoever_may_write_sees_where_answers_are_still_to_come() {
    let server = server().await;
    let (jana, path) = with_page(&server).await;
    let writer = server.get(&path).cookie(&jana).send().await;
    let reader = server.person("gast", Role::Reader, "pankow").await;
    let reader = server.get(&path).cookie(&reader).send().await;
    let (writer, reader) = (writer.text(), reader.text());
    assert!(writer.contains("<p class=\"empty "), "{writer}");
    assert!(!writer.contains("<p class=\"none "), "{writer}");
    assert!(reader.contains("<p class=\"none "), "{reader}");
    assert!(!reader.contains("<p class=\"empty "), "{reader}");
    // One of a few choices stands among the others.
    for text in [&writer, &reader] {
        let chosen = text.split("<li class=\"chosen ").nth(1).unwrap_or_default();
        assert!(chosen.contains("</svg>erprobt</li>"), "{text}");
    }
}

#[tokio::test]
async fn it_speaks_the_readers_language() {
    let server = server().await;
    let (jana, path) = with_page(&server).await;
    let call = server.get(&path).cookie(&jana);
    let text = call.header("accept-language", "en").send().await.text();
    assert!(text.contains("<html lang=\"en\">"), "{text}");
    assert!(text.contains("At a glance"), "{text}");
}

#[tokio::test]
async fn it_is_asked_about_again_and_not_sent_twice() {
    let server = server().await;
    let (jana, path) = with_page(&server).await;
    let first = server.get(&path).cookie(&jana).send().await;
    let tag = first.header("etag").to_owned();
    let again = server
        .get(&path)
        .cookie(&jana)
        .header("if-none-match", &tag);
    let again = again.send().await.expect(StatusCode::NOT_MODIFIED);
    is_private(&again);
    assert_eq!(again.text(), "");
    let id = path.split('/').nth(2).unwrap();
    let change = json!({ "title": "Neu" });
    let changed = server
        .patch(&format!("/api/v1/pages/{id}"), &change)
        .by(&jana);
    changed.send().await.expect(StatusCode::OK);
    let later = server
        .get(&path)
        .cookie(&jana)
        .header("if-none-match", &tag);
    let later = later.send().await.expect(StatusCode::OK);
    assert!(later.text().contains("<title>Neu · Denkraum</title>"));
}

#[tokio::test]
async fn whoever_may_not_read_it_learns_nothing() {
    let server = server().await;
    let (_, path) = with_page(&server).await;
    let ruth = server
        .person("ruth", Role::Coordinator, "lichtenberg")
        .await;
    let nobody = server.get(&path).send().await;
    let stranger = server.get(&path).cookie(&ruth).send().await;
    let unknown = server
        .get("/seiten/01hekn7k00000000000000000c/x")
        .cookie(&ruth)
        .send()
        .await;
    let nonsense = server.get("/seiten/x/y").cookie(&ruth).send().await;
    for answer in [&nobody, &stranger, &unknown, &nonsense] {
        assert_eq!(answer.status, StatusCode::OK);
        assert!(!answer.text().contains("Hilfen"), "{}", answer.text());
        assert!(!answer.text().contains("Kaffee"), "{}", answer.text());
        assert_eq!(answer.text(), nobody.text());
        assert_eq!(answer.header("cache-control"), "private, no-cache");
    }
}

#[tokio::test]
async fn a_page_says_what_it_emerged_from_and_what_emerged_from_it() {
    let server = server().await;
    let (jana, notes) = with_page(&server).await;
    let origin = notes.split('/').nth(2).unwrap();
    let body = json!({
        "title": "Zweiter Brief",
        "kind": "page",
        "space": "pankow",
        "audience": "space",
        "body": [{ "type": "paragraph", "content": [{ "type": "text", "text": "Kaffee" }] }],
        "emerged_from": origin,
    });
    let created = server.post("/api/v1/pages", &body).by(&jana).send().await;
    let created = created.expect(StatusCode::CREATED).json();
    let path = format!("/seiten/{}", created["id"].as_str().unwrap());
    let read = async |path: &str| {
        let answer = server.get(path).cookie(&jana).send().await;
        answer.expect(StatusCode::OK).text()
    };
    let text = read(&path).await;
    let named = format!(
        "<span>entstanden aus <a href=\"/seiten/{origin}\">Frühe &lt;Hilfen&gt; &amp; mehr</a></span>"
    );
    assert_eq!(text.matches(&named).count(), 1, "{text}");
    assert!(text.contains("<span class=\"badge line\">entstanden aus</span>"));
    let text = read(&notes).await;
    assert!(text.contains("<span class=\"badge line\">hieraus entstanden</span>"));
    assert!(!text.contains("entstanden aus"));
}
