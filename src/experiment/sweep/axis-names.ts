import { flag } from '../settings/value';
import { stageDefinition } from '../stages/registry';
import type { Experiment } from '../types/experiment';
import type { SweepAxis } from './axis';
import { type AxisChoice, axisChoices, optionsOf } from './choices';
import type { Sweep, SweepPoint } from './sweep';

/** Names of paths and of their values, for an experiment. */
export interface AxisNames {
  /** "Bits", "Weights" of a method that changes together with a stage's switch. */
  readonly head: (axis: SweepAxis) => string;
  /** "3", "Learned step (LSQ), stage 3 on". */
  readonly tick: (axis: SweepAxis, tick: number) => string;
  /** Both: "Bits 3". */
  readonly told: (axis: SweepAxis, tick: number) => string;
}

/** @param short for pictures: of a value its abbreviation, where its name ends with one: "STE" */
export function axisNames(experiment: Experiment, short = false): AxisNames {
  const choices = new Map(axisChoices(experiment).map((choice) => [choice.path, choice]));
  const compression = onlyCompression(experiment);
  const head = ({ paths }: SweepAxis) =>
    areSwitches(paths)
      ? 'Stages on'
      : withoutSwitches(paths)
          .map((path) => pathName(path, choices.get(path)))
          .join(', ');
  const tickName = ({ paths, ticks }: SweepAxis, tick: number) => {
    if (areSwitches(paths)) return stagesOn(experiment, paths, ticks[tick] ?? []);
    const texts = new Map(paths.map((path, i) => [path, ticks[tick]?.[i] ?? '']));
    const named = withoutSwitches(paths);
    // A quantizer that is off says nothing of its method: the weights are float32. One that is on says enough by its method.
    const given = paths.find((path) => !named.includes(path) && path === compression?.path);
    const float = given !== undefined && flag(texts.get(given) ?? '') === false;
    const switches = paths.filter((path) => path !== given && !named.includes(path));
    return [
      ...(float ? ['float32'] : []),
      ...named
        .filter((path) => !(float && path.startsWith(`${compression?.kind}.`)))
        .map((path) => valueName(texts.get(path) ?? '', choices.get(path)))
        .map((name) => (short ? abbreviated(name) : name)),
      ...switches.map((path) => `stage ${path.split('.')[0]} ${flag(texts.get(path) ?? '') === false ? 'off' : 'on'}`),
    ].join(', ');
  };
  return { head, tick: tickName, told: (axis, tick) => `${head(axis)} ${tickName(axis, tick)}` };
}

/** The kind and the switch of the only stage that compresses, if there is one. */
function onlyCompression({ stages }: Experiment): { readonly kind: string; readonly path: string } | undefined {
  const found = stages.flatMap(({ kind }, i) => (stageDefinition(kind).compresses ? [{ kind, path: `${i + 1}.on` }] : []));
  return found.length === 1 ? found[0] : undefined;
}

/** Whether an axis does nothing but switch several stages on and off. */
function areSwitches(paths: readonly string[]): boolean {
  return paths.length > 1 && paths.every((path) => /^\d+\.on$/.test(path));
}

/** The stages that are on, in the order of the program: "Prune + Quantize". Of two stages of a kind, the number tells which. */
function stagesOn({ stages }: Experiment, paths: readonly string[], texts: readonly string[]): string {
  const numbers = paths.map((path) => Number.parseInt(path, 10));
  const labels = numbers.map((number) => (stages[number - 1] ? stageDefinition(stages[number - 1]?.kind ?? '').label : 'stage'));
  const named = numbers.map((number, i) => ({
    number,
    on: flag(texts[i] ?? '') !== false,
    name: labels.filter((label) => label === labels[i]).length > 1 ? `${labels[i]} ${number}` : `${labels[i]}`,
  }));
  const on = named.filter((one) => one.on).toSorted((a, b) => a.number - b.number);
  return on.map(({ name }) => name).join(' + ') || 'none of them';
}

/** Where a stage's switch changes together with other values, those give the name. */
function withoutSwitches(paths: readonly string[]): readonly string[] {
  const values = paths.filter((path) => !path.endsWith('.on'));
  return values.length > 0 ? values : paths;
}

function pathName(path: string, choice: AxisChoice | undefined): string {
  if (choice) return choice.label;
  const [block = '', key = ''] = path.split('.');
  return key === 'on' ? `stage ${block} on` : key || path;
}

function valueName(text: string, choice: AxisChoice | undefined): string {
  return (choice ? optionsOf(choice.setting).find(({ value }) => value === text)?.label : undefined) ?? text;
}

/** "Learned step (LSQ)" is "LSQ"; a name without an abbreviation stays. */
function abbreviated(name: string): string {
  return /\((?<short>[A-Z][A-Za-z0-9-]{1,11})\)$/.exec(name)?.groups?.short ?? name;
}

/** The places of a point, by name: "Bits 3, Seed 2". */
export function pointNames(
  { axes, experiment }: Pick<Sweep, 'axes' | 'experiment'>,
  short = false,
): (point: Pick<SweepPoint, 'ticks'>) => string {
  const { told } = axisNames(experiment, short);
  return ({ ticks }) => axes.map((axis, a) => told(axis, ticks[a] ?? 0)).join(', ');
}
