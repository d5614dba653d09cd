//! What a dialogue turns to with each input: the gate, and the host's word on what a command costs.

use zahlwort_commands::Command;

use crate::dialogue::Refused;
use crate::gate::{Asked, Gate};
use crate::host::Quotes;
use crate::policy::{Context, Facts, Moment};

/// The gate and the host, at one moment.
pub(super) struct Desk<'a> {
    pub(super) gate: &'a mut Gate,
    pub(super) host: &'a dyn Quotes,
    pub(super) now: Moment,
}

impl Desk<'_> {
    /// Puts a command before the gate, the only way there is from a dialogue. The host is asked first, each
    /// time and about exactly this command: what was quoted for another, or for the one before a correction,
    /// is no price of this one.
    pub(super) fn put(&mut self, command: Command, context: Context) -> Result<Asked, Refused> {
        let facts = self.gate.policy().facts(&command);
        let facts = facts.unwrap_or_else(|_| Facts::of(&command));
        let total = self.host.quoted(&command, &facts).map_err(Refused::Host)?;
        let context = Context { total, ..context };
        self.gate
            .ask(command, context, self.now)
            .map_err(Refused::Policy)
    }
}
