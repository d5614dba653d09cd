//! What each command is, in one table. Whoever has to know whether a command spends, what it is
//! called, who is paid or what must be said asks here.

use jiff::civil::Date;
use serde_json::Value as Json;

use crate::from_match::{SlotType, Slots};
use crate::{
    Command, Effect, Instrument, Interval, Money, Pack, Party, Period, Pin, Position, Product,
    Quantity, Rejection,
};

/// What a command is. There is one for each variant of [`Command`]: the compiler sees to it.
///
/// ```
/// use zahlwort_commands::{Descriptor, Effect, Role};
/// let send = Descriptor::of_intent("SendMoney").ok_or("an intent of the packs")?;
/// assert_eq!((send.name, send.effect), ("send_money", Effect::Spend));
/// assert_eq!(send.slot(Role::Payee).map(|slot| slot.name), Some("recipient"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug)]
pub struct Descriptor {
    /// The intent's name in a grammar: `SendMoney`. Empty for [`Command::Custom`].
    pub intent: &'static str,
    /// The command's `type` in JSON: `send_money`.
    pub name: &'static str,
    /// The pack whose grammar has it.
    pub pack: Option<Pack>,
    /// What carrying it out can do.
    pub effect: Effect,
    /// Its slots, in the order in which what is missing is asked for.
    pub slots: &'static [SlotDescriptor],
}

/// What a slot of a command is.
#[derive(Debug)]
pub struct SlotDescriptor {
    /// Its name, in the grammar and in JSON.
    pub name: &'static str,
    /// What it is to the command.
    pub role: Role,
    /// Whether there is no command without it.
    pub is_needed: bool,
    /// The slot of a match as JSON.
    pub(crate) read: fn(&Slots<'_>, &str) -> Result<Option<Json>, Rejection>,
    /// A value from elsewhere as it is written here; `None` if the slot cannot hold it.
    pub(crate) checked: fn(&Json) -> Option<Json>,
}

/// What a slot is to its command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// How much money it is about, or the most that it may be.
    Amount,
    /// Who or what gets the money, or is asked for it.
    Payee,
    /// What else the command is about.
    Thing,
    /// Something about how.
    Detail,
}

impl PartialEq for Descriptor {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Descriptor {}

impl Descriptor {
    /// The command of an intent; `None` for an intent of a host's own.
    pub fn of_intent(intent: &str) -> Option<&'static Self> {
        let ours = Self::ALL.iter().filter(|known| !known.intent.is_empty());
        ours.copied().find(|known| known.intent == intent)
    }

    /// The command of a `type` in JSON.
    pub fn of_name(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().copied().find(|known| known.name == name)
    }

    /// The names of the commands that can be carried out, as a policy knows them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let orders = Self::ALL.iter().filter(|d| d.effect != Effect::Answer);
        orders.map(|descriptor| descriptor.name)
    }

    /// The slot of a role. No command has two for amount, payee or thing.
    pub fn slot(&self, role: Role) -> Option<&'static SlotDescriptor> {
        self.slots.iter().find(|slot| slot.role == role)
    }

    /// The slot of a name.
    pub fn slot_named(&self, name: &str) -> Option<&'static SlotDescriptor> {
        self.slots.iter().find(|slot| slot.name == name)
    }
}

/// A value that a command holds, as far as it can be looked at without knowing the command
/// ([`Command::held`]).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Held<'a> {
    /// An amount.
    Money(Money),
    /// Somebody.
    Party(&'a Party),
    /// A card, an account or something else that is paid with or loaded.
    Instrument(&'a Instrument),
    /// Something to buy.
    Product(&'a Product),
    /// Anything else.
    Other,
}

impl<'a> Held<'a> {
    /// The name, where the value is one.
    pub fn name(self) -> Option<&'a str> {
        match self {
            Held::Party(party) => Some(&party.name),
            Held::Instrument(instrument) => Some(&instrument.name),
            Held::Product(product) => Some(&product.name),
            Held::Money(_) | Held::Other => None,
        }
    }
}

/// A field of a command.
trait Field {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Other)
    }
}

impl<T: Field> Field for Option<T> {
    fn held(&self) -> Option<Held<'_>> {
        self.as_ref().and_then(Field::held)
    }
}

impl Field for Money {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Money(*self))
    }
}

impl Field for Party {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Party(self))
    }
}

