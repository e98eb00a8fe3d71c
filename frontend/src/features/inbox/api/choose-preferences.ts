import { answer, api, type Schemas } from '@/lib/api/client';

/** Choose what reaches the person; it replaces all choices before. */
export function choosePreferences(body: Schemas['PreferencesRequest']) {
  return answer(api.PUT('/api/v1/notifications/preferences', { body }));
}
