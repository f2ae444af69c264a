//! Everything against num-bigint, and a few answers recorded from CPython.

use super::*;
use num_bigint::{BigInt, BigUint, Sign};
use proptest::prelude::*;

fn magnitude() -> impl Strategy<Value = Vec<u32>> {
    let digit = prop_oneof![Just(0), Just(1), Just(DIGIT_MASK), 0..DIGIT_BASE];
    prop_oneof![prop::collection::vec(digit.clone(), 0..6), prop::collection::vec(digit, 0..130)]
        .prop_map(|digits| significant(&digits).to_vec())
}

fn integer() -> impl Strategy<Value = (bool, Vec<u32>)> {
    (any::<bool>(), magnitude())
}

fn borrowed(value: &(bool, Vec<u32>)) -> SignedRef<'_> {
    SignedRef::new(value.0, &value.1)
}

/// By definition, digit for digit: independent of the bridge under test.
fn big(digits: &[u32]) -> BigUint {
    digits.iter().rev().fold(BigUint::default(), |sum, &digit| sum * DIGIT_BASE + digit)
}

fn big_signed(value: SignedRef) -> BigInt {
    BigInt::from_biguint(if value.negative { Sign::Minus } else { Sign::Plus }, big(value.digits))
}

fn check(result: Outcome<Digits>, expected: &BigUint) {
    let digits = result.unwrap();
    assert_eq!(digits.last().copied(), digits.iter().copied().rfind(|&digit| digit != 0));
    assert_eq!(&big(&digits), expected);
}

fn check_signed(result: Outcome<Signed>, expected: &BigInt) {
    let value = result.unwrap();
    check(Ok(value.digits.clone()), expected.magnitude());
    assert_eq!(value.negative, expected.sign() == Sign::Minus);
}

/// Never stops the work.
const PAUSE: Pause<'static, OutOfMemory> = &|| Ok(());

#[test]
fn long_products_are_those_of_short_ones() {
    let pattern = |length: u32, seed: u32| {
        (0..length).map(|at| (at.wrapping_mul(seed).wrapping_add(seed)) & DIGIT_MASK | 1).collect::<Vec<_>>()
    };
    for (left, right) in [(40_000, 40_000), (70_000, 17_000), (50_001, 33_333)] {
        let (left, right) = (pattern(left, 0x9e37_79b1 >> 3), pattern(right, 0x85eb_ca6b >> 4));
        assert_eq!(multiply_long(&left, &right, PAUSE), multiply(&left, &right));
    }
    let ones = vec![DIGIT_MASK; 33_000];
    assert_eq!(multiply_long(&ones, &ones, PAUSE), multiply(&ones, &ones));
}

