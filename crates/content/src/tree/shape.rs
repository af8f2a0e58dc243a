//! What an element is.

use denkraum_domain::PageId;
use serde_json::{Value, json};

use super::Attributes;
use super::value::{Consent, Day, Month, Span, Tone};

/// What an element is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A paragraph of inline nodes.
    Paragraph,
    /// A heading inside the text.
    Heading {
        /// 1 to 3; 1 is the highest below the page's title.
        level: u8,
    },
    /// A list with bullets; contains list items.
    BulletList,
    /// A numbered list; contains list items.
    OrderedList {
        /// The number of the first item, 0 to 999,999.
        start: u32,
    },
    /// An item of a list; contains blocks.
    ListItem,
    /// A list of tasks; contains task items.
    TaskList,
    /// A task; contains blocks.
    TaskItem {
        /// Whether it is done.
        checked: bool,
        /// Who does it, in outputs at most 120 characters.
        person: Option<String>,
        /// By when.
        due: Option<Day>,
    },
    /// A quotation; contains blocks.
    Blockquote,
    /// A box beside the train of thought; contains blocks.
    Callout {
        /// How it is meant.
        tone: Tone,
    },
    /// Blocks of which only the first is seen until it is opened.
    Collapsible,
    /// Lines of code; contains text whose marks are not shown.
    CodeBlock {
        /// The language, in outputs at most 40 characters.
        language: Option<String>,
    },
    /// A table; contains rows.
    Table,
    /// A row of a table; contains cells.
    TableRow,
    /// A cell of a row; contains blocks.
    TableCell {
        /// Whether it heads its row or column.
        header: bool,
        /// How far it reaches.
        span: Span,
    },
    /// A question to think along; the first block is the question, the others are the answer.
    GuidingQuestion,
    /// What a family says; contains blocks.
    FamilyVoice {
        /// How it was heard, in outputs at most 60 characters.
        method: Option<String>,
        /// How the family agreed to be quoted.
        consent: Option<Consent>,
        /// When it was said.
        month: Option<Month>,
    },
    /// Something learned; contains blocks.
    Insight,
    /// Something agreed upon; its blocks say what.
    Agreement {
        /// Between or by whom, in outputs at most 120 characters.
        who: Option<String>,
        /// Until when.
        until: Option<Day>,
    },
    /// A question nobody has answered yet; the first block is the question.
    OpenQuestion,
    /// A line across.
    HorizontalRule,
    /// A line break inside a paragraph or heading.
    HardBreak,
    /// A link to a page, inline.
    PageLink {
        /// The page.
        page: PageId,
        /// A text of the writer's own instead of the page's title.
        label: Option<String>,
    },
    /// A note at the foot, inline; contains its text. Its number is counted when it is shown.
    Footnote,
    /// A shape that the schema does not know, or one with attributes that it does not allow.
    Unknown {
        /// The name as stored.
        name: String,
        /// The attributes as stored.
        attributes: Attributes,
    },
}

impl Shape {
    /// The names of all known shapes.
    #[cfg(test)]
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        let frames = super::frame::FRAMES.iter().map(|frame| frame.name);
        Self::NAMES.into_iter().chain(frames)
    }

    /// The names of all shapes but frames.
    #[cfg(test)]
    const NAMES: [&'static str; 18] = [
        "paragraph",
        "heading",
        "bulletList",
        "orderedList",
        "listItem",
        "taskList",
        "taskItem",
        "blockquote",
        "callout",
        "codeBlock",
        "table",
        "tableRow",
        "tableCell",
        "tableHeader",
        "horizontalRule",
        "hardBreak",
        "pageLink",
        "footnote",
    ];

    /// The name in the document schema.
    pub fn name(&self) -> &str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading { .. } => "heading",
            Self::BulletList => "bulletList",
            Self::OrderedList { .. } => "orderedList",
            Self::ListItem => "listItem",
            Self::TaskList => "taskList",
            Self::TaskItem { .. } => "taskItem",
            Self::Blockquote => "blockquote",
            Self::Callout { .. } => "callout",
            Self::Collapsible => "collapsible",
            Self::CodeBlock { .. } => "codeBlock",
            Self::Table => "table",
            Self::TableRow => "tableRow",
            Self::TableCell { header: false, .. } => "tableCell",
            Self::TableCell { header: true, .. } => "tableHeader",
            Self::GuidingQuestion => "guidingQuestion",
            Self::FamilyVoice { .. } => "familyVoice",
            Self::Insight => "insight",
            Self::Agreement { .. } => "agreement",
            Self::OpenQuestion => "openQuestion",
            Self::HorizontalRule => "horizontalRule",
            Self::HardBreak => "hardBreak",
            Self::PageLink { .. } => "pageLink",
            Self::Footnote => "footnote",
            Self::Unknown { name, .. } => name,
        }
    }

    /// The attributes as stored, without extra ones.
    pub fn attributes(&self) -> Attributes {
        let mut all = Attributes::new();
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                all.insert(key.to_owned(), value);
            }
        };
        match self {
            Self::Heading { level } => put("level", Some(json!(level))),
            Self::OrderedList { start } => put("start", Some(json!(start))),
            Self::TaskItem {
                checked,
                person,
                due,
            } => {
                put("checked", Some(json!(checked)));
                put("person", text(person.as_ref()));
                put("due", due.map(|due| json!(due.to_string())));
            }
            Self::Callout { tone } => put("tone", Some(json!(tone.name()))),
            Self::CodeBlock { language } => put("language", text(language.as_ref())),
            Self::TableCell { span, .. } => {
                put("colspan", Some(json!(span.columns)));
                put("rowspan", Some(json!(span.rows)));
                let set = !span.widths.is_empty();
                put("colwidth", set.then(|| json!(span.widths)));
            }
            Self::FamilyVoice {
                method,
                consent,
                month,
            } => {
                put("method", text(method.as_ref()));
                put("consent", consent.map(|consent| json!(consent.name())));
                put("month", month.map(|month| json!(month.to_string())));
            }
            Self::Agreement { who, until } => {
                put("who", text(who.as_ref()));
                put("until", until.map(|until| json!(until.to_string())));
            }
            Self::PageLink { page, label } => {
                put("page", Some(json!(page.to_string())));
                put("label", text(label.as_ref()));
            }
            Self::Unknown { attributes, .. } => return attributes.clone(),
            _ => {}
        }
        all
    }

    /// Whether it stands inside a line of text.
    pub fn is_inline(&self) -> bool {
        matches!(
            self,
            Self::HardBreak | Self::PageLink { .. } | Self::Footnote
        )
    }
}

fn text(text: Option<&String>) -> Option<Value> {
    text.map(|text| Value::from(text.as_str()))
}
