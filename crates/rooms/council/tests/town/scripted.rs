//! A tiny server that answers what a test tells it to: one thread, one answer per connection.

#![allow(clippy::unwrap_used, clippy::missing_panics_doc, missing_docs, reason = "only tests see it")]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// An answer to one request.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub kind: &'static str,
    pub location: Option<String>,
    pub body: Vec<u8>,
    /// Announce the whole body and send half of it.
    pub is_cut: bool,
    pub delay: Duration,
}

impl Answer {
    pub fn json(value: &Value) -> Self {
        Self::text(200, &value.to_string())
    }

    pub fn text(status: u16, body: &str) -> Self {
        Self { status, kind: "application/json", location: None, body: body.as_bytes().to_vec(), is_cut: false, delay: Duration::ZERO }
    }
}

/// What the server serves, by path with query; `BASE` in JSON stands for the server's address.
pub type Script = BTreeMap<String, Answer>;
type Handler = dyn Fn(&str, u64) -> Option<Answer> + Send + Sync;

pub struct Server {
    pub url: String,
    pub script: Arc<Mutex<Script>>,
    pub asked: Arc<Mutex<Vec<String>>>,
    closing: Arc<AtomicBool>,
}

impl Server {
    /// Serves a script; `before` may answer first, by path and number of the request.
    pub fn start(before: Box<Handler>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let script: Arc<Mutex<Script>> = Arc::default();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let closing = Arc::new(AtomicBool::new(false));
        let (shared, log, base, ends) = (Arc::clone(&script), Arc::clone(&asked), url.clone(), Arc::clone(&closing));
        let before: Arc<Handler> = Arc::from(before);
        let number = Arc::new(AtomicU64::new(0));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ends.load(Ordering::Relaxed) {
                    return;
                }
                let (shared, log, base, before, number) = (Arc::clone(&shared), Arc::clone(&log), base.clone(), Arc::clone(&before), Arc::clone(&number));
                std::thread::spawn(move || {
                    let _ = answer(stream, &shared, &log, &base, &*before, &number);
                });
            }
        });
        Self { url, script, asked, closing }
    }

    pub fn serve(&self, path: &str, value: &Value) {
        self.put(path, Answer::json(value));
    }

    pub fn put(&self, path: &str, answer: Answer) {
        self.script.lock().unwrap().insert(path.to_owned(), answer);
    }

    /// A town with a body and the lists named, each list as pages of objects.
    pub fn town(&self, lists: &[(&str, Vec<Vec<Value>>)]) {
        self.serve("/system", &json!({"id": "BASE/system", "type": "https://schema.oparl.org/1.1/System", "oparlVersion": "https://schema.oparl.org/1.1/", "body": "BASE/bodies"}));
        let mut body = json!({"id": "BASE/body/1", "type": "https://schema.oparl.org/1.1/Body", "name": "Testdorf", "legislativeTerm": [],
            "created": "2020-01-01T00:00:00+01:00", "modified": "2020-01-01T00:00:00+01:00"});
        for (list, pages) in lists {
            body[*list] = json!(format!("BASE/{list}"));
            self.list(list, pages);
        }
        self.serve("/bodies", &page(vec![body], None, Some(1)));
    }

    /// A list, with and without filter.
    pub fn list(&self, list: &str, pages: &[Vec<Value>]) {
        let total = pages.iter().map(Vec::len).sum();
        for (at, objects) in pages.iter().enumerate() {
            let path = |at: usize| if at == 0 { format!("/{list}") } else { format!("/{list}?page={}", at + 1) };
            let next = (at + 1 < pages.len()).then(|| format!("BASE{}", path(at + 1)));
            self.serve(&path(at), &page(objects.clone(), next, Some(total)));
        }
    }
}

/// A list page.
pub fn page(data: Vec<Value>, next: Option<String>, total: Option<usize>) -> Value {
    let mut page = json!({"data": data, "links": {}, "pagination": {}});
    if let Some(next) = next {
        page["links"]["next"] = json!(next);
    }
    if let Some(total) = total {
        page["pagination"]["totalElements"] = json!(total);
    }
    page
}

/// An object of a type with usual dates.
pub fn object(kind: &str, id: &str, rest: Value) -> Value {
    let mut object = json!({"id": format!("BASE/{id}"), "type": format!("https://schema.oparl.org/1.1/{kind}"),
        "created": "2024-01-01T10:00:00+01:00", "modified": "2024-01-02T10:00:00+01:00"});
    for (key, value) in rest.as_object().unwrap() {
        object[key] = value.clone();
    }
    object
}

impl Drop for Server {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
    }
}

fn answer(mut stream: TcpStream, script: &Mutex<Script>, log: &Mutex<Vec<String>>, base: &str, before: &Handler, number: &AtomicU64) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().unwrap().push(path.clone());
    let number = number.fetch_add(1, Ordering::Relaxed) + 1;
    // Without an answer of its own, a filtered or limited list is the list.
    let plain =
        |path: &str| path.split(['?', '&']).filter(|part| !part.starts_with("modified_since") && !part.starts_with("limit")).collect::<Vec<_>>().join("?");
    let found = before(&path, number).or_else(|| {
        let script = script.lock().unwrap();
        script.get(&path).or_else(|| script.get(&plain(&path))).cloned()
    });
    let answer = found.unwrap_or_else(|| Answer::text(404, r#"{"message": "not found"}"#));
    std::thread::sleep(answer.delay);
    let body = match std::str::from_utf8(&answer.body) {
        Ok(text) => text.replace("BASE", base).into_bytes(),
        Err(_) => answer.body.clone(),
    };
    let location = answer.location.map(|to| format!("Location: {}\r\n", to.replace("BASE", base))).unwrap_or_default();
    write!(stream, "HTTP/1.1 {} x\r\nContent-Type: {}\r\n{location}Content-Length: {}\r\nConnection: close\r\n\r\n", answer.status, answer.kind, body.len())?;
    stream.write_all(if answer.is_cut { &body[..body.len() / 2] } else { &body })?;
    stream.flush()
}
