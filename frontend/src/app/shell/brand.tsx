import { Link } from '@tanstack/react-router';
import classes from './shell.module.css';

export function Brand({ to }: { to: '/' | '/home' | '/staff' }) {
  return (
    <Link to={to} className={classes.brand}>
      <img src="/icon.svg" alt="" width={28} height={28} />
      Strongroom
    </Link>
  );
}
