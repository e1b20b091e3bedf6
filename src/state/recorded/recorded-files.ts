/** The recordings that are served with the page. What is missing or broken is as if it had never been made. */
import * as v from 'valibot';
import { fromFragment } from '../../experiment/link/url';
import { isSameRun, sharedStages } from '../../experiment/program/prefix';
import { parseRecording } from '../../experiment/recorded/parse-recording';
import type { Recording } from '../../experiment/recorded/recording';
import type { Experiment } from '../../experiment/types/experiment';

/** File name to the link of its experiment. */
const listSchema = v.record(v.pipe(v.string(), v.regex(/^[\w-]+\.json$/)), v.pipe(v.string(), v.maxLength(20_000)));

/** Gives a file of the recordings' folder as JSON. */
export type ReadRecorded = (name: string) => Promise<unknown>;

/** From the server, after everything that the engine needs to start. */
export async function fetchRecorded(name: string): Promise<unknown> {
  const response = await fetch(new URL(`recorded/runs/${name}`, document.baseURI), { priority: 'low' });
  return response.ok ? response.json() : null;
}

/** Finds the recording of an experiment. Reads the list once, and each recording once. */
export class RecordedFiles {
  private list: Promise<readonly (readonly [string, Experiment])[]> | undefined;
  private readonly recordings = new Map<string, Promise<Recording | null>>();

  constructor(private readonly read: ReadRecorded) {}

  /** Null if there is none, or none that can be read. Never rejects. */
  async find(experiment: Experiment): Promise<Recording | null> {
    this.list ??= this.readList();
    const name = (await this.list).find(([, recorded]) => isSameRun(recorded, experiment))?.[0];
    if (name === undefined) return null;
    const known = this.recordings.get(name) ?? this.readRecording(name);
    this.recordings.set(name, known);
    const recording = await known;
    return recording && isSameRun(recording.experiment, experiment) ? recording : null;
  }

  /** The first recording whose first stage this experiment has too; null as above. Never rejects. */
  async beginsLike(experiment: Experiment): Promise<{ readonly name: string; readonly recording: Recording } | null> {
    this.list ??= this.readList();
    const [name, recorded] = (await this.list).find(([, other]) => sharedStages(other, experiment) > 0) ?? [];
    const recording = recorded && (await this.find(recorded));
    return name !== undefined && recording ? { name, recording } : null;
  }

  private async readList(): Promise<readonly (readonly [string, Experiment])[]> {
    try {
      return Object.entries(v.parse(listSchema, await this.read('list.json'))).map(([name, link]) => [name, fromFragment(link).experiment]);
    } catch {
      return [];
    }
  }

  private async readRecording(name: string): Promise<Recording | null> {
    try {
      return parseRecording(await this.read(name));
    } catch {
      return null;
    }
  }
}
