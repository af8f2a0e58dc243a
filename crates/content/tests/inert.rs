//! Hostile stored documents: whatever stands in them, every output shows it as inert text.
//!
//! The gate lets none of them in; a document may still come from an older or newer version, from
//! a backup, or past a mistake of the gate.

#[path = "common/stored.rs"]
mod stored;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;

use denkraum_content::{
    NoTitles, Node, PageContent, Place, Section, excerpt, from_markdown, lead, lead_text, links,
    normalise, outline, read, safe_href, sections, title_or_placeholder, to_html, to_markdown,
    to_text,
};
use denkraum_domain::PageId;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use pulldown_cmark::{Event, Options, Parser, Tag};

const READING_TAGS: &str = "a aside blockquote br code details div em h2 h3 h4 hr input li mark ol p pre \
    s section span strong sub summary sup table tbody td th time tr ul";
const READING_ATTRIBUTES: &str = "aria-label checked class colspan data-block data-checked \
    data-consent data-due data-language data-method data-month data-page data-person data-tone \
    data-until data-who datetime disabled href id open rel rowspan start type";
const MARKDOWN_TAGS: &str = "br code del em mark strong sub sup table td th tr";
const MARKDOWN_ATTRIBUTES: &str = "colspan data-colwidth rowspan";

/// The name of a tag with its attributes.
type FoundTag = (String, Vec<(String, String)>);

/// The tags of a text.
#[derive(Default)]
struct Tags(RefCell<Vec<FoundTag>>);

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token {
            let attribute =
                |a: &html5ever::Attribute| (a.name.local.to_string(), a.value.to_string());
            let attributes = tag.attrs.iter().map(attribute).collect();
            self.0.borrow_mut().push((tag.name.to_string(), attributes));
        }
        TokenSinkResult::Continue
    }
}

/// Checks that HTML holds only these tags and attributes, and addresses that lead nowhere bad.
fn only(case: &str, html: &str, tags: &str, attributes: &str) {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Tags::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let knows = |list: &str, name: &str| list.split_whitespace().any(|known| known == name);
    for (tag, found) in tokenizer.sink.0.take() {
        assert!(knows(tags, &tag), "{case}: <{tag}>");
        for (name, value) in found {
            assert!(knows(attributes, &name), "{case}: <{tag} {name}>");
            if name == "href" {
                let own = value.starts_with("/seiten/") || value.starts_with("#fn");
                assert!(own || safe_href(&value).is_some(), "{case}: {value}");
            }
            if name == "id" {
                let own = ["h-", "fn-", "fnref-"]
                    .iter()
                    .any(|own| value.starts_with(own));
                assert!(own, "{case}: id {value}");
            }
        }
    }
}

/// Checks that another program's reader of Markdown finds nothing that runs or leads nowhere good.
fn markdown_is_inert(case: &str, markdown: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut images: usize = 0;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                only(case, &html, MARKDOWN_TAGS, MARKDOWN_ATTRIBUTES);
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let own = dest_url.starts_with("denkraum:");
                assert!(own || safe_href(&dest_url).is_some(), "{case}: {dest_url}");
            }
            Event::Start(Tag::Image { .. }) => images = images.saturating_add(1),
            _ => {}
        }
    }
    assert_eq!(images, 0, "{case}: images");
}

fn is_plain(case: &str, text: &str) {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(!text.contains(control), "{case}: {text:?}");
}

#[expect(clippy::unwrap_used, reason = "made by the tests")]
fn check(case: &str, state: &[u8]) -> PageContent {
    let page = read(state).unwrap();
    let titles = BTreeMap::from([(
        PageId::parse("01arz3ndektsv4rrffq69g5fav").unwrap(),
        stored::PAYLOADS.join(" "),
    )]);
    only(
        case,
        &to_html(&page, &titles),
        READING_TAGS,
        READING_ATTRIBUTES,
    );
    let markdown = to_markdown(&page, &titles);
    markdown_is_inert(case, &markdown);
    assert_eq!(from_markdown(&markdown).0, normalise(&page.body), "{case}");
    is_plain(case, &markdown);
    is_plain(case, &to_text(&page));
    let snippet = excerpt(&page, 120);
    is_plain(case, &snippet);
    assert!(snippet.chars().count() <= 120, "{case}");
    let lead = lead_text(&lead(&page, 120), &titles, 120);
    is_plain(case, &lead);
    for Section { place, text } in sections(&page) {
        is_plain(case, &text);
        if let Place::Heading { text, .. } = place {
            is_plain(case, &text);
        }
    }
    for heading in outline(&page, &titles) {
        is_plain(case, &heading.text);
    }
    for mention in links(&page) {
        assert!(mention.sentence("Titel").chars().count() <= 600, "{case}");
    }
    page
}