#[test]
fn long_work_can_be_stopped() {
    let ones = vec![DIGIT_MASK; 33_000];
    assert_eq!(multiply_long(&ones, &ones, &|| Err(OutOfMemory)), Err(OutOfMemory));
    assert_eq!(square_root(&ones, &|| Err(OutOfMemory)), Err(OutOfMemory));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn linear_operations(left in magnitude(), right in magnitude()) {
        check(add(&left, &right), &(big(&left) + big(&right)));
        check(multiply(&left, &right), &(big(&left) * big(&right)));
        assert_eq!(compare(&left, &right), big(&left).cmp(&big(&right)));
        let (large, small) = if compare(&left, &right).is_ge() { (&left, &right) } else { (&right, &left) };
        check(subtract(large, small), &(big(large) - big(small)));
        assert_eq!(bit_length(&left), big(&left).bits());
        assert_eq!(bit_count(&left), big(&left).count_ones());
        assert_eq!(trailing_zeros(&left), big(&left).trailing_zeros());
    }

    #[test]
    fn division(left in magnitude(), right in magnitude(), digit in 1..DIGIT_BASE) {
        prop_assume!(!right.is_empty());
        let (quotient, rest) = divide(&left, &right).unwrap();
        check(Ok(quotient), &(big(&left) / big(&right)));
        check(Ok(rest), &(big(&left) % big(&right)));
        let (quotient, rest) = divide_by_digit(&left, digit).unwrap();
        check(Ok(quotient), &(big(&left) / digit));
        assert_eq!(BigUint::from(rest), big(&left) % digit);
        // A product and its neighbours make the guesses of algorithm D go wrong.
        let product = multiply(&left, &right).unwrap();
        if !product.is_empty() {
            let below = subtract(&product, &[1]).unwrap();
            check(divide(&below, &right).map(|(quotient, _)| quotient), &(big(&below) / big(&right)));
        }
    }

    #[test]
    fn shifts(digits in magnitude(), bits in 0..200u64) {
        check(shift_left(&digits, bits), &(big(&digits) << bits));
        check(shift_right(&digits, bits), &(big(&digits) >> bits));
        assert!(shift_left(&digits, bits).unwrap().len() <= shift_left_length(&digits, bits).unwrap());
    }

    #[test]
    fn the_bridge_is_the_identity(digits in magnitude()) {
        assert_eq!(to_biguint(&digits).unwrap(), big(&digits));
        check(from_biguint(&big(&digits)), &big(&digits));
    }

    #[test]
    fn signed_operations(left in integer(), right in integer(), bits in 0..200u64) {
        let (left, right) = (borrowed(&left), borrowed(&right));
        let (one, other) = (big_signed(left), big_signed(right));
        check_signed(add_signed(left, right), &(&one + &other));
        check_signed(subtract_signed(left, right), &(&one - &other));
        check_signed(multiply_signed(left, right), &(&one * &other));
        check_signed(bit_and(left, right), &(&one & &other));
        check_signed(bit_or(left, right), &(&one | &other));
        check_signed(bit_xor(left, right), &(&one ^ &other));
        check_signed(invert(left), &!&one);
        check_signed(shift_right_floor(left, bits), &(&one >> bits));
        assert_eq!(compare_signed(left, right), one.cmp(&other));
        if !right.digits.is_empty() {
            let (quotient, rest) = floor_divide(left, right).unwrap();
            let (quotient, rest) = (big_signed(quotient.as_ref()), big_signed(rest.as_ref()));
            assert_eq!(&quotient * &other + &rest, one);
            assert!(rest.sign() == Sign::NoSign || rest.sign() == other.sign());
            assert!(rest.magnitude() < other.magnitude());
        }
    }

    #[test]
    fn text_there_and_back(value in integer(), radix in 2..=36u32) {
        let value = borrowed(&value);
        assert_eq!(decimal_text(value, 0).unwrap(), big_signed(value).to_string());
        let text = radix_text(value, radix, "").unwrap();
        assert_eq!(text, big_signed(value).to_str_radix(radix));
        check_signed(parse(text.as_bytes(), radix, 0).map_err(|_| OutOfMemory), &big_signed(value));
    }

    #[test]
    fn bytes_there_and_back(value in integer(), more in 0..3usize) {
        let value = borrowed(&value);
        let little = big_signed(value).to_signed_bytes_le();
        let length = little.len() + more;
        let bytes = to_bytes(value, length, ByteOrder::Little, true).unwrap();
        assert_eq!(bytes[..little.len()], little);
        check_signed(from_bytes(&bytes, ByteOrder::Little, true), &big_signed(value));
        let bytes = to_bytes(value, length, ByteOrder::Big, true).unwrap();
        check_signed(from_bytes(&bytes, ByteOrder::Big, true), &big_signed(value));
        check(from_bytes(&bytes, ByteOrder::Big, false).map(|v| v.digits), &BigUint::from_bytes_be(&bytes));
        if !value.digits.is_empty() && little.len() > 1 {
            assert_eq!(to_bytes(value, little.len() - 1, ByteOrder::Big, true), Err(BytesError::TooBig));
        }
    }

    #[test]
    fn heavy_operations(base in magnitude(), exponent in 0..20u32, modulus in magnitude()) {
        check(power(&base, &from_u64(exponent.into()), PAUSE), &big(&base).pow(exponent));
        check(square_root(&base, PAUSE), &big(&base).sqrt());
        if !modulus.is_empty() {
            let expected = big(&base).modpow(&BigUint::from(exponent), &big(&modulus));
            check(power_modulo(&base, &from_u64(exponent.into()), &modulus, PAUSE), &expected);
            let mut pair = (big(&base), big(&modulus));
            while pair.1 != BigUint::default() {
                pair = (pair.1.clone(), pair.0 % pair.1);
            }
            check(power_modulo_long(&base, &from_u64(exponent.into()), &modulus, PAUSE), &expected);
            check(greatest_common_divisor(&base, &modulus, PAUSE), &pair.0);
        }
    }

    #[test]
    fn floats(value in integer(), float in any::<f64>()) {
        let value = borrowed(&value);
        // Rust reads decimal text correctly rounded.
        let nearest: f64 = big_signed(value).to_string().parse().unwrap();
        match to_f64(value) {
            Ok(found) => assert_eq!(found, nearest),
            Err(Overflow) => assert!(nearest.is_infinite()),
        }
        if nearest.is_finite() {
            let back = from_f64(nearest).unwrap();
            assert_eq!(compare_with_f64(value, nearest).unwrap(), compare_signed(value, back.as_ref()));
        }
        if float.is_finite() {
            let text = format!("{:.0}", float.trunc());
            let whole: BigInt = text.parse().unwrap();
            check_signed(from_f64(float), &whole);
        }
    }

    #[test]
    fn true_quotients(left in magnitude(), right in magnitude()) {
        prop_assume!(!right.is_empty());
        // Enough decimal digits that rounding the text is rounding the quotient, but for exact ties.
        let scaled = big(&left) * BigUint::from(10u32).pow(1500) / big(&right);
        let text = format!("{scaled}e-1500");
        let nearest: f64 = text.parse().unwrap();
        match true_divide(&left, &right) {
            Ok(found) => assert_eq!(found, nearest, "{}", text),
            Err(_) => assert!(nearest.is_infinite()),
        }
    }
}

