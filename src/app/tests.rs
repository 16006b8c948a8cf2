mod bench;
mod filter;
mod help;
mod keys;
mod looping;
mod scenes;
mod screens;
