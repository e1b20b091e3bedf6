import { ownersOf } from '../experiment/settings/chosen-values';
import { activeSettings, type Setting, type SettingValue, type Values } from '../experiment/settings/setting';
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

export interface SettingRowsProps {
  readonly table: readonly Setting[];
  readonly values: Values;
  /** The stages that train after this one. */
  readonly training?: readonly Values[];
  /** `continuous` while a value is being dragged: such changes are one step of Back. */
  readonly onChange: (key: string, value: SettingValue, continuous: boolean) => void;
}

/** Choices of at most this many options whose labels together are at most this long are shown side by side. */
const SEGMENTS = 3;
const SEGMENT_LETTERS = 18;

/** The form of a block, made entirely from its setting table. */
export function SettingRows({ table, values, training = [], onChange }: SettingRowsProps) {
  const active = activeSettings(table, values);
  const first = active.filter((p) => !p.advanced);
  const more = active.filter((p) => p.advanced);
  const owners = ownersOf(table, values);
  const rows = (settings: readonly Setting[]) =>
    settings.map((p) => {
      const owner = owners.get(p);
      const isUnder = settings.some(({ label }) => label === owner);
      return (
        <SettingRow
          key={p.key}
          setting={labelled(p, values)}
          owner={owner}
          isUnder={isUnder}
          value={values[p.key] ?? p.default}
          onChange={onChange}
        />
      );
    });
  // A block that begins with its method is that method: its formula is shown. Other formulas are in the help.
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

/** A choice with the labels that its options have for these values. */
function labelled(setting: Setting, values: Values): Setting {
  if (setting.type !== 'choice') return setting;
  return { ...setting, options: setting.options.map((option) => ({ ...option, label: option.labelFor?.(values) ?? option.label })) };
}

/** What the chosen methods say of their values. */
function notesOf(active: readonly Setting[], values: Values, training: readonly Values[]): readonly string[] {
  return active.flatMap((p) => {
    const method = p.type === 'method' ? p.methods.find(({ id }) => id === (values[p.key] ?? p.default)) : undefined;
    return method?.note?.(values, training) || [];
  });
}

interface RowProps {
  readonly setting: Setting;
  /** Whose method brings it: "Activations". */
  readonly owner?: string | undefined;
  /** Whether it is shown under its owner. */
  readonly isUnder?: boolean;
  readonly value: SettingValue;
  readonly onChange: SettingRowsProps['onChange'];
}

function SettingRow({ setting, owner, isUnder = false, value, onChange }: RowProps) {
  const label = owner === undefined ? setting.label : `${owner}: ${inSentence(setting.label)}`;
  return (
    <div className={isUnder ? 'parameter-row parameter-row-owned' : 'parameter-row'}>
      <HelpLabel title={label} {...helpOf(setting, value)}>
        {isUnder ? setting.label : label}
      </HelpLabel>
      <SettingControl setting={{ ...setting, label }} value={value} onChange={onChange} />
    </div>
  );
}

/** A method's help says what the chosen one does, with its formula and source. */
function helpOf(setting: Setting, value: SettingValue) {
  const method = setting.type === 'method' ? setting.methods.find((m) => m.id === value) : undefined;
  return {
    help: method ? `${setting.help} ${method.label}: ${method.help}` : setting.help,
    formula: method?.formula ?? setting.formula,
    source: method?.source ?? setting.source,
  };
}

function SettingControl({ setting, value, onChange }: RowProps) {
  const { key, label } = setting;
  switch (setting.type) {
    case 'number': {
      const number = Number(value);
      const { min, max, step, unit, integer, scale } = setting;
      if (setting.control === 'slider') {
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
          min={setting.min}
          max={setting.max}
          minLength={setting.minLength}
          maxLength={setting.maxLength}
          onChange={(list) => onChange(key, list, false)}
        />
      );
    case 'method':
      return (
        <Select
          label={label}
          options={setting.methods.map((m) => ({ value: m.id, label: m.label, help: m.help, group: m.group }))}
          value={String(value)}
          onChange={(v) => onChange(key, v, false)}
        />
      );
    case 'choice': {
      const letters = setting.options.reduce((sum, o) => sum + o.label.length, 0);
      const Control = setting.options.length <= SEGMENTS && letters <= SEGMENT_LETTERS ? Segmented : Select;
      return <Control label={label} options={setting.options} value={String(value)} onChange={(v) => onChange(key, v, false)} />;
    }
  }
}
