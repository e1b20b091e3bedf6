import { ChevronDown } from 'lucide-react';
import {
  Select as AriaSelect,
  Button,
  Header,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components';
import './menu.css';
import './popover.css';
import './select.css';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly help?: string;
  /** Options of one group are together under its name, in the order in which groups first appear. */
  readonly group?: string;
}

export interface SelectProps {
  readonly label: string;
  readonly options: readonly SelectOption[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A choice of many or long words: a button with a list, each entry with its sentence. */
export function Select({ label, options, value, onChange }: SelectProps) {
  return (
    <AriaSelect className="select" aria-label={label} value={value} onChange={(key) => onChange(String(key))}>
      <Button className="select-button">
        <SelectValue className="select-value" />
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className="popover select-popover" offset={4}>
        <ListBox className="menu">
          {groupsOf(options).map(([group, members]) =>
            group === '' ? (
              members.map(item)
            ) : (
              <ListBoxSection key={group} id={group}>
                <Header className="menu-header">{group}</Header>
                {members.map(item)}
              </ListBoxSection>
            ),
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

function item({ value, label, help }: SelectOption) {
  return (
    <ListBoxItem key={value} id={value} textValue={label} className="menu-item">
      <Text slot="label">{label}</Text>
      {help ? <Text slot="description">{help}</Text> : null}
    </ListBoxItem>
  );
}

function groupsOf(options: readonly SelectOption[]): readonly (readonly [string, readonly SelectOption[]])[] {
  const groups = new Map<string, SelectOption[]>();
  for (const option of options) {
    const { group = '' } = option;
    groups.set(group, [...(groups.get(group) ?? []), option]);
  }
  return [...groups];
}
