//! Everybody gets exactly what matches, once: against another way of finding out.

use crate::invented::{More, in_town, publish, subscribe, work, write};
use allmende_db::sql;
use allmende_platform::thread::{self, LinkKind};
use allmende_subscriptions::rules::Frequency::{AtOnce, Daily, Weekly};
use anyhow::ensure;
use std::collections::BTreeMap;

const WORDS: [&str; 8] = ["Radweg", "Kita", "Schule", "Bach", "Wald", "Markt", "Bus", "Bad"];
const COMMITTEES: [&str; 3] = ["Bauausschuss", "Sozialausschuss", "Gemeinderat"];

/// Numbers that look drawn and are the same every time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
    fn of<'l>(&mut self, list: &[&'l str]) -> &'l str {
        list[usize::try_from(self.below(list.len() as u64)).unwrap_or(0)]
    }
}

/// What somebody wants, in this test's own words.
enum Wish {
    Word(&'static str),
    Committee(usize),
    Paper(i64),
    Impulse(i64),
    North,
}

struct Paper {
    id: i64,
    title: String,
    committee: &'static str,
    is_north: bool,
}

/// Papers 1 to 9 came out of impulse 1, 10 to 19 out of impulse 2 and so on.
fn wants(wish: &Wish, paper: &Paper) -> bool {
    match wish {
        Wish::Word(word) => paper.title.split(' ').any(|own| own == *word),
        Wish::Committee(number) => paper.committee == COMMITTEES[*number],
        Wish::Paper(id) => paper.id == *id,
        Wish::Impulse(number) => paper.id / 10 + 1 == *number,
        Wish::North => paper.is_north,
    }
}

#[test]
fn everybody_gets_exactly_what_matches_once() {
    in_town(async |mut town| {
        let mut draw = Draw(7);
        write(&town, |tx| {
            for (number, name) in COMMITTEES.iter().enumerate() {
                let object_id = i64::try_from(number).unwrap_or(0) + 1;
                thread::keep(tx, &node("organization", object_id, name))?;
            }
            for id in 1..=60 {
                let (paper, _) = thread::keep(tx, &node("paper", id, "Früher"))?;
                let (impulse, _) = thread::keep(tx, &node("impulse", id / 10 + 1, "Idee"))?;
                thread::link(tx, impulse, LinkKind::LeadsTo, paper)?;
            }
            Ok(())
        })
        .await?;
        let mut wishes: BTreeMap<String, Vec<Wish>> = BTreeMap::new();
        for number in 0..60 {
            let email = format!("reader{number:02}@x.example");
            for _ in 0..=draw.below(3) {
                let (wish, target) = match draw.below(5) {
                    0 => {
                        let word = draw.of(&WORDS);
                        (Wish::Word(word), format!("suche={word}"))
                    }
                    1 => {
                        let committee = usize::try_from(draw.below(3))?;
                        (Wish::Committee(committee), format!("gremium={}", committee + 1))
                    }
                    2 => {
                        let paper = i64::try_from(draw.below(60))? + 1;
                        (Wish::Paper(paper), format!("vorlage={paper}"))
                    }
                    3 => {
                        let impulse = i64::try_from(draw.below(6))? + 1;
                        (Wish::Impulse(impulse), format!("faden=impulse:{impulse}"))
                    }
                    _ => (Wish::North, "naehe=50,8&umkreis=5000".to_owned()),
                };
                let frequency = [AtOnce, Daily, Weekly][usize::try_from(draw.below(3))?];
                subscribe(&town, &email, &target, frequency).await?;
                wishes.entry(email.clone()).or_default().push(wish);
            }
        }
        let mut expected: BTreeMap<(String, String), usize> = BTreeMap::new();
        for batch in 0..6 {
            for number in 0..8 {
                let id = i64::try_from(draw.below(60))? + 1;
                let paper = Paper {
                    id,
                    title: format!("{} {} {batch}{number}", draw.of(&WORDS), draw.of(&WORDS)),
                    committee: draw.of(&COMMITTEES),
                    is_north: draw.below(2) == 0,
                };
                let more = More { committees: &[paper.committee], point: Some((if paper.is_north { 50.0 } else { 40.0 }, 8.0)), ..More::default() };
                publish(&town, "paper", paper.id, &paper.title, more).await?;
                // Each paper is followed at once: what is published again before has its newest title only.
                work(&town).await?;
                for (email, wishes) in &wishes {
                    if wishes.iter().any(|wish| wants(wish, &paper)) {
                        expected.insert((email.clone(), paper.title.clone()), 1);
                    }
                }
            }
            town.wait(86_400).await?;
            work(&town).await?;
        }
        town.wait(8 * 86_400).await?;
        work(&town).await?;
        let site = town.site.id;
        let told = write(&town, move |tx| {
            let statement = sql!(
                "SELECT r.email, i.title, CAST(COUNT(DISTINCT n.sent_at) AS BIGINT), CAST(SUM(CASE WHEN n.sent_at IS NULL THEN 1 ELSE 0 END) AS BIGINT) \
                 FROM subscription_news n JOIN subscription_item i ON i.id = n.item_id JOIN subscription_reader r ON r.id = n.reader_id \
                 WHERE n.site_id = $1 GROUP BY r.email, i.title"
            );
            tx.list(statement, &[&site], |row| Ok(((row.get::<String>(0)?, row.get::<String>(1)?), row.get::<i64>(2)?, row.get::<i64>(3)?)))
        })
        .await?;
        let found: BTreeMap<_, _> = told.iter().map(|(key, ..)| (key.clone(), 1)).collect();
        ensure!(found == expected, "missing {:?}, too much {:?}", missing(&expected, &found), missing(&found, &expected));
        ensure!(expected.len() > 300, "{}", expected.len());
        ensure!(told.iter().all(|(_, moments, unsent)| *moments == 1 && *unsent == 0), "each told at one moment, none left");
        Ok(())
    });
}

fn missing(of: &BTreeMap<(String, String), usize>, other: &BTreeMap<(String, String), usize>) -> Vec<(String, String)> {
    of.keys().filter(|key| !other.contains_key(*key)).take(5).cloned().collect()
}

fn node<'a>(kind: &'a str, object_id: i64, title: &'a str) -> thread::NodeData<'a> {
    thread::NodeData { kind, object_id, title, summary: None, path: "", happened_at: None, state: None }
}
