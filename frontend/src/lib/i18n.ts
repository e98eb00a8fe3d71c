import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { staffTexts } from '@/config/staff-texts/en/all';
import { texts } from '@/config/texts/en/all';

const STORED = 'strongroom-language';
const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export function language(): Language {
  return i18next.language === 'de' ? 'de' : 'en';
}

/** The locale that numbers and dates are written in. */
export function locale(): string {
  return language() === 'de' ? 'de-DE' : 'en-GB';
}

function wanted(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'de' || stored === 'en') return stored;
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

let staffIsHere = false;

async function fetchStaffTexts(chosen: Language): Promise<void> {
  if (i18next.getResource(chosen, 'translation', 'staff')) return;
  const fetched =
    chosen === 'de'
      ? (await import('@/config/staff-texts/de/all')).staffTexte
      : (await import('@/config/staff-texts/en/all')).staffTexts;
  i18next.addResourceBundle(chosen, 'translation', fetched, true);
}

/** Fetch what only the console says: customers never download it. */
export async function learnStaffTexts(): Promise<void> {
  staffIsHere = true;
  await fetchStaffTexts(language());
}

/** Fetch the language's texts if they are not here yet, then speak it. */
export async function speak(chosen: Language): Promise<void> {
  if (chosen === 'de' && !i18next.hasResourceBundle('de', 'translation')) {
    const { texte } = await import('@/config/texts/de/all');
    i18next.addResourceBundle('de', 'translation', texte);
  }
  if (staffIsHere) await fetchStaffTexts(chosen);
  await i18next.changeLanguage(chosen);
  document.documentElement.lang = chosen;
}

export function chooseLanguage(chosen: Language): Promise<void> {
  localStorage.setItem(STORED, chosen);
  return speak(chosen);
}

export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: texts } },
    interpolation: { escapeValue: false },
  });
  await speak(wanted());
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof texts & typeof staffTexts };
  }
}
