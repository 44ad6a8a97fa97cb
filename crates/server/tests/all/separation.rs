//! Two sites in one installation know nothing of one another.

use crate::town::in_town;
use allmende_core::Role;
use allmende_testing::town::PASSWORD;
use anyhow::{Context, ensure};

#[test]
fn a_session_of_one_site_is_nothing_on_the_other() {
    in_town(async |town| {
        let answer = town.post("/anmelden", &[("email", "administrator@musterau.example"), ("password", PASSWORD)]).send().await?;
        let token = answer.session().context("no session")?;
        town.get("/verwaltung").with_token(&token).send().await?.expect(200)?;
        let there = town.get("/verwaltung").on_neighbour().with_token(&token).send().await?;
        ensure!(there.status == 303 && there.location() == "/anmelden?weiter=/verwaltung");
        Ok(())
    });
}

#[test]
fn roles_of_one_site_are_nothing_on_the_other() {
    in_town(async |town| {
        let administrator = town.person(Role::Administrator)?;
        town.get("/verwaltung/menschen").as_person(administrator).send().await?.expect(200)?;
        town.get("/verwaltung/menschen").on_neighbour().as_person(administrator).send().await?.expect(403)?;
        town.get("/konto").on_neighbour().as_person(administrator).send().await?.expect(200)?;
        Ok(())
    });
}

#[test]
fn people_of_the_other_site_do_not_exist_here() {
    in_town(async |town| {
        let clerk = town.neighbours_person(Role::Clerk)?;
        let list = town.get("/verwaltung/menschen").as_role(Role::Administrator).send().await?.expect(200)?;
        ensure!(list.body.contains("clerk@musterau.example") && !list.body.contains("beispielstadt.example"));
        let path = format!("/verwaltung/menschen/{clerk}");
        town.get(&path).as_role(Role::Administrator).send().await?.expect(404)?;
        for (part, fields) in [("", [("role", "administrator")]), ("/sperre", [("block", "1")]), ("/link", [("x", "")])] {
            town.post(&format!("{path}{part}"), &fields).as_role(Role::Administrator).send().await?.expect(404)?;
        }
        let answer = town.post("/anmelden", &[("email", "clerk@beispielstadt.example"), ("password", PASSWORD)]).on_neighbour().send().await?;
        ensure!(answer.status == 303 && answer.location() == "/verwaltung", "not blocked, still a clerk there");
        Ok(())
    });
}

#[test]
fn who_works_on_both_sites_cannot_be_taken_over_or_blocked_from_one() {
    in_town(async |town| {
        let clerk = town.neighbours_person(Role::Clerk)?;
        let invite = town.post("/verwaltung/menschen", &[("email", "clerk@beispielstadt.example"), ("role", "editor"), ("way", "paper")]);
        let answer = invite.as_role(Role::Administrator).send().await?.expect(303)?;
        ensure!(answer.location() == "/verwaltung/menschen?hinweis=invited", "no link is shown for somebody with a password");
        for (part, field) in [("/sperre", ("block", "1")), ("/link", ("x", ""))] {
            let refused = town.post(&format!("/verwaltung/menschen/{clerk}{part}"), &[field]).as_role(Role::Administrator).send().await?.expect(422)?;
            ensure!(refused.body.contains("auf einer anderen Seite"), "{}", refused.body);
        }
        Ok(())
    });
}

#[test]
fn settings_and_hosts_of_the_other_site_stay_its_own() {
    in_town(async |town| {
        let as_admin = |path: &str, fields: &[(&str, &str)]| town.post(path, fields).as_role(Role::Administrator);
        let refused = as_admin("/verwaltung/seite/adressen", &[("host", "beispielstadt.example")]).send().await?.expect(422)?;
        ensure!(refused.body.contains("schon eine Seite"));
        as_admin("/verwaltung/seite/adressen", &[("remove", "beispielstadt.example")]).send().await?.expect(303)?;
        let settings = [
            ("name", "Gemeinde Musterau"),
            ("base_url", "https://beispielstadt.example"),
            ("kind", "municipality"),
            ("time_zone", "Europe/Berlin"),
            ("hue", "20"),
            ("chroma", "82"),
        ];
        let refused = as_admin("/verwaltung/seite", &settings).send().await?.expect(422)?;
        ensure!(refused.body.contains("href=\"#base_url\""), "{}", refused.body);
        let page = town.get("/").on_neighbour().send().await?.expect(200)?;
        ensure!(page.body.contains("Stadt Beispielstadt"));
        ensure!(town.get("/site.css").send().await?.body.contains("--allm-hue:157"), "the refused change left nothing");
        Ok(())
    });
}
