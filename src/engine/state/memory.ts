import type { Arrays, Mark } from '../../experiment/types/model-state';
import type { StorageChoice } from '../../numerics/container/store-tensor';
import { initialValues } from '../network/initialize';
import type { Network } from '../network/network';

/** What a run remembers beside its model: part of every checkpoint. */
export interface Memory {
  /** By name. */
  outcomes: Arrays;
  marks: readonly Mark[];
  /** How the file writes the tensors. */
  storage: StorageChoice;
}

export function emptyMemory(): Memory {
  return { outcomes: {}, marks: [], storage: {} };
}

/** Remembers the latent values of this moment. @param step training steps of the run that are done */
export async function mark(memory: Memory, network: Network, step: number): Promise<void> {
  if (step > 0 && !memory.marks.some((known) => known.step === step))
    memory.marks = [...memory.marks, { step, parameters: await network.read() }];
}

/**
 * The latent values after this many training steps: the initial ones follow from the seed, others were marked. A parameter that there
 * was not yet begins with its initial values.
 * @returns undefined if that moment was not marked
 */
export function valuesAt({ marks }: Memory, { parameters, seed }: Network, step: number): Arrays | undefined {
  // After a rewrite the initial values are a mark too: they were rewritten with the others.
  const known = marks.find((own) => own.step === step)?.parameters ?? (step === 0 ? {} : undefined);
  if (!known) return undefined;
  return Object.fromEntries(
    parameters.map(({ spec, latent }) => {
      const values = known[spec.name];
      return [spec.name, values?.length === latent.size ? values : initialValues(spec, spec.stream, seed)];
    }),
  );
}
