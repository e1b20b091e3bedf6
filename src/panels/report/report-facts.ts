import { dataSettings } from '../../experiment/methods/data';
import { modelDefinition } from '../../experiment/methods/models/registry';
import { stageOfStep } from '../../experiment/program/unroll';
import { fromBase64 } from '../../experiment/results/base64';
import type { KeptRun } from '../../experiment/results/kept-run';
import { inSentence } from '../../experiment/settings/wording';
import type { StageSummary } from '../../experiment/types/events';
import type { DataBlock, Stage } from '../../experiment/types/experiment';
import type { Ledger, LedgerPart } from '../../numerics/measures/ledger';
import { percent, plural } from '../../numerics/measures/number-words';
import { backendLabel, datasetLabel } from '../labels';

/** Sentences of a report, from a saved run alone. */

/** Where the run comes from. */
export function originSentence(run: KeptRun): string {
  return [ranSentence(run), recordedSentence(run)].filter(Boolean).join(' ');
}

/** Of a run that continued a recorded one; '' for others. */
function recordedSentence({ record: { recorded } }: KeptRun): string {
  if (!recorded) return '';
  const { stages, recordedAt, backend, commit } = recorded;
  const what = stages === 1 ? 'Its first stage was not trained here but' : `Its first ${stages} stages were not run here but`;
  return `${what} taken from a recording of ${recordedAt.slice(0, 10)}, made with ${backendLabel(backend)}${commit ? ` at commit ${commit}` : ''}.`;
}

function ranSentence({ origin, command, commit, sweep }: KeptRun): string {
  const part = sweep ? `, run ${sweep.index + 1} from a sweep` : '';
  if (origin === 'live') return `Run live in this browser${part}.`;
  if (origin === 'imported') return `Imported from a file${part}.`;
  return `Recorded earlier${command ? ` by ${command}` : ' by the command line'}${commit ? `, at commit ${commit}` : ''}${part}.`;
}

/** "MNIST, pixels standardized; tested on 10,000 images." */
export function dataSentence({ dataset, normalize, checksum }: DataBlock, predicted: string): string {
  const table = dataSettings.find(({ key }) => key === 'normalize');
  const option = table?.type === 'choice' ? table.options.find(({ value }) => value === normalize) : undefined;
  const images = imageCount(predicted);
  return [
    `${datasetLabel(dataset)}, pixels ${inSentence(option?.label ?? normalize)}`,
    ...(checksum ? [`SHA-256 ${checksum}`] : []),
    ...(images > 0 ? [`tested on ${plural(images, 'image')}`] : []),
  ]
    .join('; ')
    .concat('.');
}

/** "LeNet-300-100: 266,200 weights in fc1, fc2 and fc3." */
export function modelSentence({ record, weights }: KeptRun): string {
  const names = weights?.map(({ layer }) => layer) ?? [];
  const where = names.length > 1 ? ` in ${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.length === 1 ? ` in ${names[0]}` : '';
  return `${modelDefinition(record.experiment.model.id).label}: ${plural(record.ledger.weights, 'weight')}${where}.`;
}

/** "The last step left unchanged: fc1/kernel 12.0 %"; '' where nothing was counted. */
export function unchangedSentence({ zeroUpdates }: StageSummary): string {
  const shares = Object.entries(zeroUpdates ?? {}).map(([name, share]) => `${name} ${percent(share)}`);
  return shares.length > 0 ? `The last step left unchanged: ${shares.join(', ')}.` : '';
}

/** How to make the run again. `command` is null where the command line cannot. */
export interface Remake {
  readonly command: string | null;
  readonly words: string;
}

export function remake({ record }: KeptRun): Remake {
  const { experiment, backend, url } = record;
  const { dataset } = experiment.data;
  if (dataset !== 'mnist' && dataset !== 'cifar10') {
    return { command: null, words: 'Open the link, give the page the files with the checksum above, and press Play.' };
  }
  if (backend.name === 'webgl') return { command: null, words: 'Open the link with &backend=webgl at its end, and press Play.' };
  // A link holds no apostrophe: the shell takes it as it is.
  const command = `npm run -s lab -- run '${url}'${backend.name === 'wasm' ? '' : ` --backend ${backend.name}`}`;
  const same = 'gives the same model file, predictions and digest';
  return {
    command,
    words:
      backend.name === 'webgpu'
        ? `In a copy of Fewbits, with the optional package webgpu; or open the link and press Play. The same GPU ${same}; another one may round differently.`
        : `In a copy of Fewbits; or open the link and press Play. It ${same}.`,
  };
}

/** The parts of the file that take room, with their sum in bits; `problem` where it is not the length of the file. */
export function ledgerRows({ parts, totalBits }: Ledger): {
  readonly rows: readonly LedgerPart[];
  readonly sum: number;
  readonly problem: string;
} {
  const rows = parts.filter(({ bits }) => bits > 0);
  const sum = rows.reduce((all, { bits }) => all + bits, 0);
  return {
    rows,
    sum,
    problem: sum === totalBits ? '' : `The parts do not add up to the ${plural(totalBits, 'bit')} recorded for the file.`,
  };
}

/** Steps of the run at which each of its stages began. */
export function stageStarts(
  stages: readonly StageSummary[],
  program: readonly Stage[] = [],
): readonly { readonly place: number; readonly from: number }[] {
  let from = 0;
  return stages.map(({ stage, steps }) => {
    const start = { place: stageOfStep(program, stage) + 1, from };
    from += steps;
    return start;
  });
}

/** Test images; 0 if the predictions were not saved. */
function imageCount(predicted: string): number {
  try {
    return fromBase64(predicted).length;
  } catch {
    return 0;
  }
}
