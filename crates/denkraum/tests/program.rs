//! The program as people and other programs call it.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// The program on a data directory, without anything from the environment.
fn denkraum(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_denkraum"));
    command.env_clear().args(arguments).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    denkraum(arguments).output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A server that is killed when the test is over.
struct Server(Child);

impl Server {
    /// Starts one and waits until it says where it listens.
    fn start(data: &Path) -> Self {
        let data = data.to_str().unwrap();
        let mut command = denkraum(&["serve", "--data-dir", data, "--listen", "127.0.0.1:0"]);
        let command = command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        assert!(first.starts_with("Denkraum: http://127.0.0.1:"), "{first}");
        Self(child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[test]
fn a_second_server_on_the_same_data_is_refused_and_told_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let data = folder.path().to_str().unwrap();
    let second = run(&["serve", "--data-dir", data, "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(1));
    let error = said(&second.stderr);
    assert!(error.contains("is in use by another program"), "{error}");
    assert!(error.contains(&server.0.id().to_string()), "{error}");
}

#[test]
fn a_wrong_configuration_names_file_and_line_and_what_is_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("denkraum.toml");
    std::fs::write(&file, "[server]\nport = 80\n").unwrap();
    let output = run(&["serve", "--config", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let error = said(&output.stderr);
    assert!(
        error.contains("denkraum.toml:2: unknown field `port`"),
        "{error}"
    );
    assert!(error.contains("`listen`"), "{error}");
}

#[test]
fn a_wrong_option_is_named_with_what_is_allowed() {
    for (arguments, expected) in [
        (&["serve"][..], "data_dir: say where the data is"),
        (
            &["serve", "--data-dir", "x", "--public-url", "ftp://x"],
            "public_url: ",
        ),
        (
            &["serve", "--data-dir", "x", "--listen", "nowhere"],
            "--listen",
        ),
        (
            &["serve", "--data-dir", "x", "--city", "/nowhere"],
            "city: /nowhere is not a folder",
        ),
        (&["sevre"], "sevre"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = said(&output.stderr);
        assert!(error.contains(expected), "{arguments:?}: {error}");
    }
}

#[test]
fn a_wrong_declaration_of_the_city_names_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let city = folder.path().join("city");
    std::fs::create_dir(&city).unwrap();
    std::fs::write(city.join("spaces.toml"), "[[space]]\nid = \"Mitte\"\n").unwrap();
    let data = folder.path().join("data");
    let (data, city) = (data.to_str().unwrap(), city.to_str().unwrap());
    let output = run(&["serve", "--data-dir", data, "--city", city]);
    assert_eq!(output.status.code(), Some(2));
    let error = said(&output.stderr);
    assert!(error.contains("spaces.toml:1: missing field"), "{error}");

    let hafenstadt = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cities/hafenstadt");
    for name in [
        "city.toml",
        "spaces.toml",
        "taxonomies.toml",
        "quarters.geojson",
    ] {
        std::fs::copy(hafenstadt.join(name), Path::new(city).join(name)).unwrap();
    }
    let kinds = std::fs::read_to_string(hafenstadt.join("kinds.toml")).unwrap();
    let kinds = kinds.replacen("icon = \"sailboat\"", "icon = \"sail-boat\"", 1);
    std::fs::write(Path::new(city).join("kinds.toml"), kinds).unwrap();
    let output = run(&["serve", "--data-dir", data, "--city", city]);
    assert_eq!(output.status.code(), Some(2));
    let error = said(&output.stderr);
    let told = "kinds.toml:7: icon \"sail-boat\" is not there";
    assert!(
        error.contains(told) && error.contains("sailboat"),
        "{error}"
    );
}

#[test]
fn accounts_and_pages_come_in_by_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let add = [
        "user",
        "add",
        "--data-dir",
        data,
        "--login",
        "jana",
        "--role",
        "coordinator",
        "--space",
        "pankow",
    ];
    let add = |password: &str| {
        let mut command = denkraum(&add);
        let command = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(password.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    };
    assert!(said(&add("kurz\n").stderr).contains("at least 10 characters"));
    assert!(add("ein langes Passwort\n").status.success());
    assert!(said(&add("ein langes Passwort\n").stderr).contains("the log-in jana is taken"));

    let file = folder.path().join("pages.jsonl");
    let pages = r#"{"title":"Eins","kind":"page","space":"pankow","audience":"space","markdown":"x"}
{"title":"Zwei","kind":"page","space":"atlantis","audience":"space","markdown":"x"}
"#;
    std::fs::write(&file, pages).unwrap();
    let import = run(&["import", "--data-dir", data, file.to_str().unwrap()]);
    assert_eq!(import.status.code(), Some(1));
    assert_eq!(said(&import.stdout), "1 created, 0 replaced, 1 refused\n");
    assert!(said(&import.stderr).contains("pages.jsonl:2: space: there is no \"atlantis\""));

    let notes = folder.path().join("notizen");
    std::fs::create_dir_all(notes.join("b")).unwrap();
    std::fs::write(
        notes.join("a.md"),
        "---\naudience: space\n---\nSiehe [B](b/b.md).\n",
    )
    .unwrap();
    std::fs::write(notes.join("b/b.md"), "---\naudience: space\n---\n# B\n").unwrap();
    let notes = notes.to_str().unwrap();
    let look = run(&[
        "import",
        "--data-dir",
        data,
        "--dry-run",
        "--space",
        "pankow",
        notes,
    ]);
    assert!(
        said(&look.stdout).ends_with("would be: 2 created, 0 replaced, 0 refused\n"),
        "{}",
        said(&look.stdout)
    );
    let nowhere = run(&["import", "--data-dir", data, notes]);
    assert!(
        said(&nowhere.stderr).contains("notizen/a.md: space: is missing"),
        "{}",
        said(&nowhere.stderr)
    );

    let archive = folder.path().join("archiv.zip");
    let archive = archive.to_str().unwrap();
    let export = run(&["export", "--data-dir", data, "--to", archive]);
    assert!(export.status.success(), "{}", said(&export.stderr));
    let again = run(&["export", "--data-dir", data, "--to", archive]);
    assert!(said(&again.stderr).contains("is there already"));
    let other = folder.path().join("other");
    let other = other.to_str().unwrap();
    let back = run(&["import", "--data-dir", other, archive]);
    assert_eq!(said(&back.stdout), "1 created, 0 replaced, 0 refused\n");

    let reindex = run(&["reindex", "--data-dir", data]);
    assert_eq!(said(&reindex.stdout), "1 pages are in the search index\n");
}

#[test]
fn a_check_names_what_is_damaged_and_what_is_intact() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pages.jsonl");
    let line = |title: &str| {
        format!(
            r#"{{"title":"{title}","kind":"page","space":"pankow","audience":"space","markdown":"Text von {title}"}}"#
        ) + "\n"
    };
    std::fs::write(&file, line("Eins") + &line("Zwei") + &line("Drei")).unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let nothing = run(&["check", "--data-dir", data]);
    assert_eq!(nothing.status.code(), Some(1));
    let import = run(&["import", "--data-dir", data, file.to_str().unwrap()]);
    assert!(import.status.success(), "{}", said(&import.stderr));
    let intact = run(&["check", "--data-dir", data]);
    assert!(intact.status.success(), "{}", said(&intact.stderr));
    let words = said(&intact.stdout);
    assert!(
        words.contains("pages: 3 are intact; set aside: 0"),
        "{words}"
    );

    let journal = Path::new(data).join("journal/increment-0000000001.dkj");
    let mut content = std::fs::read(&journal).unwrap();
    let text = "Text von Zwei".as_bytes();
    // In the update and in the state that replaced it when the page was left.
    let places: Vec<usize> = (0..content.len())
        .filter(|at| content[*at..].starts_with(text))
        .collect();
    assert!(!places.is_empty());
    for at in places {
        content[at] ^= 1;
    }
    std::fs::write(&journal, content).unwrap();
    std::fs::remove_dir_all(Path::new(data).join("view")).unwrap();
    let damaged = run(&["check", "--data-dir", data]);
    assert_eq!(damaged.status.code(), Some(1));
    let words = said(&damaged.stdout);
    assert!(words.contains(" of page "), "{words}");
    assert!(words.contains("increment-0000000001.dkj"), "{words}");
    assert!(
        words.contains("pages: 2 are intact; set aside: 1"),
        "{words}"
    );
    what_is_intact_is_saved(folder.path(), data);
}

/// [A-9] The rest of a damaged installation goes out and comes back, and what lacks is named.
fn what_is_intact_is_saved(folder: &Path, data: &str) {
    let archive = folder.join("archiv.zip");
    let to = archive.to_str().unwrap();
    let export = run(&["export", "--data-dir", data, "--to", to]);
    let words = said(&export.stderr);
    assert_eq!(export.status.code(), Some(1), "{words}");
    assert!(words.contains("1 pages cannot be read"), "{words}");
    let left_out = words.lines().find(|line| line.starts_with("left out: "));
    let left_out = left_out.unwrap_or_default();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&archive).unwrap()).unwrap();
    let manifest: serde_json::Value =
        serde_json::from_reader(zip.by_name("manifest.json").unwrap()).unwrap();
    let told = |place: &str| manifest.pointer(place).unwrap_or(&serde_json::Value::Null);
    assert_eq!(told("/pages"), 2);
    assert_eq!(told("/left_out").as_array().unwrap().len(), 1);
    for place in ["/left_out/0/id", "/left_out/0/reason"] {
        let word = told(place).as_str().unwrap();
        assert!(left_out.contains(word), "{place}: {left_out}");
    }

    let saved = folder.join("saved");
    let saved = saved.to_str().unwrap();
    let back = run(&["import", "--data-dir", saved, to]);
    assert!(back.status.success(), "{}", said(&back.stderr));
    assert_eq!(said(&back.stdout), "2 created, 0 replaced, 0 refused\n");
    let lines = folder.join("saved.jsonl");
    let lines = lines.to_str().unwrap();
    let again = run(&[
        "export",
        "--data-dir",
        saved,
        "--format",
        "jsonl",
        "--to",
        lines,
    ]);
    assert!(again.status.success(), "{}", said(&again.stderr));
    let lines = std::fs::read_to_string(lines).unwrap();
    for (title, there) in [("Eins", true), ("Zwei", false), ("Drei", true)] {
        assert_eq!(
            lines.contains(&format!("Text von {title}")),
            there,
            "{lines}"
        );
    }
}
