import { ChevronDown, Keyboard, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { modelDefinition } from '../experiment/methods/models/registry';
import { setField } from '../experiment/program/edit';
import { datasetLabel } from '../panels/labels';
import { labs } from '../panels/labs/lab-list';
import { edit, showDialog, useExperiment } from '../state/experiment/experiment-store';
import { useSweepSign } from '../state/ui/sweep-sign';
import { useUi } from '../state/ui/ui-store';
import { openView, useView, viewKeys } from '../state/ui/views';
import { Button } from '../ui/button';
import { Mark } from '../ui/mark';
import { Menu } from '../ui/menu';
import { ExperimentsMenu } from './experiments/experiments-menu';
import { isDark } from './theme';
import { views } from './views';
import './header.css';

export interface HeaderProps {
  readonly onShare: () => void;
  readonly onShortcuts: () => void;
}

/** Views that have no button of their own stand among the labs. */
const menuViews = viewKeys.flatMap((id) => (views[id].menu ? [{ id, ...views[id].menu }] : []));
const labEntries = [...menuViews, ...labs];

function openLab(id: string): void {
  const view = menuViews.find((one) => one.id === id);
  if (view) openView(view.id);
  else showDialog('lab', id);
}

/** Whose page this is, what is on it, and what can be opened. */
export function Header({ onShare, onShortcuts }: HeaderProps) {
  const progress = useSweepSign((s) => s.progress);
  const view = useView();
  return (
    <header className="header">
      <h1 className="header-mark">
        <Mark />
        fewbits
      </h1>
      <div className="header-about">
        <What />
        <Title />
      </div>
      <div className="header-actions">
        <ExperimentsMenu />
        <Menu
          label="Labs"
          placement="bottom end"
          trigger={
            <Button variant="quiet">
              Labs
              <ChevronDown size={13} aria-hidden className="header-chevron" />
            </Button>
          }
          entries={labEntries}
          onAction={openLab}
        />
        <Button
          variant="quiet"
          className="header-sweep"
          aria-current={view === 'sweep' ? 'page' : 'false'}
          onPress={() => openView('sweep')}
        >
          Sweep {progress}
        </Button>
        <Button variant="quiet" className="header-runs" onPress={() => showDialog('runs', 'list')}>
          Runs
        </Button>
        <Button variant="quiet" icon className="header-shortcuts" label="Keyboard shortcuts" tip="Keyboard shortcuts" onPress={onShortcuts}>
          <Keyboard size={16} aria-hidden />
        </Button>
        <ThemeToggle />
        <Button variant="primary" onPress={onShare}>
          Share
        </Button>
      </div>
    </header>
  );
}

function What() {
  const { model, data } = useExperiment((s) => s.experiment);
  return (
    <span className="header-what">
      <strong>{modelDefinition(model.id).label}</strong> · {datasetLabel(data.dataset)} ·
    </span>
  );
}

/** The experiment's title. It goes into the link; Enter or leaving the field saves it. */
function Title() {
  const experiment = useExperiment((s) => s.experiment);
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? experiment.name;
  const commit = () => {
    if (draft !== null && draft.trim() !== experiment.name) edit(setField(experiment, 'name', draft.trim()));
    setDraft(null);
  };
  return (
    <span className="title-field">
      <span aria-hidden>{text || 'name this experiment'}</span>
      <input
        aria-label="Title of the experiment"
        placeholder="name this experiment"
        value={text}
        maxLength={120}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setDraft(null);
        }}
      />
    </span>
  );
}

function ThemeToggle() {
  const theme = useUi((s) => s.theme);
  const setTheme = useUi((s) => s.setTheme);
  const dark = isDark(theme);
  const next = dark ? 'light' : 'dark';
  return (
    <Button variant="quiet" icon label={`Switch to ${next} colours`} tip={`Switch to ${next} colours`} onPress={() => setTheme(next)}>
      {dark ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
    </Button>
  );
}
