//! One host with its gate, dialogue, clock and bank, and somebody who says anything at all.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use rust_decimal::Decimal;
use zahlwort_commands::{Command, Money, Party, Pin};
use zahlwort_dialogue::gate::{
    Asked, Asks, Authorised, Gate, GateState, IdempotencyKey, NotConfirmed, Question,
};
use zahlwort_dialogue::host::{HostError, Quotes};
use zahlwort_dialogue::policy::{Context, Facts, Moment, PayeeKey, Policy, Refusal, Speaker};
use zahlwort_dialogue::{
    Address, Ask, Dialogue, Event, Input, PinRefused, PinVault, Prompt, Templates,
};
use zahlwort_grammar::Language;

use crate::bank::{Bank, Book};
use crate::counts::Counts;
use crate::random::Random;
use crate::rules::{AT_ONCE, PIN, READ_BACK, REFUSE, Rules, spends};
use crate::speech;
use crate::vault::{Attempt, Vault};

/// What is wrong, in words.
pub type Broken = String;

/// What everything costs that does not say so itself, for as long as one input takes.
struct Price(Option<Money>);

impl Quotes for Price {
    fn quoted(&self, _: &Command, _: &Facts) -> Result<Option<Money>, HostError> {
        Ok(self.0)
    }
}

/// A question that the dialogue has asked, as somebody heard it.
pub struct Heard {
    pub command: Command,
    pub total: Option<Money>,
    pub is_pin: bool,
    pub at: i64,
}

pub struct World<'a> {
    pub random: Random,
    pub counts: &'a mut Counts,
    pub rules: Rules,
    pub gate: Gate,
    pub dialogue: Dialogue,
    pub second: i64,
    pub zone: i64,
    pub bank: Bank,
    pub book: Book,
    pub vault: Vault,
    pub last_pin: Option<i64>,
    pub asked: Option<Heard>,
    /// What was known around the last input that changed what is asked about.
    pub said: Context,
    pub totals: Vec<Money>,
    pub questions: Vec<Question>,
    pub issued: BTreeSet<IdempotencyKey>,
    pub held: Vec<Authorised>,
    pub executed: Vec<(&'static str, Decimal)>,
}

impl<'a> World<'a> {
    /// `vaults` are kept PINs, since making one is slow on purpose.
    pub fn new(mut random: Random, vaults: &[(Pin, PinVault)], counts: &'a mut Counts) -> Self {
        let rules = Rules::random(&mut random);
        let policy = Policy::from_toml(&rules.toml())
            .unwrap_or_else(|error| panic!("{error}\n{}", rules.toml()));
        let (right, kept) = random.pick(vaults).clone();
        let has_pin = random.percent(90);
        let mut state = GateState::default();
        state.pin = has_pin.then_some(kept);
        let mut gate = Gate::new(policy, state);
        let mut book = Book::default();
        if random.percent(70) {
            let anna = Party::named("Anna Schmidt");
            gate.trust(PayeeKey::party(&anna));
            book.known.insert("name anna schmidt".to_owned());
        }
        Self {
            random,
            counts,
            rules,
            gate,
            dialogue: Dialogue::default(),
            second: 0,
            zone: 0,
            bank: Bank::default(),
            book,
            vault: Vault::new(right, has_pin),
            last_pin: None,
            asked: None,
            said: Context::new(zahlwort_dialogue::policy::Confidence::CERTAIN),
            totals: Vec::new(),
            questions: Vec::new(),
            issued: BTreeSet::new(),
            held: Vec::new(),
            executed: Vec::new(),
        }
    }

    /// Does something at random and checks what came of it.
    pub fn step(&mut self) -> Result<(), Broken> {
        self.counts.steps += 1;
        match self.random.below(100) {
            0..=54 => self.say()?,
            55..=64 => self.ask_gate()?,
            65..=77 => self.answer_gate()?,
            78..=86 => self.move_clock(),
            87..=91 => self.restart()?,
            92..=93 => self.tamper(),
            94..=98 => self.carry_out()?,
            _ => {}
        }
        self.check_books()
    }

    pub fn now(&self) -> Moment {
        let at = Timestamp::UNIX_EPOCH
            .checked_add(SignedDuration::from_secs(1_800_000_000 + self.second))
            .expect("within the calendar");
        let days = (1_800_000_000 + self.second + self.zone * 3600).div_euclid(86_400);
        let date = Date::constant(1970, 1, 1)
            .checked_add(days.days())
            .expect("within the calendar");
        Moment { at, date }
    }

