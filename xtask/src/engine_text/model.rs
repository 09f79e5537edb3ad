//! What is likely to come next, by what came before.
//!
//! Four guesses for each bit of a number, each by another part of what came before, are weighed against each other; the
//! weights, too, are learned on the way. `src/host/unpack.js` does the same, number for number: whoever changes one
//! changes both. All arithmetic is of whole numbers or of additions, multiplications and divisions of doubles, which
//! every machine rounds alike; there is no `exp` in it, which browsers may round as they like.

use super::numbers::{KINDS, Kind};

/// How many guesses there are.
const GUESSES: usize = 4;

/// How many bits the number of a slot has. Each slot holds how likely a 1 is, in 12 bits, and in 4 how often it was
/// asked.
const SLOT_BITS: u32 = 21;

/// A slot that nobody has asked yet.
const FRESH: u16 = 0x8000;

/// How many sets of weights there are for each kind of number.
const SETS: usize = 64;

/// How fast weights are learned, for an error in 65536ths.
const LEARNING: f64 = 0.015 / 65536.0;

/// Where the weights begin.
const FIRST_WEIGHT: f64 = 0.4;

/// Steps of the scale on which guesses are added up, from -8 to 8.
const STEPS: u16 = 4096;

/// `exp(8)` and `exp(-1 / 256)`.
const AT_THE_LEAST: f64 = 2_980.957_987_041_728;
const RATIO: f64 = 0.996_101_369_470_117_5;

/// What came before, and what was learned from it.
pub(super) struct Model {
    slots: Vec<u16>,
    weights: Vec<[f64; GUESSES]>,
    /// The chance of a 1 in 65536ths, by the place on the scale.
    chances: Vec<u16>,
    /// The place on the scale, by the chance in 4096ths.
    places: Vec<f64>,
    past: Past,
    contexts: [u32; GUESSES],
    kind: usize,
}

/// What the guesses go by.
#[derive(Clone, Copy, Debug, Default)]
struct Past {
    function: u32,
    /// The last instructions, the last first.
    instructions: [u32; 6],
    /// The last local variables.
    locals: [u32; 2],
    /// The last two numbers.
    last: [u32; 2],
    /// The last number of each kind.
    of_kind: [u32; KINDS],
}

/// What a bit was thought to be.
pub(super) struct Guess {
    /// The chance of a 1 in 65536ths, never 0 nor all.
    pub(super) chance: u16,
    slots: [usize; GUESSES],
    places: [f64; GUESSES],
    set: usize,
}

impl Model {
    pub(super) fn new() -> Self {
        let chances = chances();
        let places = places(&chances);
        Self {
            slots: vec![FRESH; 1 << SLOT_BITS],
            weights: vec![[FIRST_WEIGHT; GUESSES]; KINDS * SETS],
            chances,
            places,
            past: Past::default(),
            contexts: [0; GUESSES],
            kind: 0,
        }
    }

    /// A function begins. What came before it counts no more, but for the last number of each kind.
    pub(super) fn begin_function(&mut self) {
        let Past { function, of_kind, .. } = self.past;
        self.past = Past { function: function + 1, of_kind, ..Past::default() };
    }

    /// A number of this kind comes next.
    pub(super) fn begin_number(&mut self, kind: Kind) {
        self.kind = kind as usize;
        self.contexts = self.past.contexts(kind);
    }

    /// The number was this one.
    pub(super) fn end_number(&mut self, kind: Kind, number: u32) {
        self.past.add(kind, number);
    }

    /// Guesses a bit of the number; `node` tells which, and what the bits before it were.
    pub(super) fn guess(&self, node: u32) -> Guess {
        const SPREAD: u32 = 0x2c1b_3c6d;
        let slots =
            self.contexts.map(|context| (context.wrapping_add(node).wrapping_mul(SPREAD) >> (32 - SLOT_BITS)) as usize);
        let places = slots.map(|slot| self.place(slot));
        let set = self.kind * SETS + (node as usize).min(SETS - 1);
        let weights = self.weights.get(set).copied().unwrap_or_default();
        let sum = places.iter().zip(weights).fold(0.0, |sum, (place, weight)| sum + place * weight);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped to the scale")]
        let step = (sum * 256.0 + 2048.0).clamp(0.0, 4095.0) as usize;
        Guess { chance: self.chances.get(step).copied().unwrap_or(FRESH), slots, places, set }
    }

    /// The bit was this one.
    pub(super) fn learn(&mut self, guess: &Guess, bit: bool) {
        let error = (if bit { 65536.0 } else { 0.0 } - f64::from(guess.chance)) * LEARNING;
        if let Some(weights) = self.weights.get_mut(guess.set) {
            for (weight, place) in weights.iter_mut().zip(guess.places) {
                *weight += place * error;
            }
        }
        for slot in guess.slots {
            if let Some(slot) = self.slots.get_mut(slot) {
                *slot = moved(*slot, bit);
            }
        }
    }

