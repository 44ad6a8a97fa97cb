//! A census: the people of a register, as keys that do not depend on how a name is written.
//!
//! The register's file is CSV as the residents' office writes it: separated by semicolon, comma, tab or bar, in UTF-8, UTF-16 or
//! Windows-1252, with a first line that names the columns. Each line becomes a [`Registered`] with one key per name that the
//! person may give; somebody who takes part becomes a [`Claim`] with one key. The two are compared by keyed digests only: the
//! plain file is never kept. A line with a mistake is left out and named; the others count. Start with [`read`].

use crate::names;
use crate::postal::PostalCode;
use jiff::civil::{Date, date};
use std::collections::HashMap;

/// Bytes of a file.
pub const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// People of one census.
pub const PEOPLE_MAX: usize = 500_000;
/// Problems that are kept; all are counted.
pub const PROBLEMS_MAX: usize = 200;
/// Nobody in a register was born before this day.
pub const BORN_FIRST: Date = date(1890, 1, 1);

const SEPARATORS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// What somebody says of themselves.
#[derive(Clone, PartialEq, Eq)]
pub struct Claim {
    name: String,
    /// The day of birth.
    pub born_on: Date,
    /// The postal code.
    pub postal_code: PostalCode,
}

impl Claim {
    /// From what somebody typed; `today` is the last day on which they can be born.
    ///
    /// # Errors
    /// The first that cannot be read: [`Trouble::Name`], [`Trouble::BirthDate`] or [`Trouble::PostalCode`].
    pub fn new(name: &str, born_on: &str, postal_code: &str, today: Date) -> Result<Self, Trouble> {
        let name = names::normal(name);
        if name.is_empty() {
            return Err(Trouble::Name);
        }
        Ok(Self { name, born_on: birth_date(born_on, today)?, postal_code: PostalCode::new(postal_code).map_err(|_| Trouble::PostalCode)? })
    }

    /// What a keyed digest is made of, never kept itself.
    #[must_use]
    pub fn key(&self) -> String {
        key(&self.name, self.born_on, &self.postal_code)
    }
}

fn key(name: &str, born_on: Date, postal_code: &PostalCode) -> String {
    format!("{name}|{born_on}|{}", postal_code.as_str())
}

/// One person of the register. Whoever keeps the keys' digests keeps them as one person's: one of them used is all used.
#[derive(Clone, PartialEq, Eq)]
pub struct Registered {
    /// The line of the file, counted from 1.
    pub line: usize,
    /// At least one: the key of the name with all given names, then those with each given name alone. No other person of the
    /// census has any of them.
    pub keys: Vec<String>,
}

/// What is wrong with a line, or with what somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The file is larger than [`FILE_BYTES_MAX`]; nothing of it was read.
    FileTooLarge,
    /// There is nothing in it.
    Empty,
    /// The first line names no name, no birth date or no postal code; nothing was read.
    NoColumns,
    /// The line has fewer columns than the first.
    ColumnCount,
    /// No name, or one with too many letters or words.
    Name,
    /// Neither `1990-02-28` nor `28.02.1990`, no day that there is, before [`BORN_FIRST`] or after today.
    BirthDate,
    /// Not five digits.
    PostalCode,
    /// Name, birth date and postal code stand in this earlier line too: the person counts once.
    Twice(usize),
    /// There are more than [`PEOPLE_MAX`]; from this line on nothing was read.
    TooMany,
}

impl Trouble {
    /// The key of the sentence that says what to do.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::FileTooLarge => "census-file-too-large",
            Self::Empty => "census-empty",
            Self::NoColumns => "census-no-columns",
            Self::ColumnCount => "census-column-count",
            Self::Name => "census-name",
            Self::BirthDate => "census-birth-date",
            Self::PostalCode => "census-postal-code",
            Self::Twice(_) => "census-twice",
            Self::TooMany => "census-too-many",
        }
    }
}

/// A problem with its place. It never holds what stood there: reports are shown and kept longer than the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// The line of the file, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub trouble: Trouble,
}

/// A file as it was read.
#[derive(Clone, Default)]
pub struct Census {
    /// The people, in the order of the file.
    pub people: Vec<Registered>,
    /// The first [`PROBLEMS_MAX`] problems, in the order of the file.
    pub problems: Vec<Problem>,
    /// How many problems there are.
    pub problem_count: usize,
}

