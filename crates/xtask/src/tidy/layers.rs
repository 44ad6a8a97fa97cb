//! Dependencies run one way: server → rooms → platform → core, with methods and standards beside core.
//!
//! Read from the manifests: what is not declared there cannot be imported.

use std::collections::BTreeMap;

use super::{Findings, tree::Tree};

/// The layer of a crate by its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Core,
    Methods,
    Standards,
    Platform,
    Rooms,
    Server,
    Tools,
}

impl Layer {
    fn of(path: &str) -> Option<Self> {
        let folder = path.strip_prefix("crates/")?.split('/').next()?;
        Some(match folder {
            "core" => Self::Core,
            // The invented town is data that anybody may read, and as pure.
            "methods" | "demo" => Self::Methods,
            "standards" => Self::Standards,
            "platform" => Self::Platform,
            "rooms" => Self::Rooms,
            "server" => Self::Server,
            "xtask" => Self::Tools,
            _ => return None,
        })
    }

    fn may_use(self, other: Self) -> bool {
        use Layer::{Core, Methods, Platform, Rooms, Server, Standards, Tools};
        match self {
            Core | Tools => false,
            Methods | Standards => other == Core,
            Platform => matches!(other, Core | Methods | Standards | Platform),
            Rooms => matches!(other, Core | Methods | Standards | Platform),
            Server => !matches!(other, Server | Tools),
        }
    }
}

pub fn check(tree: &Tree, findings: &mut Findings) {
    let mut manifests = Vec::new();
    for file in &tree.files {
        if file.name() != "Cargo.toml" || !file.path.starts_with("crates/") {
            continue;
        }
        let Some(layer) = Layer::of(&file.path) else {
            findings.error(&file.path, 0, "a folder that is not in the plan of the house");
            continue;
        };
        match toml::from_str::<toml::Table>(&file.text) {
            Ok(manifest) => manifests.push((file.path.as_str(), layer, manifest)),
            Err(error) => findings.error(&file.path, 0, error.message()),
        }
    }
    let layers: BTreeMap<&str, Layer> = manifests.iter().filter_map(|(_, layer, manifest)| Some((name_of(manifest)?, *layer))).collect();
    for (path, layer, manifest) in &manifests {
        for dependency in dependencies_of(manifest) {
            let Some(other) = layers.get(dependency) else {
                continue;
            };
            if !layer.may_use(*other) {
                findings.error(path, 0, format!("{layer:?} must not depend on {other:?} (`{dependency}`)"));
            }
        }
    }
}

fn name_of(manifest: &toml::Table) -> Option<&str> {
    manifest.get("package")?.get("name")?.as_str()
}

/// The packages of all kinds of dependencies, also those under another name.
fn dependencies_of(manifest: &toml::Table) -> Vec<&str> {
    let mut found = Vec::new();
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let Some(table) = manifest.get(kind).and_then(toml::Value::as_table) else {
            continue;
        };
        for (name, value) in table {
            let package = value.get("package").and_then(toml::Value::as_str);
            found.push(package.unwrap_or(name));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::tests::errors;

    fn count(folder: &str, kind: &str, dependency: &str) -> usize {
        let own = format!("[package]\nname = \"own\"\n[{kind}]\n{dependency}.workspace = true\n");
        let own_path = format!("crates/{folder}/Cargo.toml");
        errors(
            check,
            &[
                (&own_path, &own),
                ("crates/rooms/b/Cargo.toml", "[package]\nname = \"room\"\n"),
                ("crates/core/Cargo.toml", "[package]\nname = \"core\"\n"),
                ("crates/platform/db/Cargo.toml", "[package]\nname = \"db\"\n"),
                ("crates/standards/o/Cargo.toml", "[package]\nname = \"oparl\"\n"),
            ],
        )
        .len()
    }

    #[test]
    fn rooms_do_not_import_rooms() {
        assert_eq!(count("rooms/a", "dependencies", "room"), 1);
        assert_eq!(count("rooms/a", "dev-dependencies", "room"), 1);
        assert_eq!(count("rooms/a", "dependencies", "db"), 0);
        assert_eq!(count("rooms/a", "dependencies", "serde"), 0);
        assert_eq!(count("server", "dependencies", "room"), 0);
    }

    #[test]
    fn nothing_reaches_up() {
        assert_eq!(count("platform/a", "dependencies", "room"), 1);
        assert_eq!(count("standards/a", "dependencies", "db"), 1);
        assert_eq!(count("standards/a", "dependencies", "core"), 0);
        assert_eq!(count("methods/a", "dependencies", "oparl"), 1);
        assert_eq!(count("xtask", "dependencies", "core"), 1);
    }

    #[test]
    fn a_folder_outside_the_plan_is_found() {
        assert_eq!(count("utils", "dependencies", "serde"), 1);
    }
}
