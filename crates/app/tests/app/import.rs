//! Lines of pages come in.

use denkraum_domain::{PageId, Role};
use denkraum_testkit::TestApp;

#[tokio::test]
async fn an_import_takes_what_it_can_and_names_the_other_lines() {
    let test = TestApp::new().await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let id = PageId::from_u128(7);
    let lines = format!(
        r#"{{"id":"{id}","title":"Eins","kind":"page","space":"pankow","audience":"space","markdown":"alt"}}
{{"title":"Zwei","kind":"page","space":"mitte","markdown":""}}
{{"title":"Drei","colour":"red"}}

{{"title":"Vier","kind":"page","space":"pankow","markdown":"x","author":"ruth"}}"#
    );
    let report = test.app.import(&jana.actor(), &lines, false).await;
    let failed: Vec<_> = report.failed.iter().map(|failure| failure.line).collect();
    assert_eq!(
        (report.created, report.replaced, failed),
        (1, 0, vec![2, 3, 5])
    );

    let line = lines.lines().next().unwrap().replace("alt", "neu");
    let refused = test.app.import(&jana.actor(), &line, false).await;
    assert_eq!((refused.replaced, refused.failed.len()), (0, 1));
    let replaced = test.app.import(&jana.actor(), &line, true).await;
    assert_eq!((replaced.replaced, replaced.failed.len()), (1, 0));
    let shown = test.app.page(&jana.actor(), id).await.unwrap();
    assert!(
        shown.html.contains("neu") && !shown.html.contains("alt"),
        "{}",
        shown.html
    );
}
