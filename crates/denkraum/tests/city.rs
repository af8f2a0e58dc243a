//! Another city than Berlin: other spaces, other kinds, other fields; the program is the same.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// The folder of the made-up city.
fn hafenstadt() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cities/hafenstadt")
}

/// A server on the city with its demonstration; killed when the test is over.
struct Server {
    child: Child,
    address: String,
    /// Log-in and password of a person.
    sign_in: (String, String),
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_denkraum"))
            .env_clear()
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data)
            .arg("--city")
            .arg(hafenstadt())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = None;
        let mut sign_in = None;
        while address.is_none() || sign_in.is_none() {
            let line = lines.next().unwrap().unwrap();
            if let Some(url) = line.strip_prefix("Denkraum: http://") {
                address = Some(url.to_owned());
            } else if let Some((login, rest)) = line.split_once('\t') {
                let (password, _) = rest.split_once('\t').unwrap();
                sign_in = Some((login.to_owned(), password.to_owned()));
            }
        }
        Self {
            child,
            address: address.unwrap(),
            sign_in: sign_in.unwrap(),
        }
    }

    /// One request; the status, the session cookie if there is one, and the body.
    fn call(&self, method: &str, path: &str, head: &str, body: &str) -> (u16, String, Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let address = &self.address;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\
             {head}\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let cookie = head
            .lines()
            .find(|line| line.to_lowercase().starts_with("set-cookie: "))
            .and_then(|line| line.split([' ', ';']).nth(1))
            .unwrap_or_default();
        (
            status,
            cookie.to_owned(),
            serde_json::from_str(body).unwrap_or_default(),
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_second_city_starts_with_its_own_fields_and_works() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("data"));
    let (login, password) = &server.sign_in;
    let body = format!(r#"{{"login":"{login}","password":"{password}"}}"#);
    let (status, cookie, _) = server.call("POST", "/api/v1/session", "", &body);
    assert_eq!(status, 200);
    let session = format!("Cookie: {cookie}\r\n");
    let get = |path: &str| {
        let (status, _, body) = server.call("GET", path, &session, "");
        assert_eq!(status, 200, "{path}: {body}");
        body
    };

    let catalogue = get("/api/v1/catalogue");
    assert_eq!(catalogue["city"]["name"], "Hafenstadt");
    let kinds: Vec<_> = catalogue["kinds"].as_array().unwrap().iter().collect();
    let ids: Vec<_> = kinds
        .iter()
        .map(|kind| kind["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["idea", "page"]);
    // The icon comes as its outline, from the list of all.
    let mut icons = include_str!("../../../data/icons.tsv").lines();
    let icon = icons.find_map(|line| line.strip_prefix("sailboat\t"));
    assert_eq!(catalogue["kinds"][0]["icon"].as_str(), icon);
    assert_eq!(catalogue["kinds"][0]["hue"], 217);
    assert!(catalogue["kinds"][1].get("hue").is_none());

    let boat = "/api/v1/pages/01hekn7k000000000000000001";
    assert_eq!(get(boat)["fields"]["boats"], 1.0);
    let patch = |fields: &str| {
        let body = format!(r#"{{"fields":{fields}}}"#);
        server.call("PATCH", boat, &session, &body)
    };
    let (status, _, changed) =
        patch(r#"{"boats":12,"topics":["food","play"],"promises":{"near":""}}"#);
    assert_eq!(status, 200, "{changed}");
    assert_eq!(
        changed["fields"]["promises"],
        serde_json::json!({ "near": "" })
    );
    let (status, _, refused) = patch(r#"{"boats":13}"#);
    assert_eq!(status, 422, "{refused}");
    let (status, _, refused) = patch(r#"{"impact_level":"level_1"}"#);
    assert_eq!(
        (status, refused["code"].as_str()),
        (422, Some("unknown-field"))
    );

    // The parameters of the search are the same everywhere; the declaration says what they choose.
    let found = |query: &str| -> Vec<String> {
        let hits = get(&format!("/api/v1/search?{query}"))["hits"].clone();
        let title = |hit: &Value| hit["title"].as_str().unwrap().to_owned();
        hits.as_array().unwrap().iter().map(title).collect()
    };
    assert_eq!(found("status=low"), ["Suppe für alle"]);
    assert_eq!(found("status=high&q=Boot"), ["Spielboot"]);
    assert_eq!(found("facet=topics:food&status=low"), ["Suppe für alle"]);
    assert_eq!(found("department=youth"), Vec::<String>::new());
}
