//! The prompt on a terminal: keys are typed into a pseudo-terminal, and the screen that a user would see is read.
//!
//! Nothing waits for a time: every step waits until the screen shows what it should, up to a limit that only a broken
//! prompt reaches.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(120);
const ROWS: NonZero<u16> = NonZero::new(40).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(90).unwrap();

const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const TAB: &str = "\t";
const ENTER: &str = "\r";
const UP: &str = "\x1b[A";
const RIGHT: &str = "\x1b[C";
const BACKSPACE: &str = "\x7f";

/// A prompt, what types into it, and what it has shown.
struct Terminal {
    child: Child,
    keys: File,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
    folder: PathBuf,
}

impl Terminal {
    /// Starts the program with these arguments and environment, in an empty folder of its own.
    fn start(test: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("glasspy-prompt-{}-{test}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self::start_in(folder, arguments, environment)
    }

    fn start_in(folder: PathBuf, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let (master, slave) = open_terminal();
        let mut command = Command::new(env!("CARGO_BIN_EXE_glasspy"));
        command.args(arguments).current_dir(&folder).env_clear();
        command.env("TERM", "xterm").env("HOME", &folder).envs(environment.iter().copied());
        let end = || Stdio::from(slave.try_clone().unwrap());
        command.stdin(end()).stdout(end()).stderr(end());
        // SAFETY: between fork and exec only three system calls are made.
        unsafe {
            command.pre_exec(|| {
                // Where the tests run in the background the signal may be ignored, which a child would inherit.
                libc::signal(libc::SIGINT, libc::SIG_DFL);
                libc::setsid();
                libc::ioctl(0, libc::TIOCSCTTY, 0);
                Ok(())
            });
        }
        let child = command.spawn().unwrap();
        drop(slave);
        let keys = File::from(master);
        let output = reader(keys.try_clone().unwrap());
        Self { child, keys, output, screen: vt100::Parser::new(ROWS, COLUMNS, 0), raw: Vec::new(), folder }
    }

    fn type_keys(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self
    }

    fn line(&mut self, text: &str) -> &mut Self {
        self.type_keys(text).type_keys(ENTER)
    }

    /// Waits until the screen satisfies the condition.
    #[track_caller]
    fn wait_until(&mut self, what: &str, condition: impl Fn(&str) -> bool) -> &mut Self {
        let end = Instant::now() + LIMIT;
        while !condition(&self.shown()) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend_from_slice(&bytes);
                }
                Err(RecvTimeoutError::Timeout) => {
                    panic!("{what:?} has not come; the screen:\n{}", self.shown())
                }
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("{what:?} will not come, the program has ended; the screen:\n{}", self.shown())
                }
            }
        }
        self
    }

    /// Waits until the screen ends with these lines.
    #[track_caller]
    fn wait_for(&mut self, end: &str) -> &mut Self {
        self.wait_until(end, |screen| screen == end || screen.ends_with(&format!("\n{end}")))
    }

    /// The screen without blanks at line ends and without empty lines below.
    fn shown(&self) -> String {
        let lines: Vec<String> =
            self.screen.screen().rows(0, COLUMNS.get()).map(|row| row.trim_end().to_owned()).collect();
        lines.join("\n").trim_end().to_owned()
    }

    /// Waits for the end and gives the exit status.
    fn status(&mut self) -> Option<i32> {
        while let Ok(bytes) = self.output.recv_timeout(LIMIT) {
            self.screen.process(&bytes);
        }
        self.child.wait().unwrap().code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn open_terminal() -> (OwnedFd, OwnedFd) {
    let (mut master, mut slave) = (0, 0);
    let size = libc::winsize { ws_row: ROWS.get(), ws_col: COLUMNS.get(), ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: the places are valid, and what is not wanted is null.
    let result =
        unsafe { libc::openpty(&mut master, &mut slave, std::ptr::null_mut(), std::ptr::null_mut(), &size) };
    assert_eq!(result, 0, "no pseudo-terminal: {}", std::io::Error::last_os_error());
    // SAFETY: both were just opened and belong to nobody else. The child must not inherit the master.
    unsafe {
        libc::fcntl(master, libc::F_SETFD, libc::FD_CLOEXEC);
        libc::fcntl(slave, libc::F_SETFD, libc::FD_CLOEXEC);
        (OwnedFd::from_raw_fd(master), OwnedFd::from_raw_fd(slave))
    }
}

/// Reads on a thread of its own until the terminal is closed.
fn reader(mut terminal: File) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = terminal.read(&mut buffer) {
            if sender.send(buffer[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    receiver
}

/// A prompt without banner and colours.
fn plain(test: &str) -> Terminal {
    let mut terminal = Terminal::start(test, &["-q"], &[("NO_COLOR", "1")]);
    terminal.wait_for(">>>");
    terminal
}

#[test]
fn values_are_shown_and_the_last_is_kept() {
    let mut it = plain("values");
    it.line("1 + 2").wait_for(">>> 1 + 2\n3\n>>>");
    it.line("_ * 2").wait_for("6\n>>>");
    it.line("None").wait_for(">>> None\n>>>");
    it.line("_").wait_for(">>> _\n6\n>>>");
    it.type_keys(CTRL_D);
    assert_eq!(it.status(), Some(0));
}

#[test]
fn blocks_are_indented_until_a_blank_line() {
    let mut it = plain("blocks");
    it.line("for i in (1, 2):").wait_until("an indented line", |screen| screen.ends_with("..."));
    it.line("if i:").wait_for("...     if i:\n...");
    it.line("print(i)").wait_for("...         print(i)\n...");
    it.type_keys(BACKSPACE).line("print('-')").wait_for("...     print('-')\n...");
    it.type_keys(ENTER).wait_for("1\n-\n2\n-\n>>>");
    it.line("[1,").wait_for(">>> [1,\n...");
    it.line("2]").wait_for("[1, 2]\n>>>");
}

#[test]
fn a_colon_brings_else_under_its_if() {
    let mut it = plain("else");
    it.line("for i in (0, 1):").wait_until("an indented line", |screen| screen.ends_with("..."));
    it.line("if i:").line("print('yes')").line("else:").wait_for("...     else:\n...");
    it.line("print('no')").wait_for("...         print('no')\n...").type_keys(ENTER);
    it.wait_for("no\nyes\n>>>");
    it.line("try:").line("1/0").line("except ZeroDivisionError:").line("print('caught')");
    it.type_keys(ENTER).wait_for("caught\n>>>");
    it.line("{1:").wait_for("...").line("2}").wait_for("{1: 2}\n>>>");
}

#[test]
fn names_and_attributes_are_completed() {
    let mut it = plain("completion");
    it.type_keys("imp").type_keys(TAB).wait_for(">>> import");
    it.type_keys("collections.a").type_keys(TAB).wait_for(">>> import collections.abc").type_keys(ENTER);
    it.wait_for(">>> import collections.abc\n>>>");
    it.type_keys("'a'.capit").type_keys(TAB).wait_for(">>> 'a'.capitalize(");
    it.type_keys(")").type_keys(ENTER).wait_for("'A'\n>>>");
    it.line("def area(width, height): return width * height")
        .wait_for("...")
        .type_keys(ENTER)
        .wait_for(">>>");
    it.type_keys("are").type_keys(TAB).wait_for(">>> area(");
    it.type_keys("2, hei").type_keys(TAB).wait_for(">>> area(2, height=");
    it.type_keys("3)").type_keys(ENTER).wait_for("6\n>>>");
    it.type_keys("from math import sq").type_keys(TAB).wait_for(">>> from math import sqrt");
}

#[test]
fn several_candidates_are_listed() {
    let mut it = plain("candidates");
    it.type_keys("''.is").type_keys(TAB);
    it.wait_until("a list", |screen| screen.contains("isalnum(") && screen.contains("isupper("));
    it.type_keys("up").type_keys(TAB).wait_until("the choice", |screen| screen.ends_with(">>> ''.isupper("));
}

#[test]
fn completion_runs_no_property_and_makes_no_dict() {
    let mut it = plain("property");
    it.line("class A:").wait_for("...");
    it.line("@property").wait_for("...");
    it.line("def size(self): print('ran'); return self").wait_for("...");
    it.type_keys(ENTER).wait_for(">>>");
    it.line("a = A(); a.name = 5").wait_for(">>>");
    it.type_keys("a.si").type_keys(TAB).wait_for(">>> a.size");
    it.type_keys(".na").type_keys(TAB).type_keys(" #").wait_for(">>> a.size.na #").type_keys(CTRL_C);
    it.wait_for("KeyboardInterrupt\n>>>");
    it.type_keys("a.na").type_keys(TAB).wait_for(">>> a.name").type_keys(ENTER).wait_for("5\n>>>");
    assert!(!it.shown().contains("\nran"), "{}", it.shown());
}

#[test]
fn ctrl_c_at_the_prompt_begins_anew() {
    let mut it = plain("interrupt");
    it.type_keys("x = (1")
        .wait_for(">>> x = (1")
        .type_keys(CTRL_C)
        .wait_for(">>> x = (1\nKeyboardInterrupt\n>>>");
    it.line("if 1:").wait_for("...").type_keys(CTRL_C).wait_for("KeyboardInterrupt\n>>>");
    it.line("5").wait_for(">>> 5\n5\n>>>");
}

#[test]
fn ctrl_c_stops_a_running_loop() {
    let mut it = plain("loop");
    it.line("def spin():").line("print('on')").line("while True: pass").type_keys(ENTER);
    it.line("spin()").wait_until("the loop", |screen| screen.ends_with("\non"));
    it.type_keys(CTRL_C).wait_until("a traceback", |screen| screen.ends_with("KeyboardInterrupt\n>>>"));
    assert!(
        it.shown().contains("Traceback (most recent call last):\n  File \"<stdin>\", line 1"),
        "{}",
        it.shown()
    );
}

#[test]
fn a_pasted_program_runs_as_a_whole() {
    let mut it = plain("paste");
    let program = "def f(x):\n    if x:\n\n        return 'yes'\n    return 'no'\n\nf(1)\nfor i in range(2):\n    print(i)\nf(0)\n";
    it.type_keys(&format!("\x1b[200~{program}\x1b[201~")).type_keys(ENTER);
    it.wait_for("'yes'\n0\n1\n'no'\n>>>");
    it.type_keys("\x1b[200~1/0\nprint('not reached')\n\x1b[201~").type_keys(ENTER);
    it.wait_for("ZeroDivisionError: division by zero\n>>>");
}

#[test]
fn the_history_survives_and_gives_hints() {
    let mut first = plain("history");
    let folder = first.folder.clone();
    first
        .line("def g():")
        .wait_for("...")
        .line("return 'a\\n'")
        .wait_for("...")
        .type_keys(ENTER)
        .wait_for(">>>");
    first.line("answer = 42").wait_for(">>> answer = 42\n>>>").type_keys(CTRL_D);
    assert_eq!(first.status(), Some(0));
    let kept = std::fs::read_to_string(folder.join(".glasspy_history")).unwrap();
    assert_eq!(kept, "def g():\\n    return 'a\\\\n'\nanswer = 42\n");

    let mut second = Terminal::start_in(folder.clone(), &["-q"], &[]);
    second.wait_for(">>>").type_keys("ans").wait_for(">>> answer = 42");
    second.type_keys(RIGHT).type_keys(ENTER).wait_for(">>> answer = 42\n>>>");
    second.type_keys(UP).type_keys(UP).wait_until("a block", |screen| screen.contains("def g():\n"));
    second.type_keys(ENTER).wait_for(">>>").line("g()").wait_for("'a\\n'\n>>>");
}

#[test]
fn another_history_file_may_be_named() {
    let mut it = Terminal::start("named_history", &["-q"], &[("NO_COLOR", "1"), ("PYTHON_HISTORY", "kept")]);
    it.wait_for(">>>").line("7").wait_for("7\n>>>").line("exit()");
    assert_eq!(it.status(), Some(0));
    assert_eq!(std::fs::read_to_string(it.folder.join("kept")).unwrap(), "7\nexit()\n");
}

#[test]
fn prompts_may_be_set() {
    let mut it = plain("prompts");
    it.line("import sys; sys.ps1 = 'in> '; sys.ps2 = '..> '").wait_for("in>");
    it.line("(1").wait_for("in> (1\n..>").line(")").wait_for("1\nin>");
}

#[test]
fn exit_and_quit_tell_how_and_leave() {
    let mut it = plain("exit");
    it.line("exit").wait_for("Use exit() or Ctrl-D (i.e. EOF) to exit\n>>>");
    it.line("quit").wait_for("Use quit() or Ctrl-D (i.e. EOF) to exit\n>>>");
    it.line("exit(3)");
    assert_eq!(it.status(), Some(3));
}

#[test]
fn colours_are_there_unless_they_are_forbidden() {
    let mut it = Terminal::start("colours", &["-q"], &[]);
    it.wait_for(">>>").line("1/0  # no").wait_for("ZeroDivisionError: division by zero\n>>>");
    let raw = String::from_utf8_lossy(&it.raw).into_owned();
    assert!(raw.contains("\x1b[33m1\x1b[0m"), "a number: {raw:?}");
    assert!(raw.contains("\x1b[1;35mZeroDivisionError\x1b[0m"), "a traceback: {raw:?}");
    for forbidden in [("NO_COLOR", "1"), ("PYTHON_COLORS", "0")] {
        let mut it = Terminal::start(forbidden.0, &["-q"], &[forbidden]);
        it.wait_for(">>>").line("1/0  # no").wait_for("ZeroDivisionError: division by zero\n>>>");
        let raw = String::from_utf8_lossy(&it.raw).into_owned();
        assert!(!raw.contains("\x1b[3") && !raw.contains("\x1b[1;"), "{raw:?}");
    }
}

#[test]
fn a_startup_file_is_run_first() {
    let folder = std::env::temp_dir().join(format!("glasspy-prompt-{}-startup", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("start.py"), "ready = 'yes'\nraise ValueError('shown')\n").unwrap();
    let environment = [("NO_COLOR", "1"), ("PYTHONSTARTUP", "start.py")];
    let mut it = Terminal::start_in(folder, &[], &environment);
    it.wait_for("ValueError: shown\n>>>").line("ready").wait_for("'yes'\n>>>");
    assert!(it.shown().starts_with("glasspy "), "{}", it.shown());
}

#[test]
fn a_prompt_follows_a_program() {
    let mut it =
        Terminal::start("after", &["-i", "-c", "x = 5; import sys; sys.exit(3)"], &[("NO_COLOR", "1")]);
    it.wait_for("SystemExit: 3\n>>>").line("x").wait_for("5\n>>>").type_keys(CTRL_D);
    assert_eq!(it.status(), Some(0));
}

/// What the reference does when no terminal is there, recorded from CPython 3.11 with `-i -q`: standard output, standard
/// error and exit status.
#[test]
fn without_a_terminal_it_is_as_plain_as_the_reference() {
    let cases = [
        ("1\n_ + 1\n", "1\n2\n", ">>> >>> >>> \n", 0),
        ("for i in (1,2):\n  print(i)\n# c\n\n5\n", "1\n2\n5\n", ">>> ... ... ... >>> >>> \n", 0),
        ("import sys\ndel sys.ps1\n1\nsys.ps1=5\n2\n(\n3)\nsys.exit(4)\n", "1\n2\n3\n", ">>> >>> 55... 5", 4),
        (
            "1/0\n(\n",
            "",
            ">>> Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\nZeroDivisionError: \
             division by zero\n>>> ... \n  File \"<stdin>\", line 1\n    (\n    ^\nSyntaxError: '(' was never \
             closed\n>>> \n",
            0,
        ),
        ("raise SystemExit('bye')\n", "", ">>> bye\n", 1),
        (
            "exit\nquit\nexit(2)\n",
            "Use exit() or Ctrl-D (i.e. EOF) to exit\nUse quit() or Ctrl-D (i.e. EOF) to exit\n",
            ">>> >>> >>> ",
            2,
        ),
    ];
    for (input, output, errors, status) in cases {
        let mut child = Command::new(env!("CARGO_BIN_EXE_glasspy"))
            .args(["-i", "-q"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let ended = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&ended.stdout), output, "{input:?}");
        assert_eq!(String::from_utf8_lossy(&ended.stderr), errors, "{input:?}");
        assert_eq!(ended.status.code(), Some(status), "{input:?}");
    }
}

#[test]
fn help_prints_what_is_documented() {
    let mut it = plain("help");
    it.line("help").wait_for("Type help() for interactive help, or help(object) for help about object.\n>>>");
    it.line("def area(width, height=1):").wait_for("...").line("'''The area.'''").wait_for("...");
    it.type_keys(ENTER).wait_for(">>>").line("help(area)");
    it.wait_for("Help on function area in module __main__:\n\narea(width, height=1)\n    The area.\n\n>>>");
    it.line("help('keywords')").wait_until("a list", |screen| {
        screen.contains("False               class               from                or\n")
    });
    it.wait_for(">>>").line("help()").wait_for("help>").line("nothing_such");
    it.wait_for("Use help(str) for help on the str class.\n\nhelp>").line("q").wait_for(">>>");
}

#[test]
fn commands_with_a_colon_look_into_the_memory() {
    let mut it = plain("glass");
    it.line("x = []; y = [x]").wait_for(">>>").line(":owners x");
    it.wait_until("the owners", |screen| {
        screen.contains("1  global x of module __main__")
            && screen.contains("1  this question")
            && screen.contains("3  sys.getrefcount\n>>>")
    });
    it.line(":ownres x")
        .wait_for("There is no command :ownres. Did you mean :owners? :help lists them all.\n>>>");
    it.line(":help owners").wait_until("the help", |screen| screen.contains(":owners x - every reference"));
    it.line(":owners z").wait_for("NameError: name 'z' is not defined\n>>>");
    it.line("def f(a): return a.z").wait_for("...").type_keys(ENTER).wait_for(">>>");
    it.line("f(8)").wait_for("AttributeError: 'int' object has no attribute 'z'\n>>>").line(":stack");
    it.wait_until("the frames that have ended", |screen| {
        screen.contains("the stack where the last exception was raised")
            && screen.contains("local a  8")
            && screen.trim_end().ends_with(">>>")
    });
    it.type_keys(CTRL_D);
    assert_eq!(it.status(), Some(0));
}

#[test]
fn commands_and_what_stands_behind_them_are_completed() {
    let mut it = plain("glass-completion");
    it.line("treasure = 1").wait_for(">>>");
    it.type_keys(":ow").type_keys(TAB).wait_for(">>> :owners");
    it.type_keys("trea").type_keys(TAB).wait_for(">>> :owners treasure");
    it.type_keys(".re").type_keys(TAB).wait_for(">>> :owners treasure.real");
    it.type_keys(CTRL_C).wait_for(">>>");
    it.type_keys(":help sta")
        .type_keys(TAB)
        .wait_until("both", |screen| screen.contains("stack") && screen.contains("status"));
    it.type_keys("tu").type_keys(TAB).wait_for(">>> :help status").type_keys(ENTER);
    it.wait_until("the help", |screen| screen.contains(":status - a status line"));
}

#[test]
fn a_status_line_stands_before_each_prompt() {
    let numbers = |screen: &str| -> Vec<usize> {
        let line = screen.lines().rfind(|line| line.starts_with('[')).unwrap_or_default();
        line.split(|letter: char| !letter.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect()
    };
    let mut it = plain("status");
    it.line("x = None").wait_for(">>>").line(":status");
    it.wait_until("a status line", |screen| screen.contains(" blocks, 1 arena, ") && screen.ends_with(">>>"));
    let before = numbers(&it.shown());
    it.line("x = [[], []]");
    it.wait_until("a new one", |screen| screen.contains("[[], []]\n[") && screen.ends_with(">>>"));
    let after = numbers(&it.shown());
    assert_eq!(after[0], before[0] + 3, "{}", it.shown());
    it.line(":status").wait_for("no status line any more\n>>>").line("5").wait_for("5\n>>>");
}
