//! The list of what HTML for reading may contain.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::schema::HREF_SCHEMES;

const TAGS: [&str; 32] = [
    "a",
    "aside",
    "blockquote",
    "br",
    "code",
    "details",
    "div",
    "em",
    "h2",
    "h3",
    "h4",
    "hr",
    "input",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "time",
    "tr",
    "ul",
];

pub(super) static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "rel", "data-page", "id"])),
            ("ol", HashSet::from(["start"])),
            ("h2", HashSet::from(["id"])),
            ("h3", HashSet::from(["id"])),
            ("h4", HashSet::from(["id"])),
            ("aside", HashSet::from(["data-tone"])),
            ("code", HashSet::from(["data-language"])),
            ("input", HashSet::from(["aria-label"])),
            (
                "li",
                HashSet::from(["id", "data-checked", "data-person", "data-due"]),
            ),
            ("section", HashSet::from(SECTION)),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan"])),
            ("time", HashSet::from(["datetime"])),
        ]))
        .tag_attribute_values(HashMap::from([
            ("aside", one("data-block", "callout")),
            (
                "details",
                HashMap::from([
                    ("data-block", HashSet::from(["collapsible"])),
                    ("open", HashSet::from([""])),
                ]),
            ),
            (
                "input",
                HashMap::from([
                    ("type", HashSet::from(["checkbox"])),
                    ("disabled", HashSet::from([""])),
                    ("checked", HashSet::from([""])),
                ]),
            ),
        ]))
        .allowed_classes(HashMap::from([
            ("a", HashSet::from(["page-link"])),
            (
                "div",
                HashSet::from(["frame-head", "frame-body", "table-scroll"]),
            ),
            ("section", HashSet::from(["footnotes"])),
            (
                "span",
                HashSet::from(["page-link-hidden", "frame-label", "frame-details", "duty"]),
            ),
            ("summary", HashSet::from(["fold-label"])),
            ("sup", HashSet::from(["footnote"])),
            ("ul", HashSet::from(["tasks"])),
        ]))
        .url_schemes(HashSet::from(HREF_SCHEMES))
        // Only our own page links and footnotes are relative.
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None);
    builder
});

const SECTION: [&str; 7] = [
    "aria-label",
    "data-block",
    "data-consent",
    "data-method",
    "data-month",
    "data-until",
    "data-who",
];

fn one(name: &'static str, value: &'static str) -> HashMap<&'static str, HashSet<&'static str>> {
    HashMap::from([(name, HashSet::from([value]))])
}
