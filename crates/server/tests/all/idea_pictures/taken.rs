//! What is taken in and what is refused: limits from both sides, forms that are sent again, and anything at all as a file.

use super::{DESCRIPTION, LARGE, LIST, SMALL, TEXT, TITLE, body, jpeg, line, media_type, photograph, png, propose, rows, send, status, stored, tidy};
use crate::ideas::publish;
use crate::town::in_town;
use allmende_core::Role;
use allmende_dialogue::formats::ideas::rules::PICTURES_AN_HOUR_MAX;
use allmende_platform::limits::PICTURES_HELD_MAX;
use allmende_platform::pictures::PICTURE_BYTES_MAX;
use anyhow::{Context, ensure};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

#[test]
fn a_picture_is_served_without_what_its_file_said_and_costs_no_statement_more() {
    in_town(async |town| {
        publish(&town, "ideas", "after").await?;
        propose(&town, Some(Role::Resident), &photograph()).await?.expect(303)?;
        for path in ["/beteiligung/1/ideen/1", LIST, &format!("{LIST}?sortiert=neu"), &format!("{LIST}?sortiert=zustimmung")] {
            let page = town.get(path).send().await?.expect(200)?;
            ensure!(page.body.contains(&format!("src=\"{SMALL}\"")) && page.body.contains("width=\"480\" height=\"320\""), "{path}: {}", page.body);
            ensure!(page.body.contains(&format!("alt=\"{DESCRIPTION}\"")) && page.statements().is_some_and(|count| count <= 5), "{:?}", page.statements());
        }
        let page = town.get("/beteiligung/1/ideen/1").send().await?;
        ensure!(page.body.contains(&format!("<a href=\"{LARGE}\">")) && page.body.contains(&format!("{SMALL} 480w, {LARGE} 900w")), "{}", page.body);
        for path in [LARGE, SMALL] {
            let served = town.get(path).send().await?.expect(200)?;
            for secret in ["KANARI", "Exif", "Ida Muster", "8.4037"] {
                ensure!(!served.body.contains(secret), "{path}: {secret}");
            }
            let told = ["content-type", "cache-control", "x-content-type-options", "content-security-policy"].map(|name| served.text(name).to_owned());
            ensure!(told == ["image/jpeg", "public, no-cache", "nosniff", "default-src 'none'; sandbox; frame-ancestors 'none'"], "{told:?}");
            ensure!(served.statements() == Some(1), "{:?}", served.statements());
            let again = town.get(path).header("if-none-match", served.text("etag")).send().await?.expect(304)?;
            ensure!(again.body.is_empty() && again.text("cache-control") == "public, no-cache");
        }
        for path in ["/beteiligung/1/ideen/1/bild/riesig", "/beteiligung/1/ideen/2/bild/gross", "/beteiligung/2/ideen/1/bild/gross"] {
            ensure!(status(&town, path, None).await?.0 == 404, "{path}");
        }
        ensure!(town.get(LARGE).on_neighbour().send().await?.status == 404, "another site has another idea 1");
        let csv = town.get(&format!("{LIST}.csv")).send().await?.expect(200)?;
        ensure!(csv.body.contains(DESCRIPTION) && csv.body.contains(LARGE), "{}", csv.body);
        ensure!(stored(&town).len() == 2, "the file that was sent is not kept: {:?}", stored(&town));
        Ok(())
    });
}

