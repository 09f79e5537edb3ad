//! Writes and reads values as compact bytes.
//!
//! Every visitor downloads the bytes and the code that reads them, so both are small: see
//! `docs/adr/0029-a-codec-of-our-own.md`. Numbers have seven bits in a byte, the lowest first, and signed ones alternate
//! (0, -1, 1, -2); a list is its length and its items, an option a yes or no and what it holds. Texts stand apart from
//! all else, one behind the other, each with [`END`] behind it.
//!
//! Reading is total. Where something is wrong the reader remembers it and reads nothing but zeros from there on, so that
//! no value has to be taken apart half-way: only at the end it is asked whether all was well.

use crate::Text;

#[cfg(test)]
mod tests;

/// Stands behind each text, in place of a length before it: among words it takes less where they are compressed. Nobody
/// can type it, and one that can be typed would take no less.
const END: char = '\u{1}';

/// How deep enums may lie in one another. Reading a value follows it as deep, and so does whatever walks it.
const DEEPEST: u8 = 128;

/// What can be written and read.
pub(crate) trait Packed: Sized {
    /// Appends this value.
    fn write(&self, writer: &mut Writer);

    /// Takes the next value, or something of no meaning where there is none: see [`Reader::ended_well`].
    fn read(reader: &mut Reader<'_>) -> Self;
}

/// Writes and reads a type part by part, in the order given here. Each part is named once, so that writing and reading
/// can't disagree, and the compiler sees to it that none is forgotten.
///
/// A part of a struct may be left to somebody else: `struct Name { a, b } given c: value`. Each variant of an enum has a
/// number; where another stands, the bytes are refused and the default is read.
macro_rules! packed {
    (struct $name:ident { $($field:ident),* $(,)? } $(given $given:ident: $value:expr)?) => {
        impl $crate::codec::Packed for $name {
            fn write(&self, writer: &mut $crate::codec::Writer) {
                let Self { $($field,)* $($given: _)? } = self;
                $($field.write(writer);)*
            }

            fn read(reader: &mut $crate::codec::Reader<'_>) -> Self {
                $(let $field = $crate::codec::Packed::read(reader);)*
                Self { $($field,)* $($given: $value)? }
            }
        }
    };
    (enum $name:ident {
        $($number:literal: $variant:ident $(($($item:ident),*))? $({ $($field:ident),* })?),* $(,)?
    }) => {
        impl $crate::codec::Packed for $name {
            fn write(&self, writer: &mut $crate::codec::Writer) {
                writer.enter();
                match self {
                    $(Self::$variant $(($($item),*))? $({ $($field),* })? => {
                        writer.byte($number);
                        $($($item.write(writer);)*)?
                        $($($field.write(writer);)*)?
                    })*
                }
                writer.leave();
            }

            fn read(reader: &mut $crate::codec::Reader<'_>) -> Self {
                reader.enter();
                let value = match reader.byte() {
                    $($number => {
                        $($(let $item = $crate::codec::Packed::read(reader);)*)?
                        $($(let $field = $crate::codec::Packed::read(reader);)*)?
                        Self::$variant $(($($item),*))? $({ $($field),* })?
                    })*
                    _ => {
                        reader.refuse();
                        Self::default()
                    }
                };
                reader.leave();
                value
            }
        }
    };
}

pub(crate) use packed;

/// Takes values from bytes.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    texts: &'a str,
    depth: u8,
    is_sound: bool,
}

impl<'a> Reader<'a> {
    /// Reads these bytes, in which there are no texts yet.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, texts: "", depth: 0, is_sound: true }
    }

    /// Whether nothing was wrong so far.
    pub(crate) fn is_sound(&self) -> bool {
        self.is_sound
    }

    /// Whether all was well and all has been read.
    pub(crate) fn ended_well(&self) -> bool {
        self.is_sound && self.bytes.is_empty() && self.texts.is_empty()
    }

    /// Takes all texts; they are handed out as the values are read that hold them.
    pub(crate) fn take_texts(&mut self) {
        let length = self.length();
        let split = self.bytes.split_at_checked(length);
        match split.and_then(|(texts, rest)| Some((str::from_utf8(texts).ok()?, rest))) {
            Some((texts, rest)) => (self.texts, self.bytes) = (texts, rest),
            None => self.refuse(),
        }
    }

    /// Remembers that something is wrong. From here on there is nothing but zeros.
    #[inline(never)]
    pub(crate) fn refuse(&mut self) {
        *self = Self { is_sound: false, ..Self::new(&[]) };
    }

    /// Goes one deeper, see [`DEEPEST`].
    pub(crate) fn enter(&mut self) {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEEPEST {
            self.refuse();
        }
    }

    /// Comes back from there.
    pub(crate) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// A byte as it stands.
    #[inline(never)]
    pub(crate) fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else {
            self.refuse();
            return 0;
        };
        self.bytes = rest;
        *first
    }

    #[inline(never)]
    fn varint(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            let bits = u64::from(byte & 0x7f);
            number |= bits << shift;
            if byte < 0x80 && number >> shift == bits {
                return number;
            }
        }
        self.refuse();
        0
    }

    /// A number of a type that may be too narrow for it.
    fn number<T: TryFrom<u64> + Default>(&mut self) -> T {
        let number = self.varint();
        T::try_from(number).unwrap_or_else(|_| {
            self.refuse();
            T::default()
        })
    }

    /// How much there is of something that takes a byte at least, which is never more than there are bytes.
    #[inline(never)]
    fn length(&mut self) -> usize {
        let length = self.number();
        if length > self.bytes.len() + self.texts.len() {
            self.refuse();
            return 0;
        }
        length
    }
}

