const STORED = 'registration';

/** What has been filled in so far; the password is never kept. */
export type Draft = {
  key: string;
  step: number;
  first_name: string;
  last_name: string;
  date_of_birth: string;
  email: string;
  phone: string;
  street: string;
  postal_code: string;
  city: string;
  state: string;
  country: string;
  product: string;
};

const empty = (): Draft => ({
  key: crypto.randomUUID(),
  step: 0,
  first_name: '',
  last_name: '',
  date_of_birth: '',
  email: '',
  phone: '',
  street: '',
  postal_code: '',
  city: '',
  state: '',
  country: 'DE',
  product: '',
});

export function readDraft(): Draft {
  try {
    return { ...empty(), ...JSON.parse(sessionStorage.getItem(STORED) ?? '{}') };
  } catch {
    return empty();
  }
}

export function keepDraft(draft: Draft): void {
  sessionStorage.setItem(STORED, JSON.stringify(draft));
}

export function forgetDraft(): void {
  sessionStorage.removeItem(STORED);
}
