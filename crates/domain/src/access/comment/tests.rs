use std::fmt::Write;

use super::super::tests::{AUTHOR, OTHER, actor, page};
use super::*;
use crate::access::Grant;

/// What one person may do with the comments of one page: nothing that they know of, read, read and
/// comment; and whether they take away what others wrote.
fn verdict(facts: &PageFacts, actor: &Actor) -> String {
    let somebody = PersonId::from_u128(99);
    let says = match permit_comment(facts, actor) {
        Err(Denial::Hidden) => "-",
        Err(Denial::Forbidden) => "read",
        Ok(_) => "say",
    };
    let keeps = permit_remove_comment(facts, actor, somebody).is_ok();
    format!("{says}{}", if keeps { "+" } else { "" })
}

#[test]
fn the_matrix_of_comments_is_as_written_in_the_table() {
    let in_pankow = |role| actor(OTHER, role, Some("pankow"));
    let in_mitte = |role| actor(OTHER, role, Some("mitte"));
    let people = [
        (
            "author, writer in pankow",
            actor(AUTHOR, Role::Writer, Some("pankow")),
        ),
        ("reader in pankow", in_pankow(Role::Reader)),
        ("commenter in pankow", in_pankow(Role::Commenter)),
        ("writer in pankow", in_pankow(Role::Writer)),
        ("coordinator in pankow", in_pankow(Role::Coordinator)),
        ("reader in mitte", in_mitte(Role::Reader)),
        ("commenter in mitte", in_mitte(Role::Commenter)),
        ("coordinator in mitte", in_mitte(Role::Coordinator)),
        ("facilitator", actor(OTHER, Role::Facilitator, None)),
        ("administrator", actor(OTHER, Role::Administrator, None)),
    ];
    let mut table = String::new();
    for (name, person) in &people {
        let cells: Vec<_> = ["pankow", "berlin"]
            .iter()
            .flat_map(|at| Audience::ALL.map(|audience| verdict(&page(at, audience), person)))
            .collect();
        writeln!(table, "{name:<25}| {}", cells.join(" ")).unwrap();
    }
    // Columns: draft, space, network, public of a page of pankow, then of the network space.
    let expected = "\
author, writer in pankow | say say say say say say say say
reader in pankow         | - read read read - read read read
commenter in pankow      | - say say say - say say say
writer in pankow         | - say say say - say say say
coordinator in pankow    | - say+ say+ say+ - say say say
reader in mitte          | - - read read - read read read
commenter in mitte       | - - say say - say say say
coordinator in mitte     | - - say say - say say say
facilitator              | - - say say - say+ say+ say+
administrator            | - - read+ read+ - read+ read+ read+
";
    assert_eq!(table, expected);
}

#[test]
fn nobody_comments_on_an_archived_page_but_everybody_takes_back_their_own() {
    let facts = PageFacts {
        archived: true,
        ..page("pankow", Audience::Space)
    };
    let writer = actor(OTHER, Role::Writer, Some("pankow"));
    assert_eq!(permit_comment(&facts, &writer), Err(Denial::Forbidden));
    assert!(permit_remove_comment(&facts, &writer, OTHER).is_ok());
    assert_eq!(
        permit_remove_comment(&facts, &writer, AUTHOR),
        Err(Denial::Forbidden)
    );
}

#[test]
fn words_are_changed_by_whoever_said_them_alone() {
    let facts = page("pankow", Audience::Space);
    let coordinator = actor(OTHER, Role::Coordinator, Some("pankow"));
    assert!(permit_change_comment(&facts, &coordinator, OTHER).is_ok());
    assert_eq!(
        permit_change_comment(&facts, &coordinator, AUTHOR),
        Err(Denial::Forbidden)
    );
    // Who became a reader no longer changes what they said, but takes it back.
    let reader = actor(OTHER, Role::Reader, Some("pankow"));
    assert_eq!(
        permit_change_comment(&facts, &reader, OTHER),
        Err(Denial::Forbidden)
    );
    assert!(permit_remove_comment(&facts, &reader, OTHER).is_ok());
}

#[test]
fn a_page_out_of_sight_hides_its_comments_from_their_own_author() {
    let facts = page("pankow", Audience::Draft);
    let mut writer = actor(OTHER, Role::Writer, Some("pankow"));
    writer.grants.push(Grant {
        role: Role::Administrator,
        space: None,
    });
    assert_eq!(
        permit_remove_comment(&facts, &writer, OTHER),
        Err(Denial::Hidden)
    );
}
