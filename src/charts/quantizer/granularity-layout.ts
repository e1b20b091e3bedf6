import { blockAt, picked, type ScaleMap } from '../../numerics/inspection/scale-map';
import { bits, count, plural, significant } from '../../numerics/measures/number-words';
import type { Rgb } from '../shared/color-scale';

/** Width and height in pixels of a picture of the matrix, inputs down and outputs across: its own shape within limits. */
export function matrixSize({ inputs, grid }: ScaleMap, width: number): { readonly width: number; readonly height: number } {
  const height = (width * inputs) / grid.outputs;
  return { width, height: Math.round(Math.max(56, Math.min(150, height))) };
}

/** RGBA bytes of a picture of the matrix: each pixel has the colour of the scale of the weight that it covers. */
export function mapPixels(map: ScaleMap, width: number, height: number, colour: (share: number) => Rgb): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const colours = Array.from(map.values, (value) => colour(shareOf(map, value)));
  for (let y = 0; y < height; y++) {
    const input = picked(y, height, map.inputs);
    for (let x = 0; x < width; x++) {
      const { row, column } = blockAt(map, input, picked(x, width, map.grid.outputs));
      pixels.set(colours[row * map.columns + column]!, 4 * (y * width + x));
      pixels[4 * (y * width + x) + 3] = 255;
    }
  }
  return pixels;
}

/** 0 for the smallest scale, 1 for the largest; one half if all are equal. */
export function shareOf({ smallest, largest }: ScaleMap, value: number): number {
  return largest > smallest ? (value - smallest) / (largest - smallest) : 0.5;
}

/** First input and output of a sampled block and how many it has, to the edge of the matrix. */
export function blockRange(
  map: ScaleMap,
  item: number,
): { readonly input: number; readonly inputs: number; readonly output: number; readonly outputs: number } {
  const { grid, rows, columns } = map;
  const row = picked(Math.floor(item / columns), rows, grid.scales / grid.across);
  const column = picked(item % columns, columns, grid.across);
  const [input, output] = [row * grid.blockInputs, column * grid.blockOutputs];
  return {
    input,
    inputs: Math.min(grid.blockInputs, grid.period - input),
    output,
    outputs: Math.min(grid.blockOutputs, grid.outputs - output),
  };
}

/** "inputs 1 to 16 of output 3: scale 0.0123". */
export function blockReadout(map: ScaleMap, item: number): string {
  const { input, inputs, output, outputs } = blockRange(map, item);
  const allInputs = inputs === map.grid.period;
  const allOutputs = outputs === map.grid.outputs;
  const value = `${map.kind} ${significant(map.values[item] ?? 0)}`;
  if (allInputs && allOutputs) return `all weights · ${value}`;
  const parts = [...(allInputs ? [] : [span('input', input, inputs)]), ...(allOutputs ? [] : [span('output', output, outputs)])];
  return `${parts.join(', ')} · ${value}`;
}

function span(noun: string, from: number, length: number): string {
  return length === 1 ? `${noun} ${count(from + 1)}` : `${noun}s ${count(from + 1)} to ${count(from + length)}`;
}

/** The picture in words. @param overheadBits of the file that are not codes */
export function granularitySummary(map: ScaleMap, weights: number, overheadBits: number): string {
  const { grid, smallest, largest, kind, inputs } = map;
  const matrix = `${plural(inputs, 'input')} × ${plural(grid.outputs, 'output')}`;
  const cost = `${bits(overheadBits)} in the file, ${significant(overheadBits / weights, 2)} for each weight`;
  const one = { scale: 'one scale,', 'largest level': 'one set of levels, the largest', 'shared power of two': 'one power of two,' }[kind];
  if (grid.scales === 1) return `${matrix} share ${one} ${significant(largest)}: ${cost}.`;
  const many = { scale: 'scales', 'largest level': 'sets of levels, the largest', 'shared power of two': 'powers of two,' }[kind];
  return `${matrix} have ${count(grid.scales)} ${many} from ${significant(smallest)} to ${significant(largest)}: ${cost}.`;
}

/** The sampled block under a place of the picture, given as shares of its width and height; null outside. */
export function blockAtPixel(map: ScaleMap, across: number, down: number): number | null {
  if (!(across >= 0 && across < 1 && down >= 0 && down < 1)) return null;
  const { row, column } = blockAt(map, Math.floor(down * map.inputs), Math.floor(across * map.grid.outputs));
  return row * map.columns + column;
}