#[test]
fn what_is_refused_says_why_and_the_form_keeps_the_rest() {
    in_town(async |town| {
        publish(&town, "ideas", "after").await?;
        let mut wide = jpeg(16, 16);
        let at = wide.windows(2).position(|pair| pair == [0xff, 0xc0]).context("no frame")?;
        wide[at + 5..at + 9].copy_from_slice(&[0x18, 0x6b, 0x1f, 0x40]);
        let mut heavy = jpeg(16, 16);
        heavy.resize(PICTURE_BYTES_MAX + 1, 0);
        let (cut, sound) = (&jpeg(60, 60)[..400], jpeg(16, 16));
        let cases: [(&[u8], &str, &str); 6] = [
            (b"<svg onload=\"alert(1)\"/>", DESCRIPTION, "Wählen Sie ein Bild als JPEG, PNG oder WebP."),
            (cut, DESCRIPTION, "Das Bild ist beschädigt oder unvollständig."),
            (&wide, DESCRIPTION, "Das Bild hat mehr als 50 Millionen Bildpunkte."),
            (&heavy, DESCRIPTION, "Das Bild hat mehr als 15 Megabyte."),
            (&[], DESCRIPTION, "Zu dieser Beschreibung fehlt das Bild."),
            (&sound, "Bank", "Beschreiben Sie das Bild mit 5 bis 250 Zeichen"),
        ];
        for (picture, description, sentence) in cases {
            let guard = town.guarded("dialogue-idea").await?;
            let fields = [("title", TITLE), ("text", TEXT), ("seen", "1"), ("picture_text", description)];
            let page = send(&town, Some(Role::Resident), &guard, &fields, Some(picture)).await?.expect(422)?;
            let summary = page.body.split("class=\"errors\"").nth(1).and_then(|rest| rest.split("</div>").next()).context("no summary")?;
            ensure!(summary.contains(sentence) && summary.contains("<a href=\"#picture"), "{sentence}: {summary}");
            for kept in [format!("value=\"{TITLE}\""), format!(">{TEXT}</textarea>"), format!("value=\"{description}\""), guard[0].1.clone()] {
                ensure!(page.body.contains(&kept), "{sentence}: {kept}: {}", page.body);
            }
        }
        ensure!(rows(&town).await?.is_empty() && town.get("/beteiligung/1/ideen/1").send().await?.status == 404);
        // The other side of the limits: as many bytes as are allowed, and a description as short as it may be.
        heavy.truncate(PICTURE_BYTES_MAX);
        let guard = town.guarded("dialogue-idea").await?;
        let fields = [("title", TITLE), ("text", TEXT), ("seen", "1"), ("picture_text", "Bänke")];
        send(&town, Some(Role::Resident), &guard, &fields, Some(&heavy)).await?.expect(303)?;
        ensure!(rows(&town).await? == [(1, "Bänke".to_owned())]);
        Ok(())
    });
}

fn fields<'f>(title: &'f str, text: &'f str, line: &'f str) -> [(&'f str, &'f str); 4] {
    [("title", title), ("text", text), ("picture_text", DESCRIPTION), ("picture_kept", line)]
}

