//! Random trees from a seed.
#![expect(unreachable_pub, reason = "shared by several test binaries")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use std::collections::BTreeMap;

use denkraum_content::{Attributes, Element, Mark, Node, Shape};
use denkraum_domain::PageId;
use serde_json::json;

/// `SplitMix64`: small, and the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let at = usize::try_from(self.below(from.len() as u64)).unwrap();
        from[at]
    }
}

/// Parts of text: words, and everything that has a meaning in Markdown or HTML somewhere.
const PARTS: &[&str] = &[
    "Kita",
    "Akteur*innen",
    "Mitarbeiter:innen",
    "ü",
    "😀",
    " ",
    " ",
    " ",
    ".",
    ",",
    "!",
    "?",
    "-",
    "+",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "`",
    "``",
    "#",
    "## ",
    "# ",
    ">",
    "<",
    "<b>",
    "</strong>",
    "<br>",
    "&",
    "&amp;",
    "&nbsp;",
    "&#32;",
    "[",
    "]",
    "](",
    "[x](y)",
    "![",
    "\\",
    "\n",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "1.",
    "1) ",
    "12. ",
    "- ",
    "=",
    "===",
    "---",
    "|",
    ":",
    "\"",
    "'",
    "https://example.org",
    "denkraum:",
    "(",
    ")",
    "{",
    "}",
    "$",
    "^",
    "   ",
    "e\u{301}",
    "a",
    "b",
    "1",
    "\u{200b}",
    "\u{ad}",
    "<!--",
    "-->",
    "<script>",
    "www.example.org",
    "[ ] ",
    ": ",
    "\u{3000}",
    "„",
    "“",
    "–",
];

const HREFS: &[&str] = &[
    "https://example.org/",
    "https://example.org/a_(b)?c=d&e=f#g",
    "https://example.org/a%20b",
    "https://example.org/\\<x>`*_[~]",
    "https://example.org/&amp;",
    "mailto:a@example.org",
    "tel:+4930",
];

pub fn page_id(n: u64) -> PageId {
    PageId::from_u128(u128::from(n) + (1 << 100))
}

pub fn text(random: &mut Random) -> String {
    let count = 1 + random.below(6);
    (0..count).map(|_| random.pick(PARTS)).collect()
}

fn marks(random: &mut Random, wild: bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    for mark in [Mark::Bold, Mark::Italic, Mark::Strike, Mark::Code] {
        if random.below(5) == 0 {
            marks.push(mark);
        }
    }
    if random.below(8) == 0 {
        let href = random.pick(HREFS).to_owned();
        marks.push(Mark::Link { href });
    }
    if wild && random.below(8) == 0 {
        marks.push(if random.below(2) == 0 {
            Mark::Link {
                href: "javascript:alert(1)".to_owned(),
            }
        } else {
            Mark::Unknown {
                name: "comment".to_owned(),
                value: json!({ "id": 1 }),
            }
        });
    }
    marks
}

fn inline(random: &mut Random, wild: bool) -> Node {
    match random.below(8) {
        0 => Node::element(Shape::HardBreak, vec![]),
        1 => {
            let page = page_id(random.below(3));
            let label = (random.below(2) == 0).then(|| text(random));
            Node::element(Shape::PageLink { page, label }, vec![])
        }
        _ => Node::marked(text(random), marks(random, wild)),
    }
}

fn line(random: &mut Random, wild: bool) -> Vec<Node> {
    (0..random.below(6)).map(|_| inline(random, wild)).collect()
}

/// Blocks as the editor makes them, or (`wild`) anything anywhere.
pub fn blocks(random: &mut Random, depth: u32, wild: bool) -> Vec<Node> {
    (0..random.below(4))
        .map(|_| block(random, depth, wild))
        .collect()
}

fn block(random: &mut Random, depth: u32, wild: bool) -> Node {
    if depth == 0 {
        return Node::paragraph(line(random, wild));
    }
    if wild && random.below(4) == 0 {
        return strange(random, depth);
    }
    match random.below(9) {
        0 => {
            let level = random.pick(&[1, 2, 3]);
            Node::element(Shape::Heading { level }, line(random, wild))
        }
        1 => Node::element(Shape::BulletList, items(random, depth, wild)),
        2 => {
            let start = random.pick(&[1, 1, 0, 7, 999_999]);
            Node::element(Shape::OrderedList { start }, items(random, depth, wild))
        }
        3 => Node::element(Shape::Blockquote, blocks(random, depth - 1, wild)),
        4 => Node::element(Shape::HorizontalRule, vec![]),
        _ => Node::paragraph(line(random, wild)),
    }
}

fn items(random: &mut Random, depth: u32, wild: bool) -> Vec<Node> {
    let item = |random: &mut Random| {
        let mut content = blocks(random, depth - 1, wild);
        if random.below(2) == 0 {
            content.insert(0, Node::paragraph(line(random, wild)));
        }
        Node::element(Shape::ListItem, content)
    };
    (0..=random.below(3)).map(|_| item(random)).collect()
}

fn strange(random: &mut Random, depth: u32) -> Node {
    let content = blocks(random, depth - 1, true);
    match random.below(5) {
        0 => inline(random, true),
        1 => Node::paragraph(content),
        2 => Node::element(Shape::ListItem, content),
        3 => Node::Element(Element {
            shape: Shape::BulletList,
            extra: BTreeMap::from([("align".to_owned(), json!("x"))]),
            content,
        }),
        _ => Node::element(
            Shape::Unknown {
                name: "callout".to_owned(),
                attributes: Attributes::from([
                    ("tone".to_owned(), json!("warning")),
                    ("size".to_owned(), json!([1, 2.5])),
                ]),
            },
            content,
        ),
    }
}
