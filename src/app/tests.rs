mod bench;
mod filter;
mod keys;
mod looping;
mod scenes;
mod screens;
