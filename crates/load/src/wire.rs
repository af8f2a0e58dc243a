//! The y-websocket protocol, as much of it as a client under load needs, and Hocuspocus's dialect.

/// Adds a number as lib0 writes it: seven bits a byte, the lowest first.
pub(crate) fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}

/// Adds bytes with their length before them.
pub(crate) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, crate::numbers::count(bytes.len()));
    out.extend_from_slice(bytes);
}

/// Reads what lib0 wrote; `None` at the end.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(crate) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        self.take(length)
    }
}

/// What a server said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard<'a> {
    /// It asks for what it lacks.
    Question,
    /// It answers a question.
    Answer(&'a [u8]),
    /// Somebody has edited.
    Update(&'a [u8]),
    /// Somebody's caret.
    Awareness,
    /// Hocuspocus lets the client in.
    Welcome,
    /// So many of the connection's own sync messages are durable (our addition `saved`).
    Saved(u64),
    /// Anything else.
    Other,
}

/// How messages are framed.
#[derive(Clone, Debug)]
pub(crate) struct Dialect {
    /// Before every message: nothing, or for Hocuspocus the name of the document.
    prefix: Vec<u8>,
}

impl Dialect {
    /// The standard protocol, or Hocuspocus's for a document of that name.
    pub(crate) fn new(hocuspocus_document: Option<&str>) -> Self {
        let mut prefix = Vec::new();
        if let Some(name) = hocuspocus_document {
            put_bytes(&mut prefix, name.as_bytes());
        }
        Self { prefix }
    }

    pub(crate) fn is_hocuspocus(&self) -> bool {
        !self.prefix.is_empty()
    }

    fn message(&self, head: &[u8], payload: &[u8]) -> Vec<u8> {
        let mut message = self.prefix.clone();
        message.extend_from_slice(head);
        put_bytes(&mut message, payload);
        message
    }

    /// Asks Hocuspocus to be let in.
    pub(crate) fn knock(&self) -> Vec<u8> {
        let mut message = self.message(&[2, 0], b"token");
        put_bytes(&mut message, b"4.0.0");
        message
    }

    /// Asks for everything beyond these clocks.
    pub(crate) fn question(&self, known: &[(u64, u64)]) -> Vec<u8> {
        let mut vector = Vec::new();
        put_number(&mut vector, crate::numbers::count(known.len()));
        for &(client, clock) in known {
            put_number(&mut vector, client);
            put_number(&mut vector, clock);
        }
        self.message(&[0, 0], &vector)
    }

    /// Answers that there is nothing.
    pub(crate) fn nothing(&self) -> Vec<u8> {
        self.message(&[0, 1], &[0, 0])
    }

    pub(crate) fn update(&self, update: &[u8]) -> Vec<u8> {
        self.message(&[0, 2], update)
    }

    pub(crate) fn awareness(&self, update: &[u8]) -> Vec<u8> {
        self.message(&[1], update)
    }

    /// Reads a message of the server; `None` if it has another form.
    pub(crate) fn hear<'a>(&self, message: &'a [u8]) -> Option<Heard<'a>> {
        let mut reader = Reader(message);
        if self.is_hocuspocus() {
            reader.bytes()?;
        }
        Some(match reader.number()? {
            // 4 is Hocuspocus's answer to a question that it sends as a reply.
            0 | 4 => match reader.number()? {
                0 => Heard::Question,
                1 => Heard::Answer(reader.bytes()?),
                2 => Heard::Update(reader.bytes()?),
                _ => return None,
            },
            1 => Heard::Awareness,
            2 if reader.number()? == 2 => Heard::Welcome,
            100 => Heard::Saved(reader.number()?),
            _ => Heard::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        for number in [0, 1, 127, 128, 300, 1 << 32, (1 << 53) - 1] {
            let mut bytes = Vec::new();
            put_number(&mut bytes, number);
            assert_eq!(Reader(&bytes).number(), Some(number));
        }
        assert_eq!(Reader(&[0x80]).number(), None);
        assert_eq!(Reader(&[3, 1, 2]).bytes(), None);
    }

    #[test]
    fn both_dialects_are_understood() {
        let standard = Dialect::new(None);
        assert_eq!(
            standard.hear(&standard.update(b"ab")),
            Some(Heard::Update(b"ab"))
        );
        assert_eq!(
            standard.hear(&standard.question(&[(1, 2)])),
            Some(Heard::Question)
        );
        assert_eq!(standard.hear(&[100, 0xac, 2]), Some(Heard::Saved(300)));
        let named = Dialect::new(Some("page"));
        let message = named.nothing();
        assert_eq!(message.get(..5), Some(&b"\x04page"[..]));
        assert_eq!(named.hear(&message), Some(Heard::Answer(&[0, 0])));
        assert_eq!(named.hear(&[1, b'p', 2, 2, 0]), Some(Heard::Welcome));
        assert_eq!(standard.hear(&[0, 2, 9, 1]), None);
    }
}
