//! Ideas and comments in the database, on both engines.

use super::discussion::rules::{Sort as Order, Stance};
use super::discussion::store::{self as comments, On};
use super::ideas::rules::{self, Answer, Settings, Sort, State};
use super::ideas::store::{self as ideas, desk, lists};
use crate::rules::{Acts, Audience, Period, State as Stands};
use crate::store::participants::{self, Participant};
use crate::store::phases::{self, NewPhase, Part};
use crate::store::processes::{self, About, Process, Ways};
use allmende_core::{Actor, Id, Instant, Language, Site};
use allmende_db::{Clock, Db, DbError, Options, Scope, Target, Tx, migrate, schema};
use allmende_platform::AppError;
use allmende_platform::sites::{self, NewSite, SiteKind};
use allmende_testing::{Server, on_both_engines};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;

const NOW: i64 = 1_780_902_000_000;

#[derive(Clone, Copy)]
struct Place {
    site: Id<Site>,
    process: i64,
    ideas: i64,
    talk: i64,
}

fn found(db: &Db, settings: &Settings) -> Result<Place> {
    let site = db.write_blocking::<_, DbError>(Scope::Installation, |tx| {
        let site = NewSite {
            key: "musterau".to_owned(),
            kind: SiteKind::Municipality,
            name: "Gemeinde Musterau".to_owned(),
            base_url: "http://musterau.example".to_owned(),
            hue: 150,
            chroma_thousandths: 90,
            time_zone: "Europe/Berlin".to_owned(),
        };
        sites::insert(tx, &site)
    })?;
    let settings = settings.json();
    let (process, ideas, talk) = db.write_blocking::<_, DbError>(site, move |tx| {
        let ways = Ways { audience: Audience::open(), is_moderated_before: false, answer_days: Some(28) };
        let about = About { title: "Ideen für den Marktplatz".to_owned(), ..About::default() };
        let process = processes::insert(tx, "ideas", &about, &ways, None, &Actor::System)?;
        let part = |position, format: &str, settings: &str| Part {
            id: 0,
            position,
            format: format.to_owned(),
            title: format.to_owned(),
            intro: String::new(),
            settings: settings.to_owned(),
        };
        let ideas = phases::insert_part(tx, process, &part(1, "ideas", &settings))?;
        let talk = phases::insert_part(tx, process, &part(2, "discussion", "{}"))?;
        let period = Period { starts_at: Instant::from_millis(0), ends_at: Instant::from_millis(NOW * 2), acts: Acts::parse("propose comment support") };
        phases::replace(tx, process, &[NewPhase { part: None, title: "Jetzt".to_owned(), note: String::new(), period }])?;
        processes::publish(tx, process, &Actor::System)?;
        Ok((process, ideas, talk))
    })?;
    Ok(Place { site, process, ideas, talk })
}

