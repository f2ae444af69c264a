//! Running a program from its first line to the last report, and what that says to the shell.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use super::options::{CommandLine, Program};
use super::{dump, leaks};
use crate::compile::Mode;
use crate::inspect::{self, statistics};
use crate::modules;
use crate::modules::glass::questions::Question;
use crate::modules::startup::{Startup, flush_standard_streams, note_interrupt, report_uncaught};
use crate::object::{ObjectRef, Ref};
use crate::runtime::{AsException, Interpreter, Outcome, Raised, Typed};
use crate::syntax;
use crate::values::dict::Dict;

/// Runs what the command line says.
pub fn run(line: CommandLine, native_stack: usize) -> u8 {
    let mut options = line.options.clone();
    options.native_stack = native_stack;
    // An exception that nobody handles keeps its frames for the question.
    options.inspect |= line.asked.as_ref().is_some_and(|asked| asked.question == Question::Stack);
    if let Some(what) = &line.dump {
        return run_dump(what, &line);
    }
    let cx = match Interpreter::new_bare(options) {
        Ok(cx) => cx,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "glasspy: {error}");
            return 1;
        }
    };
    let startup = startup(&line);
    if let Err(Raised) = install(&cx, &startup) {
        let _ = writeln!(std::io::stderr(), "glasspy: {}", described(&cx));
        return 1;
    }
    let watch = leaks::watch(&cx, line.leaks || line.statistics);
    let counted = line.statistics.then(|| statistics::begin(&cx));
    let mut told = None;
    let status = modules::interrupts::watching(&cx, || {
        if let Some(Err(Raised)) = line.asked.as_ref().map(|asked| asked.begin(&cx)) {
            return status_of(&cx, Err(Raised));
        }
        let status = run_program(&cx, &line);
        let status = line.asked.as_ref().map_or(status, |asked| asked.end(&cx, status));
        told = counted.map(|counted| counted.end(&cx));
        if line.options.verify_heap {
            modules::gc::verify_everything(&cx);
        }
        let status = modules::finalize::finish(&cx, status);
        if line.options.verify_heap {
            modules::gc::verify_everything(&cx);
        }
        status
    });
    if let Some(told) = told {
        cx.write_stderr(&format!("\n{}\n", inspect::render::text::render(&told)));
    }
    let leaks = leaks::report(&cx, watch);
    if line.statistics && !leaks {
        cx.write_stderr("leaks: none\n");
    }
    status
}

/// Completes types and modules.
fn install(cx: &Interpreter, startup: &Startup) -> Outcome<()> {
    modules::complete(cx)?;
    startup.tell(cx)
}

fn run_dump(what: &str, line: &CommandLine) -> u8 {
    let (source, name) = match source_of(&line.program) {
        Ok(found) => found,
        Err((message, status)) => {
            let _ = writeln!(std::io::stderr(), "{message}");
            return status;
        }
    };
    match dump::dump(what, &source, &name) {
        Ok(text) => u8::from(std::io::stdout().write_all(text.as_bytes()).is_err()),
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "{message}");
            1
        }
    }
}

/// The source of a program and its file name, or a message and an exit status.
fn source_of(program: &Program) -> Result<(String, String), (String, u8)> {
    let (bytes, name) = match program {
        Program::Code(code) => (code.clone().into_bytes(), "<string>".to_owned()),
        Program::File(file) => (read_file(file)?, absolute(file).to_string_lossy().into_owned()),
        Program::Lesson(lesson) => return Ok((lesson.source.to_owned(), lesson.file_name.to_owned())),
        Program::Module(module) => return Err((format!("-X dump takes no module: {module}"), 2)),
        Program::Stdin { .. } => {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map_err(|error| (error.to_string(), 1))?;
            (bytes, "<stdin>".to_owned())
        }
    };
    let text = syntax::decode(&bytes, &name).map_err(|error| (error.message(), 1))?;
    Ok((text, name))
}

