import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const src = `${import.meta.dirname}/../`;
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|tsx|css)$/.test(path) && !path.endsWith('schema.d.ts'))
  .map((path) => ({ path, text: readFileSync(src + path, 'utf8') }));
const code = files.filter(({ path }) => /\.tsx?$/.test(path) && !path.includes('.test.'));

describe('the house', () => {
  it('has files of at most 250 lines', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 251).map(({ path }) => path);
    expect(long).toEqual([]);
  });

  it('has features that do not know each other', () => {
    const found = code.flatMap(({ path, text }) => {
      const own = /^features\/([^/]+)\//.exec(path)?.[1];
      const named = [...text.matchAll(/@\/features\/([^/']+)/g)].map((match) => match[1]);
      return own ? named.filter((name) => name !== own).map((name) => `${path} → ${name}`) : [];
    });
    expect(found).toEqual([]);
  });

  it('has one direction: app, features, components, lib', () => {
    const below: Record<string, RegExp> = {
      features: /@\/app\//,
      components: /@\/(app|features)\//,
      lib: /@\/(app|features|components)\//,
    };
    const found = code.filter(({ path, text }) => below[path.split('/')[0] ?? '']?.test(text)).map(({ path }) => path);
    expect(found).toEqual([]);
  });

  it('has one request per file', () => {
    const requests = (text: string) =>
      new Set([...text.matchAll(/api\.(GET|POST|PUT|PATCH|DELETE)\('([^']+)'/g)].map(String));
    const found = code
      .filter(({ path, text }) => path.startsWith('features/') && path.includes('/api/') && requests(text).size !== 1)
      .map(({ path }) => path);
    // A deposit and a withdrawal are one request to two doors.
    expect(found).toEqual(['features/payments/api/book-cash.ts']);
  });

  it('writes amounts through one component', () => {
    const found = code.filter(({ path, text }) => /toFixed|style: 'currency'/.test(text) && path !== 'lib/money.ts');
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});
