//! What one can subscribe to, how often one hears of it, and the limits of asking.
//!
//! Pure: time, zone and texts come as arguments.

use crate::address;
use allmende_core::{Instant, Refusal};
use allmende_platform::asked::{RADIUS_M_MAX, coordinates};
use allmende_platform::search::{Near, Point};
use allmende_platform::web::routes::encode;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// How long a link that confirms a subscription holds: seven days.
pub const CONFIRM_SECONDS: i64 = 7 * 86_400;
/// Subscriptions of one reader on a site.
pub const SUBSCRIPTIONS_MAX: i64 = 100;
/// Requests of one client within [`WINDOW_SECONDS`].
pub const CLIENT_TRIES_MAX: i64 = 30;
/// The window in which requests of a client are counted.
pub const WINDOW_SECONDS: i64 = 60;
/// Mails that strangers can cause to one address within [`MAIL_WINDOW_SECONDS`].
pub const MAILS_MAX: i64 = 5;
/// The window in which those mails are counted.
pub const MAIL_WINDOW_SECONDS: i64 = 3_600;
/// Characters of a subscription's name.
pub const NAME_CHARS_MAX: usize = 200;

/// An e-mail address that mails can go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// # Errors
    /// `abo-email-form` for anything but one address with a host that has a dot.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let has_dot = text.rsplit_once('@').is_some_and(|(_, host)| host.contains('.'));
        if has_dot && allmende_platform::mail::check_address(text).is_ok() {
            Ok(Self(text.to_owned()))
        } else {
            Err(Refusal::of_field("email", "abo-email-form"))
        }
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How addresses are compared.
    #[must_use]
    pub fn folded(&self) -> String {
        allmende_platform::mail::folded(&self.0)
    }
}

/// How often a subscription speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frequency {
    /// A mail as soon as there is something.
    AtOnce,
    /// One mail a day at the reader's hour.
    Daily,
    /// One mail a week at the reader's weekday and hour.
    Weekly,
    /// No mail: the feed only.
    Feed,
}

impl Frequency {
    /// All, in the order of the choices.
    pub const ALL: [Self; 4] = [Self::AtOnce, Self::Daily, Self::Weekly, Self::Feed];

    /// The key in the database, in forms and in texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Feed => "feed",
        }
    }

    /// The frequency of a key.
    ///
    /// # Errors
    /// `abo-frequency` for an unknown key.
    pub fn new(key: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|frequency| frequency.key() == key).ok_or(Refusal::of_field("frequency", "abo-frequency"))
    }
}

/// When a reader's daily and weekly mails go out, on the clocks of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Schedule {
    hour: i8,
    weekday: i8,
}

impl Schedule {
    /// Monday and every day at seven.
    pub const USUAL: Self = Self { hour: 7, weekday: 1 };

    /// # Errors
    /// `abo-hour` outside 0..=23, `abo-weekday` outside 1 (Monday) to 7.
    pub fn new(hour: i64, weekday: i64) -> Result<Self, Refusal> {
        let hour = i8::try_from(hour).ok().filter(|hour| (0..=23).contains(hour)).ok_or(Refusal::of_field("hour", "abo-hour"))?;
        let weekday = i8::try_from(weekday).ok().filter(|day| (1..=7).contains(day)).ok_or(Refusal::of_field("weekday", "abo-weekday"))?;
        Ok(Self { hour, weekday })
    }

    /// The hour, 0 to 23.
    #[must_use]
    pub fn hour(self) -> i64 {
        self.hour.into()
    }

    /// The weekday, 1 (Monday) to 7.
    #[must_use]
    pub fn weekday(self) -> i64 {
        self.weekday.into()
    }

    /// When news that came `now` goes out: the first moment after it that fits; never for a feed.
    #[must_use]
    pub fn due(self, frequency: Frequency, now: Instant, zone: &TimeZone) -> Option<Instant> {
        let today = now.at(zone).date();
        match frequency {
            Frequency::AtOnce => Some(now),
            Frequency::Daily => self.first_after(now, zone, today, |_| true),
            Frequency::Weekly => self.first_after(now, zone, today, |day| day.weekday().to_monday_one_offset() == self.weekday),
            Frequency::Feed => None,
        }
    }

