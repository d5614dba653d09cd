//! What a soak has done.

#[derive(Debug, Default)]
pub struct Counts {
    pub episodes: u64,
    pub steps: u64,
    pub prompts: u64,
    pub authorised: u64,
    pub executed: u64,
    pub too_late: u64,
    pub refused: u64,
    pub cancelled: u64,
    pub replays: u64,
    pub expired: u64,
    pub pins: u64,
    pub restarts: u64,
    pub clock_moves: u64,
    pub mutated: u64,
    pub mutated_read: u64,
    pub damaged: u64,
    pub damaged_read: u64,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            episodes,
            steps,
            prompts,
            authorised,
            executed,
            too_late,
            refused,
            cancelled,
            replays,
            expired,
            pins,
            restarts,
            clock_moves,
            mutated,
            mutated_read,
            damaged,
            damaged_read,
        } = self;
        write!(
            f,
            "{episodes} episodes under as many policies, {steps} steps\n\
             {prompts} prompts, {authorised} commands authorised, {executed} carried out, {too_late} too late for it\n\
             {refused} refused, {cancelled} cancelled, {replays} answers to answered questions and {expired} to expired \
             ones turned away, {pins} PINs compared\n\
             {restarts} restarts, {clock_moves} changes of the clock, {mutated} commands damaged ({mutated_read} could be read), \
             {damaged} saved states damaged ({damaged_read} could be read)"
        )
    }
}
