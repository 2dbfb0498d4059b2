/** Keys of the viewer. By their place on the keyboard: with a Cyrillic layout they are the same ones. */
import { useEffect, useRef, type ReactNode } from 'react';
import { useText, type TextKey } from '../../../../ui/text.ts';

export interface ViewerActions {
  readonly save: () => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly turnLeft: () => void;
  readonly turnRight: () => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly fit: () => void;
  readonly full: () => void;
  readonly move: (x: number, y: number) => void;
  readonly contrast: () => void;
  readonly frames: () => void;
  readonly side: () => void;
  readonly remove: () => void;
  readonly takeBack: () => void;
}

const step = 80;
/** Also while a number is typed: no letter is a part of one. */
const everywhere: Readonly<Record<string, (act: ViewerActions) => void>> = {
  PageDown: (act) => act.next(),
  PageUp: (act) => act.previous(),
  KeyL: (act) => act.turnLeft(),
  KeyR: (act) => act.turnRight(),
  NumpadAdd: (act) => act.zoomIn(),
  NumpadSubtract: (act) => act.zoomOut(),
  Equal: (act) => act.zoomIn(),
  Minus: (act) => act.zoomOut(),
  KeyF: (act) => act.fit(),
  KeyH: (act) => act.full(),
  ArrowUp: (act) => act.move(0, step),
  ArrowDown: (act) => act.move(0, -step),
  KeyC: (act) => act.contrast(),
  KeyM: (act) => act.frames(),
  KeyS: (act) => act.side(),
  KeyZ: (act) => act.takeBack(),
};
/** Where they would move the caret, or delete digits. */
const besideText: typeof everywhere = {
  ArrowLeft: (act) => act.move(step, 0),
  ArrowRight: (act) => act.move(-step, 0),
  Delete: (act) => act.remove(),
};

export function useViewerKeys(actions: ViewerActions): void {
  const now = useRef(actions);
  now.current = actions;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || event.metaKey) return;
      // With Ctrl they are the browser's, but for one that takes back everywhere.
      if (event.ctrlKey && event.code !== 'KeyZ') return;
      const { target } = event;
      const field = target instanceof HTMLInputElement && target.type === 'text' ? target : null;
      const chooses = target instanceof HTMLInputElement && target.type === 'radio';
      if (event.code === 'Enter' || event.code === 'NumpadEnter') {
        // A button that has the focus is pressed by it.
        if (target instanceof HTMLButtonElement) return;
        event.preventDefault();
        if (!event.repeat) now.current.save();
        return;
      }
      const typing = field !== null && field.value !== '';
      const act =
        (chooses && event.code.startsWith('Arrow') ? undefined : everywhere[event.code]) ??
        (typing || chooses ? undefined : besideText[event.code]);
      if (!act) return;
      event.preventDefault();
      act(now.current);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

const lines: readonly (readonly [keys: readonly string[], what: TextKey])[] = [
  [['Enter'], 'scanReview.key.save'],
  [['PgDn', 'PgUp'], 'scanReview.key.pages'],
  [['L', 'R'], 'scanReview.key.turn'],
  [['+', '−'], 'scanReview.key.zoom'],
  [['F', 'H'], 'scanReview.key.fit'],
  [['←', '↑', '→', '↓'], 'scanReview.key.move'],
  [['C'], 'scanReview.key.contrast'],
  [['M'], 'scanReview.key.frames'],
  [['S'], 'scanReview.key.side'],
  [['Del'], 'scanReview.key.delete'],
  [['Z'], 'scanReview.key.undo'],
  [['Esc'], 'scanReview.key.close'],
];

export function KeyLine(): ReactNode {
  const t = useText();
  return (
    <p className="scan-keys" aria-label={t('scanReview.keys')}>
      {lines.map(([keys, what]) => (
        <span key={what}>
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}{' '}
          {t(what)}
        </span>
      ))}
    </p>
  );
}
