//! What stands around the text of a page: that it is in the archive, its contents, what links to it.

use std::fmt::Write as _;

use denkraum_app::catalogue::Catalogue;
use denkraum_app::{Backlink, PageView, ReadingPage, Relation};

use super::html::{PICTURE, day, escape, kind_word, place};
use super::words::Words;
use crate::language::Language;

/// That the page is out of use, since when and by whom; nothing where it is in use.
pub(super) fn archive_note(view: &PageView, language: Language, words: &Words) -> String {
    const NOTE: &str = "c-routes-page-ArchiveNote";
    let summary = &view.summary;
    if !summary.archived {
        return String::new();
    }
    let since = summary.archived_at.map(|at| {
        let day = day(at.millis(), language);
        let by = summary.archived_by.as_ref();
        let by = by.map(|person| format!("{}{}", words.by, escape(&person.name)));
        format!(" {} {day}{}.", words.archived_at, by.unwrap_or_default())
    });
    // What brings it back needs the script; it has its room here.
    let restore = if view.can.restore {
        format!(
            "<p class=\"row {NOTE}\"><button class=\"btn small\" type=\"button\" disabled>{}</button></p>",
            words.restore
        )
    } else {
        String::new()
    };
    format!(
        "<div class=\"note {NOTE}\">{PICTURE}<div><p>{}{}</p>{restore}</div></div>",
        words.archived,
        since.unwrap_or_default()
    )
}

pub(super) fn contents(reading: &ReadingPage, words: &Words) -> String {
    const PAGE: &str = "c-routes-page-PageView";
    const CONTENTS: &str = "c-routes-page-Contents";
    let headings = reading.view.outline.iter();
    let headings: Vec<_> = headings
        .filter(|heading| !heading.text.is_empty())
        .collect();
    let mut out = format!(
        "<aside class=\"margin {PAGE}\" aria-label=\"{}\">",
        words.contents
    );
    if !headings.is_empty() {
        let _infallible = write!(
            out,
            "<nav class=\"toc desk {CONTENTS}\"><h2 class=\"h-ui {CONTENTS}\">{}</h2><ul>",
            words.contents
        );
        let top = headings.iter().map(|heading| heading.level).min();
        for heading in headings {
            let deep = if Some(heading.level) > top {
                "deep "
            } else {
                ""
            };
            let _infallible = write!(
                out,
                "<li><a class=\"{deep}{CONTENTS}\" href=\"#{}\">{}</a></li>",
                escape(&heading.id),
                escape(&heading.text)
            );
        }
        out.push_str("</ul></nav>");
    }
    out.push_str("</aside>");
    out
}

pub(super) fn backlinks(
    catalogue: &Catalogue,
    links: &[Backlink],
    language: Language,
    words: &Words,
) -> String {
    const PAGE: &str = "c-routes-page-PageView";
    const FILES: &str = "c-routes-page-FilesPlace";
    const LINKS: &str = "c-routes-page-Backlinks";
    const OTHER: &str = "c-routes-page-OtherPage";
    let mut out = format!(
        "<div class=\"{FILES}\"></div><div class=\"after {PAGE}\"><section aria-labelledby=\"verlinkt-0\">\
         <h2 class=\"{LINKS}\" id=\"verlinkt-0\">{}</h2>",
        words.backlinks
    );
    if links.is_empty() {
        let _infallible = write!(out, "<p class=\"meta\">{}</p>", words.no_backlinks);
    } else {
        out.push_str("<ul class=\"rule\">");
        for Backlink {
            page,
            relation,
            sentence,
        } in links
        {
            let _infallible = write!(
                out,
                "<li class=\"{OTHER}\"><p class=\"meta {OTHER}\">{}<span class=\"dot\">{}</span>\
                 <span class=\"badge line\">{}</span></p>\
                 <a class=\"{OTHER}\" href=\"/seiten/{}\">{}</a>",
                kind_word(catalogue, page, language),
                escape(&place(catalogue, page)),
                match relation {
                    Relation::Mentions => words.mentions,
                    Relation::EmergedFrom => words.emerged_from,
                    Relation::SourceOf => words.source_of,
                },
                page.id,
                escape(&page.title)
            );
            if !sentence.is_empty() {
                let _infallible =
                    write!(out, "<p class=\"why {OTHER}\">„{}“</p>", escape(sentence));
            }
            out.push_str("</li>");
        }
        out.push_str("</ul>");
    }
    out.push_str("</section></div>");
    out
}
