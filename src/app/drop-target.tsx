import { useEffect, useState } from 'react';
import { showDialog } from '../state/experiment/experiment-store';
import { openOwnFiles } from '../state/model-file/open-own-files';
import { notify } from '../state/run/run-store';

/** Files may be dropped anywhere; while they hang over the page it says what will happen. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      drop([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className="drop-veil" role="status">
      <strong>Drop your own images, or a model file</strong>
      <span>
        Images: IDX files, gzipped or not, CIFAR in binary layout, or an archive of JPEG folders (imagenette2-160.tgz). A model file
        (.fewbits) is opened and measured. Runs and sweeps as JSON are imported. Everything stays on this machine.
      </span>
    </div>
  );
}

/** JSON holds runs and sweeps; everything else is a model file or images. */
function drop(files: readonly File[]): void {
  const runs = files.filter(isJson);
  openOwnFiles(files.filter((file) => !isJson(file)));
  if (runs.length === 0) return;
  import('../state/sweep/import-runs').then(
    async ({ importRuns }) => {
      showDialog('runs', 'list');
      await importRuns(runs);
    },
    () => notify('danger', 'The runs are not imported: a part of the page could not be loaded.'),
  );
}

function isJson({ name, type }: File): boolean {
  return type === 'application/json' || name.toLowerCase().endsWith('.json');
}
