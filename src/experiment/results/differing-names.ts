import { dataSettings } from '../methods/data';
import { modelSettings } from '../methods/models/registry';
import { ownersOf, settingText } from '../settings/chosen-values';
import { activeSettings, type Setting, type SettingValue, type Values } from '../settings/setting';
import { inSentence, plainNumber } from '../settings/wording';
import { stageDefinition } from '../stages/registry';
import type { BackendName } from '../types/events';
import type { Experiment } from '../types/experiment';

/** What a name is made of. A saved run has it all; an experiment that has not run yet has no backend. */
export interface Nameable {
  /** Given by a person; '' for none. */
  readonly name: string;
  readonly record: { readonly experiment: Experiment; readonly backend?: { readonly name: BackendName } };
}

/** One thing that may differ: what is compared, and how it is said. */
interface Fact {
  readonly value: string;
  readonly text: string;
  /** In a table: what it is, and its value without that; a name alone is in none. */
  readonly row?: readonly [label: string, value: string];
}

/** A value that differs among runs, for a table; null where it does not exist. */
export interface DifferingValue {
  /** "quantize: bits", "second train: steps", "seed". */
  readonly label: string;
  /** One for each run. */
  readonly values: readonly (string | null)[];
}

type Facts = Map<string, Fact>;

const BACKENDS: Readonly<Record<BackendName, string>> = { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'JavaScript' };

/** Ends the key that says whether a stage is there. */
const STAGE = '.stage';

/**
 * Names of runs that stand in one list, made from what differs among them: "2 bits · ProxQuant · seed 3". A name that a person gave
 * stays where no other run has it. '' where nothing differs: then their model and data are all there is to say.
 */
export function differingNames(runs: readonly Nameable[]): readonly string[] {
  const { facts, differing } = compared(runs);
  const given = new Map<string, number>();
  for (const { name } of runs) given.set(name, (given.get(name) ?? 0) + 1);
  const whole = facts.map((own) => said(own, differing));
  // "no quantize" is needed only where nothing else tells a run from others.
  const short = facts.map((own) =>
    said(
      own,
      differing.filter((key) => own.get(key)?.value !== ''),
    ),
  );
  const isEnough = (i: number) => short[i] !== '' && short.every((other, j) => other !== short[i] || whole[j] === whole[i]);
  return runs.map(({ name }, i) => (name !== '' && given.get(name) === 1 ? name : ((isEnough(i) ? short[i] : whole[i]) ?? '')));
}

/** What differs among runs, in the order of their programs, a row for each value. */
export function differingValues(runs: readonly Nameable[]): readonly DifferingValue[] {
  const { facts, differing } = compared(runs);
  return differing.flatMap((key) => {
    const rows = facts.map((own) => own.get(key)?.row);
    const label = rows.find((row) => row !== undefined)?.[0];
    return label === undefined ? [] : [{ label, values: rows.map((row) => row?.[1] ?? null) }];
  });
}

function compared(runs: readonly Nameable[]): { readonly facts: readonly Facts[]; readonly differing: readonly string[] } {
  const facts = runs.map(factsOf);
  const keys = orderedKeys(facts);
  for (const own of facts) for (const key of keys) if (key.endsWith(STAGE) && !own.has(key)) own.set(key, missing(key));
  return { facts, differing: keys.filter((key) => new Set(facts.flatMap((own) => own.get(key)?.value ?? [])).size > 1) };
}

/** "no quantize", "no second train". */
function missing(key: string): Fact {
  return { value: '', text: `no ${placeWords(placeOf(key))}` };
}

/** "quantize", "second train". */
function placeWords(place: string): string {
  const [kind = '', nth = '1'] = place.split('#');
  const which = ['', 'second', 'third'][Number(nth) - 1] ?? `${nth}th`;
  return [which, kind].filter(Boolean).join(' ');
}

/** "quantize#1" of "quantize#1.bits". */
function placeOf(key: string): string {
  return key.split('.')[0] ?? '';
}

/** The texts of the facts; two that are called the same say at which stage they are. */
function said(facts: Facts, keys: readonly string[]): string {
  const own = keys.flatMap((key) => {
    const fact = facts.get(key);
    return fact && fact.text !== '' ? [{ key, ...fact }] : [];
  });
  // That a stage is there is said by its values, where these differ too.
  const spoken = own.filter(({ key }) => !key.endsWith(STAGE) || !own.some((one) => one.key !== key && placeOf(one.key) === placeOf(key)));
  const words = spoken.map(({ text }) => text.replace(/[\d.,]+/g, ''));
  return spoken
    .map(({ key, text }, i) => {
      const [kind = '', nth = ''] = placeOf(key).split('#');
      const again = words.some((word, j) => i !== j && word === words[i]);
      return again && nth !== '' ? `${kind} ${nth}: ${text}` : text;
    })
    .join(' · ');
}

