//! Accounts and what a shop knows, from flags and a TOML file.

use std::collections::BTreeMap;

use serde::Deserialize;
use zahlwort::Money;
use zahlwort::commands::{Iban, Party};
use zahlwort::export::amazon_pay::{Capture, Merchant};
use zahlwort::export::{Account, Bic, Debtor, Payee};

use super::args::ExportArgs;
use crate::output::Stop;

/// The largest file that is read: larger than any list of payees.
const MAX_BYTES: usize = 4 << 20;

/// What the formats need that nobody says.
pub struct Context {
    own_name: Option<String>,
    debtor: Option<Debtor>,
    payees: BTreeMap<String, PayeeTable>,
    merchant: Option<Merchant>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    account: Option<AccountTable>,
    #[serde(default)]
    payees: BTreeMap<String, PayeeTable>,
    amazon_pay: Option<AmazonTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountTable {
    name: String,
    iban: Iban,
    bic: Option<String>,
    #[serde(default)]
    payment_methods: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PayeeTable {
    name: Option<String>,
    iban: Iban,
    bic: Option<String>,
    reference: Option<String>,
    #[serde(skip)]
    checked_bic: Option<Bic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AmazonTable {
    charge_permission_id: String,
    price: Option<Money>,
    #[serde(default)]
    capture_now: bool,
    soft_descriptor: Option<String>,
    reference: Option<String>,
    store_name: Option<String>,
    note_to_buyer: Option<String>,
    #[serde(default)]
    payment_methods: Vec<String>,
}

impl Context {
    pub fn new(args: &ExportArgs) -> Result<Self, Stop> {
        let File {
            account,
            mut payees,
            amazon_pay,
        } = match &args.context {
            None => File::default(),
            Some(path) => {
                let name = path.display().to_string();
                let text = std::fs::read_to_string(path).map_err(|e| {
                    Stop::Failed(format!(
                        "cannot read {name}: {e}; check the path given with --context"
                    ))
                })?;
                read(&text).map_err(|message| Stop::Failed(format!("{name}: {message}")))?
            }
        };
        let failed =
            |key: &str, message: String| Stop::Failed(format!("--context: {key}: {message}"));
        for (name, payee) in &mut payees {
            payee.checked_bic = bic(payee.bic.as_deref())
                .map_err(|e| failed(&format!("payees.{name:?}.bic"), e))?;
        }
        let mut debtor = match account {
            None => None,
            Some(account) => Some(Debtor {
                account: Account {
                    bic: bic(account.bic.as_deref()).map_err(|e| failed("account.bic", e))?,
                    ..Account::new(account.name, account.iban)
                },
                payment_methods: account.payment_methods,
            }),
        };
        // Flags override the file.
        if let (Some(name), Some(iban)) = (&args.own_name, &args.own_iban) {
            debtor = Some(Debtor::new(Account::new(name, iban.clone())));
        }
        let own_name = args.own_name.clone();
        Ok(Self {
            own_name: own_name.or_else(|| debtor.as_ref().map(|own| own.account.name.clone())),
            debtor,
            payees,
            merchant: match amazon_pay {
                Some(table) => Some(merchant(table).map_err(|e| failed("amazon_pay", e))?),
                None => None,
            },
        })
    }

    pub fn own_name(&self) -> Option<&str> {
        self.own_name.as_deref()
    }

    pub fn debtor(&self) -> Option<&Debtor> {
        self.debtor.as_ref()
    }

    pub fn merchant(&self) -> Option<&Merchant> {
        self.merchant.as_ref()
    }

    /// The account of a payee: by the catalog's identifier, else by name without regard to case.
    pub fn payee(&self, party: &Party) -> Option<Payee> {
        let by_id = party
            .id
            .as_ref()
            .and_then(|id| self.payees.get_key_value(id));
        let name = party.name.to_lowercase();
        let (key, found) = by_id.or_else(|| {
            self.payees
                .iter()
                .find(|(key, _)| key.to_lowercase() == name)
        })?;
        // A table that is found by an identifier is not called like its holder.
        let holder = if party.id.as_ref() == Some(key) {
            &party.name
        } else {
            key
        };
        Some(Payee {
            account: Account {
                bic: found.checked_bic.clone(),
                ..Account::new(
                    found.name.as_ref().unwrap_or(holder).clone(),
                    found.iban.clone(),
                )
            },
            reference: found.reference.clone(),
        })
    }
}

fn read(text: &str) -> Result<File, String> {
    if text.len() > MAX_BYTES {
        return Err(format!(
            "{} bytes, more than {MAX_BYTES}; keep to payees",
            text.len()
        ));
    }
    // The message has line, column and key.
    toml::from_str(text).map_err(|e| e.to_string())
}

fn bic(text: Option<&str>) -> Result<Option<Bic>, String> {
    text.map(Bic::new).transpose().map_err(|e| e.to_string())
}

fn merchant(table: AmazonTable) -> Result<Merchant, String> {
    let capture = match (table.capture_now, table.soft_descriptor) {
        (true, soft_descriptor) => Capture::Now { soft_descriptor },
        (false, None) => Capture::Later,
        (false, Some(_)) => {
            return Err("soft_descriptor is only shown with capture_now = true; add it".to_owned());
        }
    };
    Ok(Merchant {
        charge_permission_id: table.charge_permission_id,
        price: table.price,
        capture,
        reference: table.reference,
        store_name: table.store_name,
        note_to_buyer: table.note_to_buyer,
        payment_methods: table.payment_methods,
    })
}
