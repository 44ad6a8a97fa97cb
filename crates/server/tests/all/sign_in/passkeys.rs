//! Passkeys through the pages, with a device that the test plays: added, used, refused, removed.

use super::{count, rows};
use crate::town::in_town;
use allmende_core::Role;
use allmende_db::{DbError, Scope, sql};
use allmende_testing::town::{Answer, PASSWORD, TestTown};
use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::Value;

const HERE: &str = "http://musterau.example";

/// A device with one key.
struct Device {
    pair: EcdsaKeyPair,
    credential: Vec<u8>,
    counter: u32,
    handle: String,
}

/// What the page says in the options for the script.
fn options(page: &str, kind: &str) -> Result<Value> {
    let text = page.split(&format!("data-passkey=\"{kind}\" data-options=\"")).nth(1).and_then(|rest| rest.split('"').next()).context("no options")?;
    Ok(serde_json::from_str(&text.replace("&#34;", "\"").replace("&#38;", "&"))?)
}

fn word(options: &Value, name: &str) -> Result<String> {
    Ok(options[name].as_str().with_context(|| format!("no {name} in {options}"))?.to_owned())
}

fn client(kind: &str, challenge: &str, origin: &str) -> Vec<u8> {
    format!(r#"{{"type":"webauthn.{kind}","challenge":"{}","origin":"{origin}","crossOrigin":false}}"#, URL_SAFE_NO_PAD.encode(challenge)).into_bytes()
}

/// The fields of a form, as a test may change them.
type Sent = Vec<(&'static str, String)>;

impl Device {
    fn new(number: u8) -> Result<Self> {
        let chance = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &chance).ok().context("no key")?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &chance).ok().context("no key")?;
        Ok(Self { pair, credential: vec![number; 32], counter: 1, handle: String::new() })
    }

    fn data(&self, flags: u8, rest: &[u8]) -> Vec<u8> {
        [digest(&SHA256, b"musterau.example").as_ref(), &[flags], &self.counter.to_be_bytes(), rest].concat()
    }

    /// Makes a key for what the page asks.
    fn added(&mut self, options: &Value, name: &str) -> Result<Sent> {
        self.handle = word(options, "user")?;
        let (x, y) = self.pair.public_key().as_ref()[1..].split_at(32);
        let key = [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32][..], x, &[0x22, 0x58, 32], y].concat();
        let rest = [&[0; 16][..], &[0, 32], &self.credential, &key].concat();
        let challenge = word(options, "challenge")?;
        Ok(vec![
            ("name", name.to_owned()),
            ("old", PASSWORD.to_owned()),
            ("credential", URL_SAFE_NO_PAD.encode(&self.credential)),
            ("client", URL_SAFE_NO_PAD.encode(client("create", &challenge, HERE))),
            ("data", URL_SAFE_NO_PAD.encode(self.data(0x45, &rest))),
            ("challenge", challenge),
        ])
    }

    /// Signs what the page asks.
    fn signed(&mut self, options: &Value, origin: &str) -> Result<Sent> {
        self.counter += 1;
        let challenge = word(options, "challenge")?;
        let (client, data) = (client("get", &challenge, origin), self.data(5, &[]));
        let signed = [data.as_slice(), digest(&SHA256, &client).as_ref()].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &signed).ok().context("no signature")?;
        Ok(vec![
            ("credential", URL_SAFE_NO_PAD.encode(&self.credential)),
            ("client", URL_SAFE_NO_PAD.encode(client)),
            ("data", URL_SAFE_NO_PAD.encode(data)),
            ("signature", URL_SAFE_NO_PAD.encode(signature.as_ref())),
            ("handle", self.handle.clone()),
            ("challenge", challenge),
        ])
    }
}

async fn send(town: &TestTown, path: &str, sent: &Sent, token: Option<&str>) -> Result<Answer> {
    let fields: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let ask = town.post(path, &fields);
    match token {
        Some(token) => ask.with_token(token).send().await,
        None => ask.send().await,
    }
}

async fn to_add(town: &TestTown, token: &str) -> Result<Value> {
    options(&town.get("/konto/zugang").with_token(token).send().await?.expect(200)?.body, "create")
}

async fn to_sign_in(town: &TestTown) -> Result<Value> {
    options(&town.get("/anmelden").send().await?.expect(200)?.body, "get")
}

async fn session(town: &TestTown) -> Result<String> {
    town.post("/anmelden", &[("email", "resident@musterau.example"), ("password", PASSWORD)]).send().await?.session().context("no session")
}

/// A resident's device with a key that the site knows, and the session in which it was added.
async fn set_up(town: &TestTown) -> Result<(Device, String)> {
    let (mut device, token) = (Device::new(7)?, session(town).await?);
    let sent = device.added(&to_add(town, &token).await?, "Mein Telefon")?;
    let added = send(town, "/konto/zugang/passkey", &sent, Some(&token)).await?.expect(303)?;
    ensure!(added.location() == "/konto/zugang?hinweis=passkey");
    Ok((device, token))
}

