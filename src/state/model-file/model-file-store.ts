/** The model file that is looked into: of the run on the screen, or one that a person opened. */
import { create } from 'zustand';
import { createFileClient, type FileClient } from '../../worker/client-file';
import type { FileReport, FileTest } from '../../worker/protocol-file';
import { useExperiment } from '../experiment/experiment-store';
import { exportModel } from '../lab';
import { notify } from '../run/run-store';
import { openView } from '../ui/views';

interface ModelFileState {
  /** What the file is called; '' for that of the run. */
  readonly name: string;
  readonly status: 'none' | 'reading' | 'ready' | 'failed';
  readonly report: FileReport | null;
  /** Measured on test images; 'measuring' until it is. */
  readonly test: FileTest | 'measuring' | null;
  /** Why there is no report, or no test, as a sentence; '' otherwise. */
  readonly problem: string;
}

const NONE: ModelFileState = { name: '', status: 'none', report: null, test: null, problem: '' };

export const useModelFile = create<ModelFileState>()(() => NONE);

/** Larger files are not read: nothing that this program writes is. */
const MOST_BYTES = 128 * 2 ** 20;

let client: FileClient | null = null;
/** Answers for a file that was replaced meanwhile are not shown. */
let latest = 0;

/** Looks into the model file after the last finished stage. */
export async function readRunFile(): Promise<void> {
  const mine = begin('');
  try {
    const bytes = await exportModel();
    await read(mine, bytes);
  } catch (error) {
    if (mine === latest) useModelFile.setState({ status: 'failed', problem: `There is no model file yet. ${sentenceOf(error)}` });
  }
}

/** Opens a person's own model file, and measures it. */
export async function openModelFile(file: File): Promise<void> {
  const mine = begin(file.name);
  openView('file');
  try {
    if (file.size > MOST_BYTES) throw new RangeError('The file is larger than 128 MB: it is no model file of this program.');
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (await read(mine, bytes)) await measure(mine, bytes);
  } catch (error) {
    if (mine === latest) useModelFile.setState({ status: 'failed', problem: sentenceOf(error) });
  }
}

/** Tells model files from others by their first four bytes, whatever they are called; opens the first, and gives the others back. */
export async function takeModelFiles(files: readonly File[]): Promise<readonly File[]> {
  const others: File[] = [];
  const models: File[] = [];
  for (const file of files) ((await isModelFile(file)) ? models : others).push(file);
  if (models.length > 1) notify('warning', 'One model file at a time.', `${models[0]?.name} is opened, the others are not.`);
  if (models[0]) void openModelFile(models[0]);
  return others;
}

async function isModelFile(file: File): Promise<boolean> {
  if (file.name.toLowerCase().endsWith('.fewbits')) return true;
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return String.fromCharCode(...head) === 'FEWB';
}

function begin(name: string): number {
  client ??= createFileClient();
  useModelFile.setState({ ...NONE, name, status: 'reading' });
  return ++latest;
}

/** Gives whether the file can be read, and is still the one that is wanted. */
async function read(mine: number, bytes: Uint8Array): Promise<boolean> {
  const report = await client?.open(bytes);
  if (mine !== latest || !report) return false;
  if ('failed' in report) useModelFile.setState({ status: 'failed', problem: report.failed });
  else useModelFile.setState({ status: 'ready', report });
  return !('failed' in report);
}

async function measure(mine: number, bytes: Uint8Array): Promise<void> {
  useModelFile.setState({ test: 'measuring' });
  const { normalize } = useExperiment.getState().experiment.data;
  const test = await client?.test(bytes, new URL('data/', document.baseURI).href, normalize);
  if (mine !== latest || !test) return;
  useModelFile.setState('failed' in test ? { test: null, problem: test.failed } : { test });
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
