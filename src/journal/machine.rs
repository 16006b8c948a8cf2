//! What the machine tells of who acts, and the numbers by which actions are known.

use std::env;

use nix::unistd::{Uid, User};
use ring::rand::{SecureRandom, SystemRandom};

use super::Fault;
use super::line::plain;
use crate::action::{ActionId, Who};

/// Who acts, as far as the machine tells. The name is that of the user's number: `USER` says what anybody likes.
pub fn of_machine() -> Who {
    let uid = Uid::current();
    let user = User::from_uid(uid).ok().flatten();
    let unix = user.map_or_else(|| format!("uid {uid}"), |it| it.name);
    let variable = |name| env::var_os(name).map(|it| it.to_string_lossy().into_owned());
    Who {
        unix: plain(&unix),
        sudo: plain(&variable("SUDO_USER").unwrap_or_default()),
        ssh: address(&variable("SSH_CONNECTION").unwrap_or_default()),
        ..Who::default()
    }
}

/// Of the other end: the variable holds address and port of each.
fn address(connection: &str) -> String {
    plain(connection.split_whitespace().next().unwrap_or_default())
}

/// An id that no other action has, on this machine or another.
pub fn new_id() -> Result<ActionId, Fault> {
    let mut bytes = [0; 8];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Fault::NoRandomness)?;
    let digits = u64::from_be_bytes(bytes) >> 24;
    Ok(ActionId(format!("{digits:010x}")))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_ten_hexadecimal_digits_and_differ() {
        let ids: BTreeSet<_> = (0..100).map(|_| new_id().unwrap()).collect();
        assert_eq!(ids.len(), 100);
        let digit = |it: char| matches!(it, '0'..='9' | 'a'..='f');
        let well_made = |it: &ActionId| it.0.len() == 10 && it.0.chars().all(digit);
        assert!(ids.iter().all(well_made), "{ids:?}");
    }

    #[test]
    fn the_other_end_is_an_address_without_control_characters() {
        assert_eq!(address("10.9.0.14 50514 10.9.0.1 22"), "10.9.0.14");
        assert_eq!(address("10.9\u{1b}[2J.0.14 1"), "10.9[2J.0.14");
        assert_eq!(address(""), "");
    }

    #[test]
    fn the_user_has_a_name() {
        assert!(!of_machine().unix.is_empty());
    }
}
