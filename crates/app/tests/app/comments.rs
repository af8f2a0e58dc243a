//! Comments on passages: who says, answers, settles and takes back what, and that it lasts.

use denkraum_app::{
    Account, App, CommentError, CommentThread, NewReply, NewThread, PAGE_THREADS, PageComments,
    THREAD_REPLIES,
};
use denkraum_domain::{AnchorPoint, Audience, CommentId, CommentText, PageId, Quote, Role};

use crate::desk::{Desk, Fields};

fn words(text: &str) -> CommentText {
    CommentText::parse(text).unwrap()
}

fn about(number: u128, text: &str) -> NewThread {
    NewThread {
        id: Some(CommentId::from_u128(number)),
        text: words(text),
        start: AnchorPoint::parse("AAEB").unwrap(),
        end: AnchorPoint::parse("AAEC").unwrap(),
        quote: Quote::parse("eine Familie").unwrap(),
    }
}

fn answer(number: u128, text: &str) -> NewReply {
    NewReply {
        id: Some(CommentId::from_u128(number)),
        text: words(text),
    }
}

/// A page of Pankow, its coordinator Jana, and Samuel who comments there.
struct Talk {
    desk: Desk,
    page: PageId,
    samuel: Account,
}

impl Talk {
    async fn new(audience: Audience) -> Self {
        let desk = Desk::new().await;
        let samuel = desk.test.person("samuel", Role::Commenter, "pankow").await;
        let page = desk
            .page_for(audience, "approach", "Titel", Fields::new())
            .await;
        Self {
            page: page.summary.page.id,
            desk,
            samuel,
        }
    }

    fn app(&self) -> &App {
        &self.desk.test.app
    }

    fn jana(&self) -> &Account {
        &self.desk.jana
    }

    async fn says(
        &self,
        who: &Account,
        number: u128,
        text: &str,
    ) -> Result<CommentThread, CommentError> {
        let new = about(number, text);
        self.app().comment(&who.actor(), self.page, new).await
    }

    async fn answers(
        &self,
        who: &Account,
        thread: u128,
        number: u128,
        text: &str,
    ) -> Result<CommentThread, CommentError> {
        let thread = CommentId::from_u128(thread);
        let new = answer(number, text);
        self.app().reply(&who.actor(), self.page, thread, new).await
    }

    async fn removes(
        &self,
        who: &Account,
        (thread, comment): (u128, u128),
    ) -> Result<Option<CommentThread>, CommentError> {
        let named = (CommentId::from_u128(thread), CommentId::from_u128(comment));
        let app = self.app();
        app.remove_comment(&who.actor(), self.page, named).await
    }

    async fn resolves(&self, who: &Account, resolved: bool) -> Result<CommentThread, CommentError> {
        let thread = CommentId::from_u128(1);
        self.app()
            .resolve_thread(&who.actor(), self.page, thread, resolved)
            .await
    }

    async fn seen_by(&self, who: &Account) -> PageComments {
        let comments = self.app().comments(&who.actor(), self.page).await;
        comments.unwrap()
    }
}

fn said(thread: &CommentThread) -> Vec<Option<&str>> {
    let comments = thread.comments.iter();
    comments.map(|comment| comment.text.as_deref()).collect()
}

#[tokio::test]
async fn what_was_said_is_there_after_a_restart_without_views() {
    let mut talk = Talk::new(Audience::Space).await;
    talk.says(&talk.samuel, 1, "Woher kommt\ndie Zahl?")
        .await
        .unwrap();
    talk.desk.test.clock.advance(1000);
    talk.says(talk.jana(), 2, "Schön gesagt.").await.unwrap();
    talk.answers(talk.jana(), 1, 3, "Aus der Erhebung.")
        .await
        .unwrap();
    talk.resolves(talk.jana(), true).await.unwrap();
    talk.removes(talk.jana(), (2, 2)).await.unwrap();

    let before = talk.seen_by(&talk.samuel).await;
    let [thread] = &before.threads[..] else {
        panic!("{before:?}")
    };
    assert_eq!(
        said(thread),
        [Some("Woher kommt\ndie Zahl?"), Some("Aus der Erhebung.")]
    );
    assert_eq!((&thread.start[..], &thread.end[..]), ("AAEB", "AAEC"));
    assert_eq!(thread.quote, "eine Familie");
    let (by, _) = thread.resolved.clone().unwrap();
    assert_eq!(by.unwrap().name, "jana");
    assert_eq!(thread.comments[0].author.as_ref().unwrap().name, "samuel");
    talk.desk.test.restart_without_views().await;
    assert_eq!(talk.seen_by(&talk.samuel).await, before);
}

