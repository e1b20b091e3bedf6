import { expect, test } from 'vitest';
import { Arrivals } from './arrivals';

const settled = async (promise: Promise<void>) => {
  const pending = Symbol('pending');
  return (await Promise.race([promise.then(() => 'there'), Promise.resolve().then(() => pending)])) === 'there';
};

test('waits for the images from the front, whatever arrives first', async () => {
  const arrivals = new Arrivals([5, 10, 10]);
  const six = arrivals.first(6);
  arrivals.arrived(1);
  expect(await settled(six)).toBe(false);
  arrivals.arrived(0);
  await six;
  await arrivals.first(15);
  expect(await settled(arrivals.first(16))).toBe(false);
  arrivals.arrived(2);
  await arrivals.first(25);
});

test('nothing is always there, and more than all is refused', async () => {
  const arrivals = new Arrivals([5]);
  await arrivals.first(0);
  await expect(arrivals.first(6)).rejects.toThrow(new RangeError('6 images were requested, but only 5 exist.'));
});

test('a failure rejects those who wait and those who ask later, but not for what is there', async () => {
  const arrivals = new Arrivals([5, 5]);
  arrivals.arrived(0);
  const all = arrivals.first(10);
  arrivals.fail(new Error('first'));
  arrivals.fail(new Error('second'));
  await expect(all).rejects.toThrow('first');
  await expect(arrivals.first(6)).rejects.toThrow('first');
  await arrivals.first(5);
});
