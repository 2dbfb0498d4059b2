/** Everything that may be done with one candidate, where the pointer is: by right click, or by the menu key on a cell. */
import { useEffect, useRef, type ReactNode } from 'react';

export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

interface Props {
  /** null: closed. What it opened goes on all the same. */
  at: MenuPlace | null;
  onClose: () => void;
  children: ReactNode;
}

export function CellMenu({ at, onClose, children }: Props): ReactNode {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (at === null) return undefined;
    const before = document.activeElement;
    menu.current?.querySelector('button')?.focus();
    const pressed = (event: PointerEvent): void => {
      if (!menu.current?.contains(event.target as Node)) onClose();
    };
    const typed = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      onClose();
      if (before instanceof HTMLElement) before.focus();
    };
    document.addEventListener('pointerdown', pressed);
    document.addEventListener('keydown', typed);
    return () => {
      document.removeEventListener('pointerdown', pressed);
      document.removeEventListener('keydown', typed);
    };
  }, [at, onClose]);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the buttons inside are what is pressed
    <div
      ref={menu}
      className="cell-menu"
      hidden={at === null}
      style={at === null ? {} : inside(at)}
      // A dialog that a button opens lies over the page, not in here.
      onClick={(event) => {
        if (event.target instanceof Element && menu.current?.contains(event.target)) onClose();
      }}
    >
      {children}
    </div>
  );
}

/** Of the menu, px: it must not leave the window. */
const width = 240;
const height = 380;

function inside({ x, y }: MenuPlace): { left: number; top: number } {
  return {
    left: Math.max(0, Math.min(x, window.innerWidth - width)),
    top: Math.max(0, Math.min(y, window.innerHeight - height)),
  };
}
