import { Activity, type JSX, lazy, Suspense, useState } from 'react';
import { fileName } from '../export/downloads';
import { DataCard } from '../panels/data/data-card';
import { Headline } from '../panels/headline/headline';
import { labOf } from '../panels/labs/lab-list';
import { ModelCard } from '../panels/model/model-card';
import { ProgramPanel } from '../panels/program/program-panel';
import { SeedRow } from '../panels/program/seed-row';
import { RunBar } from '../panels/run-bar/run-bar';
import { StageCard } from '../panels/stage/stage-card';
import { showDialog, useExperiment } from '../state/experiment/experiment-store';
import { useBaseline } from '../state/kept/baseline-store';
import { useShownKind } from '../state/recorded/recorded-run';
import { useBeside } from '../state/run/beside-store';
import { useRun } from '../state/run/run-store';
import { useBackCloses } from '../state/ui/back-closes';
import { closeView, useView } from '../state/ui/views';
import './app.css';
import { useBaselineRead } from './baseline-read';
import { ErrorBoundary } from './error-boundary';
import { Header } from './header';
import { ProgramFold } from './program-fold';
import { useShortcuts } from './shortcuts';
import { useSweepsGoOn } from './sweeps-go-on';
import { useTheme } from './theme';
import { views } from './views';

const ResultsPanel = lazy(async () => ({ default: (await import('../panels/results/results-panel')).ResultsPanel }));
const InspectPanel = lazy(async () => ({ default: (await import('../panels/inspect/inspect-panel')).InspectPanel }));
const DrawPanel = lazy(async () => ({ default: (await import('../panels/draw/draw-panel')).DrawPanel }));
// Without it the page is whole, but nobody notices an engine that falls silent.
const EngineNotices = lazy(() =>
  import('./engine-notices').then(
    (m) => ({ default: m.EngineNotices }),
    () => ({ default: Nothing }),
  ),
);
const ShareDialog = lazy(async () => ({ default: (await import('../panels/share/share-dialog')).ShareDialog }));
const LabsDialog = lazy(async () => ({ default: (await import('../panels/labs/labs-dialog')).LabsDialog }));
const Outcome = lazy(async () => ({ default: (await import('../panels/outcome/outcome')).Outcome }));
const KeptRuns = lazy(async () => ({ default: (await import('./kept-runs')).KeptRuns }));
// Without it the page is whole: what cannot be loaded is not there.
const RecordedBar = lazy(() =>
  import('../panels/recorded/recorded-bar').then(
    (m) => ({ default: m.RecordedBar }),
    () => ({ default: Nothing }),
  ),
);
const Notices = lazy(() =>
  import('./notices').then(
    (m) => ({ default: m.Notices }),
    () => ({ default: NoNotices }),
  ),
);
const Afterwards = lazy(() =>
  import('./afterwards').then(
    (m) => ({ default: m.Afterwards as () => JSX.Element | null }),
    () => ({ default: Nothing }),
  ),
);
const FirstMinute = lazy(() =>
  import('../panels/first/first-minute').then(
    (m) => ({ default: m.FirstMinute }),
    () => ({ default: Nothing }),
  ),
);
const ShortcutsDialog = lazy(async () => ({ default: (await import('./shortcuts-dialog')).ShortcutsDialog }));

type OpenDialog = 'none' | 'share' | 'shortcuts';

