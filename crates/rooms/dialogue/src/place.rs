//! The place of a contribution: an address or coordinates as typed, or a point, a line or an area as drawn. Kept as GeoJSON, said in words.
//!
//! Forms show [`Field`] (`beteiligung/place.html`, with a map where a script can draw one), [`Marked`] reads what was sent, and
//! [`Place`] is what is kept. Where an address lies and what lies near a point the site's gazetteer says, through the ports. Read in
//! this order: [`Place`], [`Marked`], [`Field`].

use allmende_core::Refusal;
use allmende_db::Tx;
use allmende_places::coordinates::Near;
use allmende_places::drawn::{Shape, Trouble};
use allmende_places::{Drawn, Point as Spot};
use allmende_platform::app::Ports;
use allmende_platform::asked::degrees;
use allmende_platform::search::Point;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Fields, MapParts, Shell};
use allmende_platform::{App, AppError, Ctx};
use serde_json::{Value, json};

/// The field with the words.
const WORDS: &str = "place";
/// The hidden field with the drawing.
const DRAWN: &str = "drawn";
/// Characters of the words.
pub const WORDS_CHARS_MAX: usize = 200;

/// Where something is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The words of whoever marked it.
    pub name: Option<String>,
    /// The street nearest to what was drawn.
    pub street: Option<String>,
    /// The district in which it lies.
    pub district: Option<String>,
    /// What was drawn, or where the address lies; nothing if the site does not know it.
    pub drawn: Option<Drawn>,
}

impl Place {
    /// Reads what [`Self::json`] wrote.
    #[must_use]
    pub fn parse(geojson: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(geojson).ok()?;
        let word = |name: &str| value.get("properties")?.get(name)?.as_str().map(str::to_owned);
        let place = Self {
            name: word("name"),
            street: word("street"),
            district: word("district"),
            drawn: value.get("geometry").and_then(|geometry| Drawn::parse(&geometry.to_string()).ok()),
        };
        (place != Self::default()).then_some(place)
    }

    /// As a GeoJSON feature.
    #[must_use]
    pub fn json(&self) -> Value {
        let words = [("name", &self.name), ("street", &self.street), ("district", &self.district)];
        let properties: serde_json::Map<String, Value> = words.into_iter().filter_map(|(key, word)| Some((key.to_owned(), json!(word.as_ref()?)))).collect();
        json!({ "type": "Feature", "properties": properties, "geometry": self.drawn.as_ref().map(Drawn::json) })
    }

    /// "Linie bei Lindenallee, Musterau-Ort": its own words, and what was drawn near what.
    #[must_use]
    pub fn words(&self, t: Speaker) -> String {
        let near = self.near();
        let drawn = self.drawn.as_ref().filter(|_| self.name.is_none() || !near.is_empty()).map(|drawn| {
            let at = if near.is_empty() { coordinates(drawn) } else { near };
            let key = match drawn.shape() {
                Shape::Point => "dialogue-place-point",
                Shape::Line => "dialogue-place-line",
                Shape::Area => "dialogue-place-area",
            };
            t.with(key, &[("near", (&at).into())])
        });
        match (&self.name, drawn) {
            (Some(name), Some(drawn)) => format!("{name} ({drawn})"),
            (Some(name), None) => name.clone(),
            (None, drawn) => drawn.unwrap_or_default(),
        }
    }

    /// Words in no language of their own: what was typed, else the street and the district, else the coordinates.
    #[must_use]
    pub fn plain(&self) -> String {
        let near = self.near();
        match (&self.name, &self.drawn) {
            (Some(name), _) => name.clone(),
            (None, Some(drawn)) if near.is_empty() => coordinates(drawn),
            (None, _) => near,
        }
    }

