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
    pub(super) by: &'static str,
    pub(super) written_by: &'static str,
    pub(super) archived: &'static str,
    pub(super) archived_at: &'static str,
    pub(super) restore: &'static str,
    pub(super) overview: &'static str,
    pub(super) no_answer: &'static str,
    pub(super) empty_text: &'static str,
    pub(super) empty_choice: &'static str,
    pub(super) empty_date: &'static str,
    pub(super) empty_number: &'static str,
    pub(super) empty_page: &'static str,
    pub(super) empty_list: &'static str,
    /// A step of a ladder, and of how many.
    pub(super) step: [&'static str; 2],
    pub(super) contents: &'static str,
    pub(super) backlinks: &'static str,
    pub(super) no_backlinks: &'static str,
    pub(super) mentions: &'static str,
    pub(super) emerged_from: &'static str,
    pub(super) source_of: &'static str,
    pub(super) accessibility: &'static str,
    pub(super) script: &'static str,
}

impl Words {
    /// Which of so many steps it is, counted from 1.
    pub(super) fn step(&self, step: usize, of: usize) -> String {
        let [word, among] = self.step;
        format!("{word} {step} {among} {of}:")
    }
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
            by: " von ",
            written_by: "verfasst von ",
            archived: "Diese Seite ist im Archiv. Sie lässt sich lesen, aber nicht ändern.",
            archived_at: "Archiviert",
            restore: "Aus dem Archiv zurückholen",
            overview: "Auf einen Blick",
            no_answer: "Noch ohne Antwort.",
            empty_text: "Noch ohne Antwort. Hier schreiben",
            empty_choice: "Noch ohne Antwort. Auswählen",
            empty_date: "Noch ohne Tag. Tag wählen",
            empty_number: "Noch ohne Zahl. Zahl eintragen",
            empty_page: "Noch keine Seite. Seite verknüpfen",
            empty_list: "Noch kein Eintrag. Eintrag anlegen",
            step: ["Stufe", "von"],
            contents: "Auf dieser Seite",
            backlinks: "Verlinkt von",
            no_backlinks: "Noch verweist keine Seite hierher.",
            mentions: "erwähnt",
            emerged_from: "entstanden aus",
            source_of: "hieraus entstanden",
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
            by: " by ",
            written_by: "written by ",
            archived: "This page is in the archive. It can be read, but not changed.",
            archived_at: "Archived",
            restore: "Bring back from the archive",
            overview: "At a glance",
            no_answer: "Not answered yet.",
            empty_text: "No answer yet. Write here",
            empty_choice: "No answer yet. Choose",
            empty_date: "No day yet. Choose a day",
            empty_number: "No number yet. Enter one",
            empty_page: "No page yet. Link a page",
            empty_list: "No entry yet. Add one",
            step: ["Step", "of"],
            contents: "On this page",
            backlinks: "Linked from",
            no_backlinks: "No page links here yet.",
            mentions: "mentions",
            emerged_from: "emerged from",
            source_of: "emerged from here",
            accessibility: "Accessibility",
            script: "Denkraum needs JavaScript for writing and searching. Reading works without.",
        },
    }
}
