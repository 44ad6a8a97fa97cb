//! Rules, actions and reasons in words: the same on pages, in mails and on the desk.

use crate::rules::{self, LAW, OFFENCES, OTHER, RULES};
use crate::store::decisions::Decided;
use allmende_platform::App;
use allmende_platform::dates::Dates;
use allmende_platform::sites::Settings;
use allmende_platform::texts::Speaker;
use allmende_platform::web::Choice;

/// The number that a reporter names on the telephone: `M-17`.
pub(crate) fn receipt(id: i64) -> String {
    format!("M-{id}")
}

/// The key under which a site keeps its own wording of a rule's title.
pub(crate) fn title_key(rule: &str) -> String {
    format!("moderation-rule-{rule}-title")
}

/// The key under which a site keeps its own wording of a rule.
pub(crate) fn text_key(rule: &str) -> String {
    format!("moderation-rule-{rule}")
}

/// What the site wrote in the reader's language, or what the program brings.
pub(crate) fn own_or_shipped(site: &Settings, t: Speaker, key: &str) -> String {
    let is_own = site.has_text(key, t.language());
    if is_own { site.text(key, t.language()).to_owned() } else { t.find(key).unwrap_or_default().to_owned() }
}

/// Title and text of a rule.
pub(crate) fn rule(site: &Settings, t: Speaker, rule: &str) -> (String, String) {
    (own_or_shipped(site, t, &title_key(rule)), own_or_shipped(site, t, &text_key(rule)))
}

/// What kind of contribution it is: the word of the room that offers it.
pub(crate) fn kind(app: &App, t: Speaker, kind: &str) -> &'static str {
    match crate::acts::offered(app, kind) {
        Some(offered) => t.get(offered.name_key),
        None => t.get("moderation-kind-page"),
    }
}

/// What was done, in two or three words.
pub(crate) fn action(t: Speaker, key: &str) -> &'static str {
    t.find(&format!("moderation-action-{key}")).unwrap_or_default()
}

/// The shape before what was done, as states have it.
pub(crate) fn shape(action: rules::Action) -> &'static str {
    match action {
        rules::Action::Hide => "no",
        rules::Action::Hold | rules::Action::Pass => "busy",
        rules::Action::Keep | rules::Action::Release | rules::Action::Restore | rules::Action::Uphold => "done",
    }
}

/// The role that decided, never a name.
pub(crate) fn role(t: Speaker, key: &str) -> &'static str {
    t.find(&format!("moderation-role-{key}")).unwrap_or(t.get("moderation-role-system"))
}

/// What a report is about.
pub(crate) fn category(site: &Settings, t: Speaker, key: &str) -> String {
    if RULES.contains(&key) { rule(site, t, key).0 } else { t.find(&format!("report-category-{key}")).unwrap_or_default().to_owned() }
}

/// The choices of a plain report.
pub(crate) fn categories(site: &Settings, t: Speaker) -> Vec<Choice> {
    RULES.into_iter().chain([OTHER]).map(|key| Choice::new(key, category(site, t, key))).collect()
}

/// The choices of a notice.
pub(crate) fn offences(site: &Settings, t: Speaker) -> Vec<Choice> {
    OFFENCES.into_iter().map(|key| Choice::new(key, category(site, t, key))).collect()
}

/// The rules that a decision can rest on.
pub(crate) fn grounds(site: &Settings, t: Speaker) -> Vec<Choice> {
    RULES.into_iter().chain([LAW]).map(|key| Choice::new(key, rule(site, t, key).0)).collect()
}

/// The statement of reasons, as label and text. Source: DSA, Art. 17 (3): what was done, for how long and where, on which facts, whether
/// by a program, on which rule or law, and how to object.
pub(crate) fn reasons(site: &Settings, t: Speaker, dates: &Dates, decided: &Decided) -> Vec<(&'static str, String)> {
    let long = t.find(&format!("moderation-action-{}-long", decided.action.key())).unwrap_or_default();
    let facts = if decided.is_on_notice { t.get("moderation-facts-notice") } else { t.get("moderation-facts-own") };
    let mut lines = vec![(t.get("moderation-reason-action"), long.to_owned()), (t.get("moderation-reason-facts"), facts.to_owned())];
    if let Some(key) = &decided.rule {
        let (title, text) = rule(site, t, key);
        // As it stood then, where the reader's language is the one it was kept in.
        let text = decided.rule_text.clone().filter(|_| t.language() == allmende_core::Language::German).unwrap_or(text);
        lines.push((t.get("moderation-reason-rule"), format!("{title}. {text}")));
    }
    if !decided.words.is_empty() {
        lines.push((t.get("moderation-reason-words"), decided.words.clone()));
    }
    lines.push((t.get("moderation-reason-automated"), t.get("moderation-automated-none").to_owned()));
    if rules::reversed(decided.action).is_some() {
        let until = dates.day(dates.local(rules::appeal_until(decided.decided_at)).date());
        lines.push((t.get("moderation-reason-appeal"), t.with("moderation-appeal-until", &[("day", until.as_str().into())])));
    }
    lines
}
