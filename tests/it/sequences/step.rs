//! One call, or some that belong together, and what must come of it.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use presign::s3::{MultipartPlan, Operation, PlannedPart};
use presign::sigv4::{Explanation, Signer};
use presign::{Error, PresignedRequest, Presigner, Timestamp};

use super::LAST_SECOND;
use super::ask::Ask;
use super::identity::{Behavior, Identity, while_provider_behaves};
use super::place::{Place, Signs};
use super::random::Random;
use crate::naive;

#[derive(Debug)]
pub struct Step {
    place: Place,
    /// Whose credentials are used.
    identity: Arc<Identity>,
    provider: Provider,
    now: i64,
    expires: u64,
    call: Call,
    asks: Vec<Ask>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Call {
    Presign,
    PresignInto,
    Batch,
    BatchInto,
    Parts,
    /// With a header that the caller adds to each part.
    PartsWith,
    PartsInto,
    Explain,
    Authorize,
}

/// What the provider does, if the place has one.
#[derive(Debug)]
enum Provider {
    ReturnsTheSame,
    ReturnsACopy,
    /// It signs something else on the same thread first.
    Signs(Rc<Step>),
    /// The same, and then it panics.
    SignsAndPanics(Rc<Step>),
    Refuses,
    Panics,
}

/// The panic of a provider, which no test harness reports.
struct Planned;

/// What came of one request.
#[derive(Debug, PartialEq)]
enum Signed {
    Url { url: String, header_names: Option<Vec<String>>, expires_at: Option<i64> },
    Texts(String, String),
    Authorization(String),
}

/// How often something happened.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub steps: usize,
    signatures: usize,
    errors: usize,
    panics: usize,
    inside_of_a_provider: usize,
    batches: usize,
    parts: usize,
    explanations: usize,
    authorizations: usize,
}

impl Seen {
    fn counts(&mut self) -> [&mut usize; 9] {
        let Self {
            steps,
            signatures,
            errors,
            panics,
            inside_of_a_provider,
            batches,
            parts,
            explanations,
            authorizations,
        } = self;
        [steps, signatures, errors, panics, inside_of_a_provider, batches, parts, explanations, authorizations]
    }

    pub fn add(&mut self, other: &Self) {
        for (sum, count) in self.counts().into_iter().zip(other.clone().counts()) {
            *sum += *count;
        }
    }

    /// A sequence that never panicked proves nothing about panics.
    pub fn assert_nothing_is_missing(&mut self) {
        assert!(self.counts().into_iter().all(|count| *count > 0), "{self:?}");
    }
}

impl Step {
    /// A call at a place, with calls at any of the places inside of its provider, and inside of theirs.
    pub fn random(
        place: &Place,
        places: &[Place],
        identities: &[Arc<Identity>],
        (now, expires): (i64, u64),
        depth: usize,
        random: &mut Random,
    ) -> Self {
        let identity = Arc::clone(&identities[random.below(identities.len())]);
        let identity = place.identity.clone().unwrap_or(identity);
        let inner = |random: &mut Random| {
            // In the same second, or in another.
            let now = if random.one_in(2) { now } else { (now + 1).min(LAST_SECOND) };
            let place = if random.one_in(2) { place } else { &places[random.below(places.len())] };
            Rc::new(Self::random(place, places, identities, (now, expires), depth - 1, random))
        };
        let provider = match random.below(12) {
            0 => Provider::Refuses,
            1 => Provider::Panics,
            2 if depth > 0 => Provider::SignsAndPanics(inner(random)),
            3..=5 if depth > 0 => Provider::Signs(inner(random)),
            6 | 7 => Provider::ReturnsACopy,
            _ => Provider::ReturnsTheSame,
        };
        let call = match (&place.signs, random.below(10)) {
            (_, 0..=1) => Call::Presign,
            (_, 2..=5) => Call::PresignInto,
            (_, 6) => Call::Explain,
            (Signs::Any(_), _) => Call::Authorize,
            (_, 7) => [Call::Parts, Call::PartsInto, Call::PartsWith][random.below(3)],
            (_, 8) => Call::Batch,
            _ => Call::BatchInto,
        };
        let asks = match call {
            Call::Parts | Call::PartsInto | Call::PartsWith => parts(call, random),
            Call::Batch | Call::BatchInto => (0..=random.below(4)).map(|_| Ask::random(place, random)).collect(),
            _ => vec![Ask::random(place, random)],
        };
        Self { place: place.clone(), identity, provider, now, expires, call, asks }
    }

