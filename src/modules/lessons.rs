//! The lessons of `programs/` as part of the binary, so that `glasspy --lesson 5` works wherever it is called. Each is
//! a program with a docstring of this form, from which `--lessons` takes what it shows:
//!
//! ```text
//! """5. The title
//!
//! One sentence with the idea of it.
//! ```
//!
//! A lesson runs under a file name in angle brackets, as embedded modules do; tracebacks find its lines here.

/// A program to read, run and change.
#[derive(Debug, PartialEq, Eq)]
pub struct Lesson {
    /// The name under which it runs.
    pub file_name: &'static str,
    /// Its text.
    pub source: &'static str,
}

macro_rules! lessons {
    ($($number:literal $file:literal)*) => {
        /// All lessons; the number of a lesson is its place.
        pub static LESSONS: &[Lesson] = &[$(Lesson {
            file_name: concat!("<lesson ", $number, ">"),
            source: include_str!(concat!("../../programs/", $file)),
        }),*];
    };
}

lessons! {
    0 "tour.py"
    1 "01_objects_and_names.py"
    2 "02_counting_references.py"
    3 "03_stack_and_heap.py"
    4 "04_context.py"
    5 "05_cycles.py"
    6 "06_generations.py"
    7 "07_layers_and_pools.py"
    8 "08_interning.py"
    9 "09_sizes.py"
    10 "10_copies.py"
    11 "11_leaks.py"
    12 "12_closures.py"
    13 "13_pooling.py"
    14 "14_generators.py"
    15 "15_weak_references.py"
    16 "16_context_managers.py"
    17 "17_slots.py"
    18 "18_measuring.py"
    19 "19_owners.py"
    20 "20_why_alive.py"
    21 "21_map_and_pool.py"
    22 "22_size.py"
    23 "23_stack.py"
    24 "24_collect.py"
    25 "25_watch_and_life.py"
    26 "26_diff.py"
    27 "27_compare.py"
    28 "28_dis.py"
}

impl Lesson {
    /// Its number and title.
    pub fn title(&self) -> (&'static str, &'static str) {
        let line = self.source.lines().next().unwrap_or("");
        line.trim_start_matches('"').split_once(". ").unwrap_or(("", line))
    }

    /// The sentence below the title.
    pub fn idea(&self) -> &'static str {
        self.source.lines().nth(2).unwrap_or("")
    }
}

/// The lesson with a number.
pub fn numbered(number: &str) -> Option<&'static Lesson> {
    LESSONS.get(number.parse::<usize>().ok()?)
}

/// Numbers, titles and ideas, a line each.
pub fn overview() -> String {
    let widest = LESSONS.iter().map(|lesson| lesson.title().1.len()).max().unwrap_or(0);
    let line = |lesson: &Lesson| {
        let (number, title) = lesson.title();
        format!("{number:>2}  {title:widest$}  {}\n", lesson.idea())
    };
    LESSONS.iter().map(line).collect()
}

/// A line of the lesson that runs under this name.
pub fn source_line(file_name: &str, line: u32) -> Option<&'static str> {
    let lesson = LESSONS.iter().find(|lesson| lesson.file_name == file_name)?;
    lesson.source.lines().nth((line as usize).checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lesson_tells_number_title_and_idea() {
        for (number, lesson) in LESSONS.iter().enumerate() {
            let (shown, title) = lesson.title();
            assert_eq!(shown, number.to_string());
            assert!(!title.is_empty() && lesson.idea().ends_with('.'), "{title}: {}", lesson.idea());
            assert!(lesson.idea().len() < 100, "{title}: the idea is longer than a line");
            assert_eq!(lesson.file_name, format!("<lesson {number}>"));
        }
    }

    #[test]
    fn lessons_are_found_by_number_only() {
        assert_eq!(numbered("05"), LESSONS.get(5));
        for wrong in ["-1", "", "x", "29", "99999999999999999999999", "5.0"] {
            assert_eq!(numbered(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn lines_are_found_by_the_name_under_which_a_lesson_runs() {
        assert_eq!(source_line("<lesson 5>", 1), Some("\"\"\"5. Cycles"));
        assert_eq!(source_line("<lesson 5>", 0), None);
        assert_eq!(source_line("<lesson 5>", 1_000_000), None);
        assert_eq!(source_line("<stdin>", 1), None);
    }
}
