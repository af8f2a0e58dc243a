//! Updates that go out as one say what they say one by one.

use denkraum_gate::{Gate, Writer, merge};
use yrs::{GetString as _, ReadTxn as _, Transact as _, XmlFragment as _};

#[cfg(test)]
mod common;

use common::{Document, Line, recorded, schema};

/// Takes a group of updates as one and one by one; whether it could be merged.
fn check(
    group: &[Vec<u8>],
    apart: &mut Document,
    together: &mut Document,
    gate: &mut Gate,
) -> bool {
    for update in group {
        apart.apply(update);
    }
    let Some(merged) = merge(group.iter().map(|update| &update[..])) else {
        group.iter().for_each(|update| {
            together.apply(update);
            gate.admit(gate.check(update, Writer::Server).unwrap());
        });
        return false;
    };
    together.apply(&merged);
    let admission = gate.check(&merged, Writer::Server);
    gate.admit(admission.unwrap_or_else(|err| panic!("{err:?} {}", hex::encode(&merged))));
    assert_eq!(apart.clocks(), together.clocks());
    assert_eq!(
        gate.state_vector()
            .collect::<std::collections::BTreeMap<_, _>>(),
        apart.clocks()
    );
    assert_eq!(shown(apart), shown(together), "{}", hex::encode(&merged));
    true
}

fn shown(document: &Document) -> String {
    let transaction = document.0.transact();
    let mut shown = String::new();
    if let Some(body) = transaction.get_xml_fragment("body") {
        for child in body.children(&transaction) {
            shown.push_str(&match child {
                yrs::XmlOut::Element(element) => element.get_string(&transaction),
                yrs::XmlOut::Text(text) => text.get_string(&transaction),
                yrs::XmlOut::Fragment(fragment) => fragment.get_string(&transaction),
            });
        }
    }
    if let Some(title) = transaction.get_text("title") {
        shown.push_str(&title.get_string(&transaction));
    }
    shown
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
                let is_merged = check(&group, &mut apart, &mut together, &mut gate);
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