    /// Signs, and compares with what the naive implementation signs. `buffer` holds what others have written.
    pub fn run(&self, buffer: &mut String, seen: &mut Seen) {
        let before = buffer.clone();
        let inside = Rc::new(RefCell::new(Seen::default()));
        let result = self.call(buffer, &inside);
        seen.add(&inside.borrow());
        seen.inside_of_a_provider += inside.borrow().steps;
        seen.steps += 1;
        let may_panic = self.asks_the_provider() && self.provider.panics();
        let Some(signed) = result else {
            assert!(may_panic, "a panic: {self:?}");
            assert_eq!(*buffer, before, "after a panic: {self:?}");
            seen.panics += 1;
            return;
        };
        let mut written = before;
        for (ask, result) in self.asks.iter().zip(&signed) {
            let faults = self.faults(ask);
            match result {
                Ok(signed) => {
                    assert!(faults.is_empty() && !may_panic, "signed in spite of {faults:?}: {self:?}");
                    assert_eq!(*signed, self.expected(ask), "{self:?}");
                    if let (Signed::Url { url, .. }, true) = (signed, self.call.appends()) {
                        written += url;
                    }
                    seen.signatures += 1;
                }
                Err(error) => {
                    let debug = format!("{error:?}");
                    let variant = debug.split([' ', '(']).next().unwrap_or_default();
                    assert!(faults.contains(&variant), "{debug}, not {faults:?}: {self:?}");
                    seen.errors += 1;
                }
            }
        }
        assert_eq!(*buffer, written, "{self:?}");
        match self.call {
            Call::Batch | Call::BatchInto => seen.batches += 1,
            Call::Parts | Call::PartsInto | Call::PartsWith => seen.parts += 1,
            Call::Explain => seen.explanations += 1,
            Call::Authorize => seen.authorizations += 1,
            Call::Presign | Call::PresignInto => {}
        }
    }

    /// One result for each request; none if the provider panicked.
    fn call(&self, buffer: &mut String, inside: &Rc<RefCell<Seen>>) -> Option<Vec<Result<Signed, Error>>> {
        let sign = AssertUnwindSafe(|| match &self.place.signs {
            Signs::S3(presigner, _) => self.call_presigner(presigner, buffer),
            Signs::Any(signer) => vec![self.call_signer(signer, buffer)],
        });
        match while_provider_behaves(self.behavior(inside), || catch_unwind(sign)) {
            Ok(signed) => Some(signed),
            Err(panic) if panic.is::<Planned>() => None,
            Err(panic) => resume_unwind(panic),
        }
    }

    fn behavior(&self, inside: &Rc<RefCell<Seen>>) -> Behavior {
        let credentials = self.identity.credentials.clone();
        match &self.provider {
            Provider::ReturnsTheSame => Rc::new(move || Ok(credentials.clone())),
            Provider::ReturnsACopy => {
                let identity = Arc::clone(&self.identity);
                Rc::new(move || Ok(identity.made_anew()))
            }
            Provider::Refuses => Rc::new(|| Err(Error::NoCredentials)),
            Provider::Panics => Rc::new(|| resume_unwind(Box::new(Planned))),
            Provider::Signs(step) | Provider::SignsAndPanics(step) => {
                let (step, panics, inside) = (Rc::clone(step), self.provider.panics(), Rc::clone(inside));
                Rc::new(move || {
                    step.run(&mut String::from("inside "), &mut inside.borrow_mut());
                    if panics {
                        resume_unwind(Box::new(Planned));
                    }
                    Ok(credentials.clone())
                })
            }
        }
    }

