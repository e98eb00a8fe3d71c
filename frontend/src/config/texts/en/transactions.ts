export const transactions = {
  type: {
    deposit: 'Deposit',
    withdrawal: 'Withdrawal',
    transfer: 'Transfer',
    capture: 'Card or hold payment',
    fee: 'Fee',
    interest: 'Interest',
    adjustment: 'Adjustment',
    reversal: 'Reversal',
  },
  betweenOwn: 'Between your accounts',
  reversed: 'reversed',
};
