import { answer, api, type Schemas } from '@/lib/api/client';

export function runAgain({ service, id }: Pick<Schemas['JobRunItem'], 'service' | 'id'>) {
  const params = { path: { service, job_id: id } };
  return answer(api.POST('/api/v1/jobs/{service}/runs/{job_id}/run-again', { params }));
}
