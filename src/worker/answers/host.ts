/** The entry of the worker that answers for stored models: it never trains, so it is free while the engine's worker is busy. */
import type { AnswersCommand } from '../protocol-answers';
import { Answerer } from './answerer';

const answerer = new Answerer((message) => self.postMessage(message));

self.addEventListener('message', ({ data }: MessageEvent<AnswersCommand>) => answerer.obey(data));
