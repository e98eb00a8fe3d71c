/** Refusals that only some screens meet. */
export const moreProblems = {
  'accounts_account-in-transition': {
    title: 'A change of this account is under way',
    next: 'Wait a moment, then try again.',
  },
  'accounts_account-not-empty': {
    title: 'There is still money, something set aside, or an order on the account',
    next: 'Choose an account for the rest, and end what is set aside.',
  },
  'accounts_account-not-open': { title: 'The account is not open', next: 'Unfreeze it first.' },
  'accounts_already-frozen': { title: 'The account is frozen already', next: 'There is nothing left to do.' },
  'accounts_not-frozen': { title: 'The account is not frozen', next: 'There is nothing to lift.' },
  'accounts_payout-refused': { title: 'The rest could not be paid out', next: 'Choose another account for it.' },
  'accounts_unfreeze-not-allowed': {
    title: 'You cannot lift this freeze yourself',
    next: 'Ask us why the account is frozen.',
  },
  'accounts_unknown-payout-account': {
    title: 'The rest cannot be paid out there',
    next: 'Choose another of your open accounts in the same currency.',
  },
  'transactions_bad-order-days': {
    title: 'These days cannot be',
    next: 'Let it begin today or later, and end on or after that day.',
  },
  'transactions_order-changed': {
    title: 'The order was changed meanwhile',
    next: 'Look at it as it is now, then try again.',
  },
  'transactions_order-ended': { title: 'The order has ended', next: 'Set up a new one.' },
  'transactions_order-not-found': { title: 'There is no such standing order', next: 'Choose one of yours.' },
  'transactions_bad-statement-days': {
    title: 'A statement of these days cannot be made',
    next: 'Choose at most 400 days, the last of them not after today.',
  },
  'transactions_statement-not-ready': {
    title: 'The statement is still being made',
    next: 'Try again in a few seconds.',
  },
  'transactions_no-such-posting': { title: 'No interest was credited then', next: 'Choose one of the credits listed.' },
  'support_not-that-kind-of-file': {
    title: 'We cannot take this file',
    next: 'Attach a picture, a PDF or a plain text.',
  },
  'support_too-many-attachments': {
    title: 'The ticket has as many files as it takes',
    next: 'Describe the rest in words, or ask again in a new ticket.',
  },
  'support_empty-file': { title: 'The file is empty', next: 'Choose another one.' },
  'support_rated-already': { title: 'You have rated this already', next: 'Reopen the ticket if it is not settled.' },
  'support_not-resolved-yet': { title: 'The ticket is not resolved yet', next: 'Rate it once it is.' },
  'notifications_security-mails-stay-on': { title: 'Mails about your security stay on', next: 'Choose anything else.' },
  'notifications_unknown-time-zone': { title: 'There is no such time zone', next: 'Choose one from the list.' },
  'request_too-large': { title: 'This is too large', next: 'Choose a smaller file, of at most 5 MB.' },
  'accounts_payee-not-found': { title: 'There is no such payee', next: 'Choose one of yours.' },
  'accounts_payee-exists': { title: 'You have a payee with this number already', next: 'Use that one, or rename it.' },
  'accounts_too-many-payees': {
    title: 'You have as many payees as there may be',
    next: 'Remove some whom you no longer pay.',
  },
  'accounts_undo-over': { title: 'It is too late to put this payee back', next: 'Add the payee again.' },
};
