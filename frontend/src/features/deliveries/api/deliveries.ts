import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

export const deliveryStates = ['queued', 'sending', 'sent', 'failed', 'maybe-sent'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** The mails of the bank: where each stands and how often it was tried. */
export function deliveriesQuery(state: DeliveryState | undefined) {
  return pagesOf<Schemas['DeliveryAnswer']>(['deliveries', state], (wish) =>
    answer(api.GET('/api/v1/deliveries', { params: { query: { ...(state ? { state } : {}), ...wish } } })),
  );
}