    /// "Lindenallee, Musterau-Ort"
    fn near(&self) -> String {
        [self.street.as_deref(), self.district.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Where its pin stands.
    #[must_use]
    pub fn pin(&self) -> Option<Point> {
        self.drawn.as_ref().map(Drawn::pin).map(|spot| Point { longitude: spot.longitude, latitude: spot.latitude })
    }

    /// Its pin as the script of the map reads it; empty without one.
    #[must_use]
    pub fn points(&self) -> String {
        self.pin().map(|point| format!("{:.6},{:.6}", point.longitude, point.latitude)).unwrap_or_default()
    }
}

fn coordinates(drawn: &Drawn) -> String {
    let Spot { longitude, latitude } = drawn.pin();
    format!("{latitude:.5}, {longitude:.5}")
}

/// A place as a form sent it, before the gazetteer is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    words: Option<String>,
    drawn: Option<Drawn>,
}

impl Marked {
    /// What a form sent; nothing if both fields are empty.
    ///
    /// # Errors
    /// What is wrong with the drawing or with typed coordinates; `dialogue-drawn-shape` for a shape that this form does not take.
    pub fn read(fields: &Fields, shapes: &[Shape]) -> Result<Option<Self>, Refusal> {
        let words: String = fields.line(WORDS).chars().take(WORDS_CHARS_MAX).collect();
        let drawn = match fields.raw(DRAWN).trim() {
            "" => None,
            text => Some(Drawn::parse(text).map_err(refusal)?),
        };
        if drawn.as_ref().is_some_and(|drawn| !shapes.contains(&drawn.shape())) {
            return Err(Refusal::of_field(WORDS, "dialogue-drawn-shape"));
        }
        match (degrees(&words), drawn) {
            // A drawing says more than coordinates do.
            (Some(_), Some(drawn)) => Ok(Some(Self { words: None, drawn: Some(drawn) })),
            (Some((latitude, longitude)), None) => {
                let spot = Spot::new(longitude, latitude).ok_or_else(|| refusal(Trouble::Far))?;
                Ok(Some(Self { words: None, drawn: Some(Drawn::from(spot)) }))
            }
            (None, drawn) => {
                let words = Some(words).filter(|words| !words.is_empty());
                Ok((words.is_some() || drawn.is_some()).then_some(Self { words, drawn }))
            }
        }
    }

    /// The place with what the gazetteer knows of it, looked up in a closure that only reads: a large gazetteer must not keep the one
    /// writer waiting.
    ///
    /// # Errors
    /// What [`Self::resolve`] refuses.
    pub async fn locate(marked: Option<&Self>, app: &App, ctx: &Ctx) -> Result<Option<Place>, AppError> {
        let Some(marked) = marked.cloned() else { return Ok(None) };
        let running = app.clone();
        app.read(ctx, move |tx| marked.resolve(tx, &running.parts.ports)).await.map(Some)
    }

