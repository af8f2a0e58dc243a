//! The fields of a page as questions with answers.

use std::fmt::Write as _;

use denkraum_app::ShownField;

use super::html::escape;
use super::words::Words;

/// The class by which the build marks what belongs to this part of the screen.
const SCOPE: &str = "c-routes-page-PageFields";

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
        "<section class=\"fields{led} {SCOPE}\" aria-labelledby=\"steckbrief-0\">\
         <h2 class=\"vh\" id=\"steckbrief-0\">{}</h2>",
        words.overview
    );
    for (at, field) in fields.iter().enumerate() {
        let many = field.sort == "many";
        let wide = if many {
            field.answers.len() > BESIDE
        } else {
            field.sort != "date"
        };
        let _infallible = write!(
            out,
            "<div class=\"{}{}{SCOPE}\"><p class=\"q {SCOPE}\">{}</p>",
            if wide { "wide " } else { "" },
            if at == 0 && lead { "first " } else { "" },
            escape(&field.question),
        );
        answer(field, words, &mut out);
        out.push_str("</div>");
    }
    out.push_str("</section>");
    out
}

fn answer(field: &ShownField, words: &Words, out: &mut String) {
    if field.answers.is_empty() {
        let _infallible = write!(out, "<p class=\"a none {SCOPE}\">{}</p>", words.no_answer);
        return;
    }
    if matches!(field.sort, "many" | "one") {
        let _infallible = write!(out, "<ul class=\"a chips {SCOPE}\">");
        for answer in &field.answers {
            let _infallible = write!(out, "<li class=\"chip\">{}</li>", escape(answer));
        }
        out.push_str("</ul>");
        return;
    }
    let look = if matches!(field.sort, "date" | "number" | "role" | "flag") {
        "short"
    } else {
        "text"
    };
    for answer in &field.answers {
        let answer = escape(answer);
        let _infallible = write!(out, "<p class=\"a {look} {SCOPE}\">{answer}</p>");
    }
}
