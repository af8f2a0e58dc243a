//! [B-6] Reading the text of hostile files costs one process, in bounds, and nothing else.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::io::{Cursor, Write as _};
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What the program says of a file.
fn extract(file: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_denkraum"))
        .arg("extract-text")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let written = stdin.write_all(file);
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    written.unwrap();
    output
}

fn pdf(objects: &[&[u8]]) -> Vec<u8> {
    let (mut file, mut places) = (b"%PDF-1.4\n".to_vec(), String::new());
    for (number, object) in objects.iter().enumerate() {
        places.push_str(&format_place(file.len()));
        writeln!(file, "{} 0 obj", number + 1).unwrap();
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let (at, count) = (file.len(), objects.len() + 1);
    write!(
        file,
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n\
         << /Size {count} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"
    )
    .unwrap();
    file
}

fn format_place(at: usize) -> String {
    format!("{at:010} 00000 n \n")
}

const CATALOGUE: &[u8] = b"<< /Type /Catalog /Pages 2 0 R >>";
const PAGES: &[u8] = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
const FONT: &[u8] =
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<< /Length {}{entries} >>\nstream\n", bytes.len()).into_bytes();
    object.extend_from_slice(bytes);
    object.extend_from_slice(b"\nendstream");
    object
}

fn page(parent: &str) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page /Parent {parent} /MediaBox [0 0 612 792] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
    );
    page.into_bytes()
}

#[test]
fn the_words_of_an_honest_file_are_printed() {
    let words = stream("", b"BT /F1 12 Tf 72 700 Td (Die Lesepaten kommen.) Tj ET");
    let file = pdf(&[CATALOGUE, PAGES, &page("2 0 R"), &words, FONT]);
    let output = extract(&file);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.trim(), "Die Lesepaten kommen.");
}

#[test]
fn a_pdf_that_leads_back_to_itself_ends_the_process_without_a_text() {
    let looping = b"<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>";
    let words = stream("", b"BT /F1 12 Tf (x) Tj ET");
    let output = extract(&pdf(&[CATALOGUE, PAGES, looping, &words, FONT]));
    assert!(!output.status.success(), "{output:?}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_pdf_that_unpacks_to_gigabytes_ends_the_process_without_a_text() {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..1200 {
        packer.write_all(&zeros).unwrap();
    }
    let bomb = stream(" /Filter /FlateDecode", &packer.finish().unwrap());
    assert!(bomb.len() < 50 << 20, "such a file can be attached");
    let output = extract(&pdf(&[CATALOGUE, PAGES, &page("2 0 R"), &bomb, FONT]));
    assert!(!output.status.success(), "{:?}", output.status);
    assert!(output.stdout.is_empty());
}

#[test]
fn an_archive_that_unpacks_without_end_gives_no_more_text_than_is_wanted() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    writer.start_file("word/document.xml", options).unwrap();
    let paragraph = "<w:p><w:r><w:t>Schwall</w:t></w:r></w:p>".repeat(1 << 14);
    writer.write_all(b"<w:document>").unwrap();
    for _ in 0..200 {
        writer.write_all(paragraph.as_bytes()).unwrap();
    }
    let file = writer.finish().unwrap().into_inner();
    let output = extract(&file);
    assert!(output.status.success(), "{:?}", output.status);
    assert!(output.stdout.starts_with(b"Schwall"));
    assert!((1 << 19..=1 << 20).contains(&output.stdout.len()));
}

#[test]
fn nothing_of_a_broken_file_is_printed() {
    for file in [&b"%PDF-1.7\n1 0 obj\n<<"[..], b"PK\x03\x04", b"\0\0\0", b""] {
        let output = extract(file);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(output.stdout.is_empty());
    }
}
