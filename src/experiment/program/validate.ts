import { dataSettings, datasetShape } from '../methods/data';
import { fittingModel, modelProblem, modelSettings } from '../methods/models/registry';
import { isRecord, parseBlock, type Report } from '../settings/block';
import { activeSettings } from '../settings/setting';
import { checkValue, complaintSentence, valueText } from '../settings/value';
import { didYouMean, inSentence, oneOf, plainNumber, shown } from '../settings/wording';
import { isStageKind, stageDefinition, stageKinds } from '../stages/registry';
import {
  cleanName,
  type DataBlock,
  EXPERIMENT_VERSION,
  type Experiment,
  isChecksum,
  type ModelBlock,
  NAME_LENGTH,
  STAGE_LIMIT,
  type Stage,
  seedSetting,
} from '../types/experiment';
import { defaultExperiment, defaultStage } from './defaults';
import { enclosing, withinReach, withinSteps } from './repair';
import { removedStage } from './reshape';
import { programTree, stageEnds } from './tree';
import { countSteps, STEP_LIMIT } from './unroll';

/** An invalid value, reported to the user. */
export interface Problem {
  /** Where: 'seed', 'model', 'stage 2 · bits'. */
  readonly field: string;
  /** One sentence: what is allowed, what was given, what is used instead. */
  readonly message: string;
}

/** More problems than this are counted, not listed. */
const PROBLEM_LIMIT = 20;

/**
 * The nearest valid experiment to anything at all, and what had to be changed. Missing parts get their defaults without a report.
 * Never throws; reads own properties only.
 */
export function parseExperiment(json: unknown): { readonly experiment: Experiment; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const report: Report = (field, message) => problems.push({ field, message });
  const experiment = isRecord(json) ? parseRecord(json, report) : defaultExperiment();
  if (!isRecord(json))
    report('experiment', `An experiment is an object with data, model and stages, not ${shown(json)}; the default is used instead.`);
  return { experiment, problems: limited(problems) };
}

/** The first problems, and how many there were beyond. */
export function limited(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= PROBLEM_LIMIT) return problems;
  const more = problems.length - PROBLEM_LIMIT;
  return [...problems.slice(0, PROBLEM_LIMIT), { field: 'experiment', message: `And ${more} more problems.` }];
}

function parseRecord(json: Readonly<Record<string, unknown>>, report: Report): Experiment {
  const get = (key: string) => (Object.hasOwn(json, key) ? json[key] : undefined);
  const fallback = defaultExperiment();
  const known = Object.keys(fallback);
  checkVersion(get('version'), report);
  for (const key of Object.keys(json)) {
    if (!known.includes(key)) report(key.slice(0, 40), `${shown(key)} is unknown; it is ignored.${didYouMean(key, known)}`);
  }
  const data = parseData(get('data'), report);
  return {
    version: EXPERIMENT_VERSION,
    name: parseName(get('name'), report),
    seed: parseSeed(get('seed'), report),
    data,
    model: parseModel(get('model'), data, report),
    stages: parseStages(get('stages'), fallback.stages, report),
  };
}

function checkVersion(version: unknown, report: Report): void {
  if (version === undefined || version === EXPERIMENT_VERSION) return;
  if (typeof version === 'number' && version > EXPERIMENT_VERSION) {
    const message = `This experiment comes from a newer Fewbits (version ${version}; this one reads ${EXPERIMENT_VERSION}); the known parts were loaded.`;
    report('version', message);
  } else {
    report('version', `The version must be ${EXPERIMENT_VERSION}, not ${shown(version)}; ${EXPERIMENT_VERSION} is used instead.`);
  }
}

function parseName(name: unknown, report: Report): string {
  if (name === undefined) return '';
  if (typeof name !== 'string') {
    report('name', `The name must be text, not ${shown(name)}; it is left empty.`);
    return '';
  }
  const clean = cleanName(name);
  if (Array.from(name).length > NAME_LENGTH) report('name', `The name may have at most ${NAME_LENGTH} characters; the rest is cut off.`);
  return clean;
}

function parseSeed(seed: unknown, report: Report): number {
  if (seed === undefined) return seedSetting.default;
  const checked = checkValue(seedSetting, seed);
  if (checked.complaint !== null) report('seed', complaintSentence(seedSetting, seed, checked));
  return checked.value as number;
}

function parseData(given: unknown, report: Report): DataBlock {
  const record = asRecord('data', given, report);
  const inData: Report = (field, message) => report(`data · ${field}`, message);
  const block = parseBlock(dataSettings, record, ['checksum'], inData);
  const raw = Object.hasOwn(record, 'checksum') ? record.checksum : '';
  const checksum = typeof raw === 'string' ? raw.toLowerCase() : raw;
  if (block.dataset !== 'own') {
    if (checksum !== '') inData('checksum', 'Only own files have a checksum; it is ignored.');
    return { ...block, checksum: '' } as DataBlock;
  }
  if (isChecksum(checksum)) return { ...block, checksum } as DataBlock;
  inData('checksum', `Own files are named by a checksum of 64 hexadecimal digits, not ${shown(raw)}; MNIST is used instead.`);
  return { ...block, dataset: 'mnist', checksum: '' } as DataBlock;
}

