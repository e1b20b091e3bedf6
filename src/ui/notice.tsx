import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import './notice.css';

export interface NoticeProps {
  readonly tone?: 'info' | 'warning' | 'danger';
  readonly children: ReactNode;
  /** Buttons that help. */
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}

const icons = { info: Info, warning: TriangleAlert, danger: CircleAlert };

/** A sentence across the page about something that a person should know; it waits until it is dismissed. */
export function Notice({ tone = 'info', children, actions, onDismiss }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={`notice notice-${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden />
      <div className="notice-text">{children}</div>
      <div className="notice-actions">
        {actions}
        {onDismiss ? (
          <Button variant="quiet" icon small label="Dismiss" onPress={onDismiss}>
            <X size={14} aria-hidden />
          </Button>
        ) : null}
      </div>
    </div>
  );
}