fn on_engines(settings: &Settings, test: impl Fn(&Db, Place) -> Result<()>) {
    let outcome = on_both_engines(schema::MIGRATIONS, Clock::Fixed(Instant::from_millis(NOW)), |db| test(db, found(db, settings)?));
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

fn process(tx: &mut Tx<'_>, place: Place) -> Result<Process, AppError> {
    processes::find(tx, place.process)?.ok_or(AppError::NotFound)
}

fn guest(tx: &mut Tx<'_>, place: Place, name: &str) -> Result<Id<Participant>, AppError> {
    let known = participants::of_guest(tx, place.process, &format!("{name}@gast.example"), name, Language::German)?;
    participants::confirm(tx, "", known.id)?;
    Ok(known.id)
}

fn new_idea(place: Place, participant: Id<Participant>, number: usize, category: Option<&str>) -> ideas::New {
    ideas::New {
        part: place.ideas,
        participant: Some(participant),
        author_name: "Ida".to_owned(),
        title: format!("Bänke am Marktplatz {number}"),
        text: "Mehr Bänke, damit man sich ausruhen kann.".to_owned(),
        category: category.map(str::to_owned),
        place: None,
        point: None,
        state: State::Public,
        submitted_at: Instant::from_millis(NOW),
        answer_by: None,
        once: format!("{:05x}{number:059}", number * 7_919 % 0xf_ffff),
    }
}

fn propose(tx: &mut Tx<'_>, place: Place, new: &ideas::New, settings: &Settings) -> Result<ideas::Idea, AppError> {
    let process = process(tx, place)?;
    let sent = ideas::insert(tx, &process, settings, new, &Actor::Stranger)?;
    ideas::find_row(tx, sent.id)?.ok_or(AppError::NotFound)
}

/// A thousand attempts of one person, from eight threads over these databases; how many of them were told that they count.
fn a_thousand_supports(nodes: &[Db], place: Place) -> Result<(u64, i64)> {
    let (number, participant) = nodes[0].write_blocking::<_, AppError>(place.site, move |tx| {
        let (author, supporter) = (guest(tx, place, "autor")?, guest(tx, place, "bea")?);
        let idea = propose(tx, place, &new_idea(place, author, 1, None), &Settings::default())?;
        Ok((idea.number, supporter))
    })?;
    let threads: Vec<_> = (0..8_usize)
        .map(|thread| {
            let db = nodes[thread % nodes.len()].clone();
            std::thread::spawn(move || -> Result<u64, AppError> {
                let mut counted = 0;
                for _ in 0..125 {
                    let added = db.write_blocking::<_, AppError>(place.site, move |tx| {
                        let idea = ideas::find(tx, place.process, number, None)?.ok_or(AppError::NotFound)?;
                        ideas::add_support(tx, &idea, participant)
                    });
                    match added {
                        Ok(added) => counted += u64::from(added),
                        // So many at once on one row: the database may give up on one, which then does not count.
                        Err(AppError::Internal(_)) => {}
                        Err(error) => return Err(error),
                    }
                }
                Ok(counted)
            })
        })
        .collect();
    let mut told = 0;
    for thread in threads {
        told += thread.join().map_err(|_| anyhow::anyhow!("a thread broke"))??;
    }
    let counted =
        nodes[0].read_blocking::<_, AppError>(place.site, move |tx| Ok(ideas::find(tx, place.process, number, None)?.ok_or(AppError::NotFound)?.supports))?;
    Ok((told, counted))
}

#[test]
fn of_a_thousand_supports_by_one_person_on_two_nodes_exactly_one_counts() -> Result<()> {
    let server = Server::from_environment()?;
    let name = server.create()?;
    let options = Options { target: Target::Postgres(server.url_of(&name)), readers: 4, clock: Clock::Fixed(Instant::from_millis(NOW)) };
    let nodes = [Db::open(&options)?, Db::open(&options)?];
    migrate::run(&nodes[0], schema::MIGRATIONS)?;
    let place = found(&nodes[0], &Settings::default())?;
    let outcome = a_thousand_supports(&nodes, place);
    drop(nodes);
    server.remove(&name)?;
    ensure!(outcome? == (1, 1));
    Ok(())
}

#[test]
fn of_a_thousand_supports_by_one_person_exactly_one_counts() {
    on_engines(&Settings::default(), |db, place| {
        ensure!(a_thousand_supports(std::slice::from_ref(db), place)? == (1, 1));
        Ok(())
    });
}

#[test]
fn every_order_shows_each_idea_exactly_once_over_all_pages() {
    on_engines(&Settings::default(), |db, place| {
        db.write_blocking::<_, AppError>(place.site, move |tx| {
            let author = guest(tx, place, "autor")?;
            let people: Vec<_> = (0..3).map(|number| guest(tx, place, &format!("p{number}"))).collect::<Result<_, _>>()?;
            for number in 0..37 {
                let category = ["Grün", "Verkehr"][number % 2];
                let idea = propose(tx, place, &new_idea(place, author, number, Some(category)), &Settings::default())?;
                for person in people.iter().take(number % 4) {
                    ideas::add_support(tx, &idea, *person)?;
                }
            }
            Ok(())
        })?;
        for sort in Sort::ALL {
            for (category, all) in [(None, 37), (Some("Grün"), 19)] {
                let asked = lists::Asked {
                    part: place.ideas,
                    sort,
                    beginning: rules::SHUFFLE_END / 3,
                    category: category.map(str::to_owned),
                    ..lists::Asked::default()
                };
                let rows = db.read_blocking::<_, DbError>(place.site, move |tx| {
                    let (mut rows, mut from) = (Vec::new(), None);
                    loop {
                        let page = lists::list(tx, &asked, from, 10)?;
                        from = page.last().map(|row| lists::cursor(&asked, row));
                        let is_last = page.len() < 10;
                        rows.extend(page);
                        if is_last {
                            return Ok(rows);
                        }
                    }
                })?;
                let ids: BTreeSet<i64> = rows.iter().map(|row| row.id).collect();
                ensure!(rows.len() == all && ids.len() == all, "{sort:?} {category:?}: {} rows, {} ideas", rows.len(), ids.len());
                let is_sorted = match sort {
                    Sort::Newest => rows.is_sorted_by_key(|row| -row.id),
                    Sort::Supported => rows.is_sorted_by_key(|row| (-row.supports, -row.id)),
                    Sort::Chance => rows
                        .iter()
                        .position(|row| row.shuffle < rules::SHUFFLE_END / 3)
                        .is_some_and(|at| rows[at..].iter().all(|row| row.shuffle < rules::SHUFFLE_END / 3)),
                };
                ensure!(is_sorted, "{sort:?}");
            }
        }
        Ok(())
    });
}

#[test]
fn limits_per_person_hold_and_what_is_taken_back_frees_a_place() {
    let settings = Settings { per_person: Some(2), supports_per_person: Some(1), ..Settings::default() };
    on_engines(&settings.clone(), |db, place| {
        let settings = settings.clone();
        db.write_blocking::<_, AppError>(place.site, move |tx| {
            let (author, other) = (guest(tx, place, "autor")?, guest(tx, place, "bea")?);
            let one = propose(tx, place, &new_idea(place, author, 1, None), &settings)?;
            let two = propose(tx, place, &new_idea(place, author, 2, None), &settings)?;
            let third = propose(tx, place, &new_idea(place, author, 3, None), &settings);
            assert!(matches!(third, Err(AppError::Refused(refusal)) if refusal.key == "idea-limit"));
            assert!(ideas::add_support(tx, &one, other)?);
            assert!(!ideas::add_support(tx, &one, other)?, "the same again is once");
            assert!(ideas::remove_support(tx, one.id, other)? && !ideas::remove_support(tx, one.id, other)?);
            assert!(ideas::add_support(tx, &two, other)?);
            let process = process(tx, place)?;
            ideas::set_state(tx, &process, &one, State::Withdrawn, None, &Actor::Stranger)?;
            assert!(propose(tx, place, &new_idea(place, author, 3, None), &settings).is_ok());
            Ok(())
        })?;
        // A refused support leaves nothing behind: the whole closure is taken back.
        let refused = db.write_blocking::<_, AppError>(place.site, move |tx| {
            let other = guest(tx, place, "bea")?;
            let idea = lists::similar(tx, place.ideas, "Bänke am Marktplatz 3", None, 5)?.into_iter().next().ok_or(AppError::NotFound)?;
            let idea = ideas::find_row(tx, idea.id)?.ok_or(AppError::NotFound)?;
            ideas::add_support(tx, &idea, other)
        });
        ensure!(matches!(refused, Err(AppError::Refused(refusal)) if refusal.key == "idea-support-limit"));
        Ok(())
    });
}

#[test]
fn merging_counts_each_supporter_once_and_the_old_page_leads_on() {
    on_engines(&Settings::default(), |db, place| {
        db.write_blocking::<_, AppError>(place.site, move |tx| {
            let author = guest(tx, place, "autor")?;
            let (one, both) = (guest(tx, place, "einer")?, guest(tx, place, "beide")?);
            let from = propose(tx, place, &new_idea(place, author, 1, None), &Settings::default())?;
            let to = propose(tx, place, &new_idea(place, one, 2, None), &Settings::default())?;
            for (idea, person) in [(&from, one), (&from, both), (&to, both)] {
                ideas::add_support(tx, idea, person)?;
            }
            let process = process(tx, place)?;
            desk::merge(tx, &process, &from, &to, "Beide wollen dasselbe.", &Actor::System)?;
            let (from, to) = (ideas::find_row(tx, from.id)?.ok_or(AppError::NotFound)?, ideas::find_row(tx, to.id)?.ok_or(AppError::NotFound)?);
            // Who proposed the other idea does not support it by merging.
            assert_eq!((from.state, to.supports), (State::Merged, 1));
            let kin = lists::relatives(tx, from.id)?;
            assert!(kin.len() == 1 && kin[0].is_target && kin[0].number == to.number && kin[0].kind == "merged");
            assert!(lists::relatives(tx, to.id)?.iter().all(|kin| !kin.is_target));
            assert!(lists::similar(tx, place.ideas, &from.title, Some(to.id), 5)?.is_empty(), "a merged idea is not offered");
            let new = ideas::New { once: "a".repeat(64), title: "Ein Trinkbrunnen am Rathaus".to_owned(), ..new_idea(place, one, 3, None) };
            let part = desk::split(tx, &process, &to, &new, "Das ist eine eigene Idee.", &Actor::System)?;
            assert_eq!(lists::relatives(tx, part.id)?.first().map(|kin| (kin.kind.clone(), kin.is_target)), Some(("split".to_owned(), false)));
            desk::answer(tx, &to, Answer::Planned, "Die Bänke kommen im Frühjahr.", None, &Actor::System)?;
            assert!(ideas::find_row(tx, to.id)?.is_some_and(|idea| idea.answered_at.is_some() && idea.answer == Some(Answer::Planned)));
            assert_eq!(desk::hand_on(tx, &process, place.ideas, 1, &Actor::System)?, 1);
            assert_eq!(desk::hand_on(tx, &process, place.ideas, 1, &Actor::System)?, 0, "the list is made once");
            Ok(())
        })?;
        Ok(())
    });
}

fn comment(tx: &mut Tx<'_>, place: Place, on: On, name: &str, parent: Option<(i64, i64, i64)>, text: &str) -> Result<i64, AppError> {
    let (participant, process) = (guest(tx, place, name)?, process(tx, place)?);
    let new = comments::New {
        on,
        parent,
        participant: Some(participant),
        author_name: name.to_owned(),
        stance: Some(Stance::For),
        text: text.to_owned(),
        state: Stands::Public,
        submitted_at: tx.now()?,
        once: format!("{name} {text}"),
    };
    comments::insert(tx, &process, &new)
}

#[test]
fn a_page_of_threads_holds_their_answers_and_goes_on_behind_the_last() {
    on_engines(&Settings::default(), |db, place| {
        let rows = db.write_blocking::<_, AppError>(place.site, move |tx| {
            let on = On::Part(place.talk);
            let threads = comments::THREADS + 5;
            for number in 0..threads {
                let root = comment(tx, place, on, "anna", None, &format!("Gedanke {number}"))?;
                if number % 50 == 0 {
                    let answer = comment(tx, place, on, "bert", Some((root, root, 0)), &format!("Antwort {number}"))?;
                    comment(tx, place, on, "cleo", Some((answer, root, 1)), &format!("Noch eine {number}"))?;
                }
            }
            let first = comments::list(tx, on, None, Order::Newest, None)?;
            let last = first.iter().filter(|row| row.depth == 0).map(|row| row.id).min();
            let second = comments::list(tx, on, None, Order::Newest, last)?;
            let oldest = comments::list(tx, on, None, Order::Oldest, None)?;
            assert_eq!(oldest.iter().filter(|row| row.depth == 0).map(|row| row.id).min(), second.iter().map(|row| row.id).min());
            assert_eq!(comments::voices(tx, on)?, [(3, 2), (threads, 1)]);
            Ok((first, second))
        })?;
        let ids: BTreeSet<i64> = rows.0.iter().chain(&rows.1).map(|row| row.id).collect();
        ensure!(ids.len() == 111 && rows.0.len() + rows.1.len() == 111, "{} and {}", rows.0.len(), rows.1.len());
        ensure!(rows.1.iter().filter(|row| row.depth == 0).count() == 5);
        Ok(())
    });
}

#[test]
fn a_hidden_comment_keeps_its_place_and_loses_its_words_and_its_vote() {
    on_engines(&Settings::default(), |db, place| {
        db.write_blocking::<_, AppError>(place.site, move |tx| {
            let on = On::Part(place.talk);
            let root = comment(tx, place, on, "anna", None, "Ein grober Satz.")?;
            comment(tx, place, on, "bert", Some((root, root, 0)), "So nicht.")?;
            let (process, found) = (process(tx, place)?, comments::find(tx, root, None)?.ok_or(AppError::NotFound)?);
            comments::update_text(tx, &found, "Ein noch gröberer Satz.")?;
            assert_eq!(comments::list_edits(tx, root)?.first().map(|(text, _)| text.clone()), Some("Ein grober Satz.".to_owned()));
            comments::set_state(tx, &process, &found, Stands::Hidden, Some("Das ist eine Beleidigung."), &Actor::System)?;
            let rows = comments::list(tx, on, None, Order::Newest, None)?;
            assert!(rows.len() == 2 && rows[0].text.is_empty() && rows[0].reason.as_deref() == Some("Das ist eine Beleidigung."));
            assert_eq!(comments::voices(tx, on)?, [(1, 1)]);
            assert_eq!(processes::find(tx, place.process)?.map(|process| process.comments), Some(1));
            Ok(())
        })?;
        Ok(())
    });
}

#[test]
fn who_is_named_is_told_once_and_at_most_each_hour() {
    on_engines(&Settings::default(), |db, place| {
        let named = |db: &Db, hours: i64, text: &'static str| {
            db.with_clock(Clock::Fixed(Instant::from_millis(NOW + hours * 3_600_000))).write_blocking::<_, AppError>(place.site, move |tx| {
                if !text.is_empty() {
                    comment(tx, place, On::Part(place.talk), "bert", None, text)?;
                }
                let named = comments::list_named(tx)?;
                named.iter().try_for_each(|named| comments::told(tx, named))?;
                Ok(named.len())
            })
        };
        db.write_blocking::<_, AppError>(place.site, move |tx| comment(tx, place, On::Part(place.talk), "anna", None, "Guten Tag"))?;
        ensure!(named(db, 0, "Das sehe ich wie @anna.")? == 1, "she is told");
        ensure!(named(db, 0, "Und noch etwas, @Anna: ja.")? == 0, "not twice within the hour");
        ensure!(named(db, 2, "")? == 1 && named(db, 4, "")? == 0, "later, and once");
        ensure!(named(db, 5, "@bert bin ich selbst, und @niemand ist nicht da")? == 0);
        Ok(())
    });
}