#[test]
fn nodes_with_foreign_attributes_and_content_are_inert() {
    let cases = stored::nodes();
    assert!(cases.len() >= 300, "{}", cases.len());
    for (case, state) in cases {
        let page = check(&case, &state);
        // What stands in a line is text, whatever it stands in; a break holds nothing.
        let text = to_text(&page);
        let kept = text.contains("<script>alert(1)</script>");
        assert!(kept || case.starts_with("hardBreak"), "{case}: {text}");
    }
}

#[test]
fn nodes_that_browsers_run_or_hide_are_inert() {
    for (case, state) in stored::strangers() {
        let page = check(&case, &state);
        assert!(
            to_text(&page).contains("<script>alert(1)</script>"),
            "{case}"
        );
    }
}

#[test]
fn marks_with_foreign_values_are_inert() {
    let cases = stored::marks();
    assert!(cases.len() >= 100, "{}", cases.len());
    for (case, state) in cases {
        let page = check(&case, &state);
        assert!(
            to_text(&page).contains("<script>alert(1)</script>"),
            "{case}"
        );
    }
}

#[test]
fn enormous_nesting_of_any_node_is_cut_and_its_text_kept() {
    for (case, state) in stored::nested() {
        let page = check(&case, &state);
        let leaf = ["horizontalRule", "hardBreak", "pageLink"];
        let hidden = leaf.iter().any(|name| case.starts_with(name));
        // The name of an element without attributes stands for what it would show.
        assert!(hidden || to_text(&page).contains("innen"), "{case}");
    }
}

#[test]
fn very_large_attributes_are_cut_where_they_are_shown() {
    for (case, state) in stored::large() {
        let page = check(&case, &state);
        let shown = to_html(&page, &NoTitles).len() + to_text(&page).len();
        assert!(shown < 10_000, "{case}: {shown}");
    }
}

#[test]
fn very_many_parts_are_inert_and_read_back() {
    for (case, state) in stored::many() {
        check(&case, &state);
    }
}

/// The web application opens the same documents in its editor, and other tests store them; the
/// largest ones are not among them.
#[test]
fn the_documents_for_other_tests_are_current() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/hostile/states.json.gz");
    let cases = [stored::nodes(), stored::strangers(), stored::marks()].concat();
    let cases: Vec<(String, String)> = cases
        .into_iter()
        .map(|(case, state)| (case, hex::encode(state)))
        .collect();
    let wanted = serde_json::to_string(&cases).unwrap();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let mut file = GzEncoder::new(File::create(&path).unwrap(), Compression::best());
        file.write_all(wanted.as_bytes()).unwrap();
        file.finish().unwrap();
    }
    let mut found = String::new();
    let mut file = GzDecoder::new(File::open(&path).unwrap());
    file.read_to_string(&mut found).unwrap();
    assert!(
        found == wanted,
        "UPDATE_GOLDEN=1 writes {} anew",
        path.display()
    );
}

#[test]
fn titles_are_one_line_of_inert_text() {
    for payload in stored::PAYLOADS {
        for title in [payload.to_owned(), payload.repeat(100_000)] {
            let shown = title_or_placeholder(&title);
            assert!(shown.chars().count() <= 200 && !shown.contains(char::is_control));
        }
        let page = PageId::parse("01arz3ndektsv4rrffq69g5fav").unwrap();
        let titles = BTreeMap::from([(page, payload.to_owned())]);
        let label = None;
        let link = Node::element(
            denkraum_content::Shape::PageLink { page, label },
            Vec::new(),
        );
        let content = PageContent {
            body: vec![Node::paragraph(vec![link])],
            ..PageContent::default()
        };
        let html = to_html(&content, &titles);
        only(payload, &html, READING_TAGS, READING_ATTRIBUTES);
        markdown_is_inert(payload, &to_markdown(&content, &titles));
    }
}
