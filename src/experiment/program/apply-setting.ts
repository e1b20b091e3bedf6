import { dataSettings } from '../methods/data';
import { modelSettings } from '../methods/models/registry';
import { sameBlock } from '../settings/block';
import { activeSettings, type Setting, settingByName, type Values } from '../settings/setting';
import { checkValue, flag, textToValue, valueText } from '../settings/value';
import { didYouMean, inSentence, oneOf, shown } from '../settings/wording';
import { isStageKind, stageDefinition, stageKinds } from '../stages/registry';
import type { Experiment } from '../types/experiment';
import { isChecksum, seedSetting } from '../types/experiment';
import { setDataValue, setField, setModelValue, setOwnData, setStageValue, toggleStage } from './edit';
import { isRepeat, roundsOf } from './tree';
import { STEP_LIMIT } from './unroll';

/** A setting that cannot be applied, as one sentence for the user. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/**
 * Applies one `path=value` of the command line. Paths: `seed`, `name`; `data.<key>`, `model.<key>`; `<kind>.<key>` for every stage of
 * a kind; `<n>.<key>` for the stage at position n, from 1. Keys are full or short. Unlike a link, nothing is repaired.
 * @throws SettingError saying what is allowed
 */
export function applySetting(experiment: Experiment, setting: string): Experiment {
  const at = setting.indexOf('=');
  if (at < 1) throw new SettingError(`A setting is written path=value, for example train.steps=500, not ${shown(setting)}.`);
  const path = setting.slice(0, at).trim();
  const text = setting.slice(at + 1);
  const dot = path.indexOf('.');
  if (dot < 0) return applyField(experiment, path, text);
  const block = path.slice(0, dot);
  const key = path.slice(dot + 1);
  if (block === 'data') return applyData(experiment, key, text);
  if (block === 'model') return applyModel(experiment, key, text);
  return stagesAt(experiment, block).reduce((held, index) => applyStage(held, index, key, text), experiment);
}

function applyField(experiment: Experiment, path: string, text: string): Experiment {
  if (path === 'name') return setField(experiment, 'name', text);
  if (path === 'seed') return setField(experiment, 'seed', checked(seedSetting, text));
  const hint = didYouMean(path, ['seed', 'name', ...stageKinds]);
  throw new SettingError(
    `${shown(path)} cannot be set; use seed, name, data.…, model.…, ${oneOf(stageKinds.map((k) => `${k}.…`))}.${hint}`,
  );
}

function applyData(experiment: Experiment, key: string, text: string): Experiment {
  const setting = active(dataSettings, experiment.data, key, 'The data block');
  const own = text.startsWith('own:') ? text.slice(4).toLowerCase() : undefined;
  if (setting.key !== 'dataset' || (own === undefined && text !== 'own')) {
    return setDataValue(experiment, setting.key, checked(setting, text));
  }
  if (!isChecksum(own)) throw new SettingError('Own files are named data.dataset=own:<checksum>, a checksum of 64 hexadecimal digits.');
  return setOwnData(experiment, own);
}

function applyModel(experiment: Experiment, key: string, text: string): Experiment {
  const setting = active(modelSettings, experiment.model, key, `The model ${experiment.model.id}`);
  const value = checked(setting, text);
  const next = setModelValue(experiment, setting.key, value);
  const asked = { ...experiment.model, [setting.key]: value } as Values;
  if (setting.key !== 'id' && !sameBlock(next.model, asked)) {
    throw new SettingError(
      `${setting.label} ${text} makes a network that does not fit: it has too many weights, or the images are too small.`,
    );
  }
  return next;
}

function applyStage(experiment: Experiment, index: number, key: string, text: string): Experiment {
  const stage = experiment.stages[index];
  if (!stage) return experiment;
  if (key === 'on') {
    const on = flag(text);
    if (on === undefined) throw new SettingError(`On must be yes or no, not ${shown(text)}.`);
    return on === stage.on ? experiment : othersKept(toggleStage(experiment, index), experiment);
  }
  const setting = active(stageDefinition(stage.kind).settings, stage, key, `Stage ${index + 1} (${stage.kind})`);
  const value = checked(setting, text);
  const next = setStageValue(experiment, index, setting.key, value);
  const now = next.stages[index]?.[setting.key];
  const bound = isRepeat(stage) || stageDefinition(stage.kind).mark !== undefined;
  if (!bound || now === value) return othersKept(next, experiment, index);
  throw new SettingError(`${setting.label} of stage ${index + 1} can be ${valueText(now ?? setting.default)} here, not ${text}.`);
}

/** @throws SettingError if another stage had to change: a repeat lost rounds, or a rewind is left with too few steps before it */
function othersKept(next: Experiment, before: Experiment, index = -1): Experiment {
  const lost = next.stages.some(
    (stage, i) => i !== index && roundsOf({ ...stage, on: true }) !== roundsOf({ ...(before.stages[i] ?? stage), on: true }),
  );
  if (lost) throw new SettingError(`A run has at most ${STEP_LIMIT} stages, each round counted.`);
  for (const [i, stage] of next.stages.entries()) {
    const asked = before.stages[i]?.to;
    if (i === index || stage.to === asked) continue;
    throw new SettingError(
      `Stage ${i + 1} goes back to step ${asked}, but only ${stage.to} steps would be trained before it; set its step first.`,
    );
  }
  return next;
}

/** Indices of the stages that `train` or `2` means. */
function stagesAt(experiment: Experiment, block: string): readonly number[] {
  const { stages } = experiment;
  if (/^\d+$/.test(block)) {
    const index = Number(block) - 1;
    if (!stages[index]) throw new SettingError(`There is no stage ${block}; the program has ${stages.length}.`);
    return [index];
  }
  if (!isStageKind(block)) {
    const names = ['data', 'model', ...stageKinds];
    throw new SettingError(`${shown(block)} is not a block; use ${oneOf(names)}, or the position of a stage.${didYouMean(block, names)}`);
  }
  const found = stages.flatMap((stage, i) => (stage.kind === block ? [i] : []));
  if (found.length === 0) throw new SettingError(`The program has no ${block} stage.`);
  return found;
}

/** The setting of this full or short key, if it exists for the block's values. */
function active(table: readonly Setting[], block: Values, name: string, where: string): Setting {
  const present = activeSettings(table, block);
  const known = settingByName(table, name);
  const setting = present.find((p) => p.key === (known?.key ?? name));
  if (setting) return setting;
  const keys = present.map((p) => p.key);
  if (known) throw new SettingError(`${where} has no ${inSentence(known.label)} with its current settings; it has ${keys.join(', ')}.`);
  throw new SettingError(`${where} has no ${shown(name)}; it has ${keys.join(', ')}.${didYouMean(name, keys)}`);
}

function checked(setting: Setting, text: string): unknown {
  const given = textToValue(setting, text);
  const { value, complaint } = checkValue(setting, given);
  if (complaint === null) return value;
  throw new SettingError(`${setting.label} ${complaint}.`);
}
