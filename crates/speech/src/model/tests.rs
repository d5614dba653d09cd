//! The model as a whole, on a tiny one of random weights.

use ndarray::Array2;
use proptest::prelude::*;
use safetensors::Dtype;

use super::tiny::{self, D, MELS, STATES, TOKENS, VOCAB};
use super::{CrossKv, Model, ModelError, Weights};

fn start(model: &Model, frames: usize) -> CrossKv {
    let states = model.encoder.forward(tiny::log_mel(frames).view()).unwrap();
    model.decoder.start(&states).unwrap()
}

fn assert_close(a: &[f32], b: &[f32], tolerance: f32) {
    assert_eq!(a.len(), b.len());
    let worst = a
        .iter()
        .zip(b)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max);
    assert!(worst <= tolerance, "differs by {worst}");
}

#[test]
fn encoder_gives_one_state_per_two_frames_begun() {
    let model = tiny::model();
    for frames in [1, 2, 3, 16, 17, 2 * STATES - 1, 2 * STATES] {
        let states = model
            .encoder
            .forward_keeping(tiny::log_mel(frames).view(), 2)
            .unwrap();
        assert_eq!(states.states.dim(), (frames.div_ceil(2), D));
        assert_eq!(states.blocks.len(), 2);
        assert!(states.states.iter().all(|x| x.is_finite()));
        assert_eq!(
            model.decoder.start(&states).unwrap().len(),
            states.states.nrows()
        );
    }
}

#[test]
fn encoder_refuses_what_it_cannot_encode() {
    let model = tiny::model();
    for shape in [(0, MELS), (4, MELS - 1), (MELS, 4), (2 * STATES + 1, MELS)] {
        let error = model
            .encoder
            .forward(Array2::zeros(shape).view())
            .unwrap_err();
        assert!(matches!(error, ModelError::Input(_)), "{error}");
    }
}

#[test]
fn duplicated_rows_go_their_own_ways() {
    let model = tiny::model();
    let cross = start(&model, 30);
    let mut state = model.decoder.state(&cross);
    model.decoder.prompt(&mut state, &[101, 102]).unwrap();
    state.reorder(&[0, 0, 0]);
    model.decoder.step(&mut state, &[5, 6, 7]).unwrap();
    // Row 2 twice, row 0 once, row 1 dropped.
    state.reorder(&[2, 0, 2]);
    let found = model.decoder.step(&mut state, &[8, 9, 10]).unwrap();
    for (row, tokens) in [[101, 102, 7, 8], [101, 102, 5, 9], [101, 102, 7, 10]]
        .iter()
        .enumerate()
    {
        let expected = model.decoder.logits_after_each(&cross, tokens).unwrap();
        assert_close(found.row(row).unwrap(), expected.row(3).unwrap(), 1e-4);
        assert_eq!(state.len(row), Some(4));
    }
    state.reorder(&[]);
    assert!(state.is_empty());
    assert_eq!(model.decoder.step(&mut state, &[]).unwrap().rows(), 0);
}

#[test]
fn a_refused_step_leaves_the_state_as_it_was() {
    let model = tiny::model();
    let cross = start(&model, 30);
    let mut state = model.decoder.state(&cross);
    model.decoder.prompt(&mut state, &[101]).unwrap();
    let mut untouched = state.clone();
    assert!(model.decoder.step(&mut state, &[VOCAB as u32]).is_err());
    assert!(model.decoder.step(&mut state, &[1, 2]).is_err());
    assert!(model.decoder.prompt(&mut state, &[]).is_err());
    assert!(model.decoder.prompt(&mut state, &[1; TOKENS]).is_err());
    let after = model.decoder.step(&mut state, &[3]).unwrap();
    let expected = model.decoder.step(&mut untouched, &[3]).unwrap();
    assert_eq!(after.row(0), expected.row(0));
}

