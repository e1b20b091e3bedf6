/** What every operator, a layer that computes, says of itself: shapes, parameters and cost. How it computes is in engine/operators. */

/** Glorot and He as in Keras; `normal` is N(0, std). */
export type Initializer = 'glorotNormal' | 'glorotUniform' | 'heNormal' | { readonly normal: number };

/** `weights`: what is pruned, quantized and counted as weights; a layer may have several such arrays. */
export type ParameterRole = 'weights' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance';

/** One array that the model stores. Dense weights are (in, out); convolution weights (height, width, in, out). */
export interface ParameterSpec {
  /** Unique: layer name, slash, part; for example `fc1/kernel`, `fc1/left`. */
  readonly name: string;
  readonly layer: string;
  readonly role: ParameterRole;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  readonly fanIn: number;
  readonly fanOut: number;
  /** Weights only; biases and beta and mean start at 0, gamma and variance at 1. */
  readonly init?: Initializer;
  /** Keys its random streams: the same for a parameter whatever becomes of the layers around it. */
  readonly stream: number;
}

/** A parameter as its operator describes it: which layer it is in, and where, is not its business. */
export type PartSpec = Omit<ParameterSpec, 'name' | 'layer' | 'stream'> & {
  /** Name within the layer, which model files keep: `kernel` (as Keras calls the weights of a layer), `left`. */
  readonly part: string;
};

export interface OperatorDefinition<Layer> {
  readonly type: string;
  /** It multiplies its input with weights: the input may be quantized, and a ReLU after it is taken in. */
  readonly linear?: true;
  /** It takes images [n, height, width, channels]; a linear operator without this takes rows. */
  readonly image?: true;
  /** The part whose last axis are the outputs: batch norm is folded into it and into the bias. Nothing is folded if absent. */
  readonly outputs?: string;
  /** The part whose rows (all axes but the last) are the inputs, channels fastest. Units before it are not removed if absent. */
  readonly inputs?: string;
  /** It treats each channel (the last axis) by itself, and the same constant in a channel gives a constant. */
  readonly perChannel?: true;
  /** The layer with fewer units: neurons or filters. */
  readonly withUnits?: (layer: Layer, units: number) => Layer;
  /** Its parameters are not those of the layer that it replaces, so they have random streams of their own. */
  readonly factors?: true;
  /** @param input shape of one example */
  readonly parameters?: (layer: Layer, input: readonly number[]) => readonly PartSpec[];
  /** Shape of one example after the layer; that of the input if absent. @throws RangeError if an image gets smaller than a window */
  readonly shapeAfter?: (layer: Layer, input: readonly number[]) => readonly number[];
  /** Multiply-accumulates for one example; 0 if absent. */
  readonly macs?: (layer: Layer, input: readonly number[]) => number;
}

/** Number of elements of an array of this shape. */
export function size(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** A bias of `units` zeros. */
export function biasSpec(units: number, fanIn: number, fanOut: number): PartSpec {
  return { part: 'bias', role: 'bias', shape: [units], trainable: true, fanIn, fanOut };
}

/** @throws RangeError if an image of this shape would have no pixels left */
export function checkedImage(shape: readonly number[], where: string): readonly number[] {
  if (shape.some((n) => n < 1)) throw new RangeError(`The image is too small for ${where}: it would become ${shape[0]} × ${shape[1]}.`);
  return shape;
}
