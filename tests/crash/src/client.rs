//! A client that writes, types on and deletes until its connection ends.

use std::collections::VecDeque;
use std::time::Duration;

use anyhow::{Context as _, Result};
use denkraum_load::{Account, Data, Dice};
use yrs::{
    Doc, GetString as _, Text as _, Transact as _, TransactionMut, XmlElementPrelim,
    XmlFragment as _, XmlFragmentRef, XmlOut, XmlTextPrelim,
};

use crate::ledger::{Edit, Ledger, Token};
use crate::socket::{Heard, Socket, document};

/// Somebody at a page.
pub(crate) struct Client {
    number: usize,
    page: usize,
    dice: Dice,
    doc: Doc,
    /// How many edits were made.
    edits: u64,
    /// Own paragraphs: the tokens in each.
    paragraphs: Vec<Vec<Token>>,
    /// Edits that were not reported saved yet, oldest first, with the number of the sync message of
    /// this connection that brings them.
    unsaved: VecDeque<(u64, Edit)>,
}

impl Client {
    pub(crate) fn new(number: usize, page: usize, mut dice: Dice) -> Self {
        let doc = document(dice.below(1 << 53));
        Self {
            number,
            page,
            dice,
            doc,
            edits: 0,
            paragraphs: Vec::new(),
            unsaved: VecDeque::new(),
        }
    }

    pub(crate) const fn number(&self) -> usize {
        self.number
    }

    /// Begins anew with an empty document, as after a reload.
    pub(crate) fn forget(&mut self) {
        self.doc = document(self.dice.below(1 << 53));
        self.paragraphs.clear();
        self.unsaved.clear();
    }

    /// Connects, brings what it has, and edits until the connection ends.
    pub(crate) async fn write_until_the_end(
        mut self,
        address: &str,
        account: &Account,
        ledger: &Ledger,
    ) -> Result<Self> {
        let page = Data::page_id(self.page);
        let opened = Socket::open(address, &page, &account.token, &self.doc).await;
        let Ok(mut socket) = opened else {
            // Killed before it could connect.
            return Ok(self);
        };
        let (mut sent, mut synced, mut answered) = (0, false, false);
        loop {
            let patience = Duration::from_millis(2 + self.dice.below(30));
            match socket.hear(patience, &self.doc).await? {
                Some(Heard::End) => return Ok(self),
                Some(Heard::Saved(count)) => self.note_saved(count, ledger),
                Some(Heard::Answered) => {
                    sent += 1;
                    if !answered {
                        // What an earlier connection did not bring is in this answer.
                        for (number, _) in &mut self.unsaved {
                            *number = sent;
                        }
                        answered = true;
                    }
                }
                Some(Heard::Synced) => synced = true,
                None if synced && answered => {
                    let (edit, update) = self.edit()?;
                    ledger.made(self.page, &edit);
                    sent += 1;
                    self.unsaved.push_back((sent, edit));
                    if socket.update(update).await.is_err() {
                        return Ok(self);
                    }
                }
                Some(Heard::Other) | None => {}
            }
        }
    }

    fn note_saved(&mut self, count: u64, ledger: &Ledger) {
        while let Some((_, edit)) = self.unsaved.pop_front_if(|(number, _)| *number <= count) {
            ledger.saved(self.page, &edit);
        }
    }

    /// Makes an edit; gives it with its update.
    fn edit(&mut self) -> Result<(Edit, Vec<u8>)> {
        self.edits += 1;
        let token = format!(
            "[k{}x{}x{}]",
            self.number,
            self.dice.below(1 << 20),
            self.edits
        );
        let own = self.dice.below(self.paragraphs.len() as u64);
        let own = usize::try_from(own)?;
        let choice = self.dice.below(10);
        let body = self.doc.get_or_insert_xml_fragment("body");
        let mut changes = self.doc.transact_mut();
        let found = self
            .paragraphs
            .get(own)
            .and_then(|tokens| Some((tokens, find(&body, &changes, tokens.first()?)?)));
        let edit = match (choice, found) {
            (0, Some((tokens, (at, _)))) => {
                let edit = Edit::Deleted(tokens.clone());
                body.remove_range(&mut changes, at, 1);
                self.paragraphs.swap_remove(own);
                edit
            }
            (1..=6, Some((_, (_, text)))) => {
                let end = text.len(&changes);
                text.insert(&mut changes, end, &token);
                if let Some(tokens) = self.paragraphs.get_mut(own) {
                    tokens.push(token.clone());
                }
                Edit::Wrote(token)
            }
            _ => {
                let length = u64::from(body.len(&changes)) + 1;
                let at = u32::try_from(self.dice.below(length))?;
                let paragraph = body.insert(&mut changes, at, XmlElementPrelim::empty("paragraph"));
                paragraph.push_back(&mut changes, XmlTextPrelim::new(token.clone()));
                self.paragraphs.push(vec![token.clone()]);
                Edit::Wrote(token)
            }
        };
        Ok((edit, changes.encode_update_v1()))
    }
}

/// Where the paragraph with a token is, and its text.
fn find(
    body: &XmlFragmentRef,
    changes: &TransactionMut<'_>,
    token: &str,
) -> Option<(u32, yrs::XmlTextRef)> {
    (0..body.len(changes)).find_map(|at| {
        let XmlOut::Element(paragraph) = body.get(changes, at)? else {
            return None;
        };
        let XmlOut::Text(text) = paragraph.get(changes, 0)? else {
            return None;
        };
        let holds = text.get_string(changes).contains(token);
        holds.then_some((at, text))
    })
}

/// The text of a page as its body says it.
pub(crate) fn text_of(doc: &Doc) -> Result<String> {
    let body = doc.get_or_insert_xml_fragment("body");
    let text = body.get_string(&doc.transact());
    (!text.is_empty())
        .then_some(text)
        .context("the page is empty")
}
