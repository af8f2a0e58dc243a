//! Signing in and out, cookies, and requests that another site made a browser send.

use axum::http::{Method, StatusCode};
use denkraum_app::SessionToken;
use denkraum_domain::Role;
use denkraum_testkit::PASSWORD;
use serde_json::json;

use crate::testing::{Answer, Server};
use crate::{HttpConfig, PublicUrl};

async fn try_sign_in(server: &Server, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    server.post("/api/v1/session", &body).send().await
}

fn token_of(answer: &Answer) -> SessionToken {
    let cookie = answer.header("set-cookie");
    let value = cookie.split(';').next().unwrap().split('=').nth(1).unwrap();
    SessionToken::parse(value).unwrap()
}

#[tokio::test]
async fn a_session_says_where_the_person_may_create_pages() {
    let server = Server::new().await;
    for (login, role, spaces) in [
        ("carla", Role::Reader, json!([])),
        ("alex", Role::Administrator, json!([])),
        ("jana", Role::Writer, json!(["berlin", "pankow"])),
    ] {
        let token = server.person(login, role, "pankow").await;
        let me = server.get("/api/v1/session").by(&token).send().await;
        assert_eq!(me.json()["writes_in"], spaces, "{login}");
    }
}

#[tokio::test]
async fn a_session_begins_with_a_cookie_and_ends_for_good() {
    let server = Server::new().await;
    server.kit.person("jana", Role::Coordinator, "pankow").await;
    let begun = try_sign_in(&server, " Jana", PASSWORD)
        .await
        .expect(StatusCode::OK);
    let cookie = begun.header("set-cookie").to_owned();
    assert!(cookie.starts_with("denkraum="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );

    let token = token_of(&begun);
    let me = server.get("/api/v1/session").cookie(&token).send().await;
    assert_eq!(me.expect(StatusCode::OK).json(), begun.json());
    server
        .get("/api/v1/session")
        .by(&token)
        .send()
        .await
        .expect(StatusCode::OK);

    let end = server
        .call(Method::DELETE, "/api/v1/session")
        .cookie(&token);
    let ended = end.header("sec-fetch-site", "same-origin").send().await;
    let ended = ended.expect(StatusCode::NO_CONTENT);
    assert!(
        ended
            .header("set-cookie")
            .starts_with("denkraum=; Path=/; Max-Age=0;")
    );
    server
        .get("/api/v1/session")
        .cookie(&token)
        .send()
        .await
        .refused(401, "signed-out", None);
}

#[tokio::test]
async fn what_was_wrong_with_a_sign_in_is_not_said() {
    let server = Server::new().await;
    server.kit.person("jana", Role::Coordinator, "pankow").await;
    let long = "x".repeat(10_000);
    for (login, password) in [
        ("jana", "falsch"),
        ("niemand", PASSWORD),
        ("jana", long.as_str()),
    ] {
        let answer = try_sign_in(&server, login, password).await;
        answer.refused(401, "wrong-credentials", None);
        assert_eq!(answer.header("set-cookie"), "");
    }
}

#[tokio::test]
async fn too_many_attempts_have_to_wait() {
    let server = Server::new().await;
    server.kit.person("jana", Role::Coordinator, "pankow").await;
    let mut last = try_sign_in(&server, "jana", "falsch").await;
    for _ in 0..30 {
        if last.status != StatusCode::UNAUTHORIZED {
            break;
        }
        last = try_sign_in(&server, "jana", "falsch").await;
    }
    last.refused(429, "too-many-attempts", None);
    let seconds: u64 = last.header("retry-after").parse().unwrap();
    assert!(seconds > 0);
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_this_host() {
    let public_url = Some(PublicUrl::parse("https://denkraum.example").unwrap());
    let server = Server::with(HttpConfig { public_url }).await;
    server.kit.person("jana", Role::Coordinator, "pankow").await;
    let begun = try_sign_in(&server, "jana", PASSWORD)
        .await
        .expect(StatusCode::OK);
    let cookie = begun.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-denkraum="), "{cookie}");
    assert!(cookie.ends_with("; Secure"), "{cookie}");
    let token = token_of(&begun);
    // The plain cookie does not count there.
    server
        .get("/api/v1/session")
        .cookie(&token)
        .send()
        .await
        .refused(401, "signed-out", None);
    let hsts = server.get("/healthz").send().await;
    assert_eq!(hsts.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn a_change_with_the_cookie_must_come_from_us() {
    let server = Server::new().await;
    let token = server.person("jana", Role::Coordinator, "pankow").await;
    let body = json!({ "title": "A", "kind": "page", "space": "pankow" });
    let call = || {
        let call = server
            .post("/api/v1/pages", &body)
            .header("host", "127.0.0.1:8080");
        call.cookie(&token)
    };
    for origin in [
        "https://evil.example",
        "null",
        "http://127.0.0.1:9090",
        "http://127.0.0.1",
    ] {
        let answer = call().header("origin", origin).send().await;
        answer.refused(403, "wrong-origin", None);
    }
    call().send().await.refused(403, "wrong-origin", None);
    let own = call()
        .header("origin", "http://127.0.0.1:8080")
        .send()
        .await;
    own.expect(StatusCode::CREATED);
    let typed = call().header("sec-fetch-site", "none").send().await;
    typed.expect(StatusCode::CREATED);

    let read = server
        .get("/api/v1/pages")
        .cookie(&token)
        .header("origin", "https://evil.example");
    read.send().await.expect(StatusCode::OK);
    let program = server.post("/api/v1/pages", &body).by(&token).send().await;
    program.expect(StatusCode::CREATED);
}

#[tokio::test]
async fn another_site_cannot_sign_somebody_in() {
    let server = Server::new().await;
    server.kit.person("jana", Role::Coordinator, "pankow").await;
    let body = json!({ "login": "jana", "password": PASSWORD });
    let call = server
        .post("/api/v1/session", &body)
        .header("host", "denkraum.example");
    let answer = call.header("origin", "https://evil.example").send().await;
    answer.refused(403, "wrong-origin", None);
}

#[tokio::test]
async fn the_set_up_link_makes_one_administrator_and_then_never_again() {
    let server = Server::new().await;
    let code = server.kit.app.set_up_code().unwrap();
    let set_up = |code: &str, login: &str| {
        let body = json!({ "code": code, "login": login, "name": "A B", "password": PASSWORD });
        server.post("/api/v1/setup", &body)
    };
    let guessed = set_up("0", "admin").send().await;
    guessed.refused(403, "invalid-setup-code", Some("code"));
    let made = set_up(&code, "admin")
        .send()
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(made.json()["grants"][0]["role"], "administrator");
    let token = server.sign_in("admin").await;
    server
        .get("/api/v1/people")
        .by(&token)
        .send()
        .await
        .expect(StatusCode::OK);
    let again = set_up(&code, "second").send().await;
    again.refused(403, "invalid-setup-code", Some("code"));
}
