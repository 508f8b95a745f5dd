//! The implementations that are compared.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::check::{check_form, check_url};
use crate::versions::version_of;

/// The work of one implementation for one URL or form. Everything that outlives a URL or form is set up before.
pub(crate) trait Work: 'static {
    const NAME: &'static str;
    /// The package in the lock file.
    const PACKAGE: &'static str;
    /// How many times as fast presign should be at least.
    const GOAL: Option<f64> = None;
    /// The value that the implementation returns to its user.
    type Output<'a>;

    fn once(&mut self) -> Self::Output<'_>;
}

/// The source of the time in a signature.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// From the caller: [`NOW`](crate::task::NOW).
    Given,
    /// From the system, within the work.
    Read,
}

pub(crate) trait PresignedUrl: Work {
    const CLOCK: Clock;
    /// Query parameters that the implementation adds unasked.
    const UNASKED: &'static [(&'static str, &'static str)] = &[];

    fn url(output: Self::Output<'_>) -> String;
}

pub(crate) trait PresignedForm: Work {
    const CLOCK: Clock;
    /// Fields that the policy requires, and that the user has to add to those of the result.
    const LEFT_OUT: &'static [&'static str] = &[];

    fn fields(output: Self::Output<'_>) -> BTreeMap<String, String>;
}

/// One row of a table.
pub struct Contestant {
    name: &'static str,
    version: String,
    goal: Option<f64>,
    verdict: Result<(), String>,
    run: Box<dyn FnMut(u32) -> Duration>,
}

impl Contestant {
    /// Does the work once, to check the URL.
    pub(crate) fn url<W: PresignedUrl>(mut work: W) -> Self {
        let verdict = check_url(&W::url(work.once()), W::CLOCK, W::UNASKED);
        Self::new(work, verdict)
    }

    /// Does the work once, to check the form.
    pub(crate) fn form<W: PresignedForm>(mut work: W) -> Self {
        let verdict = check_form(&W::fields(work.once()), W::CLOCK, W::LEFT_OUT);
        Self::new(work, verdict)
    }

    /// Creates a contestant without a result that could be checked.
    pub(crate) fn floor<W: Work>(work: W) -> Self {
        Self::new(work, Ok(()))
    }

    /// Creates a contestant whose work is done in a process of its own, which measures the time itself.
    pub(crate) fn elsewhere(
        name: &'static str,
        version: String,
        goal: Option<f64>,
        verdict: Result<(), String>,
        run: impl FnMut(u32) -> Duration + 'static,
    ) -> Self {
        Self { name, version, goal, verdict, run: Box::new(run) }
    }

    fn new<W: Work>(mut work: W, verdict: Result<(), String>) -> Self {
        let run = move |count| {
            let start = Instant::now();
            for _ in 0..count {
                black_box(work.once());
            }
            start.elapsed()
        };
        Self::elsewhere(W::NAME, version_of(W::PACKAGE), W::GOAL, verdict, run)
    }

    /// Returns the name of the implementation, and of its method where it has several.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the version of its package.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns how many times as fast presign should be at least.
    pub(crate) const fn goal(&self) -> Option<f64> {
        self.goal
    }

    /// Returns whether the result of the work is right.
    ///
    /// # Errors
    /// The reason why the result is wrong.
    pub const fn verdict(&self) -> Result<(), &String> {
        match &self.verdict {
            Ok(()) => Ok(()),
            Err(reason) => Err(reason),
        }
    }

    /// Does the work `count` times, and returns how long that took.
    pub fn run(&mut self, count: u32) -> Duration {
        (self.run)(count)
    }
}