    fn move_clock(&mut self) {
        let seconds = self.rules.seconds;
        match self.random.below(20) {
            0..=11 => self.second += self.random.between(0, 20),
            12..=14 => self.second += self.random.between(seconds - 2, seconds + 2),
            15 => self.second += self.random.between(3_600, 200_000),
            16 => self.second -= self.random.between(1, 120),
            17 => self.second -= self.random.between(3_600, 200_000),
            18 => self.zone = self.random.between(-12, 14),
            // To when an old question was open.
            _ => {
                if !self.questions.is_empty() {
                    let question = self.random.pick(&self.questions);
                    let asked = question.asked_at().as_second() - 1_800_000_000;
                    self.second = asked + self.random.between(0, seconds - 1);
                }
            }
        }
        self.counts.clock_moves += 1;
    }

    /// Says something to the dialogue.
    fn say(&mut self) -> Result<(), Broken> {
        let context = speech::context(&mut self.random);
        let is_open = |asked: &Heard| (0..self.rules.seconds).contains(&(self.second - asked.at));
        if !self.asked.as_ref().is_some_and(is_open) {
            self.asked = None;
        }
        let input = speech::input(&mut self.random, context, &self.vault.right, self.counts);
        let now = self.now();
        let answer = match &input {
            Input::Command { command, .. } => Some(command.clone()),
            _ => None,
        };
        let is_answer = matches!(
            answer,
            Some(Command::Confirm | Command::ProvidePin { .. } | Command::Deny | Command::Cancel)
                | Some(Command::Repeat | Command::Help)
        ) || matches!(input, Input::Rejected | Input::NoSpeech | Input::Timeout);
        let before = self.said;
        if !is_answer {
            self.said = context;
        }
        self.totals.extend(context.total);
        // Then the command is put before the policy again, as if that voice had said it.
        let is_other_voice = context.speaker == Speaker::Unknown
            && self.asked.is_some()
            && matches!(answer, Some(Command::Confirm | Command::ProvidePin { .. }))
            && self.speaker_of_question() != Some(Speaker::Unknown)
            && !matches!(answer, Some(Command::Confirm) if self.is_mumbled(&context));
        let event = self
            .dialogue
            .advance(input, &mut self.gate, &Price(context.total), now);
        if !is_other_voice {
            self.count_pin(answer.as_ref(), &event)?;
        }
        match event {
            Some(Event::Authorised(authorised)) => {
                if is_answer && answer.is_none() {
                    return Err(format!("nobody said anything: {authorised:?}"));
                }
                let answer = answer.as_ref().filter(|_| is_answer);
                self.check_spoken(&authorised, answer, &context, is_other_voice)?;
                self.asked = None;
                self.issue(authorised)?;
            }
            Some(Event::Prompt(prompt)) => {
                // A note says that nothing has changed.
                let is_new = prompt.note.is_none() && (!is_answer || is_other_voice);
                if !is_new {
                    self.said = before;
                }
                self.hear(prompt, is_new);
            }
            Some(Event::Cancelled(_)) => {
                self.counts.cancelled += 1;
                self.asked = None;
            }
            Some(Event::Refused(_)) => {
                self.counts.refused += 1;
                self.asked = None;
            }
            None => {}
        }
        if !self.dialogue.is_open() {
            self.asked = None;
            self.totals.clear();
        }
        Ok(())
    }

    /// `is_new`: whether what was said last can have led to a new question.
    fn hear(&mut self, prompt: Prompt, is_new: bool) {
        self.counts.prompts += 1;
        let language = *self.random.pick(&[Language::DE, Language::EN]);
        let spoken = Templates::new(language, Address::Formal).render(&prompt);
        assert!(!spoken.text.is_empty());
        let (is_pin, command) = match prompt.ask {
            Ask::ReadBack(command) => (false, command),
            Ask::Pin(command) => (true, command),
            _ => {
                self.asked = None;
                return;
            }
        };
        // A question that is only repeated keeps its age.
        let at = match &self.asked {
            Some(asked) if !is_new => asked.at,
            None if !is_new => i64::MIN / 2,
            _ => self.second,
        };
        self.asked = Some(Heard {
            command,
            total: prompt.total,
            is_pin,
            at,
        });
    }

