//! The recording of a real council: what stood there before, and its update batches as documents before and after their texts are read.

use allmende_core::Instant;
use allmende_platform::search::{Document, Named, Point};
use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// The first batch comes at noon of this day, each further one a day later.
const FIRST_DAY: &str = "2026-07-20T12:00:00Z";

/// The recording as this bench needs it.
pub struct City {
    /// Committees by row and name.
    pub committees: Vec<(i64, String)>,
    /// Districts with invented points, far enough apart that no radius of this bench ends near one.
    pub districts: Vec<(String, Point)>,
    /// What stood there before: papers by their titles, files with their texts.
    pub before: Vec<Document>,
    /// The update batches in order.
    pub batches: Vec<Batch>,
}

/// What came in one update.
pub struct Batch {
    /// Its name.
    pub name: String,
    /// When it came.
    pub now: Instant,
    /// Papers and meetings, each with an event of the thread.
    pub objects: Vec<Document>,
    /// Their files as they came: with a text only if that was read with an earlier batch.
    pub files: Vec<Document>,
    /// The files whose texts were read a moment later.
    pub read: Vec<Document>,
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Papers of both sorts are counted from one: those of the second begin here.
const SECOND_SORT: i64 = 10_000_000;

/// The number at the end of an address.
fn number(url: &Value) -> i64 {
    let url = url.as_str().unwrap_or_default();
    let number: i64 = url.rsplit('/').next().and_then(|number| number.parse().ok()).unwrap_or(0);
    if url.contains("/papers/ag/") { number + SECOND_SORT } else { number }
}

fn day(value: &Value) -> Option<Instant> {
    let day = value.as_str()?.parse::<jiff::civil::Date>().ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(Instant::from(day.timestamp()))
}

/// What documents are made with.
struct Maker {
    by_url: HashMap<String, String>,
    texts: HashMap<i64, String>,
    districts: Vec<(String, Point)>,
}

impl Maker {
    fn points(&self, text: &str) -> Vec<Point> {
        self.districts.iter().filter(|(name, _)| text.contains(name.as_str())).map(|(_, point)| *point).collect()
    }

    fn object(&self, object: &Value) -> Document {
        let is_paper = text_of(&object["type"]).ends_with("Paper");
        let stations = object["consultation"].as_array().into_iter().flatten().flat_map(|station| station["organization"].as_array().into_iter().flatten());
        let own = object["organization"].as_array().into_iter().flatten();
        let committees: BTreeSet<String> = stations.chain(own).filter_map(|url| self.by_url.get(url.as_str()?).cloned()).collect();
        let (title, kind, object_id) = (text_of(&object["name"]), if is_paper { "paper" } else { "meeting" }, number(&object["id"]));
        Document {
            kind,
            object_id,
            path: format!("/{kind}/{object_id}"),
            points: self.points(&title),
            title,
            committees: committees.into_iter().collect(),
            ..Document::default()
        }
    }

    /// A file as it is before its text is read.
    fn file(&self, file: &Value, whole: &Document) -> Document {
        let object_id = number(&file["id"]);
        Document {
            kind: "file",
            object_id,
            path: format!("/file/{object_id}"),
            title: text_of(&file["name"]),
            happened_at: day(&file["date"]),
            part_of: Some(Named { title: whole.title.clone(), path: whole.path.clone() }),
            committees: whole.committees.clone(),
            points: whole.points.clone(),
            ..Document::default()
        }
    }

    /// The file with its text, if it has one.
    fn read(&self, file: &Document) -> Option<Document> {
        let text = self.texts.get(&file.object_id)?;
        let mut points = self.points(text);
        points.extend(file.points.iter().copied());
        Some(Document { pages: vec![text.clone()], points, ..file.clone() })
    }
}

impl City {
    /// When what stood there before is read, a day before the first batch.
    pub fn start(&self) -> Instant {
        self.batches.first().map_or(Instant::from_millis(0), |batch| batch.now.plus_seconds(-86_400))
    }

    /// Reads the unpacked recording.
    pub fn read(folder: &Path) -> Result<Self> {
        let organizations = lines(&folder.join("organizations.ndjson"))?;
        let by_url: HashMap<String, String> = organizations.iter().map(|own| (text_of(&own["id"]), text_of(&own["name"]))).collect();
        let committees = organizations.iter().zip(1_i64..).map(|(own, id)| (id, text_of(&own["name"]))).collect();
        let texts = lines(&folder.join("texts-2021-2026.ndjson"))?.iter().map(|text| (number(&text["id"]), text_of(&text["text"]))).collect();
        let places: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("paper-stadtteile.json"))?)?;
        let names = places["districts"].as_array().into_iter().flatten().zip(0_u32..);
        let point = |number: u32| Point { latitude: 49.0 + f64::from(number / 6) * 0.01, longitude: 8.4 + f64::from(number % 6) * 0.015 };
        let districts: Vec<(String, Point)> = names.map(|(name, number)| (text_of(name), point(number))).collect();
        let maker = Maker { by_url, texts, districts: districts.clone() };
        let mut before = Vec::new();
        for object in lines(&folder.join("papers.base-2026-07-18.ndjson"))? {
            let paper = maker.object(&object);
            before.extend(files_of(&object).filter_map(|file| maker.read(&maker.file(file, &paper))));
            before.push(paper);
        }
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder.join("updates"))?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        paths.sort();
        let (mut batches, mut known) = (Vec::new(), HashSet::new());
        let first = Instant::from(FIRST_DAY.parse::<jiff::Timestamp>()?);
        for (path, number) in paths.iter().zip(0_i64..) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            batches.push(batch(&maker, name, first.plus_seconds(number * 86_400), &lines(path)?, &mut known));
        }
        Ok(Self { committees, districts, before, batches })
    }
}

fn files_of(object: &Value) -> impl Iterator<Item = &Value> {
    object["auxiliaryFile"].as_array().into_iter().flatten().chain(object.get("mainFile"))
}

/// `known` are the files whose texts were read before.
fn batch(maker: &Maker, name: String, now: Instant, objects: &[Value], known: &mut HashSet<i64>) -> Batch {
    let mut batch = Batch { name, now, objects: Vec::new(), files: Vec::new(), read: Vec::new() };
    let mut seen = HashSet::new();
    for object in objects {
        let whole = maker.object(object);
        for file in files_of(object).map(|file| maker.file(file, &whole)).filter(|file| seen.insert(file.object_id)) {
            match maker.read(&file) {
                Some(read) if known.insert(file.object_id) => {
                    batch.files.push(file);
                    batch.read.push(read);
                }
                Some(read) => batch.files.push(read),
                None => batch.files.push(file),
            }
        }
        batch.objects.push(whole);
    }
    batch
}
