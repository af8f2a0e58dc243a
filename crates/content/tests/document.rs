//! Documents: what is created is read, what is edited changes only what was asked for.

use std::collections::{BTreeMap, BTreeSet};

use denkraum_content::{
    Attributes, Change, EditError, Mark, Node, PageContent, ReadError, Scalar, Shape, create, edit,
    read,
};
use denkraum_domain::KindId;
use serde_json::json;
use yrs::updates::decoder::Decode as _;
use yrs::{Any, ClientID, Doc, Map as _, OffsetKind, Options, Out, ReadTxn as _, StateVector};
use yrs::{Text as _, Transact as _, Update};

#[expect(clippy::unwrap_used, reason = "a constant")]
fn page() -> PageContent {
    PageContent {
        kind: Some(KindId::parse("approach").unwrap()),
        title: "Frühe Hilfen 😀 im Kiez".to_owned(),
        values: BTreeMap::from([
            ("status".to_owned(), Scalar::Text("tried".to_owned())),
            ("reach".to_owned(), Scalar::Number(12.5)),
            ("since".to_owned(), Scalar::Number(2023.0)),
            ("open".to_owned(), Scalar::Bool(false)),
        ]),
        sets: BTreeMap::from([
            ("tags".to_owned(), set(&["Kita", "a=b", "Übergang"])),
            ("departments".to_owned(), set(&["youth"])),
        ]),
        texts: BTreeMap::from([("summary".to_owned(), "Eltern treffen\nsich.".to_owned())]),
        body: vec![
            Node::element(Shape::Heading { level: 2 }, vec![Node::text("Ziel")]),
            Node::paragraph(vec![
                Node::text("Ein "),
                Node::marked("Ort", [Mark::Bold, Mark::Italic]),
            ]),
        ],
    }
}

fn set(choices: &[&str]) -> BTreeSet<String> {
    choices.iter().map(ToString::to_string).collect()
}

#[expect(clippy::unwrap_used, reason = "made by the tests")]
fn doc(client: u64, updates: &[&[u8]]) -> Doc {
    let mut options = Options::with_guid_and_client_id("test".into(), ClientID::new(client));
    options.offset_kind = OffsetKind::Utf16;
    let doc = Doc::with_options(options);
    for update in updates {
        let update = Update::decode_v1(update).unwrap();
        doc.transact_mut().apply_update(update).unwrap();
    }
    doc
}

fn merged(updates: &[&[u8]]) -> Vec<u8> {
    doc(99, updates)
        .transact()
        .encode_state_as_update_v1(&StateVector::default())
}

#[test]
fn what_is_created_is_read_back() {
    let page = page();
    assert_eq!(read(&create(&page, 7)).unwrap(), page);
    let empty = PageContent::default();
    assert_eq!(read(&create(&empty, 7)).unwrap(), empty);
}

#[test]
fn a_new_document_names_its_kind_and_schema() {
    let doc = doc(1, &[&create(&page(), 7)]);
    let txn = doc.transact();
    let meta = txn.get_map("meta").unwrap();
    assert_eq!(
        meta.get(&txn, "kind"),
        Some(Out::Any(Any::from("approach")))
    );
    assert_eq!(meta.get(&txn, "schema"), Some(Out::Any(Any::from(1))));
    let values = txn.get_map("values").unwrap();
    assert_eq!(
        values.get(&txn, "tags=a=b"),
        Some(Out::Any(Any::from(true)))
    );
}

#[test]
fn bytes_that_are_no_document_are_an_error() {
    assert!(matches!(read(&[]), Err(ReadError::Decode(_))));
    assert!(matches!(read(&[1, 1, 1]), Err(ReadError::Decode(_))));
    assert!(matches!(
        edit(&[1, 1, 1], &Change::default(), 1),
        Err(EditError::Read(ReadError::Decode(_)))
    ));
}

#[test]
fn a_document_with_a_gap_is_an_error() {
    let state = create(&page(), 7);
    let change = Change {
        title: Some("Neu".to_owned()),
        ..Change::default()
    };
    let update = edit(&state, &change, 8).unwrap().unwrap();
    assert!(matches!(read(&update), Err(ReadError::Incomplete)));
}

