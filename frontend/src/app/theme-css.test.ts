import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { themeCss } from './theme-css';

const file = `${import.meta.dirname}/theme-variables.css`;

it('the stylesheet holds the variables of the theme', () => {
  if (process.env.WRITE_THEME) writeFileSync(file, themeCss());
  expect(readFileSync(file, 'utf8')).toBe(themeCss());
});
