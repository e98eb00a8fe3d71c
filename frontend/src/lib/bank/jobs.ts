import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Job = Schemas['JobKindItem'];

/** What the services do by themselves, and which of them could not be asked. */
export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: () => answer(api.GET('/api/v1/jobs', {})),
  refetchInterval: 15_000,
});

/** Whether somebody should look at it. */
export function hasFailed(job: Job): boolean {
  return job.dead > 0 || job.state === 'failing' || job.state === 'dead';
}
