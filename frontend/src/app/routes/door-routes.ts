import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { door } from './roots';
import { safePath, text } from './search';

const landing = createRoute({
  getParentRoute: () => door,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/landing/components/landing-page'), 'LandingPage'),
});
const about = createRoute({
  getParentRoute: () => door,
  path: '/about',
  component: lazyRouteComponent(() => import('@/features/landing/components/about-page'), 'AboutPage'),
});
const signIn = createRoute({
  getParentRoute: () => door,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string; email?: string; why?: string } => ({
    next: safePath(search.next),
    email: text(search.email),
    why: text(search.why),
  }),
  component: lazyRouteComponent(() => import('@/features/session/components/sign-in-page'), 'SignInPage'),
});
const forgotten = createRoute({
  getParentRoute: () => door,
  path: '/forgotten-password',
  component: lazyRouteComponent(
    () => import('@/features/session/components/forgotten-password-page'),
    'ForgottenPasswordPage',
  ),
});
const register = createRoute({
  getParentRoute: () => door,
  path: '/register',
  component: lazyRouteComponent(() => import('@/features/register/components/register-page'), 'RegisterPage'),
});

export const doorRoutes = [landing, about, signIn, forgotten, register];
