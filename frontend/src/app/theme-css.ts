import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { theme, variablesOf } from './theme';

function block(selector: string, variables: Record<string, string>): string {
  const lines = Object.entries(variables).map(([name, value]) => `  ${name}: ${value};`);
  return `${selector} {\n${lines.join('\n')}\n}\n`;
}

/** Only what differs from the variables that Mantine's own stylesheet brings along. */
function changed(own: Record<string, string>, usual: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(own).filter(([name, value]) => usual[name] !== value));
}

/** The stylesheet of the theme's variables: the page's policy allows no style element, so they are a file. */
export function themeCss(): string {
  const own = variablesOf(mergeMantineTheme(DEFAULT_THEME, theme));
  const usual = variablesOf(DEFAULT_THEME);
  const scheme = (name: string) => `:root[data-mantine-color-scheme='${name}']`;
  const reds = ['filled', 'filled-hover', 'outline', 'text'].map((name) => `--mantine-color-red-${name}`);
  const only = ['--amount-in', '--mantine-color-dimmed', '--mantine-color-error', ...reds];
  const withOwn = (which: 'light' | 'dark') => ({
    ...changed(own[which], usual[which]),
    ...Object.fromEntries(only.map((name) => [name, own[which][name] ?? ''])),
  });
  return [
    '/* Written by `make web-theme` from src/app/theme.ts. */\n',
    block(':root', changed(own.variables, usual.variables)),
    block(scheme('light'), withOwn('light')),
    block(scheme('dark'), withOwn('dark')),
  ].join('');
}
