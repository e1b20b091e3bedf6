/** What the float32 model and the squeezed one of the run say to an image, both from their model files. */
import { create } from 'zustand';
import { type AnswersClient, createAnswersClient } from '../worker/client-answers';
import type { Message, RunModels } from '../worker/protocol';
import type { Answers, AnswersMessage, OpenedModel, Side } from '../worker/protocol-answers';
import { listen, send } from './lab';

/** A model that answers. */
export interface AnsweringModel extends OpenedModel {
  /** The step of the run that left it. */
  readonly step: number;
  /** The step is still running: this is the model as it was inspected last. */
  readonly live: boolean;
  /** The step was not run here: a recording has it. */
  readonly recorded: boolean;
}

interface AnswersState {
  readonly models: Readonly<Record<Side, AnsweringModel | null>>;
  /** To the image that was shown last; both null before there is one. */
  readonly answers: Answers;
  /** Why there is no answer, as a sentence; '' otherwise. */
  readonly problem: string;
}

const NONE = { float: null, squeezed: null };
const sides = ['float', 'squeezed'] as const satisfies readonly Side[];

export const useAnswers = create<AnswersState>()(() => ({ models: NONE, answers: NONE, problem: '' }));

/** Keeps `useAnswers` in step with the run while somebody looks: files go from the engine's worker to the one that answers. */
export class AnswersWatch {
  private client: AnswersClient | undefined;
  private watching = false;
  /** What the engine's worker said last of each model. */
  private told: RunModels['models'] = NONE;
  /** Ids of the files that the other worker was given, and what it read in them. */
  private readonly given: Record<Side, string> = { float: '', squeezed: '' };
  private readonly facts = new Map<string, OpenedModel>();
  private readonly files = new Request();
  private readonly reply = new Request();
  private image: Uint8Array | null = null;

  constructor(
    private readonly command: typeof send = send,
    private readonly start: typeof createAnswersClient = createAnswersClient,
  ) {}

  /** From now on, until the function that it gives is called. */
  watch(): () => void {
    this.client ??= this.start(
      (message) => this.hear(message),
      () => useAnswers.setState({ problem: 'The models cannot answer, because a part of the page stopped. Reload the page.' }),
    );
    this.watching = true;
    this.fetch();
    return () => {
      this.watching = false;
    };
  }

  /** Both models answer for this image as soon as they can; null for none. Of many images in a short time the last one counts. */
  show(image: Uint8Array | null): void {
    this.image = image;
    this.ask();
    if (image) return;
    this.reply.forget();
    useAnswers.setState({ answers: NONE });
  }

  /** Takes a message of the engine's worker. */
  receive(message: Message): void {
    // A new engine does not answer what the one before it was asked.
    if (message.type === 'backend') this.files.forget();
    if (message.type === 'models') this.take(message);
    else if (changesModels(message)) this.fetch();
  }

  private fetch(): void {
    if (!this.watching) return;
    const have = sides.flatMap((side) => this.given[side] || []);
    this.files.send((request) => this.command({ type: 'models', request, have }));
  }

  private take({ request, models, input }: Extract<Message, { type: 'models' }>): void {
    const again = this.files.answered(request);
    if (again === undefined) return;
    this.told = models;
    for (const side of sides) {
      const { id = '', bytes } = models[side] ?? {};
      if (this.given[side] === id) continue;
      this.given[side] = id;
      this.client?.send({ type: 'model', side, id, input, ...(bytes ? { bytes } : {}) });
    }
    this.tell();
    if (again) this.fetch();
  }

  private hear(message: AnswersMessage): void {
    if (message.type === 'answers') {
      const again = this.reply.answered(message.request);
      if (again !== undefined) useAnswers.setState({ answers: message.answers });
      if (again) this.ask();
      return;
    }
    if (message.type === 'refused') useAnswers.setState({ problem: message.message });
    else if (message.model) {
      this.facts.set(message.id, message.model);
      useAnswers.setState({ problem: '' });
    }
    this.tell();
    this.ask();
  }

  private ask(): void {
    const { image: pixels } = this;
    if (pixels) this.reply.send((request) => this.client?.send({ type: 'ask', request, pixels }));
  }

  private tell(): void {
    const model = (side: Side): AnsweringModel | null => {
      const { id = '', step = 0, live = false, recorded = false } = this.told[side] ?? {};
      const facts = this.facts.get(id);
      return facts ? { ...facts, step, live, recorded } : null;
    };
    for (const id of this.facts.keys()) if (!sides.some((side) => this.told[side]?.id === id)) this.facts.delete(id);
    useAnswers.setState({ models: { float: model('float'), squeezed: model('squeezed') } });
  }
}

/** Requests of which one is on its way at a time; of those that come meanwhile only the last is sent. */
class Request {
  private number = 0;
  private waiting = false;
  private again = false;

  send(post: (request: number) => void): void {
    this.again = this.waiting;
    if (this.waiting) return;
    this.waiting = true;
    post(++this.number);
  }

  /** Gives whether to send once more; undefined for the answer to a request that was forgotten. */
  answered(request: number): boolean | undefined {
    if (!this.waiting || request !== this.number) return undefined;
    this.waiting = false;
    return this.again;
  }

  forget(): void {
    this.waiting = false;
    this.again = false;
  }
}

/** Whether the run may have other models after this message. */
function changesModels(message: Message): boolean {
  if (message.type === 'events') return message.events.some(({ type }) => type === 'inspection' || type === 'stageDone');
  return message.type === 'loaded' || message.type === 'replay' || message.type === 'checkpoints' || message.type === 'status';
}

const watch = new AnswersWatch();
listen((message) => watch.receive(message));

/** Has both models ready from now on, until the function that it gives is called. */
export function watchModels(): () => void {
  return watch.watch();
}

/** Shows an image to both models. */
export function showModels(image: Uint8Array | null): void {
  watch.show(image);
}
