import type { IconName } from '@/components/icon';
import type { texts } from './texts/en/all';

type Destination = {
  to:
    | '/home'
    | '/pay'
    | '/cash'
    | '/payees'
    | '/standing-orders'
    | '/signatures'
    | '/statements'
    | '/open-account'
    | '/inbox'
    | '/tickets'
    | '/profile'
    | '/security'
    | '/settings'
    | '/announcements';
  label: keyof typeof texts.shell;
  icon: IconName;
};

/** The signed-in customer's places: the first four stand at the bottom of a phone's screen, beside the palette that has all. */
export const destinations: Destination[] = [
  { to: '/home', label: 'home', icon: 'home' },
  { to: '/pay', label: 'pay', icon: 'send' },
  { to: '/inbox', label: 'inbox', icon: 'bell' },
  { to: '/tickets', label: 'support', icon: 'message-circle' },
  { to: '/payees', label: 'payees', icon: 'users' },
  { to: '/standing-orders', label: 'orders', icon: 'repeat' },
  { to: '/signatures', label: 'signatures', icon: 'pencil' },
  { to: '/statements', label: 'statements', icon: 'file-text' },
  { to: '/cash', label: 'cash', icon: 'wallet' },
  { to: '/open-account', label: 'openAccount', icon: 'plus' },
  { to: '/profile', label: 'profile', icon: 'user' },
  { to: '/security', label: 'security', icon: 'shield-lock' },
  { to: '/settings', label: 'settings', icon: 'settings' },
  { to: '/announcements', label: 'announcements', icon: 'speakerphone' },
];
