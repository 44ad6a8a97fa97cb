//! The tree of tags that a screen reader walks, from the elements of the layout.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use super::layout::{Element, Role};

/// Builds the tree; `leaves[i]` are the lines of `elements[i]` in reading order.
pub(super) fn tree(elements: &[Element], leaves: Vec<Vec<Identifier>>) -> TagTree {
    let mut nodes: Vec<Vec<Node>> = leaves.into_iter().map(|lines| lines.into_iter().map(Node::from).collect()).collect();
    let mut tops = Vec::new();
    // Parents come before their children, so going backwards every element is whole when its parent takes it.
    for (index, element) in elements.iter().enumerate().rev() {
        let mut children = std::mem::take(&mut nodes[index]);
        order(&element.role, &mut children);
        if children.is_empty() {
            continue;
        }
        let group = TagGroup::with_children(kind(&element.role), children);
        match element.parent {
            Some(parent) => nodes[parent].push(group.into()),
            None => tops.push(group),
        }
    }
    let mut tree = TagTree::new().with_lang(Some("de".to_owned()));
    for group in tops.into_iter().rev() {
        tree.push(group);
    }
    tree
}

/// Containers received their children backwards; lines are in order already.
fn order(role: &Role, children: &mut [Node]) {
    if matches!(role, Role::List { .. } | Role::Item | Role::Table { .. } | Role::Row) {
        children.reverse();
    }
}

fn kind(role: &Role) -> TagKind {
    match role {
        Role::Heading { level, text } => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(text.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::List { is_numbered: true } => Tag::L(ListNumbering::Decimal).into(),
        Role::List { is_numbered: false } => Tag::L(ListNumbering::Disc).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Table { summary } => Tag::Table.with_summary(Some(summary.clone())).into(),
        Role::Row => Tag::TR.into(),
        Role::HeaderCell { is_of_row: true } => Tag::TH(TableHeaderScope::Row).into(),
        Role::HeaderCell { is_of_row: false } => Tag::TH(TableHeaderScope::Column).into(),
        Role::Cell => Tag::TD.into(),
    }
}
