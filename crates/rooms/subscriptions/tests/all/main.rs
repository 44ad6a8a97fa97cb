//! The room driven through HTTP and by following and sending in an invented town, on both engines.
//!
//! Start with [`invented`]: a source whose documents lie in the thread's own rows, and a search that compares words.

mod following;
mod invented;
mod mails;
mod matching;
mod once;
mod pages;
