//! Anchors stay at their passage: on an invented text, on 240 scripted edits of a real city's texts, on 200 pairs of its
//! real versions. The real texts are read from `../shared`, none of them stands here.

#![cfg(test)]

mod chance;
mod city;
mod invented;
mod judge;
mod script;
