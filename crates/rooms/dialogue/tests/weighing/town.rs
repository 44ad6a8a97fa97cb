//! A town with one public consultation and statements on it, a third of them form letters.

use allmende_core::{Actor, Id, Language};
use allmende_db::{Clock, Db, Tx, schema, sql};
use allmende_dialogue::rules::{Audience, Channel, State};
use allmende_dialogue::store::participants::{self, Participant};
use allmende_dialogue::store::phases::{self, Part};
use allmende_dialogue::store::processes::{self, About, Process, Ways};
use allmende_dialogue::store::statements::{self, New};
use allmende_dialogue::store::versions::{self, NewVersion};
use allmende_platform::AppError;
use allmende_platform::app::Ports;
use allmende_platform::sessions::Token;
use allmende_platform::texts::Texts;
use allmende_testing::on_both_engines;
use allmende_testing::town::{Assembly, TestTown};
use allmende_texts::{Format, Limits, read};
use anyhow::{Context, Result, ensure};

pub const TEXT: &str = "# Baumsatzung\n\n## § 2 Schutz\n\nGeschützt ist jeder Laubbaum, dessen Stamm mehr als 80 Zentimeter Umfang hat.\n";

/// Runs a test in a new town on each engine.
pub fn in_town(test: impl AsyncFn(TestTown) -> Result<()>) {
    let run = || {
        let texts = Texts::load(&[allmende_platform::TEXTS, allmende_dialogue::TEXTS])?;
        let assembly =
            Assembly { routes: allmende_dialogue::routes, texts, navigation: Vec::new, desk: allmende_dialogue::desk, front: Vec::new, ports: Ports::default };
        on_both_engines(schema::MIGRATIONS, Clock::Database, |db: &Db| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async { test(TestTown::found(db, assembly).await?).await })
        })
    };
    if let Err(error) = run() {
        panic!("{error:?}");
    }
}

/// A public consultation; returns its process and version.
pub fn consultation(tx: &mut Tx<'_>) -> Result<(Process, i64, i64), AppError> {
    let about = About { title: "Welche Bäume sollen geschützt sein?".to_owned(), lead: "Die Baumsatzung.".to_owned(), ..About::default() };
    let ways = Ways { audience: Audience::open(), is_moderated_before: false, answer_days: Some(25) };
    let id = processes::insert(tx, "consultation", &about, &ways, None, &Actor::System)?;
    let part = Part { id: 0, position: 1, format: "consultation".to_owned(), title: "Satzung".to_owned(), intro: String::new(), settings: "{}".to_owned() };
    let part = phases::insert_part(tx, id, &part)?;
    processes::publish(tx, id, &Actor::System)?;
    let process = processes::find(tx, id)?.ok_or(AppError::NotFound)?;
    let version = give(tx, &process, part, TEXT)?;
    Ok((process, part, version))
}

/// Publishes the next version of the text.
pub fn give(tx: &mut Tx<'_>, process: &Process, part: i64, markdown: &str) -> Result<i64, AppError> {
    let text = read(Format::Markdown, markdown.as_bytes(), &Limits::default()).map_err(anyhow::Error::from)?.text;
    let version = versions::keep_draft(tx, part, text, &NewVersion { title: "Satzung".to_owned(), ..NewVersion::default() })?;
    let draft = versions::find(tx, version)?.ok_or(AppError::NotFound)?;
    versions::publish(tx, process, &draft, &Actor::System)?;
    Ok(version)
}

/// A public statement.
pub fn state(tx: &mut Tx<'_>, process: &Process, part: i64, version: i64, text: &str, by: Option<Id<Participant>>) -> Result<i64, AppError> {
    let now = tx.now()?;
    let new = New {
        part,
        version,
        anchor: None,
        participant: by,
        author_name: "Amsel 7".to_owned(),
        text: text.to_owned(),
        suggestion: None,
        place: None,
        channel: Channel::Web,
        state: State::Public,
        submitted_at: now,
        answer_by: now.at(&jiff::tz::TimeZone::UTC).date().checked_add(jiff::Span::new().days(25)).ok(),
        once: Token::random()?.text(),
    };
    Ok(statements::insert(tx, process, &new, &Actor::Stranger)?.id)
}

/// A guest whose address was confirmed.
pub fn guest(tx: &mut Tx<'_>, process: i64, email: &str, language: Language) -> Result<Id<Participant>, AppError> {
    let known = participants::of_guest(tx, process, email, "Gast", language)?;
    let token = Token::random()?;
    participants::insert_confirmation(tx, known.id, "statement", 1, &token)?;
    participants::confirm(tx, &token.text(), known.id)?;
    Ok(known.id)
}

