//! zahlwort-audio