/// Reads a program; the message names the file as CPython does.
fn read_file(file: &OsStr) -> Result<Vec<u8>, (String, u8)> {
    let shown = absolute(file);
    if Path::new(file).is_dir() {
        return Err((format!("glasspy: can't find '__main__' module in {}", quoted(&shown)), 1));
    }
    std::fs::read(file).map_err(|error| {
        let number = error.raw_os_error().unwrap_or(0);
        let reason = modules::io::errors::strerror(number);
        (format!("glasspy: can't open file {}: [Errno {number}] {reason}", quoted(&shown)), 2)
    })
}

fn quoted(path: &Path) -> String {
    format!("'{}'", path.display())
}

fn absolute(file: &OsStr) -> PathBuf {
    std::env::current_dir().map_or_else(|_| PathBuf::from(file), |folder| folder.join(file))
}

/// What `sys` needs to know of the command line.
fn startup(line: &CommandLine) -> Startup {
    let (first, path) = match &line.program {
        Program::Code(_) => ("-c".to_owned(), String::new()),
        Program::Module(_) => ("-m".to_owned(), current_folder()),
        Program::Lesson(lesson) => (lesson.file_name.to_owned(), String::new()),
        Program::File(file) => {
            let folder = folder_of(file);
            (file.to_string_lossy().into_owned(), folder.to_string_lossy().into_owned())
        }
        Program::Stdin { is_named: true } => ("-".to_owned(), String::new()),
        Program::Stdin { is_named: false } => (String::new(), String::new()),
    };
    let rest = line.arguments.iter().map(|argument: &OsString| argument.to_string_lossy().into_owned());
    Startup { arguments: std::iter::once(first).chain(rest).collect(), program_folder: path }
}

