"""Speakers of Kokoro who read the English sentences."""

ENGLISH_STYLES = (
    "af_heart af_bella af_nicole af_sarah af_kore af_jessica af_alloy am_michael am_fenrir am_puck am_adam am_echo am_liam "
    "am_onyx am_eric bf_emma bf_isabella bf_alice bf_lily bm_george bm_fable bm_lewis ef_dora hf_alpha hm_omega im_nicola"
).split()
"""Kokoro's own names: American and British speakers, and a few with another accent."""
