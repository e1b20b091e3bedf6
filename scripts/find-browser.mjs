/**
 * Finds a Chromium-family browser for the tests, and installs one if there is none.
 * Order: $CHROMIUM, Playwright's own download, Chrome, Chromium, Edge.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

const ADVICE =
  'No browser was found and none could be installed: install Google Chrome, Chromium or Microsoft Edge, or set CHROMIUM to the path of one.';

/** Commands on the search path, in order of preference. */
const COMMANDS = [
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'msedge',
];

/** Files where the three systems' installers put the browsers. */
function knownFiles() {
  if (process.platform === 'darwin') {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    const roots = ['/Applications', join(process.env.HOME ?? '', 'Applications')];
    return names.flatMap((name) => roots.map((root) => join(root, `${name}.app`, 'Contents', 'MacOS', name)));
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(Boolean);
    const tails = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return tails.flatMap((tail) => roots.map((root) => join(root, tail)));
  }
  return ['/opt/google/chrome/chrome', '/usr/bin/chromium', '/snap/bin/chromium', '/opt/microsoft/msedge/msedge'];
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function playwrightsOwn() {
  try {
    return chromium.executablePath();
  } catch {
    return '';
  }
}

/** Path of an installed browser, or null. Throws if $CHROMIUM names a file that cannot be run. */
export function findBrowser() {
  const chosen = process.env.CHROMIUM;
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`CHROMIUM is set to ${chosen}, which is not a program that can be run.`);
    return chosen;
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [
    playwrightsOwn(),
    ...COMMANDS.flatMap((command) => onPath.map((folder) => join(folder, command + suffix))),
    ...knownFiles(),
  ];
  return candidates.find((path) => path !== '' && isExecutable(path)) ?? null;
}

/** As `findBrowser`, for a program that cannot continue without one: throws a sentence that says what to install. */
export function requireBrowser() {
  const path = findBrowser();
  if (path) return path;
  throw new Error(ADVICE);
}

/** Finds a browser or installs one; throws a sentence that says what to install when neither works. `say` receives progress. */
export function findOrInstallBrowser(say = () => {}) {
  const found = findBrowser();
  if (found) return found;
  say('No browser found; trying the download of Playwright.');
  // The headless shell has no WebGPU, so the full browser is used.
  attempt(process.execPath, [join('node_modules', '@playwright', 'test', 'cli.js'), 'install', '--no-shell', 'chromium']);
  if (findBrowser()) return requireBrowser();
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say("Trying the chromium package of the system's package manager.");
    attempt('apt-get', ['update']);
    attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
  }
  return requireBrowser();
}

function attempt(command, args) {
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 10 * 60_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/**
 * Flags under which a headless browser offers WebGPU, on a software adapter where there is no GPU
 * (set FEWBITS_GPU=1 to test on the machine's own GPU), and makes no connections of its own.
 */
export function browserFlags() {
  const adapter = process.env.FEWBITS_GPU
    ? ['--enable-features=Vulkan']
    : ['--use-webgpu-adapter=swiftshader', '--enable-unsafe-swiftshader'];
  return [
    '--no-sandbox',
    '--enable-unsafe-webgpu',
    ...adapter,
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(findOrInstallBrowser((line) => console.error(line)));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
