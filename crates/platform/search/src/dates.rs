//! Dates as people write them: `3. Mai 2024`, `03.05.2024`, `3.5.24`, `2024-05-03`, `May 3, 2024`, and months: `Mai 2024`.
//!
//! Pure. Start at [`written`] for dates of figures and [`Spoken`] for those with the name of a month.

use std::fmt;

/// A day, or a month where the day is not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day {
    /// 1900 to 2199.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl Day {
    fn new(year: u16, month: u8, day: Option<u8>) -> Option<Self> {
        let is_day = day.is_none_or(|day| (1..=31).contains(&day));
        ((1900..=2199).contains(&year) && (1..=12).contains(&month) && is_day).then_some(Self { year, month, day })
    }

    /// The whole month.
    #[must_use]
    pub(crate) const fn month_only(self) -> Self {
        Self { day: None, ..self }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

/// The date of a chunk of figures: `03.05.2024`, `3.5.24` or `2024-05-03`.
#[must_use]
pub(crate) fn written(chunk: &str) -> Option<Day> {
    let is_dotted = chunk.contains('.');
    let mut parts = chunk.split(if is_dotted { '.' } else { '-' });
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || [first, second, third].iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let (year, month, day) = if is_dotted { (third, second, first) } else { (first, second, third) };
    if !matches!(year.len(), 2 | 4) || (year.len() == 2 && !is_dotted) || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let number: u16 = year.parse().ok()?;
    let year = if year.len() == 2 { 2000 + number } else { number };
    Day::new(year, month.parse().ok()?, Some(day.parse().ok()?))
}

/// The number of a month by its folded name, in German or English.
fn month(word: &str) -> Option<u8> {
    Some(match word {
        "januar" | "january" | "jaenner" => 1,
        "februar" | "february" => 2,
        "maerz" | "march" => 3,
        "april" => 4,
        "mai" | "may" => 5,
        "juni" | "june" => 6,
        "juli" | "july" => 7,
        "august" => 8,
        "september" => 9,
        "oktober" | "october" => 10,
        "november" => 11,
        "dezember" | "december" => 12,
        _ => return None,
    })
}

/// Listens to words one after the other for dates with the name of a month.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    day: Option<(u8, usize)>,
    month: Option<(u8, usize)>,
    is_day_after_month: bool,
}

impl Spoken {
    /// Hears a folded word that begins at a byte. The date that ends with it, and where that began.
    pub(crate) fn hear(&mut self, word: &str, start: usize) -> Option<(Day, usize)> {
        if let Some(month) = month(word) {
            self.month = Some((month, start));
            self.is_day_after_month = false;
            return None;
        }
        let number = if word.len() <= 4 { word.parse::<u16>().ok() } else { None };
        match (self.month, number) {
            (Some((month, begun)), Some(year)) if word.len() == 4 => {
                let day = self.day.take();
                *self = Self::default();
                let begun = day.map_or(begun, |(_, start)| start.min(begun));
                Day::new(year, month, day.map(|(day, _)| day)).map(|found| (found, begun))
            }
            (Some(_), Some(day @ 1..=31)) if !self.is_day_after_month && self.day.is_none() => {
                self.day = Some((u8::try_from(day).unwrap_or(1), start));
                self.is_day_after_month = true;
                None
            }
            (_, Some(day @ 1..=31)) if word.len() <= 2 => {
                *self = Self { day: Some((u8::try_from(day).unwrap_or(1), start)), ..Self::default() };
                None
            }
            _ => {
                *self = Self::default();
                None
            }
        }
    }
}