function factsOf({ name, record: { experiment, backend } }: Nameable): Facts {
  const facts = new Map<string, Fact>();
  const own = (key: string, text: string, value = text, row?: Fact['row']) => facts.set(key, { value, text, ...(row ? { row } : {}) });
  own('name', name);
  blockFacts(facts, 'data', dataSettings, experiment.data);
  const checksum = `${experiment.data.checksum.slice(0, 8)}…`;
  if (experiment.data.checksum) own('data.checksum', `files ${checksum}`, experiment.data.checksum, ['data: checksum', checksum]);
  blockFacts(facts, 'model', modelSettings, experiment.model);
  const seen = new Map<string, number>();
  const on = experiment.stages.filter((stage) => stage.on);
  for (const stage of on) {
    const nth = (seen.get(stage.kind) ?? 0) + 1;
    seen.set(stage.kind, nth);
    const { settings, sentence } = stageDefinition(stage.kind);
    const place = `${stage.kind}#${nth}`;
    own(`${place}${STAGE}`, firstWords(stage.kind, sentence(stage)), 'there', [placeWords(place), 'yes']);
    blockFacts(facts, place, settings, stage);
  }
  const order = on.map(({ kind }) => kind);
  // Stages that are missing are said by themselves: only another order of the same ones is told here.
  own(`order of ${order.toSorted().join()}`, order.join(' → '), order.join(), ['order', order.join(' → ')]);
  own('seed', `seed ${experiment.seed}`, String(experiment.seed), ['seed', String(experiment.seed)]);
  if (backend) own('backend', BACKENDS[backend.name], backend.name, ['backend', BACKENDS[backend.name]]);
  return facts;
}

/** "quantize weights to 4 bits", "train 2,000 steps": how a stage is called that other runs do not have. */
function firstWords(kind: string, sentence: string): string {
  const [first = ''] = sentence.split(/, |; /);
  return first.startsWith(kind) ? first : `${kind} ${first}`;
}

function blockFacts(facts: Map<string, Fact>, place: string, table: readonly Setting[], values: Values): void {
  const owners = ownersOf(table, values);
  // Two methods of one block may both have bits.
  const isShared = table[0]?.type === 'method';
  for (const setting of activeSettings(table, values)) {
    const value = values[setting.key] ?? setting.default;
    const owner = isShared ? owners.get(setting) : undefined;
    const text = valueWords(setting, value, setting === table[0], owner);
    const label = [placeWords(place), ...(owner ? [inSentence(owner)] : []), inSentence(setting.label)].join(': ');
    const plain = typeof value === 'number' ? plainNumber(value) : shortLabel(settingText(setting, value));
    facts.set(`${place}.${owners.get(setting) ?? ''}${setting.key}`, { value: JSON.stringify(value), text, row: [label, plain] });
  }
}

/** "3 bits", "LSQ", "learning rate 0.01", "activations: 4 bits". @param head the first of its block, which needs no label */
function valueWords(setting: Setting, value: SettingValue, head: boolean, owner: string | undefined): string {
  const label = inSentence(setting.label);
  const words = wordsOf(setting, value, head, label);
  return owner === undefined ? words : `${inSentence(owner)}: ${words}`;
}

function wordsOf(setting: Setting, value: SettingValue, head: boolean, label: string): string {
  if (setting.type === 'flag') return value === true ? label : `no ${label}`;
  if (typeof value === 'number') {
    const unit = setting.type === 'number' ? (setting.unit ?? '') : '';
    const number = plainNumber(value);
    if (unit === label) return `${number} ${value === 1 ? unit.replace(/s$/, '') : unit}`;
    return [label, unit === '' ? number : `${number} ${unit}`].join(' ');
  }
  const text = shortLabel(settingText(setting, value));
  return head ? text : `${label} ${text}`;
}

/** "LSQ" for "Learned step (LSQ)": what is in brackets, where that is an abbreviation. */
function shortLabel(label: string): string {
  return /\(([A-Z][A-Za-z-]*[A-Z][A-Za-z-]*)\)$/.exec(label)?.[1] ?? label;
}

/** Keys in the order in which they are said: bits before the method that has them, the seed after the stages. */
function orderedKeys(facts: readonly Facts[]): readonly string[] {
  const all = [...new Set(facts.flatMap((own) => [...own.keys()]))];
  const last = (key: string) => ['order', 'seed', 'backend'].indexOf(key.split(' ')[0] ?? '') + 1;
  const place = (key: string) => (key.includes('#') ? placeOf(key) : '');
  const places = [...new Set(all.map(place))];
  const rank = (key: string) => (/\.(bits|steps)$/.test(key) ? 0 : 1);
  return all.toSorted((a, b) => last(a) - last(b) || places.indexOf(place(a)) - places.indexOf(place(b)) || rank(a) - rank(b));
}
