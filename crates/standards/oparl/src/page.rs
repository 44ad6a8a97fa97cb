//! An answer's bytes into JSON, and list pages and error objects out of it.
//!
//! Start with [`read_list`] for lists and [`parse`] for single objects. Repairing guesses at what a broken answer meant,
//! so it must be allowed explicitly: ask again first.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::{Defect, Findings};

/// JSON values may stand in one another so deep; OParl itself needs six levels.
pub const NESTING_MAX: usize = 127;

/// What to do with an answer that is not well-formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// Refuse it, so that the server can be asked again.
    Refuse,
    /// Escape control characters in texts and read bytes that are not UTF-8 as Latin-1; note both.
    Allow,
}

/// Why an answer could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The answer is not JSON, or ends too early.
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// Whether the answer ends where more had to follow.
        cut_off: bool,
    },
    /// Control characters stand in JSON texts, and repairing was not allowed.
    ControlCharacter,
    /// The answer is not UTF-8, and repairing was not allowed.
    NotUtf8,
    /// Values stand in one another deeper than [`NESTING_MAX`].
    TooDeep,
    /// The answer is JSON, but no list.
    NotAList,
    /// The server answered with an error object.
    Server(ErrorObject),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { line, column, cut_off: true } => write!(f, "cut off at line {line}, column {column}"),
            Self::Syntax { line, column, .. } => {
                write!(f, "not JSON at line {line}, column {column}")
            }
            Self::ControlCharacter => f.write_str("unescaped control characters"),
            Self::NotUtf8 => f.write_str("not UTF-8"),
            Self::TooDeep => write!(f, "nested deeper than {NESTING_MAX} levels"),
            Self::NotAList => f.write_str("not a list"),
            Self::Server(error) => write!(f, "error object: {}", error.message.as_deref().unwrap_or("no message")),
        }
    }
}

impl std::error::Error for ReadError {}

/// An error as OParl answers it. Source: OParl 1.1, section 2.9 »Ausnahmebehandlung«.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorObject {
    /// What went wrong, for people.
    pub message: Option<String>,
    /// A number that some vendors add: 802 is an empty list. Never written.
    pub code: Option<i64>,
    /// What helps the developer.
    pub debug: Option<String>,
}

impl ErrorObject {
    /// The type that an error object states in OParl 1.1.
    pub const TYPE: &'static str = "https://schema.oparl.org/1.1/Error";
    /// With this code Sternberg's SD.NET RIM answers a list without elements.
    pub const CODE_EMPTY_LIST: i64 = 802;

    /// Recognises an error object: by its type, or, without id and data, by a message or code, also within `error`.
    #[must_use]
    pub fn recognise(value: &Value) -> Option<Self> {
        let map = value.as_object()?;
        let inner = map.get("error").and_then(Value::as_object).unwrap_or(map);
        let stated = map.get("type").or_else(|| inner.get("type")).and_then(Value::as_str);
        let by_type = stated.is_some_and(|url| url.ends_with("/Error"));
        let is_else = map.contains_key("id") || map.contains_key("data");
        let by_content = ["message", "code", "error"].iter().any(|key| map.contains_key(*key));
        (by_type || !is_else && by_content).then(|| Self {
            message: text(inner, "message").or_else(|| text(map, "error")),
            code: inner.get("code").and_then(number),
            debug: text(inner, "debug"),
        })
    }
}

impl Serialize for ErrorObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", Self::TYPE)?;
        for (key, value) in [("message", &self.message), ("debug", &self.debug)] {
            if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
                map.serialize_entry(key, value)?;
            }
        }
        map.end()
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ListPage {
    /// The elements, as sent; [`crate::read_items`] reads them.
    pub data: Vec<Value>,
    /// The address of the next page. None on the last.
    pub next: Option<String>,
    /// How many elements the whole list has, if the server says so.
    pub total: Option<u64>,
}

/// Reads an answer to a list's address.
///
/// Besides a list page it understands a bare array, a single object and `null`, and takes the error object with code 802
/// for an empty list.
///
/// # Errors
/// [`ReadError`]; `Server` if the answer is any other error object.
pub fn read_list(bytes: &[u8], repair: Repair, findings: &mut Findings) -> Result<ListPage, ReadError> {
    let mut note = |defect| findings.note(defect, None, "", "", String::new);
    match parse_noting(bytes, repair, &mut note)? {
        Value::Null => {
            note(Defect::NullBody);
            Ok(ListPage::default())
        }
        Value::Array(data) => {
            note(Defect::BareArray);
            Ok(ListPage { data, ..ListPage::default() })
        }
        Value::Object(mut map) if map.contains_key("data") => Ok(page(&mut map, &mut note)),
        Value::Object(map) => no_page(map, &mut note),
        _ => Err(ReadError::NotAList),
    }
}

