import { dataSettings } from '../methods/data';
import { modelSettings } from '../methods/models/registry';
import { limited, type Problem, parseExperiment } from '../program/validate';
import { sameValue } from '../settings/block';
import { activeSettings, type Setting, settingByName, type Values } from '../settings/setting';
import { flag, textToValue, valueToText } from '../settings/value';
import { didYouMean, shown } from '../settings/wording';
import { isStageKind, stageDefinition, stageKinds } from '../stages/registry';
import { EXPERIMENT_VERSION, type Experiment, seedSetting } from '../types/experiment';
import { cleaned, encodeTitle, intendedFragment } from './mangled';

/**
 * An experiment as the fragment of a URL, written so that a person can read and change it:
 *
 *   v=1&d=mnist&m=lenet-300-100&train=steps:500,lr:0.01&quantize=bits:3
 *
 * `v` format version, `d` data, `m` model, `seed`, `n` title, then the stages in order, each under its kind. Inside a block,
 * `key:value` pairs with the short keys of the tables; what is not written is at its default. `off` marks a stage that is switched
 * off, `own:<checksum>` one's own data. A repeat comes before the stages that it encloses: `repeat=rounds:5,of:3&train&prune&rewind`.
 * Without `v` and without stages the program is that of the default experiment.
 */

/** Keys that belong to the interface; what starts with one of them is handed back unread. */
const INTERFACE_KEYS = [
  'backend',
  'file',
  'front',
  'hide',
  'lab',
  'lesson',
  'passport',
  'pipeline',
  'present',
  'runs',
  'sweep',
  'theme',
  'tickets',
];

/** The fragment of an experiment, without '#'. `fromFragment` reads it back to an equal experiment. */
export function toFragment(experiment: Experiment): string {
  const { data, model, seed, name, stages } = experiment;
  const dataset = data.dataset === 'own' ? `own:${data.checksum}` : data.dataset;
  const parts = [`v=${EXPERIMENT_VERSION}`, `d=${[dataset, ...pairs(dataSettings, data, 'dataset')].join(',')}`];
  parts.push(`m=${[model.id, ...pairs(modelSettings, model, 'id')].join(',')}`);
  if (seed !== seedSetting.default) parts.push(`seed=${seed}`);
  if (name !== '') parts.push(`n=${encodeTitle(name)}`);
  for (const stage of stages) {
    const items = pairs(stageDefinition(stage.kind).settings, stage);
    if (!stage.on) items.unshift('off');
    parts.push(items.length ? `${stage.kind}=${items.join(',')}` : stage.kind);
  }
  return parts.join('&');
}

function pairs(table: readonly Setting[], block: Values, head?: string): string[] {
  return activeSettings(table, block)
    .filter((setting) => setting.key !== head && !sameValue(block[setting.key], setting.default))
    .map((setting) => `${setting.short}:${valueToText(block[setting.key] ?? setting.default)}`);
}

/**
 * The nearest valid experiment to a fragment, with or without '#', or to a whole URL, also as messengers change them; what had to be
 * changed; and the keys that belong to the interface. Never throws.
 */
export function fromFragment(fragment: string): {
  readonly experiment: Experiment;
  readonly problems: readonly Problem[];
  readonly rest: Readonly<Record<string, string>>;
} {
  const problems: Problem[] = [];
  const rest: [string, string][] = [];
  const raw: Record<string, unknown> = {};
  const stages: unknown[] = [];
  for (const [key, text] of entriesOf(fragment)) {
    if (isStageKind(key)) stages.push(readStage(key, text, `stage ${stages.length + 1}`, problems));
    else if (INTERFACE_KEYS.some((reserved) => key.startsWith(reserved))) rest.push([key, text]);
    else if (!readField(raw, key, text, problems)) problems.push(stranger(key));
  }
  if (stages.length > 0 || Object.hasOwn(raw, 'version')) raw.stages = stages;
  const parsed = parseExperiment(raw);
  // A newer version explains the others, so it comes first.
  const all = [...problems, ...parsed.problems].sort((a, b) => Number(b.field === 'version') - Number(a.field === 'version'));
  return { experiment: parsed.experiment, problems: limited(all), rest: Object.fromEntries(rest) };
}

