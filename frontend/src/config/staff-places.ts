import type { IconName } from '@/components/icon';
import type { RightName } from './staff-rights';
import type { staffTexts } from './staff-texts/en/all';

type StaffPlace = {
  to: string;
  label: keyof typeof staffTexts.staff.places;
  icon: IconName;
  /** Without this right the place is not shown, and its address is not found. */
  right?: RightName;
};

/** The places of the console, in the order in which they stand at its side. */
export const staffPlaces: StaffPlace[] = [
  { to: '/staff', label: 'work', icon: 'home' },
  { to: '/staff/search', label: 'search', icon: 'search', right: 'search' },
  { to: '/staff/desk', label: 'desk', icon: 'wallet', right: 'cash.book' },
  { to: '/staff/new-customer', label: 'welcome', icon: 'plus', right: 'account.open' },
  { to: '/staff/accounts', label: 'accounts', icon: 'credit-card', right: 'account.read' },
  { to: '/staff/transactions', label: 'transactions', icon: 'arrows-exchange', right: 'transaction.read' },
  { to: '/staff/kyc', label: 'kyc', icon: 'user', right: 'customer.kyc' },
  { to: '/staff/approvals', label: 'approvals', icon: 'check', right: 'approvals.read' },
  { to: '/staff/tickets', label: 'tickets', icon: 'message-circle', right: 'tickets' },
  { to: '/staff/day', label: 'day', icon: 'calendar', right: 'day' },
  { to: '/staff/books', label: 'books', icon: 'receipt', right: 'books' },
  { to: '/staff/reconciliation', label: 'reconciling', icon: 'repeat', right: 'reconciliations' },
  { to: '/staff/reports', label: 'reports', icon: 'file-text', right: 'reports' },
  { to: '/staff/invariants', label: 'invariants', icon: 'shield-lock', right: 'invariants' },
  { to: '/staff/audit', label: 'audit', icon: 'history', right: 'audit' },
  { to: '/staff/products', label: 'products', icon: 'percentage' },
  { to: '/staff/branches', label: 'branches', icon: 'users', right: 'staff' },
  { to: '/staff/announcements', label: 'announcements', icon: 'speakerphone', right: 'announce' },
  { to: '/staff/users', label: 'users', icon: 'key', right: 'users' },
  { to: '/staff/dead-letters', label: 'letters', icon: 'alert-triangle', right: 'letters' },
  { to: '/staff/deliveries', label: 'deliveries', icon: 'send', right: 'deliveries' },
  { to: '/staff/services', label: 'services', icon: 'settings', right: 'services' },
  { to: '/staff/policy', label: 'policy', icon: 'lock' },
  { to: '/staff/security', label: 'security', icon: 'device-laptop' },
];