impl Census {
    fn report(&mut self, line: usize, trouble: Trouble) {
        self.problem_count += 1;
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem { line, trouble });
        }
    }
}

/// Reads a register's file; `today` is the last day on which somebody in it can be born.
#[must_use]
pub fn read(bytes: &[u8], today: Date) -> Census {
    let mut census = Census::default();
    if bytes.len() > FILE_BYTES_MAX {
        census.report(1, Trouble::FileTooLarge);
        return census;
    }
    let text = decode(bytes);
    // Some spreadsheets write the separator into a line of its own.
    let (text, lines_before) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((_, rest)) => (rest, 1),
        None => (text.as_str(), 0),
    };
    let Some(head) = text.lines().find(|line| !line.trim().is_empty()) else {
        census.report(1, Trouble::Empty);
        return census;
    };
    let found = SEPARATORS.into_iter().find_map(|separator| Some((separator, Columns::find(&cells(head, separator))?)));
    let Some((separator, columns)) = found else {
        census.report(1 + lines_before, Trouble::NoColumns);
        return census;
    };
    rows(text, separator, &columns, lines_before, today, &mut census);
    keep_unmistakable(&mut census.people);
    census
}

/// UTF-8, or UTF-16 with its mark; what is neither is Windows-1252, in which many offices still write.
fn decode(bytes: &[u8]) -> String {
    if encoding_rs::Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err() {
        return encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned();
    }
    encoding_rs::UTF_8.decode(bytes).0.into_owned()
}

fn cells(line: &str, separator: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    // A line of text is a record; an error would leave it empty, and then no column is found.
    let _ = reader.read_record(&mut record);
    record.iter().map(str::to_owned).collect()
}

/// Where each column stands.
struct Columns {
    /// The family name, or the whole name if there is no column of given names.
    name: usize,
    given: Option<usize>,
    born_on: usize,
    postal_code: usize,
}

impl Columns {
    fn find(head: &[String]) -> Option<Self> {
        let normal: Vec<String> = head.iter().map(|cell| names::words(cell).concat()).collect();
        let place = |known: &[&str]| known.iter().find_map(|word| normal.iter().position(|cell| cell == word));
        Some(Self {
            name: place(&["familienname", "nachname", "zuname", "familyname", "lastname", "surname", "name"])?,
            given: place(&["vornamen", "vorname", "rufname", "givennames", "givenname", "firstname"]),
            born_on: place(&["geburtsdatum", "geburtstag", "geborenam", "geboren", "gebdatum", "birthdate", "dateofbirth", "bornon"])?,
            postal_code: place(&["postleitzahl", "plz", "postalcode", "postcode", "zip"])?,
        })
    }

    fn last(&self) -> usize {
        self.name.max(self.born_on).max(self.postal_code).max(self.given.unwrap_or_default())
    }
}

fn rows(text: &str, separator: u8, columns: &Columns, lines_before: usize, today: Date, census: &mut Census) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let (mut record, mut is_head) = (csv::StringRecord::new(), true);
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 + lines_before };
    // Reading text cannot fail: the text is Unicode, and rows of any length are taken.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = lines.at(record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX)));
        if record.iter().all(|cell| cell.trim().is_empty()) || std::mem::take(&mut is_head) {
            continue;
        }
        if census.people.len() == PEOPLE_MAX {
            census.report(line, Trouble::TooMany);
            return;
        }
        match keys(&record, columns, today) {
            Err(trouble) => census.report(line, trouble),
            Ok(keys) => match keys.first().map(|full| *known.entry(full.clone()).or_insert(line)) {
                Some(first) if first != line => census.report(line, Trouble::Twice(first)),
                _ => census.people.push(Registered { line, keys }),
            },
        }
    }
}

/// Counts lines on the way through a text. The reader's own count stands before the ends of empty lines, this one behind them.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the record that begins at a byte, or behind the line ends that stand there. Bytes come in order.
    fn at(&mut self, byte: usize) -> usize {
        let rest = self.text.get(byte..).unwrap_or_default();
        let begins = byte + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.text.get(self.at..begins).unwrap_or_default();
        let ends = |(at, byte): (usize, &u8)| *byte == b'\n' || (*byte == b'\r' && self.text.get(self.at + at + 1) != Some(&b'\n'));
        self.line += passed.iter().enumerate().filter(|place| ends(*place)).count();
        self.at = begins.max(self.at);
        self.line
    }
}