#[test]
fn scores_name_the_preferred_token_and_align_to_all_frames() {
    let model = tiny::model();
    let cross = start(&model, 31);
    let sequences: [&[u32]; 3] = [&[101, 103, 1, 2, 100], &[101, 103, 1, 3, 4, 100], &[101]];
    let scores = model.decoder.score(&cross, &sequences, 2, true).unwrap();
    for (sequence, score) in sequences.iter().zip(&scores) {
        let mut logits = model.decoder.logits_after_each(&cross, sequence).unwrap();
        logits.log_softmax();
        assert_eq!(score.tokens.len(), sequence.len().saturating_sub(2));
        for (index, token) in score.tokens.iter().enumerate() {
            let row = logits.row(index + 1).unwrap();
            assert!((token.log_prob - row[sequence[index + 2] as usize]).abs() < 1e-4);
            assert!((token.best_log_prob - row[token.best as usize]).abs() < 1e-4);
            assert!(row.iter().all(|other| *other <= token.best_log_prob + 1e-4));
        }
        let alignment = score.alignment.as_ref().unwrap();
        assert_eq!(alignment.dim(), (3, sequence.len(), 16));
        for weights in alignment.rows() {
            assert!((weights.sum() - 1.0).abs() < 1e-4);
        }
    }
    assert!(model.decoder.score(&cross, &sequences, 0, false).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Search and rescoring see the same model: token by token with the cache,
    /// in uneven pieces, or all at once.
    #[test]
    fn cached_steps_and_one_pass_agree(
        tokens in prop::collection::vec(0..VOCAB as u32, 2..TOKENS),
        cut in 1..TOKENS,
        frames in 1..2 * STATES,
    ) {
        let model = tiny::model();
        let cross = start(&model, frames);
        let at_once = model.decoder.logits_after_each(&cross, &tokens).unwrap();
        let mut state = model.decoder.state(&cross);
        for (position, token) in tokens.iter().enumerate() {
            let step = model.decoder.step(&mut state, &[*token]).unwrap();
            assert_close(step.row(0).unwrap(), at_once.row(position).unwrap(), 1e-4);
        }
        let (head, tail) = tokens.split_at(cut.min(tokens.len() - 1));
        let mut state = model.decoder.state(&cross);
        model.decoder.prompt(&mut state, head).unwrap();
        let last = model.decoder.prompt(&mut state, tail).unwrap();
        assert_close(last.row(0).unwrap(), at_once.row(tokens.len() - 1).unwrap(), 1e-4);
    }

    /// Damage anywhere in the files ends in an error or a model, never a panic.
    #[test]
    fn damaged_files_never_panic(
        file in prop::sample::select(vec!["config.json", "model.safetensors", "tokenizer.json"]),
        at in 0.0..1.0_f64,
        near_start in any::<bool>(),
        damage in prop::collection::vec(any::<u8>(), 0..9),
        cut in any::<bool>(),
    ) {
        let directory = tempfile::tempdir().unwrap();
        tiny::write(directory.path(), "model.", Dtype::F32);
        let path = directory.path().join(file);
        let mut bytes = std::fs::read(&path).unwrap();
        let range = if near_start { bytes.len().min(6000) } else { bytes.len() };
        let at = (at * range as f64) as usize;
        if cut {
            bytes.truncate(at);
        }
        let end = bytes.len().min(at + damage.len());
        bytes.splice(at.min(end)..end, damage);
        std::fs::write(&path, bytes).unwrap();
        if let Err(error) = Model::load(directory.path()) {
            assert!(error.to_string().contains(';'), "says how to mend it: {error}");
        }
    }
}

#[test]
fn every_stored_form_gives_nearly_the_same_model() {
    let reference = tiny::model();
    let cross = start(&reference, 30);
    let expected = reference
        .decoder
        .logits_after_each(&cross, &[101, 102, 3])
        .unwrap();
    let forms = [
        ("", Dtype::F32, 0.0),
        ("model.", Dtype::F16, 0.03),
        ("", Dtype::BF16, 0.3),
        ("model.", Dtype::I8, 0.3),
    ];
    for (prefix, dtype, tolerance) in forms {
        let directory = tempfile::tempdir().unwrap();
        tiny::write(directory.path(), prefix, dtype);
        let model = Model::load(directory.path()).unwrap();
        let cross = start(&model, 30);
        let found = model
            .decoder
            .logits_after_each(&cross, &[101, 102, 3])
            .unwrap();
        assert_close(found.row(2).unwrap(), expected.row(2).unwrap(), tolerance);
    }
}

#[test]
fn errors_name_what_is_missing_or_does_not_fit() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    let error = Model::load(path).unwrap_err();
    assert!(
        matches!(&error, ModelError::Read { path, .. } if path.ends_with("config.json")),
        "{error}"
    );

    tiny::write(path, "model.", Dtype::F32);
    let config = std::fs::read_to_string(path.join("config.json")).unwrap();
    let with = |from: &str, to: &str| {
        std::fs::write(path.join("config.json"), config.replace(from, to)).unwrap()
    };

    with("\"encoder_layers\":2", "\"encoder_layers\":3");
    assert!(matches!(
        Model::load(path),
        Err(ModelError::MissingTensor { .. })
    ));
    with("\"max_source_positions\":40", "\"max_source_positions\":50");
    let error = Model::load(path).unwrap_err();
    assert!(
        matches!(&error, ModelError::Shape { found, expected, .. } if found[0] == 40 && expected[0] == 50),
        "{error}"
    );
    with("\"d_model\":64", "\"d_model\":63");
    assert!(matches!(
        Model::load(path),
        Err(ModelError::Config {
            field: "encoder_attention_heads",
            ..
        })
    ));
    with("[1,2]", "[2,2]");
    assert!(matches!(
        Model::load(path),
        Err(ModelError::Config {
            field: "alignment_heads",
            ..
        })
    ));
    with("[1,2]", "[1,2]");

    let file = std::fs::read(path.join("model.safetensors")).unwrap();
    for bytes in [
        &[][..],
        &[0xff; 64],
        b"\x02\0\0\0\0\0\0\0{}extra",
        &file[..file.len() - 1],
    ] {
        std::fs::write(path.join("model.safetensors"), bytes).unwrap();
        assert!(matches!(
            Weights::open(path),
            Err(ModelError::Header { .. })
        ));
    }
    // A type that is no weight's, of the right size: the header's "F32" made "I32".
    let at: Vec<usize> = (0..file.len() - 5)
        .filter(|i| &file[*i..*i + 5] == b"\"F32\"")
        .collect();
    let mut changed = file.clone();
    at.iter().for_each(|i| changed[i + 1] = b'I');
    std::fs::write(path.join("model.safetensors"), changed).unwrap();
    assert!(matches!(Model::load(path), Err(ModelError::Dtype { .. })));
}
