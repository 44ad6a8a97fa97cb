//! Forms: what was sent, what is shown, and what was refused in which field.
//!
//! [`Fields`] is what a browser sent; [`Form`] is what a page shows, with the values kept and each refusal beside its field and in
//! the summary above the form. The markup stands in `templates/forms.html`, a page imports it:
//!
//! ```html
//! {% import "forms.html" as forms %}
//! {{ forms::errors(form) }}
//! <form class="form" method="post" novalidate>
//! {{ forms::required_note(form) }}
//! {{ forms::text(form, "name", t.get("person-name"), hint=t.get("person-name-hint"), autocomplete="name") }}
//! {{ forms::password(form, "password", t.get("person-password"), autocomplete="new-password") }}
//! <p class="actions"><button class="button">{{ t.get("person-save") }}</button></p>
//! </form>
//! ```
//!
//! Knows no rule: what is allowed is said by a room's `rules.rs` as a [`Refusal`] with the field's name.

use crate::limits::{FORM_BYTES_MAX, LINE_CHARS_MAX, TEXT_CHARS_MAX};
use crate::texts::Speaker;
use crate::web::error::AppError;
use crate::web::shell::Shell;
use allmende_core::Refusal;
use askama::Template;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use std::collections::BTreeMap;

/// What a browser sent in a form without files, in its order. Fields that were not sent read as empty.
///
/// Takes part in a handler as its last argument. A body that is too large answers 413, one that is no form 415.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// From pairs, for tests and for forms with files.
    #[must_use]
    pub const fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The value as it was sent; empty if the field is missing. For passwords, where every character counts.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// One line without surrounding white space, without control characters, cut after [`LINE_CHARS_MAX`] characters.
    #[must_use]
    pub fn line(&self, name: &str) -> String {
        self.raw(name).trim().chars().filter(|c| !c.is_control()).take(LINE_CHARS_MAX).collect()
    }

    /// A long text without surrounding white space, lines ended by `\n`, cut after [`TEXT_CHARS_MAX`] characters.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        let text = self.raw(name).replace("\r\n", "\n");
        text.trim().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(TEXT_CHARS_MAX).collect()
    }

    /// All values of a field that can be sent several times.
    pub fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Puts a value in the place of all that a field was sent with; an empty one takes the field out.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(key, _)| key != name);
        if !value.is_empty() {
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }

    /// All of it, in its order.
    pub(crate) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }

    /// Whether a field was sent at all: a ticked box, a pressed button.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = StatusCode;
    async fn from_request(request: Request, _: &S) -> Result<Self, StatusCode> {
        let is_form = is_form(request.headers());
        let body = axum::body::to_bytes(request.into_body(), FORM_BYTES_MAX).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
        if !is_form && !body.is_empty() {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        Ok(Self(pairs(&body)))
    }
}

/// Whether the body is a form without files.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"application/x-www-form-urlencoded"))
}

/// The pairs of an urlencoded body or query.
#[must_use]
pub fn pairs(body: &[u8]) -> Vec<(String, String)> {
    body.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            (decode(&pair[..at]), decode(pair.get(at + 1..).unwrap_or_default()))
        })
        .collect()
}

fn decode(bytes: &[u8]) -> String {
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 2;
            }
            (b'+', ..) => out.push(b' '),
            _ => out.push(*byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// One choice of a select or of a group of radio buttons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What the reader sees.
    pub label: String,
}

impl Choice {
    /// A choice.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// One line of the error summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormError {
    /// The field it belongs to; nothing if it belongs to the whole form.
    pub field: Option<&'static str>,
    /// The sentence that says what to do instead.
    pub text: &'static str,
}

/// A form as a page shows it: the values that stand in its fields and what was refused.
#[derive(Clone)]
pub struct Form {
    t: Speaker,
    prefix: &'static str,
    values: BTreeMap<String, Vec<String>>,
    errors: Vec<FormError>,
}

