//! The standard error handlers, and whole texts under them.

use super::*;

/// A standard error handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handler {
    /// Every error is raised.
    Strict,
    /// What is wrong is left out.
    Ignore,
    /// A question mark, or U+FFFD.
    Replace,
    /// `\xff`, `\u20ac`
    BackslashReplace,
    /// `&#8364;`; only for encoding.
    XmlCharRefReplace,
    /// Bytes become lone surrogates and back.
    SurrogateEscape,
    /// Lone surrogates are encoded as if they were characters.
    SurrogatePass,
    /// `\N{EURO SIGN}`, as `backslashreplace` without a name; only for encoding.
    NameReplace,
}

/// Why a whole text was not coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// To be raised as UnicodeDecodeError or UnicodeEncodeError in this encoding.
    Codec(Encoding, CodecError),
    /// A TypeError: this handler does not decode.
    CannotHandle,
    /// The result does not fit into memory.
    OutOfMemory,
}

impl Handler {
    /// The handler of that name.
    pub fn by_name(name: &str) -> Option<Handler> {
        match name {
            "strict" => Some(Handler::Strict),
            "ignore" => Some(Handler::Ignore),
            "replace" => Some(Handler::Replace),
            "backslashreplace" => Some(Handler::BackslashReplace),
            "xmlcharrefreplace" => Some(Handler::XmlCharRefReplace),
            "surrogateescape" => Some(Handler::SurrogateEscape),
            "surrogatepass" => Some(Handler::SurrogatePass),
            "namereplace" => Some(Handler::NameReplace),
            _ => None,
        }
    }

    /// Appends the replacement of wrong bytes and returns where to go on.
    pub fn on_decode_error(
        self,
        encoding: Encoding,
        bytes: &[u8],
        error: CodecError,
        out: &mut Vec<u32>,
    ) -> Result<usize, Failure> {
        let raise = Failure::Codec(encoding, error);
        let wrong = &bytes[error.start..error.end];
        match self {
            Handler::Strict => return Err(raise),
            Handler::Ignore => {}
            Handler::Replace => out.push(0xfffd),
            Handler::BackslashReplace => {
                wrong.iter().for_each(|byte| out.extend(format!("\\x{byte:02x}").chars().map(u32::from)));
            }
            Handler::XmlCharRefReplace | Handler::NameReplace => return Err(Failure::CannotHandle),
            Handler::SurrogateEscape => {
                let escaped = wrong.iter().take(4).take_while(|byte| !byte.is_ascii()).count();
                if escaped == 0 {
                    return Err(raise);
                }
                out.extend(wrong[..escaped].iter().map(|&byte| 0xdc00 + u32::from(byte)));
                return Ok(error.start + escaped);
            }
            Handler::SurrogatePass => {
                let (point, size) = surrogate_at(encoding, bytes, error.start).ok_or(raise)?;
                out.push(point);
                return Ok(error.start + size);
            }
        }
        Ok(error.end)
    }

    /// Appends the replacement of characters without bytes, and returns where to go on.
    pub fn on_encode_error<U: Unit>(
        self,
        encoding: Encoding,
        text: &[U],
        error: CodecError,
        out: &mut Vec<u8>,
    ) -> Result<usize, Failure> {
        for &unit in &text[error.start..error.end] {
            if !self.replace_point(encoding, unit.into(), out) {
                return Err(Failure::Codec(encoding, error));
            }
        }
        Ok(error.end)
    }

    fn replace_point(self, encoding: Encoding, point: u32, out: &mut Vec<u8>) -> bool {
        let mut write = |text: &str| text.chars().all(|c| push_encoded(encoding, c.into(), out));
        if self == Handler::NameReplace
            && let Some(name) = char::from_u32(point).and_then(unicode_names2::name)
        {
            return write(&format!("\\N{{{name}}}"));
        }
        match self {
            Handler::Strict => false,
            Handler::Ignore => true,
            Handler::Replace => write("?"),
            Handler::BackslashReplace | Handler::NameReplace => match point {
                ..0x100 => write(&format!("\\x{point:02x}")),
                0x100..0x10000 => write(&format!("\\u{point:04x}")),
                _ => write(&format!("\\U{point:08x}")),
            },
            Handler::XmlCharRefReplace => write(&format!("&#{point};")),
            Handler::SurrogateEscape => {
                let byte = (0xdc80..0xdd00).contains(&point) && encoding.unit_size() == 1;
                out.extend(byte.then_some((point & 0xff) as u8));
                byte
            }
            Handler::SurrogatePass => is_surrogate(point) && pass_surrogate(encoding, point, out),
        }
    }
}

/// Writes a lone surrogate as if it were a character; false for the encodings that have none.
fn pass_surrogate(encoding: Encoding, point: u32, out: &mut Vec<u8>) -> bool {
    match encoding {
        Encoding::Ascii | Encoding::Latin1 | Encoding::Utf7 | Encoding::Charmap(_) => return false,
        Encoding::Utf8 | Encoding::Utf8Marked => {
            let low = |shift: u32| 0x80 | (point >> shift & 0x3f) as u8;
            out.extend_from_slice(&[0xe0 | (point >> 12) as u8, low(6), low(0)]);
        }
        _ => encoding.push_unit(point, out),
    }
    true
}

/// The lone surrogate that the bytes spell, and how many they are.
fn surrogate_at(encoding: Encoding, bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    match (encoding, &bytes[at..]) {
        (Encoding::Ascii | Encoding::Latin1 | Encoding::Utf7 | Encoding::Charmap(_), _) => None,
        (Encoding::Utf8, &[0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, ..]) => {
            Some((0xd000 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f), 3))
        }
        (Encoding::Utf8, _) => None,
        _ => {
            let unit = encoding.unit_at(bytes, at).filter(|&unit| is_surrogate(unit))?;
            Some((unit, encoding.unit_size()))
        }
    }
}

/// The text that the bytes are.
pub fn decode(encoding: Encoding, bytes: &[u8], handler: Handler) -> Result<Vec<u32>, Failure> {
    let (encoding, mut at) = encoding.resolve(bytes);
    let mut out = Vec::new();
    out.try_reserve(bytes.len() / encoding.unit_size()).map_err(|_| Failure::OutOfMemory)?;
    while let Err(error) = decode_until_error(encoding, bytes, at, &mut out) {
        at = handler.on_decode_error(encoding, bytes, error, &mut out)?;
    }
    Ok(out)
}

/// The bytes of the text.
pub fn encode<U: Unit>(encoding: Encoding, text: &[U], handler: Handler) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::new();
    out.try_reserve(text.len().saturating_mul(encoding.unit_size())).map_err(|_| Failure::OutOfMemory)?;
    let mut at = 0;
    while let Err(error) = encode_until_error(encoding, text, at, &mut out) {
        at = handler.on_encode_error(encoding, text, error, &mut out)?;
    }
    Ok(out)
}
