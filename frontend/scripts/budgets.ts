// What a first visit downloads, from the build's own manifest: 230 kB of scripts and 40 kB of styles, gzipped; every
// part that is fetched later 130 kB at most. No page of a customer fetches anything of the console. Ends with status 1
// where more is needed.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

type Chunk = { file: string; imports?: string[]; css?: string[]; isEntry?: boolean };

const LIMIT = { script: 230_000, style: 40_000, lazy: 130_000 };
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8')) as Record<string, Chunk>;

const sizes = new Map<string, number>();
function sizeOf(file: string): number {
  const known = sizes.get(file) ?? gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
  sizes.set(file, known);
  return known;
}

/** Everything that is fetched for a chunk: itself, what it imports, and their styles. */
function closure(name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const style of chunk.css ?? []) found.add(style);
  for (const imported of chunk.imports ?? []) closure(imported, found);
  return found;
}

function sum(files: Iterable<string>, suffix: string): number {
  return [...files].filter((file) => file.endsWith(suffix)).reduce((total, file) => total + sizeOf(file), 0);
}

const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? '';
const pages = Object.keys(manifest).filter((name) => name.endsWith('-page.tsx'));
const failures: string[] = [];
for (const page of pages) {
  const files = new Set([...closure(entry), ...closure(page)]);
  const [script, style] = [sum(files, '.js'), sum(files, '.css')];
  const name = page.split('/').at(-1);
  console.log(`${name}: ${(script / 1000).toFixed(1)} kB scripts, ${(style / 1000).toFixed(1)} kB styles`);
  if (script > LIMIT.script) failures.push(`${name} needs ${script} bytes of scripts`);
  if (style > LIMIT.style) failures.push(`${name} needs ${style} bytes of styles`);
}
/** The console's features, as its own routes name them, without what customers have as well. */
function featuresIn(...files: string[]): Set<string> {
  const routes = new URL('../src/app/routes/', import.meta.url);
  const texts = files.map((file) => readFileSync(new URL(file, routes), 'utf8')).join('');
  return new Set([...texts.matchAll(/@\/features\/([^/]+)\//g)].map(([, name]) => name ?? ''));
}
const ofCustomers = featuresIn('door-routes.ts', 'money-routes.ts', 'person-routes.ts');
const ofStaff = [...featuresIn('staff-routes.ts')].filter((name) => !ofCustomers.has(name));
const isOfStaff = (name: string) => ofStaff.some((feature) => name.includes(`/features/${feature}/`));
if (!pages.some(isOfStaff)) failures.push('no page of the console was found in the manifest');
const toCustomers = new Set(pages.filter((page) => !isOfStaff(page)).flatMap((page) => [...closure(page)]));
for (const page of pages.filter(isOfStaff)) {
  const { file = '' } = manifest[page] ?? {};
  if (toCustomers.has(file) || closure(entry).has(file)) failures.push(`customers download ${page}`);
}
for (const file of [...toCustomers, ...closure(entry)].filter((name) => name.endsWith('.js'))) {
  if (/['"`]staff\.[a-z]+\.[a-z]/i.test(readFileSync(new URL(file, dist), 'utf8')))
    failures.push(`customers download a screen of the console in ${file}`);
}
const first = closure(entry);
for (const { file } of Object.values(manifest)) {
  if (file.endsWith('.js') && !first.has(file) && sizeOf(file) > LIMIT.lazy)
    failures.push(`${file} is over ${LIMIT.lazy}`);
}
if (pages.length === 0) failures.push('no page was found in the manifest');
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
