//! The markup of a page that is shown at once. It follows the components of the web application
//! (`web/src/routes/frame/AppFrame.svelte`, `routes/page/…`), whose class names the build keeps.

use std::fmt::Write as _;

use denkraum_app::catalogue::Catalogue;
use denkraum_app::{Backlink, PageRef, PageView, ReadingPage, Relation};

use super::around::{archive_note, backlinks, contents};
use super::fields::fields;
use super::text::text;
use super::words::{Words, words};
use crate::language::Language;

/// The page with the frame around it.
pub(super) fn page(catalogue: &Catalogue, reading: &ReadingPage, language: Language) -> String {
    let words = words(language);
    let mut out = frame_start(&words);
    out.push_str(&bar(catalogue, reading, language, &words));
    out.push_str(&article(catalogue, reading, language, &words));
    out.push_str(&frame_end(&words));
    out
}

fn frame_start(words: &Words) -> String {
    const FRAME: &str = "c-routes-frame-AppFrame";
    const RAIL: &str = "c-ui-frame-Rail";
    const TABS: &str = "c-ui-frame-Tabs";
    const BRAND: &str = "c-ui-Brand";
    let links: [(&str, &str); 3] = [
        ("/", words.start),
        ("/suche", words.search),
        ("/raeume", words.spaces),
    ];
    let mut places = String::new();
    let mut tabs = String::new();
    for (href, text) in links {
        let _infallible = write!(
            places,
            "<li><a class=\"navlink\" href=\"{href}\">{PICTURE}<span>{text}</span></a></li>"
        );
        let _infallible = write!(
            tabs,
            "<li><a class=\"{TABS}\" href=\"{href}\">{PICTURE}<span>{text}</span></a></li>"
        );
    }
    format!(
        "<a class=\"skip {FRAME}\" href=\"#seite\">{skip}</a><div class=\"app {FRAME}\">\
         <header class=\"rail {RAIL}\"><div class=\"rail-in {RAIL}\"><div class=\"top {RAIL}\">\
         <a class=\"brand {BRAND}\" href=\"/\"><svg class=\"mark {BRAND}\" aria-hidden=\"true\" \
         viewBox=\"0 0 32 32\"><path class=\"wall {BRAND}\" d=\"M5 2h22a3 3 0 0 1 3 3v22a3 3 0 0 \
         1-3 3H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3Z\"/><path class=\"light {BRAND}\" d=\"M11 \
         8h10v15H11Z\"/><path class=\"floor {BRAND}\" d=\"M11 23h10l7 7H8Z\"/></svg>\
         <span>Denkraum</span></a><a class=\"btn quiet icon mobile-only\" href=\"/suche\">\
         {PICTURE}<span class=\"vh\">{search}</span></a></div>\
         <nav class=\"{RAIL}\" aria-label=\"{navigation}\"><ul>{places}</ul></nav></div></header>\
         <nav class=\"tabs {TABS}\" aria-label=\"{navigation}\"><ul class=\"{TABS}\">{tabs}</ul>\
         </nav><div class=\"col {FRAME}\"><main class=\"{FRAME}\" id=\"seite\" tabindex=\"-1\">",
        skip = words.skip,
        search = words.search,
        navigation = words.navigation,
    )
}

fn frame_end(words: &Words) -> String {
    const FRAME: &str = "c-routes-frame-AppFrame";
    format!(
        "</main><footer class=\"{FRAME}\"><a class=\"{FRAME}\" href=\"/barrierefreiheit\">{}</a>\
         </footer></div></div>",
        words.accessibility
    )
}

/// Takes the room of a picture that comes with the components.
pub(super) const PICTURE: &str =
    "<svg class=\"lucide\" width=\"24\" height=\"24\" aria-hidden=\"true\"></svg>";

fn bar(catalogue: &Catalogue, reading: &ReadingPage, language: Language, words: &Words) -> String {
    const BAR: &str = "c-routes-page-PageBar";
    let page = &reading.view.summary.page;
    let audience = audience_label(reading, language);
    format!(
        "<div class=\"pagebar {BAR}\" data-sticky><nav class=\"crumbs {BAR}\" aria-label=\"{}\">\
         <ol class=\"{BAR}\"><li class=\"{BAR}\"><a class=\"{BAR}\" href=\"/raeume/{space}\">{}</a>\
         </li><li class=\"{BAR}\">{PICTURE}<a class=\"{BAR}\" \
         href=\"/raeume/{space}?seitenart={kind}\">{}</a></li></ol></nav>\
         <span class=\"sp {BAR}\"></span><span class=\"vis {BAR}\">{PICTURE}\
         <span class=\"vh\">{}</span>{}</span>\
         <span class=\"btn quiet icon\" aria-hidden=\"true\"></span></div>",
        words.path,
        escape(&place(catalogue, page)),
        escape(&kind_words(catalogue, page, language).1),
        words.visibility,
        escape(&audience),
        space = page.space,
        kind = page.kind,
    )
}

