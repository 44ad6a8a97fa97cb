//! What surrounds every page: masthead, languages, rooms, breadcrumbs, footer.

use crate::app::App;
use crate::assets;
use crate::sites::Settings;
use crate::texts::Speaker;
use crate::web::error::AppError;
use crate::web::request::Ctx;
use allmende_core::{Act, Actor, Language, may};
use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

/// A step of the way to a page.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// What the link says.
    pub label: String,
    /// Its address.
    pub path: String,
}

/// A feed or another form of the page that readers can subscribe to.
#[derive(Debug, Clone)]
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// Its address.
    pub path: String,
    /// Its media type, such as `application/atom+xml`.
    pub media_type: &'static str,
}

/// One entry of the main navigation as it stands on this page.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// What the link says.
    pub label: &'static str,
    /// Its address.
    pub path: &'static str,
    /// Whether this page belongs to it.
    pub current: bool,
}

/// One entry of the language switch.
#[derive(Debug, Clone)]
pub struct LanguageItem {
    /// The language.
    pub language: Language,
    /// This page in that language.
    pub path: String,
    /// Whether it is the language of this page.
    pub current: bool,
}

/// What surrounds a page. Every page struct has one called `shell`, and a [`Speaker`] called `t`.
#[derive(Clone)]
pub struct Shell {
    /// The texts in the reader's language.
    pub t: Speaker,
    /// The site.
    pub site: Arc<Settings>,
    /// Title of the page, without the site's name.
    pub title: String,
    /// One sentence for search engines and previews.
    pub description: String,
    /// The way to this page, without the page itself.
    pub crumbs: Vec<Crumb>,
    /// The page's own name at the end of the way; empty on the start page.
    pub here: String,
    /// Feeds of this page.
    pub feeds: Vec<Feed>,
    /// A message after an act, from the address's `hinweis=` parameter.
    pub notice: Option<&'static str>,
    /// The main navigation.
    pub navigation: Vec<NavItem>,
    /// The language switch.
    pub languages: Vec<LanguageItem>,
    /// Who reads.
    pub actor: Actor,
    /// Whether search engines should leave the page alone.
    pub hidden_from_search: bool,
    /// Value of `data-kern-theme`; empty for the device's choice.
    pub theme: &'static str,
    /// Whether the reader asked for high contrast.
    pub high_contrast: bool,
    /// The address of this page, without its query.
    pub path: String,
}

impl Shell {
    /// The surroundings of a page. `title` is what residents read; `here` defaults to it.
    #[must_use]
    pub fn new(app: &App, ctx: &Ctx, title: impl Into<String>) -> Self {
        let title = title.into();
        let navigation = app
            .parts
            .navigation
            .iter()
            .map(|entry| NavItem { label: ctx.t.get(entry.key), path: entry.path, current: belongs(&ctx.path, entry.path) })
            .collect();
        let rest = ctx.query_without("lang");
        let languages = Language::ALL
            .into_iter()
            .map(|language| LanguageItem { language, path: format!("{}?{rest}lang={}", ctx.path, language.key()), current: language == ctx.language() })
            .collect();
        Self {
            t: ctx.t,
            site: Arc::clone(&ctx.site),
            here: title.clone(),
            title,
            description: String::new(),
            crumbs: Vec::new(),
            feeds: Vec::new(),
            notice: notice(ctx),
            navigation,
            languages,
            actor: ctx.actor.clone(),
            hidden_from_search: false,
            theme: ctx.theme.key(),
            high_contrast: ctx.high_contrast,
            path: ctx.path.clone(),
        }
    }

    /// Adds a step of the way.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, path: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), path: path.into() });
        self
    }

    /// Sets the last word of the way, where the title is too long for it.
    #[must_use]
    pub fn here(mut self, here: impl Into<String>) -> Self {
        self.here = here.into();
        self
    }

    /// Sets the description.
    #[must_use]
    pub fn about(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Adds a feed.
    #[must_use]
    pub fn feed(mut self, title: impl Into<String>, path: impl Into<String>, media_type: &'static str) -> Self {
        self.feeds.push(Feed { title: title.into(), path: path.into(), media_type });
        self
    }

    /// A text that the municipality set, in the reader's language or in German.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        self.site.text(key, self.t.language())
    }

    /// The address of an asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The name shown for the signed-in reader; empty for a stranger.
    #[must_use]
    pub fn reader(&self) -> &str {
        self.actor.signed_in().map_or("", |person| &person.public_name)
    }

    /// Whether the reader has work to do here beyond reading.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        may(&self.actor, Act::EnterDesk)
    }
}

/// The desk's navigation for this reader. A page of the desk extends `desk.html`, has a field `desk` with this, and a block `work`.
#[must_use]
pub fn desk(app: &App, ctx: &Ctx) -> Vec<NavItem> {
    let allowed = app.parts.desk.iter().filter(|entry| may(&ctx.actor, entry.act));
    allowed.map(|entry| NavItem { label: ctx.t.get(entry.key), path: entry.path, current: belongs(&ctx.path, entry.path) }).collect()
}

/// A page belongs to the entry whose address begins its own; the start page only to itself.
fn belongs(path: &str, entry: &str) -> bool {
    path == entry || (entry != "/" && path.strip_prefix(entry).is_some_and(|rest| rest.starts_with('/')))
}

/// The sentence after an act. Only keys of the form `notice-…` are looked up: an address cannot put words on a page.
fn notice(ctx: &Ctx) -> Option<&'static str> {
    let key = ctx.query.split('&').find_map(|pair| pair.strip_prefix("hinweis="))?;
    let plain = key.len() <= 40 && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    plain.then(|| ctx.t.find(&format!("notice-{key}"))).flatten()
}

/// Renders a page.
///
/// # Errors
/// `AppError::Internal` if the template fails.
pub fn page(template: &impl Template) -> Result<Response, AppError> {
    Ok(Html(template.render().map_err(anyhow::Error::from)?).into_response())
}

/// The page that tells of an error and shows a way on.
#[derive(Template)]
#[template(path = "error.html")]
pub(crate) struct ErrorPage {
    pub shell: Shell,
    pub t: Speaker,
    pub heading: &'static str,
    pub help: &'static str,
    pub detail: Option<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_page_is_current_only_on_itself() {
        assert!(belongs("/", "/"));
        assert!(!belongs("/rat", "/"));
        assert!(belongs("/rat", "/rat"));
        assert!(belongs("/rat/vorlagen/1", "/rat"));
        assert!(!belongs("/ratgeber", "/rat"));
    }
}
