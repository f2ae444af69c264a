//! The commands of the prompt: their names, what each takes, and what `:help` says.

use crate::modules::glass::questions::{Meaning, Question};

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Shows the answer to a question.
    Ask(Question),
    /// Begins to follow an object, or lists what is followed.
    Watch,
    /// Follows an object no more.
    Unwatch,
    /// Writes the last answer to a file.
    Save,
    /// Switches the status line.
    Status,
    /// Explains.
    Help,
}

/// A command.
#[derive(Debug)]
pub struct Command {
    /// Its name behind the colon.
    pub name: &'static str,
    /// What it does.
    pub action: Action,
    /// What stands behind its name.
    pub takes: &'static str,
    /// One line about it.
    pub summary: &'static str,
    /// More about it.
    pub more: &'static str,
}

const fn command(
    name: &'static str,
    action: Action,
    takes: &'static str,
    summary: &'static str,
    more: &'static str,
) -> Command {
    Command { name, action, takes, summary, more }
}

/// All of them, in the order of `:help`.
pub static COMMANDS: &[Command] = &[
    command(
        "owners",
        Action::Ask(Question::Owners),
        "x",
        "every reference to x with its place",
        "The counts add up to sys.getrefcount(x): the last counted row is the reference of the question itself.\n\
         Weak references stand below it, as they do not count.",
    ),
    command(
        "why",
        Action::Ask(Question::Why),
        "x",
        "the shortest path from a frame or a module to x",
        "For garbage: the cycle that keeps it.",
    ),
    command(
        "map",
        Action::Ask(Question::Map),
        "",
        "arenas, pools and size classes",
        "What is used, free, and never used; how much of it is fragmentation; the blocks above 512 bytes.",
    ),
    command(
        "pool",
        Action::Ask(Question::Pool),
        "x",
        "the pool around x, block by block",
        "x may also be an address as :map shows it: :pool 0x200000084000",
    ),
    command(
        "size",
        Action::Ask(Question::Size),
        "x",
        "all bytes that x causes",
        "Header, links of the collector, buffer with its spare room; then the objects x refers to, and which of them\n\
         would die with it.",
    ),
    command(
        "stack",
        Action::Ask(Question::Stack),
        "",
        "the frames with their locals",
        "Between statements nothing runs. Behind an exception that nobody handled it shows the frames that the\n\
         exception has ended. Inside of a function: print(glass.stack())",
    ),
    command(
        "gc",
        Action::Ask(Question::Collect),
        "",
        "a collection, retold pass by pass",
        "It collects all generations, as gc.collect() does.",
    ),
    command(
        "watch",
        Action::Watch,
        "[x]",
        "follow the life of x; alone: what is followed",
        "The number that it gives is good for :life also when x is gone.",
    ),
    command(
        "unwatch",
        Action::Unwatch,
        "[x]",
        "follow x no more; alone: nothing any more",
        "x may be the object or the number that :watch gave.",
    ),
    command(
        "life",
        Action::Ask(Question::Life),
        "x",
        "birth, counts, promotions and death of a watched x",
        "x may be the object, the number that :watch gave, or an address.",
    ),
    command(
        "diff",
        Action::Ask(Question::Diff),
        "",
        "what came, went and moved since the last look",
        "The first :diff only looks.",
    ),
    command(
        "compare",
        Action::Ask(Question::Compare),
        "a, b",
        "two objects side by side: shared or copied",
        "Between the two stands a comma, or a blank where that is clear: :compare a b",
    ),
    command(
        "dis",
        Action::Ask(Question::Dis),
        "f",
        "bytecode as equations, with what it does to counts",
        "Functions, methods, generators, code objects, classes.",
    ),
    command(
        "draw",
        Action::Ask(Question::Draw),
        "[x] [FILE]",
        "x with what it refers to and who holds it",
        "FILE ends in .svg, .dot, .json or .txt; without it a table is shown. Without x all names are drawn.",
    ),
    command(
        "save",
        Action::Save,
        "FILE",
        "write what was shown last to a file",
        "FILE ends in .svg, .dot, .json or .txt. Before anything was shown it draws all names.",
    ),
    command(
        "status",
        Action::Status,
        "",
        "a status line before each prompt, on or off",
        "Live objects, blocks in use, arenas, and the counts of the generations as in gc.get_count().",
    ),
    command("help", Action::Help, "[command]", "this list; with a name, more about a command", ""),
];

/// The command with a name.
pub fn named(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// A line for each command.
pub fn overview() -> String {
    let line = |command: &Command| {
        format!("  {:17} {}\n", format!(":{} {}", command.name, command.takes).trim_end(), command.summary)
    };
    let lines: String = COMMANDS.iter().map(line).collect();
    format!(
        "{lines}x stands for any expression. The same in programs: import glass\n\
         --depth N and --limit N behind a question follow references further and tell of more.\n"
    )
}

/// All about a command.
pub fn explained(command: &Command) -> String {
    let head = format!(":{} {}", command.name, command.takes);
    let more = if command.more.is_empty() { String::new() } else { format!("{}\n", command.more) };
    format!("{} - {}\n{more}{}", head.trim_end(), command.summary, limits(command))
}

/// What the options mean to a command.
fn limits(command: &Command) -> String {
    let Action::Ask(question) = command.action else { return String::new() };
    let Meaning { depth, rows } = question.meaning();
    let line = |option: &str, meaning: &str| format!("  {option} N  {meaning}\n");
    let depth = depth.map(|meaning| line("--depth", meaning));
    let rows = rows.map(|meaning| line("--limit", meaning));
    depth.into_iter().chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_a_command_of_its_name() {
        for (name, question) in Question::ALL {
            assert_eq!(named(name).map(|command| command.action), Some(Action::Ask(*question)));
        }
    }

    #[test]
    fn lines_of_the_help_fit_a_terminal() {
        let explained: String = COMMANDS.iter().map(explained).collect();
        for line in overview().lines().chain(explained.lines()) {
            assert!(line.len() <= 110, "{line}");
        }
    }
}
