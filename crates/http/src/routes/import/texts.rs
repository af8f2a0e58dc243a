//! Why something was not taken, and what became different, in words for people.

use denkraum_app::{Expected, ImportNote, ImportReason, Kept};

use crate::language::Language;
use crate::problem::{RouteError, Text, shortened};
use crate::routes::pages::field_error;

/// Why a line or a file was not taken.
pub(super) fn reason(reason: &ImportReason, language: Language) -> String {
    let text = match reason {
        ImportReason::NotText => {
            Text::new("Das ist kein Text in UTF-8.", "This is not text in UTF-8.")
        }
        ImportReason::Unreadable { detail } => Text::new(
            format!("Das ist nicht zu lesen. Genauer, auf Englisch: {detail}."),
            format!("This cannot be read ({detail})."),
        ),
        ImportReason::Missing => Text::new("Diese Angabe fehlt.", "This is missing."),
        ImportReason::Form(expected) => form(*expected),
        ImportReason::UnknownKey => Text::new(
            "Diese Angabe gibt es bei Seiten nicht.",
            "Pages do not have this.",
        ),
        ImportReason::Name(error) => return RouteError::name("", *error).into_detail(language),
        ImportReason::Field(error) => return field_error("", error).into_detail(language),
        ImportReason::Id(_) => Text::new(
            "Eine Kennung ist eine ULID in kleinen Buchstaben.",
            "An id is a ULID in lower case.",
        ),
        ImportReason::UnknownValue { value } => Text::new(
            format!("„{}“ gibt es hier nicht.", shortened(value)),
            format!("There is no “{}” here.", shortened(value)),
        ),
        ImportReason::DraftWithoutAuthor => Text::new(
            "Ein Entwurf braucht eine Person, die ihn verfasst hat.",
            "A draft needs an author.",
        ),
        ImportReason::AuthorOfOthers => Text::new(
            "Im Namen anderer schreibt nur, wer den Server betreibt.",
            "Only whoever runs the server writes in the name of others.",
        ),
        ImportReason::Exists(_) => Text::new(
            "Diese Seite gibt es schon. Zum Ersetzen bitte „Vorhandene ersetzen“ wählen.",
            "This page is there already. To replace it, choose “Replace existing pages”.",
        ),
        ImportReason::Twice(_) => Text::new(
            "Diese Kennung steht zweimal in den Dateien.",
            "This id stands in the files twice.",
        ),
        ImportReason::MayNotCreate => Text::new(
            "In diesem Bezirk können Sie keine Seiten anlegen.",
            "You cannot create pages in this district.",
        ),
        ImportReason::MayNotWrite(_) => Text::new(
            "Diese Seite können Sie nicht ändern.",
            "You cannot change this page.",
        ),
        ImportReason::NotStored { .. } => Text::new(
            "Das ließ sich nicht sichern. Vielleicht ist der Text zu lang.",
            "This could not be saved. Perhaps the text is too long.",
        ),
        ImportReason::TooLarge { max } => Text::new(
            format!("Diese Datei ist größer als {max} MiB."),
            format!("This file is larger than {max} MiB."),
        ),
        ImportReason::UnsafeName => Text::new(
            "Der Name dieser Datei führt aus dem Ordner hinaus.",
            "The name of this file leads out of the folder.",
        ),
        ImportReason::Locked => Text::new(
            "Diese Datei ist mit einem Passwort verschlossen.",
            "This file is locked with a password.",
        ),
        ImportReason::Damaged { .. } => {
            Text::new("Diese Datei ist beschädigt.", "This file is damaged.")
        }
    };
    text.into_language(language)
}