impl Field for Instrument {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Instrument(self))
    }
}

impl Field for Product {
    fn held(&self) -> Option<Held<'_>> {
        Some(Held::Product(self))
    }
}

impl Field for Quantity {}
impl Field for Date {}
impl Field for Interval {}
impl Field for Period {}
impl Field for Position {}
impl Field for Pin {}
impl Field for String {}

fn read<T: SlotType>(slots: &Slots<'_>, slot: &str) -> Result<Option<Json>, Rejection> {
    Ok(slots.get::<T>(slot)?.and_then(|value| json(&value)))
}

fn checked<T: SlotType>(value: &Json) -> Option<Json> {
    json(&serde_json::from_value::<T>(value.clone()).ok()?)
}

fn json(value: &impl serde::Serialize) -> Option<Json> {
    serde_json::to_value(value).ok()
}

/// Makes of each row a [`Descriptor`], and what leads from a command to it and from slots to the
/// command. A row says: intent, `type`, effect, and of each slot whether the command needs it, its
/// name, type and role.
macro_rules! commands {
    ($($pack:expr => {$(
        $intent:ident $name:literal $effect:ident {
            $($need:ident $slot:ident: $type:ident $role:ident),*
        }
    )*})*) => {
        /// One for each intent, by its name.
        #[allow(non_upper_case_globals, reason = "named as the variants are")]
        mod of {
            use super::*;
            $($(pub(super) static $intent: Descriptor = Descriptor {
                intent: stringify!($intent),
                name: $name,
                pack: $pack,
                effect: Effect::$effect,
                slots: &[$(SlotDescriptor {
                    name: stringify!($slot),
                    role: Role::$role,
                    is_needed: is_needed!($need),
                    read: read::<$type>,
                    checked: checked::<$type>,
                }),*],
            };)*)*
        }

        impl Descriptor {
            /// All of them.
            pub const ALL: &'static [&'static Descriptor] = &[$($(&of::$intent,)*)* &CUSTOM];
        }

        impl Command {
            /// What this command is.
            pub fn descriptor(&self) -> &'static Descriptor {
                match self {
                    $($(Command::$intent { .. } => &of::$intent,)*)*
                    Command::Custom { .. } => &CUSTOM,
                }
            }

            /// What a slot holds, if it was said.
            ///
            /// ```
            /// use zahlwort_commands::{Command, Held};
            /// let command = Command::PlayMusic { query: Some("jazz".to_owned()) };
            /// assert_eq!(command.held("query"), Some(Held::Other));
            /// assert_eq!(command.held("room"), None);
            /// ```
            pub fn held(&self, slot: &str) -> Option<Held<'_>> {
                match self {
                    $($(Command::$intent { $($slot),* } => {
                        $(if slot == stringify!($slot) {
                            return $slot.held();
                        })*
                        None
                    })*)*
                    Command::Custom { .. } => None,
                }
            }

            /// The command of an intent and its slots; `None` for an intent of a host's own.
            pub(crate) fn from_slots(
                intent: &str,
                slots: &Slots<'_>,
            ) -> Result<Option<Command>, Rejection> {
                $($(if intent == stringify!($intent) {
                    return Ok(Some(Command::$intent {
                        $($slot: slots.$need::<$type>(stringify!($slot))?),*
                    }));
                })*)*
                Ok(None)
            }
        }
    };
}

macro_rules! is_needed {
    (need) => {
        true
    };
    (get) => {
        false
    };
}

/// An intent of a host's own. What it does, only the host can tell.
static CUSTOM: Descriptor = Descriptor {
    intent: "",
    name: "custom",
    pack: None,
    effect: Effect::Change,
    slots: &[],
};

