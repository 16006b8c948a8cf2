//! Why a turn of a feed came to its end.

use bytes::Bytes;

use super::super::connection::Failure;
use super::super::outlet::Closed;
use super::super::wire::messages::Status;
use super::super::wire::{Format, read};
use crate::model::{GarbledFault, Problem};
use crate::source::text::{MESSAGE, clean};

pub(in crate::source) enum Stop {
    Closed,
    /// Another session took the place of the one in use.
    SessionChanged,
    Failed(Failure),
}

impl From<Closed> for Stop {
    fn from(_: Closed) -> Self {
        Stop::Closed
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Stop::Failed(failure)
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Stop::Failed(problem.into())
    }
}

impl From<GarbledFault> for Stop {
    fn from(fault: GarbledFault) -> Self {
        Problem::Garbled(fault).into()
    }
}

/// What an ERROR event means: mostly 410, the version is too old.
pub(in crate::source) fn ended_by(format: Format, object: Bytes) -> Result<Failure, GarbledFault> {
    let status: Status = read(format, object)?;
    Ok(match status.code() {
        410 => Failure::Expired,
        403 => Failure::Denied,
        404 => Failure::Absent,
        code => {
            let detail = clean(status.message(), MESSAGE);
            Failure::Problem(
                Problem::Server {
                    code: u16::try_from(code).unwrap_or(0),
                    detail,
                },
                None,
            )
        }
    })
}
