use std::fmt::Write;

use super::*;
use crate::access::tests::{AUTHOR, OTHER, actor, page, space};

fn people() -> Vec<(&'static str, Actor)> {
    vec![
        (
            "author, writer in pankow",
            actor(AUTHOR, Role::Writer, Some("pankow")),
        ),
        (
            "author, writer in mitte now",
            actor(AUTHOR, Role::Writer, Some("mitte")),
        ),
        (
            "reader in pankow",
            actor(OTHER, Role::Reader, Some("pankow")),
        ),
        (
            "writer in pankow",
            actor(OTHER, Role::Writer, Some("pankow")),
        ),
        (
            "coordinator in pankow",
            actor(OTHER, Role::Coordinator, Some("pankow")),
        ),
        (
            "coordinator in mitte",
            actor(OTHER, Role::Coordinator, Some("mitte")),
        ),
        ("facilitator", actor(OTHER, Role::Facilitator, None)),
        ("administrator", actor(OTHER, Role::Administrator, None)),
    ]
}

/// What one person may do: nothing of it is known (-), no, or yes.
fn verdict<T>(permit: &Result<T, Denial>) -> &'static str {
    match permit {
        Ok(_) => "yes",
        Err(Denial::Forbidden) => "no",
        Err(Denial::Hidden) => "-",
    }
}

fn table(cell: impl Fn(&PageFacts, &Actor) -> &'static str) -> String {
    let mut table = String::new();
    for (name, person) in people() {
        let cells: Vec<_> = ["pankow", "berlin"]
            .iter()
            .flat_map(|at| Audience::ALL.map(|audience| page(at, audience)))
            .map(|facts| cell(&facts, &person))
            .collect();
        writeln!(table, "{name:<28}| {}", cells.join(" ")).unwrap();
    }
    table
}

/// Columns: draft, space, network, public of a page of pankow, then of the network space.
const KEEPERS: &str = "\
author, writer in pankow    | yes yes yes yes yes yes yes yes
author, writer in mitte now | yes no no no yes yes yes yes
reader in pankow            | - no no no - no no no
writer in pankow            | - no no no - no no no
coordinator in pankow       | - yes yes yes - no no no
coordinator in mitte        | - - no no - no no no
facilitator                 | - - no no - yes yes yes
administrator               | - - no no - no no no
";

#[test]
fn a_page_is_archived_by_those_who_keep_it() {
    let archive = |facts: &PageFacts, actor: &Actor| verdict(&permit_archive(facts, actor));
    assert_eq!(table(archive), KEEPERS);
}

#[test]
fn an_archived_page_is_brought_back_by_the_same_people_and_nothing_else_happens_to_it() {
    let archived = |facts: &PageFacts| PageFacts {
        archived: true,
        ..facts.clone()
    };
    let restore =
        |facts: &PageFacts, actor: &Actor| verdict(&permit_restore(&archived(facts), actor));
    assert_eq!(table(restore), KEEPERS);
    for (name, person) in people() {
        let facts = page("pankow", Audience::Network);
        assert!(permit_restore(&facts, &person).is_err(), "{name}");
        let facts = archived(&facts);
        assert!(permit_archive(&facts, &person).is_err(), "{name}");
        assert!(!may_move(&facts, &person), "{name}");
    }
}

fn moved(
    from: &str,
    had: Audience,
    to: &str,
    has: Audience,
    actor: &Actor,
) -> Result<MovePermit, MoveDenial> {
    let destination = Destination {
        space: space(to),
        in_network: to == "berlin",
        audience: has,
    };
    permit_move(&page(from, had), actor, &destination)
}

#[test]
fn a_page_moves_to_where_its_keeper_writes() {
    let author = actor(AUTHOR, Role::Writer, Some("pankow"));
    let permit = moved(
        "pankow",
        Audience::Network,
        "berlin",
        Audience::Network,
        &author,
    );
    let permit = permit.unwrap();
    assert_eq!(
        (permit.space(), permit.audience()),
        (&space("berlin"), &Audience::Network)
    );
    assert_eq!(
        moved(
            "pankow",
            Audience::Network,
            "mitte",
            Audience::Network,
            &author
        ),
        Err(MoveDenial::Destination)
    );
    let other = actor(OTHER, Role::Writer, Some("pankow"));
    assert_eq!(
        moved(
            "pankow",
            Audience::Network,
            "berlin",
            Audience::Network,
            &other
        ),
        Err(MoveDenial::Page(Denial::Forbidden))
    );
    let hidden = moved("pankow", Audience::Draft, "berlin", Audience::Draft, &other);
    assert_eq!(hidden, Err(MoveDenial::Page(Denial::Hidden)));
}

#[test]
fn no_move_shows_a_page_to_others() {
    let author = actor(AUTHOR, Role::Writer, Some("pankow"));
    for (from, had, to, has, works) in [
        ("pankow", Audience::Space, "berlin", Audience::Space, false),
        ("pankow", Audience::Space, "berlin", Audience::Draft, true),
        ("pankow", Audience::Draft, "berlin", Audience::Draft, true),
        ("pankow", Audience::Draft, "berlin", Audience::Space, false),
        (
            "pankow",
            Audience::Network,
            "berlin",
            Audience::Public,
            false,
        ),
        // Everybody may read the network space: a district's readers are fewer.
        ("berlin", Audience::Space, "pankow", Audience::Space, true),
        ("berlin", Audience::Public, "pankow", Audience::Public, true),
        ("pankow", Audience::Network, "berlin", Audience::Space, true),
    ] {
        let permit = moved(from, had, to, has, &author);
        assert_eq!(
            permit.is_ok(),
            works,
            "{from} {had:?} to {to} {has:?}: {permit:?}"
        );
    }
    let keeper = actor(OTHER, Role::Coordinator, Some("pankow"));
    let hides = moved(
        "pankow",
        Audience::Network,
        "berlin",
        Audience::Draft,
        &keeper,
    );
    assert_eq!(hides, Err(MoveDenial::Page(Denial::Forbidden)));
}
