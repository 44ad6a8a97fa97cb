//! The desk: who may, what waits, hiding with a reason, releasing, and what stands in public afterwards.

use crate::posts::{decide, in_town, link, mails, report, standing_of, write};
use allmende_core::Role;
use allmende_platform::moderated::Standing;
use anyhow::ensure;

const WHY: &str = "Der Satz beleidigt eine Nachbarin.";

#[test]
fn moderators_clerks_and_administrators_moderate_and_nobody_else() {
    in_town(async |town| {
        let id = write(&town, "Ein Beitrag", "public").await?;
        for role in Role::ALL {
            let allowed = matches!(role, Role::Moderator | Role::Clerk | Role::Administrator);
            for path in ["/verwaltung/moderation".to_owned(), format!("/verwaltung/moderation/post/{id}")] {
                town.get(&path).as_role(role).send().await?.expect(if allowed { 200 } else { 403 })?;
            }
            let rules = if role == Role::Administrator { 200 } else { 403 };
            town.get("/verwaltung/moderation/regeln").as_role(role).send().await?.expect(rules)?;
            if !allowed {
                ensure!(decide(&town, role, id, "hidden", "respect", WHY).await? == 403);
            }
        }
        town.get(&format!("/verwaltung/moderation/post/{id}")).as_role(Role::Clerk).on_neighbour().send().await?.expect(404)?;
        town.get("/verwaltung/moderation/post/99").as_role(Role::Clerk).send().await?.expect(404)?;
        ensure!(standing_of(&town, id).await? == Standing::Public);
        Ok(())
    });
}

#[test]
fn hiding_needs_a_rule_and_a_reason_and_tells_the_author() {
    in_town(async |town| {
        let id = write(&town, "KANARI-wortlaut über Frau Nachbarin", "public").await?;
        report(&town, id, &[("category", "respect"), ("words", "KANARI-meldung hier steht mehr")]).await?;
        let queue = town.get("/verwaltung/moderation").as_role(Role::Moderator).send().await?.expect(200)?;
        ensure!(queue.body.contains(&format!("/verwaltung/moderation/post/{id}")) && queue.body.contains("Eine Meldung"), "{}", queue.body);
        ensure!(decide(&town, Role::Moderator, id, "hidden", "", WHY).await? == 422);
        ensure!(decide(&town, Role::Moderator, id, "hidden", "respect", "kurz").await? == 422);
        ensure!(standing_of(&town, id).await? == Standing::Public && mails(&town, "resident@musterau.example").await?.is_empty());
        ensure!(decide(&town, Role::Moderator, id, "hidden", "respect", WHY).await? == 303);
        ensure!(standing_of(&town, id).await? == Standing::Hidden);
        ensure!(decide(&town, Role::Moderator, id, "hidden", "respect", WHY).await? == 422, "it is hidden already");
        let told = mails(&town, "resident@musterau.example").await?;
        ensure!(told.len() == 1 && told[0].1.contains(WHY) && told[0].1.contains("Respekt") && told[0].1.contains("9.\u{a0}Dezember 2026"), "{told:?}");
        let page = town.get(&link(&told[0].1, "/meldung/entscheidung/")?).send().await?.expect(200)?;
        ensure!(page.body.contains(WHY) && page.body.contains("/widerspruch\""), "{}", page.body);
        for path in ["/moderation", "/moderation.csv", "/moderation.atom"] {
            let open = town.get(path).send().await?.expect(200)?;
            ensure!(open.body.contains("respect") || open.body.contains("Respekt"), "{path}: {}", open.body);
            ensure!(!open.body.contains("KANARI") && !open.body.contains("beleidigt") && !open.body.contains("Ida"), "{path}");
        }
        let queue = town.get("/verwaltung/moderation").as_role(Role::Moderator).send().await?.expect(200)?;
        ensure!(queue.body.contains("Nichts wartet"), "{}", queue.body);
        Ok(())
    });
}

#[test]
fn what_waits_is_released_without_words_and_held_with_them() {
    in_town(async |town| {
        let id = write(&town, "Ein Beitrag mit einem Link", "waiting").await?;
        let queue = town.get("/verwaltung/moderation").as_role(Role::Moderator).send().await?.expect(200)?;
        ensure!(queue.body.contains("Wartet auf Freigabe") && queue.statements().is_none_or(|count| count <= 5), "{:?}", queue.statements());
        ensure!(decide(&town, Role::Moderator, id, "released", "", "").await? == 303);
        ensure!(standing_of(&town, id).await? == Standing::Public);
        ensure!(mails(&town, "resident@musterau.example").await?.is_empty(), "nobody is told what they expect");
        ensure!(decide(&town, Role::Moderator, id, "held", "truth", "Das prüfen wir erst genauer.").await? == 303);
        ensure!(standing_of(&town, id).await? == Standing::Waiting);
        ensure!(mails(&town, "resident@musterau.example").await?.len() == 1);
        Ok(())
    });
}

#[test]
fn the_case_costs_few_statements_and_shows_no_script() {
    in_town(async |town| {
        let id = write(&town, "<script>alert(1)</script>", "public").await?;
        report(&town, id, &[("category", "respect"), ("words", "<img src=x onerror=alert(2)>")]).await?;
        let page = town.get(&format!("/verwaltung/moderation/post/{id}")).as_role(Role::Moderator).send().await?.expect(200)?;
        ensure!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{}", page.body);
        // Five of the page and one for the session.
        ensure!(page.statements().is_none_or(|count| count <= 6), "{:?}", page.statements());
        Ok(())
    });
}
