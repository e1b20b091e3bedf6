import { stepName } from '../../experiment/program/unroll';
import { inTitle, plainNumber } from '../../experiment/settings/wording';
import { masked } from '../parametrizations/mask';
import { readStates } from '../parametrizations/parametrization';
import { keptOf } from '../parametrizations/stack';
import { valuesAt } from '../state/memory';
import type { StageImplementation } from './stage';

/** Sets the latent values back; what masks removed stays 0. */
export const rewindStage: StageImplementation = {
  async *run(stage, { network, memory, index, experiment, stepsBefore }) {
    const step = Number(stage.to);
    const values = valuesAt(memory, network, step);
    if (!values) {
      yield {
        type: 'failed',
        message: `${inTitle(stepName(experiment.stages, index))} would go back to step ${plainNumber(step)}, but the run has done only ${plainNumber(stepsBefore)} steps by then.`,
        advice: 'Choose an earlier step, or train for longer before it.',
      };
      return { steps: 0, completed: false };
    }
    for (const { spec, parametrizations } of network.parameters) {
      const kept = keptOf(parametrizations, await readStates(parametrizations));
      const own = values[spec.name] ?? new Float32Array();
      network.write({ [spec.name]: kept ? masked(own, kept) : own });
    }
    return { steps: 0, completed: true };
  },
};
