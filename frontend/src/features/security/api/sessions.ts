import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await answer(api.GET('/api/v1/auth/sessions', { params: { query: { limit: 100 } } }))).items,
});
