//! The few words of the frame around a page that is shown at once.

use crate::language::Language;

/// The words of the frame.
pub(super) struct Words {
    pub(super) skip: &'static str,
    pub(super) navigation: &'static str,
    pub(super) start: &'static str,
    pub(super) search: &'static str,
    pub(super) spaces: &'static str,
    pub(super) path: &'static str,
    pub(super) visibility: &'static str,
    pub(super) changed: &'static str,
    pub(super) changed_by: &'static str,
    pub(super) written_by: &'static str,
    pub(super) overview: &'static str,
    pub(super) no_answer: &'static str,
    pub(super) contents: &'static str,
    pub(super) backlinks: &'static str,
    pub(super) no_backlinks: &'static str,
    pub(super) mentions: &'static str,
    pub(super) accessibility: &'static str,
    pub(super) script: &'static str,
}

/// The words in a language.
pub(super) const fn words(language: Language) -> Words {
    match language {
        Language::German => Words {
            skip: "Zum Inhalt springen",
            navigation: "Hauptnavigation",
            start: "Start",
            search: "Suchen",
            spaces: "Räume",
            path: "Pfad",
            visibility: "Sichtbar für: ",
            changed: "geändert ",
            changed_by: " von ",
            written_by: "verfasst von ",
            overview: "Auf einen Blick",
            no_answer: "Noch ohne Antwort.",
            contents: "Auf dieser Seite",
            backlinks: "Verlinkt von",
            no_backlinks: "Noch verweist keine Seite hierher.",
            mentions: "erwähnt",
            accessibility: "Barrierefreiheit",
            script: "Zum Schreiben und Suchen braucht Denkraum JavaScript. Lesen geht ohne.",
        },
        Language::English => Words {
            skip: "Skip to content",
            navigation: "Main navigation",
            start: "Start",
            search: "Search",
            spaces: "Spaces",
            path: "Path",
            visibility: "Visible to: ",
            changed: "changed ",
            changed_by: " by ",
            written_by: "written by ",
            overview: "At a glance",
            no_answer: "Not answered yet.",
            contents: "On this page",
            backlinks: "Linked from",
            no_backlinks: "No page links here yet.",
            mentions: "mentions",
            accessibility: "Accessibility",
            script: "Denkraum needs JavaScript for writing and searching. Reading works without.",
        },
    }
}
