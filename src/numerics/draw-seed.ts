/** 2^32 divided by the golden ratio: neighbouring draws get seeds far apart. */
const GOLDEN = 0x9e3779b9;

/** The seed of the n-th independent draw, counted from 1; the first has the seed itself. */
export function drawSeed(seed: number, draw: number): number {
  return (seed + Math.imul(draw - 1, GOLDEN)) >>> 0;
}