async fn keys(town: &TestTown) -> Result<i64> {
    count(town, sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM passkey WHERE site_id = site_id")).await
}

fn changed(sent: &Sent, name: &str, value: &str) -> Sent {
    sent.iter().map(|(own, kept)| (*own, if *own == name { value.to_owned() } else { kept.clone() })).collect()
}

#[test]
fn a_passkey_is_added_lets_in_and_is_removed() {
    in_town(async |town| {
        let (mut device, token) = set_up(&town).await?;
        let page = town.get("/konto/zugang").with_token(&token).send().await?.expect(200)?;
        ensure!(page.body.contains("Mein Telefon") && page.statements().is_some_and(|count| count <= 5), "{}", page.body);
        ensure!(to_add(&town, &token).await?["known"][0] == URL_SAFE_NO_PAD.encode(&device.credential), "the device is not asked for a second one");
        let mut sent = device.signed(&to_sign_in(&town).await?, HERE)?;
        sent.push(("weiter", "/orte".to_owned()));
        let came = send(&town, "/anmelden/passkey", &sent, None).await?.expect(303)?;
        ensure!(came.location() == "/orte", "{}", came.location());
        let elsewhere = came.session().context("no session")?;
        ensure!(town.get("/konto").with_token(&elsewhere).send().await?.expect(200)?.body.contains("resident@musterau.example"));
        let id = page.body.split("name=\"passkey\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no passkey")?.to_owned();
        town.post("/konto/zugang/entfernen", &[("passkey", &id)]).as_role(Role::Clerk).send().await?.expect(303)?;
        ensure!(keys(&town).await? == 1, "somebody else's number takes nothing");
        town.post("/konto/zugang/entfernen", &[("passkey", &id)]).with_token(&token).send().await?.expect(303)?;
        ensure!(keys(&town).await? == 0 && town.get("/konto").with_token(&elsewhere).send().await?.status == 303);
        let sent = device.signed(&to_sign_in(&town).await?, HERE)?;
        send(&town, "/anmelden/passkey", &sent, None).await?.expect(422)?;
        Ok(())
    });
}

#[test]
fn a_challenge_is_answered_once_within_a_quarter_of_an_hour() {
    in_town(async |mut town| {
        let (mut device, _) = set_up(&town).await?;
        let sent = device.signed(&to_sign_in(&town).await?, HERE)?;
        send(&town, "/anmelden/passkey", &sent, None).await?.expect(303)?;
        let before = rows(&town).await?;
        let again = send(&town, "/anmelden/passkey", &sent, None).await?.expect(422)?;
        ensure!(again.body.contains("Das hat zu lange gedauert") && again.session().is_none(), "{}", again.body);
        // Whoever answers wrongly has used the challenge up too.
        let asked = to_sign_in(&town).await?;
        let wrong = device.signed(&asked, "https://evil.example")?;
        ensure!(send(&town, "/anmelden/passkey", &wrong, None).await?.expect(422)?.body.contains("kennen wir hier nicht"));
        let right = device.signed(&asked, HERE)?;
        ensure!(send(&town, "/anmelden/passkey", &right, None).await?.expect(422)?.body.contains("Das hat zu lange gedauert"));
        ensure!(rows(&town).await? == before);
        let (first, second) = (to_sign_in(&town).await?, to_sign_in(&town).await?);
        town.wait(899).await?;
        let sent = device.signed(&first, HERE)?;
        send(&town, "/anmelden/passkey", &sent, None).await?.expect(303)?;
        town.wait(1).await?;
        let sent = device.signed(&second, HERE)?;
        send(&town, "/anmelden/passkey", &sent, None).await?.expect(422)?;
        town.wait(900).await?;
        town.db().write::<_, DbError>(Scope::Installation, allmende_accounts::delete_outdated).await?;
        ensure!(count(&town, sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM passkey_challenge WHERE site_id = site_id")).await? == 0);
        Ok(())
    });
}

#[test]
fn an_answer_of_another_page_key_person_or_an_older_count_lets_nobody_in() {
    in_town(async |town| {
        let (mut device, _) = set_up(&town).await?;
        let mut other = Device { credential: device.credential.clone(), counter: 90, ..Device::new(7)? };
        let before = rows(&town).await?;
        let refuse = async |sent: Sent, words: &str| -> Result<()> {
            let page = send(&town, "/anmelden/passkey", &sent, None).await?.expect(422)?;
            ensure!(page.body.contains(words) && page.session().is_none(), "{words}: {}", page.body);
            Ok(())
        };
        let unknown = "kennen wir hier nicht";
        refuse(device.signed(&to_sign_in(&town).await?, "https://musterau.example")?, unknown).await?;
        refuse(other.signed(&to_sign_in(&town).await?, HERE)?, unknown).await?;
        let sent = device.signed(&to_sign_in(&town).await?, HERE)?;
        refuse(changed(&sent, "credential", "AAAA"), unknown).await?;
        let sent = device.signed(&to_sign_in(&town).await?, HERE)?;
        refuse(changed(&sent, "handle", "AAAA"), unknown).await?;
        let sent = device.signed(&to_sign_in(&town).await?, HERE)?;
        refuse(changed(&sent, "challenge", &word(&to_sign_in(&town).await?, "challenge")?), unknown).await?;
        refuse(changed(&sent, "challenge", "00.9999999999999.00"), "Das hat zu lange gedauert").await?;
        refuse(Vec::new(), "Das hat zu lange gedauert").await?;
        ensure!(rows(&town).await? == before);
        device.counter = 0;
        refuse(device.signed(&to_sign_in(&town).await?, HERE)?, "vielleicht kopiert").await?;
        device.counter = 200;
        let sent = device.signed(&to_sign_in(&town).await?, HERE)?;
        send(&town, "/anmelden/passkey", &sent, None).await?.expect(303)?;
        let block = format!("/verwaltung/menschen/{}/sperre", town.person(Role::Resident)?);
        town.post(&block, &[("block", "1")]).as_role(Role::Administrator).send().await?.expect(303)?;
        refuse(device.signed(&to_sign_in(&town).await?, HERE)?, unknown).await?;
        Ok(())
    });
}

#[test]
fn a_passkey_is_added_with_the_password_to_ones_own_account_only() {
    in_town(async |town| {
        let (mut device, token) = (Device::new(7)?, session(&town).await?);
        let asked = to_add(&town, &token).await?;
        let sent = device.added(&asked, "Mein Telefon")?;
        let refuse = async |sent: Sent, token: &str, words: &str| -> Result<()> {
            let page = send(&town, "/konto/zugang/passkey", &sent, Some(token)).await?.expect(422)?;
            ensure!(page.body.contains(words), "{words}: {}", page.body);
            Ok(())
        };
        refuse(changed(&sent, "old", "Apfelbaum im Winde"), &token, "href=\"#old\"").await?;
        refuse(changed(&sent, "name", " "), &token, "href=\"#name\"").await?;
        ensure!(send(&town, "/konto/zugang/passkey", &sent, None).await?.status == 403);
        let clerk = town.post("/anmelden", &[("email", "clerk@musterau.example"), ("password", PASSWORD)]).send().await?.session().context("no session")?;
        refuse(sent.clone(), &clerk, "Das hat zu lange gedauert").await?;
        ensure!(keys(&town).await? == 0);
        send(&town, "/konto/zugang/passkey", &sent, Some(&token)).await?.expect(303)?;
        refuse(sent, &token, "Das hat zu lange gedauert").await?;
        let twice = device.added(&to_add(&town, &clerk).await?, "Ihr Telefon")?;
        refuse(twice, &clerk, "schon eingerichtet").await?;
        ensure!(keys(&town).await? == 1);
        let (site, person) = (town.site.id, town.person(Role::Resident)?);
        let more = town.db().write::<_, DbError>(site, move |tx| {
            for number in 0..18_u8 {
                tx.execute(
                    sql!(
                        "INSERT INTO passkey (site_id, person_id, credential, public_key, counter, name, created_at) VALUES ($1, $2, $3, $3, 0, 'Noch eines', 0)"
                    ),
                    &[&site, &person, &vec![number]],
                )?;
            }
            Ok(())
        });
        more.await?;
        let twentieth = Device::new(8)?.added(&to_add(&town, &token).await?, "Das zwanzigste")?;
        send(&town, "/konto/zugang/passkey", &twentieth, Some(&token)).await?.expect(303)?;
        refuse(Device::new(9)?.added(&to_add(&town, &token).await?, "Zu viel")?, &token, "Mehr als 20 Passkeys").await?;
        ensure!(keys(&town).await? == 20);
        Ok(())
    });
}

#[test]
fn who_has_no_password_signs_in_once_more_before_a_passkey_is_added() {
    in_town(async |mut town| {
        let (token, person) = (session(&town).await?, town.person(Role::Resident)?);
        let without = sql!("UPDATE person SET password_hash = NULL WHERE id = $1");
        town.db().write::<_, DbError>(Scope::Installation, move |tx| tx.execute(without, &[&person])).await?;
        let sent = Device::new(7)?.added(&to_add(&town, &token).await?, "Mein Telefon")?;
        send(&town, "/konto/zugang/passkey", &sent, Some(&token)).await?.expect(303)?;
        let asked = to_add(&town, &token).await?;
        town.wait(890).await?;
        let fresh = to_add(&town, &token).await?;
        town.wait(10).await?;
        let page = town.get("/konto/zugang").with_token(&token).send().await?.expect(200)?;
        ensure!(!page.body.contains("data-passkey=\"create\"") && page.body.contains("action=\"/anmelden/link-schicken\""), "{}", page.body);
        for asked in [asked, fresh] {
            let sent = Device::new(8)?.added(&asked, "Noch eines")?;
            send(&town, "/konto/zugang/passkey", &sent, Some(&token)).await?.expect(422)?;
        }
        ensure!(keys(&town).await? == 1);
        Ok(())
    });
}
