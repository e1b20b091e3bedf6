import { setField } from '../../experiment/program/edit';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import { HelpLabel } from '../../ui/help';
import { NumberField } from '../../ui/number-field';
import './seed-row.css';

const HELP = 'Determines every random choice: initial weights, order of the images, validation split. The same seed gives the same run.';

/** The seed, to be read and typed. */
export function SeedRow() {
  const experiment = useExperiment((s) => s.experiment);
  return (
    <div className="seed-row">
      <HelpLabel title="Seed" help={HELP} />
      <NumberField
        label="Seed"
        value={experiment.seed}
        min={0}
        max={2 ** 32 - 1}
        step={1}
        integer
        onChange={(seed) => edit(setField(experiment, 'seed', seed))}
      />
    </div>
  );
}
