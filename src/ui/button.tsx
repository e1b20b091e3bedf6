import './button.css';
import './tip.css';
import type { ReactElement, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components';

export interface ButtonProps extends Omit<AriaButtonProps, 'className'> {
  /** `primary` at most once in a view. */
  readonly variant?: 'plain' | 'primary' | 'quiet';
  /** Square, holds an icon only: give `label`. */
  readonly icon?: boolean;
  readonly small?: boolean;
  /** Name for readers where the content has none. */
  readonly label?: string;
  /** Sentence shown on hover and focus. */
  readonly tip?: string;
  /** Cannot be pressed now, but keeps the focus: for buttons that come and go with the run, under the finger of who uses them. */
  readonly inactive?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button. With `tip` it explains itself on hover and focus. */
export function Button({
  variant = 'plain',
  icon = false,
  small = false,
  label,
  tip,
  inactive = false,
  className = '',
  onPress,
  ...rest
}: ButtonProps) {
  const classes = ['button', `button-${variant}`, icon && 'button-icon', small && 'button-small', className].filter(Boolean).join(' ');
  const props = {
    ...rest,
    ...(label ? { 'aria-label': label } : {}),
    ...(inactive ? { 'aria-disabled': true } : onPress ? { onPress } : {}),
  };
  const button = <AriaButton {...props} className={classes} />;
  return tip ? <Tip text={tip}>{button}</Tip> : button;
}

/** A sentence beside a control, on hover and focus. The child must be a button. */
export function Tip({ text, children }: { readonly text: string; readonly children: ReactElement }) {
  return (
    <TooltipTrigger delay={500} closeDelay={60}>
      {children}
      <Tooltip className="tip" offset={6}>
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
