import { type RightName, rights, staffRoles } from '@/config/staff-rights';
import type { Schemas } from '@/lib/api/client';
import { useSession } from '@/lib/session';

type Person = Pick<Schemas['MeAnswer'], 'roles'>;

export function isStaff(person: Person): boolean {
  return staffRoles.some((role) => person.roles.includes(role));
}

/** Whether the bank would let this person ask for it: what it would refuse is not offered. */
export function may(person: Person | null, right: RightName): boolean {
  return person !== null && rights[right].roles.some((role) => person.roles.includes(role));
}

export function useMay(right: RightName): boolean {
  return may(useSession(), right);
}
