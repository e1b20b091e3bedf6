import type { BackendName, RunRecord } from '../types/events';

/**
 * A result that a link carries beside its experiment, so that it can be checked whether it reproduces:
 * `passport=<first 16 hex of the digest>.<accuracy × 10,000>.<backend>`.
 */
export interface Passport {
  /** The first 16 hexadecimal digits of the SHA-256 over model file and test predictions. */
  readonly digest: string;
  /** Test accuracy, 0 … 1, to four decimals. */
  readonly accuracy: number;
  readonly backend: BackendName;
}

export type Verdict = 'reproduced' | 'within' | 'differs';

export interface Judgement {
  readonly verdict: Verdict;
  /** Test accuracies, 0 … 1. */
  readonly promised: number;
  readonly found: number;
  /** Largest difference of accuracies that the rounding of another backend excuses, 0 … 1. */
  readonly tolerance: number;
  /** The arithmetic may round differently: another backend, or a GPU, of which there are many. */
  readonly otherArithmetic: boolean;
}

const DIGITS = 16;
const SCALE = 10_000;
/** Standard errors of a difference that still count as nothing. */
const ERRORS = 3;

/** The passport of a run, as a link writes it. */
export function passportText({ digest, testAccuracy, backend }: Pick<RunRecord, 'digest' | 'testAccuracy' | 'backend'>): string {
  return `${digest.slice(0, DIGITS)}.${Math.round(testAccuracy * SCALE)}.${backend.name}`;
}

/** Null if the text is no passport. */
export function parsePassport(text: string): Passport | null {
  const [, digest = '', accuracy = '', backend = ''] = /^([0-9a-f]{16})\.(\d{1,5})\.(webgpu|webgl|wasm|cpu)$/.exec(text) ?? [];
  if (digest === '' || Number(accuracy) > SCALE) return null;
  return { digest, accuracy: Number(accuracy) / SCALE, backend: backend as BackendName };
}

/**
 * Compares a run with a passport. The same digest is the same file and the same predictions, bit for bit. Where the arithmetic may
 * round differently, an accuracy within three standard errors of the difference of two measured shares on the test images,
 * 3 √(2 p (1 − p) / n), is taken for the same result; WebAssembly and plain JavaScript have to give the same bits.
 * @param images test images, at least 1
 */
export function judge(
  passport: Passport,
  record: Pick<RunRecord, 'digest' | 'testAccuracy' | 'backend' | 'backends'>,
  images: number,
): Judgement {
  const { accuracy: promised, backend } = passport;
  const found = record.testAccuracy;
  const p = (promised + found) / 2;
  const tolerance = Math.max(1 / images, ERRORS * Math.sqrt((2 * p * (1 - p)) / images));
  // A run that went from one backend to another has the rounding of both.
  const mixed = record.backends !== undefined;
  const otherArithmetic = mixed || backend !== record.backend.name || backend === 'webgpu' || backend === 'webgl';
  // What a passport says of the accuracy is rounded.
  const near = Math.abs(found - promised) <= tolerance + 0.5 / SCALE;
  const verdict = record.digest.startsWith(passport.digest) ? 'reproduced' : otherArithmetic && near ? 'within' : 'differs';
  return { verdict, promised, found, tolerance, otherArithmetic };
}
