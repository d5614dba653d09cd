//! zahlwort-commerce
