/** Colour, shape and word of what a site is in: the same on the map, in the list and on the wall. */
import type { ReactNode } from 'react';
import type { SiteState } from '../../../exam/board/board-view.ts';
import { Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';

export const siteMarks = {
  alarm: { shape: '✕', tone: 'red' },
  acknowledged: { shape: '▲', tone: 'amber' },
  unregistered: { shape: '–', tone: 'light' },
  preparing: { shape: '○', tone: 'grey' },
  ready: { shape: '◐', tone: 'blue' },
  running: { shape: '●', tone: 'green' },
  ended: { shape: '■', tone: 'dark' },
  reported: { shape: '▣', tone: 'teal' },
} as const satisfies Record<SiteState, { shape: string; tone: string }>;

export function SiteStateMark({ state }: { state: SiteState }): ReactNode {
  const t = useText();
  return <Mark {...siteMarks[state]} word={t(`board.state.${state}`)} nowrap />;
}
