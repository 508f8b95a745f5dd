//! Those who take part.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::check::{check_form, check_url};
use crate::versions::version_of;

/// What one of them does for one URL or form. Everything that outlives it was set up before.
pub(crate) trait Work: 'static {
    const NAME: &'static str;
    /// The package in the lock file.
    const PACKAGE: &'static str;
    /// What its user gets.
    type Output<'a>;

    fn once(&mut self) -> Self::Output<'_>;
}

/// Where the time of a signature comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// From the caller: [`NOW`](crate::task::NOW).
    Given,
    /// From the system, within the work.
    Read,
}

pub(crate) trait PresignedUrl: Work {
    const CLOCK: Clock;
    /// Query parameters that it adds unasked.
    const UNASKED: &'static [(&'static str, &'static str)] = &[];

    fn url(output: Self::Output<'_>) -> String;
}

pub(crate) trait PresignedForm: Work {
    const CLOCK: Clock;
    /// Fields that the policy demands, and that the user has to add to those of the result.
    const LEFT_OUT: &'static [&'static str] = &[];

    fn fields(output: Self::Output<'_>) -> BTreeMap<String, String>;
}

/// One row of a table.
pub struct Contestant {
    name: &'static str,
    version: String,
    verdict: Result<(), String>,
    run: Box<dyn FnMut(u32) -> Duration>,
}

impl Contestant {
    /// Does its work once, to check the URL.
    pub(crate) fn url<W: PresignedUrl>(mut work: W) -> Self {
        let verdict = check_url(&W::url(work.once()), W::CLOCK, W::UNASKED);
        Self::new(work, verdict)
    }

    /// Does its work once, to check the form.
    pub(crate) fn form<W: PresignedForm>(mut work: W) -> Self {
        let verdict = check_form(&W::fields(work.once()), W::CLOCK, W::LEFT_OUT);
        Self::new(work, verdict)
    }

    /// One that makes nothing that could be checked.
    pub(crate) fn floor<W: Work>(work: W) -> Self {
        Self::new(work, Ok(()))
    }

    /// One in a process of its own, which keeps the time itself.
    pub(crate) fn elsewhere(
        name: &'static str,
        version: String,
        verdict: Result<(), String>,
        run: impl FnMut(u32) -> Duration + 'static,
    ) -> Self {
        Self { name, version, verdict, run: Box::new(run) }
    }

    fn new<W: Work>(mut work: W, verdict: Result<(), String>) -> Self {
        let run = move |count| {
            let start = Instant::now();
            for _ in 0..count {
                black_box(work.once());
            }
            start.elapsed()
        };
        Self::elsewhere(W::NAME, version_of(W::PACKAGE), verdict, run)
    }

    /// What it is, and by which of its ways.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The version of its package.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether its result is right.
    ///
    /// # Errors
    /// What is wrong.
    pub const fn verdict(&self) -> Result<(), &String> {
        match &self.verdict {
            Ok(()) => Ok(()),
            Err(reason) => Err(reason),
        }
    }

    /// Does its work `count` times, and says how long that took.
    pub fn run(&mut self, count: u32) -> Duration {
        (self.run)(count)
    }
}
