/** What the page knows of the run, as a pure function of the worker's messages. High-rate metrics live in MetricsBuffer instead. */

import { historyBefore, type InspectionHistory, joinedHistories, withInspection } from '../../experiment/results/inspection-history';
import type {
  BackendInfo,
  Evaluation,
  LayerSummary,
  RecordedStart,
  RunEvent,
  RunRecord,
  StageSummary,
  StepProfile,
  TestReport,
} from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { Ledger } from '../../numerics/measures/ledger';
import type { DatasetInfo, Message, RunStatus } from '../../worker/protocol';

export type Status = RunStatus;
export type DatasetSummary = DatasetInfo;
export type Inspection = Extract<RunEvent, { type: 'inspection' }>;
export type StageProgress = Extract<RunEvent, { type: 'progress' }>;
export type StageStart = Extract<RunEvent, { type: 'stageStarted' }>;

export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'warning' | 'danger';
  readonly message: string;
  readonly detail: string;
  /** What it is about: it goes when other files are opened, or another run is loaded. */
  readonly about: 'files' | 'run' | 'page';
}

export interface RunState {
  readonly status: Status;
  readonly statusMessage: string;
  /** Play was pressed while something else had to be done first: the run starts when that is over. */
  readonly queued: boolean;
  readonly backend: BackendInfo | null;
  readonly dataset: DatasetSummary | null;
  readonly dataProgress: {
    readonly name: string;
    readonly loadedBytes: number;
    readonly totalBytes: number;
    /** Of a person's own archive, whose reading can be stopped. */
    readonly photos?: { readonly decoded: number; readonly skipped: number };
  } | null;
  readonly dataProblem: { readonly message: string; readonly wantsFiles: boolean } | null;
  /** The one that the engine has loaded, and whose run this is; null before. */
  readonly experiment: Experiment | null;
  /** Where the first stages come from, if they were not run here. */
  readonly recorded: RecordedStart | null;
  readonly layers: readonly LayerSummary[];
  readonly totalSteps: number;
  /** The stage that runs or ran last; null before the first. */
  readonly current: StageStart | null;
  readonly progress: StageProgress | null;
  /** By step of the run. */
  readonly summaries: Readonly<Record<number, StageSummary>>;
  readonly tests: Readonly<Record<number, TestReport>>;
  readonly inspections: Readonly<Record<number, Inspection>>;
  /** The last of each, in stage order. */
  readonly test: TestReport | null;
  readonly inspection: Inspection | null;
  readonly ledger: Ledger | null;
  /** Scale and flips of each quantized layer over the inspections so far. */
  readonly history: InspectionHistory;
  /** The last validation, with the step it belongs to. */
  readonly evaluation: (Evaluation & { readonly step: number }) | null;
  readonly record: RunRecord | null;
  /** What a training step costs, while the profile is open. */
  readonly profile: StepProfile | null;
  readonly notices: readonly Notice[];
  readonly fatal: string | null;
}

export const initialRunState: RunState = {
  status: 'idle',
  statusMessage: '',
  queued: false,
  backend: null,
  dataset: null,
  dataProgress: null,
  dataProblem: null,
  experiment: null,
  recorded: null,
  layers: [],
  totalSteps: 0,
  current: null,
  progress: null,
  summaries: {},
  tests: {},
  inspections: {},
  test: null,
  inspection: null,
  ledger: null,
  history: {},
  evaluation: null,
  record: null,
  profile: null,
  notices: [],
  fatal: null,
};

