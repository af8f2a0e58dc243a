use std::fmt::Write;

use super::*;

pub(super) const AUTHOR: PersonId = PersonId::from_u128(1);
pub(super) const OTHER: PersonId = PersonId::from_u128(2);

pub(super) fn space(id: &str) -> SpaceId {
    SpaceId::parse(id).unwrap()
}

pub(super) fn actor(person: PersonId, role: Role, at: Option<&str>) -> Actor {
    Actor {
        person,
        grants: vec![Grant {
            role,
            space: at.map(space),
        }],
    }
}

pub(super) fn page(at: &str, audience: Audience) -> PageFacts {
    PageFacts {
        page: PageId::from_u128(7),
        space: space(at),
        in_network: at == "berlin",
        audience,
        authors: vec![AUTHOR],
        archived: false,
    }
}

/// What one person may do with one page: hidden, read or edit.
fn verdict(facts: &PageFacts, actor: &Actor) -> &'static str {
    match (permit_read(facts, actor), permit_edit(facts, actor)) {
        (Err(Denial::Hidden), Err(Denial::Hidden)) => "-",
        (Ok(_), Err(Denial::Forbidden)) => "read",
        (Ok(_), Ok(_)) => "edit",
        other => unreachable!("{other:?}"),
    }
}

/// The whole matrix, as a table that a reader can check line by line.
#[test]
fn the_permission_matrix_is_as_written_in_the_table() {
    let people = [
        (
            "author, writer in pankow",
            actor(AUTHOR, Role::Writer, Some("pankow")),
        ),
        (
            "reader in pankow",
            actor(OTHER, Role::Reader, Some("pankow")),
        ),
        (
            "commenter in pankow",
            actor(OTHER, Role::Commenter, Some("pankow")),
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
        ("reader in mitte", actor(OTHER, Role::Reader, Some("mitte"))),
        ("facilitator", actor(OTHER, Role::Facilitator, None)),
        ("administrator", actor(OTHER, Role::Administrator, None)),
    ];
    let mut table = String::new();
    for (name, person) in &people {
        let cells: Vec<_> = ["pankow", "berlin"]
            .iter()
            .flat_map(|at| Audience::ALL.map(|audience| verdict(&page(at, audience), person)))
            .collect();
        writeln!(table, "{name:<26}| {}", cells.join(" ")).unwrap();
    }
    // Columns: draft, space, network, public of a page of pankow, then of the network space.
    let expected = "\
author, writer in pankow  | edit edit edit edit edit edit edit edit
reader in pankow          | - read read read - read read read
commenter in pankow       | - read read read - read read read
writer in pankow          | - edit edit edit - edit edit edit
coordinator in pankow     | - edit edit edit - edit edit edit
coordinator in mitte      | - - read read - edit edit edit
reader in mitte           | - - read read - read read read
facilitator               | - - read read - edit edit edit
administrator             | - - read read - read read read
";
    assert_eq!(table, expected);
}

#[test]
fn an_archived_page_is_read_but_not_written() {
    let facts = PageFacts {
        archived: true,
        ..page("pankow", Audience::Space)
    };
    assert_eq!(
        verdict(&facts, &actor(AUTHOR, Role::Coordinator, Some("pankow"))),
        "read"
    );
}

#[test]
fn an_audience_is_narrowed_here_and_widened_only_by_a_release() {
    let writer = actor(OTHER, Role::Writer, Some("pankow"));
    let facts = page("pankow", Audience::Network);
    assert!(permit_narrow(&facts, &writer, Audience::Space).is_ok());
    assert_eq!(
        permit_narrow(&facts, &writer, Audience::Public),
        Err(Denial::Forbidden)
    );
}

#[test]
fn nobody_but_an_author_takes_a_page_back_into_a_draft() {
    let facts = page("pankow", Audience::Network);
    let author = actor(AUTHOR, Role::Writer, Some("pankow"));
    assert!(permit_narrow(&facts, &author, Audience::Draft).is_ok());
    let coordinator = actor(OTHER, Role::Coordinator, Some("pankow"));
    assert_eq!(
        permit_narrow(&facts, &coordinator, Audience::Draft),
        Err(Denial::Forbidden)
    );
}

#[test]
fn only_writers_create_and_only_administrators_administer() {
    let writer = actor(OTHER, Role::Writer, Some("pankow"));
    assert!(permit_create(&writer, &space("pankow"), false, Audience::Draft).is_ok());
    assert!(permit_create(&writer, &space("berlin"), true, Audience::Draft).is_ok());
    assert_eq!(
        permit_create(&writer, &space("mitte"), false, Audience::Draft),
        Err(Denial::Forbidden)
    );
    assert_eq!(permit_admin(&writer), Err(Denial::Forbidden));
    assert!(permit_admin(&actor(OTHER, Role::Administrator, None)).is_ok());
}
