//! The sizes of a Whisper model, as Hugging Face's `config.json` states them.

use std::path::Path;

use serde::Deserialize;

use super::ModelError;

/// The sizes of a Whisper model.
///
/// Fields of `config.json` that do not change the computation are ignored.
#[derive(Debug, Clone, Deserialize)]
pub struct Config {
    /// Width of the residual stream.
    pub d_model: usize,
    /// Transformer blocks in the encoder.
    pub encoder_layers: usize,
    /// Transformer blocks in the decoder.
    pub decoder_layers: usize,
    /// Attention heads per encoder block.
    pub encoder_attention_heads: usize,
    /// Attention heads per decoder block; the encoder's number if absent.
    #[serde(default)]
    pub decoder_attention_heads: usize,
    /// Width of the encoder's feed-forward layer; `4 * d_model` if absent.
    #[serde(default)]
    pub encoder_ffn_dim: usize,
    /// Width of the decoder's feed-forward layer; `4 * d_model` if absent.
    #[serde(default)]
    pub decoder_ffn_dim: usize,
    /// Mel channels of the input: 80, or 128 for `large-v3`.
    pub num_mel_bins: usize,
    /// Most encoder states, of 20 ms each: 1500 for 30 s.
    pub max_source_positions: usize,
    /// Most tokens that the decoder may see at once.
    pub max_target_positions: usize,
    /// Number of tokens, special ones included.
    pub vocab_size: usize,
    /// `[layer, head]` of the decoder's cross-attention heads that follow the
    /// audio. If neither `config.json` nor `generation_config.json` names them,
    /// all heads of the upper half of the decoder, as OpenAI's code does.
    #[serde(default)]
    pub alignment_heads: Vec<[usize; 2]>,
    #[serde(default)]
    activation_function: Option<String>,
    #[serde(default)]
    scale_embedding: bool,
}

#[derive(Deserialize)]
struct GenerationConfig {
    #[serde(default)]
    alignment_heads: Vec<[usize; 2]>,
}

impl Config {
    /// Reads `config.json` of a model directory, fills in what is absent and
    /// checks every size.
    ///
    /// # Errors
    /// [`ModelError::Read`], [`ModelError::Json`] or [`ModelError::Config`].
    pub fn read(directory: &Path) -> Result<Self, ModelError> {
        let path = directory.join("config.json");
        let text = std::fs::read_to_string(&path).map_err(|source| ModelError::Read {
            path: path.clone(),
            source,
        })?;
        let mut config: Self = serde_json::from_str(&text).map_err(|error| ModelError::Json {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        if config.alignment_heads.is_empty() {
            // Checkpoints keep the heads here; the file is optional, so is its content.
            config.alignment_heads =
                std::fs::read_to_string(directory.join("generation_config.json"))
                    .ok()
                    .and_then(|text| serde_json::from_str::<GenerationConfig>(&text).ok())
                    .map(|generation| generation.alignment_heads)
                    .unwrap_or_default();
        }
        config.complete()?;
        Ok(config)
    }

    fn complete(&mut self) -> Result<(), ModelError> {
        let d = self.d_model;
        limit("d_model", d, 1, 4096)?;
        limit("encoder_layers", self.encoder_layers, 1, 64)?;
        limit("decoder_layers", self.decoder_layers, 1, 64)?;
        limit("num_mel_bins", self.num_mel_bins, 1, 512)?;
        limit("max_source_positions", self.max_source_positions, 1, 8192)?;
        limit("max_target_positions", self.max_target_positions, 1, 8192)?;
        limit("vocab_size", self.vocab_size, 1, 1 << 20)?;
        let or = |value: usize, default| if value == 0 { default } else { value };
        self.decoder_attention_heads =
            or(self.decoder_attention_heads, self.encoder_attention_heads);
        self.encoder_ffn_dim = or(self.encoder_ffn_dim, 4 * d);
        self.decoder_ffn_dim = or(self.decoder_ffn_dim, 4 * d);
        limit("encoder_ffn_dim", self.encoder_ffn_dim, 1, 1 << 15)?;
        limit("decoder_ffn_dim", self.decoder_ffn_dim, 1, 1 << 15)?;
        for (field, heads) in [
            ("encoder_attention_heads", self.encoder_attention_heads),
            ("decoder_attention_heads", self.decoder_attention_heads),
        ] {
            if heads == 0 || !d.is_multiple_of(heads) {
                return Err(ModelError::Config {
                    field,
                    value: heads.to_string(),
                    limit: format!("it has to divide d_model = {d}"),
                });
            }
        }
        if let Some(name) = self
            .activation_function
            .as_deref()
            .filter(|name| *name != "gelu")
        {
            return Err(ModelError::Config {
                field: "activation_function",
                value: name.to_owned(),
                limit: "only gelu is supported".to_owned(),
            });
        }
        if self.scale_embedding {
            return Err(ModelError::Config {
                field: "scale_embedding",
                value: "true".to_owned(),
                limit: "only false is supported".to_owned(),
            });
        }
        if self.alignment_heads.is_empty() {
            self.alignment_heads = (self.decoder_layers / 2..self.decoder_layers)
                .flat_map(|layer| (0..self.decoder_attention_heads).map(move |head| [layer, head]))
                .collect();
        }
        let (layers, heads) = (self.decoder_layers, self.decoder_attention_heads);
        if let Some(bad) = self
            .alignment_heads
            .iter()
            .find(|[layer, head]| *layer >= layers || *head >= heads)
        {
            return Err(ModelError::Config {
                field: "alignment_heads",
                value: format!("{bad:?}"),
                limit: format!("the decoder has {layers} layers of {heads} heads"),
            });
        }
        Ok(())
    }
}

fn limit(field: &'static str, value: usize, low: usize, high: usize) -> Result<(), ModelError> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    Err(ModelError::Config {
        field,
        value: value.to_string(),
        limit: format!("it has to lie between {low} and {high}"),
    })
}
