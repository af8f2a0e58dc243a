//! Random trees of all nodes and marks.

use std::collections::BTreeMap;

use denkraum_content::{Attributes, Consent, Day, Element, Mark, Month, Node, Shape, Span, Tone};
use serde_json::json;

use super::{Random, href, page_id, text};

fn marks(random: &mut Random, wild: bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    for mark in [Mark::Bold, Mark::Italic, Mark::Strike, Mark::Code] {
        if random.below(5) == 0 {
            marks.push(mark);
        }
    }
    for mark in [Mark::Highlight, Mark::Superscript, Mark::Subscript] {
        if random.below(12) == 0 {
            marks.push(mark);
        }
    }
    if random.below(8) == 0 {
        let href = href(random);
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

fn words(random: &mut Random, wild: bool) -> Node {
    Node::marked(text(random), marks(random, wild))
}

fn inline(random: &mut Random, wild: bool) -> Node {
    match random.below(9) {
        0 => Node::element(Shape::HardBreak, vec![]),
        1 => {
            let page = page_id(random.below(3));
            let label = (random.below(2) == 0).then(|| text(random));
            Node::element(Shape::PageLink { page, label }, vec![])
        }
        2 => {
            let note = (0..random.below(3)).map(|_| {
                if wild && random.below(4) == 0 {
                    inline(random, wild)
                } else {
                    words(random, wild)
                }
            });
            let note = note.collect();
            Node::element(Shape::Footnote, note)
        }
        _ => words(random, wild),
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
    match random.below(16) {
        0 => {
            let level = random.pick(&[1, 2, 3]);
            Node::element(Shape::Heading { level }, line(random, wild))
        }
        1 => Node::element(Shape::BulletList, items(random, depth, wild, false)),
        2 => {
            let start = random.pick(&[1, 1, 0, 7, 999_999]);
            let items = items(random, depth, wild, false);
            Node::element(Shape::OrderedList { start }, items)
        }
        3 => Node::element(Shape::Blockquote, blocks(random, depth - 1, wild)),
        4 => Node::element(Shape::HorizontalRule, vec![]),
        5 => Node::element(Shape::TaskList, items(random, depth, wild, true)),
        6 | 7 => table(random, depth, wild),
        8 | 9 => Node::element(frame(random), blocks(random, depth - 1, wild)),
        10 => code_block(random, wild),
        _ => Node::paragraph(line(random, wild)),
    }
}

fn maybe(random: &mut Random) -> Option<String> {
    (random.below(2) == 0).then(|| text(random))
}

fn day(random: &mut Random) -> Option<Day> {
    Day::parse(random.pick(&["2024-02-29", "0000-01-01", ""]))
}

fn frame(random: &mut Random) -> Shape {
    match random.below(8) {
        0 | 1 => Shape::Callout {
            tone: random.pick(&Tone::ALL),
        },
        2 => Shape::Collapsible,
        3 => Shape::GuidingQuestion,
        4 => Shape::FamilyVoice {
            method: maybe(random),
            consent: Consent::parse(random.pick(&["none", "spoken", "written", ""])),
            month: Month::parse(random.pick(&["2024-03", ""])),
        },
        5 => Shape::Insight,
        6 => Shape::Agreement {
            who: maybe(random),
            until: day(random),
        },
        _ => Shape::OpenQuestion,
    }
}

fn code_block(random: &mut Random, wild: bool) -> Node {
    let language = maybe(random);
    let mut content: Vec<Node> = (0..random.below(4))
        .map(|_| {
            let mut code = text(random);
            code.push_str(random.pick(&["", "\n", "\n\n", "  \n", "\t", "```", "    "]));
            Node::marked(code, marks(random, wild))
        })
        .collect();
    if wild && random.below(3) == 0 {
        content.push(inline(random, wild));
    }
    Node::element(Shape::CodeBlock { language }, content)
}

fn table(random: &mut Random, depth: u32, wild: bool) -> Node {
    // Half of them are as simple as Markdown's own.
    let simple = random.below(2) == 0;
    let columns = 1 + random.below(3);
    let rows = (0..=random.below(3)).map(|number| {
        let columns = if simple { columns } else { random.below(4) };
        let cells = (0..columns).map(|_| {
            let header = if simple {
                number == 0
            } else {
                random.below(3) == 0
            };
            let span = if simple || random.below(2) == 0 {
                Span::default()
            } else {
                Span {
                    columns: random.pick(&[1, 2, 50]),
                    rows: random.pick(&[1, 3, 500]),
                    widths: random.pick(&[&[][..], &[10, 4000]]).to_vec(),
                }
            };
            let content = if simple {
                vec![Node::paragraph(line(random, wild))]
            } else {
                blocks(random, depth - 1, wild)
            };
            Node::element(Shape::TableCell { header, span }, content)
        });
        let cells = cells.collect();
        Node::element(Shape::TableRow, cells)
    });
    let rows = rows.collect();
    Node::element(Shape::Table, rows)
}

fn items(random: &mut Random, depth: u32, wild: bool, tasks: bool) -> Vec<Node> {
    let item = |random: &mut Random| {
        let mut content = blocks(random, depth - 1, wild);
        if random.below(2) == 0 {
            content.insert(0, Node::paragraph(line(random, wild)));
        }
        let shape = if tasks {
            Shape::TaskItem {
                checked: random.below(2) == 0,
                person: maybe(random),
                due: day(random),
            }
        } else {
            Shape::ListItem
        };
        Node::element(shape, content)
    };
    (0..=random.below(3)).map(|_| item(random)).collect()
}

fn strange(random: &mut Random, depth: u32) -> Node {
    let content = blocks(random, depth - 1, true);
    match random.below(9) {
        0 => inline(random, true),
        1 => Node::paragraph(content),
        2 => Node::element(Shape::ListItem, content),
        3 => Node::Element(Element {
            shape: Shape::BulletList,
            extra: BTreeMap::from([("align".to_owned(), json!("x"))]),
            content,
        }),
        4 => Node::element(Shape::Table, content),
        5 => Node::element(Shape::TableRow, content),
        6 => Node::element(Shape::TaskList, content),
        7 => {
            let (header, span) = (true, Span::default());
            Node::element(Shape::TableCell { header, span }, content)
        }
        _ => Node::element(
            Shape::Unknown {
                name: "poll".to_owned(),
                attributes: Attributes::from([
                    ("tone".to_owned(), json!("warning")),
                    ("size".to_owned(), json!([1, 2.5])),
                ]),
            },
            content,
        ),
    }
}
