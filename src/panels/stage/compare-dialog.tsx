import { useState } from 'react';
import { changeOnly, sameValue } from '../../experiment/settings/block';
import { activeSettings, type Setting, type SettingValue } from '../../experiment/settings/setting';
import { valueText } from '../../experiment/settings/value';
import { inSentence } from '../../experiment/settings/wording';
import { stageDefinition } from '../../experiment/stages/registry';
import type { Stage } from '../../experiment/types/experiment';
import { useExperiment } from '../../state/experiment/experiment-store';
import { compare } from '../../state/lab';
import { useBeside } from '../../state/run/beside-store';
import { useBackCloses } from '../../state/ui/back-closes';
import { Button } from '../../ui/button';
import { Modal } from '../../ui/modal';
import { Select } from '../../ui/select';
import { SettingRows } from '../setting-rows';
import './compare-dialog.css';

/** Chooses the one value in which a second run differs, and runs both in lock-step. */
export function CompareDialog({ index, onClose }: { readonly index: number; readonly onClose: () => void }) {
  const experiment = useExperiment((s) => s.experiment);
  useBackCloses(true, onClose);
  const current = useBeside((s) => s.change);
  const stage = experiment.stages[index];
  const table = stage ? stageDefinition(stage.kind).settings : [];
  const active = stage ? activeSettings(table, stage) : [];
  const held = current && 'stage' in current && current.stage === index ? current : null;
  const [key, setKey] = useState(held?.key ?? active[0]?.key ?? '');
  const [value, setValue] = useState<SettingValue | null>(held?.value ?? null);
  const setting = active.find((p) => p.key === key) ?? active[0];
  if (!stage || !setting) return null;
  const chosen = value ?? otherValue(setting, stage);
  const same = sameValue(stage[setting.key], chosen);
  const changed = changeOnly(table, stage, setting.key, chosen);
  const forced = activeSettings(table, changed).filter(
    ({ key }) => key !== setting.key && stage[key] !== undefined && !sameValue(stage[key], changed[key]),
  );
  const start = () => {
    const own = changeLabel(setting, stage[setting.key] ?? setting.default);
    compare({ stage: index, kind: stage.kind, key: setting.key, value: chosen, label: changeLabel(setting, chosen), own });
    onClose();
  };
  return (
    <Modal title={`Compare stage ${index + 1} with…`} open onClose={onClose}>
      <p>
        A second run differs in one value. It has the same seed, the same initial weights and the same batches, and is trained alternately
        with this one, step by step: every difference between the two traces is caused by that value. Both together take about twice as
        long.
      </p>
      <div className="compare-choice">
        <span>What differs</span>
        <Select
          label="What differs"
          options={active.map((p) => ({ value: p.key, label: p.label }))}
          value={setting.key}
          onChange={(next) => {
            setKey(next);
            setValue(null);
          }}
        />
      </div>
      <SettingRows
        table={[{ ...shown(setting), advanced: false }]}
        values={{ [setting.key]: chosen }}
        onChange={(_, next) => setValue(next)}
      />
      <p>
        This run: {inSentence(stageDefinition(stage.kind).sentence(stage))}. Beside it:{' '}
        {inSentence(stageDefinition(stage.kind).sentence({ kind: stage.kind, on: stage.on, ...changed }))}.
      </p>
      {forced.length > 0 ? (
        <p>This also changes another value: {forced.map((p) => changeLabel(p, changed[p.key] ?? p.default)).join('; ')}.</p>
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
        {same ? <span className="compare-note">Choose a value that differs from this run.</span> : null}
      </div>
    </Modal>
  );
}

/** Without what a method brings along: one value is chosen. */
function shown(setting: Setting): Setting {
  const { when: _, ...rest } = setting;
  return rest.type === 'method' ? { ...rest, methods: rest.methods.map((method) => ({ ...method, settings: [] })) } : rest;
}

/** A value that the stage does not have, to begin with. */
function otherValue(setting: Setting, stage: Stage): SettingValue {
  const value = stage[setting.key] ?? setting.default;
  switch (setting.type) {
    case 'method':
      return setting.methods.find(({ id }) => id !== value)?.id ?? value;
    case 'choice':
      return setting.options.find((option) => option.value !== value)?.value ?? value;
    case 'flag':
      return value !== true;
    case 'number':
      return Number(value) - setting.step >= setting.min ? Number(value) - setting.step : Number(value) + setting.step;
    case 'list':
      return value;
  }
}

/** The change in words: "3 bits", "weights LSQ", "rounding stochastic". */
function changeLabel(setting: Setting, value: SettingValue): string {
  const options = setting.type === 'choice' ? setting.options.map((o) => ({ id: o.value, label: o.label })) : undefined;
  const named = (setting.type === 'method' ? setting.methods : options)?.find(({ id }) => id === value)?.label;
  const unit = setting.type === 'number' ? (setting.unit ?? '') : '';
  const amount = [named ?? valueText(value), value === 1 ? unit.replace(/s$/, '') : unit].filter(Boolean).join(' ');
  const name = inSentence(setting.label);
  return name === unit ? amount : `${name} ${amount}`;
}
