/** The columns of the board: what still needs work. A resolution is written in the ticket itself. */
export const boardStatuses = ['open', 'in-progress', 'waiting-on-customer'] as const;
export type BoardStatus = (typeof boardStatuses)[number];
