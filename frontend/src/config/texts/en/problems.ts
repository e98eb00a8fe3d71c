import { moreProblems } from './more-problems';

/** The bank's refusals in plain words, by code (with _ for the point). What is missing here is said in the bank's own words. */
export const problems = {
  ...moreProblems,
  'no-answer': {
    offline: { title: 'You are offline', next: 'Nothing was sent. Try again when you are connected.' },
    timeout: { title: 'The bank did not answer in time', next: 'Try again in a moment.' },
    broken: { title: 'The connection to the bank broke', next: 'Check your connection and try again.' },
  },
  internal_fault: {
    title: 'Something broke on our side',
    next: 'Try again. If it happens again, tell us the request number.',
  },
  'auth_invalid-credentials': {
    title: 'E-mail address or password is wrong',
    next: 'Check both, or reset your password.',
  },
  'auth_second-factor-required': {
    title: 'A code is needed',
    next: 'Enter the code of your authenticator, or the one we sent you.',
  },
  'auth_invalid-code': { title: 'This code is not valid', next: 'Enter the newest code, or ask for another one.' },
  'auth_code-sent-already': {
    title: 'We sent a code a moment ago',
    next: 'Look into your mails, or ask again in {{wait}}.',
  },
  'auth_too-many-tries': { title: 'Too many failed tries', next: 'Wait {{wait}}, or reset your password.' },
  'auth_email-not-confirmed': {
    title: 'Your e-mail address is not confirmed yet',
    next: 'Enter the code that we sent to it.',
  },
  'auth_reauthentication-failed': {
    title: 'That does not prove it is you',
    next: 'Enter your password, or the newest code.',
  },
  'auth_step-up-required': {
    title: 'Please confirm that this is you',
    next: 'Enter your password or code to approve exactly this.',
  },
  'auth_missing-token': { title: 'You are signed out', next: 'Sign in to go on.' },
  'auth_invalid-token': { title: 'Your session has ended', next: 'Sign in again.' },
  'auth_role-not-allowed': { title: 'Your login may not do this', next: 'Ask the bank if you think it should.' },
  'auth_totp-already-set-up': { title: 'An authenticator is set up already', next: 'Remove it first.' },
  'auth_factor-needed': {
    title: 'Your authenticator has to stay for now',
    next: 'Choose a password of at least 15 characters first.',
  },
  'identity_wrong-password': { title: 'Your present password is wrong', next: 'Enter it again.' },
  'identity_password-too-common': {
    title: 'Too many people use this password',
    next: 'A few words in a row are good.',
  },
  'identity_password-too-short': { title: 'The password is too short', next: 'A few words in a row are good.' },
  'identity_password-too-long': { title: 'The password is too long', next: 'Choose a shorter one.' },
  'identity_password-unchanged': { title: 'This is your present password', next: 'Choose another one.' },
  'identity_email-taken': { title: 'This e-mail address is taken', next: 'Sign in with it, or use another one.' },
  'accounts_already-registered': { title: 'You are a customer already', next: 'Sign in, or reset your password.' },
  'accounts_password-refused': { title: 'This password is too easy to guess', next: 'A few words in a row are good.' },
  'accounts_bad-phone': {
    title: 'The phone number is not valid',
    next: 'Write it with its country code, as in +49 30 1234567.',
  },
  'accounts_bad-email': { title: 'The e-mail address is not valid', next: 'Write it as name@example.org.' },
  'accounts_bad-country': { title: 'The country is not valid', next: 'Choose one from the list.' },
  'accounts_bad-date-of-birth': { title: 'The date of birth is not valid', next: 'Check day, month and year.' },
  'accounts_too-young': { title: 'You are too young to join by yourself', next: 'Come to a branch with a guardian.' },
  'accounts_bad-account-number': {
    title: 'This account number is not valid',
    next: 'Its check digits do not fit: compare it with the original.',
  },
  'accounts_customer-not-verified': {
    title: 'We have not verified you yet',
    next: 'You can open accounts as soon as we have.',
  },
  'accounts_account-not-found': { title: 'There is no such account', next: 'Choose one of yours.' },
  'accounts_unknown-product': { title: 'We do not offer this account', next: 'Choose another one.' },
  'accounts_currency-not-offered': {
    title: 'This account is not offered in that currency',
    next: 'Choose another currency.',
  },
  'transactions_insufficient-funds': {
    title: 'There is not enough available',
    next: 'You can move up to {{available_minor}}.',
  },
  'transactions_limit-exceeded': {
    title: 'This would go over a limit',
    next: 'Choose a smaller amount, or wait until the limit renews.',
  },
  'transactions_account-frozen': { title: 'The account is frozen', next: 'Nothing leaves it until it is unfrozen.' },
  'transactions_account-not-open': { title: 'The account is not open', next: 'Use another account.' },
  'transactions_account-not-found': { title: 'There is no such account', next: 'Choose one of yours.' },
  'transactions_payee-not-found': {
    title: 'No account of this bank has that number',
    next: 'Compare it with the original.',
  },
  'transactions_same-account': { title: 'Both accounts are the same', next: 'Choose two different ones.' },
  'transactions_currency-mismatch': {
    title: 'The accounts are held in different currencies',
    next: 'Choose accounts of one currency.',
  },
  'transactions_cash-at-teller-only': {
    title: 'Cash for this account is handled at the counter',
    next: 'Visit a branch, or transfer the money instead.',
  },
  'transactions_balance-out-of-range': {
    title: 'The balance would become too large',
    next: 'Choose a smaller amount.',
  },
  'transactions_queue-full': { title: 'The bank is very busy', next: 'Nothing was booked. Try again in {{wait}}.' },
  'transactions_transaction-not-found': { title: 'There is no such movement', next: 'Go back to the account.' },
  'idempotency_key-reused': { title: 'This order was already used for something else', next: 'Start again.' },
  'idempotency_in-progress': { title: 'The bank is still working on this order', next: 'We ask again in {{wait}}.' },
  'gateway_upstream-unavailable': { title: 'This part of the bank does not answer', next: 'Try again in {{wait}}.' },
  'gateway_deadline-passed': {
    title: 'The bank did not answer in time',
    next: 'Try again: it acts once, even if the first try did.',
  },
  'request_deadline-passed': { title: 'The bank did not answer in time', next: 'Try again in a moment.' },
  service_unavailable: { title: 'This part of the bank is not available right now', next: 'Try again in {{wait}}.' },
  store_busy: { title: 'The bank is very busy', next: 'Try again in {{wait}}.' },
  request_invalid: { title: 'Something in the form is not right', next: 'Correct it and send it again.' },
  'request_version-mismatch': {
    title: 'This was changed elsewhere in the meantime',
    next: 'Look at the newest state and repeat your change.',
  },
  'request_not-found': { title: 'There is nothing here', next: 'Go back to where you came from.' },
  'request_too-many-requests': { title: 'That was a lot at once', next: 'Try again in {{wait}}.' },
  'support_ticket-closed': { title: 'The ticket is closed', next: 'Reopen it, then write.' },
  'support_ticket-not-found': { title: 'There is no such ticket', next: 'Choose one from your list.' },
  'support_step-not-allowed': {
    title: 'The ticket cannot take this step',
    next: 'Load it again and see where it stands.',
  },
  'notifications_item-not-found': { title: 'There is no such message', next: 'Load the inbox again.' },
};