fn form(expected: Expected) -> Text {
    match expected {
        Expected::Text => Text::new("Hier wird ein Text erwartet.", "A text is expected here."),
        Expected::Texts => Text::new(
            "Hier wird eine Liste von Texten erwartet.",
            "A list of texts is expected here.",
        ),
        Expected::Flag => Text::new(
            "Hier wird ja oder nein erwartet: true oder false.",
            "true or false is expected here.",
        ),
        Expected::Named => Text::new(
            "Hier werden Felder mit ihren Namen erwartet.",
            "Fields with their names are expected here.",
        ),
        Expected::Answer => Text::new(
            "Hier wird ein Text, eine Zahl, ja oder nein oder eine Liste erwartet.",
            "A text, a number, true or false or a list is expected here.",
        ),
    }
}

/// What was taken otherwise than it stood there.
pub(super) fn note(note: &ImportNote, language: Language) -> String {
    let text = match note {
        ImportNote::Text(_) => {
            // The page's text has its own words, in English; the German ones say the same.
            return match language {
                Language::English => sentence(&note.to_string()),
                Language::German => german_notice(note),
            };
        }
        ImportNote::Key(key) => Text::new(
            format!("Die Angabe „{}“ hat hier keine Bedeutung.", shortened(key)),
            format!("“{}” means nothing here.", shortened(key)),
        ),
        ImportNote::Author(_) => Text::new(
            "Wer diese Seite verfasst hat, hat hier kein Konto.",
            "An author of this page has no account here.",
        ),
        ImportNote::NotRead => Text::new(
            "Gelesen werden Markdown (.md) und JSON Lines (.jsonl); diese Datei bleibt weg.",
            "Markdown (.md) and JSON Lines (.jsonl) are read; this file is left out.",
        ),
        ImportNote::PlainPage => Text::new(
            "Ohne Angabe der Seitenart wird es eine einfache Seite.",
            "Nothing names the kind; it becomes a plain page.",
        ),
        ImportNote::Kept(kept) => keeps(*kept),
        ImportNote::NoTime { key } => Text::new(
            format!("„{key}“ ist keine vergangene Zeit; es zählt die Zeit des Imports."),
            format!("“{key}” is no time in the past; the time of the import counts."),
        ),
    };
    text.into_language(language)
}

/// What a page that is replaced keeps.
fn keeps(kept: Kept) -> Text {
    match kept {
        Kept::Kind => Text::new(
            "Die vorhandene Seite behält ihre Seitenart.",
            "The existing page keeps its kind.",
        ),
        Kept::Space => Text::new(
            "Die vorhandene Seite bleibt in ihrem Raum.",
            "The existing page stays in its space.",
        ),
        Kept::Audience => Text::new(
            "Wer die vorhandene Seite lesen darf, ändert sich nicht.",
            "Who may read the existing page does not change.",
        ),
        Kept::Archived => Text::new(
            "Ob die vorhandene Seite archiviert ist, ändert sich nicht.",
            "Whether the existing page is archived does not change.",
        ),
        Kept::Authors => Text::new(
            "Wer die vorhandene Seite verfasst hat, ändert sich nicht.",
            "The authors of the existing page do not change.",
        ),
        Kept::Origin => Text::new(
            "Woraus die vorhandene Seite entstanden ist, ändert sich nicht.",
            "What the existing page emerged from does not change.",
        ),
    }
}

fn german_notice(note: &ImportNote) -> String {
    let ImportNote::Text(notice) = note else {
        return String::new();
    };
    if let Some(address) = notice.address() {
        let address = shortened(address);
        return format!("Der Verweis auf „{address}“ wird zu Text.");
    }
    match notice.code() {
        "heading-level" => "Eine tiefe Überschrift wird zu einer der dritten Ebene.",
        "html" => "HTML bleibt weg, sein Text bleibt.",
        "image" => "Statt eines Bildes steht seine Beschreibung da.",
        "too-deep" => "Sehr tiefe Verschachtelung wird flacher.",
        _ => "Etwas im Text wird zum Nächsten, was Seiten kennen.",
    }
    .to_owned()
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), chars.as_str())
}
