//! Asking changes nothing: no GET route writes, whoever asks.

use crate::town::in_town;
use allmende::rooms;
use allmende_core::Role;
use allmende_db::dump::Owned;
use allmende_testing::picture::Picture;
use allmende_testing::town::TestTown;
use anyhow::{Result, ensure};
use axum::http::Method;

/// All tables, but for when a session was last seen.
async fn picture(town: &TestTown) -> Result<Picture> {
    let db = town.db().clone();
    tokio::task::spawn_blocking(move || Picture::of(&db, |_| true, |table: &str, column: &str, _: &Owned| table == "session" && column == "seen_at")).await?
}

/// A committee, a paper and a meeting, public, so that pages have something to show.
async fn fill(town: &TestTown) -> Result<()> {
    for (sort, fields) in [
        ("gremien", &[("name", "Gemeinderat"), ("kind", "Gremium")][..]),
        ("vorlagen", &[("name", "Radweg an der Schule"), ("kind", "Antrag"), ("dated_on", "2026-06-01")]),
        ("sitzungen", &[("organization_ids", "1"), ("name", "Sitzung"), ("starts_at", "2026-06-09T19:00"), ("meeting_state", "eingeladen")]),
        ("punkte", &[("meeting_id", "1"), ("name", "Der Radweg"), ("openness", "public"), ("paper_id", "1"), ("result", "beschlossen")]),
    ] {
        let made = town.post(&format!("/verwaltung/rat/{sort}/neu"), fields).as_role(Role::Clerk).send().await?.expect(303)?;
        let path = made.location().split('?').next().unwrap_or_default().to_owned();
        if sort != "punkte" {
            town.post(&format!("{path}/stand"), &[("to", "public")]).as_role(Role::Clerk).send().await?.expect(303)?;
        }
    }
    Ok(())
}

#[test]
fn no_get_route_changes_anything() {
    in_town(async |town| {
        fill(&town).await?;
        // The session of the one who asks begins with the first question.
        town.get("/konto").as_role(Role::Administrator).send().await?.expect(200)?;
        let before = picture(&town).await?;
        ensure!(before.rows("session") > 0 && before.rows("node") > 2 && before.rows("event") > 1, "nothing is there that could change");
        let mut shown = 0;
        // The way to another provider and back goes by links, as its protocol says, and counts who asks.
        let goes_elsewhere = |path: &str| matches!(path, "/anmelden/extern" | "/anmelden/extern/zurueck");
        for info in rooms::routes().infos().iter().filter(|info| info.method == Method::GET && !goes_elsewhere(info.path)) {
            for filling in ["1", "vorlagen", "paper", "nichts"] {
                let parts: Vec<&str> = info.path.split('/').map(|part| if part.starts_with('{') { filling } else { part }).collect();
                for path in [parts.join("/"), format!("{}?sprache=en&seite=2&hinweis=saved&q=a", parts.join("/"))] {
                    shown += usize::from(town.get(&path).as_role(Role::Administrator).send().await?.status == 200);
                    town.get(&path).send().await?;
                }
                if !info.path.contains('{') {
                    break;
                }
            }
        }
        ensure!(shown > 60, "only {shown} pages were shown");
        before.same_as(&picture(&town).await?)
    });
}