    /// Puts a command before the gate, without the dialogue.
    fn ask_gate(&mut self) -> Result<(), Broken> {
        let context = speech::context(&mut self.random);
        let command = speech::command(&mut self.random, self.counts);
        let amount = Self::amount(&command, &context);
        let level = self.level(&command, amount, &context);
        let now = self.now();
        let (got, asked) = match self.gate.ask(command.clone(), context, now) {
            Ok(Asked::Run(authorised)) => (AT_ONCE, Some(Asked::Run(authorised))),
            Ok(Asked::Question(question)) => match question.asks() {
                Asks::Confirmation => (READ_BACK, Some(Asked::Question(question))),
                Asks::Pin => (PIN, Some(Asked::Question(question))),
            },
            Err(Refusal::NoPin) if !self.vault.is_set => (PIN, None),
            Err(_) => (REFUSE, None),
        };
        if got != level {
            return Err(format!(
                "level {got} instead of {level}: {command:?} {context:?}"
            ));
        }
        match asked {
            Some(Asked::Run(authorised)) => self.issue(authorised)?,
            Some(Asked::Question(question)) => {
                // Some are kept for very long, to be answered again when nobody remembers them.
                if self.questions.len() >= 40 {
                    let place = 8 + self.random.below(32);
                    self.questions.swap_remove(place);
                }
                self.questions.push(question);
            }
            None => self.counts.refused += 1,
        }
        Ok(())
    }

    /// Answers any of the gate's questions, again and again.
    fn answer_gate(&mut self) -> Result<(), Broken> {
        if self.questions.is_empty() {
            return Ok(());
        }
        // Mostly one of those that were just asked, since the others have expired.
        let recent = self.questions.len().saturating_sub(3);
        let at = if self.random.percent(60) {
            recent + self.random.below(self.questions.len() - recent)
        } else {
            self.random.below(self.questions.len())
        };
        let mut question = self.questions[at].clone();
        // Sometimes the clock is turned back to when the question was open.
        if self.random.percent(5) {
            let asked = question.asked_at().as_second() - 1_800_000_000;
            self.second = asked + self.random.between(0, self.rules.seconds - 1);
        }
        if self.random.percent(20) {
            let saved = serde_json::to_string(&question).map_err(|e| e.to_string())?;
            question = serde_json::from_str(&saved).map_err(|e| e.to_string())?;
        }
        let (command, context) = (question.command().clone(), *question.context());
        let amount = Self::amount(&command, &context);
        let level = self.level(&command, amount, &context);
        let now = self.now();
        // Each PIN costs as much as thousands of other steps.
        let pin =
            (self.random.percent(15)).then(|| speech::pin(&mut self.random, &self.vault.right));
        let answer = match &pin {
            Some(pin) => self.gate.confirm_with_pin(&question, pin, now),
            None => self.gate.confirm(&question, now),
        };
        if let Some(pin) = pin.clone() {
            let attempt = match &answer {
                Ok(_) => Some(Attempt::Right),
                Err(NotConfirmed::Pin(PinRefused::Wrong)) => Some(Attempt::Wrong),
                Err(NotConfirmed::Pin(PinRefused::Blocked)) => Some(Attempt::Blocked),
                Err(NotConfirmed::Pin(_)) => Some(Attempt::Wait),
                Err(_) => None,
            };
            if let Some(attempt) = attempt {
                self.try_pin(pin, attempt)?;
            }
        }
        let authorised = match answer {
            Ok(authorised) => authorised,
            Err(NotConfirmed::Replayed) => {
                self.counts.replays += 1;
                return Ok(());
            }
            Err(NotConfirmed::Expired) => {
                self.counts.expired += 1;
                return Ok(());
            }
            Err(_) => return Ok(()),
        };
        let age = now.at.as_second() - question.asked_at().as_second();
        let enough = if pin.is_some() { PIN } else { READ_BACK };
        if !(0..self.rules.seconds).contains(&age) {
            return Err(format!("confirmed after {age} seconds: {command:?}"));
        }
        if level > enough || (pin.is_none() && question.asks() == Asks::Pin) {
            return Err(format!("confirmed although level {level}: {command:?}"));
        }
        if *authorised.command() != command || authorised.key() != question.key() {
            return Err(format!("something else was confirmed: {authorised:?}"));
        }
        self.issue(authorised)
    }

