//! Hostile documents for tests, and the question whether HTML that was made of them is inert.

use std::cell::RefCell;
use std::fs::File;

use flate2::read::GzDecoder;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::repository;

/// What stands in titles, fields and texts, to become markup or to run somewhere.
pub const PAYLOADS: [&str; 9] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</title></head></textarea></p><iframe src=//evil.example>",
    "--><style>@import url(//evil.example)</style>",
    "[x](javascript:alert(1))\n\n```\n---\ntitle: x",
    "&#60;script&#62; &lt;script&gt; \u{202e}\u{0}\u{1b}[31m ../../x",
];

/// Stored documents that no editor writes, by name; `crates/content/tests/inert.rs` makes them.
pub fn states() -> Vec<(String, Vec<u8>)> {
    let path = repository().join("tests/corpus/hostile/states.json.gz");
    let file = File::open(path).expect("the hostile documents are there");
    let states: Vec<(String, String)> =
        serde_json::from_reader(GzDecoder::new(file)).expect("they are pairs of texts");
    states
        .into_iter()
        .map(|(name, state)| (name, hex::decode(state).expect("a state is hexadecimal")))
        .collect()
}

/// The tags of a text.
#[derive(Default)]
struct Tags(RefCell<Vec<Tag>>);

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
        {
            self.0.borrow_mut().push(tag);
        }
        TokenSinkResult::Continue
    }
}

/// Fails if HTML holds anything that runs, loads something or leads somewhere bad.
#[track_caller]
pub fn expect_inert(name: &str, html: &str) {
    const NEVER: &str =
        "script style iframe object embed base math svg img link meta form template";
    let queue = BufferQueue::default();
    // The head of a file that stands alone has a style sheet; a title must not end it.
    let body = html.split_once("<body").map_or(html, |(head, body)| {
        let ends = head.matches("</title>").count();
        let runs = head.contains("<script") || head.contains("<iframe");
        assert!(ends <= 1 && !runs, "{name}: {head}");
        body
    });
    queue.push_back(StrTendril::from(body));
    let tokenizer = Tokenizer::new(Tags::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    for tag in tokenizer.sink.0.take() {
        let never = NEVER.split(' ').any(|never| *tag.name == *never);
        assert!(!never, "{name}: <{}>", tag.name);
        for attribute in tag.attrs {
            let (key, value) = (&*attribute.name.local, &*attribute.value);
            let runs = key.starts_with("on") || ["style", "srcdoc", "src"].contains(&key);
            assert!(!runs, "{name}: <{} {key}>", tag.name);
            let known = ["https://", "http://", "mailto:", "tel:"];
            let within = !value.contains(':') && !value.starts_with("//");
            let good = within || known.iter().any(|known| value.starts_with(known));
            assert!(good || key != "href", "{name}: {key}={value}");
        }
    }
}
