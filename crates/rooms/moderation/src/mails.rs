//! The mails: a receipt, reasons to authors, answers to reporters. Plain text, in the language of whoever reads it.

use crate::links;
use crate::pages::words;
use crate::store::Reported;
use crate::store::decisions::Decided;
use allmende_core::Language;
use allmende_db::Tx;
use allmende_platform::dates::Dates;
use allmende_platform::mail::{self, Mail};
use allmende_platform::moderated::Reach;
use allmende_platform::{App, AppError, Ctx};

/// Confirms that a report came in (DSA, Art. 16 (4)).
pub(crate) fn receipt(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, report: &Reported) -> Result<(), AppError> {
    let Some(email) = &report.email else { return Ok(()) };
    let t = app.speak(report.language);
    let link = format!("{}{}", ctx.site.base_url, links::of_report(&app.parts.seal, ctx.site.id, report.id));
    let number = words::receipt(report.id);
    let place = format!("{}{}", ctx.site.base_url, report.object.path);
    let parts = [
        t.with("report-mail-received", &[("number", number.as_str().into())]),
        place,
        t.get("report-mail-next").to_owned(),
        format!("{}\n{link}", t.get("report-mail-link")),
    ];
    let subject = t.with("report-mail-subject", &[("number", number.as_str().into())]);
    send(tx, ctx, email, subject, &parts, report.language)
}

/// Tells a reporter what was decided and why, and how to object.
pub(crate) fn answer(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, decided: &Decided, report: &Reported) -> Result<(), AppError> {
    let Some(email) = &report.email else { return Ok(()) };
    let t = app.speak(report.language);
    let dates = Dates::new(t, ctx.site.zone.clone(), tx.now()?);
    let link = format!("{}{}", ctx.site.base_url, links::of_report(&app.parts.seal, ctx.site.id, report.id));
    let number = words::receipt(report.id);
    let mut parts = vec![t.with("report-mail-decided", &[("number", number.as_str().into())])];
    parts.extend(words::reasons(&ctx.site, t, &dates, decided).into_iter().map(|(label, text)| format!("{label}: {text}")));
    parts.push(format!("{}\n{link}", t.get("report-mail-object")));
    let subject = t.with("report-mail-decided-subject", &[("number", number.as_str().into())]);
    send(tx, ctx, email, subject, &parts, report.language)
}

/// Tells an author what was done with their contribution, why, and how to object (DSA, Art. 17).
pub(crate) fn to_author(tx: &mut Tx<'_>, app: &App, ctx: &Ctx, decided: &Decided, reach: &Reach) -> Result<(), AppError> {
    let t = app.speak(reach.language);
    let dates = Dates::new(t, ctx.site.zone.clone(), tx.now()?);
    let link = format!("{}{}", ctx.site.base_url, links::of_decision(&app.parts.seal, ctx.site.id, decided.id));
    let mut parts = vec![t.get("verdict-mail-intro").to_owned(), format!("»{}«", decided.object.title)];
    parts.extend(words::reasons(&ctx.site, t, &dates, decided).into_iter().map(|(label, text)| format!("{label}: {text}")));
    parts.push(format!("{}\n{link}", t.get("verdict-mail-link")));
    send(tx, ctx, &reach.email, t.get("verdict-mail-subject").to_owned(), &parts, reach.language)
}

fn send(tx: &mut Tx<'_>, ctx: &Ctx, to: &str, subject: String, parts: &[String], language: Language) -> Result<(), AppError> {
    let text = format!("{}\n\n{}\n{}\n", parts.join("\n\n"), ctx.site.name, ctx.site.base_url);
    mail::enqueue(tx, &Mail { to: to.to_owned(), subject, text, html: None, language })?;
    Ok(())
}
