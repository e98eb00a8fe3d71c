import type { IconName } from '@/components/icon';
import type { texts } from './texts/en/all';

type Destination = {
  to:
    | '/home'
    | '/pay'
    | '/cash'
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

/** The signed-in customer's places: the first five stand at the bottom of a phone's screen, all in the palette. */
export const destinations: Destination[] = [
  { to: '/home', label: 'home', icon: 'home' },
  { to: '/pay', label: 'pay', icon: 'send' },
  { to: '/cash', label: 'cash', icon: 'wallet' },
  { to: '/inbox', label: 'inbox', icon: 'bell' },
  { to: '/tickets', label: 'support', icon: 'message-circle' },
  { to: '/open-account', label: 'openAccount', icon: 'plus' },
  { to: '/profile', label: 'profile', icon: 'user' },
  { to: '/security', label: 'security', icon: 'shield-lock' },
  { to: '/settings', label: 'settings', icon: 'settings' },
  { to: '/announcements', label: 'announcements', icon: 'speakerphone' },
];
