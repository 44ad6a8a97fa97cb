//! The log and the rules: paging by key, the site's own words, nobody's data, and what is forgotten in time.

use crate::posts::{decide, in_town, report, write};
use allmende_core::Role;
use allmende_db::{DbError, Scope, sql};
use anyhow::ensure;

#[test]
fn the_log_pages_and_costs_one_statement_and_the_clock() {
    in_town(async |town| {
        let empty = town.get("/moderation").send().await?.expect(200)?;
        ensure!(empty.body.contains("nichts zu entscheiden"));
        let id = write(&town, "Ein Beitrag", "public").await?;
        for _ in 0..51 {
            ensure!(decide(&town, Role::Moderator, id, "kept", "", "Das ist eine Meinung.").await? == 303);
        }
        let first = town.get("/moderation").send().await?.expect(200)?;
        ensure!(first.body.matches("<th scope=\"row\">").count() == 50 && first.body.contains("/moderation?vor=2\""), "{}", first.body);
        ensure!(first.statements().is_none_or(|count| count <= 2), "{:?}", first.statements());
        let second = town.get("/moderation?vor=2").send().await?.expect(200)?;
        ensure!(second.body.matches("<th scope=\"row\">").count() == 1);
        let csv = town.get("/moderation.csv").send().await?.expect(200)?;
        ensure!(csv.body.lines().count() == 52 && csv.body.contains("1,2026-06-08,post,kept,,no,moderator"), "{}", csv.body);
        ensure!(!town.get("/moderation").on_neighbour().send().await?.expect(200)?.body.contains("moderation?vor"));
        Ok(())
    });
}

#[test]
fn a_site_words_its_rules_in_each_language() {
    in_town(async |town| {
        for (lang, expected) in [("de", "Respekt"), ("en", "Respect"), ("leicht", "Seien Sie freundlich")] {
            ensure!(town.get(&format!("/moderation/regeln?lang={lang}")).send().await?.expect(200)?.body.contains(expected), "{lang}");
        }
        let fields = [("sprache", "de"), ("moderation-rule-respect-title", "Benehmen"), ("moderation-rule-respect", "Wir sind <b>hier</b> unter uns.")];
        town.post("/verwaltung/moderation/regeln", &fields).as_role(Role::Clerk).send().await?.expect(403)?;
        town.post("/verwaltung/moderation/regeln", &fields).as_role(Role::Administrator).send().await?.expect(303)?;
        let rules = town.get("/moderation/regeln?lang=de").send().await?.expect(200)?;
        ensure!(rules.body.contains("Benehmen") && !rules.body.contains("<b>hier") && rules.body.contains("Keine Gewalt"), "{}", rules.body);
        ensure!(town.get("/moderation/regeln?lang=en").send().await?.expect(200)?.body.contains("Respect"));
        ensure!(!town.get("/moderation/regeln?lang=de").on_neighbour().send().await?.expect(200)?.body.contains("Benehmen"));
        Ok(())
    });
}

#[test]
fn who_reported_is_forgotten_when_nobody_can_object_any_more() {
    in_town(async |mut town| {
        let id = write(&town, "Ein Beitrag", "public").await?;
        report(&town, id, &[("category", "respect"), ("email", "rita@example.org"), ("words", "Das ist nicht schön.")]).await?;
        ensure!(decide(&town, Role::Moderator, id, "kept", "", "Das ist eine Meinung.").await? == 303);
        let open = write(&town, "Noch ein Beitrag", "public").await?;
        report(&town, open, &[("category", "respect"), ("email", "rita@example.org")]).await?;
        for (days, left) in [(184 + 90, 2), (1, 1)] {
            town.wait(days * 86_400).await?;
            town.db().write(Scope::Installation, allmende_moderation::delete_outdated).await?;
            let count: Option<i64> = town
                .db()
                .read::<_, DbError>(town.site.id, |tx| {
                    let site = tx.site()?;
                    tx.find(sql!("SELECT COUNT(*) FROM moderation_report WHERE site_id = $1 AND reporter_email IS NOT NULL"), &[&site], |row| row.get(0))
                })
                .await?;
            ensure!(count == Some(left), "{days}: {count:?}");
        }
        let person = town.person(Role::Moderator)?;
        town.db().write(Scope::Installation, move |tx| (allmende_moderation::PERSONAL.erase)(tx, person)).await?;
        ensure!(town.get("/moderation").send().await?.expect(200)?.body.contains("Moderation"), "the role stays");
        Ok(())
    });
}