impl Form {
    /// An empty form in the reader's language.
    #[must_use]
    pub const fn new(t: Speaker) -> Self {
        Self { t, prefix: "", values: BTreeMap::new(), errors: Vec::new() }
    }

    /// The form with what was sent and what was refused; password fields stay empty whatever stands in them.
    #[must_use]
    pub fn refused(t: Speaker, fields: &Fields, refusals: impl IntoIterator<Item = Refusal>) -> Self {
        let mut form = Self::new(t);
        for (name, value) in &fields.0 {
            form.values.entry(name.clone()).or_default().push(value.clone());
        }
        for refusal in refusals {
            form.refuse(&refusal);
        }
        form
    }

    /// Sets what all ids of this form begin with, where a page has two forms with fields of the same name.
    #[must_use]
    pub const fn prefixed(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// Sets the value that stands in a field at first.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.entry(name.into()).or_default().push(value.into());
        self
    }

    /// Adds a refusal: beside its field and in the summary.
    pub fn refuse(&mut self, refusal: &Refusal) {
        self.errors.push(FormError { field: refusal.field, text: self.t.find(refusal.key).unwrap_or(refusal.key) });
    }

    /// Everything that was refused, in the order in which it was said.
    #[must_use]
    pub fn errors(&self) -> &[FormError] {
        &self.errors
    }

    /// The heading of the summary: how many things are to be put right.
    #[must_use]
    pub fn errors_heading(&self) -> String {
        match self.errors.iter().filter(|error| error.field.is_some()).count() {
            0 => self.t.get("form-errors-whole").to_owned(),
            count => self.t.count("form-errors", count),
        }
    }

    /// The texts, for the macros.
    #[must_use]
    pub const fn speaker(&self) -> Speaker {
        self.t
    }

    /// The value that stands in a field.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Whether a choice is taken: a ticked box, a selected option.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values.get(name).is_some_and(|values| values.iter().any(|own| own == value))
    }

    /// What was refused in a field.
    #[must_use]
    pub fn error(&self, name: &str) -> Option<&'static str> {
        self.errors.iter().find(|error| error.field == Some(name)).map(|error| error.text)
    }

    /// The id of a field's control.
    #[must_use]
    pub fn id(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The value of `aria-describedby`: the hint first, then the error; empty if there is neither.
    #[must_use]
    pub fn described(&self, name: &str, hint: &str) -> String {
        let hint = (!hint.is_empty()).then(|| format!("{}-hinweis", self.id(name)));
        let error = self.error(name).map(|_| format!("{}-fehler", self.id(name)));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }

    /// Says in the page's title that something was refused: it is what a screen reader says first.
    pub fn mark(&self, shell: &mut Shell) {
        if !self.errors.is_empty() {
            shell.title = self.t.with("form-error-title", &[("title", (&shell.title).into())]);
        }
    }
}