/** Keys and values of a link. A title stays as it is, anything else is freed from what is not of the link. */
function entriesOf(link: string): readonly (readonly [string, string])[] {
  return intendedFragment(link)
    .split('&')
    .map((part): [string, string] => {
      const at = part.indexOf('=');
      const key = cleaned(decode(at < 0 ? part : part.slice(0, at)));
      const text = at < 0 ? '' : decode(part.slice(at + 1));
      return [key, key === 'n' ? text : cleaned(text)];
    })
    .filter(([key, text]) => key !== '' || text !== '');
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Reads one top-level key into the raw experiment; false if there is no such key. */
function readField(raw: Record<string, unknown>, key: string, text: string, problems: Problem[]): boolean {
  switch (key) {
    case 'v':
      raw.version = /^\d{1,9}$/.test(text) ? Number(text) : text;
      return true;
    case 'd': {
      const [head = '', ...items] = text.split(',');
      const [dataset = '', checksum = ''] = head.split(':');
      raw.data = { ...readItems(dataSettings, items, 'data', 'dataset', problems), dataset, checksum };
      return true;
    }
    case 'm': {
      const [id = '', ...items] = text.split(',');
      raw.model = { ...readItems(modelSettings, items, 'model', 'id', problems), id };
      return true;
    }
    case 'seed':
      raw.seed = textToValue(seedSetting, text);
      return true;
    case 'n':
      raw.name = text;
      return true;
    default:
      return false;
  }
}

function readStage(kind: string, text: string, where: string, problems: Problem[]): unknown {
  const items = text.split(',');
  const values = readItems(
    stageDefinition(kind).settings,
    items.filter((item) => item !== 'off' && item !== 'on'),
    where,
    'kind',
    problems,
  );
  const written = values.on;
  const on = typeof written === 'string' ? (flag(written) ?? written) : !items.includes('off');
  return { ...values, kind, on };
}

/** A comma also separates: the second half of lr:0,01 is found by itself, and put back behind a point. */
function withDecimals(items: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const item of items) {
    const before = joined.at(-1);
    if (before !== undefined && /:-?\d+$/.test(before) && /^\d+(e-?\d+)?$/i.test(item)) joined[joined.length - 1] = `${before}.${item}`;
    else joined.push(item);
  }
  return joined;
}

/** `head` is the key of the value before the pairs: it must not be written twice. */
function readItems(
  table: readonly Setting[],
  items: readonly string[],
  where: string,
  head: string,
  problems: Problem[],
): Record<string, unknown> {
  const entries = withDecimals(items.map((item) => item.trim()).filter((item) => item !== '')).flatMap((item): [string, unknown][] => {
    const at = item.indexOf(':');
    if (at < 0) {
      problems.push({ field: where, message: `${shown(item)} has no value; it is ignored. Write values like steps:500.` });
      return [];
    }
    const name = item.slice(0, at).trim();
    const text = item.slice(at + 1).trim();
    const setting = settingByName(table, name);
    if (name === head || setting?.key === head) {
      problems.push({ field: `${where} · ${name}`, message: `${shown(name)} is unknown; it is ignored.` });
      return [];
    }
    return [[setting?.key ?? name, setting ? textToValue(setting, text) : text]];
  });
  return Object.fromEntries(entries);
}

function stranger(key: string): Problem {
  const near = didYouMean(key, [...stageKinds, 'seed', ...INTERFACE_KEYS]);
  return { field: key.slice(0, 40), message: `${shown(key)} in the link is unknown; it is ignored.${near}` };
}
