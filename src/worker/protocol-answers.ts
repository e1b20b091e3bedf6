/** Messages between the page and the worker that answers for stored models. Types only. */

/** float32: as it was before the first stage that compresses. squeezed: as the last stage left it. */
export type Side = 'float' | 'squeezed';

/** How bytes of pixels become the network's input: x = byte × scale + shift, for each channel. */
export interface PixelInput {
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

export type AnswersCommand =
  /** The model file that answers on this side from now on; none if absent. Its `id` comes back. */
  | { readonly type: 'model'; readonly side: Side; readonly id: string; readonly bytes?: Uint8Array; readonly input: PixelInput }
  /** Both sides answer for this image: bytes, rows top to bottom, channels last. */
  | { readonly type: 'ask'; readonly request: number; readonly pixels: Uint8Array };

export type AnswersMessage =
  | { readonly type: 'opened'; readonly side: Side; readonly id: string; readonly model: OpenedModel | null }
  /** The file cannot be run: why, as a sentence. */
  | { readonly type: 'refused'; readonly side: Side; readonly id: string; readonly message: string }
  | { readonly type: 'answers'; readonly request: number; readonly answers: Answers };

/** Probability of each class; null from a side that has no model, or none for images of this size. */
export type Answers = Readonly<Record<Side, Float64Array | null>>;

/** What a model file says of itself. */
export interface OpenedModel {
  readonly bytes: number;
  /** Fewest and most bits of a weight's code over the layers that are quantized; null if none is. */
  readonly bits: { readonly least: number; readonly most: number } | null;
}
