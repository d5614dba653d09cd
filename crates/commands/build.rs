//! Writes a table of the grammar files below `packs`, so that whoever adds one has nothing else to edit:
//! `packs/PACK/LANGUAGE/*.yaml`, each with its text.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn Error>> {
    let packs = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("packs");
    println!("cargo::rerun-if-changed={}", packs.display());
    let mut table = String::from("&[\n");
    for pack in sorted(&packs)?.iter().filter(|path| path.is_dir()) {
        for language in sorted(pack)?.iter().filter(|path| path.is_dir()) {
            println!("cargo::rerun-if-changed={}", language.display());
            writeln!(table, "({:?}, {:?}, &[", name(pack), name(language))?;
            for file in sorted(language)? {
                if file.extension().is_some_and(|ending| ending == "yaml") {
                    writeln!(table, "({:?}, include_str!({file:?})),", name(&file))?;
                }
            }
            table.push_str("]),\n");
        }
    }
    table.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("packs.rs"), table)?;
    Ok(())
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    // As the loader of the grammar crate reads a folder.
    paths.sort_by_key(|path| path.file_name().map(|name| name.to_ascii_lowercase()));
    Ok(paths)
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
