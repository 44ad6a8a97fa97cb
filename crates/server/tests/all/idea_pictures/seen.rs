//! Who sees a picture, how its author changes it, and how it goes.

use super::{
    DESCRIPTION, EDIT, LARGE, LIST, SMALL, TEXT, TITLE, body, change, line, media_type, moderate, photograph, png, propose, rows, status, stored, tidy,
};
use crate::ideas::publish;
use crate::town::in_town;
use allmende_core::Role;
use allmende_testing::town::PASSWORD;
use anyhow::{Context, Result, ensure};

#[test]
fn a_picture_is_seen_as_far_as_its_idea_and_no_further() {
    in_town(async |town| {
        publish(&town, "ideas", "before").await?;
        propose(&town, Some(Role::Resident), &photograph()).await?.expect(303)?;
        let seen = async |role: Option<Role>| -> Result<(u16, String)> { status(&town, LARGE, role).await };
        let (nobody, hidden) = ((404, "private, no-cache".to_owned()), (200, "private, no-store".to_owned()));
        // It waits: its author and the house see it.
        ensure!(seen(None).await? == nobody && seen(Some(Role::Member)).await? == nobody);
        for role in [Role::Resident, Role::Moderator, Role::Clerk, Role::Editor] {
            ensure!(seen(Some(role)).await? == hidden, "{role:?}");
        }
        let case = town.get("/verwaltung/moderation/idea/1").as_role(Role::Moderator).send().await?.expect(200)?;
        ensure!(case.body.contains(&format!("src=\"{SMALL}\"")) && case.body.contains(DESCRIPTION), "{}", case.body);
        let desk = town.get("/verwaltung/beteiligung/1/ideen/1").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(desk.body.contains(&format!("src=\"{SMALL}\"")), "{}", desk.body);
        moderate(&town, "released").await?;
        ensure!(seen(None).await? == (200, "public, no-cache".to_owned()));
        // It is hidden: the house alone sees it, and no public answer says a word of it.
        moderate(&town, "hidden").await?;
        ensure!(seen(None).await? == nobody && seen(Some(Role::Resident)).await? == nobody && seen(Some(Role::Moderator)).await? == hidden);
        let pages = ["/beteiligung/1/ideen/1", LIST, "/beteiligung/1", "/", "/beteiligung/1/ideen/1?lang=leicht"];
        for path in pages.map(str::to_owned).into_iter().chain(["csv", "geojson"].map(|kind| format!("{LIST}.{kind}"))) {
            let page = town.get(&path).send().await?;
            ensure!(!page.body.contains("KANARI") && !page.body.contains("/bild/"), "{path}: {}", page.body);
        }
        moderate(&town, "restored").await?;
        ensure!(seen(None).await?.0 == 200, "shown again");
        // Its author takes it back: the picture goes with it.
        town.post(EDIT, &[("act", "withdraw")]).as_role(Role::Resident).send().await?.expect(303)?;
        for role in [None, Some(Role::Resident), Some(Role::Moderator)] {
            ensure!(seen(role).await? == nobody, "{role:?}");
        }
        ensure!(rows(&town).await?.is_empty());
        Ok(())
    });
}

#[test]
fn the_picture_of_a_guest_who_has_not_confirmed_is_seen_by_nobody() {
    in_town(async |town| {
        publish(&town, "ideas", "after").await?;
        propose(&town, None, &photograph()).await?.expect(303)?;
        ensure!(rows(&town).await?.len() == 1);
        for role in [None, Some(Role::Clerk), Some(Role::Moderator), Some(Role::Administrator)] {
            ensure!(status(&town, LARGE, role).await?.0 == 404, "{role:?}");
        }
        Ok(())
    });
}

#[test]
fn an_author_describes_replaces_and_removes_a_picture_within_the_hour() {
    in_town(async |mut town| {
        publish(&town, "ideas", "after").await?;
        propose(&town, Some(Role::Resident), &photograph()).await?.expect(303)?;
        let form = town.get(EDIT).as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(form.body.contains(&format!("src=\"{SMALL}\"")) && form.body.contains("name=\"picture_remove\""), "{}", form.body);
        change(&town, Role::Member, &[("picture_text", "Etwas anderes")], None).await?.expect(404)?;
        change(&town, Role::Resident, &[("picture_text", "")], None).await?.expect(422)?;
        change(&town, Role::Resident, &[("picture_text", "Zwei Bänke aus Holz")], None).await?.expect(303)?;
        ensure!(rows(&town).await? == [(1, "Zwei Bänke aus Holz".to_owned())]);
        let before = town.get(LARGE).send().await?.text("etag").to_owned();
        // Another picture with words that are refused: it stays with the form.
        let short = [("title", "Bänke"), ("act", "change"), ("text", TEXT), ("picture_text", "Eine neue Bank")];
        let kept = town.post(EDIT, &[]).body(&media_type(), body(&short, Some(&png(900, 500, 3)))).as_role(Role::Resident).send().await?.expect(422)?;
        change(&town, Role::Resident, &[("picture_text", "Eine neue Bank"), ("picture_kept", &line(&kept.body)?)], None).await?.expect(303)?;
        let after = town.get(LARGE).send().await?.expect(200)?;
        ensure!(after.text("etag") != before && rows(&town).await? == [(1, "Eine neue Bank".to_owned())]);
        let stale = town.get(LARGE).header("if-none-match", &before).send().await?;
        ensure!(stale.status == 200, "the old one is not shown any more");
        change(&town, Role::Resident, &[("picture_text", "Eine neue Bank"), ("picture_remove", "1")], None).await?.expect(303)?;
        ensure!(rows(&town).await?.is_empty() && status(&town, LARGE, None).await?.0 == 404);
        change(&town, Role::Resident, &[("picture_text", DESCRIPTION)], Some(&png(900, 500, 4))).await?.expect(303)?;
        tidy(&town).await?;
        ensure!(stored(&town).len() == 2, "of all pictures only the last one is kept: {:?}", stored(&town));
        town.wait(3_600).await?;
        change(&town, Role::Resident, &[("picture_text", DESCRIPTION)], Some(&png(900, 500, 5))).await?.expect(422)?;
        ensure!(stored(&town).len() == 2, "whoever comes too late leaves nothing behind");
        Ok(())
    });
}