function parseModel(given: unknown, data: DataBlock, report: Report): ModelBlock {
  const record = asRecord('model', given, report);
  const block = parseBlock(modelSettings, record, [], (field, message) => report(`model · ${field}`, message)) as ModelBlock;
  const shape = datasetShape(data.dataset);
  if (!shape) return block;
  const fitting = fittingModel(block, shape.input, shape.classes);
  if (fitting !== block) {
    const changed = activeSettings(modelSettings, fitting)
      .filter(({ key }) => fitting[key] !== block[key])
      .map(({ key, label }) => `${inSentence(label)} ${valueText(fitting[key] ?? '')}`);
    report('model', `${modelProblem(block, shape.input, shape.classes)} Used instead: ${changed.join(', ')}.`);
  }
  return fitting;
}

function parseStages(given: unknown, fallback: readonly Stage[], report: Report): readonly Stage[] {
  if (given === undefined) return fallback;
  if (!Array.isArray(given)) {
    report('stages', `Stages must be a list, not ${shown(given)}; the default program is used instead.`);
    return fallback;
  }
  if (given.length > STAGE_LIMIT) {
    report('stages', `An experiment may have at most ${STAGE_LIMIT} stages, not ${given.length}; only the first ${STAGE_LIMIT} are used.`);
  }
  return program(
    given.slice(0, STAGE_LIMIT).map((stage, i) => parseStage(stage, `stage ${i + 1}`, report)),
    report,
  );
}

function parseStage(given: unknown, where: string, report: Report): Stage | null {
  const record = isRecord(given) ? given : {};
  const kind = Object.hasOwn(record, 'kind') ? record.kind : undefined;
  if (typeof kind !== 'string' || !isStageKind(kind)) {
    const near = typeof kind === 'string' ? didYouMean(kind, stageKinds) : '';
    const what = isRecord(given) ? kind : given;
    report(where, `The kind of a stage must be ${oneOf(stageKinds)}, not ${shown(what)}; the stage is ignored.${near}`);
    return null;
  }
  const inStage: Report = (field, message) => report(`${where} · ${field}`, message);
  const on = Object.hasOwn(record, 'on') ? record.on : true;
  if (typeof on !== 'boolean') inStage('on', `On must be yes or no, not ${shown(on)}; yes is used instead.`);
  const block = parseBlock(stageDefinition(kind).settings, record, ['kind', 'on'], inStage);
  return { kind, on: on !== false, ...block };
}

function asRecord(field: string, given: unknown, report: Report): Readonly<Record<string, unknown>> {
  if (given === undefined) return {};
  if (isRecord(given)) return given;
  report(field, `The ${field} must be an object, not ${shown(given)}; the default is used instead.`);
  return {};
}

/** The nearest program to a list of stages, each valid by itself. @param given null for a stage that could not be read */
export function program(given: readonly (Stage | null)[], report: Report): readonly Stage[] {
  // A stage that could not be read still counts among those that are repeated.
  const list = given.map((stage) => stage ?? unread);
  reportEnds(list, report);
  const enclosed = enclosing(list);
  const read = enclosed.reduceRight((held, stage, i) => (stage === unread ? (removedStage(held, i) ?? held) : held), enclosed);
  const fitting = withinSteps(read);
  for (const [i, stage] of fitting.entries()) {
    if (stage === read[i]) continue;
    const steps = plainNumber(countSteps(programTree(read)));
    report(
      `stage ${i + 1} · rounds`,
      `A run has at most ${STEP_LIMIT} stages, each round counted, not ${steps}; rounds ${stage.rounds} is used instead.`,
    );
  }
  const reached = withinReach(fitting);
  for (const [i, stage] of reached.entries()) {
    const asked = fitting[i];
    if (asked && stage !== asked) report(`stage ${i + 1} · back to step`, beyondReach(i, asked, stage));
  }
  return reached;
}

function beyondReach(index: number, asked: Stage, { to }: Stage): string {
  const trained = to === 0 ? 'no steps are' : to === 1 ? 'only 1 step is' : `only ${plainNumber(Number(to))} steps are`;
  return `Stage ${index + 1} goes back to step ${plainNumber(Number(asked.to))}, but ${trained} trained before it; ${to} is used instead.`;
}

const unread: Stage = defaultStage('train');

/** Reports repeats that name more stages than exist. */
function reportEnds(list: readonly Stage[], report: Report): void {
  for (const [i, end] of stageEnds(list).entries()) {
    const stage = list[i];
    const named = stage && stageDefinition(stage.kind).repeats?.(stage).of;
    const there = end - i - 1;
    if (named === undefined || named <= there) continue;
    const where = `stage ${i + 1}`;
    if (there === 0) report(where, 'A repeat needs a stage after it; this one is ignored.');
    else report(`${where} · stages repeated`, `Stages repeated can be at most ${there} here, not ${named}; ${there} is used instead.`);
  }
}
