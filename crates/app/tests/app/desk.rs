//! A coordinator at work on fields: values in short, pages made, changed, shown and taken away.

use std::collections::BTreeMap;

use denkraum_app::{
    Account, ChangeError, ExportFormat, FieldValue, ListEntry, NewPage, PageChange, PageView,
};
use denkraum_domain::{Audience, KindId, PageTitle, Role, SpaceId};
use denkraum_testkit::TestApp;

pub(crate) type Fields = BTreeMap<String, FieldValue>;

pub(crate) fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

pub(crate) fn many(choices: &[&str]) -> FieldValue {
    FieldValue::Many(choices.iter().map(|one| (*one).to_owned()).collect())
}

pub(crate) fn noted(words: &[(&str, &str)]) -> FieldValue {
    let owned = |(choice, words): &(&str, &str)| ((*choice).to_owned(), (*words).to_owned());
    FieldValue::Noted(words.iter().map(owned).collect())
}

pub(crate) fn entry(id: Option<&str>, parts: &[(&str, &str)]) -> ListEntry {
    ListEntry {
        id: id.map(str::to_owned),
        parts: parts
            .iter()
            .map(|(name, value)| ((*name).to_owned(), text(value)))
            .collect(),
    }
}

pub(crate) fn fields(values: &[(&str, FieldValue)]) -> Fields {
    let owned = |(name, value): &(&str, FieldValue)| ((*name).to_owned(), value.clone());
    values.iter().map(owned).collect()
}

pub(crate) struct Desk {
    pub(crate) test: TestApp,
    pub(crate) jana: Account,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let test = TestApp::new().await;
        let jana = test.person("jana", Role::Coordinator, "pankow").await;
        Self { test, jana }
    }

    pub(crate) async fn page(&self, kind: &str, title: &str, fields: Fields) -> PageView {
        self.page_for(Audience::Space, kind, title, fields).await
    }

    pub(crate) async fn page_for(
        &self,
        audience: Audience,
        kind: &str,
        title: &str,
        fields: Fields,
    ) -> PageView {
        let new = NewPage {
            id: None,
            title: Some(PageTitle::parse(title).unwrap()),
            kind: KindId::parse(kind).unwrap(),
            space: SpaceId::parse("pankow").unwrap(),
            audience,
            tags: Vec::new(),
            fields,
            markdown: Some(String::new()),
            body: None,
            emerged_from: None,
        };
        let created = self.test.app.create_page(&self.jana.actor(), new).await;
        created.unwrap()
    }

    pub(crate) async fn change(
        &self,
        page: &PageView,
        name: &str,
        value: Option<FieldValue>,
    ) -> Result<PageView, ChangeError> {
        let change = PageChange {
            fields: BTreeMap::from([(name.to_owned(), value)]),
            ..PageChange::default()
        };
        let page = page.summary.page.id;
        self.test
            .app
            .change_page(&self.jana.actor(), page, change)
            .await
    }

    pub(crate) async fn shown(&self, page: &PageView) -> PageView {
        let page = page.summary.page.id;
        self.test.app.page(&self.jana.actor(), page).await.unwrap()
    }

    pub(crate) async fn export(&self, page: &PageView, format: ExportFormat) -> String {
        let page = page.summary.page.id;
        let actor = self.jana.actor();
        let export = self.test.app.export_page(&actor, page, format).await;
        export.unwrap().text
    }
}

pub(crate) fn list_of(page: &PageView, name: &str) -> Vec<ListEntry> {
    match page.fields.get(name) {
        Some(FieldValue::List(entries)) => entries.clone(),
        None => Vec::new(),
        other => panic!("not a list: {other:?}"),
    }
}
