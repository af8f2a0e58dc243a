//! Search over HTTP: what narrows it, what one saves, and what is for administrators alone.

mod filters;

use axum::http::{Method, StatusCode};
use denkraum_app::SessionToken;
use denkraum_domain::Role;
use serde_json::{Value, json};

use crate::testing::Server;

async fn page(server: &Server, by: &SessionToken, title: &str, audience: &str) {
    let body = json!({
        "title": title,
        "kind": "approach",
        "space": "pankow",
        "audience": audience,
        "tags": ["Früh & gut"],
        "fields": { "impact_level": "level_2" },
        "markdown": "# Lage\n\nEin Frühstück für Familien.",
    });
    let created = server.post("/api/v1/pages", &body).by(by).send().await;
    created.expect(StatusCode::CREATED);
}

async fn search(server: &Server, by: &SessionToken, query: &str) -> Value {
    server.kit.app.flush_search().await;
    let path = format!("/api/v1/search?{query}");
    let found = server.get(&path).by(by).send().await;
    found.expect(StatusCode::OK).json()
}

#[tokio::test]
async fn filters_order_and_letters_are_parameters_of_the_search() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let ruth = server
        .person("ruth", Role::Coordinator, "lichtenberg")
        .await;
    page(&server, &jana, "Frühstück", "network").await;
    server.kit.clock.advance(1_000);
    page(&server, &jana, "Nur hier", "space").await;

    let all = search(
        &server,
        &jana,
        "q=fruehstueck&order=changed&year=2023&year=1999",
    )
    .await;
    assert_eq!(all["hits"][0]["title"], "Nur hier");
    assert_eq!(
        all["facets"]["tag"][0],
        json!({ "value": "Früh & gut", "count": 2 })
    );
    assert_eq!(all["facets"]["author"][0]["label"], "jana");
    let author = all["facets"]["author"][0]["value"].as_str().unwrap();
    let hers = search(
        &server,
        &ruth,
        &format!("author={author}&tag=Fr%C3%BCh+%26+gut"),
    )
    .await;
    assert_eq!(
        (&hers["total"], &hers["facets"]["tag"][0]["count"]),
        (&json!(1), &json!(1))
    );

    let none = search(&server, &ruth, "q=Familie&literal=true&year=2023").await;
    assert_eq!(
        (&none["total"], &none["hidden_by"]),
        (&json!(0), &json!([]))
    );
    let hidden = search(&server, &ruth, "q=Familie&year=1999").await;
    assert_eq!(
        hidden["hidden_by"],
        json!([{ "facet": "year", "count": 1 }])
    );

    let wrong = server
        .get("/api/v1/search?order=best")
        .by(&jana)
        .send()
        .await;
    wrong.refused(400, "wrong-value", Some("order"));
}

#[tokio::test]
async fn similar_pages_are_none_for_a_page_that_one_may_not_see() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let ruth = server
        .person("ruth", Role::Coordinator, "lichtenberg")
        .await;
    let hidden = server.page(&jana, "Verborgen", "space").await;
    server.page(&jana, "Verborgen und offen", "network").await;
    server.kit.app.flush_search().await;
    let path = format!("/api/v1/pages/{hidden}/related");
    let related = server.get(&path).by(&ruth).send().await;
    assert_eq!(
        related.expect(StatusCode::OK).json(),
        json!({ "items": [] })
    );
}

#[tokio::test]
async fn a_search_is_saved_seen_and_forgotten_by_its_person_alone() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    let ruth = server
        .person("ruth", Role::Coordinator, "lichtenberg")
        .await;
    let path = "/api/v1/search/saved";
    let new = json!({ "name": "Frühstück", "query": "q=fr%C3%BChst%C3%BCck&tag=x" });
    let saved = server.post(path, &new).by(&jana).send().await;
    let saved = saved.expect(StatusCode::CREATED).json();
    assert_eq!(saved["new"], 0);
    server.kit.clock.advance(1_000);
    let tagged = json!({
        "title": "Frühstück im Hof",
        "kind": "approach",
        "space": "lichtenberg",
        "audience": "network",
        "tags": ["x"],
    });
    let created = server.post("/api/v1/pages", &tagged).by(&ruth).send().await;
    created.expect(StatusCode::CREATED);
    server.kit.app.flush_search().await;
    let list = server.get(path).by(&jana).send().await;
    let list = list.expect(StatusCode::OK).json();
    let listed = list["items"][0].as_object().unwrap();
    assert_eq!(
        (&listed["new"], &listed["seen_at"]),
        (&json!(1), &saved["seen_at"])
    );
    // What a program needs to tell which of the hits are new.
    let found = search(&server, &jana, "q=fr%C3%BChst%C3%BCck&tag=x").await;
    assert_eq!(found["hits"][0]["changed_by"]["name"], "ruth");
    assert!(found["hits"][0]["changed_at"].as_str() > saved["seen_at"].as_str());
    let broken = json!({ "name": "x", "query": "q=x&colour=red" });
    let refused = server.post(path, &broken).by(&jana).send().await;
    refused.refused(400, "unknown-parameter", Some("query"));

    let own = format!("{path}/{}", saved["id"].as_str().unwrap());
    let foreign = server.call(Method::DELETE, &own).by(&ruth).send().await;
    foreign.refused(404, "not-found", None);
    let seen = server
        .call(Method::POST, &format!("{own}/seen"))
        .by(&jana)
        .send();
    seen.await.expect(StatusCode::NO_CONTENT);
    let list = server.get(path).by(&jana).send().await;
    assert_eq!(list.expect(StatusCode::OK).json()["items"][0]["new"], 0);
    let gone = server.call(Method::DELETE, &own).by(&jana).send().await;
    gone.expect(StatusCode::NO_CONTENT);
    let rest = server.get(path).by(&jana).send().await;
    assert_eq!(rest.expect(StatusCode::OK).json(), json!({ "items": [] }));
}

