//! `stat_result` from what the system tells of a file.

use rustix::fs::Stat;

use crate::runtime::{Interpreter, Outcome};

/// The ten visible values, then the times as floats and in nanoseconds, block size, blocks and device.
pub fn stat_result(cx: &Interpreter, stat: &Stat) -> Outcome {
    let times = [
        (stat.st_atime, stat.st_atime_nsec as i64),
        (stat.st_mtime, stat.st_mtime_nsec as i64),
        (stat.st_ctime, stat.st_ctime_nsec as i64),
    ];
    let mut values = vec![
        cx.new_int(i64::from(stat.st_mode))?,
        cx.new_size(stat.st_ino as usize)?,
        cx.new_size(stat.st_dev as usize)?,
        cx.new_size(stat.st_nlink as usize)?,
        cx.new_int(i64::from(stat.st_uid))?,
        cx.new_int(i64::from(stat.st_gid))?,
        cx.new_int(stat.st_size)?,
    ];
    for (seconds, _) in times {
        values.push(cx.new_int(seconds)?);
    }
    for (seconds, nanoseconds) in times {
        values.push(cx.new_float(seconds as f64 + 1e-9 * nanoseconds as f64)?);
    }
    for (seconds, nanoseconds) in times {
        values.push(cx.new_int(seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds))?);
    }
    values.push(cx.new_int(stat.st_blksize)?);
    values.push(cx.new_int(stat.st_blocks)?);
    values.push(cx.new_size(stat.st_rdev as usize)?);
    let class = super::class(cx, "stat_result")?;
    Ok(cx.untracked(cx.call(&class, &[cx.new_tuple_from(values)?])?))
}
