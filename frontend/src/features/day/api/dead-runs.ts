import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';
import type { Job } from '@/lib/bank/jobs';

/** The runs of a job that gave up. */
export function deadRunsQuery({ service, kind }: Pick<Job, 'service' | 'kind'>) {
  return pagesOf<Schemas['JobRunItem']>(['jobs', service, kind, 'dead'], (wish) => {
    const params = { path: { service, kind }, query: { state: 'dead' as const, ...wish } };
    return answer(api.GET('/api/v1/jobs/{service}/{kind}/runs', { params }));
  });
}
