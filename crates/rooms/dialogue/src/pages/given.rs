//! What an account gave, in words: where each contribution stands, its answer, and what else became of it. The page belongs to the
//! room of accounts.

use super::words::{self, State};
use crate::formats::discussion::store as comments;
use crate::formats::ideas::rules::{Answer as IdeaAnswer, State as Stands};
use crate::formats::ideas::store::{self as ideas, IDEA};
use crate::store::given::{self, Contribution};
use crate::store::{self, STATEMENT, statement_path};
use allmende_db::{DbError, Tx};
use allmende_platform::personal::{Answer, Became, Given, Window};

/// The newest contributions of an account on this site. One statement.
pub(crate) fn list(tx: &mut Tx<'_>, window: &Window) -> Result<Vec<Given>, DbError> {
    let found = given::list(tx, window.person, window.before, window.rows)?;
    Ok(found.into_iter().map(|one| told(window, one)).collect())
}

fn told(window: &Window, one: Contribution) -> Given {
    let t = window.t;
    let (kind, path) = match one.kind.as_str() {
        STATEMENT => (t.get("dialogue-statement"), statement_path(one.process, one.number)),
        IDEA => (t.get("idea-one"), ideas::path(one.process, one.number)),
        _ => (t.get("comment-one"), comments::path(one.process, one.number)),
    };
    let (state, became) = (stands(window, &one), became(window, &one));
    Given {
        kind: kind.to_owned(),
        title: format!("{} – {}", one.process_title, one.text),
        at: one.submitted_at,
        state: state.text,
        shape: state.shape,
        answer: one.answer.map(|answer| Answer { text: answer.text, path: path.clone(), at: answer.at }),
        became,
        path,
    }
}

/// Where it stands: its answer, or until when one is promised; its state if it is not simply public.
fn stands(window: &Window, one: &Contribution) -> State {
    let (t, public) = (window.t, one.state == Stands::Public.key());
    if one.state == Stands::Merged.key() {
        return State { shape: "busy", text: t.get("idea-state-merged").to_owned() };
    }
    match &one.answer {
        _ if !public || one.kind == comments::COMMENT => {
            crate::rules::State::of(&one.state).map_or_else(|| State { shape: "open", text: String::new() }, |state| words::stands(t, state))
        }
        None => words::waits(t, &window.dates, one.answer_by),
        Some(answer) => {
            let word = answer.word.as_deref().unwrap_or_default();
            match (IdeaAnswer::of(word), word.parse().ok()) {
                (Some(answer), _) => State { shape: answer.shape(), text: t.find(&format!("idea-answer-{word}")).unwrap_or_default().to_owned() },
                (None, Some(code)) => words::code_alone(t, code),
                (None, None) => State { shape: "done", text: t.get("dialogue-own-answered").to_owned() },
            }
        }
    }
}

fn became(window: &Window, one: &Contribution) -> Vec<Became> {
    let t = window.t;
    let mut out = Vec::new();
    let mut say = |text: String, path: Option<String>| out.push(Became { text, path });
    if one.state == Stands::Hidden.key() {
        say(t.with("dialogue-own-hidden", &[("reason", one.reason.as_deref().unwrap_or_default().into())]), None);
        say(t.get("dialogue-own-appeal").to_owned(), None);
    }
    if let Some((number, title)) = &one.merged_into {
        say(t.with("dialogue-own-merged", &[("title", title.into())]), Some(ideas::path(one.process, *number)));
    }
    if let Some(number) = one.changed_version {
        let path = format!("{}/aenderungen", store::path(one.process, &one.process_title));
        say(t.with("dialogue-own-changed", &[("number", number.into())]), Some(path));
    }
    if one.is_with_council {
        say(t.get("dialogue-own-council").to_owned(), None);
    }
    if one.replies > 0 {
        say(t.with("dialogue-own-replies", &[("count", one.replies.into())]), None);
    }
    out
}
