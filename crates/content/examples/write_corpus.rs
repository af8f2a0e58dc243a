//! Writes `tree.md`, `tree.html`, `tree.txt` and, where Markdown loses something, `again.json` of
//! every corpus case from its `tree.json`, to be read by a person before they are committed.

#[path = "../tests/common/corpus.rs"]
mod corpus;

use denkraum_content::{from_markdown, to_html, to_markdown, to_text};

fn main() -> std::io::Result<()> {
    let titles = corpus::titles();
    for case in corpus::cases() {
        let markdown = to_markdown(&case.page, &titles);
        std::fs::write(case.folder.join("tree.md"), &markdown)?;
        let (again, _) = from_markdown(&markdown);
        if again != case.page.body {
            let doc = serde_json::json!({ "type": "doc", "content": again });
            let json = serde_json::to_string_pretty(&doc)?;
            std::fs::write(case.folder.join("again.json"), format!("{json}\n"))?;
        }
        let html = format!("{}\n", to_html(&case.page, &titles));
        std::fs::write(case.folder.join("tree.html"), html)?;
        let text = format!("{}\n", to_text(&case.page));
        std::fs::write(case.folder.join("tree.txt"), text)?;
    }
    Ok(())
}
