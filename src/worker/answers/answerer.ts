import type { AnswersCommand, AnswersMessage, Side } from '../protocol-answers';
import { openModel, type RunnableModel } from './open-model';

/** Holds a model for each side, and answers for images. */
export class Answerer {
  private readonly models: Record<Side, RunnableModel | null> = { float: null, squeezed: null };

  constructor(private readonly post: (message: AnswersMessage) => void) {}

  obey(command: AnswersCommand): void {
    if (command.type === 'model') this.open(command);
    else {
      const { request, pixels } = command;
      const answer = (model: RunnableModel | null) => (model?.pixels === pixels.length ? model.answer(pixels) : null);
      this.post({ type: 'answers', request, answers: { float: answer(this.models.float), squeezed: answer(this.models.squeezed) } });
    }
  }

  private open({ side, id, bytes, input }: Extract<AnswersCommand, { type: 'model' }>): void {
    this.models[side] = null;
    try {
      const model = bytes ? openModel(bytes, input) : null;
      this.models[side] = model;
      this.post({ type: 'opened', side, id, model: model?.facts ?? null });
    } catch (error) {
      this.post({ type: 'refused', side, id, message: error instanceof Error ? error.message : String(error) });
    }
  }
}
