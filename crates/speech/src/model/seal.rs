//! The version and the checksums that `models/training/zahlwort_training/model/pack.py` puts into a model's metadata.
//!
//! They tell damage in copying or storing from a fault in the program. They are no signature: whoever
//! can change the model can change them too.

use std::collections::HashMap;
use std::path::Path;

use crc32fast::Hasher;
use rayon::prelude::*;

use super::ModelError;

/// The metadata's `format` of a sealed model; files of other formats are not checked.
const FORMAT: &str = "zahlwort";
/// The newest `format_version` that this release reads.
const NEWEST: u32 = 1;
/// Bytes that one thread sums at a time.
const PIECE: usize = 1 << 20;

/// Checks the version, the checksum of the tensors and those of the other files, if `about`, the
/// metadata of the file at `path`, says that there are any.
pub(super) fn check(
    directory: &Path,
    path: &Path,
    about: &HashMap<String, String>,
    tensors: &[u8],
) -> Result<(), ModelError> {
    if about.get("format").is_none_or(|format| format != FORMAT) {
        return Ok(());
    }
    let found = about.get("format_version").cloned().unwrap_or_default();
    if !found.parse().is_ok_and(|version: u32| version <= NEWEST) {
        return Err(ModelError::Version {
            path: path.to_owned(),
            found,
            newest: NEWEST,
        });
    }
    // Small files first: they are the ones that people change.
    for name in ["config.json", "tokenizer.json"] {
        let path = directory.join(name);
        let bytes = std::fs::read(&path).map_err(|source| ModelError::Read {
            path: path.clone(),
            source,
        })?;
        compare(&path, about.get(&format!("crc32.{name}")), &bytes)?;
    }
    compare(path, about.get("crc32.tensors"), tensors)
}

fn compare(path: &Path, expected: Option<&String>, bytes: &[u8]) -> Result<(), ModelError> {
    let found = checksum(bytes);
    if expected == Some(&found) {
        return Ok(());
    }
    Err(ModelError::Damaged {
        path: path.to_owned(),
        expected: expected.map_or_else(|| "not recorded".to_owned(), Clone::clone),
        found,
    })
}

/// The CRC-32, in eight hexadecimal digits.
pub(crate) fn checksum(bytes: &[u8]) -> String {
    let sum = |piece: &[u8]| {
        let mut hasher = Hasher::new();
        hasher.update(piece);
        hasher
    };
    let join = |mut left: Hasher, right: Hasher| {
        left.combine(&right);
        left
    };
    let whole = bytes.par_chunks(PIECE).map(sum).reduce(Hasher::new, join);
    format!("{:08x}", whole.finalize())
}

#[cfg(test)]
mod tests {
    use safetensors::Dtype;

    use super::*;
    use crate::model::{Model, tiny};

    /// Flips a bit of the file's byte at `at`, counted from the end.
    fn damage(directory: &Path, file: &str, at: usize) {
        let path = directory.join(file);
        let mut bytes = std::fs::read(&path).unwrap();
        let index = bytes.len() - at;
        bytes[index] ^= 1;
        std::fs::write(path, bytes).unwrap();
    }

    fn sealed() -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        tiny::write(directory.path(), "model.", Dtype::I8);
        tiny::seal(directory.path(), "1");
        directory
    }

    #[test]
    fn pieces_add_up_to_the_checksum_of_the_whole() {
        assert_eq!(checksum(b"123456789"), "cbf43926");
        assert_eq!(checksum(b""), "00000000");
        let bytes: Vec<u8> = (0..3 * PIECE + 5).map(|i| (i % 251) as u8).collect();
        assert_eq!(checksum(&bytes), format!("{:08x}", crc32fast::hash(&bytes)));
    }

    #[test]
    fn a_sealed_model_loads_and_one_changed_bit_anywhere_is_noticed() {
        Model::load(sealed().path()).unwrap();
        for (file, at) in [
            ("model.safetensors", 1),
            ("model.safetensors", 50_000),
            ("tokenizer.json", 5),
        ] {
            let directory = sealed();
            damage(directory.path(), file, at);
            let error = Model::load(directory.path()).unwrap_err();
            assert!(
                matches!(&error, ModelError::Damaged { path, .. } if path.ends_with(file)),
                "{error}"
            );
            assert!(error.to_string().contains("copy the model directory again"));
        }
        let directory = sealed();
        let path = directory.path().join("config.json");
        let config = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, config + "\n").unwrap();
        let error = Model::load(directory.path()).unwrap_err();
        assert!(
            matches!(&error, ModelError::Damaged { path, .. } if path.ends_with("config.json")),
            "{error}"
        );
    }

    #[test]
    fn a_truncated_file_is_no_complete_one() {
        let directory = sealed();
        let path = directory.path().join("model.safetensors");
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        let error = Model::load(directory.path()).unwrap_err();
        assert!(matches!(error, ModelError::Header { .. }), "{error}");
    }

    #[test]
    fn a_later_version_is_refused_and_another_format_is_not_checked() {
        let directory = sealed();
        for version in ["2", "", "-1", "later"] {
            tiny::seal(directory.path(), version);
            let error = Model::load(directory.path()).unwrap_err();
            assert!(matches!(error, ModelError::Version { .. }), "{error}");
        }
        tiny::write(directory.path(), "", Dtype::F32);
        damage(directory.path(), "model.safetensors", 1);
        Model::load(directory.path()).unwrap();
    }
}
