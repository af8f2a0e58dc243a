//! Stored documents that no editor writes: reading and showing them is safe and loses no text.

use std::collections::HashMap;
use std::sync::Arc;

use denkraum_content::{
    Change, EditError, NoTitles, Node, PageContent, ReadNotice, Shape, create, edit, links,
    outline, read, read_noticing, sections, to_html, to_markdown, to_text,
};
use yrs::{
    Any, Array as _, ArrayPrelim, ClientID, Doc, Map as _, OffsetKind, Options, ReadTxn as _,
};
use yrs::{StateVector, Text as _, Transact as _, TransactionMut, WriteTxn as _, Xml as _};
use yrs::{XmlElementPrelim, XmlFragment as _, XmlTextPrelim};

fn document(write: impl FnOnce(&mut TransactionMut<'_>)) -> Vec<u8> {
    let mut options = Options::with_guid_and_client_id("test".into(), ClientID::new(1));
    options.offset_kind = OffsetKind::Utf16;
    let doc = Doc::with_options(options);
    let mut txn = doc.transact_mut();
    write(&mut txn);
    txn.encode_state_as_update_v1(&StateVector::default())
}

/// All outputs, to see that none of them fails.
fn show(page: &PageContent) -> String {
    let _ = (
        outline(page, &NoTitles),
        links(page),
        sections(page),
        to_text(page),
    );
    to_markdown(page, &NoTitles) + &to_html(page, &NoTitles)
}

#[test]
fn enormous_nesting_is_cut_at_a_depth_and_its_text_is_kept() {
    let state = document(|txn| {
        let body = txn.get_or_insert_xml_fragment("body");
        let mut inner = body.push_back(txn, XmlElementPrelim::empty("blockquote"));
        for _ in 0..20_000 {
            inner = inner.push_back(txn, XmlElementPrelim::empty("blockquote"));
        }
        inner.push_back(txn, XmlTextPrelim::new("innen"));
        let after = body.push_back(txn, XmlElementPrelim::empty("paragraph"));
        after.push_back(txn, XmlTextPrelim::new("danach"));
    });
    let (page, notices) = read_noticing(&state).unwrap();
    assert_eq!(notices, [ReadNotice::TooDeep]);
    assert_eq!(to_text(&page), "innen\ndanach");
    assert!(show(&page).contains("danach"));
    assert!(serde_json::to_string(&page).is_ok());
    let change = Change {
        title: Some("neu".to_owned()),
        ..Change::default()
    };
    assert!(edit(&state, &change, 2).unwrap().is_some());
    // Deleting it would need as much stack as it is deep.
    let change = Change {
        body: Some(Vec::new()),
        ..Change::default()
    };
    assert!(matches!(edit(&state, &change, 2), Err(EditError::TooDeep)));
}

#[test]
fn content_that_is_no_node_is_passed_over() {
    let state = document(|txn| {
        let body = txn.get_or_insert_xml_fragment("body");
        let list: &yrs::ArrayRef = body.as_ref();
        list.push_back(txn, "😀 kein Knoten");
        list.push_back(txn, ArrayPrelim::from([1, 2]));
        let first = body.push_back(txn, XmlElementPrelim::empty("paragraph"));
        let text = first.push_back(txn, XmlTextPrelim::new("a"));
        text.insert_embed(txn, 1, Any::from(7));
        text.push(txn, "b");
        let inside: &yrs::ArrayRef = first.as_ref();
        inside.push_back(txn, ArrayPrelim::from(["x", "😀"]));
        let last = body.push_back(txn, XmlElementPrelim::empty("paragraph"));
        last.push_back(txn, XmlTextPrelim::new("c"));
    });
    let (page, notices) = read_noticing(&state).unwrap();
    assert_eq!(to_text(&page), "ab\nc");
    assert_eq!(notices, [ReadNotice::ForeignContent]);
    show(&page);
}

#[test]
fn attributes_and_marks_of_any_type_are_shown_as_text() {
    let object = Any::Map(Arc::new(HashMap::from([("href".to_owned(), Any::from(1))])));
    let state = document(|txn| {
        let body = txn.get_or_insert_xml_fragment("body");
        for name in [
            "heading",
            "orderedList",
            "pageLink",
            "paragraph",
            "script",
            "a b<\"",
        ] {
            let element = body.push_back(txn, XmlElementPrelim::empty(name));
            for key in ["level", "start", "page", "label", "onclick", "style"] {
                element.insert_attribute(txn, key, Any::from(vec![object.clone(), Any::Null]));
            }
            let text = element.push_back(txn, XmlTextPrelim::new("<img src=x onerror=y>"));
            let marks = [
                ("link", object.clone()),
                ("bold", Any::from(true)),
                ("x", Any::Undefined),
            ];
            let marks = marks
                .into_iter()
                .map(|(name, value)| (Arc::from(name), value))
                .collect();
            text.format(txn, 0, 4, marks);
        }
    });
    let page = read(&state).unwrap();
    show(&page);
    let all = to_html(&page, &NoTitles);
    for hostile in ["<img", "<script", "onclick", "<a b", "style="] {
        assert!(!all.contains(hostile), "{hostile}: {all}");
    }
    assert_eq!(to_text(&page).matches("<img src=x onerror=y>").count(), 6);
}

#[test]
fn roots_of_another_type_do_no_harm() {
    let state = document(|txn| {
        txn.get_or_insert_map("body").insert(txn, "x", 1);
        txn.get_or_insert_map("title").insert(txn, "x", 1);
        txn.get_or_insert_text("values").insert(txn, 0, "x");
        txn.get_or_insert_text("meta").insert(txn, 0, "x");
        txn.get_or_insert_map("text:a").insert(txn, "x", 1);
    });
    assert_eq!(read(&state).unwrap(), PageContent::default());
}

#[test]
fn hidden_control_characters_do_not_reach_the_outputs() {
    let body = vec![Node::paragraph(vec![Node::text(
        "a\u{0}b\u{1b}c\u{7f}d\u{85}e\r\nf",
    )])];
    let page = PageContent {
        body,
        ..PageContent::default()
    };
    let page = read(&create(&page, 1)).unwrap();
    assert_eq!(to_text(&page), "abcde\nf");
    assert!(!show(&page).contains(|c: char| c.is_control() && c != '\n'));
}

#[test]
fn a_tree_of_any_depth_can_be_created() {
    let mut node = Node::paragraph(vec![Node::text("innen")]);
    for _ in 0..120 {
        node = Node::element(Shape::Blockquote, vec![node]);
    }
    let page = PageContent {
        body: vec![node],
        ..PageContent::default()
    };
    let state = create(&page, 1);
    assert_eq!(to_text(&read(&state).unwrap()), "innen");
}
