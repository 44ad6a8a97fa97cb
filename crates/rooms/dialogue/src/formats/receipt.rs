//! The page that somebody sees after sending a statement or an idea: its number, where it stands, and what happens next.

use crate::pages::frame;
use crate::pages::words::{State as Shape, Words};
use crate::rules::State;
use crate::store::processes::Process;
use allmende_core::Instant;
use allmende_platform::texts::Speaker;
use allmende_platform::web::{Shell, page};
use allmende_platform::{App, AppError, Ctx};
use askama::Template;
use axum::response::Response;
use jiff::civil::Date;

/// What was sent.
pub(crate) struct Receipt {
    /// An idea; else a statement.
    pub is_idea: bool,
    /// Its receipt number.
    pub number: String,
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub state: State,
    /// When it was made.
    pub submitted_at: Instant,
    /// Until when an answer is promised.
    pub answer_by: Option<Date>,
    /// Where one goes on.
    pub back: String,
}

#[derive(Template)]
#[template(path = "beteiligung/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    t: Speaker,
    words: Words,
    title: String,
    thanks: &'static str,
    next: &'static str,
    receipt: String,
    day: String,
    state: Shape,
    text: String,
    promise: Option<String>,
    keep: &'static str,
    back: String,
    onward: &'static str,
    own: bool,
}

impl Receipt {
    /// The page.
    pub fn show(self, app: &App, ctx: &Ctx, process: &Process, now: Instant) -> Result<Response, AppError> {
        let (t, words) = (ctx.t, Words::new(ctx, now));
        let (thanks, keep, onward) = if self.is_idea {
            (t.get("idea-receipt-thanks"), t.get("idea-receipt-keep"), t.get("idea-receipt-back"))
        } else {
            (t.get("dialogue-receipt-thanks"), t.get("dialogue-receipt-keep"), t.get("dialogue-receipt-back"))
        };
        let next = match (self.state, self.is_idea) {
            (State::Unconfirmed, true) => t.get("idea-receipt-unconfirmed"),
            (State::Unconfirmed, false) => t.get("dialogue-receipt-unconfirmed"),
            (State::Waiting, true) => t.get("idea-receipt-waiting"),
            (State::Waiting, false) => t.get("dialogue-receipt-waiting"),
            (State::Public, true) => t.get("idea-receipt-public"),
            (State::Public, false) => t.get("dialogue-receipt-public"),
            (State::Hidden | State::Withdrawn, _) => "",
        };
        let mut shell = frame::shell(app, ctx, process, t.with("dialogue-receipt-title", &[("receipt", (&self.number).into())]))
            .crumb(process.title.clone(), process.path())
            .here(t.get("dialogue-receipt"));
        shell.hidden_from_search = true;
        page(&ReceiptPage {
            shell,
            title: process.title.clone(),
            day: words.day_of(self.submitted_at),
            state: words.stands(self.state),
            promise: self.answer_by.map(|day| t.with("dialogue-receipt-answer-by", &[("day", (&words.dates.day(day)).into())])),
            own: ctx.actor.person().is_some(),
            receipt: self.number,
            text: self.text,
            back: self.back,
            thanks,
            next,
            keep,
            onward,
            words,
            t,
        })
    }
}