/** The state after a message. */
export function afterMessage(state: RunState, message: Message): RunState {
  switch (message.type) {
    case 'backend':
      return { ...state, backend: message.backend };
    case 'status':
      return { ...state, status: message.status, statusMessage: message.message, queued: state.queued && isBefore(message.status) };
    case 'loaded':
      return { ...keepStages(withoutNotices(state, 'run'), message.keptStages), experiment: message.experiment ?? null };
    case 'replay': {
      const { layers, totalSteps, events, history, recorded = state.recorded } = message;
      const told = events.reduce(afterEvent, state);
      // It is over: nothing runs now.
      return { ...told, recorded, layers, totalSteps, history: joinedHistories(state.history, history), current: null, progress: null };
    }
    case 'dataProgress':
      // An archive that is read to its end is not yet ready: 'filesRead' says so.
      return { ...state, dataProblem: null, dataProgress: message.photos || message.loadedBytes < message.totalBytes ? message : null };
    case 'filesRead':
      return afterMessage(withoutPhotos(withoutNotices(state, 'files')), { type: 'dataReady', dataset: message.dataset });
    case 'dataReady':
      // The rest of the images may still be coming.
      return { ...state, dataset: message.dataset, dataProblem: null };
    case 'dataFailed':
      return { ...state, dataProgress: null, dataProblem: { message: message.message, wantsFiles: message.wantsFiles } };
    case 'filesRejected':
      return withNotice(withoutPhotos(withoutNotices(state, 'files')), {
        tone: 'danger',
        message: message.message,
        detail: '',
        about: 'files',
      });
    case 'filesCancelled':
      return withoutPhotos(state);
    case 'events':
      return message.events.reduce(afterEvent, state);
    case 'fatal':
      return { ...state, status: 'failed', queued: false, fatal: message.message };
    default:
      // What runs or is measured beside the run has stores of its own.
      return state;
  }
}

/** No archive is being read any more. */
function withoutPhotos(state: RunState): RunState {
  return state.dataProgress?.photos ? { ...state, dataProgress: null } : state;
}

/** Whether a run that was asked for may still be to come. */
function isBefore(status: RunStatus): boolean {
  return status === 'idle' || status === 'loading';
}

function afterEvent(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'started':
      return { ...state, backend: event.backend, layers: event.layers, totalSteps: event.totalSteps };
    case 'stageStarted':
      return { ...state, current: event, progress: null, record: null };
    case 'progress':
      return { ...state, progress: event };
    case 'evaluation':
      return { ...state, evaluation: { ...event.evaluation, step: event.globalStep } };
    case 'test': {
      const tests = { ...state.tests, [event.stage]: event.report };
      return { ...state, tests, test: lastOf(tests) };
    }
    case 'inspection': {
      const inspections = { ...state.inspections, [event.stage]: event };
      return { ...state, inspections, inspection: event, ledger: event.ledger, history: withInspection(state.history, event) };
    }
    case 'stageDone':
      return { ...state, summaries: { ...state.summaries, [event.summary.stage]: event.summary } };
    case 'warning':
      return withNotice(state, { tone: 'warning', message: event.message, detail: '', about: 'run' });
    case 'done':
      return { ...state, record: event.record, ledger: event.record.ledger };
    case 'failed':
      return withNotice({ ...state, status: 'failed' }, { tone: 'danger', message: event.message, detail: event.advice, about: 'run' });
    case 'profile':
      return { ...state, profile: event.profile };
    case 'metrics':
    case 'snapshot':
      return state;
  }
}

/** Forgets what belongs to stage `count` and later. */
export function keepStages(state: RunState, count: number): RunState {
  const tests = before(state.tests, count);
  const inspections = before(state.inspections, count);
  const inspection = lastOf(inspections);
  return {
    ...state,
    tests,
    inspections,
    inspection,
    ledger: inspection?.ledger ?? null,
    history: historyBefore(state.history, count),
    test: lastOf(tests),
    summaries: before(state.summaries, count),
    recorded: state.recorded && state.recorded.stages <= count ? state.recorded : null,
    current: null,
    progress: null,
    evaluation: null,
    record: null,
    profile: null,
  };
}

/** Adds a notice, once: the same sentence is not stacked. */
export function withNotice(state: RunState, notice: Omit<Notice, 'id'>): RunState {
  if (state.notices.some((n) => n.message === notice.message && n.detail === notice.detail)) return state;
  const id = (state.notices.at(-1)?.id ?? 0) + 1;
  return { ...state, notices: [...state.notices, { id, ...notice }] };
}

function withoutNotices(state: RunState, about: Notice['about']): RunState {
  const notices = state.notices.filter((notice) => notice.about !== about);
  return notices.length === state.notices.length ? state : { ...state, notices };
}

function before<T>(byStage: Readonly<Record<number, T>>, count: number): Readonly<Record<number, T>> {
  return Object.fromEntries(Object.entries(byStage).filter(([stage]) => Number(stage) < count));
}

function lastOf<T>(byStage: Readonly<Record<number, T>>): T | null {
  const last = Math.max(-1, ...Object.keys(byStage).map(Number));
  return byStage[last] ?? null;
}
