/** Take out what people put between the characters of an account number. */
export function plainIban(text: string): string {
  return text.replace(/[\s.-]/g, '').toUpperCase();
}

/** Write an account number in groups of four. */
export function groupedIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ');
}

/** Whether the two check digits fit the rest (ISO 13616: the rearranged number leaves 1 at division by 97). */
export function hasRightCheckDigits(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/.test(iban)) return false;
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
