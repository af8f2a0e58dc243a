//! Frames: blocks around blocks that say in a word what they are. What tells one from another stands
//! here alone; a frame without attributes needs a variant of [`Shape`], its name and a line below.

use super::Shape;

/// What is known of a frame besides its attributes. Callouts are named by their tone instead.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The name in the document schema, in HTML and as Markdown writes it.
    pub(crate) name: &'static str,
    /// The word above it in German; Markdown reads it as well.
    pub(crate) german: &'static str,
    /// The word above it in English.
    pub(crate) english: &'static str,
    /// What it is, if it has no attributes.
    plain: Option<Shape>,
}

/// All frames.
pub(crate) static FRAMES: [Frame; 6] = [
    Frame {
        name: "collapsible",
        german: "Aufklappen",
        english: "Open",
        plain: Some(Shape::Collapsible),
    },
    Frame {
        name: "guidingQuestion",
        german: "Leitfrage",
        english: "Guiding question",
        plain: Some(Shape::GuidingQuestion),
    },
    Frame {
        name: "familyVoice",
        german: "Familienstimme",
        english: "Family voice",
        plain: None,
    },
    Frame {
        name: "insight",
        german: "Einsicht",
        english: "Insight",
        plain: Some(Shape::Insight),
    },
    Frame {
        name: "agreement",
        german: "Vereinbarung",
        english: "Agreement",
        plain: None,
    },
    Frame {
        name: "openQuestion",
        german: "Offene Frage",
        english: "Open question",
        plain: Some(Shape::OpenQuestion),
    },
];

impl Shape {
    /// What is known of it, if it is a frame.
    pub(crate) fn frame(&self) -> Option<&'static Frame> {
        FRAMES.iter().find(|frame| frame.name == self.name())
    }

    /// The frame of that name, if it has no attributes.
    pub(super) fn plain_frame(name: &str) -> Option<Self> {
        let frame = FRAMES.iter().find(|frame| frame.name == name)?;
        frame.plain.clone()
    }
}
