/** Reads what stands in an address: whatever it is, only what a page understands gets through. */
export const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export const day = (value: unknown) => (/^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? String(value) : undefined);

/** Only a path of this app: a link must not be able to send people elsewhere after they signed in. */
export function safePath(value: unknown): string | undefined {
  const path = text(value);
  return path && /^\/(?![/\\])/.test(path) ? path : undefined;
}
