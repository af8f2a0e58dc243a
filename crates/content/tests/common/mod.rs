//! Random trees from a seed.
#![expect(unreachable_pub, reason = "shared by several test binaries")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

mod tree;

use denkraum_domain::PageId;

pub use tree::blocks;

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
    "[!NOTE]",
    "[^1]",
    "[^1]: ",
    "{person=\"A\"}",
    "{due=\"2024-03-01\"}",
    "[x] ",
    "|---|",
    "\\|",
    "</td>",
    "<mark>",
    "</sup>",
    "&#124;",
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

/// An address that a link may have.
pub fn href(random: &mut Random) -> String {
    random.pick(HREFS).to_owned()
}
