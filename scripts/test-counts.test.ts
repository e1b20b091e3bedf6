import { expect, test } from 'vitest';
import { countCheck, countPlaywright, countVitest, sumCounts, withCrash } from './test-counts.mjs';

const vitest = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };

test('counts the tests of Vitest, and a file that could not be loaded as one failed', () => {
  expect(countVitest(vitest)).toEqual({ passed: 3, failed: 1, skipped: 3 });
  const testResults = [
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
    { status: 'failed', assertionResults: [] },
  ];
  expect(countVitest({ ...vitest, testResults })).toEqual({ passed: 3, failed: 2, skipped: 3 });
});

test('counts the tests of Playwright, and errors outside of them', () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
  expect(countPlaywright({ stats })).toEqual({ passed: 5, failed: 1, skipped: 2 });
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('counts a check as one', () => {
  expect(countCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(countCheck(3)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countCheck(null)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('a crash that left no failed test is one failed', () => {
  const good = { passed: 5, failed: 0, skipped: 0 };
  expect(withCrash(good, 0)).toEqual(good);
  expect(withCrash(good, null)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  expect(withCrash({ ...good, failed: 2 }, 1)).toEqual({ ...good, failed: 2 });
});

test('sums', () => {
  const counts = sumCounts([countCheck(0), countCheck(1), countVitest(vitest)]);
  expect(counts).toEqual({ passed: 4, failed: 2, skipped: 3 });
});
