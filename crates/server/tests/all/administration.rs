//! The desk: people, roles, the site's settings.

use crate::town::in_town;
use allmende_core::Role;
use allmende_testing::town::{Ask, TestTown};
use anyhow::{Context, ensure};

fn act<'t>(town: &'t TestTown, path: &str, fields: &[(&str, &str)]) -> Ask<'t> {
    town.post(path, fields).as_role(Role::Administrator)
}

#[test]
fn the_desk_shows_what_ones_roles_may_do() {
    in_town(async |town| {
        let page = town.get("/verwaltung").as_role(Role::Administrator).send().await?.expect(200)?;
        ensure!(page.body.contains("href=\"/verwaltung/menschen\"") && page.body.contains("href=\"/verwaltung/seite\""));
        let page = town.get("/verwaltung").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(!page.body.contains("href=\"/verwaltung/menschen\"") && !page.body.contains("href=\"/verwaltung/seite\""));
        town.get("/verwaltung").as_role(Role::Resident).send().await?.expect(403)?;
        Ok(())
    });
}

#[test]
fn a_change_of_roles_ends_the_sessions_and_the_last_administrator_stays() {
    in_town(async |town| {
        let (clerk, own) = (town.person(Role::Clerk)?, town.person(Role::Administrator)?);
        let token = town.db().write(town.site.id, move |tx| allmende_platform::sessions::begin(tx, clerk)).await?.text();
        let path = format!("/verwaltung/menschen/{clerk}");
        act(&town, &path, &[("role", "clerk")]).send().await?.expect(303)?;
        town.get("/konto").with_token(&token).send().await?.expect(200)?;
        act(&town, &path, &[("role", "clerk"), ("role", "administrator")]).send().await?.expect(303)?;
        ensure!(town.get("/konto").with_token(&token).send().await?.status == 303);
        let own_path = format!("/verwaltung/menschen/{own}");
        act(&town, &path, &[("role", "clerk")]).send().await?.expect(303)?;
        let refused = act(&town, &own_path, &[("role", "clerk")]).send().await?.expect(422)?;
        ensure!(refused.body.contains("Jemand muss die Seite verwalten"));
        act(&town, &format!("{own_path}/sperre"), &[("block", "1")]).send().await?.expect(422)?;
        act(&town, &path, &[("role", "administrator")]).send().await?.expect(303)?;
        act(&town, &own_path, &[("role", "clerk")]).send().await?.expect(303)?;
        town.get("/verwaltung/menschen").as_person(own).send().await?.expect(403)?;
        Ok(())
    });
}

#[test]
fn a_blocked_person_is_out_at_once_and_can_be_let_in_again() {
    in_town(async |town| {
        let clerk = town.person(Role::Clerk)?;
        let token = town.db().write(town.site.id, move |tx| allmende_platform::sessions::begin(tx, clerk)).await?.text();
        let path = format!("/verwaltung/menschen/{clerk}/sperre");
        act(&town, &path, &[("block", "1")]).send().await?.expect(303)?;
        ensure!(town.get("/konto").with_token(&token).send().await?.status == 303);
        ensure!(town.get("/verwaltung/menschen").as_role(Role::Administrator).send().await?.body.contains(">gesperrt<"));
        act(&town, &path, &[("block", "0")]).send().await?.expect(303)?;
        town.get("/konto").as_role(Role::Clerk).send().await?.expect(200)?;
        Ok(())
    });
}

#[test]
fn the_list_of_people_goes_on_after_fifty() {
    in_town(async |town| {
        for number in 0..50 {
            let fields = [("email", format!("p{number}@musterau.example"))];
            act(&town, "/verwaltung/menschen", &[("email", &fields[0].1), ("way", "paper")]).send().await?.expect(200)?;
        }
        let first = town.get("/verwaltung/menschen").as_role(Role::Administrator).send().await?.expect(200)?;
        ensure!(first.body.matches("<tr><th scope=\"row\">").count() == 50 && first.body.contains(">Weitere Menschen</a>"));
        ensure!(first.statements().is_some_and(|statements| statements <= 5), "{:?}", first.statements());
        let at = first.body.find("?nach=").context("no next page")?;
        let next: String = first.body[at..].chars().take_while(|c| *c != '"').collect();
        let second = town.get(&format!("/verwaltung/menschen{next}")).as_role(Role::Administrator).send().await?.expect(200)?;
        ensure!(second.body.matches("<tr><th scope=\"row\">").count() == 8 && !second.body.contains(">Weitere Menschen</a>"));
        Ok(())
    });
}

