//! Models of random weights, for tests of the code around a reader. They have learnt nothing.

use std::iter;

use safetensors::Dtype;
use safetensors::tensor::TensorView;
use serde_json::json;

/// The sizes of a model.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Rows of the embedding.
    pub buckets: usize,
    /// Width of the embedding.
    pub embedding: usize,
    /// Units of the LSTM in each direction.
    pub hidden: usize,
    /// Layers of the LSTM.
    pub layers: usize,
}

impl Sizes {
    /// As small as is any use.
    pub const TINY: Self = Self {
        buckets: 64,
        embedding: 6,
        hidden: 5,
        layers: 2,
    };
    /// Those of the default model.
    pub const DEFAULT: Self = Self {
        buckets: 32_768,
        embedding: 96,
        hidden: 128,
        layers: 2,
    };
}

/// The two files of a model.
#[derive(Debug, Clone)]
pub struct Model {
    /// The text of `reading.json`.
    pub config: String,
    /// The bytes of `reading.safetensors`.
    pub tensors: Vec<u8>,
}

const LISTS: [&str; 3] = ["contacts", "merchants", "products"];
const LANGUAGES: [&str; 2] = ["de", "en"];
const TAGS: [&str; 6] = ["", "-", "recipient", "amount", "product", "quantity"];
const INTENTS: [(&str, &[&str]); 4] = [
    ("", &[]),
    ("SendMoney", &["recipient", "amount"]),
    ("OrderProduct", &["product", "quantity"]),
    ("CheckBalance", &[]),
];

/// A model of random weights: the same for the same seed, on every machine.
///
/// It knows the intents `SendMoney` (`recipient`, `amount`), `OrderProduct` (`product`, `quantity`) and `CheckBalance`,
/// the languages `de` and `en`, and the lists `contacts`, `merchants` and `products`.
///
/// # Panics
/// If a size is 0.
#[must_use]
pub fn model(sizes: &Sizes, seed: u64) -> Model {
    let Sizes {
        buckets,
        embedding,
        hidden,
        layers,
    } = *sizes;
    let mut file = Tensors {
        random: random(seed),
        made: Vec::new(),
    };
    file.matrix("embedding.weight", buckets, embedding);
    let flags = LISTS.len() + crate::features::FLAGS + LANGUAGES.len();
    for layer in 0..layers {
        let inputs = if layer == 0 {
            embedding + flags
        } else {
            2 * hidden
        };
        for direction in ["forward", "backward"] {
            let name = format!("lstm.{layer}.{direction}");
            file.matrix(&format!("{name}.weight_ih"), 4 * hidden, inputs);
            file.matrix(&format!("{name}.weight_hh"), 4 * hidden, hidden);
            file.floats(&format!("{name}.bias"), &[4 * hidden]);
        }
    }
    file.floats("attention.weight", &[1, 2 * hidden]);
    for (head, outputs, inputs) in [
        ("intent", INTENTS.len(), 4 * hidden),
        ("tag", TAGS.len(), 2 * hidden),
    ] {
        file.matrix(&format!("{head}.weight"), outputs, inputs);
        file.floats(&format!("{head}.bias"), &[outputs]);
    }
    file.floats("transitions", &[TAGS.len(), TAGS.len()]);
    file.floats("start", &[TAGS.len()]);
    file.floats("end", &[TAGS.len()]);
    let tensors = file.bytes();
    let intents = INTENTS.map(|(name, slots)| json!({"name": name, "slots": slots}));
    let config = json!({
        "format": "zahlwort-reading", "format_version": 1,
        "crc32.tensors": format!("{:08x}", crc32fast::hash(&tensors)),
        "buckets": buckets, "embedding": embedding, "hidden": hidden, "layers": layers,
        "languages": LANGUAGES, "lists": LISTS, "intents": intents, "tags": TAGS,
        "calibration": {"scale": 1.0, "offset": 0.0},
    });
    Model {
        config: config.to_string(),
        tensors,
    }
}

/// Numbers in [-1, 1): Knuth's MMIX generator, its upper 24 bits.
pub(crate) fn random(seed: u64) -> impl Iterator<Item = f32> {
    let step = |state: &u64| {
        Some(
            state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407),
        )
    };
    iter::successors(step(&seed), step).map(|state| (state >> 40) as f32 / 8_388_608.0 - 1.0)
}

struct Tensors<R> {
    random: R,
    made: Vec<(String, Dtype, Vec<usize>, Vec<u8>)>,
}

impl<R: Iterator<Item = f32>> Tensors<R> {
    /// Int8 with scales that keep sums over a row near 1.
    fn matrix(&mut self, name: &str, rows: usize, columns: usize) {
        let values = self.random.by_ref().take(rows * columns);
        let bytes = values
            .map(|x| (x * 127.0).round() as i8)
            .map(i8::cast_unsigned)
            .collect();
        self.made
            .push((name.to_owned(), Dtype::I8, vec![rows, columns], bytes));
        let scale = 2.0 / (columns as f32).sqrt() / 127.0;
        let scales = iter::repeat_n(scale, rows)
            .flat_map(f32::to_le_bytes)
            .collect();
        self.made
            .push((format!("{name}.scale"), Dtype::F32, vec![rows], scales));
    }

    fn floats(&mut self, name: &str, shape: &[usize]) {
        let values = self.random.by_ref().take(shape.iter().product());
        let bytes = values.flat_map(f32::to_le_bytes).collect();
        self.made
            .push((name.to_owned(), Dtype::F32, shape.to_vec(), bytes));
    }

    fn bytes(self) -> Vec<u8> {
        let views = self.made.iter().map(|(name, dtype, shape, bytes)| {
            let view = TensorView::new(*dtype, shape.clone(), bytes);
            (name, view.expect("the bytes fit the shape"))
        });
        safetensors::serialize(views, None).expect("tensors of known types are written")
    }
}