#[test]
fn an_edit_changes_exactly_what_it_names() {
    let mut expected = page();
    let state = create(&expected, 7);
    let change = Change {
        title: Some("Frühe 😃 Hilfen in allen Kiezen".to_owned()),
        values: BTreeMap::from([
            ("status".to_owned(), Some(Scalar::Text("ended".to_owned()))),
            ("reach".to_owned(), None),
            ("never".to_owned(), None),
            (
                "until".to_owned(),
                Some(Scalar::Text("2024-05-06".to_owned())),
            ),
        ]),
        sets: BTreeMap::from([("tags".to_owned(), set(&["Kita", "neu"]))]),
        texts: BTreeMap::from([
            ("summary".to_owned(), String::new()),
            ("access".to_owned(), "zu Hause".to_owned()),
        ]),
        body: None,
    };
    let update = edit(&state, &change, 8).unwrap().unwrap();
    expected.title = "Frühe 😃 Hilfen in allen Kiezen".to_owned();
    let text = |text: &str| Scalar::Text(text.to_owned());
    expected.values.insert("status".to_owned(), text("ended"));
    expected.values.remove("reach");
    expected
        .values
        .insert("until".to_owned(), text("2024-05-06"));
    expected
        .sets
        .insert("tags".to_owned(), set(&["Kita", "neu"]));
    expected.texts = BTreeMap::from([("access".to_owned(), "zu Hause".to_owned())]);
    assert_eq!(read(&merged(&[&state, &update])).unwrap(), expected);
}

#[test]
fn an_edit_that_changes_nothing_makes_no_update() {
    let page = page();
    let state = create(&page, 7);
    let change = Change {
        title: Some(page.title.clone()),
        values: page
            .values
            .iter()
            .map(|(name, value)| (name.clone(), Some(value.clone())))
            .chain([("never".to_owned(), None)])
            .collect(),
        sets: page.sets.clone(),
        texts: page.texts.clone(),
        body: Some(page.body.clone()),
    };
    assert_eq!(edit(&state, &change, 8).unwrap(), None);
}

#[test]
fn an_edited_title_keeps_what_others_write_at_the_same_time() {
    let state = create(&page(), 7);
    let change = Change {
        title: Some("Frühe Hilfen 😀 im ganzen Kiez".to_owned()),
        ..Change::default()
    };
    let update = edit(&state, &change, 8).unwrap().unwrap();
    let other = doc(9, &[&state]);
    let theirs = {
        let mut txn = other.transact_mut();
        let title = txn.get_text("title").unwrap();
        title.insert(&mut txn, 6, "und gute ");
        txn.encode_update_v1()
    };
    let both = read(&merged(&[&state, &theirs, &update])).unwrap();
    assert_eq!(both.title, "Frühe und gute Hilfen 😀 im ganzen Kiez");
    assert_eq!(read(&merged(&[&state, &update, &theirs])).unwrap(), both);
}

#[test]
fn an_edit_leaves_unknown_nodes_and_marks_as_they_are() {
    let mut expected = page();
    let unknown = Shape::Unknown {
        name: "polling".to_owned(),
        attributes: Attributes::from([("tone".to_owned(), json!({ "deep": [1, "x", null] }))]),
    };
    let mark = Mark::Unknown {
        name: "comment--Ab+/12==".to_owned(),
        value: json!({ "id": 3 }),
    };
    let text = Node::paragraph(vec![Node::marked("x", [mark, Mark::Bold])]);
    expected.body.insert(1, Node::element(unknown, vec![text]));
    let state = create(&expected, 7);
    let mut body = expected.body.clone();
    body.push(Node::paragraph(vec![Node::text("neu")]));
    let change = Change {
        title: Some("Neu".to_owned()),
        body: Some(body.clone()),
        ..Change::default()
    };
    let update = edit(&state, &change, 8).unwrap().unwrap();
    expected.title = "Neu".to_owned();
    expected.body = body;
    assert_eq!(read(&merged(&[&state, &update])).unwrap(), expected);
    // The unknown block is before the change and must not be written again.
    assert!(!update.windows(7).any(|bytes| bytes == b"polling"));
}

#[test]
fn a_new_body_leaves_equal_blocks_at_both_ends_to_those_who_edit_them() {
    let line = |text: &str| Node::paragraph(vec![Node::text(text)]);
    let start = PageContent {
        body: vec![line("eins"), line("zwei"), line("drei")],
        ..PageContent::default()
    };
    let state = create(&start, 7);
    let change = Change {
        body: Some(vec![line("eins"), line("2a"), line("2b"), line("drei")]),
        ..Change::default()
    };
    let update = edit(&state, &change, 8).unwrap().unwrap();
    let other = doc(9, &[&state]);
    let theirs = {
        use yrs::XmlFragment as _;
        let mut txn = other.transact_mut();
        let body = txn.get_xml_fragment("body").unwrap();
        let last = body
            .get(&txn, 2)
            .and_then(yrs::XmlOut::into_xml_element)
            .unwrap();
        let text = last
            .get(&txn, 0)
            .and_then(yrs::XmlOut::into_xml_text)
            .unwrap();
        text.push(&mut txn, "!");
        txn.encode_update_v1()
    };
    let both = read(&merged(&[&state, &update, &theirs])).unwrap();
    assert_eq!(
        both.body,
        [line("eins"), line("2a"), line("2b"), line("drei!")]
    );
}
