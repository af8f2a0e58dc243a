//! Files of the kinds that people have are attached, read by this program and found by their words.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::time::Duration;

use denkraum_app::{Account, App, Extractor, NewPage, SearchRequest};
use denkraum_domain::{Audience, FileName, KindId, PageId, PageTitle, Role};
use denkraum_testkit::{FilesSetup, TestApp};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A PDF of one page with these words.
fn pdf(words: &str) -> Vec<u8> {
    let text = format!("BT /F1 12 Tf 72 700 Td ({words}) Tj ET");
    let content = format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len());
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>",
        &content,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ];
    let (mut file, mut places) = (b"%PDF-1.4\n".to_vec(), String::new());
    for (number, object) in (1..).zip(objects) {
        places = format!("{places}{:010} 00000 n \n", file.len());
        write!(file, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let at = file.len();
    write!(
        file,
        "xref\n0 6\n0000000000 65535 f \n{places}trailer\n<< /Size 6 /Root 1 0 R >>\n\
         startxref\n{at}\n%%EOF\n"
    )
    .unwrap();
    file
}

fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(words: &str) -> Vec<u8> {
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let body = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
    );
    archive(&[
        ("[Content_Types].xml", types.to_owned()),
        ("word/document.xml", body),
    ])
}

fn odt(words: &str) -> Vec<u8> {
    let kind = "application/vnd.oasis.opendocument.text";
    let body = format!(
        "<office:document-content><office:body><office:text><text:p>{words}</text:p>\
         </office:text></office:body></office:document-content>"
    );
    archive(&[("mimetype", kind.to_owned()), ("content.xml", body)])
}

async fn attach(app: &App, by: &Account, page: PageId, name: &str, bytes: &[u8]) {
    let name = FileName::parse(name).unwrap();
    let upload = app.begin_attachment(&by.actor(), page, name).await;
    let mut upload = upload.unwrap();
    upload.write(bytes).await.unwrap();
    app.attach(&by.actor(), upload).await.unwrap();
}

#[tokio::test]
async fn the_words_of_a_pdf_a_word_and_an_open_document_are_found_on_their_page() {
    let extractor = Extractor {
        program: env!("CARGO_BIN_EXE_denkraum").into(),
        arguments: vec!["extract-text".into()],
        time: Duration::from_secs(30),
        max_text: 10_000,
    };
    let setup = FilesSetup {
        extractor: Some(extractor),
        ..FilesSetup::default()
    };
    let test = TestApp::with_files(setup).await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let new = NewPage {
        id: None,
        title: Some(PageTitle::parse("Material").unwrap()),
        kind: KindId::parse("page").unwrap(),
        space: jana.home().unwrap().clone(),
        audience: Audience::Network,
        tags: Vec::new(),
        fields: BTreeMap::new(),
        body: None,
        emerged_from: None,
        markdown: Some("Hier liegt, was wir austeilen.".to_owned()),
    };
    let page = test.app.create_page(&jana.actor(), new).await.unwrap();
    let id = page.summary.page.id;
    let files = [
        ("Flyer.pdf", pdf("Die Lesepaten kommen montags.")),
        ("Protokoll.docx", docx("Der Zwiebelkuchen war schnell weg.")),
        ("Konzept.odt", odt("Ein Lastenrad bringt die Brotdosen.")),
    ];
    for (name, bytes) in &files {
        attach(&test.app, &jana, id, name, bytes).await;
    }
    test.app.texts_read().await;
    test.app.flush_search().await;
    for (asked, name, passage) in [
        ("Lesepate", "Flyer.pdf", "Die Lesepaten kommen montags."),
        (
            "Zwiebelkuchens",
            "Protokoll.docx",
            "Der Zwiebelkuchen war schnell weg.",
        ),
        (
            "Lastenräder",
            "Konzept.odt",
            "Ein Lastenrad bringt die Brotdosen.",
        ),
    ] {
        let request = SearchRequest {
            text: asked.to_owned(),
            limit: 10,
            ..SearchRequest::default()
        };
        let found = test.app.search(&jana.actor(), request).await.unwrap();
        let hit = found.hits.first().unwrap();
        assert_eq!(hit.summary.page.id, id, "{asked}");
        assert_eq!(
            (hit.heading.as_deref(), hit.in_attachment),
            (Some(name), true)
        );
        let words = hit.snippet.iter().map(|(text, _)| text.as_str());
        assert_eq!(words.collect::<String>().trim(), passage);
    }
}
