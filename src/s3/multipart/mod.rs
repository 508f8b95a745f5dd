//! Uploads in parts.

mod completed_part;
mod plan;
mod upload_parts;

pub use completed_part::CompletedPart;
pub use plan::{MultipartPlan, PlannedPart};
pub use upload_parts::UploadParts;