commands! {
    Some(Pack::PAYMENTS) => {
        SearchProduct "search_product" Harmless { need product: Product Thing }
        AddToCart "add_to_cart" Cart { need product: Product Thing, get quantity: Quantity Detail }
        RemoveFromCart "remove_from_cart" Cart { need product: Product Thing }
        ShowCart "show_cart" Harmless {}
        BuyProduct "buy_product" Spend {
            need product: Product Thing,
            get quantity: Quantity Detail,
            get merchant: Party Payee,
            get payment_method: Instrument Detail,
            // A limit counts as spent in full.
            get max_price: Money Amount
        }
        Checkout "checkout" Spend { get payment_method: Instrument Detail }
        Reorder "reorder" Spend { get product: Product Thing }
        TrackOrder "track_order" Harmless { get product: Product Thing }
        CancelOrder "cancel_order" Change { get product: Product Thing }
        PayMerchant "pay_merchant" Spend {
            need merchant: Party Payee,
            get amount: Money Amount,
            get payment_method: Instrument Detail
        }
        PayBill "pay_bill" Spend {
            need biller: Party Payee,
            get amount: Money Amount,
            get due_date: Date Detail,
            get payment_method: Instrument Detail
        }
        SendMoney "send_money" Spend {
            need recipient: Party Payee,
            need amount: Money Amount,
            get reference: String Detail,
            get execution_date: Date Detail,
            get payment_method: Instrument Detail
        }
        RequestMoney "request_money" Request {
            need recipient: Party Payee,
            need amount: Money Amount,
            get reference: String Detail
        }
        CreateStandingOrder "create_standing_order" Spend {
            need recipient: Party Payee,
            need amount: Money Amount,
            need interval: Interval Detail,
            get start_date: Date Detail,
            get reference: String Detail,
            get payment_method: Instrument Detail
        }
        TopUp "top_up" Spend { need target: Instrument Payee, need amount: Money Amount }
        CheckBalance "check_balance" Harmless { get account: Instrument Thing }
        ListTransactions "list_transactions" Harmless {
            get account: Instrument Thing,
            get period: Period Detail
        }
        SetPaymentMethod "set_payment_method" Change { need payment_method: Instrument Thing }
        BlockCard "block_card" Change { get payment_method: Instrument Thing }
        Cancel "cancel" Answer {}
        Help "help" Answer {}
    }
    // In the grammar of answers, which is no pack.
    None => {
        Confirm "confirm" Answer {}
        Deny "deny" Answer {}
        Repeat "repeat" Answer {}
        ProvideAmount "provide_amount" Answer { need amount: Money Detail }
        ProvidePin "provide_pin" Answer { need pin: Pin Detail }
        ProvideQuantity "provide_quantity" Answer { need quantity: Quantity Detail }
        ChooseOption "choose_option" Answer { need position: Position Detail }
        ProvideInterval "provide_interval" Answer { need interval: Interval Detail }
    }
    Some(Pack::HOME) => {
        PlayMusic "play_music" Harmless { get query: String Thing }
        StopMusic "stop_music" Harmless {}
        LightOn "light_on" Harmless { get room: String Thing }
        LightOff "light_off" Harmless { get room: String Thing }
        ReadMessages "read_messages" Harmless {}
        BookRentalCar "book_rental_car" Spend { get city: String Thing, get date: Date Detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command_schema;

    /// The types check that every row fits its variant; that JSON calls them alike is checked here.
    #[test]
    fn the_table_says_what_the_schema_says() {
        let schema = serde_json::to_value(command_schema()).expect("JSON");
        let variants = schema["oneOf"].as_array().expect("variants");
        assert_eq!(variants.len(), Descriptor::ALL.len());
        for variant in variants {
            let properties = variant["properties"].as_object().expect("properties");
            let name = properties["type"]["const"].as_str().expect("a type");
            let descriptor = Descriptor::of_name(name).expect(name);
            if name == "custom" {
                continue;
            }
            let mut slots: Vec<&str> = descriptor.slots.iter().map(|slot| slot.name).collect();
            let mut known: Vec<&str> = properties.keys().map(String::as_str).collect();
            known.retain(|key| *key != "type");
            slots.sort_unstable();
            known.sort_unstable();
            assert_eq!(slots, known, "{name}");
            for slot in descriptor.slots {
                let required = variant["required"].as_array().expect("required");
                assert_eq!(
                    required.contains(&slot.name.into()),
                    slot.is_needed,
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn no_command_has_two_slots_for_one_role_and_names_follow_from_intents() {
        for descriptor in Descriptor::ALL {
            for role in [Role::Amount, Role::Payee, Role::Thing] {
                let of_role = descriptor.slots.iter().filter(|slot| slot.role == role);
                assert!(of_role.count() <= 1, "{descriptor:?}");
            }
            let words = descriptor.name.split('_').map(|word| {
                let (first, rest) = word.split_at(1);
                first.to_uppercase() + rest
            });
            let intent: String = words.collect();
            assert!(intent == descriptor.intent || **descriptor == CUSTOM);
        }
    }
}
