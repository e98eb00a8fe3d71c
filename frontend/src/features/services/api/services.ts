import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** How each service does, as the gateway measures it. */
export const servicesQuery = queryOptions({
  queryKey: ['services'],
  queryFn: () => answer(api.GET('/api/v1/services', {})),
  refetchInterval: 10_000,
});