/// Appends values to bytes.
pub(crate) struct Writer {
    bytes: Vec<u8>,
    texts: String,
    depth: u8,
    is_sound: bool,
}

impl Writer {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self { bytes: Vec::new(), texts: String::new(), depth: 0, is_sound: true }
    }

    /// A number, then all texts, then all else. Nothing where no reader would take it: a text holds [`END`], or
    /// something lies too deep.
    pub(crate) fn behind(self, number: u32) -> Option<Vec<u8>> {
        let mut head = Self::new();
        number.write(&mut head);
        head.length(self.texts.len());
        self.is_sound.then(|| [&head.bytes, self.texts.as_bytes(), &self.bytes].concat())
    }

    /// Goes one deeper, see [`DEEPEST`].
    pub(crate) fn enter(&mut self) {
        self.depth = self.depth.saturating_add(1);
        self.is_sound &= self.depth <= DEEPEST;
    }

    /// Comes back from there.
    pub(crate) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// A byte as it stands.
    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    fn varint(&mut self, mut number: u64) {
        loop {
            let [low, ..] = number.to_le_bytes();
            number >>= 7;
            if number == 0 {
                return self.byte(low);
            }
            self.byte(low | 0x80);
        }
    }

    fn length(&mut self, length: usize) {
        self.varint(u64::try_from(length).unwrap_or(u64::MAX));
    }
}

macro_rules! unsigned {
    ($($number:ty)*) => {
        $(impl Packed for $number {
            fn write(&self, writer: &mut Writer) {
                writer.varint((*self).into());
            }

            #[inline(never)]
            fn read(reader: &mut Reader<'_>) -> Self {
                reader.number()
            }
        })*
    };
}

unsigned!(u8 u16 u32 u64);

impl Packed for i64 {
    fn write(&self, writer: &mut Writer) {
        writer.varint((self << 1 ^ self >> 63).cast_unsigned());
    }

    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        let number = reader.varint();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }
}

impl Packed for i32 {
    fn write(&self, writer: &mut Writer) {
        i64::from(*self).write(writer);
    }

    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        Self::try_from(i64::read(reader)).unwrap_or_else(|_| {
            reader.refuse();
            0
        })
    }
}

impl Packed for bool {
    fn write(&self, writer: &mut Writer) {
        writer.byte((*self).into());
    }

    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        let byte = reader.byte();
        if byte > 1 {
            reader.refuse();
        }
        byte == 1
    }
}

impl Packed for Text {
    fn write(&self, writer: &mut Writer) {
        writer.is_sound &= !self.contains(END);
        writer.texts.push_str(self);
        writer.texts.push(END);
    }

    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        let Some((text, rest)) = reader.texts.split_once(END) else {
            reader.refuse();
            return Self::default();
        };
        reader.texts = rest;
        text.into()
    }
}

impl<T: Packed> Packed for Box<T> {
    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        Box::new(T::read(reader))
    }
}

impl<T: Packed> Packed for Option<T> {
    fn write(&self, writer: &mut Writer) {
        self.is_some().write(writer);
        if let Some(value) = self {
            value.write(writer);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        bool::read(reader).then(|| T::read(reader))
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn write(&self, writer: &mut Writer) {
        writer.length(self.len());
        for item in self {
            item.write(writer);
        }
    }

    /// Grows with what is read, so that memory is only taken for what is there.
    #[inline(never)]
    fn read(reader: &mut Reader<'_>) -> Self {
        let length = reader.length();
        let mut list = Self::new();
        while list.len() < length && reader.is_sound {
            list.push(T::read(reader));
        }
        list
    }
}
