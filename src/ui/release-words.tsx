import type { ReactNode } from 'react';

/** Words to read out, numbered so that none is missed. */
export function ReleaseWords({ words }: { words: readonly string[] }): ReactNode {
  return (
    <ol className="words">
      {words.map((word, i) => (
        // A phrase may say a word twice; its place is its identity.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={i}>{word}</li>
      ))}
    </ol>
  );
}
