//! A provider of accounts on loopback that says what a test tells it to: right answers, and every wrong one.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Map, Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// The client's secret, with signs that must be written specially in a header.
pub const SECRET: &str = "geheim: 100% /Ä";
/// The code that people bring back.
pub const CODE: &str = "code-1";

/// How tokens are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// With the published key.
    Right,
    /// With a key that nobody published, under the name of the published one.
    Forged,
    /// With a key that nobody published, under its own name.
    Unknown,
    /// Not at all.
    Nothing,
    /// With the client's secret as a shared key, which anybody who knows it could do.
    Shared,
}

/// What the provider says.
pub struct Script {
    /// Laid over the claims; null takes one away.
    pub claims: Map<String, Value>,
    /// How tokens are signed.
    pub signing: Signing,
    /// What it tells of somebody beyond the token.
    pub told: Value,
    /// What it calls itself in its description; empty: as it is.
    pub calls_itself: String,
    /// The moment of its clock, in seconds.
    pub now: i64,
    nonce: String,
    challenge: String,
    is_used: bool,
    key: usize,
    asked: Vec<String>,
}

/// The provider; it ends with the test.
pub struct Provider {
    /// What it is called.
    pub issuer: String,
    script: Arc<Mutex<Script>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

struct Keys(Vec<EcdsaKeyPair>);

impl Keys {
    fn new() -> Self {
        let chance = SystemRandom::new();
        let one = || {
            let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &chance).expect("chance");
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &chance).expect("an own key")
        };
        Self(vec![one(), one(), one()])
    }

    fn published(&self, number: usize) -> Value {
        let (x, y) = self.0[number].public_key().as_ref()[1..].split_at(32);
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "kid": format!("key-{number}"), "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y) })
    }

    fn token(&self, script: &Script, claims: &Value) -> String {
        let named = format!("key-{}", script.key);
        let (alg, kid, key) = match script.signing {
            Signing::Right => ("ES256", named, script.key),
            Signing::Forged => ("ES256", named, 2),
            Signing::Unknown => ("ES256", "key-2".to_owned(), 2),
            Signing::Nothing => ("none", named, 0),
            Signing::Shared => ("HS256", named, 0),
        };
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({ "alg": alg, "kid": kid })), part(claims));
        let signature = match alg {
            "none" => Vec::new(),
            "HS256" => ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes()), signed.as_bytes()).as_ref().to_vec(),
            _ => self.0[key].sign(&SystemRandom::new(), signed.as_bytes()).expect("a signature").as_ref().to_vec(),
        };
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

