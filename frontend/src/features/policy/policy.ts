import { queryOptions } from '@tanstack/react-query';
import { NoAnswerError } from '@/lib/api/problem';

type Document = { paths: Record<string, Record<string, { 'x-roles'?: string[] }>> };
export type PolicyRow = { request: string; roles: string[] };

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Which roles the bank lets ask for what: the rows of its own document. */
export function rowsOf({ paths }: Document): PolicyRow[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    methods.flatMap((method) => {
      const roles = operations[method]?.['x-roles'];
      return roles ? [{ request: `${method.toUpperCase()} ${path.replace('/api/v1', '')}`, roles }] : [];
    }),
  );
}

export const policyQuery = queryOptions({
  queryKey: ['policy'],
  queryFn: async ({ signal }) => {
    const response = await fetch('/api/openapi.json', { signal });
    if (!response.ok) throw new NoAnswerError('broken');
    return rowsOf((await response.json()) as Document);
  },
  staleTime: 10 * 60_000,
});
