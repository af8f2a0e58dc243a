//! Updates that go out as one say what they say one by one.

use denkraum_gate::Gate;

#[cfg(test)]
mod common;

use common::{Document, Line, recorded, schema};

#[cfg(test)]
mod groups {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;

    use denkraum_gate::{Gate, Writer, merge};
    use yrs::types::text::YChange;
    use yrs::{
        GetString as _, ReadTxn, Text as _, Transact as _, Xml as _, XmlFragment as _, XmlOut,
    };

    use crate::common::Document;

    /// Takes a group of updates as one and one by one; whether it could be merged.
    pub(super) fn check(
        group: &[Vec<u8>],
        apart: &mut Document,
        together: &mut Document,
        gate: &mut Gate,
    ) -> bool {
        for update in group {
            apart.apply(update);
        }
        let Some(merged) = merge(group.iter().map(|update| &update[..])) else {
            for update in group {
                together.apply(update);
                gate.admit(gate.check(update, Writer::Server).unwrap());
            }
            return false;
        };
        together.apply(&merged);
        let admission = gate.check(&merged, Writer::Server);
        gate.admit(admission.unwrap_or_else(|err| panic!("{err:?} {}", hex::encode(&merged))));
        assert_eq!(apart.clocks(), together.clocks());
        assert_eq!(
            gate.state_vector().collect::<BTreeMap<_, _>>(),
            apart.clocks()
        );
        assert_eq!(shown(apart), shown(together), "{}", hex::encode(&merged));
        true
    }

    /// What is in the document, with attributes in the order of their names.
    fn shown(document: &Document) -> String {
        let transaction = document.0.transact();
        let title = transaction.get_text("title");
        let mut shown = title.map_or_else(String::new, |title| title.get_string(&transaction));
        if let Some(body) = transaction.get_xml_fragment("body") {
            body.children(&transaction)
                .for_each(|child| show(&child, &transaction, &mut shown));
        }
        shown
    }

    fn show(node: &XmlOut, transaction: &impl ReadTxn, shown: &mut String) {
        match node {
            XmlOut::Element(element) => {
                let attributes = element.attributes(transaction);
                let attributes: BTreeMap<String, String> = attributes
                    .map(|(name, value)| (name.to_owned(), format!("{value:?}")))
                    .collect();
                write!(shown, "<{} {attributes:?}>", element.tag()).unwrap();
                element
                    .children(transaction)
                    .for_each(|child| show(&child, transaction, shown));
            }
            XmlOut::Text(text) => {
                for piece in text.diff(transaction, YChange::identity) {
                    let marks = piece.attributes.map(|marks| {
                        let marks = marks
                            .iter()
                            .map(|(name, value)| (name.clone(), format!("{value:?}")));
                        marks.collect::<BTreeMap<_, _>>()
                    });
                    write!(shown, "{:?}{marks:?}", piece.insert).unwrap();
                }
            }
            XmlOut::Fragment(_) => shown.push('?'),
        }
    }
}

/// [G-27]
#[test]
fn recorded_updates_mean_the_same_in_groups_of_any_size() {
    for size in [2, 3, 8, 40] {
        let (mut groups, mut merged) = (0_u32, 0_u32);
        let start = || (Document::new(), Document::new(), Gate::new(schema()));
        let (mut apart, mut together, mut gate) = start();
        let mut group = Vec::new();
        for (_, line) in recorded() {
            let begins = matches!(line, Line::Page);
            let is_over = match line {
                Line::Update(update, _) => {
                    group.push(update);
                    group.len() == size
                }
                Line::Page | Line::State(_) => !group.is_empty(),
            };
            if is_over {
                let is_merged = groups::check(&group, &mut apart, &mut together, &mut gate);
                merged += u32::from(is_merged);
                groups += 1;
                group.clear();
            }
            if begins {
                (apart, together, gate) = start();
            }
        }
        assert!(merged * 2 > groups, "{merged} of {groups} groups of {size}");
    }
}