#[tokio::test]
async fn saying_it_again_says_it_once_and_nobody_takes_the_id_of_somebody_else() {
    let talk = Talk::new(Audience::Space).await;
    for _ in 0..2 {
        talk.says(&talk.samuel, 1, "Einmal").await.unwrap();
        talk.answers(&talk.samuel, 1, 2, "Noch etwas")
            .await
            .unwrap();
    }
    let seen = talk.seen_by(&talk.samuel).await;
    assert_eq!(seen.threads.len(), 1);
    assert_eq!(said(&seen.threads[0]), [Some("Einmal"), Some("Noch etwas")]);
    for taken in [
        talk.says(talk.jana(), 1, "Anderes").await,
        talk.answers(talk.jana(), 1, 2, "Anderes").await,
    ] {
        assert!(matches!(taken, Err(CommentError::Exists(_))), "{taken:?}");
    }
    assert_eq!(talk.seen_by(&talk.samuel).await, seen);
}

#[tokio::test]
async fn readers_read_commenters_say_and_other_districts_see_nothing() {
    let talk = Talk::new(Audience::Space).await;
    let rita = talk.desk.test.person("rita", Role::Reader, "pankow").await;
    let ruth = talk
        .desk
        .test
        .person("ruth", Role::Coordinator, "mitte")
        .await;
    let alex = talk.desk.test.person("alex", Role::Administrator, "").await;
    assert!(talk.seen_by(&talk.samuel).await.may_comment);
    talk.says(&talk.samuel, 1, "Ich sehe das anders.")
        .await
        .unwrap();

    let seen = talk.seen_by(&rita).await;
    assert!(!seen.may_comment);
    assert_eq!(said(&seen.threads[0]), [Some("Ich sehe das anders.")]);
    for refused in [
        talk.says(&rita, 2, "x").await,
        talk.answers(&rita, 1, 2, "x").await,
        talk.resolves(&rita, true).await,
        talk.removes(&rita, (1, 1)).await.map(Option::unwrap),
    ] {
        assert!(
            matches!(refused, Err(CommentError::Denied { .. })),
            "{refused:?}"
        );
    }
    for hidden in [&ruth, &alex] {
        let read = talk.app().comments(&hidden.actor(), talk.page).await;
        assert!(matches!(read, Err(CommentError::Read(_))), "{read:?}");
        let said = talk.says(hidden, 2, "x").await;
        assert!(matches!(said, Err(CommentError::Read(_))), "{said:?}");
    }
    assert_eq!(talk.seen_by(&rita).await, seen);
}

#[tokio::test]
async fn on_a_page_for_all_districts_other_districts_join_in() {
    let talk = Talk::new(Audience::Network).await;
    let ruth = talk
        .desk
        .test
        .person("ruth", Role::Commenter, "mitte")
        .await;
    let lena = talk.desk.test.person("lena", Role::Reader, "mitte").await;
    talk.says(&ruth, 1, "Bei uns genauso.").await.unwrap();
    assert!(talk.says(&lena, 2, "x").await.is_err());
    assert_eq!(talk.seen_by(&lena).await.threads.len(), 1);
}

#[tokio::test]
async fn on_a_draft_its_authors_alone_think_along() {
    let talk = Talk::new(Audience::Draft).await;
    let refused = talk.says(&talk.samuel, 1, "x").await;
    assert!(matches!(refused, Err(CommentError::Read(_))));
    talk.says(talk.jana(), 1, "Noch prüfen").await.unwrap();
    assert_eq!(talk.seen_by(talk.jana()).await.threads.len(), 1);
}

