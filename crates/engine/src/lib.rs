//! zahlwort-engine
