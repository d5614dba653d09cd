//! What is to be carried out, typed: one table, from which everything that knows the single orders follows.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::descriptor::{checked, read};
use crate::from_match::Slots;
use crate::held::{Field, Held};
use crate::{
    Descriptor, Effect, Instrument, Interval, Money, Pack, Party, Period, Product, Quantity,
    Rejection, Role, SlotDescriptor, Word,
};

/// Makes of the table [`Order`], a [`Descriptor`] for each row, and what leads from one to the other.
///
/// A row is what an order is: its intent, its `type` in JSON, what carrying it out can do, the place in which it is
/// offered ([`Descriptor::offered`]), and its slots. A slot says whether there is no order without it (`need`) or
/// it may be left out (`get`), its name, type and role; behind `=>` the word that it is said with
/// ([`SlotDescriptor::word`]), behind `|` what is said where it was not ([`SlotDescriptor::unsaid`]).
macro_rules! orders {
    ($($pack:expr => {$(
        $(#[$doc:meta])*
        $intent:ident $name:literal $effect:ident $offered:literal $({
            $($(#[$about:meta])* $need:ident $slot:ident: $type:ident $role:ident
                $(=> $word:ident)? $(| $unsaid:literal)?),*
        })?
    )*})*) => {
        /// Something to carry out. In JSON, `type` is the variant in snake case and slots that were not said are left
        /// out: `{"type":"send_money","amount":{"amount":"50.00","currency":"EUR"},"recipient":{"name":"Anna Schmidt"}}`.
        ///
        /// Reading it back validates it again, so an order is valid wherever it comes from. That an order is valid does
        /// not mean that it should be carried out: an open name, a large amount or a low confidence are for the host's
        /// policy to weigh.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "type", rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Order {
            $($($(#[$doc])* $intent $({$(
                $(#[$about])*
                #[serde(skip_serializing_if = "Field::is_unsaid")]
                $slot: field!($need $type),
            )*})?,)*)*
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

        /// One for each intent, by its name.
        #[allow(non_upper_case_globals, reason = "named as the variants are")]
        mod of {
            use super::*;
            $($(pub(super) static $intent: Descriptor = Descriptor {
                intent: stringify!($intent),
                name: $name,
                pack: $pack,
                effect: Effect::$effect,
                offered: Some($offered),
                slots: &[$($(SlotDescriptor {
                    name: stringify!($slot),
                    role: Role::$role,
                    is_needed: is_needed!($need),
                    word: optional!($(Word::$word)?),
                    unsaid: optional!($($unsaid)?),
                    read: read::<$type>,
                    checked: checked::<$type>,
                }),*)?],
            };)*)*
        }

        impl Descriptor {
            /// All of them.
            pub const ALL: &'static [&'static Descriptor] = &[$($(&of::$intent,)*)* &CUSTOM];
        }

        impl Order {
            /// What this order is.
            pub fn descriptor(&self) -> &'static Descriptor {
                match self {
                    $($(Order::$intent { .. } => &of::$intent,)*)*
                    Order::Custom { .. } => &CUSTOM,
                }
            }

            /// What a slot holds, if it was said.
            ///
            /// ```
            /// use zahlwort_commands::{Held, Order};
            /// let order = Order::PlayMusic { query: Some("jazz".to_owned()) };
            /// assert_eq!(order.held("query"), Some(Held::Text("jazz")));
            /// assert_eq!(order.held("room"), None);
            /// ```
            #[allow(unused_variables, reason = "of those without slots nothing is asked")]
            pub fn held(&self, slot: &str) -> Option<Held<'_>> {
                match self {
                    $($(Order::$intent $({ $($slot),* })? => {
                        $($(if slot == stringify!($slot) {
                            return $slot.held();
                        })*)?
                        None
                    })*)*
                    Order::Custom { .. } => None,
                }
            }

            /// The order of an intent and its slots; `None` for an intent of a host's own.
            pub(crate) fn from_slots(
                intent: &str,
                slots: &Slots<'_>,
            ) -> Result<Option<Order>, Rejection> {
                $($(if intent == stringify!($intent) {
                    return Ok(Some(Order::$intent $({
                        $($slot: slots.$need::<$type>(stringify!($slot))?),*
                    })?));
                })*)*
                Ok(None)
            }
        }
    };
}

macro_rules! field {
    (need $type:ident) => { $type };
    (get $type:ident) => { Option<$type> };
}

macro_rules! is_needed {
    (need) => {
        true
    };
    (get) => {
        false
    };
}

macro_rules! optional {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}

/// An intent of a host's own. Only the host knows what it does.
static CUSTOM: Descriptor = Descriptor {
    intent: "",
    name: "custom",
    pack: None,
    effect: Effect::Change,
    offered: None,
    slots: &[],
};

