/** What the bank said no with: RFC 9457, with the code that clients switch on. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly nextStep: string,
    readonly requestId: string | null,
    /** The numbers that decided, and which fields are wrong. */
    readonly members: Readonly<Record<string, unknown>>,
    readonly retryAfterSeconds: number | null,
  ) {
    super(`${code} (${status})`);
  }

  /** A number that decided, such as `available_minor`. */
  number(name: string): number | null {
    const value = this.members[name];
    return typeof value === 'number' ? value : null;
  }

  text(name: string): string | null {
    const value = this.members[name];
    return typeof value === 'string' ? value : null;
  }
}

/** No answer came: offline, a time-out, or a connection that broke. What was asked may have happened or not. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';

  constructor(readonly reason: 'offline' | 'timeout' | 'broken') {
    super(reason);
  }
}

type Members = Record<string, unknown>;

function member(body: Members, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

export function problemFrom(response: Response, body: unknown): ProblemError {
  const members: Members = typeof body === 'object' && body !== null ? (body as Members) : {};
  const wait = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ProblemError(
    response.status,
    member(members, 'code') || `http.${response.status}`,
    member(members, 'title'),
    member(members, 'detail'),
    member(members, 'next_step'),
    member(members, 'request_id') || response.headers.get('X-Request-Id'),
    members,
    Number.isFinite(wait) ? wait : null,
  );
}

/** The session has ended or never was. */
export function isSignedOut(error: unknown): boolean {
  return (
    error instanceof ProblemError &&
    error.status === 401 &&
    ['auth.missing-token', 'auth.invalid-token', 'auth.invalid-refresh-token'].includes(error.code)
  );
}

/** Whether sending the same again (under the same key) may help. */
export function isPassing(error: unknown): boolean {
  return error instanceof NoAnswerError || (error instanceof ProblemError && error.status === 503);
}