    /// Takes an authorised command, to carry it out now or later.
    fn issue(&mut self, authorised: Authorised) -> Result<(), Broken> {
        self.counts.authorised += 1;
        if !self.issued.insert(authorised.key()) {
            return Err(format!("twice for one key: {authorised:?}"));
        }
        let date = self.now().date;
        self.book
            .write(authorised.command(), authorised.amount(), date);
        self.held.push(authorised);
        if self.random.percent(80) {
            self.carry_out()?;
        }
        Ok(())
    }

    fn carry_out(&mut self) -> Result<(), Broken> {
        let Some(authorised) = self.held.pop() else {
            return Ok(());
        };
        let now = self.now();
        let (key, amount) = (authorised.key(), authorised.amount());
        let age = now.at.as_second() - authorised.authorised_at().as_second();
        let is_fresh = (0..self.rules.seconds).contains(&age);
        match authorised.redeem(now) {
            Ok((command, redeemed)) if is_fresh && redeemed == key => {
                self.counts.executed += 1;
                self.bank.execute(&command, key, amount)?;
                if let Some(amount) = amount.filter(|_| spends(&command)) {
                    self.executed
                        .push((amount.currency().code(), amount.amount()));
                }
                Ok(())
            }
            Err(_) if !is_fresh && !self.bank.has_done(key) => {
                self.counts.too_late += 1;
                Ok(())
            }
            other => Err(format!("redeemed after {age} seconds: {other:?}")),
        }
    }

    /// Everything that is kept goes through its saved form.
    fn restart(&mut self) -> Result<(), Broken> {
        self.counts.restarts += 1;
        let dialogue = serde_json::to_string(&self.dialogue).map_err(|e| e.to_string())?;
        let state = serde_json::to_string(self.gate.state()).map_err(|e| e.to_string())?;
        if dialogue.contains(self.vault.right.reveal()) || state.contains(self.vault.right.reveal())
        {
            return Err("a PIN is in the saved state".to_owned());
        }
        let back: Dialogue = serde_json::from_str(&dialogue).map_err(|e| e.to_string())?;
        if back != self.dialogue {
            return Err(format!(
                "the dialogue is another after a restart: {dialogue}"
            ));
        }
        self.dialogue = back;
        let state: GateState = serde_json::from_str(&state).map_err(|e| e.to_string())?;
        if state != *self.gate.state() {
            return Err(format!("the state is another after a restart: {state:?}"));
        }
        self.gate = Gate::new(self.gate.policy().clone(), state);
        Ok(())
    }

    /// Goes on from a damaged state, on copies: it must not panic, whatever it decides.
    fn tamper(&mut self) {
        let dialogue = serde_json::to_vec(&self.dialogue).unwrap_or_default();
        let state = serde_json::to_vec(self.gate.state()).unwrap_or_default();
        let dialogue = speech::damage(&mut self.random, dialogue);
        let state = speech::damage(&mut self.random, state);
        let dialogue = serde_json::from_slice::<Dialogue>(&dialogue);
        let state = serde_json::from_slice::<GateState>(&state);
        let now = self.now();
        let context = speech::context(&mut self.random);
        let heard = |command| Input::Command {
            command,
            alternatives: Vec::new(),
            context,
        };
        self.counts.damaged += 1;
        if dialogue.is_ok() || state.is_ok() {
            self.counts.damaged_read += 1;
        }
        let mut dialogue = dialogue.unwrap_or_else(|_| self.dialogue.clone());
        let state = state.unwrap_or_else(|_| self.gate.state().clone());
        let mut gate = Gate::new(self.gate.policy().clone(), state);
        for command in [Command::Repeat, Command::Confirm, Command::Deny] {
            let _ = dialogue.advance(heard(command), &mut gate, &Price(context.total), now);
        }
    }

    /// What was paid in all is what left the account.
    pub fn finish(self) -> Result<(), Broken> {
        for code in ["EUR", "USD", "JPY", "CHF"] {
            let of = self.executed.iter().filter(|(of, _)| *of == code);
            let sum: Decimal = of.map(|(_, amount)| amount).sum();
            if sum != self.bank.paid(code) {
                return Err(format!(
                    "{sum} {code} were paid, {} left",
                    self.bank.paid(code)
                ));
            }
        }
        Ok(())
    }

    /// The policy, for a report.
    pub fn policy(&self) -> String {
        self.rules.toml()
    }
}
