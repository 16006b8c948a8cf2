mod bench;
mod filter;
mod help;
mod keys;
mod looping;
mod mouse;
mod scenes;
mod screens;