    fn call_presigner(&self, presigner: &Presigner, buffer: &mut String) -> Vec<Result<Signed, Error>> {
        let (expires, now) = (Duration::from_secs(self.expires), timestamp(self.now));
        match self.call {
            Call::Batch | Call::BatchInto => {
                let batch = match presigner.batch_at(expires, now) {
                    Ok(batch) => batch,
                    Err(error) => return self.asks.iter().map(|_| Err(error.clone())).collect(),
                };
                let mut sign = |operation: &dyn Operation| match self.call {
                    Call::Batch => batch.presign(operation).map(Signed::presigned),
                    _ => appended(buffer, |buffer| batch.presign_into(buffer, operation)),
                };
                self.asks.iter().map(|ask| ask.with_operation(&mut sign)).collect()
            }
            Call::Parts | Call::PartsInto | Call::PartsWith => {
                let key = self.asks[0].key.as_deref().expect("a key");
                let mut parts = presigner.upload_parts_at(key, UPLOAD_ID, &plan(), expires, now);
                if self.call == Call::PartsWith {
                    parts = parts.with(|_, part| part.header(ADDED.0, ADDED.1));
                }
                let mut sign = || match self.call {
                    Call::PartsInto => {
                        let start = buffer.len();
                        parts.next_into(buffer).expect("a part").map(|_| Signed::from(&buffer[start..]))
                    }
                    _ => parts.next().expect("a part").map(|(_, signed)| Signed::presigned(signed)),
                };
                self.asks.iter().map(|_| sign()).collect()
            }
            call => vec![self.asks[0].with_operation(|operation| match call {
                Call::PresignInto => {
                    appended(buffer, |buffer| presigner.presign_into_at(buffer, operation, expires, now))
                }
                Call::Explain => presigner.explain_at(operation, expires, now).map(Signed::from),
                _ => presigner.presign_at(operation, expires, now).map(Signed::presigned),
            })],
        }
    }

    fn call_signer(&self, signer: &Signer, buffer: &mut String) -> Result<Signed, Error> {
        let (expires, now) = (Duration::from_secs(self.expires), timestamp(self.now));
        let request = self.asks[0].request(&self.place);
        match self.call {
            Call::PresignInto => appended(buffer, |buffer| signer.presign_into_at(buffer, &request, expires, now)),
            Call::Explain => signer.explain_at(&request, expires, now).map(Signed::from),
            Call::Authorize => signer.authorize_at(&request, now).map(|signed| {
                let authorization = signed.headers().find(|(name, _)| *name == "authorization");
                Signed::Authorization(authorization.expect("it is signed").1.into())
            }),
            _ => signer.presign_at(&request, expires, now).map(Signed::presigned),
        }
    }

    fn asks_the_provider(&self) -> bool {
        self.place.identity.is_none()
    }

    /// From when, and for how many seconds.
    fn validity(&self) -> (i64, u64) {
        let window = i64::try_from(self.place.window).expect("small");
        (self.now - self.now % window.max(1), self.expires + self.place.window)
    }

