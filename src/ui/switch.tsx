import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import './switch.css';

export interface SwitchProps {
  /** Name for readers where there are no children. */
  readonly label?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly children?: ReactNode;
}

/** On or off. */
export function Switch({ label, on, onChange, children }: SwitchProps) {
  return (
    <AriaSwitch className="switch" isSelected={on} onChange={onChange} {...(label ? { 'aria-label': label } : {})}>
      <span className="switch-track" />
      {children}
    </AriaSwitch>
  );
}
