import type { NumberSetting, Values } from '../settings/setting';

/** The URL and JSON format's version. Defaults belong to a version: changing one means a new version and a migration. */
export const EXPERIMENT_VERSION = 1;

/**
 * An experiment: what to run, as plain data. Immutable, validated, fits in a URL.
 * `data`, `model` and every stage are blocks of values, each described by a setting table.
 */
export interface Experiment {
  readonly version: typeof EXPERIMENT_VERSION;
  /** A person's own title, '' for none. */
  readonly name: string;
  /** 0 … 2^32 − 1. Keys every random stream. */
  readonly seed: number;
  readonly data: DataBlock;
  readonly model: ModelBlock;
  /** The program, a tree in preorder: a repeat encloses the stages after it (program/tree). What runs is program/unroll. */
  readonly stages: readonly Stage[];
}

export type Normalization = 'raw' | 'unit' | 'standard';

export interface DataBlock extends Values {
  /** 'mnist', 'cifar10' or 'own'. */
  readonly dataset: string;
  /** raw 0–255, unit [0,1], standard (zero mean and unit variance per channel of the training images). */
  readonly normalize: Normalization;
  /** SHA-256 (hex) of own data; '' unless dataset is 'own'. */
  readonly checksum: string;
}

export interface ModelBlock extends Values {
  readonly id: string;
}

export interface Stage extends Values {
  /** One of the kinds in stages/registry. */
  readonly kind: string;
  /** A stage that is switched off stays in the program and is skipped. */
  readonly on: boolean;
}

export interface TrainStage extends Stage {
  readonly kind: 'train';
  readonly steps: number;
  readonly batch: number;
  /** 'sgd' | 'momentum' | 'adam' | 'rmsprop', with the method's own settings: lr, momentum, beta1, beta2, decay, epsilon. */
  readonly optimizer: string;
  readonly lr: number;
  /** 'cross-entropy' | 'squared-hinge'. */
  readonly loss: string;
  /** 'constant' | 'step' | 'two-drops' | 'cosine' | 'exponential', with dropEvery, dropFactor, firstDrop …, floor or endFactor. */
  readonly schedule: string;
  /** Linear warm-up, in steps. */
  readonly warmup: number;
  /** L2 term added to the gradient of weights (not biases, not batch norm). */
  readonly weightDecay: number;
  /** λ of Σ|w|; 0 for none. */
  readonly l1: number;
  readonly l1Step: 'penalty' | 'proximal';
  /** Times the root mean square of its array: below, the gradient of a weight counts as 0. */
  readonly gradientThreshold: number;
  /** Steps between validations; 0 validates at the end only. */
  readonly evaluateEvery: number;
  /** Stop when validation accuracy reaches this percentage; 0 never. */
  readonly target: number;
  /** Whether to note the step of lowest validation loss. */
  readonly best: boolean;
  /** Key of the batch order; 0 follows the experiment's seed. */
  readonly orderSeed: number;
}

export interface QuantizeStage extends Stage {
  readonly kind: 'quantize';
  /** Quantizer of the weights; brings its own settings. */
  readonly method: string;
  /** 'float' | 'uniform' | 'same'. */
  readonly biases: string;
  /** Quantizer of every linear layer's input, or 'none'. */
  readonly activations: string;
  /** Quantizer of the gradients that flow back, or 'none'. */
  readonly gradients: string;
  /** Layers left in full precision: 'none' | 'first' | 'last' | 'both' | 'dense'. */
  readonly exempt: string;
  /** Training steps before the quantizers take hold. */
  readonly delay: number;
  /** Whether batch norm is merged into the layer before it. */
  readonly fold: boolean;
}

/** The fields of an experiment that are not blocks. */

/** Longest title, in characters. */
export const NAME_LENGTH = 100;
/** Most stages of one experiment. */
export const STAGE_LIMIT = 24;

export const seedSetting: NumberSetting = {
  type: 'number',
  key: 'seed',
  short: 'seed',
  label: 'Seed',
  help: 'Determines all random numbers: initial weights, order of the images, split, dropout. The same seed gives the same run.',
  default: 42,
  min: 0,
  max: 4_294_967_295,
  step: 1,
  integer: true,
  control: 'field',
};

/** A title as an experiment may hold it: one line, whole characters only, not too long, nothing invisible at its end. */
export function cleanName(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const line = text.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, ' ');
  const characters = Array.from(line);
  const short = characters.length > NAME_LENGTH ? characters.slice(0, NAME_LENGTH).join('') : line;
  // Programs that share links put these behind them.
  return short.replace(/[\u200b\u2060\ufeff]+$/, '');
}

/** True for the checksum of own data: SHA-256 in lower-case hexadecimal. */
export function isChecksum(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}