    /// Eight days from today hold each weekday once after any moment of today.
    fn first_after(self, now: Instant, zone: &TimeZone, today: Date, fits: impl Fn(Date) -> bool) -> Option<Instant> {
        let mut day = today;
        for _ in 0..=8 {
            if fits(day) {
                // An hour that the clocks skip in spring is the one after it.
                let at = Instant::from(day.at(self.hour, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp());
                if at > now {
                    return Some(at);
                }
            }
            day = day.tomorrow().ok()?;
        }
        None
    }
}

/// What a subscription is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A search, as the normalised query of its address.
    Search(String),
    /// A committee: what it deals with.
    Committee(i64),
    /// A paper with its files, and what it leads to.
    Paper(i64),
    /// Any node of the thread, and what it leads to.
    Thread {
        /// The node's kind.
        kind: String,
        /// The number of its row in its room's table.
        object_id: i64,
    },
    /// Everything around a point.
    Place(Near),
}

impl Target {
    /// Reads what an address `/abonnieren?…` asks for; the first parameter that is known counts.
    ///
    /// # Errors
    /// `abo-target` for something else, `abo-search-empty` for a search that would find everything, `abo-near` for a point or a
    /// radius that is none.
    pub fn of_query(pairs: &[(String, String)]) -> Result<Self, Refusal> {
        let value = |name: &str| pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty());
        let number = |text: &str| text.split('-').next().and_then(|text| text.parse().ok()).filter(|id| *id > 0).ok_or(Refusal::new("abo-target"));
        if let Some(text) = value("suche") {
            return address::normalise(text).map(Self::Search);
        }
        if let Some(text) = value("gremium") {
            return number(text).map(Self::Committee);
        }
        if let Some(text) = value("vorlage") {
            return number(text).map(Self::Paper);
        }
        if let Some(text) = value("faden") {
            let (kind, id) = text.split_once(':').ok_or(Refusal::new("abo-target"))?;
            let is_kind = (1..=40).contains(&kind.len()) && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            let object_id = number(id)?;
            return match kind {
                "paper" => Ok(Self::Paper(object_id)),
                _ if is_kind => Ok(Self::Thread { kind: kind.to_owned(), object_id }),
                _ => Err(Refusal::new("abo-target")),
            };
        }
        match value("naehe") {
            Some(text) => near(text, value("umkreis").unwrap_or("500")).map(Self::Place),
            None => Err(Refusal::new("abo-target")),
        }
    }

    /// Reads the normalised form.
    ///
    /// # Errors
    /// As [`Target::of_query`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        Self::of_query(&allmende_platform::web::forms::pairs(text.as_bytes()))
    }

    /// The normalised form: equal targets have equal texts. It is the query of the address `/abonnieren`.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Search(query) => format!("suche={}", encode(query)),
            Self::Committee(id) => format!("gremium={id}"),
            Self::Paper(id) => format!("vorlage={id}"),
            Self::Thread { kind, object_id } => format!("faden={kind}:{object_id}"),
            Self::Place(near) => format!("naehe={}&umkreis={}", address::point(near.point), near.radius_m),
        }
    }

    /// The key in texts.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Search(_) => "search",
            Self::Committee(_) => "committee",
            Self::Paper(_) => "paper",
            Self::Thread { .. } => "thread",
            Self::Place(_) => "place",
        }
    }

    /// The node that it is about, if it is about one.
    #[must_use]
    pub fn node(&self) -> Option<(&str, i64)> {
        match self {
            Self::Committee(id) => Some(("organization", *id)),
            Self::Paper(id) => Some(("paper", *id)),
            Self::Thread { kind, object_id } => Some((kind, *object_id)),
            Self::Search(_) | Self::Place(_) => None,
        }
    }
}

/// A point and a radius as addresses write them.
///
/// # Errors
/// `abo-near` for a point that is none, or a radius outside 1..=50,000 metres.
pub fn near(point: &str, radius_m: &str) -> Result<Near, Refusal> {
    let refused = || Refusal::of_field("naehe", "abo-near");
    let point = coordinates(point).ok_or_else(refused)?;
    let point = Point { latitude: rounded(point.latitude), longitude: rounded(point.longitude) };
    let radius_m = radius_m.trim().parse().ok().filter(|radius| (1..=RADIUS_M_MAX).contains(radius)).ok_or_else(refused)?;
    Ok(Near { point, radius_m })
}

/// To five places: about a metre. Finer would only tell one door from the next.
fn rounded(degrees: f64) -> f64 {
    (degrees * 100_000.0).round() / 100_000.0
}