fn page(map: &mut Map<String, Value>, note: &mut impl FnMut(Defect)) -> ListPage {
    let data = match map.remove("data") {
        Some(Value::Array(data)) => data,
        Some(object @ Value::Object(_)) => {
            note(Defect::SingleObjectForList);
            vec![object]
        }
        _ => {
            note(Defect::MissingData);
            Vec::new()
        }
    };
    let links = map.get("links").and_then(Value::as_object);
    if links.is_none() {
        note(Defect::MissingLinks);
    }
    let next = links.and_then(|links| text(links, "next"));
    let pagination = map.get("pagination").and_then(Value::as_object);
    let total = pagination.and_then(|pagination| pagination.get("totalElements")).and_then(number);
    ListPage { data, next, total: total.and_then(|total| u64::try_from(total).ok()) }
}

/// An object without `data`: an error, a page of nothing, or a single object.
fn no_page(map: Map<String, Value>, note: &mut impl FnMut(Defect)) -> Result<ListPage, ReadError> {
    let value = Value::Object(map);
    if let Some(error) = ErrorObject::recognise(&value) {
        if error.code != Some(ErrorObject::CODE_EMPTY_LIST) {
            return Err(ReadError::Server(error));
        }
        note(Defect::EmptyListAsError);
        return Ok(ListPage::default());
    }
    if value.get("id").is_some() {
        note(Defect::SingleObjectForList);
        return Ok(ListPage { data: vec![value], ..ListPage::default() });
    }
    if value.get("links").is_some() || value.get("pagination").is_some() {
        note(Defect::MissingData);
        return Ok(ListPage::default());
    }
    Err(ReadError::NotAList)
}

/// Reads an answer as JSON. To an object's address a server may answer an error: ask [`ErrorObject::recognise`] before
/// [`crate::read()`].
///
/// # Errors
/// All but `NotAList` and `Server`.
pub fn parse(bytes: &[u8], repair: Repair, findings: &mut Findings) -> Result<Value, ReadError> {
    parse_noting(bytes, repair, &mut |defect| findings.note(defect, None, "", "", String::new))
}

fn parse_noting(bytes: &[u8], repair: Repair, note: &mut impl FnMut(Defect)) -> Result<Value, ReadError> {
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => {
            note(Defect::ByteOrderMark);
            rest
        }
        None => bytes,
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if repair == Repair::Refuse => return Err(ReadError::NotUtf8),
        Err(_) => {
            note(Defect::NotUtf8);
            Cow::Owned(from_latin1(bytes))
        }
    };
    let error = match serde_json::from_str(&text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let scan = Scan::of(&text);
    if scan.depth > NESTING_MAX {
        return Err(ReadError::TooDeep);
    }
    if scan.control_characters == 0 {
        return Err(syntax(&error));
    }
    if repair == Repair::Refuse {
        return Err(ReadError::ControlCharacter);
    }
    let value = serde_json::from_str(&scan.repaired).map_err(|error| syntax(&error))?;
    note(Defect::ControlCharacter);
    Ok(value)
}

fn syntax(error: &serde_json::Error) -> ReadError {
    ReadError::Syntax { line: error.line(), column: error.column(), cut_off: error.is_eof() }
}

/// Bytes that are UTF-8 stay so; each other byte is one character of Latin-1.
fn from_latin1(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| char::from(*byte)));
    }
    text
}

/// What one walk over a JSON text shows without understanding it.
struct Scan {
    depth: usize,
    control_characters: usize,
    /// The text with control characters in texts escaped.
    repaired: String,
}

impl Scan {
    fn of(text: &str) -> Self {
        let mut scan = Self { depth: 0, control_characters: 0, repaired: String::with_capacity(text.len() + 16) };
        let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
        for character in text.chars() {
            if in_text && character < ' ' {
                scan.control_characters += 1;
                // A backslash before it escaped nothing: doubled, it stands for itself.
                let backslash = if escaped { "\\" } else { "" };
                scan.repaired.push_str(&format!("{backslash}\\u{:04x}", u32::from(character)));
                escaped = false;
                continue;
            }
            scan.repaired.push(character);
            match character {
                _ if escaped => escaped = false,
                '\\' if in_text => escaped = true,
                '"' => in_text = !in_text,
                '{' | '[' if !in_text => {
                    depth += 1;
                    scan.depth = scan.depth.max(depth);
                }
                '}' | ']' if !in_text => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        scan
    }
}

/// A text that says something.
fn text(map: &Map<String, Value>, key: &str) -> Option<String> {
    map.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A whole number, also as a text.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}
