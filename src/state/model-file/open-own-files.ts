import { openFiles } from '../lab';
import { notify } from '../run/run-store';

/** Opens a person's own files: a model file is looked into and measured, everything else holds images. */
export function openOwnFiles(files: readonly File[]): void {
  if (files.length === 0) return;
  import('./model-file-store')
    .then(({ takeModelFiles }) => takeModelFiles(files))
    .then(openFiles, () => notify('danger', 'The files are not opened: a part of the page could not be loaded.'));
}
