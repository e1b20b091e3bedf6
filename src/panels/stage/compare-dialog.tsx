import { useState } from 'react';
import { changeOnly, sameValue } from '../../experiment/settings/block';
import { activeParameters, type Parameter, type ParameterValue } from '../../experiment/settings/setting';
import { valueText } from '../../experiment/settings/value';
import { inSentence } from '../../experiment/settings/wording';
import { stageDefinition } from '../../experiment/stages/registry';
import type { Stage } from '../../experiment/types/experiment';
import { useExperiment } from '../../state/experiment/experiment-store';
import { compare } from '../../state/lab';
import { useBeside } from '../../state/run/beside-store';
import { Button } from '../../ui/button';
import { Modal } from '../../ui/modal';
import { Select } from '../../ui/select';
import { ParameterRows } from '../setting-rows';
import './compare-dialog.css';

/** Chooses the one value in which a second run differs, and runs both in lock-step. */
export function CompareDialog({ index, onClose }: { readonly index: number; readonly onClose: () => void }) {
  const experiment = useExperiment((s) => s.experiment);
  const current = useBeside((s) => s.change);
  const stage = experiment.stages[index];
  const table = stage ? stageDefinition(stage.kind).parameters : [];
  const active = stage ? activeParameters(table, stage) : [];
  const held = current && 'stage' in current && current.stage === index ? current : null;
  const [key, setKey] = useState(held?.key ?? active[0]?.key ?? '');
  const [value, setValue] = useState<ParameterValue | null>(held?.value ?? null);
  const parameter = active.find((p) => p.key === key) ?? active[0];
  if (!stage || !parameter) return null;
  const chosen = value ?? otherValue(parameter, stage);
  const same = sameValue(stage[parameter.key], chosen);
  const changed = changeOnly(table, stage, parameter.key, chosen);
  const forced = activeParameters(table, changed).filter(
    ({ key }) => key !== parameter.key && stage[key] !== undefined && !sameValue(stage[key], changed[key]),
  );
  const start = () => {
    compare({ stage: index, kind: stage.kind, key: parameter.key, value: chosen, label: changeLabel(parameter, chosen) });
    onClose();
  };
  return (
    <Modal title={`Compare stage ${index + 1} with…`} open onClose={onClose}>
      <p>
        A second run differs in one value. It has the same seed, the same initial weights and the same batches, and advances in turns with
        this one: what differs between the two traces is that value’s doing. Both together take about twice the time.
      </p>
      <div className="compare-choice">
        <span>What differs</span>
        <Select
          label="What differs"
          options={active.map((p) => ({ value: p.key, label: p.label }))}
          value={parameter.key}
          onChange={(next) => {
            setKey(next);
            setValue(null);
          }}
        />
      </div>
      <ParameterRows
        table={[{ ...shown(parameter), advanced: false }]}
        values={{ [parameter.key]: chosen }}
        onChange={(_, next) => setValue(next)}
      />
      <p>
        This run: {inSentence(stageDefinition(stage.kind).sentence(stage))}. Beside it:{' '}
        {inSentence(stageDefinition(stage.kind).sentence({ kind: stage.kind, on: stage.on, ...changed }))}.
      </p>
      {forced.length > 0 ? (
        <p>This brings another value along: {forced.map((p) => changeLabel(p, changed[p.key] ?? p.default)).join('; ')}.</p>
      ) : null}
      <div className="button-row">
        <Button variant="primary" inactive={same} onPress={start}>
          Compare
        </Button>
        {current ? (
          <Button
            onPress={() => {
              compare(null);
              onClose();
            }}
          >
            End the comparison
          </Button>
        ) : null}
        {same ? <span className="compare-note">Choose another value than this run has.</span> : null}
      </div>
    </Modal>
  );
}

/** Without what a method brings along: one value is chosen. */
function shown(parameter: Parameter): Parameter {
  const { when: _, ...rest } = parameter;
  return rest.type === 'method' ? { ...rest, methods: rest.methods.map((method) => ({ ...method, parameters: [] })) } : rest;
}

/** A value that the stage does not have, to begin with. */
function otherValue(parameter: Parameter, stage: Stage): ParameterValue {
  const value = stage[parameter.key] ?? parameter.default;
  switch (parameter.type) {
    case 'method':
      return parameter.methods.find(({ id }) => id !== value)?.id ?? value;
    case 'choice':
      return parameter.options.find((option) => option.value !== value)?.value ?? value;
    case 'flag':
      return value !== true;
    case 'number':
      return Number(value) - parameter.step >= parameter.min ? Number(value) - parameter.step : Number(value) + parameter.step;
    case 'list':
      return value;
  }
}

/** The change in words: "3 bits", "weights LSQ", "rounding stochastic". */
function changeLabel(parameter: Parameter, value: ParameterValue): string {
  const options = parameter.type === 'choice' ? parameter.options.map((o) => ({ id: o.value, label: o.label })) : undefined;
  const named = (parameter.type === 'method' ? parameter.methods : options)?.find(({ id }) => id === value)?.label;
  const unit = parameter.type === 'number' ? (parameter.unit ?? '') : '';
  const amount = [named ?? valueText(value), value === 1 ? unit.replace(/s$/, '') : unit].filter(Boolean).join(' ');
  const name = inSentence(parameter.label);
  return name === unit ? amount : `${name} ${amount}`;
}
