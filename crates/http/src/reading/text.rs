//! The text of a page as the editor shows it.

/// What the sanitiser wrote has `<` before a name and quotation marks only in its own markup: in text
/// the one is escaped, in attributes the other. So nothing that somebody wrote is replaced.
const AS_IN_THE_EDITOR: [(&str, &str); 2] = [
    ("<a class=\"page-link\"", "<a class=\"wl\""),
    (
        "<span class=\"page-link-hidden\">",
        "<span class=\"wl no-access\">",
    ),
];
const FOOTNOTES: &str = "<section class=\"footnotes\"";

/// The text and, below it, its footnotes.
pub(super) fn text(html: &str) -> String {
    let mut html = html.to_owned();
    for (before, after) in AS_IN_THE_EDITOR {
        html = html.replace(before, after);
    }
    let at = html.find(FOOTNOTES).unwrap_or(html.len());
    let (text, footnotes) = html.split_at(at);
    format!("<div lang=\"de\"><div class=\"prose ProseMirror\">{text}</div>{footnotes}</div>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_markup_is_replaced_and_footnotes_stand_below() {
        let html = "<p>class=\"page-link\" <a class=\"page-link\" href=\"/\">x</a></p>\
                    <section class=\"footnotes\"><ol></ol></section>";
        assert_eq!(
            text(html),
            "<div lang=\"de\"><div class=\"prose ProseMirror\"><p>class=\"page-link\" \
             <a class=\"wl\" href=\"/\">x</a></p></div>\
             <section class=\"footnotes\"><ol></ol></section></div>"
        );
    }
}