    /// The place with what the gazetteer knows of it. At most two statements.
    ///
    /// # Errors
    /// `dialogue-drawn-far` for what lies elsewhere.
    pub fn resolve(&self, tx: &mut Tx<'_>, ports: &Ports) -> Result<Place, AppError> {
        match (&self.drawn, &self.words) {
            (Some(drawn), name) => {
                let pin = drawn.pin();
                let around = (ports.survey_place)(tx, Point { longitude: pin.longitude, latitude: pin.latitude })?;
                let drawn = drawn.clone().within(Near(around.bounds)).map_err(refusal)?;
                Ok(Place { name: name.clone(), street: around.street, district: around.district, drawn: Some(drawn) })
            }
            (None, Some(name)) => {
                let found = (ports.resolve_place)(tx, name)?.and_then(|point| Spot::new(point.longitude, point.latitude));
                Ok(Place { name: Some(name.clone()), drawn: found.map(Drawn::from), ..Place::default() })
            }
            (None, None) => Ok(Place::default()),
        }
    }
}

/// A refusal beside the field with the words, which everybody sees.
fn refusal(trouble: Trouble) -> Refusal {
    let key = match trouble {
        Trouble::Long | Trouble::Many => "dialogue-drawn-many",
        Trouble::Unreadable => "dialogue-drawn-unreadable",
        Trouble::Few => "dialogue-drawn-few",
        Trouble::Crossing => "dialogue-drawn-crossing",
        Trouble::Far => "dialogue-drawn-far",
    };
    Refusal::of_field(WORDS, key)
}

/// The part of a form that asks where something is.
#[derive(Debug, Clone)]
pub struct Field {
    /// What its map needs.
    pub map: MapParts,
    /// What can be drawn: its key, and the name on its button.
    pub shapes: Vec<(&'static str, &'static str)>,
}

impl Field {
    /// For a form that takes these shapes.
    #[must_use]
    pub fn new(app: &App, shell: &Shell, t: Speaker, shapes: &[Shape]) -> Self {
        let label = |shape: &Shape| match shape {
            Shape::Point => t.get("dialogue-draw-point"),
            Shape::Line => t.get("dialogue-draw-line"),
            Shape::Area => t.get("dialogue-draw-area"),
        };
        Self { map: MapParts::new(app, shell), shapes: shapes.iter().map(|shape| (shape.key(), label(shape))).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use allmende_core::Language;

    fn fields(words: &str, drawn: &str) -> Fields {
        Fields::new(vec![(WORDS.to_owned(), words.to_owned()), (DRAWN.to_owned(), drawn.to_owned())])
    }

    const LINE: &str = r#"{"type":"LineString","coordinates":[[7.05,54.38],[7.06,54.38]]}"#;

    /// The words and the shape that were read.
    type Read<'w> = (Option<&'w str>, Option<Shape>);

    #[test]
    fn a_form_sends_words_coordinates_or_a_drawing() {
        let check = |words: &str, drawn: &str, expected: Result<Option<Read<'_>>, &str>| {
            let read = Marked::read(&fields(words, drawn), &Shape::ALL);
            let found = read.as_ref().map(|marked| marked.as_ref().map(|own| (own.words.as_deref(), own.drawn.as_ref().map(Drawn::shape))));
            assert_eq!(found.map_err(|refusal| refusal.key), expected, "{words} {drawn}");
        };
        check("", "", Ok(None));
        check("Lindenallee 3", "", Ok(Some((Some("Lindenallee 3"), None))));
        check("54.38, 7.05", "", Ok(Some((None, Some(Shape::Point)))));
        check("Lindenallee 3, 2. Stock", "", Ok(Some((Some("Lindenallee 3, 2. Stock"), None))));
        check("90, 180", "", Ok(Some((None, Some(Shape::Point)))));
        check("90.1, 7", "", Err("dialogue-drawn-far"));
        check("inf, 7", "", Ok(Some((Some("inf, 7"), None))));
        check("", LINE, Ok(Some((None, Some(Shape::Line)))));
        check("An der Schule", LINE, Ok(Some((Some("An der Schule"), Some(Shape::Line)))));
        check("54.38, 7.05", LINE, Ok(Some((None, Some(Shape::Line)))));
        check("An der Schule", "Unsinn", Err("dialogue-drawn-unreadable"));
        check("", r#"{"type":"LineString","coordinates":[[7,54]]}"#, Err("dialogue-drawn-few"));
        let point_alone = Marked::read(&fields("", LINE), &[Shape::Point]).map_err(|refusal| refusal.key);
        assert_eq!(point_alone, Err("dialogue-drawn-shape"));
    }

    #[test]
    fn a_place_is_kept_as_it_was_marked_and_said_in_words() -> Result<(), Box<dyn std::error::Error>> {
        let t = allmende_platform::texts::Texts::load(&[allmende_platform::TEXTS, crate::TEXTS])?.speak(Language::German);
        let check = |name: Option<&str>, street: Option<&str>, district: Option<&str>, drawn: Option<&str>, words: &str, plain: &str| {
            let own = |word: Option<&str>| word.map(str::to_owned);
            let place = Place { name: own(name), street: own(street), district: own(district), drawn: drawn.and_then(|drawn| Drawn::parse(drawn).ok()) };
            assert_eq!(Place::parse(&place.json().to_string()), Some(place.clone()));
            assert_eq!((place.words(t).as_str(), place.plain().as_str()), (words, plain));
        };
        let point = r#"{"type":"Point","coordinates":[7.05,54.38]}"#;
        check(Some("Lindenallee 3"), None, None, None, "Lindenallee 3", "Lindenallee 3");
        check(Some("Lindenallee 3"), None, None, Some(point), "Lindenallee 3", "Lindenallee 3");
        check(None, None, None, Some(point), "Punkt bei 54.38000, 7.05000", "54.38000, 7.05000");
        check(None, Some("Badweg"), Some("Oberau"), Some(LINE), "Linie bei Badweg, Oberau", "Badweg, Oberau");
        check(Some("Am Tor"), Some("Badweg"), None, Some(LINE), "Am Tor (Linie bei Badweg)", "Am Tor");
        assert_eq!(Place::parse("{}"), None);
        assert_eq!(Place::parse("Lindenallee"), None);
        Ok(())
    }
}
