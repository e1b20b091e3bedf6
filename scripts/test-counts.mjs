/** Reads how many tests passed, failed and were skipped from what the runners wrote. */

const NONE = { passed: 0, failed: 0, skipped: 0 };

export function sumCounts(list) {
  return list.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    NONE,
  );
}

/** Vitest's JSON report. A file that could not be loaded has no tests and counts as one failed. */
export function countVitest(report) {
  const files = report.testResults ?? [];
  const broken = files.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Playwright's JSON report. Errors outside of tests count as one failed each. */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0), skipped };
}

/** A check without tests of its own counts as one. */
export function countCheck(exitCode) {
  return exitCode === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 };
}

/** A runner that ended badly without a failed test to show for it (a crash, a missing report) counts as one failed. */
export function withCrash(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
