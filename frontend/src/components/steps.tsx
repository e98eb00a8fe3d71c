import { Icon } from './icon';
import classes from './steps.module.css';

/** Where one is in a few steps. */
export function Steps({ now, names }: { now: number; names: string[] }) {
  return (
    <ol className={classes.steps}>
      {names.map((name, position) => (
        <li
          key={name}
          className={classes.step}
          aria-current={position === now ? 'step' : undefined}
          data-done={position < now || undefined}
        >
          <span className={classes.mark} aria-hidden="true">
            {position < now ? <Icon name="check" size={16} /> : position + 1}
          </span>
          {name}
        </li>
      ))}
    </ol>
  );
}
