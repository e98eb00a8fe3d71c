import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { cloneElement, type ReactElement, useEffect, useRef, useState } from 'react';
import { Icon } from './icon';
import type { MenuEntry } from './late-menu';
import classes from './menu-window.module.css';

type MenuWindowProps = { target: ReactElement<Record<string, unknown>>; entries: MenuEntry[]; head?: string };

/** The menu itself; it takes over from the button that asked for it, with its focus. */
export function MenuWindow({ target, entries, head }: MenuWindowProps) {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    setOpened(true);
  }, []);
  return (
    <Menu position="bottom-end" width={240} opened={opened} onChange={setOpened}>
      <Menu.Target>{cloneElement(target, { ref: button })}</Menu.Target>
      <Menu.Dropdown>
        {head ? <div className={classes.head}>{head}</div> : null}
        {entries.map((entry) => {
          const looks = {
            lang: entry.lang,
            leftSection: entry.icon ? <Icon name={entry.icon} size={18} /> : undefined,
          };
          return entry.to ? (
            <Menu.Item key={entry.label} component={Link} to={entry.to} {...looks}>
              {entry.label}
            </Menu.Item>
          ) : (
            <Menu.Item key={entry.label} onClick={() => entry.onChoose?.()} {...looks}>
              {entry.label}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
