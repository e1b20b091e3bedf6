import type { Method } from '../../settings/setting';
import { samples } from './samples';

/** Optimal Brain Damage. */
export const obd: Method = {
  id: 'obd',
  label: 'Optimal Brain Damage (OBD)',
  help: 'Estimates how much the loss rises without the weight, from the curvature of the loss (the diagonal of its Hessian, in the Gauss-Newton form). It assumes that training has converged. It does not work with residual blocks and global pooling.',
  formula: "s_i = \\tfrac{1}{2} h_{ii} w_i^2, \\quad h_{ij} = h_{a_j} x_i^2, \\quad h_{x_i} = f'(x_i)^2 \\sum_j w_{ij}^2 h_{a_j}",
  source: 'LeCun, Denker, Solla 1989, NIPS 2, equations 5 to 9',
  settings: [samples],
};
