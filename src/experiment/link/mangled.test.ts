import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExperiment } from '../program/validate';
import { experimentArbitrary } from '../testing/arbitrary';
import { fromFragment, toFragment } from './url';

type Mangle = (link: string) => string;

const PAGE = 'https://example.org/lab/';
const BEHIND = [
  ')',
  ']',
  '}',
  ';',
  '>',
  '"',
  "'",
  ').',
  '!',
  '\u200b',
  '\u2060',
  '\ufeff',
  '\u201d',
  '\u00bb',
  '&quot;',
  '&gt;',
  ')>\u200b\n',
];

/** What happens to the whole of a link. */
const wrappings: readonly Mangle[] = [
  (link) => link,
  (link) => link.replaceAll('&', '&amp;'),
  (link) => link.replaceAll('&', '&amp;amp;'),
  (link) => link.replaceAll('&', '&#38;'),
  encodeURIComponent,
  (link) => encodeURIComponent(encodeURIComponent(link)),
  (link) => encodeURI(encodeURI(link)),
  (link) => encodeURIComponent(link.replaceAll('&', '&amp;')),
  (link) => link.replace(/[,:]/g, encodeURIComponent),
];
/** Where the fragment of a link ends up. */
const frames: readonly Mangle[] = [
  (link) => link,
  (link) => `#${link}`,
  (link) => `?${link}`,
  (link) => `%23${link}`,
  (link) => `#%23${link}`,
  (link) => `${PAGE}#${link}`,
  (link) => `${PAGE}?${link}`,
  (link) => `${PAGE}%23${link}`,
  (link) => `${PAGE}%2523${link}`,
  (link) => `<${PAGE}#${link}`,
];
const mangleArbitrary = fc
  .record({ wrap: fc.constantFrom(...wrappings), frame: fc.constantFrom(...frames), end: fc.constantFrom('', ...BEHIND) })
  .map(
    ({ wrap, frame, end }): Mangle =>
      (link) =>
        `${frame(wrap(link))}${end}`,
  );

/** Titles with what links are made of. */
const titleArbitrary = fc
  .array(fc.constantFrom('&', '%', '&amp;', '%26', '%2526', '%25', '=', '#', '?', '+', '"', ')', 'a', '9', ' ', 'ü', ';'), { maxLength: 8 })
  .map((parts) => parts.join(''));
const titled = fc
  .tuple(experimentArbitrary, titleArbitrary)
  .map(([experiment, name]) => parseExperiment({ ...experiment, name }).experiment);

describe('a mangled link', () => {
  test('is read as the same experiment', () => {
    fc.assert(
      fc.property(titled, mangleArbitrary, (experiment, mangle) => {
        expect(fromFragment(mangle(toFragment(experiment)))).toEqual({ experiment, problems: [], rest: {} });
      }),
      { numRuns: 500 },
    );
  });

  test.each(['&', '%', '&amp;', '100%25', '%26', 'a & b = 50 %; "yes" (no)'])('keeps the title %s however it was wrapped', (name) => {
    const { experiment } = parseExperiment({ name, stages: [{ kind: 'quantize', bits: 3 }] });
    for (const wrap of wrappings)
      for (const frame of frames) expect(fromFragment(frame(wrap(toFragment(experiment)))).experiment).toEqual(experiment);
  });

  // As browsers hand over what stands behind a link: encoded.
  test.each([...BEHIND, '%22', '%3E', '%E2%80%8B', '%C2%BB', '%0A'])('keeps its values and what the page wants, before %j', (end) => {
    const wrapped = `v=1&train=steps:500&quantize=bits:3${end}`;
    expect(fromFragment(wrapped)).toEqual({ ...fromFragment('v=1&train=steps:500&quantize=bits:3'), problems: [] });
    const { rest } = fromFragment(`v=1&train&passport=0123456789abcdef.9712.wasm&front=bits-per-weight:1.05_0.912${end}`);
    expect(rest).toEqual({ passport: '0123456789abcdef.9712.wasm', front: 'bits-per-weight:1.05_0.912' });
  });

  test('with dashes and a decimal comma of a word processor', () => {
    const { experiment, problems } = fromFragment('v=1&m=mlp,widths:300\u2013100&train=lr:0,01,steps:50');
    expect(problems).toEqual([]);
    expect(experiment).toMatchObject({ model: { widths: [300, 100] }, stages: [{ lr: 0.01, steps: 50 }] });
  });

  test('a value that cannot be read is the nearest, where a number is in it', () => {
    const { experiment, problems } = fromFragment('v=1&m=mlp,widths:300-x100&train=steps:about500&quantize=bits:3x');
    expect(experiment).toMatchObject({ model: { widths: [300, 100] }, stages: [{ steps: 500 }, { bits: 3 }] });
    expect(problems.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^Bits must be .*, not "3x"; 3 is used instead\.$/),
    );
  });

  test('a page without an experiment stays one', () => {
    for (const link of [PAGE, `${PAGE}?utm_source=mail`, `${PAGE}#`, `${PAGE}?x=1#`])
      expect(fromFragment(link)).toEqual({ ...fromFragment(''), problems: [], rest: {} });
  });
});
