import { Printer } from 'lucide-react';
import { useEffect } from 'react';
import { readKeptRuns, useRuns } from '../../state/kept/runs-store';
import { Button } from '../../ui/button';
import { Modal } from '../../ui/modal';
import { runTitle } from '../labels';
import './report.css';
import { ReportPage } from './report-page';

export interface RunReportProps {
  /** Of a saved run. */
  readonly id: string;
  /** Back to the list. */
  readonly onList: () => void;
  readonly onClose: () => void;
}

/** All of a saved run on one page, to be read or printed. */
export function RunReport({ id, onList, onClose }: RunReportProps) {
  const runs = useRuns((s) => s.runs);
  useEffect(() => {
    void readKeptRuns();
  }, []);
  const run = runs?.find((one) => one.id === id);
  usePageTitle(run ? `${runTitle(run)}: report` : null);
  return (
    <Modal title="Report" open wide onClose={onClose}>
      <div className="button-row report-tools">
        <Button small onPress={onList}>
          All runs
        </Button>
        <Button small isDisabled={!run} onPress={() => window.print()}>
          <Printer size={13} aria-hidden />
          Print
        </Button>
      </div>
      {runs === null ? <p>Reading…</p> : run ? <ReportPage run={run} /> : <p>This run is not saved in this browser.</p>}
    </Modal>
  );
}

/** Names the page while the report is open: a printer takes it for the name of the file. */
function usePageTitle(title: string | null): void {
  useEffect(() => {
    if (title === null) return;
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}
