import { useRef, type ReactNode } from 'react';
import { useSay } from '../language.tsx';

interface Given {
  readonly key: string;
  readonly content: ReactNode;
  /** What the button that takes it away is called. */
  readonly removal: string;
  readonly remove: () => void;
  /** Where the order counts: one place forward. */
  readonly up?: { readonly label: string; readonly move: () => void };
}

/** What was answered so far, each with a way to take it away. */
export function GivenList({
  title,
  given,
  numbered = false,
}: {
  title: string;
  given: readonly Given[];
  numbered?: boolean;
}): ReactNode {
  const say = useSay();
  const heading = useRef<HTMLParagraphElement>(null);
  const List = numbered ? 'ol' : 'ul';
  return (
    <div className="given">
      <p ref={heading} tabIndex={-1}>
        {title}
      </p>
      {given.length === 0 && <p className="hint">{say('order.none')}</p>}
      {given.length > 0 && (
        <List>
          {given.map(({ key, content, removal, remove, up }) => (
            <li key={key}>
              <span className="grow">{content}</span>
              {up && (
                <button type="button" aria-label={up.label} onClick={up.move}>
                  ↑
                </button>
              )}
              <button
                type="button"
                aria-label={removal}
                onClick={() => {
                  // The button goes away with its line, and the focus would go with it.
                  heading.current?.focus();
                  remove();
                }}
              >
                ✕
              </button>
            </li>
          ))}
        </List>
      )}
    </div>
  );
}
