//! HTML that stands alone: read in any browser, printed, kept.

use std::fmt::Write as _;

use crate::pages::ShownField;

/// What a file of HTML says.
pub(super) struct Document<'a> {
    /// The title as text.
    pub(super) title: &'a str,
    /// Short texts beside the title, such as kind and space.
    pub(super) about: &'a [String],
    /// The answered fields.
    pub(super) fields: &'a [ShownField],
    /// The text as HTML that is safe to show.
    pub(super) body: &'a str,
    /// The address of the list of all pages.
    pub(super) back: Option<&'a str>,
}

/// Enough for a page to be read and printed; nothing is loaded from elsewhere.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{max-width:41rem;margin:2rem auto;padding:0 1rem;font:1.0625rem/1.6 Georgia,serif}\
h1,h2,h3,h4{line-height:1.25;overflow-wrap:anywhere}\
.about,nav,dt{font:0.9375rem/1.4 system-ui,sans-serif;color:GrayText}\
dl{border:solid;border-width:1px 0;padding:1rem 0}dt{margin-top:.75rem}dt:first-child{margin:0}\
dd{margin:.25rem 0 0;white-space:pre-line}\
blockquote,[data-block]{margin:1rem 0;padding-left:1rem;border-left:3px solid}\
.frame-head,.duty{font:0.9375rem/1.4 system-ui,sans-serif;color:GrayText}.frame-label{font-weight:bold}\
.frame-body>:first-child{margin-top:.25rem}summary{font-weight:bold}summary>*{display:inline}\
.tasks{list-style:none;padding-left:1.75rem}.tasks>li>input{float:left;margin:.35rem 0 0 -1.5rem}\
.tasks>li>div>*{margin:0}.table-scroll{overflow-x:auto}\
table{border-collapse:collapse}td,th{border:1px solid;padding:.25rem .5rem;vertical-align:top}\
pre{overflow-x:auto}";

/// The whole file.
pub(super) fn document(page: &Document<'_>) -> String {
    let title = escape(page.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    );
    if let Some(back) = page.back {
        let _infallible = writeln!(
            out,
            "<nav><a href=\"{}\">Alle Seiten</a></nav>",
            escape(back)
        );
    }
    let _infallible = writeln!(out, "<h1>{title}</h1>");
    if !page.about.is_empty() {
        let about = escape(&page.about.join(" · "));
        let _infallible = writeln!(out, "<p class=\"about\">{about}</p>");
    }
    if !page.fields.is_empty() {
        out.push_str("<dl>\n");
        for field in page.fields {
            let _infallible = writeln!(out, "<dt>{}</dt>", escape(&field.question));
            for answer in &field.answers {
                let _infallible = writeln!(out, "<dd>{}</dd>", escape(answer));
            }
        }
        out.push_str("</dl>\n");
    }
    let _infallible = write!(out, "{}\n</body>\n</html>\n", page.body);
    out
}

/// Text as it stands in HTML, also inside quotation marks. Control characters, which HTML may not
/// hold, are left out.
pub(super) fn escape(text: &str) -> String {
    text.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\t'), "")
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
