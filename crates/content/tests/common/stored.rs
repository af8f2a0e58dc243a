//! Stored documents that no editor writes, made from every node and mark of the schema.
#![expect(unreachable_pub, reason = "a module of one test binary")]

use std::collections::HashMap;
use std::sync::Arc;

use denkraum_content::{Mark, Node, PageContent, create};
use serde_json::Value;
use yrs::{
    Any, ClientID, Doc, OffsetKind, Options, ReadTxn as _, StateVector, Text as _, Transact as _,
    TransactionMut, WriteTxn as _, Xml as _, XmlElementPrelim, XmlElementRef, XmlFragment as _,
    XmlTextPrelim,
};

/// What stands in texts, attributes and names, to become markup or to run somewhere.
pub const PAYLOADS: [&str; 14] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</td></tr></table><iframe src=//evil.example>",
    "--><style>@import url(//evil.example)</style>",
    "![x](javascript:alert(1)) [y](javascript:alert(2))",
    "[x]: javascript:alert(1)\n\n[x]",
    "```\n</code></pre><script>alert(1)</script>",
    "{person=\"<b onclick=x>\"} [!NOTE] | --- |",
    "&#60;script&#62; &lt;script&gt; \u{202e}\u{0}\u{1b}[31m",
];

/// A document that is written by hand.
pub fn document(write: impl FnOnce(&mut TransactionMut<'_>)) -> Vec<u8> {
    let mut options = Options::with_guid_and_client_id("test".into(), ClientID::new(1));
    options.offset_kind = OffsetKind::Utf16;
    let doc = Doc::with_options(options);
    let mut txn = doc.transact_mut();
    write(&mut txn);
    txn.encode_state_as_update_v1(&StateVector::default())
}

/// The names of nodes or marks and of their attributes.
fn declared(part: &str) -> Vec<(String, Vec<String>)> {
    let schema = include_str!("../../../../data/schema/page.json");
    let schema: Value = serde_json::from_str(schema).unwrap_or_default();
    let keys = |of: &Value| -> Vec<String> {
        let keys = of.as_object().into_iter().flatten();
        keys.map(|(key, _)| key.clone()).collect()
    };
    let entries = schema.get(part).and_then(Value::as_object);
    let entries = entries.into_iter().flatten();
    let with_keys = |(name, entry): (&String, &Value)| {
        let attributes = entry.get("attributes").unwrap_or(&Value::Null);
        (name.clone(), keys(attributes))
    };
    entries.map(with_keys).collect()
}

/// Values that attributes do not have.
fn values() -> Vec<(&'static str, Any)> {
    let list = Any::from(vec![Any::from("<b onclick=x>"), Any::Null, Any::from(1)]);
    let map = HashMap::from([("href".to_owned(), Any::from("javascript:alert(1)"))]);
    let mut deep = Any::from(1);
    // yrs keeps marks as JSON and reads it no deeper than 127 levels.
    for _ in 0..100 {
        deep = Any::from(vec![deep]);
    }
    let mut values = vec![
        ("list", list),
        ("map", Any::Map(Arc::new(map))),
        ("deep list", deep),
        ("bytes", Any::Buffer(Arc::from([0_u8, 255].as_slice()))),
        ("not a number", Any::from(f64::NAN)),
        ("infinity", Any::from(f64::INFINITY)),
        ("negative", Any::from(-1)),
        ("huge", Any::from(1e300)),
        ("yes", Any::from(true)),
        ("undefined", Any::Undefined),
    ];
    values.extend(PAYLOADS.map(|payload| (payload, Any::from(payload))));
    values
}

/// A text in which every payload stands, with marks that say something else. Each mark is set by
/// itself, because the order within a map is another one each time.
fn fill(txn: &mut TransactionMut<'_>, element: &XmlElementRef, marks: &[(String, Any)]) {
    let text = element.push_back(txn, XmlTextPrelim::new(PAYLOADS.join(" ")));
    for (at, (name, value)) in (0..).zip(marks) {
        let mark = (Arc::from(name.as_str()), value.clone());
        text.format(txn, at * 5, 40, [mark].into_iter().collect());
    }
}

/// Documents of every node with attributes that are not its own, each in a paragraph, at the top
/// and with a text and every other node inside.
pub fn nodes() -> Vec<(String, Vec<u8>)> {
    let names = declared("nodes");
    let mut cases = Vec::new();
    for (name, keys) in &names {
        for (kind, value) in values() {
            let state = document(|txn| {
                let body = txn.get_or_insert_xml_fragment("body");
                let top = body.push_back(txn, XmlElementPrelim::empty(name.as_str()));
                let outer = body.push_back(txn, XmlElementPrelim::empty("paragraph"));
                let inner = outer.push_back(txn, XmlElementPrelim::empty(name.as_str()));
                for element in [top, inner] {
                    let foreign = ["onclick", "style", "srcdoc", "href", "class", "id"];
                    let known = keys.iter().map(String::as_str);
                    for key in known.chain(foreign) {
                        element.insert_attribute(txn, key, value.clone());
                    }
                    fill(txn, &element, &[]);
                    for ((child, _), payload) in names.iter().zip(PAYLOADS.iter().cycle()) {
                        let child = element.push_back(txn, XmlElementPrelim::empty(child.as_str()));
                        child.push_back(txn, XmlTextPrelim::new(*payload));
                    }
                }
            });
            cases.push((format!("{name} {kind}"), state));
        }
    }
    cases
}

/// Documents of nodes that run or hide in a browser.
pub fn strangers() -> Vec<(String, Vec<u8>)> {
    let names = [
        "script",
        "svg",
        "iframe",
        "style",
        "img",
        "object",
        "math",
        "form",
        "template",
        "a b<\"",
        "",
        "P",
        "text",
        "doc",
        "title",
        "__proto__",
        "base",
        "meta",
        "link",
        "body",
    ];
    let case = |name: &str| {
        document(|txn| {
            let body = txn.get_or_insert_xml_fragment("body");
            let element = body.push_back(txn, XmlElementPrelim::empty(name));
            for payload in PAYLOADS {
                element.insert_attribute(txn, payload, Any::from(payload));
            }
            fill(txn, &element, &[]);
            body.push_back(txn, XmlElementPrelim::empty(name));
        })
    };
    names.map(|name| (format!("<{name}>"), case(name))).to_vec()
}

/// Documents of every mark, also with a hash behind its name, with values that it does not have.
pub fn marks() -> Vec<(String, Vec<u8>)> {
    let mut names = declared("marks");
    names.push(("onclick".to_owned(), Vec::new()));
    let mut cases = Vec::new();
    for (name, keys) in names {
        for (kind, value) in values() {
            let known = keys.iter().map(String::as_str);
            let mut marks: Vec<(String, Any)> = known
                .chain(["href", "onclick", "style"])
                .map(|key| HashMap::from([(key.to_owned(), value.clone())]))
                .map(|object| (name.clone(), Any::Map(Arc::new(object))))
                .collect();
            marks.push((format!("{name}--AbC+/12="), value.clone()));
            let state = document(|txn| {
                let body = txn.get_or_insert_xml_fragment("body");
                for block in ["paragraph", "heading", "codeBlock"] {
                    let element = body.push_back(txn, XmlElementPrelim::empty(block));
                    fill(txn, &element, &marks);
                    let note = element.push_back(txn, XmlElementPrelim::empty("footnote"));
                    fill(txn, &note, &marks);
                }
            });
            cases.push((format!("mark {name} {kind}"), state));
        }
    }
    cases
}

/// Documents in which every node stands inside itself very often.
pub fn nested() -> Vec<(String, Vec<u8>)> {
    let nest = |name: &str| {
        document(|txn| {
            let body = txn.get_or_insert_xml_fragment("body");
            let mut inner = body.push_back(txn, XmlElementPrelim::empty(name));
            for _ in 0..5_000 {
                inner = inner.push_back(txn, XmlElementPrelim::empty(name));
            }
            inner.push_back(txn, XmlTextPrelim::new("innen"));
        })
    };
    let mut cases: Vec<(String, Vec<u8>)> = declared("nodes")
        .iter()
        .map(|(name, _)| (format!("{name} in {name}"), nest(name)))
        .collect();
    let table = document(|txn| {
        let body = txn.get_or_insert_xml_fragment("body");
        let mut inner = body.push_back(txn, XmlElementPrelim::empty("table"));
        let parts = ["tableRow", "tableCell", "table"].into_iter().cycle();
        for name in parts.take(6_000) {
            inner = inner.push_back(txn, XmlElementPrelim::empty(name));
        }
        inner.push_back(txn, XmlTextPrelim::new("innen"));
    });
    cases.push(("tables in tables".to_owned(), table));
    cases
}

/// Documents with ten million bytes in one place.
pub fn large() -> Vec<(String, Vec<u8>)> {
    let long: Any = Any::from("<b>\n".repeat(2_500_000));
    let places = [
        ("taskItem", "person"),
        ("taskItem", "due"),
        ("agreement", "who"),
        ("familyVoice", "method"),
        ("codeBlock", "language"),
        ("pageLink", "label"),
        ("callout", "tone"),
        ("paragraph", "onclick"),
    ];
    let case = |(name, key): (&str, &str)| {
        document(|txn| {
            let body = txn.get_or_insert_xml_fragment("body");
            let element = body.push_back(txn, XmlElementPrelim::empty(name));
            if name == "pageLink" {
                let page = Any::from("01arz3ndektsv4rrffq69g5fav");
                element.insert_attribute(txn, "page", page);
            }
            element.insert_attribute(txn, key, long.clone());
            element.push_back(txn, XmlTextPrelim::new("innen"));
        })
    };
    places
        .map(|place| (format!("{} with a large {}", place.0, place.1), case(place)))
        .to_vec()
}

/// Documents of very many small parts.
pub fn many() -> Vec<(String, Vec<u8>)> {
    const COUNT: usize = 4_000;
    let blocks = |name: &'static str, text: &'static str| {
        document(move |txn| {
            let body = txn.get_or_insert_xml_fragment("body");
            for _ in 0..COUNT {
                let block = body.push_back(txn, XmlElementPrelim::empty(name));
                block.push_back(txn, XmlTextPrelim::new(text));
            }
        })
    };
    let inside = |outer: &'static str, name: &'static str| {
        document(move |txn| {
            let body = txn.get_or_insert_xml_fragment("body");
            let line = body.push_back(txn, XmlElementPrelim::empty(outer));
            for _ in 0..COUNT {
                let element = line.push_back(txn, XmlElementPrelim::empty(name));
                let page = Any::from("01arz3ndektsv4rrffq69g5faz");
                element.insert_attribute(txn, "page", page);
                element.push_back(txn, XmlTextPrelim::new("*"));
            }
        })
    };
    let marked = (0..COUNT).map(|at| match at % 2 {
        0 => Node::marked("a", [Mark::Italic, Mark::Bold]),
        _ => Node::marked("b", [Mark::Italic]),
    });
    let marked = PageContent {
        body: vec![Node::paragraph(marked.collect())],
        ..PageContent::default()
    };
    vec![
        ("marks in a line".to_owned(), create(&marked, 1)),
        ("equal headings".to_owned(), blocks("heading", "Ziel")),
        ("quotes".to_owned(), blocks("blockquote", "[!NOTE]")),
        ("lists of one".to_owned(), blocks("bulletList", "[ ]")),
        ("tables of one".to_owned(), blocks("table", "|")),
        (
            "page links in a line".to_owned(),
            inside("paragraph", "pageLink"),
        ),
        (
            "footnotes in a line".to_owned(),
            inside("paragraph", "footnote"),
        ),
        (
            "breaks in a line".to_owned(),
            inside("heading", "hardBreak"),
        ),
        ("cells in a row".to_owned(), inside("tableRow", "tableCell")),
        ("tasks in a list".to_owned(), inside("taskList", "taskItem")),
    ]
}
