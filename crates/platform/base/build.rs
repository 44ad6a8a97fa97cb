//! Embeds what `web/build.mjs` wrote to `web/dist`: each asset with its hashed name and its compressed forms.
//!
//! Without that folder (a first `cargo check`) the list is empty; the program refuses to serve pages then.

use std::fmt::Write as _;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = std::env::var("CARGO_MANIFEST_DIR")?;
    let dist = Path::new(&root).join("../../../web/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut out = String::from("static ASSETS: &[Asset] = &[\n");
    if let Ok(manifest) = std::fs::read_to_string(dist.join("manifest.json")) {
        let manifest: serde_json::Value = serde_json::from_str(&manifest)?;
        let entries = manifest.as_object().ok_or("manifest.json is not an object")?;
        for (name, entry) in entries {
            let path = entry["path"].as_str().ok_or("an asset without a path")?;
            let media_type = entry["type"].as_str().ok_or("an asset without a type")?;
            let file = dist.join(path).canonicalize()?;
            let compressed = |ending: &str| {
                let file = dist.join(format!("{path}.{ending}"));
                if file.exists() { format!("Some(include_bytes!({:?}))", file.canonicalize().unwrap_or(file)) } else { "None".to_owned() }
            };
            writeln!(
                out,
                "Asset {{ name: {name:?}, path: {path:?}, media_type: {media_type:?}, plain: include_bytes!({file:?}), gzip: {}, brotli: {} }},",
                compressed("gz"),
                compressed("br")
            )?;
        }
    }
    out.push_str("];\n");
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("assets.rs"), out)?;
    Ok(())
}
