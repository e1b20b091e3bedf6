import { expect, test } from 'vitest';
import { hearAtHand, nothingAtHand, useAtHand } from './at-hand';

test('what the engine holds is what came and did not go', () => {
  const keys = () => [...useAtHand.getState().keys];
  hearAtHand({ type: 'checkpoints', added: ['a', 'b'], removed: [] });
  hearAtHand({ type: 'checkpoints', added: ['c'], removed: ['a'] });
  hearAtHand({ type: 'loaded', keptStages: 0, keptSteps: 0 });
  expect(keys()).toEqual(['b', 'c']);
  nothingAtHand();
  expect(keys()).toEqual([]);
});