/** The lab: header, run bar, and three columns from the program to its result. A view takes the place of all but the header. */
export function App() {
  const [dialog, setDialog] = useState<OpenDialog>('none');
  // There is nothing to look into before; the first screen is painted without its pictures.
  const engineIsOpen = useRun((s) => s.backend !== null || s.fatal !== null);
  const lab = useExperiment((s) => labOf(s.rest.lab));
  const runs = useExperiment((s) => s.rest.runs !== undefined);
  const key = useView();
  const view = key && views[key];
  const promised = useExperiment((s) => s.rest.passport !== undefined);
  const kind = useShownKind();
  const pinned = useBaseline((s) => s.run !== null);
  const beside = useBeside((s) => s.change !== null);
  const pruned = useRun((s) => Object.values(s.summaries).some(({ kept }) => kept !== undefined));
  const hasOutcome = useRun((s) => s.record !== null) || pruned || promised || pinned || beside;
  useTheme();
  useSweepsGoOn(engineIsOpen);
  useBaselineRead(engineIsOpen);
  useShortcuts(() => setDialog('shortcuts'));
  const close = () => setDialog('none');
  useBackCloses(dialog !== 'none', close);
  return (
    <div className="app" data-view={key}>
      <button type="button" className="skip-link" onClick={() => document.getElementById(view?.main ?? 'results')?.focus()}>
        Skip to the results
      </button>
      <Header onShare={() => setDialog('share')} onShortcuts={() => setDialog('shortcuts')} />
      <Activity mode={view ? 'hidden' : 'visible'}>
        <RunBar />
      </Activity>
      <Suspense fallback={<NoNotices />}>
        <Notices />
      </Suspense>
      <Suspense>{engineIsOpen ? <EngineNotices /> : null}</Suspense>
      {view ? (
        <ErrorBoundary key={key} part={view.part}>
          <Suspense>
            <view.Component onClose={closeView} />
          </Suspense>
        </ErrorBoundary>
      ) : null}
      <Activity mode={view ? 'hidden' : 'visible'}>
        <div className="app-columns">
          <aside className="column column-program" aria-label="Program">
            <ErrorBoundary part="program">
              <ProgramFold>
                <ProgramPanel
                  rows={
                    <>
                      <DataCard />
                      <ModelCard />
                      <SeedRow />
                    </>
                  }
                  stage={(index) => <StageCard index={index} />}
                />
              </ProgramFold>
            </ErrorBoundary>
          </aside>
          <div className="app-side">
            <main className="column column-results" data-shown={kind} id="results" tabIndex={-1}>
              <h2 className="visually-hidden">Results</h2>
              <div>
                <Suspense>
                  <FirstMinute />
                </Suspense>
                <Suspense>
                  <RecordedBar />
                </Suspense>
              </div>
              <Headline fileName={fileName} />
              <Suspense>{hasOutcome ? <Outcome onCompare={compareRuns} onReport={reportRun} /> : null}</Suspense>
              <div className="results-pictures">
                <ErrorBoundary part="results">
                  <Suspense>
                    <ResultsPanel />
                  </Suspense>
                </ErrorBoundary>
              </div>
            </main>
            <aside className="column column-inspect" aria-label="Look inside">
              <h2 className="visually-hidden">Look inside</h2>
              <ErrorBoundary part="inside of the model">
                <Suspense>{engineIsOpen ? <InspectPanel draw={<DrawPanel />} /> : null}</Suspense>
              </ErrorBoundary>
            </aside>
          </div>
        </div>
      </Activity>
      <Suspense>
        <Afterwards />
      </Suspense>
      <Suspense>
        {dialog === 'share' ? <ShareDialog open onClose={close} /> : null}
        {lab ? <LabsDialog lab={lab} onLab={(next) => showDialog('lab', next)} onClose={() => showDialog('lab', null)} /> : null}
        {runs ? <KeptRuns /> : null}
        {dialog === 'shortcuts' ? <ShortcutsDialog open onClose={close} /> : null}
      </Suspense>
    </div>
  );
}

function Nothing(): JSX.Element | null {
  return null;
}

/** Keeps their row in the page. */
function NoNotices() {
  return <div className="notices" />;
}

/** Opens two saved runs beside each other. */
function compareRuns(baseline: string, run: string): void {
  showDialog('runs', `${baseline}~${run}`);
}

/** Opens a saved run as a page that can be printed. */
function reportRun(run: string): void {
  showDialog('runs', `report~${run}`);
}