impl Provider {
    /// Begins to listen; its clock stands at `now_millis`.
    pub fn start(now_millis: i64) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let issuer = format!("http://{}/realms/buerger", listener.local_addr()?);
        let script = Script {
            claims: Map::new(),
            signing: Signing::Right,
            told: Value::Null,
            calls_itself: String::new(),
            now: now_millis / 1_000,
            nonce: String::new(),
            challenge: String::new(),
            is_used: false,
            key: 0,
            asked: Vec::new(),
        };
        let (script, over, keys, name) = (Arc::new(Mutex::new(script)), Arc::new(AtomicBool::new(false)), Keys::new(), issuer.clone());
        let (own, ends) = (Arc::clone(&script), Arc::clone(&over));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                if let Ok(stream) = stream {
                    // Who hangs up has nothing to hear.
                    let _ = serve(stream, &name, &own, &keys);
                }
            }
        });
        Ok(Self { issuer, script, over, thread: Some(thread) })
    }

    /// Changes what it says.
    pub fn say(&self, change: impl FnOnce(&mut Script)) {
        change(&mut self.script.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Lays claims over what it says of somebody.
    pub fn claim(&self, claims: Value) {
        self.say(|script| script.claims = claims.as_object().cloned().unwrap_or_default());
    }

    /// Hears of somebody who comes: the code can be exchanged once.
    pub fn expect(&self, nonce: &str, challenge: &str) {
        self.say(|script| {
            script.nonce = nonce.to_owned();
            script.challenge = challenge.to_owned();
            script.is_used = false;
        });
    }

    /// Signs with another key from now on, and publishes that one instead.
    pub fn change_key(&self) {
        self.say(|script| script.key = 1);
    }

    /// How often a path was asked.
    pub fn asked(&self, path: &str) -> usize {
        let script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
        script.asked.iter().filter(|asked| asked.ends_with(path)).count()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // Wakes the listener, which then sees that it is over.
        let _ = TcpStream::connect(self.issuer.trim_start_matches("http://").split('/').next().unwrap_or_default());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Asked {
    path: String,
    authorization: String,
    body: String,
}

fn read(stream: &TcpStream) -> std::io::Result<Asked> {
    let mut lines = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    lines.read_line(&mut line)?;
    let mut asked = Asked { path: line.split(' ').nth(1).unwrap_or_default().to_owned(), authorization: String::new(), body: String::new() };
    loop {
        let mut header = String::new();
        if lines.read_line(&mut header)? <= 2 {
            break;
        }
        let (name, value) = header.split_once(':').unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap_or(0),
            "authorization" => asked.authorization = value.trim().to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body)?;
    asked.body = String::from_utf8_lossy(&body).into_owned();
    Ok(asked)
}

fn serve(mut stream: TcpStream, issuer: &str, script: &Mutex<Script>, keys: &Keys) -> std::io::Result<()> {
    let asked = read(&stream)?;
    let mut script = script.lock().unwrap_or_else(PoisonError::into_inner);
    script.asked.push(asked.path.clone());
    let (status, said) = answer(&asked, issuer, &mut script, keys);
    let body = said.to_string();
    write!(stream, "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn answer(asked: &Asked, issuer: &str, script: &mut Script, keys: &Keys) -> (u16, Value) {
    let name = if script.calls_itself.is_empty() { issuer.to_owned() } else { script.calls_itself.clone() };
    let at = |path: &str| format!("{issuer}{path}");
    match asked.path.rsplit('/').next().unwrap_or_default() {
        "openid-configuration" => (
            200,
            json!({
                "issuer": name, "authorization_endpoint": at("/auth?kc=1"), "token_endpoint": at("/token"), "jwks_uri": at("/keys"),
                "userinfo_endpoint": at("/userinfo"), "end_session_endpoint": at("/out"),
            }),
        ),
        "keys" => (200, json!({ "keys": [{ "kty": "oct" }, keys.published(script.key)] })),
        "token" => token(asked, &name, script, keys),
        "userinfo" if asked.authorization == "Bearer opaque" => (200, script.told.clone()),
        _ => (404, Value::Null),
    }
}

/// A code counts once, for the client that shows its secret, with the verifier of the browser's errand.
fn token(asked: &Asked, name: &str, script: &mut Script, keys: &Keys) -> (u16, Value) {
    let field = |name: &str| asked.body.split('&').filter_map(|pair| pair.split_once('=')).find(|(own, _)| *own == name).map_or("", |(_, value)| value);
    let basic = format!("Basic {}", STANDARD.encode("musterau:geheim%3A%20100%25%20%2F%C3%84"));
    let verifier = URL_SAFE_NO_PAD.encode(digest(&SHA256, field("code_verifier").as_bytes()));
    if asked.authorization != basic {
        return (401, json!({ "error": "invalid_client" }));
    }
    if script.is_used || field("code") != CODE || verifier != script.challenge || field("grant_type") != "authorization_code" {
        return (400, json!({ "error": "invalid_grant" }));
    }
    script.is_used = true;
    let mut claims = json!({
        "iss": name, "aud": "musterau", "sub": "subject-7", "nonce": script.nonce, "iat": script.now, "exp": script.now + 300,
        "email": "ida@buerger.example", "email_verified": true,
    });
    for (name, value) in &script.claims {
        if let Some(claims) = claims.as_object_mut() {
            if value.is_null() {
                claims.remove(name)
            } else {
                claims.insert(name.clone(), value.clone())
            };
        }
    }
    (200, json!({ "token_type": "Bearer", "access_token": "opaque", "id_token": keys.token(script, &claims) }))
}
