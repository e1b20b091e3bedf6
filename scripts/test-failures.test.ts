import { expect, test } from 'vitest';
import { playwrightFailures, vitestFailures } from './test-failures.mjs';

test('names the failed tests of Vitest and why they failed, and a file that could not be loaded', () => {
  const testResults = [
    { name: 'a.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'adds' }] },
    {
      name: 'b.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'halves' },
        { status: 'failed', fullName: 'a group doubles', failureMessages: ['\u001b[31mexpected 3\u001b[39m to be 4'] },
      ],
    },
    { name: 'c.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
  ];
  expect(vitestFailures({ testResults })).toEqual(['b.test.ts › a group doubles\nexpected 3 to be 4', 'c.test.ts\nno such module']);
  expect(vitestFailures({})).toEqual([]);
});

test('names the failed tests of Playwright by the last try, and errors outside of them', () => {
  const spec = (ok: boolean, title: string, ...errors: string[]) => ({
    ok,
    file: 'page.spec.ts',
    line: 7,
    title,
    tests: [{ results: [{ errors: [{ message: 'an earlier try' }] }, { errors: errors.map((message) => ({ message })) }] }],
  });
  const report = {
    suites: [{ specs: [spec(true, 'opens')], suites: [{ specs: [spec(false, 'closes', 'Timeout')] }] }],
    errors: [{ message: 'no server' }],
  };
  expect(playwrightFailures(report)).toEqual(['page.spec.ts:7 › closes\nTimeout', 'outside of the tests\nno server']);
});

test('a long message is cut', () => {
  const report = {
    testResults: [
      { name: 'a', status: 'failed', assertionResults: [{ status: 'failed', fullName: 't', failureMessages: ['x'.repeat(9000)] }] },
    ],
  };
  expect(vitestFailures(report)[0]).toHaveLength('a › t\n'.length + 3000 + ' …'.length);
});
