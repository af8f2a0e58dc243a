//! The fields of a page as questions with answers, as the form of the web application shows them that
//! takes over: the same parts in the same room, so that nothing below them moves.

use std::fmt::Write as _;

use denkraum_app::{ShownField, ShownPart};

use super::html::{PICTURE, escape};
use super::words::Words;

/// The classes by which the build marks what belongs to which part of the form.
const FORM: &str = "c-editor-fields-FieldForm";
const QUESTION: &str = "c-editor-fields-Question";
const READING: &str = "c-editor-fields-Reading";
const LADDER: &str = "c-editor-fields-LadderPicture";
const PAGE_NAME: &str = "c-editor-fields-PageName";

/// Most answers of a list that stand in half the width.
const BESIDE: usize = 4;
/// Most choices that stand side by side with the one that is the answer.
const SEGMENTS: usize = 5;

/// The questions of a page; nothing where its kind has none. Whoever may `write` is invited to answer.
pub(super) fn fields(fields: &[ShownField], write: bool, words: &Words) -> String {
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
             <div class=\"a {}{QUESTION}\"{}>{}</div></div>",
            if wide { "wide " } else { "" },
            if leads { "first " } else { "" },
            escape(&field.question),
            if leads { "sentence " } else { "" },
            early(field, write),
            match field.answers.as_slice() {
                [] if write => invitation(field, words),
                [] => format!("<p class=\"none {QUESTION}\">{}</p>", words.no_answer),
                _ => answer(field, words),
            },
        );
    }
    out.push_str("</section>");
    out
}

/// Says where an answer is kept that is typed before the field for it is here.
fn early(field: &ShownField, write: bool) -> String {
    match field.sort {
        "text" | "long_text" | "role" if write => {
            format!(" data-early=\"field:{}\"", escape(&field.name))
        }
        _ => String::new(),
    }
}

/// The place of an answer that nobody has given yet.
fn invitation(field: &ShownField, words: &Words) -> String {
    let usual = match field.sort {
        "text" | "long_text" | "role" => words.empty_text,
        "date" | "date_range" => words.empty_date,
        "number" => words.empty_number,
        "page_link" | "page_links" => words.empty_page,
        "list" => words.empty_list,
        _ => words.empty_choice,
    };
    let text = field.invite.as_deref().unwrap_or(usual);
    format!(
        "<p class=\"empty {QUESTION}\">{PICTURE}{}</p>",
        escape(text)
    )
}

fn answer(field: &ShownField, words: &Words) -> String {
    let parts = || field.parts.iter().map(Vec::as_slice);
    match (field.sort, field.chosen) {
        ("ladder", Some(reached)) => ladder(&field.choices, reached, words),
        ("one" | "flag", Some(chosen)) if field.choices.len() <= SEGMENTS => {
            segments(&field.choices, chosen)
        }
        ("many", _) => {
            let each = |answer: &String| format!("<li class=\"chip\">{}</li>", escape(answer));
            let chips: String = field.answers.iter().map(each).collect();
            format!("<ul class=\"chips {READING}\">{chips}</ul>")
        }
        ("page_links", _) => list("ul", "pages", parts(), |answer| {
            answer.iter().map(|part| page(&part.words)).collect()
        }),
        ("criteria", _) => list("ul", "criteria", parts(), criterion),
        ("list", _) => list("ol", "entries", parts(), |entry| {
            let part = |part| format!("<div class=\"part\">{}</div>", plain(part));
            entry.iter().map(part).collect()
        }),
        _ => field.parts.iter().flatten().map(plain).collect(),
    }
}

/// An answer that is a line or a text.
fn plain(part: &ShownPart) -> String {
    let words = escape(&part.words);
    match part.sort {
        "one" | "many" => {
            format!("<p class=\"short {READING}\"><span class=\"chip\">{words}</span></p>")
        }
        "page_link" => format!("<p class=\"short {READING}\">{}</p>", page(&part.words)),
        "date" | "date_range" | "number" | "flag" | "ladder" => {
            format!("<p class=\"short {READING}\">{words}</p>")
        }
        _ => format!("<p class=\"text {READING}\" lang=\"de\">{words}</p>"),
    }
}

fn list<'a>(
    tag: &str,
    class: &str,
    answers: impl Iterator<Item = &'a [ShownPart]>,
    show: impl Fn(&[ShownPart]) -> String,
) -> String {
    let line = |answer: &[ShownPart]| format!("<li class=\"{READING}\">{}</li>", show(answer));
    let lines: String = answers.map(line).collect();
    format!("<{tag} class=\"{class} {READING}\">{lines}</{tag}>")
}

fn page(title: &str) -> String {
    let title = escape(title);
    format!("<span class=\"page {PAGE_NAME}\">{PICTURE}{title}</span>")
}

/// What is met, and below it how.
fn criterion(parts: &[ShownPart]) -> String {
    let line = |(at, part): (usize, &ShownPart)| {
        let words = escape(&part.words);
        match at {
            0 => format!("<span class=\"name {READING}\">{PICTURE}{words}</span>"),
            _ => format!("<span class=\"text {READING}\" lang=\"de\">{words}</span>"),
        }
    };
    parts.iter().enumerate().map(line).collect()
}

fn segments(choices: &[String], chosen: usize) -> String {
    let segment = |(at, label): (usize, &String)| {
        let label = escape(label);
        if at == chosen {
            format!("<li class=\"chosen {READING}\" aria-current=\"true\">{PICTURE}{label}</li>")
        } else {
            format!("<li class=\"{READING}\">{label}</li>")
        }
    };
    let segments: String = choices.iter().enumerate().map(segment).collect();
    format!("<ul class=\"seg {READING}\">{segments}</ul>")
}

/// The steps as a picture, and the one that is reached in words.
fn ladder(steps: &[String], reached: usize, words: &Words) -> String {
    let step = |at: usize| {
        let state = match at.cmp(&reached) {
            std::cmp::Ordering::Less => "on ",
            std::cmp::Ordering::Equal => "now ",
            std::cmp::Ordering::Greater => "",
        };
        let number = at + 1;
        format!(
            "<span class=\"step {state}{LADDER}\"><span class=\"bar {LADDER}\">\
             <span>{number}</span></span></span>"
        )
    };
    let picture: String = (0..steps.len()).map(step).collect();
    let label = steps.get(reached).map_or("", String::as_str);
    format!(
        "<div class=\"ladder {LADDER}\" aria-hidden=\"true\">{picture}</div>\
         <p class=\"words {LADDER}\"><b class=\"{LADDER}\">{}</b> {}</p>",
        words.step(reached + 1, steps.len()),
        escape(label),
    )
}
