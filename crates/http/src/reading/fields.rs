//! The fields of a page as questions with answers.

use std::fmt::Write as _;

use denkraum_app::ShownField;

use super::html::escape;
use super::words::Words;

/// The classes by which the build marks what belongs to which part of the form.
const FORM: &str = "c-editor-fields-FieldForm";
const QUESTION: &str = "c-editor-fields-Question";
const READING: &str = "c-editor-fields-Reading";

/// Most answers of a list that stand in half the width.
const BESIDE: usize = 4;

/// The questions of a page; nothing where its kind has none.
pub(super) fn fields(fields: &[ShownField], words: &Words) -> String {
    let Some(first) = fields.first() else {
        return String::new();
    };
    let lead = first.sort == "text";
    let led = if lead { " led" } else { "" };
    let mut out = format!(
        "<section class=\"fields{led} {FORM}\" aria-labelledby=\"steckbrief-0\">\
         <h2 class=\"vh\" id=\"steckbrief-0\">{}</h2>",
        words.overview
    );
    for (at, field) in fields.iter().enumerate() {
        let wide = match field.sort {
            "many" => field.answers.len() > BESIDE,
            "date" | "date_range" | "number" | "flag" | "ladder" | "page_link" => false,
            _ => true,
        };
        let leads = at == 0 && lead;
        let _infallible = write!(
            out,
            "<div class=\"field {}{}{QUESTION}\"><p class=\"q {QUESTION}\">{}</p>\
             <div class=\"a {}{QUESTION}\">",
            if wide { "wide " } else { "" },
            if leads { "first " } else { "" },
            escape(&field.question),
            if leads { "sentence " } else { "" },
        );
        answer(field, words, &mut out);
        out.push_str("</div></div>");
    }
    out.push_str("</section>");
    out
}

fn answer(field: &ShownField, words: &Words, out: &mut String) {
    if field.answers.is_empty() {
        let _infallible = write!(out, "<p class=\"none {QUESTION}\">{}</p>", words.no_answer);
        return;
    }
    if matches!(field.sort, "many" | "one") {
        let _infallible = write!(out, "<ul class=\"chips {READING}\">");
        for answer in &field.answers {
            let _infallible = write!(out, "<li class=\"chip\">{}</li>", escape(answer));
        }
        out.push_str("</ul>");
        return;
    }
    let short = matches!(
        field.sort,
        "date" | "date_range" | "number" | "flag" | "ladder"
    );
    let look = if short { "short" } else { "text" };
    for answer in &field.answers {
        let answer = escape(answer);
        let _infallible = write!(out, "<p class=\"{look} {READING}\">{answer}</p>");
    }
}