/// The folder of a program, from which it imports: that of the file itself where the name is a link to it.
fn folder_of(file: &OsStr) -> PathBuf {
    let shown = absolute(file);
    let real = std::fs::canonicalize(&shown).unwrap_or(shown);
    real.parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

fn current_folder() -> String {
    std::env::current_dir().map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default()
}

fn run_program(cx: &Interpreter, line: &CommandLine) -> u8 {
    let outcome = match &line.program {
        Program::Module(name) => modules::import::run_module(cx, name),
        Program::Stdin { is_named: false } if std::io::stdin().is_terminal() || line.options.inspect => {
            return prompt(cx);
        }
        program => match source_of_program(cx, program) {
            Ok(Ok((source, name))) => run_source(cx, &source, &name, program),
            Ok(Err(status)) => return status,
            Err(Raised) => Err(Raised),
        },
    };
    let outcome = outcome.map(drop);
    if line.options.inspect { prompt_after(cx, outcome) } else { status_of(cx, outcome) }
}

/// A prompt of its own.
fn prompt(cx: &Interpreter) -> u8 {
    crate::repl::show_banner(cx);
    let outcome = crate::repl::fresh_namespace(cx).and_then(|namespace| {
        run_startup(cx, &namespace)?;
        crate::repl::run(cx, &namespace)
    });
    status_of(cx, outcome)
}

/// Runs the file that `PYTHONSTARTUP` names in the prompt's namespace; what it raises is shown.
fn run_startup(cx: &Interpreter, namespace: &Ref<Dict>) -> Outcome<()> {
    let Some(file) = std::env::var_os("PYTHONSTARTUP").filter(|file| !file.is_empty()) else { return Ok(()) };
    let name = file.to_string_lossy();
    let outcome = match std::fs::read(&file) {
        Ok(bytes) => {
            modules::source::compile_bytes(cx, &bytes, &name, Mode::Module, modules::source::Origin::Program)
                .and_then(|code| crate::vm::run_code(cx, &code, namespace, None))
        }
        Err(error) => {
            cx.write_stderr("Could not open PYTHONSTARTUP\n");
            Err(modules::io::errors::io_error(cx, &error, Some(&cx.new_text(&name)?)))
        }
    };
    let Err(Raised) = outcome else { return Ok(()) };
    let exception = cx.take_exception();
    if exception.is_instance(&cx.types.system_exit) {
        return Err(cx.raise_again(exception));
    }
    report_uncaught(cx, &exception);
    Ok(())
}

/// A prompt in the namespace that a program has left (`-i`). What it raised is shown, a SystemExit too.
fn prompt_after(cx: &Interpreter, outcome: Outcome<()>) -> u8 {
    if let Err(Raised) = outcome {
        report_uncaught(cx, &cx.take_exception());
    }
    let main = cx.dict_get_str(&cx.modules, "__main__").ok().flatten();
    let Some(Ok(Some(namespace))) = main.map(|main| cx.instance_dict(&main)) else { return 1 };
    status_of(cx, crate::repl::run(cx, &namespace))
}

/// The source of the main program. A file that cannot be read has been reported and gives
/// the exit status; text that cannot be
/// decoded raises.
fn source_of_program(cx: &Interpreter, program: &Program) -> Outcome<Result<(String, String), u8>> {
    let (bytes, name) = match program {
        Program::Code(code) => return Ok(Ok((code.clone(), "<string>".to_owned()))),
        Program::Lesson(lesson) => {
            return Ok(Ok((lesson.source.to_owned(), lesson.file_name.to_owned())));
        }
        Program::File(file) => match read_file(file) {
            Ok(bytes) => (bytes, absolute(file).to_string_lossy().into_owned()),
            Err((message, status)) => {
                cx.write_stderr(&format!("{message}\n"));
                return Ok(Err(status));
            }
        },
        _ => {
            let mut bytes = Vec::new();
            if std::io::stdin().read_to_end(&mut bytes).is_err() {
                return Ok(Err(2));
            }
            (bytes, "<stdin>".to_owned())
        }
    };
    let text = modules::source::decode_source(cx, &bytes, &name, modules::source::Origin::Program)?;
    Ok(Ok((text, name)))
}

fn run_source(cx: &Interpreter, source: &str, name: &str, program: &Program) -> Outcome {
    let main = modules::import::main_namespace(cx)?;
    if matches!(program, Program::File(_)) {
        modules::import::set_file(cx, &main, name)?;
    }
    let code = modules::source::compile_source(cx, source, name, Mode::Module)?;
    modules::gc::verifying(cx, || crate::vm::run_code(cx, &code, &main, None))
}

/// Reports an exception that reached the top, and gives the exit status.
pub fn status_of(cx: &Interpreter, outcome: Outcome<()>) -> u8 {
    let Err(Raised) = outcome else { return 0 };
    let exception = cx.take_exception();
    if exception.is_instance(&cx.types.system_exit) {
        return exit_status(cx, &exception);
    }
    if let Some(exit) = report_uncaught(cx, &exception) {
        return exit_status(cx, &exit);
    }
    if exception.is_instance(&cx.types.keyboard_interrupt) {
        note_interrupt();
    }
    1
}

/// The status that a SystemExit asks for.
fn exit_status(cx: &Interpreter, exception: &ObjectRef) -> u8 {
    let code = exception.as_exception().filter(|it| it.extra_count() > 0).and_then(|it| it.extra(0).get());
    match code {
        None => 0,
        Some(code) if cx.is_none(&code) => 0,
        Some(code) => match code.as_int() {
            Some(number) => number.to_i64().map_or(255, |number| number as u8),
            None => {
                let shown = cx.str(&code).map_or_else(|_| String::new(), |text| cx.display(&text));
                flush_standard_streams(cx);
                cx.write_stderr(&format!("{shown}\n"));
                1
            }
        },
    }
}

/// The exception on its way, in one line.
fn described(cx: &Interpreter) -> String {
    match cx.thread.raised.take() {
        Some(exception) => format!("{}: {}", exception.type_name(), cx.display(&exception)),
        None => "MemoryError".to_owned(),
    }
}