#[test]
fn where_somebody_looks_first_a_new_picture_is_looked_at_too() {
    in_town(async |town| {
        publish(&town, "ideas", "before").await?;
        propose(&town, Some(Role::Resident), &photograph()).await?.expect(303)?;
        moderate(&town, "released").await?;
        change(&town, Role::Resident, &[("picture_text", "Zwei Bänke aus Holz")], None).await?.expect(303)?;
        ensure!(status(&town, LARGE, None).await?.0 == 200, "other words alone do not wait");
        change(&town, Role::Resident, &[("picture_text", "Zwei Bänke aus Holz")], Some(&png(30, 30, 6))).await?.expect(303)?;
        ensure!(status(&town, LARGE, None).await?.0 == 404);
        Ok(())
    });
}

#[test]
fn ideas_that_are_merged_or_split_keep_their_pictures() {
    in_town(async |town| {
        publish(&town, "ideas", "after").await?;
        propose(&town, Some(Role::Resident), &photograph()).await?.expect(303)?;
        propose(&town, Some(Role::Member), &png(700, 500, 7)).await?.expect(303)?;
        let clerk = async |path: &str, fields: &[(&str, &str)]| town.post(path, fields).as_role(Role::Clerk).send().await?.expect(303);
        let split = [("act", "split"), ("title", "Schatten am Marktplatz"), ("text", TEXT), ("reason", "Das sind zwei Dinge.")];
        clerk("/verwaltung/beteiligung/1/ideen/1", &split).await?;
        clerk("/verwaltung/beteiligung/1/ideen/1", &[("act", "merge"), ("into", "2"), ("reason", "Beide wollen dasselbe.")]).await?;
        for number in [1, 2] {
            let page = town.get(&format!("/beteiligung/1/ideen/{number}")).send().await?.expect(200)?;
            ensure!(page.body.contains(&format!("/ideen/{number}/bild/klein\"")) && page.statements().is_some_and(|count| count <= 5), "{number}");
            ensure!(status(&town, &format!("/beteiligung/1/ideen/{number}/bild/gross"), None).await?.0 == 200, "{number}");
        }
        ensure!(status(&town, "/beteiligung/1/ideen/3/bild/gross", None).await?.0 == 404, "what was split off has none");
        Ok(())
    });
}

#[test]
fn a_picture_is_in_the_file_of_ones_own_data_and_goes_with_the_account() {
    in_town(async |town| {
        publish(&town, "ideas", "after").await?;
        propose(&town, Some(Role::Resident), &photograph()).await?.expect(303)?;
        propose(&town, Some(Role::Member), &png(700, 500, 8)).await?.expect(303)?;
        let own = town.get("/konto/daten.json").as_role(Role::Resident).send().await?.expect(200)?;
        ensure!(own.body.matches("\"large_sha256\"").count() == 1 && own.body.contains(DESCRIPTION), "{}", own.body);
        let address = [("email", "resident@musterau.example"), ("password", PASSWORD)];
        let token = town.post("/anmelden", &address).send().await?.session().context("no session")?;
        let told = town.get("/konto/loeschen").with_token(&token).send().await?.expect(200)?;
        ensure!(told.body.contains("Die Bilder zu Ihren Ideen werden gelöscht."), "{}", told.body);
        town.post("/konto/loeschen", &[("old", PASSWORD)]).with_token(&token).send().await?.expect(303)?;
        let page = town.get("/beteiligung/1/ideen/1").send().await?.expect(200)?;
        ensure!(page.body.contains(TITLE) && !page.body.contains("/bild/") && status(&town, LARGE, None).await?.0 == 404, "{}", page.body);
        ensure!(rows(&town).await? == [(2, DESCRIPTION.to_owned())], "the other one stays");
        tidy(&town).await?;
        ensure!(stored(&town).len() == 2, "and its files alone: {:?}", stored(&town));
        ensure!(status(&town, "/beteiligung/1/ideen/2/bild/gross", None).await?.0 == 200);
        Ok(())
    });
}
