import { ChevronDown } from 'lucide-react';
import { Select as AriaSelect, Button, ListBox, ListBoxItem, Popover, SelectValue, Text } from 'react-aria-components';
import './menu.css';
import './popover.css';
import './select.css';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly help?: string;
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
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.label} className="menu-item">
              <Text slot="label">{option.label}</Text>
              {option.help ? <Text slot="description">{option.help}</Text> : null}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
