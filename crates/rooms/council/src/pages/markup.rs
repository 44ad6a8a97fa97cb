//! Pieces of HTML whose parts from outside are escaped, so that templates can put them in as they are.

use askama::filters::HtmlSafe;
use std::fmt;

/// A piece of HTML. What came from outside was escaped when it was put in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// A text from outside.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        escape(&mut out, text);
        Self(out)
    }

    /// A link with a text from outside.
    #[must_use]
    pub fn link(path: &str, text: &str) -> Self {
        Self(format!("<a href=\"{}\">{}</a>", Self::text(path), Self::text(text)))
    }

    /// HTML of the program itself; what came from outside must have been escaped before.
    #[must_use]
    pub(super) const fn html(html: String) -> Self {
        Self(html)
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a piece after a separator, which stands only between two pieces.
    pub fn join(&mut self, separator: &str, other: &Self) {
        if !self.is_empty() && !other.is_empty() {
            self.0.push_str(separator);
        }
        self.0.push_str(&other.0);
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_from_outside_is_escaped() {
        assert_eq!(Markup::text("<b>\"'&").to_string(), "&lt;b&gt;&quot;&#39;&amp;");
        assert_eq!(Markup::link("/a?b=\"c\"", "<i>").to_string(), "<a href=\"/a?b=&quot;c&quot;\">&lt;i&gt;</a>");
    }
}