fn keys(record: &csv::StringRecord, columns: &Columns, today: Date) -> Result<Vec<String>, Trouble> {
    if record.len() <= columns.last() {
        return Err(Trouble::ColumnCount);
    }
    let cell = |at: usize| record.get(at).unwrap_or_default();
    let names = match columns.given {
        Some(given) => names::given(cell(columns.name), cell(given)),
        None => Some(names::normal(cell(columns.name))).filter(|name| !name.is_empty()).into_iter().collect(),
    };
    if names.is_empty() {
        return Err(Trouble::Name);
    }
    let born_on = birth_date(cell(columns.born_on), today)?;
    let postal_code = PostalCode::new(cell(columns.postal_code)).map_err(|_| Trouble::PostalCode)?;
    Ok(names.iter().map(|name| key(name, born_on, &postal_code)).collect())
}

/// A day of birth: `1990-02-28` or `28.02.1990`, the zeros before a single digit may be missing.
///
/// # Errors
/// [`Trouble::BirthDate`] for anything else, also a year of two digits; see there.
pub fn birth_date(text: &str, today: Date) -> Result<Date, Trouble> {
    let text = text.trim();
    let (separator, german) = if text.contains('.') { ('.', true) } else { ('-', false) };
    let mut parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    if german {
        parts.reverse();
    }
    let [year, month, day] = parts.as_slice() else { return Err(Trouble::BirthDate) };
    let digits = |part: &str, longest: usize| (1..=longest).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return Err(Trouble::BirthDate);
    }
    let born = match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).map_err(|_| Trouble::BirthDate)?,
        _ => return Err(Trouble::BirthDate),
    };
    if (BORN_FIRST..=today).contains(&born) { Ok(born) } else { Err(Trouble::BirthDate) }
}

