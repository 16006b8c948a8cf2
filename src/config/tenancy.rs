//! The section `[tenancy]`, which `tenancy::Rules` describes.

use super::document::{Report, Value};
use crate::tenancy::Rules;

pub(super) fn read(report: &mut Report<'_>, value: &Value<'_>) -> Rules {
    report.table("tenancy", value);
    Rules::default()
}
