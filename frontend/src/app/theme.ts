import { createTheme, defaultCssVariablesResolver, type MantineColorsTuple, type MantineTheme } from '@mantine/core';

// White on shade 7 has a contrast of 6.5:1, shade 7 on shade 0 of 5.9:1, shade 3 on the dark ground of 8:1.
const vault: MantineColorsTuple = [
  '#e9f6f1',
  '#d0ebe0',
  '#a9d9c7',
  '#7cc4a9',
  '#52ac8b',
  '#2f9571',
  '#1a805d',
  '#0b6b4d',
  '#07573e',
  '#04402d',
];

export const theme = createTheme({
  colors: { vault },
  primaryColor: 'vault',
  primaryShade: { light: 7, dark: 7 },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  headings: { fontWeight: '650' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // The lock would write a style element into the page, which its policy forbids; the class on <html> does it.
    ModalRoot: { defaultProps: { lockScroll: false, centered: true, radius: 'lg', padding: 'lg' } },
    Menu: { defaultProps: { shadow: 'md' } },
    Button: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
  },
});

type Variables = Record<string, string>;

// Mantine's own red has 3.8:1 on white, as words and as the ground of a button; its darkest shade has 5.4:1.
const darkRed = 'var(--mantine-color-red-9)';
const filledRed = { '--mantine-color-red-filled': darkRed, '--mantine-color-red-filled-hover': '#a61e1e' };

/** What the bank's look changes in Mantine's variables; written to theme-variables.css, never into the page. */
export function variablesOf(merged: MantineTheme): { variables: Variables; light: Variables; dark: Variables } {
  const found = defaultCssVariablesResolver(merged);
  const amounts = { light: { '--amount-in': '#07573e' }, dark: { '--amount-in': '#7cc4a9' } };
  return {
    variables: found.variables,
    light: {
      ...found.light,
      ...amounts.light,
      ...filledRed,
      '--mantine-color-red-outline': darkRed,
      '--mantine-color-red-text': darkRed,
      '--mantine-color-dimmed': '#4a5462',
      '--mantine-color-error': '#b3261e',
    },
    dark: {
      ...found.dark,
      ...amounts.dark,
      ...filledRed,
      '--mantine-color-dimmed': '#b3bac4',
      '--mantine-color-error': '#ff9b93',
    },
  };
}
