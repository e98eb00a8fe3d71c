import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Preferences = Schemas['PreferencesAnswer'];

/** What reaches the person, and how. */
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: () => answer(api.GET('/api/v1/notifications/preferences', {})),
});
