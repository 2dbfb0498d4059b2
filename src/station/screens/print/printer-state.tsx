/** A printer and what it says of itself, in words, with what to do. */
import type { ReactNode } from 'react';
import { Alert } from 'antd';
import { Facts } from '../../../ui/facts.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { PrintView } from '../../print/contract.ts';

type Printer = NonNullable<PrintView['printer']>;

const marks = {
  ready: { shape: '✓', tone: 'green' },
  busy: { shape: '●', tone: 'blue' },
  stopped: { shape: '▲', tone: 'amber' },
  offline: { shape: '✕', tone: 'red' },
} as const;

export function PrinterState({ printer }: { printer: Printer }): ReactNode {
  const t = useText();
  const { state, refusal } = printer;
  return (
    <>
      <Facts
        of={[
          [t('stationPrint.printer'), printer.name],
          [
            t('stationPrint.state'),
            state ? (
              <Mark
                key="state"
                {...marks[state.standing]}
                word={t(`stationPrint.standing.${state.standing}`)}
              />
            ) : refusal ? (
              <Mark key="state" {...marks.offline} word={t('stationPrint.standing.offline')} />
            ) : (
              t('stationPrint.asking')
            ),
          ],
        ]}
      />
      <PrinterTrouble printer={printer} />
    </>
  );
}

/** What somebody has to see to; nothing where there is nothing. */
export function PrinterTrouble({ printer: { state, refusal } }: { printer: Printer }): ReactNode {
  const t = useText();
  if (refusal) return <RefusalAlert refusal={refusal} />;
  if (!state) return null;
  const what = state.conditions.flatMap((one) => t.find(`stationPrint.condition.${one}`) ?? []);
  const idle = state.standing === 'ready' || state.standing === 'busy';
  if (what.length === 0 && idle) return null;
  const says = !idle || state.conditions.includes('papers-left');
  const [first = t(`stationPrint.standing.${state.standing}`), ...others] = what;
  return (
    <Alert
      type={idle ? 'info' : 'warning'}
      showIcon
      role="alert"
      title={first}
      description={[...others, ...(says ? state.words : [])].join(' · ') || undefined}
    />
  );
}
