//! What stands above every page of a process: what it is about, until when, who decides, what is open and fixed, and the views of it.

use super::words::{State, Words};
use crate::audience::words::sentence;
use crate::rules::Standing;
use crate::store::phases::{self, Phase};
use crate::store::processes::{self, Process};
use crate::store::versions::Version;
use allmende_db::Tx;
use allmende_platform::web::Shell;
use allmende_platform::{App, AppError, Ctx};

/// One view of a process.
pub struct View {
    /// What the link says.
    pub label: String,
    /// Its address.
    pub path: String,
    /// Whether it is this page.
    pub is_here: bool,
}

/// Which view a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// The process with its text.
    Text,
    /// What changed.
    Changes,
    /// All statements.
    Statements,
    /// All answers.
    Answers,
    /// The ideas.
    Ideas,
    /// The discussion.
    Discussion,
    /// Phases and thread.
    Course,
}

/// The head of a process's page.
pub struct Frame {
    /// What one does in it.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// Key facts: label and words.
    pub facts: Vec<(&'static str, String)>,
    /// Where it stands.
    pub state: State,
    /// Where the printed form is, while it can be used.
    pub sheet: Option<String>,
    /// How to take part on paper.
    pub paper_way: String,
    /// What is open.
    pub open_text: String,
    /// What is fixed.
    pub fixed_text: String,
    /// Whom to ask.
    pub contact: String,
    /// Deadlines that were moved, each in a sentence.
    pub extended: Vec<String>,
    /// The views of the process.
    pub views: Vec<View>,
    /// Its page.
    pub path: String,
}

impl Frame {
    /// The head of a page of this process.
    #[must_use]
    pub fn new(words: &Words, process: &Process, phases: &[Phase], versions: &[Version], here: Here) -> Self {
        let t = words.t;
        let path = process.path();
        let decides = match process.decides_on {
            Some(day) => t.with("dialogue-decides-on", &[("who", (&process.decides).into()), ("day", (&words.dates.day(day)).into())]),
            None => process.decides.clone(),
        };
        let when_key = if words.standing(process) == Standing::Ended { "dialogue-fact-when-ended" } else { "dialogue-fact-when" };
        // Who could take part says nothing to anybody any more once it is over.
        let who = if words.standing(process) == Standing::Ended { String::new() } else { sentence(t, &process.audience) };
        let facts = [
            (t.get(when_key), words.when(process)),
            (t.get("audience-fact"), who),
            (t.get("dialogue-fact-decides"), decides),
            (t.get("dialogue-fact-so-far"), words.so_far(process)),
        ];
        let extended = phases.iter().filter_map(|phase| {
            let (reason, before) = phase.extended.as_ref()?;
            let (now, before) = (words.dates.day(words.last_day(phase.period.ends_at)), words.dates.day(words.last_day(*before)));
            Some(t.with("dialogue-extended", &[("day", (&now).into()), ("before", (&before).into()), ("reason", reason.into())]))
        });
        Self {
            kind: words.kind(&process.template),
            title: process.title.clone(),
            lead: process.lead.clone(),
            facts: facts.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
            state: words.state(process),
            sheet: (words.standing(process) != Standing::Ended && !versions.is_empty()).then(|| format!("{path}/bogen")),
            paper_way: process.paper_way.clone(),
            open_text: process.open_text.clone(),
            fixed_text: process.fixed_text.clone(),
            contact: process.contact.clone(),
            extended: extended.collect(),
            views: views(words, process, versions, here),
            path,
        }
    }
}

fn views(words: &Words, process: &Process, versions: &[Version], here: Here) -> Vec<View> {
    let (t, path) = (words.t, process.path());
    let newest = versions.iter().filter(|version| version.is_public).map(|version| version.number).max();
    let view = |own: Here, label: String, path: String| View { label, path, is_here: own == here };
    let mut views = Vec::new();
    match newest {
        Some(number) => views.push(view(Here::Text, t.with("dialogue-view-text", &[("number", number.into())]), path.clone())),
        None => views.push(view(Here::Text, t.get("dialogue-view-process").to_owned(), path.clone())),
    }
    if newest.is_some_and(|number| number > 1) {
        views.push(view(Here::Changes, t.get("dialogue-view-changes").to_owned(), format!("{path}/aenderungen")));
    }
    if newest.is_some() {
        views.push(view(Here::Statements, t.get("dialogue-view-statements").to_owned(), format!("{path}/stellungnahmen")));
    }
    if process.answered > 0 {
        views.push(view(Here::Answers, t.get("weighing-answers").to_owned(), format!("{path}/antworten")));
    }
    if process.has_ideas {
        views.push(view(Here::Ideas, t.get("idea-view").to_owned(), format!("{path}/ideen")));
    }
    if process.has_discussion {
        views.push(view(Here::Discussion, t.get("comment-view").to_owned(), format!("{path}/diskussion")));
    }
    views.push(view(Here::Course, t.get("dialogue-view-course").to_owned(), format!("{path}/verlauf")));
    views
}

/// The surroundings of a page of a process.
#[must_use]
pub fn shell(app: &App, ctx: &Ctx, process: &Process, title: impl Into<String>) -> Shell {
    super::shell(app, ctx, title)
        .crumb(ctx.t.get("nav-dialogue"), "/beteiligung")
        .feed(ctx.t.get("dialogue-feed"), "/beteiligung.atom", "application/atom+xml")
        .about(crate::store::short(&process.lead))
}

/// Names process and phases, which every page of a process asks for, and what else this one does: see [`Tx::foresee`].
pub fn foresee(tx: &mut Tx<'_>, process: i64, also: impl FnOnce(&mut Tx<'_>)) {
    tx.foresee(|tx| {
        drop(processes::find(tx, process));
        drop(phases::list(tx, process));
        also(tx);
    });
}

/// A process that everybody may see; one that was withdrawn says so.
///
/// # Errors
/// 404 for a draft, 410 for what was withdrawn.
pub fn public(process: Option<Process>) -> Result<Process, AppError> {
    let process = process.ok_or(AppError::NotFound)?;
    match process.state.as_str() {
        "public" => Ok(process),
        "withdrawn" => Err(AppError::Gone),
        _ => Err(AppError::NotFound),
    }
}
