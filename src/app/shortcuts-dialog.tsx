import { useUi } from '../state/ui/ui-store';
import { Modal } from '../ui/modal';
import { Switch } from '../ui/switch';
import './shortcuts-dialog.css';

const KEYS: readonly (readonly [string, string])[] = [
  ['Space', 'Play or pause'],
  ['s', 'One step'],
  ['r', 'Reset: back to the start, same initial weights'],
  ['?', 'These shortcuts'],
];

/** The keys, and a switch for people whose speech input or hands would press them by accident. */
export function ShortcutsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const on = useUi((s) => s.shortcuts);
  const setOn = useUi((s) => s.setShortcuts);
  return (
    <Modal title="Keyboard" open={open} onClose={onClose}>
      <dl className="shortcuts">
        {KEYS.map(([key, meaning]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>Back and Forward of the browser undo and redo every edit of the experiment.</p>
      <Switch on={on} onChange={setOn}>
        Single-key shortcuts
      </Switch>
    </Modal>
  );
}
