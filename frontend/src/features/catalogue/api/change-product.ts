import { answer, api, type Schemas } from '@/lib/api/client';

/** Other terms from a day on; a second person has to agree where the bank's rules say so. */
export function changeProduct(product: string, body: Schemas['ProductChange']) {
  return answer(api.PATCH('/api/v1/products/{product}', { params: { path: { product } }, body }));
}
