//! Every route has a policy, a reviewer sees all of them, and each refuses whom it should.

use crate::town::in_town;
use allmende::rooms;
use allmende_core::permission::role_may;
use allmende_core::{Act, Role};
use allmende_platform::web::Policy;
use allmende_platform::web::routes::RouteInfo;
use allmende_testing::town::{Ask, TestTown};
use anyhow::ensure;
use axum::http::Method;
use std::path::Path;

/// Compares with a file in `tests/snapshots`, or writes it with `UPDATE_SNAPSHOTS=1`.
fn compare(name: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&file, text).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(kept, text, "{name} differs; look at it and run with UPDATE_SNAPSHOTS=1 if it is meant");
}

#[test]
fn the_routes_are_those_of_the_snapshot() {
    let routes = rooms::routes();
    let policy = |policy: Policy| match policy {
        Policy::Public => "public".to_owned(),
        Policy::Open => "open".to_owned(),
        Policy::Act(act) => format!("{act:?}"),
    };
    let mut lines: Vec<String> = routes.infos().iter().map(|info| format!("{:<52} {:<5} {}\n", info.path, info.method.as_str(), policy(info.policy))).collect();
    lines.sort();
    compare("routes.txt", &lines.concat());
}

#[test]
fn the_permissions_are_those_of_the_snapshot() {
    let mut text = format!("{:<16}", "");
    for role in Role::ALL {
        text.push_str(&format!(" {:<13}", role.key()));
    }
    let mut lines = vec![text];
    for act in Act::ALL {
        let marks = Role::ALL.into_iter().map(|role| format!(" {:<13}", if role_may(role, act) { "yes" } else { "-" }));
        lines.push(format!("{:<16}{}", format!("{act:?}"), marks.collect::<String>()));
    }
    let text: String = lines.iter().map(|line| format!("{}\n", line.trim_end())).collect();
    compare("permissions.txt", &text);
}

fn ask<'t>(town: &'t TestTown, info: &RouteInfo) -> Ask<'t> {
    let path: String = info.path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/");
    if info.method == Method::GET { town.get(&path) } else { town.post(&path, &[]) }
}

fn guarded() -> Vec<(RouteInfo, Act)> {
    let routes = rooms::routes();
    let infos = routes.infos().iter();
    infos
        .filter_map(|info| match info.policy {
            Policy::Act(act) => Some((info.clone(), act)),
            Policy::Public | Policy::Open => None,
        })
        .collect()
}

#[test]
fn a_stranger_is_sent_to_sign_in_or_refused_everywhere_but_where_it_is_declared() {
    in_town(async |town| {
        for (info, _) in guarded() {
            let answer = ask(&town, &info).send().await?;
            if info.method == Method::GET {
                ensure!(answer.status == 303 && answer.location().starts_with("/anmelden?weiter=/"), "{info:?}: {} {}", answer.status, answer.location());
            } else {
                ensure!(answer.status == 403, "{info:?}: {}", answer.status);
            }
        }
        Ok(())
    });
}

#[test]
fn a_role_comes_where_it_may_and_nowhere_else() {
    in_town(async |town| {
        for (info, act) in guarded() {
            for role in Role::ALL.into_iter().filter(|role| !role_may(*role, act)) {
                let answer = ask(&town, &info).as_role(role).send().await?;
                ensure!(answer.status == 403, "{role:?} {info:?}: {}", answer.status);
            }
            if info.method == Method::GET {
                let answer = ask(&town, &info).as_role(Role::Administrator).send().await?;
                ensure!(matches!(answer.status, 200 | 404), "{info:?}: {} {}", answer.status, answer.body);
            }
        }
        Ok(())
    });
}

#[test]
fn no_form_of_another_site_changes_anything() {
    in_town(async |town| {
        for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
            let mut ask = town.post("/konto", &[("name", "Eva Ill"), ("language", "de")]).as_role(Role::Clerk).header(name, value);
            if name == "origin" {
                ask = ask.header("sec-fetch-site", "cross-site");
            }
            let answer = ask.send().await?.expect(403)?;
            ensure!(answer.body.contains("fremden Seite"), "{}", answer.body);
        }
        let page = town.get("/konto").as_role(Role::Clerk).send().await?.expect(200)?;
        ensure!(page.body.contains("value=\"clerk\"") && !page.body.contains("Eva Ill"));
        let answer = town.post("/konto", &[("name", "Ida Amt"), ("language", "de")]).as_role(Role::Clerk).send().await?;
        ensure!(answer.location() == "/konto?hinweis=saved", "{answer:?}");
        Ok(())
    });
}
