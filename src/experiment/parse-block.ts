import { allParameters, fillBlock, ownValue } from './block';
import type { Parameter, ParameterValue } from './parameter';
import { checkValue, complaintSentence } from './value';
import { didYouMean, inSentence, shown } from './wording';

/** Told about everything that was not valid: the field ("bits", or '' for the whole block) and one sentence. */
export type Report = (field: string, message: string) => void;

/** An object with keys of its own; arrays and null are none. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The nearest valid block to what was given: missing values get their default, wrong ones the nearest valid one, others are left
 * out; everything but the missing is reported. `envelope` names keys that are read elsewhere.
 */
export function parseBlock(
  table: readonly Parameter[],
  given: Readonly<Record<string, unknown>>,
  envelope: readonly string[],
  report: Report,
): Readonly<Record<string, ParameterValue>> {
  const block = fillBlock(table, (parameter) => {
    const value = ownValue(given, parameter.key);
    if (value === undefined) return parameter.default;
    const checked = checkValue(parameter, value);
    if (checked.complaint !== null) report(inSentence(parameter.label), complaintSentence(parameter, value, checked));
    return checked.value;
  });
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(block, key) && !envelope.includes(key)) reportStranger(table, key, Object.keys(block), report);
  }
  return block;
}

function reportStranger(table: readonly Parameter[], key: string, present: readonly string[], report: Report): void {
  const known = allParameters(table).find((parameter) => parameter.key === key);
  if (known) {
    const owners = methodsWith(table, key);
    report(inSentence(known.label), `${known.label} belongs to ${owners.join(' and ')}, which is not chosen here; it is left out.`);
  } else {
    report(key.slice(0, 40), `${shown(key)} is not known here; it is left out.${didYouMean(key, present)}`);
  }
}

/** Labels of the methods that bring this parameter. */
function methodsWith(table: readonly Parameter[], key: string): readonly string[] {
  return table.flatMap((parameter) =>
    parameter.type === 'method'
      ? parameter.methods.filter((method) => allParameters(method.parameters).some((p) => p.key === key)).map((method) => method.label)
      : [],
  );
}
