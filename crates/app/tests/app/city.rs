//! A city of other kinds: every type of field goes out and comes back as it was.

use std::collections::BTreeSet;

use denkraum_app::catalogue::Field;
use denkraum_app::{CollectionFormat, ImportOptions, ImportSource};
use denkraum_domain::Role;
use denkraum_testkit::{TestApp, hafenstadt};

use crate::files::{all, lasting, lines_of_all, whole};

/// Every type of field, and every one that a part of a list may have.
const TYPES: [&str; 14] = [
    "criteria",
    "date",
    "date_range",
    "flag",
    "ladder",
    "list",
    "long_text",
    "many",
    "number",
    "one",
    "page_link",
    "page_links",
    "role",
    "text",
];
const PART_TYPES: [&str; 9] = [
    "date",
    "date_range",
    "flag",
    "long_text",
    "number",
    "one",
    "page_link",
    "role",
    "text",
];

fn types<'f>(fields: impl Iterator<Item = &'f Field>) -> Vec<&'static str> {
    let types: BTreeSet<_> = fields.map(|field| field.sort.as_str()).collect();
    types.into_iter().collect()
}

///
#[tokio::test]
async fn every_type_of_field_goes_out_and_comes_back_in_every_format() {
    let first = TestApp::in_city(hafenstadt()).await;
    first.app.load_demo(&hafenstadt()).await.unwrap();
    let lines = lasting(lines_of_all(&first.app).await);
    assert_eq!(lines.len(), 3);

    // Nothing is left out: one page answers all that its kind asks.
    let kind = first.app.catalogue().kinds.first().unwrap();
    let page = lines.iter().find(|line| line["title"] == "Spielboot");
    let answers = page.unwrap()["fields"].as_object().unwrap();
    let answered = kind
        .fields
        .iter()
        .filter(|field| answers.contains_key(&field.name));
    assert_eq!(types(answered), TYPES);
    let list = kind.field("crew").unwrap();
    let entry = answers["crew"][0].as_object().unwrap();
    let answered = list
        .parts
        .iter()
        .filter(|part| entry.contains_key(&part.name));
    assert_eq!(types(answered), PART_TYPES);

    for format in [
        CollectionFormat::Lines,
        CollectionFormat::Markdown,
        CollectionFormat::Archive,
    ] {
        let bytes = whole(first.app.export_as_operator(all(format))).await;
        let source = if format == CollectionFormat::Lines {
            ImportSource::Lines(String::from_utf8(bytes).unwrap())
        } else {
            ImportSource::read(bytes.into()).await.unwrap()
        };
        let second = TestApp::in_city(hafenstadt()).await;
        for login in ["ida", "ole"] {
            second.person(login, Role::Writer, "kai").await;
        }
        let options = ImportOptions::default();
        let report = second.app.import_from_as_operator(source, &options).await;
        assert_eq!(report.failed, [], "{format:?}");
        assert_eq!(report.remarks, [], "{format:?}");
        let mut back = lasting(lines_of_all(&second.app).await);
        let mut expected = lines.clone();
        if format == CollectionFormat::Markdown {
            // Files for reading say neither who wrote them, by log-in, nor when they were begun.
            for line in &mut expected {
                line.as_object_mut().unwrap().remove("author").unwrap();
            }
            for line in back.iter_mut().chain(&mut expected) {
                line.as_object_mut().unwrap().remove("created_at").unwrap();
            }
        }
        assert_eq!(back, expected, "{format:?}");
    }
}