#[tokio::test]
async fn words_are_changed_by_whoever_said_them_and_taken_away_by_the_coordination_too() {
    let talk = Talk::new(Audience::Space).await;
    talk.says(&talk.samuel, 1, "Erst").await.unwrap();
    let change = async |who: &Account, text: &str| {
        let one = CommentId::from_u128(1);
        let app = talk.app();
        app.change_comment(&who.actor(), talk.page, (one, one), words(text))
            .await
    };
    talk.desk.test.clock.advance(5);
    let changed = change(&talk.samuel, "Dann").await.unwrap();
    assert_eq!(said(&changed), [Some("Dann")]);
    assert_eq!(changed.comments[0].edited, Some(talk.desk.test.clock.now()));
    let refused = change(talk.jana(), "Falsch").await;
    assert!(matches!(refused, Err(CommentError::Denied { .. })));

    // With an answer its place stays; the last one to go takes the thread along.
    talk.answers(talk.jana(), 1, 2, "Dazu").await.unwrap();
    let left = talk.removes(talk.jana(), (1, 1)).await.unwrap().unwrap();
    assert_eq!(said(&left), [None, Some("Dazu")]);
    assert!(!left.comments[0].may_edit && !left.comments[0].may_remove);
    let again = change(&talk.samuel, "Doch").await;
    assert!(matches!(again, Err(CommentError::Unknown(_))));
    let others = talk.removes(&talk.samuel, (1, 2)).await;
    assert!(matches!(others, Err(CommentError::Denied { .. })));
    assert_eq!(talk.removes(talk.jana(), (1, 2)).await.unwrap(), None);
    assert_eq!(talk.seen_by(&talk.samuel).await.threads, []);
    let gone = talk.removes(talk.jana(), (1, 2)).await;
    assert!(matches!(gone, Err(CommentError::Unknown(_))));
}

#[tokio::test]
async fn a_settled_thread_is_open_again_when_somebody_answers() {
    let talk = Talk::new(Audience::Space).await;
    talk.says(&talk.samuel, 1, "Frage").await.unwrap();
    for resolved in [true, true, false, true] {
        let thread = talk.resolves(talk.jana(), resolved).await.unwrap();
        assert_eq!(thread.resolved.is_some(), resolved);
    }
    let thread = talk
        .answers(&talk.samuel, 1, 2, "Noch nicht")
        .await
        .unwrap();
    assert_eq!(thread.resolved, None);
}

#[tokio::test]
async fn an_archived_page_takes_no_comments_but_gives_back_ones_own() {
    let talk = Talk::new(Audience::Space).await;
    talk.says(&talk.samuel, 1, "Frage").await.unwrap();
    let jana = talk.jana().actor();
    talk.app().archive_page(&jana, talk.page).await.unwrap();
    let seen = talk.seen_by(&talk.samuel).await;
    assert!(!seen.may_comment && !seen.threads[0].comments[0].may_edit);
    let refused = talk.says(&talk.samuel, 2, "x").await;
    assert!(matches!(refused, Err(CommentError::Denied { .. })));
    assert_eq!(talk.removes(&talk.samuel, (1, 1)).await.unwrap(), None);
}

#[tokio::test]
async fn comments_are_each_pages_own_and_bounded() {
    let talk = Talk::new(Audience::Space).await;
    let other = talk.desk.page("approach", "Andere", Fields::new()).await;
    talk.says(&talk.samuel, 1, "Hier").await.unwrap();
    let (app, samuel) = (talk.app(), talk.samuel.actor());
    let there = app.comments(&samuel, other.summary.page.id).await.unwrap();
    assert_eq!(there.threads, []);
    let elsewhere = app.reply(
        &samuel,
        other.summary.page.id,
        CommentId::from_u128(1),
        answer(2, "x"),
    );
    assert!(matches!(elsewhere.await, Err(CommentError::Unknown(_))));

    let replies = u128::try_from(THREAD_REPLIES).unwrap();
    for number in 0..replies {
        let said = talk.answers(&talk.samuel, 1, 1000 + number, "x").await;
        said.unwrap();
    }
    let full = talk.answers(&talk.samuel, 1, 2000, "x").await;
    assert!(matches!(full, Err(CommentError::TooMany { .. })));
    let threads = u128::try_from(PAGE_THREADS).unwrap();
    for number in 1..threads {
        talk.says(&talk.samuel, 3000 + number, "x").await.unwrap();
    }
    let full = talk.says(&talk.samuel, 9000, "x").await;
    assert!(matches!(full, Err(CommentError::TooMany { .. })));
}

#[tokio::test]
async fn of_many_who_answer_at_once_nobody_is_overwritten() {
    let talk = Talk::new(Audience::Space).await;
    talk.says(&talk.samuel, 1, "Frage").await.unwrap();
    let answers = (0..6).map(|number| talk.answers(talk.jana(), 1, 10 + number, "Ja"));
    for answered in futures_util::future::join_all(answers).await {
        answered.unwrap();
    }
    let seen = talk.seen_by(&talk.samuel).await;
    assert_eq!(seen.threads[0].comments.len(), 7);
}