    /// Where a slot stands on the scale: in its middle if nobody has asked it yet.
    fn place(&self, slot: usize) -> f64 {
        let slot = self.slots.get(slot).copied().unwrap_or(FRESH);
        let count = slot & 15;
        if count == 0 { 0.0 } else { self.places.get(usize::from(slot >> 4)).copied().unwrap_or_default() }
    }
}

/// A slot that has seen a bit: the more it has seen, the less it moves.
fn moved(slot: u16, bit: bool) -> u16 {
    let (chance, count) = (i32::from(slot >> 4), slot & 15);
    #[expect(clippy::cast_possible_truncation, reason = "less than 65536")]
    let rate = (65536.0 / (f64::from(count) + 1.4)) as i32;
    let aim = if bit { 4095 } else { 0 };
    let chance = chance + (((aim - chance) * rate) >> 16);
    u16::try_from(chance).unwrap_or_default() << 4 | (count + 1).min(15)
}

fn chances() -> Vec<u16> {
    let mut odds = AT_THE_LEAST;
    let mut chance = || {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 21 and 65514")]
        let chance = (65536.0 / (1.0 + odds)) as u16;
        odds *= RATIO;
        chance
    };
    (0..STEPS).map(|_| chance()).collect()
}

fn places(chances: &[u16]) -> Vec<f64> {
    let place = |chance: u16| {
        let step = chances.partition_point(|each| *each < chance * 16 + 8).min(chances.len() - 1);
        (f64::from(u16::try_from(step).unwrap_or_default()) - 2048.0) / 256.0
    };
    (0..STEPS).map(place).collect()
}

impl Past {
    fn contexts(&self, kind: Kind) -> [u32; GUESSES] {
        let Self { function, of_kind, .. } = *self;
        let [i0, i1, i2, i3, i4, i5] = self.instructions;
        let [l0, l1] = self.locals;
        let [n0, n1] = self.last;
        let same = of_kind.get(kind as usize).copied().unwrap_or_default();
        let parts: [&[u32]; GUESSES] = match kind {
            Kind::Instruction => [&[i0], &[i0, i1, i2], &[i0, i1, n0], &[i0, i1, i2, i3, i4, i5]],
            Kind::Get | Kind::Set | Kind::Tee => [&[], &[function], &[l0, l1], &[i1, i2, i3, l0]],
            Kind::Load | Kind::Store => [&[], &[i0, same], &[l0, function], &[i0, i1, i2, n0]],
            _ => [&[i1, same], &[i1, i2, i3], &[i0, n0], &[i0, i1, n0, n1]],
        };
        let mut salt = kind as u32 * 4;
        parts.map(|part| {
            salt += 1;
            part.iter().fold(salt, |context, number| mixed(context, *number))
        })
    }

    fn add(&mut self, kind: Kind, number: u32) {
        match kind {
            Kind::Instruction => {
                let [i0, i1, i2, i3, i4, _] = self.instructions;
                self.instructions = [number + 1, i0, i1, i2, i3, i4];
            }
            Kind::Get | Kind::Set | Kind::Tee => self.locals = [number, self.locals[0]],
            _ => {}
        }
        self.last = [number, self.last[0]];
        if let Some(last) = self.of_kind.get_mut(kind as usize) {
            *last = number;
        }
    }
}

fn mixed(context: u32, number: u32) -> u32 {
    let mixed = (context ^ number.wrapping_mul(0x9e37_79b1)).wrapping_mul(0x2c1b_3c6d);
    mixed ^ mixed >> 15
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_rise_and_leave_room_for_surprises() {
        let chances = chances();
        assert!(chances.is_sorted());
        assert!(chances[0] > 0 && chances[usize::from(STEPS) - 1] < u16::MAX, "{chances:?}");
        assert_eq!(chances[2048], 32768 - 1 + u16::from(chances[2048] == 32768), "the middle");
    }

    #[test]
    fn a_guess_gets_better_with_what_it_is_told() {
        let mut model = Model::new();
        let chance_after = |model: &mut Model, times: u32| {
            for _ in 0..times {
                model.begin_number(Kind::Call);
                let guess = model.guess(0);
                model.learn(&guess, true);
            }
            model.begin_number(Kind::Call);
            model.guess(0).chance
        };
        let (first, later) = (chance_after(&mut model, 0), chance_after(&mut model, 20));
        assert!((32_000..33_500).contains(&first), "{first}");
        assert!(later > 60_000, "{later}");
    }

    #[test]
    fn a_slot_moves_less_the_more_it_has_seen() {
        let first = moved(FRESH, true);
        let second = moved(first, false);
        assert_eq!((first & 15, second & 15), (1, 2));
        assert!(first >> 4 > 3400 && second >> 4 < first >> 4 && second >> 4 > 1000, "{first} {second}");
        assert_eq!(moved(FRESH | 15, true) & 15, 15);
    }
}
