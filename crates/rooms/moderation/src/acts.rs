//! What happens when somebody decides: one transaction in which the decision is written, the contribution changes its standing, reports
//! and objections are answered, and the mails are put into the queue.

use crate::mails;
use crate::pages::words;
use crate::rules::{self, Action, LAW, PAGE, Verdict};
use crate::store::appeals::{self, Appeal};
use crate::store::decisions::{self, Decided, Ground};
use crate::store::{self, Object, Reported};
use allmende_core::{Language, Refusal};
use allmende_db::Tx;
use allmende_platform::moderated::{Change, Contribution, Moderated};
use allmende_platform::thread::{self, Step};
use allmende_platform::{App, AppError, Ctx};

/// The kind of contribution that a room offers.
#[must_use]
pub fn offered<'a>(app: &'a App, kind: &str) -> Option<&'a Moderated> {
    app.parts.ports.moderated.iter().find(|offered| offered.kind == kind)
}

/// A contribution or a page on the desk: what it is, and how it stands if a room offers it.
#[derive(Debug, Clone)]
pub struct Subject {
    /// What it is.
    pub object: Object,
    /// The contribution; nothing for a page.
    pub contribution: Option<Contribution>,
}

/// Finds what a decision would be about: a contribution, or a page that was reported.
///
/// # Errors
/// What the database reports.
pub fn find_subject(tx: &mut Tx<'_>, app: &App, kind: &str, object_id: i64, reports: &[Reported]) -> Result<Option<Subject>, AppError> {
    if let Some(offered) = offered(app, kind) {
        let found = (offered.find)(tx, object_id)?;
        return Ok(found.map(|contribution| {
            let object = Object { kind: kind.to_owned(), object_id, path: contribution.path.clone(), title: contribution.title.clone() };
            Subject { object, contribution: Some(contribution) }
        }));
    }
    let reported = reports.first().filter(|_| kind == PAGE);
    Ok(reported.map(|report| Subject { object: report.object.clone(), contribution: None }))
}

/// Writes a decision with all that follows from it.
///
/// # Errors
/// `admin-moderation-refusal-action` if the contribution changed meanwhile; what the database reports.
pub fn decide(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, subject: &Subject, verdict: &Verdict, reports: &[Reported]) -> Result<i64, AppError> {
    let is_on_notice = reports.iter().any(|report| report.decision.is_none());
    let decision = write(tx, app, ctx, subject, verdict, is_on_notice)?;
    store::close(tx, &subject.object.kind, subject.object.object_id, decision)?;
    let Some(decided) = decisions::find(tx, decision)? else { return Err(AppError::NotFound) };
    let concerns_author = verdict.action.restricts() || verdict.action == Action::Restore;
    let answered = store::list_answered_by(tx, decision)?;
    tell(tx, app, ctx, &decided, concerns_author, &answered)?;
    Ok(decision)
}

/// Answers an objection: agrees, so that the decision is turned round, or leaves it as it is. Always told to both sides.
///
/// # Errors
/// `NotFound` for an objection that is not there or was answered; `admin-moderation-refusal-same` for whoever decided first;
/// `admin-moderation-refusal-words` and `admin-moderation-refusal-rule` as for any decision.
pub fn decide_appeal(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, id: i64, agrees: bool, rule: &str, words: &str) -> Result<Object, AppError> {
    let Some(appeal) = appeals::find(tx, id)?.filter(|appeal| appeal.answer.is_none()) else { return Err(AppError::NotFound) };
    let Some(first) = decisions::find(tx, appeal.decision)? else { return Err(AppError::NotFound) };
    rules::check_second(ctx.actor.person(), first.person)?;
    rules::reason(words, "admin-moderation-refusal-words")?;
    let reports = store::list_of(tx, &first.object.kind, first.object.object_id)?;
    let subject = find_subject(tx, app, &first.object.kind, first.object.object_id, &reports)?
        .unwrap_or_else(|| Subject { object: first.object.clone(), contribution: None });
    let verdict = answer(&first, &subject, agrees, rule, words)?;
    let decision = write(tx, app, ctx, &subject, &verdict, true)?;
    if !appeals::answer(tx, id, decision)? {
        return Err(AppError::NotFound);
    }
    let Some(decided) = decisions::find(tx, decision)? else { return Err(AppError::NotFound) };
    let reporters = concerned(tx, &first, &appeal)?;
    tell(tx, app, ctx, &decided, true, &reporters)?;
    Ok(subject.object)
}

