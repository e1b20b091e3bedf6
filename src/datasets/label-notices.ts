import type { ImageSet } from './types';

/** What a person should know about the labels of their files: classes that one side lacks, and labels that nothing has. */
export function labelNotices(train: ImageSet, test: ImageSet, classes: readonly string[]): readonly string[] {
  const labels = classes.map((_, label) => label);
  const [trained, tested] = [new Set(train.labels), new Set(test.labels)];
  const onlyTrained = labels.filter((label) => trained.has(label) && !tested.has(label));
  const onlyTested = labels.filter((label) => tested.has(label) && !trained.has(label));
  const unused = labels.filter((label) => !tested.has(label) && !trained.has(label));
  const sentence = (chosen: readonly number[], say: (named: string, it: string) => string) => {
    if (chosen.length === 0) return [];
    const [kind, it] = chosen.length === 1 ? ['class', 'it'] : ['classes', 'them'];
    return [say(`${kind} ${list(chosen, classes)}`, it)];
  };
  return [
    ...sentence(onlyTested, (named, it) => `No training image belongs to ${named}, so the network cannot learn to recognize ${it}.`),
    ...sentence(onlyTrained, (named, it) => `No test image belongs to ${named}, so test accuracy says nothing about ${it}.`),
    ...sentence(unused, (named) => `No image at all belongs to ${named}.`),
  ];
}

/** "3", "0, 4 and 7", "10 to 254", "3 (cat)" where classes have names. */
function list(labels: readonly number[], classes: readonly string[]): string {
  const runs: [first: number, last: number][] = [];
  for (const label of labels) {
    const run = runs.at(-1);
    if (run && run[1] === label - 1) run[1] = label;
    else runs.push([label, label]);
  }
  const name = (label: number) => (classes[label] === String(label) ? String(label) : `${label} (${classes[label]})`);
  const parts = runs.flatMap(([first, last]) =>
    last > first + 1 ? [`${name(first)} to ${name(last)}`] : first === last ? [name(first)] : [name(first), name(last)],
  );
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? '');
}
