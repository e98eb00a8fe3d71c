import { setupServer } from 'msw/node';

/** Stands for the bank in unit tests: each test says what it answers; anything else fails the test. */
export const server = setupServer();
