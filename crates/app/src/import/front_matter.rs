//! The keys above a Markdown text: YAML between two lines `---`.

use serde_json::{Map, Value};

use super::line::Refusal;
use super::reason::ImportReason;

/// The most bytes of front matter; the reader of YAML has further bounds of its own.
const MAX_BYTES: usize = 256 << 10;

/// Front matter and the text below it. A text without front matter has no keys.
pub(super) fn split(text: &str) -> Result<(Map<String, Value>, &str), Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some((keys, rest)) = fenced(text) else {
        return Ok((Map::new(), text));
    };
    if keys.trim().is_empty() {
        return Ok((Map::new(), rest));
    }
    let unreadable = |detail: String| (None, ImportReason::Unreadable { detail });
    if keys.len() > MAX_BYTES {
        return Err(unreadable("the front matter is too long".to_owned()));
    }
    match serde_saphyr::from_str::<Value>(keys) {
        Ok(Value::Object(keys)) => Ok((keys, rest)),
        Ok(Value::Null) => Ok((Map::new(), rest)),
        Ok(_) => Err(unreadable("the front matter has no keys".to_owned())),
        Err(error) => Err(unreadable(on_one_line(&error))),
    }
}

/// What stands between the fences, and what stands below them.
fn fenced(text: &str) -> Option<(&str, &str)> {
    let (first, body) = text.split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let rest = at + line.len();
            return Some((body.get(..at)?, body.get(rest..)?));
        }
        at += line.len();
    }
    None
}

fn on_one_line(error: &serde_saphyr::Error) -> String {
    let text = error.without_snippet().to_string();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(text: &str, keys: Value, rest: &str) {
        let (found, below) = split(text).unwrap();
        assert_eq!((Value::Object(found), below), (keys, rest), "{text}");
    }

    #[test]
    fn keys_come_from_yaml_and_dates_stay_text() {
        check(
            "---\ntitle: Frühe Hilfen\ndate: 2024-03-01\ntags: [a, b]\n---\n\nText\n",
            json!({ "title": "Frühe Hilfen", "date": "2024-03-01", "tags": ["a", "b"] }),
            "\nText\n",
        );
        check("---\r\na: 1\r\n---\r\nx", json!({ "a": 1 }), "x");
        check(
            "---\nfields: {\"a\":[\"b\"]}\n...\n",
            json!({ "fields": { "a": ["b"] } }),
            "",
        );
    }

    #[test]
    fn a_text_without_front_matter_is_all_text() {
        for text in ["", "Text", "---", "---\nkein Ende", "# A\n---\nb: c\n---\n"] {
            check(text, json!({}), text);
        }
        check("\u{feff}---\n---\nx", json!({}), "x");
    }

    #[test]
    fn broken_and_greedy_front_matter_is_refused() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for level in 1..12 {
            let refs = vec![format!("*a{}", level - 1); 10].join(",");
            bomb.extend([format!("a{level}: &a{level} [{refs}]\n")]);
        }
        let deep = format!("a: {}{}", "[".repeat(5_000), "]".repeat(5_000));
        let long = format!("a: {}", "x".repeat(MAX_BYTES));
        for keys in ["a: [", "- a\n- b", "a: b: c", &bomb, &deep, &long] {
            let text = format!("---\n{keys}\n---\n");
            assert!(split(&text).is_err(), "{}", keys.get(..20).unwrap_or(keys));
        }
    }
}