#[test]
fn the_settings_are_kept_and_a_preview_keeps_nothing() {
    in_town(async |town| {
        let fields = |hue: &'static str| {
            [
                ("name", "Gemeinde Musterau am Bach"),
                ("base_url", "http://musterau.example/"),
                ("kind", "district"),
                ("time_zone", "Europe/Vienna"),
                ("hue", hue),
                ("chroma", "100"),
            ]
        };
        let mut preview = fields("20").to_vec();
        preview.push(("preview", "1"));
        let page = act(&town, "/verwaltung/seite", &preview).send().await?.expect(200)?;
        ensure!(page.body.contains("vorschau.svg?hue=20&amp;chroma=100"));
        ensure!(town.get("/site.css").send().await?.body.contains("--allm-hue:157"));
        let picture = town.get("/verwaltung/seite/vorschau.svg?hue=20&chroma=100").as_role(Role::Administrator).send().await?.expect(200)?;
        ensure!(picture.body.contains("oklch(0.45 0.100 20)"));
        ensure!(act(&town, "/verwaltung/seite", &fields("360")).send().await?.expect(422)?.body.contains("href=\"#hue\""));
        act(&town, "/verwaltung/seite", &fields("359")).send().await?.expect(303)?;
        ensure!(town.get("/site.css").send().await?.body.contains("--allm-hue:359;--allm-chroma:0.100"));
        ensure!(town.get("/impressum").send().await?.body.contains("Gemeinde Musterau am Bach"));
        Ok(())
    });
}

#[test]
fn hosts_come_and_go_but_the_sites_own_stays() {
    in_town(async |town| {
        act(&town, "/verwaltung/seite/adressen", &[("host", "WWW.musterau.example")]).send().await?.expect(303)?;
        ensure!(town.app.sites.by_host("www.musterau.example").is_some());
        act(&town, "/verwaltung/seite/adressen", &[("remove", "www.musterau.example")]).send().await?.expect(303)?;
        ensure!(town.app.sites.by_host("www.musterau.example").is_none());
        act(&town, "/verwaltung/seite/adressen", &[("remove", "musterau.example")]).send().await?.expect(422)?;
        act(&town, "/verwaltung/seite/adressen", &[("host", "musterau.example/rat")]).send().await?.expect(422)?;
        Ok(())
    });
}

#[test]
fn texts_are_kept_per_language_and_fall_back_to_german() {
    in_town(async |town| {
        act(&town, "/verwaltung/seite/texte", &[("sprache", "de"), ("imprint", "## Wer\r\nDas Rathaus"), ("question", "Was wird?")])
            .send()
            .await?
            .expect(303)?;
        ensure!(town.get("/impressum").send().await?.body.contains("Das Rathaus"));
        ensure!(town.get("/impressum?lang=leicht").send().await?.body.contains("Das Rathaus"));
        act(&town, "/verwaltung/seite/texte", &[("sprache", "leicht"), ("imprint", "Das ist das Rathaus.")]).send().await?.expect(303)?;
        ensure!(town.get("/impressum?lang=leicht").send().await?.body.contains("Das ist das Rathaus."));
        ensure!(town.get("/").send().await?.body.contains("Was wird?"));
        act(&town, "/verwaltung/seite/texte", &[("sprache", "leicht"), ("imprint", "")]).send().await?.expect(303)?;
        ensure!(!town.get("/impressum?lang=leicht").send().await?.body.contains("Das ist das Rathaus."));
        Ok(())
    });
}

fn upload(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut body = format!("--B\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n").into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--B--\r\n");
    body
}

#[test]
fn a_logo_is_judged_by_its_bytes_and_an_svg_is_refused_with_the_reason() {
    in_town(async |town| {
        let send = |name: &str, bytes: &[u8]| act(&town, "/verwaltung/seite/logo", &[]).body("multipart/form-data; boundary=B", upload(name, bytes));
        let refused = send("logo.png", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>x</script></svg>").send().await?.expect(422)?;
        ensure!(refused.body.contains("SVG nehmen wir nicht an"), "{}", refused.body);
        let mut large = b"\x89PNG\r\n\x1a\n".to_vec();
        large.resize(512 * 1024, 7);
        let mut larger = large.clone();
        larger.push(7);
        send("logo.png", &larger).send().await?.expect(422)?;
        town.get("/logo").send().await?.expect(404)?;
        send("whatever.txt", &large).send().await?.expect(303)?;
        ensure!(town.get("/logo").send().await?.expect(200)?.text("content-type") == "image/png");
        Ok(())
    });
}
