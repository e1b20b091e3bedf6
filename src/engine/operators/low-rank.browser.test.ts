import { beforeAll, test } from 'vitest';
import { lowRankByTwin, lowRankOnBackend } from '../testing/low-rank-case';
import { expectClose, onGpu, openTestGpu } from '../testing/webgpu-test-backend';

beforeAll(openTestGpu);

test.each([false, true])('values and gradients of x, L, R and b are the twin’s; ReLU: %s', async (relu) => {
  const found = await onGpu(() => lowRankOnBackend(relu));
  for (const [i, expected] of lowRankByTwin(relu).entries()) expectClose(found[i]!, expected);
});
