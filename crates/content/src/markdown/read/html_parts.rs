//! The tags and texts of a stretch of HTML.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// A part of HTML; comments and what browsers run or hide are left out.
pub(super) enum Part {
    /// A start tag with its attributes, names in lower case.
    Start(String, Vec<(String, String)>),
    /// An end tag.
    End(String),
    /// Text between tags.
    Text(String),
}

/// The parts of a stretch of HTML, in order. Nothing is completed or put right.
pub(super) fn parts(html: &str) -> Vec<Part> {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Parts::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.parts.take()
}

#[derive(Default)]
struct Parts {
    parts: RefCell<Vec<Part>>,
    /// The element whose text is no text of the page.
    hidden: RefCell<Option<String>>,
}

impl TokenSink for Parts {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => return self.tag(&tag),
            Token::CharacterTokens(text) if self.hidden.borrow().is_none() => {
                let mut parts = self.parts.borrow_mut();
                match parts.last_mut() {
                    Some(Part::Text(last)) => last.push_str(&text),
                    _ => parts.push(Part::Text(text.to_string())),
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Parts {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        let name = tag.name.to_string();
        let hides = matches!(name.as_str(), "script" | "style");
        if tag.kind == TagKind::EndTag {
            if hides {
                self.hidden.take();
            }
            self.parts.borrow_mut().push(Part::End(name));
            return TokenSinkResult::Continue;
        }
        let attributes = tag
            .attrs
            .iter()
            .map(|attribute| {
                (
                    attribute.name.local.to_string(),
                    attribute.value.to_string(),
                )
            })
            .collect();
        self.parts
            .borrow_mut()
            .push(Part::Start(name.clone(), attributes));
        if !hides {
            return TokenSinkResult::Continue;
        }
        let kind = if name == "script" {
            RawKind::ScriptData
        } else {
            RawKind::Rawtext
        };
        self.hidden.replace(Some(name));
        TokenSinkResult::RawData(kind)
    }
}
