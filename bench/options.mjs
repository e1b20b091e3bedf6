/** Options that both benchmarks take. */
import { parseArgs } from 'node:util';

const HELP = `  --rounds <n>   rounds at most; every contender runs once a round, in changing order (default 5)
  --only <text>  only rows whose measure or model holds this text; may be given several times
  --quick        two short rounds of the two dense models, to see whether everything runs; not for reporting
  --batch <n>    this batch size instead of each model's own, to try a slow model; not for reporting
  --merge        puts the rows that were measured into those of docs/results, in the place of their like; each says when it was made
  --out <file>   where the numbers go (default: docs/results for a whole run with everything at its default, else reports/)
  --help         this text`;

/**
 * @param name of the result file, without folder and ending
 * @param usage what --help says first
 * @returns null after printing the help
 */
export function readOptions(args, name, usage) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '' },
      only: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      batch: { type: 'string', default: '' },
      merge: { type: 'boolean', default: false },
      out: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(`${usage}\n\n${HELP}`);
    return null;
  }
  const { quick, only, merge } = values;
  const rounds = values.rounds === '' ? (quick ? 2 : 5) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds wants a whole number from 1, not ${values.rounds}.`);
  const batch = values.batch === '' ? 0 : Number(values.batch);
  if (!Number.isInteger(batch) || batch < 0) throw new Error(`--batch wants a whole number from 1, not ${values.batch}.`);
  const whole = !quick && only.length === 0 && batch === 0;
  if (merge && (quick || batch > 0)) throw new Error('--merge is for rows to report: without --quick and --batch.');
  return {
    rounds,
    quick,
    only,
    /** 0: each model's own. */
    batch,
    /** Whether docs/results is written. */
    recorded: whole || merge,
    merge,
    out: values.out || (whole || merge ? `docs/results/${name}.json` : `reports/${name}.json`),
    command: ['npm run', name.replace('-', ':'), ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    /** One batch of steps of the slowest contender takes about so long. */
    batchMs: quick ? 1500 : 4000,
    /** All rounds of one model take about so long, unless two of them already take longer. */
    modelMs: quick ? 15_000 : 180_000,
    wants: (measure, model = '') => only.length === 0 || only.some((text) => measure.includes(text) || model.includes(text)),
  };
}
