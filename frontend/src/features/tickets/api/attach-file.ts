import { answer, api } from '@/lib/api/client';

type MediaType = 'image/png' | 'application/pdf';

/** Add a file to a ticket; it travels as it is. */
export function attachFile(ticketId: string, file: File) {
  return answer(
    api.POST('/api/v1/attachments', {
      params: { query: { ticket_id: ticketId, name: file.name } },
      headers: { 'Content-Type': file.type as MediaType },
      body: file as never,
      bodySerializer: (body) => body as unknown as BodyInit,
    }),
  );
}