#[test]
fn a_picture_that_was_taken_in_stays_with_its_form_until_it_is_sent() {
    in_town(async |town| {
        publish(&town, "ideas", "after").await?;
        let role = Some(Role::Resident);
        let guard = town.guarded("dialogue-idea").await?;
        // Refused words, then the question about personal data: the picture comes along each time.
        let short = send(&town, role, &guard, &fields("Bänke", TEXT, ""), Some(&photograph())).await?.expect(422)?;
        ensure!(short.body.contains("Ihr Bild ist schon hier.") && rows(&town).await?.is_empty(), "{}", short.body);
        let personal = "Wer helfen will, erreicht mich unter 06341 123456 jeden Tag.";
        let asked = send(&town, role, &guard, &fields(TITLE, personal, &line(&short.body)?), None).await?.expect(422)?;
        ensure!(asked.body.contains("Steht da etwas Persönliches?") && line(&asked.body)? == line(&short.body)?, "{}", asked.body);
        send(&town, role, &guard, &fields(TITLE, TEXT, &line(&asked.body)?), None).await?.expect(303)?;
        ensure!(rows(&town).await?.len() == 1 && status(&town, LARGE, None).await?.0 == 200);
        // Similar ideas are shown first; and what one says of the picture is asked about too.
        let guard = town.guarded("dialogue-idea").await?;
        let similar = send(&town, role, &guard, &fields("Sitzbänke für den Marktplatz", TEXT, ""), Some(&png(20, 20, 1))).await?.expect(200)?;
        ensure!(similar.body.contains("Ist Ihre Idee schon dabei?") && similar.body.contains(&format!("src=\"{SMALL}\"")), "{}", similar.body);
        let own = line(&similar.body)?;
        let more = [("title", "Sitzbänke für den Marktplatz"), ("text", TEXT), ("seen", "1"), ("picture_kept", own.as_str())];
        let told = [&more[..], &[("picture_text", "Mein Schild mit 06341 123456")]].concat();
        let asked = send(&town, role, &guard, &told, None).await?.expect(422)?;
        ensure!(asked.body.contains("Steht da etwas Persönliches?"), "{}", asked.body);
        // The line holds for its own form, and as long as the file lies there.
        let other = town.guarded("dialogue-idea").await?;
        let described = [&more[..], &[("picture_text", DESCRIPTION)]].concat();
        let foreign = send(&town, role, &other, &described, None).await?.expect(422)?;
        ensure!(foreign.body.contains("Das Bild ist nicht mehr da.") && !foreign.body.contains("picture_kept"), "{}", foreign.body);
        tidy(&town).await?;
        ensure!(stored(&town).len() == 2, "what nobody sent goes after a day: {:?}", stored(&town));
        let late = send(&town, role, &guard, &described, None).await?.expect(422)?;
        ensure!(late.body.contains("Das Bild ist nicht mehr da."), "{}", late.body);
        // It can be left out again.
        let again = send(&town, role, &guard, &described, Some(&png(20, 20, 1))).await?.expect(303)?;
        ensure!(again.location().contains("/ideen/eingang") && rows(&town).await?.len() == 2);
        let guard = town.guarded("dialogue-idea").await?;
        let short = send(&town, role, &guard, &fields("Bänke", TEXT, ""), Some(&png(20, 20, 2))).await?.expect(422)?;
        let own = line(&short.body)?;
        let without = [&fields("Ein Trinkbrunnen am Bach", TEXT, &own)[..], &[("seen", "1"), ("picture_remove", "1")]].concat();
        send(&town, role, &guard, &without, None).await?.expect(303)?;
        ensure!(rows(&town).await?.len() == 2, "without its picture");
        Ok(())
    });
}

#[test]
fn the_same_form_sent_again_keeps_one_picture() {
    in_town(async |town| {
        publish(&town, "ideas", "after").await?;
        let guard = town.guarded("dialogue-idea").await?;
        let fields = [("title", TITLE), ("text", TEXT), ("seen", "1"), ("picture_text", DESCRIPTION)];
        let first = send(&town, Some(Role::Resident), &guard, &fields, Some(&jpeg(900, 600))).await?.expect(303)?;
        let tag = town.get(LARGE).send().await?.text("etag").to_owned();
        let again = send(&town, Some(Role::Resident), &guard, &fields, Some(&png(700, 700, 9))).await?.expect(303)?;
        ensure!(first.location() == again.location() && rows(&town).await?.len() == 1);
        ensure!(town.get(LARGE).send().await?.text("etag") == tag && stored(&town).len() == 2, "the first one stays, the second one is not even stored");
        Ok(())
    });
}

#[test]
fn when_many_pictures_come_at_once_or_from_one_place_the_form_is_kept() {
    in_town(async |town| {
        publish(&town, "ideas", "after").await?;
        let held: Vec<_> = std::iter::from_fn(|| town.app.pictures.hold()).collect();
        ensure!(held.len() == PICTURES_HELD_MAX);
        let busy = propose(&town, Some(Role::Resident), &jpeg(20, 20)).await?.expect(422)?;
        ensure!(busy.body.contains("Gerade kommen sehr viele Bilder an.") && busy.body.contains(TITLE) && rows(&town).await?.is_empty(), "{}", busy.body);
        drop(held);
        // When too many are inside, the page that waits keeps what was written; the file has to be chosen again.
        let inside: Vec<_> = std::iter::from_fn(|| town.app.crowd.enter()).collect();
        let waits = propose(&town, Some(Role::Resident), &jpeg(20, 20)).await?.expect(503)?;
        ensure!(waits.body.contains(&format!("name=\"title\" value=\"{TITLE}\"")) && waits.body.contains("Wählen Sie sie danach bitte noch einmal aus."));
        drop(inside);
        let guard = town.guarded("dialogue-idea").await?;
        let fields = [("title", TITLE), ("text", TEXT), ("seen", "1"), ("picture_text", DESCRIPTION)];
        let sent = crate::town::with_guard(&guard, &fields);
        let lost = town.post(&format!("{LIST}/neu"), &sent).as_role(Role::Resident).send().await?.expect(422)?;
        ensure!(lost.body.contains("Zu dieser Beschreibung fehlt das Bild."), "nothing is lost silently: {}", lost.body);
        let picture = png(2, 2, 0);
        for number in 1..=PICTURES_AN_HOUR_MAX + 1 {
            let page =
                send(&town, Some(Role::Member), &guard, &[("title", "x"), ("text", TEXT), ("picture_text", DESCRIPTION)], Some(&picture)).await?.expect(422)?;
            let is_refused = page.body.contains("in der letzten Stunde sehr viele Bilder");
            ensure!(is_refused == (number > PICTURES_AN_HOUR_MAX), "{number}");
        }
        Ok(())
    });
}

