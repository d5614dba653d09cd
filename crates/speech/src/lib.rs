//! zahlwort-speech
