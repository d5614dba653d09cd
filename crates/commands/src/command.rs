//! What the speaker wants, typed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema, schema_for};
use serde::{Deserialize, Serialize};

use crate::{Instrument, Interval, Money, Party, Period, Pin, Position, Product, Quantity};

/// A command. In JSON, `type` is the variant in snake case and slots that were not said are left
/// out: `{"type":"send_money","amount":{"amount":"50.00","currency":"EUR"},"recipient":{"name":"Anna Schmidt"}}`.
///
/// Reading it back validates it again, so a command is valid wherever it comes from. That a
/// command is valid does not mean that it should be carried out: an open name, a large amount or a
/// low confidence are for the host's policy to weigh.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Command {
    /// Look for a product.
    SearchProduct {
        /// What.
        product: Product,
    },
    /// Put a product into the cart or on the shopping list.
    AddToCart {
        /// What.
        product: Product,
        /// How much; one where nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quantity: Option<Quantity>,
    },
    /// Take a product out of the cart.
    RemoveFromCart {
        /// What.
        product: Product,
    },
    /// Say what is in the cart.
    ShowCart,
    /// Buy a product right away.
    BuyProduct {
        /// What.
        product: Product,
        /// How much; one where nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quantity: Option<Quantity>,
        /// From whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        merchant: Option<Party>,
        /// With what it is paid.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment_method: Option<Instrument>,
        /// Only up to this price.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_price: Option<Money>,
    },
    /// Pay what is in the cart.
    Checkout {
        /// With what.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment_method: Option<Instrument>,
    },
    /// Order again what was ordered before.
    Reorder {
        /// What; the last order where nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<Product>,
    },
    /// Say where an order is.
    TrackOrder {
        /// Of what; the last order where nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<Product>,
    },
    /// Cancel an order.
    CancelOrder {
        /// Of what; the last order where nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<Product>,
    },
    /// Pay a merchant.
    PayMerchant {
        /// Whom.
        merchant: Party,
        /// How much; what is due there where nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        /// With what.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment_method: Option<Instrument>,
    },
    /// Pay a bill.
    PayBill {
        /// Whose bill.
        biller: Party,
        /// How much; the bill's amount where nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        /// On which day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<IsoDate>")]
        due_date: Option<Date>,
        /// With what.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment_method: Option<Instrument>,
    },
    /// Send money to someone.
    SendMoney {
        /// To whom.
        recipient: Party,
        /// How much.
        amount: Money,
        /// What the recipient reads on the statement.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
        /// On which day; now where nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<IsoDate>")]
        execution_date: Option<Date>,
        /// From what.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment_method: Option<Instrument>,
    },
    /// Ask someone for money.
    RequestMoney {
        /// Whom. (The slot is called `recipient` because this party receives the request.)
        recipient: Party,
        /// How much.
        amount: Money,
        /// What for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    },
    /// Send money again and again.
    CreateStandingOrder {
        /// To whom.
        recipient: Party,
        /// How much each time.
        amount: Money,
        /// How often.
        interval: Interval,
        /// From which day on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<IsoDate>")]
        start_date: Option<Date>,
        /// What the recipient reads on the statement.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
        /// From what.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment_method: Option<Instrument>,
    },
    /// Load credit on something prepaid.
    TopUp {
        /// What is loaded.
        target: Instrument,
        /// How much.
        amount: Money,
    },
    /// Say how much money there is.
    CheckBalance {
        /// On which account; the main one where nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<Instrument>,
    },
    /// Say what was paid and received.
    ListTransactions {
        /// On which account; the main one where nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<Instrument>,
        /// When.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period: Option<Period>,
    },
    /// Pay with this from now on.
    SetPaymentMethod {
        /// With what.
        payment_method: Instrument,
    },
    /// Block a card.
    BlockCard {
        /// Which; the host must ask where there are several and nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payment_method: Option<Instrument>,
    },
    /// Yes.
    Confirm,
    /// No.
    Deny,
    /// Stop what was begun.
    Cancel,
    /// Say that again.
    Repeat,
    /// Say what can be said.
    Help,
    /// The PIN that was asked for.
    ProvidePin {
        /// The PIN.
        pin: Pin,
    },
    /// The amount that was asked for.
    ProvideAmount {
        /// How much.
        amount: Money,
    },
    /// The quantity that was asked for.
    ProvideQuantity {
        /// How much.
        quantity: Quantity,
    },
    /// How often, as it was asked for.
    ProvideInterval {
        /// How often.
        interval: Interval,
    },
    /// One of the options that were offered.
    ChooseOption {
        /// Which one.
        position: Position,
    },
    /// Play music.
    PlayMusic {
        /// Which; any where nothing was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        query: Option<String>,
    },
    /// Stop the music.
    StopMusic,
    /// Switch the light on.
    LightOn {
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room: Option<String>,
    },
    /// Switch the light off.
    LightOff {
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room: Option<String>,
    },
    /// Read new messages out.
    ReadMessages,
    /// Book a rental car.
    BookRentalCar {
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        city: Option<String>,
        /// From which day on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<IsoDate>")]
        date: Option<Date>,
    },
    /// An intent of the host's own grammar, which the default packs do not know: its slots as
    /// [`crate::value_json`] gives them. A slot that was said several times holds an array.
    Custom {
        /// The intent's name.
        intent: String,
        /// The slots by name.
        slots: BTreeMap<String, serde_json::Value>,
        /// The slots that came through an open list, so that nothing vouches for them.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        open: BTreeSet<String>,
    },
}

/// The JSON Schema (draft 2020-12) of [`Command`].
pub fn command_schema() -> Schema {
    schema_for!(Command)
}

/// Stands in for the calendar's date type, which knows nothing of JSON Schema.
struct IsoDate;

impl JsonSchema for IsoDate {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}