#[test]
fn a_comment_on_an_idea_counts_there() {
    on_engines(&Settings::default(), |db, place| {
        let count = db.write_blocking::<_, AppError>(place.site, move |tx| {
            let author = guest(tx, place, "autor")?;
            let idea = propose(tx, place, &new_idea(place, author, 1, None), &Settings::default())?;
            comment(tx, place, On::Idea(idea.id), "anna", None, "Gute Idee.")?;
            Ok(ideas::find_row(tx, idea.id)?.map(|idea| idea.comments))
        })?;
        ensure!(count == Some(1));
        Ok(())
    });
}

#[test]
fn the_once_key_of_a_form_is_taken_once() -> Result<()> {
    let outcome = on_both_engines(schema::MIGRATIONS, Clock::Fixed(Instant::from_millis(NOW)), |db| {
        let place = found(db, &Settings::default())?;
        let sent = db.write_blocking::<_, AppError>(place.site, move |tx| {
            let author = guest(tx, place, "autor")?;
            let new = new_idea(place, author, 1, None);
            let first = propose(tx, place, &new, &Settings::default())?;
            Ok((ideas::find_sent(tx, &new.once)?.map(|sent| sent.id), first.id))
        })?;
        ensure!(sent.0 == Some(sent.1));
        Ok(())
    });
    outcome.context("once")
}