fn int(text: &str) -> Signed {
    parse(text.as_bytes(), 10, 0).unwrap()
}

#[test]
fn floats_at_the_edges() {
    let top = from_f64(f64::MAX).unwrap();
    assert_eq!(to_f64(top.as_ref()), Ok(f64::MAX));
    let half = shift_left(&[1], 970).unwrap();
    let tie = add(&top.digits, &half).unwrap();
    assert_eq!(to_f64(SignedRef::new(false, &tie)), Err(Overflow));
    let below = subtract(&tie, &[1]).unwrap();
    assert_eq!(to_f64(SignedRef::new(true, &below)), Ok(-f64::MAX));
    assert_eq!(true_divide(&tie, &[1]), Err(QuotientError::Overflow));
    assert_eq!(true_divide(&below, &[1]), Ok(f64::MAX));
    let tiny = shift_left(&[1], 1074).unwrap();
    assert_eq!(true_divide(&[1], &tiny), Ok(5e-324));
    assert_eq!(true_divide(&[3], &shift_left(&tiny, 1).unwrap()), Ok(1e-323));
    assert_eq!(true_divide(&[1], &shift_left(&tiny, 1).unwrap()), Ok(0.0));
    assert_eq!(true_divide(&[3], &shift_left(&tiny, 2).unwrap()), Ok(5e-324));
    assert_eq!(frexp(&shift_left(&[3], 2000).unwrap()), (0.75, 2002));
    assert_eq!(frexp(&[]), (0.0, 0));
}

#[test]
fn comparison_with_floats_is_exact() {
    use std::cmp::Ordering::*;
    let next = int("9007199254740993");
    assert_eq!(compare_with_f64(next.as_ref(), 9007199254740992.0), Some(Greater));
    assert_eq!(compare_with_f64(next.as_ref().negated(), -9007199254740992.0), Some(Less));
    assert_eq!(compare_with_f64(int("3").as_ref(), 3.5), Some(Less));
    assert_eq!(compare_with_f64(int("-3").as_ref(), -3.5), Some(Greater));
    assert_eq!(compare_with_f64(next.as_ref(), f64::INFINITY), Some(Less));
    assert_eq!(compare_with_f64(next.as_ref(), f64::NEG_INFINITY), Some(Greater));
    assert_eq!(compare_with_f64(next.as_ref(), f64::NAN), None);
    assert_eq!(compare_with_f64(next.as_ref().negated(), 1.0), Some(Less));
}

