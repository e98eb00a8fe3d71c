type Difference = { field: string; before: unknown; after: unknown };

function members(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return value === null || value === undefined ? {} : { '': value };
}

/** The fields that are not the same before and after, by name. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [old, now] = [members(before), members(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .sort()
    .map((field) => ({ field, before: old[field], after: now[field] }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}

export function written(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