#[tokio::test]
async fn words_and_searches_without_success_are_for_administrators() {
    let server = Server::new().await;
    let kim = server.person("kim", Role::Administrator, "").await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    // Where pages may be missing, nothing is counted.
    server.kit.app.flush_search().await;
    let missed = json!({ "q": "Quarkspeise" });
    let told = server
        .post("/api/v1/search/misses", &missed)
        .by(&jana)
        .send()
        .await;
    told.expect(StatusCode::NO_CONTENT);
    for path in ["/api/v1/search/words", "/api/v1/search/misses"] {
        server
            .get(path)
            .by(&jana)
            .send()
            .await
            .refused(403, "forbidden", None);
    }
    let list = server.get("/api/v1/search/misses").by(&kim).send().await;
    let list = list.expect(StatusCode::OK).json();
    assert_eq!(
        (&list["items"][0]["text"], &list["items"][0]["count"]),
        (&json!("quarkspeise"), &json!(1))
    );

    let words = json!({ "text": "Nachtisch = Quarkspeise\nallein", "revision": 0 });
    let forbidden = server
        .post("/api/v1/search/words", &words)
        .by(&jana)
        .send()
        .await;
    forbidden.refused(403, "forbidden", None);
    let saved = server
        .post("/api/v1/search/words", &words)
        .by(&kim)
        .send()
        .await;
    let saved = saved.expect(StatusCode::OK).json();
    assert_eq!(saved["unread"], json!([{ "line": 2, "text": "allein" }]));
    // The next search uses the list, and what was missed can be forgotten.
    page(&server, &jana, "Ein Nachtisch", "network").await;
    let found = search(&server, &jana, "q=Quarkspeise").await;
    assert_eq!(found["hits"][0]["title"], "Ein Nachtisch");
    let misses = "/api/v1/search/misses";
    let forbidden = server.call(Method::DELETE, misses).by(&jana).send().await;
    forbidden.refused(403, "forbidden", None);
    let forgotten = server.call(Method::DELETE, misses).by(&kim).send().await;
    forgotten.expect(StatusCode::NO_CONTENT);
    let rest = server.get(misses).by(&kim).send().await;
    assert_eq!(rest.expect(StatusCode::OK).json(), json!({ "items": [] }));
    let again = server
        .post("/api/v1/search/words", &words)
        .by(&kim)
        .send()
        .await;
    again.refused(409, "changed-meanwhile", None);
}

#[tokio::test]
async fn hits_are_paged_without_gap_or_repetition_and_counts_stay() {
    const PAGES: usize = 43;
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    for number in 0..PAGES {
        page(&server, &jana, &format!("Frühstück {number}"), "network").await;
    }
    let mut seen = Vec::new();
    // As the search screen asks: twenty, then what is behind them.
    for (offset, limit, expected) in [(0, 20, 20), (20, 20, 20), (40, 3, 3), (43, 20, 0)] {
        let of = format!("limit={limit}&offset={offset}");
        let query = format!("q=Fr%C3%BChst%C3%BCck&space=pankow&{of}");
        let found = search(&server, &jana, &query).await;
        assert_eq!(found["total"], PAGES);
        assert_eq!(found["facets"]["space"][0]["count"], PAGES);
        assert_eq!(found["out_of_time"], false);
        assert_eq!(found["incomplete"], false);
        let hits = found["hits"].as_array().unwrap();
        assert_eq!(hits.len(), expected, "{of}");
        seen.extend(
            hits.iter()
                .map(|hit| hit["id"].as_str().unwrap().to_owned()),
        );
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), PAGES);
}

#[tokio::test]
async fn terms_are_suggested_and_a_section_or_passage_has_similar_pages() {
    let server = Server::new().await;
    let jana = server.person("jana", Role::Coordinator, "pankow").await;
    page(&server, &jana, "Eins", "network").await;
    page(&server, &jana, "Zwei", "network").await;
    let found = search(&server, &jana, "q=Eins").await;
    let id = found["hits"][0]["id"].as_str().unwrap();
    let suggested = server.get("/api/v1/suggest?q=frueh").by(&jana).send().await;
    assert_eq!(
        suggested.expect(StatusCode::OK).json()["terms"],
        json!([{ "facet": "tag", "value": "Früh & gut", "label": "Früh & gut" }])
    );
    for part in [
        "section=Lage",
        "passage=Fr%C3%BChst%C3%BCck+f%C3%BCr+Familien",
    ] {
        let path = format!("/api/v1/pages/{id}/related?{part}");
        let related = server.get(&path).by(&jana).send().await;
        let related = related.expect(StatusCode::OK).json();
        assert_eq!(related["items"][0]["page"]["title"], "Zwei", "{part}");
    }
    let long = format!("/api/v1/pages/{id}/related?passage={}", "x".repeat(2_001));
    let refused = server.get(&long).by(&jana).send().await;
    refused.expect(StatusCode::BAD_REQUEST);
}
