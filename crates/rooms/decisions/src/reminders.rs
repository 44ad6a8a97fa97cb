//! Deadlines remind the department: a mail to each of its people when a day comes near and when it has passed.
//!
//! A job each day, and one mail to a person with everything that is due. Which reminder went out is kept with the deadline:
//! a new day begins anew, and nobody gets the same reminder twice.

use crate::store::reminders::{self, Due, Member};
use allmende_core::{Id, Site};
use allmende_db::{Db, Scope};
use allmende_platform::AppError;
use allmende_platform::dates::Dates;
use allmende_platform::jobs::{Every, JobContext, JobError, Outcome};
use allmende_platform::mail::{self, Mail};
use allmende_platform::sites::{self, Settings};
use allmende_platform::texts::Texts;
use askama::Template;

/// The kind of this job.
pub const JOB: &str = "decision-reminders";
/// When it runs: each hour, so that a day begins early wherever the site's clocks are; each reminder goes out once.
pub const SCHEDULE: Every = Every { key: JOB, seconds: 3_600, kind: JOB };

struct Line {
    title: String,
    path: String,
    note: String,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "beschluss/mail.html")]
struct HtmlPart<'a> {
    greeting: &'a str,
    lines: &'a [Line],
    closing: &'a str,
    link: &'a str,
    link_text: &'a str,
    base: &'a str,
}

/// Writes what is due on all sites.
///
/// # Errors
/// What the database reports.
pub fn handle(context: &JobContext, texts: &'static Texts) -> Result<Outcome, JobError> {
    write_due(&context.db, texts).map_err(|error| JobError::Transient(error.to_string()))?;
    Ok(Outcome::Done)
}

/// Writes a mail to everybody for whom something is due; each reminder once.
///
/// # Errors
/// What the database reports.
pub fn write_due(db: &Db, texts: &'static Texts) -> Result<(), AppError> {
    let sites = db.read_blocking::<_, AppError>(Scope::Installation, |tx| Ok(sites::list(tx)?))?;
    for site in sites {
        let (id, site): (Id<Site>, Settings) = (site.id, site);
        db.write_blocking::<_, AppError>(id, move |tx| {
            let now = tx.now()?;
            let due = reminders::list_due(tx, now.at(&site.zone).date())?;
            if due.is_empty() {
                return Ok(());
            }
            let members = reminders::list_members(tx)?;
            for mail in mails(&site, texts, &due, &members, now)? {
                mail::enqueue(tx, &mail)?;
            }
            due.iter().try_for_each(|due| reminders::mark(tx, due))?;
            Ok(())
        })?;
    }
    Ok(())
}

/// One mail for each person with something due.
fn mails(site: &Settings, texts: &'static Texts, due: &[Due], members: &[Member], now: allmende_core::Instant) -> Result<Vec<Mail>, AppError> {
    let mut out = Vec::new();
    for of_person in members.chunk_by(|one, other| one.person == other.person) {
        let own: Vec<&Due> = due.iter().filter(|due| of_person.iter().any(|member| member.department == due.department)).collect();
        if let Some(member) = of_person.first().filter(|_| !own.is_empty()) {
            out.push(mail(site, texts, &own, member, now)?);
        }
    }
    Ok(out)
}

fn mail(site: &Settings, texts: &'static Texts, due: &[&Due], member: &Member, now: allmende_core::Instant) -> Result<Mail, AppError> {
    let t = texts.speak(member.language);
    let dates = Dates::new(t, site.zone.clone(), now);
    let lines: Vec<Line> = due
        .iter()
        .map(|due| {
            let days = dates.days_until(due.expected_on);
            let note = if days < 0 {
                t.with("admin-decision-mail-late", &[("count", (-days).into()), ("day", (&dates.day(due.expected_on)).into())])
            } else {
                t.with("admin-decision-mail-soon", &[("until", (&dates.until(due.expected_on)).into())])
            };
            Line { title: due.title.clone(), path: format!("/verwaltung/beschluesse/{}", due.id), note, is_late: days < 0 }
        })
        .collect();
    let greeting = t.count("admin-decision-mail-greeting", lines.len());
    let (closing, link_text) = (t.with("admin-decision-mail-closing", &[("site", (&site.name).into())]), t.get("admin-decision-mail-link"));
    let link = format!("{}/verwaltung/beschluesse", site.base_url);
    let listed: Vec<String> = lines.iter().map(|line| format!("* {}\n  {}\n  {}{}\n", line.title, line.note, site.base_url, line.path)).collect();
    let html = HtmlPart { greeting: &greeting, lines: &lines, closing: &closing, link: &link, link_text, base: &site.base_url };
    Ok(Mail {
        to: member.email.clone(),
        subject: t.count("admin-decision-mail-subject", lines.len()),
        text: format!("{greeting}\n\n{}\n{link_text}:\n{link}\n\n{closing}\n", listed.join("\n")),
        html: Some(html.render().map_err(anyhow::Error::from)?),
        language: member.language,
    })
}
