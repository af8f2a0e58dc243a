//! PDF.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, PlainTextOutput, output_doc_page};

/// The text of the pages that can be read. The library panics at fonts that it does not know; that
/// costs the page.
pub(crate) fn text_of(file: &[u8], max_text: usize) -> Option<String> {
    let document = catch_unwind(|| open(file)).ok()??;
    let mut text = String::new();
    for page in document.get_pages().keys() {
        if text.len() >= max_text {
            break;
        }
        let read = catch_unwind(AssertUnwindSafe(|| page_text(&document, *page)));
        if let Ok(Some(of_page)) = read {
            text.push_str(of_page.trim());
            text.push('\n');
        }
    }
    Some(text)
}

fn open(file: &[u8]) -> Option<Document> {
    let mut document = Document::load_mem(file).ok()?;
    if document.is_encrypted() {
        // Many are locked against changes alone, without a word to read them.
        document.decrypt("").ok()?;
    }
    Some(document)
}

fn page_text(document: &Document, page: u32) -> Option<String> {
    let mut text = String::new();
    let mut output = PlainTextOutput::new(&mut text);
    output_doc_page(document, &mut output, page).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF of one page, as short as it can be; readers mend the table that it lacks.
    fn pdf(words: &str) -> Vec<u8> {
        let stream = format!("BT /F1 12 Tf 72 700 Td ({words}) Tj ET");
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
             /Resources << /Font << /F1 5 0 R >> >> >>"
                .to_owned(),
            format!(
                "<< /Length {} >>\nstream\n{stream}\nendstream",
                stream.len()
            ),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
                .to_owned(),
        ];
        let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), Vec::new());
        for (number, object) in objects.iter().enumerate() {
            places.push(format!("{:010} 00000 n \n", file.len()));
            file.push_str(
                &[
                    "",
                    &(number + 1).to_string(),
                    " 0 obj\n",
                    object,
                    "\nendobj\n",
                ]
                .concat(),
            );
        }
        let at = file.len();
        let places = places.concat();
        let trailer = format!(
            "xref\n0 6\n0000000000 65535 f \n{places}trailer\n<< /Size 6 /Root 1 0 R >>\n\
             startxref\n{at}\n%%EOF\n"
        );
        [file, trailer].concat().into_bytes()
    }

    #[test]
    fn the_words_of_a_pdf_are_read() {
        let text = text_of(&pdf("Die Lesepaten kommen montags."), 1000).unwrap();
        assert_eq!(text.trim(), "Die Lesepaten kommen montags.");
    }
}
