/**
 * Counter-based random numbers: Threefry-2x32 with 20 rounds
 * (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 4.2).
 *
 * A random word is a pure function of (seed, purpose, step, index): there is no state to carry, any value can be computed
 * alone and in any order, and two runs that differ in one switch see the same numbers. All arithmetic is on 32-bit unsigned
 * integers, so that the same lines run on a GPU.
 */

/** What a stream is for: the second key word, so that streams of one seed never overlap. */
export const Purpose = { init: 1, order: 2, split: 3, dropout: 4, rounding: 5, noise: 6, redraw: 7, masks: 8, scores: 9 } as const;

/** Threefish's key-schedule parity constant, low word. */
const PARITY = 0x1bd11bda;
const TWO_POW_MINUS_24 = 2 ** -24;
const TWO_POW_32 = 2 ** 32;

/** The two words of the last block: a fixed place, so that drawing a number allocates nothing. */
const words = new Uint32Array(2);

function block(key0: number, key1: number, counter0: number, counter1: number): void {
  const k0 = key0 | 0;
  const k1 = key1 | 0;
  const k2 = PARITY ^ k0 ^ k1;
  let a = (counter0 + k0) | 0;
  let b = (counter1 + k1) | 0;

  // One round: add, rotate left, exclusive or. Rotations alternate between 13 15 26 6 and 17 29 16 24.
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  // After every four rounds the next key words are added, and the number of the addition.
  a = (a + k1) | 0;
  b = (b + k2 + 1) | 0;

  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a;
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a;
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a;
  a = (a + k2) | 0;
  b = (b + k0 + 2) | 0;

  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + k0) | 0;
  b = (b + k1 + 3) | 0;

  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a;
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a;
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a;
  a = (a + k1) | 0;
  b = (b + k2 + 4) | 0;

  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  words[0] = a + k2;
  words[1] = b + k0 + 5;
}

/**
 * One block of Threefry-2x32-20. Arguments are taken modulo 2^32.
 * @returns two words, 0 … 2^32 − 1
 */
export function threefry2x32(key0: number, key1: number, counter0: number, counter1: number): [number, number] {
  block(key0, key1, counter0, counter1);
  return [words[0] as number, words[1] as number];
}

/**
 * Fills `out` with uniform numbers in [0, 1), multiples of 2^−24, each exact in float32.
 * out[i] = (first word >>> 8) × 2^−24 of the block with key (seed, purpose) and counter (step, i).
 */
export function fillUniform(out: Float32Array, seed: number, purpose: number, step: number): void {
  for (let i = 0; i < out.length; i++) {
    block(seed, purpose, step, i);
    out[i] = ((words[0] as number) >>> 8) * TWO_POW_MINUS_24;
  }
}

/**
 * Fills `out` with standard normal numbers, one per block (Box and Muller 1958, cosine branch):
 * out[i] = √(−2 ln u) cos(2π v) with u in (0, 1] from the first word and v in [0, 1) from the second. |out[i]| < 5.77.
 * Computed in double precision and rounded to float32.
 */
export function fillNormal(out: Float32Array, seed: number, purpose: number, step: number): void {
  for (let i = 0; i < out.length; i++) {
    block(seed, purpose, step, i);
    const u = (((words[0] as number) >>> 8) + 1) * TWO_POW_MINUS_24;
    const v = ((words[1] as number) >>> 8) * TWO_POW_MINUS_24;
    out[i] = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  }
}

/**
 * A uniformly random order of 0 … count − 1 (Fisher–Yates). Every bounded draw is unbiased: words in the last, incomplete
 * range of the modulus are thrown away and the next counter is used.
 */
export function permutation(count: number, seed: number, purpose: number, step: number): Uint32Array {
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  let counter = 0;
  for (let last = count - 1; last > 0; last--) {
    const choices = last + 1;
    const limit = TWO_POW_32 - (TWO_POW_32 % choices);
    let word: number;
    do {
      block(seed, purpose, step, counter++);
      word = words[0] as number;
    } while (word >= limit);
    const chosen = word % choices;
    const moved = order[last] as number;
    order[last] = order[chosen] as number;
    order[chosen] = moved;
  }
  return order;
}

/** 2^32 divided by the golden ratio: neighbouring draws get seeds far apart. */
const GOLDEN = 0x9e3779b9;

/** The seed of the n-th independent draw, counted from 1; the first has the seed itself. */
export function drawSeed(seed: number, draw: number): number {
  return (seed + Math.imul(draw - 1, GOLDEN)) >>> 0;
}