/// The page of a refused form: 422, with the values kept.
///
/// # Errors
/// `AppError::Internal` if the template fails.
pub fn refused_page(template: &impl Template) -> Result<Response, AppError> {
    let html = template.render().map_err(anyhow::Error::from)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{Texts, TextsError};
    use allmende_core::Language;

    #[derive(Template)]
    #[template(
        source = "{% import \"forms.html\" as forms %}{{ forms::errors(form) }}{{ forms::required_note(form) }}\
                  {{ forms::text(form, \"name\", \"Name\", hint=\"Wie Sie heißen\", autocomplete=\"name\") }}\
                  {{ forms::email(form, \"email\", \"E-Mail\") }}{{ forms::password(form, \"password\", \"Passwort\") }}\
                  {{ forms::textarea(form, \"text\", \"Text\", optional=true) }}{{ forms::select(form, \"kind\", \"Art\", choices) }}\
                  {{ forms::radios(form, \"way\", \"Weg\", choices) }}{{ forms::checkbox(form, \"yes\", \"Ja\") }}\
                  {{ forms::number(form, \"hue\", \"Farbe\", 0, 359) }}{{ forms::date(form, \"day\", \"Tag\") }}{{ forms::file(form, \"logo\", \"Logo\", \"image/png\") }}",
        ext = "html"
    )]
    struct Page {
        form: Form,
        choices: Vec<Choice>,
    }

    fn page(form: Form) -> Page {
        Page { form, choices: vec![Choice::new("a", "Antrag"), Choice::new("b", "Bericht")] }
    }

    fn speaker() -> Result<Speaker, TextsError> {
        Ok(Texts::load(&[crate::TEXTS])?.speak(Language::German))
    }

    fn sent(pairs: &[(&str, &str)]) -> Fields {
        Fields::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_refused_form_keeps_its_values_but_never_a_password() -> Result<(), Box<dyn std::error::Error>> {
        let fields = sent(&[("name", "Ida \"<b>\""), ("email", "x"), ("password", "geheim-geheim"), ("kind", "b"), ("way", "a"), ("yes", "1")]);
        let html = page(Form::refused(speaker()?, &fields, [Refusal::of_field("email", "error-refused")])).render()?;
        assert!(html.contains("value=\"Ida &#34;&#60;b&#62;&#34;\""), "{html}");
        assert!(!html.contains("geheim"));
        assert!(html.contains("<option value=\"b\" selected>"));
        assert!(html.contains("value=\"a\" checked"));
        assert!(html.contains("name=\"yes\" value=\"1\" checked"));
        Ok(())
    }

    #[test]
    fn a_refusal_stands_in_the_summary_and_beside_its_field() -> Result<(), Box<dyn std::error::Error>> {
        let html = page(Form::refused(speaker()?, &sent(&[]), [Refusal::of_field("name", "error-refused")])).render()?;
        assert!(html.contains("<div class=\"errors\" tabindex=\"-1\" role=\"alert\""), "{html}");
        assert!(html.contains("<a href=\"#name\">"));
        assert!(html.contains("aria-invalid=\"true\" aria-describedby=\"name-hinweis name-fehler\""));
        assert!(html.contains("id=\"name-fehler\""));
        assert_eq!(html.matches("class=\"field wrong\"").count(), 1);
        let html = page(Form::new(speaker()?)).render()?;
        assert!(!html.contains("errors") && !html.contains("wrong") && html.contains("aria-describedby=\"name-hinweis\""));
        Ok(())
    }

    #[test]
    fn only_what_is_optional_is_marked_and_all_else_is_required() -> Result<(), Box<dyn std::error::Error>> {
        let html = page(Form::new(speaker()?)).render()?;
        assert_eq!(html.matches("<span class=\"must\">").count(), 1);
        assert!(html.contains("<textarea id=\"text\" name=\"text\" rows=\"5\" maxlength=\"50000\"></textarea>"), "{html}");
        assert!(html.contains("type=\"email\" value=\"\" maxlength=\"254\" autocomplete=\"email\" required"), "{html}");
        Ok(())
    }

    #[test]
    fn what_was_sent_is_decoded_trimmed_and_cut() {
        let fields = Fields::new(pairs("a=1+2%2B&b=Gr%C3%BC%C3%9Fe&c&a=3&d=%00x%0Ay&e=%zz&f=%F".as_bytes()));
        assert_eq!(fields.raw("a"), "1 2+");
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1 2+", "3"]);
        assert_eq!(fields.line("b"), "Grüße");
        assert!(fields.has("c") && !fields.has("x"));
        assert_eq!((fields.line("d"), fields.text("d")), ("xy".to_owned(), "x\ny".to_owned()));
        assert_eq!((fields.raw("e"), fields.raw("f")), ("%zz", "%F"));
        let mut changed = fields.clone();
        changed.set("a", "4");
        assert_eq!(changed.all("a").collect::<Vec<_>>(), ["4"]);
        changed.set("a", "");
        assert!(!changed.has("a") && changed.has("b"));
        let long = sent(&[("a", &"ä".repeat(LINE_CHARS_MAX + 1))]);
        assert_eq!(long.line("a").chars().count(), LINE_CHARS_MAX);
    }
}
