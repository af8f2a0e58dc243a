//! The two ends of a connection that the socket holds.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use denkraum_sync::CloseCode;
use thiserror::Error;
use tokio::sync::mpsc::UnboundedSender;

use crate::mail::Mail;
use crate::queue::{Queue, Taken, Wire};

/// Bytes for one unit of credit.
pub(crate) const CREDIT_UNIT: usize = 1024;

/// A person's connection to an open page. Dropping the inbox leaves the page.
#[derive(Debug)]
pub struct Connection {
    /// The number that the journal names it by.
    pub id: u64,
    /// What the person sends goes in here.
    pub inbox: Inbox,
    /// What is to be written to the socket comes out here.
    pub outbox: Outbox,
}

/// The connection is closed; take what is left from the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the connection is closed")]
pub struct Closed;

/// Where frames from the socket go in.
pub struct Inbox {
    conn: u64,
    mailbox: UnboundedSender<Mail>,
    queue: Arc<Queue>,
    credit: usize,
}

impl Inbox {
    pub(crate) fn new(
        conn: u64,
        mailbox: UnboundedSender<Mail>,
        queue: Arc<Queue>,
        credit: usize,
    ) -> Self {
        Self {
            conn,
            mailbox,
            queue,
            credit,
        }
    }

    /// Hands over one binary message. Waits while too much of this connection is under way:
    /// not handled, or on its way to the journal.
    pub async fn send(&self, bytes: Bytes) -> Result<(), Closed> {
        let cost = (bytes.len() / CREDIT_UNIT + 1).min(self.credit);
        let cost = u32::try_from(cost).unwrap_or(u32::MAX);
        let credit = self.queue.credit.clone().acquire_many_owned(cost);
        let credit = credit.await.map_err(|_| Closed)?;
        let conn = self.conn;
        let mail = Mail::Frame {
            conn,
            bytes,
            credit,
        };
        self.mailbox.send(mail).map_err(|_| Closed)
    }

    /// The other side has said goodbye: from now on nothing is written past the outbox.
    pub fn detach(&self) {
        self.queue.detach();
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        // The room may not have heard of it when the connection's task says goodbye, and nothing
        // may be written behind a goodbye.
        self.queue.detach();
        // Without a room there is nothing to leave.
        let _ = self.mailbox.send(Mail::Leave { conn: self.conn });
    }
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Inbox").field(&self.conn).finish()
    }
}

/// Something for the socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outbound {
    /// Binary messages to write, with one flush at the end. There may be none: then what was
    /// written through the [`Wire`] waits for the flush.
    Frames(Vec<Bytes>),
    /// Close the socket. Nothing comes after this.
    Close {
        /// The WebSocket close code.
        code: CloseCode,
        /// A short reason.
        reason: &'static str,
    },
}

/// Where messages for the socket come out.
pub struct Outbox {
    conn: u64,
    mailbox: UnboundedSender<Mail>,
    queue: Arc<Queue>,
}

impl Outbox {
    pub(crate) fn new(conn: u64, mailbox: UnboundedSender<Mail>, queue: Arc<Queue>) -> Self {
        Self {
            conn,
            mailbox,
            queue,
        }
    }

    /// Lets the page write to the socket by itself while nothing taken from here is under way: from
    /// when `next` begins to wait until it gives something.
    pub fn attach(&self, wire: Arc<dyn Wire>) {
        self.queue.attach(wire);
    }

    /// Waits for the next thing to do; everything that waits comes in one batch. Can be dropped
    /// while waiting without losing anything. After `Close` it gives `Close` again.
    pub async fn next(&mut self) -> Outbound {
        loop {
            match self.queue.take() {
                Taken::Frames(frames) => return Outbound::Frames(frames),
                Taken::Close(code, reason) => return Outbound::Close { code, reason },
                Taken::Resync => {
                    // Without a room the queue is closed, which the next turn sees.
                    let _ = self.mailbox.send(Mail::Lagged { conn: self.conn });
                }
                // A wake-up since the look is kept for us.
                Taken::Nothing => self.queue.wake.notified().await,
            }
        }
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Outbox").field(&self.conn).finish()
    }
}

#[cfg(test)]
mod tests {
    use denkraum_domain::Timestamp;
    use denkraum_sync::Channel;
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;
    use crate::Written;

    /// A socket that must not be written to.
    #[derive(Debug)]
    struct SaysGoodbye;

    impl Wire for SaysGoodbye {
        fn write(&self, _messages: &mut dyn Iterator<Item = &Bytes>) -> Written {
            panic!("something was written behind a goodbye");
        }
    }

    #[test]
    fn whoever_leaves_is_not_written_to_past_their_task() {
        let queue = Arc::new(Queue::new(1000, 1));
        let (mailbox, _mails) = unbounded_channel();
        let inbox = Inbox::new(1, mailbox, queue.clone(), 1);
        queue.attach(Arc::new(SaysGoodbye));
        assert!(matches!(queue.take(), Taken::Nothing), "the task waits");
        drop(inbox);
        let at = Timestamp::from_millis(0);
        queue.push(at, Bytes::from_static(b"a"), Channel::Document);
        queue.flush();
        assert!(matches!(queue.take(), Taken::Frames(frames) if frames.len() == 1));
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_can_be_given_up_without_losing_anything() {
        let queue = Arc::new(Queue::new(1000, 1));
        let (mailbox, _mails) = unbounded_channel();
        let mut outbox = Outbox::new(1, mailbox, queue.clone());
        let given_up = tokio::time::timeout(std::time::Duration::from_secs(1), outbox.next()).await;
        assert!(given_up.is_err());
        let frame = Bytes::from_static(b"a");
        queue.push(Timestamp::from_millis(0), frame.clone(), Channel::Document);
        queue.flush();
        assert_eq!(outbox.next().await, Outbound::Frames(vec![frame]));
    }
}
