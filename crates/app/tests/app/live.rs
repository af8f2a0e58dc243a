//! Joining open pages: what a connection may do follows from the rules of now.

use std::time::Duration;

use denkraum_app::{
    Account, AccountChange, Extensions, Outbound, PageConnection, Password, SessionToken, close,
};
use denkraum_domain::{Audience, Grant, PageId, PersonId, Role, SpaceId, operator};
use denkraum_testkit::PASSWORD;

use crate::desk::{Desk, Fields};

/// More than any step here takes; only a hanging test meets it.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a connection hears of its rights.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Heard {
    Access(String),
    Closed(u16),
}

fn access(words: &str) -> Heard {
    Heard::Access(words.to_owned())
}

/// Listens until this is heard; gives all that was heard of rights.
async fn hear_until(connection: &mut PageConnection, last: &Heard) -> Vec<Heard> {
    let mut all = Vec::new();
    while !all.contains(last) {
        let next = tokio::time::timeout(PATIENCE, connection.outbox.next());
        match next.await {
            Ok(Outbound::Frames(frames)) => {
                let told = frames.iter().filter(|frame| frame.first() == Some(&102));
                let words = told.map(|frame| access(std::str::from_utf8(&frame[2..]).unwrap()));
                all.extend(words);
            }
            Ok(Outbound::Close { code, .. }) => {
                all.push(Heard::Closed(code));
                break;
            }
            Err(late) => panic!("{late}: heard {all:?} only, not {last:?}"),
        }
    }
    all
}

/// A page in Pankow, and a writer of Pankow who has just asked to join it.
struct Arrival {
    desk: Desk,
    page: PageId,
    samuel: Account,
    token: SessionToken,
}

impl Arrival {
    async fn new() -> Self {
        let desk = Desk::new().await;
        desk.test.person("alex", Role::Administrator, "").await;
        let samuel = desk.test.person("samuel", Role::Writer, "pankow").await;
        let page = desk
            .page_for(Audience::Space, "approach", "Titel", Fields::new())
            .await;
        let password = Password::attempt(PASSWORD.to_owned()).unwrap();
        let signed_in = desk.test.app.sign_in("samuel", &password).await.unwrap();
        Self {
            page: page.summary.page.id,
            desk,
            samuel,
            token: signed_in.token,
        }
    }

    async fn change(&self, change: AccountChange) {
        let permit = operator::permit_admin(PersonId::from_u128(0));
        let app = &self.desk.test.app;
        app.change_account(&permit, self.samuel.person, change)
            .await
            .unwrap();
    }

    async fn grant(&self, role: Role, space: &str) {
        let space = Some(SpaceId::parse(space).unwrap());
        self.change(AccountChange {
            grants: Some(vec![Grant { role, space }]),
            ..AccountChange::default()
        })
        .await;
    }

    /// Joins with the account as it was when the person asked.
    fn join(&self) -> PageConnection {
        let app = &self.desk.test.app;
        app.join(&self.token, &self.samuel, self.page, Extensions::ALL)
            .unwrap()
    }
}

/// [S-27]
#[tokio::test]
async fn a_role_that_was_lost_while_joining_does_not_let_anybody_write() {
    let arrival = Arrival::new().await;
    arrival.grant(Role::Reader, "pankow").await;
    let mut connection = arrival.join();
    let last = access(r#"{"access":"read","reason":"role"}"#);
    hear_until(&mut connection, &last).await;
}

/// [S-27]
#[tokio::test]
async fn whoever_lost_the_page_while_joining_is_shown_out() {
    let arrival = Arrival::new().await;
    arrival.grant(Role::Writer, "lichtenberg").await;
    let mut connection = arrival.join();
    let last = Heard::Closed(close::NOT_ALLOWED);
    let heard = hear_until(&mut connection, &last).await;
    assert!(heard.ends_with(&[access(r#"{"access":"none","reason":"role"}"#), last]));
}

/// [S-27]
#[tokio::test]
async fn whoever_was_signed_out_while_joining_is_shown_out() {
    let arrival = Arrival::new().await;
    arrival
        .change(AccountChange {
            active: Some(false),
            ..AccountChange::default()
        })
        .await;
    let mut connection = arrival.join();
    let last = Heard::Closed(close::SIGNED_OUT);
    let heard = hear_until(&mut connection, &last).await;
    assert!(heard.ends_with(&[access(r#"{"access":"none","reason":"signed-out"}"#), last]));
}

/// [S-27]
#[tokio::test]
async fn a_page_that_is_archived_already_says_so_to_who_joins() {
    let arrival = Arrival::new().await;
    let (app, jana) = (&arrival.desk.test.app, arrival.desk.jana.actor());
    app.archive_page(&jana, arrival.page).await.unwrap();
    let mut connection = arrival.join();
    let last = access(r#"{"access":"read","reason":"archived"}"#);
    hear_until(&mut connection, &last).await;
}
