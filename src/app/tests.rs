mod bench;
mod keys;
mod looping;
mod scenes;
mod screens;