fn answer(first: &Decided, subject: &Subject, agrees: bool, rule: &str, words: &str) -> Result<Verdict, AppError> {
    let words = words.to_owned();
    if !agrees {
        return Ok(Verdict { action: Action::Uphold, rule: None, words });
    }
    // A page of another room cannot be hidden here; who is responsible for it is asked to.
    let turned = rules::reversed(first.action).ok_or(AppError::NotFound)?;
    let action = if subject.contribution.is_none() { Action::Pass } else { turned };
    let rule = rules::RULES.into_iter().chain([LAW]).find(|known| *known == rule);
    if action.restricts() && rule.is_none() {
        return Err(Refusal::of_field("rule", "admin-moderation-refusal-rule").into());
    }
    Ok(Verdict { action, rule: rule.filter(|_| action.restricts()), words })
}

/// Who is told of the answer to an objection: those whose reports the first decision answered, and whoever objected.
fn concerned(tx: &mut Tx<'_>, first: &Decided, appeal: &Appeal) -> Result<Vec<Reported>, AppError> {
    let mut reports = store::list_answered_by(tx, first.id)?;
    if let Some(own) = appeal.report
        && !reports.iter().any(|report| report.id == own)
    {
        reports.extend(store::find(tx, own)?);
    }
    Ok(reports)
}

/// Writes the decision, changes the standing and records the step.
fn write(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, subject: &Subject, verdict: &Verdict, is_on_notice: bool) -> Result<i64, AppError> {
    let object = &subject.object;
    // The words of the rule as they stand now, in the language that every site has.
    let rule_text = verdict.rule.map(|rule| words::rule(&ctx.site, app.speak(Language::German), rule).1);
    let author = subject.contribution.as_ref().and_then(|contribution| contribution.author);
    let ground = Ground { rule_text: rule_text.as_deref(), is_on_notice, author };
    let decision = decisions::insert(tx, object, verdict, &ground, &ctx.actor)?;
    if let Some((to, offered)) = verdict.action.leads_to().zip(offered(app, &object.kind)) {
        let change = Change { object_id: object.object_id, to, actor: &ctx.actor, reason: &verdict.words };
        let is_there = subject.contribution.as_ref().is_some_and(|contribution| contribution.standing == to);
        if !(offered.set_standing)(tx, &change)? && !is_there {
            return Err(Refusal::of_field("action", "admin-moderation-refusal-action").into());
        }
    }
    if let Some(node) = thread::find(tx, &object.kind, object.object_id)? {
        // Strangers read it in the log, where no name and no title stands.
        let step = Step { kind: verdict.action.key(), reason: Some(&verdict.words), detail: verdict.rule, is_public: false };
        thread::record(tx, node, &ctx.actor, &step)?;
    }
    Ok(decision)
}

/// Puts the mails into the queue: to the author what was done and why, to reporters what became of their report.
fn tell(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, decided: &Decided, concerns_author: bool, reports: &[Reported]) -> Result<(), AppError> {
    if let Some((author, offered)) = decided.author.filter(|_| concerns_author).zip(offered(app, &decided.object.kind))
        && let Some(reach) = (offered.reach)(tx, author)?
    {
        mails::to_author(tx, app, ctx, decided, &reach)?;
    }
    for report in reports {
        mails::answer(tx, app, ctx, decided, report)?;
    }
    Ok(())
}
