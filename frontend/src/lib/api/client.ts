import createClient from 'openapi-fetch';
import { NoAnswerError, problemFrom } from './problem';
import type { components, paths } from './schema';

/** The shapes of the API, by their names in the document. */
export type Schemas = components['schemas'];

const PATIENCE_MS = 20_000;

async function patientFetch(request: Request): Promise<Response> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, patience]) });
  } catch (error) {
    if (request.signal.aborted) throw error;
    if (patience.aborted) throw new NoAnswerError('timeout');
    throw new NoAnswerError(navigator.onLine ? 'broken' : 'offline');
  }
}

/** The bank's API; who is signed in is in cookies that no script can read. */
export const api = createClient<paths, 'application/json'>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  headers: { Accept: 'application/json' },
  fetch: patientFetch,
});

type Answered<T> = { data?: T; error?: unknown; response: Response };

/** Give the body of a good answer; throw `ProblemError` for a refusal and `NoAnswerError` where none came. */
export async function answer<T>(call: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemFrom(response, error);
  return data as T;
}
