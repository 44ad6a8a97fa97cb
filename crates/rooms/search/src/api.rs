//! The same search for programs: `/suche.json`, `/suche.atom`, `/opensearch.xml`, and suggestions while typing.
//!
//! The parameters are those of the page; `anzahl` says how many hits an answer holds. Described in `docs/developers/search.md`.
//! Sources: RFC 4287 (Atom), OpenSearch 1.1 draft 6.

use crate::pages::{Place, find, locate, sites_of};
use crate::shown::Words;
use allmende_platform::asked::Asked;
use allmende_platform::nouns;
use allmende_platform::search::{Found, Hit, Passage, SearchError, Sort, Why};
use allmende_platform::sites::Settings;
use allmende_platform::{App, AppError, Ctx};
use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::sync::Arc;

/// Hits of an answer if no number is asked for.
const HITS: usize = 20;
/// Hits of an answer at the most.
const HITS_MAX: usize = 100;
/// Suggestions at the most.
const SUGGESTIONS_MAX: usize = 8;
/// Characters of what is typed; more is no beginning of anything.
const TYPED_CHARS_MAX: usize = 100;
/// Results may be a minute old in a cache between.
const CACHED: &str = "public, max-age=60";

const OPEN: (HeaderName, &str) = (ACCESS_CONTROL_ALLOW_ORIGIN, "*");

fn parameter<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn hits_of(query: &str) -> usize {
    parameter(query, "anzahl").and_then(|number| number.parse().ok()).filter(|number| (1..=HITS_MAX).contains(number)).unwrap_or(HITS)
}

/// The hits as JSON.
///
/// # Errors
/// What the index reports.
pub async fn json(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let (asked, hits) = (Asked::read(&ctx.query), hits_of(&ctx.query));
    let place = locate(&app, &ctx, &asked).await?;
    if place == Place::Unknown {
        return Ok(problem(StatusCode::UNPROCESSABLE_ENTITY, "search-place-unknown", ctx.t.get("search-place-unknown")));
    }
    let with_facets = parameter(&ctx.query, "facetten") == Some("1");
    let found = match find(&app, &ctx, &asked, place.point(), hits, with_facets).await? {
        Ok(found) => found,
        Err(SearchError::Refused(key)) => return Ok(problem(StatusCode::UNPROCESSABLE_ENTITY, key, ctx.t.find(key).unwrap_or(key))),
        Err(SearchError::Unavailable(cause)) => {
            tracing::warn!(cause, "the search does not answer");
            return Ok(problem(StatusCode::SERVICE_UNAVAILABLE, "search-unavailable", ctx.t.get("search-unavailable")));
        }
    };
    let sites = app.sites.all();
    let first = asked.page.saturating_sub(1).saturating_mul(hits);
    let is_more = u64::try_from(first.saturating_add(found.hits.len())).is_ok_and(|seen| seen < found.total) && !found.hits.is_empty();
    let number = if hits == HITS { String::new() } else { format!("anzahl={hits}") };
    let next = is_more.then(|| {
        let address = Asked { page: asked.page + 1, ..asked.clone() }.address("/suche.json");
        let separator = if number.is_empty() { "" } else { "&" };
        format!("{}{address}{separator}{number}", ctx.site.base_url)
    });
    let mut answer = json!({
        "total": found.total,
        "hits": found.hits.iter().map(|hit| of_hit(hit, &sites)).collect::<Vec<_>>(),
        "next": next,
        "did_you_mean": found.did_you_mean,
        "words_left_out": found.words_left_out,
    });
    if with_facets {
        answer["facets"] = facets(&found);
    }
    Ok(([(CONTENT_TYPE, "application/json"), OPEN, (CACHE_CONTROL, CACHED)], answer.to_string()).into_response())
}

fn problem(status: StatusCode, key: &str, text: &str) -> Response {
    let body = json!({"type": "about:blank", "status": status.as_u16(), "title": text, "key": key}).to_string();
    (status, [(CONTENT_TYPE, "application/problem+json"), OPEN, (CACHE_CONTROL, "no-store")], body).into_response()
}

/// Values as nouns, as addresses take them.
fn facets(found: &Found) -> Value {
    let name = |field: &str| allmende_platform::asked::FILTERS.iter().find(|(_, known)| *known == field).map(|(name, _)| (*name).to_owned());
    let values = |field: &str, values: &[(String, u64)]| {
        values.iter().map(|(value, count)| json!({"value": nouns::noun(field, value), "count": count})).collect::<Vec<_>>()
    };
    let facets = found.facets.iter().filter_map(|facet| Some((name(facet.field)?, Value::from(values(facet.field, &facet.values)))));
    Value::Object(facets.collect())
}

