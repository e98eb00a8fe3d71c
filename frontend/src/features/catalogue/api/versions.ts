import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

/** The versions of a product's terms, with the days from which each holds. */
export function versionsQuery(product: string) {
  return queryOptions({
    queryKey: ['products', product, 'versions'],
    queryFn: async () => {
      const params = { path: { product }, query: { limit: 200 } };
      return (await answer(api.GET('/api/v1/products/{product}/versions', { params }))).items;
    },
    enabled: product !== '',
  });
}
