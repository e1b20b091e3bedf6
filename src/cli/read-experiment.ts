import { readFile } from 'node:fs/promises';
import { intendedFragment } from '../experiment/link/mangled';
import { fromFragment } from '../experiment/link/url';
import { applySetting } from '../experiment/program/apply-setting';
import { presetById, presets } from '../experiment/program/presets';
import { type Problem, parseExperiment } from '../experiment/program/validate';
import { didYouMean } from '../experiment/settings/wording';
import type { Experiment } from '../experiment/types/experiment';
import { fileProblem, UsageError } from './problems';

export interface ReadExperiment {
  readonly experiment: Experiment;
  /** Sentences about what was changed without changing the run. */
  readonly warnings: readonly string[];
}

/**
 * The experiment that a JSON file, a URL (or its fragment) or a preset's name means, with the settings applied in order.
 * @param others names that the command takes besides those of presets, for the sentence that there is no such name
 * @throws UsageError where the page would load the nearest valid experiment: a command must run what was asked or nothing
 */
export async function readExperiment(source: string, settings: readonly string[], others: readonly string[] = []): Promise<ReadExperiment> {
  const { experiment, problems } = await read(source, others);
  const serious = problems.filter((problem) => !isCosmetic(problem));
  const [first] = serious;
  if (first) {
    const more = serious.length > 1 ? ` (${serious.length - 1} more like this.)` : '';
    throw new UsageError(`${refusal(first)}${more}`);
  }
  return { experiment: settings.reduce(set, experiment), warnings: problems.map((problem) => problem.message) };
}

async function read(
  source: string,
  others: readonly string[],
): Promise<{ readonly experiment: Experiment; readonly problems: readonly Problem[] }> {
  const preset = presetById(source);
  if (preset) return { experiment: preset.experiment, problems: [] };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) {
    if (intendedFragment(source) === '') throw new UsageError('This URL contains no experiment: nothing follows a #.');
    return fromFragment(source);
  }
  if (/^(#|\?|%23)|^v(=|%3D)\d/i.test(source)) return fromFragment(source);
  return parseExperiment(await readJson(source, others));
}

async function readJson(path: string, others: readonly string[]): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (/[./\\]/.test(path)) throw new UsageError(`${path} cannot be read: ${fileProblem(error)}.`);
    const ids = [...others, ...presets.map((preset) => preset.id)];
    throw new UsageError(`There is no preset called "${path}".${didYouMean(path, ids) || ` There are ${ids.join(', ')}.`}`);
  }
  try {
    return withoutRecord(JSON.parse(text));
  } catch {
    throw new UsageError(`${path} is not JSON.`);
  }
}

/** A file written by `--out` holds the experiment inside the record of its run: it may be run again as it is. */
function withoutRecord(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('digest' in json) || !('experiment' in json)) return json;
  return json.experiment;
}

function set(experiment: Experiment, setting: string): Experiment {
  try {
    return applySetting(experiment, setting);
  } catch (error) {
    throw new UsageError(`--set ${setting}: ${reason(error)}`);
  }
}

/** A title that was too long or of the wrong kind changes no number. */
function isCosmetic(problem: Problem): boolean {
  return problem.field === 'name';
}

/** The sentence without its "… is used instead", which is true of the page only. */
function refusal({ field, message }: Problem): string {
  return `${field}: ${message.replace(/; [^;]*?(?:instead|ignored|left empty|cut off|are used|were loaded)\./, '.')}`;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
