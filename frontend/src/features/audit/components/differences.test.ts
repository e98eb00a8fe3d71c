import { describe, expect, it } from 'vitest';
import { differences } from './differences';

describe('the differences of a record', () => {
  it('are the fields that changed, came or went', () => {
    expect(differences({ a: 1, b: [1], gone: 'x' }, { a: 2, b: [1], came: true })).toEqual([
      { field: 'a', before: 1, after: 2 },
      { field: 'came', before: undefined, after: true },
      { field: 'gone', before: 'x', after: undefined },
    ]);
  });

  it('are everything where nothing was before', () => {
    expect(differences(null, { a: 1 })).toEqual([{ field: 'a', before: undefined, after: 1 }]);
  });
});
