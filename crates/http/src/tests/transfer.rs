//! Pages in and out as files.

use axum::http::{Method, StatusCode};
use denkraum_domain::Role;

use crate::testing::Server;

/// A zip of these files without compression (PKWARE APPNOTE 6.3.10).
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut parts = Vec::new();
    let mut directory = Vec::new();
    for (name, text) in files {
        let at = u32::try_from(parts.len()).unwrap();
        let size = u32::try_from(text.len()).unwrap().to_le_bytes();
        let mut about = vec![0, 8, 0, 0, 0, 0, 0, 0];
        about.extend(crc32(text.as_bytes()).to_le_bytes());
        about.extend(size);
        about.extend(size);
        about.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        about.extend([0, 0]);
        parts.extend(b"PK\x03\x04\x14\x00");
        parts.extend(&about);
        parts.extend(name.bytes().chain(text.bytes()));
        directory.extend(b"PK\x01\x02\x14\x00\x14\x00");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.bytes());
    }
    let [at, length] = [parts.len(), directory.len()].map(|n| u32::try_from(n).unwrap());
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    parts.extend(directory);
    parts.extend(b"PK\x05\x06\x00\x00\x00\x00");
    parts.extend([count, count].concat());
    parts.extend(length.to_le_bytes());
    parts.extend(at.to_le_bytes());
    parts.extend([0, 0]);
    parts
}

fn crc32(bytes: &[u8]) -> u32 {
    let sum = bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    });
    !sum
}

#[tokio::test]
async fn a_folder_of_markdown_is_looked_at_and_then_taken() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Writer, "pankow").await;
    let bytes = archive(&[
        ("a.md", "---\ntitle: Anfang\nspace: pankow\n---\nText\n"),
        ("b.md", "Siehe [Anfang](a.md) und <u>mehr</u>."),
        ("../c.md", "x"),
    ]);
    let send = async |query: &str, language: &str| {
        let path = format!("/api/v1/import?{query}");
        let call = server.call(Method::POST, &path).by(&jana);
        let call = call.header("accept-language", language).body(bytes.clone());
        call.send().await.expect(StatusCode::OK).json()
    };
    let looked = send("preview=true", "de").await;
    assert_eq!(looked["preview"], true);
    assert_eq!(looked["created"], 1);
    let failed = looked["failed"].as_array().unwrap();
    assert_eq!(failed[0]["file"], "../c.md");
    assert_eq!(
        failed[0]["detail"],
        "Der Name dieser Datei führt aus dem Ordner hinaus."
    );
    assert_eq!(failed[1]["field"], "space");
    assert_eq!(failed[1]["detail"], "Diese Angabe fehlt.");
    let none = server.get("/api/v1/pages").by(&jana).send().await.json();
    assert_eq!(none["items"].as_array().unwrap().len(), 0);

    let done = send("space=pankow", "en").await;
    assert_eq!(
        (&done["preview"], &done["created"]),
        (&false.into(), &2.into())
    );
    let failed = done["failed"].as_array().unwrap();
    assert_eq!(failed.len(), 1);
    assert_eq!(
        failed[0]["detail"],
        "The name of this file leads out of the folder."
    );
    let remarks = done["remarks"].to_string();
    assert!(remarks.contains("HTML was left out"), "{remarks}");
    let id = done["pages"][1]["id"].as_str().unwrap();
    let shown = server.get(&format!("/api/v1/pages/{id}")).by(&jana);
    let shown = shown.send().await.json();
    assert_eq!(shown["links"][0]["title"], "Anfang");
}

#[tokio::test]
async fn what_cannot_be_read_at_all_is_a_problem() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Writer, "pankow").await;
    for (body, code) in [
        (b"PK\x03\x04nonsense".to_vec(), "damaged-archive"),
        (b"\xff\xfe".to_vec(), "not-utf8"),
    ] {
        let call = server.call(Method::POST, "/api/v1/import").by(&jana);
        call.body(body).send().await.refused(400, code, None);
    }
    let call = server.call(Method::POST, "/api/v1/import?preview=perhaps");
    let answer = call.by(&jana).send().await;
    answer.refused(400, "wrong-value", Some("preview"));
}

#[tokio::test]
async fn an_export_is_a_file_in_the_wanted_form() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Writer, "pankow").await;
    server.page(&jana, "Eins", "space").await;
    for (query, kind, ending) in [
        ("", "application/zip", ".zip\""),
        ("?space=pankow&format=md", "application/zip", ".zip\""),
        ("?format=html", "application/zip", ".zip\""),
        ("?format=jsonl", "application/jsonl", ".jsonl\""),
    ] {
        let path = format!("/api/v1/export{query}");
        let answer = server.get(&path).by(&jana).send().await;
        let answer = answer.expect(StatusCode::OK);
        assert_eq!(answer.header("content-type"), kind, "{query}");
        let file = answer.header("content-disposition");
        assert!(
            file.starts_with("attachment; filename=\"denkraum-") && file.ends_with(ending),
            "{file}"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let lines = server.get("/api/v1/export?format=jsonl").by(&jana);
    let line: serde_json::Value = serde_json::from_str(&lines.send().await.text()).unwrap();
    assert_eq!(
        (&line["title"], &line["authors"][0]),
        (&"Eins".into(), &"jana".into())
    );

    let nowhere = server.get("/api/v1/export?space=atlantis").by(&jana);
    let nowhere = nowhere.send().await;
    nowhere.refused(422, "unknown-value", Some("space"));
    let ruth = server.person("ruth", Role::Writer, "lichtenberg").await;
    let id = line["id"].as_str().unwrap();
    let path = format!("/api/v1/pages/{id}/export?format=archive");
    let archive = server.get(&path).by(&jana).send().await;
    let archive = archive.expect(StatusCode::OK);
    assert_eq!(archive.header("content-type"), "application/zip");
    let file = archive.header("content-disposition");
    assert!(
        file.starts_with("attachment; filename=\"denkraum-eins-"),
        "{file}"
    );
    let hidden = server.get(&path).by(&ruth).send().await;
    hidden.expect(StatusCode::NOT_FOUND);

    let unknown = server.get("/api/v1/export?format=docx").by(&jana);
    let unknown = unknown.send().await;
    unknown.refused(400, "wrong-value", Some("format"));
}
