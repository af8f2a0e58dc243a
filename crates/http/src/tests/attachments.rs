//! Files over the API: what is sent, refused, and handed over.

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use denkraum_app::SessionToken;
use denkraum_domain::{PageId, Role};
use futures_util::stream;
use serde_json::{Value, json};

use crate::testing::{Answer, Call, Server};

fn attach<'a>(server: &'a Server, page: PageId, name: &str, body: impl Into<Body>) -> Call<'a> {
    let address = format!("/api/v1/pages/{page}/attachments?name={name}");
    server.call(Method::POST, &address).body(body)
}

fn address(page: PageId, file: &Value) -> String {
    let id = file["id"].as_str().unwrap();
    format!("/api/v1/pages/{page}/attachments/{id}")
}

async fn attached(server: &Server, by: &SessionToken, page: PageId, name: &str) -> Value {
    let answer = attach(server, page, name, "Ein Satz.").by(by).send().await;
    answer.expect(StatusCode::CREATED).json()
}

async fn shelf() -> (Server, SessionToken, PageId) {
    let server = Server::with_files(1 << 20).await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let page = server.page(&jana, "Seite", "space").await;
    (server, jana, page)
}

#[tokio::test]
async fn a_file_is_attached_listed_handed_over_and_removed() {
    let (server, jana, page) = shelf().await;
    let bytes: Vec<u8> = (0..700_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let parts = bytes.chunks(65_537).map(Bytes::copy_from_slice);
    let parts = parts.map(Ok::<_, std::io::Error>).collect::<Vec<_>>();
    let body = Body::from_stream(stream::iter(parts));
    let call = attach(&server, page, "%C3%9Cbersicht%20(1).pdf", body);
    let file = call.by(&jana).send().await.expect(StatusCode::CREATED);
    let file = file.json();
    assert_eq!(file["name"], "Übersicht (1).pdf");
    assert_eq!(file["bytes"], 700_000);
    assert_eq!(file["by"]["name"], "jana");

    let all = format!("/api/v1/pages/{page}/attachments");
    let rita = server.person("rita", Role::Reader, "pankow").await;
    let listed = server.get(&all).by(&rita).send().await.json();
    assert_eq!(listed["items"], json!([file]));
    assert_eq!(listed["can"], json!({ "edit": false }));
    assert_eq!(listed["max_bytes"], 1 << 20);

    let one = address(page, &file);
    let download = server.get(&one).by(&rita).send().await;
    let download = download.expect(StatusCode::OK);
    assert!(download.bytes() == bytes);
    assert_eq!(download.header("content-length"), "700000");
    assert_eq!(
        download.header("content-disposition"),
        "attachment; filename=\"_bersicht _1_.pdf\"; \
         filename*=UTF-8''%C3%9Cbersicht%20%281%29.pdf"
    );

    let removed = server.call(Method::DELETE, &one).by(&jana).send().await;
    removed.expect(StatusCode::NO_CONTENT);
    let gone = server.get(&one).by(&jana).send().await;
    gone.refused(404, "unknown-attachment", None);
    let listed = server.get(&all).by(&jana).send().await.json();
    assert_eq!(listed["items"], json!([]));
}

/// Whatever a file is or says it is, no browser shows or runs it here.
#[tokio::test]
async fn a_hostile_file_is_handed_over_as_bytes_to_keep() {
    let (server, jana, page) = shelf().await;
    let gif_script = "GIF89a/*\u{0}*/=1;alert(document.domain)";
    for (name, kind, text) in [
        ("a.html", "text/html", "<script>alert(1)</script>"),
        ("a.svg", "image/svg+xml", "<svg onload=\"alert(1)\"/>"),
        ("a.gif", "image/gif", gif_script),
        ("a.js", "text/javascript", "alert(1)"),
        ("a.pdf", "text/html", "%PDF-1.4 <script>alert(1)</script>"),
        ("a.xml", "text/xml", "<?xml-stylesheet href=\"x\"?>"),
        ("%22%3E%3Cscript%3E.html", "text/html", "x"),
    ] {
        let call = attach(&server, page, name, text).header("content-type", kind);
        let file = call.by(&jana).send().await;
        let file = file.expect(StatusCode::CREATED).json();
        let answer = server.get(&address(page, &file)).by(&jana).send().await;
        let answer = answer.expect(StatusCode::OK);
        assert_eq!(answer.text(), text, "{name}");
        for (header, value) in [
            ("content-type", "application/octet-stream"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "sandbox; default-src 'none'"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(header), value, "{name}: {header}");
        }
        let disposition = answer.header("content-disposition");
        assert!(disposition.starts_with("attachment; "), "{disposition}");
        assert!(
            !disposition.contains(['<', '>', '\r', '\n']),
            "{disposition}"
        );
        let media = file["media_type"].as_str().unwrap();
        let runs = ["html", "svg", "xml", "script"];
        assert!(!runs.iter().any(|runs| media.contains(runs)), "{media}");
    }
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_in_the_readers_language() {
    let (server, jana, page) = shelf().await;
    let large = vec![7_u8; (1 << 20) + 1];
    let known = attach(&server, page, "a.bin", large.clone());
    let known = known.by(&jana).header("accept-language", "de");
    let known = known.header("content-length", &large.len().to_string());
    let parts = large.chunks(1 << 16).map(Bytes::copy_from_slice);
    let parts = parts.map(Ok::<_, std::io::Error>).collect::<Vec<_>>();
    let streamed = Body::from_stream(stream::iter(parts));
    let streamed = attach(&server, page, "a.bin", streamed).by(&jana);
    let streamed = streamed.header("accept-language", "en");
    for (call, words) in [(known, "höchstens 1 MB"), (streamed, "At most 1 MB")] {
        let answer = call.send().await;
        answer.refused(413, "too-large", None);
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(words), "{detail}");
    }
    let broken = [Ok(Bytes::from("Ein")), Err(std::io::Error::other("gone"))];
    let broken = attach(
        &server,
        page,
        "a.bin",
        Body::from_stream(stream::iter(broken)),
    );
    let broken = broken.by(&jana).send().await;
    broken.refused(400, "broken-off", None);
    let all = format!("/api/v1/pages/{page}/attachments");
    let listed = server.get(&all).by(&jana).send().await.json();
    assert_eq!(listed["items"], json!([]));
    assert_eq!(std::fs::read_dir(server.kit.blobs()).unwrap().count(), 0);
}

/// Every pair of a page and a file of which one is not open to whoever asks.
#[tokio::test]
async fn no_file_is_reached_through_another_page_or_by_guessing() {
    let (server, jana, page) = shelf().await;
    let file = attached(&server, &jana, page, "a.txt").await;
    let ruth = server.person("ruth", Role::Coordinator, "mitte").await;
    let body = json!({
        "title": "In Mitte", "kind": "page", "space": "mitte", "audience": "space",
        "markdown": "",
    });
    let own = server.post("/api/v1/pages", &body).by(&ruth).send().await;
    let own = own.expect(StatusCode::CREATED).json();
    let own = PageId::parse(own["id"].as_str().unwrap()).unwrap();
    let theirs = attached(&server, &ruth, own, "b.txt").await;

    let both = async |address: String, who: &SessionToken| -> [Answer; 2] {
        let read = server.get(&address).by(who).send().await;
        let removed = server.call(Method::DELETE, &address).by(who).send().await;
        [read, removed]
    };
    for answer in both(address(page, &file), &ruth).await {
        answer.refused(404, "unknown-page", None);
    }
    for answer in both(address(page, &theirs), &ruth).await {
        answer.refused(404, "unknown-page", None);
    }
    // A page of one's own opens nothing of others.
    for answer in both(address(own, &file), &ruth).await {
        answer.refused(404, "unknown-attachment", None);
    }
    for id in [
        "nonsense",
        "1",
        "..%2F..%2Fmanifest",
        "00000000-0000-4000-8000-000000000000",
    ] {
        for answer in both(format!("/api/v1/pages/{page}/attachments/{id}"), &jana).await {
            answer.refused(404, "unknown-attachment", None);
        }
    }
    let all = format!("/api/v1/pages/{page}/attachments");
    let hidden = server.get(&all).by(&ruth).send().await;
    hidden.refused(404, "unknown-page", None);
    let hidden = attach(&server, page, "a.txt", "x").by(&ruth).send().await;
    hidden.refused(404, "unknown-page", None);
    let read = server.get(&address(page, &file)).by(&jana).send().await;
    assert_eq!(read.expect(StatusCode::OK).text(), "Ein Satz.");

    let rita = server.person("rita", Role::Reader, "pankow").await;
    let refused = attach(&server, page, "a.txt", "x").by(&rita).send().await;
    refused.refused(403, "forbidden", None);
    let removed = server.call(Method::DELETE, &address(page, &file)).by(&rita);
    removed.send().await.refused(403, "forbidden", None);
}

#[tokio::test]
async fn a_file_needs_a_name_and_another_site_sends_none() {
    let (server, jana, page) = shelf().await;
    for (name, code) in [("", "value-empty"), ("..%2F", "value-empty")] {
        let refused = attach(&server, page, name, "x").by(&jana).send().await;
        refused.refused(422, code, Some("name"));
    }
    let long = attach(&server, page, &"x".repeat(201), "x").by(&jana);
    long.send()
        .await
        .refused(422, "value-too-long", Some("name"));
    let named = attached(&server, &jana, page, "..%2F..%2Fmanifest").await;
    assert_eq!(named["name"], "manifest");
    let foreign = attach(&server, page, "a.txt", "x").cookie(&jana);
    let foreign = foreign
        .header("origin", "https://evil.example")
        .send()
        .await;
    assert_eq!(foreign.problem().0, 403);
}