fn base_of<'s>(hit: &Hit, sites: &'s [Arc<Settings>]) -> (&'s str, &'s str) {
    sites.iter().find(|site| site.id == hit.site).map_or(("", ""), |site| (site.base_url.as_str(), site.name.as_str()))
}

fn text_of(passage: &Passage) -> String {
    passage.pieces.iter().map(|(text, _)| text.as_str()).collect()
}

/// The marked pieces of a text: start and length in characters (Unicode scalar values).
fn marks_of(passage: &Passage) -> Vec<[usize; 2]> {
    let mut at = 0;
    let mut marks = Vec::new();
    for (text, is_marked) in &passage.pieces {
        let length = text.chars().count();
        if *is_marked {
            marks.push([at, length]);
        }
        at += length;
    }
    marks
}

fn of_hit(hit: &Hit, sites: &[Arc<Settings>]) -> Value {
    let (base, site) = base_of(hit, sites);
    let passages = hit.passages.iter().map(|passage| {
        let url = passage.page.map(|page| format!("{base}{}?seite={page}#seite-{page}", hit.path));
        json!({"text": text_of(passage), "marks": marks_of(passage), "page": passage.page, "url": url})
    });
    json!({
        "url": format!("{base}{}", hit.path),
        "site": site,
        "art": nouns::noun("kind", &hit.kind),
        "id": hit.object_id,
        "title": text_of(&hit.title),
        "marks": marks_of(&hit.title),
        "reference": hit.reference,
        "type": hit.type_word,
        "date": hit.happened_at.map(|at| at.timestamp().to_string()),
        "committees": hit.committees,
        "places": hit.places,
        "points": hit.points.iter().map(|point| [point.longitude, point.latitude]).collect::<Vec<_>>(),
        "distance_m": hit.distance_m,
        "status": hit.status.as_deref().map(|status| nouns::noun("status", status)),
        "part_of": hit.part_of.as_ref().map(|part| json!({"title": part.title, "url": format!("{base}{}", part.path)})),
        "passages": passages.collect::<Vec<_>>(),
        "why": hit.why.iter().map(|why| why_word(*why)).collect::<Vec<_>>(),
    })
}

const fn why_word(why: Why) -> &'static str {
    match why {
        Why::Reference => "reference",
        Why::Title => "title",
        Why::Word => "word",
        Why::Form => "form",
        Why::Typing => "typing",
        Why::Near => "near",
    }
}

/// The hits as Atom, newest first unless another order is asked for.
///
/// # Errors
/// `AppError::Refused` for words that cannot be understood, `AppError::Internal` if the index does not answer.
pub async fn atom(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let mut asked = Asked::read(&ctx.query);
    let page = asked.changed(|_| ()).address("/suche");
    asked.sort = asked.sort.or(Some(Sort::Newest));
    let point = locate(&app, &ctx, &asked).await?.point();
    let found = match find(&app, &ctx, &asked, point, hits_of(&ctx.query), false).await? {
        Ok(found) => found,
        Err(SearchError::Refused(key)) => return Err(allmende_core::Refusal::new(key).into()),
        Err(SearchError::Unavailable(cause)) => return Err(anyhow::anyhow!("the search does not answer: {cause}").into()),
    };
    let (base, sites) = (&ctx.site.base_url, app.sites.all());
    let own = format!("{base}{}", asked.address("/suche.atom"));
    let title =
        if asked.words.is_empty() { ctx.t.get("search-heading").to_owned() } else { ctx.t.with("search-title", &[("words", asked.words.as_str().into())]) };
    let newest = found.hits.iter().filter_map(|hit| hit.happened_at).max().unwrap_or(ctx.site.changed_at);
    let speech = Words::new(ctx.t, ctx.site.zone.clone());
    let feed = Feed {
        title: Text::plain(format!("{title} – {}", ctx.site.name)),
        id: own.clone(),
        updated: date(newest),
        authors: vec![Person { name: ctx.site.name.clone(), ..Person::default() }],
        generator: Some(Generator { value: "Allmende".to_owned(), ..Generator::default() }),
        links: vec![link(own, "self", "application/atom+xml"), link(format!("{base}{page}"), "alternate", "text/html")],
        lang: Some(ctx.language().tag().to_owned()),
        entries: found.hits.iter().map(|hit| entry(hit, &speech, &sites, newest)).collect(),
        ..Feed::default()
    };
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8"), OPEN, (CACHE_CONTROL, CACHED)], feed.to_string()).into_response())
}