    /// The names of all errors that one request may end with, of which one must come if there is any.
    fn faults(&self, ask: &Ask) -> Vec<&'static str> {
        let (signed_at, expires) = self.validity();
        let of_the_expiry = [
            (self.expires == 0, "ExpiresTooShort"),
            (self.expires > 604_800, "ExpiresTooLong"),
            (expires > 604_800, "WindowTooLong"),
            (signed_at.saturating_add_unsigned(expires) > LAST_SECOND, "TimeOutOfRange"),
        ];
        let of_the_expiry = of_the_expiry.into_iter().filter(|(is_one, _)| *is_one && self.call != Call::Authorize);
        let of_the_credentials = [
            (self.asks_the_provider() && matches!(self.provider, Provider::Refuses), "NoCredentials"),
            (self.identity.expires_at.is_some_and(|end| end <= self.now), "CredentialsExpired"),
        ];
        let faults = of_the_expiry.chain(of_the_credentials.into_iter().filter(|(is_one, _)| *is_one));
        faults.map(|(_, fault)| fault).chain(ask.fault).collect()
    }

    fn expected(&self, ask: &Ask) -> Signed {
        let (place, identity) = (&self.place, &self.identity);
        let (signed_at, expires) = self.validity();
        let (host, path) = ask.host_and_path(place);
        let input = naive::Input {
            method: ask.method.as_str(),
            scheme: place.scheme.into(),
            host: host.clone(),
            path,
            query: ask.query.clone(),
            headers: ask.headers.clone(),
            payload: ask.payload.map(|hash| naive::hex(&hash)),
            path_rules: place.path_rules,
            access_key_id: identity.access_key_id.into(),
            secret: identity.secret.into(),
            token: identity.token.clone(),
            unix_seconds: if self.call == Call::Authorize { self.now } else { signed_at },
            expires,
            region: place.region.into(),
            service: place.service.into(),
        };
        let (canonical_request, string_to_sign) = input.explain();
        match self.call {
            Call::Explain => return Signed::Texts(canonical_request, string_to_sign),
            Call::Authorize => return Signed::Authorization(input.authorize()),
            _ => {}
        }
        let mut url = input.presign();
        if let Some(published) = place.published {
            url = url.replacen(&format!("{}://{host}", place.scheme), published, 1);
        }
        let header_names = canonical_request.rsplit('\n').nth(1).unwrap_or_default();
        let to_be_sent = header_names.split(';').filter(|name| *name != "host").map(str::to_owned).collect();
        let end = signed_at.saturating_add_unsigned(expires);
        Signed::Url {
            url,
            header_names: (!self.call.appends()).then_some(to_be_sent),
            expires_at: (self.call != Call::PartsInto).then(|| identity.expires_at.map_or(end, |other| end.min(other))),
        }
    }
}

impl Call {
    /// Whether it appends to the buffer of the caller.
    fn appends(self) -> bool {
        matches!(self, Self::PresignInto | Self::BatchInto | Self::PartsInto)
    }
}

impl Provider {
    fn panics(&self) -> bool {
        matches!(self, Self::Panics | Self::SignsAndPanics(_))
    }
}

impl Signed {
    fn presigned(signed: PresignedRequest) -> Self {
        let mut header_names: Vec<_> = signed.headers().map(|(name, _)| name.to_owned()).collect();
        header_names.sort();
        let expires_at = Some(signed.expires_at().unix_seconds());
        Self::Url { url: signed.into_url(), header_names: Some(header_names), expires_at }
    }
}

impl From<Explanation> for Signed {
    fn from(texts: Explanation) -> Self {
        Self::Texts(texts.canonical_request().into(), texts.string_to_sign().into())
    }
}

impl From<&str> for Signed {
    fn from(url: &str) -> Self {
        Self::Url { url: url.into(), header_names: None, expires_at: None }
    }
}

/// What was appended to a buffer. After an error, that is nothing.
fn appended(buffer: &mut String, sign: impl FnOnce(&mut String) -> Result<Timestamp, Error>) -> Result<Signed, Error> {
    let start = buffer.len();
    let expires_at = sign(buffer)?.unix_seconds();
    Ok(Signed::Url { url: buffer[start..].into(), header_names: None, expires_at: Some(expires_at) })
}

fn timestamp(unix_seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(unix_seconds).expect("in range")
}

const UPLOAD_ID: &str = "VXBsb2Fk&partNumber=1/+==";
const ADDED: (&str, &str) = ("x-amz-meta-added", "content-length:8");

/// Twelve parts, of which the last is short, so that the numbers get another digit.
fn plan() -> MultipartPlan {
    MultipartPlan::with_part_size(11 * MultipartPlan::MIN_PART_SIZE + 9, MultipartPlan::MIN_PART_SIZE).expect("a plan")
}

/// The first parts of an upload, or all of them.
fn parts(call: Call, random: &mut Random) -> Vec<Ask> {
    let key = random.pick(&["a", "videos/1 2.mp4", "&partNumber=7/content-length:8", "ä"]);
    let added = (call == Call::PartsWith).then_some(ADDED);
    let of_part = |part: PlannedPart| Ask::of_part(key, UPLOAD_ID, part.part_number(), part.content_length(), added);
    plan().parts().take([1, 3, 12][random.below(3)]).map(of_part).collect()
}