/// Takes away the keys of one given name alone that two people of the census have: nobody takes part as somebody else.
fn keep_unmistakable(people: &mut [Registered]) {
    let mut owners: HashMap<&str, usize> = HashMap::new();
    for person in people.iter() {
        for key in &person.keys {
            *owners.entry(key).or_default() += 1;
        }
    }
    let kept: Vec<Vec<bool>> =
        people.iter().map(|person| person.keys.iter().enumerate().map(|(at, key)| at == 0 || owners.get(key.as_str()) == Some(&1)).collect()).collect();
    for (person, kept) in people.iter_mut().zip(kept) {
        let mut kept = kept.into_iter();
        person.keys.retain(|_| kept.next().unwrap_or(false));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    fn troubles(text: &str) -> Vec<(usize, Trouble)> {
        read(text.as_bytes(), TODAY).problems.iter().map(|problem| (problem.line, problem.trouble)).collect()
    }

    fn has(census: &Census, name: &str, born_on: &str, postal_code: &str) -> usize {
        let key = Claim::new(name, born_on, postal_code, TODAY).unwrap().key();
        census.people.iter().filter(|person| person.keys.contains(&key)).count()
    }

    #[test]
    fn a_registers_file_is_read_whatever_its_columns_and_encoding() {
        let file = "Familienname;Vornamen;Geburtsdatum;Straße;PLZ\nMüller;Hans Peter;28.02.1990;Au 1;76131\n\n\"von der Au\";Ida;1.3.1985;\"Weg; 2\";76133\n";
        let latin: Vec<u8> = file.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
        let utf16: Vec<u8> = std::iter::once(0xFEFF_u16).chain(file.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xEF\xBB\xBF", file.as_bytes()].concat();
        let tabs = file.replace("\"Weg; 2\"", "Weg").replace(';', "\t").into_bytes();
        for bytes in [file.as_bytes().to_vec(), latin, utf16, marked, tabs, format!("sep=;\n{file}").into_bytes()] {
            let census = read(&bytes, TODAY);
            assert_eq!((census.people.len(), census.problem_count), (2, 0), "{}", String::from_utf8_lossy(&bytes));
            for name in ["Hans Peter Müller", "Mueller, Peter", "hans müller", "Peter-Hans Müller"] {
                assert_eq!(has(&census, name, "1990-02-28", "76131"), 1, "{name}");
            }
            assert_eq!(has(&census, "Müller", "1990-02-28", "76131"), 0);
            assert_eq!(has(&census, "Ida von der Au", "1985-03-01", "76133"), 1);
            assert_eq!(has(&census, "Ida von der Au", "1985-03-01", "76131"), 0);
        }
        let whole = read(b"Name,Geboren am,Postleitzahl\n\"Weber, Ada\",1990-02-28,76131\n", TODAY);
        assert_eq!(has(&whole, "Ada Weber", "28.02.1990", "76131"), 1);
    }

    #[test]
    fn what_cannot_be_read_names_its_line_and_the_rest_counts() {
        let file = "Nachname;Vorname;Geburtstag;PLZ\nA;B;00.00.1950;76131\nA;B;1950-01-01;7613\nA;B;1950-01-01\n;B;1950-01-01;76131\n\"A\n\";B;1950-01-01;76131\n\
                    A;C;29.02.1951;76131\nA;C;28.02.51;76131\nA;b;1.1.1950;76131\nA;B;1889-12-31;76131\nA;B;1890-01-01;76131\nA;B;2026-11-22;76131\nA;B;2026-11-23;76131\n";
        let expected = [
            (2, Trouble::BirthDate),
            (3, Trouble::PostalCode),
            (4, Trouble::ColumnCount),
            (5, Trouble::Name),
            (8, Trouble::BirthDate),
            (9, Trouble::BirthDate),
            (10, Trouble::Twice(6)),
            (11, Trouble::BirthDate),
            (14, Trouble::BirthDate),
        ];
        assert_eq!(troubles(file), expected);
        assert_eq!(read(file.as_bytes(), TODAY).people.iter().map(|person| person.line).collect::<Vec<_>>(), [6, 12, 13]);
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for end in ["\n", "\r\n", "\r"] {
            let file = ["", "Name;Geburtsdatum;PLZ", "", "", "A;x;76131", "\"B\n\";x;76131", "", "C;x;76131"].join(end);
            let expected = [(5, Trouble::BirthDate), (6, Trouble::BirthDate), (9, Trouble::BirthDate)];
            assert_eq!(troubles(&file), expected, "{end:?}");
        }
    }

    #[test]
    fn a_file_without_the_columns_is_not_read() {
        assert_eq!(troubles(""), [(1, Trouble::Empty)]);
        assert_eq!(troubles(" \n \n"), [(1, Trouble::Empty)]);
        assert_eq!(troubles("Name;PLZ\nA;76131\n"), [(1, Trouble::NoColumns)]);
        assert_eq!(troubles("sep=;\nName;PLZ\n"), [(2, Trouble::NoColumns)]);
        let mut large = b"Name;Geburtsdatum;PLZ\n".to_vec();
        large.resize(FILE_BYTES_MAX, b'\n');
        assert_eq!(read(&large, TODAY).problem_count, 0);
        large.push(b'\n');
        assert_eq!(read(&large, TODAY).problems, [Problem { line: 1, trouble: Trouble::FileTooLarge }]);
    }

    #[test]
    fn all_problems_are_counted_and_some_are_kept() {
        let census = read(format!("Name;Geburtsdatum;PLZ\n{}", "A;x;76131\n".repeat(PROBLEMS_MAX + 1)).as_bytes(), TODAY);
        assert_eq!((census.problems.len(), census.problem_count), (PROBLEMS_MAX, PROBLEMS_MAX + 1));
    }

    #[test]
    fn a_given_name_that_two_people_share_counts_for_neither() {
        let file = "Nachname;Vorname;Geburtsdatum;PLZ\nM;Anna Lena;1990-01-01;76131\nM;Anna Rosa;1990-01-01;76131\nM;Rosa;1990-01-01;76131\n";
        let census = read(file.as_bytes(), TODAY);
        assert_eq!(census.people.iter().map(|person| person.keys.len()).collect::<Vec<_>>(), [2, 1, 1]);
        let count = |name: &str| has(&census, name, "1990-01-01", "76131");
        assert_eq!([count("Anna M"), count("Lena M"), count("Rosa M"), count("Anna Rosa M"), count("Anna Lena M")], [0, 1, 1, 1, 1]);
    }

    #[test]
    fn a_claim_says_what_cannot_be_read() {
        let check = |name: &str, born: &str, code: &str, expected: Trouble| assert_eq!(Claim::new(name, born, code, TODAY).err(), Some(expected));
        check("", "1990-01-01", "76131", Trouble::Name);
        check("Ida", "1990-13-01", "76131", Trouble::BirthDate);
        check("Ida", "1990/01/01", "76131", Trouble::BirthDate);
        check("Ida", "1990-01-01", "7613", Trouble::PostalCode);
    }
}