orders! {
    Some(Pack::PAYMENTS) => {
        /// Look for a product.
        SearchProduct "search_product" Harmless 15 {
            /// What.
            need product: Product Thing
        }
        /// Put a product into the cart or on the shopping list.
        AddToCart "add_to_cart" Cart 8 {
            /// What.
            need product: Product Thing,
            /// How much; one where nothing was said.
            get quantity: Quantity Detail
        }
        /// Take a product out of the cart.
        RemoveFromCart "remove_from_cart" Cart 23 {
            /// What.
            need product: Product Thing
        }
        /// Say what is in the cart.
        ShowCart "show_cart" Harmless 19
        /// Buy a product right away.
        BuyProduct "buy_product" Spend 3 {
            /// What.
            need product: Product Thing,
            /// How much; one where nothing was said.
            get quantity: Quantity Detail,
            /// From whom.
            get merchant: Party Payee => Plain,
            /// With what it is paid.
            get payment_method: Instrument Detail => With,
            /// Only up to this price.
            // A limit counts as spent in full.
            get max_price: Money Amount
        }
        /// Pay what is in the cart.
        Checkout "checkout" Spend 12 {
            /// With what.
            get payment_method: Instrument Detail => With
        }
        /// Order again what was ordered before.
        Reorder "reorder" Spend 20 {
            /// What; the last order where nothing was said.
            get product: Product Thing | "last"
        }
        /// Say where an order is.
        TrackOrder "track_order" Harmless 13 {
            /// Of what; the last order where nothing was said.
            get product: Product Thing | "last"
        }
        /// Cancel an order.
        CancelOrder "cancel_order" Change 22 {
            /// Of what; the last order where nothing was said.
            get product: Product Thing | "last"
        }
        /// Pay a merchant.
        PayMerchant "pay_merchant" Spend 10 {
            /// Whom.
            need merchant: Party Payee,
            /// How much; what is due there where nothing was said.
            get amount: Money Amount,
            /// With what.
            get payment_method: Instrument Detail => With
        }
        /// Pay a bill.
        PayBill "pay_bill" Spend 7 {
            /// Whose bill.
            need biller: Party Payee,
            /// How much; the bill's amount where nothing was said.
            get amount: Money Amount,
            /// On which day.
            #[schemars(with = "Option<IsoDate>")]
            get due_date: Date Detail => On,
            /// With what.
            get payment_method: Instrument Detail => With
        }
        /// Send money to someone.
        SendMoney "send_money" Spend 1 {
            /// To whom.
            need recipient: Party Payee,
            /// How much.
            need amount: Money Amount,
            /// What the recipient reads on the statement.
            get reference: String Detail => Reference,
            /// On which day; now where nothing was said.
            #[schemars(with = "Option<IsoDate>")]
            get execution_date: Date Detail => On,
            /// From what.
            get payment_method: Instrument Detail => With
        }
        /// Ask someone for money.
        RequestMoney "request_money" Request 16 {
            /// Whom. (The slot is called `recipient` because this party receives the request.)
            need recipient: Party Payee,
            /// How much.
            need amount: Money Amount,
            /// What for.
            get reference: String Detail => Reference
        }
        /// Send money again and again.
        CreateStandingOrder "create_standing_order" Spend 11 {
            /// To whom.
            need recipient: Party Payee,
            /// How much each time.
            need amount: Money Amount,
            /// How often.
            need interval: Interval Detail => Plain,
            /// From which day on.
            #[schemars(with = "Option<IsoDate>")]
            get start_date: Date Detail => From,
            /// What the recipient reads on the statement.
            get reference: String Detail => Reference,
            /// From what.
            get payment_method: Instrument Detail => With
        }
        /// Load credit on something prepaid.
        TopUp "top_up" Spend 17 {
            /// What is loaded.
            need target: Instrument Payee,
            /// How much.
            need amount: Money Amount
        }
        /// Say how much money there is.
        CheckBalance "check_balance" Harmless 2 {
            /// On which account; the main one where nothing was said.
            get account: Instrument Thing => Account
        }
        /// Say what was paid and received.
        ListTransactions "list_transactions" Harmless 9 {
            /// On which account; the main one where nothing was said.
            get account: Instrument Thing => Account,
            /// When.
            get period: Period Detail => Plain
        }
        /// Pay with this from now on.
        SetPaymentMethod "set_payment_method" Change 21 {
            /// With what.
            need payment_method: Instrument Thing
        }
        /// Block a card.
        BlockCard "block_card" Change 18 {
            /// Which; the host must ask where there are several and nothing was said.
            get payment_method: Instrument Thing | "card"
        }
    }
    Some(Pack::HOME) => {
        /// Play music.
        PlayMusic "play_music" Harmless 4 {
            /// Which; any where nothing was said.
            get query: String Thing => Plain
        }
        /// Stop the music.
        StopMusic "stop_music" Harmless 25
        /// Switch the light on.
        LightOn "light_on" Harmless 5 {
            /// Where.
            get room: String Thing => Place
        }
        /// Switch the light off.
        LightOff "light_off" Harmless 24 {
            /// Where.
            get room: String Thing => Place
        }
        /// Read new messages out.
        ReadMessages "read_messages" Harmless 6
        /// Book a rental car.
        BookRentalCar "book_rental_car" Spend 14 {
            /// Where.
            get city: String Thing => In,
            /// From which day on.
            #[schemars(with = "Option<IsoDate>")]
            get date: Date Detail => On
        }
    }
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
