import { Play } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { AnswerTable, likeliest } from '../../charts/answers/answer-table';
import { ImagePicture } from '../../charts/errors/image-picture';
import type { Stage } from '../../experiment/types/experiment';
import { bytesShort, count } from '../../numerics/measures/number-words';
import { type AnsweringModel, showModels, useAnswers, watchModels } from '../../state/answers';
import { useExperiment } from '../../state/experiment/experiment-store';
import { play } from '../../state/lab';
import type { DatasetSummary } from '../../state/run/run-state';
import { useRun } from '../../state/run/run-store';
import { setDrawing, takeToDraw, useLookInside } from '../../state/ui/look-inside';
import { Button } from '../../ui/button';
import styles from './draw.module.css';
import { answerSentence, missingSentence, roundsInputs, squeezedName, whence } from './draw-words';
import { DrawingPad } from './drawing-pad';
import { prepareDrawing, SIDE } from './prepare-drawing';
import { TestStrip } from './test-strip';

/** Draw a digit or take a test image: the float32 model and the compressed one answer side by side. */
export function DrawPanel() {
  const { data, stages } = useExperiment((s) => s.experiment);
  const dataset = useRun((s) => s.dataset);
  const tests = useRun((s) => s.tests);
  const { taken, drawing } = useLookInside();
  const { models } = useAnswers();
  useEffect(watchModels, []);
  const area = dataset ? dataset.width * dataset.height * dataset.channels : 0;
  const image = taken?.pixels.length === area ? taken : null;
  // The lines are prepared as MNIST was; other images are not made of lines.
  const draws = data.dataset === 'mnist';
  const pixels = useMemo(() => image?.pixels ?? (draws ? prepareDrawing(drawing) : null), [image, drawing, draws]);
  useEffect(() => showModels(pixels), [pixels]);
  const measured = (model: AnsweringModel | null) => (model && !model.live ? tests[model.step]?.predicted : undefined);
  const [one, other] = [measured(models.float), measured(models.squeezed)];
  return (
    <div className={styles.draw}>
      <div className={styles.columns}>
        <div className={styles.board}>
          {draws ? <DrawingPad drawing={drawing} onDraw={setDrawing} /> : null}
          <div className={styles.beside}>
            {draws ? (
              <div className={styles.tools}>
                <Button small inactive={pixels === null} onPress={() => setDrawing([])}>
                  Clear
                </Button>
                <Button small inactive={drawing.length === 0} onPress={() => setDrawing(drawing.slice(0, -1))}>
                  Undo
                </Button>
              </div>
            ) : null}
            <Preview dataset={dataset} pixels={pixels} label={image ? imageName(image, dataset) : 'your drawing'} />
          </div>
        </div>
        <Answering stages={stages} classes={dataset?.classes ?? []} label={image?.label ?? null} />
      </div>
      {dataset ? (
        <TestStrip
          data={data}
          testCount={dataset.testCount}
          taken={image?.index ?? null}
          onTake={takeToDraw}
          predicted={one && other ? [one, other] : null}
        />
      ) : null}
    </div>
  );
}

function imageName({ index, label }: { readonly index: number; readonly label: number }, dataset: DatasetSummary | null): string {
  return `test image ${count(index)}, label ${dataset?.classes[label] ?? label}`;
}

interface PreviewProps {
  readonly dataset: DatasetSummary | null;
  readonly pixels: Uint8Array | null;
  readonly label: string;
}

/** The very image that the network is given. */
function Preview({ dataset, pixels, label }: PreviewProps) {
  const { width, height, channels } = dataset ?? { width: SIDE, height: SIDE, channels: 1 };
  return (
    <figure className={styles.preview}>
      {pixels ? <ImagePicture {...{ pixels, width, height, channels, label }} /> : <span className={styles.blank} />}
      <figcaption className={styles.note}>
        What the network sees{pixels ? `: ${label}, ` : ': '}
        {width} × {height} pixels
      </figcaption>
    </figure>
  );
}

interface AnsweringProps {
  readonly stages: readonly Stage[];
  readonly classes: readonly string[];
  /** Of the image; null for a drawing. */
  readonly label: number | null;
}

/** The two answers, in a sentence and as bars, or what is missing for them. */
function Answering({ stages, classes, label }: AnsweringProps) {
  const { models, answers, problem } = useAnswers();
  const rests = useRun((s) => s.status !== 'running' && s.status !== 'done' && !s.queued);
  const { float, squeezed } = models;
  const name = (probabilities: ArrayLike<number> | null) => (probabilities ? (classes[likeliest(probabilities)] ?? '') : null);
  const said = { float: name(answers.float), squeezed: name(answers.squeezed), model: squeezed };
  const sentence = answerSentence({ ...said, truth: label === null ? null : (classes[label] ?? String(label)) });
  const missing = missingSentence(stages, { float: float !== null, squeezed: squeezed !== null });
  const notes = (model: AnsweringModel | null) => (model ? [whence(stages, model), bytesShort(model.bytes)] : ['not there yet']);
  return (
    <div className={styles.answering}>
      <p className={styles.sentence} role="status">
        {sentence || (missing ? 'No answer yet' : 'Both models are ready')}
      </p>
      {missing ? (
        <div className={styles.missing}>
          <p>{missing}</p>
          {rests ? (
            <Button small onPress={play}>
              <Play size={14} aria-hidden /> Run
            </Button>
          ) : null}
        </div>
      ) : null}
      <AnswerTable
        classes={classes}
        float={{ name: 'float32', notes: notes(float), probabilities: answers.float }}
        squeezed={{ name: squeezedName(squeezed), notes: notes(squeezed), probabilities: answers.squeezed }}
      />
      {squeezed && roundsInputs(stages, squeezed.step) ? (
        <p className={styles.note}>
          This program also rounds what flows into the layers. The model file does not hold that, so the answer here leaves it out.
        </p>
      ) : null}
      {problem ? <p className={styles.note}>{problem}</p> : null}
    </div>
  );
}