const FIRST: [&str; 12] = ["Ida", "Otto", "Ute", "Karl", "Marta", "Emil", "Nele", "Jan", "Rosa", "Willi", "Hanne", "Kurt"];
const LAST: [&str; 11] = ["Amsel", "Buche", "Linde", "Weber", "Kranich", "Sommer", "Feld", "Bach", "Holz", "Berg", "Wiese"];
const STREETS: [&str; 9] = ["Lindenallee", "Am Anger", "Straße des Friedens", "Mühlweg", "Marktplatz", "Alte Gasse", "Bachstraße", "Am Wald", "Ringweg"];
const LETTERS: [&str; 3] = [
    "Sehr geehrte Damen und Herren, mein Name ist {name}, ich wohne {street}. Ich lehne den Entwurf der Baumsatzung ab, weil die Pflicht zur Ersatzpflanzung \
     auf kleinen Grundstücken nicht erfüllbar ist. Bitte nehmen Sie Grundstücke unter 300 Quadratmetern aus und lassen Sie eine Ausgleichszahlung zu. \
     Mit freundlichen Grüßen {name}",
    "Guten Tag, als Anwohnerin der {street} fordere ich: Schützen Sie Bäume schon ab 60 Zentimetern Umfang! Bis ein Baum 80 Zentimeter hat, vergehen 25 \
     Jahre, in denen er gefällt werden darf. Das Dorf verliert so seinen Schatten, und die Sommer werden heißer. {name}, {street}",
    "An den Gemeinderat. Der Obstwiesenverein und ich, {name} aus der {street}, bitten Sie, alte Obstbäume in die Satzung aufzunehmen. Hohe Birnbäume \
     prägen unser Ortsbild seit mehr als hundert Jahren und sind Lebensraum für Steinkauz und Wendehals. Hochachtungsvoll {name}",
];
const WISHES: [&str; 14] = [
    "mehr Bänke im Schatten",
    "eine kürzere Frist für Anträge",
    "weniger Papier für Eigentümer",
    "Schutz für Hecken am Bach",
    "Hilfe beim Gießen in trockenen Jahren",
    "eine Liste alter Bäume im Netz",
    "Ausnahmen für kranke Bäume",
    "höhere Bußgelder",
    "niedrigere Gebühren",
    "Nistkästen an der Schule",
    "Beratung vor dem Fällen",
    "Ersatz auch im Nachbarort",
    "ein Baumfest im Herbst",
    "Patenschaften für Straßenbäume",
];
const PLACES: [&str; 13] = [
    "am Friedhof",
    "in der Siedlung",
    "hinter der Kirche",
    "am Sportplatz",
    "an der Grundschule",
    "beim Feuerwehrhaus",
    "am Dorfteich",
    "im Gewerbegebiet",
    "am alten Bahnhof",
    "im Neubaugebiet",
    "an der Landstraße",
    "bei der Kita",
    "am Rathaus",
];
const REASONS: [&str; 11] = [
    "Dort wird es jeden Sommer unerträglich heiß.",
    "Meine Nachbarn sehen das genauso, wir haben lange darüber geredet.",
    "Früher ging das doch auch.",
    "In anderen Orten klappt es gut.",
    "Das kostet wenig und bringt viel.",
    "Seit dem letzten Sturm fehlt da jeder zweite Baum.",
    "Mit dem jetzigen Text weiß niemand, was gilt.",
    "Die Kinder brauchen Schatten auf dem Schulweg.",
    "Sonst bleibt die Satzung ein Stück Papier.",
    "Ich habe selbst schon zweimal nachgefragt und keine Antwort bekommen.",
    "Das Bauamt hat es mir im Frühjahr so erklärt.",
];

/// The statements of a deadline's day: the text, and for a form letter which one. Every third is one, with other names and streets.
pub fn statements_of_a_day(count: usize) -> Vec<(String, Option<usize>)> {
    let pick = |list: &[&'static str], number: usize| list[number % list.len()];
    let one = |number: usize| {
        if number.is_multiple_of(3) {
            let which = number / 3 % LETTERS.len();
            let name = format!("{} {}", pick(&FIRST, number / 9), pick(&LAST, number / 7));
            let street = format!("{} {}", pick(&STREETS, number / 3), number % 97 + 1);
            return (LETTERS[which].replace("{name}", &name).replace("{street}", &street), Some(which));
        }
        let text = format!(
            "Ich wünsche mir {} {}. {} Und noch etwas: {} wäre {} gut. {}",
            pick(&WISHES, number),
            pick(&PLACES, number / 2),
            pick(&REASONS, number / 3),
            pick(&WISHES, number * 5 + number / 14 + 3),
            pick(&PLACES, number * 3 + number / 13 + 1),
            pick(&REASONS, number * 7 + number / 11 + 2),
        );
        (text, None)
    };
    (0..count).map(one).collect()
}

/// The mails that wait: address, subject, text.
pub async fn mails(town: &TestTown) -> Result<Vec<(String, String, String)>> {
    let rows = town
        .db()
        .read(town.site.id, |tx| {
            tx.list(sql!("SELECT recipient, subject, text_part FROM mail WHERE site_id = site_id ORDER BY id"), &[], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
        })
        .await;
    rows.map_err(|error: allmende_db::DbError| error.into())
}

/// The number behind a name in a page, as in `name="bundle" value="7"`.
pub fn values(body: &str, name: &str) -> Vec<i64> {
    let sought = format!("name=\"{name}\" value=\"");
    body.split(&sought).skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
}

/// Fails unless a page was made of at most this many statements.
pub fn at_most(answer: &allmende_testing::town::Answer, statements: u64, page: &str) -> Result<()> {
    let made = answer.statements().context("no Server-Timing")?;
    ensure!(made <= statements, "{page}: {made} statements, not {statements}");
    Ok(())
}