#[test]
fn texts_that_int_reads() {
    let read = |text: &str, base| parse(text.as_bytes(), base, 0).map(|value| value.as_ref().to_i64());
    for (text, base, value) in [
        (" 12\n", 10, 12),
        ("-0x1f", 0, -31),
        ("0x1f", 16, 31),
        ("0x_1f", 16, 31),
        ("0b101", 0, 5),
        ("+0o_17", 0, 15),
        ("1_000", 10, 1000),
        ("00_0", 0, 0),
        ("0b1", 16, 177),
        ("z", 36, 35),
        ("-9223372036854775808", 10, i64::MIN),
    ] {
        assert_eq!(read(text, base), Ok(Some(value)), "{text:?}");
    }
    for (text, base) in [
        ("", 10),
        ("-", 10),
        ("1__0", 10),
        ("_1", 10),
        ("1_", 10),
        ("0x", 16),
        ("0x", 0),
        ("010", 0),
        ("- 1", 10),
        ("2", 2),
        ("0x__1", 16),
        ("0_7", 0),
    ] {
        assert_eq!(read(text, base), Err(ParseError::Invalid), "{text:?}");
    }
    assert_eq!(parse(&[b'1'; 4301], 10, 4300), Err(ParseError::TooManyDigits(4301)));
    assert!(parse(&[b'1'; 4301], 16, 4300).is_ok());
    let long = |rest: &str| parse(("1".repeat(4301) + rest).as_bytes(), 10, 4300);
    assert_eq!(
        (long("x"), long(" ")),
        (Err(ParseError::TooManyDigits(4301)), Err(ParseError::TooManyDigits(4301)))
    );
    assert_eq!((long("_"), long("__1")), (Err(ParseError::Invalid), Err(ParseError::Invalid)));
}

#[test]
fn the_limit_of_decimal_digits() {
    let value = parse(&[b'9'; 4300], 10, 4300).unwrap();
    assert_eq!(decimal_text(value.as_ref(), 4300).unwrap().len(), 4300);
    let more = add(&value.digits, &[1]).unwrap();
    assert_eq!(decimal_text(SignedRef::new(true, &more), 4300), Err(TextError::TooManyDigits));
    let huge = shift_left(&[1], 10_000_000).unwrap();
    assert_eq!(decimal_text(SignedRef::new(false, &huge), 4300), Err(TextError::TooManyDigits));
}

#[test]
fn sizes_no_machine_has_are_refused() {
    assert_eq!(shift_left(&[1], u64::MAX), Err(OutOfMemory));
    assert_eq!(power_length(&[10], &shift_left(&[1], 100).unwrap()), None);
    assert_eq!(power(&[10], &from_u64(1 << 62), PAUSE), Err(OutOfMemory));
    assert_eq!(power(&[1], &from_u64(u64::MAX), PAUSE), Ok(from_u64(1)));
    assert_eq!(to_bytes(int("-1").as_ref(), 1, ByteOrder::Big, false), Err(BytesError::Negative));
    assert_eq!(to_bytes(int("128").as_ref(), 1, ByteOrder::Big, true), Err(BytesError::TooBig));
    assert_eq!(to_bytes(int("-128").as_ref(), 1, ByteOrder::Big, true), Ok(vec![128]));
}

#[test]
fn inverses() {
    let inverse = |value: u64, modulus: u64| {
        inverse_modulo(&from_u64(value), &from_u64(modulus)).unwrap().map(|digits| to_u64(&digits).unwrap())
    };
    assert_eq!(inverse(3, 7), Some(5));
    assert_eq!(inverse(2, 4), None);
    assert_eq!(inverse(5, 1), Some(0));
}
