/** Reads what failed, and why, from what the runners wrote: shown at the end, where a log that is cut off still has it. */

const LONGEST = 3000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the runners colour their messages with escape sequences.
const COLOURS = /\u001b\[[0-9;]*m/g;

function failureText(title, messages) {
  const text = messages.join('\n').replace(COLOURS, '').trim();
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
  return shown === '' ? title : `${title}\n${shown}`;
}

/** One text for each failed test of Vitest's JSON report, and for each file that could not be loaded. */
export function vitestFailures(report) {
  return (report.testResults ?? []).flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    if (failed.length > 0) return failed.map((test) => failureText(`${file.name} › ${test.fullName}`, test.failureMessages ?? []));
    return file.status === 'failed' ? [failureText(file.name, [file.message ?? ''])] : [];
  });
}

/** One text for each failed test of Playwright's JSON report, and for each error outside of them. */
export function playwrightFailures(report) {
  const messages = (errors) => (errors ?? []).map((error) => error.message ?? String(error.value ?? ''));
  const inSuite = (suite) => [
    ...(suite.specs ?? [])
      .filter((spec) => !spec.ok)
      .map((spec) =>
        failureText(`${spec.file}:${spec.line} › ${spec.title}`, messages(spec.tests.flatMap((test) => test.results.at(-1)?.errors ?? []))),
      ),
    ...(suite.suites ?? []).flatMap(inSuite),
  ];
  return [...(report.suites ?? []).flatMap(inSuite), ...messages(report.errors).map((text) => failureText('outside of the tests', [text]))];
}
