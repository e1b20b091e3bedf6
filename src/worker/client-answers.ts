/** The page's end of the wire to the worker that answers for stored models. */
import type { AnswersCommand, AnswersMessage } from './protocol-answers';

export interface AnswersClient {
  readonly send: (command: AnswersCommand) => void;
}

/** Starts the worker. @param onTrouble is given why it stopped, if it did */
export function createAnswersClient(onMessage: (message: AnswersMessage) => void, onTrouble: (why: string) => void): AnswersClient {
  const worker = new Worker(new URL('./answers/host.ts', import.meta.url), { type: 'module', name: 'fewbits answers' });
  worker.onmessage = ({ data }: MessageEvent<AnswersMessage>) => onMessage(data);
  worker.onerror = ({ message }) => onTrouble(message);
  return { send: (command) => worker.postMessage(command) };
}
