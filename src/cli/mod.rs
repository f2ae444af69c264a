//! The command: options, running programs, reports, exit status.
#![forbid(unsafe_code)]

mod dump;
mod leaks;
mod options;
mod question;
mod run;

use std::ffi::OsString;

use options::Refusal;

use crate::modules::lessons;

/// Bytes of native stack of the main thread of execution.
const NATIVE_STACK: usize = 256 << 20;

const USAGE: &str = "\
usage: glasspy [option] ... [-c cmd | -m mod | --lesson n | file | -] [arg] ...
       glasspy stats program [arg] ...
       glasspy question program [expression] ... [--format text|json|dot|svg] [-o file]
               [--depth n] [--limit n]
Options:
  -c cmd   run a program given as text (ends the options)
  -m mod   run a module as a program (ends the options)
  --lesson n         run a lesson (ends the options); with --show behind it, print its text
  --lessons          list the lessons
  -i       prompt after running
  -q       no banner
  -u       unbuffered standard output and error
  -O       leave out assert statements
  -V       print the version
  -h       print this text
  -X opt   cpython        values of CPython 3.11 where the course states others
           verify-heap    check every reference count, now and then and at exit
           stress-gc      collect at each safe point behind a container's birth
           malloc=system  take blocks from the system's allocator
           debug-fill     fill new and freed memory with patterns
           leaks          report at exit what was made and not released
           dump=WHAT      print tokens, ast, scopes or code of a program instead of running it
Reports: a word in front of the program (a file of such a name is run as ./map)
  stats        run it, then tell of objects made and freed, peak, collections, leaks
  owners x     run it, then show every reference to x with its place
  why x        what keeps x alive                pool x       the pool around x
  size x       all bytes that x causes           dis f        bytecode and counts
  compare a b  what is shared, what is copied    draw [x]     x and what it refers to
  map          arenas, pools, blocks             gc           a collection retold
  stack        where an uncaught exception was   diff         what the program left
  life name    the life of what the name gets first: birth, counts, death
  --depth n    how far references are followed (owners, compare, draw, stack)
  --limit n    how many rows or boxes there are (also map, gc, size)
Try:
  glasspy --lesson 0
  glasspy owners -c 'a = []; b = [a]' a
  glasspy -c 'import sys; x = []; print(sys.getrefcount(x))'
  glasspy -X dump=code -c 'x = 1 + y'
";

/// Runs the command and returns its exit status.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let line = match options::parse(arguments) {
        Ok(line) => line,
        Err(Refusal::Help) => return say(USAGE),
        Err(Refusal::Version) => return say("Python 3.11.2 (glasspy 0.1.0)\n"),
        Err(Refusal::Lessons) => return say(&lessons::overview()),
        Err(Refusal::ShowLesson(lesson)) => return say(lesson.source),
        Err(refusal @ (Refusal::NoSuchLesson(_) | Refusal::Misasked(_))) => {
            complain(&format!("glasspy: {refusal}\n"));
            return 2;
        }
        Err(Refusal::Mistake(mistake)) => {
            complain(&format!(
                "{mistake}\nusage: glasspy [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `glasspy -h' for more information.\n"
            ));
            return 2;
        }
    };
    let worker =
        std::thread::Builder::new().stack_size(NATIVE_STACK).spawn(move || run::run(line, NATIVE_STACK));
    crate::modules::interrupts::leave_to_others();
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(_)) if crate::modules::startup::dies_by_interrupt() => {
            crate::modules::interrupts::die();
            128 + 2
        }
        Ok(Ok(status)) => status,
        Ok(Err(_)) => 134,
        Err(error) => {
            complain(&format!("glasspy: no thread to run on: {error}\n"));
            1
        }
    }
}

fn say(text: &str) -> u8 {
    use std::io::Write;
    u8::from(std::io::stdout().write_all(text.as_bytes()).is_err())
}

fn complain(text: &str) {
    use std::io::Write;
    let _ = std::io::stderr().write_all(text.as_bytes());
}
