import { ownersOf } from '../experiment/settings/chosen-values';
import { activeParameters, type Parameter, type ParameterValue, type Values } from '../experiment/settings/setting';
import { inSentence } from '../experiment/settings/wording';
import { Disclosure } from '../ui/disclosure';
import { Formula } from '../ui/formula';
import { HelpLabel } from '../ui/help';
import { ListField } from '../ui/list-field';
import { NumberField } from '../ui/number-field';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';
import { Slider } from '../ui/slider';
import { Switch } from '../ui/switch';
import './setting-rows.css';

export interface ParameterRowsProps {
  readonly table: readonly Parameter[];
  readonly values: Values;
  /** The stages that train behind this one. */
  readonly training?: readonly Values[];
  /** `continuous` while a value is being dragged: such changes are one step of Back. */
  readonly onChange: (key: string, value: ParameterValue, continuous: boolean) => void;
}

/** Choices of at most this many options whose labels together are at most this long stand side by side. */
const SEGMENTS = 3;
const SEGMENT_LETTERS = 18;

/** The form of a block, made entirely from its parameter table. */
export function ParameterRows({ table, values, training = [], onChange }: ParameterRowsProps) {
  const active = activeParameters(table, values);
  const first = active.filter((p) => !p.advanced);
  const more = active.filter((p) => p.advanced);
  const owners = ownersOf(table, values);
  const rows = (parameters: readonly Parameter[]) =>
    parameters.map((p) => {
      const owner = owners.get(p);
      const isUnder = parameters.some(({ label }) => label === owner);
      return (
        <ParameterRow key={p.key} parameter={p} owner={owner} isUnder={isUnder} value={values[p.key] ?? p.default} onChange={onChange} />
      );
    });
  // A block that begins with its method is that method: its formula stands in sight. Other formulas are in the help.
  const [essence] = table;
  const formula = essence?.type === 'method' ? helpOf(essence, values[essence.key] ?? essence.default).formula : undefined;
  return (
    <div className="parameter-form">
      {rows(first)}
      {notesOf(active, values, training).map((note) => (
        <p key={note} className="parameter-note">
          {note}
        </p>
      ))}
      {formula ? <Formula tex={formula} block /> : null}
      {more.length > 0 ? (
        <Disclosure title={first.length > 0 ? 'More' : 'Settings'}>
          <div className="parameter-form parameter-more">{rows(more)}</div>
        </Disclosure>
      ) : null}
    </div>
  );
}

/** What the chosen methods say of their values. */
function notesOf(active: readonly Parameter[], values: Values, training: readonly Values[]): readonly string[] {
  return active.flatMap((p) => {
    const method = p.type === 'method' ? p.methods.find(({ id }) => id === (values[p.key] ?? p.default)) : undefined;
    return method?.note?.(values, training) || [];
  });
}

interface RowProps {
  readonly parameter: Parameter;
  /** Whose method brings it: "Activations". */
  readonly owner?: string | undefined;
  /** Whether it stands under its owner. */
  readonly isUnder?: boolean;
  readonly value: ParameterValue;
  readonly onChange: ParameterRowsProps['onChange'];
}

function ParameterRow({ parameter, owner, isUnder = false, value, onChange }: RowProps) {
  const label = owner === undefined ? parameter.label : `${owner}: ${inSentence(parameter.label)}`;
  return (
    <div className={isUnder ? 'parameter-row parameter-row-owned' : 'parameter-row'}>
      <HelpLabel title={label} {...helpOf(parameter, value)}>
        {isUnder ? parameter.label : label}
      </HelpLabel>
      <ParameterControl parameter={{ ...parameter, label }} value={value} onChange={onChange} />
    </div>
  );
}

/** A method's help says what the chosen one does, with its formula and source. */
function helpOf(parameter: Parameter, value: ParameterValue) {
  const method = parameter.type === 'method' ? parameter.methods.find((m) => m.id === value) : undefined;
  return {
    help: method ? `${parameter.help} ${method.label}: ${method.help}` : parameter.help,
    formula: method?.formula ?? parameter.formula,
    source: method?.source ?? parameter.source,
  };
}

function ParameterControl({ parameter, value, onChange }: RowProps) {
  const { key, label } = parameter;
  switch (parameter.type) {
    case 'number': {
      const number = Number(value);
      const { min, max, step, unit, integer, scale } = parameter;
      if (parameter.control === 'slider') {
        return <Slider label={label} value={number} {...{ min, max, step, unit }} onChange={(v) => onChange(key, v, true)} />;
      }
      return (
        <NumberField label={label} value={number} {...{ min, max, step, unit, integer, scale }} onChange={(v) => onChange(key, v, false)} />
      );
    }
    case 'flag':
      return <Switch label={label} on={value === true} onChange={(on) => onChange(key, on, false)} />;
    case 'list':
      return (
        <ListField
          label={label}
          value={Array.isArray(value) ? value : []}
          min={parameter.min}
          max={parameter.max}
          minLength={parameter.minLength}
          maxLength={parameter.maxLength}
          onChange={(list) => onChange(key, list, false)}
        />
      );
    case 'method':
      return (
        <Select
          label={label}
          options={parameter.methods.map((m) => ({ value: m.id, label: m.label, help: m.help, group: m.group }))}
          value={String(value)}
          onChange={(v) => onChange(key, v, false)}
        />
      );
    case 'choice': {
      const letters = parameter.options.reduce((sum, o) => sum + o.label.length, 0);
      const Control = parameter.options.length <= SEGMENTS && letters <= SEGMENT_LETTERS ? Segmented : Select;
      return <Control label={label} options={parameter.options} value={String(value)} onChange={(v) => onChange(key, v, false)} />;
    }
  }
}
