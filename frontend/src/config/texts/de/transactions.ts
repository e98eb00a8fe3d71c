import type { Texts } from '../en/all';

export const transactions: Texts['transactions'] = {
  type: {
    deposit: 'Einzahlung',
    withdrawal: 'Auszahlung',
    transfer: 'Überweisung',
    capture: 'Karten- oder Reservierungszahlung',
    fee: 'Gebühr',
    interest: 'Zinsen',
    adjustment: 'Ausgleich',
    reversal: 'Storno',
  },
  betweenOwn: 'Zwischen Ihren Konten',
  reversed: 'storniert',
};
