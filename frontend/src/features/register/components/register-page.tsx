import { Alert, Anchor, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { PasswordField } from '@/components/password-field';
import { ProblemNotice } from '@/components/problem-notice';
import { ProductChoice } from '@/components/product-choice';
import { Steps } from '@/components/steps';
import { countries } from '@/config/countries';
import { ProblemError } from '@/lib/api/problem';
import { productsQuery } from '@/lib/bank/products';
import { locale } from '@/lib/i18n';
import { queryClient, SESSION_KEY } from '@/lib/query-client';
import { enter } from '../api/enter';
import { register } from '../api/register';
import { type Draft, forgetDraft, keepDraft, readDraft } from '../draft';
import { ConfirmEmail } from './confirm-email';

type Field = Exclude<keyof Draft, 'key' | 'step'>;
const fieldsOf: Field[][] = [
  ['first_name', 'last_name', 'date_of_birth'],
  ['email', 'phone', 'street', 'postal_code', 'city', 'state', 'country'],
  [],
];

/** Where one goes on after joining: home, or what the bank still asks for first. */
type Next = 'home' | 'confirm' | 'sign-in';
const STILL_ASKED: Record<string, Next> = {
  'auth.email-not-confirmed': 'confirm',
  'auth.second-factor-required': 'sign-in',
};

async function enterOr(email: string, password: string): Promise<Next> {
  try {
    await enter(email, password);
    return 'home';
  } catch (error) {
    const next = error instanceof ProblemError ? STILL_ASKED[error.code] : undefined;
    if (next) return next;
    throw error;
  }
}

/** Four short steps; a reload goes on where one was, only the password is typed anew. */
export function RegisterPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(readDraft);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const products = useQuery(productsQuery);
  const offered = (products.data ?? []).filter((product) => product.open_to_customers);
  const product = draft.product || offered[0]?.id || '';

  const change = (changed: Partial<Draft>) => {
    const next = { ...draft, ...changed };
    keepDraft(next);
    setDraft(next);
  };
  const go = (step: number) => {
    setTried(false);
    change({ step });
  };
  const joining = useMutation({
    mutationFn: async () => {
      const joined = await register(bodyOf(draft, password, product), draft.key);
      return 'status' in joined ? 'confirm' : enterOr(draft.email.trim(), password);
    },
    onSuccess: async (next) => {
      if (next === 'confirm') return;
      forgetDraft();
      if (next === 'sign-in') return navigate({ to: '/sign-in', search: { email: draft.email.trim() } });
      queryClient.removeQueries({ queryKey: SESSION_KEY });
      await navigate({ to: '/home' });
    },
    // A refused registration is another one once it is changed.
    onError: (error) => {
      if (error instanceof ProblemError && error.status < 500) change({ key: crypto.randomUUID() });
    },
  });
  const missing = (fieldsOf[draft.step] ?? []).filter((field) => !isRight(field, draft[field]));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length > 0) return;
    if (draft.step < 2) go(draft.step + 1);
    else if (password && !joining.isPending) joining.mutate();
  };
  const input = (name: Field, extra: { type?: string; autoComplete?: string; inputMode?: 'email' | 'tel' } = {}) => (
    <TextInput
      label={t(`register.${name}`)}
      value={draft[name]}
      error={
        tried && missing.includes(name) ? t(name === 'email' ? 'session.emailWrong' : 'session.required') : undefined
      }
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      {...extra}
    />
  );
  if (joining.data === 'confirm') return <ConfirmEmail email={draft.email} />;
  return (
    <Page title={t('register.title')} narrow>
      <Steps now={draft.step} names={[t('register.stepYou'), t('register.stepContact'), t('register.stepAccount')]} />
      <Card>
        <form noValidate onSubmit={submit}>
          <Stack gap="md">
            {draft.step === 0 ? (
              <>
                {input('first_name', { autoComplete: 'given-name' })}
                {input('last_name', { autoComplete: 'family-name' })}
                {input('date_of_birth', { type: 'date', autoComplete: 'bday' })}
              </>
            ) : null}
            {draft.step === 1 ? (
              <>
                {input('email', { type: 'email', autoComplete: 'email', inputMode: 'email' })}
                {input('phone', { type: 'tel', autoComplete: 'tel', inputMode: 'tel' })}
                {input('street', { autoComplete: 'street-address' })}
                {input('postal_code', { autoComplete: 'postal-code' })}
                {input('city', { autoComplete: 'address-level2' })}
                {input('state', { autoComplete: 'address-level1' })}
                <NativeSelect
                  label={t('register.country')}
                  data={countries(locale())}
                  value={draft.country}
                  onChange={(event) => change({ country: event.currentTarget.value })}
                />
              </>
            ) : null}
            {draft.step === 2 ? (
              <>
                <ListStates
                  query={products}
                  empty={offered.length === 0}
                  emptyIcon="wallet"
                  emptyText={t('common.none')}
                >
                  <ProductChoice products={offered} value={product} onChange={(id) => change({ product: id })} />
                </ListStates>
                <PasswordField
                  label={t('register.password')}
                  description={t('register.passwordHint')}
                  autoComplete="new-password"
                  value={password}
                  error={tried && !password ? t('session.required') : undefined}
                  onChange={(event) => setPassword(event.currentTarget.value)}
                />
                <Alert icon={null}>
                  {t('register.check', { name: `${draft.first_name} ${draft.last_name}`, email: draft.email })}
                </Alert>
              </>
            ) : null}
            <ProblemNotice error={joining.error} />
            <Group justify="space-between">
              {draft.step > 0 ? (
                <Button variant="default" onClick={() => go(draft.step - 1)}>
                  {t('common.back')}
                </Button>
              ) : (
                <Anchor component={Link} to="/sign-in" className="tall-link">
                  {t('register.known')}
                </Anchor>
              )}
              <Button type="submit" loading={joining.isPending}>
                {t(draft.step < 2 ? 'common.continue' : 'register.join')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Card>
    </Page>
  );
}

function isRight(field: Field, value: string): boolean {
  return value.trim() !== '' && (field !== 'email' || value.includes('@'));
}

function bodyOf(draft: Draft, password: string, product: string) {
  const { street, city, state, postal_code, country } = draft;
  return {
    email: draft.email.trim(),
    password,
    first_name: draft.first_name.trim(),
    last_name: draft.last_name.trim(),
    phone: draft.phone.trim(),
    date_of_birth: draft.date_of_birth,
    address: { street, city, state, postal_code, country },
    account: { product },
  };
}