/// Anything, and pictures that something happened to.
fn uploads() -> impl Strategy<Value = Vec<u8>> {
    let whole = prop_oneof![Just(photograph()), Just(jpeg(40, 30)), Just(png(40, 30, 7))];
    let harmed = (whole, proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12), any::<prop::sample::Index>(), any::<bool>());
    let harmed = harmed.prop_map(|(mut bytes, changes, end, is_cut)| {
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(end.index(bytes.len()));
        }
        bytes
    });
    prop_oneof![1 => proptest::collection::vec(any::<u8>(), 0..400), 3 => harmed]
}

#[test]
fn whatever_is_uploaded_is_taken_or_refused_and_refused_changes_nothing() {
    in_town(async |town| {
        publish(&town, "ideas", "after").await?;
        let (mut runner, strategy) = (TestRunner::deterministic(), uploads());
        let (mut taken, mut refused) = (0, 0);
        for _ in 0..60 {
            let bytes = strategy.new_tree(&mut runner).map_err(anyhow::Error::msg)?.current();
            let before = (rows(&town).await?.len(), stored(&town).len());
            let guard = town.guarded("dialogue-idea").await?;
            let description = if bytes.is_empty() { "" } else { DESCRIPTION };
            let fields = [("title", TITLE), ("text", TEXT), ("seen", "1"), ("picture_text", description)];
            let role = if (taken + refused) % 2 == 0 { Role::Resident } else { Role::Member };
            let answer = send(&town, Some(role), &guard, &fields, Some(&bytes)).await?;
            let after = (rows(&town).await?.len(), stored(&town).len());
            match answer.status {
                303 if bytes.is_empty() => ensure!(before == after),
                303 => {
                    taken += 1;
                    ensure!(after.0 == before.0 + 1, "{before:?} {after:?}");
                }
                422 => {
                    refused += 1;
                    ensure!(before == after, "{before:?} {after:?}");
                    ensure!(answer.body.contains("<a href=\"#picture\">"), "{}", answer.body);
                }
                other => anyhow::bail!("{other}: {}", answer.body),
            }
        }
        println!("{taken} taken, {refused} refused");
        ensure!(taken > 5 && refused > 15, "{taken} {refused}");
        // A form that is no form, or ends in its middle.
        let whole = body(&[("title", TITLE), ("picture_text", DESCRIPTION)], Some(&photograph()));
        for (kind, bytes) in [(media_type(), whole[..whole.len() / 2].to_vec()), (media_type(), Vec::new()), ("multipart/form-data".to_owned(), whole.clone())]
        {
            let answer = town.post(&format!("{LIST}/neu"), &[]).body(&kind, bytes).as_role(Role::Resident).send().await?;
            ensure!(matches!(answer.status, 400 | 422), "{kind}: {}", answer.status);
        }
        let long = "x".repeat(300_000);
        let answer =
            town.post(&format!("{LIST}/neu"), &[]).body(&media_type(), body(&[("title", TITLE), ("text", &long)], None)).as_role(Role::Resident).send().await?;
        ensure!(answer.status == 413, "{}", answer.status);
        Ok(())
    });
}
