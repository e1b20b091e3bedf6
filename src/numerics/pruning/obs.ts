import { cholesky, inverseCholesky, type Rows, solveCholesky } from '../linear-algebra/cholesky';
import { dot } from '../linear-algebra/householder';

/**
 * Optimal Brain Surgeon (Hassibi and Stork 1993, NIPS 5): without weight q the loss rises by w_q² / (2 [H⁻¹]_qq) if the weights that
 * stay make up for it as well as they can. Here layer by layer (Dong, Chen, Pan 2017, arXiv 1705.07565): the loss is half the mean
 * square by which a layer's output changes, so that H is the mean of x xᵀ over its inputs x, the same for each of its units.
 */

/** A layer's H, [inputs, inputs], with its inverse. */
export interface Curvature {
  readonly hessian: Rows;
  readonly inverse: Rows;
}

/** This share of H's mean diagonal is added to the diagonal, so that inputs that are always 0 leave H with an inverse. */
const DAMPING = 0.01;

/** @param products the mean of x xᵀ, row by row */
export function curvatureOf(products: Float32Array, inputs: number, damping = DAMPING): Curvature {
  const hessian = Array.from({ length: inputs }, (_, i) => Float64Array.from(products.subarray(i * inputs, (i + 1) * inputs)));
  const trace = hessian.reduce((sum, row, i) => sum + (row[i] as number), 0);
  // A layer that only ever received zeros: every weight is as good as any other.
  const added = trace > 0 ? (damping * trace) / inputs : 1;
  hessian.forEach((row, i) => {
    row[i] = (row[i] as number) + added;
  });
  return { hessian, inverse: inverseCholesky(cholesky(hessian)) };
}

/** L_q = w_q² / (2 [H⁻¹]_qq) for each weight of a matrix [inputs, units], row by row. */
export function obsScores(weights: Float32Array, { inverse }: Curvature): Float32Array {
  const units = weights.length / inverse.length;
  return weights.map((weight, i) => {
    const q = Math.floor(i / units);
    return weight ** 2 / (2 * (inverse[q]?.[q] as number));
  });
}

/**
 * The weights that stay, moved so that the layer's output changes least without the others: for each unit the minimum of δᵀHδ / 2 with
 * w + δ = 0 where a weight goes. For one weight this is δ = −w_q / [H⁻¹]_qq H⁻¹e_q, for many it is exact too, unlike one after the other.
 * @param weights [inputs, units], row by row  @param kept 1 where a weight stays
 */
export function obsAdjusted(weights: Float32Array, kept: Uint8Array, curvature: Curvature): Float32Array {
  const adjusted = weights.map((weight, i) => (kept[i] === 1 ? weight : 0));
  const inputs = curvature.hessian.length;
  const units = weights.length / inputs;
  for (let unit = 0; unit < units; unit++) {
    const column = Float64Array.from({ length: inputs }, (_, i) => weights[i * units + unit] as number);
    const [stay, go]: [number[], number[]] = [[], []];
    for (let i = 0; i < inputs; i++) (kept[i * units + unit] === 1 ? stay : go).push(i);
    const change = stay.length < go.length ? byThoseThatStay(column, stay, go, curvature) : byThoseThatGo(column, stay, go, curvature);
    stay.forEach((i, s) => {
      adjusted[i * units + unit] = (column[i] as number) + (change[s] as number);
    });
  }
  return adjusted;
}

/** δ_S = H_SS⁻¹ H_SG w_G. */
function byThoseThatStay(column: Float64Array, stay: readonly number[], go: readonly number[], { hessian }: Curvature): Float64Array {
  const gone = pick(column, go);
  const pull = Float64Array.from(stay, (i) => dot(pick(hessian[i] as Float64Array, go), gone));
  return solveCholesky(cholesky(stay.map((i) => pick(hessian[i] as Float64Array, stay))), pull);
}

/** δ_S = −(H⁻¹)_SG ((H⁻¹)_GG)⁻¹ w_G. */
function byThoseThatGo(column: Float64Array, stay: readonly number[], go: readonly number[], { inverse }: Curvature): Float64Array {
  const forces = solveCholesky(cholesky(go.map((i) => pick(inverse[i] as Float64Array, go))), pick(column, go));
  return Float64Array.from(stay, (i) => -dot(pick(inverse[i] as Float64Array, go), forces));
}

const pick = (row: Float64Array, at: readonly number[]): Float64Array => Float64Array.from(at, (i) => row[i] as number);