fn entry(hit: &Hit, speech: &Words, sites: &[Arc<Settings>], otherwise: allmende_core::Instant) -> Entry {
    let (base, _) = base_of(hit, sites);
    let about: Vec<String> = [Some(speech.value("kind", &hit.kind)), hit.reference.clone(), hit.status.as_ref().map(|status| speech.value("status", status))]
        .into_iter()
        .flatten()
        .chain(hit.passages.first().map(text_of))
        .collect();
    Entry {
        title: Text::plain(text_of(&hit.title)),
        // The address of a page follows its title; this one stays.
        id: format!("{base}/suche#{}-{}", nouns::noun("kind", &hit.kind), hit.object_id),
        updated: date(hit.happened_at.unwrap_or(otherwise)),
        links: vec![link(format!("{base}{}", hit.path), "alternate", "text/html")],
        summary: Some(Text::plain(about.join(". "))),
        ..Entry::default()
    }
}

fn link(href: String, rel: &str, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn date(at: allmende_core::Instant) -> FixedDateTime {
    // Both crates write RFC 3339; a moment that jiff knows is one that the other reads.
    at.timestamp().to_string().parse().unwrap_or_default()
}

/// Words and titles that begin with what was typed. `form=liste` answers as browsers ask (OpenSearch suggestions).
///
/// # Errors
/// `AppError::Internal` if the thread fails. An index that does not answer suggests nothing.
pub async fn suggestions(State(app): State<App>, ctx: Ctx) -> Result<Response, AppError> {
    let typed: String = Asked::read(&ctx.query).words.chars().take(TYPED_CHARS_MAX).collect();
    let (search, sites, asked) = (Arc::clone(&app.parts.ports.search), sites_of(&ctx, &app.sites.all()), typed.clone());
    let found = if typed.is_empty() {
        Vec::new()
    } else {
        let found = tokio::task::spawn_blocking(move || search.suggest(&sites, &asked, SUGGESTIONS_MAX)).await.map_err(anyhow::Error::from)?;
        found.unwrap_or_default()
    };
    if parameter(&ctx.query, "form") == Some("liste") {
        let words: Vec<&str> = found.iter().map(|suggestion| suggestion.words.as_str()).collect();
        let body = json!([typed, words]).to_string();
        return Ok(([(CONTENT_TYPE, "application/x-suggestions+json"), (CACHE_CONTROL, CACHED)], body).into_response());
    }
    let speech = Words::new(ctx.t, ctx.site.zone.clone());
    let list: Vec<Value> = found
        .iter()
        .map(
            |suggestion| json!({"words": suggestion.words, "path": suggestion.path, "kind": suggestion.kind.as_deref().map(|kind| speech.value("kind", kind))}),
        )
        .collect();
    Ok(([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, CACHED)], json!({"suggestions": list}).to_string()).into_response())
}

/// How browsers and other programs ask this search.
pub async fn open_search(ctx: Ctx) -> Response {
    let text = |text: &str| quick_xml::escape::escape(text).into_owned();
    let base = text(&ctx.site.base_url);
    // ShortName has at most 16 characters, LongName 48.
    let short: String = ctx.site.name.chars().take(16).collect();
    let long: String = ctx.site.name.chars().take(48).collect();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n<LongName>{}</LongName>\n<Description>{}</Description>\n<InputEncoding>UTF-8</InputEncoding>\n<Language>de</Language>\n\
         <Image width=\"16\" height=\"16\" type=\"image/svg+xml\">{base}/site.svg</Image>\n\
         <Url type=\"text/html\" template=\"{base}/suche?q={{searchTerms}}&amp;seite={{startPage?}}\"/>\n\
         <Url type=\"application/atom+xml\" template=\"{base}/suche.atom?q={{searchTerms}}&amp;seite={{startPage?}}\"/>\n\
         <Url type=\"application/json\" template=\"{base}/suche.json?q={{searchTerms}}&amp;seite={{startPage?}}\"/>\n\
         <Url type=\"application/x-suggestions+json\" rel=\"suggestions\" template=\"{base}/suche/vorschlaege.json?form=liste&amp;q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{base}/opensearch.xml\"/>\n</OpenSearchDescription>\n",
        text(short.trim()),
        text(long.trim()),
        text(ctx.t.get("search-about")),
    );
    ([(CONTENT_TYPE, "application/opensearchdescription+xml; charset=utf-8"), (CACHE_CONTROL, "public, max-age=86400")], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_characters() {
        let passage = Passage { page: None, pieces: vec![("Über ".to_owned(), false), ("Straße".to_owned(), true), ("n".to_owned(), false)] };
        assert_eq!((text_of(&passage).as_str(), marks_of(&passage)), ("Über Straßen", vec![[5, 6]]));
    }

    #[test]
    fn an_answer_holds_one_to_a_hundred_hits() {
        for (query, expected) in [("", 20), ("anzahl=0", 20), ("anzahl=1", 1), ("q=x&anzahl=100", 100), ("anzahl=101", 20), ("anzahl=x", 20)] {
            assert_eq!(hits_of(query), expected, "{query}");
        }
    }
}
