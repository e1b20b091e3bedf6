/**
 * Adds to package-lock.json the packages for other systems that npm left out. A registry mirror that does not carry, say, the macOS
 * builds makes npm write a lock file without them, which `npm ci` then refuses everywhere. Run after `npm install <package>`:
 *   node scripts/complete-lock.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

/** The platform fields that a native package's name implies. */
function platformOf(name) {
  const words = name.split('/').at(-1).split('-');
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const abi = words.find((word) => /^(?:gnu|musl)/.test(word));
  const libc = os[0] === 'linux' && abi ? [abi.startsWith('gnu') ? 'glibc' : 'musl'] : [];
  return { ...(cpu.length && { cpu }), ...(libc.length && { libc }), ...(os.length && { os }) };
}

/** Exactly pinned optional packages that the lock file names as wanted but does not describe: [path, entry] pairs. */
export function missingEntries(lock) {
  const missing = new Map();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '') continue;
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
      if (places.some((place) => lock.packages[place])) continue;
      missing.set(`node_modules/${name}`, {
        version,
        ...platformOf(name),
        ...(entry.dev && { dev: true }),
        license: entry.license,
        optional: true,
      });
    }
  }
  return [...missing];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const added = missingEntries(lock);
  const packages = { ...lock.packages, ...Object.fromEntries(added) };
  const sorted = Object.keys(packages).sort((a, b) => (a < b ? -1 : 1));
  lock.packages = Object.fromEntries(sorted.map((path) => [path, packages[path]]));
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  for (const [path, { version }] of added) console.log(`${path.replace('node_modules/', '')} ${version}`);
}
