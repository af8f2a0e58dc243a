//! Text that went with a block which somebody else deleted at the same time, over the API.

use axum::http::{Method, StatusCode};
use denkraum_app::SessionToken;
use denkraum_domain::Role;
use serde_json::json;

use super::client::{Client, with_page};

/// Client 5 makes a paragraph with `Hallo`.
const PARAGRAPH: &[u8] = b"\x01\x03\x05\x00\x07\x01\x04body\x03\x09paragraph\
    \x07\x00\x05\x00\x06\x04\x00\x05\x01\x05Hallo\x00";
/// Client 6 writes behind it.
const WRITTEN: &[u8] = b"\x01\x01\x06\x00\x84\x05\x06\x05 Welt\x00";
/// Client 5 deletes all that it knows of.
const GONE: &[u8] = b"\x00\x01\x05\x01\x00\x07";

/// Sends an update and waits until it is saved; `count` messages are then.
async fn write(client: &mut Client, update: &[u8], count: u64) {
    let length = u8::try_from(update.len()).unwrap();
    client.send([&[0, 2, length], update].concat()).await;
    while client.saved < count {
        client.step().await;
    }
}

/// [S-38]
#[tokio::test]
async fn lost_text_is_given_to_its_author_alone_until_it_is_let_go() {
    let (listening, jana, page) = with_page().await;
    let server = &listening.server;
    let samuel = server.person("samuel", Role::Writer, "pankow").await;
    let ruth = server.person("ruth", Role::Writer, "mitte").await;
    let mut one = listening.join(page, &jana).await;
    let mut two = listening.join(page, &samuel).await;
    write(&mut one, PARAGRAPH, 2).await;
    write(&mut two, WRITTEN, 2).await;
    write(&mut one, GONE, 3).await;
    // It is looked for when the page rests.
    listening.server.kit.clock.advance(3_000);
    two.told_of_lost_text().await;

    let path = format!("/api/v1/pages/{page}/lost");
    let shown = async |person: &SessionToken| {
        let answer = server.get(&path).by(person).send().await;
        answer.expect(StatusCode::OK).json()["items"].clone()
    };
    let items = shown(&samuel).await;
    assert_eq!(items[0]["text"], " Welt");
    assert_eq!(items[0]["before"], "Hallo");
    assert_eq!(shown(&jana).await, json!([]));
    let id = items[0]["id"].as_str().unwrap();
    let one = format!("{path}/{id}");
    let let_go =
        async |person: &SessionToken| server.call(Method::DELETE, &one).by(person).send().await;
    let_go(&ruth).await.refused(404, "unknown-page", None);
    let_go(&jana).await.expect(StatusCode::NO_CONTENT);
    assert_eq!(shown(&samuel).await, items, "it is not hers");
    let_go(&samuel).await.expect(StatusCode::NO_CONTENT);
    assert_eq!(shown(&samuel).await, json!([]));
    let hidden = server.get(&path).by(&ruth).send().await;
    hidden.refused(404, "unknown-page", None);
}
