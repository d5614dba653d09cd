"""Speakers of Kokoro who read the English sentences."""

ENGLISH_STYLES = (
    "af_heart af_bella af_nicole af_sarah af_kore af_jessica af_alloy am_michael am_fenrir am_puck am_adam am_echo am_liam "
    "am_onyx am_eric bf_emma bf_isabella bf_alice bf_lily bm_george bm_fable bm_lewis ef_dora hf_alpha hm_omega im_nicola"
).split()
"""Kokoro's own names: American and British speakers, and a few with another accent."""

OTHER_STYLES = (
    *ENGLISH_STYLES,
    *(
        "af_aoede af_river af_sky am_santa em_alex em_santa ff_siwis hf_beta hm_psi jf_alpha jf_nezumi jf_tebukuro jm_kumo "
        "pf_dora pm_alex pm_santa zf_xiaobei zf_xiaoni zf_xiaoxiao zf_xiaoyi zm_yunjian zm_yunxi zm_yunxia zm_yunyang"
    ).split(),
)
"""What a speaker may be blended with: none of a voice that is held out."""
