/** For tests: roundings to formats, on numbers of all magnitudes, and what the twins give. */
import { fixedPointGrid } from '../../numerics/fixed-point';
import { formatGrid } from '../../numerics/format-rounding';
import { mxExponents, roundToMx } from '../../numerics/mx';
import { formats } from '../../numerics/number-format';
import { fillNormal, fillUniform } from '../../numerics/rng';
import { isStochastic, type Rounding, roundings } from '../../numerics/rounding';
import { roundAllToGrid } from '../../numerics/rounding-grid';
import { scaleGrid } from '../../numerics/scale-grid';
import type { FormatId } from '../../numerics/stored-tensor';
import type { RoundToGridAttributes } from '../kernels/round-to-grid-attributes';

export interface GridCase {
  readonly name: string;
  readonly attributes: RoundToGridAttributes;
  readonly expected: Float32Array;
}

export const gridShape = [70, 8] as const;
const count = 560;

/** Normal numbers, some of them very large or small, ties, zeros, and float32's limits. */
export function gridValues(): Float32Array {
  const values = new Float32Array(count);
  fillNormal(values, 3, 1, 0);
  for (let i = 0; i < count; i++) if (i % 3 === 1) values[i]! *= 2 ** ((i % 160) - 80);
  values.set([0, -0, 2 ** -149, -(2 ** -149), 2 ** -126, 3.4e38, -3.4e38, 464, 465, 61440, -61440, 2 ** -10, 1.125, -1.375, 5, 257, 65520]);
  return values;
}

/** Multiples of 2^−24 in [0, 1), some of them 0. */
export function gridDraws(): Float32Array {
  const draws = new Float32Array(count);
  fillUniform(draws, 4, 5, 6);
  draws.fill(0, 0, 10);
  return draws;
}

export function gridCases(): GridCase[] {
  const [values, draws] = [gridValues(), gridDraws()];
  const plain = (Object.keys(formats) as (FormatId | 'fp32')[]).flatMap((id) =>
    (id === 'fp32' || id === 'fp16' || id === 'e4m3fn' || id === 'e5m2' ? roundings : (['nearest-even', 'stochastic'] as const)).map(
      (rounding) => {
        const grid = formatGrid(formats[id], { saturate: id === 'e3m2' });
        return { name: `${id}, ${rounding}`, attributes: { grid, rounding }, expected: roundAllToGrid(values, grid, rounding, draws) };
      },
    ),
  );
  const fixed = roundings.map((rounding: Rounding) => {
    const grid = fixedPointGrid({ integerBits: 6, fractionBits: 10 });
    return { name: `<6, 10>, ${rounding}`, attributes: { grid, rounding }, expected: roundAllToGrid(values, grid, rounding, draws) };
  });
  const layout = scaleGrid(gridShape, { inputs: 32 });
  const blocks = (['e4m3fn', 'e5m2', 'e2m3', 'e2m1'] as const).flatMap((id) =>
    (['nearest-even', 'stochastic'] as const).map((rounding) => {
      const grid = formatGrid(formats[id], { saturate: true });
      const attributes = { grid, rounding, blocks: { layout, maxExponent: formats[id].maxExponent } };
      const expected = roundToMx(values, mxExponents(values, layout, id), layout, id, rounding, isStochastic(rounding) ? draws : undefined);
      return { name: `MX ${id}, ${rounding}`, attributes, expected };
    }),
  );
  return [...plain, ...fixed, ...blocks];
}
