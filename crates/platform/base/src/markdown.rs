//! Markdown to HTML: raw HTML of the author becomes plain text, links lead only to web, mail or this site.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};

/// The HTML of a text in Markdown (with tables). Headings begin at `h2`, because the page has its own `h1`.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(tag) => Event::Start(safe(tag)),
        Event::End(end) => Event::End(match end {
            pulldown_cmark::TagEnd::Heading(level) => pulldown_cmark::TagEnd::Heading(lower(level)),
            other => other,
        }),
        other => other,
    });
    let mut out = String::with_capacity(markdown.len() * 5 / 4);
    html::push_html(&mut out, events);
    out
}

fn safe(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::Link { link_type, dest_url, title, id } => Tag::Link { link_type, dest_url: address(dest_url), title, id },
        // Pictures of other hosts would tell them who reads; the address stays readable as a link.
        Tag::Image { link_type, dest_url, title, id } => Tag::Link { link_type, dest_url: address(dest_url), title, id },
        Tag::Heading { level, id, classes, attrs } => Tag::Heading { level: lower(level), id, classes, attrs },
        other => other,
    }
}

fn lower(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H2, H3, H4};
    match level {
        pulldown_cmark::HeadingLevel::H1 | H2 => H2,
        H3 => H3,
        _ => H4,
    }
}

fn address(url: CowStr<'_>) -> CowStr<'_> {
    let allowed = ["https://", "http://", "mailto:", "/", "#"].iter().any(|start| url.starts_with(start));
    if allowed { url } else { CowStr::Borrowed("#") }
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn nothing_of_the_author_becomes_markup() {
        let check = |markdown: &str, expected: &str| assert_eq!(to_html(markdown).trim(), expected, "{markdown}");
        check("# Hallo *Welt*", "<h2>Hallo <em>Welt</em></h2>");
        check("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
        check("[x](javascript:alert(1))", "<p><a href=\"#\">x</a></p>");
        check("[x](https://a.example/?q=\"1)", "<p><a href=\"https://a.example/?q=%221\">x</a></p>");
        assert!(!to_html("<script>alert(1)</script>\n\n<img src=x onerror=y>").contains("<script"));
        assert!(!to_html("![x](https://a.example/i.png)").contains("<img"));
    }
}
