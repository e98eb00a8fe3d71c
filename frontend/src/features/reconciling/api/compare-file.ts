import { answer, api } from '@/lib/api/client';

/** Compare a statement with the ledger; the file travels as it is. */
export function compareFile(file: File, currency: string, key: string) {
  const type = /\.xml$/i.test(file.name) ? 'application/xml' : 'text/csv';
  return answer(
    api.POST('/api/v1/reconciliations', {
      params: { query: { currency, file_name: file.name } },
      headers: { 'Content-Type': type, 'Idempotency-Key': key },
      body: file as never,
      bodySerializer: (body) => body as unknown as BodyInit,
    }),
  );
}
