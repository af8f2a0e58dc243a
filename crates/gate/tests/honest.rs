//! What real editors write is let in, always: a recording of ProseMirror views on Yjs documents
//! (`tests/tools/honest-updates.cjs`), with typing, marks, lists, pasting, moving, undo, offline
//! work, fields, and documents that forget what was deleted.

use std::collections::BTreeMap;

use denkraum_gate::{Gate, Writer};

#[cfg(test)]
mod common;

use common::{Line, recorded, schema};

/// [G-22]
#[test]
fn recorded_updates_are_never_refused_or_held() {
    let mut gate = Gate::new(schema());
    let mut checked = 0;
    for (number, line) in recorded() {
        match line {
            Line::Page => gate = Gate::new(schema()),
            Line::Update(update, writer) => {
                let admission = gate.check(&update, writer).unwrap_or_else(|err| {
                    panic!("line {number}: {err:?} {}", hex::encode(&update))
                });
                gate.admit(admission);
                checked += 1;
            }
            Line::State(state) => {
                let mut seeded = Gate::new(schema());
                seeded.seed(&state).unwrap();
                assert_eq!(sorted(&gate), sorted(&seeded), "line {number}");
            }
        }
    }
    assert!(checked > 700, "{checked} updates are no recording");
}

/// [G-22] A room that is opened again knows only the stored document, which has forgotten what was
/// deleted; whoever was offline meanwhile still gets in.
#[test]
fn recorded_updates_are_let_in_after_any_reload() {
    for reload_every in [1, 7, 40] {
        let mut gate = Gate::new(schema());
        let mut document = common::Document::new();
        for (number, line) in recorded() {
            let Line::Update(update, writer) = line else {
                gate = Gate::new(schema());
                document = common::Document::new();
                continue;
            };
            if number % reload_every == 0 {
                let state = document.state();
                document = common::Document::new();
                document.apply(&state);
                gate = Gate::new(schema());
                gate.seed(&state).unwrap();
            }
            let admission = gate
                .check(&update, writer)
                .unwrap_or_else(|err| panic!("line {number}: {err:?} {}", hex::encode(&update)));
            gate.admit(admission);
            document.apply(&update);
            assert_eq!(sorted(&gate), document.clocks(), "line {number}");
        }
    }
}

/// [G-20]
#[test]
fn what_is_known_changes_nothing() {
    let mut gate = Gate::new(schema());
    for (number, line) in recorded() {
        match line {
            Line::Page => gate = Gate::new(schema()),
            Line::Update(update, writer) => {
                let admission = gate.check(&update, writer).unwrap();
                gate.admit(admission);
                let again = gate.check(&update, writer).unwrap();
                assert!(!again.changes(), "line {number}");
                assert_eq!(again.clients(), []);
            }
            Line::State(state) => {
                let mut seeded = Gate::new(schema());
                seeded.seed(&state).unwrap();
                assert!(
                    !seeded.check(&state, Writer::Person).unwrap().changes(),
                    "line {number}"
                );
            }
        }
    }
}

/// [G-19] A stored document may also come as its updates, one after another.
#[test]
fn seeding_from_updates_knows_what_admitting_knows() {
    let (mut admitted, mut seeded) = (Gate::new(schema()), Gate::new(schema()));
    for (_, line) in recorded() {
        let Line::Update(update, writer) = line else {
            (admitted, seeded) = (Gate::new(schema()), Gate::new(schema()));
            continue;
        };
        let admission = admitted.check(&update, writer).unwrap();
        admitted.admit(admission);
        seeded.seed(&update).unwrap();
        assert_eq!(sorted(&admitted), sorted(&seeded));
        assert_eq!(admitted.bytes(), seeded.bytes());
        assert_eq!(admitted.entries(), seeded.entries());
    }
}

fn sorted(gate: &Gate) -> BTreeMap<u64, u64> {
    gate.state_vector().collect()
}