/// Who the page is from and who changed it last.
fn byline(view: &PageView, language: Language, words: &Words) -> String {
    const BYLINE: &str = "c-routes-page-Byline";
    let authors: Vec<String> = view
        .written_by
        .iter()
        .map(|author| match author.label.as_str() {
            "" => author.person.name.clone(),
            label => format!("{} ({label})", author.person.name),
        })
        .collect();
    let written = if authors.is_empty() {
        String::new()
    } else {
        let names = escape(&authors.join(", "));
        format!("<span>{}{names}</span>", words.written_by)
    };
    let is_origin = |link: &&Backlink| link.relation == Relation::EmergedFrom;
    let origin = view.backlinks.iter().find(is_origin).map(|link| {
        let (id, title) = (link.page.id, escape(&link.page.title));
        format!(
            "<span>{} <a href=\"/seiten/{id}\">{title}</a></span>",
            words.emerged_from
        )
    });
    let by = view.summary.changed_by.as_ref().map(|person| {
        let name = escape(&person.name);
        format!("{}{name}", words.by)
    });
    format!(
        "<p class=\"meta byline {BYLINE}\">{written}{}<span>{}{}{}</span></p>",
        origin.unwrap_or_default(),
        words.changed,
        day(view.summary.changed_at.millis(), language),
        by.unwrap_or_default(),
    )
}

fn article(
    catalogue: &Catalogue,
    reading: &ReadingPage,
    language: Language,
    words: &Words,
) -> String {
    const PAGE: &str = "c-routes-page-PageView";
    let view = &reading.view;
    let page = &view.summary.page;
    let still = if view.can.edit { "still " } else { "" };
    // What is typed there before the editor is here is kept for it.
    let [title_early, text_early] = if view.can.edit {
        [" data-early=\"title\"", " data-early=\"text\""]
    } else {
        ["", ""]
    };
    let mut out = format!(
        "<noscript><p class=\"note\">{}</p></noscript><div class=\"page {PAGE}\">\
         <article class=\"main {PAGE}\" aria-labelledby=\"titel-0\">{}<header class=\"{PAGE}\">\
         <div class=\"row {PAGE}\">{}<span class=\"meta place {PAGE}\">{PICTURE}{}</span>\
         </div>\
         <h1 class=\"{still}{PAGE}\" id=\"titel-0\" lang=\"de\"{title_early}>{}</h1>{}</header>",
        words.script,
        archive_note(view, language, words),
        kind_badge(catalogue, page, language),
        escape(&place(catalogue, page)),
        escape(&page.title),
        byline(view, language, words),
    );
    out.push_str(&fields(&reading.fields, view.can.edit, words));
    let _infallible = write!(
        out,
        "<div class=\"text {PAGE}\" data-editable=\"{}\"{text_early}>{}</div></article>",
        view.can.edit,
        text(&view.html),
    );
    out.push_str(&contents(reading, words));
    out.push_str(&backlinks(catalogue, &view.backlinks, language, words));
    out.push_str("</div>");
    out
}

/// The words for one page of this kind and for several.
fn kind_words(catalogue: &Catalogue, page: &PageRef, language: Language) -> (String, String) {
    let texts = language.of_texts();
    match catalogue.kind(&page.kind) {
        Some(kind) => (
            kind.label.pick(texts).to_owned(),
            kind.plural.pick(texts).to_owned(),
        ),
        None => (page.kind.to_string(), page.kind.to_string()),
    }
}

fn kind_badge(catalogue: &Catalogue, page: &PageRef, language: Language) -> String {
    let label = escape(&kind_words(catalogue, page, language).0);
    let outline = catalogue.kind(&page.kind).map_or("", |kind| kind.icon);
    format!(
        "<span class=\"badge {}\"><svg class=\"lucide\" width=\"24\" height=\"24\" \
         viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
         stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\">\
         <path d=\"{outline}\"/></svg>{label}</span>",
        kind_class(catalogue, page),
    )
}

/// Style attributes are forbidden here, so the style sheet has a class for every tenth hue; the
/// difference to the hue itself, which the screen sets, is too small to be seen.
fn kind_class(catalogue: &Catalogue, page: &PageRef) -> String {
    match catalogue.kind(&page.kind).and_then(|kind| kind.hue) {
        Some(hue) => format!("kind hue-{}", (hue + 5) / 10 % 36 * 10),
        None => "kind kind-plain".to_owned(),
    }
}

pub(super) fn kind_word(catalogue: &Catalogue, page: &PageRef, language: Language) -> String {
    let label = escape(&kind_words(catalogue, page, language).0);
    let class = kind_class(catalogue, page);
    format!("<span class=\"{class} kindword\">{label}</span>")
}

pub(super) fn place(catalogue: &Catalogue, page: &PageRef) -> String {
    let space = catalogue.space(&page.space);
    space.map_or_else(|| page.space.to_string(), |space| space.name.clone())
}

fn audience_label(reading: &ReadingPage, language: Language) -> String {
    crate::routes::audience_label(reading.view.summary.audience, language).to_owned()
}

/// The day in UTC; the time of day is told by the screen, which knows where the reader is.
pub(super) fn day(millis: i64, language: Language) -> String {
    let time = jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let day = time.to_zoned(jiff::tz::TimeZone::UTC).date();
    denkraum_app::day_in_words(day, language.of_texts())
}

/// Text as it stands in HTML, also inside quotation marks.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