/// A name as it is kept: one line of at most [`NAME_CHARS_MAX`] characters.
#[must_use]
pub fn name(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|letter| !letter.is_control()).take(NAME_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse::<jiff::Timestamp>().map_or_else(|error| panic!("{error}"), Instant::from)
    }

    #[test]
    fn news_go_out_at_the_first_fitting_moment_after_them() {
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        let check = |frequency: Frequency, hour: i64, weekday: i64, now: &str, due: Option<&str>| {
            let found = Schedule::new(hour, weekday).ok().and_then(|schedule| schedule.due(frequency, at(now), &zone));
            assert_eq!(found, due.map(at), "{frequency:?} {hour} {weekday} {now}");
        };
        // 8 June 2026 is a Monday; Berlin is two hours ahead.
        check(Frequency::AtOnce, 7, 1, "2026-06-08T05:00:00Z", Some("2026-06-08T05:00:00Z"));
        check(Frequency::Daily, 7, 1, "2026-06-08T04:59:59Z", Some("2026-06-08T05:00:00Z"));
        check(Frequency::Daily, 7, 1, "2026-06-08T05:00:00Z", Some("2026-06-09T05:00:00Z"));
        check(Frequency::Daily, 0, 1, "2026-06-08T21:59:00Z", Some("2026-06-08T22:00:00Z"));
        check(Frequency::Weekly, 7, 1, "2026-06-08T04:59:59Z", Some("2026-06-08T05:00:00Z"));
        check(Frequency::Weekly, 7, 1, "2026-06-08T05:00:00Z", Some("2026-06-15T05:00:00Z"));
        check(Frequency::Weekly, 7, 7, "2026-06-08T05:00:00Z", Some("2026-06-14T05:00:00Z"));
        // The night in which two o'clock does not exist.
        check(Frequency::Daily, 2, 1, "2026-03-28T12:00:00Z", Some("2026-03-29T01:00:00Z"));
        check(Frequency::Feed, 7, 1, "2026-06-08T05:00:00Z", None);
    }

    #[test]
    fn an_hour_and_a_weekday_have_bounds() {
        for (hour, weekday, fits) in [(0, 1, true), (23, 7, true), (-1, 1, false), (24, 1, false), (7, 0, false), (7, 8, false), (i64::MAX, 1, false)] {
            assert_eq!(Schedule::new(hour, weekday).is_ok(), fits, "{hour} {weekday}");
        }
    }

    #[test]
    fn equal_targets_have_equal_texts_and_are_read_back() {
        let check = |query: &str, expected: Option<&str>| {
            let target = Target::parse(query).ok();
            assert_eq!(target.as_ref().map(Target::text).as_deref(), expected, "{query}");
            if let Some(target) = target {
                assert_eq!(Target::parse(&target.text()), Ok(target), "{query}");
            }
        };
        check("suche=%2Fsuche%3Fq%3DRadweg%26seite%3D2", Some("suche=q%3DRadweg"));
        check("suche=Radweg", Some("suche=q%3DRadweg"));
        check("suche=", None);
        check("gremium=4-bauausschuss", Some("gremium=4"));
        check("gremium=0", None);
        check("gremium=x", None);
        check("vorlage=119", Some("vorlage=119"));
        check("faden=paper:119", Some("vorlage=119"));
        check("faden=impulse:7", Some("faden=impulse:7"));
        check("faden=Impulse:7", None);
        check("faden=impulse", None);
        check("naehe=49.0069,8.4037&umkreis=500&ort=Markt", Some("naehe=49.00690,8.40370&umkreis=500"));
        check("naehe=49.006900001%2C%208.4037", Some("naehe=49.00690,8.40370&umkreis=500"));
        check("naehe=91,8&umkreis=500", None);
        check("naehe=49,181&umkreis=500", None);
        check("naehe=NaN,8&umkreis=500", None);
        check("naehe=49,8&umkreis=0", None);
        check("naehe=49,8&umkreis=1", Some("naehe=49.00000,8.00000&umkreis=1"));
        check("naehe=49,8&umkreis=50000", Some("naehe=49.00000,8.00000&umkreis=50000"));
        check("naehe=49,8&umkreis=50001", None);
        check("lang=en", None);
    }

    #[test]
    fn an_address_is_one_address_with_a_dot_in_its_host() {
        for (text, fits) in
            [("ida@example.org", true), (" Ida@Example.ORG ", true), ("ida@localhost", false), ("ida", false), ("a@b.example\nBcc: c@d.example", false)]
        {
            assert_eq!(Email::new(text).is_ok(), fits, "{text}");
        }
        assert_eq!(Email::new("Ida@Example.ORG").map(|email| email.folded()), Ok("ida@example.org".to_owned()));
    }
}
