/** A page of many parts, with their headings at its top to jump to. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useText } from './text.ts';

export function LongPage({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const t = useText();
  const parts = useRef<HTMLDivElement>(null);
  const [headings, setHeadings] = useState<readonly string[]>([]);
  useEffect(() => {
    const root = parts.current;
    if (!root) return undefined;
    // Some parts come when they are known, and all change with the language.
    const look = (): void =>
      setHeadings((before) => {
        const now = [...root.querySelectorAll('h2')].map((one) => one.textContent);
        return now.length === before.length && now.every((one, i) => one === before[i]) ? before : now;
      });
    look();
    const watching = new MutationObserver(look);
    watching.observe(root, { childList: true, characterData: true, subtree: true });
    return () => watching.disconnect();
  }, []);
  const show = (i: number): void =>
    parts.current?.querySelectorAll('h2')[i]?.closest('section, h2')?.scrollIntoView({ block: 'start' });
  return (
    <div className="stack">
      <h1>{title}</h1>
      <nav className="contents" aria-label={t('system.contents')}>
        {headings.map((heading, i) => (
          <a
            key={heading}
            href={location.hash}
            onClick={(event) => {
              event.preventDefault();
              show(i);
            }}
          >
            {heading}
          </a>
        ))}
      </nav>
      <div className="stack" ref={parts}>
        {children}
      </div>
    </div>
  );
}
