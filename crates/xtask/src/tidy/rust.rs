//! As much of Rust's syntax as the checks need: what is code, what is comment or string, what is test.
//!
//! No parser: it follows quotes, comments and braces. Start at [`without_comments_and_strings`].

/// The text with every comment and the inside of every string replaced by spaces; lines stay where they are.
pub fn without_comments_and_strings(text: &str) -> String {
    let mut scanner = Scanner { chars: text.chars().collect(), at: 0, out: String::with_capacity(text.len()) };
    scanner.run();
    scanner.out
}

struct Scanner {
    chars: Vec<char>,
    at: usize,
    out: String,
}

impl Scanner {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn keep(&mut self) {
        if let Some(character) = self.peek(0) {
            self.out.push(character);
            self.at += 1;
        }
    }

    fn blank(&mut self) {
        if let Some(character) = self.peek(0) {
            self.out.push(if character == '\n' { '\n' } else { ' ' });
            self.at += 1;
        }
    }

    fn run(&mut self) {
        while let Some(character) = self.peek(0) {
            match (character, self.peek(1)) {
                ('/', Some('/')) => {
                    while self.peek(0).is_some_and(|character| character != '\n') {
                        self.blank();
                    }
                }
                ('/', Some('*')) => self.block_comment(),
                ('"', _) => self.string(),
                ('\'', _) => self.quote(),
                ('r' | 'b' | 'c', _) if !self.is_inside_name() => match self.raw_string_hashes() {
                    Some(hashes) => self.raw_string(hashes),
                    None => self.keep(),
                },
                _ => self.keep(),
            }
        }
    }

    fn is_inside_name(&self) -> bool {
        self.at > 0 && is_part_of_name(self.chars[self.at - 1])
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while let Some(character) = self.peek(0) {
            match (character, self.peek(1)) {
                ('/', Some('*')) => depth += 1,
                ('*', Some('/')) => depth -= 1,
                _ => {
                    self.blank();
                    continue;
                }
            }
            self.blank();
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.keep();
        while let Some(character) = self.peek(0) {
            match character {
                '"' => return self.keep(),
                '\\' => {
                    self.blank();
                    self.blank();
                }
                _ => self.blank(),
            }
        }
    }

    /// A character or the name of a lifetime.
    fn quote(&mut self) {
        let is_escape = self.peek(1) == Some('\\');
        if !is_escape && self.peek(2) != Some('\'') {
            return self.keep();
        }
        self.keep();
        self.blank();
        if is_escape {
            self.blank();
        }
        while self.peek(0).is_some_and(|character| character != '\'') {
            self.blank();
        }
        self.keep();
    }

    /// The number of `#` when a raw string begins here.
    fn raw_string_hashes(&self) -> Option<usize> {
        let mut ahead = match (self.peek(0)?, self.peek(1)?) {
            ('r', _) => 1,
            ('b' | 'c', 'r') => 2,
            _ => return None,
        };
        let mut hashes = 0;
        while self.peek(ahead) == Some('#') {
            hashes += 1;
            ahead += 1;
        }
        (self.peek(ahead) == Some('"')).then_some(hashes)
    }

    fn raw_string(&mut self, hashes: usize) {
        while self.peek(0) != Some('"') {
            self.keep();
        }
        self.keep();
        while let Some(character) = self.peek(0) {
            let ends = character == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if ends {
                for _ in 0..=hashes {
                    self.keep();
                }
                return;
            }
            self.blank();
        }
    }
}

/// True for what names of Rust are made of.
pub fn is_part_of_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// For each line whether it belongs to tests: a file of tests as a whole, or what follows `#[cfg(test)]`.
pub fn lines_of_tests(path: &str, code: &str) -> Vec<bool> {
    let mut lines = vec![is_file_of_tests(path); code.lines().count()];
    let mut from = 0;
    while let Some(found) = code[from..].find("#[cfg(test)]") {
        let start = from + found;
        let end = end_of_item(code, start);
        let (first, last) = (line_of(code, start), line_of(code, end));
        for line in lines.iter_mut().take(last + 1).skip(first) {
            *line = true;
        }
        from = end.max(start + 1);
    }
    lines
}

fn is_file_of_tests(path: &str) -> bool {
    let mut parts: Vec<&str> = path.split('/').collect();
    let name = parts.pop().unwrap_or_default();
    name == "tests.rs" || name.ends_with("_tests.rs") || parts.iter().any(|part| ["tests", "benches", "examples"].contains(part))
}

/// The number of the line (from 0) in which a byte stands.
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()
}

/// Where the item that begins at `start` ends: at its semicolon or its closing brace.
fn end_of_item(code: &str, start: usize) -> usize {
    let mut depth = 0;
    for (offset, byte) in code.as_bytes()[start..].iter().enumerate() {
        match byte {
            b';' if depth == 0 => return start + offset,
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth <= 0 {
                    return start + offset;
                }
            }
            _ => {}
        }
    }
    code.len()
}

/// All places (bytes) of a word that is not part of a longer name on its left.
pub fn places_of<'text>(code: &'text str, word: &'text str) -> impl Iterator<Item = usize> + 'text {
    code.match_indices(word).map(|(at, _)| at).filter(move |at| !code[..*at].chars().next_back().is_some_and(is_part_of_name))
}

#[cfg(test)]
mod tests {
    use super::{lines_of_tests, places_of, without_comments_and_strings};

    #[test]
    fn comments_and_strings_go_and_lines_stay() {
        let check = |text: &str, expected: &str| {
            assert_eq!(without_comments_and_strings(text), expected, "{text}");
        };
        check("a // b\nc", "a     \nc");
        check("a /* b /* c */ d */ e", "a                   e");
        check(r#"f("a\"b", 'x')"#, r#"f("    ", ' ')"#);
        check("r#\"a\"b\"# c", "r#\"   \"# c");
        check("&'a str", "&'a str");
        check(r"'\'' b", r"'  ' b");
        check("var\"x\"", "var\" \"");
        check("r#type", "r#type");
        check("\"a\nb\"", "\" \n \"");
    }

    #[test]
    fn a_module_of_tests_ends_at_its_brace() {
        let code = "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() {}\n}\nfn c() {}\n";
        assert_eq!(lines_of_tests("src/lib.rs", code), [false, true, true, true, true, false]);
        let code = "#[cfg(test)]\nmod tests;\nfn c() {}\n";
        assert_eq!(lines_of_tests("src/lib.rs", code), [true, true, false]);
        assert_eq!(lines_of_tests("src/tests.rs", "fn a() {}"), [true]);
        assert_eq!(lines_of_tests("tests/a.rs", "fn a() {}"), [true]);
        assert_eq!(lines_of_tests("src/contests.rs", "fn a() {}"), [false]);
    }

    #[test]
    fn a_word_inside_a_longer_name_does_not_count() {
        assert_eq!(places_of("rand::x strand::x", "rand::").count(), 1);
    }
}
